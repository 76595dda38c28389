-- ---- waiting_day ---------------------------------------------------------------------------------------------------
-- How long it is until the third free time of a district, measured once a day. A day would tell who is away: only functions of cosmos_keeper
-- read it.
alter table waiting_day enable row level security, force row level security;
grant select, insert on waiting_day to cosmos_keeper;

-- ---- waiting_week --------------------------------------------------------------------------------------------------
-- The mean of a week: for viewers of protected statistics, of every district.
alter table waiting_week enable row level security, force row level security;
grant select on waiting_week to cosmos_app;
grant select, insert on waiting_week to cosmos_keeper;
create policy waiting_week_read on waiting_week for select to cosmos_app using ((select viewer_reads_statistics()));

-- ---- wait_simulation -----------------------------------------------------------------------------------------------
-- What a team asked about its wait: for the team and its head, for technical advisers and data protection officers. Once a published report
-- shows it, everybody reads it. Nobody reads who asked: it counts how often a worker asks in a day, and is forgotten after it.
alter table wait_simulation enable row level security, force row level security;
grant select (
  id, district_id, type_code, asked_at, foreseen_from, half_days_now, posts_now, more_half_days, more_posts, more_asks_percent, load_now, days_now,
  load_then, days_then
) on wait_simulation to cosmos_app;
grant insert (
  id, district_id, type_code, asked_by_id, asked_at, foreseen_from, half_days_now, posts_now, more_half_days, more_posts, more_asks_percent
) on wait_simulation to cosmos_app;
grant select, update, delete on wait_simulation to cosmos_keeper;
create policy wait_simulation_read on wait_simulation for select to cosmos_app using (
  (select viewer_has_scope('statistics:read')) and (viewer_simulates(district_id) or (select viewer_has_role('DATA_PROTECTION_OFFICER')))
  or is_shown_simulation(id));
create policy wait_simulation_ask on wait_simulation for insert to cosmos_app with check (
  asked_by_id = (select viewer_worker()) and (select viewer_has_scope('statistics:write')) and (select viewer_has_scope('statistics:read'))
  and viewer_simulates(district_id));

-- ---- indicator -----------------------------------------------------------------------------------------------------
-- Public, once somebody else than the author has read its words: what is counted, and who has agreed to it. Until then the county's workers
-- read it.
alter table indicator enable row level security, force row level security;
grant select on indicator to cosmos_app;
grant insert (
  id, code, version, label_fr, label_en, definition_fr, counts_fr, does_not_count_fr, measure, unit, kind, dimensions,
  proposed_in_id, proposed_on
) on indicator to cosmos_app;
grant update (status, adopted_on, retired_on, refusal, refusal_text, place) on indicator to cosmos_app;
grant select, update on indicator to cosmos_keeper;
create policy indicator_read on indicator for select to cosmos_app using (
  confirmed_on is not null or (select viewer_worker()) is not null);
create policy indicator_propose on indicator for insert to cosmos_app with check (
  (select viewer_has_scope('statistics:write')) and status = 'PROPOSED' and (
    proposed_in_id = any ((select viewer_posts('social_worker'))::uuid[])
    or proposed_in_id = any ((select viewer_posts('district_head'))::uuid[])
    or (proposed_in_id is null and (select viewer_has_role('TECHNICAL_ADVISER')))));
create policy indicator_decide on indicator for update to cosmos_app using (
  (select viewer_has_scope('statistics:write')) and (select viewer_has_role('TECHNICAL_ADVISER')));

