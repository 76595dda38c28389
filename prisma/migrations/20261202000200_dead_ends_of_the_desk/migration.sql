-- What people could not do at the desk and on duty: state a notice, take down a number, answer "when is my appointment?".

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'CONTACT_CHANGED';

-- ---- On duty ----------------------------------------------------------------------------------------------------------
-- Whether the viewer receives the person today: the person has a visit of today with the viewer, and has not gone. The visit may have been
-- recorded by the viewer.
create function receives_today(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from visit v where v.person_id = p_person and v.worker_id = viewer_worker()
    and v.district_id = any (viewer_districts('social_worker'))
    and v.closed_at is null and v.day = (now() at time zone 'Europe/Paris')::date);

-- A viewer who reads the person, and the worker who receives the person today, may state that a notice was given. It opens nothing.
drop policy notice_receipt_state on notice_receipt;
create policy notice_receipt_state on notice_receipt for insert to cosmos_app
  with check (stated_by_id = (select viewer_worker())
    and (exists (select from person p where p.id = person_id) or receives_today(person_id)));

-- Says by what a person is reached: the worker who follows the person, or the worker on duty who states that the person is present and
-- alone. `p_said` holds the number and the mail address that the person says; what it does not hold is unchanged, also where the viewer
-- does not read it. The worker who follows the person is told. Answers whether the row had the version.
drop function say_safe_contact(uuid, integer, "SafeContact", boolean);
create function say_safe_contact(p_person uuid, p_version integer, p_contact "SafeContact", p_present_and_alone boolean,
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
  if not found then return false; end if;
  insert into notification (worker_id, kind, case_id)
  select cp.assigned_worker_id, 'CONTACT_CHANGED'::"NotificationKind", cp.case_id from case_person cp
  where cp.person_id = p_person and cp.assigned_worker_id is not null and cp.assigned_worker_id is distinct from viewer_worker();
  return true;
end $$;
grant update (phone, email) on person to cosmos_keeper;

-- ---- "When is my appointment?" ----------------------------------------------------------------------------------------
-- The times of the person who stands at the counter: the visit is of today, at the viewer's desk, and not closed. Ahead: what is booked.
-- Past: twelve months, with no worker, no outcome and no appointment. A person with a sensitive file, or with "confirm nothing", has none:
-- the answer is that of a visit without a name.
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

-- Sends the booked times of a person again, by the person's safe contact: the caller on the telephone is told nothing. Nothing goes twice
-- within an hour. Answers the person, for the log. Answers null, and sends nothing, where nobody is found, where two persons match, and
-- for a person with a sensitive file or with "confirm nothing".
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
  foreach f in array array['receives_today(uuid)', 'say_safe_contact(uuid,integer,"SafeContact",boolean,jsonb)',
    'times_of_present(uuid,boolean)', 'send_times_again(uuid,text,integer,text,text)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function receives_today(uuid), say_safe_contact(uuid,integer,"SafeContact",boolean,jsonb), times_of_present(uuid,boolean),
  send_times_again(uuid,text,integer,text,text) to cosmos_app;
