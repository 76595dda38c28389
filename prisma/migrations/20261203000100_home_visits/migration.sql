-- Whoever goes on a home visit was given its address only where somebody had typed it. One that nobody had checked in was seen by nobody who
-- could send help, and showed no address.

-- AlterTable
ALTER TABLE "withheld_place" ADD COLUMN "home_case_id" UUID,
ALTER COLUMN "place" DROP NOT NULL;
-- AlterTable
ALTER TABLE "appointment" ADD COLUMN "home_words" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

-- ---- To both workers, that day ------------------------------------------------------------------------------------------
-- A row without a place says that a home visit goes to someone with a confidential address. To the address of which case it goes is known once
-- who follows that case has said so: has booked the visit, moved it, confirmed it, or said when they are back. That a desk or a colleague puts
-- them down for it is no word of theirs, nor is what they do about the address. A place that is typed comes first.
-- `home_words` has the cases' keys, 'worker:district', of those who have said so. Nobody else reads or writes it.
grant update (home_words) on appointment to cosmos_keeper;

-- An appointment without a place, of which none was withheld, has nothing to withhold or to put back: it is left at once, but for a home
-- visit. Else those who come are held before it is asked whether an address of theirs is confidential: a mark that is being set is waited for.
create or replace function keep_place_withheld(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_appointment appointment%rowtype;
  v_persons uuid[];
  v_readers text[];
  v_case uuid;
begin
  if exists (select from appointment a where a.id = p_appointment and (a.places is not null
      or (a.place is null and a.mode <> 'HOME'
        and not exists (select from withheld_place w where w.appointment_id = a.id)))) then return; end if;
  perform hold_each('person', array(select ap.person_id from appointment_person ap where ap.appointment_id = p_appointment));
  select * into v_appointment from appointment where id = p_appointment;
  v_persons := array(select ap.person_id from appointment_person ap
    where ap.appointment_id = p_appointment and is_sheltered(ap.person_id) order by 1);
  if v_persons = '{}' then
    update appointment a set place = coalesce(a.place, w.place),
        place_by_id = case when a.place is null then w.typed_by_id else a.place_by_id end from withheld_place w
      where w.appointment_id = p_appointment and w.place is not null and a.id = p_appointment;
    delete from withheld_place where appointment_id = p_appointment;
    return;
  end if;
  v_readers := array(select distinct c.assigned_worker_id || ':' || c.district_id from unnest(v_persons) person
    cross join lateral sheltering_cases(person) s join "case" c on c.id = s.case_id
    where c.assigned_worker_id is not null order by 1);
  if v_appointment.place is not null and not place_is_of_hours(p_appointment) then
    insert into withheld_place (appointment_id, place, reader_keys, person_ids, worker_ids, typed_by_id, home_day)
      values (p_appointment, v_appointment.place, v_readers, v_persons, v_appointment.worker_ids,
        case when exists (select from unnest(v_readers) r where r like v_appointment.place_by_id || ':%')
            or (v_appointment.place_by_id = viewer_worker() and v_readers && viewer_followings()) then null
          else v_appointment.place_by_id end,
        home_day(v_appointment.mode, v_appointment.status, v_appointment.starts_at))
      on conflict (appointment_id) do update set place = excluded.place, typed_by_id = excluded.typed_by_id;
    update appointment set place = null where id = p_appointment;
  elsif v_appointment.mode = 'HOME' then
    insert into withheld_place (appointment_id, reader_keys, person_ids, worker_ids)
      values (p_appointment, v_readers, v_persons, v_appointment.worker_ids) on conflict do nothing;
  end if;
  v_case := case_visited(p_appointment, v_appointment.home_words);
  update withheld_place set reader_keys = v_readers, person_ids = v_persons, worker_ids = v_appointment.worker_ids, home_case_id = v_case,
    home_day = case when place is not null then home_day
      when v_case is not null then home_day(v_appointment.mode, v_appointment.status, v_appointment.starts_at) end
    where appointment_id = p_appointment;
end $$;

-- To the address of which case a home visit goes, of those with one of these keys: one that keeps an address of someone who comes
-- confidential. The case that the visit is of comes first, then the oldest.
create function case_visited(p_appointment uuid, p_keys text[]) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select c.id from appointment a join appointment_person ap on ap.appointment_id = a.id
    cross join lateral sheltering_cases(ap.person_id) s join "case" c on c.id = s.case_id
    where a.id = p_appointment and a.mode = 'HOME' and (c.assigned_worker_id || ':' || c.district_id) = any (p_keys)
    order by c.id is distinct from a.case_id, c.opened_at, c.id limit 1);

