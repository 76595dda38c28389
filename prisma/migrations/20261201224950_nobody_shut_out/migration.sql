set local lock_timeout = '5s';
set local check_function_bodies = off;
drop policy release_answer_read on release_answer;
drop policy release_read on release;
drop function has_left(uuid,uuid), is_long_absent(uuid,uuid);
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.









-- AlterTable
ALTER TABLE "client" ADD COLUMN     "suspended_scope" TEXT,
ADD COLUMN     "suspended_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "membership" ADD COLUMN     "end_contradicted_at" TIMESTAMPTZ(3),
ADD COLUMN     "suspended_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "about_worker_id" UUID;

-- AlterTable
ALTER TABLE "release" ADD COLUMN     "agreed_at" TIMESTAMPTZ(3),
ADD COLUMN     "agreed_by_id" UUID,
ADD COLUMN     "closed_by_id" UUID;

-- AlterTable
ALTER TABLE "worker" ADD COLUMN     "suspended_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "suspension" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID,
    "membership_id" UUID,
    "client_id" UUID,
    "scope" TEXT,
    "what" TEXT NOT NULL,
    "suspended_by_id" UUID NOT NULL,
    "suspended_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lapses_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_by_id" UUID,
    "confirmed_at" TIMESTAMPTZ(3),
    "successor_id" UUID,
    "lifted_by_id" UUID,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "suspension_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "suspension_worker_id_suspended_at_idx" ON "suspension"("worker_id", "suspended_at");

-- CreateIndex
CREATE INDEX "suspension_client_id_suspended_at_idx" ON "suspension"("client_id", "suspended_at");

-- CreateIndex
CREATE INDEX "suspension_suspended_at_id_idx" ON "suspension"("suspended_at", "id");

-- AddForeignKey
ALTER TABLE "suspension" ADD CONSTRAINT "suspension_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suspension" ADD CONSTRAINT "suspension_membership_id_fkey" FOREIGN KEY ("membership_id") REFERENCES "membership"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suspension" ADD CONSTRAINT "suspension_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suspension" ADD CONSTRAINT "suspension_suspended_by_id_fkey" FOREIGN KEY ("suspended_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suspension" ADD CONSTRAINT "suspension_confirmed_by_id_fkey" FOREIGN KEY ("confirmed_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suspension" ADD CONSTRAINT "suspension_successor_id_fkey" FOREIGN KEY ("successor_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suspension" ADD CONSTRAINT "suspension_lifted_by_id_fkey" FOREIGN KEY ("lifted_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_closed_by_id_fkey" FOREIGN KEY ("closed_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_agreed_by_id_fkey" FOREIGN KEY ("agreed_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_about_worker_id_fkey" FOREIGN KEY ("about_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
create or replace function absence_contradicted() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_now timestamptz(3) := now();
begin
  update release_note rn set closed_at = v_now from interview_note n, release r
  where n.id = rn.note_id and rn.closed_at is null and n.author_id = new.worker_id
    and r.id = rn.release_id and r.ground <> 'DANGER' and not has_left(new.worker_id);
  perform reset_note_readers(c.case_id) from (
    select distinct n.case_id from release_note rn join interview_note n on n.id = rn.note_id
    where n.author_id = new.worker_id and rn.closed_at = v_now) c;
  return null;
end $$;
revoke all on function absence_contradicted() from public, cosmos_app, cosmos_jobs;
create or replace function role_watches(p_role "Role") returns boolean
  language sql immutable parallel safe
  return p_role in ('DATA_PROTECTION_OFFICER', 'TECHNICAL_ADVISER', 'ADMINISTRATOR');
revoke all on function role_watches("Role") from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_ends_suspensions() returns boolean
  language plpgsql stable parallel safe
  as $$ begin
    return viewer_has_scope('directory:read') and (viewer_has_role('DATA_PROTECTION_OFFICER') or viewer_has_role('TECHNICAL_ADVISER')
      or viewer_has_role('ADMINISTRATOR'));
  end $$;
