-- The third lock. A policy compares columns of the row itself with settings that are read once in a statement, hence `(select …)`. A policy that
-- joins to a table with policies of its own is planned with all of them, at each statement. So rows carry copies of what is compared, and
-- policies ask one another in one direction only: person -> case_person, appointment_person -> appointment.
--
-- cosmos_keeper (NOLOGIN, BYPASSRLS) owns the few functions that must see all rows, and nothing else. FORCE ROW LEVEL SECURITY binds the owner
-- too, who would update 0 rows without a word. What the keeper's functions do not need is not granted to it.

-- ---- idempotency_key -----------------------------------------------------------------------------------------------
-- What a client has asked already, so that a repetition has no second effect.
alter table idempotency_key enable row level security, force row level security;
grant select, insert, update, delete on idempotency_key to cosmos_app;
create policy idempotency_key_own on idempotency_key for all to cosmos_app using (actor = (select viewer_actor()));
