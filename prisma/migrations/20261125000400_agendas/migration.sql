-- Agendas: a worker opens hours by a recurrence, its days become instants, and what is left of them is kept for each
-- type that fits. A search reads that and computes nothing, however full the weeks before are.

-- ---- Tables --------------------------------------------------------------------------------------------------
-- CreateTable
CREATE TABLE "availability" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "modes" "AppointmentMode"[],
    "place" TEXT,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "opens_at" TIME(0) NOT NULL,
    "closes_at" TIME(0) NOT NULL,
    "recurrence" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "availability_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "availability_type" (
    "availability_id" UUID NOT NULL,
    "type_code" TEXT NOT NULL,

    CONSTRAINT "availability_type_pkey" PRIMARY KEY ("availability_id","type_code")
);

-- CreateTable
CREATE TABLE "availability_occurrence" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "availability_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "closed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "availability_occurrence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unavailability" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "unavailability_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "free_time" (
    "occurrence_id" UUID NOT NULL,
    "type_code" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "worker_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "modes" "AppointmentMode"[],
    "place" TEXT,

    CONSTRAINT "free_time_pkey" PRIMARY KEY ("occurrence_id","type_code","starts_at")
);

-- CreateIndex
CREATE INDEX "availability_worker_id_district_id_starts_on_idx" ON "availability"("worker_id", "district_id", "starts_on");
-- CreateIndex
CREATE INDEX "availability_district_id_idx" ON "availability"("district_id");
-- CreateIndex
CREATE INDEX "availability_type_type_code_idx" ON "availability_type"("type_code");
-- CreateIndex
CREATE UNIQUE INDEX "availability_occurrence_availability_id_starts_at_key" ON "availability_occurrence"("availability_id", "starts_at");
-- CreateIndex
CREATE INDEX "availability_occurrence_worker_id_starts_at_idx" ON "availability_occurrence"("worker_id", "starts_at");
-- CreateIndex
CREATE INDEX "availability_occurrence_district_id_starts_at_idx" ON "availability_occurrence"("district_id", "starts_at");
-- CreateIndex
CREATE INDEX "unavailability_worker_id_starts_at_idx" ON "unavailability"("worker_id", "starts_at");
-- CreateIndex
CREATE INDEX "unavailability_district_id_idx" ON "unavailability"("district_id");
-- CreateIndex
CREATE INDEX "free_time_district_id_type_code_starts_at_worker_id_idx" ON "free_time"("district_id", "type_code", "starts_at", "worker_id");
-- CreateIndex
CREATE INDEX "free_time_worker_id_type_code_starts_at_idx" ON "free_time"("worker_id", "type_code", "starts_at");
-- CreateIndex
CREATE INDEX "free_time_type_code_starts_at_district_id_idx" ON "free_time"("type_code", "starts_at", "district_id");

-- AddForeignKey
ALTER TABLE "availability" ADD CONSTRAINT "availability_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "availability" ADD CONSTRAINT "availability_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "availability_type" ADD CONSTRAINT "availability_type_availability_id_fkey" FOREIGN KEY ("availability_id") REFERENCES "availability"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "availability_type" ADD CONSTRAINT "availability_type_type_code_fkey" FOREIGN KEY ("type_code") REFERENCES "appointment_type"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "availability_occurrence" ADD CONSTRAINT "availability_occurrence_availability_id_fkey" FOREIGN KEY ("availability_id") REFERENCES "availability"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "unavailability" ADD CONSTRAINT "unavailability_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "unavailability" ADD CONSTRAINT "unavailability_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "free_time" ADD CONSTRAINT "free_time_occurrence_id_fkey" FOREIGN KEY ("occurrence_id") REFERENCES "availability_occurrence"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- What must hold ------------------------------------------------------------------------------------------
-- Between 06:00 and 22:00: the clock changes at night, so that each of these times exists once on every day.
alter table availability
  add constraint availability_interval check (ends_on > starts_on and closes_at > opens_at),
  add constraint availability_has_an_end check (ends_on <= starts_on + 731),
  add constraint availability_by_day check
    (opens_at >= '06:00' and closes_at <= '22:00' and closes_at - opens_at <= interval '12 hours'),
  add constraint availability_modes check (cardinality(modes) > 0);

-- A worker is open once at a time, in whatever district.
alter table availability_occurrence
  add constraint availability_occurrence_interval check (ends_at > starts_at and ends_at <= starts_at + interval '12 hours'),
  add constraint availability_occurrence_once exclude using gist
    (worker_id with =, tstzrange(starts_at, ends_at) with &&) where (not closed);

