-- A worker who goes on a home visit is given its address on its day. A worker who has not checked in again is seen by those who can send help.

-- The day of a home visit in Paris, on which whoever goes there reads the place. Null for what is no home visit, or is called off.
create function home_day(p_mode "AppointmentMode", p_status "AppointmentStatus", p_starts_at timestamptz) returns date
  language sql stable parallel safe
  return case when p_mode = 'HOME' and p_status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')
    then (p_starts_at at time zone 'Europe/Paris')::date end;
grant execute on function home_day to public;

-- The day follows the visit where a word moves it: of who may read the address, of the person, of a desk that does not go there itself.
-- Whoever else moves it, or makes a home visit of it, only makes the day later.
create function keep_home_day(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update withheld_place w set home_day = case
      when viewer_worker() is null or w.reader_keys && viewer_followings()
        or (a.district_id = any (viewer_districts('receptionist')) and viewer_worker() <> all (a.worker_ids))
        then home_day(a.mode, a.status, a.starts_at)
      when w.home_day is not null and home_day(a.mode, a.status, a.starts_at) is not null
        then greatest(w.home_day, home_day(a.mode, a.status, a.starts_at)) end
    from appointment a where a.id = p_appointment and w.appointment_id = a.id;
end $$;
alter function keep_home_day owner to cosmos_keeper;

-- The case of someone who comes on a home visit that keeps an address of theirs confidential, and that the viewer follows; or of which who
-- follows it has said that the visit goes there. The case that the visit is of comes first, then the oldest.
create function home_case(p_appointment uuid, p_said boolean) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select c.id from appointment a join appointment_person ap on ap.appointment_id = a.id
    cross join lateral sheltering_cases(ap.person_id) s join "case" c on c.id = s.case_id
    where a.id = p_appointment and a.mode = 'HOME' and case when p_said
      then exists (select from home_word h where h.appointment_id = a.id and h.case_id = c.id and (h.worker_id = c.assigned_worker_id
          or exists (select from relay r where r.stand_in_id = h.worker_id and r.absent_worker_id = c.assigned_worker_id
            and r.district_id = c.district_id and r.starts_at <= now() and r.ends_at > now())))
        or (a.worker_ids = array[c.assigned_worker_id]
          and not exists (select from home_word h where h.appointment_id = a.id and h.case_id is null))
      else (c.assigned_worker_id || ':' || c.district_id) = any (viewer_followings()) end
    order by c.id is distinct from a.case_id, c.opened_at, c.id limit 1);
alter function home_case owner to cosmos_keeper;

