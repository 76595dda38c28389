-- “He has my phone”: a suspension closed every channel, and left the login open on that phone, with her address and her next appointment.
-- While contact is suspended, a login of the person is nobody's: every rule that asks for the person of a row answers no. `viewer_self()`
-- is the person all the same, for the name and for what only tightens.

create function viewer_self() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return viewer_setting('self')::uuid; end $$;

create or replace function login(p_issuer text, p_subject text, p_client text, p_scopes text[]) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_client client%rowtype;
  v_worker worker%rowtype;
  v_self uuid;
  v_person uuid;
  v_memberships jsonb := '[]';
  v_relays jsonb := '[]';
  v_role text;
begin
  select * into v_client from client where issuer = p_issuer and client_id = p_client;
  if not found then return '{"refused": "client-unknown"}'; end if;
  if v_client.disabled_at is not null then return '{"refused": "client-disabled"}'; end if;
  if not p_scopes <@ v_client.scopes then return '{"refused": "scope-not-granted"}'; end if;

  if v_client.kind = 'FRONT_END' then
    select * into v_worker from worker where issuer = p_issuer and subject = p_subject;
    if not found then
      select a.person_id, case when p.contact_suspended_at is null then a.person_id end into v_self, v_person
        from person_account a join person p on p.id = a.person_id where a.issuer = p_issuer and a.subject = p_subject;
      if not found then return '{"refused": "subject-unknown"}'; end if;
    elsif v_worker.disabled_at is not null then
      return '{"refused": "worker-disabled"}';
    end if;
  elsif p_subject <> p_client then
    return '{"refused": "subject-unknown"}';
  end if;

  if v_worker.id is not null then
    select coalesce(jsonb_agg(jsonb_build_object('role', role, 'districtId', district_id) order by role, district_id), '[]')
      into v_memberships from membership
      where worker_id = v_worker.id and starts_at <= now() and (ends_at is null or ends_at > now());
    select coalesce(jsonb_agg(jsonb_build_object('absentWorkerId', absent_worker_id, 'districtId', district_id)), '[]')
      into v_relays from relay r
      where stand_in_id = v_worker.id and starts_at <= now() and ends_at > now()
        and v_memberships @> jsonb_build_array(jsonb_build_object('role', 'SOCIAL_WORKER', 'districtId', r.district_id));
  end if;

  perform set_config('cosmos.worker', coalesce(v_worker.id::text, ''), true);
  perform set_config('cosmos.person', coalesce(v_person::text, ''), true);
  perform set_config('cosmos.self', coalesce(v_self::text, ''), true);
  perform set_config('cosmos.actor', case
    when v_worker.id is not null then 'worker:' || v_worker.id
    when v_self is not null then 'person:' || v_self
    else 'client:' || v_client.id end, true);
  perform set_config('cosmos.scopes', p_scopes::text, true);
  perform set_config('cosmos.client_reads_directory', case
    when v_client.kind = 'INTEGRATION' and 'directory:read' = any (p_scopes) then 'yes' else '' end, true);
  perform set_config('cosmos.county_roles', (select coalesce(array_agg(m ->> 'role'), '{}')::text
    from jsonb_array_elements(v_memberships) m
    where m ->> 'districtId' is null or m ->> 'role' = 'TECHNICAL_ADVISER'), true);
  foreach v_role in array array['RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD'] loop
    perform set_config('cosmos.districts_' || lower(v_role), (select coalesce(array_agg(m ->> 'districtId'), '{}')::text
      from jsonb_array_elements(v_memberships) m where m ->> 'role' = v_role), true);
  end loop;
  perform set_config('cosmos.districts_any', (select coalesce(array_agg(distinct m ->> 'districtId'), '{}')::text
    from jsonb_array_elements(v_memberships) m
    where m ->> 'role' in ('RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD')), true);
  perform set_config('cosmos.relays', (select coalesce(array_agg((r ->> 'absentWorkerId') || ':' || (r ->> 'districtId')), '{}')::text
    from jsonb_array_elements(v_relays) r), true);

  return jsonb_build_object(
    'clientId', v_client.id, 'clientKind', v_client.kind, 'workerId', v_worker.id, 'personId', v_person, 'selfId', v_self,
    'memberships', v_memberships, 'relays', v_relays);
end $$;

create or replace function notify_contact_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if coalesce(viewer_worker(), viewer_self()) is not null then
    perform tell_who_follows(new.id, 'CONTACT_CHANGED', null, null);
  end if;
  return null;
end $$;

-- Names of whom a worker meets, of whom the desk expects by a colleague's own making, and one's own, and no more: a row holds the rest.
create or replace function names_of_met(p_ids uuid[])
  returns table (id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, p.given_name, p.family_name, p.chosen_name from person p where p.id = any (p_ids) and (p.id = viewer_self()
    or exists (select from person_known k where k.person_id = p.id and k.worker_id = viewer_worker() and k.known_until > now()
      and k.district_id = any (viewer_districts('any')))
    or exists (select from case_person cp where cp.person_id = p.id and cp.opener_id = viewer_worker()
      and cp.district_id = any (viewer_districts('social_worker')))
    or exists (select from appointment_person ap where ap.person_id = p.id and ap.known_until > now() and (
      (viewer_worker() = any (ap.worker_ids) and ap.district_id = any (viewer_districts('any')))
      or (not p.sensitive_file and not p.confirm_nothing and not ap.contact_said
        and ap.district_id = any (viewer_districts('receptionist'))))));
end;
