set local lock_timeout = '5s';
set local check_function_bodies = off;
drop policy indicator_decision_say on indicator_decision;
drop policy indicator_observation_read on indicator_observation;
drop policy indicator_read on indicator;
drop policy indicator_voice_read on indicator_voice;
drop policy waiting_day_read on waiting_day;
drop trigger notification_tells_once on notification;
drop trigger two_advisers_decide on indicator;
alter table indicator_decision drop constraint indicator_decision_reason;
drop function appointment_objects(uuid), appointments_of(timestamp with time zone,timestamp with time zone), case_objects(uuid), cases_of(timestamp with time zone,timestamp with time zone), objects(uuid), records_of_appointment_requests(timestamp with time zone,timestamp with time zone), records_of_appointments(timestamp with time zone,timestamp with time zone), records_of_asked_again(timestamp with time zone,timestamp with time zone), records_of_asked_to_held(timestamp with time zone,timestamp with time zone), records_of_asked_to_offered(timestamp with time zone,timestamp with time zone), records_of_cancelled_by_service(timestamp with time zone,timestamp with time zone), records_of_cases_closed(timestamp with time zone,timestamp with time zone), records_of_cases_opened(timestamp with time zone,timestamp with time zone), records_of_first_receptions(timestamp with time zone,timestamp with time zone), records_of_freed_times_used(timestamp with time zone,timestamp with time zone), records_of_incoming_requests(timestamp with time zone,timestamp with time zone), records_of_incoming_requests_answered_in_time(timestamp with time zone,timestamp with time zone), records_of_meeting_attendance(timestamp with time zone,timestamp with time zone), records_of_needs(timestamp with time zone,timestamp with time zone), records_of_not_honoured(timestamp with time zone,timestamp with time zone), records_of_open_cases(timestamp with time zone,timestamp with time zone), records_of_persons_at_reception(timestamp with time zone,timestamp with time zone), records_of_persons_helped(timestamp with time zone,timestamp with time zone), records_of_persons_in_need(timestamp with time zone,timestamp with time zone), records_of_referrals_answered_in_time(timestamp with time zone,timestamp with time zone), records_of_referrals_received(timestamp with time zone,timestamp with time zone), records_of_referrals_sent(timestamp with time zone,timestamp with time zone), records_of_still_waiting(timestamp with time zone,timestamp with time zone), records_of_unknown_outcomes(timestamp with time zone,timestamp with time zone), records_of_visits(timestamp with time zone,timestamp with time zone), referrals_of(timestamp with time zone,timestamp with time zone), statistics_categories(), withheld_for(bigint,bigint);
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.






-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.






-- AlterTable
ALTER TABLE "activity_report" ADD COLUMN     "text_version" INTEGER;

-- AlterTable
ALTER TABLE "activity_report_text" ADD COLUMN     "withdrawn_on" DATE;

-- AlterTable
ALTER TABLE "indicator" ADD COLUMN     "asked_again" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "confirmed_on" DATE,
ADD COLUMN     "withdrawn_on" DATE;

-- AlterTable
ALTER TABLE "indicator_decision" ALTER COLUMN "reason" DROP NOT NULL;

-- AlterTable
ALTER TABLE "indicator_observation" ADD COLUMN     "confirmed_on" DATE,
ADD COLUMN     "withdrawn_on" DATE;

-- AlterTable
ALTER TABLE "indicator_voice" ADD COLUMN     "confirmed_on" DATE,
ADD COLUMN     "withdrawn_on" DATE;

-- AlterTable
ALTER TABLE "snapshot_table" ADD COLUMN     "parts" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "waiting_week" (
    "district_id" UUID NOT NULL,
    "type_code" TEXT NOT NULL,
    "week" DATE NOT NULL,
    "days" INTEGER NOT NULL,

    CONSTRAINT "waiting_week_pkey" PRIMARY KEY ("district_id","type_code","week")
);

-- CreateTable
CREATE TABLE "words_author" (
    "words_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,

    CONSTRAINT "words_author_pkey" PRIMARY KEY ("words_id")
);

-- CreateTable
CREATE TABLE "objection_of_year" (
    "year" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,

    CONSTRAINT "objection_of_year_pkey" PRIMARY KEY ("year","person_id")
);

-- CreateIndex
CREATE INDEX "waiting_week_type_code_idx" ON "waiting_week"("type_code");

-- CreateIndex
CREATE INDEX "words_author_worker_id_idx" ON "words_author"("worker_id");

-- CreateIndex
CREATE INDEX "objection_of_year_person_id_idx" ON "objection_of_year"("person_id");

-- AddForeignKey
ALTER TABLE "waiting_week" ADD CONSTRAINT "waiting_week_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_week" ADD CONSTRAINT "waiting_week_type_code_fkey" FOREIGN KEY ("type_code") REFERENCES "appointment_type"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "words_author" ADD CONSTRAINT "words_author_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "objection_of_year" ADD CONSTRAINT "objection_of_year_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
create or replace function end_undecided_consultations() returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_done integer;
begin
  perform only_jobs();
  update indicator set status = 'REFUSED', refusal = 'NOT_AGREED',
      refusal_text = 'Les équipes ont été consultées deux fois. Trop peu d’entre elles ont répondu, ou autant étaient pour que contre.'
    where status = 'CONSULTED' and asked_again and consultation_is_undecided(id);
  get diagnostics v_done = row_count;
  return v_done;
end $$;
revoke all on function end_undecided_consultations() from public, cosmos_app, cosmos_jobs;
create or replace function indicator_steps() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Somebody else has read its words (`confirm_words`).
  if new.confirmed_on is distinct from old.confirmed_on and new.status = old.status
    and to_jsonb(new) - 'confirmed_on' = to_jsonb(old) - 'confirmed_on' then return new; end if;
  if (old.status, new.status) not in (('PROPOSED', 'CONSULTED'), ('PROPOSED', 'REFUSED'), ('CONSULTED', 'CONSULTED'),
      ('CONSULTED', 'REFUSED'), ('CONSULTED', 'ADOPTED'), ('ADOPTED', 'RETIRED'))
      -- A refused proposal whose words are withdrawn.
      and not (old.status = 'REFUSED' and new.status = 'REFUSED' and old.withdrawn_on is null and new.withdrawn_on is not null)
    or (old.status = 'CONSULTED' and new.status = 'CONSULTED' and (old.asked_again or not consultation_is_undecided(old.id)))
    or (new.withdrawn_on is distinct from old.withdrawn_on and new.status <> 'REFUSED')
  then raise 'an indicator does not go from % to %', old.status, new.status; end if;
  if new.status = 'CONSULTED' then
    new.consulted_from := day_in_paris(now());
    new.consulted_until := consultation_ends_on(new.consulted_from);
    new.asked_again := old.status = 'CONSULTED';
    -- The adviser who asks the teams has read it, unless it is their own.
    if not exists (select from words_author a where a.words_id = new.id and a.worker_id = viewer_worker()) then
      new.confirmed_on := coalesce(new.confirmed_on, day_in_paris(now()));
    end if;
  elsif (new.consulted_from, new.consulted_until, new.asked_again) is distinct from (old.consulted_from, old.consulted_until, old.asked_again) then
    raise 'a consultation keeps its days';
  end if;
  if new.status = 'ADOPTED' then
    if indicator_obstacle(new.id) is not null then raise 'the teams have not agreed to it'; end if;
    -- Two advisers have read it.
    new.confirmed_on := coalesce(new.confirmed_on, day_in_paris(now()));
  end if;
  return new;
