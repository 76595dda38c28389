set local lock_timeout = '5s';
set local check_function_bodies = off;
-- CreateTable
CREATE TABLE "nomenclature_version" (
    "single" BOOLEAN NOT NULL DEFAULT true,
    "version" BIGINT NOT NULL DEFAULT 1,

    CONSTRAINT "nomenclature_version_pkey" PRIMARY KEY ("single")
);
create or replace function log_access(p_operation uuid, p_entries jsonb) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_written integer;
  v_at timestamptz(3) := clock_timestamp();
  v_kind text := upper(split_part(viewer_actor(), ':', 1));
  v_actor uuid := nullif(split_part(viewer_actor(), ':', 2), '')::uuid;
  -- Asked once: for each line, they took a third of the time of the whole log.
  v_through uuid := viewer_through();
  v_token_digest text := viewer_token_digest();
begin
  if v_actor is null then raise insufficient_privilege using message = 'nobody writes into the log'; end if;
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
    v_through, v_token_digest,
    is_confidential(s.action)
      or (goes_along(s.action) and exists (select from said c where c.case_id = s.case_id and is_confidential(c.action)))
  from said s order by s.nth, s.person_id;
  get diagnostics v_written = row_count;
  if exists (select from jsonb_array_elements(p_entries) e
      where e ->> 'appointmentId' is not null and not sees_appointment((e ->> 'appointmentId')::uuid)) then
    return jsonb_array_length(p_entries);
  end if;
  return v_written;
end $$;
revoke all on function log_access(uuid,jsonb) from public, cosmos_app, cosmos_jobs;
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
    elsif v_worker.disabled_at is not null then
      return '{"refused": "worker-disabled"}';
    end if;
  elsif v_subject is distinct from v_client.client_id then
    return '{"refused": "subject-unknown"}';
  end if;

  if v_worker.id is not null then
    select coalesce(jsonb_agg(jsonb_build_object('role', role, 'districtId', district_id) order by role, district_id), '[]')
      into v_memberships from membership
      where worker_id = v_worker.id and starts_at <= now() and (ends_at is null or ends_at > now());
    select coalesce(jsonb_agg(jsonb_build_object('absentWorkerId', absent_worker_id, 'districtId', district_id)
        order by absent_worker_id, district_id), '[]')
      into v_relays from relay r
      where stand_in_id = v_worker.id and starts_at <= now() and ends_at > now()
        and v_memberships @> jsonb_build_array(jsonb_build_object('role', 'SOCIAL_WORKER', 'districtId', r.district_id));
  end if;

  perform set_config('backtrace_functions', viewer_text(v_client, v_worker.id, v_person, v_self, v_scopes, v_claims ->> 'token',
    v_memberships, v_relays), true);

  return jsonb_build_object(
    'clientId', v_client.id, 'clientKind', v_client.kind, 'workerId', v_worker.id, 'personId', v_person, 'selfId', v_self,
    'memberships', v_memberships, 'relays', v_relays,
    'nomenclatures', coalesce((select version from nomenclature_version), 0));
end $$;
revoke all on function login(text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function nomenclature_changed() returns trigger language plpgsql as $$
begin
  insert into nomenclature_version as known default values on conflict (single) do update set version = known.version + 1;
  return null;
end $$;
revoke all on function nomenclature_changed() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter function log_access owner to cosmos_keeper;
grant execute on function log_access to cosmos_app;
alter function login owner to cosmos_keeper;
grant execute on function login to cosmos_app;
alter table nomenclature_version add constraint nomenclature_version_single check (single);
create trigger nomenclature_changed after insert or update or delete or truncate on need_code
  for each statement execute function nomenclature_changed();
create trigger nomenclature_changed after insert or update or delete or truncate on appointment_type
  for each statement execute function nomenclature_changed();
revoke all on nomenclature_version from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table nomenclature_version enable row level security, force row level security;
grant select on nomenclature_version to cosmos_keeper;
create policy nomenclature_version_owner on nomenclature_version for all to cosmos_owner using (true);
