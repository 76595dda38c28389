-- ---- release -------------------------------------------------------------------------------------------------------
alter table release add constraint release_approved_whole check ((approved_at is null) = (approved_by_id is null));
alter table release add constraint release_holders check (holder_ids is not null);
alter table release add constraint release_takes_two check (approved_by_id <> requested_by_id);
alter table release add constraint release_waits check (approved_at >= waits_until);
alter table release add constraint release_refused_whole check ((refused_at is null) = (refused_by_id is null));
alter table release add constraint release_decided_once check (approved_at is null or refused_at is null);
alter table release add constraint release_refused_by_another check (refused_by_id <> requested_by_id);
alter table release add constraint release_closed_whole check (closed_by_id is null or lapsed_at is not null);
alter table release add constraint release_agreed_whole check ((agreed_at is null) = (agreed_by_id is null));
-- After a NO the officer and the adviser decide together. They are two people, and neither of them asked for the release.
alter table release add constraint release_agreed_by_another check (agreed_by_id <> requested_by_id and agreed_by_id <> approved_by_id);
alter table release add constraint release_agreed_after_a_no check (agreed_at is null or objected_at is not null);
alter table release add constraint release_told_after_a_no check (person_told_at is null or objected_at is not null);
alter table release add constraint release_danger_not_by_who_assigned check (ground <> 'DANGER' or approved_by_id <> assigned_by_id);
-- The requests that wait for a decision, the releases that are open, and those that a danger opened.
create index release_waits on release (requested_at, id) where approved_at is null and refused_at is null and lapsed_at is null;
create index release_open on release (open_until) where approved_at is not null and lapsed_at is null;
create index release_dangers on release (approved_at, id) where ground = 'DANGER' and approved_at is not null;
-- One request of an assignment waits at a time. A request on the ground DANGER is not counted here.
create unique index release_waits_once on release (assignment_id)
  where ground <> 'DANGER' and approved_at is null and refused_at is null and lapsed_at is null;
-- The releases that were approved and have not lapsed, but for those on the ground DANGER. They are at most as many as the cases whose worker
-- asked.
create index release_stands on release (id) where approved_at is not null and lapsed_at is null and ground <> 'DANGER';
-- One request on the ground DANGER waits for an assignment at a time. A request of an assignment that has ended has lapsed.
create unique index release_danger_waits_once on release (assignment_id)
  where ground = 'DANGER' and approved_at is null and refused_at is null and lapsed_at is null;
-- A release is asked for half a year at most: by then an appeal is over, with the two months to make it and the two months of silence that
-- refuse it. The worker who needs longer asks again, and the author answers again. A danger has 72 hours, and no request changes that. The
-- check allows one hour more, since the clock of the API may differ and summer time may begin or end. The release itself never opens for
-- longer than 180 days.
alter table release add constraint release_asked_until check (asked_until is null
  or asked_until > requested_at and asked_until <= requested_at + interval '180 days 1 hour' and ground <> 'DANGER');
alter table release add constraint release_has_its_end check ((open_until is null) = (approved_at is null)
and open_until <= approved_at + case ground when 'DANGER' then interval '72 hours' when 'ACCESS_REQUEST' then interval '30 days'
  else interval '180 days' end);

-- ---- release_answer ------------------------------------------------------------------------------------------------
create index release_answer_waits on release_answer (worker_id) where answer is null;
alter table release_answer add constraint release_answer_whole check ((answer is null) = (answered_at is null));
alter table release_answer add constraint release_answer_says_why check ((reason is not null) = (answer is not distinct from 'NO'));
alter table release_answer add constraint release_answer_since check (since is null or answer = 'HANDED_OVER');

-- ---- danger_statement ----------------------------------------------------------------------------------------------
alter table danger_statement add constraint danger_statement_sealed check (is_sealed(body, master_key_id, wrapped)) not valid;

-- ---- release_review ------------------------------------------------------------------------------------------------
alter table release_review add constraint release_review_by_two check (as_role in ('TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER'));
