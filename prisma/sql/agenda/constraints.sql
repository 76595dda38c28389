-- ---- availability --------------------------------------------------------------------------------------------------
-- Hours are between 06:00 and 22:00: the clock changes at night, so each of these local times exists once on every day.
alter table availability add constraint availability_interval check (ends_on > starts_on and closes_at > opens_at);
alter table availability add constraint availability_has_an_end check (ends_on <= starts_on + 731);
alter table availability add constraint availability_by_day check
  (opens_at >= '06:00' and closes_at <= '22:00' and closes_at - opens_at <= interval '12 hours');
alter table availability add constraint availability_modes check (cardinality(modes) > 0);

-- ---- availability_occurrence ---------------------------------------------------------------------------------------
-- A worker has one open occurrence at a time, in all districts together.
alter table availability_occurrence add constraint availability_occurrence_interval check (ends_at > starts_at and ends_at <= starts_at + interval '12 hours');
alter table availability_occurrence add constraint availability_occurrence_once exclude using gist
  (worker_id with =, tstzrange(starts_at, ends_at) with &&) where (not closed);
create index availability_occurrence_closed on availability_occurrence (availability_id, starts_at) where closed;

-- ---- unavailability ------------------------------------------------------------------------------------------------
-- The interval is empty if the unavailability was withdrawn before it began.
alter table unavailability add constraint unavailability_interval check (ends_at >= starts_at and ends_at <= starts_at + interval '366 days');
-- Finds what overlaps a time, however long ago it began and however many rows lie before it.
create index unavailability_times on unavailability using gist (worker_id, tstzrange(starts_at, ends_at));
-- Lists the time off that was declared here. The times of outside calendars are left out: there are many more of them.
create index unavailability_declared on unavailability (worker_id, starts_at) where outside_calendar_id is null;

-- ---- outside_calendar ----------------------------------------------------------------------------------------------
-- Two imports under one name at the same time: the second waits for the first, and replaces its calendar.
create unique index outside_calendar_by_name on outside_calendar (worker_id, district_id, name) where removed_at is null;

-- ---- free_time -----------------------------------------------------------------------------------------------------
alter table free_time add constraint free_time_interval check (ends_at > starts_at);
alter table free_time add constraint free_time_spared check
  (num_nonnulls(spared_from, spared_until) <> 1 and spared_from >= starts_at and spared_from < ends_at);

-- ---- team_option ---------------------------------------------------------------------------------------------------
-- A vote of a week, then a quarter of a year at most. Who proposed it is known while the team votes, so that each member proposes one at a time.
alter table team_option add constraint team_option_vote check (voted_until = proposed_on + 7);
alter table team_option add constraint team_option_interval check
  (starts_on > voted_until and starts_on <= proposed_on + 92 and ends_on > starts_on and ends_on <= starts_on + 92);
alter table team_option add constraint team_option_proposer check (proposed_by_id is null or status = 'PROPOSED');
alter table team_option add constraint team_option_once exclude using gist
  (district_id with =, kind with =, daterange(starts_on, ends_on) with &&) where (status = 'ADOPTED');
create unique index team_option_one_each on team_option (district_id, kind, proposed_by_id) where status = 'PROPOSED';
