-- The viewer of a transaction: the worker, person or client that makes the request. Policies compare the columns of a row with it.
--
-- login() writes the viewer into the parameter backtrace_functions, for the transaction. A role needs a grant to set this parameter, and
-- cosmos_keeper alone has it, which owns login(). So no statement of cosmos_app can make a viewer, and a policy needs no
-- signature to trust what it reads. The parameter lists functions of PostgreSQL for debugging; no function has a name that a viewer has.
-- Its text holds letters, digits, `_`, spaces and commas: an id is written without `-`, and X stands for `:`, Q for `-`.
-- docs/decisions/0058 tells what else was tried.

-- Its parts, between commas: 1 'cosmos', 2 worker, 3 person, 4 self, 5 client, 6 whether the client reads the directory, 7 the digest of the
-- token, 8 scopes, 9 roles in the county, 10 to 13 districts, 14 relays, 19 those of them that open addresses. Outside of a transaction that has logged in there are none, each
-- function below answers null or nothing, and null means no rows. The functions are PL/pgSQL because the planner inlines SQL: a policy names
-- them thirty times in a statement, and planning took three times as long. Each reads the parameter itself, since one function more for
-- each reading takes a third longer.

-- The worker of the viewer, or null. Every role may call it.
create function viewer_worker() returns uuid
  language plpgsql stable parallel safe as $$ begin return nullif(split_part(current_setting('backtrace_functions'), ',', 2), '')::uuid; end $$;
grant execute on function viewer_worker to public;

-- The person of the viewer, or null. It is null too while the person's contact is suspended (`viewer_self`), and if the token has no scope about
-- persons. Every role may call it.
create function viewer_person() returns uuid
  language plpgsql stable parallel safe as $$ begin return nullif(split_part(current_setting('backtrace_functions'), ',', 3), '')::uuid; end $$;
grant execute on function viewer_person to public;

-- The person of the viewer, also while their contact is suspended. A suspension ("he has my phone") closes every channel, but the login stays
-- open on that phone, with the person's address and next appointment. So `viewer_person()` is null while the contact is suspended, and every
-- rule that asks for the person refuses. This function serves the name, and changes that only tighten. Every role may call it.
create function viewer_self() returns uuid
  language plpgsql stable parallel safe as $$ begin return nullif(split_part(current_setting('backtrace_functions'), ',', 4), '')::uuid; end $$;
grant execute on function viewer_self to public;

-- The client of the viewer if it acts for itself, without a worker or a person; otherwise null. Every role may call it.
create function viewer_client() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return case when viewer_worker() is null and viewer_self() is null then viewer_through() end; end $$;
grant execute on function viewer_client to public;

-- The client that sends the request: also the front end of a worker or of a person. Every role may call it.
create function viewer_through() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return nullif(split_part(current_setting('backtrace_functions'), ',', 5), '')::uuid; end $$;
grant execute on function viewer_through to public;

-- The digest of the viewer's token. Every role may call it.
create function viewer_token_digest() returns text
  language plpgsql stable parallel safe
  as $$ begin return nullif(split_part(current_setting('backtrace_functions'), ',', 7), ''); end $$;
grant execute on function viewer_token_digest to public;

-- The key under which the idempotency keys of a viewer are kept: 'worker:id', 'person:id' or 'client:id'. Every role may call it.
create function viewer_actor() returns text
  language plpgsql stable parallel safe
  as $$ begin
    return coalesce('worker:' || viewer_worker(), 'person:' || viewer_self(), 'client:' || viewer_client());
  end $$;
grant execute on function viewer_actor to public;

-- Whether the viewer is an integration that reads the directory. Every role may call it.
create function viewer_client_reads_directory() returns boolean
  language plpgsql stable parallel safe as $$ begin return split_part(current_setting('backtrace_functions'), ',', 6) = 'yes'; end $$;
grant execute on function viewer_client_reads_directory to public;

-- Whether the token of the viewer has a scope. Every role may call it.
create function viewer_has_scope(scope text) returns boolean
  language plpgsql stable parallel safe
  as $$ begin return translate(scope, ':', 'X') = any (string_to_array(split_part(current_setting('backtrace_functions'), ',', 8), ' ')); end $$;
grant execute on function viewer_has_scope to public;

-- Whether the viewer has a role in the county, such as TECHNICAL_ADVISER. Every role may call it.
create function viewer_has_role(role text) returns boolean
  language plpgsql stable parallel safe
  as $$ begin return role = any (string_to_array(split_part(current_setting('backtrace_functions'), ',', 9), ' ')); end $$;
grant execute on function viewer_has_role to public;

