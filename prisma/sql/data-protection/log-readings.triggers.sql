-- AFTER INSERT into the access log: tells a worker that an officer read what the log has of them, and on what ground; once in 24 hours for each
-- ground. Where telling would harm an inquiry, the second persons are told at once, and the worker 30 days later. They are also told of a
-- worker whose account is closed, who reads nothing any more. The log is the place to notice it: nothing is read without a line.
create function log_reading_is_told() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_kind "NotificationKind" := ('LOG_READ_' || new.ground)::"NotificationKind";
  v_waits boolean := new.action = 'READ_ACCESS_LOG_WITHOUT_TELLING';
  v_now timestamptz(3) := now();
begin
  insert into notification (worker_id, kind, about_worker_id, created_at)
  select told.id, v_kind, new.target_worker_id, told.at from (
    select w.id, case when v_waits then v_now + interval '30 days' else v_now end from worker w
      where w.id = new.target_worker_id and w.id <> new.actor_id
    union all
    select s, v_now from worker w cross join second_readers(w.id) s
      where w.id = new.target_worker_id and (v_waits or w.disabled_at is not null)) told (id, at)
  where not exists (select from notification n where n.worker_id = told.id and n.kind = v_kind and n.about_worker_id = new.target_worker_id
    and n.created_at > told.at - interval '24 hours' and n.created_at <= told.at);
  return null;
end $$;
alter function log_reading_is_told owner to cosmos_keeper;
create trigger log_reading_is_told after insert on access_log
  for each row when (new.action in ('READ_ACCESS_LOG', 'READ_ACCESS_LOG_WITHOUT_TELLING') and new.outcome = 'DONE'
    and new.target_worker_id is not null and new.ground is not null)
  execute function log_reading_is_told();
