-- Rule 2. A release waits for an objection. Each worker who held the case before answers: they hand over, or say why not. What cannot
-- wait has a ground of its own, DANGER, which opens for 72 hours and is reviewed. A departure is said by two people.

-- AlterTable
ALTER TABLE "release" ADD COLUMN "district_id" UUID,
ADD COLUMN "assignment_id" UUID,
ADD COLUMN "assigned_by_id" UUID,
ADD COLUMN "holder_ids" UUID[] NOT NULL DEFAULT '{}',
ADD COLUMN "waits_until" TIMESTAMPTZ(3),
ADD COLUMN "objected_at" TIMESTAMPTZ(3),
ADD COLUMN "refused_by_id" UUID,
ADD COLUMN "refused_at" TIMESTAMPTZ(3),
ADD COLUMN "person_told_at" TIMESTAMPTZ(3),
ADD COLUMN "open_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "interview_note" ADD COLUMN "kept_back" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "readable_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "assignment" ADD COLUMN "assigned_by_id" UUID;

-- AlterTable
ALTER TABLE "membership" ADD COLUMN "ended_by_id" UUID,
ADD COLUMN "end_confirmed_by_id" UUID,
ADD COLUMN "end_confirmed_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "release_answer" (
    "release_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "answer" "HandoverAnswer",
    "reason" "KeepReason",
    "since" DATE,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "release_answer_pkey" PRIMARY KEY ("release_id","worker_id")
);

-- CreateTable
CREATE TABLE "danger_statement" (
    "release_id" UUID NOT NULL,
    "facts" TEXT NOT NULL,
    "author_called_at" TIMESTAMPTZ(3) NOT NULL,
    "author_call" "AuthorCall" NOT NULL,

    CONSTRAINT "danger_statement_pkey" PRIMARY KEY ("release_id")
);

-- CreateTable
CREATE TABLE "release_review" (
    "release_id" UUID NOT NULL,
    "as_role" "Role" NOT NULL,
    "reviewed_by_id" UUID NOT NULL,
    "opinion" "ReviewOpinion" NOT NULL,
    "reviewed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "release_review_pkey" PRIMARY KEY ("release_id","as_role")
);

-- CreateIndex
CREATE INDEX "release_answer_worker_id_idx" ON "release_answer"("worker_id");

-- DropIndex
DROP INDEX "release_approved_at_requested_at_idx";

-- DropIndex
DROP INDEX "release_requested_by_id_idx";

-- CreateIndex
CREATE INDEX "release_requested_by_id_requested_at_idx" ON "release"("requested_by_id", "requested_at");

-- CreateIndex
CREATE INDEX "release_review_reviewed_by_id_idx" ON "release_review"("reviewed_by_id");

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_assignment_id_fkey" FOREIGN KEY ("assignment_id") REFERENCES "assignment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_assigned_by_id_fkey" FOREIGN KEY ("assigned_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_refused_by_id_fkey" FOREIGN KEY ("refused_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_assigned_by_id_fkey" FOREIGN KEY ("assigned_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_ended_by_id_fkey" FOREIGN KEY ("ended_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_end_confirmed_by_id_fkey" FOREIGN KEY ("end_confirmed_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_answer" ADD CONSTRAINT "release_answer_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_answer" ADD CONSTRAINT "release_answer_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "danger_statement" ADD CONSTRAINT "danger_statement_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_review" ADD CONSTRAINT "release_review_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_review" ADD CONSTRAINT "release_review_reviewed_by_id_fkey" FOREIGN KEY ("reviewed_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---- A departure is said by two people ------------------------------------------------------------------------------
-- One administrator ends a right at once. That its worker has gone, a second one says.
alter table membership
  add constraint membership_end_takes_two check (end_confirmed_by_id <> ended_by_id),
  add constraint membership_end_confirmed_whole check ((end_confirmed_at is null) = (end_confirmed_by_id is null)),
  add constraint membership_end_confirmed_once_over check (end_confirmed_at is null or ends_at <= end_confirmed_at);
grant update (ended_by_id, end_confirmed_by_id, end_confirmed_at) on membership to cosmos_app;

create or replace function rights_only_end() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'membership' then
    if new.ends_at is null or new.ends_at > old.ends_at then raise 'a membership only ends'; end if;
    if new.ended_by_id is distinct from old.ended_by_id and new.ended_by_id is distinct from viewer_worker()
      or new.end_confirmed_by_id is distinct from old.end_confirmed_by_id and new.end_confirmed_by_id is distinct from viewer_worker()
    then raise 'each speaks in their own name' using errcode = 'insufficient_privilege'; end if;
    if new.ends_at is distinct from old.ends_at and new.end_confirmed_at is not null then raise 'a confirmed end stays'; end if;
  elsif old.disabled_at is not null and new.disabled_at is distinct from old.disabled_at then
    raise 'what is disabled stays so';
  end if;
  return new;
end $$;

create or replace function has_left(p_worker uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select bool_and(m.ends_at <= now() and m.end_confirmed_at is not null) from membership m
    where m.worker_id = p_worker and m.district_id = p_district and m.role = 'SOCIAL_WORKER');

create function notify_membership_ended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) values (new.worker_id, 'MEMBERSHIP_ENDED');
  return null;
