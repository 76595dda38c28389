-- Data protection officers, technical advisers and administrators watch one another, through a front end. So that no administrator shuts out
-- the others, an administrator only suspends one of them. Each of the others can end the suspension. It stays only by a second person's
-- word.

-- Whether a role watches: these three are told of a suspension, and may end it. Every role may call it.
create function role_watches(p_role "Role") returns boolean
  language sql immutable parallel safe
  return p_role in ('DATA_PROTECTION_OFFICER', 'TECHNICAL_ADVISER', 'ADMINISTRATOR');
grant execute on function role_watches to public;

-- Whether the viewer has a role that watches, and reads the directory. Every role may call it.
create function viewer_ends_suspensions() returns boolean
  language plpgsql stable parallel safe
  as $$ begin
    return viewer_has_scope('directory:read') and (viewer_has_role('DATA_PROTECTION_OFFICER') or viewer_has_role('TECHNICAL_ADVISER')
      or viewer_has_role('ADMINISTRATOR'));
  end $$;
grant execute on function viewer_ends_suspensions to public;

-- Whether a suspension is in force. Every role may call it.
create function in_force(s suspension) returns boolean
  language sql stable
  return s.confirmed_at is null and s.lifted_at is null and s.lapses_at > now();
grant execute on function in_force to public;

-- Whether a front end is suspended, as a whole or with one of its scopes. Only functions of cosmos_keeper may call it.
create function is_suspended(p_client client, p_scope text) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return coalesce(p_client.suspended_until > now(), false) and exists (select from suspension s
    where s.client_id = p_client.id and in_force(s) and coalesce(s.scope, p_scope) = p_scope);
alter function is_suspended owner to cosmos_keeper;

-- Whether a worker has a post by which they watch, today or later. Only functions of cosmos_keeper may call it.
create function watches(p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from membership m where m.worker_id = p_worker and role_watches(m.role) and (m.ends_at is null or m.ends_at > now()));
alter function watches owner to cosmos_keeper;

-- Whether a worker is a data protection officer today, with an open login and an open post. cosmos_app may call it.
create function is_officer_today(p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from worker w join membership m on m.worker_id = w.id
    where w.id = p_worker and w.disabled_at is null and coalesce(w.suspended_until <= now(), true) and m.role = 'DATA_PROTECTION_OFFICER'
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()) and coalesce(m.suspended_until <= now(), true));
alter function is_officer_today owner to cosmos_keeper;
grant execute on function is_officer_today to cosmos_app;

-- Whether a suspension takes an officer away for good: then a successor is named. cosmos_app may call it.
create function needs_successor(p_worker uuid, p_membership uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from membership m where m.worker_id = p_worker and m.role = 'DATA_PROTECTION_OFFICER'
    and (p_membership is null or m.id = p_membership) and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
alter function needs_successor owner to cosmos_keeper;
grant execute on function needs_successor to cosmos_app;

-- Tells everyone who watches, and the worker concerned. Only functions of cosmos_keeper may call it.
create function notify_suspension(p_kind "NotificationKind", p_worker uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into notification (worker_id, kind, about_worker_id)
  select m.worker_id, p_kind, p_worker from membership m
    where role_watches(m.role) and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
  union select p_worker, p_kind, p_worker where p_worker is not null;
end;
alter function notify_suspension owner to cosmos_keeper;

-- Records a suspension by the viewer, tells everyone who watches, and returns its end. Only functions of cosmos_keeper may call it.
create function record_suspension(p_worker uuid, p_membership uuid, p_client uuid, p_scope text, p_what text) returns timestamptz
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_lapses timestamptz(3) := now() + interval '24 hours';
begin
  insert into suspension (worker_id, membership_id, client_id, scope, what, suspended_by_id, made_through_id, suspended_at, lapses_at)
    values (p_worker, p_membership, p_client, p_scope, p_what, viewer_worker(), viewer_through(), v_lapses - interval '24 hours', v_lapses);
  perform notify_suspension('SUSPENSION_MADE', p_worker);
  return v_lapses;
end $$;
alter function record_suspension owner to cosmos_keeper;

-- Suspends by the word of the viewer, and returns the end. It is refused if the viewer has suspended the same worker or client in the last 30
-- days: otherwise the viewer could repeat each day a suspension that lapses. A scope that was suspended does not stop the suspension of the
-- whole client. For a worker who has left, it does not matter who suspended. It is refused, too, while the viewer suspends another worker who watches, or another front end: otherwise one administrator could shut out all who
-- may lift it. Only functions of cosmos_keeper may call it.
create function suspend(p_worker uuid, p_membership uuid, p_client uuid, p_scope text, p_what text) returns timestamptz
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_watches boolean := watches(p_worker);
begin
  -- An administrator may send two requests at the same time, and two posts of a worker may be ended at the same time.
  perform pg_advisory_xact_lock(hashtext('cosmos:suspends'), hashtext(viewer_worker()::text));
  perform pg_advisory_xact_lock(hashtext('cosmos:suspension'), hashtext(coalesce(p_worker, p_client)::text));
  if exists (select from suspension s where s.confirmed_at is null
      and (s.worker_id = p_worker or s.client_id = p_client and (p_scope is not null or s.scope is null))
      and (s.suspended_by_id = viewer_worker() or p_client is null and not v_watches) and s.suspended_at > now() - interval '30 days')
    or exists (select from suspension s where s.suspended_by_id = viewer_worker() and in_force(s)
      and case when p_client is null then v_watches and watches(s.worker_id) else s.client_id <> p_client end)
  then
    raise 'one word suspends once, and one at a time' using errcode = 'check_violation';
  end if;
  return record_suspension(p_worker, p_membership, p_client, p_scope, p_what);
end $$;
alter function suspend owner to cosmos_keeper;

-- Whether a suspension may not be lifted yet through this front end (`p_lifts`), or not be confirmed yet. A stolen front end holds tokens of
-- several workers. So for an hour, until each of them has expired, it does not lift its own suspension, and does not confirm one that was made
-- through it. Every role may call it.
create function suspension_waits_here(s suspension, p_lifts boolean) returns boolean
  language sql stable
  return coalesce(case when p_lifts then s.client_id else s.made_through_id end = viewer_through(), false)
    and s.suspended_at > now() - interval '1 hour';
grant execute on function suspension_waits_here to public;
