set local lock_timeout = '5s';
set local check_function_bodies = off;
drop policy activity_report_text_state on activity_report_text;
-- AlterTable
ALTER TABLE "activity_report_text" ADD COLUMN     "simulation_id" UUID;

-- CreateTable
CREATE TABLE "wait_simulation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "type_code" TEXT NOT NULL,
    "asked_by_id" UUID,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "foreseen_from" DATE NOT NULL,
    "half_days_now" INTEGER NOT NULL,
    "posts_now" INTEGER NOT NULL,
    "more_half_days" INTEGER NOT NULL,
    "more_posts" INTEGER NOT NULL,
    "more_asks_percent" INTEGER NOT NULL,
    "load_now" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],
    "days_now" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],
    "load_then" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],
    "days_then" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],

    CONSTRAINT "wait_simulation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "wait_simulation_district_id_asked_at_id_idx" ON "wait_simulation"("district_id", "asked_at" DESC, "id");

-- CreateIndex
CREATE INDEX "wait_simulation_asked_by_id_asked_at_idx" ON "wait_simulation"("asked_by_id", "asked_at");

-- CreateIndex
CREATE INDEX "wait_simulation_type_code_idx" ON "wait_simulation"("type_code");

-- CreateIndex
CREATE INDEX "activity_report_text_simulation_id_idx" ON "activity_report_text"("simulation_id");

-- AddForeignKey
ALTER TABLE "wait_simulation" ADD CONSTRAINT "wait_simulation_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wait_simulation" ADD CONSTRAINT "wait_simulation_type_code_fkey" FOREIGN KEY ("type_code") REFERENCES "appointment_type"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wait_simulation" ADD CONSTRAINT "wait_simulation_asked_by_id_fkey" FOREIGN KEY ("asked_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity_report_text" ADD CONSTRAINT "activity_report_text_simulation_id_fkey" FOREIGN KEY ("simulation_id") REFERENCES "wait_simulation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
create or replace function next_wait_simulation() returns table (
    id uuid, weeks double precision[], half_days_now integer, posts_now integer, more_half_days integer, more_posts integer, more_asks_percent integer)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  return query select s.id, weeks_waited(s.district_id, s.type_code, s.foreseen_from), s.half_days_now, s.posts_now, s.more_half_days,
      s.more_posts, s.more_asks_percent
    from wait_simulation s where s.days_now = '{}' order by s.asked_at limit 1 for update skip locked;