revoke all on function viewer_ends_suspensions() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function suspend(p_worker uuid, p_membership uuid, p_client uuid, p_scope text, p_what text) returns timestamptz
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_lapses timestamptz(3) := now() + interval '24 hours';
begin
  -- Two posts of a worker may be ended at the same time.
  perform pg_advisory_xact_lock(hashtext('cosmos:suspension'), hashtext(coalesce(p_worker, p_client)::text));
  if exists (select from suspension s where (s.worker_id = p_worker or s.client_id = p_client) and s.confirmed_at is null
      and s.suspended_at > now() - interval '30 days') then
    raise 'one word suspends once' using errcode = 'check_violation';
  end if;
  insert into suspension (worker_id, membership_id, client_id, scope, what, suspended_by_id, suspended_at, lapses_at)
    values (p_worker, p_membership, p_client, p_scope, p_what, viewer_worker(), v_lapses - interval '24 hours', v_lapses);
  perform notify_suspension('SUSPENSION_MADE', p_worker);
  return v_lapses;
end $$;
revoke all on function suspend(uuid,uuid,uuid,text,text) from public, cosmos_app, cosmos_jobs;
create or replace function account_is_suspended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from membership m where m.worker_id = old.id and role_watches(m.role)
      and (m.ends_at is null or m.ends_at > now())) then
    new.suspended_until := suspend(old.id, null, null, null, 'ACCOUNT');
    new.disabled_at := null;
  end if;
  return new;
end $$;
revoke all on function account_is_suspended() from public, cosmos_app, cosmos_jobs;
create or replace function post_is_suspended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.suspended_until := suspend(old.worker_id, old.id, null, null, old.role::text);
  new.ends_at := old.ends_at;
  new.ended_by_id := old.ended_by_id;
  return new;
end $$;
revoke all on function post_is_suspended() from public, cosmos_app, cosmos_jobs;
create or replace function front_end_is_suspended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_lost text[] := array(select s from unnest(old.scopes) s where s <> all (new.scopes));
begin
  new.suspended_scope := case when new.disabled_at is null and cardinality(v_lost) = 1 then v_lost[1] end;
  new.suspended_until := suspend(null, null, old.id, new.suspended_scope, concat_ws(' ', old.client_id, new.suspended_scope));
  new.disabled_at := null;
  new.scopes := old.scopes;
  return new;
end $$;
revoke all on function front_end_is_suspended() from public, cosmos_app, cosmos_jobs;
create or replace function suspension_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if old.confirmed_at is not null or old.lifted_at is not null or old.lapses_at <= now() or old.worker_id = viewer_worker()
    or num_nonnulls(new.confirmed_by_id, new.lifted_by_id) <> 1
    or viewer_worker() is distinct from coalesce(new.confirmed_by_id, new.lifted_by_id)
    or new.confirmed_by_id is not null and (old.suspended_by_id = viewer_worker() or viewer_has_role('ADMINISTRATOR')
      or not (viewer_has_role('DATA_PROTECTION_OFFICER') or viewer_has_role('TECHNICAL_ADVISER')))
  then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
  if new.confirmed_by_id is null then
    new.successor_id := null;
    new.lifted_at := now();
  else
    if needs_successor(old.worker_id, old.membership_id)
      and (new.successor_id is null or new.successor_id = old.worker_id or not is_officer_today(new.successor_id)) then
      raise 'no officer succeeds' using errcode = 'check_violation';
    end if;
    new.confirmed_at := now();
  end if;
  return new;
end $$;
revoke all on function suspension_is_said_by() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function suspension_ended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_stays boolean := new.confirmed_at is not null;
begin
  if new.client_id is not null then
    update client set suspended_until = null, suspended_scope = null, version = version + 1,
      disabled_at = case when v_stays and new.scope is null then now() else disabled_at end,
      scopes = case when v_stays and new.scope is not null then array_remove(scopes, new.scope) else scopes end
      where id = new.client_id;
  elsif new.membership_id is not null then
    update membership set suspended_until = null, version = version + 1,
      ends_at = case when v_stays then now() else ends_at end, ended_by_id = case when v_stays then new.suspended_by_id else ended_by_id end
      where id = new.membership_id;
  else
    update worker set suspended_until = null, version = version + 1, disabled_at = case when v_stays then now() else disabled_at end
      where id = new.worker_id;
  end if;
  perform notify_suspension(case when v_stays then 'SUSPENSION_CONFIRMED'::"NotificationKind" else 'SUSPENSION_LIFTED' end, new.worker_id);
  return null;