end $$;
revoke all on function indicator_steps() from public, cosmos_app, cosmos_jobs;
create or replace function adopted_as_agreed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from indicator i where i.id = new.indicator_id for update;
  if indicator_obstacle(new.indicator_id) is not null then raise 'the teams have not agreed to it'; end if;
  return new;
end $$;
revoke all on function adopted_as_agreed() from public, cosmos_app, cosmos_jobs;
create or replace function two_advisers_decide() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not indicator_is_decided(new.id, (case new.status when 'ADOPTED' then 'ADOPT' when 'REFUSED' then 'REFUSE'
        else 'RETIRE' end)::"IndicatorDecisionKind")
      and not (new.status = 'RETIRED'
        and exists (select from indicator i where i.code = new.code and i.status = 'ADOPTED' and i.version > new.version)) then
    raise 'one adviser alone does not decide this';
  end if;
  return null;
end $$;
revoke all on function two_advisers_decide() from public, cosmos_app, cosmos_jobs;
create or replace function published_for_ever() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.published_on is not null then raise 'what was published stays'; end if;
  if tg_op = 'DELETE' then return old; end if;
  if new.published_on is not null and not narrative_is_signed(new.id, new.published_by_id)
  then raise 'the team has not signed it'; end if;
  -- The text that stands is the one that is published, also if more workers sign or leave the team later.
  if new.published_on is not null then new.text_version := standing_text(new.id); end if;
  return new;
end $$;
revoke all on function published_for_ever() from public, cosmos_app, cosmos_jobs;
create or replace function tell_of_text() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind)
    select distinct s.worker_id, 'TEXT_PROPOSED'::"NotificationKind" from activity_report_signature s
    where s.report_id = new.report_id and s.text_version in (standing_text(new.report_id), new.version - 1)
      and s.worker_id is distinct from new.written_by_id;
  return null;
end $$;
revoke all on function tell_of_text() from public, cosmos_app, cosmos_jobs;
create or replace function tell_of_replacement() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if text_is_signed(new.report_id, new.text_version, null) and not text_is_signed(new.report_id, new.text_version, new.worker_id) then
    insert into notification (worker_id, kind)
      select distinct s.worker_id, 'TEXT_REPLACED'::"NotificationKind" from activity_report_signature s
      where s.report_id = new.report_id and s.worker_id <> new.worker_id
        and s.text_version = (select max(t.version) from activity_report_text t
          where t.report_id = new.report_id and t.version < new.text_version and text_is_signed(t.report_id, t.version, null));
  end if;
  return null;
end $$;
revoke all on function tell_of_replacement() from public, cosmos_app, cosmos_jobs;
create or replace function next_snapshot() returns table (period text, starts_on date, ends_on date, from_at timestamptz, until_at timestamptz, districts uuid[])
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_today date := day_in_paris(now());
begin
  perform only_jobs();
  if not pg_try_advisory_xact_lock(hashtext('cosmos:snapshot')) then return; end if;
  return query
    select d.period, d.starts_on, d.ends_on, d.starts_on::timestamp at time zone 'Europe/Paris',
      d.ends_on::timestamp at time zone 'Europe/Paris', d.districts
    from (
      select to_char(m, 'YYYY-MM') as period, m::date as starts_on, (m + interval '1 month')::date as ends_on,
        array(select t.id from district t where t.switched_on_on <= m::date order by t.id) as districts
      from generate_series(date_trunc('month', v_today - interval '24 months'), v_today::timestamp, interval '1 month') m
      union all
      select to_char(y, 'YYYY'), y::date, (y + interval '1 year')::date,
        array(select t.id from district t where t.switched_on_on < (y + interval '1 year')::date order by t.id)
      from generate_series(date_trunc('year', v_today - interval '24 months'), v_today::timestamp, interval '1 year') y) d
    where cardinality(d.districts) > 0 and snapshot_due(d.starts_on, d.ends_on) <= v_today
      and not exists (select from snapshot s where s.period = d.period)
    -- December comes before its year, which takes December's list of objections.
    order by d.ends_on, d.starts_on desc limit 1;
