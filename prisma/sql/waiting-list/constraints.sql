-- ---- appointment_request -------------------------------------------------------------------------------------------
alter table appointment_request add constraint appointment_request_closed check ((status = 'WAITING') = (closed_at is null));
alter table appointment_request add constraint appointment_request_booked check (status <> 'BOOKED' or appointment_id is not null);
alter table appointment_request add constraint appointment_request_wanted check (wanted_until > wanted_from);
alter table appointment_request add constraint appointment_request_days check
  (wanted_from between '2000-01-01' and '2200-01-01' and wanted_until between '2000-01-01' and '2200-01-01');
alter table appointment_request add constraint appointment_request_case_worker check (not case_worker_only or case_id is not null);
alter table appointment_request add constraint appointment_request_duty_worker check (not duty_worker_only or duty_worker_id is not null);
-- Nobody is asked at night, as `by_day` has it for messages.
alter table appointment_request add constraint appointment_request_short_notice check (
  (short_notice_from is null) = (short_notice_until is null)
  and short_notice_from < short_notice_until and short_notice_from >= '08:00' and short_notice_until <= '20:00');
create index appointment_request_waiting on appointment_request (district_id, rank_at, id) where status = 'WAITING';
create index appointment_request_short_notice on appointment_request (district_id, rank_at, id)
  where status = 'WAITING' and short_notice_from is not null;
create index appointment_request_of_case_worker on appointment_request (case_worker_id, district_id, rank_at, id)
  where status = 'WAITING';
create index appointment_request_of_duty_worker on appointment_request (duty_worker_id, district_id, rank_at, id)
  where status = 'WAITING';
create index appointment_request_online on appointment_request (person_id, asked_at, id)
  where status = 'WAITING' and show_online;
-- A request must be found again: by its person, or by its reference.
alter table appointment_request add constraint appointment_request_found check (num_nonnulls(person_id, reference) > 0);
-- If the person is known, the row of the person has the name and the contact.
alter table appointment_request add constraint appointment_request_known check (person_id is null or num_nonnulls(called_name, phone) = 0);
alter table appointment_request add constraint appointment_request_contact check
  (contact in ('NONE', 'VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT') and (contact = 'NONE') = (phone is null));
-- Only a request of a known person has a case, is shown online, or replaces an earlier appointment.
alter table appointment_request add constraint appointment_request_nameless check (person_id is not null
  or (case_id is null and not show_online and (appointment_id is null or status = 'BOOKED')));
-- A person waits once for a type in a district, as far as whoever asks may know. `asked_from` keeps apart what another asker may not know.
create unique index appointment_request_once
  on appointment_request (person_id, district_id, type_code, asked_from, case_worker_only, duty_worker_only)
  where status = 'WAITING' and stands_for_id is null and person_id is not null;
create index appointment_request_of_number on appointment_request (digits_of(phone), district_id)
  where person_id is null and phone is not null;
create index appointment_request_to_forget on appointment_request (closed_at, id)
  where called_name is not null or phone is not null;

-- A request that stands for another one has no case and nothing of a person. No other request stands for it.
alter table appointment_request add constraint appointment_request_stands_for check
  (stands_for_id is null or (case_id is null and not show_online and veiled_at is null));

-- ---- slot_offer ----------------------------------------------------------------------------------------------------
alter table slot_offer add constraint slot_offer_interval check (ends_at > starts_at);
alter table slot_offer add constraint slot_offer_answer_by check (answer_by > offered_at and answer_by <= starts_at);
alter table slot_offer add constraint slot_offer_answered check ((status in ('ACCEPTED', 'DECLINED')) = (answered_at is not null));
-- A time that several are asked for is held for none of them.
alter table slot_offer add constraint slot_offer_short_notice check (case when at_short_notice then status <> 'HELD'
  else status not in ('ASKED', 'TAKEN') end);
-- One time is held for a request at a time, and the person is asked for one at short notice: a question keeps no time from them.
create unique index slot_offer_open on slot_offer (request_id, at_short_notice) where status in ('HELD', 'ASKED');
create index slot_offer_to_give on slot_offer (district_id, answer_by, id) where status in ('HELD', 'ASKED');
