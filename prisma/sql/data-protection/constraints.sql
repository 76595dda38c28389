-- ---- privacy_notice ------------------------------------------------------------------------------------------------
alter table privacy_notice add constraint privacy_notice_opinion check ((opinion is null) = (opinion_on is null));
alter table privacy_notice add constraint privacy_notice_published check ((draft_id is null) = (published_by_id is null));
alter table privacy_notice add constraint privacy_notice_who_reads check ((who_reads_fr is null) = (who_reads_en is null));

-- ---- privacy_notice_draft ------------------------------------------------------------------------------------------
-- The data protection officer is independent (GDPR, article 38(6)): nobody gives an opinion on their own text.
alter table privacy_notice_draft add constraint privacy_notice_draft_opinion check (num_nonnulls(opinion, opinion_on, opinion_by_id) in (0, 3));
alter table privacy_notice_draft add constraint privacy_notice_draft_reason check (opinion is null or opinion = 'FAVOURABLE' or opinion_text is not null);
alter table privacy_notice_draft add constraint privacy_notice_draft_two_people check (opinion_by_id <> drafted_by_id);

-- ---- notice_receipt ------------------------------------------------------------------------------------------------
create unique index notice_receipt_of_a_day on notice_receipt
  (person_id, notice_id, stated_by_id, channel, ((given_at at time zone 'Europe/Paris')::date));

-- ---- access_log ----------------------------------------------------------------------------------------------------
alter table access_log add constraint access_log_outcome check (outcome in ('DONE', 'REFUSED', 'CONFLICT'));
alter table access_log add constraint access_log_blanked check (blanked or not is_confidential(action));
alter table access_log add constraint access_log_ground check (ground in ('PERSON_REQUEST', 'COMPLAINT', 'CONTROL', 'SECURITY_INCIDENT'));
-- One index for each way to ask for the log. It sorts by action first, so that a page of a few actions reads no lines of others.
create index access_log_of_case on access_log (case_id, action, occurred_at, line_id) where case_id is not null and not blanked;
create index access_log_of_person on access_log (person_id, action, occurred_at, line_id) where person_id is not null and not blanked;
create index access_log_by_actor on access_log (actor_id, action, occurred_at, line_id) where actor_id is not null and not blanked;
create index access_log_of_worker on access_log (target_worker_id, action, occurred_at, line_id)
  where target_worker_id is not null and not blanked;
-- The days that have a confidential part.
create index access_log_blanked_of_case on access_log (case_id, occurred_at) where case_id is not null and blanked;
create index access_log_blanked_of_person on access_log (person_id, occurred_at) where person_id is not null and blanked;