end $$;
revoke all on function next_snapshot() from public, cosmos_app, cosmos_jobs;
create or replace function write_snapshot_tables(p_snapshot uuid, p_tables jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  perform from snapshot s where s.id = p_snapshot and s.xmin = pg_current_xact_id()::xid;
  if not found then raise 'this snapshot is frozen'; end if;
  insert into snapshot_table (snapshot_id, indicator_id, district_id, dimensions, cells, bases, parts)
    select p_snapshot, t.indicator_id, t.district_id, t.dimensions, t.cells, t.bases, coalesce(t.parts, 1)
    from jsonb_to_recordset(p_tables) t(indicator_id uuid, district_id uuid, dimensions text[], cells integer[], bases integer[], parts integer);
end $$;
revoke all on function write_snapshot_tables(uuid,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function measure_waiting_day(p_district uuid, p_day date) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := (p_day + time '06:00') at time zone 'Europe/Paris';
  v_until timestamptz := v_from + interval '92 days';
  v_type appointment_type%rowtype;
  v_third timestamptz;
  v_spared timestamptz;
  v_written integer := 0;
begin
  for v_type in select * from appointment_type t where 'BOOKING_CLIENT' = any (t.bookable_by) order by t.code loop
    v_third := third_free(p_district, v_type, v_from, v_until, false);
    v_spared := third_free(p_district, v_type, v_from, spared_until_other(v_third, v_until), true);
    v_third := coalesce(v_spared, v_third);
    insert into waiting_day (district_id, type_code, day, third_next_days, withheld)
      values (p_district, v_type.code, p_day, day_in_paris(v_third) - p_day, case when v_third is null then 'NO_FREE_TIME'::"Withheld" end)
      on conflict do nothing;
    if found then v_written := v_written + 1; end if;
  end loop;
  return v_written;
end $$;
revoke all on function measure_waiting_day(uuid,date) from public, cosmos_app, cosmos_jobs;
create or replace function close_waiting_weeks_at(p_now timestamptz) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_monday date := date_trunc('week', day_in_paris(p_now)::timestamp)::date;
  v_written integer;
begin
  insert into waiting_week (district_id, type_code, week, days)
    select d.id, t.code, m.week, case when min(m.days) = 92 then 92 else least(91, round(avg(m.days))) end::integer
    from district d cross join appointment_type t
    cross join lateral (select date_trunc('week', w.day::timestamp)::date as week, coalesce(w.third_next_days, 92) as days
      from waiting_day w where w.district_id = d.id and w.type_code = t.code and w.day < v_monday
        and w.day >= coalesce((select max(c.week) + 7 from waiting_week c where c.district_id = d.id and c.type_code = t.code), '-infinity')
        and (w.withheld is null or w.withheld = 'NO_FREE_TIME')) m
    where (select count(distinct s.worker_id) from membership s where s.district_id = d.id and s.role = 'SOCIAL_WORKER'
      and s.starts_at < (m.week + 7)::timestamp at time zone 'Europe/Paris'
      and (s.ends_at is null or s.ends_at > m.week::timestamp at time zone 'Europe/Paris')) >= 2
    group by d.id, t.code, m.week having count(*) >= 3
    on conflict do nothing;
  get diagnostics v_written = row_count;
  return v_written;
end $$;
revoke all on function close_waiting_weeks_at(timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function is_last_voice(p_speaker uuid, p_version integer) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from indicator_voice v where v.speaker_id = p_speaker and v.version > p_version);
revoke all on function is_last_voice(uuid,int4) from public, cosmos_app, cosmos_jobs;
create or replace function confirm_words(p_of text, p_id uuid, p_version integer) returns text
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_district uuid;
  v_author uuid;
  v_waits boolean;
begin
  if p_of = 'PROPOSAL' then
    select i.proposed_in_id, i.confirmed_on is null into v_district, v_waits from indicator i where i.id = p_id for update;
  elsif p_of = 'OBSERVATION' then
    select o.district_id, o.confirmed_on is null into v_district, v_waits from indicator_observation o where o.id = p_id for update;
  elsif p_of = 'VOICE' then
    select v.district_id, v.confirmed_on is null and v.words is not null into v_district, v_waits from indicator_voice v
      where v.speaker_id = p_id and v.version = p_version for update;
  end if;
  if v_waits is null then return 'NOT_FOUND'; end if;
  if not viewer_confirms_words(v_district) then return 'FORBIDDEN'; end if;
  select a.worker_id into v_author from (select w.worker_id from words_author w where w.words_id = p_id
    union all select s.worker_id from indicator_speaker s where s.id = p_id) a;
  if v_author = viewer_worker() then return 'OWN'; end if;
  if not v_waits then return 'STATE_CHANGED'; end if;
  -- Of words from before authors were kept, any member may be the author.
  if v_author is null and not viewer_has_role('TECHNICAL_ADVISER') then return 'FORBIDDEN'; end if;
  if p_of = 'PROPOSAL' then update indicator set confirmed_on = day_in_paris(now()) where id = p_id;
  elsif p_of = 'OBSERVATION' then update indicator_observation set confirmed_on = day_in_paris(now()) where id = p_id;
  else update indicator_voice set confirmed_on = day_in_paris(now()) where speaker_id = p_id and version = p_version;
  end if;
  return null;
end $$;
revoke all on function confirm_words(text,uuid,int4) from public, cosmos_app, cosmos_jobs;
create or replace function withdraw_words(p_of text, p_id uuid, p_version integer) returns text
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_today date := day_in_paris(now());
  v_words text := withdrawn_words(v_today);
  v_district uuid;
  v_done boolean;
begin
  if not viewer_withdraws_words() then return 'FORBIDDEN'; end if;
  if p_of = 'PROPOSAL' then
    select i.proposed_in_id, i.withdrawn_on is not null or i.status in ('ADOPTED', 'RETIRED') into v_district, v_done
      from indicator i where i.id = p_id for update;
  elsif p_of = 'OBSERVATION' then
    select o.district_id, o.withdrawn_on is not null into v_district, v_done from indicator_observation o where o.id = p_id for update;
  elsif p_of = 'VOICE' then
    select v.district_id, v.withdrawn_on is not null or v.words is null into v_district, v_done from indicator_voice v
      where v.speaker_id = p_id and v.version = p_version for update;
  elsif p_of = 'NARRATIVE' then
    select r.district_id, t.body is null into v_district, v_done from activity_report_text t join activity_report r on r.id = t.report_id
      where t.report_id = p_id and t.version = p_version for update of t;
  end if;
  if v_done is null then return 'NOT_FOUND'; end if;
  if v_done then return 'STATE_CHANGED'; end if;
  if p_of = 'PROPOSAL' then
    update indicator set label_fr = v_words, label_en = v_words, definition_fr = v_words, counts_fr = v_words, does_not_count_fr = v_words,
        code = 'RETIRE_' || upper(left(replace(gen_random_uuid()::text, '-', ''), 20)), withdrawn_on = v_today,
        confirmed_on = coalesce(confirmed_on, v_today), status = 'REFUSED', refusal = 'WITHDRAWN', refusal_text = v_words
      where id = p_id;
  elsif p_of = 'OBSERVATION' then
    update indicator_observation set body = v_words, withdrawn_on = v_today, confirmed_on = coalesce(confirmed_on, v_today) where id = p_id;
  elsif p_of = 'NARRATIVE' then
    update activity_report_text set body = null, master_key_id = null, wrapped = null, withdrawn_on = v_today
      where report_id = p_id and version = p_version;
  else
    update indicator_voice set words = v_words, withdrawn_on = v_today, confirmed_on = coalesce(confirmed_on, v_today)
      where speaker_id = p_id and version = p_version;
  end if;
  insert into notification (worker_id, kind) select distinct m.worker_id, 'WORDS_WITHDRAWN'::"NotificationKind" from membership m
    where m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()) and m.worker_id is distinct from viewer_worker()
      and case when v_district is null then m.role = 'TECHNICAL_ADVISER'
        else m.district_id = v_district and m.role in ('SOCIAL_WORKER', 'DISTRICT_HEAD') end;
  return null;
end $$;
revoke all on function withdraw_words(text,uuid,int4) from public, cosmos_app, cosmos_jobs;
create or replace function has_all_proposals_open(p_district uuid) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('cosmos:proposing:' || p_district, 0));
  return (select count(*) >= 5 from indicator i
    where i.proposed_in_id = p_district and i.status in ('PROPOSED', 'CONSULTED'));
