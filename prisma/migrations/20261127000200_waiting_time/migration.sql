-- Waiting time: how far the third free time of a district lies, measured once a day, and how long people have waited there,
-- frozen once a month. What is measured is protected before it is written: no row tells of a worker, a person or a few of them.

-- ---- Tables --------------------------------------------------------------------------------------------------
-- CreateEnum
CREATE TYPE "Withheld" AS ENUM ('TOO_FEW_WORKERS', 'TOO_FEW_PERSONS', 'NO_FREE_TIME', 'NOT_MEASURED');
-- CreateTable
CREATE TABLE "waiting_day" (
    "district_id" UUID NOT NULL,
    "type_code" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "third_next_days" INTEGER,
    "withheld" "Withheld",
    CONSTRAINT "waiting_day_pkey" PRIMARY KEY ("district_id","type_code","day")
);
-- CreateTable
CREATE TABLE "waiting_month" (
    "district_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "offered_median" INTEGER,
    "offered_ninetieth" INTEGER,
    "offered_withheld" "Withheld",
    "held_median" INTEGER,
    "held_ninetieth" INTEGER,
    "held_withheld" "Withheld",
    "waiting_median" INTEGER,
    "waiting_ninetieth" INTEGER,
    "waiting_withheld" "Withheld",
    "not_honoured_percent" INTEGER,
    "not_honoured_withheld" "Withheld",
    "unknown_percent" INTEGER,
    "unknown_withheld" "Withheld",
    "frozen_on" DATE NOT NULL,
    CONSTRAINT "waiting_month_pkey" PRIMARY KEY ("district_id","month")
);
-- CreateIndex
CREATE INDEX "waiting_day_type_code_idx" ON "waiting_day"("type_code");
-- CreateIndex
CREATE INDEX "slot_offer_district_id_offered_at_idx" ON "slot_offer"("district_id", "offered_at");
-- CreateIndex
CREATE INDEX "appointment_request_district_id_closed_at_idx" ON "appointment_request"("district_id", "closed_at");
-- AddForeignKey
ALTER TABLE "waiting_day" ADD CONSTRAINT "waiting_day_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "waiting_day" ADD CONSTRAINT "waiting_day_type_code_fkey" FOREIGN KEY ("type_code") REFERENCES "appointment_type"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "waiting_month" ADD CONSTRAINT "waiting_month_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ---- What must hold ------------------------------------------------------------------------------------------
-- A figure, or why there is none.
alter table waiting_day
  add constraint waiting_day_figure check (num_nonnulls(third_next_days, withheld) = 1 and third_next_days >= 0);
alter table waiting_month
  add constraint waiting_month_month check (extract(day from month) = 1),
  add constraint waiting_month_frozen check (frozen_on > month),
  add constraint waiting_month_offered check (num_nonnulls(offered_median, offered_withheld) = 1 and offered_ninetieth >= offered_median),
  add constraint waiting_month_held check (num_nonnulls(held_median, held_withheld) = 1 and held_ninetieth >= held_median),
  add constraint waiting_month_waiting check (num_nonnulls(waiting_median, waiting_withheld) = 1 and waiting_ninetieth >= waiting_median),
  add constraint waiting_month_withheld check ((offered_ninetieth is null or offered_withheld is null)
    and (held_ninetieth is null or held_withheld is null) and (waiting_ninetieth is null or waiting_withheld is null)),
  add constraint waiting_month_not_honoured check
    (num_nonnulls(not_honoured_percent, not_honoured_withheld) = 1 and not_honoured_percent between 0 and 100),
  add constraint waiting_month_unknown check
    (num_nonnulls(unknown_percent, unknown_withheld) = 1 and unknown_percent between 0 and 100);

-- The same question answers the same for ever, whatever is recorded late.
create function measured_once() returns trigger language plpgsql as $$ begin raise 'what was measured stays'; end $$;
create trigger measured_once before update or delete on waiting_day for each row execute function measured_once();
create trigger measured_once before update or delete on waiting_month for each row execute function measured_once();

