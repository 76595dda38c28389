-- The worker who goes on a home visit reads its address on the day of the visit. Colleagues who can send help see that a worker is not back.

-- The day (Europe/Paris) on which the worker of a home visit reads its place. Null for another mode and for a cancelled visit. Every role may
-- call it.
create function home_day(p_mode "AppointmentMode", p_status "AppointmentStatus", p_starts_at timestamptz) returns date
  language sql stable parallel safe
  return case when p_mode = 'HOME' and p_status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')
    then (p_starts_at at time zone 'Europe/Paris')::date end;
grant execute on function home_day to public;

-- Sets the day of a home visit on which its workers read the typed place. The day follows the visit if a viewer moves it who typed the place
-- or is the worker of its case, or who is no worker (such as the person). The same is true for a receptionist of the district who does not go on the visit. If any
-- other viewer moves it, the day only becomes later. Only functions of cosmos_keeper may call it.
create function keep_home_day(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update withheld_place w set home_day = case
      when viewer_worker() is null or w.typed_by_id = viewer_worker() or (a.case_worker_id || ':' || a.district_id) = any (viewer_followings())
        or (a.district_id = any (viewer_districts('receptionist')) and viewer_worker() <> all (a.worker_ids))
        then home_day(a.mode, a.status, a.starts_at)
      when w.home_day is not null and home_day(a.mode, a.status, a.starts_at) is not null
        then greatest(w.home_day, home_day(a.mode, a.status, a.starts_at)) end
    from appointment a where a.id = p_appointment and w.appointment_id = a.id;
end $$;
alter function keep_home_day owner to cosmos_keeper;

-- The case that keeps the confidential address of a person who is visited: if p_said is false, a case that the viewer follows; if true, a
-- case whose worker has said that this visit goes there (`home_word`). The case of the visit comes first, then the oldest. Only functions of
-- cosmos_keeper may call it.
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

-- Records the viewer's word that a home visit goes to the address of the case, for each case that the viewer follows. cosmos_app may call it.
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

-- Treats a home visit as a new one: deletes the words that were said of it. Records whether a colleague has made it: a worker who is not a
-- receptionist of the district and follows none of its persons. Only functions of cosmos_keeper may call it.
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

-- Returns where a home visit goes if nobody has typed its place: the confidential address that this case keeps, while it covers one of the
-- persons; or an open address, if no person of the visit has a confidential one. Only functions of cosmos_keeper may call it.
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

-- Returns where the home visits of today (Europe/Paris) go, to their workers: the worker who follows the case, and a colleague, if another
-- viewer has opened the person's contact to them. A colleague who follows another case of the person gets no confidential address by that
-- case. cosmos_app may call it.
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

-- Returns the home visits of a district whose worker is not recorded as back, at most 100. They are of today or yesterday (Europe/Paris)
-- and ended more than 30 minutes ago. It answers the head of the district and the duty worker, who can send help. The confidential address
-- is given if the worker who follows the case has said that the visit goes there. An open address is given if the desk has opened the
-- contact, or if one of the workers follows the person. A visit that is cancelled after it began stays in the list: its worker may still be
-- out. cosmos_app may call it.
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
