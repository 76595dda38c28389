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
      when viewer_worker() is null or w.typed_by_id = viewer_worker() or (a.case_worker_id || ':' || a.district_id) = any (viewer_shelterings())
        or (a.district_id = any (viewer_districts('receptionist')) and viewer_worker() <> all (a.worker_ids))
        then home_day(a.mode, a.status, a.starts_at)
      when w.home_day is not null and home_day(a.mode, a.status, a.starts_at) is not null
        then greatest(w.home_day, home_day(a.mode, a.status, a.starts_at)) end
    from appointment a where a.id = p_appointment and w.appointment_id = a.id;
end $$;
alter function keep_home_day owner to cosmos_keeper;

-- The case that keeps the confidential address of a person who is visited. If p_said is false, it is a case whose confidential address the
-- viewer reads. If p_said is true, it is a case whose worker has said that this visit goes there, at its present time (`home_word`). A
-- stand-in's word counts while the relay lasts and opens addresses. The case of the visit comes first, then the oldest. Only functions of
-- cosmos_keeper may call it.
create function home_case(p_appointment uuid, p_said boolean) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select c.id from appointment a join appointment_person ap on ap.appointment_id = a.id
    cross join lateral sheltering_cases(ap.person_id) s join "case" c on c.id = s.case_id
    where a.id = p_appointment and a.mode = 'HOME' and case when p_said
      then exists (select from home_word h where h.appointment_id = a.id and h.case_id = c.id and (h.worker_id = c.assigned_worker_id
          or exists (select from relay r where r.stand_in_id = h.worker_id and r.absent_worker_id = c.assigned_worker_id
            and r.district_id = c.district_id and r.starts_at <= now() and r.ends_at > now()
            and r.pending_until is null and r.addresses_from <= now())))
      else (c.assigned_worker_id || ':' || c.district_id) = any (viewer_shelterings()) end
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

-- Treats a home visit as a new one: deletes the words about it. Only functions of cosmos_keeper may call it.
create function begin_home_visit(p_appointment uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  delete from home_word where appointment_id = p_appointment;
end;
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

-- Returns since when the viewer is on duty in a district today (Europe/Paris), or null. The viewer is on duty if the desk
-- has sent them a person who came without an appointment. A person whom the viewer follows does not count. In each half of the day only the first two such workers are on duty. So a
-- desk cannot put somebody on duty later by sending them a person. Only functions of cosmos_keeper may call it.
create function duty_since(p_district uuid) returns timestamptz
  language sql stable security definer set search_path = public, pg_temp
  return case when p_district = any (viewer_districts('social_worker')) then (select min(sent.since) from (
    select k.worker_id, min(k.known_from) as since, row_number() over (
        partition by extract(hour from k.known_from at time zone 'Europe/Paris') >= 13 order by min(k.known_from), k.worker_id) as nth
    from visit v join person_known k on k.source_id = v.id and k.worker_id = v.worker_id and k.contact
    where v.district_id = p_district and v.day = (now() at time zone 'Europe/Paris')::date and v.kind = 'WALK_IN' and v.appointment_id is null
      and not exists (select from case_person cp where cp.person_id = v.person_id and cp.assigned_worker_id = v.worker_id)
    group by k.worker_id, extract(hour from k.known_from at time zone 'Europe/Paris') >= 13) sent
    where sent.nth <= 2 and sent.worker_id = viewer_worker()) end;
alter function duty_since owner to cosmos_keeper;

-- Returns where a home visit went, for those who look for its worker, and the case whose word gives the place. It gives a confidential
-- address and a withheld place if the worker who follows the case has said that the visit goes there, at that time (`home_word`). An open
-- address has no case here: it is given if the desk has opened the contact, or if one of the workers follows the person. Only functions of
-- cosmos_keeper may call it.
create function place_not_back(p_appointment uuid) returns table (place text, case_id uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select case when w.appointment_id is null then coalesce(a.place, case when h.confidential or exists (select from appointment_person ap
        where ap.appointment_id = a.id and (ap.contact_said or exists (select from case_person cp where cp.person_id = ap.person_id
          and cp.assigned_worker_id = any (a.worker_ids)))) then h.place end)
      when said.id is not null then w.place end,
    case when w.appointment_id is not null or (a.place is null and h.confidential) then said.id end
  from appointment a cross join lateral (select home_case(a.id, true) as id) said
  left join withheld_place w on w.appointment_id = a.id
  left join lateral home_address(a.id, said.id) h on true
  where a.id = p_appointment;
end;
alter function place_not_back owner to cosmos_keeper;

-- Whether the alarm tells the viewer where a home visit went: the head, and a worker who was on duty before the alarm. On the next day,
-- every duty worker reads it. Only functions of cosmos_keeper may call it.
create function looks_for(p_district uuid, p_ends_at timestamptz, p_duty_since timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return coalesce(p_district = any (viewer_districts('district_head')) or p_duty_since < p_ends_at + interval '30 minutes'
    or (p_duty_since is not null and day_in_paris(p_ends_at) < day_in_paris(now())), false);
alter function looks_for owner to cosmos_keeper;

-- Returns the home visits of a district whose worker is not recorded as back, at most 100. They are of today or yesterday (Europe/Paris)
-- and ended more than 30 minutes ago. It answers the head of the district and the duty worker, who can send help. `place_not_back` gives a
-- confidential address to those of `looks_for`, and the worker who follows its case is told each time. A visit that is cancelled after it
-- began stays in the list: its worker may still be out. cosmos_app may call it.
create function home_visits_not_back(p_district uuid)
  returns table (id uuid, district_id uuid, case_id uuid, worker_ids uuid[], starts_at timestamptz, ends_at timestamptz,
    expected_back_at timestamptz, place text, on_duty boolean)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  return query with late as (
    select a.id, a.district_id, a.case_id, a.worker_ids, a.starts_at, a.ends_at, a.expected_back_at, p.place, d.since is not null as on_duty,
      p.case_id as of_case, p.case_id is null or looks_for(p_district, a.ends_at, d.since) as given
    from (select duty_since(p_district) as since) d
    join appointment a on a.district_id = p_district and a.mode = 'HOME' and a.back_at is null
      and a.ends_at < now() - interval '30 minutes'
      and a.starts_at >= ((now() at time zone 'Europe/Paris')::date - 1)::timestamp at time zone 'Europe/Paris' and a.starts_at < now()
      and (a.status_at >= a.starts_at or a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE'))
    left join lateral place_not_back(a.id) p on true
    where viewer_has_scope('appointments:read') and (d.since is not null or p_district = any (viewer_districts('district_head')))
    order by a.ends_at, a.id limit 100),
  told as (insert into notification (worker_id, kind, case_id)
    select distinct c.assigned_worker_id, 'ADDRESS_READ'::"NotificationKind", c.id from late l join "case" c on c.id = l.of_case
    where l.given and l.place is not null and c.assigned_worker_id is not null and c.assigned_worker_id is distinct from viewer_worker())
  select l.id, l.district_id, l.case_id, l.worker_ids, l.starts_at, l.ends_at, l.expected_back_at,
    case when l.given then l.place end, l.on_duty from late l order by l.ends_at, l.id;
end $$;
alter function home_visits_not_back owner to cosmos_keeper;
grant execute on function home_visits_not_back to cosmos_app;
