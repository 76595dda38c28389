-- Collective appointments: an information meeting or a workshop, with a number of places. Who has one is known to who holds it
-- and to the desk, never to the others who come.

-- AlterTable
ALTER TABLE "appointment" ADD COLUMN "places" INTEGER,
ADD COLUMN "places_named" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "places_unnamed" INTEGER NOT NULL DEFAULT 0;
-- AlterTable
ALTER TABLE "appointment_person" ADD COLUMN "outcome" "AppointmentStatus",
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;
-- AlterTable
ALTER TABLE "appointment_type" ADD COLUMN "places" INTEGER;

-- ---- What must hold ------------------------------------------------------------------------------------------
-- What is held with one person at a time is all that someone books online, or waits for.
alter table appointment_type
  add constraint appointment_type_places check (places between 2 and 200),
  add constraint appointment_type_collective check (places is null or not 'BOOKING_CLIENT' = any (bookable_by));
-- No more persons than places, with a name or without; of nobody's case.
alter table appointment
  add constraint appointment_places check (places between 2 and 200),
  add constraint appointment_places_taken check
    (places_named >= 0 and places_unnamed >= 0 and places_named + places_unnamed <= coalesce(places, 0)),
  add constraint appointment_collective check (places is null or (case_id is null and subject is null));
alter table appointment_person
  add constraint appointment_person_outcome check (outcome in ('HONOURED', 'NOT_HONOURED', 'LEFT_BEFORE_RECEIVED'));
create index appointment_collective_to_come on appointment (district_id, type_code, starts_at, id)
  where places is not null and status = 'BOOKED';

-- Added up rather than counted: who comes second to the row adds to what the first has left.
create function place_taken() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    update appointment set places_named = places_named + 1 where id = new.appointment_id and places is not null;
  else
    update appointment set places_named = places_named - 1 where id = old.appointment_id and places is not null;
  end if;
  return null;
end $$;
grant update (places_named) on appointment to cosmos_keeper;
revoke all on function place_taken() from public;
alter function place_taken() owner to cosmos_keeper;
create trigger place_taken after insert or delete on appointment_person for each row execute function place_taken();

-- ---- Who gives a place, and takes it back: the desk, and who holds it --------------------------------------------
grant insert (places) on appointment to cosmos_app;
grant update (places_unnamed) on appointment to cosmos_app;
grant update (outcome, version), delete on appointment_person to cosmos_app;
create policy appointment_person_leave on appointment_person for delete to cosmos_app using (
  may_staff(appointment_id)
  and exists (select from appointment a where a.id = appointment_id and a.places is not null));
create policy appointment_person_came on appointment_person for update to cosmos_app using (
  may_staff(appointment_id)
  and exists (select from appointment a where a.id = appointment_id and a.places is not null));

-- ---- What answers whole rows, of which there are more columns now ---------------------------------------------------
create or replace function public_type(p_type text, p_mode "AppointmentMode") returns setof appointment_type
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select t.* from appointment_type t
  where t.code = p_type and 'BOOKING_CLIENT' = any (t.bookable_by) and p_mode = any (t.modes);
end;
create or replace function managed_online(p_appointment uuid, p_secret_hash bytea) returns setof appointment
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

-- ---- What waiting time is of ---------------------------------------------------------------------------------------------
-- Nobody asked for the day of a meeting, which lies as far ahead as it was announced: it is nobody's wait, and its outcome is
-- that of all who were to come at once.
create or replace function appointments_that_count(p_district uuid, p_from timestamptz, p_until timestamptz)
  returns table (id uuid, status "AppointmentStatus", asked_by "AskedBy", booked_at timestamptz, starts_at timestamptz, worker_ids uuid[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.status, a.asked_by, a.booked_at, a.starts_at, a.worker_ids from appointment a
  where a.district_id = p_district and a.starts_at >= p_from and a.starts_at < p_until
    and a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') and a.places is null;
end;

-- How few are held by three or more: for one guess in three of them, the planner would read a district's instead.
create statistics appointment_number_of_workers on (cardinality(worker_ids)) from appointment;
