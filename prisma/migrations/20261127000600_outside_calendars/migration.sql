-- Another calendar of a worker's (Outlook, Zimbra…), as the times at which they are busy there: no title, no place, nobody's
-- name. Each is time off like any other, but that only its calendar puts it there and takes it away.

-- CreateTable
CREATE TABLE "outside_calendar" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reaches_until" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "outside_calendar_pkey" PRIMARY KEY ("id")
);
-- AlterTable
ALTER TABLE "unavailability" ADD COLUMN "outside_calendar_id" UUID;

-- CreateIndex
CREATE INDEX "outside_calendar_worker_id_imported_at_idx" ON "outside_calendar"("worker_id", "imported_at");
-- CreateIndex
CREATE INDEX "outside_calendar_district_id_idx" ON "outside_calendar"("district_id");
-- CreateIndex
CREATE INDEX "unavailability_outside_calendar_id_starts_at_idx" ON "unavailability"("outside_calendar_id", "starts_at");

-- AddForeignKey
ALTER TABLE "outside_calendar" ADD CONSTRAINT "outside_calendar_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "outside_calendar" ADD CONSTRAINT "outside_calendar_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "unavailability" ADD CONSTRAINT "unavailability_outside_calendar_id_fkey" FOREIGN KEY ("outside_calendar_id") REFERENCES "outside_calendar"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- What must hold ------------------------------------------------------------------------------------------
-- Who imports under a name waits for whoever imports under it, and puts theirs in its place.
create unique index outside_calendar_by_name on outside_calendar (worker_id, district_id, name) where removed_at is null;
-- Time off is listed without what comes from elsewhere, of which there is much more.
create index unavailability_declared on unavailability (worker_id, starts_at) where outside_calendar_id is null;

create function calendar_stays_removed() returns trigger language plpgsql as $$
begin
  if old.removed_at is not null then raise 'what is removed stays so'; end if;
  return new;
end $$;
create trigger calendar_stays_removed before update on outside_calendar
  for each row execute function calendar_stays_removed();

-- ---- Who imports and removes: workers their own ------------------------------------------------------------------
-- Where they have an agenda; what they have brought they remove wherever they work by now.
grant select on outside_calendar to cosmos_app;
grant insert (id, worker_id, district_id, name, imported_at, reaches_until) on outside_calendar to cosmos_app;
grant update (imported_at, reaches_until, removed_at) on outside_calendar to cosmos_app;
alter table outside_calendar enable row level security;
alter table outside_calendar force row level security;
create policy outside_calendar_own on outside_calendar for select to cosmos_app using (worker_id = (select viewer_worker()));
create policy outside_calendar_import on outside_calendar for insert to cosmos_app with check (
  worker_id = (select viewer_worker()) and (district_id = any ((select viewer_districts('social_worker'))::uuid[])
    or district_id = any ((select viewer_districts('receptionist'))::uuid[])));
create policy outside_calendar_replace on outside_calendar for update to cosmos_app using (worker_id = (select viewer_worker()));

-- Its times: to everyone else they are busy times like any others, and nobody ends one of them alone.
grant insert (outside_calendar_id), delete on unavailability to cosmos_app;
create policy unavailability_outside_read on unavailability as restrictive for select to cosmos_app using (
  outside_calendar_id is null or worker_id = (select viewer_worker()));
create policy unavailability_outside_import on unavailability as restrictive for insert to cosmos_app with check (
  outside_calendar_id is null or exists (select from outside_calendar c where c.id = outside_calendar_id
    and c.worker_id = unavailability.worker_id and c.district_id = unavailability.district_id and c.removed_at is null));
create policy unavailability_outside_stays on unavailability as restrictive for update to cosmos_app using (
  outside_calendar_id is null);
create policy unavailability_outside_replace on unavailability for delete to cosmos_app using (
  outside_calendar_id is not null and worker_id = (select viewer_worker()));

-- ---- What it takes is not free, and is free again once it is gone ---------------------------------------------------
create trigger unavailability_gone after delete on unavailability
  referencing old table as changed for each statement execute function busy_changed();
create trigger unavailability_gone_wakes after delete on unavailability
  referencing old table as changed for each statement execute function time_freed();
