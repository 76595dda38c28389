-- Who asks: the viewer of a transaction. Policies compare columns of the row itself with these settings.

-- Who is asking. login() sets these settings for the transaction. Outside one they are empty, and empty means no rows.
-- PL/pgSQL, since the planner inlines SQL: a policy names them thirty times in a statement, and planning took three times as long.
create function viewer_setting(name text) returns text
  language plpgsql stable parallel safe
  as $$ begin return nullif(current_setting('cosmos.' || name, true), ''); end $$;
grant execute on function viewer_setting to public;

create function viewer_worker() returns uuid
  language plpgsql stable parallel safe as $$ begin return viewer_setting('worker')::uuid; end $$;
grant execute on function viewer_worker to public;

create function viewer_person() returns uuid
  language plpgsql stable parallel safe as $$ begin return viewer_setting('person')::uuid; end $$;
grant execute on function viewer_person to public;

-- The key under which a viewer's idempotency keys are kept.
create function viewer_actor() returns text
  language plpgsql stable parallel safe as $$ begin return viewer_setting('actor'); end $$;
grant execute on function viewer_actor to public;

-- Lower-case role names: receptionist, social_worker, district_head; or any.
create function viewer_districts(role text) returns uuid[]
  language plpgsql stable parallel safe
  as $$ begin return coalesce(viewer_setting('districts_' || role)::uuid[], '{}'); end $$;
grant execute on function viewer_districts to public;

-- 'absent worker:district' of each relay in force in which the viewer stands in.
create function viewer_relays() returns text[]
  language plpgsql stable parallel safe
  as $$ begin return coalesce(viewer_setting('relays')::text[], '{}'); end $$;
grant execute on function viewer_relays to public;

create function viewer_has_role(role text) returns boolean
  language plpgsql stable parallel safe
  as $$ begin return coalesce(role = any (viewer_setting('county_roles')::text[]), false); end $$;
grant execute on function viewer_has_role to public;

create function viewer_has_scope(scope text) returns boolean
  language plpgsql stable parallel safe
  as $$ begin return coalesce(scope = any (viewer_setting('scopes')::text[]), false); end $$;
grant execute on function viewer_has_scope to public;

-- The one who may read notes in this request: the worker, if the token carries the scope for it.
create function viewer_note_reader() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return case when viewer_has_scope('notes:read') then viewer_worker() end; end $$;
grant execute on function viewer_note_reader to public;

-- Who a verified token stands for, now: a disabled worker or client, an ended membership, a withdrawn scope count
-- from the next request. Sets the viewer of this transaction, and returns it; {"refused": why} sets nothing.
create function login(p_issuer text, p_subject text, p_client text, p_scopes text[], p_token_digest text) returns jsonb
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
  perform set_config('cosmos.token_digest', p_token_digest, true);
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

  perform set_config('cosmos.client', v_client.id::text, true);
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
alter function login owner to cosmos_keeper;
grant execute on function login to cosmos_app;

create function viewer_client() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return case when viewer_actor() like 'client:%' then substr(viewer_actor(), 8)::uuid end; end $$;
grant execute on function viewer_client to public;

create function day_in_paris(p_at timestamptz) returns date
  language sql immutable
  return (p_at at time zone 'Europe/Paris')::date;
grant execute on function day_in_paris to public;

-- A booking and an address that becomes confidential do not see each other's rows. So whoever writes a place or an address of a person
-- holds the person until the transaction ends; whoever says who is of a case, or records an address for it, holds the case before. There
-- are 1,024 locks of each, so that a load of a county does not fill the table of locks. They are taken in one order.
create function hold_each(p_kind text, p_ids uuid[]) returns void
  language plpgsql volatile set search_path = public, pg_temp as $$
declare v_lock integer;
begin
  for v_lock in select distinct hashtext(id::text) & 1023 from unnest(p_ids) id order by 1 loop
    perform pg_advisory_xact_lock(hashtext('cosmos:sheltered:' || p_kind), v_lock);
  end loop;
end $$;
alter function hold_each owner to cosmos_keeper;

-- “He has my phone”: a suspension closed every channel, and left the login open on that phone, with her address and her next appointment.
-- While contact is suspended, a login of the person is nobody's: every rule that asks for the person of a row answers no. `viewer_self()`
-- is the person all the same, for the name and for what only tightens.
create function viewer_self() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return viewer_setting('self')::uuid; end $$;
grant execute on function viewer_self to public;
