-- What is told once an hour keeps its last time. In one transaction now() stands still: the notification that is there is not
-- written again, since each version of a row is read by every later statement of the transaction.
create or replace function notification_tells_once() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from notification n
    where n.worker_id = new.worker_id and n.created_at > now() - interval '1 hour' and n.kind = new.kind
      and n.case_id is not distinct from new.case_id)
  then return new; end if;
  update notification n set created_at = new.created_at
    where n.worker_id = new.worker_id and n.created_at > now() - interval '1 hour' and n.kind = new.kind
      and n.case_id is not distinct from new.case_id and n.created_at < new.created_at;
  return null;
end $$;
