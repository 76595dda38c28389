set local lock_timeout = '5s';
set local check_function_bodies = off;
create or replace function address_on_duty(p_person uuid, p_ground text)
  returns table (person_id uuid, case_id uuid, district_id uuid, line text, postal_code text, city text, version integer)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  return query with opened as (
    select a.person_id, a.case_id, a.district_id, a.line, a.postal_code, a.city, a.version,
      coalesce(a.assigned_worker_id, a.said_by_id) as told_id from person_address a
    where a.person_id = p_person and a.confidential and a.case_id is not null and viewer_has_scope('persons:read') and (
      (a.assigned_worker_id is null and sent_to_viewer(a.person_id, a.district_id, p_ground = 'DANGER'))
      or ((a.assigned_worker_id || ':' || a.district_id) = any (viewer_relays()) and may_open_address(a.case_id, p_ground)))
    order by a.recorded_at, a.case_id limit 1),
  told as (insert into notification (worker_id, kind, case_id)
    select o.told_id, 'ADDRESS_READ'::"NotificationKind", o.case_id from opened o where o.told_id is distinct from viewer_worker() and o.told_id is not null)
  select o.person_id, o.case_id, o.district_id, o.line, o.postal_code, o.city, o.version from opened o;
end $$;
revoke all on function address_on_duty(uuid,text) from public, cosmos_app, cosmos_jobs;
create or replace function held_after_call(p_noted_at timestamptz, p_starts_at timestamptz) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return date_trunc('milliseconds', least(in_working_time(p_noted_at, interval '2 hours'), p_starts_at));
  end $$;
revoke all on function held_after_call(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function note_telephone_cancellation(p_district uuid, p_day date, p_name text, p_birth_year integer, p_reference text, p_phone text,
    p_secret_hash bytea, p_wants_another boolean, p_duty_worker uuid) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_person person%rowtype;
  v_appointment appointment%rowtype;
  v_id uuid;
  v_until timestamptz;
  v_there boolean;
  v_duty uuid;
begin
  if not p_district = any (viewer_districts('receptionist')) then return null; end if;
  select (array_agg(s.appointment_id))[1], (array_agg(s.person_id))[1] into v_appointment.id, v_person.id from (
    select ap.appointment_id, ap.person_id from persons_said(p_name, p_birth_year, p_reference, p_phone) n
      join appointment_person ap on ap.person_id = n
    union select * from appointments_said(p_name, p_reference, p_secret_hash)) s
    join appointment a on a.id = s.appointment_id and a.district_id = p_district and a.status = 'BOOKED' and a.places is null
      and a.starts_at > now() and day_in_paris(a.starts_at) = p_day
    having count(*) = 1;
  select a.* into v_appointment from appointment a
    where a.id = v_appointment.id and a.status = 'BOOKED' and a.starts_at > now() for no key update;
  if not found then return null; end if;
  select p.* into v_person from person p where p.id = v_person.id;
  v_until := held_after_call(now(), v_appointment.starts_at);
  v_there := exists (select from receivers_of(v_appointment) r where not is_away(r.worker_id, v_until));
  if not v_there and silence_may_free(v_appointment.id) then v_duty := p_duty_worker; end if;
  insert into telephone_cancellation (appointment_id, person_id, district_id, wants_another, duty_worker_id, held_until)
    values (v_appointment.id, v_person.id, p_district, p_wants_another, v_duty,
      case when (v_there or v_duty is not null) and silence_may_free(v_appointment.id) then v_until end)
    on conflict (appointment_id) do nothing returning id into v_id;
  if v_id is null then
    update telephone_cancellation set wants_another = true where appointment_id = v_appointment.id and p_wants_another and not wants_another;
  else
    perform tell_of_appointment(v_appointment, 'CALLED_OFF_BY_TELEPHONE');
    insert into notification (worker_id, kind) select v_duty, 'CALLED_OFF_BY_TELEPHONE' where v_duty is not null;
  end if;
  return jsonb_build_object('personId', v_person.id, 'caseId', v_appointment.case_id);
end $$;
revoke all on function note_telephone_cancellation(uuid,date,text,int4,text,text,bytea,bool,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function times_called_off()
  returns table (id uuid, district_id uuid, worker_id uuid, public_label_fr text, starts_at timestamptz, held_until timestamptz, display_name text,
    wants_another boolean)
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    -- To a worker who does not follow the case, the end of the time tells neither a number, nor an address, nor that anything is hidden.
    return query select a.id, a.district_id, viewer_worker(), y.public_label_fr, a.starts_at,
        case when follows_person(t.person_id) then t.held_until
          else held_after_call(t.noted_at, a.starts_at) end,
        coalesce(p.chosen_name, nullif(concat_ws(' ', p.given_name, p.family_name), '')), t.wants_another
      from telephone_cancellation t join appointment a on a.id = t.appointment_id and a.status = 'BOOKED'
      join appointment_type y on y.code = a.type_code join person p on p.id = t.person_id
      where t.district_id = any (viewer_districts('any')) and decides_on(t, a)
      order by t.held_until, a.starts_at, a.id limit 100;
  end $$;
revoke all on function times_called_off() from public, cosmos_app, cosmos_jobs;
alter function address_on_duty owner to cosmos_keeper;
grant execute on function address_on_duty to cosmos_app;
alter function held_after_call owner to cosmos_keeper;
alter function note_telephone_cancellation owner to cosmos_keeper;
grant execute on function note_telephone_cancellation to cosmos_app;
alter function times_called_off owner to cosmos_keeper;
grant execute on function times_called_off to cosmos_app;
