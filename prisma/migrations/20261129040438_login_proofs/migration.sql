set local lock_timeout = '5s';
set local check_function_bodies = off;
drop policy appointment_change on appointment;
drop policy appointment_participant_excuse on appointment_participant;
drop policy case_key_rotation on case_key;
drop policy encounter_key_rotation on encounter_key;
drop policy person_address_change on person_address;
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
create or replace function due_reassignments() returns setof uuid
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  return query select id from planned_reassignment where outcome is null and takes_effect_at <= now()
    order by takes_effect_at, id limit 500;
end $$;
revoke all on function due_reassignments() from public, cosmos_app, cosmos_jobs;
create or replace function carry_out_reassignment(p_id uuid) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_case "case"%rowtype;
  v_plan planned_reassignment%rowtype;
  v_stands boolean;
begin
  perform only_jobs();
  -- The case is locked first, in the same order as in a reassignment or a closing, so that no deadlock occurs.
  select c.* into v_case from planned_reassignment p join "case" c on c.id = p.case_id where p.id = p_id for no key update of c;
  select * into v_plan from planned_reassignment
    where id = p_id and outcome is null and takes_effect_at <= now() for update;
  if not found then return false; end if;
  v_stands := v_case.status = 'OPEN' and v_case.assigned_worker_id is not distinct from v_plan.from_worker_id
    and may_be_assigned(v_plan.to_worker_id, v_plan.district_id)
    and exists (select from membership m join worker w on w.id = m.worker_id and w.disabled_at is null
      where m.worker_id = v_plan.planned_by_id and m.district_id = v_plan.district_id and m.role = 'DISTRICT_HEAD'
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
  -- The plan ends before the assignment changes: otherwise `case_calls_off_its_reassignment` would make it lapse.
  update planned_reassignment set ended_at = now(), version = version + 1,
    outcome = case when v_stands then 'DONE'::"PlannedReassignmentOutcome" else 'LAPSED' end where id = p_id;
  if v_stands then
    update "case" set version = version + 1 where id = v_plan.case_id;
    update assignment set ends_at = clock_timestamp() where case_id = v_plan.case_id and ends_at is null;
    insert into assignment (case_id, worker_id, assigned_by_id)
      values (v_plan.case_id, v_plan.to_worker_id, v_plan.planned_by_id);
  end if;
  insert into access_log (operation_id, actor_kind, action, outcome, case_id, target_worker_id)
    values (gen_random_uuid(), 'JOBS', 'REASSIGN_CASE', case when v_stands then 'DONE' else 'REFUSED' end, v_plan.case_id, v_plan.to_worker_id);
  return v_stands;
end $$;
revoke all on function carry_out_reassignment(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function log_access(p_operation uuid, p_entries jsonb) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_written integer;
  v_at timestamptz(3) := clock_timestamp();
  v_kind text := upper(split_part(viewer_actor(), ':', 1));
  v_actor uuid := nullif(split_part(viewer_actor(), ':', 2), '')::uuid;
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
create or replace function use_proof(p_purpose text, p_claims text, p_proof bytea) returns text
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
revoke all on function use_proof(text,text,bytea) from public, cosmos_app, cosmos_jobs;
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
create or replace function log_in_jobs(p_claims text, p_proof bytea) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_refused text := use_proof('cosmos jobs', p_claims, p_proof);
begin
  if v_refused is not null then
    return jsonb_build_object('refused', v_refused, 'now', extract(epoch from clock_timestamp()));
  end if;
  perform set_config('backtrace_functions', 'cosmos_jobs', false);
  return '{}';
end $$;
revoke all on function log_in_jobs(text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function is_jobs() returns boolean
  language plpgsql stable parallel safe
  as $$ begin return current_setting('backtrace_functions') = 'cosmos_jobs'; end $$;
revoke all on function is_jobs() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function is_own_tool() returns boolean
  language plpgsql stable set search_path = public, pg_temp
  as $$ begin return is_jobs() or pg_has_role(session_user, 'cosmos_owner', 'member'); end $$;
revoke all on function is_own_tool() from public, cosmos_app, cosmos_jobs;
create or replace function only_jobs() returns void
  language plpgsql stable set search_path = public, pg_temp as $$
begin
  if not is_own_tool() then
    raise insufficient_privilege using message = 'only the process of the jobs may do this';
  end if;
end $$;
revoke all on function only_jobs() from public, cosmos_app, cosmos_jobs;
create or replace function forget_proofs(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_forgotten integer;
begin
  perform only_jobs();
  delete from login_proof where nonce in (select nonce from login_proof
    where used_at < now() - interval '1 minute' order by used_at limit p_limit for update skip locked);
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end $$;
revoke all on function forget_proofs(int4) from public, cosmos_app, cosmos_jobs;
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
create or replace function delete_old_encounters(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_deleted integer;
begin
  perform only_jobs();
  delete from encounter where id in (select id from encounter
    where case_id is null and held_at <= now() - interval '30 days' order by held_at limit p_limit for update skip locked);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end $$;
revoke all on function delete_old_encounters(int4) from public, cosmos_app, cosmos_jobs;
create or replace function close_contradicted_releases() returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_cases uuid[];
  v_closed integer;
begin
  perform only_jobs();
  with closed as (
    update release_note rn set closed_at = now() from release l, interview_note n
    where l.approved_at is not null and l.lapsed_at is null and l.ground <> 'DANGER'
      and rn.release_id = l.id and rn.closed_at is null and n.id = rn.note_id
      and exists (select from absence a where a.worker_id = n.author_id and a.district_id = n.district_id
        and a.starts_at <= l.approved_at and coalesce(a.ends_at, 'infinity') > l.approved_at)
      and not coalesce(has_left(n.author_id, n.district_id), false) and has_acted_since(n.author_id, l.approved_at)
    returning n.case_id)
  select array_agg(distinct case_id), count(*) into v_cases, v_closed from closed;
  perform reset_note_readers(one) from unnest(v_cases) one;
  return v_closed;
end $$;
revoke all on function close_contradicted_releases() from public, cosmos_app, cosmos_jobs;
create or replace function prepare_dispatches(p_channels "DispatchChannel"[], p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_reminders integer := 0;
  v_notices integer;
  v_offers integer;
begin
  perform only_jobs();
  insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at, reminds_of)
  select a.id, ap.person_id, ap.district_id, 'REMINDER', known_starts_at(a.id, ap.person_id, a.starts_at), a.starts_at
  from district d
  -- The join begins with the district, for its index by day.
  join appointment a on a.district_id = d.id and a.status = 'BOOKED' and a.starts_at > now() + interval '3 hours'
    and a.starts_at <= now() + interval '9 days'
  join appointment_person ap on ap.appointment_id = a.id
  join person p on p.id = ap.person_id
  where a.booked_at < now() - interval '24 hours'
    and case p.safe_contact
      when 'NEUTRAL_TEXT' then a.starts_at <= now() + interval '48 hours' and sendable(p, p_channels) is not null
      when 'LETTER' then a.starts_at > now() + interval '4 days'
        and exists (select from letter_address(p.id))
      else false end
    and not exists (select from appointment_notice n where n.appointment_id = a.id and n.person_id = ap.person_id
      and (n.reminds_of = a.starts_at or n.done_at is null or n.done_at > now() - interval '24 hours'))
  order by a.starts_at limit p_limit
  on conflict do nothing;
  get diagnostics v_reminders = row_count;

  insert into dispatch (notice_id, notice_version, channel, due_at)
  select n.id, n.version, sendable(p, p_channels), by_day(now())
  from appointment_notice n
  join appointment a on a.id = n.appointment_id
  join person p on p.id = n.person_id
  where n.done_at is null and n.created_at > now() - interval '100 days'
    and (a.starts_at > now() or n.previous_starts_at > now()) and sendable(p, p_channels) is not null
    and not exists (select from dispatch d where d.notice_id = n.id and d.notice_version = n.version)
  order by n.created_at limit p_limit
  on conflict do nothing;
  get diagnostics v_notices = row_count;

  -- An offer that is due at night has its deadline at noon, so its message waits for the day like the others.
  insert into dispatch (offer_id, channel, due_at)
  select o.id, sendable(p, p_channels), by_day(now())
  from slot_offer o
  join appointment_request r on r.id = o.request_id
  join person p on p.id = r.person_id
  where o.status = 'HELD' and o.told_at is null and o.channel = 'NEUTRAL_TEXT' and sendable(p, p_channels) is not null
    and o.answer_by > by_day(now()) + interval '10 minutes'
    and not exists (select from dispatch d where d.offer_id = o.id)
  order by o.answer_by limit p_limit
  on conflict do nothing;
  get diagnostics v_offers = row_count;
  return v_reminders + v_notices + v_offers;
end $$;
revoke all on function prepare_dispatches("DispatchChannel"[],int4) from public, cosmos_app, cosmos_jobs;
create or replace function take_dispatches(p_limit integer)
  returns table (id uuid, attempt integer, channel "DispatchChannel", recipient text, kind text, public_label_fr text,
    previous_starts_at timestamptz, starts_at timestamptz, answer_by timestamptz, place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  perform only_jobs();
  update dispatch d set status = case d.channel when 'TEXT' then 'RETRYING' else 'UNCERTAIN' end::"DispatchStatus"
    where d.status = 'SENDING' and d.due_at <= now();
  return query
  with due as (
    -- What became due while no job ran is not sent at night either.
    select d.* from dispatch d where d.status in ('DUE', 'RETRYING') and d.due_at <= now() and by_day(now()) <= now()
    order by d.due_at, d.id limit p_limit for update skip locked
  ), said as (
    select d.id, n.kind::text as kind, a.type_code, n.person_id, n.previous_starts_at, a.starts_at, null::timestamptz as answer_by,
      a.mode, a.place, a.district_id, a.case_id
    from due d
    join appointment_notice n on n.id = d.notice_id and n.version = d.notice_version and n.done_at is null
    join appointment a on a.id = n.appointment_id
    where (a.starts_at > now() or n.previous_starts_at > now())
      and (n.kind = 'CANCELLED' or (a.status = 'BOOKED' and a.starts_at > now()))
    union all
    select d.id, 'OFFER', r.type_code, r.person_id, null, o.starts_at, o.answer_by, o.mode, o.place, o.district_id, r.case_id
    from due d
    join slot_offer o on o.id = d.offer_id and o.status = 'HELD' and o.told_at is null and o.answer_by > now()
    join appointment_request r on r.id = o.request_id
  ), sent as (
    select s.*, case d.channel when 'TEXT' then p.phone else p.email end as recipient
    from said s join due d on d.id = s.id join person p on p.id = s.person_id
    where sendable(p, array[d.channel]) is not null
  ), taken as (
    update dispatch d set status = case when s.id is null then 'CANCELLED' else 'SENDING' end::"DispatchStatus",
      attempts = d.attempts + (s.id is not null)::integer, due_at = now() + interval '2 minutes'
    from due left join sent s on s.id = due.id where d.id = due.id
    returning d.id, d.attempts, d.channel, d.status
  ), logged as (
    -- Each message that is handed out has a line in the log (rule 9), with the person and without its content.
    insert into access_log (operation_id, actor_kind, action, outcome, case_id, person_id)
    select gen_random_uuid(), 'JOBS', 'SEND_NOTICE', 'DONE', s.case_id, s.person_id
    from taken t join sent s on s.id = t.id where t.status = 'SENDING'
  )
  select t.id, t.attempts, t.channel, s.recipient, s.kind, y.public_label_fr, s.previous_starts_at, s.starts_at, s.answer_by,
    case when s.mode = 'ON_SITE' and not is_sheltered(s.person_id) then coalesce(s.place, i.address_line || ', ' || i.postal_code || ' ' || c.name) end
  from taken t join sent s on s.id = t.id join appointment_type y on y.code = s.type_code
  join district i on i.id = s.district_id join commune c on c.insee_code = i.commune_code
  where t.status = 'SENDING';
end $$;
revoke all on function take_dispatches(int4) from public, cosmos_app, cosmos_jobs;
create or replace function settle_dispatch(p_id uuid, p_attempt integer, p_status "DispatchStatus") returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_dispatch dispatch%rowtype;
begin
  perform only_jobs();
  update dispatch set
      -- Eight attempts within two hours: if a gateway fails for longer, people must act.
      status = case when p_status = 'RETRYING' and attempts >= 8 then 'FAILED' else p_status end,
      due_at = by_day(now() + interval '30 seconds' * power(2, least(attempts, 8) - 1)),
      sent_at = case when p_status = 'SENT' then now() end
    where id = p_id and attempts = p_attempt and status = 'SENDING' and p_status in ('SENT', 'RETRYING', 'FAILED', 'UNCERTAIN')
    returning * into v_dispatch;
  if not found then return false; end if;
  if v_dispatch.status = 'SENT' then
    update appointment_notice set done_at = now(), outcome = 'TOLD', version = version + 1
      where id = v_dispatch.notice_id and version = v_dispatch.notice_version and done_at is null;
    update slot_offer set told_at = now() where id = v_dispatch.offer_id and status = 'HELD' and told_at is null;
  end if;
  return true;
end $$;
revoke all on function settle_dispatch(uuid,int4,"DispatchStatus") from public, cosmos_app, cosmos_jobs;
create or replace function write_snapshot_dimension(p_snapshot uuid, p_code text, p_label_fr text, p_label_en text, p_categories text[], p_fr text[], p_en text[])
  returns void language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  perform from snapshot s where s.id = p_snapshot and s.xmin = pg_current_xact_id()::xid;
  if not found then raise 'this snapshot is frozen'; end if;
  insert into snapshot_dimension (snapshot_id, code, label_fr, label_en, categories, categories_fr, categories_en)
    values (p_snapshot, p_code, p_label_fr, p_label_en, p_categories, p_fr, p_en);
end $$;
revoke all on function write_snapshot_dimension(uuid,text,text,text,text[],text[],text[]) from public, cosmos_app, cosmos_jobs;
create or replace function next_snapshot() returns table (period text, starts_on date, ends_on date, from_at timestamptz, until_at timestamptz, districts uuid[])
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_today date := day_in_paris(now());
begin
  perform only_jobs();
  if not pg_try_advisory_xact_lock(hashtext('cosmos:snapshot')) then return; end if;
  return query
    select d.period, d.starts_on, d.ends_on, d.starts_on::timestamp at time zone 'Europe/Paris',
      d.ends_on::timestamp at time zone 'Europe/Paris', d.districts
    from (
      select to_char(m, 'YYYY-MM') as period, m::date as starts_on, (m + interval '1 month')::date as ends_on,
        array(select t.id from district t where t.switched_on_on <= m::date order by t.id) as districts
      from generate_series(date_trunc('month', v_today - interval '24 months'), v_today::timestamp, interval '1 month') m
      union all
      select to_char(y, 'YYYY'), y::date, (y + interval '1 year')::date,
        array(select t.id from district t where t.switched_on_on < (y + interval '1 year')::date order by t.id)
      from generate_series(date_trunc('year', v_today - interval '24 months'), v_today::timestamp, interval '1 year') y) d
    where cardinality(d.districts) > 0 and snapshot_due(d.starts_on, d.ends_on) <= v_today
      and not exists (select from snapshot s where s.period = d.period)
    order by d.ends_on, d.starts_on limit 1;
end $$;
revoke all on function next_snapshot() from public, cosmos_app, cosmos_jobs;
create or replace function write_snapshot_tables(p_snapshot uuid, p_tables jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  perform from snapshot s where s.id = p_snapshot and s.xmin = pg_current_xact_id()::xid;
  if not found then raise 'this snapshot is frozen'; end if;
  insert into snapshot_table (snapshot_id, indicator_id, district_id, dimensions, cells, bases)
    select p_snapshot, t.indicator_id, t.district_id, t.dimensions, t.cells, t.bases
    from jsonb_to_recordset(p_tables) t(indicator_id uuid, district_id uuid, dimensions text[], cells integer[], bases integer[]);
end $$;
revoke all on function write_snapshot_tables(uuid,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function statistics_records(p_measure text, p_from timestamptz, p_until timestamptz, p_districts uuid[])
  returns table (unit_id uuid, district_id uuid, part boolean, categories text[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  if to_regprocedure('records_of_' || lower(p_measure) || '(timestamptz,timestamptz)') is null then raise 'nothing measures %', p_measure; end if;
  return query execute format(
    'select r.unit_id, r.district_id, r.part, r.categories from records_of_%s($1, $2) r where r.district_id = any ($3) order by r.unit_id',
    lower(p_measure)) using p_from, p_until, p_districts;
end $$;
revoke all on function statistics_records(text,timestamptz,timestamptz,uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function forget_who_waited(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_forgotten integer;
begin
  perform only_jobs();
  update appointment_request set called_name = null, contact = 'NONE', phone = null where id in (
    select r.id from appointment_request r left join appointment a on a.id = r.appointment_id
    where (r.called_name is not null or r.phone is not null) and r.closed_at <= now() - interval '30 days'
      and (a.ends_at > now() - interval '30 days') is not true
    order by r.closed_at, r.id limit p_limit for update of r skip locked);
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end $$;
revoke all on function forget_who_waited(int4) from public, cosmos_app, cosmos_jobs;
create or replace function offer_slots(p_district uuid, p_limit integer, p_in_any_case boolean) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_request appointment_request%rowtype;
  v_read appointment_request%rowtype;
  v_channel "OfferChannel";
  v_slot record;
  v_offer uuid;
  v_answer_by timestamptz;
  v_offered integer := 0;
begin
  perform only_jobs();
  -- One run of a district at a time: a second run sees what the first one has done.
  perform pg_advisory_xact_lock(hashtextextended('cosmos:offers:' || p_district, 0));
  -- These rows tell of changes that are committed, which the statements below see. A later change writes a new row.
  delete from offer_wake where district_id = p_district and due_at <= now();
  if not found and not p_in_any_case then return 0; end if;
  perform settle_requests(p_district);
  for v_request in
    select r.* from appointment_request r
    where r.district_id = p_district and r.status = 'WAITING' and may_be_served(r)
    order by r.rank_at, r.id limit 1000
  loop
    for v_try in 1 .. 3 loop
      v_channel := offer_channel(v_request);
      exit when v_channel is null;
      select * into v_slot from slot_for(v_request, v_channel);
      exit when not found;
      -- The request is locked and read again: it may have been withdrawn or changed since.
      v_read := v_request;
      select r.* into v_request from appointment_request r where r.id = v_read.id for update;
      exit when v_request.status <> 'WAITING' or not may_be_served(v_request);
      continue when v_request is distinct from v_read;
      v_answer_by := answer_by(now(), v_channel, v_slot.starts_at);
      v_offer := gen_random_uuid();
      insert into slot_offer (id, request_id, district_id, worker_id, mode, place, starts_at, ends_at, channel, offered_at, answer_by)
        values (v_offer, v_request.id, p_district, v_slot.worker_id, v_slot.mode,
          case when v_slot.mode = 'ON_SITE' then v_slot.place end, v_slot.starts_at, v_slot.ends_at, v_channel, now(), v_answer_by);
      insert into occupancy (worker_id, district_id, offer_id, expires_at, starts_at, ends_at)
        values (v_slot.worker_id, p_district, v_offer, v_answer_by, v_slot.starts_at, v_slot.ends_at) on conflict do nothing;
      if found then
        perform log_skips(v_offer);
        v_offered := v_offered + 1;
        exit;
      end if;
      -- Another transaction has taken the time.
      delete from slot_offer where id = v_offer;
    end loop;
    exit when v_offered >= p_limit;
  end loop;
  -- There may be more free times for the next run.
  if v_offered >= p_limit then perform wake_offers(p_district, now()); end if;
  return v_offered;
end $$;
revoke all on function offer_slots(uuid,int4,bool) from public, cosmos_app, cosmos_jobs;
create or replace function wake_jobs(p_district uuid, p_at timestamptz) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if to_regtype('graphile_worker.job_spec') is not null then
    perform graphile_worker.add_job('offer-slots', json_build_object('districtId', p_district), run_at => p_at);
  end if;
end $$;
revoke all on function wake_jobs(uuid,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function place_is_typed(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (viewer_actor() is not null or is_own_tool())
    and (exists (select from withheld_place w where w.appointment_id = p_appointment)
      or exists (select from appointment a where a.id = p_appointment and a.place is not null and not place_is_of_hours(a.id)));
revoke all on function place_is_typed(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function ends_suspension(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (viewer_actor() is not null or is_own_tool()) and not exists (select from person p
    where p.id = p_person and p.contact_suspended_at is not null and not takes_back(p.id, p.contact_suspended_case_id));
revoke all on function ends_suspension(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function case_confirms_nothing(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_actor() is not null
    and exists (select from case_person cp join person p on p.id = cp.person_id where cp.case_id = p_case and p.confirm_nothing);
revoke all on function case_confirms_nothing(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function says_contact(p_person uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return coalesce(viewer_self() = p_person, false) or is_own_tool()
    or (viewer_client() is not null and (viewer_has_scope('booking') or viewer_has_scope('appointments:write')))
    or exists (select from person p where p.id = p_person and not p.sensitive_file and not p.confirm_nothing
      and (p.district_id = any (viewer_districts('receptionist'))
        or (p_district = any (viewer_districts('receptionist')) and exists (select from appointment_person ap
          where ap.person_id = p.id and ap.contact_said and ap.district_id = any (viewer_districts('receptionist'))))))
    or follows_person(p_person);
revoke all on function says_contact(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function advises_elsewhere(p_worker uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select bool_or(m.district_id is not null) and not bool_or(m.district_id is not distinct from p_district)
    from membership m where m.worker_id = p_worker and m.role = 'TECHNICAL_ADVISER' and viewer_actor() is not null
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
revoke all on function advises_elsewhere(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function freezes_with(p_mark bytea) returns boolean
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  select not exists (select from snapshot s where s.secret_mark <> p_mark);
end;
revoke all on function freezes_with(bytea) from public, cosmos_app, cosmos_jobs;
create or replace function indicators_of_snapshot(p_ends_on date)
  returns table (id uuid, code text, measure text, dimensions text[], given_by "IndicatorTerritory")
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  select i.id, i.code, i.measure, i.dimensions, i.given_by from indicator i
  where i.adopted_on < p_ends_on and (i.retired_on is null or i.retired_on >= p_ends_on) order by i.code;
end;
revoke all on function indicators_of_snapshot(date) from public, cosmos_app, cosmos_jobs;
create or replace function begin_snapshot(p_period text, p_starts_on date, p_ends_on date, p_method integer, p_mark bytea)
  returns uuid language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  insert into snapshot (period, starts_on, ends_on, frozen_on, method_version, secret_mark)
  values (p_period, p_starts_on, p_ends_on, day_in_paris(now()), p_method, p_mark) returning id;
end;
revoke all on function begin_snapshot(text,date,date,int4,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function statistics_categories() returns table (dimension text, category text, label_fr text, label_en text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  select 'APPOINTMENT_TYPE', t.code, t.label_fr, t.label_en from appointment_type t
  union all
  select 'NEED_CODE', k.code, k.label_fr, k.label_en from need_code k
  order by 1, 2;
end;
revoke all on function statistics_categories() from public, cosmos_app, cosmos_jobs;
create or replace function measure_waiting_days() returns integer
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  select measure_waiting_days_at(now());
end;
revoke all on function measure_waiting_days() from public, cosmos_app, cosmos_jobs;
create or replace function districts_waiting() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  select d.id from district d where has_waiting(d.id) order by d.id;
end;
revoke all on function districts_waiting() from public, cosmos_app, cosmos_jobs;
alter function place_is_typed owner to cosmos_keeper;
grant execute on function place_is_typed to cosmos_app;
alter function due_reassignments owner to cosmos_keeper;
grant execute on function due_reassignments to cosmos_jobs;
alter function carry_out_reassignment owner to cosmos_keeper;
grant execute on function carry_out_reassignment to cosmos_jobs;
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
alter function log_in_jobs owner to cosmos_keeper;
grant execute on function log_in_jobs to cosmos_jobs;
grant execute on function is_jobs to public;
alter function is_own_tool owner to cosmos_keeper;
alter function only_jobs owner to cosmos_keeper;
alter function forget_proofs owner to cosmos_keeper;
grant execute on function forget_proofs to cosmos_jobs;
alter function viewer_text owner to cosmos_keeper;
alter function ends_suspension owner to cosmos_keeper;
grant execute on function ends_suspension to cosmos_app;
alter function case_confirms_nothing owner to cosmos_keeper;
grant execute on function case_confirms_nothing to cosmos_app;
alter function says_contact owner to cosmos_keeper;
alter function delete_old_encounters owner to cosmos_keeper;
grant execute on function delete_old_encounters to cosmos_jobs;
alter function advises_elsewhere owner to cosmos_keeper;
grant execute on function advises_elsewhere to cosmos_app;
alter function close_contradicted_releases owner to cosmos_keeper;
grant execute on function close_contradicted_releases to cosmos_jobs;
alter function prepare_dispatches owner to cosmos_keeper;
grant execute on function prepare_dispatches to cosmos_jobs;
alter function take_dispatches owner to cosmos_keeper;
grant execute on function take_dispatches to cosmos_jobs;
alter function settle_dispatch owner to cosmos_keeper;
grant execute on function settle_dispatch to cosmos_jobs;
alter function freezes_with owner to cosmos_keeper;
grant execute on function freezes_with to cosmos_jobs;
alter function write_snapshot_dimension owner to cosmos_keeper;
grant execute on function write_snapshot_dimension to cosmos_jobs;
alter function next_snapshot owner to cosmos_keeper;
grant execute on function next_snapshot to cosmos_jobs;
alter function indicators_of_snapshot owner to cosmos_keeper;
grant execute on function indicators_of_snapshot to cosmos_jobs;
alter function begin_snapshot owner to cosmos_keeper;
grant execute on function begin_snapshot to cosmos_jobs;
alter function write_snapshot_tables owner to cosmos_keeper;
grant execute on function write_snapshot_tables to cosmos_jobs;
alter function statistics_records owner to cosmos_keeper;
grant execute on function statistics_records to cosmos_jobs;
alter function statistics_categories owner to cosmos_keeper;
grant execute on function statistics_categories to cosmos_jobs;
alter function measure_waiting_days owner to cosmos_keeper;
grant execute on function measure_waiting_days to cosmos_jobs;
alter function forget_who_waited owner to cosmos_keeper;
grant execute on function forget_who_waited to cosmos_jobs;
alter function offer_slots owner to cosmos_keeper;
grant execute on function offer_slots to cosmos_jobs;
alter function wake_jobs owner to cosmos_keeper;
alter function districts_waiting owner to cosmos_keeper;
grant execute on function districts_waiting to cosmos_jobs;
alter table login_key add constraint login_key_padded check (octet_length("inner") = 64 and octet_length("outer") = 64);
revoke all on login_key from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table login_key enable row level security, force row level security;
grant select on login_key to cosmos_keeper;
revoke all on login_proof from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table login_proof set unlogged;
alter table login_proof enable row level security, force row level security;
grant select, insert, update, delete on login_proof to cosmos_keeper;
create policy appointment_change on appointment for update to cosmos_app using (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[]) and starts_at >= desk_reaches_back_to())
  or ((select viewer_worker()) = any (worker_ids) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy appointment_participant_excuse on appointment_participant for delete to cosmos_app
  using (may_staff(appointment_id) and exists (select from appointment a where a.id = appointment_id));
create policy worker_read on worker for select to cosmos_app using (
  (select viewer_worker()) is not null
  or (select viewer_client_reads_directory())
  or id = any (array(select unnest(ap.worker_ids) from appointment_person ap
    where ap.person_id = (select viewer_person()) and ap.show_online))
  or id = any (array(select cp.assigned_worker_id from case_person cp
    where cp.person_id = (select viewer_person()) and cp.show_online)));
create policy case_key_rotation on case_key for all to cosmos_jobs using ((select is_jobs()));
create policy login_key_owner on login_key for all to cosmos_owner using (true);
create policy person_address_change on person_address for update to cosmos_app using (
  (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])))
  or (not confidential and (select viewer_worker()) is not null and (
    exists (select from case_person cp where cp.person_id = person_address.person_id and (
      (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
    or exists (select from person p where p.id = person_id and (
      p.district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or exists (select from appointment_person ap where ap.person_id = p.id)
      or exists (select from person_known k where k.person_id = p.id and k.known_until > now()))))));
create policy encounter_key_rotation on encounter_key for all to cosmos_jobs using ((select is_jobs()));