-- Empty when it was withdrawn before it began.
alter table unavailability
  add constraint unavailability_interval check (ends_at >= starts_at and ends_at <= starts_at + interval '366 days');

-- What overlaps a time, however long ago it began and however much lies before it; and the few days that were closed.
create index unavailability_times on unavailability using gist (worker_id, tstzrange(starts_at, ends_at));
create index availability_occurrence_closed on availability_occurrence (availability_id, starts_at) where closed;

alter table free_time add constraint free_time_interval check (ends_at > starts_at);

-- ---- Who reads and keeps an agenda -----------------------------------------------------------------------------
-- The worker, and the desk of the district; a stand-in reads it.
grant select on availability, availability_type, availability_occurrence, unavailability, free_time to cosmos_app;
grant insert (id, worker_id, district_id, modes, place, starts_on, ends_on, opens_at, closes_at, recurrence) on availability
  to cosmos_app;
grant update (ends_on, version) on availability to cosmos_app;
grant insert on availability_type to cosmos_app;
grant insert (id, availability_id, starts_at, ends_at) on availability_occurrence to cosmos_app;
grant update (closed) on availability_occurrence to cosmos_app;
grant insert (id, worker_id, district_id, starts_at, ends_at) on unavailability to cosmos_app;
grant update (ends_at, version) on unavailability to cosmos_app;

alter table availability enable row level security;
alter table availability force row level security;
create policy availability_read on availability for select to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy availability_open on availability for insert to cosmos_app with check (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    and exists (select from membership m where m.worker_id = availability.worker_id
      and m.district_id = availability.district_id and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))));
create policy availability_change on availability for update to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));

alter table availability_type enable row level security;
alter table availability_type force row level security;
create policy availability_type_read on availability_type for select to cosmos_app
  using (exists (select from availability v where v.id = availability_id));
create policy availability_type_open on availability_type for insert to cosmos_app with check (
  exists (select from availability v where v.id = availability_id and (
    (v.worker_id = (select viewer_worker()) and v.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or v.district_id = any ((select viewer_districts('receptionist'))::uuid[]))));

alter table availability_occurrence enable row level security;
alter table availability_occurrence force row level security;
create policy availability_occurrence_read on availability_occurrence for select to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy availability_occurrence_open on availability_occurrence for insert to cosmos_app with check (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));
create policy availability_occurrence_close on availability_occurrence for update to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));

alter table unavailability enable row level security;
alter table unavailability force row level security;
create policy unavailability_read on unavailability for select to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('any'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy unavailability_declare on unavailability for insert to cosmos_app with check (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (district_id = any ((select viewer_districts('receptionist'))::uuid[])
    and exists (select from membership m where m.worker_id = unavailability.worker_id
      and m.district_id = unavailability.district_id and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))));
create policy unavailability_end on unavailability for update to cosmos_app using (
  (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));

-- Free is what every colleague of the district may know.
alter table free_time enable row level security;
alter table free_time force row level security;
create policy free_time_read on free_time for select to cosmos_app
  using (district_id = any ((select viewer_districts('any'))::uuid[]));

-- ---- What only ends ----------------------------------------------------------------------------------------------
create function agenda_only_ends() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'availability' then
    if new.ends_on > old.ends_on then raise 'hours only end'; end if;
  elsif tg_table_name = 'availability_occurrence' then
    if old.closed and not new.closed then raise 'a closed day stays closed'; end if;
  elsif new.ends_at > old.ends_at then
    raise 'an unavailability only ends';
  end if;
  return new;
end $$;
create trigger agenda_only_ends before update on availability
  for each row when (current_user = 'cosmos_app') execute function agenda_only_ends();
create trigger agenda_only_ends before update on availability_occurrence
  for each row when (current_user = 'cosmos_app') execute function agenda_only_ends();
create trigger agenda_only_ends before update on unavailability
  for each row when (current_user = 'cosmos_app') execute function agenda_only_ends();

-- ---- Free time, kept by the database -----------------------------------------------------------------------------
grant select on availability, availability_type, availability_occurrence, unavailability, free_time, appointment_type,
  district, sector to cosmos_keeper;
-- To hold it while its free time is made.
grant update (closed) on availability_occurrence to cosmos_keeper;
grant insert, delete on free_time to cosmos_keeper;

