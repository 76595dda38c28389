-- ---- organisation --------------------------------------------------------------------------------------------------
-- By name, compared as in a look-up of persons: for the whole directory, and for a commune. No search finds an organisation that is closed;
-- the referrals to it still show it.
create index organisation_by_name on organisation (name_key, id) where closed_at is null;
create index organisation_of_commune on organisation (commune_code, name_key, id) where closed_at is null;

-- ---- sector --------------------------------------------------------------------------------------------------------
alter table sector add constraint sector_interval check (valid_until is null or valid_until > valid_from);
alter table sector add constraint sector_once exclude using gist
  (commune_code with =, streets with =, daterange(valid_from, valid_until) with &&);

-- ---- referral ------------------------------------------------------------------------------------------------------
-- A referral is to a district, to one of its workers, or to an organisation.
alter table referral add constraint referral_to_one check (num_nonnulls(to_district_id, to_organisation_id) = 1);
alter table referral add constraint referral_worker_of_district check (to_worker_id is null or to_district_id is not null);
alter table referral add constraint referral_answer_ahead check (answer_by > sent_at);
alter table referral add constraint referral_closed check ((closed_at is null) = (status in ('SENT', 'ACKNOWLEDGED')));
alter table referral add constraint referral_refused check ((refusal is null) = (status <> 'REFUSED'));
-- The referrals of a district, or of a worker, that wait for an answer, by the day on which it is due.
create index referral_to_answer on referral (to_district_id, answer_by, id) where closed_at is null;
create index referral_for_worker on referral (to_worker_id, to_district_id, answer_by, id) where closed_at is null;

-- ---- referral_content ----------------------------------------------------------------------------------------------
alter table referral_content add constraint referral_content_short check (cardinality(need_codes) <= 20);
alter table referral_content add constraint referral_content_sealed check (is_sealed(body, master_key_id, wrapped)) not valid;

-- ---- incoming_request ----------------------------------------------------------------------------------------------
alter table incoming_request add constraint incoming_request_closed check ((closed_at is null) = (status in ('RECEIVED', 'ALLOCATED')));
alter table incoming_request add constraint incoming_request_allocated check (status <> 'ALLOCATED' or worker_id is not null);
alter table incoming_request add constraint incoming_request_answered check (status <> 'ANSWERED' or worker_id is not null);
-- Only a mandated request has the clock of GDPR article 14.
alter table incoming_request add constraint incoming_request_informs check (inform_by is null or mandated);
-- The requests of a district, or of a worker, with something due (an answer, or informing the person), and those with nothing due.
create index incoming_request_due on incoming_request (district_id, due_at, id) where due_at is not null;
create index incoming_request_due_of_worker on incoming_request (worker_id, district_id, due_at, id) where due_at is not null;
create index incoming_request_over on incoming_request (district_id, answer_by, id) where due_at is null;
create index incoming_request_over_of_worker on incoming_request (worker_id, district_id, answer_by, id) where due_at is null;
alter table incoming_request add constraint incoming_request_no_clock check (not child_protection or inform_by is null);
alter table incoming_request add constraint incoming_request_deferred check ((deferral_ground is null) = (review_by is null));
alter table incoming_request add constraint incoming_request_defers check (deferral_ground is null or inform_by is not null or child_protection);
alter table incoming_request add constraint incoming_request_informed check (informed_at is null or inform_by is not null or child_protection);

-- ---- incoming_request_content --------------------------------------------------------------------------------------
alter table incoming_request_content add constraint incoming_request_content_sealed check (is_sealed(body, master_key_id, wrapped)) not valid;