end $$;
revoke all on function suspension_ended() from public, cosmos_app, cosmos_jobs;
create or replace function rights_only_end() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'membership' then
    if new.end_contradicted_at is distinct from old.end_contradicted_at then
      if old.worker_id is distinct from viewer_worker() or old.end_contradicted_at is not null or exists (select from membership m
          where m.worker_id = old.worker_id and (m.ends_at is null or m.ends_at > now()))
      then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
      new.end_contradicted_at := now();
    end if;
    if (new.ends_at, new.ended_by_id, new.end_confirmed_by_id, new.end_confirmed_at)
        is distinct from (old.ends_at, old.ended_by_id, old.end_confirmed_by_id, old.end_confirmed_at)
      and not (viewer_has_role('ADMINISTRATOR') and viewer_has_scope('directory:write'))
    then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
    if new.ends_at is distinct from old.ends_at and (new.ends_at is null or new.ends_at > old.ends_at) then
      raise 'a membership only ends';
    end if;
    -- Names the administrator who ends the post.
    if new.ends_at is distinct from old.ends_at then new.ended_by_id := viewer_worker(); end if;
    if new.ended_by_id is distinct from old.ended_by_id and new.ended_by_id is distinct from viewer_worker()
      or new.end_confirmed_by_id is distinct from old.end_confirmed_by_id and new.end_confirmed_by_id is distinct from viewer_worker()
    then raise 'each speaks in their own name' using errcode = 'insufficient_privilege'; end if;
    if new.ends_at is distinct from old.ends_at and new.end_confirmed_at is not null then raise 'a confirmed end stays'; end if;
    if old.end_confirmed_at is null and new.end_confirmed_at is not null then new.end_confirmed_at := now(); end if;
  elsif old.disabled_at is not null and new.disabled_at is distinct from old.disabled_at then
    raise 'what is disabled stays so';
  end if;
  return new;
end $$;
revoke all on function rights_only_end() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function notify_departure() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, about_worker_id)
  select distinct m.worker_id, tg_argv[0]::"NotificationKind", new.worker_id from membership m
  where m.worker_id <> new.worker_id and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
    and (m.role = 'DATA_PROTECTION_OFFICER' or m.role = 'DISTRICT_HEAD' and m.district_id in (
        select p.district_id from membership p where p.worker_id = new.worker_id)
      or m.role = 'ADMINISTRATOR' and tg_argv[0] = 'DEPARTURE_CONTRADICTED');
  return null;
end $$;
revoke all on function notify_departure() from public, cosmos_app, cosmos_jobs;
create or replace function departure_contradicted() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_cases uuid[];
begin
  with closed as (
    update release_note rn set closed_at = now() from interview_note n, release r
    where n.id = rn.note_id and rn.closed_at is null and n.author_id = new.worker_id and r.id = rn.release_id and r.ground <> 'DANGER'
    returning n.case_id)
  select array_agg(distinct case_id) into v_cases from closed;
  perform reset_note_readers(one) from unnest(v_cases) one;
  return null;
end $$;
revoke all on function departure_contradicted() from public, cosmos_app, cosmos_jobs;
create or replace function login(p_claims text, p_proof bytea) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_refused text;
  v_claims jsonb;
  v_issuer text;
  v_subject text;
  v_scopes text[];
  v_client client%rowtype;
  v_worker worker%rowtype;
  v_self uuid;
  v_person uuid;
  v_memberships jsonb := '[]';
  v_relays jsonb := '[]';
