-- Waiting times counted the waits of persons who object to statistics (GDPR art. 21). An objection holds from the first month that is not
-- frozen yet. An appointment of several persons is left out if one of them objects, as it is in the indicators.
create or replace function waits_for_an_offer(p_district uuid, p_from timestamptz, p_until timestamptz)
  returns table (days integer, worker_id uuid, person_id uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select day_in_paris(o.offered_at) - day_in_paris(r.asked_at), o.worker_id, r.person_id
  from slot_offer o join appointment_request r on r.id = o.request_id
  where o.district_id = p_district and o.offered_at >= p_from and o.offered_at < p_until and not objects(r.person_id)
    and not exists (select from slot_offer e where e.request_id = o.request_id and (e.offered_at, e.id) < (o.offered_at, o.id));
end;

create or replace function waits_until_held(p_district uuid, p_from timestamptz, p_until timestamptz)
  returns table (days integer, worker_ids uuid[], person_ids uuid[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select day_in_paris(a.starts_at) - day_in_paris(asked.at), a.worker_ids,
    array(select ap.person_id from appointment_person ap where ap.appointment_id = a.id)
  from appointments_that_count(p_district, p_from, p_until) a
  cross join lateral (select least(a.booked_at, min(r.asked_at)) as at from appointment_request r where r.appointment_id = a.id) asked
  where a.status = 'HONOURED' and a.asked_by is distinct from 'SERVICE' and asked.at <= a.starts_at and not appointment_objects(a.id);
end;

create or replace function waits_not_over(p_district uuid, p_at timestamptz) returns table (days integer, worker_id uuid, person_id uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select day_in_paris(p_at) - 1 - day_in_paris(r.asked_at),
    case when r.case_worker_only then r.case_worker_id when r.duty_worker_only then r.duty_worker_id end, r.person_id
  from (
    select w.* from appointment_request w where w.district_id = p_district and w.status = 'WAITING'
    union all
    -- Who has left the list since.
    select c.* from appointment_request c where c.district_id = p_district and c.closed_at >= p_at) r
  where r.asked_at < p_at and not objects(r.person_id);
end;
