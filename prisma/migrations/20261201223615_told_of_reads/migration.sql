set local lock_timeout = '5s';
set local check_function_bodies = off;
drop policy person_address_change on person_address;
drop policy person_address_read on person_address;
drop policy person_address_replace on person_address;
drop policy relay_read on relay;
drop policy withheld_place_read on withheld_place;
drop trigger notification_tells_once on notification;
drop trigger place_is_withheld on appointment;
alter table home_word drop constraint home_word_of_someone;
alter table relay drop constraint relay_once;
drop function home_visits_not_back(uuid), is_on_duty_in(uuid);
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.





-- A row without a case said that a colleague made the visit: no address is given without a word any more, so nothing reads it.
alter table home_word no force row level security;
delete from home_word where case_id is null;
alter table home_word force row level security;

-- AlterTable
ALTER TABLE "home_word" ALTER COLUMN "case_id" SET NOT NULL,
ALTER COLUMN "worker_id" SET NOT NULL;

-- AlterTable
ALTER TABLE "person_known" ADD COLUMN     "known_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "relay" ADD COLUMN     "addresses_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "confirmed_by_id" UUID,
ADD COLUMN     "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "opened_by_id" UUID,
ADD COLUMN     "pending_until" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "relay_opened_by_id_opened_at_idx" ON "relay"("opened_by_id", "opened_at");

-- CreateIndex
CREATE INDEX "relay_confirmed_by_id_idx" ON "relay"("confirmed_by_id");

-- CreateIndex
CREATE INDEX "relay_district_id_opened_at_idx" ON "relay"("district_id", "opened_at");

-- CreateIndex
CREATE INDEX "relay_pending_until_idx" ON "relay"("pending_until");