begin
  if starts_with(current_setting('backtrace_functions'), 'cosmos,') then return '{"refused": "second-login"}'; end if;
  v_refused := use_proof('cosmos login', p_claims, p_proof);
  if v_refused is not null then
    return jsonb_build_object('refused', v_refused, 'now', extract(epoch from clock_timestamp()));
  end if;
  v_claims := p_claims::jsonb;
  v_issuer := v_claims ->> 'issuer';
  v_subject := v_claims ->> 'subject';
  v_scopes := array(select jsonb_array_elements_text(v_claims -> 'scopes'));

  select * into v_client from client where issuer = v_issuer and client_id = v_claims ->> 'client';
  if not found then return '{"refused": "client-unknown"}'; end if;
  -- A suspension lapses by itself: its end is compared with the time of the request.
  if v_client.disabled_at is not null or (v_client.suspended_until > now() and v_client.suspended_scope is null) then
    return '{"refused": "client-disabled"}';
  end if;
  if not v_scopes <@ v_client.scopes or (v_client.suspended_until > now() and v_client.suspended_scope = any (v_scopes)) then return '{"refused": "scope-not-granted"}'; end if;

  if v_client.kind = 'FRONT_END' then
    select * into v_worker from worker where issuer = v_issuer and subject = v_subject;
    if not found then
      select a.person_id, case when p.contact_suspended_at is null then a.person_id end into v_self, v_person
        from person_account a join person p on p.id = a.person_id where a.issuer = v_issuer and a.subject = v_subject;
      if not found then return '{"refused": "subject-unknown"}'; end if;
    elsif v_worker.disabled_at is not null or v_worker.suspended_until > now() then
      return '{"refused": "worker-disabled"}';
    end if;
  elsif v_subject is distinct from v_client.client_id then
    return '{"refused": "subject-unknown"}';
  end if;

  if v_worker.id is not null then
    select coalesce(jsonb_agg(jsonb_build_object('role', role, 'districtId', district_id) order by role, district_id), '[]')
      into v_memberships from membership
      where worker_id = v_worker.id and starts_at <= now() and (ends_at is null or ends_at > now())
        and (suspended_until is null or suspended_until <= now());
    select coalesce(jsonb_agg(jsonb_build_object('absentWorkerId', absent_worker_id, 'districtId', district_id)
        order by absent_worker_id, district_id), '[]')
      into v_relays from relay r
      where stand_in_id = v_worker.id and starts_at <= now() and ends_at > now()
        and v_memberships @> jsonb_build_array(jsonb_build_object('role', 'SOCIAL_WORKER', 'districtId', r.district_id));
  end if;

  perform set_config('backtrace_functions', viewer_text(v_client, v_worker.id, v_person, v_self, v_scopes, v_claims ->> 'token',
    v_memberships, v_relays), true);

  return jsonb_build_object(
    'clientId', v_client.id, 'clientKind', v_client.kind, 'workerId', v_worker.id, 'personId', v_person, 'selfId', v_self,
    'memberships', v_memberships, 'relays', v_relays,
    'nomenclatures', coalesce((select version from nomenclature_version), 0));
end $$;
revoke all on function login(text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function request_ends(r release) returns timestamptz
  language sql stable
  return coalesce(r.asked_until, r.requested_at + interval '180 days');
revoke all on function request_ends(release) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_decides(r release) returns boolean
  language plpgsql stable set search_path = public, pg_temp as $$
begin
  return release_waits(r)
    and viewer_has_role('TECHNICAL_ADVISER') and viewer_has_scope('cases:write')
    and (r.objected_at is null or coalesce(advises_elsewhere(viewer_worker(), r.district_id), false)
      or (r.agreed_at is not null and not has_adviser_elsewhere(r.district_id)))
    and (r.ground <> 'DANGER' or r.assigned_by_id is distinct from viewer_worker());
end $$;
revoke all on function viewer_decides(release) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_agrees(r release) returns boolean
  language plpgsql stable set search_path = public, pg_temp as $$
begin
  return release_waits(r) and r.objected_at is not null and r.agreed_at is null
    and viewer_has_role('DATA_PROTECTION_OFFICER') and viewer_has_scope('log:read') and not has_adviser_elsewhere(r.district_id);
end $$;
revoke all on function viewer_agrees(release) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_closes(r release) returns boolean
  language plpgsql stable set search_path = public, pg_temp as $$
begin
  return (release_waits(r) or (r.lapsed_at is null and r.open_until > now()))
    and viewer_has_role('DATA_PROTECTION_OFFICER') and viewer_has_scope('log:read');
end $$;
revoke all on function viewer_closes(release) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function close_contradicted_releases() returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_cases uuid[];
  v_closed integer;
begin
  perform only_jobs();
  with closed as (
    update release_note rn set closed_at = now() from release l, interview_note n
    where l.approved_at is not null and l.lapsed_at is null and l.ground <> 'DANGER'
      and rn.release_id = l.id and rn.closed_at is null and n.id = rn.note_id
      and exists (select from absence a where a.worker_id = n.author_id
        and a.starts_at <= l.approved_at and coalesce(a.ends_at, 'infinity') > l.approved_at)
      and not has_left(n.author_id) and has_acted_since(n.author_id, l.approved_at)
    returning n.case_id)
  select array_agg(distinct case_id), count(*) into v_cases, v_closed from closed;
  perform reset_note_readers(one) from unnest(v_cases) one;
  return v_closed;
end $$;
revoke all on function close_contradicted_releases() from public, cosmos_app, cosmos_jobs;
create or replace function release_approved() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.approved_at is not null or new.approved_at is null then return null; end if;
  insert into release_note (release_id, note_id)
  select new.id, n.id from interview_note n join "case" c on c.id = n.case_id
  where n.case_id = new.case_id and n.status = 'FINAL' and n.author_id <> new.requested_by_id
    and c.assigned_worker_id = new.requested_by_id
    and (new.ground = 'DANGER' or has_left(n.author_id) or is_long_absent(n.author_id));
  perform reset_note_readers(new.case_id);
  insert into notification (worker_id, kind, case_id)
  select distinct n.author_id, 'RELEASE_APPROVED'::"NotificationKind", new.case_id
    from release_note rn join interview_note n on n.id = rn.note_id where rn.release_id = new.id
  union select new.requested_by_id, 'RELEASE_APPROVED', new.case_id;
  if new.ground = 'DANGER' then
    insert into notification (worker_id, kind, case_id)
    select holder, 'DANGER_NOTES_OPENED'::"NotificationKind", new.case_id from unnest(new.holder_ids) holder;
    insert into notification (worker_id, kind)
    select distinct m.worker_id, 'DANGER_NOTES_OPENED'::"NotificationKind" from membership m
    where m.role in ('TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER')
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now());
  end if;
  return null;
