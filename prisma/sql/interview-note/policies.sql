-- ---- interview_note ------------------------------------------------------------------------------------------------
-- Rule 1. Only functions of cosmos_keeper write `reader_id` and `readable_until`: `note_takes_its_case`, `handover_accepted` and
-- `reset_note_readers`.
alter table interview_note enable row level security, force row level security;
grant select on interview_note to cosmos_app;
grant insert (id, case_id, author_id, status, body, kept_back) on interview_note to cosmos_app;
grant update (status, body, amended_at, version, kept_back) on interview_note to cosmos_app;
grant select on interview_note to cosmos_keeper;
grant update (reader_id, readable_until) on interview_note to cosmos_keeper;
create policy interview_note_write on interview_note for insert to cosmos_app with check (
  author_id = (select viewer_worker())
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy interview_note_amend on interview_note for update to cosmos_app using (
  author_id = (select viewer_worker())
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy interview_note_read on interview_note for select to cosmos_app using (
  reader_id = (select viewer_note_reader()) and (readable_until is null or readable_until > now())
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));

-- ---- case_key ------------------------------------------------------------------------------------------------------
-- The wrapped key that encrypts the notes of a case. cosmos_jobs only wraps it again under another master key.
alter table case_key enable row level security, force row level security;
grant select, insert on case_key to cosmos_app;
grant select on case_key to cosmos_jobs;
grant select on case_key to cosmos_keeper;
grant update (master_key_id, wrapped) on case_key to cosmos_jobs;
create policy case_key_use on case_key for all to cosmos_app using (
  (select viewer_note_reader()) is not null and exists (select from "case" c where c.id = case_id
    and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy case_key_rotation on case_key for all to cosmos_jobs using ((select is_jobs()));

-- ---- handover ------------------------------------------------------------------------------------------------------
alter table handover enable row level security, force row level security;
grant select on handover to cosmos_app;
grant insert (id, case_id, from_worker_id, to_worker_id) on handover to cosmos_app;
grant update (accepted_at, withdrawn_at) on handover to cosmos_app;
grant select, insert on handover to cosmos_keeper;
grant update (withdrawn_at) on handover to cosmos_keeper;
create policy handover_read on handover for select to cosmos_app
  using (from_worker_id = (select viewer_worker()) or to_worker_id = (select viewer_worker()));
create policy handover_offer on handover for insert to cosmos_app with check (
  from_worker_id = (select viewer_worker()) and exists (select from "case" c where c.id = case_id
    and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy handover_accept on handover for update to cosmos_app using (
  to_worker_id = (select viewer_worker()) and withdrawn_at is null and exists (select from "case" c where c.id = case_id
    and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy handover_withdraw on handover for update to cosmos_app using (
  from_worker_id = (select viewer_worker()) and accepted_at is null and (select viewer_has_scope('notes:write')));

-- ---- handover_task -------------------------------------------------------------------------------------------------
alter table handover_task enable row level security, force row level security;
grant select on handover_task to cosmos_app;
grant update (answer, since, closed_at, reason) on handover_task to cosmos_app;
grant select, insert on handover_task to cosmos_keeper;
grant update (closed_at) on handover_task to cosmos_keeper;
create policy handover_task_answer on handover_task for update to cosmos_app
  using (worker_id = (select viewer_worker()) and closed_at is null and (select viewer_has_scope('notes:write')))
  with check (worker_id = (select viewer_worker()) and answer is not null);
create policy handover_task_read on handover_task for select to cosmos_app using (
  worker_id = (select viewer_worker()) or (to_worker_id = (select viewer_worker()) and answer = 'NO'));

-- ---- handover_note -------------------------------------------------------------------------------------------------
-- `handover_names_a_version` refuses a note that the offering worker may not hand on.
alter table handover_note enable row level security, force row level security;
grant select on handover_note to cosmos_app;
grant insert (handover_id, note_id) on handover_note to cosmos_app;
grant select, insert on handover_note to cosmos_keeper;
-- Only the worker who offers the handover reads its rows, until the offer is accepted: the number of rows is a number of notes (rule 1). The
-- worker who accepts it reads the notes themselves.
create policy handover_note_choose on handover_note for all to cosmos_app using (
  exists (select from handover h join interview_note n on n.case_id = h.case_id
    where h.id = handover_id and h.from_worker_id = (select viewer_worker()) and h.accepted_at is null
      and n.id = note_id and n.status = 'FINAL'));
