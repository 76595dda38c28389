-- ---- notification --------------------------------------------------------------------------------------------------
-- What a worker is told. Only that worker reads it, and not before its time: a reading of their log may be told to them later.
alter table notification enable row level security, force row level security;
grant select on notification to cosmos_app;
grant select, insert on notification to cosmos_keeper;
grant update (created_at) on notification to cosmos_keeper;
create policy notification_own on notification for select to cosmos_app using (
  worker_id = (select viewer_worker()) and created_at <= now());
