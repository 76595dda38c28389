set local lock_timeout = '5s';
set local check_function_bodies = off;
-- AlterTable
ALTER TABLE "client" ADD COLUMN     "bookings_ahead_of_address" INTEGER NOT NULL DEFAULT 3;

-- AlterTable
ALTER TABLE "online_booking" ADD COLUMN     "address_digest" BYTEA,
ALTER COLUMN "person_id" DROP NOT NULL;
create or replace function has_day_share(p_client uuid, p_district uuid, p_type text, p_at timestamptz, p_except uuid) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := day_in_paris(p_at)::timestamp at time zone 'Europe/Paris';
  v_until timestamptz := (day_in_paris(p_at) + 1)::timestamp at time zone 'Europe/Paris';
  v_seconds integer := (select 60 * t.duration_minutes from appointment_type t where t.code = p_type);
  v_booked bigint;
  v_free numeric;
begin
  select count(*) into v_booked from appointment a join online_booking b on b.appointment_id = a.id
    where a.district_id = p_district and a.starts_at >= greatest(v_from, now()) and a.starts_at < v_until
      and a.status = 'BOOKED' and b.client_id = p_client and a.id is distinct from p_except;
  select coalesce(sum(floor(extract(epoch from g.ends_at - g.starts_at) / v_seconds)), 0) into v_free
    from (select distinct f.worker_id, greatest(f.starts_at, now()) as starts_at, f.ends_at from free_time f
      where f.district_id = p_district
        and f.type_code in (select t.code from appointment_type t where 'BOOKING_CLIENT' = any (t.bookable_by))
        and f.starts_at >= v_from and f.starts_at < v_until and f.ends_at > now()
        and (f.kept_until is null or f.kept_until <= now())) g;
  return v_booked + 1 <= greatest(1, (v_booked + v_free) / 2);
