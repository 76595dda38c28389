set local lock_timeout = '5s';
set local check_function_bodies = off;
create or replace function record_suspension(p_worker uuid, p_membership uuid, p_client uuid, p_scope text, p_what text) returns timestamptz
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_lapses timestamptz(3) := now() + interval '24 hours';
begin
  insert into suspension (worker_id, membership_id, client_id, scope, what, suspended_by_id, suspended_at, lapses_at)
    values (p_worker, p_membership, p_client, p_scope, p_what, viewer_worker(), v_lapses - interval '24 hours', v_lapses);
  perform notify_suspension('SUSPENSION_MADE', p_worker);
  return v_lapses;
end $$;
revoke all on function record_suspension(uuid,uuid,uuid,text,text) from public, cosmos_app, cosmos_jobs;
create or replace function suspend(p_worker uuid, p_membership uuid, p_client uuid, p_scope text, p_what text) returns timestamptz
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_watches boolean := watches(p_worker);
begin
  -- An administrator may send two requests at the same time, and two posts of a worker may be ended at the same time.
  perform pg_advisory_xact_lock(hashtext('cosmos:suspends'), hashtext(viewer_worker()::text));
  perform pg_advisory_xact_lock(hashtext('cosmos:suspension'), hashtext(coalesce(p_worker, p_client)::text));
  if exists (select from suspension s where (s.worker_id = p_worker or s.client_id = p_client) and s.confirmed_at is null
      and (s.suspended_by_id = viewer_worker() or p_client is null and not v_watches) and s.suspended_at > now() - interval '30 days')
    or exists (select from suspension s where s.suspended_by_id = viewer_worker() and s.confirmed_at is null and s.lifted_at is null
      and s.lapses_at > now() and case when p_client is null then v_watches and watches(s.worker_id) else s.client_id is not null end)
  then
    raise 'one word suspends once, and one at a time' using errcode = 'check_violation';
  end if;
  return record_suspension(p_worker, p_membership, p_client, p_scope, p_what);
end $$;
revoke all on function suspend(uuid,uuid,uuid,text,text) from public, cosmos_app, cosmos_jobs;
create or replace function account_is_suspended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if watches(old.id) or has_left(old.id) then
    new.suspended_until := suspend(old.id, null, null, null, 'ACCOUNT');
    new.disabled_at := null;
  end if;
  return new;
end $$;
revoke all on function account_is_suspended() from public, cosmos_app, cosmos_jobs;
create or replace function departed_account_is_suspended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_is_disabled boolean;
begin
  -- An administrator may disable the account at the same time.
  select disabled_at is not null into v_is_disabled from worker where id = new.worker_id for no key update;
  if v_is_disabled and has_left(new.worker_id) and not exists (select from suspension s
      where s.worker_id = new.worker_id and s.what = 'ACCOUNT' and s.confirmed_at is not null) then
    update worker set disabled_at = null, suspended_until = record_suspension(new.worker_id, null, null, null, 'ACCOUNT'),
      version = version + 1 where id = new.worker_id;
  end if;
  return null;
end $$;
revoke all on function departed_account_is_suspended() from public, cosmos_app, cosmos_jobs;
create or replace function suspension_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if old.confirmed_at is not null or old.lifted_at is not null or old.lapses_at <= now() or old.worker_id = viewer_worker()
    or num_nonnulls(new.confirmed_by_id, new.lifted_by_id) <> 1
    or viewer_worker() is distinct from coalesce(new.confirmed_by_id, new.lifted_by_id)
    or new.lifted_by_id is not null and suspension_waits_here(old)
    or new.confirmed_by_id is not null and (old.suspended_by_id = viewer_worker() or viewer_has_role('ADMINISTRATOR')
      or not (viewer_has_role('DATA_PROTECTION_OFFICER') or viewer_has_role('TECHNICAL_ADVISER')))
  then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
  if new.confirmed_by_id is null then
    new.successor_id := null;
    new.lifted_at := now();
  else
    if needs_successor(old.worker_id, old.membership_id)
      and (new.successor_id is null or new.successor_id = old.worker_id or not is_officer_today(new.successor_id)) then
      raise 'no officer succeeds' using errcode = 'check_violation';
    end if;
    new.confirmed_at := now();
  end if;
  return new;