end $$;
revoke all on function release_approved() from public, cosmos_app, cosmos_jobs;
create or replace function release_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_since timestamptz;
begin
  select district_id into new.district_id from "case" where id = new.case_id;
  select id, assigned_by_id, starts_at into new.assignment_id, new.assigned_by_id, v_since from assignment
    where case_id = new.case_id and worker_id = new.requested_by_id and ends_at is null;
  new.holder_ids := array(select distinct a.worker_id from assignment a
    where a.case_id = new.case_id and a.worker_id <> new.requested_by_id);
  -- Rule 2: seven days, two days for an access request or an appeal, none in danger. After a departure the wait runs all the same, since the
  -- departure may be false.
  new.waits_until := new.requested_at + case
    when new.ground::text = 'DANGER' then interval '0'
    when new.ground::text in ('ACCESS_REQUEST', 'APPEAL') then interval '2 days'
    else interval '7 days' end;
  -- A request whose end has passed makes room for the next one.
  update release r set lapsed_at = request_ends(r) where r.case_id = new.case_id
    and r.approved_at is null and r.refused_at is null and r.lapsed_at is null and request_ends(r) <= now();
  if new.ground = 'DANGER' then
    if coalesce(v_since < now() - interval '15 days', true) then
      raise 'danger is for who was just assigned' using errcode = 'check_violation';
    end if;
    if danger_was_opened(new.case_id) then
      raise 'a danger opens once for an event' using errcode = 'check_violation';
    end if;
  else
    -- A NO to this worker about this case stands, however often they ask, and also after the case has come back to them.
    new.objected_at := (select min(r.objected_at) from release r
      where r.case_id = new.case_id and r.requested_by_id = new.requested_by_id);
  end if;
  return new;
end $$;
revoke all on function release_takes_its_case() from public, cosmos_app, cosmos_jobs;
create or replace function release_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.approved_at, new.approved_by_id, new.refused_at, new.refused_by_id)
      is distinct from (old.approved_at, old.approved_by_id, old.refused_at, old.refused_by_id) and not viewer_decides(old)
    or new.person_told_at is distinct from old.person_told_at
      and (old.requested_by_id is distinct from viewer_worker() or old.person_told_at is not null)
    or new.agreed_by_id is distinct from old.agreed_by_id and (not viewer_agrees(old) or new.agreed_by_id is distinct from viewer_worker())
    or new.closed_by_id is distinct from old.closed_by_id and (not viewer_closes(old) or new.closed_by_id is distinct from viewer_worker())
  then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
  -- A client could send a time in the future, which would be after any wait.
  if old.approved_at is null and new.approved_at is not null then new.approved_at := now(); end if;
  if old.refused_at is null and new.refused_at is not null then new.refused_at := now(); end if;
  if old.person_told_at is null and new.person_told_at is not null then new.person_told_at := now(); end if;
  if old.agreed_by_id is null and new.agreed_by_id is not null then new.agreed_at := now(); end if;
  if old.closed_by_id is null and new.closed_by_id is not null then new.lapsed_at := now(); end if;
  return new;
