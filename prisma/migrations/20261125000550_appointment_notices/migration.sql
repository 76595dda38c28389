-- When a worker falls ill, the day's appointments are moved or cancelled at once, and those who were to come are told: by the
-- safe contact that each has, at the desk for want of one.

-- ---- Tables --------------------------------------------------------------------------------------------------
-- CreateEnum
CREATE TYPE "AppointmentNoticeKind" AS ENUM ('CANCELLED', 'MOVED');
-- CreateEnum
CREATE TYPE "AppointmentNoticeOutcome" AS ENUM ('TOLD', 'NOT_REACHED');

-- CreateTable
CREATE TABLE "appointment_notice" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "appointment_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "kind" "AppointmentNoticeKind" NOT NULL,
    "previous_starts_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),
    "outcome" "AppointmentNoticeOutcome",
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "appointment_notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "appointment_notice_appointment_id_idx" ON "appointment_notice"("appointment_id");
-- CreateIndex
CREATE INDEX "appointment_notice_person_id_idx" ON "appointment_notice"("person_id");

-- AddForeignKey
ALTER TABLE "appointment_notice" ADD CONSTRAINT "appointment_notice_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "appointment_notice" ADD CONSTRAINT "appointment_notice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "appointment_notice" ADD CONSTRAINT "appointment_notice_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table appointment_notice add constraint appointment_notice_done check ((done_at is null) = (outcome is null));
-- A person is told of the last change, and of an appointment once.
create unique index appointment_notice_to_give on appointment_notice (appointment_id, person_id) where done_at is null;
create index appointment_notice_of_a_district on appointment_notice (district_id, created_at, id) where done_at is null;

-- ---- Who reads and writes -------------------------------------------------------------------------------------
-- Those who work with the appointment.
grant select on appointment_notice to cosmos_app;
grant insert (appointment_id, person_id, district_id, kind, previous_starts_at) on appointment_notice to cosmos_app;
grant update (kind, done_at, outcome, version) on appointment_notice to cosmos_app;
alter table appointment_notice enable row level security;
alter table appointment_notice force row level security;
create policy appointment_notice_read on appointment_notice for select to cosmos_app using (
  (select viewer_worker()) is not null and exists (select from appointment a where a.id = appointment_id));
create policy appointment_notice_write on appointment_notice for insert to cosmos_app with check (
  exists (select from appointment a where a.id = appointment_id and a.district_id = appointment_notice.district_id)
  and exists (select from appointment_person ap where ap.appointment_id = appointment_notice.appointment_id
    and ap.person_id = appointment_notice.person_id)
  and may_staff(appointment_id));
create policy appointment_notice_give on appointment_notice for update to cosmos_app using (
  (select viewer_worker()) is not null and exists (select from appointment a where a.id = appointment_id));

-- The time that a person knows: one of which they could not be told is not it.
create function known_starts_at(p_appointment uuid, p_person uuid, p_starts_at timestamptz) returns timestamptz
  language sql stable
  return coalesce((select case when n.outcome = 'NOT_REACHED' then n.previous_starts_at end from appointment_notice n
    where n.appointment_id = p_appointment and n.person_id = p_person order by n.created_at desc, n.id limit 1), p_starts_at);

-- Whether a colleague may learn of it: not of a case, nor its subject, nor of a sensitive file, of which the desk knows nothing.
create function may_pass_on(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment a where a.id = p_appointment and a.case_id is null and a.subject is null
    and a.district_id = any (viewer_districts('receptionist'))
    and not exists (select from appointment_person ap join person p on p.id = ap.person_id
      where ap.appointment_id = a.id and p.sensitive_file));
revoke all on function may_pass_on(uuid) from public;
alter function may_pass_on(uuid) owner to cosmos_keeper;
grant execute on function may_pass_on(uuid) to cosmos_app;

-- The desk passes an appointment on to a colleague who is free.
grant delete on appointment_worker to cosmos_app;
create policy appointment_worker_pass_on on appointment_worker for delete to cosmos_app using (
  exists (select from appointment a where a.id = appointment_id
    and a.district_id = any ((select viewer_districts('receptionist'))::uuid[])));