-- The districts where the viewer has a role: 'receptionist', 'social_worker', 'district_head', or 'any' of these three; none, if the token has
-- no scope about persons. Every role may call it.
create function viewer_districts(role text) returns uuid[]
  language plpgsql stable parallel safe
  as $$ begin
    return string_to_array(split_part(current_setting('backtrace_functions'), ',', case role
      when 'receptionist' then 10 when 'social_worker' then 11 when 'district_head' then 12 when 'any' then 13 end), ' ')::uuid[];
  end $$;
grant execute on function viewer_districts to public;

-- One 'absent worker:district' key for each relay in force in which the viewer is the stand-in; none, if the token has no scope about persons.
-- Every role may call it.
create function viewer_relays() returns text[]
  language plpgsql stable parallel safe
  as $$ begin return string_to_array(translate(split_part(current_setting('backtrace_functions'), ',', 14), 'XQ', ':-'), ' '); end $$;
grant execute on function viewer_relays to public;

-- The relays of `viewer_relays` that also open confidential addresses: their absence is a day old. Every role may call it.
create function viewer_settled_relays() returns text[]
  language plpgsql stable parallel safe
  as $$ begin return string_to_array(translate(split_part(current_setting('backtrace_functions'), ',', 19), 'XQ', ':-'), ' '); end $$;
grant execute on function viewer_settled_relays to public;

-- The districts where the viewer has a role, also if the token has no scope about persons: for teams and statistics, which are about no
-- person. Every role may call it.
create function viewer_posts(role text) returns uuid[]
  language plpgsql stable parallel safe
  as $$ begin
    return string_to_array(split_part(current_setting('backtrace_functions'), ',', case role
      when 'receptionist' then 15 when 'social_worker' then 16 when 'district_head' then 17 when 'any' then 18 end), ' ')::uuid[];
  end $$;
grant execute on function viewer_posts to public;

-- The worker who may read notes in this request: the viewer's worker, if the token has the scope `notes:read`. Every role may call it.
create function viewer_note_reader() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return case when viewer_has_scope('notes:read') then viewer_worker() end; end $$;
grant execute on function viewer_note_reader to public;

-- Uses up a proof. Returns null, or why it is refused: 'proof-unknown' (signed by no key of login_key, or for another purpose), 'proof-stale'
-- (more than ten seconds from now), 'proof-used'. Two digests of the signatures are compared, so that the time tells nothing of the one that
-- is expected. Only functions of cosmos_keeper may call it.
create function use_proof(p_purpose text, p_claims text, p_proof bytea) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_signed bytea := convert_to(p_purpose || chr(10) || p_claims, 'UTF8');
  v_claims jsonb;
begin
  perform from login_key where sha256(sha256("outer" || sha256("inner" || v_signed))) = sha256(p_proof);
  if not found then return 'proof-unknown'; end if;
  v_claims := p_claims::jsonb;
  if coalesce(abs(extract(epoch from clock_timestamp()) - (v_claims ->> 'at')::numeric) > 10, true) then return 'proof-stale'; end if;
  insert into login_proof (nonce) values ((v_claims ->> 'nonce')::uuid) on conflict do nothing;
  if not found then return 'proof-used'; end if;
  return null;
end $$;
alter function use_proof owner to cosmos_keeper;

-- Sets the viewer of the transaction from a verified token, and returns it; {"refused": why} sets no viewer. The claims are those of the
-- token, with a nonce and the time in seconds, as JSON; the proof is their HMAC-SHA256 by the API (`use_proof`). It looks at the tables for
-- each request: a disabled worker or client, an ended membership or a withdrawn scope counts from the next request on. A transaction has one
-- login. If the viewer has fewer scopes than the token, since the front end is suspended, they are returned. cosmos_app may call it.
create function login(p_claims text, p_proof bytea) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_refused text;
  v_claims jsonb;
  v_issuer text;
  v_subject text;
  v_scopes text[];
  v_client client%rowtype;
  v_worker worker%rowtype;
  v_self uuid;
  v_person uuid;
  v_memberships jsonb := '[]';
  v_relays jsonb := '[]';
  v_watching jsonb;
  v_is_shut boolean;
  v_shut text[];
  v_left jsonb := '{}';