end $$;
revoke all on function release_is_said_by() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function release_closed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update release_note set closed_at = now() where release_id = new.id and closed_at is null;
  perform reset_note_readers(new.case_id);
  insert into notification (worker_id, kind, case_id)
  select n.author_id, 'RELEASE_CLOSED'::"NotificationKind", new.case_id from interview_note n
    where n.case_id = new.case_id and n.status = 'FINAL' and n.author_id <> new.requested_by_id
  union select holder, 'RELEASE_CLOSED', new.case_id from unnest(new.holder_ids) holder
  union select new.requested_by_id, 'RELEASE_CLOSED', new.case_id;
  return null;
end $$;
revoke all on function release_closed() from public, cosmos_app, cosmos_jobs;
create or replace function release_answered() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_release release%rowtype;
begin
  -- Locks the release, so that an approval at the same time reads this answer.
  select * into v_release from release where id = new.release_id for update;
  if not release_waits(v_release) then
    raise 'the release waits no longer' using errcode = 'check_violation';
  end if;
  if new.answer = 'NO' then
    update release set objected_at = coalesce(objected_at, new.answered_at) where id = new.release_id;
    insert into notification (worker_id, kind, case_id) values (v_release.requested_by_id, 'RELEASE_ANSWERED_NO', v_release.case_id);
  else
    perform hand_over_unread(v_release.case_id, new.worker_id, v_release.requested_by_id, new.since);
  end if;
  return null;
