-- ---- availability --------------------------------------------------------------------------------------------------
-- Between 06:00 and 22:00: the clock changes at night, so that each of these times exists once on every day.
alter table availability add constraint availability_interval check (ends_on > starts_on and closes_at > opens_at);
alter table availability add constraint availability_has_an_end check (ends_on <= starts_on + 731);
alter table availability add constraint availability_by_day check
  (opens_at >= '06:00' and closes_at <= '22:00' and closes_at - opens_at <= interval '12 hours');
alter table availability add constraint availability_modes check (cardinality(modes) > 0);

-- ---- availability_occurrence ---------------------------------------------------------------------------------------
-- A worker is open once at a time, in whatever district.
alter table availability_occurrence add constraint availability_occurrence_interval check (ends_at > starts_at and ends_at <= starts_at + interval '12 hours');
alter table availability_occurrence add constraint availability_occurrence_once exclude using gist
  (worker_id with =, tstzrange(starts_at, ends_at) with &&) where (not closed);
create index availability_occurrence_closed on availability_occurrence (availability_id, starts_at) where closed;

-- ---- unavailability ------------------------------------------------------------------------------------------------
-- Empty when it was withdrawn before it began.
alter table unavailability add constraint unavailability_interval check (ends_at >= starts_at and ends_at <= starts_at + interval '366 days');
-- What overlaps a time, however long ago it began and however much lies before it; and the few days that were closed.
create index unavailability_times on unavailability using gist (worker_id, tstzrange(starts_at, ends_at));
-- Time off is listed without what comes from elsewhere, of which there is much more.
create index unavailability_declared on unavailability (worker_id, starts_at) where outside_calendar_id is null;

-- ---- outside_calendar ----------------------------------------------------------------------------------------------
-- Who imports under a name waits for whoever imports under it, and puts theirs in its place.
create unique index outside_calendar_by_name on outside_calendar (worker_id, district_id, name) where removed_at is null;

-- ---- free_time -----------------------------------------------------------------------------------------------------
alter table free_time add constraint free_time_interval check (ends_at > starts_at);