begin
  if starts_with(current_setting('backtrace_functions'), 'cosmos,') then return '{"refused": "second-login"}'; end if;
  v_refused := use_proof('cosmos login', p_claims, p_proof);
  if v_refused is not null then
    return jsonb_build_object('refused', v_refused, 'now', extract(epoch from clock_timestamp()));
  end if;
  v_claims := p_claims::jsonb;
  v_issuer := v_claims ->> 'issuer';
  v_subject := v_claims ->> 'subject';
  v_scopes := array(select jsonb_array_elements_text(v_claims -> 'scopes'));

  select * into v_client from client where issuer = v_issuer and client_id = v_claims ->> 'client';
  if not found then return '{"refused": "client-unknown"}'; end if;
  if v_client.disabled_at is not null then return '{"refused": "client-disabled"}'; end if;
  if not v_scopes <@ v_client.scopes then return '{"refused": "scope-not-granted"}'; end if;

  if v_client.kind = 'FRONT_END' then
    select * into v_worker from worker where issuer = v_issuer and subject = v_subject;
    if not found then
      select a.person_id, case when p.contact_suspended_at is null then a.person_id end into v_self, v_person
        from person_account a join person p on p.id = a.person_id where a.issuer = v_issuer and a.subject = v_subject;
      if not found then return '{"refused": "subject-unknown"}'; end if;
    elsif v_worker.disabled_at is not null or v_worker.suspended_until > now() then
      return '{"refused": "worker-disabled"}';
    end if;
  elsif v_subject is distinct from v_client.client_id then
    return '{"refused": "subject-unknown"}';
  end if;

  if v_worker.id is not null then
    select coalesce(jsonb_agg(jsonb_build_object('role', role, 'districtId', district_id) order by role, district_id), '[]')
      into v_memberships from membership
      where worker_id = v_worker.id and starts_at <= now() and (ends_at is null or ends_at > now())
        and (suspended_until is null or suspended_until <= now());
    select coalesce(jsonb_agg(jsonb_build_object('absentWorkerId', absent_worker_id, 'districtId', district_id,
          'settled', addresses_from <= now()) order by absent_worker_id, district_id), '[]')
      into v_relays from relay r
      where stand_in_id = v_worker.id and starts_at <= now() and ends_at > now() and pending_until is null
        and v_memberships @> jsonb_build_array(jsonb_build_object('role', 'SOCIAL_WORKER', 'districtId', r.district_id));
  end if;

  -- A suspension lapses by itself: its end is compared with the time of the request. A worker who watches logs in all the same, to end it. This
  -- worker has one scope and the posts by which they watch, and nothing else. Everyone's token counts without the scopes that are suspended.
  if v_client.suspended_until > now() then
    select coalesce(bool_or(s.scope is null), false), coalesce(array_agg(s.scope), '{}') into v_is_shut, v_shut
      from suspension s where s.client_id = v_client.id and in_force(s);
    select jsonb_agg(m) into v_watching from jsonb_array_elements(v_memberships) m where role_watches((m ->> 'role')::"Role");
    if (v_is_shut or 'directory:read' = any (v_shut)) and 'directory:read' = any (v_scopes) and v_watching is not null then
      v_scopes := '{directory:read}';
      v_memberships := v_watching;
      v_relays := '[]';
    elsif v_is_shut then
      return '{"refused": "client-disabled"}';
    else
      v_scopes := array(select s from unnest(v_scopes) s where (s = any (v_shut)) is not true);
    end if;
    v_left := jsonb_build_object('scopes', v_scopes);
  end if;

  perform set_config('backtrace_functions', viewer_text(v_client, v_worker.id, v_person, v_self, v_scopes, v_claims ->> 'token',
    v_memberships, v_relays), true);

  return jsonb_build_object(
    'clientId', v_client.id, 'clientKind', v_client.kind, 'workerId', v_worker.id, 'personId', v_person, 'selfId', v_self,
    'memberships', v_memberships, 'relays', v_relays,
    'nomenclatures', coalesce((select version from nomenclature_version), 0)) || v_left;
end $$;
alter function login owner to cosmos_keeper;
grant execute on function login to cosmos_app;

-- Proves that a connection of cosmos_jobs is one of the jobs' process, for as long as the connection lasts. Returns {}, or why it is
-- refused (`use_proof`), with the database's time in seconds. cosmos_jobs may call it.
create function log_in_jobs(p_claims text, p_proof bytea) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_refused text := use_proof('cosmos jobs', p_claims, p_proof);
begin
  if v_refused is not null then
    return jsonb_build_object('refused', v_refused, 'now', extract(epoch from clock_timestamp()));
  end if;
  perform set_config('backtrace_functions', 'cosmos_jobs', false);
  return '{}';
end $$;
alter function log_in_jobs owner to cosmos_keeper;
grant execute on function log_in_jobs to cosmos_jobs;

-- Whether the connection has proven that it is one of the jobs' process. Every role may call it.
create function is_jobs() returns boolean
  language plpgsql stable parallel safe
  as $$ begin return current_setting('backtrace_functions') = 'cosmos_jobs'; end $$;
grant execute on function is_jobs to public;

-- Whether a tool of the county acts, and no viewer. The tools are the jobs, and programs that connect as the owner, such as the seed. Only
-- functions of cosmos_keeper may call it.
create function is_own_tool() returns boolean
  language plpgsql stable set search_path = public, pg_temp
  as $$ begin return is_jobs() or pg_has_role(session_user, 'cosmos_owner', 'member'); end $$;
