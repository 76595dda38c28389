-- ---- waiting_day ---------------------------------------------------------------------------------------------------
-- A row has a figure, or the reason why there is none.
alter table waiting_day add constraint waiting_day_figure check (num_nonnulls(third_next_days, withheld) = 1 and third_next_days >= 0);

-- ---- waiting_week --------------------------------------------------------------------------------------------------
-- A week begins on a Monday. It always has a figure: 92 where no time was free, so that no gap tells anything.
alter table waiting_week add constraint waiting_week_monday check (extract(isodow from week) = 1);
alter table waiting_week add constraint waiting_week_figure check (days between 0 and 92);

-- ---- wait_simulation -----------------------------------------------------------------------------------------------
-- With fewer than three posts it would tell of one worker. Some hours are left, some people ask, and a post that is lost is one that there is.
alter table wait_simulation add constraint wait_simulation_change check (
  half_days_now between 1 and 400 and posts_now >= 3 and more_posts > -posts_now and more_asks_percent between -90 and 300
  and half_days_now + more_half_days + more_posts * half_days_now::double precision / posts_now >= 1);
-- All figures are there, or none.
alter table wait_simulation add constraint wait_simulation_figures check (
  array[cardinality(load_now), cardinality(days_now), cardinality(load_then), cardinality(days_then)] in ('{0,0,0,0}', '{3,3,3,3}'));
-- The simulations that wait for a job.
create index wait_simulation_asked on wait_simulation (asked_at) where days_now = '{}';

-- ---- indicator -----------------------------------------------------------------------------------------------------
-- At most 40 indicators are adopted at a time: each has one of 40 places.
alter table indicator add constraint indicator_code check (code ~ '^[A-Z][A-Z0-9_]{2,39}$');
alter table indicator add constraint indicator_version check (version >= 1);
alter table indicator add constraint indicator_place check (place between 1 and 40 and (place is not null) = (status = 'ADOPTED') or place is null and status <> 'ADOPTED');
alter table indicator add constraint indicator_consulted check (consulted_until >= consulted_from + 14
  and (consulted_from is not null) = (consulted_until is not null));
alter table indicator add constraint indicator_dates check (
  (status <> 'CONSULTED' or consulted_from is not null)
  and (status not in ('ADOPTED', 'RETIRED') or (adopted_on is not null and consulted_from is not null))
  and (status = 'RETIRED') = (retired_on is not null)
  and retired_on >= adopted_on);
alter table indicator add constraint indicator_refused check ((status = 'REFUSED') = (refusal is not null) and (refusal is null) = (refusal_text is null));
create unique index indicator_adopted on indicator (code) where status = 'ADOPTED';
create unique index indicator_open on indicator (code) where status in ('PROPOSED', 'CONSULTED');
alter table indicator add constraint indicator_withdrawn check (withdrawn_on is null or (confirmed_on is not null and status = 'REFUSED'));
alter table indicator add constraint indicator_measured check (measure is not null or status = 'REFUSED');
alter table indicator add constraint indicator_given_by check ((given_by is not null) = (status in ('ADOPTED', 'RETIRED')));

-- ---- indicator_decision --------------------------------------------------------------------------------------------
alter table indicator_decision add constraint indicator_decision_refusal check ((kind = 'REFUSE') = (refusal is not null));
alter table indicator_decision add constraint indicator_decision_reason check ((kind = 'ADOPT') = (reason is null)
  and (reason is null or length(reason) between 1 and 2000));

-- ---- erratum -------------------------------------------------------------------------------------------------------
create index erratum_published on erratum (published_on desc, id) where published_on is not null;
create index erratum_unsigned on erratum (erratum_lapses_on(proposed_on) desc, id) where published_on is null and withdrawn_on is null;
-- An erratum without an indicator is about the report of its year.
alter table erratum add constraint erratum_period check (period ~ '^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?$');
alter table erratum add constraint erratum_of_a_report check (indicator_code is not null or length(period) = 4);
alter table erratum add constraint erratum_recalls_a_report check (not recalls or indicator_code is null);
alter table erratum add constraint erratum_texts check (length(text_fr) between 1 and 2000 and length(text_en) between 1 and 2000);
alter table erratum add constraint erratum_signed check (num_nonnulls(signed_by_id, signed_by, published_on) in (0, 3));
alter table erratum add constraint erratum_of_two check (signed_by_id <> proposed_by_id);
alter table erratum add constraint erratum_withdrawn check (withdrawn_on is null or published_on is null);

-- ---- indicator_voice -----------------------------------------------------------------------------------------------
alter table indicator_voice add constraint indicator_voice_version check (version between 1 and 50);

alter table indicator_voice add constraint indicator_voice_withdrawn check (withdrawn_on is null or (words is not null and confirmed_on is not null));

-- ---- indicator_observation -----------------------------------------------------------------------------------------
alter table indicator_observation add constraint indicator_observation_year check (year between 2000 and 2200);
alter table indicator_observation add constraint indicator_observation_withdrawn check (withdrawn_on is null or confirmed_on is not null);

-- ---- snapshot ------------------------------------------------------------------------------------------------------
-- A period is a calendar month, quarter or year.
alter table snapshot add constraint snapshot_period check (
  (period = to_char(starts_on, 'YYYY-MM') and extract(day from starts_on) = 1 and ends_on = (starts_on + interval '1 month')::date)
  or (period = to_char(starts_on, 'YYYY-"Q"Q') and extract(day from starts_on) = 1 and extract(month from starts_on) in (1, 4, 7, 10)
    and ends_on = (starts_on + interval '3 months')::date)
  or (period = to_char(starts_on, 'YYYY') and extract(doy from starts_on) = 1 and ends_on = (starts_on + interval '1 year')::date));
alter table snapshot add constraint snapshot_frozen check (frozen_on > ends_on);

-- ---- snapshot_dimension --------------------------------------------------------------------------------------------
alter table snapshot_dimension add constraint snapshot_dimension_categories check (cardinality(categories) > 0
  and cardinality(categories) = cardinality(categories_fr) and cardinality(categories) = cardinality(categories_en));

-- ---- snapshot_table ------------------------------------------------------------------------------------------------
create unique index snapshot_table_question on snapshot_table (snapshot_id, indicator_id, district_id, dimensions) nulls not distinct;
-- The base of a rate has the same position as its cell.
alter table snapshot_table add constraint snapshot_table_bases check (bases is null or cardinality(bases) = cardinality(cells));
alter table snapshot_table add constraint snapshot_table_parts check (parts >= 1);
alter table snapshot_table add constraint snapshot_table_dimensions check (cardinality(dimensions) <= 2);

-- ---- activity_report -----------------------------------------------------------------------------------------------
create unique index activity_report_subject on activity_report(year, district_id) nulls not distinct;
-- A published report has its means; a draft has none.
alter table activity_report add constraint activity_report_year check (year between 2000 and 2200);
alter table activity_report add constraint activity_report_published check (num_nonnulls(published_on, social_workers, receptionists) in (0, 3));
alter table activity_report add constraint activity_report_context check (published_on is not null or num_nonnulls(population, days_open) = 0);

-- ---- activity_report_text ------------------------------------------------------------------------------------------
alter table activity_report_text add constraint activity_report_text_sealed check (is_sealed(body, master_key_id, wrapped)) not valid;
alter table activity_report_text add constraint activity_report_text_withdrawn check (withdrawn_on is null or body is null);
