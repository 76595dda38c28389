-- ---- visit ---------------------------------------------------------------------------------------------------------
alter table visit add constraint visit_ticket check (ticket > 0);
alter table visit add constraint visit_closed check ((closed_at is null) = (outcome is null));
alter table visit add constraint visit_taken_in check (taken_in_at is null or worker_id is not null);
alter table visit add constraint visit_received check (outcome <> 'RECEIVED' or taken_in_at is not null);
-- A person who comes for an appointment waits for it once.
create unique index visit_waits_once on visit (appointment_id) where closed_at is null;

-- ---- ended_for_desk ------------------------------------------------------------------------------------------------
alter table ended_for_desk add constraint ended_for_desk_kind check (kind in ('appointment_request', 'slot_offer', 'appointment', 'visit'));
-- It names nobody.
create index ended_for_desk_visits on ended_for_desk (district_id, (shown ->> 'day')) where kind = 'visit';
alter table ended_for_desk add constraint ended_for_desk_nobody check (shown ->> 'person_id' is null and shown ->> 'phone' is null);

-- ---- message -------------------------------------------------------------------------------------------------------
alter table message add constraint message_from_someone check (person_id is not null or name is not null);
alter table message add constraint message_interval check (call_until > call_from);
create index message_to_do on message (worker_id, district_id, sent_at, id) where done_at is null;
-- A message with a text has a sender. Only `send_blind_message` writes one: cosmos_app has no right to write these two columns.
alter table message add constraint message_text_of_someone check ((text_id is null) = (from_worker_id is null));

-- ---- message_text --------------------------------------------------------------------------------------------------
alter table message_text add constraint message_text_sealed check (is_sealed(body, master_key_id, wrapped)) not valid;

-- ---- encounter -----------------------------------------------------------------------------------------------------
-- Several encounters of a visit are allowed: if a second one were refused, this would tell of the first, which a colleague wrote.
alter table encounter add constraint encounter_of_one check (num_nonnulls(visit_id, appointment_id) <= 1);
alter table encounter add constraint encounter_passed_on check (num_nonnulls(case_id, passed_to_id, passed_on_at) in (0, 3));
alter table encounter add constraint encounter_reader check (
  reader_id is null or reader_id = held_by_id or reader_id = passed_to_id or stands_for_id is not null);
alter table encounter add constraint encounter_for_case check (
  num_nonnulls(case_id, for_case_id) <= 1 and (stands_for_id is null or for_case_id is not null));
create index encounter_to_delete on encounter (greatest(held_at, kept_from)) where case_id is null and for_case_id is null;

-- ---- telephone_cancellation ----------------------------------------------------------------------------------------
create index telephone_cancellation_held on telephone_cancellation (held_until, id) where held_until is not null;
