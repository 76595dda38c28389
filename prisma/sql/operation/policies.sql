-- The third lock. A policy compares the row's own columns with settings that a statement reads once, hence `(select …)`. A policy that joins
-- a table with policies of its own makes the planner plan all of them for each statement. So rows hold copies of what is compared, and
-- policies call each other in one direction only: person -> case_person, appointment_person -> appointment.
--
-- cosmos_keeper (NOLOGIN, BYPASSRLS) owns the functions that must see all rows, and nothing else. It has only the grants that its functions
-- need. FORCE ROW LEVEL SECURITY also binds the owner of the tables, whose update without a policy changes 0 rows in silence.

-- A statement that reads no column, such as an UPDATE without WHERE, meets the policy of UPDATE or DELETE alone. So a policy that writes lets
-- through no row that the policy of SELECT hides.

-- ---- idempotency_key -----------------------------------------------------------------------------------------------
-- The requests that a client has already made, so that a repetition has no second effect.
alter table idempotency_key enable row level security, force row level security;
grant select, insert, update, delete on idempotency_key to cosmos_app;
create policy idempotency_key_own on idempotency_key for all to cosmos_app using (actor = (select viewer_actor()));

-- ---- login_key -----------------------------------------------------------------------------------------------------
-- The keys of the API. cosmos_owner writes them, as a step of the migration. Whoever reads them can log in as anyone.
alter table login_key enable row level security, force row level security;
grant select on login_key to cosmos_keeper;
create policy login_key_owner on login_key for all to cosmos_owner using (true);

-- ---- nomenclature_version ------------------------------------------------------------------------------------------
-- cosmos_owner gives each change that it makes a version, and login() tells the last one.
alter table nomenclature_version enable row level security, force row level security;
grant select on nomenclature_version to cosmos_keeper;
create policy nomenclature_version_owner on nomenclature_version for all to cosmos_owner using (true);

-- ---- login_proof ---------------------------------------------------------------------------------------------------
-- The proofs that were used. The table is unlogged. After a crash it is empty, and who saw a proof of the last ten seconds could use it.
alter table login_proof set unlogged;
alter table login_proof enable row level security, force row level security;
grant select, insert, update, delete on login_proof to cosmos_keeper;

-- ---- vault_key_check -----------------------------------------------------------------------------------------------
-- Only functions read and write the table: a false value in it would keep every process from starting.
alter table vault_key_check enable row level security, force row level security;
grant select, insert on vault_key_check to cosmos_keeper;
