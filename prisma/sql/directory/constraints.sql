-- ---- commune -------------------------------------------------------------------------------------------------------
alter table commune add constraint commune_population check (population >= 0);

-- ---- district_place ------------------------------------------------------------------------------------------------
alter table district_place add constraint district_place_length check (length(place) between 1 and 120);

-- ---- opening_hours -------------------------------------------------------------------------------------------------
alter table opening_hours add constraint opening_hours_weekday check (weekday between 1 and 7);
alter table opening_hours add constraint opening_hours_interval check (closes_at > opens_at);

-- ---- client --------------------------------------------------------------------------------------------------------
alter table client add constraint client_bookings_ahead_of_address check (bookings_ahead_of_address between 1 and 1000);

-- ---- membership ----------------------------------------------------------------------------------------------------
-- These rules hold whatever the application does. Intervals are half-open: [starts, ends).
alter table membership add constraint membership_interval check (ends_at is null or ends_at > starts_at);
alter table membership add constraint membership_once exclude using gist
  (worker_id with =, coalesce(district_id, '00000000-0000-0000-0000-000000000000') with =, role with =,
   tstzrange(starts_at, ends_at) with &&);
alter table membership add constraint membership_end_confirmed_whole check ((end_confirmed_at is null) = (end_confirmed_by_id is null));
alter table membership add constraint membership_end_confirmed_once_over check (end_confirmed_at is null or ends_at <= end_confirmed_at);
alter table membership add constraint membership_end_contradicted_once_over
  check (end_contradicted_at is null or ends_at <= end_contradicted_at);
-- A technical adviser may belong to a district, since an adviser of another district decides after an objection.
alter table membership add constraint membership_county_role check (role = 'TECHNICAL_ADVISER'
  or (district_id is null) = (role in ('DATA_PROTECTION_OFFICER', 'ADMINISTRATOR')));
alter table membership add constraint membership_end_takes_two check (end_confirmed_by_id is null
  or (ended_by_id is not null and end_confirmed_by_id <> ended_by_id));

-- ---- suspension ----------------------------------------------------------------------------------------------------
alter table suspension add constraint suspension_of_one check ((worker_id is null) <> (client_id is null)
  and (membership_id is null or worker_id is not null) and (scope is null or client_id is not null));
alter table suspension add constraint suspension_lapses check (lapses_at = suspended_at + interval '24 hours');
alter table suspension add constraint suspension_confirmed_whole check ((confirmed_at is null) = (confirmed_by_id is null));
alter table suspension add constraint suspension_lifted_whole check ((lifted_at is null) = (lifted_by_id is null));
alter table suspension add constraint suspension_ends_once check (confirmed_at is null or lifted_at is null);
alter table suspension add constraint suspension_confirmed_in_time check (confirmed_at < lapses_at);
alter table suspension add constraint suspension_takes_two check (confirmed_by_id <> suspended_by_id and confirmed_by_id <> worker_id);
alter table suspension add constraint suspension_succeeded_by_another check (successor_id <> worker_id);