alter function is_own_tool owner to cosmos_keeper;

-- Refuses a connection that has not proven to be one of the jobs. It is the first line of each function that cosmos_jobs may call. A connection
-- of the owner passes: the seed freezes figures, and the owner can do it all anyway. Only functions of cosmos_keeper may call it.
create function only_jobs() returns void
  language plpgsql stable set search_path = public, pg_temp as $$
begin
  if not is_own_tool() then
    raise insufficient_privilege using message = 'only the process of the jobs may do this';
  end if;
end $$;
alter function only_jobs owner to cosmos_keeper;

-- Forgets proofs that are stale for long, at most p_limit. Returns how many. cosmos_jobs may call it.
create function forget_proofs(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_forgotten integer;
begin
  perform only_jobs();
  delete from login_proof where nonce in (select nonce from login_proof
    where used_at < now() - interval '1 minute' order by used_at limit p_limit for update skip locked);
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end $$;
alter function forget_proofs owner to cosmos_keeper;
grant execute on function forget_proofs to cosmos_jobs;

-- The viewer as a text of nineteen parts, as the functions above read them. A scope or a digest that holds anything but its own letters is left
-- out: a comma would move the parts. Only login() may call it.
create function viewer_text(p_client client, p_worker uuid, p_person uuid, p_self uuid, p_scopes text[], p_token_digest text,
  p_memberships jsonb, p_relays jsonb) returns text
  language plpgsql immutable set search_path = public, pg_temp as $$
declare
  v_posts jsonb;
  -- A token without a scope about persons opens no row about them, even if its worker may read such rows.
  v_is_about_persons boolean := exists (select from unnest(p_scopes) s where s ~ '^(cases|persons|appointments|notes):' or s = 'booking');
  v_districts jsonb;
begin
  select coalesce(jsonb_object_agg(role, districts), '{}') into v_posts from (
    select m ->> 'role' as role, string_agg(replace(m ->> 'districtId', '-', ''), ' ') as districts
    from jsonb_array_elements(p_memberships) m where m ->> 'role' in ('RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD') group by 1) d;
  v_districts := case when v_is_about_persons then v_posts else '{}' end;
  return concat_ws(',', 'cosmos',
    coalesce(replace(p_worker::text, '-', ''), ''),
    case when v_is_about_persons then coalesce(replace(p_person::text, '-', ''), '') else '' end,
    coalesce(replace(p_self::text, '-', ''), ''),
    replace(p_client.id::text, '-', ''),
    case when p_client.kind = 'INTEGRATION' and 'directory:read' = any (p_scopes) then 'yes' else '' end,
    coalesce(substring(p_token_digest from '^[0-9a-f]*$'), ''),
    (select coalesce(string_agg(translate(s, ':', 'X'), ' '), '') from unnest(p_scopes) s where s ~ '^[a-z:]+$'),
    (select coalesce(string_agg(m ->> 'role', ' '), '') from jsonb_array_elements(p_memberships) m
      where m ->> 'districtId' is null or m ->> 'role' = 'TECHNICAL_ADVISER'),
    coalesce(v_districts ->> 'RECEPTIONIST', ''),
    coalesce(v_districts ->> 'SOCIAL_WORKER', ''),
    coalesce(v_districts ->> 'DISTRICT_HEAD', ''),
    concat_ws(' ', v_districts ->> 'RECEPTIONIST', v_districts ->> 'SOCIAL_WORKER', v_districts ->> 'DISTRICT_HEAD'),
    (select coalesce(string_agg(translate((r ->> 'absentWorkerId') || ':' || (r ->> 'districtId'), ':-', 'XQ'), ' '), '')
      from jsonb_array_elements(p_relays) r where v_is_about_persons),
    coalesce(v_posts ->> 'RECEPTIONIST', ''),
    coalesce(v_posts ->> 'SOCIAL_WORKER', ''),
    coalesce(v_posts ->> 'DISTRICT_HEAD', ''),
    concat_ws(' ', v_posts ->> 'RECEPTIONIST', v_posts ->> 'SOCIAL_WORKER', v_posts ->> 'DISTRICT_HEAD'),
    (select coalesce(string_agg(translate((r ->> 'absentWorkerId') || ':' || (r ->> 'districtId'), ':-', 'XQ'), ' '), '')
      from jsonb_array_elements(p_relays) r where v_is_about_persons and (r ->> 'settled')::boolean));
end $$;
alter function viewer_text owner to cosmos_keeper;

-- The day of an instant in Europe/Paris. Every role may call it.
create function day_in_paris(p_at timestamptz) returns date
  language sql immutable
  return (p_at at time zone 'Europe/Paris')::date;
grant execute on function day_in_paris to public;
