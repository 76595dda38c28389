-- Snapshots (arrêtés): the answers to every question that may be asked of a period, worked out once, protected, and kept for ever. A
-- snapshot holds answers and no records: neither keys nor anything else that leads to a person, a case or who helps them.

-- ---- Tables --------------------------------------------------------------------------------------------------
-- AlterTable
ALTER TABLE "person" ADD COLUMN "statistics_objection_on" DATE;
-- CreateTable
CREATE TABLE "snapshot" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "period" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "frozen_on" DATE NOT NULL,
    "method_version" INTEGER NOT NULL,
    "secret_mark" BYTEA NOT NULL,
    CONSTRAINT "snapshot_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "snapshot_dimension" (
    "snapshot_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "label_fr" TEXT NOT NULL,
    "label_en" TEXT NOT NULL,
    "categories" TEXT[],
    "categories_fr" TEXT[],
    "categories_en" TEXT[],
    CONSTRAINT "snapshot_dimension_pkey" PRIMARY KEY ("snapshot_id","code")
);
-- CreateTable
CREATE TABLE "snapshot_table" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "snapshot_id" UUID NOT NULL,
    "indicator_id" UUID NOT NULL,
    "district_id" UUID,
    "dimensions" TEXT[],
    "cells" INTEGER[],
    CONSTRAINT "snapshot_table_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "statistics_question" (
    "client_id" UUID NOT NULL,
    "table_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "statistics_question_pkey" PRIMARY KEY ("client_id","table_id")
);
-- CreateTable
CREATE TABLE "statistics_budget" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "client_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "district_id" UUID,
    "year" INTEGER NOT NULL,
    "asked" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "statistics_budget_pkey" PRIMARY KEY ("id")
);
-- CreateIndex
CREATE UNIQUE INDEX "snapshot_period_version_key" ON "snapshot"("period", "version");
-- CreateIndex
CREATE INDEX "snapshot_table_district_id_idx" ON "snapshot_table"("district_id");
-- CreateIndex
CREATE INDEX "snapshot_table_indicator_id_idx" ON "snapshot_table"("indicator_id");
-- CreateIndex
CREATE INDEX "statistics_question_table_id_idx" ON "statistics_question"("table_id");
-- CreateIndex
CREATE INDEX "statistics_budget_district_id_idx" ON "statistics_budget"("district_id");
-- AddForeignKey
ALTER TABLE "snapshot_dimension" ADD CONSTRAINT "snapshot_dimension_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "snapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "snapshot_table" ADD CONSTRAINT "snapshot_table_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "snapshot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "snapshot_table" ADD CONSTRAINT "snapshot_table_indicator_id_fkey" FOREIGN KEY ("indicator_id") REFERENCES "indicator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "snapshot_table" ADD CONSTRAINT "snapshot_table_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "statistics_question" ADD CONSTRAINT "statistics_question_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "statistics_question" ADD CONSTRAINT "statistics_question_table_id_fkey" FOREIGN KEY ("table_id") REFERENCES "snapshot_table"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "statistics_budget" ADD CONSTRAINT "statistics_budget_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "statistics_budget" ADD CONSTRAINT "statistics_budget_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---- What must hold ------------------------------------------------------------------------------------------
-- A period is a month or a year of the calendar; its second version takes in what was recorded late, and is the last.
alter table snapshot
  add constraint snapshot_period check (
    (period = to_char(starts_on, 'YYYY-MM') and extract(day from starts_on) = 1 and ends_on = (starts_on + interval '1 month')::date)
    or (period = to_char(starts_on, 'YYYY') and extract(doy from starts_on) = 1 and ends_on = (starts_on + interval '1 year')::date)),
  add constraint snapshot_version check (version in (1, 2)),
  add constraint snapshot_frozen check (frozen_on > ends_on);
alter table snapshot_dimension
  add constraint snapshot_dimension_categories check (cardinality(categories) > 0
    and cardinality(categories) = cardinality(categories_fr) and cardinality(categories) = cardinality(categories_en));
-- Three dimensions at most. A null district is the county; a null cell is withheld.
alter table snapshot_table add constraint snapshot_table_dimensions check (cardinality(dimensions) <= 3);
create unique index snapshot_table_question on snapshot_table (snapshot_id, indicator_id, district_id, dimensions) nulls not distinct;
create unique index statistics_budget_subject on statistics_budget (client_id, code, district_id, year) nulls not distinct;

