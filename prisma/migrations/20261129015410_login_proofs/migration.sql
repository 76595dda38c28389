set local lock_timeout = '5s';
set local check_function_bodies = off;
drop policy worker_read on worker;
drop function login(text,text,text,text[],text), viewer_setting(text);
-- CreateTable
CREATE TABLE "login_key" (
    "inner" BYTEA NOT NULL,
    "outer" BYTEA NOT NULL,

    CONSTRAINT "login_key_pkey" PRIMARY KEY ("inner")
);

-- CreateTable
CREATE TABLE "login_proof" (
    "nonce" UUID NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "login_proof_pkey" PRIMARY KEY ("nonce")
);

-- CreateIndex
CREATE INDEX "login_proof_used_at_idx" ON "login_proof"("used_at");
create or replace function log_access(p_operation uuid, p_entries jsonb) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_written integer;
  v_at timestamptz(3) := clock_timestamp();
  v_kind text := coalesce(upper(split_part(viewer_actor(), ':', 1)), 'ANONYMOUS');
  v_actor uuid := nullif(split_part(viewer_actor(), ':', 2), '')::uuid;
begin
  with said as (
    select e ->> 'action' as action, e ->> 'outcome' as outcome, (e ->> 'caseId')::uuid as case_id,
      coalesce(comes.person_id, (e ->> 'personId')::uuid) as person_id, (e ->> 'targetWorkerId')::uuid as target_worker_id,
      e ->> 'ground' as ground, min(nth) as nth
    from jsonb_array_elements(p_entries) with ordinality as entry (e, nth)
    left join lateral unnest(case when e ->> 'appointmentId' is not null
      then array(select ap.person_id from appointment_person ap where ap.appointment_id = (e ->> 'appointmentId')::uuid) end)
      as comes (person_id) on true
    group by 1, 2, 3, 4, 5, 6
  )
  insert into access_log (operation_id, occurred_at, actor_kind, actor_id, action, outcome, case_id, person_id, target_worker_id, ground,
    client_id, token_digest, blanked)
  select p_operation, v_at, v_kind, v_actor, s.action, s.outcome, s.case_id, s.person_id, s.target_worker_id, s.ground,
    viewer_through(), viewer_token_digest(),
    is_confidential(s.action)
      or (goes_along(s.action) and exists (select from said c where c.case_id = s.case_id and is_confidential(c.action)))
  from said s order by s.nth, s.person_id;
  get diagnostics v_written = row_count;
  return v_written;
