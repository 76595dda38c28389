-- ---- act -----------------------------------------------------------------------------------------------------------
-- No viewer reads it, and neither do the jobs: it would be a list of what a worker does, and of what stood in hidden rows.
alter table act enable row level security, force row level security;
grant select, insert, update, delete on act to cosmos_keeper;
