-- ---- case ----------------------------------------------------------------------------------------------------------
alter table "case" add constraint case_closed_at check ((status = 'CLOSED') = (closed_at is not null));
create index case_mine_open on "case" (assigned_worker_id, district_id, opened_at, id) where status = 'OPEN';
-- The cases that wait for a worker. They are few, so filters need no index of their own.
create index case_unassigned on "case" (district_id, opened_at, id) where assigned_worker_id is null;
-- A worker is in one or two districts. Without these statistics the planner takes the two columns for independent, expects less than a page
-- of rows, and sorts.
create statistics case_worker_of_district (dependencies) on assigned_worker_id, district_id from "case";

-- ---- assignment ----------------------------------------------------------------------------------------------------
-- A case has one open assignment at a time, and its assignments do not overlap.
alter table assignment add constraint assignment_interval check (ends_at is null or ends_at >= starts_at);
alter table assignment add constraint assignment_once exclude using gist
  (case_id with =, tstzrange(starts_at, ends_at) with &&);

-- ---- planned_reassignment ------------------------------------------------------------------------------------------
-- Rule 3: nobody assigns a case to themselves. `may_be_assigned` refuses a head of the district.
alter table planned_reassignment add constraint planned_reassignment_to_another check (to_worker_id <> from_worker_id);
alter table planned_reassignment add constraint planned_reassignment_not_to_oneself check (to_worker_id <> planned_by_id);
alter table planned_reassignment add constraint planned_reassignment_five_days check (takes_effect_at > planned_at and takes_effect_at <= planned_at + interval '5 days');
alter table planned_reassignment add constraint planned_reassignment_ended check ((outcome is null) = (ended_at is null));
create unique index planned_reassignment_once on planned_reassignment (case_id) where outcome is null;
create index planned_reassignment_to_come on planned_reassignment (to_worker_id, takes_effect_at, id) where outcome is null;
create index planned_reassignment_due on planned_reassignment (takes_effect_at, id) where outcome is null;

-- ---- absence -------------------------------------------------------------------------------------------------------
alter table absence add constraint absence_interval check (ends_at is null or ends_at > starts_at);
alter table absence add constraint absence_once exclude using gist
  (worker_id with =, district_id with =, tstzrange(starts_at, ends_at) with &&);
-- The absences of a district that are not over, in the order in which the workers come back.
create index absence_not_over on absence (district_id, coalesce(ends_at, 'infinity'), id);

-- ---- relay ---------------------------------------------------------------------------------------------------------
alter table relay add constraint relay_interval check (ends_at > starts_at);
alter table relay add constraint relay_of_another check (stand_in_id <> absent_worker_id);
alter table relay add constraint relay_once exclude using gist
  (absent_worker_id with =, district_id with =, tstzrange(starts_at, ends_at) with &&) where (pending_until is null);
-- A relay that waits has not been confirmed.
alter table relay add constraint relay_waits_or_is_confirmed check (pending_until is null or confirmed_by_id is null);

-- ---- need ----------------------------------------------------------------------------------------------------------
alter table need add constraint need_interval check (ends_on is null or ends_on > starts_on);
