set local lock_timeout = '5s';
set local check_function_bodies = off;
drop policy release_answer_read on release_answer;
drop policy release_read on release;
drop policy release_review_read on release_review;
create policy appointment_scope on appointment as restrictive for select to cosmos_app using (
  (select viewer_has_scope('appointments:read')));
create policy appointment_worker_scope on appointment_worker as restrictive for select to cosmos_app using (
  (select viewer_has_scope('appointments:read')));
create policy appointment_person_scope on appointment_person as restrictive for select to cosmos_app using (
  (select viewer_has_scope('appointments:read')) or (select viewer_has_scope('persons:read')));
create policy appointment_notice_scope on appointment_notice as restrictive for select to cosmos_app using (
  (select viewer_has_scope('appointments:read')));
create policy appointment_participant_scope on appointment_participant as restrictive for select to cosmos_app using (
  (select viewer_has_scope('appointments:read')));
create policy occupancy_scope on occupancy as restrictive for select to cosmos_app using ((select viewer_has_scope('appointments:read')));
create policy case_scope on "case" as restrictive for select to cosmos_app using ((select viewer_has_scope('cases:read')));
create policy case_person_scope on case_person as restrictive for select to cosmos_app using (
  (select viewer_has_scope('cases:read')) or (select viewer_has_scope('persons:read')));
create policy planned_reassignment_scope on planned_reassignment as restrictive for select to cosmos_app using (
  (select viewer_has_scope('cases:read')));
create policy referral_scope on referral as restrictive for select to cosmos_app using ((select viewer_has_scope('cases:read')));
create policy referral_person_scope on referral_person as restrictive for select to cosmos_app using (
  (select viewer_has_scope('cases:read')));
create policy incoming_request_scope on incoming_request as restrictive for select to cosmos_app using (
  (select viewer_has_scope('cases:read')));
create policy person_scope on person as restrictive for select to cosmos_app using ((select viewer_has_scope('persons:read')));
create policy contact_proposal_scope on contact_proposal as restrictive for select to cosmos_app using (
  (select viewer_has_scope('persons:read')));
create policy person_known_scope on person_known as restrictive for select to cosmos_app using ((select viewer_has_scope('persons:read')));
create policy visit_scope on visit as restrictive for select to cosmos_app using ((select viewer_has_scope('appointments:read')));
create policy release_read on release for select to cosmos_app using (
  requested_by_id = (select viewer_worker()) or (select viewer_worker()) = any (holder_ids)
  or ((select viewer_has_role('TECHNICAL_ADVISER')) and (select viewer_has_scope('cases:write')))
  or (ground = 'DANGER' and (select viewer_has_role('DATA_PROTECTION_OFFICER')) and (select viewer_has_scope('log:read'))));
create policy release_answer_read on release_answer for select to cosmos_app using (
  worker_id = (select viewer_worker()) or ((select viewer_has_role('TECHNICAL_ADVISER')) and (select viewer_has_scope('cases:write')))
  or exists (select from release r where r.id = release_id and r.requested_by_id = (select viewer_worker())));
create policy release_review_read on release_review for select to cosmos_app using (
  ((select viewer_has_role('TECHNICAL_ADVISER')) or (select viewer_has_role('DATA_PROTECTION_OFFICER')))
  and exists (select from release r where r.id = release_id));
create policy appointment_request_scope on appointment_request as restrictive for select to cosmos_app using (
  (select viewer_has_scope('appointments:read')));
