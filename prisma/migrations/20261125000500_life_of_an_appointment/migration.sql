-- The life of an appointment: who asked for it, where it is held, who else is there, how it ended, why the service called
-- it off, and when whoever visits someone at home is expected back.

-- ---- Tables --------------------------------------------------------------------------------------------------
-- CreateEnum
CREATE TYPE "AskedBy" AS ENUM ('PERSON', 'RELATIVE', 'PARTNER', 'SERVICE');
-- CreateEnum
CREATE TYPE "CancellationReason" AS ENUM ('WORKER_AWAY', 'PREMISES_CLOSED', 'BOOKED_BY_MISTAKE', 'OTHER_TIME_AGREED', 'OTHER');
-- CreateEnum
CREATE TYPE "ParticipantKind" AS ENUM ('INTERPRETER', 'PARTNER', 'RELATIVE');

-- AlterTable
ALTER TABLE "appointment" ADD COLUMN "asked_by" "AskedBy",
ADD COLUMN "back_at" TIMESTAMPTZ(3),
ADD COLUMN "booked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN "cancellation_reason" "CancellationReason",
ADD COLUMN "expected_back_at" TIMESTAMPTZ(3),
ADD COLUMN "place" TEXT,
ADD COLUMN "status_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "appointment_participant" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "appointment_id" UUID NOT NULL,
    "kind" "ParticipantKind" NOT NULL,
    "language" TEXT,
    "mode" "AppointmentMode" NOT NULL DEFAULT 'ON_SITE',
    "place" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "appointment_participant_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "appointment_participant_appointment_id_idx" ON "appointment_participant"("appointment_id");

-- AddForeignKey
ALTER TABLE "appointment_participant" ADD CONSTRAINT "appointment_participant_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- What must hold ------------------------------------------------------------------------------------------
alter table appointment
  add constraint appointment_back check ((expected_back_at is null and back_at is null) or mode = 'HOME'),
  -- It is kept in the worker's agenda, where nothing lasts longer (occupancy_within_a_day).
  add constraint appointment_expected_back check
    (expected_back_at >= ends_at and expected_back_at <= starts_at + interval '12 hours'),
  add constraint appointment_cancellation_reason check (cancellation_reason is null or status = 'CANCELLED_BY_SERVICE');
alter table appointment_participant
  add constraint appointment_participant_interval check (ends_at > starts_at),
  add constraint appointment_participant_language check (language ~ '^[a-z]{2,3}$');

create function appointment_status_changed() returns trigger language plpgsql as $$
begin
  if new.status is distinct from old.status then new.status_at := now(); end if;
  return new;
end $$;
create trigger appointment_status_changed before update of status on appointment
  for each row execute function appointment_status_changed();

-- Who is out on a home visit.
create index appointment_out on appointment (district_id, expected_back_at, id)
  where expected_back_at is not null and back_at is null;

-- ---- Who reads and writes -------------------------------------------------------------------------------------
grant insert (place, asked_by, expected_back_at) on appointment to cosmos_app;
grant update (place, cancellation_reason, expected_back_at, back_at) on appointment to cosmos_app;

-- Those who work with the appointment; the person to whom it is shown is not told.
grant select, insert, delete on appointment_participant to cosmos_app;
alter table appointment_participant enable row level security;
alter table appointment_participant force row level security;
create policy appointment_participant_read on appointment_participant for select to cosmos_app using (
  (select viewer_worker()) is not null and exists (select from appointment a where a.id = appointment_id));
create policy appointment_participant_invite on appointment_participant for insert to cosmos_app
  with check (may_staff(appointment_id));
create policy appointment_participant_excuse on appointment_participant for delete to cosmos_app
  using (may_staff(appointment_id));

-- ---- What stands against holding it -----------------------------------------------------------------------------
-- As before, and: whoever went out is not back when they said.
create or replace function appointment_warnings(p_appointments uuid[]) returns table (appointment_id uuid, warning text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, w.warning
  from appointment a
  cross join lateral (
    select 'WORKER_AWAY' as warning where a.status = 'BOOKED' and exists (
      select from unnest(a.worker_ids) worker
      where exists (select from absence s where s.worker_id = worker
          and tstzrange(s.starts_at, s.ends_at) && tstzrange(a.starts_at, a.ends_at))
        or exists (select from unavailability u where u.worker_id = worker
          and tstzrange(u.starts_at, u.ends_at) && tstzrange(a.starts_at, a.ends_at)))
    union all
    select 'HOURS_CLOSED' where a.status = 'BOOKED' and exists (
      select from availability_occurrence o where o.worker_id = any (a.worker_ids) and o.closed
        and o.starts_at < a.ends_at and o.ends_at > a.starts_at and o.starts_at > a.starts_at - interval '12 hours'
        and not exists (select from availability_occurrence n where n.worker_id = o.worker_id and not n.closed
          and n.starts_at <= a.starts_at and n.ends_at >= a.ends_at and n.starts_at > a.starts_at - interval '12 hours'))
    union all
    select 'RETURN_OVERDUE' where (a.status_at >= a.starts_at
        or a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')) and a.expected_back_at between now() - interval '7 days' and now() and a.back_at is null) w
  where a.id = any (p_appointments) and (
    a.district_id = any (viewer_districts('receptionist'))
    or (viewer_worker() = any (a.worker_ids) and a.district_id = any (viewer_districts('any')))
    or (a.case_worker_id = viewer_worker() and a.district_id = any (viewer_districts('social_worker')))
    or (a.case_worker_id || ':' || a.district_id) = any (viewer_relays()));
end;