end $$;
create trigger notify_membership_ended after update of ended_by_id, end_confirmed_by_id on membership
  for each row when (new.ended_by_id is distinct from old.ended_by_id or new.end_confirmed_by_id is distinct from old.end_confirmed_by_id)
  execute function notify_membership_ended();

-- ---- What a release takes from its case ------------------------------------------------------------------------------
create function assignment_says_by_whom() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.assigned_by_id := coalesce(new.assigned_by_id, viewer_worker());
  return new;
end $$;
create trigger assignment_says_by_whom before insert on assignment
  for each row execute function assignment_says_by_whom();

-- Who held the case before stands in the assignments, which its district knows. Who wrote its notes decides nothing here, so that
-- neither the wait nor who is asked tells of a note.
create function release_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_since timestamptz;
begin
  select district_id into new.district_id from "case" where id = new.case_id;
  select id, assigned_by_id, starts_at into new.assignment_id, new.assigned_by_id, v_since from assignment
    where case_id = new.case_id and worker_id = new.requested_by_id and ends_at is null;
  new.holder_ids := array(select distinct a.worker_id from assignment a
    where a.case_id = new.case_id and a.worker_id <> new.requested_by_id);
  -- Domain, rule 2: seven days, two for an access request or an appeal, none after a departure, and none in danger.
  new.waits_until := new.requested_at + case
    when new.ground::text = 'DANGER'
      or not exists (select from unnest(new.holder_ids) holder where not coalesce(has_left(holder, new.district_id), false)) then interval '0'
    when new.ground::text in ('ACCESS_REQUEST', 'APPEAL') then interval '2 days'
    else interval '7 days' end;
  if new.ground = 'DANGER' and coalesce(v_since < now() - interval '15 days', true) then
    raise 'danger is for who was just assigned' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger release_takes_its_case before insert on release
  for each row execute function release_takes_its_case();

-- The releases that there are take the same.
update release r set district_id = c.district_id, assignment_id = a.id, waits_until = r.requested_at,
  holder_ids = array(select distinct h.worker_id from assignment h where h.case_id = r.case_id and h.worker_id <> r.requested_by_id)
from "case" c left join assignment a on a.case_id = c.id and a.ends_at is null
where c.id = r.case_id;
alter table release alter column district_id set not null, alter column waits_until set not null;

alter table release
  add constraint release_waits check (approved_at >= waits_until),
  add constraint release_refused_whole check ((refused_at is null) = (refused_by_id is null)),
  add constraint release_decided_once check (approved_at is null or refused_at is null),
  add constraint release_refused_by_another check (refused_by_id <> requested_by_id),
  add constraint release_told_after_a_no check (person_told_at is null or objected_at is not null),
  add constraint release_danger_not_by_who_assigned check (ground <> 'DANGER' or approved_by_id <> assigned_by_id),
  add constraint release_danger_for_72_hours check ((open_until is not null) = (ground = 'DANGER' and approved_at is not null)
    and open_until <= approved_at + interval '72 hours');
-- Once per event: a danger opens the notes once for an assignment, unless an adviser refused.
create unique index release_danger_once on release (assignment_id) where ground = 'DANGER' and refused_at is null;

