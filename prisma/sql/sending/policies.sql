-- ---- dispatch ------------------------------------------------------------------------------------------------------
-- What is sent without anyone's doing. Nobody but functions touches it: the notice or the offer shows how it goes.
alter table dispatch enable row level security, force row level security;
grant select, insert, update on dispatch to cosmos_keeper;
