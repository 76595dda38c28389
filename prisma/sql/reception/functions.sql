-- At the desk nobody can reach a person with "confirm nothing". A worker who must reach the worker who follows such a person sends a blind
-- message: the database finds its receivers.

-- Whether the person stands at the desk of this district: a visit of today (Europe/Paris) that is not closed, and no call. A person with a
-- sensitive file, or with "confirm nothing", never does: the desk does not read them. Only functions of cosmos_keeper may call it.
create function stands_at_desk(p_person uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from visit v join person p on p.id = v.person_id and not p.sensitive_file and not p.confirm_nothing
    where v.person_id = p_person and v.district_id = p_district and v.kind = 'WALK_IN' and v.closed_at is null
      and v.day = (now() at time zone 'Europe/Paris')::date);
alter function stands_at_desk owner to cosmos_keeper;

-- Returns the appointments of a person who stands at the viewer's desk: the visit is of today (Europe/Paris) and not closed. Those to come
-- are booked ones. Past ones go back three months, without worker, outcome or type of appointment. A person with a sensitive file, or with
-- "confirm nothing", has none, like a visit without a name. cosmos_app may call it.
create function times_of_present(p_visit uuid, p_past boolean)
  returns table (starts_at timestamptz, ends_at timestamptz, mode "AppointmentMode", place text, public_label_fr text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.starts_at, a.ends_at, a.mode, case when not p_past and not place_is_typed(a.id) then a.place end, t.public_label_fr
  from visit v
  join person p on p.id = v.person_id and not p.sensitive_file and not p.confirm_nothing
  join appointment_person ap on ap.person_id = p.id and ap.district_id = v.district_id
  join appointment a on a.id = ap.appointment_id
  join appointment_type t on t.code = a.type_code
  where v.id = p_visit and v.kind = 'WALK_IN' and v.closed_at is null and v.day = (now() at time zone 'Europe/Paris')::date
    and v.district_id = any (viewer_districts('receptionist'))
    and case when p_past then a.ends_at <= now() and a.starts_at > now() - interval '3 months'
      else a.ends_at > now() and a.status = 'BOOKED' end
  order by case when p_past then a.starts_at end desc, a.starts_at, a.id limit 100;
end;
alter function times_of_present owner to cosmos_keeper;
grant execute on function times_of_present to cosmos_app;

-- Sends the booked times of a person again, by the person's safe contact: the caller on the telephone learns nothing. A time is not sent
-- twice within an hour. Returns the person, for the log. It sends nothing and returns null if no person matches, if several match, or for a
-- person with a sensitive file or with "confirm nothing". cosmos_app may call it.
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
    -- Another transaction has just written a notice of this appointment, which tells the person.
    exception when unique_violation then null;
    end;
  end loop;
  return v_person;
end $$;
alter function send_times_again owner to cosmos_keeper;
grant execute on function send_times_again to cosmos_app;

-- Whether the desk has sent the person to the viewer today (Europe/Paris), and the person has not left. A call counts only with p_by_call.
-- Only functions of cosmos_keeper may call it.
create function sent_to_viewer(p_person uuid, p_district uuid, p_by_call boolean) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from visit v join person_known k on k.source_id = v.id where v.person_id = p_person
    and (v.kind = 'WALK_IN' or p_by_call)
    and v.worker_id = viewer_worker() and v.district_id = coalesce(p_district, v.district_id)
    and v.district_id = any (viewer_districts('social_worker')) and k.worker_id = viewer_worker() and k.contact
    and v.closed_at is null and v.day = (now() at time zone 'Europe/Paris')::date);
alter function sent_to_viewer owner to cosmos_keeper;

-- Whether the viewer may send a blind message: a technical adviser, for the child-protection cell; or a social worker, if somebody has come
-- or called for them today (Europe/Paris). cosmos_app may call it.
create function may_send_blind_message() returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_has_scope('appointments:write') and (viewer_has_role('TECHNICAL_ADVISER')
    or exists (select from visit v where v.worker_id = viewer_worker() and v.district_id = any (viewer_districts('social_worker'))
      and v.day = (now() at time zone 'Europe/Paris')::date));
alter function may_send_blind_message owner to cosmos_keeper;
grant execute on function may_send_blind_message to cosmos_app;

-- Writes a message to each worker who follows a person of this full name and one thing said, anywhere in the county, and to their stand-ins;
-- for at most five persons. It does not look at the district, a sensitive file or "confirm nothing": the sender always gets the same answer,
-- and no contact opens. The text comes sealed under its id, and is kept only if somebody gets it. Returns the persons, for the log. cosmos_app
-- may call it.
create function send_blind_message(p_name text, p_birth_year integer, p_reference text, p_phone text,
    p_text_id uuid, p_body bytea, p_master_key_id text, p_wrapped bytea) returns setof uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_persons uuid[];
begin
  if may_send_blind_message() is not true then raise 'not theirs to send' using errcode = 'insufficient_privilege'; end if;
  v_persons := array(select p.id from persons_said(p_name, p_birth_year, p_reference, p_phone) n join person p on p.id = n
    where not has_nobody(p.id) order by p.reference limit 5);
  with reached as (
    select distinct on (r.worker_id, cp.person_id) r.worker_id, cp.person_id, cp.district_id, cp.case_id from case_person cp
    cross join lateral (
      select cp.assigned_worker_id as worker_id
      union select rl.stand_in_id from relay rl where rl.absent_worker_id = cp.assigned_worker_id
        and rl.district_id = cp.district_id and rl.starts_at <= now() and rl.ends_at > now() and rl.pending_until is null) r
    join membership m on m.worker_id = r.worker_id and m.district_id = cp.district_id and m.role = 'SOCIAL_WORKER'
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
    where cp.person_id = any (v_persons) and cp.assigned_worker_id is not null
    order by r.worker_id, cp.person_id, cp.case_id),
  kept as (
    insert into message_text (id, body, master_key_id, wrapped)
    select p_text_id, p_body, p_master_key_id, p_wrapped where exists (select from reached)),
  sent as (
    insert into message (district_id, worker_id, person_id, text_id, from_worker_id)
    select district_id, worker_id, person_id, p_text_id, viewer_worker() from reached)
  insert into notification (worker_id, kind, case_id) select worker_id, 'BLIND_MESSAGE'::"NotificationKind", case_id from reached;
  return query select unnest(v_persons);
end $$;
alter function send_blind_message owner to cosmos_keeper;
grant execute on function send_blind_message to cosmos_app;