end $$;
revoke all on function has_day_share(uuid,uuid,text,timestamptz,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function lock_day_share(p_client uuid, p_district uuid, p_at timestamptz) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$ begin
    perform pg_advisory_xact_lock(hashtextextended(
      concat_ws(':', 'cosmos:online:day', p_client, p_district, day_in_paris(p_at)), 0));
  end $$;
revoke all on function lock_day_share(uuid,uuid,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function day_share_taken(p_client uuid, p_district uuid, p_type text, p_at timestamptz) returns jsonb
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz;
  v_until timestamptz;
begin
  for v_day in 1 .. 28 loop
    v_from := (day_in_paris(p_at) + v_day)::timestamp at time zone 'Europe/Paris';
    v_until := (day_in_paris(p_at) + v_day + 1)::timestamp at time zone 'Europe/Paris';
    if exists (select from free_time f where f.district_id = p_district and f.type_code = p_type and f.starts_at >= v_from
        and f.starts_at < v_until and (f.kept_until is null or f.kept_until <= now()))
      and has_day_share(p_client, p_district, p_type, v_from, null) then
      return jsonb_build_object('outcome', 'DAY_SHARE', 'from', v_from, 'until', v_until);
    end if;
  end loop;
  return '{"outcome": "DAY_SHARE"}';
end $$;
revoke all on function day_share_taken(uuid,uuid,text,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function share_taken(p_client uuid, p_address bytea) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_spare timestamptz;
begin
  -- A process of the version before reports no address.
  if p_address is not null then
    perform pg_advisory_xact_lock(hashtextextended(
      concat_ws(':', 'cosmos:online:address', p_client, encode(p_address, 'hex')), 0));
    if (select count(*) from online_booking b join appointment a on a.id = b.appointment_id
        where b.client_id = p_client and b.address_digest = p_address and a.status = 'BOOKED' and a.starts_at > now())
      >= (select c.bookings_ahead_of_address from client c where c.id = p_client) then
      return '{"outcome": "AHEAD"}';
    end if;
  end if;
  -- The 600th latest booking of the hour.
  v_spare := (select b.booked_at + interval '1 hour' from online_booking b join appointment a on a.id = b.appointment_id
    where b.client_id = p_client and b.booked_at > now() - interval '1 hour'
      and a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')
    order by b.booked_at desc offset 599 limit 1);
  if v_spare is not null then
    return jsonb_build_object('outcome', 'HOUR', 'retryAfter', ceil(greatest(1, extract(epoch from v_spare - now()))));
  end if;
  return null;
end $$;
revoke all on function share_taken(uuid,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function book_within_shares(p_appointment uuid, p_district uuid, p_type text, p_mode "AppointmentMode",
  p_starts_at timestamptz, p_case uuid, p_asked_by "AskedBy", p_name text, p_secret_hash bytea, p_address bytea)
  returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_type appointment_type%rowtype;
  v_worker uuid;
  v_person uuid := viewer_person();
  v_ends_at timestamptz;
  v_workers uuid[];
  v_places text[];
  v_taken integer;
  v_share jsonb;
  v_has_day boolean := true;
begin
  if not viewer_books_online() or p_starts_at < now() then return '{"outcome": "VIEWER"}'; end if;
  select * into v_type from public_type(p_type, p_mode);
  if not found then return '{"outcome": "TYPE"}'; end if;
  if p_case is not null then
    select assigned_worker_id into v_worker from "case"
      where id = p_case and district_id = p_district and status = 'OPEN' and v_person = any (online_person_ids);
    if not found then return '{"outcome": "CASE"}'; end if;
    if v_worker is null then return '{"outcome": "TAKEN"}'; end if;
  end if;
  v_ends_at := p_starts_at + make_interval(mins => v_type.duration_minutes);
  -- A person has at most 3 coming appointments.
  if v_person is not null then
    perform pg_advisory_xact_lock(hashtextextended('cosmos:online:' || v_person, 0));
    if (select count(*) from online_booking b join appointment a on a.id = b.appointment_id
        where b.person_id = v_person and b.booked_at > now() - interval '400 days' and a.status = 'BOOKED'
          and a.starts_at > now()) >= 3 then
      return '{"outcome": "TOO_MANY"}';
    end if;
    -- A person cannot have two appointments at once. Only appointments that are shown to them count.
    if exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
        where ap.person_id = v_person and ap.show_online and a.status = 'BOOKED' and a.starts_at < v_ends_at
          and a.ends_at > p_starts_at) then
      return '{"outcome": "OWN"}';
    end if;
  else
    -- An end user, and a client that is faulty or stolen, cannot take all times of the county.
    v_share := share_taken(viewer_client(), p_address);
    if v_share is not null then return v_share; end if;
    perform lock_day_share(viewer_client(), p_district, p_starts_at);
    v_has_day := has_day_share(viewer_client(), p_district, p_type, p_starts_at, null);
  end if;

  if v_person is null then
    insert into person (district_id, chosen_name, provisional) values (p_district, p_name, true)
      returning id into v_person;
  end if;
  insert into appointment (id, district_id, case_id, type_code, mode, asked_by, starts_at, ends_at)
    values (p_appointment, p_district, p_case, p_type, p_mode, p_asked_by, p_starts_at, v_ends_at);
  select array_agg(worker_id), array_agg(place) into v_workers, v_places
    from free_for_public_slot(p_district, p_type, p_mode, p_starts_at, v_ends_at, v_worker);
  v_taken := take_public_slot(p_appointment, p_district, coalesce(v_workers, '{}'), p_starts_at, v_ends_at);
  if v_taken is null then return '{"outcome": "TAKEN"}'; end if;
  if not v_has_day then return day_share_taken(viewer_client(), p_district, p_type, p_starts_at); end if;
  update appointment set place = v_places[v_taken] where id = p_appointment and p_mode = 'ON_SITE';
  insert into appointment_worker (appointment_id, worker_id) values (p_appointment, v_workers[v_taken]);
  -- A person who books online sees the appointment online.
  insert into appointment_person (appointment_id, person_id, show_online)
    values (p_appointment, v_person, viewer_person() is not null);
  insert into online_booking (appointment_id, client_id, person_id, secret_hash, address_digest)
    values (p_appointment, viewer_client(), v_person, p_secret_hash, case when viewer_client() is not null then p_address end);
  return jsonb_build_object('outcome', 'BOOKED', 'personId', v_person);
end $$;
revoke all on function book_within_shares(uuid,uuid,text,"AppointmentMode",timestamptz,uuid,"AskedBy",text,bytea,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function move_online(p_appointment uuid, p_secret_hash bytea, p_version integer, p_starts_at timestamptz) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_outcome text := changeable_online(p_appointment, p_secret_hash, p_version);
  v_before appointment%rowtype;
  v_client uuid := case when p_secret_hash is not null then viewer_client() end;
  v_ends_at timestamptz;
  v_workers uuid[];
  v_places text[];
  v_taken integer;
begin
  if v_outcome <> 'FINE' then return jsonb_build_object('outcome', v_outcome); end if;
  select * into v_before from managed_online(p_appointment, p_secret_hash);
  v_ends_at := p_starts_at + (v_before.ends_at - v_before.starts_at);
  if p_starts_at < now()
    or not exists (select from public_type(v_before.type_code, v_before.mode)) then
    return '{"outcome": "BY_DESK"}';
  end if;
  if p_starts_at = v_before.starts_at then return '{"outcome": "SAME"}'; end if;
  if viewer_person() is not null then
    perform pg_advisory_xact_lock(hashtextextended('cosmos:online:' || viewer_person(), 0));
    if exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
        where ap.person_id = viewer_person() and ap.show_online and a.id <> v_before.id and a.status = 'BOOKED'
          and a.starts_at < v_ends_at and a.ends_at > p_starts_at) then
      return '{"outcome": "OWN"}';
    end if;
  end if;
  -- The answer does not say who the workers are, nor that there are several: no search finds a common free time.
  if cardinality(v_before.worker_ids) <> 1 then
    return jsonb_build_object('outcome', 'TAKEN', 'districtId', v_before.district_id, 'typeCode', v_before.type_code,
      'mode', v_before.mode, 'caseId', v_before.case_id);
  end if;
  -- The client's share of the new day. On the same day, the booking has its place already.
  if v_client is not null and day_in_paris(p_starts_at) <> day_in_paris(v_before.starts_at) then
    perform lock_day_share(v_client, v_before.district_id, p_starts_at);
    if not has_day_share(v_client, v_before.district_id, v_before.type_code, p_starts_at, v_before.id) then
      return day_share_taken(v_client, v_before.district_id, v_before.type_code, p_starts_at)
        || jsonb_build_object('districtId', v_before.district_id, 'typeCode', v_before.type_code, 'mode', v_before.mode);
    end if;
  end if;
  -- Both the slots that are offered at this moment and those that exist once the old time is free. The second way allows a move by less than
  -- the length of the appointment.
  select array_agg(worker_id), array_agg(place) into v_workers, v_places from free_for_public_slot(v_before.district_id,
    v_before.type_code, v_before.mode, p_starts_at, v_ends_at, case when v_before.case_id is not null then v_before.case_worker_id end);
  update appointment set starts_at = p_starts_at, ends_at = v_ends_at, back_at = null,
    expected_back_at = expected_back_at + (p_starts_at - v_before.starts_at), version = version + 1 where id = v_before.id;
  delete from occupancy where appointment_id = v_before.id;
  select v_workers || array_agg(worker_id), v_places || array_agg(place) into v_workers, v_places from free_for_public_slot(
    v_before.district_id, v_before.type_code, v_before.mode, p_starts_at, v_ends_at,
    case when v_before.case_id is not null then v_before.case_worker_id end);
  select array_agg(worker), array_agg(place) into v_workers, v_places from (
    select worker, place from unnest(v_workers, v_places) with ordinality u (worker, place, nth)
    where v_before.case_id is null or worker = v_before.case_worker_id
    order by worker = v_before.worker_ids[1] desc, nth) u;
  v_taken := take_public_slot(v_before.id, v_before.district_id, coalesce(v_workers, '{}'), p_starts_at, v_ends_at);
  if v_taken is null then
    -- The old time is taken again: the caller then searches for other free times.
    insert into occupancy (worker_id, district_id, appointment_id, starts_at, ends_at)
      values (v_before.worker_ids[1], v_before.district_id, v_before.id, v_before.starts_at,
        coalesce(v_before.expected_back_at, v_before.ends_at)) on conflict do nothing;
    return jsonb_build_object('outcome', 'TAKEN', 'districtId', v_before.district_id, 'typeCode', v_before.type_code,
      'mode', v_before.mode, 'caseId', v_before.case_id);
  end if;
  update appointment set place = v_places[v_taken] where id = v_before.id and mode = 'ON_SITE';
  update appointment_participant set starts_at = starts_at + (p_starts_at - v_before.starts_at),
    ends_at = ends_at + (p_starts_at - v_before.starts_at) where appointment_id = v_before.id;
  if v_workers[v_taken] <> v_before.worker_ids[1] then
    delete from appointment_worker where appointment_id = v_before.id;
    insert into appointment_worker (appointment_id, worker_id) values (v_before.id, v_workers[v_taken]);
  end if;
  perform tell_others(v_before.id, 'MOVED', v_before.starts_at);
  return jsonb_build_object('outcome', 'MOVED', 'id', v_before.id, 'caseId', v_before.case_id,
    'personId', (select person_id from online_booking where appointment_id = v_before.id));
end $$;
revoke all on function move_online(uuid,bytea,int4,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function only_booked_online(p_person uuid, p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from appointment_person x where x.person_id = p_person and x.appointment_id <> p_appointment)
    and not exists (select from online_booking x where x.person_id = p_person and x.appointment_id <> p_appointment)
    and not exists (select from visit x where x.person_id = p_person or x.appointment_id = p_appointment)
    and not exists (select from encounter x where x.person_id = p_person or x.appointment_id = p_appointment)
    and not exists (select from case_person x where x.person_id = p_person)
    and not exists (select from need x where x.person_id = p_person)
    and not exists (select from appointment_request x where x.person_id = p_person)
    and not exists (select from incoming_request x where x.person_id = p_person)
    and not exists (select from message x where x.person_id = p_person)
    and not exists (select from notice_receipt x where x.person_id = p_person)
    and not exists (select from person_account x where x.person_id = p_person)
    and not exists (select from person_address x where x.person_id = p_person)
    and not exists (select from safe_address x where x.person_id = p_person)
    and not exists (select from contact_proposal x where x.person_id = p_person)
    and not exists (select from agreed_word x where x.person_id = p_person)
    and not exists (select from calendar_feed x where x.person_id = p_person)
    -- Whoever was received is counted among the persons received.
    and not exists (select from appointment a where a.id = p_appointment and (a.case_id is not null or a.status = 'HONOURED'))
    -- The row of the person itself was never changed.
    and exists (select from person p where p.id = p_person and p.provisional and p.version = 1);
revoke all on function only_booked_online(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function delete_provisional_persons(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_persons uuid[];
  v_deleted integer;
begin
  perform only_jobs();
  -- A row that another transaction adds for one of them waits for this lock.
  v_persons := array(
    select p.id from person p
    join online_booking b on b.person_id = p.id and b.client_id is not null
    join appointment a on a.id = b.appointment_id
    where p.provisional and p.created_at <= now() - interval '30 days'
      and case when a.status in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') then a.starts_at else a.ends_at end
        <= now() - interval '30 days'
      and only_booked_online(p.id, a.id)
    order by p.created_at, p.id limit p_limit for update of p skip locked);
  -- Looks again, now that the rows are locked.
  v_persons := array(select b.person_id from online_booking b
    where b.person_id = any (v_persons) and only_booked_online(b.person_id, b.appointment_id));
  delete from telephone_cancellation where person_id = any (v_persons);
  delete from appointment_link where person_id = any (v_persons);
  delete from appointment_notice where person_id = any (v_persons);
  update online_booking set person_id = null, address_digest = null where person_id = any (v_persons);
  delete from appointment_person where person_id = any (v_persons);
  delete from person where id = any (v_persons);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end $$;
revoke all on function delete_provisional_persons(int4) from public, cosmos_app, cosmos_jobs;
create or replace function forget_booking_addresses(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_forgotten integer;
begin
  perform only_jobs();
  update online_booking set address_digest = null where appointment_id in (
    select b.appointment_id from online_booking b join appointment a on a.id = b.appointment_id
    where b.address_digest is not null and (a.status <> 'BOOKED' or a.ends_at <= now())
    limit p_limit for update of b skip locked);
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end $$;
revoke all on function forget_booking_addresses(int4) from public, cosmos_app, cosmos_jobs;
create or replace function book_online(p_appointment uuid, p_district uuid, p_type text, p_mode "AppointmentMode",
  p_starts_at timestamptz, p_case uuid, p_asked_by "AskedBy", p_name text, p_secret_hash bytea)
  returns jsonb
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select book_within_shares(p_appointment, p_district, p_type, p_mode, p_starts_at, p_case, p_asked_by, p_name, p_secret_hash, null);
end;
revoke all on function book_online(uuid,uuid,text,"AppointmentMode",timestamptz,uuid,"AskedBy",text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_asked_again(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, exists (
      select from appointment_person mine
      join appointment_person p on p.person_id = mine.person_id and p.appointment_id <> a.id
      join appointment n on n.id = p.appointment_id and n.district_id = a.district_id
      where mine.appointment_id = a.id and n.type_code = any (array(select receiving_types())) and n.places is null
        and n.asked_by is distinct from 'SERVICE'
        and n.starts_at > e.ended_at and n.booked_at > o.booked_at and n.booked_at <= e.ended_at + interval '30 days')
    or exists (
      select from appointment_person mine
      join appointment_request r on r.person_id = mine.person_id and r.district_id = a.district_id and r.stands_for_id is null
      where mine.appointment_id = a.id and r.asked_by is distinct from 'SERVICE'
        and r.asked_at <= e.ended_at + interval '30 days' and coalesce(r.closed_at, 'infinity') > e.ended_at),
    '{}'::text[]
  from appointments_of(p_from - interval '30 days', p_until - interval '30 days') a
  join appointment o on o.id = a.id
  cross join lateral (select case o.status when 'NOT_HONOURED' then o.starts_at else o.status_at end as ended_at) e
  where a.status in ('CANCELLED_BY_PERSON', 'NOT_HONOURED')
    and (exists (select from appointment_person mine where mine.appointment_id = a.id and mine.person_id is not null)
      -- Somebody gave a name, which is deleted since: nobody had learnt more of them, so they did not ask again.
      or exists (select from online_booking b where b.appointment_id = a.id and b.person_id is null));
end;
revoke all on function records_of_asked_again(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
alter function has_day_share owner to cosmos_keeper;
alter function lock_day_share owner to cosmos_keeper;
alter function day_share_taken owner to cosmos_keeper;
alter function share_taken owner to cosmos_keeper;
alter function book_within_shares owner to cosmos_keeper;
grant execute on function book_within_shares to cosmos_app;
alter function book_online owner to cosmos_keeper;
grant execute on function book_online to cosmos_app;
alter function move_online owner to cosmos_keeper;
grant execute on function move_online to cosmos_app;
alter function only_booked_online owner to cosmos_keeper;
alter function delete_provisional_persons owner to cosmos_keeper;
grant execute on function delete_provisional_persons to cosmos_jobs;
alter function forget_booking_addresses owner to cosmos_keeper;
grant execute on function forget_booking_addresses to cosmos_jobs;
alter function records_of_asked_again owner to cosmos_keeper;
alter table online_booking add constraint online_booking_address check
  (address_digest is null or (client_id is not null and octet_length(address_digest) = 32));
alter table client add constraint client_bookings_ahead_of_address check (bookings_ahead_of_address between 1 and 1000);
create index online_booking_address on online_booking (client_id, address_digest) where address_digest is not null;
create index person_provisional on person (created_at, id) where provisional;
revoke all on appointment_person from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment_person enable row level security, force row level security;
grant select, delete on appointment_person to cosmos_app;
grant insert (appointment_id, person_id) on appointment_person to cosmos_app;
grant update (outcome, version) on appointment_person to cosmos_app;
grant select, delete on appointment_person to cosmos_keeper;
grant insert (appointment_id, person_id, show_online) on appointment_person to cosmos_keeper;
grant update (
  case_worker_id, district_id, known_until, worker_ids, contact_from, contact_until, contact_worker_ids, contact_said
) on appointment_person to cosmos_keeper;
revoke all on online_booking from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table online_booking enable row level security, force row level security;
grant select, insert on online_booking to cosmos_keeper;
grant update (address_digest, person_id) on online_booking to cosmos_keeper;
revoke all on notice_receipt from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table notice_receipt enable row level security, force row level security;
grant select, insert on notice_receipt to cosmos_app;
grant select (person_id) on notice_receipt to cosmos_keeper;
revoke all on person from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table person enable row level security, force row level security;
grant select on person to cosmos_app;
grant insert (
  id, district_id, given_name, family_name, chosen_name, birth_date, phone, safe_contact, email,
  communication_needs, language
) on person to cosmos_app;
grant update (
  given_name, family_name, chosen_name, birth_date, phone, safe_contact, version, provisional, email,
  statistics_objection_on
) on person to cosmos_app;
grant select, delete on person to cosmos_keeper;
grant insert (district_id, chosen_name, provisional) on person to cosmos_keeper;
grant update (
  phone, safe_contact, version, email, confirm_nothing, contact_suspended_at, communication_needs, language,
  confirm_nothing_case_id, contact_suspended_case_id
) on person to cosmos_keeper;
revoke all on message from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table message enable row level security, force row level security;
grant select on message to cosmos_app;
grant insert (id, district_id, worker_id, person_id, name, phone, call_from, call_until) on message to cosmos_app;
grant update (done_at, version) on message to cosmos_app;
grant select (person_id) on message to cosmos_keeper;
grant insert (district_id, worker_id, person_id, from_worker_id, text_id) on message to cosmos_keeper;
