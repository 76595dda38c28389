-- What a desk may give to a colleague told it which appointments have a case, a subject or a hidden person. It is now decided by who
-- booked: what a desk booked without a case, and what a booking client did, which never has one. Whatever a worker booked, or the person,
-- or the waiting list, stays with its worker, with a case or without. What was booked before this migration stays too.

-- AlterTable
ALTER TABLE "appointment" ADD COLUMN "booked_at_desk" BOOLEAN NOT NULL DEFAULT false;

grant insert (booked_at_desk) on appointment to cosmos_app;
create policy appointment_booked_at_desk on appointment as restrictive for insert to cosmos_app with check (
  not booked_at_desk
  or (case_id is null and subject is null and district_id = any ((select viewer_districts('receptionist'))::uuid[])));

-- Nobody adds a case or a subject afterwards. Who has become a sensitive file since is not passed on all the same: the desk that booked
-- them by name no longer sees them.
create or replace function may_pass_on(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment a where a.id = p_appointment
    and (a.booked_at_desk or exists (select from online_booking b where b.appointment_id = a.id and b.client_id is not null))
    and a.case_id is null and a.subject is null
    and a.district_id = any (viewer_districts('receptionist'))
    and not exists (select from appointment_person ap join person p on p.id = ap.person_id
      where ap.appointment_id = a.id and p.sensitive_file));