create function frozen_for_ever() returns trigger language plpgsql as $$ begin raise 'what was frozen stays'; end $$;
create trigger frozen_for_ever before update or delete on snapshot for each row execute function frozen_for_ever();
create trigger frozen_for_ever before update or delete on snapshot_dimension for each row execute function frozen_for_ever();
create trigger frozen_for_ever before update or delete on snapshot_table for each row execute function frozen_for_ever();

-- ---- Who reads -----------------------------------------------------------------------------------------------
-- How many tables of an indicator, a territory and a year a reporting client may ask for: what averaging can gain is bounded by it.
create function statistics_budget_size() returns integer language sql immutable return 16;
alter table statistics_budget add constraint statistics_budget_asked check (asked between 0 and statistics_budget_size());

create function viewer_is_reporting_client() returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return exists (select from client c where c.id = viewer_client() and c.kind = 'REPORTING');
  end $$;

grant select on snapshot, snapshot_dimension, snapshot_table to cosmos_app;
alter table snapshot enable row level security;
alter table snapshot force row level security;
-- That a period is frozen, and which categories there were, is no figure.
create policy snapshot_read on snapshot for select to cosmos_app using (true);
alter table snapshot_dimension enable row level security;
alter table snapshot_dimension force row level security;
create policy snapshot_dimension_read on snapshot_dimension for select to cosmos_app using (true);
alter table snapshot_table enable row level security;
alter table snapshot_table force row level security;
-- A reporting client reads what it has asked for, within its budget.
create policy snapshot_table_read on snapshot_table for select to cosmos_app using ((select viewer_reads_statistics()) and (
  not (select viewer_is_reporting_client())
  or exists (select from statistics_question q where q.table_id = snapshot_table.id and q.client_id = (select viewer_client()))));
-- What was asked is written by the keeper, and read by who asked.
grant select on statistics_question, statistics_budget to cosmos_app;
alter table statistics_question enable row level security;
alter table statistics_question force row level security;
create policy statistics_question_read on statistics_question for select to cosmos_app using (client_id = (select viewer_client()));
alter table statistics_budget enable row level security;
alter table statistics_budget force row level security;
create policy statistics_budget_read on statistics_budget for select to cosmos_app using (client_id = (select viewer_client()));
-- Whoever changes what is known of a person records that they object, and that they no longer do.
grant update (statistics_objection_on) on person to cosmos_app;

-- ---- Asking --------------------------------------------------------------------------------------------------
-- The table that answers a question, with the snapshot and the indicator that it is of: each is null where there is none, and the
-- table alone where the dimensions are not the indicator's. Without a version, the latest. What a reporting client asks for the first
-- time is recorded, and uses up its budget: asked again it answers the same, and costs nothing. -1 left over says that it is spent.
create function ask_statistics(p_period text, p_version integer, p_code text, p_district uuid, p_dimensions text[],
  out snapshot_id uuid, out indicator_id uuid, out table_id uuid, out left_over integer)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_client uuid := viewer_client();
  v_year integer;
begin
  if not viewer_reads_statistics() then return; end if;
  select s.id, extract(year from s.starts_on) into snapshot_id, v_year
    from snapshot s where s.period = p_period and (p_version is null or s.version = p_version) order by s.version desc limit 1;
  select i.id into indicator_id from indicator i join snapshot_table t on t.indicator_id = i.id
    where i.code = p_code and t.snapshot_id = ask_statistics.snapshot_id and t.district_id is not distinct from p_district
      and t.dimensions = '{}';
  select t.id into table_id from snapshot_table t
    where t.snapshot_id = ask_statistics.snapshot_id and t.indicator_id = ask_statistics.indicator_id
      and t.district_id is not distinct from p_district and t.dimensions @> p_dimensions and t.dimensions <@ p_dimensions;
  if table_id is null or not viewer_is_reporting_client() then return; end if;
  insert into statistics_budget (client_id, code, district_id, year) values (v_client, p_code, p_district, v_year) on conflict do nothing;
  -- Held: who asks twice at once asks one after the other.
  select statistics_budget_size() - b.asked into left_over from statistics_budget b
    where b.client_id = v_client and b.code = p_code and b.district_id is not distinct from p_district and b.year = v_year for update;
  if exists (select from statistics_question q where q.client_id = v_client and q.table_id = ask_statistics.table_id) then return; end if;
  if left_over = 0 then
    table_id := null;
    left_over := -1;
    return;
  end if;
  insert into statistics_question (client_id, table_id) values (v_client, ask_statistics.table_id);
  update statistics_budget b set asked = b.asked + 1
    where b.client_id = v_client and b.code = p_code and b.district_id is not distinct from p_district and b.year = v_year;
  left_over := left_over - 1;
