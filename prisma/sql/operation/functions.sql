-- The viewer of a transaction: the worker, person or client that makes the request. Policies compare the columns of a row with these
-- settings.

-- A setting of the viewer. login() sets it for the transaction. Outside of such a transaction it is null, and null means no rows. The
-- language is PL/pgSQL because the planner inlines SQL: a policy names these functions thirty times in a statement, and planning took three
-- times as long. Every role may call it.
create function viewer_setting(name text) returns text
  language plpgsql stable parallel safe
  as $$ begin return nullif(current_setting('cosmos.' || name, true), ''); end $$;
grant execute on function viewer_setting to public;

-- The worker of the viewer, or null. Every role may call it.
create function viewer_worker() returns uuid
  language plpgsql stable parallel safe as $$ begin return viewer_setting('worker')::uuid; end $$;
grant execute on function viewer_worker to public;

-- The person of the viewer, or null. It is null too while the person's contact is suspended (`viewer_self`). Every role may call it.
create function viewer_person() returns uuid
  language plpgsql stable parallel safe as $$ begin return viewer_setting('person')::uuid; end $$;
grant execute on function viewer_person to public;

-- The key under which the idempotency keys of a viewer are kept: 'worker:id', 'person:id' or 'client:id'. Every role may call it.
create function viewer_actor() returns text
  language plpgsql stable parallel safe as $$ begin return viewer_setting('actor'); end $$;
grant execute on function viewer_actor to public;

-- The districts where the viewer has a role: 'receptionist', 'social_worker', 'district_head', or 'any' of these three. Every role may call
-- it.
create function viewer_districts(role text) returns uuid[]
  language plpgsql stable parallel safe
  as $$ begin return coalesce(viewer_setting('districts_' || role)::uuid[], '{}'); end $$;
grant execute on function viewer_districts to public;

-- One 'absent worker:district' key for each relay in force in which the viewer is the stand-in. Every role may call it.
create function viewer_relays() returns text[]
  language plpgsql stable parallel safe
  as $$ begin return coalesce(viewer_setting('relays')::text[], '{}'); end $$;
grant execute on function viewer_relays to public;

-- Whether the viewer has a role in the county, such as TECHNICAL_ADVISER. Every role may call it.
create function viewer_has_role(role text) returns boolean
  language plpgsql stable parallel safe
  as $$ begin return coalesce(role = any (viewer_setting('county_roles')::text[]), false); end $$;
grant execute on function viewer_has_role to public;

-- Whether the token of the viewer has a scope. Every role may call it.
create function viewer_has_scope(scope text) returns boolean
  language plpgsql stable parallel safe
  as $$ begin return coalesce(scope = any (viewer_setting('scopes')::text[]), false); end $$;
grant execute on function viewer_has_scope to public;

-- The worker who may read notes in this request: the viewer's worker, if the token has the scope `notes:read`. Every role may call it.
create function viewer_note_reader() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return case when viewer_has_scope('notes:read') then viewer_worker() end; end $$;
grant execute on function viewer_note_reader to public;

-- Sets the viewer of the transaction from a verified token, and returns it; {"refused": why} sets no viewer. It looks at the tables for each
-- request: a disabled worker or client, an ended membership or a withdrawn scope counts from the next request on. cosmos_app may call it.
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

-- The client of the viewer if it acts for itself, without a worker or a person; otherwise null. Every role may call it.
create function viewer_client() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return case when viewer_actor() like 'client:%' then substr(viewer_actor(), 8)::uuid end; end $$;
grant execute on function viewer_client to public;

-- The day of an instant in Europe/Paris. Every role may call it.
create function day_in_paris(p_at timestamptz) returns date
  language sql immutable
  return (p_at at time zone 'Europe/Paris')::date;
grant execute on function day_in_paris to public;

-- Locks cases or persons until the transaction ends. A booking and an address that becomes confidential at the same time do not see each
-- other's rows. So a transaction that writes a place or an address of a person locks the person. A transaction that adds a person to a case,
-- or an address to it, locks the case before. There are 1,024 locks of each kind, so that a county's load does not fill the lock table. They
-- are taken in one order, against deadlocks.
create function hold_each(p_kind text, p_ids uuid[]) returns void
  language plpgsql volatile set search_path = public, pg_temp as $$
declare v_lock integer;
begin
  for v_lock in select distinct hashtext(id::text) & 1023 from unnest(p_ids) id order by 1 loop
    perform pg_advisory_xact_lock(hashtext('cosmos:sheltered:' || p_kind), v_lock);
  end loop;
end $$;
alter function hold_each owner to cosmos_keeper;

-- The person of the viewer, also while their contact is suspended. A suspension ("he has my phone") closes every channel, but the login stays
-- open on that phone, with the person's address and next appointment. So `viewer_person()` is null while the contact is suspended, and every
-- rule that asks for the person refuses. This function serves the name, and changes that only tighten. Every role may call it.
create function viewer_self() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return viewer_setting('self')::uuid; end $$;
grant execute on function viewer_self to public;