-- The viewer's word that the visit goes where it goes; p_anew: what was said before was of another visit.
create function say_home_visit(p_appointment uuid, p_anew boolean) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update appointment set home_words = case when p_anew then '{}' else home_words end || viewer_followings()
    where id = p_appointment and mode = 'HOME' and (p_anew or not home_words @> viewer_followings());
end $$;

-- The day of a place that was typed follows the visit where a word moves it: of who may read the address, of the person, of a desk that does
-- not go there itself. Whoever else moves it, or makes a home visit of it, only makes the day later.
create or replace function keep_home_day(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update withheld_place w set home_day = case
      when viewer_worker() is null or w.reader_keys && viewer_followings()
        or (a.district_id = any (viewer_districts('receptionist')) and viewer_worker() <> all (a.worker_ids))
        then home_day(a.mode, a.status, a.starts_at)
      when w.home_day is not null and home_day(a.mode, a.status, a.starts_at) is not null
        then greatest(w.home_day, home_day(a.mode, a.status, a.starts_at)) end
    from appointment a where a.id = p_appointment and w.appointment_id = a.id and w.place is not null;
end $$;

-- A visit to someone else, by someone else, or at a time that one of its workers has chosen, is another: who follows the case has said
-- nothing of it. A desk that moves the time, and the person, change nothing of what was said.
create or replace function place_may_be_withheld() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'appointment' then
    if (new.mode, new.starts_at, new.worker_ids, new.expected_back_at)
        is distinct from (old.mode, old.starts_at, old.worker_ids, old.expected_back_at) then
      perform say_home_visit(new.id, new.mode <> old.mode or not new.worker_ids <@ old.worker_ids
        or (new.starts_at <> old.starts_at and coalesce(viewer_worker() = any (new.worker_ids), false)));
    end if;
    perform keep_place_withheld(new.id);
    if (new.mode, new.starts_at, new.status) is distinct from (old.mode, old.starts_at, old.status) then
      perform keep_home_day(new.id);
    end if;
  else
    if tg_op = 'INSERT' then perform say_home_visit(new.appointment_id, true); end if;
    perform keep_place_withheld(coalesce(new.appointment_id, old.appointment_id));
  end if;
  return null;
end $$;
drop trigger place_is_withheld on appointment;
create trigger place_is_withheld after update of place, mode, worker_ids, starts_at, status, expected_back_at on appointment
  for each row when (new.place is distinct from old.place or (new.mode, new.worker_ids, new.starts_at, new.status, new.expected_back_at)
    is distinct from (old.mode, old.worker_ids, old.starts_at, old.status, old.expected_back_at))
  execute function place_may_be_withheld();

-- A meeting opens nobody's contact: one word would open that of all who come.
create or replace function confirm_contact(p_appointment uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_confirmed integer;
begin
  update appointment_person ap set contact_from = contact_from(a.starts_at), contact_until = known_until(a.status, a.ends_at),
    contact_said = true, contact_worker_ids = array(select w from unnest(a.worker_ids) w
      where w = any (ap.contact_worker_ids) or opens_contact(ap.person_id, ap.district_id, w) order by w)
    from appointment a where a.id = p_appointment and ap.appointment_id = a.id and a.status = 'BOOKED' and a.places is null
      and says_contact(ap.person_id, ap.district_id);
  get diagnostics v_confirmed = row_count;
  if v_confirmed > 0 then
    perform say_home_visit(p_appointment, false);
    perform keep_place_withheld(p_appointment);
  end if;
  return v_confirmed;
end $$;

-- With the home visits of someone whose address becomes confidential, of which nobody has typed the place.
create or replace function keep_sheltered(p_persons uuid[], p_since timestamptz) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_person uuid;
  v_case uuid;
  v_since timestamptz;
begin
  foreach v_person in array p_persons loop
    select s.case_id, coalesce(p_since, s.since) into v_case, v_since from sheltering_cases(v_person) s
      order by s.since, s.case_id limit 1;
    -- What was written since, beside it, stays to be read as where there is no other.
    if not found then
      null;
    elsif v_case is null or exists (select from person_address a where a.person_id = v_person and a.case_id = v_case) then
      delete from person_address where person_id = v_person and not confidential and recorded_at <= v_since;
    else
      update person_address set confidential = true, case_id = v_case
        where person_id = v_person and not confidential and recorded_at <= v_since;
    end if;
    perform keep_place_withheld(ap.appointment_id) from appointment_person ap join appointment a on a.id = ap.appointment_id
      where ap.person_id = v_person and (a.place is not null or (a.mode = 'HOME' and a.starts_at > now() - interval '2 days')
        or exists (select from withheld_place w where w.appointment_id = a.id));
  end loop;
end $$;

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

-- The same of home visits of today, to whom it takes there: who follows the case, and a worker to whom the word of another has opened the
-- contact of who is visited; the confidential address, once who follows the case has said that the visit goes there. Who follows another
-- case of theirs has no confidential address by that.
create function home_addresses(p_ids uuid[]) returns table (appointment_id uuid, place text, confidential boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, h.place, h.confidential from appointment a left join withheld_place w on w.appointment_id = a.id
  cross join lateral (select case_visited(a.id, viewer_followings()) as id) followed
  cross join lateral home_address(a.id, coalesce(followed.id, w.home_case_id)) h
  where a.id = any (p_ids) and viewer_has_scope('appointments:read') and viewer_worker() = any (a.worker_ids)
    and a.district_id = any (viewer_districts('any'))
    and home_day(a.mode, a.status, a.starts_at) = (now() at time zone 'Europe/Paris')::date
    and (followed.id is not null
      or ((not h.confidential or w.home_day = (now() at time zone 'Europe/Paris')::date)
        and exists (select from appointment_person ap where ap.appointment_id = a.id
          and ((viewer_worker() = any (ap.contact_worker_ids) and ap.contact_from <= now() and ap.contact_until > now())
            or (not h.confidential and follows_person(ap.person_id))))));
end;

-- ---- Nobody has checked them in ----------------------------------------------------------------------------------------
-- Whether the desk has sent someone to the viewer today, in this district: then the viewer is on duty there.
create function is_on_duty_in(p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return p_district = any (viewer_districts('social_worker')) and exists (
    select from visit v join person_known k on k.source_id = v.id
    where v.worker_id = viewer_worker() and v.district_id = p_district and k.worker_id = viewer_worker() and k.contact
      and v.day = (now() at time zone 'Europe/Paris')::date);

-- Home visits of a district, of today and yesterday, that ended over thirty minutes ago, and from which nobody is recorded as back: to its
-- head and who is on duty. A confidential address is among them as its workers have it: once who follows the case has said that the visit goes
-- there. Calling one off once it has begun does not hide who is out.
create function home_visits_not_back(p_district uuid)
  returns table (id uuid, district_id uuid, case_id uuid, worker_ids uuid[], starts_at timestamptz, ends_at timestamptz,
    expected_back_at timestamptz, place text, on_duty boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.case_id, a.worker_ids, a.starts_at, a.ends_at, a.expected_back_at,
    coalesce(w.place, a.place, h.place), d.on_duty
  from (select is_on_duty_in(p_district) as on_duty) d
  join appointment a on a.district_id = p_district and a.mode = 'HOME' and a.back_at is null
    and a.ends_at < now() - interval '30 minutes'
    and a.starts_at >= ((now() at time zone 'Europe/Paris')::date - 1)::timestamp at time zone 'Europe/Paris' and a.starts_at < now()
    and (a.status_at >= a.starts_at or a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE'))
  left join withheld_place w on w.appointment_id = a.id
  left join lateral home_address(a.id, w.home_case_id) h on true
  where viewer_has_scope('appointments:read') and (d.on_duty or p_district = any (viewer_districts('district_head')))
  order by a.ends_at, a.id limit 100;
end;

do $$
declare f regprocedure;
begin
  foreach f in array array['case_visited(uuid,text[])', 'say_home_visit(uuid,boolean)', 'home_address(uuid,uuid)', 'home_addresses(uuid[])',
    'is_on_duty_in(uuid)', 'home_visits_not_back(uuid)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function home_addresses(uuid[]), home_visits_not_back(uuid) to cosmos_app;

-- Home visits to come that are booked already.
alter table appointment no force row level security;
select keep_place_withheld(id) from appointment where mode = 'HOME' and place is null and starts_at > now() - interval '1 day';
alter table appointment force row level security;
