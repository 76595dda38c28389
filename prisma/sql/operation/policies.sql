-- The third lock. A policy compares the row's own columns with settings that a statement reads once, hence `(select …)`. A policy that joins
-- a table with policies of its own makes the planner plan all of them for each statement. So rows hold copies of what is compared, and
-- policies call each other in one direction only: person -> case_person, appointment_person -> appointment.
--
-- cosmos_keeper (NOLOGIN, BYPASSRLS) owns the functions that must see all rows, and nothing else. It has only the grants that its functions
-- need. FORCE ROW LEVEL SECURITY also binds the owner of the tables, whose update without a policy changes 0 rows in silence.

-- ---- idempotency_key -----------------------------------------------------------------------------------------------
-- The requests that a client has already made, so that a repetition has no second effect.
alter table idempotency_key enable row level security, force row level security;
grant select, insert, update, delete on idempotency_key to cosmos_app;
create policy idempotency_key_own on idempotency_key for all to cosmos_app using (actor = (select viewer_actor()));