end $$;
revoke all on function release_answered() from public, cosmos_app, cosmos_jobs;
create or replace function is_officer_today(p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from worker w join membership m on m.worker_id = w.id
    where w.id = p_worker and w.disabled_at is null and coalesce(w.suspended_until <= now(), true) and m.role = 'DATA_PROTECTION_OFFICER'
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()) and coalesce(m.suspended_until <= now(), true));
revoke all on function is_officer_today(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function needs_successor(p_worker uuid, p_membership uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from membership m where m.worker_id = p_worker and m.role = 'DATA_PROTECTION_OFFICER'
    and (p_membership is null or m.id = p_membership) and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
revoke all on function needs_successor(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function notify_suspension(p_kind "NotificationKind", p_worker uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into notification (worker_id, kind, about_worker_id)
  select m.worker_id, p_kind, p_worker from membership m
    where role_watches(m.role) and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
  union select p_worker, p_kind, p_worker where p_worker is not null;
end;
revoke all on function notify_suspension("NotificationKind",uuid) from public, cosmos_app, cosmos_jobs;
create or replace function release_waits(r release) returns boolean
  language sql stable
  return r.approved_at is null and r.refused_at is null and r.lapsed_at is null
    and coalesce(r.asked_until, r.requested_at + interval '180 days') > now();
revoke all on function release_waits(release) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function is_in_release(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from release r where r.case_id = p_case and release_waits(r));
revoke all on function is_in_release(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function has_left(p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select coalesce(bool_and(m.ends_at <= now() and m.end_confirmed_at is not null), false)
      and coalesce(max(m.starts_at) > max(m.end_contradicted_at), true)
    from membership m where m.worker_id = p_worker);
revoke all on function has_left(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function is_long_absent(p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from worker w where w.id = p_worker and w.disabled_at is null)
    and coalesce((select bool_and(exists (select from absence a where a.worker_id = p_worker and a.district_id = m.district_id
        and greatest(a.starts_at, a.declared_at) < now() - interval '15 days'
        and (a.ends_at is null or a.ends_at > now()) and a.contradicted_at is null))
      from membership m where m.worker_id = p_worker and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())), false)
    and not has_acted_since(p_worker, now() - interval '15 days');
revoke all on function is_long_absent(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function has_adviser_elsewhere(p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from worker w where w.disabled_at is null
    and w.id in (select m.worker_id from membership m where m.role = 'TECHNICAL_ADVISER' and m.district_id <> p_district)
    and coalesce(advises_elsewhere(w.id, p_district), false));
revoke all on function has_adviser_elsewhere(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function absence_let_a_release_through(p_absence uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from absence a join release_answer x on x.worker_id = a.worker_id join release r on r.id = x.release_id
    where a.id = p_absence and a.worker_id = viewer_worker() and r.lapsed_at is null
      and r.approved_at >= a.starts_at and r.approved_at < coalesce(a.ends_at, 'infinity'));
revoke all on function absence_let_a_release_through(uuid) from public, cosmos_app, cosmos_jobs;
alter function absence_contradicted owner to cosmos_keeper;
grant execute on function role_watches to public;
grant execute on function viewer_ends_suspensions to public;
alter function is_officer_today owner to cosmos_keeper;
grant execute on function is_officer_today to cosmos_app;
alter function needs_successor owner to cosmos_keeper;
grant execute on function needs_successor to cosmos_app;
alter function notify_suspension owner to cosmos_keeper;
alter function suspend owner to cosmos_keeper;
alter function account_is_suspended owner to cosmos_keeper;
alter function post_is_suspended owner to cosmos_keeper;
alter function front_end_is_suspended owner to cosmos_keeper;
alter function suspension_ended owner to cosmos_keeper;
alter function notify_departure owner to cosmos_keeper;
alter function departure_contradicted owner to cosmos_keeper;
alter function login owner to cosmos_keeper;
grant execute on function login to cosmos_app;
grant execute on function request_ends to public;
grant execute on function release_waits to public;
alter function is_in_release owner to cosmos_keeper;
grant execute on function is_in_release to cosmos_app;
alter function has_left owner to cosmos_keeper;
alter function is_long_absent owner to cosmos_keeper;
alter function has_adviser_elsewhere owner to cosmos_keeper;
grant execute on function has_adviser_elsewhere to cosmos_app;
grant execute on function viewer_decides to public;
grant execute on function viewer_agrees to public;
grant execute on function viewer_closes to public;
alter function close_contradicted_releases owner to cosmos_keeper;
grant execute on function close_contradicted_releases to cosmos_jobs;
alter function absence_let_a_release_through owner to cosmos_keeper;
grant execute on function absence_let_a_release_through to cosmos_app;
alter function release_approved owner to cosmos_keeper;
alter function release_takes_its_case owner to cosmos_keeper;
alter function release_closed owner to cosmos_keeper;
alter function release_answered owner to cosmos_keeper;
alter table membership add constraint membership_end_contradicted_once_over
  check (end_contradicted_at is null or ends_at <= end_contradicted_at);
alter table suspension add constraint suspension_of_one check ((worker_id is null) <> (client_id is null)
  and (membership_id is null or worker_id is not null) and (scope is null or client_id is not null));
alter table suspension add constraint suspension_lapses check (lapses_at = suspended_at + interval '24 hours');
alter table suspension add constraint suspension_confirmed_whole check ((confirmed_at is null) = (confirmed_by_id is null));
alter table suspension add constraint suspension_lifted_whole check ((lifted_at is null) = (lifted_by_id is null));
alter table suspension add constraint suspension_ends_once check (confirmed_at is null or lifted_at is null);
alter table suspension add constraint suspension_confirmed_in_time check (confirmed_at < lapses_at);
alter table suspension add constraint suspension_takes_two check (confirmed_by_id <> suspended_by_id and confirmed_by_id <> worker_id);
alter table suspension add constraint suspension_succeeded_by_another check (successor_id <> worker_id);
alter table release add constraint release_closed_whole check (closed_by_id is null or lapsed_at is not null);
alter table release add constraint release_agreed_whole check ((agreed_at is null) = (agreed_by_id is null));
alter table release add constraint release_agreed_by_another check (agreed_by_id <> requested_by_id and agreed_by_id <> approved_by_id);
alter table release add constraint release_agreed_after_a_no check (agreed_at is null or objected_at is not null);
create index release_open on release (open_until) where approved_at is not null and lapsed_at is null;
create trigger account_is_suspended before update of disabled_at on worker
  for each row when (current_user = 'cosmos_app' and old.disabled_at is null and new.disabled_at is not null)
  execute function account_is_suspended();
create trigger post_is_suspended before update of ends_at on membership
  for each row when (current_user = 'cosmos_app' and new.ends_at is distinct from old.ends_at and role_watches(old.role))
  execute function post_is_suspended();
create trigger front_end_is_suspended before update of disabled_at, scopes on client
  for each row when (current_user = 'cosmos_app' and old.kind = 'FRONT_END' and old.disabled_at is null
    and (new.disabled_at is not null or not old.scopes <@ new.scopes))
  execute function front_end_is_suspended();
create trigger suspension_is_said_by before update on suspension
  for each row when (current_user = 'cosmos_app') execute function suspension_is_said_by();
create trigger suspension_ended after update on suspension
  for each row when (old.confirmed_at is distinct from new.confirmed_at or old.lifted_at is distinct from new.lifted_at)
  execute function suspension_ended();
create trigger notify_departure_confirmed after update of end_confirmed_at on membership
  for each row when (old.end_confirmed_at is null and new.end_confirmed_at is not null)
  execute function notify_departure('DEPARTURE_CONFIRMED');
create trigger notify_departure_contradicted after update of end_contradicted_at on membership
  for each row when (old.end_contradicted_at is null and new.end_contradicted_at is not null)
  execute function notify_departure('DEPARTURE_CONTRADICTED');
create constraint trigger departure_contradicted after update of end_contradicted_at on membership
  deferrable initially deferred for each row when (old.end_contradicted_at is null and new.end_contradicted_at is not null)
  execute function departure_contradicted();
create constraint trigger release_closed after update of closed_by_id on release
  deferrable initially deferred for each row when (old.closed_by_id is null and new.closed_by_id is not null)
  execute function release_closed();
revoke all on worker from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table worker enable row level security, force row level security;
grant select (id, given_name, family_name, disabled_at, suspended_until, version) on worker to cosmos_app;
grant update (disabled_at, version) on worker to cosmos_app;
grant select on worker to cosmos_keeper;
grant update (disabled_at, suspended_until, version) on worker to cosmos_keeper;
revoke all on membership from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table membership enable row level security, force row level security;
grant select on membership to cosmos_app;
grant update (ends_at, version, ended_by_id, end_confirmed_by_id, end_confirmed_at, end_contradicted_at) on membership to cosmos_app;
grant select on membership to cosmos_keeper;
grant update (ends_at, ended_by_id, suspended_until, version) on membership to cosmos_keeper;
revoke all on client from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table client enable row level security, force row level security;
grant select on client to cosmos_app;
grant update (scopes, disabled_at, version) on client to cosmos_app;
grant select on client to cosmos_keeper;
grant update (scopes, disabled_at, suspended_until, suspended_scope, version) on client to cosmos_keeper;
revoke all on suspension from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table suspension enable row level security, force row level security;
grant select on suspension to cosmos_app;
grant update (confirmed_by_id, successor_id, lifted_by_id) on suspension to cosmos_app;
grant select, insert on suspension to cosmos_keeper;
revoke all on release from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table release enable row level security, force row level security;
grant select on release to cosmos_app;
grant insert (id, case_id, requested_by_id, ground, asked_until) on release to cosmos_app;
grant update (approved_by_id, approved_at, refused_by_id, refused_at, person_told_at, agreed_by_id, closed_by_id) on release to cosmos_app;
grant select on release to cosmos_keeper;
grant update (lapsed_at, objected_at) on release to cosmos_keeper;
create policy membership_contradict on membership for update to cosmos_app
  using (worker_id = (select viewer_worker()) and ends_at <= now() and (select viewer_has_scope('notes:write')))
  with check (worker_id = (select viewer_worker()));
create policy suspension_read on suspension for select to cosmos_app using ((select viewer_ends_suspensions()));
create policy suspension_end on suspension for update to cosmos_app
  using ((select viewer_ends_suspensions())) with check ((select viewer_worker()) in (confirmed_by_id, lifted_by_id));
create policy release_read on release for select to cosmos_app using (
  requested_by_id = (select viewer_worker()) or (select viewer_worker()) = any (holder_ids)
  or ((select viewer_has_role('TECHNICAL_ADVISER')) and (select viewer_has_scope('cases:write')))
  or ((select viewer_has_role('DATA_PROTECTION_OFFICER')) and (select viewer_has_scope('log:read'))));
create policy release_agree on release for update to cosmos_app
  using (viewer_agrees(release)) with check (agreed_by_id = (select viewer_worker()));
create policy release_close on release for update to cosmos_app
  using (viewer_closes(release)) with check (closed_by_id = (select viewer_worker()));
create policy release_answer_read on release_answer for select to cosmos_app using (
  worker_id = (select viewer_worker()) or ((select viewer_has_role('TECHNICAL_ADVISER')) and (select viewer_has_scope('cases:write')))
  or ((select viewer_has_role('DATA_PROTECTION_OFFICER')) and (select viewer_has_scope('log:read')))
  or exists (select from release r where r.id = release_id and r.requested_by_id = (select viewer_worker())));