-- ---- Advisers of a district, and of the county ----------------------------------------------------------------------
-- An objection is decided in another district, so an adviser may be one of a district.
alter table membership drop constraint membership_county_role,
  add constraint membership_county_role check (role = 'TECHNICAL_ADVISER'
    or (district_id is null) = (role in ('DATA_PROTECTION_OFFICER', 'ADMINISTRATOR')));

create or replace function login(p_issuer text, p_subject text, p_client text, p_scopes text[]) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_client client%rowtype;
  v_worker worker%rowtype;
  v_person uuid;
  v_memberships jsonb := '[]';
  v_relays jsonb := '[]';
  v_role text;
begin
  select * into v_client from client where issuer = p_issuer and client_id = p_client;
  if not found then return '{"refused": "client-unknown"}'; end if;
  if v_client.disabled_at is not null then return '{"refused": "client-disabled"}'; end if;
  if not p_scopes <@ v_client.scopes then return '{"refused": "scope-not-granted"}'; end if;

  if v_client.kind = 'FRONT_END' then
    select * into v_worker from worker where issuer = p_issuer and subject = p_subject;
    if not found then
      select person_id into v_person from person_account where issuer = p_issuer and subject = p_subject;
      if not found then return '{"refused": "subject-unknown"}'; end if;
    elsif v_worker.disabled_at is not null then
      return '{"refused": "worker-disabled"}';
    end if;
  elsif p_subject <> p_client then
    return '{"refused": "subject-unknown"}';
  end if;

  if v_worker.id is not null then
    select coalesce(jsonb_agg(jsonb_build_object('role', role, 'districtId', district_id) order by role, district_id), '[]')
      into v_memberships from membership
      where worker_id = v_worker.id and starts_at <= now() and (ends_at is null or ends_at > now());
    select coalesce(jsonb_agg(jsonb_build_object('absentWorkerId', absent_worker_id, 'districtId', district_id)), '[]')
      into v_relays from relay r
      where stand_in_id = v_worker.id and starts_at <= now() and ends_at > now()
        and v_memberships @> jsonb_build_array(jsonb_build_object('role', 'SOCIAL_WORKER', 'districtId', r.district_id));
  end if;

  perform set_config('cosmos.worker', coalesce(v_worker.id::text, ''), true);
  perform set_config('cosmos.person', coalesce(v_person::text, ''), true);
  perform set_config('cosmos.actor', case
    when v_worker.id is not null then 'worker:' || v_worker.id
    when v_person is not null then 'person:' || v_person
    else 'client:' || v_client.id end, true);
  perform set_config('cosmos.scopes', p_scopes::text, true);
  perform set_config('cosmos.client_reads_directory', case
    when v_client.kind = 'INTEGRATION' and 'directory:read' = any (p_scopes) then 'yes' else '' end, true);
  perform set_config('cosmos.county_roles', (select coalesce(array_agg(m ->> 'role'), '{}')::text
    from jsonb_array_elements(v_memberships) m
    where m ->> 'districtId' is null or m ->> 'role' = 'TECHNICAL_ADVISER'), true);
  foreach v_role in array array['RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD'] loop
    perform set_config('cosmos.districts_' || lower(v_role), (select coalesce(array_agg(m ->> 'districtId'), '{}')::text
      from jsonb_array_elements(v_memberships) m where m ->> 'role' = v_role), true);
  end loop;
  perform set_config('cosmos.districts_any', (select coalesce(array_agg(distinct m ->> 'districtId'), '{}')::text
    from jsonb_array_elements(v_memberships) m
    where m ->> 'role' in ('RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD')), true);
  perform set_config('cosmos.relays', (select coalesce(array_agg((r ->> 'absentWorkerId') || ':' || (r ->> 'districtId')), '{}')::text
    from jsonb_array_elements(v_relays) r), true);

  return jsonb_build_object(
    'clientId', v_client.id, 'clientKind', v_client.kind, 'workerId', v_worker.id, 'personId', v_person,
    'memberships', v_memberships, 'relays', v_relays);
end $$;