-- ---- Who reads -----------------------------------------------------------------------------------------------
-- Protected statistics: those who work with them, of whatever district, and reporting clients. Written by the keeper alone.
create function viewer_reads_statistics() returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return viewer_has_scope('statistics:read') and (
      cardinality(viewer_districts('social_worker')) > 0 or cardinality(viewer_districts('district_head')) > 0
      or viewer_has_role('TECHNICAL_ADVISER') or viewer_has_role('DATA_PROTECTION_OFFICER')
      or exists (select from client c where c.id = viewer_client() and c.kind = 'REPORTING'));
  end $$;

grant select on waiting_day, waiting_month to cosmos_app;
alter table waiting_day enable row level security;
alter table waiting_day force row level security;
create policy waiting_day_read on waiting_day for select to cosmos_app using ((select viewer_reads_statistics()));
alter table waiting_month enable row level security;
alter table waiting_month force row level security;
create policy waiting_month_read on waiting_month for select to cosmos_app using ((select viewer_reads_statistics()));

-- ---- Protection ----------------------------------------------------------------------------------------------
-- Why a figure that so many workers and persons feed is not written; null if it is. None counts as few: no figure says which.
create function withheld_for(p_workers bigint, p_persons bigint) returns "Withheld"
  language sql immutable
  return case when p_workers < 3 then 'TOO_FEW_WORKERS' when p_persons < 5 then 'TOO_FEW_PERSONS' end::"Withheld";

-- The same of so many waits or appointments; a worker is named for each of them that is theirs. A figure four fifths of which are
-- one worker's is theirs, whoever else feeds it: too few workers do.
create function withheld_of(p_number bigint, p_workers uuid[], p_persons uuid[]) returns "Withheld"
  language sql immutable
  return least(
    withheld_for((select count(distinct worker) from unnest(p_workers) worker), (select count(distinct person) from unnest(p_persons) person)),
    (select 'TOO_FEW_WORKERS'::"Withheld" from unnest(p_workers) worker group by worker having count(*) * 5 >= p_number * 4 limit 1));

-- Median and ninetieth percentile of waits, or why they are not told; a percentile of fewer than 20 persons would be the wait of
-- the one or two who waited longest.
create function protected_days(p_days integer[], p_workers uuid[], p_persons uuid[],
  out median integer, out ninetieth integer, out withheld "Withheld")
  language plpgsql immutable as $$
begin
  withheld := withheld_of(cardinality(p_days), p_workers, p_persons);
  if withheld is not null then return; end if;
  select percentile_disc(0.5) within group (order by days),
      case when (select count(distinct person) from unnest(p_persons) person) >= 20 then percentile_disc(0.9) within group (order by days) end
    into median, ninetieth from unnest(p_days) days;
end $$;

create function day_in_paris(p_at timestamptz) returns date
  language sql immutable
  return (p_at at time zone 'Europe/Paris')::date;

-- ---- Third next available ------------------------------------------------------------------------------------
-- Measures a district on a day, as its agendas stand now: for each type that everyone may book, how many days from that day
-- the third time lies that is free from six o'clock on, within 92 days. What is held for someone is not free; hours that are
-- open for urgent receptions alone are free for none of these types. Fed by those who have hours for the type, taken or free,
-- before that third time, and for a week at the least: a short wait is not to be hidden because a week's hours come one after
-- the other. Written once: a repetition writes nothing. How many rows.
create function measure_waiting_day(p_district uuid, p_day date) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := (p_day + time '06:00') at time zone 'Europe/Paris';
  v_until timestamptz := v_from + interval '92 days';
  v_type appointment_type%rowtype;
  v_length interval;
  v_third timestamptz;
  v_workers bigint;
  v_withheld "Withheld";
  v_written integer := 0;
