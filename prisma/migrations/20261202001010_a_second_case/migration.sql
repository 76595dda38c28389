-- A second case acted in silence: its worker took back a suspension and "confirm nothing", put another number in the place of the
-- person's, and took the open address. And two answers told whether a person has a confidential address: a typed place, and a letter.

-- AlterTable
ALTER TABLE "person" ADD COLUMN "confirm_nothing_case_id" UUID,
ADD COLUMN "contact_suspended_case_id" UUID;

-- AlterTable
ALTER TABLE "person_address" ADD COLUMN "for_letters" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "appointment" ADD COLUMN "place_by_id" UUID;

-- AlterTable
ALTER TABLE "withheld_place" ADD COLUMN "typed_by_id" UUID;

-- ---- A word belongs to the case that said it ---------------------------------------------------------------------------
-- The case for which the viewer speaks of a person: the oldest one that the viewer follows, else the person's oldest.
create function case_that_speaks(p_person uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return coalesce(
    (select c.id from case_person cp join "case" c on c.id = cp.case_id where cp.person_id = p_person and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays()))
      order by c.opened_at, c.id limit 1),
    oldest_case_of(p_person));

-- Whether the viewer takes back what a case has said of a person: who follows that case, who follows the person's oldest case, and
-- whoever follows the person where nobody is assigned to that case. A second case does not take back what the first has said.
create function takes_back(p_person uuid, p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return follows_person(p_person) and (
    not exists (select from "case" c where c.id = p_case and c.assigned_worker_id is not null)
    or exists (select from case_person cp where cp.person_id = p_person and cp.case_id in (p_case, oldest_case_of(p_person)) and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays()))));

create function ends_suspension(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from person p where p.id = p_person and p.contact_suspended_at is not null
    and not takes_back(p.id, p.contact_suspended_case_id));

-- Closes every channel at once: "he has my phone". A viewer may who knows how the person is reached, or who serves the person now; and so
-- may the person. The worker who follows the person is told once: a channel that is closed already changes nothing. Whether the viewer may.
create or replace function suspend_contact(p_person uuid) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not viewer_has_scope('persons:write') and viewer_person() is distinct from p_person then return false; end if;
  if not knows_contact(p_person) and not serves_now(p_person) then return false; end if;
  update person set safe_contact = 'NONE', contact_suspended_at = now(), contact_suspended_case_id = case_that_speaks(p_person),
    version = version + 1 where id = p_person and (safe_contact <> 'NONE' or contact_suspended_at is null);
  if not found then return true; end if;
  insert into notification (worker_id, kind, case_id)
  select cp.assigned_worker_id, 'CONTACT_SUSPENDED'::"NotificationKind", cp.case_id from case_person cp
  where cp.person_id = p_person and cp.assigned_worker_id is not null and cp.assigned_worker_id is distinct from viewer_worker();
  return true;
end $$;

create or replace function may_say_safe_contact(p_person uuid, p_present_and_alone boolean) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_has_scope('persons:write')
    and ((follows_person(p_person) and ends_suspension(p_person)) or (p_present_and_alone and is_on_duty_for(p_person, null)));

-- The number and the mail address are those that the person says. Who follows the person is told at COMMIT.
create or replace function say_safe_contact(p_person uuid, p_version integer, p_contact "SafeContact", p_present_and_alone boolean,
  p_said jsonb default '{}') returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if may_say_safe_contact(p_person, p_present_and_alone) is not true then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  update person set safe_contact = p_contact, version = version + 1,
    phone = case when p_said ? 'phone' then p_said ->> 'phone' else phone end,
    email = case when p_said ? 'email' then p_said ->> 'email' else email end,
    contact_suspended_at = case when p_contact = 'NONE' then contact_suspended_at end
    where id = p_person and version = p_version;
  return found;
end $$;

create or replace function contact_only_tightens() returns trigger language plpgsql as $$
begin
  if current_user <> 'cosmos_app' then return new; end if;
  if follows_person(new.id) then
    if new.safe_contact <> 'NONE' and not ends_suspension(new.id) then
      raise 'not theirs to say' using errcode = 'insufficient_privilege';
    end if;
    if new.safe_contact <> 'NONE' then new.contact_suspended_at := null; end if;
    return new;
  end if;
  if new.safe_contact not in ('NONE', old.safe_contact) then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  if (new.phone is distinct from old.phone and old.safe_contact in ('VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT'))
    or (new.email is distinct from old.email and old.safe_contact = 'NEUTRAL_TEXT') then
    new.safe_contact := 'NONE';
  end if;
  return new;