-- ---- Who sees a release, and who decides -----------------------------------------------------------------------------
-- An adviser of another district: of a district, and not of this one.
create function advises_elsewhere(p_worker uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select bool_or(m.district_id is not null) and not bool_or(m.district_id is not distinct from p_district)
    from membership m where m.worker_id = p_worker and m.role = 'TECHNICAL_ADVISER'
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));

-- A technical adviser decides; where the danger is stated never who assigned the case, and after an objection one of another district.
create function viewer_decides(r release) returns boolean
  language plpgsql stable set search_path = public, pg_temp as $$
begin
  return r.lapsed_at is null and r.approved_at is null and r.refused_at is null
    and viewer_has_role('TECHNICAL_ADVISER') and viewer_has_scope('cases:write')
    and (r.objected_at is null or coalesce(advises_elsewhere(viewer_worker(), r.district_id), false))
    and (r.ground <> 'DANGER' or r.assigned_by_id is distinct from viewer_worker());
end $$;

grant update (refused_by_id, refused_at, person_told_at) on release to cosmos_app;
drop policy release_read on release;
create policy release_read on release for select to cosmos_app using (
  requested_by_id = (select viewer_worker()) or (select viewer_worker()) = any (holder_ids)
  or (select viewer_has_role('TECHNICAL_ADVISER'))
  or (ground = 'DANGER' and (select viewer_has_role('DATA_PROTECTION_OFFICER')) and (select viewer_has_scope('log:read'))));
-- What waits for a decision, and what a danger opened.
create index release_waits on release (requested_at, id) where approved_at is null and refused_at is null and lapsed_at is null;
create index release_dangers on release (approved_at, id) where ground = 'DANGER' and approved_at is not null;
create index release_answer_waits on release_answer (worker_id) where answer is null;
drop policy release_approve on release;
create policy release_decide on release for update to cosmos_app
  using (viewer_decides(release)) with check (coalesce(approved_by_id, refused_by_id) = (select viewer_worker()));
create policy release_tell on release for update to cosmos_app
  using (requested_by_id = (select viewer_worker()) and objected_at is not null and lapsed_at is null
    and (select viewer_has_scope('notes:write')))
  with check (requested_by_id = (select viewer_worker()));

create function release_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.approved_at, new.approved_by_id, new.refused_at, new.refused_by_id)
      is distinct from (old.approved_at, old.approved_by_id, old.refused_at, old.refused_by_id) and not viewer_decides(old)
    or new.person_told_at is distinct from old.person_told_at and old.requested_by_id is distinct from viewer_worker()
  then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
  return new;
end $$;
create trigger release_is_said_by before update on release
  for each row when (current_user = 'cosmos_app') execute function release_is_said_by();

-- An adviser knows of a case while a release of it waits.
create or replace function is_in_release(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from release r
    where r.case_id = p_case and r.approved_at is null and r.refused_at is null and r.lapsed_at is null);

-- ---- What a release opens --------------------------------------------------------------------------------------------
create function release_opens_for() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.ground = 'DANGER' then
    if not exists (select from danger_statement d where d.release_id = new.id) then
      raise 'the danger is not stated' using errcode = 'check_violation';
    end if;
    new.open_until := new.approved_at + interval '72 hours';
  end if;
  return new;
end $$;
create trigger release_opens_for before update of approved_at on release
  for each row when (old.approved_at is null and new.approved_at is not null) execute function release_opens_for();

-- `reset_note_readers` keeps it, as a later migration has it.
grant update (readable_until) on interview_note to cosmos_keeper;

drop policy interview_note_read on interview_note;
create policy interview_note_read on interview_note for select to cosmos_app using (
  reader_id = (select viewer_note_reader()) and (readable_until is null or readable_until > now())
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
grant insert (kept_back), update (kept_back) on interview_note to cosmos_app;

-- Whether a worker has acted since then. Of what the worker did this says yes or no, to a release alone. A calendar feed writes no line
-- of the log, an automatic client writes none in a worker's name, and who answers a release has not come back by it.
create function has_acted_since(p_worker uuid, p_since timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from access_log l where l.actor_id = p_worker and l.actor_kind = 'WORKER'
    and l.occurred_at > p_since and l.action <> 'ANSWER_NOTE_RELEASE');

-- Only of who could contradict it: whose login or post one person has ended is neither gone nor absent.
create or replace function is_long_absent(p_worker uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from worker w join membership m on m.worker_id = w.id
      where w.id = p_worker and w.disabled_at is null and m.district_id = p_district and m.role = 'SOCIAL_WORKER'
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))
    and exists (select from absence a where a.worker_id = p_worker and a.district_id = p_district
      and greatest(a.starts_at, a.declared_at) < now() - interval '15 days'
      and (a.ends_at is null or a.ends_at > now()) and a.contradicted_at is null)
    and not has_acted_since(p_worker, now() - interval '15 days');