begin
  for v_type in select * from appointment_type t where 'BOOKING_CLIENT' = any (t.bookable_by) order by t.code loop
    v_length := make_interval(mins => v_type.duration_minutes);
    -- Each gap begins with a free time: the third is no later than the third gap.
    v_third := (
      select s.at from (
        select f.starts_at, f.ends_at from free_time f
        where f.district_id = p_district and f.type_code = v_type.code and f.starts_at >= v_from and f.starts_at < v_until
        order by f.starts_at limit 3) g
      cross join lateral (select at from generate_series(g.starts_at, g.ends_at - v_length, v_length) at limit 3) s
      order by s.at offset 2 limit 1);
    v_workers := (
      select count(distinct o.worker_id) from availability_occurrence o
      join worker w on w.id = o.worker_id and w.disabled_at is null
      where o.district_id = p_district and not o.closed and o.starts_at >= v_from
        and o.starts_at <= greatest(v_third, v_from + interval '7 days', case when v_third is null then v_until end)
        and exists (select from availability_type t where t.availability_id = o.availability_id and t.type_code = v_type.code)
        and exists (select from membership m where m.worker_id = o.worker_id and m.district_id = o.district_id
          and m.starts_at <= o.starts_at and (m.ends_at is null or m.ends_at >= o.ends_at))
        -- Whoever is away feeds nothing.
        and not exists (select from absence s where s.worker_id = o.worker_id
          and tstzrange(s.starts_at, s.ends_at) @> tstzrange(o.starts_at, o.ends_at))
        and not exists (select from unavailability u where u.worker_id = o.worker_id
          and tstzrange(u.starts_at, u.ends_at) @> tstzrange(o.starts_at, o.ends_at)));
    -- Nobody's waits: there are no persons to count.
    v_withheld := coalesce(withheld_for(v_workers, 5), case when v_third is null then 'NO_FREE_TIME'::"Withheld" end);
    insert into waiting_day (district_id, type_code, day, third_next_days, withheld)
      values (p_district, v_type.code, p_day, case when v_withheld is null then day_in_paris(v_third) - p_day end, v_withheld)
      on conflict do nothing;
    if found then v_written := v_written + 1; end if;
  end loop;
  return v_written;
end $$;

-- Measures every district that is open on the day that it is then in Paris, between six and eight in the morning: what stood
-- at six has changed later, and of a day that went by without it nobody knows any more. How many rows.
create function measure_waiting_days_at(p_now timestamptz) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_today date := day_in_paris(p_now);
  v_time time := (p_now at time zone 'Europe/Paris')::time;
begin
  if v_time < '06:00' or v_time >= '08:00' or exists (select from public_holiday h where h.day = v_today) then return 0; end if;
  return (select coalesce(sum(measure_waiting_day(d.id, v_today)), 0) from district d
    where d.switched_on_on <= v_today
      and exists (select from opening_hours h where h.district_id = d.id and h.weekday = extract(isodow from v_today)));
end $$;

create function measure_waiting_days() returns integer
  language sql volatile security definer set search_path = public, pg_temp
  return measure_waiting_days_at(now());

-- ---- A month -------------------------------------------------------------------------------------------------
-- What feeds it: a row for each wait, in days of the calendar in Paris.

