set local lock_timeout = '5s';
set local check_function_bodies = off;
drop policy appointment_book on appointment;
drop policy appointment_worker_add on appointment_worker;
drop policy occupancy_take on occupancy;
drop function book_online(uuid,uuid,text,"AppointmentMode",timestamp with time zone,uuid,"AskedBy",text,text,bytea), case_confirms_nothing(uuid);
create or replace function book_online(p_appointment uuid, p_district uuid, p_type text, p_mode "AppointmentMode",
  p_starts_at timestamptz, p_case uuid, p_asked_by "AskedBy", p_name text, p_secret_hash bytea)
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
  -- A person has at most 3 coming appointments, and a client books at most 600 in an hour: a front end that is faulty or stolen cannot take
  -- all times of the county.
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
  elsif (select count(*) from (select from online_booking b
      where b.client_id = viewer_client() and b.booked_at > now() - interval '1 hour' limit 600) b) >= 600 then
    return '{"outcome": "TOO_MANY"}';
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
  update appointment set place = v_places[v_taken] where id = p_appointment and p_mode = 'ON_SITE';
  insert into appointment_worker (appointment_id, worker_id) values (p_appointment, v_workers[v_taken]);
  -- A person who books online sees the appointment online.
  insert into appointment_person (appointment_id, person_id, show_online)
    values (p_appointment, v_person, viewer_person() is not null);
  insert into online_booking (appointment_id, client_id, person_id, secret_hash)
    values (p_appointment, viewer_client(), v_person, p_secret_hash);
  return jsonb_build_object('outcome', 'BOOKED', 'personId', v_person);
