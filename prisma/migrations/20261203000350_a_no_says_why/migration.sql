-- Rule 2: an author who is there hands over, or says why not. After a reassignment they said no without a reason, and nobody was told: who
-- has the case now tells the person, who may ask for her own file.

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'HANDOVER_ANSWERED_NO';

-- AlterTable
ALTER TABLE "handover_task" ADD COLUMN "reason" "KeepReason";

-- With FORCE the owner is bound as well, and no policy shows the owner a row.
alter table handover_task no force row level security;
update handover_task set reason = 'OTHER' where answer = 'NO';
alter table handover_task force row level security;
alter table handover_task add constraint handover_task_says_why check ((reason is not null) = (answer is not distinct from 'NO'));
grant update (reason) on handover_task to cosmos_app;

-- A no is read by who has the case now. It is answered whether or not there is a note.
create index handover_task_refused on handover_task (to_worker_id, closed_at, id) where answer = 'NO';
drop policy handover_task_own on handover_task;
create policy handover_task_read on handover_task for select to cosmos_app using (
  worker_id = (select viewer_worker()) or (to_worker_id = (select viewer_worker()) and answer = 'NO'));

create or replace function handover_task_answered() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.answer = 'HANDED_OVER' then
    perform hand_over_unread(new.case_id, new.worker_id, new.to_worker_id, new.since);
  else
    insert into notification (worker_id, kind, case_id) values (new.to_worker_id, 'HANDOVER_ANSWERED_NO', new.case_id);
  end if;
  return null;
end $$;