end $$;

-- ---- What is counted: a row for each unit, worker and combination of categories ----------------------------------
create type statistics_record as (unit_id uuid, district_id uuid, worker_id uuid, part boolean, categories text[]);

create function age_band(p_born date, p_on date) returns text
  language sql immutable
  return case when p_born is null then 'UNKNOWN'
    when p_born > p_on - interval '18 years' then 'UNDER_18' when p_born > p_on - interval '25 years' then '18_TO_24'
    when p_born > p_on - interval '40 years' then '25_TO_39' when p_born > p_on - interval '60 years' then '40_TO_59'
    when p_born > p_on - interval '75 years' then '60_TO_74' else '75_OR_OVER' end;

create function wait_band(p_days integer) returns text
  language sql immutable
  return case when p_days <= 2 then '0_TO_2_DAYS' when p_days <= 7 then '3_TO_7_DAYS' when p_days <= 14 then '8_TO_14_DAYS'
    when p_days <= 30 then '15_TO_30_DAYS' when p_days <= 60 then '31_TO_60_DAYS' else 'OVER_60_DAYS' end;

create function case_age_band(p_from timestamptz, p_until timestamptz) returns text
  language sql immutable
  return case when p_from > p_until - interval '3 months' then 'UNDER_3_MONTHS' when p_from > p_until - interval '6 months' then '3_TO_6_MONTHS'
    when p_from > p_until - interval '1 year' then '6_TO_12_MONTHS' when p_from > p_until - interval '2 years' then '1_TO_2_YEARS'
    else 'OVER_2_YEARS' end;

create function persons_band(p_persons bigint) returns text
  language sql immutable
  return case when p_persons <= 1 then 'ONE' when p_persons = 2 then 'TWO' when p_persons <= 4 then 'THREE_OR_FOUR' else 'FIVE_OR_MORE' end;

-- Whoever objects is left out, and so is a case or an appointment of theirs.
create index person_objecting on person (id) where statistics_objection_on is not null;
create function objects(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from person p where p.id = p_person and p.statistics_objection_on is not null);
create function case_objects(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from case_person cp join person p on p.id = cp.person_id
    where cp.case_id = p_case and p.statistics_objection_on is not null);
create function appointment_objects(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment_person ap join person p on p.id = ap.person_id
    where ap.appointment_id = p_appointment and p.statistics_objection_on is not null);

