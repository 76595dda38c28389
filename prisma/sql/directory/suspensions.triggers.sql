-- BEFORE UPDATE by cosmos_app: if an administrator would shut the account of a worker who watches, suspends the account instead, whichever
-- statement does it. It does the same for a worker who has left: they may contradict the departure, and nobody silences them alone.
create function account_is_suspended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if watches(old.id) or has_left(old.id) then
    new.suspended_until := suspend(old.id, null, null, null, 'ACCOUNT');
    new.disabled_at := null;
  end if;
  return new;
end $$;
alter function account_is_suspended owner to cosmos_keeper;
create trigger account_is_suspended before update of disabled_at on worker
  for each row when (current_user = 'cosmos_app' and old.disabled_at is null and new.disabled_at is not null)
  execute function account_is_suspended();

-- AFTER a departure is confirmed by cosmos_app: the account that one administrator had disabled before is suspended from now on. So it does not
-- matter which of the two came first. The account stays disabled if a second person has confirmed that.
create function departed_account_is_suspended() returns trigger
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
alter function departed_account_is_suspended owner to cosmos_keeper;
create trigger departed_account_is_suspended after update of end_confirmed_at on membership
  for each row when (current_user = 'cosmos_app' and old.end_confirmed_at is null and new.end_confirmed_at is not null)
  execute function departed_account_is_suspended();

-- The same as `account_is_suspended` for a post by which a worker watches.
create function post_is_suspended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.suspended_until := suspend(old.worker_id, old.id, null, null, old.role::text);
  new.ends_at := old.ends_at;
  new.ended_by_id := old.ended_by_id;
  return new;
end $$;
alter function post_is_suspended owner to cosmos_keeper;
create trigger post_is_suspended before update of ends_at on membership
  for each row when (current_user = 'cosmos_app' and new.ends_at is distinct from old.ends_at and role_watches(old.role))
  execute function post_is_suspended();

-- The same for a front end, as a whole or with one scope. If a statement takes several scopes away, it is suspended as a whole.
create function front_end_is_suspended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_lost text[] := array(select s from unnest(old.scopes) s where s <> all (new.scopes));
  v_scope text := case when new.disabled_at is null and cardinality(v_lost) = 1 then v_lost[1] end;
begin
  new.suspended_until := suspend(null, null, old.id, v_scope, concat_ws(' ', old.client_id, v_scope));
  new.disabled_at := null;
  new.scopes := old.scopes;
  return new;
end $$;
alter function front_end_is_suspended owner to cosmos_keeper;
create trigger front_end_is_suspended before update of disabled_at, scopes on client
  for each row when (current_user = 'cosmos_app' and old.kind = 'FRONT_END' and old.disabled_at is null
    and (new.disabled_at is not null or not old.scopes <@ new.scopes))
  execute function front_end_is_suspended();

-- BEFORE UPDATE by cosmos_app: everyone who is told may lift a suspension that is in force, except the worker concerned. An officer or an
-- adviser may confirm it, who is outside the county's IT, did not suspend, and is not the worker concerned. If an officer goes, another
-- officer must be there. Through some front ends they wait for an hour (`suspension_waits_here`). The database sets the time.
create function suspension_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if old.confirmed_at is not null or old.lifted_at is not null or old.lapses_at <= now() or old.worker_id = viewer_worker()
    or num_nonnulls(new.confirmed_by_id, new.lifted_by_id) <> 1
    or viewer_worker() is distinct from coalesce(new.confirmed_by_id, new.lifted_by_id)
    or suspension_waits_here(old, new.lifted_by_id is not null)
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
create trigger suspension_is_said_by before update on suspension
  for each row when (current_user = 'cosmos_app') execute function suspension_is_said_by();

-- AFTER a suspension is lifted: opens again what was shut, unless another suspension is in force. AFTER it is confirmed: shuts it for good. Tells
-- everyone who watches. The row is locked first, so that of two suspensions that end at the same time the second sees the first.
create function suspension_ended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_stays boolean := new.confirmed_at is not null;
begin
  if new.client_id is not null then
    perform from client where id = new.client_id for update;
    update client set version = version + 1,
      suspended_until = (select max(s.lapses_at) from suspension s where s.client_id = new.client_id and in_force(s)),
      disabled_at = case when v_stays and new.scope is null then now() else disabled_at end,
      scopes = case when v_stays and new.scope is not null then array_remove(scopes, new.scope) else scopes end
      where id = new.client_id;
  elsif new.membership_id is not null then
    perform from membership where id = new.membership_id for update;
    update membership set version = version + 1,
      suspended_until = (select max(s.lapses_at) from suspension s where s.membership_id = new.membership_id and in_force(s)),
      ends_at = case when v_stays then now() else ends_at end, ended_by_id = case when v_stays then new.suspended_by_id else ended_by_id end
      where id = new.membership_id;
  else
    perform from worker where id = new.worker_id for update;
    update worker set version = version + 1, disabled_at = case when v_stays then now() else disabled_at end,
      suspended_until = (select max(s.lapses_at) from suspension s where s.worker_id = new.worker_id and s.membership_id is null and in_force(s))
      where id = new.worker_id;
  end if;
  perform notify_suspension(case when v_stays then 'SUSPENSION_CONFIRMED'::"NotificationKind" else 'SUSPENSION_LIFTED' end, new.worker_id);
  return null;
end $$;
alter function suspension_ended owner to cosmos_keeper;
create trigger suspension_ended after update on suspension
  for each row when (old.confirmed_at is distinct from new.confirmed_at or old.lifted_at is distinct from new.lifted_at)
  execute function suspension_ended();
