-- A telephone call that the desk records let the duty worker loosen the safe contact of whoever the voice said to be, and read an unassigned
-- confidential address. And "confirm nothing" of someone without an assigned worker was lifted by nobody.

-- ---- On duty ----------------------------------------------------------------------------------------------------------
-- Whether the desk of the district has sent the person to the viewer today, and they have not gone; by a call only where that is asked.
create function sent_to_viewer(p_person uuid, p_district uuid, p_by_call boolean) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from visit v join person_known k on k.source_id = v.id where v.person_id = p_person
    and (v.kind = 'WALK_IN' or p_by_call)
    and v.worker_id = viewer_worker() and v.district_id = coalesce(p_district, v.district_id)
    and v.district_id = any (viewer_districts('social_worker')) and k.worker_id = viewer_worker() and k.contact
    and v.closed_at is null and v.day = (now() at time zone 'Europe/Paris')::date);

-- The viewer is on duty for someone who is there: a call is no presence.
create or replace function is_on_duty_for(p_person uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return sent_to_viewer(p_person, p_district, false);

-- The confidential addresses of someone whom the desk has sent to the viewer today, of cases that nobody has. By a call only where there is
-- danger: help has to find an address, and any other ground waits until the person is there. The ground is logged, by the service.
drop function address_on_duty(uuid);
create function address_on_duty(p_person uuid, p_ground text)
  returns table (person_id uuid, case_id uuid, district_id uuid, line text, postal_code text, city text, version integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.person_id, a.case_id, a.district_id, a.line, a.postal_code, a.city, a.version from person_address a
  where a.person_id = p_person and a.confidential and a.case_id is not null and a.assigned_worker_id is null
    and viewer_has_scope('persons:read') and sent_to_viewer(a.person_id, a.district_id, p_ground = 'DANGER')
  order by a.recorded_at desc limit 1;
end;

-- ---- Confirm nothing --------------------------------------------------------------------------------------------------------
-- Whether nobody is assigned to any case of the person: a worker whose membership has ended follows nobody.
create function has_nobody(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from case_person cp
    join membership m on m.worker_id = cp.assigned_worker_id and m.district_id = cp.district_id and m.role = 'SOCIAL_WORKER'
    where cp.person_id = p_person and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));

-- Who follows someone says so, and takes it back; they themselves say so online, and whoever has their phone does not take it back. Where
-- nobody is assigned, the duty worker takes it back, to whom the desk has sent them today. Of whom it does not hold, the duty worker is
-- answered as one who may not.
create or replace function set_confirm_nothing(p_person uuid, p_confirm_nothing boolean) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person))
    and not (p_confirm_nothing and coalesce(viewer_self() = p_person, false))
    and not (not p_confirm_nothing and viewer_has_scope('persons:write') and is_on_duty_for(p_person, null) and has_nobody(p_person)
      and exists (select from person p where p.id = p_person and p.confirm_nothing)) then return false; end if;
  if not p_confirm_nothing and not has_nobody(p_person) and exists (select from person p where p.id = p_person and p.confirm_nothing
    and not takes_back(p.id, p.confirm_nothing_case_id)) then return false; end if;
  update person set confirm_nothing = p_confirm_nothing, version = version + 1,
      confirm_nothing_case_id = case when p_confirm_nothing then case_that_speaks(p_person) end
    where id = p_person and confirm_nothing <> p_confirm_nothing;
  return true;
end $$;

do $$
declare f regprocedure;
begin
  foreach f in array array['sent_to_viewer(uuid,uuid,boolean)', 'address_on_duty(uuid,text)', 'has_nobody(uuid)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function address_on_duty(uuid,text) to cosmos_app;
