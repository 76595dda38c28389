-- ---- appointment_type ----------------------------------------------------------------------------------------------
-- Only a type for one person at a time can be booked online or waited for.
alter table appointment_type add constraint appointment_type_duration check (duration_minutes between 5 and 720);
alter table appointment_type add constraint appointment_type_places check (places between 2 and 200);
alter table appointment_type add constraint appointment_type_collective check (places is null or not 'BOOKING_CLIENT' = any (bookable_by));

-- ---- appointment ---------------------------------------------------------------------------------------------------
alter table appointment add constraint appointment_interval check (ends_at > starts_at);
alter table appointment add constraint appointment_within_a_day check (ends_at <= starts_at + interval '12 hours');
-- Most appointments have one worker, the first of the array, and some have a second. Few in a district have more.
create index appointment_first_worker on appointment ((worker_ids[1]), district_id, starts_at, id);
create index appointment_second_worker on appointment ((worker_ids[2]), district_id, starts_at, id)
  where cardinality(worker_ids) > 1;
create index appointment_more_workers on appointment (district_id, starts_at, id) where cardinality(worker_ids) > 2;
-- Most past appointments were honoured: without these indexes a list of the others, by start, would read all of those first.
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
create statistics appointment_worker_of_district (dependencies) on (worker_ids[1]), district_id from appointment;
create statistics appointment_case_worker_of_district (dependencies) on case_worker_id, district_id from appointment;
alter table appointment add constraint appointment_back check ((expected_back_at is null and back_at is null) or mode = 'HOME');
-- The time until the worker is back is kept in their agenda, where nothing lasts longer than 12 hours (occupancy_within_a_day).
alter table appointment add constraint appointment_expected_back check
  (expected_back_at >= ends_at and expected_back_at <= starts_at + interval '12 hours');
alter table appointment add constraint appointment_cancellation_reason check (cancellation_reason is null or status = 'CANCELLED_BY_SERVICE');
-- The workers who are out on a home visit.
create index appointment_out on appointment (district_id, expected_back_at, id)
  where expected_back_at is not null and back_at is null;
-- A meeting has no more persons than places, named or not, and no case.
alter table appointment add constraint appointment_places check (places between 2 and 200);
alter table appointment add constraint appointment_places_taken check
  (places_named >= 0 and places_unnamed >= 0 and places_named + places_unnamed <= coalesce(places, 0));
alter table appointment add constraint appointment_collective check (places is null or case_id is null);
create index appointment_collective_to_come on appointment (district_id, type_code, starts_at, id)
  where places is not null and status = 'BOOKED';
-- Without these statistics the planner guesses that a third of the appointments have three or more workers, and reads a whole district.
create statistics appointment_number_of_workers on (cardinality(worker_ids)) from appointment;

-- ---- appointment_subject -------------------------------------------------------------------------------------------
alter table appointment_subject add constraint appointment_subject_sealed check (is_sealed(body, master_key_id, wrapped)) not valid;

-- ---- appointment_person --------------------------------------------------------------------------------------------
alter table appointment_person add constraint appointment_person_outcome check (outcome in ('HONOURED', 'NOT_HONOURED', 'LEFT_BEFORE_RECEIVED'));

-- ---- appointment_notice --------------------------------------------------------------------------------------------
alter table appointment_notice add constraint appointment_notice_done check ((done_at is null) = (outcome is null));
-- For each appointment a person has at most one notice that is still to be given: that of the last change.
create unique index appointment_notice_to_give on appointment_notice (appointment_id, person_id) where done_at is null;
create index appointment_notice_of_a_district on appointment_notice (district_id, created_at, id) where done_at is null;
-- A reminder keeps the time of which it reminds, also when it becomes the notice of a change: so no second reminder is made for that time.
alter table appointment_notice add constraint appointment_notice_reminds check (kind <> 'REMINDER' or reminds_of is not null);
create index appointment_notice_open on appointment_notice (created_at) where done_at is null;

-- ---- online_booking ------------------------------------------------------------------------------------------------
-- A client manages its booking by a secret. A person who books for themselves needs none.
alter table online_booking add constraint online_booking_secret check ((client_id is null) = (secret_hash is null));
-- Only a booking of a client has an address, and only as an HMAC-SHA-256.
alter table online_booking add constraint online_booking_address check
  (address_digest is null or (client_id is not null and octet_length(address_digest) = 32));
create index online_booking_address on online_booking (client_id, address_digest) where address_digest is not null;

-- ---- appointment_participant ---------------------------------------------------------------------------------------
alter table appointment_participant add constraint appointment_participant_interval check (ends_at > starts_at);
alter table appointment_participant add constraint appointment_participant_language check (language ~ '^[a-z]{3}$');

-- ---- occupancy -----------------------------------------------------------------------------------------------------
-- No double booking. The transaction that loses waits for the COMMIT of the other and inserts 0 rows (ON CONFLICT DO NOTHING).
alter table occupancy add constraint occupancy_interval check (ends_at > starts_at);
alter table occupancy add constraint occupancy_once exclude using gist
  (worker_id with =, tstzrange(starts_at, ends_at) with &&);
alter table occupancy add constraint occupancy_within_a_day check (ends_at <= starts_at + interval '12 hours');
alter table occupancy add constraint occupancy_of_one check (num_nonnulls(appointment_id, offer_id) = 1);
-- A hold expires, an appointment does not.
alter table occupancy add constraint occupancy_expires check ((offer_id is null) = (expires_at is null));

-- ---- home_word -----------------------------------------------------------------------------------------------------
-- The word of the worker who follows the case: this home visit goes to the address that the case keeps. The worker gives it by booking the
-- visit, moving it, confirming it, or saying when they will be back. Then a colleague on that visit gets the confidential address. So do the
-- head and the duty worker if nobody is back. If a desk or a colleague puts the worker down for a visit, this is not the worker's word. The
-- worker does not give it by changing the address, by recording an outcome or by falling ill.
create unique index home_word_appointment_id_case_id_worker_id_key on home_word(appointment_id, case_id, worker_id) nulls not distinct;