end $$;

create or replace function set_confirm_nothing(p_person uuid, p_confirm_nothing boolean) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person))
    and not (p_confirm_nothing and coalesce(viewer_person() = p_person, false)) then return false; end if;
  if not p_confirm_nothing and exists (select from person p where p.id = p_person and p.confirm_nothing
    and not takes_back(p.id, p.confirm_nothing_case_id)) then return false; end if;
  update person set confirm_nothing = p_confirm_nothing, version = version + 1,
      confirm_nothing_case_id = case when p_confirm_nothing then case_that_speaks(p_person) end
    where id = p_person and confirm_nothing <> p_confirm_nothing;
  return true;
end $$;
grant update (confirm_nothing_case_id, contact_suspended_case_id) on person to cosmos_keeper;

-- ---- Everyone else who follows a person is told ------------------------------------------------------------------------
create function tell_who_follows(p_person uuid, p_kind "NotificationKind", p_but_case uuid, p_but_worker uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id)
  select cp.assigned_worker_id, p_kind, cp.case_id from case_person cp
  where cp.person_id = p_person and cp.case_id is distinct from p_but_case and cp.assigned_worker_id is not null
    and cp.assigned_worker_id is distinct from viewer_worker() and cp.assigned_worker_id is distinct from p_but_worker;
end $$;

-- At COMMIT: the desk, which writes a number, does not see how many follow the person. A suspension is told by itself; what the county's
-- own tools change is told to nobody.
create function notify_contact_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if coalesce(viewer_worker(), viewer_person()) is not null then
    perform tell_who_follows(new.id, 'CONTACT_CHANGED', null, null);
  end if;
  return null;
end $$;
create constraint trigger notify_contact_changed after update of phone, email, safe_contact, confirm_nothing on person
  deferrable initially deferred for each row when ((new.phone, new.email, new.confirm_nothing)
    is distinct from (old.phone, old.email, old.confirm_nothing)
    or (new.safe_contact <> old.safe_contact and (new.contact_suspended_at is null or old.contact_suspended_at is not null)))
  execute function notify_contact_changed();

-- A colleague follows the person from now on, by another case.
create function notify_followed_by_another() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.assigned_worker_id is null or viewer_worker() is null then return null; end if;
  if tg_op = 'UPDATE' then
    if new.assigned_worker_id is not distinct from old.assigned_worker_id then return null; end if;
  end if;
  perform tell_who_follows(new.person_id, 'CONTACT_OPENED', new.case_id, new.assigned_worker_id);
  return null;
end $$;
create constraint trigger notify_followed_by_another after insert or update on case_person
  deferrable initially deferred for each row execute function notify_followed_by_another();

-- ---- The address that a desk writes -------------------------------------------------------------------------------------
-- Letters go to the open address of a person whom a case is about once who follows the person has written it. A desk that wrote one and
-- looked whether a letter goes there learned whether another address is confidential.
create function address_for_letters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' or (new.line, new.postal_code, new.city) is distinct from (old.line, old.postal_code, old.city)
      or follows_person(new.person_id) then
    new.for_letters := viewer_worker() is null or follows_person(new.person_id)
      or not exists (select from case_person cp where cp.person_id = new.person_id);
  end if;
  return new;
end $$;
create trigger address_for_letters before insert or update of line, postal_code, city on person_address
  for each row execute function address_for_letters();

create or replace function letter_address(p_person uuid) returns table (line text, postal_code text, city text, safe boolean)
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

create or replace function address_shelters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_persons uuid[] := array[coalesce(new.person_id, old.person_id)];
begin
  perform hold_each('case', array(select c from unnest(array[case when tg_op <> 'INSERT' then old.case_id end,
    case when tg_op <> 'DELETE' then new.case_id end]) c where c is not null));
  if tg_op <> 'INSERT' and old.confidential then v_persons := v_persons || persons_sheltered_with(old.person_id, old.case_id); end if;
  if tg_op <> 'DELETE' and new.confidential then v_persons := v_persons || persons_sheltered_with(new.person_id, new.case_id); end if;
  perform hold_each('person', v_persons);
  if tg_op <> 'INSERT' and old.confidential then
    perform keep_sheltered(persons_sheltered_with(old.person_id, old.case_id), null);
  end if;
  if tg_op <> 'DELETE' and new.confidential then
    perform keep_sheltered(persons_sheltered_with(new.person_id, new.case_id), null);
  end if;
  return null;
