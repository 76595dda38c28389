-- BEFORE UPDATE by cosmos_app: one administrator alone may take a right away. To give one takes two people, and is not done by an update.
-- Each administrator acts in their own name. The database sets the time.
create function rights_only_end() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'membership' then
    if new.ends_at is null or new.ends_at > old.ends_at then raise 'a membership only ends'; end if;
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
