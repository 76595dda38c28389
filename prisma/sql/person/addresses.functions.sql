-- An address can kill. The person who looks for somebody may be a colleague, may stand at the desk, or may know one who does. So nobody opens
-- a contact by their own act, a confidential address belongs to the case that recorded it, and no open address stands beside it.

-- The case to which an address belongs if nobody names one: the person's oldest case with an assigned worker, or else the oldest. It is never
-- a second case that a worker has opened after a look-up. Only functions of cosmos_keeper may call it.
create function oldest_case_of(p_person uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select c.id from case_person cp join "case" c on c.id = cp.case_id where cp.person_id = p_person
    order by c.assigned_worker_id is null, c.opened_at, c.id limit 1);
alter function oldest_case_of owner to cosmos_keeper;

-- Returns the cases that keep an address of a person confidential, and since when: the person's own address, or that of anyone of the same
-- case, since they live together. Each of the two ways uses its own index: one condition with `or` made each booking read every confidential
-- address of the county. Only functions of cosmos_keeper may call it.
create function sheltering_cases(p_person uuid) returns table (case_id uuid, since timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select of.case_id, min(of.recorded_at) from (
    select a.case_id, a.recorded_at from person_address a where a.person_id = p_person and a.confidential
    union all
    select a.case_id, a.recorded_at from case_person cp join person_address a on a.case_id = cp.case_id
      where cp.person_id = p_person and a.confidential) of
  group by of.case_id;
end;
alter function sheltering_cases owner to cosmos_keeper;

-- Whether a person has a confidential address. Only functions of cosmos_keeper may call it.
create function is_sheltered(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from sheltering_cases(p_person));
alter function is_sheltered owner to cosmos_keeper;

-- Moves the typed place of an appointment out of its row while a person who comes has a confidential address, and puts it back when none has.
-- The place of the worker's hours stays, since it is the service's own. A meeting, and an appointment without a place and without a withheld
-- one, are left alone. Otherwise the persons are locked first, so that the function waits for an address that is becoming confidential. Only
-- functions of cosmos_keeper may call it.
create function keep_place_withheld(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_appointment appointment%rowtype;
  v_persons uuid[];
  v_readers text[];
begin
  if exists (select from appointment a where a.id = p_appointment and (a.places is not null
      or (a.place is null and not exists (select from withheld_place w where w.appointment_id = a.id)))) then return; end if;
  perform hold_each('person', array(select ap.person_id from appointment_person ap where ap.appointment_id = p_appointment));
  select * into v_appointment from appointment where id = p_appointment;
  v_persons := array(select ap.person_id from appointment_person ap
    where ap.appointment_id = p_appointment and is_sheltered(ap.person_id) order by 1);
  if v_persons = '{}' then
    update appointment a set place = coalesce(a.place, w.place),
        place_by_id = case when a.place is null then w.typed_by_id else a.place_by_id end from withheld_place w
      where w.appointment_id = p_appointment and a.id = p_appointment;
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
  end if;
  update withheld_place set reader_keys = v_readers, person_ids = v_persons, worker_ids = v_appointment.worker_ids
    where appointment_id = p_appointment;
end $$;
alter function keep_place_withheld owner to cosmos_keeper;

-- For each person that a confidential address covers: gives their open address to the case, or deletes it if the case has one, and withholds
-- the places of their appointments. The address covers them since it was recorded, or since p_since if they joined the case later. Only
-- functions of cosmos_keeper may call it.
create function keep_sheltered(p_persons uuid[], p_since timestamptz) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_person uuid;
  v_case uuid;
  v_since timestamptz;
begin
  foreach v_person in array p_persons loop
    select s.case_id, coalesce(p_since, s.since) into v_case, v_since from sheltering_cases(v_person) s
      order by s.since, s.case_id limit 1;
    -- An open address that was written since stays, and is read like one without a confidential address beside it.
    if not found then
      null;
    elsif v_case is null or exists (select from person_address a where a.person_id = v_person and a.case_id = v_case) then
      delete from person_address where person_id = v_person and not confidential and recorded_at <= v_since;
    else
      update person_address set confidential = true, case_id = v_case
        where person_id = v_person and not confidential and recorded_at <= v_since;
    end if;
    perform keep_place_withheld(ap.appointment_id) from appointment_person ap join appointment a on a.id = ap.appointment_id
      where ap.person_id = v_person and (a.place is not null
        or exists (select from withheld_place w where w.appointment_id = a.id));
  end loop;
end $$;
alter function keep_sheltered owner to cosmos_keeper;

-- The persons that a confidential address of this person and case covers: the person and everyone of the case. Only functions of
-- cosmos_keeper may call it.
create function persons_sheltered_with(p_person uuid, p_case uuid) returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
  return array(select person_id from case_person where case_id = p_case union select p_person);
alter function persons_sheltered_with owner to cosmos_keeper;

-- The address to which a letter to a person goes. It is the safe postal address that the person named, of the case that keeps an address
-- confidential if there is one. Without a confidential address an open one is enough. No row means no letter. Only functions of cosmos_keeper
-- may call it.
create function letter_address(p_person uuid) returns table (line text, postal_code text, city text, safe boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.line, l.postal_code, l.city, l.safe from (
    select s.line, s.postal_code, s.city, true as safe, 0 as nth, s.recorded_at from safe_address s
    where s.person_id = p_person and (not is_sheltered(p_person)
      or s.case_id = (select f.case_id from sheltering_cases(p_person) f order by f.since, f.case_id limit 1))
    union all
    select a.line, a.postal_code, a.city, false, 1, a.recorded_at from person_address a
    where a.person_id = p_person and not a.confidential and a.for_letters and not is_sheltered(p_person)) l
  order by l.nth, l.recorded_at desc limit 1;
end;
alter function letter_address owner to cosmos_keeper;

-- The same address for a viewer who prints the letter at a desk or who follows the person. A colleague who may call the person does not need
-- it. cosmos_app may call it.
create function letter_address_for_viewer(p_person uuid) returns table (line text, postal_code text, city text, safe boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.line, l.postal_code, l.city, l.safe from letter_address(p_person) l
  where desk_knows_contact(p_person) or follows_person(p_person);
end;
alter function letter_address_for_viewer owner to cosmos_keeper;
grant execute on function letter_address_for_viewer to cosmos_app;

-- Returns the latest confidential address of a person to the duty worker, if its case has no assigned worker. The desk has sent the person to
-- this worker today; on the ground DANGER a call counts too. cosmos_app may call it.
create function address_on_duty(p_person uuid, p_ground text)
  returns table (person_id uuid, case_id uuid, district_id uuid, line text, postal_code text, city text, version integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.person_id, a.case_id, a.district_id, a.line, a.postal_code, a.city, a.version from person_address a
  where a.person_id = p_person and a.confidential and a.case_id is not null and a.assigned_worker_id is null
    and viewer_has_scope('persons:read') and sent_to_viewer(a.person_id, a.district_id, p_ground = 'DANGER')
  order by a.recorded_at desc limit 1;
end;
alter function address_on_duty owner to cosmos_keeper;
grant execute on function address_on_duty to cosmos_app;