-- ---- indicator_decision --------------------------------------------------------------------------------------------
-- The word of an adviser does not change, and nobody takes it back. Two advisers adopt an indicator, refuse one to which the teams agreed, or
-- retire one.
alter table indicator_decision enable row level security, force row level security;
grant select on indicator_decision to cosmos_app;
grant insert (id, indicator_id, kind, refusal, reason, worker_id, said_on) on indicator_decision to cosmos_app;
grant select on indicator_decision to cosmos_keeper;
create policy indicator_decision_read on indicator_decision for select to cosmos_app using (true);
create policy indicator_decision_say on indicator_decision for insert to cosmos_app with check (
  worker_id = (select viewer_worker()) and (select viewer_has_scope('statistics:write')) and (select viewer_has_role('TECHNICAL_ADVISER'))
  and exists (select from indicator i where i.id = indicator_id
    and case indicator_decision.kind when 'REFUSE' then i.status in ('PROPOSED', 'CONSULTED') when 'ADOPT' then i.status = 'CONSULTED'
      else i.status = 'ADOPTED' end));

-- ---- erratum -------------------------------------------------------------------------------------------------------
-- A frozen figure stays, even if it is wrong: a new figure beside it would show who was added or left out. An error that is found later is
-- published with its reason and the names of the two who sign it. A report is recalled in the same way.
alter table erratum enable row level security, force row level security;
grant select on erratum to cosmos_app;
grant insert (
  id, period, indicator_code, district_id, text_fr, text_en, recalls, proposed_by_id, proposed_on
) on erratum to cosmos_app;
grant update (signed_by_id, published_on, withdrawn_on) on erratum to cosmos_app;
grant select on erratum to cosmos_keeper;
create policy erratum_read on erratum for select to cosmos_app using (published_on is not null or (select viewer_reads_drafts()));
create policy erratum_propose on erratum for insert to cosmos_app with check (
  proposed_by_id = (select viewer_worker()) and (select viewer_has_scope('statistics:write')) and (select viewer_has_role('TECHNICAL_ADVISER')));
create policy erratum_sign on erratum for update to cosmos_app
  using (published_on is null and withdrawn_on is null and proposed_by_id <> (select viewer_worker())
    and erratum_lapses_on(proposed_on) > day_in_paris(now())
    and (select viewer_has_scope('statistics:write'))
    and (select viewer_has_role('TECHNICAL_ADVISER') or viewer_has_role('DATA_PROTECTION_OFFICER')))
  with check (withdrawn_on is null and signed_by_id = (select viewer_worker()));
create policy erratum_withdraw on erratum for update to cosmos_app
  using (published_on is null and withdrawn_on is null and proposed_by_id = (select viewer_worker())
    and (select viewer_has_scope('statistics:write')))
  with check (withdrawn_on is not null and proposed_by_id = (select viewer_worker()));

-- ---- indicator_speaker ---------------------------------------------------------------------------------------------
-- Public: how many members are for an indicator, and what they say. Only the social workers of the team read who spoke; everybody does if the
-- member wishes so. The head does not: a voice may be against the head.
alter table indicator_speaker enable row level security, force row level security;
grant select on indicator_speaker to cosmos_app;
grant insert (id, indicator_id, district_id, worker_id, is_named) on indicator_speaker to cosmos_app;
grant update (is_named) on indicator_speaker to cosmos_app;
grant select on indicator_speaker to cosmos_keeper;
create policy indicator_speaker_read on indicator_speaker for select to cosmos_app using (
  is_named or worker_id = (select viewer_worker()) or ((select viewer_reads_statistics())
    and district_id = any ((select viewer_posts('social_worker'))::uuid[])));
-- A member of the team speaks, and not the head.
create policy indicator_speaker_state on indicator_speaker for insert to cosmos_app with check (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_teams())::uuid[]));
create policy indicator_speaker_restate on indicator_speaker for update to cosmos_app using (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_teams())::uuid[]));

-- ---- indicator_voice -----------------------------------------------------------------------------------------------
alter table indicator_voice enable row level security, force row level security;
grant select on indicator_voice to cosmos_app;
grant insert (speaker_id, version, indicator_id, district_id, position, words, stated_on) on indicator_voice to cosmos_app;
grant select on indicator_voice to cosmos_keeper;
grant update (words, confirmed_on, withdrawn_on) on indicator_voice to cosmos_keeper;
-- Words are for the county's workers until somebody else than the speaker has read them.
create policy indicator_voice_read on indicator_voice for select to cosmos_app using (
  words is null or confirmed_on is not null or (select viewer_worker()) is not null);
