-- Rule 2: a release of the notes of someone who is gone, or absent over 15 days; and what workers are told of.

-- CreateEnum
CREATE TYPE "ReleaseGround" AS ENUM ('PERSON_AGREEMENT', 'ACCESS_REQUEST', 'COURT_ORDER');

-- CreateEnum
CREATE TYPE "NotificationKind" AS ENUM ('HANDOVER_OFFERED', 'RELAY_OPENED', 'RELEASE_REQUESTED', 'RELEASE_APPROVED');

-- CreateTable
CREATE TABLE "release" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "ground" "ReleaseGround" NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "approved_by_id" UUID,
    "approved_at" TIMESTAMPTZ(3),

    CONSTRAINT "release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_note" (
    "release_id" UUID NOT NULL,
    "note_id" UUID NOT NULL,

    CONSTRAINT "release_note_pkey" PRIMARY KEY ("release_id","note_id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID NOT NULL,
    "kind" "NotificationKind" NOT NULL,
    "case_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "release_case_id_idx" ON "release"("case_id");

-- CreateIndex
CREATE INDEX "release_requested_by_id_idx" ON "release"("requested_by_id");

-- CreateIndex
CREATE INDEX "release_approved_by_id_idx" ON "release"("approved_by_id");

-- CreateIndex
CREATE INDEX "release_approved_at_requested_at_idx" ON "release"("approved_at", "requested_at");

-- CreateIndex
CREATE INDEX "release_note_note_id_idx" ON "release_note"("note_id");

-- CreateIndex
CREATE INDEX "notification_worker_id_created_at_id_idx" ON "notification"("worker_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "notification_case_id_idx" ON "notification"("case_id");

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_approved_by_id_fkey" FOREIGN KEY ("approved_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_note" ADD CONSTRAINT "release_note_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_note" ADD CONSTRAINT "release_note_note_id_fkey" FOREIGN KEY ("note_id") REFERENCES "interview_note"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table release add constraint release_approved_whole check ((approved_at is null) = (approved_by_id is null)),
  add constraint release_takes_two check (approved_by_id <> requested_by_id);

alter table release enable row level security;
alter table release force row level security;
grant select on release to cosmos_app;
grant insert (id, case_id, requested_by_id, ground) on release to cosmos_app;
grant update (approved_by_id, approved_at) on release to cosmos_app;
create policy release_read on release for select to cosmos_app
  using (requested_by_id = (select viewer_worker()) or (select viewer_has_role('TECHNICAL_ADVISER')));
create policy release_ask on release for insert to cosmos_app with check (
  requested_by_id = (select viewer_worker()) and (select viewer_has_scope('notes:write'))
  and exists (select from "case" c where c.id = case_id and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy release_approve on release for update to cosmos_app
  using ((select viewer_has_role('TECHNICAL_ADVISER')) and (select viewer_has_scope('cases:write')))
  with check (approved_by_id = (select viewer_worker()));

-- Filled and read by the keeper alone.
alter table release_note enable row level security;
alter table release_note force row level security;

alter table notification enable row level security;
alter table notification force row level security;
grant select on notification to cosmos_app;
create policy notification_own on notification for select to cosmos_app using (worker_id = (select viewer_worker()));

grant select on release, release_note to cosmos_keeper;
grant insert on release_note, notification to cosmos_keeper;

-- An adviser knows of a case while it is in a release, and of nothing in it. A function of the keeper's, since the
-- policies of release and case would otherwise ask each other without end.
create function is_in_release(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from release r where r.case_id = p_case and r.approved_at is null);
create policy case_in_release on "case" for select to cosmos_app
  using ((select viewer_has_role('TECHNICAL_ADVISER')) and is_in_release(id));

create or replace function reset_note_readers(p_case uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_assigned uuid := (select assigned_worker_id from "case" where id = p_case);
  v_changed integer;
begin
  update interview_note n set reader_id = r.reader from (
    select i.id, case
      when i.author_id = v_assigned then v_assigned
      when i.status = 'FINAL' and exists (select from handover_note hn join handover h on h.id = hn.handover_id
        where hn.note_id = i.id and h.case_id = i.case_id and h.to_worker_id = v_assigned and h.accepted_at is not null) then v_assigned
      when i.status = 'FINAL' and exists (select from release_note rn join release l on l.id = rn.release_id
        where rn.note_id = i.id and l.case_id = i.case_id and l.requested_by_id = v_assigned and l.approved_at is not null) then v_assigned
      end as reader
    from interview_note i where i.case_id = p_case) r
  where n.id = r.id and n.reader_id is distinct from r.reader;
  get diagnostics v_changed = row_count;
  return v_changed;
end $$;

-- Opens the final notes whose author no longer works in the district, or is absent over 15 days, and tells the authors.
create function release_approved() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.approved_at is not null or new.approved_at is null then return null; end if;
  insert into release_note (release_id, note_id)
  select new.id, n.id from interview_note n join worker w on w.id = n.author_id
  where n.case_id = new.case_id and n.status = 'FINAL' and n.author_id <> new.requested_by_id and (
    w.disabled_at is not null
    or not exists (select from membership m where m.worker_id = n.author_id and m.district_id = n.district_id
      and m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))
    or exists (select from absence a where a.worker_id = n.author_id and a.district_id = n.district_id
      and greatest(a.starts_at, a.declared_at) < now() - interval '15 days' and (a.ends_at is null or a.ends_at > now())));
  perform reset_note_readers(new.case_id);
  insert into notification (worker_id, kind, case_id)
  select distinct n.author_id, 'RELEASE_APPROVED'::"NotificationKind", new.case_id
    from release_note rn join interview_note n on n.id = rn.note_id where rn.release_id = new.id
  union select new.requested_by_id, 'RELEASE_APPROVED', new.case_id;
  return null;
end $$;
create trigger release_approved after update of approved_at on release
  for each row execute function release_approved();

create function notify_release_requested() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind)
  select distinct m.worker_id, 'RELEASE_REQUESTED'::"NotificationKind" from membership m
    where m.role = 'TECHNICAL_ADVISER' and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now());
  return null;
end $$;
create trigger notify_release_requested after insert on release
  for each row execute function notify_release_requested();

create function notify_handover_offered() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id) values (new.to_worker_id, 'HANDOVER_OFFERED', new.case_id);
  return null;
end $$;
create trigger notify_handover_offered after insert on handover
  for each row execute function notify_handover_offered();

create function notify_relay_opened() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) values (new.stand_in_id, 'RELAY_OPENED'), (new.absent_worker_id, 'RELAY_OPENED');
  return null;
end $$;
create trigger notify_relay_opened after insert on relay
  for each row execute function notify_relay_opened();

do $$
declare f regprocedure;
begin
  foreach f in array array['is_in_release(uuid)', 'release_approved()', 'notify_release_requested()', 'notify_handover_offered()',
    'notify_relay_opened()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function is_in_release(uuid) to cosmos_app;
