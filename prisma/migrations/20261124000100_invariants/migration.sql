-- What must hold whatever the application does. Intervals are half-open: [starts, ends).

alter table membership
  add constraint membership_interval check (ends_at is null or ends_at > starts_at),
  add constraint membership_county_role check
    ((district_id is null) = (role in ('TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER', 'ADMINISTRATOR'))),
  add constraint membership_once exclude using gist
    (worker_id with =, coalesce(district_id, '00000000-0000-0000-0000-000000000000') with =, role with =,
     tstzrange(starts_at, ends_at) with &&);

alter table sector
  add constraint sector_interval check (valid_until is null or valid_until > valid_from),
  add constraint sector_once exclude using gist
    (commune_code with =, streets with =, daterange(valid_from, valid_until) with &&);

alter table opening_hours
  add constraint opening_hours_weekday check (weekday between 1 and 7),
  add constraint opening_hours_interval check (closes_at > opens_at);

-- One open assignment at a time, and none that overlaps another.
alter table assignment
  add constraint assignment_interval check (ends_at is null or ends_at >= starts_at),
  add constraint assignment_once exclude using gist
    (case_id with =, tstzrange(starts_at, ends_at) with &&);

alter table absence
  add constraint absence_interval check (ends_at is null or ends_at > starts_at),
  add constraint absence_once exclude using gist
    (worker_id with =, district_id with =, tstzrange(starts_at, ends_at) with &&);

alter table relay
  add constraint relay_interval check (ends_at > starts_at),
  add constraint relay_of_another check (stand_in_id <> absent_worker_id),
  add constraint relay_once exclude using gist
    (absent_worker_id with =, district_id with =, tstzrange(starts_at, ends_at) with &&);

alter table need add constraint need_interval check (ends_on is null or ends_on > starts_on);
alter table handover add constraint handover_to_another check (from_worker_id <> to_worker_id);
alter table "case" add constraint case_closed_at check ((status = 'CLOSED') = (closed_at is not null));

alter table appointment
  add constraint appointment_interval check (ends_at > starts_at),
  add constraint appointment_within_a_day check (ends_at <= starts_at + interval '12 hours');

-- No double booking. Who loses waits for the winner's commit and inserts 0 rows (ON CONFLICT DO NOTHING).
alter table occupancy
  add constraint occupancy_interval check (ends_at > starts_at),
  add constraint occupancy_once exclude using gist
    (worker_id with =, tstzrange(starts_at, ends_at) with &&);

alter table idempotency_key add constraint idempotency_key_length check (length(key) between 1 and 128);
alter table access_log add constraint access_log_outcome check (outcome in ('DONE', 'REFUSED', 'CONFLICT'));

-- Names are compared without case, accents, hyphens and apostrophes.
create function normalised_name(name text) returns text
  language sql immutable parallel safe strict
  return lower(regexp_replace(public.unaccent('public.unaccent'::regdictionary, name), '[^[:alnum:]]+', ' ', 'g'));
create index person_family_name on person (normalised_name(family_name));
create index person_chosen_name on person (normalised_name(chosen_name));

-- Lists and filters that the API offers.
create index case_mine_by_status on "case" (assigned_worker_id, status, opened_at, id);
create index case_by_status on "case" (district_id, status, opened_at, id);
create index appointment_by_worker on appointment using gin (worker_ids);
create index case_online_person on "case" using gin (online_person_ids);
create index appointment_online_person on appointment using gin (online_person_ids);
