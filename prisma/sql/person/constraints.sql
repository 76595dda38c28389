-- ---- person --------------------------------------------------------------------------------------------------------
create index person_chosen_name on person (normalised_name(chosen_name));
create index person_given_then_family on person (normalised_name(given_name || ' ' || family_name));
create index person_family_then_given on person (normalised_name(family_name || ' ' || given_name));
-- A number that several persons have is told from one that is a person's own (`phone_is_theirs_alone`).
create index person_phone on person (right(regexp_replace(phone, '\D', '', 'g'), 9)) where phone is not null;
create index person_email on person (lower(email)) where email is not null;
-- The persons whom nobody has seen yet, the first first.
create index person_provisional on person (created_at, id) where provisional;
-- The persons who object to statistics. They are left out of each count, and their cases and appointments too.
create index person_objecting on person (id) where statistics_objection_on is not null;
-- A language is a code of three letters (ISO 639-3). A person who needs an interpreter has a language.
alter table person add constraint person_language check (language ~ '^[a-z]{3}$');
alter table person add constraint person_communication check (communication_needs is not null and cardinality(communication_needs) <= 7
  and (language is not null or not 'INTERPRETER' = any (communication_needs)));

-- ---- person_address ------------------------------------------------------------------------------------------------
alter table person_address add constraint person_address_case check (case_id is null or confidential);
alter table person_address add constraint person_address_contact check (confidential or not contact_named);
create unique index person_address_open on person_address (person_id) where not confidential;
create unique index person_address_of_case on person_address (person_id, case_id) where confidential;

-- ---- contact_word --------------------------------------------------------------------------------------------------
-- An author has one word of a kind in a case that waits: the last.
create unique index contact_word_waiting on contact_word (person_id, kind, case_id, said_by_id) where used_since is null and ended_at is null;
alter table contact_word add constraint contact_word_used check (used_since is null or (before is not null and ended_at is null));

-- ---- contact_proposal ----------------------------------------------------------------------------------------------
alter table contact_proposal add constraint contact_proposal_opens check (safe_contact <> 'NONE');