end $$;
revoke all on function book_online(uuid,uuid,text,"AppointmentMode",timestamptz,uuid,"AskedBy",text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function log_access(p_operation uuid, p_entries jsonb) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_written integer;
  v_at timestamptz(3) := clock_timestamp();
  v_kind text := upper(split_part(viewer_actor(), ':', 1));
  v_actor uuid := nullif(split_part(viewer_actor(), ':', 2), '')::uuid;
begin
  if v_actor is null then raise insufficient_privilege using message = 'nobody writes into the log'; end if;
  with said as (
    select e ->> 'action' as action, e ->> 'outcome' as outcome, (e ->> 'caseId')::uuid as case_id,
      coalesce(comes.person_id, (e ->> 'personId')::uuid) as person_id, (e ->> 'targetWorkerId')::uuid as target_worker_id,
      e ->> 'ground' as ground, min(nth) as nth
    from jsonb_array_elements(p_entries) with ordinality as entry (e, nth)
    left join lateral unnest(case when e ->> 'appointmentId' is not null
      then array(select ap.person_id from appointment_person ap where ap.appointment_id = (e ->> 'appointmentId')::uuid) end)
      as comes (person_id) on true
    group by 1, 2, 3, 4, 5, 6
  )
  insert into access_log (operation_id, occurred_at, actor_kind, actor_id, action, outcome, case_id, person_id, target_worker_id, ground,
    client_id, token_digest, blanked)
  select p_operation, v_at, v_kind, v_actor, s.action, s.outcome, s.case_id, s.person_id, s.target_worker_id, s.ground,
    viewer_through(), viewer_token_digest(),
    is_confidential(s.action)
      or (goes_along(s.action) and exists (select from said c where c.case_id = s.case_id and is_confidential(c.action)))
  from said s order by s.nth, s.person_id;
  get diagnostics v_written = row_count;
  if exists (select from jsonb_array_elements(p_entries) e
      where e ->> 'appointmentId' is not null and not sees_appointment((e ->> 'appointmentId')::uuid)) then
    return jsonb_array_length(p_entries);
  end if;
  return v_written;
end $$;
revoke all on function log_access(uuid,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function draws_its_reference() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
begin
  new.reference := tg_argv[0] || (select string_agg(draw_symbols(size::integer), '-' order by nth)
    from unnest(tg_argv) with ordinality g(size, nth) where nth > 1);
  return new;
end $$;
revoke all on function draws_its_reference() from public, cosmos_app, cosmos_jobs;
create or replace function confirm_contact(p_appointment uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_confirmed integer;
begin
  update appointment_person ap set contact_from = contact_from(a.starts_at), contact_until = known_until(a.status, a.ends_at),
    contact_said = true, contact_worker_ids = array(select w from unnest(a.worker_ids) w
      where w = any (ap.contact_worker_ids) or opens_contact(ap.person_id, ap.district_id, w) order by w)
    from appointment a where a.id = p_appointment and ap.appointment_id = a.id and a.status = 'BOOKED' and a.places is null
      and sees_appointment(a.id) and says_contact(ap.person_id, ap.district_id);
  get diagnostics v_confirmed = row_count;
  if v_confirmed > 0 then perform say_home_visit(p_appointment); end if;
  return v_confirmed;
end $$;
revoke all on function confirm_contact(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function place_is_typed(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from withheld_place w where w.appointment_id = p_appointment)
    or exists (select from appointment a where a.id = p_appointment and a.place is not null and not place_is_of_hours(a.id));
revoke all on function place_is_typed(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function sees_appointment(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment a where a.id = p_appointment and (
    (a.district_id = any (viewer_districts('receptionist')) and a.starts_at >= desk_reaches_back_to())
    or (viewer_worker() = any (a.worker_ids) and a.district_id = any (viewer_districts('any')))
    or (a.case_worker_id = viewer_worker() and a.district_id = any (viewer_districts('social_worker')))
    or (a.case_worker_id || ':' || a.district_id) = any (viewer_relays())
    or viewer_person() = any (a.online_person_ids)));
revoke all on function sees_appointment(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function place_may_be_told(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return sees_appointment(p_appointment) and not place_is_typed(p_appointment);
revoke all on function place_may_be_told(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function may_staff_with(p_appointment uuid, p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return may_staff(p_appointment) and exists (select from appointment a join membership m on m.district_id = a.district_id
    where a.id = p_appointment and m.worker_id = p_worker and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
revoke all on function may_staff_with(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function draw_symbols(p_count integer) returns text
  language sql volatile parallel safe
  -- The seventh byte of a UUID holds its version (RFC 9562), and the ninth its variant.
  return (select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + (get_byte(u.bytes, n.of) & 31), 1), '')
    from (select uuid_send(gen_random_uuid()) as bytes) u
    cross join (select unnest(array[0, 1, 2, 3, 4, 5, 9, 10, 11, 12]) as of limit p_count) n);
revoke all on function draw_symbols(int4) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function ends_suspension(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (knows_contact(p_person) or is_own_tool()) and not exists (select from person p
    where p.id = p_person and p.contact_suspended_at is not null and not takes_back(p.id, p.contact_suspended_case_id));
revoke all on function ends_suspension(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function case_may_be_confirmed(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from "case" c where c.id = p_case and (c.district_id = any (viewer_districts('any'))
      or viewer_person() = any (c.online_person_ids) or (viewer_has_role('TECHNICAL_ADVISER') and is_in_release(c.id))))
    and not exists (select from case_person cp join person p on p.id = cp.person_id where cp.case_id = p_case and p.confirm_nothing);
revoke all on function case_may_be_confirmed(uuid) from public, cosmos_app, cosmos_jobs;
alter function place_is_typed owner to cosmos_keeper;
alter function sees_appointment owner to cosmos_keeper;
alter function place_may_be_told owner to cosmos_keeper;
grant execute on function place_may_be_told to cosmos_app;
alter function book_online owner to cosmos_keeper;
grant execute on function book_online to cosmos_app;
alter function log_access owner to cosmos_keeper;
grant execute on function log_access to cosmos_app;
alter function may_staff_with owner to cosmos_keeper;
grant execute on function may_staff_with to cosmos_app;
grant execute on function draw_symbols to public;
alter function draws_its_reference owner to cosmos_keeper;
alter function ends_suspension owner to cosmos_keeper;
grant execute on function ends_suspension to cosmos_app;
alter function case_may_be_confirmed owner to cosmos_keeper;
grant execute on function case_may_be_confirmed to cosmos_app;
alter function confirm_contact owner to cosmos_keeper;
grant execute on function confirm_contact to cosmos_app;
create trigger case_draws_its_reference before insert on "case"
  for each row when (current_user in ('cosmos_app', 'cosmos_keeper')) execute function draws_its_reference('', '4', '4', '2');
create trigger person_draws_its_reference before insert on person
  for each row when (current_user in ('cosmos_app', 'cosmos_keeper')) execute function draws_its_reference('P-', '8');
create trigger request_draws_its_reference before insert on appointment_request
  for each row when (current_user in ('cosmos_app', 'cosmos_keeper') and new.person_id is null)
  execute function draws_its_reference('D-', '4', '4', '2');
revoke all on "case" from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table "case" enable row level security, force row level security;
grant select on "case" to cosmos_app;
grant insert (id, district_id, mission, opened_at) on "case" to cosmos_app;
grant update (status, closed_at, version) on "case" to cosmos_app;
grant select on "case" to cosmos_keeper;
grant update (assigned_worker_id, online_person_ids, version, opener_id) on "case" to cosmos_keeper;
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
grant select on person to cosmos_keeper;
grant insert (district_id, chosen_name, provisional) on person to cosmos_keeper;
grant update (
  phone, safe_contact, version, email, confirm_nothing, contact_suspended_at, communication_needs, language,
  confirm_nothing_case_id, contact_suspended_case_id
) on person to cosmos_keeper;
revoke all on appointment_request from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment_request enable row level security, force row level security;
grant select on appointment_request to cosmos_app;
grant insert (
  id, district_id, person_id, case_id, type_code, mode, urgency, asked_by, wanted_from, wanted_until, case_worker_only,
  duty_worker_only, duty_worker_id, appointment_id, show_online, called_name, contact, phone
) on appointment_request to cosmos_app;
grant update (
  person_id, mode, urgency, status, closed_at, wanted_from, wanted_until, present_until, duty_worker_id, show_online,
  version, called_name, contact, phone
) on appointment_request to cosmos_app;
grant select, update on appointment_request to cosmos_keeper;
create policy appointment_book on appointment for insert to cosmos_app with check (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  and (case_id is null or exists (select from "case" c where c.id = case_id)));
create policy appointment_worker_add on appointment_worker for insert to cosmos_app
  with check (may_staff_with(appointment_id, worker_id));
create policy occupancy_take on occupancy for insert to cosmos_app with check (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  and may_staff_with(appointment_id, worker_id));