create function occurrence_takes_its_availability() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select worker_id, district_id into new.worker_id, new.district_id from availability where id = new.availability_id;
  return new;
end $$;
create trigger occurrence_takes_its_availability before insert on availability_occurrence
  for each row execute function occurrence_takes_its_availability();

-- When a worker is taken or away between two instants, whatever the district.
create function busy_ranges(p_worker uuid, p_from timestamptz, p_until timestamptz) returns tstzmultirange
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select coalesce(range_agg(b.busy), '{}') from (
    -- None lasts longer than 12 hours (occupancy_within_a_day): what began before that is over.
    select tstzrange(o.starts_at, o.ends_at) as busy from occupancy o
      where o.worker_id = p_worker and o.starts_at < p_until and o.ends_at > p_from
        and o.starts_at > p_from - interval '12 hours'
    union all
    select tstzrange(u.starts_at, u.ends_at) from unavailability u
      where u.worker_id = p_worker and tstzrange(u.starts_at, u.ends_at) && tstzrange(p_from, p_until)
    union all
    select tstzrange(a.starts_at, a.ends_at) from absence a
      where a.worker_id = p_worker and tstzrange(a.starts_at, a.ends_at) && tstzrange(p_from, p_until)) b;
end;

-- Makes anew what is left of these occurrences, for each type that fits into what is left. Nothing is left of the hours of
-- who does not work there then.
create function keep_free_time(p_occurrences uuid[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if cardinality(p_occurrences) = 0 then return; end if;
  -- Who comes second waits here for the first to commit, and then sees what the first has taken.
  perform from availability_occurrence where id = any (p_occurrences) order by id for update;
  delete from free_time where occurrence_id = any (p_occurrences);
  insert into free_time (occurrence_id, type_code, starts_at, ends_at, worker_id, district_id, modes, place)
  select o.id, t.code, lower(gap), upper(gap), o.worker_id, o.district_id,
    array(select unnest(v.modes) intersect select unnest(t.modes) order by 1), v.place
  from availability_occurrence o
  join availability v on v.id = o.availability_id
  join worker w on w.id = o.worker_id and w.disabled_at is null
  cross join lateral unnest(tstzmultirange(tstzrange(o.starts_at, o.ends_at))
    - busy_ranges(o.worker_id, o.starts_at, o.ends_at)) gap
  join availability_type vt on vt.availability_id = v.id
  join appointment_type t on t.code = vt.type_code
  where o.id = any (p_occurrences) and not o.closed and v.modes && t.modes
    and exists (select from membership m where m.worker_id = o.worker_id and m.district_id = o.district_id
      and m.starts_at <= o.starts_at and (m.ends_at is null or m.ends_at >= o.ends_at))
    and upper(gap) - lower(gap) >= make_interval(mins => t.duration_minutes);
end $$;

create function occurrences_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_free_time(array(select id from changed));
  return null;
end $$;
create trigger occurrences_opened after insert on availability_occurrence
  referencing new table as changed for each statement execute function occurrences_changed();
create trigger occurrences_closed after update on availability_occurrence
  referencing new table as changed for each statement execute function occurrences_changed();

-- A worker was taken or set free, from and until.
create function busy_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_free_time(array(
    select distinct o.id from changed c join availability_occurrence o on o.worker_id = c.worker_id
      and o.starts_at < coalesce(c.ends_at, 'infinity') and o.ends_at > c.starts_at
      and o.starts_at > c.starts_at - interval '12 hours'));
  return null;
end $$;
create trigger occupancy_taken after insert on occupancy
  referencing new table as changed for each statement execute function busy_changed();
create trigger occupancy_freed after delete on occupancy
  referencing old table as changed for each statement execute function busy_changed();
create trigger unavailability_declared after insert on unavailability
  referencing new table as changed for each statement execute function busy_changed();
-- It only becomes shorter: what it was covers what it is.
create trigger unavailability_ended after update on unavailability
  referencing old table as changed for each statement execute function busy_changed();
create trigger absence_declared after insert on absence
  referencing new table as changed for each statement execute function busy_changed();
create trigger absence_ended after update on absence
  referencing old table as changed for each statement execute function busy_changed();
create trigger absence_changed after update on absence
  referencing new table as changed for each statement execute function busy_changed();

-- A post has begun or ended, an account was closed.
create function memberships_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_free_time(array(select o.id from availability_occurrence o
    where o.worker_id in (select worker_id from changed) and o.ends_at > now()));
  return null;
end $$;
create trigger memberships_begun after insert on membership
  referencing new table as changed for each statement execute function memberships_changed();
create trigger memberships_ended after update on membership
  referencing new table as changed for each statement execute function memberships_changed();

create function accounts_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_free_time(array(select o.id from availability_occurrence o
    where o.worker_id in (select id from changed) and o.ends_at > now()));
  return null;
end $$;
create trigger accounts_closed after update on worker
  referencing new table as changed for each statement execute function accounts_changed();

-- ---- What a colleague may know ----------------------------------------------------------------------------------
-- When a worker of the district is busy: merged, and whatever with, in whatever district.
create function busy_times(p_worker uuid, p_district uuid, p_from timestamptz, p_until timestamptz)
  returns table (starts_at timestamptz, ends_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select greatest(lower(busy), p_from), least(upper(busy), p_until)
  from unnest(busy_ranges(p_worker, p_from, p_until)) busy
  where p_district = any (viewer_districts('any'))
    and exists (select from membership m where m.worker_id = p_worker and m.district_id = p_district
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))
  order by 1;
end;

-- Which of these appointments the viewer works with may not be held: someone who takes part is away then, or the hours in
-- which it was booked were closed since.
create function appointment_warnings(p_appointments uuid[]) returns table (appointment_id uuid, warning text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, w.warning
  from appointment a
  cross join lateral (
    select 'WORKER_AWAY' as warning where exists (
      select from unnest(a.worker_ids) worker
      where exists (select from absence s where s.worker_id = worker
          and tstzrange(s.starts_at, s.ends_at) && tstzrange(a.starts_at, a.ends_at))
        or exists (select from unavailability u where u.worker_id = worker
          and tstzrange(u.starts_at, u.ends_at) && tstzrange(a.starts_at, a.ends_at)))
    union all
    select 'HOURS_CLOSED' where exists (
      select from availability_occurrence o where o.worker_id = any (a.worker_ids) and o.closed
        and o.starts_at < a.ends_at and o.ends_at > a.starts_at and o.starts_at > a.starts_at - interval '12 hours'
        and not exists (select from availability_occurrence n where n.worker_id = o.worker_id and not n.closed
          and n.starts_at <= a.starts_at and n.ends_at >= a.ends_at and n.starts_at > a.starts_at - interval '12 hours'))) w
  where a.id = any (p_appointments) and a.status = 'BOOKED' and (
    a.district_id = any (viewer_districts('receptionist'))
    or (viewer_worker() = any (a.worker_ids) and a.district_id = any (viewer_districts('any')))
    or (a.case_worker_id = viewer_worker() and a.district_id = any (viewer_districts('social_worker')))
    or (a.case_worker_id || ':' || a.district_id) = any (viewer_relays()));
end;

-- What is wanting where a colleague found no slot: the first of these that is true.
create function slots_wanting(p_district uuid, p_workers uuid[], p_type text, p_mode "AppointmentMode",
  p_from timestamptz, p_until timestamptz) returns text
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_found record;
begin
  if not p_district = any (viewer_districts('any')) then return null; end if;
  select count(*) as hours, count(*) filter (where h.of_type) as of_type,
    count(*) filter (where h.of_type and h.of_mode) as of_mode,
    count(*) filter (where h.of_type and h.of_mode and not h.away) as present into v_found
  from (
    select exists (select from availability_type t where t.availability_id = v.id and t.type_code = p_type) as of_type,
      p_mode is null or p_mode = any (v.modes) as of_mode,
      exists (select from absence s where s.worker_id = o.worker_id
          and tstzrange(s.starts_at, s.ends_at) @> tstzrange(o.starts_at, o.ends_at))
        or exists (select from unavailability u where u.worker_id = o.worker_id
          and tstzrange(u.starts_at, u.ends_at) @> tstzrange(o.starts_at, o.ends_at)) as away
    from availability_occurrence o join availability v on v.id = o.availability_id
    where o.district_id = p_district and not o.closed and (p_workers is null or o.worker_id = any (p_workers))
      and o.starts_at < p_until and o.ends_at > p_from and o.starts_at > p_from - interval '12 hours'
    order by o.starts_at limit 3000) h;
  return case
    when v_found.hours = 0 then 'NO_HOURS'
    when v_found.of_type = 0 then 'TYPE_NOT_OFFERED'
    when v_found.of_mode = 0 then 'MODE_NOT_OFFERED'
    when v_found.present = 0 then 'WORKERS_AWAY'
    else 'ALL_TAKEN' end;
end $$;

-- ---- What everyone may know ---------------------------------------------------------------------------------------
-- The earliest times of a type that a person books themselves, without a worker, in these districts or (null) in the
-- county. As many places in the row of gaps as slots are wanted are enough: each gap begins with a slot.
create function public_slots(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_minutes integer, p_count integer)
  returns table (starts_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_length interval := make_interval(mins => p_minutes);
begin
  if not exists (select from appointment_type t where t.code = p_type and 'BOOKING_CLIENT' = any (t.bookable_by)) then
    return;
  end if;
  return query
    with gap as (
      -- Begun, and not over.
      select p_from as starts_at, max(f.ends_at) as ends_at, f.district_id, f.place, f.modes
      from free_time f
      where f.type_code = p_type and (p_districts is null or f.district_id = any (p_districts))
        and f.starts_at <= p_from and f.starts_at > p_from - interval '12 hours' and f.ends_at >= p_from + v_length
        and (p_mode is null or array_position(f.modes, p_mode) is not null)
      group by f.district_id, f.place, f.modes
      union all
      select * from public_gaps(p_districts, p_type, p_mode, p_from, p_until, v_length, p_count))
    select distinct s.at, g.district_id, g.place, g.modes
    from gap g
    cross join lateral (select at from generate_series(g.starts_at, g.ends_at - v_length, v_length) at limit p_count) s
    where s.at < p_until
    order by s.at, g.district_id, g.place, g.modes limit p_count;
end $$;

create function public_gaps(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
  p_until timestamptz, p_length interval, p_count integer)
  returns table (starts_at timestamptz, ends_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if p_districts is null then
    return query
      select f.starts_at, max(f.ends_at), f.district_id, f.place, f.modes
      from free_time f
      where f.type_code = p_type and f.starts_at > p_from and f.starts_at < p_until
        and f.ends_at - f.starts_at >= p_length and (p_mode is null or array_position(f.modes, p_mode) is not null)
      group by f.starts_at, f.district_id, f.place, f.modes
      order by f.starts_at, f.district_id, f.place, f.modes limit p_count;
  else
    return query
      select g.* from unnest(p_districts) d
      cross join lateral (
        select f.starts_at, max(f.ends_at), f.district_id, f.place, f.modes
        from free_time f
        where f.district_id = d and f.type_code = p_type and f.starts_at > p_from and f.starts_at < p_until
          and f.ends_at - f.starts_at >= p_length and (p_mode is null or array_position(f.modes, p_mode) is not null)
        group by f.starts_at, f.district_id, f.place, f.modes
        order by f.starts_at, f.district_id, f.place, f.modes limit p_count) g;
  end if;
end $$;

-- Whether anyone there is open for it at all.
create function public_hours(p_districts uuid[], p_type text, p_from timestamptz, p_until timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (
    select from availability_type t
    join availability v on v.id = t.availability_id
    join availability_occurrence o on o.availability_id = v.id
    where t.type_code = p_type and (p_districts is null or v.district_id = any (p_districts)) and not o.closed
      and o.starts_at < p_until and o.ends_at > p_from);

drop function busy_intervals(uuid[], timestamptz, timestamptz);

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'occurrence_takes_its_availability()', 'busy_ranges(uuid,timestamptz,timestamptz)', 'keep_free_time(uuid[])',
    'occurrences_changed()', 'busy_changed()', 'memberships_changed()', 'accounts_changed()',
    'busy_times(uuid,uuid,timestamptz,timestamptz)',
    'appointment_warnings(uuid[])', 'slots_wanting(uuid,uuid[],text,"AppointmentMode",timestamptz,timestamptz)',
    'public_slots(uuid[],text,"AppointmentMode",timestamptz,timestamptz,integer,integer)',
    'public_gaps(uuid[],text,"AppointmentMode",timestamptz,timestamptz,interval,integer)',
    'public_hours(uuid[],text,timestamptz,timestamptz)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function busy_times(uuid,uuid,timestamptz,timestamptz), appointment_warnings(uuid[]),
  slots_wanting(uuid,uuid[],text,"AppointmentMode",timestamptz,timestamptz),
  public_slots(uuid[],text,"AppointmentMode",timestamptz,timestamptz,integer,integer),
  public_hours(uuid[],text,timestamptz,timestamptz) to cosmos_app;
