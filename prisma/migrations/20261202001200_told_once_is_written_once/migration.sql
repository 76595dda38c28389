-- A notification that is told once an hour keeps its last time. In one transaction now() stands still: the row is then not written
-- again, since every later statement of the transaction would read each version of it.
create or replace function notification_tells_once() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_told uuid;
begin
  select n.id into v_told from notification n
    where n.worker_id = new.worker_id and n.created_at > now() - interval '1 hour' and n.kind = new.kind
      and n.case_id is not distinct from new.case_id
    limit 1;
  if v_told is null then return new; end if;
  update notification set created_at = new.created_at where id = v_told and created_at < new.created_at;
  return null;
end $$;
