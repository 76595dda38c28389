-- ---- handover ------------------------------------------------------------------------------------------------------
alter table handover add constraint handover_to_another check (from_worker_id <> to_worker_id);
alter table handover add constraint handover_withdrawn_or_accepted check (withdrawn_at is null or accepted_at is null);

-- ---- handover_task -------------------------------------------------------------------------------------------------
alter table handover_task add constraint handover_task_to_another check (worker_id <> to_worker_id);
alter table handover_task add constraint handover_task_answered_is_closed check (answer is null or closed_at is not null);
alter table handover_task add constraint handover_task_since check (since is null or answer = 'HANDED_OVER');
create index handover_task_waits on handover_task (worker_id, reassigned_at, id) where closed_at is null;
alter table handover_task add constraint handover_task_says_why check ((reason is not null) = (answer is not distinct from 'NO'));
-- The worker who has the case reads the answer NO. A worker who held the case before answers their task whether or not they wrote a note, so
-- that no answer tells of a note (rule 1).
create index handover_task_refused on handover_task (to_worker_id, closed_at, id) where answer = 'NO';
