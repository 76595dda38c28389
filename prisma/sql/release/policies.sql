-- ---- release -------------------------------------------------------------------------------------------------------
alter table release enable row level security, force row level security;
grant select on release to cosmos_app;
grant insert (id, case_id, requested_by_id, ground, asked_until) on release to cosmos_app;
grant update (approved_by_id, approved_at, refused_by_id, refused_at, person_told_at, agreed_by_id, closed_by_id) on release to cosmos_app;
grant select on release to cosmos_keeper;
grant update (lapsed_at, objected_at) on release to cosmos_keeper;
create policy release_ask on release for insert to cosmos_app with check (
  requested_by_id = (select viewer_worker()) and (select viewer_has_scope('notes:write'))
  and exists (select from "case" c where c.id = case_id and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy release_read on release for select to cosmos_app using (
  requested_by_id = (select viewer_worker()) or (select viewer_worker()) = any (holder_ids)
  or ((select viewer_has_role('TECHNICAL_ADVISER')) and (select viewer_has_scope('cases:write')))
  or ((select viewer_has_role('DATA_PROTECTION_OFFICER')) and (select viewer_has_scope('log:read'))));
create policy release_agree on release for update to cosmos_app
  using (viewer_agrees(release)) with check (agreed_by_id = (select viewer_worker()));
create policy release_close on release for update to cosmos_app
  using (viewer_closes(release)) with check (closed_by_id = (select viewer_worker()));
create policy release_decide on release for update to cosmos_app
  using (viewer_decides(release)) with check (coalesce(approved_by_id, refused_by_id) = (select viewer_worker()));
create policy release_tell on release for update to cosmos_app
  using (requested_by_id = (select viewer_worker()) and objected_at is not null and lapsed_at is null
    and (select viewer_has_scope('notes:write')))
  with check (requested_by_id = (select viewer_worker()));

-- ---- release_answer ------------------------------------------------------------------------------------------------
alter table release_answer enable row level security, force row level security;
grant select on release_answer to cosmos_app;
grant update (answer, reason, since, answered_at) on release_answer to cosmos_app;
grant select, insert on release_answer to cosmos_keeper;
create policy release_answer_read on release_answer for select to cosmos_app using (
  worker_id = (select viewer_worker()) or ((select viewer_has_role('TECHNICAL_ADVISER')) and (select viewer_has_scope('cases:write')))
  or ((select viewer_has_role('DATA_PROTECTION_OFFICER')) and (select viewer_has_scope('log:read')))
  or exists (select from release r where r.id = release_id and r.requested_by_id = (select viewer_worker())));
create policy release_answer_say on release_answer for update to cosmos_app
  using (worker_id = (select viewer_worker()) and answer is null and (select viewer_has_scope('notes:write')))
  with check (worker_id = (select viewer_worker()));

-- ---- danger_statement ----------------------------------------------------------------------------------------------
alter table danger_statement enable row level security, force row level security;
grant select, insert on danger_statement to cosmos_app;
grant select on danger_statement to cosmos_keeper;
grant update (body, master_key_id, wrapped) on danger_statement to cosmos_keeper;
grant select (release_id, master_key_id, wrapped) on danger_statement to cosmos_jobs;
grant update (master_key_id, wrapped) on danger_statement to cosmos_jobs;
create policy danger_statement_rotation on danger_statement for all to cosmos_jobs using ((select is_jobs()));
create policy danger_statement_read on danger_statement for select to cosmos_app using (
  exists (select from release r where r.id = release_id and (r.requested_by_id = (select viewer_worker())
    or (select viewer_has_role('TECHNICAL_ADVISER')) or (select viewer_has_role('DATA_PROTECTION_OFFICER')))));
create policy danger_statement_state on danger_statement for insert to cosmos_app with check (
  exists (select from release r where r.id = release_id and r.ground = 'DANGER' and r.requested_by_id = (select viewer_worker())
    and r.approved_at is null and r.refused_at is null));

-- ---- release_review ------------------------------------------------------------------------------------------------
-- Two reviewers write here: an adviser of another district who did not approve the release, and the data protection officer.
alter table release_review enable row level security, force row level security;
grant select on release_review to cosmos_app;
grant insert (release_id, as_role, reviewed_by_id, opinion) on release_review to cosmos_app;
grant select on release_review to cosmos_keeper;
create policy release_review_read on release_review for select to cosmos_app using (
  ((select viewer_has_role('TECHNICAL_ADVISER')) or (select viewer_has_role('DATA_PROTECTION_OFFICER')))
  and exists (select from release r where r.id = release_id));
create policy release_review_write on release_review for insert to cosmos_app with check (
  reviewed_by_id = (select viewer_worker()) and (select viewer_has_role(as_role::text))
  and exists (select from release r where r.id = release_id and r.ground = 'DANGER' and r.approved_at is not null
    and r.approved_by_id <> (select viewer_worker())
    and (as_role = 'DATA_PROTECTION_OFFICER'
      or as_role = 'TECHNICAL_ADVISER' and coalesce(advises_elsewhere((select viewer_worker()), r.district_id), false))));

-- ---- release_note --------------------------------------------------------------------------------------------------
-- Only functions of cosmos_keeper read and fill it.
alter table release_note enable row level security, force row level security;
grant select, insert on release_note to cosmos_keeper;
grant update (closed_at) on release_note to cosmos_keeper;