create policy indicator_voice_state on indicator_voice for insert to cosmos_app with check (
  district_id = any ((select viewer_teams())::uuid[])
  and exists (select from indicator_speaker s where s.id = speaker_id and s.worker_id = (select viewer_worker())));

-- ---- indicator_observation -----------------------------------------------------------------------------------------
-- A team's observation on the figures. The county's workers who read the figures read it. Once somebody else than the author has read it,
-- reporting clients read it, and in a report that is published from then on, everybody does.
alter table indicator_observation enable row level security, force row level security;
grant select on indicator_observation to cosmos_app;
grant insert (id, code, district_id, year, body, stated_on) on indicator_observation to cosmos_app;
grant select on indicator_observation to cosmos_keeper;
grant update (body, confirmed_on, withdrawn_on) on indicator_observation to cosmos_keeper;
create policy indicator_observation_read on indicator_observation for select to cosmos_app using (
  ((select viewer_reads_statistics()) and (confirmed_on is not null or (select viewer_worker()) is not null))
  or exists (select from activity_report r where r.district_id = indicator_observation.district_id and r.year = indicator_observation.year
    and r.published_on >= indicator_observation.confirmed_on));
create policy indicator_observation_state on indicator_observation for insert to cosmos_app with check (
  district_id = any ((select viewer_teams())::uuid[]));

-- ---- words_author --------------------------------------------------------------------------------------------------
-- Who wrote words that nobody else has read yet: so that the author is not the one who has read them. Nobody reads it.
alter table words_author enable row level security, force row level security;
grant select, insert, delete on words_author to cosmos_keeper;

-- ---- snapshot ------------------------------------------------------------------------------------------------------
-- The protected answers to every question that may be asked of a period. They are computed once and kept for ever. No record, no key and
-- nothing else leads from them to a person, a case or a worker.
alter table snapshot enable row level security, force row level security;
grant select on snapshot to cosmos_app;
grant select, insert on snapshot to cosmos_keeper;
-- It is no figure that a period is frozen, nor which categories there were.
create policy snapshot_read on snapshot for select to cosmos_app using (true);

-- ---- snapshot_dimension --------------------------------------------------------------------------------------------
alter table snapshot_dimension enable row level security, force row level security;
grant select on snapshot_dimension to cosmos_app;
grant select, insert on snapshot_dimension to cosmos_keeper;
create policy snapshot_dimension_read on snapshot_dimension for select to cosmos_app using (true);

-- ---- snapshot_table ------------------------------------------------------------------------------------------------
alter table snapshot_table enable row level security, force row level security;
grant select on snapshot_table to cosmos_app;
grant select, insert on snapshot_table to cosmos_keeper;
create policy snapshot_table_read on snapshot_table for select to cosmos_app using (true);

-- ---- objection_of_period -------------------------------------------------------------------------------------------
-- Nobody but the functions that freeze reads who objected.
alter table objection_of_period enable row level security, force row level security;
grant select, insert, delete on objection_of_period to cosmos_keeper;

-- ---- activity_report -----------------------------------------------------------------------------------------------
-- The frozen figures of a year, and what the team says about them. Everybody reads the text of a published report that was signed, and its
-- signatures. The other texts are for viewers who read drafts.
alter table activity_report enable row level security, force row level security;
grant select on activity_report to cosmos_app;
grant insert (id, district_id, year) on activity_report to cosmos_app;
grant update (
  social_workers, receptionists, published_on, version, published_by_id, population, days_open
) on activity_report to cosmos_app;
grant select, update on activity_report to cosmos_keeper;
-- Everybody reads a published report. A draft is for viewers who read protected statistics, but not for reporting clients, who have no use
-- for it.
create policy activity_report_read on activity_report for select to cosmos_app using (
  published_on is not null or ((select viewer_reads_statistics()) and not (select viewer_is_reporting_client())));