end $$;
revoke all on function next_wait_simulation() from public, cosmos_app, cosmos_jobs;
create or replace function answer_wait_simulation(p_id uuid, p_load_now double precision[], p_days_now double precision[], p_load_then double precision[],
    p_days_then double precision[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  update wait_simulation set load_now = p_load_now, days_now = p_days_now, load_then = p_load_then, days_then = p_days_then
    where id = p_id and days_now = '{}';
end $$;
revoke all on function answer_wait_simulation(uuid,float8[],float8[],float8[],float8[]) from public, cosmos_app, cosmos_jobs;
create or replace function take_simulation_turn() returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('cosmos:simulating:' || viewer_worker(), 0));
  return (select count(*) from wait_simulation s where s.asked_by_id = viewer_worker() and s.asked_at > now() - interval '1 day');
end $$;
revoke all on function take_simulation_turn() from public, cosmos_app, cosmos_jobs;
create or replace function forget_who_simulated(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_forgotten integer;
begin
  perform only_jobs();
  update wait_simulation set asked_by_id = null where id in (select s.id from wait_simulation s
    where s.asked_by_id is not null and s.asked_at < now() - interval '1 day' limit p_limit for update skip locked);
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end $$;
revoke all on function forget_who_simulated(int4) from public, cosmos_app, cosmos_jobs;
create or replace function delete_old_wait_simulations(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_deleted integer;
begin
  perform only_jobs();
  delete from wait_simulation where id in (select s.id from wait_simulation s where s.asked_at < now() - interval '92 days'
    and not exists (select from activity_report_text t where t.simulation_id = s.id) limit p_limit for update skip locked);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end $$;
revoke all on function delete_old_wait_simulations(int4) from public, cosmos_app, cosmos_jobs;
create or replace function viewer_simulates(p_district uuid) returns boolean
  language plpgsql stable as $$ begin
    return p_district = any (viewer_posts('social_worker')) or p_district = any (viewer_posts('district_head'))
      or viewer_has_role('TECHNICAL_ADVISER');
  end $$;
revoke all on function viewer_simulates(uuid) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function simulation_wakes() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if to_regtype('graphile_worker.job_spec') is not null then
    perform graphile_worker.add_job('simulate-waits', '{}'::json, queue_name => 'simulate-waits', priority => 1);
  end if;
  return null;
end $$;
revoke all on function simulation_wakes() from public, cosmos_app, cosmos_jobs;
create or replace function records_of_asked_again(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, exists (
      select from appointment_person mine
      join appointment_person p on p.person_id = mine.person_id and p.appointment_id <> a.id
      join appointment n on n.id = p.appointment_id and n.district_id = a.district_id
      where mine.appointment_id = a.id and n.places is null and n.asked_by is distinct from 'SERVICE'
        and n.starts_at > e.ended_at and n.booked_at > o.booked_at and n.booked_at <= e.ended_at + interval '30 days')
    or exists (
      select from appointment_person mine
      join appointment_request r on r.person_id = mine.person_id and r.district_id = a.district_id
      where mine.appointment_id = a.id and r.asked_by is distinct from 'SERVICE'
        and r.asked_at <= e.ended_at + interval '30 days' and coalesce(r.closed_at, 'infinity') > e.ended_at),
    '{}'::text[]
  from appointments_of(p_from - interval '30 days', p_until - interval '30 days') a
  join appointment o on o.id = a.id
  cross join lateral (select case o.status when 'NOT_HONOURED' then o.starts_at else o.status_at end as ended_at) e
  where a.status in ('CANCELLED_BY_PERSON', 'NOT_HONOURED')
    and exists (select from appointment_person mine where mine.appointment_id = a.id and mine.person_id is not null);
end;
revoke all on function records_of_asked_again(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_freed_times_used(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, exists (
      select from occupancy u where u.worker_id = any (o.worker_ids) and u.appointment_id <> a.id
        and u.starts_at > o.starts_at - interval '1 day' and u.starts_at < o.ends_at and u.ends_at > o.starts_at
        and not appointment_objects(u.appointment_id)
        and not exists (select from appointment_person theirs join appointment_person mine on mine.person_id = theirs.person_id
          where theirs.appointment_id = u.appointment_id and mine.appointment_id = a.id)),
    '{}'::text[]
  from appointments_of(p_from, p_until) a
  join appointment o on o.id = a.id
  where a.status = 'CANCELLED_BY_PERSON' and o.status_at < o.starts_at;
end;
revoke all on function records_of_freed_times_used(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function weeks_waited(p_district uuid, p_type text, p_until date) returns double precision[]
  language sql stable
  return array(select avg(coalesce(d.third_next_days, case d.withheld when 'NO_FREE_TIME' then 92 end))::double precision
    from generate_series(p_until - 182, p_until - 7, interval '7 days') w(monday)
    left join waiting_day d on d.district_id = p_district and d.type_code = p_type
      -- The whole period too, so that the index reads no more.
      and d.day >= p_until - 182 and d.day < p_until and d.day >= w.monday::date and d.day < w.monday::date + 7
    group by w.monday order by w.monday);
revoke all on function weeks_waited(uuid,text,date) from public, cosmos_app, cosmos_jobs;
create or replace function posts_now(p_district uuid) returns integer
  language sql stable security definer set search_path = public, pg_temp
  return (select count(distinct m.worker_id) from membership m join worker w on w.id = m.worker_id and w.disabled_at is null
    where m.district_id = p_district and m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
revoke all on function posts_now(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function is_shown_simulation(p_simulation uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from activity_report_text t join activity_report r on r.id = t.report_id
    where t.simulation_id = p_simulation and r.published_on is not null and is_last_text(t.report_id, t.version));
revoke all on function is_shown_simulation(uuid) from public, cosmos_app, cosmos_jobs;
alter function records_of_asked_again owner to cosmos_keeper;
alter function records_of_freed_times_used owner to cosmos_keeper;
alter function weeks_waited owner to cosmos_keeper;
grant execute on function weeks_waited to cosmos_app;
alter function next_wait_simulation owner to cosmos_keeper;
grant execute on function next_wait_simulation to cosmos_jobs;
alter function answer_wait_simulation owner to cosmos_keeper;
grant execute on function answer_wait_simulation to cosmos_jobs;
alter function take_simulation_turn owner to cosmos_keeper;
grant execute on function take_simulation_turn to cosmos_app;
alter function posts_now owner to cosmos_keeper;
grant execute on function posts_now to cosmos_app;
alter function forget_who_simulated owner to cosmos_keeper;
grant execute on function forget_who_simulated to cosmos_jobs;
alter function delete_old_wait_simulations owner to cosmos_keeper;
grant execute on function delete_old_wait_simulations to cosmos_jobs;
alter function is_shown_simulation owner to cosmos_keeper;
grant execute on function is_shown_simulation to cosmos_app;
grant execute on function viewer_simulates to cosmos_app;
alter function simulation_wakes owner to cosmos_keeper;
alter table wait_simulation add constraint wait_simulation_change check (
  half_days_now between 1 and 400 and posts_now >= 3 and more_posts > -posts_now and more_asks_percent between -90 and 300
  and half_days_now + more_half_days + more_posts * half_days_now::double precision / posts_now >= 1);
alter table wait_simulation add constraint wait_simulation_figures check (
  array[cardinality(load_now), cardinality(days_now), cardinality(load_then), cardinality(days_then)] in ('{0,0,0,0}', '{3,3,3,3}'));
create index wait_simulation_asked on wait_simulation (asked_at) where days_now = '{}';
create trigger simulation_wakes after insert on wait_simulation for each row execute function simulation_wakes();
revoke all on wait_simulation from public, cosmos_app, cosmos_jobs, cosmos_keeper;
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
create policy activity_report_text_state on activity_report_text for insert to cosmos_app with check (
  written_by_id = (select viewer_worker())
  and exists (select from activity_report r where r.id = report_id and (r.district_id = any ((select viewer_teams())::uuid[])
    or (r.district_id is null and cardinality((select viewer_teams())::uuid[]) > 0)))
  -- A report shows what its own team asked.
  and (simulation_id is null or exists (select from activity_report r join wait_simulation s on s.district_id = r.district_id
    where r.id = report_id and s.id = simulation_id and s.days_now <> '{}')));