-- The viewer says that the visit goes where it goes: it counts of the cases that the viewer follows.
create function say_home_visit(p_appointment uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into home_word (appointment_id, case_id, worker_id)
  select distinct a.id, cp.case_id, viewer_worker() from appointment a join appointment_person ap on ap.appointment_id = a.id
  join case_person cp on cp.person_id = ap.person_id
  where a.id = p_appointment and a.mode = 'HOME' and (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_followings())
  on conflict do nothing;
end;
alter function say_home_visit owner to cosmos_keeper;
grant execute on function say_home_visit to cosmos_app;

-- The visit is a new one: what was said of another is gone. A colleague is a worker who neither stands at the desk nor follows who comes.
create function begin_home_visit(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  delete from home_word where appointment_id = p_appointment;
  insert into home_word (appointment_id) select a.id from appointment a
    where a.id = p_appointment and a.mode = 'HOME' and viewer_worker() is not null and a.district_id <> all (viewer_districts('receptionist'))
      and not exists (select from appointment_person ap where ap.appointment_id = a.id and follows_person(ap.person_id))
    on conflict do nothing;
end $$;
alter function begin_home_visit owner to cosmos_keeper;

-- Where a home visit goes, of which nobody has typed the place: the confidential address that this case keeps, as long as it covers someone who
-- comes; else, where nobody who comes has a confidential one, the open address.
create function home_address(p_appointment uuid, p_case uuid) returns table (place text, confidential boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select concat_ws(', ', h.line, nullif(concat_ws(' ', h.postal_code, h.city), '')), h.confidential from (
    select pa.line, pa.postal_code, pa.city, pa.confidential, not exists (select from appointment_person ap
      where ap.appointment_id = p_appointment and ap.person_id = pa.person_id) as nth, pa.recorded_at, pa.id
    from person_address pa where pa.case_id = p_case and pa.confidential
      and exists (select from appointment_person ap cross join lateral sheltering_cases(ap.person_id) s
        where ap.appointment_id = p_appointment and s.case_id = p_case)
    union all
    select pa.line, pa.postal_code, pa.city, pa.confidential, true, pa.recorded_at, pa.id
    from appointment_person ap join person_address pa on pa.person_id = ap.person_id and not pa.confidential
    where ap.appointment_id = p_appointment and not exists (select from appointment_person other
      where other.appointment_id = p_appointment and is_sheltered(other.person_id))) h
  order by h.nth, h.recorded_at, h.id limit 1;
end;
alter function home_address owner to cosmos_keeper;

-- Where the home visits of today go, for their workers: for the worker who follows the case, and for a colleague whose contact with the person was
-- opened by somebody else's word. A colleague who follows another case of the person has no confidential address by that.
create function home_addresses(p_ids uuid[]) returns table (appointment_id uuid, place text, confidential boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, h.place, h.confidential from appointment a
  cross join lateral (select home_case(a.id, false) as id) followed
  cross join lateral home_address(a.id, coalesce(followed.id, home_case(a.id, true))) h
  where a.id = any (p_ids) and viewer_has_scope('appointments:read') and viewer_worker() = any (a.worker_ids)
    and a.district_id = any (viewer_districts('any'))
    and home_day(a.mode, a.status, a.starts_at) = (now() at time zone 'Europe/Paris')::date
    and (followed.id is not null or exists (select from appointment_person ap where ap.appointment_id = a.id
      and ((viewer_worker() = any (ap.contact_worker_ids) and ap.contact_from <= now() and ap.contact_until > now())
        or (not h.confidential and follows_person(ap.person_id)))));
end;
alter function home_addresses owner to cosmos_keeper;
grant execute on function home_addresses to cosmos_app;

-- Home visits of a district, of today and yesterday, that ended over thirty minutes ago, and from which nobody is recorded as back: to its
-- head and who is on duty. The address is among them where it takes there: a confidential one once who follows the case has said so, an open one
-- by the word of the desk, or where one of the workers follows who is visited. Calling one off once it has begun does not hide who is out.
create function home_visits_not_back(p_district uuid)
  returns table (id uuid, district_id uuid, case_id uuid, worker_ids uuid[], starts_at timestamptz, ends_at timestamptz,
    expected_back_at timestamptz, place text, on_duty boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.case_id, a.worker_ids, a.starts_at, a.ends_at, a.expected_back_at,
    coalesce(w.place, a.place, case when h.confidential or exists (select from appointment_person ap where ap.appointment_id = a.id
      and (ap.contact_said or exists (select from case_person cp where cp.person_id = ap.person_id
        and cp.assigned_worker_id = any (a.worker_ids)))) then h.place end), d.on_duty
  from (select is_on_duty_in(p_district) as on_duty) d
  join appointment a on a.district_id = p_district and a.mode = 'HOME' and a.back_at is null
    and a.ends_at < now() - interval '30 minutes'
    and a.starts_at >= ((now() at time zone 'Europe/Paris')::date - 1)::timestamp at time zone 'Europe/Paris' and a.starts_at < now()
    and (a.status_at >= a.starts_at or a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE'))
  left join withheld_place w on w.appointment_id = a.id
  left join lateral home_address(a.id, home_case(a.id, true)) h on true
  where viewer_has_scope('appointments:read') and (d.on_duty or p_district = any (viewer_districts('district_head')))
  order by a.ends_at, a.id limit 100;
end;
alter function home_visits_not_back owner to cosmos_keeper;
grant execute on function home_visits_not_back to cosmos_app;
