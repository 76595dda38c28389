-- Booking without a worker's help: a person through a front end, or a registered client for someone who gives a name.
-- What is free is public; who is free is not. So the database chooses among the workers, and says only what came of it.

-- ---- Tables --------------------------------------------------------------------------------------------------
-- AlterTable
ALTER TABLE "person" ADD COLUMN "provisional" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "online_booking" (
    "appointment_id" UUID NOT NULL,
    "client_id" UUID,
    "person_id" UUID,
    "secret_hash" BYTEA,
    "booked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "online_booking_pkey" PRIMARY KEY ("appointment_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "online_booking_secret_hash_key" ON "online_booking"("secret_hash");
-- CreateIndex
CREATE INDEX "online_booking_client_id_booked_at_idx" ON "online_booking"("client_id", "booked_at");
-- CreateIndex
CREATE INDEX "online_booking_person_id_booked_at_idx" ON "online_booking"("person_id", "booked_at");

-- AddForeignKey
ALTER TABLE "online_booking" ADD CONSTRAINT "online_booking_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "online_booking" ADD CONSTRAINT "online_booking_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "online_booking" ADD CONSTRAINT "online_booking_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Either a client with the secret that manages it, or the person themselves.
alter table online_booking add constraint online_booking_of_one check (
  (client_id is not null and secret_hash is not null and person_id is null)
  or (client_id is null and secret_hash is null and person_id is not null));

-- Nobody but the keeper's functions touches it.
alter table online_booking enable row level security;
alter table online_booking force row level security;
grant update (provisional) on person to cosmos_app;

-- ---- Who is asking -----------------------------------------------------------------------------------------------
create function viewer_client() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return case when viewer_actor() like 'client:%' then substr(viewer_actor(), 8)::uuid end; end $$;

-- The person for themselves, or a client with the scope for others.
create function viewer_books_online() returns boolean
  language plpgsql stable parallel safe
  as $$ begin
    return (viewer_person() is not null and viewer_has_scope('appointments:write'))
      or (viewer_client() is not null and viewer_has_scope('booking'));
  end $$;

-- ---- What is free, without a worker ------------------------------------------------------------------------------
-- As before, but that a gap which has begun goes on in its own steps: what is offered is what can be booked.
create or replace function public_slots(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_minutes integer, p_count integer)
  returns table (starts_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_length interval := make_interval(mins => p_minutes);
begin
  if not exists (select from appointment_type t where t.code = p_type and 'BOOKING_CLIENT' = any (t.bookable_by)) then
    return;
  end if;
  return query
    with gap as (
      -- Begun, and not over.
      select b.next as starts_at, max(b.ends_at) as ends_at, b.district_id, b.place, b.modes
      from (
        select f.starts_at + ceil(extract(epoch from p_from - f.starts_at) / (60 * p_minutes)) * v_length as next,
          f.ends_at, f.district_id, f.place, f.modes
        from free_time f
        where f.type_code = p_type and (p_districts is null or f.district_id = any (p_districts))
          and f.starts_at <= p_from and f.starts_at > p_from - interval '12 hours' and f.ends_at >= p_from + v_length
          and (p_mode is null or array_position(f.modes, p_mode) is not null)) b
      where b.ends_at >= b.next + v_length
      group by b.next, b.district_id, b.place, b.modes
      union all
      select * from public_gaps(p_districts, p_type, p_mode, p_from, p_until, v_length, p_count))
    select distinct s.at, g.district_id, g.place, g.modes
    from gap g
    cross join lateral (select at from generate_series(g.starts_at, g.ends_at - v_length, v_length) at limit p_count) s
    where s.at < p_until
    order by s.at, g.district_id, g.place, g.modes limit p_count;
end $$;

-- Who is free for a public slot, in an order that is drawn anew for each: nobody is first every time. Those who hold it
-- already come first; only one, where one is wanted.
create function free_for_public_slot(p_district uuid, p_type text, p_mode "AppointmentMode", p_starts_at timestamptz,
  p_ends_at timestamptz, p_only uuid, p_first uuid)
  returns table (worker_id uuid, place text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select f.worker_id, f.place
  from free_time f join appointment_type t on t.code = f.type_code
  where f.district_id = p_district and f.type_code = p_type and array_position(f.modes, p_mode) is not null
    and f.starts_at <= p_starts_at and f.starts_at > p_starts_at - interval '12 hours' and f.ends_at >= p_ends_at
    and mod(extract(epoch from p_starts_at - f.starts_at), 60 * t.duration_minutes) = 0
    and (p_only is null or f.worker_id = p_only)
  order by f.worker_id is not distinct from p_first desc, md5(f.worker_id::text || p_starts_at::text) limit 20;
end;

-- Takes the time of the first of these workers who is still free; returns them, or nothing.
create function take_public_slot(p_appointment uuid, p_district uuid, p_type text, p_mode "AppointmentMode",
  p_starts_at timestamptz, p_ends_at timestamptz, p_only uuid, p_first uuid)
  returns table (worker_id uuid, place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_free record;
begin
  for v_free in select * from free_for_public_slot(p_district, p_type, p_mode, p_starts_at, p_ends_at, p_only, p_first) loop
    insert into occupancy (worker_id, district_id, appointment_id, starts_at, ends_at)
      values (v_free.worker_id, p_district, p_appointment, p_starts_at, p_ends_at) on conflict do nothing;
    if found then
      return query select v_free.worker_id, v_free.place;
      return;
    end if;
  end loop;
end $$;

-- ---- Booking -----------------------------------------------------------------------------------------------------
-- The type of a public slot; nothing for one that is not public, or not held in this way.
create function public_type(p_type text, p_mode "AppointmentMode") returns setof appointment_type
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select t.* from appointment_type t
  where t.code = p_type and 'BOOKING_CLIENT' = any (t.bookable_by) and p_mode = any (t.modes);
end;

-- Books a public slot for the person who asks, or for a provisional person of this name. Outcome: BOOKED, TAKEN, TOO_MANY,
-- or what is not there: TYPE, CASE, VIEWER. Whatever it is but BOOKED, the caller undoes the rest.
create function book_online(p_appointment uuid, p_district uuid, p_type text, p_mode "AppointmentMode",
  p_starts_at timestamptz, p_case uuid, p_asked_by "AskedBy", p_name text, p_reference text, p_secret_hash bytea)
  returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_type appointment_type%rowtype;
  v_worker uuid;
  v_person uuid := viewer_person();
  v_taken record;
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
  -- One person has three ahead at most, and one client books so many an hour: a front end gone wrong, or stolen, does not
  -- take what the county has.
  if v_person is not null then
    perform pg_advisory_xact_lock(hashtextextended('cosmos:online:' || v_person, 0));
    if (select count(*) from online_booking b join appointment a on a.id = b.appointment_id
        where b.person_id = v_person and b.booked_at > now() - interval '400 days' and a.status = 'BOOKED'
          and a.starts_at > now()) >= 3 then
      return '{"outcome": "TOO_MANY"}';
    end if;
  elsif (select count(*) from (select from online_booking b
      where b.client_id = viewer_client() and b.booked_at > now() - interval '1 hour' limit 600) b) >= 600 then
    return '{"outcome": "TOO_MANY"}';
  end if;

  if v_person is null then
    insert into person (district_id, reference, chosen_name, provisional) values (p_district, p_reference, p_name, true)
      returning id into v_person;
  end if;
  insert into appointment (id, district_id, case_id, type_code, mode, asked_by, starts_at, ends_at)
    values (p_appointment, p_district, p_case, p_type, p_mode, p_asked_by, p_starts_at,
      p_starts_at + make_interval(mins => v_type.duration_minutes));
  select * into v_taken from take_public_slot(p_appointment, p_district, p_type, p_mode, p_starts_at,
    p_starts_at + make_interval(mins => v_type.duration_minutes), v_worker, null);
  if not found then return '{"outcome": "TAKEN"}'; end if;
  update appointment set place = v_taken.place where id = p_appointment and p_mode = 'ON_SITE';
  insert into appointment_worker (appointment_id, worker_id) values (p_appointment, v_taken.worker_id);
  -- Who books online sees online what they have booked.
  insert into appointment_person (appointment_id, person_id, show_online)
    values (p_appointment, v_person, viewer_person() is not null);
  insert into online_booking (appointment_id, client_id, person_id, secret_hash)
    values (p_appointment, viewer_client(), viewer_person(), p_secret_hash);
  return jsonb_build_object('outcome', 'BOOKED', 'personId', v_person);
end $$;

-- ---- What is managed by who booked --------------------------------------------------------------------------------
-- The appointment that a client manages by its secret, or a person because it is shown to them; until a day after its end.
create function managed_online(p_appointment uuid, p_secret_hash bytea) returns setof appointment
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.* from online_booking b join appointment a on a.id = b.appointment_id
  where b.secret_hash = p_secret_hash and b.client_id = viewer_client() and viewer_has_scope('booking')
    and a.ends_at > now() - interval '1 day'
  union all
  select a.* from appointment a
  where a.id = p_appointment and p_secret_hash is null and viewer_person() = any (a.online_person_ids)
    and viewer_has_scope('appointments:write') and a.ends_at > now() - interval '1 day';
end;

-- As its booker sees it: without its workers.
create function read_online(p_appointment uuid, p_secret_hash bytea)
  returns table (id uuid, district_id uuid, type_code text, mode text, status text, place text, starts_at timestamptz,
    ends_at timestamptz, version integer, online_person_ids uuid[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.type_code, a.mode::text, a.status::text, a.place, a.starts_at, a.ends_at, a.version,
    a.online_person_ids
  from managed_online(p_appointment, p_secret_hash) a;
end;

-- Whether it is changed by its booker alone, and by nobody else's leave: of one person, and begun by none.
create function changeable_online(p_appointment uuid, p_secret_hash bytea, p_version integer) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_appointment appointment%rowtype;
begin
  if not exists (select from managed_online(p_appointment, p_secret_hash)) then return 'UNKNOWN'; end if;
  select a.* into v_appointment from appointment a
    where a.id = (select m.id from managed_online(p_appointment, p_secret_hash) m) for update;
  return case
    when v_appointment.version <> p_version then 'VERSION_CHANGED'
    when v_appointment.status <> 'BOOKED' or v_appointment.starts_at <= now() then 'STATE_CHANGED'
    when (select count(*) from appointment_person where appointment_id = v_appointment.id) <> 1 then 'BY_DESK'
    else 'FINE' end;
end $$;

-- Outcome: CANCELLED, UNKNOWN, VERSION_CHANGED, STATE_CHANGED, BY_DESK.
create function cancel_online(p_appointment uuid, p_secret_hash bytea, p_version integer) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_outcome text := changeable_online(p_appointment, p_secret_hash, p_version);
  v_id uuid;
begin
  if v_outcome <> 'FINE' then return jsonb_build_object('outcome', v_outcome); end if;
  select id into v_id from managed_online(p_appointment, p_secret_hash);
  update appointment set status = 'CANCELLED_BY_PERSON', version = version + 1 where id = v_id;
  delete from occupancy where appointment_id = v_id;
  return jsonb_build_object('outcome', 'CANCELLED', 'id', v_id,
    'personId', (select person_id from appointment_person where appointment_id = v_id));
end $$;

-- To another public slot: with the same worker if they are free, and where it is about a case with nobody else.
-- Outcome: MOVED, TAKEN, UNKNOWN, VERSION_CHANGED, STATE_CHANGED, BY_DESK.
create function move_online(p_appointment uuid, p_secret_hash bytea, p_version integer, p_starts_at timestamptz) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_outcome text := changeable_online(p_appointment, p_secret_hash, p_version);
  v_appointment appointment%rowtype;
  v_worker uuid;
  v_ends_at timestamptz;
  v_taken record;
begin
  if v_outcome <> 'FINE' then return jsonb_build_object('outcome', v_outcome); end if;
  select * into v_appointment from managed_online(p_appointment, p_secret_hash);
  v_worker := v_appointment.worker_ids[1];
  v_ends_at := p_starts_at + (v_appointment.ends_at - v_appointment.starts_at);
  if p_starts_at < now() or cardinality(v_appointment.worker_ids) <> 1
    or not exists (select from public_type(v_appointment.type_code, v_appointment.mode)) then
    return '{"outcome": "BY_DESK"}';
  end if;
  update appointment set starts_at = p_starts_at, ends_at = v_ends_at, version = version + 1 where id = v_appointment.id;
  delete from occupancy where appointment_id = v_appointment.id;
  select * into v_taken from take_public_slot(v_appointment.id, v_appointment.district_id, v_appointment.type_code,
    v_appointment.mode, p_starts_at, v_ends_at, case when v_appointment.case_id is not null then v_worker end, v_worker);
  if not found then
    return jsonb_build_object('outcome', 'TAKEN', 'districtId', v_appointment.district_id,
      'typeCode', v_appointment.type_code, 'mode', v_appointment.mode);
  end if;
  update appointment set place = v_taken.place where id = v_appointment.id and mode = 'ON_SITE';
  if v_taken.worker_id <> v_worker then
    delete from appointment_worker where appointment_id = v_appointment.id;
    insert into appointment_worker (appointment_id, worker_id) values (v_appointment.id, v_taken.worker_id);
  end if;
  return jsonb_build_object('outcome', 'MOVED', 'id', v_appointment.id,
    'personId', (select person_id from appointment_person where appointment_id = v_appointment.id));
end $$;

grant select, insert on online_booking to cosmos_keeper;
grant insert (district_id, reference, chosen_name, provisional) on person to cosmos_keeper;
grant insert (id, district_id, case_id, type_code, mode, asked_by, starts_at, ends_at) on appointment to cosmos_keeper;
grant update (status, starts_at, ends_at, place, version) on appointment to cosmos_keeper;
grant insert, delete on appointment_worker to cosmos_keeper;
grant insert (appointment_id, person_id, show_online) on appointment_person to cosmos_keeper;
grant insert, delete on occupancy to cosmos_keeper;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'free_for_public_slot(uuid,text,"AppointmentMode",timestamptz,timestamptz,uuid,uuid)',
    'take_public_slot(uuid,uuid,text,"AppointmentMode",timestamptz,timestamptz,uuid,uuid)',
    'public_type(text,"AppointmentMode")',
    'book_online(uuid,uuid,text,"AppointmentMode",timestamptz,uuid,"AskedBy",text,text,bytea)',
    'managed_online(uuid,bytea)', 'read_online(uuid,bytea)', 'changeable_online(uuid,bytea,integer)',
    'cancel_online(uuid,bytea,integer)', 'move_online(uuid,bytea,integer,timestamptz)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function
  book_online(uuid,uuid,text,"AppointmentMode",timestamptz,uuid,"AskedBy",text,text,bytea), read_online(uuid,bytea),
  cancel_online(uuid,bytea,integer), move_online(uuid,bytea,integer,timestamptz) to cosmos_app;
