-- Each booking asks whether those who come are sheltered. The condition with `or` read every confidential address of the county, so
-- that a booking cost more with each of them. Each way to a case is now read by its own index.
create or replace function sheltering_cases(p_person uuid) returns table (case_id uuid, since timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select of.case_id, min(of.recorded_at) from (
    select a.case_id, a.recorded_at from person_address a where a.person_id = p_person and a.confidential
    union all
    select a.case_id, a.recorded_at from case_person cp join person_address a on a.case_id = cp.case_id
      where cp.person_id = p_person and a.confidential) of
  group by of.case_id;
end;

-- An appointment without a place, of which none was withheld, has nothing to withhold or to put back: those who come are not asked about.
create or replace function keep_place_withheld(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_appointment appointment%rowtype;
  v_persons uuid[];
  v_readers text[];
begin
  select * into v_appointment from appointment where id = p_appointment;
  if v_appointment.places is not null then return; end if;
  if v_appointment.place is null and not exists (select from withheld_place where appointment_id = p_appointment) then return; end if;
  v_persons := array(select ap.person_id from appointment_person ap
    where ap.appointment_id = p_appointment and is_sheltered(ap.person_id) order by 1);
  if v_persons = '{}' then
    update appointment a set place = coalesce(a.place, w.place) from withheld_place w
      where w.appointment_id = p_appointment and a.id = p_appointment;
    delete from withheld_place where appointment_id = p_appointment;
    return;
  end if;
  v_readers := array(select distinct c.assigned_worker_id || ':' || c.district_id from unnest(v_persons) person
    cross join lateral sheltering_cases(person) s join "case" c on c.id = s.case_id
    where c.assigned_worker_id is not null order by 1);
  if v_appointment.place is not null and not exists (
      select from availability_occurrence o join availability v on v.id = o.availability_id
      where o.worker_id = any (v_appointment.worker_ids) and o.district_id = v_appointment.district_id
        and o.starts_at <= v_appointment.starts_at and o.starts_at > v_appointment.starts_at - interval '12 hours'
        and o.ends_at >= v_appointment.ends_at and v.place = v_appointment.place) then
    insert into withheld_place (appointment_id, place, reader_keys, person_ids, worker_ids)
      values (p_appointment, v_appointment.place, v_readers, v_persons, v_appointment.worker_ids)
      on conflict (appointment_id) do update set place = excluded.place;
    update appointment set place = null where id = p_appointment;
  end if;
  update withheld_place set reader_keys = v_readers, person_ids = v_persons, worker_ids = v_appointment.worker_ids,
    home_day = case when v_appointment.mode = 'HOME' and v_appointment.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')
      then (v_appointment.starts_at at time zone 'Europe/Paris')::date end
    where appointment_id = p_appointment;
end $$;