end $$;
revoke all on function log_access(uuid,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function viewer_knows_every_team() returns boolean
  language plpgsql stable parallel safe
  as $$ begin
    return viewer_client_reads_directory()
      or (viewer_has_scope('directory:read') and (
        viewer_districts('receptionist') <> '{}' or viewer_districts('social_worker') <> '{}'
        or viewer_has_role('TECHNICAL_ADVISER') or viewer_has_role('DATA_PROTECTION_OFFICER')
        or viewer_has_role('ADMINISTRATOR')));
  end $$;
revoke all on function viewer_knows_every_team() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_worker() returns uuid
  language plpgsql stable parallel safe as $$ begin return nullif(split_part(current_setting('backtrace_functions'), ',', 2), '')::uuid; end $$;
revoke all on function viewer_worker() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_person() returns uuid
  language plpgsql stable parallel safe as $$ begin return nullif(split_part(current_setting('backtrace_functions'), ',', 3), '')::uuid; end $$;
revoke all on function viewer_person() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_self() returns uuid
  language plpgsql stable parallel safe as $$ begin return nullif(split_part(current_setting('backtrace_functions'), ',', 4), '')::uuid; end $$;
revoke all on function viewer_self() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_client() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return case when viewer_worker() is null and viewer_self() is null then viewer_through() end; end $$;
revoke all on function viewer_client() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_through() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return nullif(split_part(current_setting('backtrace_functions'), ',', 5), '')::uuid; end $$;
revoke all on function viewer_through() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_token_digest() returns text
  language plpgsql stable parallel safe
  as $$ begin return nullif(split_part(current_setting('backtrace_functions'), ',', 7), ''); end $$;
revoke all on function viewer_token_digest() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_actor() returns text
  language plpgsql stable parallel safe
  as $$ begin
    return coalesce('worker:' || viewer_worker(), 'person:' || viewer_self(), 'client:' || viewer_client());
  end $$;
revoke all on function viewer_actor() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_client_reads_directory() returns boolean
  language plpgsql stable parallel safe as $$ begin return split_part(current_setting('backtrace_functions'), ',', 6) = 'yes'; end $$;
revoke all on function viewer_client_reads_directory() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_has_scope(scope text) returns boolean
  language plpgsql stable parallel safe
  as $$ begin return translate(scope, ':', 'X') = any (string_to_array(split_part(current_setting('backtrace_functions'), ',', 8), ' ')); end $$;
revoke all on function viewer_has_scope(text) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_has_role(role text) returns boolean
  language plpgsql stable parallel safe
  as $$ begin return role = any (string_to_array(split_part(current_setting('backtrace_functions'), ',', 9), ' ')); end $$;
revoke all on function viewer_has_role(text) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_districts(role text) returns uuid[]
  language plpgsql stable parallel safe
  as $$ begin
    return string_to_array(split_part(current_setting('backtrace_functions'), ',', case role
      when 'receptionist' then 10 when 'social_worker' then 11 when 'district_head' then 12 when 'any' then 13 end), ' ')::uuid[];
  end $$;
revoke all on function viewer_districts(text) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_relays() returns text[]
  language plpgsql stable parallel safe
  as $$ begin return string_to_array(translate(split_part(current_setting('backtrace_functions'), ',', 14), 'XQ', ':-'), ' '); end $$;
revoke all on function viewer_relays() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function use_proof(p_claims text, p_proof bytea) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_signed bytea := convert_to('cosmos login' || chr(10) || p_claims, 'UTF8');
  v_claims jsonb;
begin
  perform from login_key where sha256(sha256("outer" || sha256("inner" || v_signed))) = sha256(p_proof);
  if not found then return 'proof-unknown'; end if;
  v_claims := p_claims::jsonb;
  if abs(extract(epoch from clock_timestamp()) - (v_claims ->> 'at')::numeric) > 10 then return 'proof-stale'; end if;
  insert into login_proof (nonce) values ((v_claims ->> 'nonce')::uuid) on conflict do nothing;
  if not found then return 'proof-used'; end if;
  return null;
end $$;
revoke all on function use_proof(text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function login(p_claims text, p_proof bytea) returns jsonb
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
begin
  if starts_with(current_setting('backtrace_functions'), 'cosmos,') then return '{"refused": "second-login"}'; end if;
  v_refused := use_proof(p_claims, p_proof);
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
    elsif v_worker.disabled_at is not null then
      return '{"refused": "worker-disabled"}';
    end if;
  elsif v_subject <> v_client.client_id then
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

  perform set_config('backtrace_functions', viewer_text(v_client, v_worker.id, v_person, v_self, v_scopes, v_claims ->> 'token',
    v_memberships, v_relays), true);

  return jsonb_build_object(
    'clientId', v_client.id, 'clientKind', v_client.kind, 'workerId', v_worker.id, 'personId', v_person, 'selfId', v_self,
    'memberships', v_memberships, 'relays', v_relays);
end $$;
revoke all on function login(text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function viewer_text(p_client client, p_worker uuid, p_person uuid, p_self uuid, p_scopes text[], p_token_digest text,
  p_memberships jsonb, p_relays jsonb) returns text
  language plpgsql immutable set search_path = public, pg_temp as $$
declare
  v_districts jsonb := '{}';
begin
  select coalesce(jsonb_object_agg(role, districts), '{}') into v_districts from (
    select m ->> 'role' as role, string_agg(replace(m ->> 'districtId', '-', ''), ' ') as districts
    from jsonb_array_elements(p_memberships) m where m ->> 'role' in ('RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD') group by 1) d;
  return concat_ws(',', 'cosmos',
    coalesce(replace(p_worker::text, '-', ''), ''),
    coalesce(replace(p_person::text, '-', ''), ''),
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
      from jsonb_array_elements(p_relays) r));
end $$;
revoke all on function viewer_text(client,uuid,uuid,uuid,text[],text,jsonb,jsonb) from public, cosmos_app, cosmos_jobs;
alter function log_access owner to cosmos_keeper;
grant execute on function log_access to cosmos_app;
grant execute on function viewer_knows_every_team to public;
grant execute on function viewer_worker to public;
grant execute on function viewer_person to public;
grant execute on function viewer_self to public;
grant execute on function viewer_client to public;
grant execute on function viewer_through to public;
grant execute on function viewer_token_digest to public;
grant execute on function viewer_actor to public;
grant execute on function viewer_client_reads_directory to public;
grant execute on function viewer_has_scope to public;
grant execute on function viewer_has_role to public;
grant execute on function viewer_districts to public;
grant execute on function viewer_relays to public;
alter function use_proof owner to cosmos_keeper;
alter function login owner to cosmos_keeper;
grant execute on function login to cosmos_app;
alter function viewer_text owner to cosmos_keeper;
alter table login_key add constraint login_key_padded check (octet_length("inner") = 64 and octet_length("outer") = 64);
revoke all on login_key from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table login_key enable row level security, force row level security;
grant select on login_key to cosmos_keeper;
revoke all on login_proof from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table login_proof set unlogged;
alter table login_proof enable row level security, force row level security;
grant select, insert, delete on login_proof to cosmos_keeper;
create policy worker_read on worker for select to cosmos_app using (
  (select viewer_worker()) is not null
  or (select viewer_client_reads_directory())
  or id = any (array(select unnest(ap.worker_ids) from appointment_person ap
    where ap.person_id = (select viewer_person()) and ap.show_online))
  or id = any (array(select cp.assigned_worker_id from case_person cp
    where cp.person_id = (select viewer_person()) and cp.show_online)));
create policy login_key_owner on login_key for all to cosmos_owner using (true);