end $$;
revoke all on function has_all_proposals_open(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function keep_author() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into words_author (words_id, worker_id) values (new.id, viewer_worker());
  return null;
end $$;
revoke all on function keep_author() from public, cosmos_app, cosmos_jobs;
create or replace function five_open_proposals() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if has_all_proposals_open(new.proposed_in_id) then raise 'five proposals of the team are open'; end if;
  return new;
end $$;
revoke all on function five_open_proposals() from public, cosmos_app, cosmos_jobs;
create or replace function forget_author() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from words_author where words_id = new.id;
  return null;
end $$;
revoke all on function forget_author() from public, cosmos_app, cosmos_jobs;
create or replace function consultation_ends_on(p_from date) returns date
  language sql immutable
  return (select p_from + n from generate_series(0, 120) n where extract(month from p_from + n) not in (7, 8) order by n offset 41 limit 1);
revoke all on function consultation_ends_on(date) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function indicator_opinions(p_indicators uuid[]) returns table (indicator_id uuid, district_id uuid, votes_for integer,
    votes_against integer, reservations integer, "position" text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select v.indicator_id, v.district_id,
    count(*) filter (where v.position = 'FOR')::integer,
    count(*) filter (where v.position = 'AGAINST')::integer,
    count(*) filter (where v.position = 'RESERVED')::integer,
    case when count(*) < 2 then 'NO_OPINION'
      when count(*) filter (where v.position = 'FOR') > count(*) filter (where v.position = 'AGAINST') then 'FOR'
      when count(*) filter (where v.position = 'FOR') < count(*) filter (where v.position = 'AGAINST') then 'AGAINST'
      else 'DIVIDED' end
  from indicator_voice v
  where v.indicator_id = any (p_indicators)
    and not exists (select from indicator_voice later where later.speaker_id = v.speaker_id and later.version > v.version)
  group by v.indicator_id, v.district_id;
end;
revoke all on function indicator_opinions(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function indicator_obstacle(p_indicator uuid) returns text
  language sql stable security definer set search_path = public, pg_temp
  return (select case
      when said.heard < said.teams and i.consulted_until >= day_in_paris(now()) then 'TEAMS_TO_BE_HEARD'
      when said.heard * 2 < said.teams then 'TOO_FEW_HEARD'
      when said.teams_for < said.teams_against then 'NOT_AGREED'
      when said.teams_for = said.teams_against then 'TIED' end
    from indicator i cross join lateral (
      select count(*) as teams, count(*) filter (where o.position <> 'NO_OPINION') as heard,
        count(*) filter (where o.position = 'FOR') as teams_for, count(*) filter (where o.position = 'AGAINST') as teams_against
      from district d left join indicator_opinions(array[i.id]) o on o.district_id = d.id
      where d.switched_on_on <= day_in_paris(now())) said
    where i.id = p_indicator);
revoke all on function indicator_obstacle(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function consultation_is_undecided(p_indicator uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from indicator i where i.id = p_indicator and i.status = 'CONSULTED' and i.consulted_until < day_in_paris(now())
    and indicator_obstacle(i.id) in ('TIED', 'TOO_FEW_HEARD'));
revoke all on function consultation_is_undecided(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function objects(p_person uuid, p_from timestamptz, p_until timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return case when p_until - p_from > interval '300 days'
      and exists (select from snapshot s where s.period = to_char(p_until - interval '1 day', 'YYYY') || '-12'
        and s.method_version >= 4)
    then exists (select from objection_of_year o where o.person_id = p_person and o.year = extract(year from p_until - interval '1 day'))
    else exists (select from person p where p.id = p_person and p.statistics_objection_on is not null) end;
revoke all on function objects(uuid,timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function case_objects(p_case uuid, p_from timestamptz, p_until timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from case_person cp where cp.case_id = p_case and objects(cp.person_id, p_from, p_until));
revoke all on function case_objects(uuid,timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function appointment_objects(p_appointment uuid, p_from timestamptz, p_until timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment_person ap where ap.appointment_id = p_appointment and objects(ap.person_id, p_from, p_until));
revoke all on function appointment_objects(uuid,timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_visits(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select v.id, v.district_id, v.worker_id, null::boolean, array[v.kind::text, coalesce(v.outcome::text, 'UNKNOWN')]
  from visit v where v.arrived_at >= p_from and v.arrived_at < p_until and not objects(v.person_id, p_from, p_until);
end;
revoke all on function records_of_visits(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_persons_at_reception(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, v.district_id, v.worker_id, null::boolean, array[v.kind::text, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from visit v join person p on p.id = v.person_id
  where v.arrived_at >= p_from and v.arrived_at < p_until and not objects(p.id, p_from, p_until);
end;
revoke all on function records_of_persons_at_reception(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_first_receptions(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with received as (
    select ap.person_id, a.district_id, a.worker_ids as workers, a.starts_at as at, 'BY_APPOINTMENT' as way
    from appointment a join appointment_person ap on ap.appointment_id = a.id
    where a.status = 'HONOURED' and a.places is null and a.starts_at >= p_from and a.starts_at < p_until
      and a.type_code = any (array(select receiving_types()))
    union all
    select v.person_id, v.district_id, array_remove(array[v.worker_id], null), v.taken_in_at, 'ON_DUTY'
    from visit v where v.person_id is not null and v.appointment_id is null and v.outcome = 'RECEIVED'
      and v.taken_in_at >= p_from and v.taken_in_at < p_until),
  first as (select distinct on (r.person_id, r.district_id) r.* from received r order by r.person_id, r.district_id, r.at)
  select p.id, f.district_id, w.id, null::boolean, array[f.way, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from first f join person p on p.id = f.person_id
  left join lateral unnest(f.workers) w(id) on true
  where not objects(p.id, p_from, p_until)
    and not exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
      where ap.person_id = p.id and a.district_id = f.district_id and a.status = 'HONOURED' and a.places is null and a.starts_at < p_from
        and a.type_code = any (array(select receiving_types())))
    and not exists (select from visit v where v.person_id = p.id and v.district_id = f.district_id and v.outcome = 'RECEIVED'
      and v.taken_in_at < p_from);
end;
revoke all on function records_of_first_receptions(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_appointment_requests(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, case when r.case_worker_only then r.case_worker_id when r.duty_worker_only then r.duty_worker_id end,
    null::boolean, array[r.urgency::text, r.type_code, coalesce(r.asked_by::text, 'UNKNOWN')]
  from appointment_request r where r.asked_at >= p_from and r.asked_at < p_until and r.stands_for_id is null and not objects(r.person_id, p_from, p_until);
end;
revoke all on function records_of_appointment_requests(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_still_waiting(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, case when r.case_worker_only then r.case_worker_id when r.duty_worker_only then r.duty_worker_id end,
    null::boolean, array[wait_band(day_in_paris(p_until) - 1 - day_in_paris(r.asked_at)), r.urgency::text, r.type_code]
  from appointment_request r
  where r.asked_at < p_until and (r.status = 'WAITING' or r.closed_at >= p_until) and r.stands_for_id is null and not objects(r.person_id, p_from, p_until);
end;
revoke all on function records_of_still_waiting(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_asked_to_offered(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, o.district_id, o.worker_id, null::boolean,
    array[wait_band(day_in_paris(o.offered_at) - day_in_paris(r.asked_at)), r.urgency::text]
  from slot_offer o join appointment_request r on r.id = o.request_id
  where o.offered_at >= p_from and o.offered_at < p_until and not objects(r.person_id, p_from, p_until)
    and (o.status = 'ACCEPTED' or not o.at_short_notice)
    and not exists (select from slot_offer e where e.request_id = o.request_id and (e.offered_at, e.id) < (o.offered_at, o.id)
      and (e.status = 'ACCEPTED' or not e.at_short_notice));
end;
revoke all on function records_of_asked_to_offered(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_asked_to_held(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, w.id, null::boolean,
    array[wait_band(day_in_paris(a.starts_at) - day_in_paris(asked.at)), a.type_code]
  from appointment a
  cross join lateral (select least(a.booked_at, min(r.asked_at)) as at from appointment_request r where r.appointment_id = a.id) asked
  left join lateral unnest(a.worker_ids) w(id) on true
  where a.starts_at >= p_from and a.starts_at < p_until and a.status = 'HONOURED' and a.places is null
    and a.type_code = any (array(select receiving_types())) and a.asked_by is distinct from 'SERVICE' and asked.at <= a.starts_at
    and not appointment_objects(a.id, p_from, p_until);
end;
revoke all on function records_of_asked_to_held(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function appointments_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, worker_id uuid, status "AppointmentStatus", reason text, type_code text, mode text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, w.id, a.status, a.cancellation_reason::text, a.type_code, a.mode::text
  from appointment a left join lateral unnest(a.worker_ids) w(id) on true
  where a.starts_at >= p_from and a.starts_at < p_until and a.places is null and not appointment_objects(a.id, p_from, p_until)
    and a.type_code = any (array(select receiving_types()));
end;
revoke all on function appointments_of(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_appointments(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, null::boolean, array[case a.status when 'BOOKED' then 'UNKNOWN' else a.status::text end, a.type_code, a.mode]
  from appointments_of(p_from, p_until) a;
end;
revoke all on function records_of_appointments(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_not_honoured(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.unit_id, r.district_id, r.worker_id, r.categories[1] = 'NOT_HONOURED', r.categories
  from records_of_appointments(p_from, p_until) r where r.categories[1] in ('HONOURED', 'NOT_HONOURED');
end;
revoke all on function records_of_not_honoured(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_unknown_outcomes(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.unit_id, r.district_id, r.worker_id, r.categories[1] = 'UNKNOWN', r.categories
  from records_of_appointments(p_from, p_until) r where r.categories[1] in ('UNKNOWN', 'HONOURED', 'NOT_HONOURED', 'LEFT_BEFORE_RECEIVED');
end;
revoke all on function records_of_unknown_outcomes(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_asked_again(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, exists (
      select from appointment_person mine
      join appointment_person p on p.person_id = mine.person_id and p.appointment_id <> a.id
      join appointment n on n.id = p.appointment_id and n.district_id = a.district_id
      where mine.appointment_id = a.id and n.type_code = any (array(select receiving_types())) and n.places is null
        and n.asked_by is distinct from 'SERVICE'
        and n.starts_at > e.ended_at and n.booked_at > o.booked_at and n.booked_at <= e.ended_at + interval '30 days')
    or exists (
      select from appointment_person mine
      join appointment_request r on r.person_id = mine.person_id and r.district_id = a.district_id and r.stands_for_id is null
      where mine.appointment_id = a.id and r.asked_by is distinct from 'SERVICE'
        and r.asked_at <= e.ended_at + interval '30 days' and coalesce(r.closed_at, 'infinity') > e.ended_at),
    '{}'::text[]
  from appointments_of(p_from - interval '30 days', p_until - interval '30 days') a
  join appointment o on o.id = a.id
  cross join lateral (select case o.status when 'NOT_HONOURED' then o.starts_at else o.status_at end as ended_at) e
  where a.status in ('CANCELLED_BY_PERSON', 'NOT_HONOURED')
    and (exists (select from appointment_person mine where mine.appointment_id = a.id and mine.person_id is not null)
      -- Somebody gave a name, which is deleted since: nobody had learnt more of them, so they did not ask again.
      or exists (select from online_booking b where b.appointment_id = a.id and b.person_id is null));
end;
revoke all on function records_of_asked_again(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_freed_times_used(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, exists (
      select from occupancy u where u.worker_id = any (o.worker_ids) and u.appointment_id <> a.id
        and u.starts_at > o.starts_at - interval '1 day' and u.starts_at < o.ends_at and u.ends_at > o.starts_at
        and not appointment_objects(u.appointment_id, p_from, p_until)
        and not exists (select from appointment_person theirs join appointment_person mine on mine.person_id = theirs.person_id
          where theirs.appointment_id = u.appointment_id and mine.appointment_id = a.id)),
    '{}'::text[]
  from appointments_of(p_from, p_until) a
  join appointment o on o.id = a.id
  where a.status = 'CANCELLED_BY_PERSON' and o.status_at < o.starts_at;
end;
revoke all on function records_of_freed_times_used(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_cancelled_by_service(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, null::boolean, array[coalesce(a.reason, 'UNKNOWN'), a.type_code]
  from appointments_of(p_from, p_until) a where a.status = 'CANCELLED_BY_SERVICE';
end;
revoke all on function records_of_cancelled_by_service(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_meeting_attendance(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, a.district_id, w.id, null::boolean, array[a.type_code, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from appointment a join appointment_person ap on ap.appointment_id = a.id join person p on p.id = ap.person_id
  left join lateral unnest(a.worker_ids) w(id) on true
  where a.places is not null and a.starts_at >= p_from and a.starts_at < p_until and ap.outcome = 'HONOURED' and not objects(p.id, p_from, p_until);
end;
revoke all on function records_of_meeting_attendance(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function cases_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, worker_id uuid, mission text, opened_at timestamptz, closed_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, s.worker_id, c.mission::text, c.opened_at, c.closed_at
  from "case" c
  left join lateral (select n.worker_id from assignment n where n.case_id = c.id and n.starts_at < p_until
    and (n.ends_at is null or n.ends_at >= least(p_until, c.closed_at)) order by n.starts_at desc limit 1) s on true
  where c.opened_at < p_until and (c.closed_at is null or c.closed_at >= p_from) and not case_objects(c.id, p_from, p_until);
end;
revoke all on function cases_of(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_persons_helped(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, c.district_id, c.worker_id, null::boolean, array[age_band(p.birth_date, day_in_paris(p_until) - 1), c.mission]
  from cases_of(p_from, p_until) c join case_person cp on cp.case_id = c.id join person p on p.id = cp.person_id;
end;
revoke all on function records_of_persons_helped(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_open_cases(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean,
    array[c.mission, case_age_band(c.opened_at, p_until), case when c.worker_id is null then 'NO' else 'YES' end]
  from cases_of(p_from, p_until) c where c.closed_at is null or c.closed_at >= p_until;
end;
revoke all on function records_of_open_cases(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_cases_opened(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean,
    array[c.mission, persons_band((select count(*) from case_person cp where cp.case_id = c.id))]
  from cases_of(p_from, p_until) c where c.opened_at >= p_from;
end;
revoke all on function records_of_cases_opened(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_cases_closed(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean, array[c.mission, case_age_band(c.opened_at, c.closed_at)]
  from cases_of(p_from, p_until) c where c.closed_at >= p_from and c.closed_at < p_until;
end;
revoke all on function records_of_cases_closed(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_needs(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean, array[k.theme, k.code, c.mission]
  from cases_of(p_from, p_until) c join need n on n.case_id = c.id join need_code k on k.code = n.code
  where n.starts_on < day_in_paris(p_until) and (n.ends_on is null or n.ends_on > day_in_paris(p_from))
    and (n.person_id is null or not objects(n.person_id, p_from, p_until));
end;
revoke all on function records_of_needs(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_persons_in_need(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, c.district_id, c.worker_id, null::boolean, array[k.theme, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from cases_of(p_from, p_until) c join need n on n.case_id = c.id join need_code k on k.code = n.code
  join case_person cp on cp.case_id = c.id and (n.person_id is null or cp.person_id = n.person_id) join person p on p.id = cp.person_id
  where n.starts_on < day_in_paris(p_until) and (n.ends_on is null or n.ends_on > day_in_paris(p_from));
end;
revoke all on function records_of_persons_in_need(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function referrals_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, to_district_id uuid, sent_by_id uuid, to_worker_id uuid, destination text, mission text, status text, in_time boolean, due boolean, sent boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, r.to_district_id, r.sent_by_id, r.to_worker_id,
    case when r.to_organisation_id is not null then 'ORGANISATION' when r.to_worker_id is not null then 'WORKER' else 'DISTRICT' end,
    r.mission::text, r.status::text, r.status in ('ACCEPTED', 'REFUSED') and r.closed_at <= r.answer_by,
    r.answer_by > p_from and r.answer_by <= p_until and r.status <> 'WITHDRAWN', r.sent_at >= p_from and r.sent_at < p_until
  from referral r
  where ((r.sent_at >= p_from and r.sent_at < p_until) or (r.answer_by > p_from and r.answer_by <= p_until))
    and not case_objects(r.case_id, p_from, p_until);
end;
revoke all on function referrals_of(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_referrals_sent(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, r.sent_by_id, null::boolean, array[case r.destination when 'ORGANISATION' then 'ORGANISATION' else 'DISTRICT' end, r.mission, r.status]
  from referrals_of(p_from, p_until) r where r.sent;
end;
revoke all on function records_of_referrals_sent(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_referrals_received(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.to_district_id, r.to_worker_id, null::boolean, array[r.mission, r.status]
  from referrals_of(p_from, p_until) r where r.sent and r.to_district_id is not null;
end;
revoke all on function records_of_referrals_received(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_referrals_answered_in_time(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, r.sent_by_id, r.in_time, array[case r.destination when 'ORGANISATION' then 'ORGANISATION' else 'DISTRICT' end]
  from referrals_of(p_from, p_until) r where r.due;
end;
revoke all on function records_of_referrals_answered_in_time(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_incoming_requests(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select q.id, q.district_id, q.worker_id, null::boolean, array[q.partner::text, case when q.mandated then 'YES' else 'NO' end, q.status::text]
  from incoming_request q
  where q.received_on >= day_in_paris(p_from) and q.received_on < day_in_paris(p_until) and not objects(q.person_id, p_from, p_until);
end;
revoke all on function records_of_incoming_requests(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_incoming_requests_answered_in_time(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select q.id, q.district_id, q.worker_id, q.status in ('ANSWERED', 'DECLINED') and q.closed_at <= q.answer_by, array[q.partner::text]
  from incoming_request q where q.answer_by > p_from and q.answer_by <= p_until and not objects(q.person_id, p_from, p_until);
end;
revoke all on function records_of_incoming_requests_answered_in_time(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function text_is_signed(p_report uuid, p_version integer, p_without uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from activity_report r
    cross join lateral (select count(*) as members, count(distinct s.district_id) as teams from activity_report_signature s
      where s.report_id = r.id and s.text_version = p_version and s.worker_id is distinct from p_without) signed
    where r.id = p_report and signed.members > 0
      and case when r.district_id is null
        then signed.teams >= least(2, (select count(*) from district d where d.switched_on_on is not null))
        else signed.members >= least(2, (select count(distinct m.worker_id) from membership m where m.district_id = r.district_id
          and m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))) end);
revoke all on function text_is_signed(uuid,int4,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function standing_text(p_report uuid) returns integer
  language sql stable security definer set search_path = public, pg_temp
  return (select coalesce(r.text_version,
      (select max(t.version) from activity_report_text t where t.report_id = r.id and r.published_on is null
        and text_is_signed(r.id, t.version, null)),
      (select max(t.version) from activity_report_text t where t.report_id = r.id))
    from activity_report r where r.id = p_report);
revoke all on function standing_text(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function narrative_is_signed(p_report uuid, p_publisher uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from activity_report_text t where t.report_id = p_report and t.version = standing_text(p_report)
    and p_publisher is not null and t.written_by_id is distinct from p_publisher and text_is_signed(p_report, t.version, null)
    and not exists (select from activity_report_signature s where s.report_id = p_report and s.text_version = t.version
      and s.worker_id = p_publisher));
revoke all on function narrative_is_signed(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function is_last_text(p_report uuid, p_version integer) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return p_version = standing_text(p_report);
revoke all on function is_last_text(uuid,int4) from public, cosmos_app, cosmos_jobs;
create or replace function indicators_of_snapshot(p_ends_on date)
  returns table (id uuid, code text, measure text, dimensions text[], given_by "IndicatorTerritory")
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  select i.id, i.code, i.measure, i.dimensions, case when exists (select from district d where d.switched_on_on < p_ends_on
      and (select count(distinct m.worker_id) from membership m where m.district_id = d.id and m.role = 'SOCIAL_WORKER'
        and m.starts_at < p_ends_on::timestamp at time zone 'Europe/Paris'
        and (m.ends_at is null or m.ends_at >= p_ends_on::timestamp at time zone 'Europe/Paris')) < 3)
    then 'COUNTY' else i.given_by end
  from indicator i
  where i.adopted_on < p_ends_on and (i.retired_on is null or i.retired_on >= p_ends_on) order by i.code;
end;
revoke all on function indicators_of_snapshot(date) from public, cosmos_app, cosmos_jobs;
create or replace function begin_snapshot(p_period text, p_starts_on date, p_ends_on date, p_method integer, p_mark bytea)
  returns uuid language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  insert into objection_of_year (year, person_id)
    select extract(year from p_starts_on)::integer, p.id from person p
    where p_period like '%-12' and p.statistics_objection_on is not null
      and not exists (select from snapshot s where s.period = left(p_period, 4));
  insert into snapshot (period, starts_on, ends_on, frozen_on, method_version, secret_mark)
  values (p_period, p_starts_on, p_ends_on, day_in_paris(now()), p_method, p_mark) returning id;
end;
revoke all on function begin_snapshot(text,date,date,int4,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function end_snapshot() returns void language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  delete from objection_of_year o where exists (select from snapshot s where s.period = o.year::text);
end;
revoke all on function end_snapshot() from public, cosmos_app, cosmos_jobs;
create or replace function statistics_categories() returns table (dimension text, category text, label_fr text, label_en text, kind text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  select 'APPOINTMENT_TYPE', t.code, t.label_fr, t.label_en,
    case when t.places is not null then 'MEETING' when t.option is null then 'RECEIVING' else 'OTHER' end
  from appointment_type t
  union all
  select 'NEED_CODE', k.code, k.label_fr, k.label_en, k.theme from need_code k
  order by 1, 2;
end;
revoke all on function statistics_categories() from public, cosmos_app, cosmos_jobs;
create or replace function close_waiting_weeks() returns integer
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  select close_waiting_weeks_at(now());
end;
revoke all on function close_waiting_weeks() from public, cosmos_app, cosmos_jobs;
create or replace function third_next_of_year(p_district uuid, p_year integer)
  returns table (type_code text, days numeric, measured integer, without_time integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select w.type_code, round(avg(w.days), 1), count(*)::integer, (count(*) filter (where w.days = 92))::integer
  from waiting_week w
  where w.district_id = p_district and w.week >= make_date(p_year, 1, 1) and w.week < make_date(p_year + 1, 1, 1)
    and (viewer_reads_drafts() or exists (select from activity_report r
      where r.district_id = p_district and r.year = p_year and r.published_on is not null))
  group by w.type_code having count(*) >= 20 order by w.type_code limit 100;
end;
revoke all on function third_next_of_year(uuid,int4) from public, cosmos_app, cosmos_jobs;
create or replace function weeks_waited(p_district uuid, p_type text, p_until date) returns double precision[]
  language sql stable
  return array(select d.days::double precision from generate_series(p_until - 182, p_until - 7, interval '7 days') w(monday)
    left join waiting_week d on d.district_id = p_district and d.type_code = p_type
      -- The whole period too, so that the index reads no more.
      and d.week >= p_until - 182 and d.week < p_until and d.week = w.monday::date
    order by w.monday);
revoke all on function weeks_waited(uuid,text,date) from public, cosmos_app, cosmos_jobs;
create or replace function withdrawn_words(p_on date) returns text
  language sql immutable
  return 'retiré le ' || case extract(day from p_on) when 1 then '1er' else extract(day from p_on)::text end || ' '
    || (array['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre',
      'décembre'])[extract(month from p_on)::integer] || ' ' || extract(year from p_on)::text;
revoke all on function withdrawn_words(date) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_confirms_words(p_district uuid) returns boolean
  language sql stable
  return viewer_has_scope('statistics:write')
    and (viewer_has_role('TECHNICAL_ADVISER') or coalesce(p_district = any (viewer_teams()), false));
revoke all on function viewer_confirms_words(uuid) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_withdraws_words() returns boolean
  language sql stable
  return viewer_has_scope('statistics:write') and (viewer_has_role('TECHNICAL_ADVISER') or viewer_has_role('DATA_PROTECTION_OFFICER'));
revoke all on function viewer_withdraws_words() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
grant execute on function consultation_ends_on to public, cosmos_app;
alter function indicator_obstacle owner to cosmos_keeper;
grant execute on function indicator_obstacle to cosmos_app;
alter function consultation_is_undecided owner to cosmos_keeper;
grant execute on function consultation_is_undecided to cosmos_app;
alter function end_undecided_consultations owner to cosmos_keeper;
grant execute on function end_undecided_consultations to cosmos_jobs;
alter function indicator_opinions owner to cosmos_keeper;
grant execute on function indicator_opinions to cosmos_app;
alter function indicator_steps owner to cosmos_keeper;
alter function adopted_as_agreed owner to cosmos_keeper;
alter function two_advisers_decide owner to cosmos_keeper;
alter function objects owner to cosmos_keeper;
alter function case_objects owner to cosmos_keeper;
alter function appointment_objects owner to cosmos_keeper;
alter function records_of_visits owner to cosmos_keeper;
alter function records_of_persons_at_reception owner to cosmos_keeper;
alter function records_of_first_receptions owner to cosmos_keeper;
alter function records_of_appointment_requests owner to cosmos_keeper;
alter function records_of_still_waiting owner to cosmos_keeper;
alter function records_of_asked_to_offered owner to cosmos_keeper;
alter function records_of_asked_to_held owner to cosmos_keeper;
alter function appointments_of owner to cosmos_keeper;
alter function records_of_appointments owner to cosmos_keeper;
alter function records_of_not_honoured owner to cosmos_keeper;
alter function records_of_unknown_outcomes owner to cosmos_keeper;
alter function records_of_asked_again owner to cosmos_keeper;
alter function records_of_freed_times_used owner to cosmos_keeper;
alter function records_of_cancelled_by_service owner to cosmos_keeper;
alter function records_of_meeting_attendance owner to cosmos_keeper;
alter function cases_of owner to cosmos_keeper;
alter function records_of_persons_helped owner to cosmos_keeper;
alter function records_of_open_cases owner to cosmos_keeper;
alter function records_of_cases_opened owner to cosmos_keeper;
alter function records_of_cases_closed owner to cosmos_keeper;
alter function records_of_needs owner to cosmos_keeper;
alter function records_of_persons_in_need owner to cosmos_keeper;
alter function referrals_of owner to cosmos_keeper;
alter function records_of_referrals_sent owner to cosmos_keeper;
alter function records_of_referrals_received owner to cosmos_keeper;
alter function records_of_referrals_answered_in_time owner to cosmos_keeper;
alter function records_of_incoming_requests owner to cosmos_keeper;
alter function records_of_incoming_requests_answered_in_time owner to cosmos_keeper;
alter function text_is_signed owner to cosmos_keeper;
alter function standing_text owner to cosmos_keeper;
grant execute on function standing_text to cosmos_app;
alter function narrative_is_signed owner to cosmos_keeper;
grant execute on function narrative_is_signed to cosmos_app;
alter function is_last_text owner to cosmos_keeper;
grant execute on function is_last_text to cosmos_app;
alter function published_for_ever owner to cosmos_keeper;
alter function tell_of_text owner to cosmos_keeper;
alter function tell_of_replacement owner to cosmos_keeper;
alter function next_snapshot owner to cosmos_keeper;
grant execute on function next_snapshot to cosmos_jobs;
alter function indicators_of_snapshot owner to cosmos_keeper;
grant execute on function indicators_of_snapshot to cosmos_jobs;
alter function begin_snapshot owner to cosmos_keeper;
grant execute on function begin_snapshot to cosmos_jobs;
alter function end_snapshot owner to cosmos_keeper;
grant execute on function end_snapshot to cosmos_jobs;
alter function write_snapshot_tables owner to cosmos_keeper;
grant execute on function write_snapshot_tables to cosmos_jobs;
alter function statistics_categories owner to cosmos_keeper;
grant execute on function statistics_categories to cosmos_jobs;
alter function measure_waiting_day owner to cosmos_keeper;
alter function close_waiting_weeks_at owner to cosmos_keeper;
alter function close_waiting_weeks owner to cosmos_keeper;
grant execute on function close_waiting_weeks to cosmos_jobs;
alter function third_next_of_year owner to cosmos_keeper;
grant execute on function third_next_of_year to cosmos_app;
alter function weeks_waited owner to cosmos_keeper;
grant execute on function weeks_waited to cosmos_app;
grant execute on function withdrawn_words to public, cosmos_app;
alter function is_last_voice owner to cosmos_keeper;
grant execute on function is_last_voice to cosmos_app;
alter function confirm_words owner to cosmos_keeper;
grant execute on function confirm_words to cosmos_app;
grant execute on function viewer_confirms_words to public, cosmos_app;
grant execute on function viewer_withdraws_words to public, cosmos_app;
alter function withdraw_words owner to cosmos_keeper;
grant execute on function withdraw_words to cosmos_app;
alter function has_all_proposals_open owner to cosmos_keeper;
grant execute on function has_all_proposals_open to cosmos_app;
alter function keep_author owner to cosmos_keeper;
alter function five_open_proposals owner to cosmos_keeper;
alter function forget_author owner to cosmos_keeper;
alter table waiting_week add constraint waiting_week_monday check (extract(isodow from week) = 1);
alter table waiting_week add constraint waiting_week_figure check (days between 0 and 92);
alter table indicator add constraint indicator_withdrawn check (withdrawn_on is null or (confirmed_on is not null and status = 'REFUSED'));
alter table indicator_decision add constraint indicator_decision_reason check ((kind = 'ADOPT') = (reason is null)
  and (reason is null or length(reason) between 1 and 2000));
alter table indicator_voice add constraint indicator_voice_withdrawn check (withdrawn_on is null or (words is not null and confirmed_on is not null));
alter table indicator_observation add constraint indicator_observation_withdrawn check (withdrawn_on is null or confirmed_on is not null);
alter table snapshot_table add constraint snapshot_table_parts check (parts >= 1);
alter table activity_report_text add constraint activity_report_text_withdrawn check (withdrawn_on is null or body is null);
create trigger notification_tells_once before insert on notification for each row
  when (new.kind in ('CONTACT_OPENED', 'CONTACT_CHANGED', 'CONTACT_SUSPENDED', 'OPEN_ADDRESS_WRITTEN', 'ABSENCE_DECLARED',
    'BLIND_MESSAGE', 'CONTACT_PROPOSED', 'COMMUNICATION_CHANGED', 'ADDRESS_READ', 'RELAY_TO_CONFIRM', 'CALLED_OFF_BY_TELEPHONE',
    'APPOINTMENT_RESTORED', 'IDENTITY_CHANGED', 'OBJECTION_CHANGED', 'REQUEST_CHANGED', 'APPOINTMENT_CANCELLED', 'AGENDA_CHANGED',
    'CONTACT_WORD_WAITS', 'TEXT_PROPOSED'))
  execute function notification_tells_once();
create trigger adopted_as_agreed before insert on indicator_decision for each row
  when (new.kind = 'ADOPT') execute function adopted_as_agreed();
create constraint trigger two_advisers_decide after update of status on indicator deferrable initially deferred
  for each row when (current_user = 'cosmos_app' and new.status in ('ADOPTED', 'REFUSED', 'RETIRED')) execute function two_advisers_decide();
create trigger tell_of_text after insert on activity_report_text for each row when (new.version > 1) execute function tell_of_text();
create trigger tell_of_replacement after insert on activity_report_signature for each row execute function tell_of_replacement();
create trigger measured_once before update or delete on waiting_week for each row execute function measured_once();
create trigger keep_author after insert on indicator for each row when (current_user = 'cosmos_app') execute function keep_author();
create trigger keep_author after insert on indicator_observation for each row when (current_user = 'cosmos_app')
  execute function keep_author();
create trigger five_open_proposals before insert on indicator for each row
  when (current_user = 'cosmos_app' and new.proposed_in_id is not null) execute function five_open_proposals();
create trigger forget_author after update on indicator for each row
  when (old.confirmed_on is null and new.confirmed_on is not null) execute function forget_author();
create trigger forget_author after update on indicator_observation for each row
  when (old.confirmed_on is null and new.confirmed_on is not null) execute function forget_author();
revoke all on waiting_day from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table waiting_day enable row level security, force row level security;
grant select, insert on waiting_day to cosmos_keeper;
revoke all on waiting_week from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table waiting_week enable row level security, force row level security;
grant select on waiting_week to cosmos_app;
grant select, insert on waiting_week to cosmos_keeper;
revoke all on indicator from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table indicator enable row level security, force row level security;
grant select on indicator to cosmos_app;
grant insert (
  id, code, version, label_fr, label_en, definition_fr, counts_fr, does_not_count_fr, measure, unit, kind, dimensions,
  proposed_in_id, proposed_on
) on indicator to cosmos_app;
grant update (status, adopted_on, retired_on, refusal, refusal_text, place) on indicator to cosmos_app;
grant select, update on indicator to cosmos_keeper;
revoke all on indicator_speaker from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table indicator_speaker enable row level security, force row level security;
grant select on indicator_speaker to cosmos_app;
grant insert (id, indicator_id, district_id, worker_id, is_named) on indicator_speaker to cosmos_app;
grant update (is_named) on indicator_speaker to cosmos_app;
grant select on indicator_speaker to cosmos_keeper;
revoke all on indicator_voice from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table indicator_voice enable row level security, force row level security;
grant select on indicator_voice to cosmos_app;
grant insert (speaker_id, version, indicator_id, district_id, position, words, stated_on) on indicator_voice to cosmos_app;
grant select on indicator_voice to cosmos_keeper;
grant update (words, confirmed_on, withdrawn_on) on indicator_voice to cosmos_keeper;
revoke all on indicator_observation from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table indicator_observation enable row level security, force row level security;
grant select on indicator_observation to cosmos_app;
grant insert (id, code, district_id, year, body, stated_on) on indicator_observation to cosmos_app;
grant select on indicator_observation to cosmos_keeper;
grant update (body, confirmed_on, withdrawn_on) on indicator_observation to cosmos_keeper;
revoke all on words_author from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table words_author enable row level security, force row level security;
grant select, insert, delete on words_author to cosmos_keeper;
revoke all on objection_of_year from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table objection_of_year enable row level security, force row level security;
grant select, insert, delete on objection_of_year to cosmos_keeper;
revoke all on activity_report_text from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table activity_report_text enable row level security, force row level security;
grant select on activity_report_text to cosmos_app;
grant insert (
  report_id, version, body, master_key_id, wrapped, written_by_id, stated_on, simulation_id
) on activity_report_text to cosmos_app;
grant select on activity_report_text to cosmos_keeper;
grant update (body, master_key_id, wrapped, withdrawn_on) on activity_report_text to cosmos_keeper;
grant select (report_id, version, master_key_id, wrapped) on activity_report_text to cosmos_jobs;
grant update (master_key_id, wrapped) on activity_report_text to cosmos_jobs;
create policy waiting_week_read on waiting_week for select to cosmos_app using ((select viewer_reads_statistics()));
create policy indicator_read on indicator for select to cosmos_app using (
  confirmed_on is not null or (select viewer_worker()) is not null);
create policy indicator_decision_say on indicator_decision for insert to cosmos_app with check (
  worker_id = (select viewer_worker()) and (select viewer_has_scope('statistics:write')) and (select viewer_has_role('TECHNICAL_ADVISER'))
  and exists (select from indicator i where i.id = indicator_id
    and case indicator_decision.kind when 'REFUSE' then i.status in ('PROPOSED', 'CONSULTED') when 'ADOPT' then i.status = 'CONSULTED'
      else i.status = 'ADOPTED' end));
create policy indicator_voice_read on indicator_voice for select to cosmos_app using (
  words is null or confirmed_on is not null or (select viewer_worker()) is not null);
create policy indicator_observation_read on indicator_observation for select to cosmos_app using (
  ((select viewer_reads_statistics()) and (confirmed_on is not null or (select viewer_worker()) is not null))
  or exists (select from activity_report r where r.district_id = indicator_observation.district_id and r.year = indicator_observation.year
    and r.published_on >= indicator_observation.confirmed_on));
-- What everyone could read stays readable: indicators that were adopted, and observations of reports that were published. FORCE binds the owner
-- too, so it is taken off meanwhile. No trigger judges them: nobody confirms them.
alter table indicator no force row level security, disable trigger user;
update indicator set confirmed_on = adopted_on where status in ('ADOPTED', 'RETIRED');
alter table indicator force row level security, enable trigger user;
alter table activity_report no force row level security;
alter table indicator_observation no force row level security, disable trigger user;
update indicator_observation o set confirmed_on = o.stated_on from activity_report r
  where r.district_id = o.district_id and r.year = o.year and r.published_on >= o.stated_on;
alter table indicator_observation force row level security, enable trigger user;
alter table activity_report force row level security;
-- The weeks that are over have their figures at once, so that a published report keeps its wait.
select close_waiting_weeks_at(now());