-- Opens the final notes whose author has left the district or is absent for long; in danger those of every author.
create or replace function release_approved() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.approved_at is not null or new.approved_at is null then return null; end if;
  insert into release_note (release_id, note_id)
  select new.id, n.id from interview_note n join "case" c on c.id = n.case_id
  where n.case_id = new.case_id and n.status = 'FINAL' and n.author_id <> new.requested_by_id
    and c.assigned_worker_id = new.requested_by_id
    and (new.ground = 'DANGER' or has_left(n.author_id, n.district_id) or is_long_absent(n.author_id, n.district_id));
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

create function notify_release_refused() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id) values (new.requested_by_id, 'RELEASE_REFUSED', new.case_id);
  return null;
end $$;
create trigger notify_release_refused after update of refused_at on release
  for each row when (old.refused_at is null and new.refused_at is not null) execute function notify_release_refused();

-- What an absence has opened closes once its worker has acted, as it does once they contradict it. Returns how many notes closed.
create function close_contradicted_releases() returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_cases uuid[];
  v_closed integer;
begin
  with closed as (
    -- By the absences that run: they are few, whatever was ever released.
    update release_note rn set closed_at = now() from absence a, interview_note n, release l
    where a.starts_at <= now() and coalesce(a.ends_at, 'infinity') > now()
      and n.author_id = a.worker_id and n.district_id = a.district_id and rn.note_id = n.id and rn.closed_at is null
      and l.id = rn.release_id and l.lapsed_at is null and l.ground <> 'DANGER'
      and not coalesce(has_left(n.author_id, n.district_id), false) and has_acted_since(n.author_id, l.approved_at)
    returning n.case_id)
  select array_agg(distinct case_id), count(*) into v_cases, v_closed from closed;
  perform reset_note_readers(one) from unnest(v_cases) one;
  return v_closed;
end $$;

-- ---- The task of who held the case: hand over, or say why not --------------------------------------------------------
alter table release_answer
  add constraint release_answer_whole check ((answer is null) = (answered_at is null)),
  add constraint release_answer_says_why check ((reason is not null) = (answer is not distinct from 'NO')),
  add constraint release_answer_since check (since is null or answer = 'HANDED_OVER');
alter table release_answer enable row level security;
alter table release_answer force row level security;
grant select on release_answer to cosmos_app;
grant update (answer, reason, since, answered_at) on release_answer to cosmos_app;
create policy release_answer_read on release_answer for select to cosmos_app using (
  worker_id = (select viewer_worker()) or (select viewer_has_role('TECHNICAL_ADVISER'))
  or exists (select from release r where r.id = release_id and r.requested_by_id = (select viewer_worker())));
create policy release_answer_say on release_answer for update to cosmos_app
  using (worker_id = (select viewer_worker()) and answer is null and (select viewer_has_scope('notes:write')))
  with check (worker_id = (select viewer_worker()));

-- Whoever hands over does not read again: the database chooses their final notes, those that they did not keep back.
-- An offer without a note looks like any other.
create function hand_over_unread(p_case uuid, p_from uuid, p_to uuid, p_since date) returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_handover uuid;
begin
  insert into handover (case_id, from_worker_id, to_worker_id) values (p_case, p_from, p_to) returning id into v_handover;
  insert into handover_note (handover_id, note_id)
  select v_handover, n.id from interview_note n
  where n.case_id = p_case and n.author_id = p_from and n.status = 'FINAL' and not n.kept_back
    and (p_since is null or n.written_at >= p_since::timestamp at time zone 'Europe/Paris');
  return v_handover;
