-- Whom a worker is still to inform is a list of theirs, and never a block on help. Informing is done, or deferred with a ground.
-- Why someone of a case is not informed for now: each word of the assigned worker is a row, and the last one counts.
-- CreateTable
CREATE TABLE "notice_deferral" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "ground" "InformationGround" NOT NULL,
    "review_on" DATE NOT NULL,
    "deferred_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deferred_by_id" UUID NOT NULL,
    CONSTRAINT "notice_deferral_pkey" PRIMARY KEY ("id")
);
-- CreateIndex
CREATE INDEX "notice_deferral_case_id_person_id_deferred_at_id_idx" ON "notice_deferral"("case_id", "person_id", "deferred_at", "id");
-- CreateIndex
CREATE INDEX "notice_deferral_deferred_by_id_idx" ON "notice_deferral"("deferred_by_id");
-- AddForeignKey
ALTER TABLE "notice_deferral" ADD CONSTRAINT "notice_deferral_case_id_person_id_fkey" FOREIGN KEY ("case_id", "person_id") REFERENCES "case_person"("case_id", "person_id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "notice_deferral" ADD CONSTRAINT "notice_deferral_deferred_by_id_fkey" FOREIGN KEY ("deferred_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table notice_deferral enable row level security;
alter table notice_deferral force row level security;
grant select on notice_deferral to cosmos_app;
grant insert (id, case_id, person_id, ground, review_on, deferred_by_id) on notice_deferral to cosmos_app;
-- Of who follows the case now: it is no part of what the person, a desk or a colleague reads.
create policy notice_deferral_read on notice_deferral for select to cosmos_app using (
  exists (select from "case" c where c.id = case_id
    and ((c.assigned_worker_id = (select viewer_worker()) and c.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (c.assigned_worker_id || ':' || c.district_id) = any ((select viewer_relays())::text[]))));
create policy notice_deferral_say on notice_deferral for insert to cosmos_app with check (
  deferred_by_id = (select viewer_worker()) and (select viewer_has_scope('cases:write'))
  and exists (select from "case" c where c.id = case_id and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));
