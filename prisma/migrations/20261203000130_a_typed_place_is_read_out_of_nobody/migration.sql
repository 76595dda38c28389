-- A typed place of someone with a confidential address is withheld. The desk that had typed it saw that it was missing from the list of the day,
-- the notice, the letter and at the counter, and so learned of the address. Now these have no typed place at all. The list has the room of the
-- worker's hours. The place of a meeting stays for the worker who holds it, and for the desk.

-- Whether somebody typed the place of an appointment or of a meeting, withheld or not, alike.
create or replace function place_is_typed(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from withheld_place w where w.appointment_id = p_appointment)
    or exists (select from appointment a where a.id = p_appointment and a.place is not null and not place_is_of_hours(a.id));

create or replace function times_of_present(p_visit uuid, p_past boolean)
  returns table (starts_at timestamptz, ends_at timestamptz, mode "AppointmentMode", place text, public_label_fr text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.starts_at, a.ends_at, a.mode, case when not p_past and not place_is_typed(a.id) then a.place end, t.public_label_fr
  from visit v
  join person p on p.id = v.person_id and not p.sensitive_file and not p.confirm_nothing
  join appointment_person ap on ap.person_id = p.id and ap.district_id = v.district_id
  join appointment a on a.id = ap.appointment_id
  join appointment_type t on t.code = a.type_code
  where v.id = p_visit and v.kind = 'WALK_IN' and v.closed_at is null and v.day = (now() at time zone 'Europe/Paris')::date
    and v.district_id = any (viewer_districts('receptionist'))
    and case when p_past then a.ends_at <= now() and a.starts_at > now() - interval '12 months'
      else a.ends_at > now() and a.status = 'BOOKED' end
  order by case when p_past then a.starts_at end desc, a.starts_at, a.id limit 100;
end;