create policy activity_report_state on activity_report for insert to cosmos_app with check (
  published_on is null and (district_id = any ((select viewer_teams())::uuid[])
    or (district_id is null and cardinality((select viewer_teams())::uuid[]) > 0)));
create policy activity_report_restate on activity_report for update to cosmos_app using (
  (select viewer_has_scope('statistics:write')) and published_on is null and (
    district_id = any ((select viewer_teams())::uuid[])
    or (district_id is null and cardinality((select viewer_teams())::uuid[]) > 0)
    or (select viewer_has_role('TECHNICAL_ADVISER'))))
  with check (published_on is null and published_by_id is null
    or (published_by_id = (select viewer_worker()) and (select viewer_has_role('TECHNICAL_ADVISER'))));

-- ---- activity_report_text ------------------------------------------------------------------------------------------
alter table activity_report_text enable row level security, force row level security;
grant select on activity_report_text to cosmos_app;
grant insert (
  report_id, version, body, master_key_id, wrapped, written_by_id, stated_on, simulation_id
) on activity_report_text to cosmos_app;
grant select on activity_report_text to cosmos_keeper;
grant update (body, master_key_id, wrapped, withdrawn_on) on activity_report_text to cosmos_keeper;
grant select (report_id, version, master_key_id, wrapped) on activity_report_text to cosmos_jobs;
grant update (master_key_id, wrapped) on activity_report_text to cosmos_jobs;
create policy activity_report_text_rotation on activity_report_text for all to cosmos_jobs using ((select is_jobs()));
create policy activity_report_text_read on activity_report_text for select to cosmos_app using (
  (select viewer_reads_drafts()) or (is_last_text(report_id, version)
    and exists (select from activity_report r where r.id = report_id and r.published_on is not null)));
create policy activity_report_text_state on activity_report_text for insert to cosmos_app with check (
  written_by_id = (select viewer_worker())
  and exists (select from activity_report r where r.id = report_id and (r.district_id = any ((select viewer_teams())::uuid[])
    or (r.district_id is null and cardinality((select viewer_teams())::uuid[]) > 0)))
  -- A report shows what its own team asked.
  and (simulation_id is null or exists (select from activity_report r join wait_simulation s on s.district_id = r.district_id
    where r.id = report_id and s.id = simulation_id and s.days_now <> '{}')));

-- ---- activity_report_signature -------------------------------------------------------------------------------------
alter table activity_report_signature enable row level security, force row level security;
grant select on activity_report_signature to cosmos_app;
grant insert (report_id, text_version, worker_id, district_id, signed_on) on activity_report_signature to cosmos_app;
grant select on activity_report_signature to cosmos_keeper;
create policy activity_report_signature_read on activity_report_signature for select to cosmos_app using (
  (select viewer_reads_drafts()) or (is_last_text(report_id, text_version)
    and exists (select from activity_report r where r.id = report_id and r.published_on is not null)));
create policy activity_report_signature_state on activity_report_signature for insert to cosmos_app with check (
  worker_id = (select viewer_worker()) and district_id = any ((select viewer_teams())::uuid[])
  and exists (select from activity_report r where r.id = report_id and (r.district_id is null or r.district_id = activity_report_signature.district_id)));

-- ---- activity_report_table -----------------------------------------------------------------------------------------
alter table activity_report_table enable row level security, force row level security;
grant select, insert on activity_report_table to cosmos_app;
grant select on activity_report_table to cosmos_keeper;
create policy activity_report_table_read on activity_report_table for select to cosmos_app using (
  exists (select from activity_report r where r.id = report_id));
create policy activity_report_table_cite on activity_report_table for insert to cosmos_app with check (
  (select viewer_has_scope('statistics:write')) and (select viewer_has_role('TECHNICAL_ADVISER'))
  and exists (select from activity_report r where r.id = report_id and r.published_on is null));
