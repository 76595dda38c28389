-- ---- privacy_notice ------------------------------------------------------------------------------------------------
-- cosmos_jobs has no grant, since no job needs it.
alter table privacy_notice enable row level security, force row level security;
grant select, insert on privacy_notice to cosmos_app;
create policy privacy_notice_read on privacy_notice for select to cosmos_app using (true);
-- The administrator records what the county decides.
create policy privacy_notice_publish on privacy_notice for insert to cosmos_app with check (
  draft_id is not null and published_by_id = (select viewer_worker())
  and (select viewer_has_scope('directory:write')) and (select viewer_has_role('ADMINISTRATOR')));

-- ---- who_reads_what ------------------------------------------------------------------------------------------------
-- Since when the API of this county describes who reads what in these words. A new version that lets more viewers read makes the published
-- notices false, and the term to renew them begins on that day. Only a function writes it.
alter table who_reads_what enable row level security, force row level security;
grant select, insert, update on who_reads_what to cosmos_keeper;

-- ---- notice_deferral -----------------------------------------------------------------------------------------------
alter table notice_deferral enable row level security, force row level security;
grant select on notice_deferral to cosmos_app;
grant insert (id, case_id, person_id, ground, review_on, deferred_by_id) on notice_deferral to cosmos_app;
grant select, insert on notice_deferral to cosmos_keeper;
-- Only the worker who follows the case today and their stand-in read it: the person, a desk and other colleagues do not.
create policy notice_deferral_read on notice_deferral for select to cosmos_app using (
  exists (select from "case" c where c.id = case_id
    and ((c.assigned_worker_id = (select viewer_worker()) and c.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (c.assigned_worker_id || ':' || c.district_id) = any ((select viewer_relays())::text[]))));
create policy notice_deferral_say on notice_deferral for insert to cosmos_app with check (
  deferred_by_id = (select viewer_worker()) and (select viewer_has_scope('cases:write'))
  and exists (select from "case" c where c.id = case_id and c.assigned_worker_id = (select viewer_worker())
    and c.district_id = any ((select viewer_districts('social_worker'))::uuid[])));

-- ---- privacy_notice_draft ------------------------------------------------------------------------------------------
alter table privacy_notice_draft enable row level security, force row level security;
grant select on privacy_notice_draft to cosmos_app;
grant insert (
  id, kind, text_fr, text_en, who_reads_fr, who_reads_en, drafted_by_id, drafted_at
) on privacy_notice_draft to cosmos_app;
grant update (
  text_fr, text_en, who_reads_fr, who_reads_en, drafted_by_id, drafted_at, opinion, opinion_text, opinion_on,
  opinion_by_id, version
) on privacy_notice_draft to cosmos_app;
create policy privacy_notice_draft_read on privacy_notice_draft for select to cosmos_app using (
  ((select viewer_has_scope('directory:read')) and (select viewer_has_role('ADMINISTRATOR')))
  or ((select viewer_has_scope('log:read')) and (select viewer_has_role('DATA_PROTECTION_OFFICER'))));
create policy privacy_notice_draft_write on privacy_notice_draft for insert to cosmos_app with check (
  opinion is null and drafted_by_id = (select viewer_worker())
  and (select viewer_has_scope('directory:write')) and (select viewer_has_role('ADMINISTRATOR')));
create policy privacy_notice_draft_rewrite on privacy_notice_draft for update to cosmos_app
  using ((select viewer_has_scope('directory:write')) and (select viewer_has_role('ADMINISTRATOR')))
  with check (opinion is null and drafted_by_id = (select viewer_worker()));
create policy privacy_notice_draft_advise on privacy_notice_draft for update to cosmos_app
  using ((select viewer_has_scope('directory:write')) and (select viewer_has_role('DATA_PROTECTION_OFFICER')))
  with check (opinion is not null and opinion_by_id = (select viewer_worker()));

-- ---- notice_receipt ------------------------------------------------------------------------------------------------
-- If a worker states the same notice again, on the same day (Europe/Paris) and by the same channel, it is the same receipt.
alter table notice_receipt enable row level security, force row level security;
grant select, insert on notice_receipt to cosmos_app;
grant select (person_id) on notice_receipt to cosmos_keeper;
create policy notice_receipt_read on notice_receipt for select to cosmos_app
  using (exists (select from person p where p.id = person_id));
create policy notice_receipt_state on notice_receipt for insert to cosmos_app
  with check (stated_by_id = (select viewer_worker())
    and (exists (select from person p where p.id = person_id) or receives_today(person_id)));

-- ---- access_log ----------------------------------------------------------------------------------------------------
-- Only functions of cosmos_keeper read and write the access log.
alter table access_log enable row level security, force row level security;
grant select, insert on access_log to cosmos_keeper;
grant usage on sequence access_log_id_seq to cosmos_keeper;
