-- Every list that the API offers is read in the order in which it is shown, from an index that begins with what the
-- viewer may see: a page reads its own rows, however many there are.

-- Under row-level security only leakproof operators reach an index: those of uuid and timestamptz are, that of an enum
-- and those of arrays are not. So statuses and missions are conditions of partial indexes, and workers are taken out of
-- their array.

-- ---- Cases ---------------------------------------------------------------------------------------------------
-- CreateIndex
CREATE INDEX "case_assigned_worker_id_district_id_opened_at_id_idx" ON "case"("assigned_worker_id", "district_id", "opened_at", "id");

-- DropIndex
DROP INDEX "case_assigned_worker_id_opened_at_id_idx";
drop index case_by_status;
drop index case_mine_by_status;

create index case_open on "case" (district_id, opened_at, id) where status = 'OPEN';
create index case_closed on "case" (district_id, opened_at, id) where status = 'CLOSED';
create index case_mine_open on "case" (assigned_worker_id, district_id, opened_at, id) where status = 'OPEN';
create index case_polyvalence on "case" (district_id, opened_at, id) where mission = 'POLYVALENCE';
create index case_rsa on "case" (district_id, opened_at, id) where mission = 'RSA';
create index case_logement on "case" (district_id, opened_at, id) where mission = 'LOGEMENT';
create index case_evaluation on "case" (district_id, opened_at, id) where mission = 'EVALUATION';
create index case_enfance_famille on "case" (district_id, opened_at, id) where mission = 'ENFANCE_FAMILLE';
-- What waits for someone: few, so that filters need no index of their own.
create index case_unassigned on "case" (district_id, opened_at, id) where assigned_worker_id is null;

-- ---- Appointments --------------------------------------------------------------------------------------------
-- CreateIndex
CREATE INDEX "appointment_case_worker_id_district_id_starts_at_id_idx" ON "appointment"("case_worker_id", "district_id", "starts_at", "id");

-- Most have one worker, the first of the array, some a second; those with more are few in a district.
create index appointment_first_worker on appointment ((worker_ids[1]), district_id, starts_at, id);
create index appointment_second_worker on appointment ((worker_ids[2]), district_id, starts_at, id)
  where cardinality(worker_ids) > 1;
create index appointment_more_workers on appointment (district_id, starts_at, id) where cardinality(worker_ids) > 2;
drop index appointment_by_worker;

-- What is booked lies ahead, most of what is behind was honoured: a list by start would pass over all of that first.
create index appointment_booked on appointment (district_id, starts_at, id) where status = 'BOOKED';
create index appointment_not_held on appointment (district_id, starts_at, id) where status not in ('BOOKED', 'HONOURED');
create index appointment_first_worker_booked on appointment ((worker_ids[1]), district_id, starts_at, id)
  where status = 'BOOKED';
create index appointment_first_worker_not_held on appointment ((worker_ids[1]), district_id, starts_at, id)
  where status not in ('BOOKED', 'HONOURED');
create index appointment_case_worker_booked on appointment (case_worker_id, district_id, starts_at, id)
  where status = 'BOOKED';
create index appointment_case_worker_not_held on appointment (case_worker_id, district_id, starts_at, id)
  where status not in ('BOOKED', 'HONOURED');

-- A person comes to what is theirs by the rows that tie them to it: of a rare element of arrays the planner knows
-- nothing, and reads them all.
drop index case_online_person;
drop index appointment_online_person;

-- A relay's and an absence's end, without those long over.
-- CreateIndex
CREATE INDEX "relay_district_id_ends_at_idx" ON "relay"("district_id", "ends_at");

-- DropIndex
DROP INDEX "relay_district_id_idx";

-- ---- What functions and policies read --------------------------------------------------------------------------
-- An appointment lasts 12 hours at most (appointment_within_a_day): what began before that is over.
create or replace function busy_intervals(p_workers uuid[], p_from timestamptz, p_until timestamptz)
  returns table (starts_at timestamptz, ends_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select o.starts_at, o.ends_at from occupancy o
    where o.worker_id = any (p_workers) and o.starts_at < p_until and o.ends_at > p_from
      and o.starts_at > p_from - interval '12 hours'
  union all
  select a.starts_at, coalesce(a.ends_at, 'infinity') from absence a
    where a.worker_id = any (p_workers) and a.starts_at < p_until and (a.ends_at is null or a.ends_at > p_from);
end;
alter table occupancy add constraint occupancy_within_a_day check (ends_at <= starts_at + interval '12 hours');

-- A person knows the workers of what is shown to them online: those few rows, and not all of the worker's.
drop policy worker_read on worker;
create policy worker_read on worker for select to cosmos_app using (
  (select viewer_worker()) is not null
  or (select viewer_setting('client_reads_directory')) = 'yes'
  or id = any (array(select unnest(ap.worker_ids) from appointment_person ap
    where ap.person_id = (select viewer_person()) and ap.show_online))
  or id = any (array(select cp.assigned_worker_id from case_person cp
    where cp.person_id = (select viewer_person()) and cp.show_online)));

-- A worker is of a district or two: taken for independent, the planner would expect hardly a page of rows, and sort.
create statistics case_worker_of_district (dependencies) on assigned_worker_id, district_id from "case";
create statistics appointment_worker_of_district (dependencies) on (worker_ids[1]), district_id from appointment;
create statistics appointment_case_worker_of_district (dependencies) on case_worker_id, district_id from appointment;
-- And of the expressions that the indexes are on.
analyze "case", appointment;
