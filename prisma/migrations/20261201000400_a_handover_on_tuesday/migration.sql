-- On Mondays the head reassigns first. The author hands over on Tuesday all the same: without reading again. An offer is of a note as it
-- was then, can be withdrawn, and falls when the case comes back.

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'CASE_ASSIGNED';
ALTER TYPE "NotificationKind" ADD VALUE 'CASE_REASSIGNED';

-- AlterTable
ALTER TABLE "handover" ADD COLUMN "withdrawn_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "handover_note" ADD COLUMN "note_version" INTEGER;

-- CreateTable
CREATE TABLE "handover_task" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "to_worker_id" UUID NOT NULL,
    "reassigned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answer" "HandoverAnswer",
    "since" DATE,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "handover_task_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "handover_task_worker_id_idx" ON "handover_task"("worker_id");

-- CreateIndex
CREATE INDEX "handover_task_case_id_idx" ON "handover_task"("case_id");

-- AddForeignKey
ALTER TABLE "handover_task" ADD CONSTRAINT "handover_task_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_task" ADD CONSTRAINT "handover_task_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_task" ADD CONSTRAINT "handover_task_to_worker_id_fkey" FOREIGN KEY ("to_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---- An offer is of a version ------------------------------------------------------------------------------------------
update handover_note hn set note_version = n.version from interview_note n where n.id = hn.note_id;
alter table handover_note alter column note_version set not null;
revoke insert on handover_note from cosmos_app;
grant insert (handover_id, note_id) on handover_note to cosmos_app;

create function handover_names_a_version() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.note_version := (select version from interview_note where id = new.note_id);
  return new;
end $$;
create trigger handover_names_a_version before insert on handover_note
  for each row execute function handover_names_a_version();

-- Whoever holds the case reads what they wrote, what they accepted and what was released to them. A danger opens until its end.
create or replace function reset_note_readers(p_case uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_assigned uuid := (select assigned_worker_id from "case" where id = p_case);
  v_changed integer;
begin
  update interview_note n set reader_id = r.reader, readable_until = r.until from (
    select i.id, case when bool_or(w.opens) then v_assigned end as reader,
      case when bool_and(w.until is not null) then max(w.until) end as until
    from interview_note i left join lateral (
      select true as opens, null::timestamptz as until where i.author_id = v_assigned
      union all select true, null from handover_note hn join handover h on h.id = hn.handover_id
        where i.status = 'FINAL' and hn.note_id = i.id and hn.note_version = i.version and h.case_id = i.case_id
          and h.to_worker_id = v_assigned and h.accepted_at is not null
      union all select true, l.open_until from release_note rn join release l on l.id = rn.release_id
        where i.status = 'FINAL' and rn.note_id = i.id and rn.closed_at is null and l.case_id = i.case_id
          and l.requested_by_id = v_assigned and l.approved_at is not null and l.lapsed_at is null
    ) w on true
    where i.case_id = p_case group by i.id) r
  where n.id = r.id and (n.reader_id is distinct from r.reader or n.readable_until is distinct from r.until);
  get diagnostics v_changed = row_count;
  return v_changed;
end $$;

create or replace function handover_accepted() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.accepted_at is not null or new.accepted_at is null then return null; end if;
  perform from "case" where id = new.case_id and assigned_worker_id = new.to_worker_id for share;
  if not found then return null; end if;
  update interview_note n set reader_id = new.to_worker_id, readable_until = null from handover_note hn
  where hn.handover_id = new.id and n.id = hn.note_id and n.version = hn.note_version and n.case_id = new.case_id and n.status = 'FINAL'
    and (n.reader_id is distinct from new.to_worker_id or n.readable_until is not null);
  return null;
end $$;

-- ---- An offer is withdrawn, or falls -----------------------------------------------------------------------------------
alter table handover add constraint handover_withdrawn_or_accepted check (withdrawn_at is null or accepted_at is null);
grant update (withdrawn_at) on handover to cosmos_app;
grant update (withdrawn_at) on handover to cosmos_keeper;
drop policy handover_accept on handover;
create policy handover_accept on handover for update to cosmos_app using (
  to_worker_id = (select viewer_worker()) and withdrawn_at is null and exists (select from "case" c where c.id = case_id
    and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy handover_withdraw on handover for update to cosmos_app using (
  from_worker_id = (select viewer_worker()) and accepted_at is null and (select viewer_has_scope('notes:write')));

create function handover_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.accepted_at is distinct from old.accepted_at and old.to_worker_id is distinct from viewer_worker()
    or new.withdrawn_at is distinct from old.withdrawn_at and old.from_worker_id is distinct from viewer_worker()
  then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
  return new;
end $$;
create trigger handover_is_said_by before update on handover
  for each row when (current_user = 'cosmos_app') execute function handover_is_said_by();

-- ---- Who leaves a case, and who takes it, are told; who leaves it has a task ------------------------------------------------
alter table handover_task
  add constraint handover_task_to_another check (worker_id <> to_worker_id),
  add constraint handover_task_answered_is_closed check (answer is null or closed_at is not null),
  add constraint handover_task_since check (since is null or answer = 'HANDED_OVER');
create index handover_task_waits on handover_task (worker_id, reassigned_at, id) where closed_at is null;
alter table handover_task enable row level security;
alter table handover_task force row level security;
grant select on handover_task to cosmos_app;
grant update (answer, since, closed_at) on handover_task to cosmos_app;
create policy handover_task_own on handover_task for select to cosmos_app using (worker_id = (select viewer_worker()));
create policy handover_task_answer on handover_task for update to cosmos_app
  using (worker_id = (select viewer_worker()) and closed_at is null and (select viewer_has_scope('notes:write')))
  with check (worker_id = (select viewer_worker()) and answer is not null);

-- At COMMIT, by the assignment that someone begins. A task closes when the case changes hands again, and an offer falls when the case comes back
-- to who made it.
create function assignment_tells() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_before uuid;
begin
  if new.ends_at is not null then return null; end if;
  select worker_id into v_before from assignment
    where case_id = new.case_id and id <> new.id and ends_at is not null order by ends_at desc limit 1;
  update handover_task set closed_at = now() where case_id = new.case_id and closed_at is null;
  update handover set withdrawn_at = now()
    where case_id = new.case_id and from_worker_id = new.worker_id and accepted_at is null and withdrawn_at is null;
  insert into notification (worker_id, kind, case_id) values (new.worker_id, 'CASE_ASSIGNED', new.case_id);
  if v_before <> new.worker_id then
    insert into notification (worker_id, kind, case_id) values (v_before, 'CASE_REASSIGNED', new.case_id);
    insert into handover_task (case_id, worker_id, to_worker_id) values (new.case_id, v_before, new.worker_id);
  end if;
  return null;
end $$;
create constraint trigger assignment_tells after insert on assignment
  deferrable initially deferred for each row when (new.assigned_by_id is not null) execute function assignment_tells();

create function handover_task_answered() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.answer = 'HANDED_OVER' then
    perform hand_over_unread(new.case_id, new.worker_id, new.to_worker_id, new.since);
  end if;
  return null;
end $$;
create trigger handover_task_answered after update of answer on handover_task
  for each row when (old.answer is null and new.answer is not null) execute function handover_task_answered();

grant select, insert, update (closed_at) on handover_task to cosmos_keeper;

do $$
declare f regprocedure;
begin
  foreach f in array array['handover_names_a_version()', 'assignment_tells()', 'handover_task_answered()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
