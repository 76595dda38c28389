-- Where a week at the desk and on duty came to no end: what could not be said, told or taken down there.

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'CONTACT_CHANGED';

-- ---- On duty ----------------------------------------------------------------------------------------------------------
-- The viewer receives someone today: they came or called, and have not gone, whoever said that it is for the viewer.
create function receives_today(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from visit v where v.person_id = p_person and v.worker_id = viewer_worker()
    and v.district_id = any (viewer_districts('social_worker'))
    and v.closed_at is null and v.day = (now() at time zone 'Europe/Paris')::date);

-- That a notice was given is stated by who reads the person, and by who receives them. It opens nothing.
drop policy notice_receipt_state on notice_receipt;
create policy notice_receipt_state on notice_receipt for insert to cosmos_app
  with check (stated_by_id = (select viewer_worker())
    and (exists (select from person p where p.id = person_id) or receives_today(person_id)));

-- The number and the mail address that someone says with the channel: from who may say the channel. Whether it was written: not of
-- another version.
create function note_contact(p_person uuid, p_version integer, p_phone text, p_email text, p_present_and_alone boolean) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if may_say_safe_contact(p_person, p_present_and_alone) is not true then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  update person set phone = p_phone, email = p_email where id = p_person and version = p_version;
  return found;
end $$;
grant update (phone, email) on person to cosmos_keeper;

-- As it was; and who follows the person is told of what was said on duty.
create or replace function say_safe_contact(p_person uuid, p_version integer, p_contact "SafeContact", p_present_and_alone boolean) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if may_say_safe_contact(p_person, p_present_and_alone) is not true then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  update person set safe_contact = p_contact, version = version + 1,
    contact_suspended_at = case when p_contact = 'NONE' then contact_suspended_at end
    where id = p_person and version = p_version;
  if not found then return false; end if;
  insert into notification (worker_id, kind, case_id)
  select cp.assigned_worker_id, 'CONTACT_CHANGED'::"NotificationKind", cp.case_id from case_person cp
  where cp.person_id = p_person and cp.assigned_worker_id is not null and cp.assigned_worker_id is distinct from viewer_worker();
  return true;
end $$;

-- ---- "When is my appointment?" ----------------------------------------------------------------------------------------
-- At the counter, of who is there: the visit of today is at the viewer's desk, and they have not gone. What is ahead is booked; what is
-- past of twelve months says neither with whom nor what became of it, and so names no appointment. Of a sensitive file, and of whom
-- nothing is confirmed, none: as of who came under no name.
create function times_of_present(p_visit uuid, p_past boolean)
  returns table (starts_at timestamptz, ends_at timestamptz, mode "AppointmentMode", place text, public_label_fr text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.starts_at, a.ends_at, a.mode, case when not p_past then a.place end, t.public_label_fr
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

-- By telephone nobody is told: what is ahead goes again to who is meant, by their safe contact. Who was meant, for the log; null for
-- nobody, for two of the same name, and for whom nothing is confirmed of. Within an hour nothing goes twice.
create function send_times_again(p_district uuid, p_name text, p_birth_year integer, p_reference text, p_phone text) returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_person uuid;
  v_time record;
begin
  if not p_district = any (viewer_districts('receptionist')) then return null; end if;
  select (array_agg(p.id))[1] into v_person from look_up_person(p_name, p_birth_year, p_reference, p_phone) l
    join person p on p.id = l.id and p.district_id = p_district and not p.sensitive_file and not p.confirm_nothing
    having count(*) = 1;
  for v_time in
    select ap.appointment_id, ap.district_id, a.starts_at from appointment_person ap
    join appointment a on a.id = ap.appointment_id and a.status = 'BOOKED' and a.starts_at > now()
    join person p on p.id = ap.person_id and p.safe_contact <> 'NONE'
    where ap.person_id = v_person and not exists (select from appointment_notice n
      where n.appointment_id = ap.appointment_id and n.person_id = ap.person_id
        and (n.done_at is null or n.done_at > now() - interval '1 hour'))
    order by a.starts_at limit 20
  loop
    begin
      insert into appointment_notice as n (appointment_id, person_id, district_id, kind, previous_starts_at, reminds_of)
        values (v_time.appointment_id, v_person, v_time.district_id, 'REMINDER',
          known_starts_at(v_time.appointment_id, v_person, v_time.starts_at), v_time.starts_at)
        on conflict (appointment_id, person_id, reminds_of) do update
          set kind = 'REMINDER', done_at = null, outcome = null, created_at = now(), version = n.version + 1;
    -- Another notice of it has just been written: that one tells them.
    exception when unique_violation then null;
    end;
  end loop;
  return v_person;
end $$;
grant insert (appointment_id, person_id, district_id, kind, previous_starts_at), update (kind, created_at) on appointment_notice to cosmos_keeper;

do $$
declare f regprocedure;
begin
  foreach f in array array['receives_today(uuid)', 'note_contact(uuid,integer,text,text,boolean)',
    'times_of_present(uuid,boolean)', 'send_times_again(uuid,text,integer,text,text)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function receives_today(uuid), note_contact(uuid,integer,text,text,boolean), times_of_present(uuid,boolean),
  send_times_again(uuid,text,integer,text,text) to cosmos_app;
