-- BEFORE UPDATE by cosmos_app: one administrator alone may take a right away. To give one takes two people, and is not done by an update.
-- Each administrator acts in their own name. A worker whose posts have all ended contradicts the end of one, once. The database sets the time.
create function rights_only_end() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'membership' then
    if new.end_contradicted_at is distinct from old.end_contradicted_at then
      if old.worker_id is distinct from viewer_worker() or old.end_contradicted_at is not null or exists (select from membership m
          where m.worker_id = old.worker_id and (m.ends_at is null or m.ends_at > now()))
      then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
      new.end_contradicted_at := now();
    end if;
    if (new.ends_at, new.ended_by_id, new.end_confirmed_by_id, new.end_confirmed_at)
        is distinct from (old.ends_at, old.ended_by_id, old.end_confirmed_by_id, old.end_confirmed_at)
      and not (viewer_has_role('ADMINISTRATOR') and viewer_has_scope('directory:write'))
    then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
    if new.ends_at is distinct from old.ends_at and (new.ends_at is null or new.ends_at > old.ends_at) then
      raise 'a membership only ends';
    end if;
    -- Names the administrator who ends the post.
    if new.ends_at is distinct from old.ends_at then new.ended_by_id := viewer_worker(); end if;
    if new.ended_by_id is distinct from old.ended_by_id and new.ended_by_id is distinct from viewer_worker()
      or new.end_confirmed_by_id is distinct from old.end_confirmed_by_id and new.end_confirmed_by_id is distinct from viewer_worker()
    then raise 'each speaks in their own name' using errcode = 'insufficient_privilege'; end if;
    if new.ends_at is distinct from old.ends_at and new.end_confirmed_at is not null then raise 'a confirmed end stays'; end if;
    if old.end_confirmed_at is null and new.end_confirmed_at is not null then new.end_confirmed_at := now(); end if;
  elsif old.disabled_at is not null and new.disabled_at is distinct from old.disabled_at then
    raise 'what is disabled stays so';
  end if;
  return new;
end $$;
create trigger rights_only_end before update on membership
  for each row when (current_user = 'cosmos_app') execute function rights_only_end();
create trigger rights_only_end before update on worker
  for each row when (current_user = 'cosmos_app') execute function rights_only_end();
create trigger rights_only_end before update on client
  for each row when (current_user = 'cosmos_app') execute function rights_only_end();

-- BEFORE UPDATE by cosmos_app: a client loses scopes and gets none.
create function scopes_only_shrink() returns trigger language plpgsql as $$
begin
  if not new.scopes <@ old.scopes then raise 'a client gets no scope by an update'; end if;
  return new;
end $$;
create trigger scopes_only_shrink before update on client
  for each row when (current_user = 'cosmos_app') execute function scopes_only_shrink();

-- AFTER a post is ended, or its end confirmed: tells the worker.
create function notify_membership_ended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) values (new.worker_id, 'MEMBERSHIP_ENDED');
  return null;
end $$;
alter function notify_membership_ended owner to cosmos_keeper;
create trigger notify_membership_ended after update of ended_by_id, end_confirmed_by_id on membership
  for each row when (new.ended_by_id is distinct from old.ended_by_id or new.end_confirmed_by_id is distinct from old.end_confirmed_by_id)
  execute function notify_membership_ended();

-- AFTER a departure is confirmed or contradicted: tells the heads of the districts where the worker had posts, and the data protection
-- officers. A false departure opens notes only after the wait of a release, which the officer can close.
create function notify_departure() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, about_worker_id)
  select distinct m.worker_id, tg_argv[0]::"NotificationKind", new.worker_id from membership m
  where m.worker_id <> new.worker_id and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
    and (m.role = 'DATA_PROTECTION_OFFICER' or m.role = 'DISTRICT_HEAD' and m.district_id in (
        select p.district_id from membership p where p.worker_id = new.worker_id)
      or m.role = 'ADMINISTRATOR' and tg_argv[0] = 'DEPARTURE_CONTRADICTED');
  return null;
end $$;
alter function notify_departure owner to cosmos_keeper;
create trigger notify_departure_confirmed after update of end_confirmed_at on membership
  for each row when (old.end_confirmed_at is null and new.end_confirmed_at is not null)
  execute function notify_departure('DEPARTURE_CONFIRMED');
-- Tells the administrators too, if the worker contradicts it.
create trigger notify_departure_contradicted after update of end_contradicted_at on membership
  for each row when (old.end_contradicted_at is null and new.end_contradicted_at is not null)
  execute function notify_departure('DEPARTURE_CONTRADICTED');

-- At COMMIT, after a worker contradicts their departure: closes the notes of this author that a release opened. Notes that a danger opened
-- stay open, since a danger does not ask whether its authors are there. It runs at COMMIT, so that its time tells nothing of a note.
create function departure_contradicted() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_cases uuid[];
begin
  with closed as (
    update release_note rn set closed_at = now() from interview_note n, release r
    where n.id = rn.note_id and rn.closed_at is null and n.author_id = new.worker_id and r.id = rn.release_id and r.ground <> 'DANGER'
    returning n.case_id)
  select array_agg(distinct case_id) into v_cases from closed;
  perform reset_note_readers(one) from unnest(v_cases) one;
  return null;
end $$;
alter function departure_contradicted owner to cosmos_keeper;
create constraint trigger departure_contradicted after update of end_contradicted_at on membership
  deferrable initially deferred for each row when (old.end_contradicted_at is null and new.end_contradicted_at is not null)
  execute function departure_contradicted();