-- Passages: who came or called.
create function records_of_visits(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select v.id, v.district_id, v.worker_id, null::boolean, array[v.kind::text, coalesce(v.outcome::text, 'UNKNOWN')]
  from visit v where v.arrived_at >= p_from and v.arrived_at < p_until and not objects(v.person_id);
end;

create function records_of_persons_at_reception(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, v.district_id, v.worker_id, null::boolean, array[v.kind::text, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from visit v join person p on p.id = v.person_id
  where v.arrived_at >= p_from and v.arrived_at < p_until and not objects(p.id);
end;

-- Premiers accueils: whom the district received then, by appointment or on duty, and never before.
create function records_of_first_receptions(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with received as (
    select ap.person_id, a.district_id, a.worker_ids as workers, a.starts_at as at, 'BY_APPOINTMENT' as way
    from appointment a join appointment_person ap on ap.appointment_id = a.id
    where a.status = 'HONOURED' and a.places is null and a.starts_at >= p_from and a.starts_at < p_until
    union all
    select v.person_id, v.district_id, array_remove(array[v.worker_id], null), v.taken_in_at, 'ON_DUTY'
    from visit v where v.person_id is not null and v.appointment_id is null and v.outcome = 'RECEIVED'
      and v.taken_in_at >= p_from and v.taken_in_at < p_until),
  first as (select distinct on (r.person_id, r.district_id) r.* from received r order by r.person_id, r.district_id, r.at)
  select p.id, f.district_id, w.id, null::boolean, array[f.way, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from first f join person p on p.id = f.person_id
  left join lateral unnest(f.workers) w(id) on true
  where not objects(p.id)
    and not exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
      where ap.person_id = p.id and a.district_id = f.district_id and a.status = 'HONOURED' and a.places is null and a.starts_at < p_from)
    and not exists (select from visit v where v.person_id = p.id and v.district_id = f.district_id and v.outcome = 'RECEIVED'
      and v.taken_in_at < p_from);
end;

-- Demandes de rendez-vous. Who waits for anyone is nobody's.
create function records_of_appointment_requests(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, case when r.case_worker_only then r.case_worker_id when r.duty_worker_only then r.duty_worker_id end,
    null::boolean, array[r.urgency::text, r.type_code, coalesce(r.asked_by::text, 'UNKNOWN')]
  from appointment_request r where r.asked_at >= p_from and r.asked_at < p_until and not objects(r.person_id);
end;

-- Those who wait at the end of the period, and for how long by then: completed waits alone hide the queue.
create function records_of_still_waiting(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, case when r.case_worker_only then r.case_worker_id when r.duty_worker_only then r.duty_worker_id end,
    null::boolean, array[wait_band(day_in_paris(p_until) - 1 - day_in_paris(r.asked_at)), r.urgency::text, r.type_code]
  from appointment_request r
  where r.asked_at < p_until and (r.status = 'WAITING' or r.closed_at >= p_until) and not objects(r.person_id);
end;

create function records_of_asked_to_offered(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, o.district_id, o.worker_id, null::boolean,
    array[wait_band(day_in_paris(o.offered_at) - day_in_paris(r.asked_at)), r.urgency::text]
  from slot_offer o join appointment_request r on r.id = o.request_id
  where o.offered_at >= p_from and o.offered_at < p_until and not objects(r.person_id)
    and not exists (select from slot_offer e where e.request_id = o.request_id and (e.offered_at, e.id) < (o.offered_at, o.id));
end;

-- As `waits_until_held`: what the service asked for itself is nobody's wait.
create function records_of_asked_to_held(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, w.id, null::boolean,
    array[wait_band(day_in_paris(a.starts_at) - day_in_paris(asked.at)), a.type_code, a.mode::text]
  from appointment a
  cross join lateral (select least(a.booked_at, min(r.asked_at)) as at from appointment_request r where r.appointment_id = a.id) asked
  left join lateral unnest(a.worker_ids) w(id) on true
  where a.starts_at >= p_from and a.starts_at < p_until and a.status = 'HONOURED' and a.places is null
    and a.asked_by is distinct from 'SERVICE' and asked.at <= a.starts_at and not appointment_objects(a.id);
end;

create function appointments_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, worker_id uuid, status "AppointmentStatus", reason text, type_code text, mode text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, w.id, a.status, a.cancellation_reason::text, a.type_code, a.mode::text
  from appointment a left join lateral unnest(a.worker_ids) w(id) on true
  where a.starts_at >= p_from and a.starts_at < p_until and a.places is null and not appointment_objects(a.id);
end;

create function records_of_appointments(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, null::boolean, array[case a.status when 'BOOKED' then 'UNKNOWN' else a.status::text end, a.type_code, a.mode]
  from appointments_of(p_from, p_until) a;
end;

-- Not honoured ÷ (honoured + not honoured).
create function records_of_not_honoured(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, a.status = 'NOT_HONOURED', array[a.type_code, a.mode]
  from appointments_of(p_from, p_until) a where a.status in ('HONOURED', 'NOT_HONOURED');
end;

-- Of which nobody has recorded what became of them, among those that were not called off.
create function records_of_unknown_outcomes(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, a.status = 'BOOKED', array[a.type_code, a.mode]
  from appointments_of(p_from, p_until) a where a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE');
end;

create function records_of_cancelled_by_service(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, null::boolean, array[coalesce(a.reason, 'UNKNOWN'), a.type_code]
  from appointments_of(p_from, p_until) a where a.status = 'CANCELLED_BY_SERVICE';
end;

-- Who came to a meeting.
create function records_of_meeting_attendance(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, a.district_id, w.id, null::boolean, array[a.type_code, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from appointment a join appointment_person ap on ap.appointment_id = a.id join person p on p.id = ap.person_id
  left join lateral unnest(a.worker_ids) w(id) on true
  where a.places is not null and a.starts_at >= p_from and a.starts_at < p_until and ap.outcome = 'HONOURED' and not objects(p.id);
end;

-- The cases that were open at any time of the period, with who was assigned when it ended, or when it was closed.
create function cases_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, worker_id uuid, mission text, opened_at timestamptz, closed_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, s.worker_id, c.mission::text, c.opened_at, c.closed_at
  from "case" c
  left join lateral (select n.worker_id from assignment n where n.case_id = c.id and n.starts_at < p_until
    and (n.ends_at is null or n.ends_at >= least(p_until, c.closed_at)) order by n.starts_at desc limit 1) s on true
  where c.opened_at < p_until and (c.closed_at is null or c.closed_at >= p_from) and not case_objects(c.id);
end;

create function records_of_persons_helped(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, c.district_id, c.worker_id, null::boolean, array[age_band(p.birth_date, day_in_paris(p_until) - 1), c.mission]
  from cases_of(p_from, p_until) c join case_person cp on cp.case_id = c.id join person p on p.id = cp.person_id;
end;

create function records_of_open_cases(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean,
    array[c.mission, case_age_band(c.opened_at, p_until), case when c.worker_id is null then 'NO' else 'YES' end]
  from cases_of(p_from, p_until) c where c.closed_at is null or c.closed_at >= p_until;
end;

create function records_of_cases_opened(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean,
    array[c.mission, persons_band((select count(*) from case_person cp where cp.case_id = c.id))]
  from cases_of(p_from, p_until) c where c.opened_at >= p_from;
end;

create function records_of_cases_closed(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean, array[c.mission, case_age_band(c.opened_at, c.closed_at)]
  from cases_of(p_from, p_until) c where c.closed_at >= p_from and c.closed_at < p_until;
end;

-- Cases with a need that was there at any time of the period; a case counts once for a need.
create function records_of_needs(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.id, c.district_id, c.worker_id, null::boolean, array[k.theme, k.code, c.mission]
  from cases_of(p_from, p_until) c join need n on n.case_id = c.id join need_code k on k.code = n.code
  where n.starts_on < day_in_paris(p_until) and (n.ends_on is null or n.ends_on > day_in_paris(p_from))
    and (n.person_id is null or not objects(n.person_id));
end;

-- Whom such a need concerns: the one it names, or all of the case.
create function records_of_persons_in_need(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, c.district_id, c.worker_id, null::boolean, array[k.theme, age_band(p.birth_date, day_in_paris(p_until) - 1)]
  from cases_of(p_from, p_until) c join need n on n.case_id = c.id join need_code k on k.code = n.code
  join case_person cp on cp.case_id = c.id and (n.person_id is null or cp.person_id = n.person_id) join person p on p.id = cp.person_id
  where n.starts_on < day_in_paris(p_until) and (n.ends_on is null or n.ends_on > day_in_paris(p_from));
end;

create function referrals_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, to_district_id uuid, sent_by_id uuid, to_worker_id uuid, destination text, mission text, status text, in_time boolean, due boolean, sent boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, r.to_district_id, r.sent_by_id, r.to_worker_id,
    case when r.to_organisation_id is not null then 'ORGANISATION' when r.to_worker_id is not null then 'WORKER' else 'DISTRICT' end,
    r.mission::text, r.status::text, r.status in ('ACCEPTED', 'REFUSED') and r.closed_at <= r.answer_by,
    r.answer_by > p_from and r.answer_by <= p_until and r.status <> 'WITHDRAWN', r.sent_at >= p_from and r.sent_at < p_until
  from referral r
  where ((r.sent_at >= p_from and r.sent_at < p_until) or (r.answer_by > p_from and r.answer_by <= p_until))
    and not case_objects(r.case_id);
end;

create function records_of_referrals_sent(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, r.sent_by_id, null::boolean, array[case r.destination when 'ORGANISATION' then 'ORGANISATION' else 'DISTRICT' end, r.mission, r.status]
  from referrals_of(p_from, p_until) r where r.sent;
end;

create function records_of_referrals_received(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.to_district_id, r.to_worker_id, null::boolean, array[r.mission, r.status]
  from referrals_of(p_from, p_until) r where r.sent and r.to_district_id is not null;
end;

create function records_of_referrals_answered_in_time(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, r.district_id, r.sent_by_id, r.in_time, array[case r.destination when 'ORGANISATION' then 'ORGANISATION' else 'DISTRICT' end]
  from referrals_of(p_from, p_until) r where r.due;
end;

-- Saisines.
create function records_of_incoming_requests(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select q.id, q.district_id, q.worker_id, null::boolean, array[q.partner::text, case when q.mandated then 'YES' else 'NO' end, q.status::text]
  from incoming_request q
  where q.received_on >= day_in_paris(p_from) and q.received_on < day_in_paris(p_until) and not objects(q.person_id);
end;

create function records_of_incoming_requests_answered_in_time(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select q.id, q.district_id, q.worker_id, q.status in ('ANSWERED', 'DECLINED') and q.closed_at <= q.answer_by, array[q.partner::text]
  from incoming_request q where q.answer_by > p_from and q.answer_by <= p_until and not objects(q.person_id);
end;

-- The records of a measure and a period, in some districts, in the order of their units. Who feeds a record is told by a number that
-- is drawn for this one answer: it leads to nobody, and is good for counting how many they are.
create function statistics_records(p_measure text, p_from timestamptz, p_until timestamptz, p_districts uuid[])
  returns table (unit_id uuid, district_id uuid, feeder bigint, part boolean, categories text[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_drawn bigint := ('x' || encode(substr(uuid_send(gen_random_uuid()), 1, 8), 'hex'))::bit(64)::bigint;
begin
  if to_regprocedure('records_of_' || lower(p_measure) || '(timestamptz,timestamptz)') is null then raise 'nothing measures %', p_measure; end if;
  return query execute format(
    'select r.unit_id, r.district_id, uuid_hash_extended(r.worker_id, $4), r.part, r.categories from records_of_%s($1, $2) r
     where r.district_id = any ($3) order by r.unit_id', lower(p_measure))
    using p_from, p_until, p_districts, v_drawn;
end $$;

-- ---- Freezing ------------------------------------------------------------------------------------------------
-- When a version of a period is frozen: a month on the tenth of the next, a year a month later than its last; what was recorded late
-- goes into the second version, a quarter of a year after the first.
create function snapshot_due(p_starts_on date, p_ends_on date, p_version integer) returns date
  language sql immutable
  return (p_ends_on + interval '9 days' + case when p_ends_on > p_starts_on + 31 then interval '1 month' else interval '0' end
    + (p_version - 1) * interval '3 months')::date;

-- The earliest version of a period that is due and not frozen: what went by unfrozen is made up for within two years. Only one at a
-- time freezes: who comes second finds nothing to do. A month begins with the districts that are switched on by its first day.
create function next_snapshot() returns table (period text, version integer, starts_on date, ends_on date,
    from_at timestamptz, until_at timestamptz, districts uuid[], teams integer[])
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_today date := day_in_paris(now());
begin
  if not pg_try_advisory_xact_lock(hashtext('cosmos:snapshot')) then return; end if;
  return query
    select d.period, v.version, d.starts_on, d.ends_on, d.starts_on::timestamp at time zone 'Europe/Paris',
      d.ends_on::timestamp at time zone 'Europe/Paris', d.districts,
      -- How many receive people there: who feeds what nobody in particular does.
      array(select (select count(distinct m.worker_id)::integer from membership m where m.district_id = t.id
          and m.role in ('SOCIAL_WORKER', 'RECEPTIONIST') and m.starts_at < d.ends_on and (m.ends_at is null or m.ends_at > d.starts_on))
        from unnest(d.districts) with ordinality t(id, nth) order by t.nth)
    from (
      select to_char(m, 'YYYY-MM') as period, m::date as starts_on, (m + interval '1 month')::date as ends_on,
        array(select t.id from district t where t.switched_on_on <= m::date order by t.id) as districts
      from generate_series(date_trunc('month', v_today - interval '24 months'), v_today::timestamp, interval '1 month') m
      union all
      select to_char(y, 'YYYY'), y::date, (y + interval '1 year')::date,
        array(select t.id from district t where t.switched_on_on < (y + interval '1 year')::date order by t.id)
      from generate_series(date_trunc('year', v_today - interval '24 months'), v_today::timestamp, interval '1 year') y) d
    cross join (values (1), (2)) v(version)
    where cardinality(d.districts) > 0 and snapshot_due(d.starts_on, d.ends_on, v.version) <= v_today
      and not exists (select from snapshot s where s.period = d.period and s.version = v.version)
    order by d.ends_on, d.starts_on, v.version limit 1;
end $$;

-- What a snapshot counts: what was adopted on the last day of the period; a second version what the first one counted.
create function indicators_of_snapshot(p_period text, p_version integer, p_ends_on date)
  returns table (id uuid, code text, measure text, dimensions text[], threshold integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select i.id, i.code, i.measure, i.dimensions, i.threshold from indicator i
  where case when p_version = 1 or not exists (select from snapshot s where s.period = p_period and s.version = 1)
    then i.adopted_on < p_ends_on and (i.retired_on is null or i.retired_on >= p_ends_on)
    else i.id in (select t.indicator_id from snapshot s join snapshot_table t on t.snapshot_id = s.id
      where s.period = p_period and s.version = 1) end
  order by i.code;
end;

-- The categories that are kept in tables: labels as they are now stay with the snapshot.
create function statistics_categories() returns table (dimension text, category text, label_fr text, label_en text, within text[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select 'APPOINTMENT_TYPE', t.code, t.label_fr, t.label_en, array(select unnest(t.modes)::text) from appointment_type t
  union all
  select 'NEED_CODE', k.code, k.label_fr, k.label_en, array[k.theme] from need_code k
  order by 1, 2;
end;

-- Whether the secret is the one that froze before: with another, the same records would answer otherwise.
create function freezes_with(p_mark bytea) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from snapshot s where s.secret_mark <> p_mark);

create function begin_snapshot(p_period text, p_version integer, p_starts_on date, p_ends_on date, p_method integer, p_mark bytea)
  returns uuid language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into snapshot (period, version, starts_on, ends_on, frozen_on, method_version, secret_mark)
  values (p_period, p_version, p_starts_on, p_ends_on, day_in_paris(now()), p_method, p_mark) returning id;
end;

-- Only into the snapshot that this transaction has begun.
create function write_snapshot_dimension(p_snapshot uuid, p_code text, p_label_fr text, p_label_en text, p_categories text[], p_fr text[], p_en text[])
  returns void language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform from snapshot s where s.id = p_snapshot and s.xmin = pg_current_xact_id()::xid;
  if not found then raise 'this snapshot is frozen'; end if;
  insert into snapshot_dimension (snapshot_id, code, label_fr, label_en, categories, categories_fr, categories_en)
    values (p_snapshot, p_code, p_label_fr, p_label_en, p_categories, p_fr, p_en);
end $$;

create function write_snapshot_tables(p_snapshot uuid, p_tables jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform from snapshot s where s.id = p_snapshot and s.xmin = pg_current_xact_id()::xid;
  if not found then raise 'this snapshot is frozen'; end if;
  insert into snapshot_table (snapshot_id, indicator_id, district_id, dimensions, cells)
    select p_snapshot, t.indicator_id, t.district_id, t.dimensions, t.cells
    from jsonb_to_recordset(p_tables) t(indicator_id uuid, district_id uuid, dimensions text[], cells integer[]);
end $$;

-- ---- Whose functions these are -------------------------------------------------------------------------------
grant select, insert on snapshot, snapshot_dimension, snapshot_table, statistics_question to cosmos_keeper;
grant select, insert, update on statistics_budget to cosmos_keeper;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef and (
    p.proname like 'records\_of\_%' or p.proname in ('viewer_is_reporting_client', 'ask_statistics', 'objects', 'case_objects',
    'appointment_objects', 'appointments_of', 'cases_of', 'referrals_of', 'statistics_records', 'next_snapshot', 'indicators_of_snapshot',
    'statistics_categories', 'freezes_with', 'begin_snapshot', 'write_snapshot_dimension', 'write_snapshot_tables')) loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function viewer_is_reporting_client(), ask_statistics(text, integer, text, uuid, text[]) to cosmos_app;
grant execute on function statistics_records(text, timestamptz, timestamptz, uuid[]), next_snapshot(),
  indicators_of_snapshot(text, integer, date), statistics_categories(), freezes_with(bytea),
  begin_snapshot(text, integer, date, date, integer, bytea),
  write_snapshot_dimension(uuid, text, text, text, text[], text[], text[]), write_snapshot_tables(uuid, jsonb) to cosmos_jobs;
