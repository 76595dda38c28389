-- ---- dispatch ------------------------------------------------------------------------------------------------------
-- The messages that jobs send. Only functions of cosmos_keeper read and write it; the notice or the offer shows its state.
alter table dispatch enable row level security, force row level security;
grant select, insert, update on dispatch to cosmos_keeper;
