set local lock_timeout = '5s';
set local check_function_bodies = off;
drop function suspension_waits_here(suspension);
-- AlterTable
ALTER TABLE "client" DROP COLUMN "suspended_scope";

-- AlterTable
ALTER TABLE "suspension" ADD COLUMN     "made_through_id" UUID;

-- AddForeignKey
ALTER TABLE "suspension" ADD CONSTRAINT "suspension_made_through_id_fkey" FOREIGN KEY ("made_through_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
create or replace function read_calendar_feed(p_secret_hash bytea)
  returns table (feed_id uuid, appointment_id uuid, starts_at timestamptz, ends_at timestamptz, status text, version integer,
    changed_at timestamptz, label text, place text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_feed calendar_feed%rowtype;
begin
  select * into v_feed from calendar_feed f where f.secret_hash = p_secret_hash and f.revoked_at is null
    and (f.person_id is null or exists (select from person_account p where p.person_id = f.person_id))
    and not exists (select from worker w where w.id = f.worker_id and (w.disabled_at is not null or w.suspended_until > now()))
    and exists (select from client c where c.id = f.client_id and c.disabled_at is null and 'appointments:read' = any (c.scopes)
      and not is_suspended(c, 'appointments:read'));
  if not found then return; end if;
  return query
    with mine as (
      select a.* from membership m
      cross join lateral (
        select x.* from appointment x where x.worker_ids[1] = v_feed.worker_id and x.district_id = m.district_id
          and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days'
        union all
        select x.* from appointment x where cardinality(x.worker_ids) > 1 and x.worker_ids[2] = v_feed.worker_id
          and x.district_id = m.district_id
          and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days'
        union all
        select x.* from appointment x where cardinality(x.worker_ids) > 2 and x.district_id = m.district_id
          and x.worker_ids @> array[v_feed.worker_id] and not v_feed.worker_id = any (x.worker_ids[1:2])
          and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days') a
      where m.worker_id = v_feed.worker_id and m.role in ('RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD')
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
      union
      select x.* from appointment_person ap join appointment x on x.id = ap.appointment_id
      join person p on p.id = ap.person_id and p.contact_suspended_at is null
      where ap.person_id = v_feed.person_id and ap.show_online
        and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days')
    select v_feed.id, a.id, a.starts_at, a.ends_at, a.status::text, a.version, greatest(a.booked_at, a.status_at),
      t.public_label_fr, case when a.mode = 'ON_SITE' and not place_is_typed(a.id) then
        coalesce(a.place, d.address_line || ', ' || d.postal_code || ' ' || c.name) end
    from mine a join appointment_type t on t.code = a.type_code join district d on d.id = a.district_id
    join commune c on c.insee_code = d.commune_code
    order by a.starts_at, a.id limit 2000;
  -- One empty row tells that a feed exists, if it has no appointments.
  if not found then
    return query select v_feed.id, null::uuid, null::timestamptz, null::timestamptz, null, null::integer, null::timestamptz,
      null, null;
  end if;
end $$;
revoke all on function read_calendar_feed(bytea) from public, cosmos_app, cosmos_jobs;
create or replace function record_suspension(p_worker uuid, p_membership uuid, p_client uuid, p_scope text, p_what text) returns timestamptz
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_lapses timestamptz(3) := now() + interval '24 hours';
begin
  insert into suspension (worker_id, membership_id, client_id, scope, what, suspended_by_id, made_through_id, suspended_at, lapses_at)
    values (p_worker, p_membership, p_client, p_scope, p_what, viewer_worker(), viewer_through(), v_lapses - interval '24 hours', v_lapses);
  perform notify_suspension('SUSPENSION_MADE', p_worker);
  return v_lapses;
end $$;
revoke all on function record_suspension(uuid,uuid,uuid,text,text) from public, cosmos_app, cosmos_jobs;
create or replace function suspend(p_worker uuid, p_membership uuid, p_client uuid, p_scope text, p_what text) returns timestamptz
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_watches boolean := watches(p_worker);
begin
  -- An administrator may send two requests at the same time, and two posts of a worker may be ended at the same time.
  perform pg_advisory_xact_lock(hashtext('cosmos:suspends'), hashtext(viewer_worker()::text));
  perform pg_advisory_xact_lock(hashtext('cosmos:suspension'), hashtext(coalesce(p_worker, p_client)::text));
  if exists (select from suspension s where s.confirmed_at is null
      and (s.worker_id = p_worker or s.client_id = p_client and (p_scope is not null or s.scope is null))
      and (s.suspended_by_id = viewer_worker() or p_client is null and not v_watches) and s.suspended_at > now() - interval '30 days')
    or exists (select from suspension s where s.suspended_by_id = viewer_worker() and in_force(s)
      and case when p_client is null then v_watches and watches(s.worker_id) else s.client_id <> p_client end)
  then
    raise 'one word suspends once, and one at a time' using errcode = 'check_violation';
  end if;
  return record_suspension(p_worker, p_membership, p_client, p_scope, p_what);
end $$;
revoke all on function suspend(uuid,uuid,uuid,text,text) from public, cosmos_app, cosmos_jobs;
create or replace function front_end_is_suspended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_lost text[] := array(select s from unnest(old.scopes) s where s <> all (new.scopes));
  v_scope text := case when new.disabled_at is null and cardinality(v_lost) = 1 then v_lost[1] end;
begin
  new.suspended_until := suspend(null, null, old.id, v_scope, concat_ws(' ', old.client_id, v_scope));
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
    or suspension_waits_here(old, new.lifted_by_id is not null)
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
    perform from client where id = new.client_id for update;
    update client set version = version + 1,
      suspended_until = (select max(s.lapses_at) from suspension s where s.client_id = new.client_id and in_force(s)),
      disabled_at = case when v_stays and new.scope is null then now() else disabled_at end,
      scopes = case when v_stays and new.scope is not null then array_remove(scopes, new.scope) else scopes end
      where id = new.client_id;
  elsif new.membership_id is not null then
    perform from membership where id = new.membership_id for update;
    update membership set version = version + 1,
      suspended_until = (select max(s.lapses_at) from suspension s where s.membership_id = new.membership_id and in_force(s)),
      ends_at = case when v_stays then now() else ends_at end, ended_by_id = case when v_stays then new.suspended_by_id else ended_by_id end
      where id = new.membership_id;
  else
    perform from worker where id = new.worker_id for update;
    update worker set version = version + 1, disabled_at = case when v_stays then now() else disabled_at end,
      suspended_until = (select max(s.lapses_at) from suspension s where s.worker_id = new.worker_id and s.membership_id is null and in_force(s))
      where id = new.worker_id;
  end if;
  perform notify_suspension(case when v_stays then 'SUSPENSION_CONFIRMED'::"NotificationKind" else 'SUSPENSION_LIFTED' end, new.worker_id);
  return null;
end $$;
revoke all on function suspension_ended() from public, cosmos_app, cosmos_jobs;
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
  v_watching jsonb;
  v_is_shut boolean;
  v_shut text[];
  v_left jsonb := '{}';
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
  if v_client.disabled_at is not null then return '{"refused": "client-disabled"}'; end if;
  if not v_scopes <@ v_client.scopes then return '{"refused": "scope-not-granted"}'; end if;

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
    select coalesce(jsonb_agg(jsonb_build_object('absentWorkerId', absent_worker_id, 'districtId', district_id,
          'settled', addresses_from <= now()) order by absent_worker_id, district_id), '[]')
      into v_relays from relay r
      where stand_in_id = v_worker.id and starts_at <= now() and ends_at > now() and pending_until is null
        and v_memberships @> jsonb_build_array(jsonb_build_object('role', 'SOCIAL_WORKER', 'districtId', r.district_id));
  end if;

  -- A suspension lapses by itself: its end is compared with the time of the request. A worker who watches logs in all the same, to end it. This
  -- worker has one scope and the posts by which they watch, and nothing else. Everyone's token counts without the scopes that are suspended.
  if v_client.suspended_until > now() then
    select coalesce(bool_or(s.scope is null), false), coalesce(array_agg(s.scope), '{}') into v_is_shut, v_shut
      from suspension s where s.client_id = v_client.id and in_force(s);
    select jsonb_agg(m) into v_watching from jsonb_array_elements(v_memberships) m where role_watches((m ->> 'role')::"Role");
    if (v_is_shut or 'directory:read' = any (v_shut)) and 'directory:read' = any (v_scopes) and v_watching is not null then
      v_scopes := '{directory:read}';
      v_memberships := v_watching;
      v_relays := '[]';
    elsif v_is_shut then
      return '{"refused": "client-disabled"}';
    else
      v_scopes := array(select s from unnest(v_scopes) s where (s = any (v_shut)) is not true);
    end if;
    v_left := jsonb_build_object('scopes', v_scopes);
  end if;

  perform set_config('backtrace_functions', viewer_text(v_client, v_worker.id, v_person, v_self, v_scopes, v_claims ->> 'token',
    v_memberships, v_relays), true);

  return jsonb_build_object(
    'clientId', v_client.id, 'clientKind', v_client.kind, 'workerId', v_worker.id, 'personId', v_person, 'selfId', v_self,
    'memberships', v_memberships, 'relays', v_relays,
    'nomenclatures', coalesce((select version from nomenclature_version), 0)) || v_left;
end $$;
revoke all on function login(text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function address_on_duty(p_person uuid, p_ground text)
  returns table (person_id uuid, case_id uuid, district_id uuid, line text, postal_code text, city text, version integer)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  return query with opened as (
    select a.person_id, a.case_id, a.district_id, a.line, a.postal_code, a.city, a.version,
      coalesce(a.assigned_worker_id, a.said_by_id) as told_id from person_address a
    where a.person_id = p_person and a.confidential and a.case_id is not null and viewer_has_scope('persons:read') and (
      (a.assigned_worker_id is null and sent_to_viewer(a.person_id, a.district_id, p_ground = 'DANGER'))
      or ((a.assigned_worker_id || ':' || a.district_id) = any (viewer_relays()) and may_open_address(a.case_id, p_ground)))
    order by a.case_id is distinct from sheltering_case(p_person), a.recorded_at, a.case_id limit 1),
  told as (insert into notification (worker_id, kind, case_id)
    select o.told_id, 'ADDRESS_READ'::"NotificationKind", o.case_id from opened o where o.told_id is distinct from viewer_worker() and o.told_id is not null)
  select o.person_id, o.case_id, o.district_id, o.line, o.postal_code, o.city, o.version from opened o;
end $$;
revoke all on function address_on_duty(uuid,text) from public, cosmos_app, cosmos_jobs;
create or replace function held_after_call(p_noted_at timestamptz, p_starts_at timestamptz) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return (select date_trunc('milliseconds', h.until) from in_working_time(p_noted_at, interval '2 hours') h (until) where h.until < p_starts_at);
  end $$;
revoke all on function held_after_call(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function note_telephone_cancellation(p_district uuid, p_day date, p_name text, p_birth_year integer, p_reference text, p_phone text,
    p_secret_hash bytea, p_wants_another boolean, p_duty_worker uuid) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_person person%rowtype;
  v_appointment appointment%rowtype;
  v_id uuid;
  v_until timestamptz;
  v_there boolean;
  v_duty uuid;
begin
  if not p_district = any (viewer_districts('receptionist')) then return null; end if;
  select (array_agg(s.appointment_id))[1], (array_agg(s.person_id))[1] into v_appointment.id, v_person.id from (
    select ap.appointment_id, ap.person_id from persons_said(p_name, p_birth_year, p_reference, p_phone) n
      join appointment_person ap on ap.person_id = n
    union select * from appointments_said(p_name, p_reference, p_secret_hash)) s
    join appointment a on a.id = s.appointment_id and a.district_id = p_district and a.status = 'BOOKED' and a.places is null
      and a.starts_at > now() and day_in_paris(a.starts_at) = p_day
    having count(*) = 1;
  select a.* into v_appointment from appointment a
    where a.id = v_appointment.id and a.status = 'BOOKED' and a.starts_at > now() for no key update;
  if not found then return null; end if;
  select p.* into v_person from person p where p.id = v_person.id;
  v_until := held_after_call(now(), v_appointment.starts_at);
  v_there := exists (select from receivers_of(v_appointment) r where not is_away(r.worker_id, coalesce(v_until, v_appointment.starts_at)));
  if not v_there and silence_may_free(v_appointment.id) then v_duty := p_duty_worker; end if;
  insert into telephone_cancellation (appointment_id, person_id, district_id, wants_another, duty_worker_id, held_until)
    values (v_appointment.id, v_person.id, p_district, p_wants_another, v_duty,
      case when (v_there or v_duty is not null) and silence_may_free(v_appointment.id) then v_until end)
    on conflict (appointment_id) do nothing returning id into v_id;
  if v_id is null then
    update telephone_cancellation set wants_another = true where appointment_id = v_appointment.id and p_wants_another and not wants_another;
  else
    perform tell_of_appointment(v_appointment, 'CALLED_OFF_BY_TELEPHONE');
    insert into notification (worker_id, kind) select v_duty, 'CALLED_OFF_BY_TELEPHONE' where v_duty is not null;
  end if;
  return jsonb_build_object('personId', v_person.id, 'caseId', v_appointment.case_id);
end $$;
revoke all on function note_telephone_cancellation(uuid,date,text,int4,text,text,bytea,bool,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function release_approved() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.approved_at is not null or new.approved_at is null then return null; end if;
  insert into release_note (release_id, note_id)
  select new.id, n.id from interview_note n join "case" c on c.id = n.case_id
  where n.case_id = new.case_id and n.status = 'FINAL' and n.author_id <> new.requested_by_id
    and c.assigned_worker_id = new.requested_by_id
    and (new.ground = 'DANGER' or is_long_absent(n.author_id)
      or has_left(n.author_id) and not exists (select from worker w where w.id = n.author_id and w.suspended_until > now())
        and not exists (select from client c where c.suspended_until > now()));
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
create or replace function in_force(s suspension) returns boolean
  language sql stable
  return s.confirmed_at is null and s.lifted_at is null and s.lapses_at > now();
revoke all on function in_force(suspension) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function is_suspended(p_client client, p_scope text) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return coalesce(p_client.suspended_until > now(), false) and exists (select from suspension s
    where s.client_id = p_client.id and in_force(s) and coalesce(s.scope, p_scope) = p_scope);
revoke all on function is_suspended(client,text) from public, cosmos_app, cosmos_jobs;
create or replace function suspension_waits_here(s suspension, p_lifts boolean) returns boolean
  language sql stable
  return coalesce(case when p_lifts then s.client_id else s.made_through_id end = viewer_through(), false)
    and s.suspended_at > now() - interval '1 hour';
revoke all on function suspension_waits_here(suspension,bool) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function sheltering_case(p_person uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select f.case_id from sheltering_cases(p_person) f
    order by f.case_id is distinct from oldest_case_of(p_person), f.since, f.case_id limit 1);
revoke all on function sheltering_case(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function letter_address(p_person uuid) returns table (line text, postal_code text, city text, safe boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.line, l.postal_code, l.city, l.safe from (
    select s.line, s.postal_code, s.city, true as safe, 0 as nth, s.recorded_at from safe_address s
    where s.person_id = p_person and (not is_sheltered(p_person)
      or s.case_id = sheltering_case(p_person))
    union all
    select a.line, a.postal_code, a.city, false, 1, a.recorded_at from person_address a
    where a.person_id = p_person and not a.confidential and a.for_letters and not is_sheltered(p_person)) l
  order by l.nth, l.recorded_at desc limit 1;
end;
revoke all on function letter_address(uuid) from public, cosmos_app, cosmos_jobs;
alter function read_calendar_feed owner to cosmos_keeper;
grant execute on function read_calendar_feed to cosmos_app;
grant execute on function in_force to public;
alter function is_suspended owner to cosmos_keeper;
alter function record_suspension owner to cosmos_keeper;
alter function suspend owner to cosmos_keeper;
grant execute on function suspension_waits_here to public;
alter function front_end_is_suspended owner to cosmos_keeper;
alter function suspension_ended owner to cosmos_keeper;
alter function login owner to cosmos_keeper;
grant execute on function login to cosmos_app;
alter function sheltering_case owner to cosmos_keeper;
alter function letter_address owner to cosmos_keeper;
alter function address_on_duty owner to cosmos_keeper;
grant execute on function address_on_duty to cosmos_app;
alter function held_after_call owner to cosmos_keeper;
alter function note_telephone_cancellation owner to cosmos_keeper;
grant execute on function note_telephone_cancellation to cosmos_app;
alter function release_approved owner to cosmos_keeper;
revoke all on client from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table client enable row level security, force row level security;
grant select on client to cosmos_app;
grant update (scopes, disabled_at, version) on client to cosmos_app;
grant select on client to cosmos_keeper;
grant update (scopes, disabled_at, suspended_until, version) on client to cosmos_keeper;