end $$;
revoke all on function suspension_is_said_by() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
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
  v_watching jsonb;
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

  -- A suspension lapses by itself: its end is compared with the time of the request. Who watches logs in all the same, and ends it. Nothing
  -- else is open to them: one scope, and the posts by which they watch. If one other scope is suspended, everyone's token counts without it.
  if v_client.suspended_until > now() then
    select jsonb_agg(m) into v_watching from jsonb_array_elements(v_memberships) m where role_watches((m ->> 'role')::"Role");
    if coalesce(v_client.suspended_scope, 'directory:read') = 'directory:read' and 'directory:read' = any (v_scopes) and v_watching is not null then
      v_scopes := '{directory:read}';
      v_memberships := v_watching;
      v_relays := '[]';
    elsif v_client.suspended_scope is null then
      return '{"refused": "client-disabled"}';
    else
      v_scopes := array_remove(v_scopes, v_client.suspended_scope);
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
revoke all on function login(text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function release_approved() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.approved_at is not null or new.approved_at is null then return null; end if;
  insert into release_note (release_id, note_id)
  select new.id, n.id from interview_note n join "case" c on c.id = n.case_id
  where n.case_id = new.case_id and n.status = 'FINAL' and n.author_id <> new.requested_by_id
    and c.assigned_worker_id = new.requested_by_id
    and (new.ground = 'DANGER' or is_long_absent(n.author_id)
      or has_left(n.author_id) and not exists (select from worker w where w.id = n.author_id and w.suspended_until > now()));
  perform reset_note_readers(new.case_id);
  insert into notification (worker_id, kind, case_id)
  select distinct n.author_id, 'RELEASE_APPROVED'::"NotificationKind", new.case_id
    from release_note rn join interview_note n on n.id = rn.note_id where rn.release_id = new.id
  union select new.requested_by_id, 'RELEASE_APPROVED', new.case_id;
  if new.ground = 'DANGER' then
    insert into notification (worker_id, kind, case_id)
    select holder, 'DANGER_NOTES_OPENED'::"NotificationKind", new.case_id from unnest(new.holder_ids) holder;
    insert into notification (worker_id, kind)
    select distinct m.worker_id, 'DANGER_NOTES_OPENED'::"NotificationKind" from membership m
    where m.role in ('TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER')
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now());
  end if;
  return null;
end $$;
revoke all on function release_approved() from public, cosmos_app, cosmos_jobs;
create or replace function watches(p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from membership m where m.worker_id = p_worker and role_watches(m.role) and (m.ends_at is null or m.ends_at > now()));
revoke all on function watches(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function suspension_waits_here(s suspension) returns boolean
  language sql stable
  return coalesce(s.client_id = viewer_through() and s.suspended_at > now() - interval '1 hour', false);
revoke all on function suspension_waits_here(suspension) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function is_long_absent(p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from worker w where w.id = p_worker and w.disabled_at is null and coalesce(w.suspended_until <= now(), true))
    and coalesce((select bool_and(exists (select from absence a where a.worker_id = p_worker and a.district_id = m.district_id
        and greatest(a.starts_at, a.declared_at) < now() - interval '15 days'
        and (a.ends_at is null or a.ends_at > now()) and a.contradicted_at is null))
      from membership m where m.worker_id = p_worker and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())), false)
    and not has_acted_since(p_worker, now() - interval '15 days');
revoke all on function is_long_absent(uuid) from public, cosmos_app, cosmos_jobs;
alter function watches owner to cosmos_keeper;
alter function record_suspension owner to cosmos_keeper;
alter function suspend owner to cosmos_keeper;
grant execute on function suspension_waits_here to public;
alter function account_is_suspended owner to cosmos_keeper;
alter function departed_account_is_suspended owner to cosmos_keeper;
alter function login owner to cosmos_keeper;
grant execute on function login to cosmos_app;
alter function is_long_absent owner to cosmos_keeper;
alter function release_approved owner to cosmos_keeper;
create trigger departed_account_is_suspended after update of end_confirmed_at on membership
  for each row when (current_user = 'cosmos_app' and old.end_confirmed_at is null and new.end_confirmed_at is not null)
  execute function departed_account_is_suspended();