-- Asked→offered: of whose first offer was made then. Who is given a time as they ask for it waits for no offer.
create function waits_for_an_offer(p_district uuid, p_from timestamptz, p_until timestamptz)
  returns table (days integer, worker_id uuid, person_id uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select day_in_paris(o.offered_at) - day_in_paris(r.asked_at), o.worker_id, r.person_id
  from slot_offer o join appointment_request r on r.id = o.request_id
  where o.district_id = p_district and o.offered_at >= p_from and o.offered_at < p_until
    and not exists (select from slot_offer e where e.request_id = o.request_id and (e.offered_at, e.id) < (o.offered_at, o.id));
end;

-- The appointments of a period that were not called off: nothing else of them counts anywhere.
create function appointments_that_count(p_district uuid, p_from timestamptz, p_until timestamptz)
  returns table (id uuid, status "AppointmentStatus", asked_by "AskedBy", booked_at timestamptz, starts_at timestamptz, worker_ids uuid[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.status, a.asked_by, a.booked_at, a.starts_at, a.worker_ids from appointment a
  where a.district_id = p_district and a.starts_at >= p_from and a.starts_at < p_until
    and a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE');
end;

-- Asked→held: of the appointments that were honoured then. Asked is when someone first asked to wait for it, or when it was
-- booked if that was before. What the service asked for itself is nobody's wait; of what was written down afterwards nobody
-- knows when it was asked for.
create function waits_until_held(p_district uuid, p_from timestamptz, p_until timestamptz)
  returns table (days integer, worker_ids uuid[], person_ids uuid[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select day_in_paris(a.starts_at) - day_in_paris(asked.at), a.worker_ids,
    array(select ap.person_id from appointment_person ap where ap.appointment_id = a.id)
  from appointments_that_count(p_district, p_from, p_until) a
  cross join lateral (select least(a.booked_at, min(r.asked_at)) as at from appointment_request r where r.appointment_id = a.id) asked
  where a.status = 'HONOURED' and a.asked_by is distinct from 'SERVICE' and asked.at <= a.starts_at;
end;

-- How many of the appointments of a period have one of these outcomes, and why that is not told, if few have it.
create function part_of_appointments(p_district uuid, p_from timestamptz, p_until timestamptz, p_statuses "AppointmentStatus"[],
  out number bigint, out withheld "Withheld")
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with part as materialized (
    select a.worker_ids, array(select ap.person_id from appointment_person ap where ap.appointment_id = a.id) as person_ids
    from appointments_that_count(p_district, p_from, p_until) a where a.status = any (p_statuses))
  select (select count(*) from part), withheld_of((select count(*) from part),
    array(select unnest(worker_ids) from part), array(select unnest(person_ids) from part));
end;

-- Those who waited at an instant, for how long by the day that ended with it, and for which worker alone: null is anyone.
create function waits_not_over(p_district uuid, p_at timestamptz) returns table (days integer, worker_id uuid, person_id uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select day_in_paris(p_at) - 1 - day_in_paris(r.asked_at),
    case when r.case_worker_only then r.case_worker_id when r.duty_worker_only then r.duty_worker_id end, r.person_id
  from (
    select w.* from appointment_request w where w.district_id = p_district and w.status = 'WAITING'
    union all
    -- Who has left the list since.
    select c.* from appointment_request c where c.district_id = p_district and c.closed_at >= p_at) r
  where r.asked_at < p_at;
end;

-- The first day on which a month may be frozen: the tenth of the next, by when its outcomes are written down.
create function waiting_month_due(p_month date) returns date
  language sql immutable
  return (p_month + interval '1 month 9 days')::date;

-- Freezes a month of a district; a repetition writes nothing. Whether it was written.
create function freeze_waiting_month(p_district uuid, p_month date) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := p_month::timestamp at time zone 'Europe/Paris';
  v_until timestamptz := (p_month + interval '1 month')::timestamp at time zone 'Europe/Paris';
  v_offered record;
  v_held record;
  v_waiting record;
  v_part record;
begin
  if day_in_paris(now()) < waiting_month_due(p_month) then raise 'the month is not to be frozen yet'; end if;

  select p.* into v_offered from (
      select array_agg(w.days) as days, array_agg(w.worker_id) as workers, array_agg(w.person_id) as persons
      from waits_for_an_offer(p_district, v_from, v_until) w) fed
    cross join lateral protected_days(fed.days, fed.workers, fed.persons) p;

  with held as materialized (select * from waits_until_held(p_district, v_from, v_until))
    select p.* into v_held from protected_days(array(select days from held),
      array(select unnest(worker_ids) from held), array(select unnest(person_ids) from held)) p;

  -- Who waits for anyone waits for all who had hours in the district that month. Fewer than five who do bring in nobody, unless
  -- they are all who wait: else one of them would do for the queue of one worker to be told.
  with waiting as materialized (select * from waits_not_over(p_district, v_until))
    select p.* into v_waiting from protected_days(array(select days from waiting),
      array(select worker_id from waiting where worker_id is not null)
        || array(select distinct o.worker_id from availability_occurrence o
          where o.district_id = p_district and o.starts_at >= v_from and o.starts_at < v_until and not o.closed
            and (select count(distinct person_id) filter (where worker_id is null) >= least(count(distinct person_id), 5) from waiting)
            and not exists (select from waiting w where w.worker_id = o.worker_id)),
      array(select person_id from waiting)) p;

  -- A rate of parts that are each protected: of a few who stayed away, or came, none included, nothing is told. Who left before
  -- being received neither came nor stayed away. Nor is anything told of a few of whom nobody said, or somebody did: none of
  -- whom nobody said would tell of nobody, but then to withhold the share would say that there is someone.
  select came.number as honoured, away.number as not_honoured, least(came.withheld, away.withheld) as rate,
      unsaid.number as unsaid, said.number as said, least(unsaid.withheld, said.withheld) as unknown
    into v_part
    from part_of_appointments(p_district, v_from, v_until, '{HONOURED}') came,
      part_of_appointments(p_district, v_from, v_until, '{NOT_HONOURED}') away,
      part_of_appointments(p_district, v_from, v_until, '{BOOKED}') unsaid,
      part_of_appointments(p_district, v_from, v_until, '{HONOURED,NOT_HONOURED,LEFT_BEFORE_RECEIVED}') said;

  insert into waiting_month (district_id, month, offered_median, offered_ninetieth, offered_withheld,
    held_median, held_ninetieth, held_withheld, waiting_median, waiting_ninetieth, waiting_withheld,
    not_honoured_percent, not_honoured_withheld, unknown_percent, unknown_withheld, frozen_on)
  values (p_district, p_month, v_offered.median, v_offered.ninetieth, v_offered.withheld,
    v_held.median, v_held.ninetieth, v_held.withheld, v_waiting.median, v_waiting.ninetieth, v_waiting.withheld,
    case when v_part.rate is null then round(100.0 * v_part.not_honoured / (v_part.honoured + v_part.not_honoured)) end, v_part.rate,
    case when v_part.unknown is null then round(100.0 * v_part.unsaid / (v_part.unsaid + v_part.said)) end, v_part.unknown,
    day_in_paris(now()))
  on conflict do nothing;
  return found;
end $$;

-- Freezes the earliest month that is due in some district and not frozen yet; whether there was one. A district's months begin
-- once it is switched on, and what went by unfrozen is made up for a year: what feeds a month stands in the tables still.
create function freeze_next_waiting_month() returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_due record;
begin
  select d.id, m::date as month into v_due from district d
    cross join generate_series(date_trunc('month', day_in_paris(now())::timestamp) - interval '12 months',
      day_in_paris(now())::timestamp - interval '1 month', interval '1 month') m
    where d.switched_on_on <= m::date and waiting_month_due(m::date) <= day_in_paris(now())
      and not exists (select from waiting_month f where f.district_id = d.id and f.month = m::date)
    order by m, d.id limit 1;
  if not found then return false; end if;
  perform freeze_waiting_month(v_due.id, v_due.month);
  return true;
end $$;

-- ---- Whose functions these are -------------------------------------------------------------------------------
grant select, insert on waiting_day, waiting_month to cosmos_keeper;
grant select on opening_hours, appointment_person to cosmos_keeper;

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'viewer_reads_statistics()', 'measure_waiting_day(uuid,date)', 'measure_waiting_days_at(timestamptz)', 'measure_waiting_days()',
    'waits_for_an_offer(uuid,timestamptz,timestamptz)', 'appointments_that_count(uuid,timestamptz,timestamptz)',
    'waits_until_held(uuid,timestamptz,timestamptz)', 'waits_not_over(uuid,timestamptz)',
    'part_of_appointments(uuid,timestamptz,timestamptz,"AppointmentStatus"[])',
    'freeze_waiting_month(uuid,date)', 'freeze_next_waiting_month()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function viewer_reads_statistics() to cosmos_app;
grant execute on function measure_waiting_days(), freeze_next_waiting_month() to cosmos_jobs;