end $$;

-- At COMMIT, like the rest. An open address that is written is told to everyone who follows the person: letters go there once they
-- have written it. So is one that a case has taken away, or made its own. Of a confidential one, nobody is told.
create function notify_open_address() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'DELETE' and not new.confidential then
    perform tell_who_follows(new.person_id, 'OPEN_ADDRESS_WRITTEN', null, null);
    insert into notification (worker_id, kind, case_id)
    select c.assigned_worker_id, 'OPEN_ADDRESS_WRITTEN'::"NotificationKind", c.id
    from sheltering_cases(new.person_id) s join "case" c on c.id = s.case_id
    where c.assigned_worker_id is not null and c.assigned_worker_id is distinct from viewer_worker()
      and not exists (select from case_person cp where cp.case_id = c.id and cp.person_id = new.person_id);
  elsif tg_op <> 'INSERT' and not old.confidential and viewer_worker() is not null
      and not exists (select from person_address a where a.person_id = old.person_id and not a.confidential) then
    perform tell_who_follows(old.person_id, 'CONTACT_CHANGED', case when tg_op = 'UPDATE' then new.case_id end, null);
  end if;
  return null;
end $$;
create constraint trigger notify_open_address after insert or delete or update of confidential, line on person_address
  deferrable initially deferred for each row execute function notify_open_address();

-- ---- The place that someone typed ---------------------------------------------------------------------------------------
-- Who wrote the place of an appointment reads it, withheld or not: null afterwards, it told who has a confidential address. Whoever wrote
-- it as a reader of the address reads it as long as they are one.
create function place_is_by() returns trigger language plpgsql as $$
begin
  if current_user = 'cosmos_app' and new.place is not null then new.place_by_id := viewer_worker(); end if;
  return new;
end $$;
create trigger place_is_by before insert or update of place on appointment for each row execute function place_is_by();
grant update (place_by_id) on appointment to cosmos_keeper;

drop policy withheld_place_read on withheld_place;
create policy withheld_place_read on withheld_place for select to cosmos_app using (
  reader_keys && (select viewer_followings())
  or typed_by_id = (select viewer_worker())
  or (select viewer_person()) = any (person_ids)
  or ((select viewer_worker()) = any (worker_ids) and home_day = (now() at time zone 'Europe/Paris')::date));

-- Whether the place of an appointment is that of a worker's hours then: the service's own.
create function place_is_of_hours(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select exists (select from appointment a
    join availability_occurrence o on o.worker_id = any (a.worker_ids) and o.district_id = a.district_id
      and o.starts_at <= a.starts_at and o.starts_at > a.starts_at - interval '12 hours' and o.ends_at >= a.ends_at
    join availability v on v.id = o.availability_id and v.place = a.place
    where a.id = p_appointment);
end;

-- Whether somebody typed the place of an appointment, withheld or not, alike. No meeting of many has one.
create function place_is_typed(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from withheld_place w where w.appointment_id = p_appointment)
    or exists (select from appointment a where a.id = p_appointment and a.place is not null and a.places is null
      and not place_is_of_hours(a.id));

-- An appointment without a place, of which none was withheld, has nothing to withhold or to put back: it is left at once. Else those who
-- come are held before it is asked whether an address of theirs is confidential: a mark that is being set is waited for.
create or replace function keep_place_withheld(p_appointment uuid) returns void
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

-- With the new column of an appointment.
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

do $$
declare f regprocedure;
begin
  foreach f in array array['case_that_speaks(uuid)', 'takes_back(uuid,uuid)', 'ends_suspension(uuid)', 'notify_contact_changed()',
    'tell_who_follows(uuid,"NotificationKind",uuid,uuid)', 'notify_followed_by_another()', 'address_for_letters()',
    'notify_open_address()', 'place_is_of_hours(uuid)',
    'place_is_typed(uuid)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function ends_suspension(uuid), takes_back(uuid,uuid), place_is_typed(uuid) to cosmos_app;
