-- ---- calendar_feed -------------------------------------------------------------------------------------------------
-- A calendar that a phone reads at a secret address (RFC 5545): the public label, a time and a neutral place, without content.
alter table calendar_feed enable row level security, force row level security;
grant select on calendar_feed to cosmos_app;
grant insert (id, worker_id, person_id, client_id, label, secret_hash) on calendar_feed to cosmos_app;
grant update (revoked_at) on calendar_feed to cosmos_app;
grant select on calendar_feed to cosmos_keeper;
create policy calendar_feed_own on calendar_feed for all to cosmos_app
  using (worker_id = (select viewer_worker()) or person_id = (select viewer_person()));