-- AddForeignKey
ALTER TABLE "relay" ADD CONSTRAINT "relay_opened_by_id_fkey" FOREIGN KEY ("opened_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relay" ADD CONSTRAINT "relay_confirmed_by_id_fkey" FOREIGN KEY ("confirmed_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
create or replace function keep_home_day(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update withheld_place w set home_day = case
      when viewer_worker() is null or w.reader_keys && viewer_shelterings()
        or (a.district_id = any (viewer_districts('receptionist')) and viewer_worker() <> all (a.worker_ids))
        then home_day(a.mode, a.status, a.starts_at)
      when w.home_day is not null and home_day(a.mode, a.status, a.starts_at) is not null
        then greatest(w.home_day, home_day(a.mode, a.status, a.starts_at)) end
    from appointment a where a.id = p_appointment and w.appointment_id = a.id;
end $$;
revoke all on function keep_home_day(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function begin_home_visit(p_appointment uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  delete from home_word where appointment_id = p_appointment;
end;
revoke all on function begin_home_visit(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function home_visits_not_back(p_district uuid)
  returns table (id uuid, district_id uuid, case_id uuid, worker_ids uuid[], starts_at timestamptz, ends_at timestamptz,
    expected_back_at timestamptz, place text, on_duty boolean)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  return query with late as (
    select a.id, a.district_id, a.case_id, a.worker_ids, a.starts_at, a.ends_at, a.expected_back_at, p.place, d.since is not null as on_duty,
      p.case_id as of_case, p.case_id is null or looks_for(p_district, a.ends_at, d.since) as given
    from (select duty_since(p_district) as since) d
    join appointment a on a.district_id = p_district and a.mode = 'HOME' and a.back_at is null
      and a.ends_at < now() - interval '30 minutes'
      and a.starts_at >= ((now() at time zone 'Europe/Paris')::date - 1)::timestamp at time zone 'Europe/Paris' and a.starts_at < now()
      and (a.status_at >= a.starts_at or a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE'))
    left join lateral place_not_back(a.id) p on true
    where viewer_has_scope('appointments:read') and (d.since is not null or p_district = any (viewer_districts('district_head')))
    order by a.ends_at, a.id limit 100),
  told as (insert into notification (worker_id, kind, case_id)
    select distinct c.assigned_worker_id, 'ADDRESS_READ'::"NotificationKind", c.id from late l join "case" c on c.id = l.of_case
    where l.given and l.place is not null and c.assigned_worker_id is not null and c.assigned_worker_id is distinct from viewer_worker())
  select l.id, l.district_id, l.case_id, l.worker_ids, l.starts_at, l.ends_at, l.expected_back_at,
    case when l.given then l.place end, l.on_duty from late l order by l.ends_at, l.id;
end $$;
revoke all on function home_visits_not_back(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function notify_relay_opened() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.pending_until is null then
    insert into notification (worker_id, kind) values (new.stand_in_id, 'RELAY_OPENED'), (new.absent_worker_id, 'RELAY_OPENED');
  else
    insert into notification (worker_id, kind) select new.absent_worker_id, 'RELAY_TO_CONFIRM'::"NotificationKind"
    union select m.worker_id, 'RELAY_TO_CONFIRM' from membership m where m.role = 'TECHNICAL_ADVISER'
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
      and m.worker_id not in (new.stand_in_id, new.absent_worker_id, new.opened_by_id);
  end if;
  return null;
end $$;
revoke all on function notify_relay_opened() from public, cosmos_app, cosmos_jobs;
create or replace function relay_has_its_absence() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_declared_at timestamptz;
  v_today timestamptz := day_in_paris(now())::timestamp at time zone 'Europe/Paris';
begin
  if tg_op = 'UPDATE' then
    if new.ends_at > old.ends_at then raise 'a relay only ends' using errcode = 'insufficient_privilege'; end if;
    return new;
  end if;
  -- The policy refuses a viewer who does not head the district. This trigger says nothing to them, so that they learn of no absence.
  if new.district_id <> all (viewer_districts('district_head')) then return new; end if;
  select a.declared_at into v_declared_at from absence a
    where a.worker_id = new.absent_worker_id and a.district_id = new.district_id and a.contradicted_at is null
      and tstzrange(a.starts_at, a.ends_at) @> tstzrange(new.starts_at, new.ends_at) for share;
  if not found then raise 'no absence' using errcode = 'check_violation'; end if;
  new.opened_at := now();
  new.opened_by_id := viewer_worker();
  new.confirmed_by_id := null;
  new.pending_until := null;
  new.addresses_from := v_declared_at + interval '1 day';
  if new.addresses_from > now() then
    -- One relay at a time is counted.
    perform hold_each('relay', array[new.district_id, viewer_worker()]);
    if 2 <= (select count(distinct r.absent_worker_id) from relay r where r.opened_at >= v_today and r.absent_worker_id <> new.absent_worker_id
        and r.addresses_from > r.opened_at and r.pending_until is null and r.confirmed_by_id is null
        and (r.opened_by_id = viewer_worker() or r.district_id = new.district_id)) then
      new.pending_until := (day_in_paris(now()) + 1)::timestamp at time zone 'Europe/Paris';
    end if;
  end if;
  return new;
end $$;
revoke all on function relay_has_its_absence() from public, cosmos_app, cosmos_jobs;
create or replace function viewer_settled_relays() returns text[]
  language plpgsql stable parallel safe
  as $$ begin return string_to_array(translate(split_part(current_setting('backtrace_functions'), ',', 19), 'XQ', ':-'), ' '); end $$;
revoke all on function viewer_settled_relays() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
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
  if v_client.disabled_at is not null then return '{"refused": "client-disabled"}'; end if;
  if not v_scopes <@ v_client.scopes then return '{"refused": "scope-not-granted"}'; end if;

  if v_client.kind = 'FRONT_END' then
    select * into v_worker from worker where issuer = v_issuer and subject = v_subject;
    if not found then
      select a.person_id, case when p.contact_suspended_at is null then a.person_id end into v_self, v_person
        from person_account a join person p on p.id = a.person_id where a.issuer = v_issuer and a.subject = v_subject;
      if not found then return '{"refused": "subject-unknown"}'; end if;
    elsif v_worker.disabled_at is not null then
      return '{"refused": "worker-disabled"}';
    end if;
  elsif v_subject is distinct from v_client.client_id then
    return '{"refused": "subject-unknown"}';
  end if;

  if v_worker.id is not null then
    select coalesce(jsonb_agg(jsonb_build_object('role', role, 'districtId', district_id) order by role, district_id), '[]')
      into v_memberships from membership
      where worker_id = v_worker.id and starts_at <= now() and (ends_at is null or ends_at > now());
    select coalesce(jsonb_agg(jsonb_build_object('absentWorkerId', absent_worker_id, 'districtId', district_id,
          'settled', addresses_from <= now()) order by absent_worker_id, district_id), '[]')
      into v_relays from relay r
      where stand_in_id = v_worker.id and starts_at <= now() and ends_at > now() and pending_until is null
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
create or replace function viewer_text(p_client client, p_worker uuid, p_person uuid, p_self uuid, p_scopes text[], p_token_digest text,
  p_memberships jsonb, p_relays jsonb) returns text
  language plpgsql immutable set search_path = public, pg_temp as $$
declare
  v_posts jsonb;
  -- A token without a scope about persons opens no row about them, even if its worker may read such rows.
  v_is_about_persons boolean := exists (select from unnest(p_scopes) s where s ~ '^(cases|persons|appointments|notes):' or s = 'booking');
  v_districts jsonb;
begin
  select coalesce(jsonb_object_agg(role, districts), '{}') into v_posts from (
    select m ->> 'role' as role, string_agg(replace(m ->> 'districtId', '-', ''), ' ') as districts
    from jsonb_array_elements(p_memberships) m where m ->> 'role' in ('RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD') group by 1) d;
  v_districts := case when v_is_about_persons then v_posts else '{}' end;
  return concat_ws(',', 'cosmos',
    coalesce(replace(p_worker::text, '-', ''), ''),
    case when v_is_about_persons then coalesce(replace(p_person::text, '-', ''), '') else '' end,
    coalesce(replace(p_self::text, '-', ''), ''),
    replace(p_client.id::text, '-', ''),
    case when p_client.kind = 'INTEGRATION' and 'directory:read' = any (p_scopes) then 'yes' else '' end,
    coalesce(substring(p_token_digest from '^[0-9a-f]*$'), ''),
    (select coalesce(string_agg(translate(s, ':', 'X'), ' '), '') from unnest(p_scopes) s where s ~ '^[a-z:]+$'),
    (select coalesce(string_agg(m ->> 'role', ' '), '') from jsonb_array_elements(p_memberships) m
      where m ->> 'districtId' is null or m ->> 'role' = 'TECHNICAL_ADVISER'),
    coalesce(v_districts ->> 'RECEPTIONIST', ''),
    coalesce(v_districts ->> 'SOCIAL_WORKER', ''),
    coalesce(v_districts ->> 'DISTRICT_HEAD', ''),
    concat_ws(' ', v_districts ->> 'RECEPTIONIST', v_districts ->> 'SOCIAL_WORKER', v_districts ->> 'DISTRICT_HEAD'),
    (select coalesce(string_agg(translate((r ->> 'absentWorkerId') || ':' || (r ->> 'districtId'), ':-', 'XQ'), ' '), '')
      from jsonb_array_elements(p_relays) r where v_is_about_persons),
    coalesce(v_posts ->> 'RECEPTIONIST', ''),
    coalesce(v_posts ->> 'SOCIAL_WORKER', ''),
    coalesce(v_posts ->> 'DISTRICT_HEAD', ''),
    concat_ws(' ', v_posts ->> 'RECEPTIONIST', v_posts ->> 'SOCIAL_WORKER', v_posts ->> 'DISTRICT_HEAD'),
    (select coalesce(string_agg(translate((r ->> 'absentWorkerId') || ':' || (r ->> 'districtId'), ':-', 'XQ'), ' '), '')
      from jsonb_array_elements(p_relays) r where v_is_about_persons and (r ->> 'settled')::boolean));
end $$;
revoke all on function viewer_text(client,uuid,uuid,uuid,text[],text,jsonb,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function keep_place_withheld(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_appointment appointment%rowtype;
  v_persons uuid[];
  v_readers text[];
begin
  if exists (select from appointment a where a.id = p_appointment and (a.places is not null
      or (a.place is null and not exists (select from withheld_place w where w.appointment_id = a.id)))) then return; end if;
  perform hold_each('person', array(select ap.person_id from appointment_person ap where ap.appointment_id = p_appointment));
  select * into v_appointment from appointment where id = p_appointment;
  v_persons := array(select ap.person_id from appointment_person ap
    where ap.appointment_id = p_appointment and is_sheltered(ap.person_id) order by 1);
  if v_persons = '{}' then
    update appointment a set place = coalesce(a.place, w.place),
        place_by_id = case when a.place is null then w.typed_by_id else a.place_by_id end from withheld_place w
      where w.appointment_id = p_appointment and a.id = p_appointment;
    delete from withheld_place where appointment_id = p_appointment;
    return;
  end if;
  v_readers := array(select distinct c.assigned_worker_id || ':' || c.district_id from unnest(v_persons) person
    cross join lateral sheltering_cases(person) s join "case" c on c.id = s.case_id
    where c.assigned_worker_id is not null order by 1);
  if v_appointment.place is not null and not place_is_of_hours(p_appointment) then
    insert into withheld_place (appointment_id, place, reader_keys, person_ids, worker_ids, typed_by_id, home_day)
      values (p_appointment, v_appointment.place, v_readers, v_persons, v_appointment.worker_ids,
        case when exists (select from unnest(v_readers) r where r like v_appointment.place_by_id || ':%')
            or (v_appointment.place_by_id = viewer_worker() and v_readers && viewer_shelterings()) then null
          else v_appointment.place_by_id end,
        home_day(v_appointment.mode, v_appointment.status, v_appointment.starts_at))
      on conflict (appointment_id) do update set place = excluded.place, typed_by_id = excluded.typed_by_id;
    update appointment set place = null where id = p_appointment;
  end if;
  update withheld_place set reader_keys = v_readers, person_ids = v_persons, worker_ids = v_appointment.worker_ids
    where appointment_id = p_appointment;
end $$;
revoke all on function keep_place_withheld(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function address_on_duty(p_person uuid, p_ground text)
  returns table (person_id uuid, case_id uuid, district_id uuid, line text, postal_code text, city text, version integer)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  return query with opened as (
    select a.person_id, a.case_id, a.district_id, a.line, a.postal_code, a.city, a.version, a.assigned_worker_id from person_address a
    where a.person_id = p_person and a.confidential and a.case_id is not null and viewer_has_scope('persons:read') and (
      (a.assigned_worker_id is null and sent_to_viewer(a.person_id, a.district_id, p_ground = 'DANGER'))
      or ((a.assigned_worker_id || ':' || a.district_id) = any (viewer_relays()) and may_open_address(a.case_id, p_ground)))
    order by a.recorded_at desc limit 1),
  told as (insert into notification (worker_id, kind, case_id)
    select o.assigned_worker_id, 'ADDRESS_READ'::"NotificationKind", o.case_id from opened o where o.assigned_worker_id is not null)
  select o.person_id, o.case_id, o.district_id, o.line, o.postal_code, o.city, o.version from opened o;
end $$;
revoke all on function address_on_duty(uuid,text) from public, cosmos_app, cosmos_jobs;
create or replace function place_may_be_withheld() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'appointment' then
    if new.mode <> old.mode or (new.mode = 'HOME' and (not new.worker_ids <@ old.worker_ids
        or (new.starts_at, new.ends_at) is distinct from (old.starts_at, old.ends_at))) then
      perform begin_home_visit(new.id);
    end if;
    perform keep_place_withheld(new.id);
    if (new.mode, new.starts_at, new.status) is distinct from (old.mode, old.starts_at, old.status) then
      perform keep_home_day(new.id);
    end if;
  else
    if tg_op = 'INSERT' then perform begin_home_visit(new.appointment_id); end if;
    perform keep_place_withheld(coalesce(new.appointment_id, old.appointment_id));
  end if;
  return null;
end $$;
revoke all on function place_may_be_withheld() from public, cosmos_app, cosmos_jobs;
create or replace function viewer_shelterings() returns text[]
  language plpgsql stable parallel safe
  as $$ begin return array(select viewer_worker() || ':' || d from unnest(viewer_districts('social_worker')) d) || viewer_settled_relays(); end $$;
revoke all on function viewer_shelterings() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function keep_person_known(p_source uuid, p_person uuid, p_worker uuid, p_district uuid, p_until timestamptz, p_contact boolean)
  returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if p_person is null or p_worker is null then
    delete from person_known where source_id = p_source;
  else
    insert into person_known as k (source_id, person_id, worker_id, district_id, known_until, contact)
      values (p_source, p_person, p_worker, p_district, p_until, p_contact)
      on conflict (source_id) do update set worker_id = excluded.worker_id, known_until = excluded.known_until,
        known_from = case when k.worker_id = excluded.worker_id then k.known_from else now() end,
        -- The contact is opened when the source gets its worker. A later change of the source does not open or close it.
        contact = case when k.worker_id = excluded.worker_id then k.contact else excluded.contact end;
  end if;
end $$;
revoke all on function keep_person_known(uuid,uuid,uuid,uuid,timestamptz,bool) from public, cosmos_app, cosmos_jobs;
create or replace function send_blind_message(p_name text, p_birth_year integer, p_reference text, p_phone text,
    p_text_id uuid, p_body bytea, p_master_key_id text, p_wrapped bytea) returns setof uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_persons uuid[];
begin
  if may_send_blind_message() is not true then raise 'not theirs to send' using errcode = 'insufficient_privilege'; end if;
  v_persons := array(select p.id from person p
    where (normalised_name(p.given_name || ' ' || p.family_name) = normalised_name(p_name)
        or normalised_name(p.family_name || ' ' || p.given_name) = normalised_name(p_name)
        or normalised_name(p.chosen_name) = normalised_name(p_name))
      and (extract(year from p.birth_date) = p_birth_year or p.reference = p_reference
        or regexp_replace(p.phone, '\D', '', 'g') = regexp_replace(p_phone, '\D', '', 'g'))
      and not has_nobody(p.id)
    order by p.reference limit 5);
  with reached as (
    select distinct on (r.worker_id, cp.person_id) r.worker_id, cp.person_id, cp.district_id, cp.case_id from case_person cp
    cross join lateral (
      select cp.assigned_worker_id as worker_id
      union select rl.stand_in_id from relay rl where rl.absent_worker_id = cp.assigned_worker_id
        and rl.district_id = cp.district_id and rl.starts_at <= now() and rl.ends_at > now() and rl.pending_until is null) r
    join membership m on m.worker_id = r.worker_id and m.district_id = cp.district_id and m.role = 'SOCIAL_WORKER'
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
    where cp.person_id = any (v_persons) and cp.assigned_worker_id is not null
    order by r.worker_id, cp.person_id, cp.case_id),
  kept as (
    insert into message_text (id, body, master_key_id, wrapped)
    select p_text_id, p_body, p_master_key_id, p_wrapped where exists (select from reached)),
  sent as (
    insert into message (district_id, worker_id, person_id, text_id, from_worker_id)
    select district_id, worker_id, person_id, p_text_id, viewer_worker() from reached)
  insert into notification (worker_id, kind, case_id) select worker_id, 'BLIND_MESSAGE'::"NotificationKind", case_id from reached;
  return query select unnest(v_persons);
end $$;
revoke all on function send_blind_message(text,int4,text,text,uuid,bytea,text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function home_case(p_appointment uuid, p_said boolean) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select c.id from appointment a join appointment_person ap on ap.appointment_id = a.id
    cross join lateral sheltering_cases(ap.person_id) s join "case" c on c.id = s.case_id
    where a.id = p_appointment and a.mode = 'HOME' and case when p_said
      then exists (select from home_word h where h.appointment_id = a.id and h.case_id = c.id and (h.worker_id = c.assigned_worker_id
          or exists (select from relay r where r.stand_in_id = h.worker_id and r.absent_worker_id = c.assigned_worker_id
            and r.district_id = c.district_id and r.starts_at <= now() and r.ends_at > now()
            and r.pending_until is null and r.addresses_from <= now())))
      else (c.assigned_worker_id || ':' || c.district_id) = any (viewer_shelterings()) end
    order by c.id is distinct from a.case_id, c.opened_at, c.id limit 1);
revoke all on function home_case(uuid,bool) from public, cosmos_app, cosmos_jobs;
create or replace function duty_since(p_district uuid) returns timestamptz
  language sql stable security definer set search_path = public, pg_temp
  return case when p_district = any (viewer_districts('social_worker')) then (select min(sent.since) from (
    select k.worker_id, min(k.known_from) as since, row_number() over (
        partition by extract(hour from k.known_from at time zone 'Europe/Paris') >= 13 order by min(k.known_from), k.worker_id) as nth
    from visit v join person_known k on k.source_id = v.id and k.worker_id = v.worker_id and k.contact
    where v.district_id = p_district and v.day = (now() at time zone 'Europe/Paris')::date and v.kind = 'WALK_IN' and v.appointment_id is null
      and not exists (select from case_person cp where cp.person_id = v.person_id and cp.assigned_worker_id = v.worker_id)
    group by k.worker_id, extract(hour from k.known_from at time zone 'Europe/Paris') >= 13) sent
    where sent.nth <= 2 and sent.worker_id = viewer_worker()) end;
revoke all on function duty_since(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function place_not_back(p_appointment uuid) returns table (place text, case_id uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select case when w.appointment_id is null then coalesce(a.place, case when h.confidential or exists (select from appointment_person ap
        where ap.appointment_id = a.id and (ap.contact_said or exists (select from case_person cp where cp.person_id = ap.person_id
          and cp.assigned_worker_id = any (a.worker_ids)))) then h.place end)
      when said.id is not null then w.place end,
    case when w.appointment_id is not null or (a.place is null and h.confidential) then said.id end
  from appointment a cross join lateral (select home_case(a.id, true) as id) said
  left join withheld_place w on w.appointment_id = a.id
  left join lateral home_address(a.id, said.id) h on true
  where a.id = p_appointment;
end;
revoke all on function place_not_back(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function looks_for(p_district uuid, p_ends_at timestamptz, p_duty_since timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return coalesce(p_district = any (viewer_districts('district_head')) or p_duty_since < p_ends_at + interval '30 minutes'
    or (p_duty_since is not null and day_in_paris(p_ends_at) < day_in_paris(now())), false);
revoke all on function looks_for(uuid,timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function confirm_relay(p_relay uuid, p_version integer) returns boolean
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with confirmed as (
    update relay r set pending_until = null, confirmed_by_id = viewer_worker(), version = r.version + 1
    where r.id = p_relay and r.version = p_version and r.pending_until > now() and r.ends_at > now()
      and viewer_has_role('TECHNICAL_ADVISER') and viewer_has_scope('cases:write')
      and viewer_worker() not in (r.opened_by_id, r.stand_in_id, r.absent_worker_id)
      and exists (select from absence a where a.worker_id = r.absent_worker_id and a.district_id = r.district_id
        and a.contradicted_at is null and tstzrange(a.starts_at, a.ends_at) @> tstzrange(r.starts_at, r.ends_at))
    returning r.id)
  select exists (select from confirmed);
end;
revoke all on function confirm_relay(uuid,int4) from public, cosmos_app, cosmos_jobs;
create or replace function may_open_address(p_case uuid, p_ground text) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return p_ground = 'DANGER' or 3 > (select count(distinct l.case_id) from access_log l
    where l.actor_id = viewer_worker() and l.occurred_at >= now() - interval '1 day' and l.case_id <> p_case
      and l.action in ('READ_ADDRESS_AT_THEIR_REQUEST', 'READ_ADDRESS_FOR_A_VISIT'));
revoke all on function may_open_address(uuid,text) from public, cosmos_app, cosmos_jobs;
alter function keep_home_day owner to cosmos_keeper;
alter function home_case owner to cosmos_keeper;
alter function begin_home_visit owner to cosmos_keeper;
alter function duty_since owner to cosmos_keeper;
alter function place_not_back owner to cosmos_keeper;
alter function looks_for owner to cosmos_keeper;
alter function home_visits_not_back owner to cosmos_keeper;
grant execute on function home_visits_not_back to cosmos_app;
alter function confirm_relay owner to cosmos_keeper;
grant execute on function confirm_relay to cosmos_app;
alter function notify_relay_opened owner to cosmos_keeper;
alter function relay_has_its_absence owner to cosmos_keeper;
grant execute on function viewer_settled_relays to public;
alter function login owner to cosmos_keeper;
grant execute on function login to cosmos_app;
alter function viewer_text owner to cosmos_keeper;
alter function keep_place_withheld owner to cosmos_keeper;
alter function may_open_address owner to cosmos_keeper;
alter function address_on_duty owner to cosmos_keeper;
grant execute on function address_on_duty to cosmos_app;
alter function place_may_be_withheld owner to cosmos_keeper;
grant execute on function viewer_shelterings to public;
alter function keep_person_known owner to cosmos_keeper;
alter function send_blind_message owner to cosmos_keeper;
grant execute on function send_blind_message to cosmos_app;
alter table relay add constraint relay_once exclude using gist
  (absent_worker_id with =, district_id with =, tstzrange(starts_at, ends_at) with &&) where (pending_until is null);
alter table relay add constraint relay_waits_or_is_confirmed check (pending_until is null or confirmed_by_id is null);
create trigger notify_relay_confirmed after update of pending_until on relay
  for each row when (old.pending_until is not null and new.pending_until is null) execute function notify_relay_opened();
create trigger notification_tells_once before insert on notification for each row
  when (new.kind in ('CONTACT_OPENED', 'CONTACT_CHANGED', 'CONTACT_SUSPENDED', 'OPEN_ADDRESS_WRITTEN', 'ABSENCE_DECLARED',
    'BLIND_MESSAGE', 'CONTACT_PROPOSED', 'COMMUNICATION_CHANGED', 'ADDRESS_READ', 'RELAY_TO_CONFIRM'))
  execute function notification_tells_once();
create trigger place_is_withheld after update of place, mode, worker_ids, starts_at, ends_at, status on appointment
  for each row when (new.place is distinct from old.place or (new.mode, new.worker_ids, new.starts_at, new.ends_at, new.status)
    is distinct from (old.mode, old.worker_ids, old.starts_at, old.ends_at, old.status))
  execute function place_may_be_withheld();
revoke all on relay from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table relay enable row level security, force row level security;
grant select, insert on relay to cosmos_app;
grant update (ends_at, version) on relay to cosmos_app;
grant select on relay to cosmos_keeper;
grant update (ends_at, version, pending_until, confirmed_by_id) on relay to cosmos_keeper;
create policy relay_read on relay for select to cosmos_app using (
  district_id = any ((select viewer_districts('any'))::uuid[])
  -- A technical adviser reads what waits for a yes, in any district, and what they confirmed.
  or ((pending_until > now() or confirmed_by_id = (select viewer_worker())) and (select viewer_has_role('TECHNICAL_ADVISER'))));
create policy person_address_read on person_address for select to cosmos_app using (
  person_id = (select viewer_person())
  or (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_settled_relays())::text[])))
  or (not confidential and (
    exists (select from case_person cp where cp.person_id = person_address.person_id and (
      (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
    -- The desk, and workers who have an appointment with the person or have received them: the policies of the tables below decide. A head
    -- knows the name, to allocate, and no address.
    or exists (select from person p where p.id = person_id and (
      p.district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or exists (select from appointment_person ap where ap.person_id = p.id)
      or exists (select from person_known k where k.person_id = p.id and k.known_until > now()))))));
create policy person_address_change on person_address for update to cosmos_app using (
  (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_settled_relays())::text[])))
  or (not confidential and (select viewer_worker()) is not null and (
    exists (select from case_person cp where cp.person_id = person_address.person_id and (
      (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
    or exists (select from person p where p.id = person_id and (
      p.district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or exists (select from appointment_person ap where ap.person_id = p.id)
      or exists (select from person_known k where k.person_id = p.id and k.known_until > now()))))));
create policy person_address_replace on person_address for delete to cosmos_app using (
  (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_settled_relays())::text[])))
  or (not confidential and exists (select from case_person cp where cp.person_id = person_address.person_id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))));
create policy withheld_place_read on withheld_place for select to cosmos_app using (
  reader_keys && (select viewer_shelterings())
  or typed_by_id = (select viewer_worker())
  or (select viewer_person()) = any (person_ids)
  or ((select viewer_worker()) = any (worker_ids) and home_day = (now() at time zone 'Europe/Paris')::date));