end $$;

create function release_answered() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_release release%rowtype;
begin
  -- Holds the release: an approval that comes meanwhile reads this answer.
  select * into v_release from release where id = new.release_id for update;
  if v_release.approved_at is not null or v_release.refused_at is not null or v_release.lapsed_at is not null then
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
create trigger release_answered after update of answer on release_answer
  for each row when (old.answer is null and new.answer is not null) execute function release_answered();

-- Advisers and officers are told that there is a request, who held the case and who wrote in it also of which case. Each who
-- held the case has it as a task; in danger nobody is waited for.
create or replace function notify_release_requested() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind)
  select distinct m.worker_id, 'RELEASE_REQUESTED'::"NotificationKind" from membership m
    where m.role in ('TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER')
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now());
  insert into notification (worker_id, kind, case_id)
  select n.author_id, 'RELEASE_REQUESTED'::"NotificationKind", new.case_id from interview_note n
    where n.case_id = new.case_id and n.status = 'FINAL' and n.author_id <> new.requested_by_id
  union select holder, 'RELEASE_REQUESTED', new.case_id from unnest(new.holder_ids) holder;
  return null;
end $$;

create function release_asks_who_held() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into release_answer (release_id, worker_id) select new.id, unnest(new.holder_ids);
  return null;
end $$;
create trigger release_asks_who_held after insert on release
  for each row when (new.ground <> 'DANGER') execute function release_asks_who_held();

-- ---- What a danger rests on, and its review ----------------------------------------------------------------------------
alter table danger_statement add constraint danger_statement_says_something check (length(trim(facts)) > 0);
alter table danger_statement enable row level security;
alter table danger_statement force row level security;
grant select, insert on danger_statement to cosmos_app;
create policy danger_statement_read on danger_statement for select to cosmos_app using (
  exists (select from release r where r.id = release_id and (r.requested_by_id = (select viewer_worker())
    or (select viewer_has_role('TECHNICAL_ADVISER')) or (select viewer_has_role('DATA_PROTECTION_OFFICER')))));
create policy danger_statement_state on danger_statement for insert to cosmos_app with check (
  exists (select from release r where r.id = release_id and r.ground = 'DANGER' and r.requested_by_id = (select viewer_worker())
    and r.approved_at is null and r.refused_at is null));

-- By an adviser of another district who did not approve it, and by the officer.
alter table release_review enable row level security;
alter table release_review force row level security;
grant select on release_review to cosmos_app;
grant insert (release_id, as_role, reviewed_by_id, opinion) on release_review to cosmos_app;
create policy release_review_read on release_review for select to cosmos_app using (
  (select viewer_has_role('TECHNICAL_ADVISER')) or (select viewer_has_role('DATA_PROTECTION_OFFICER')));
create policy release_review_write on release_review for insert to cosmos_app with check (
  reviewed_by_id = (select viewer_worker()) and (select viewer_has_role(as_role::text))
  and exists (select from release r where r.id = release_id and r.ground = 'DANGER' and r.approved_at is not null
    and r.approved_by_id <> (select viewer_worker())
    and (as_role = 'DATA_PROTECTION_OFFICER'
      or as_role = 'TECHNICAL_ADVISER' and coalesce(advises_elsewhere((select viewer_worker()), r.district_id), false))));
alter table release_review add constraint release_review_by_two check (as_role in ('TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER'));

grant insert on handover, handover_note, release_answer to cosmos_keeper;
grant select on release_answer, danger_statement to cosmos_keeper;
grant update (objected_at) on release to cosmos_keeper;

do $$
declare f regprocedure;
begin
  foreach f in array array['notify_membership_ended()', 'release_takes_its_case()', 'advises_elsewhere(uuid,uuid)', 'release_opens_for()',
    'has_acted_since(uuid,timestamptz)', 'notify_release_refused()', 'close_contradicted_releases()',
    'hand_over_unread(uuid,uuid,uuid,date)', 'release_answered()', 'release_asks_who_held()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function advises_elsewhere(uuid,uuid) to cosmos_app;
grant execute on function close_contradicted_releases() to cosmos_jobs;
