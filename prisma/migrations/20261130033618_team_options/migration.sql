set local lock_timeout = '5s';
set local check_function_bodies = off;
-- CreateEnum
CREATE TYPE "TeamOptionKind" AS ENUM ('GROUP_MEETING', 'CALL_BACK', 'WALK_IN_HOUR');

-- CreateEnum
CREATE TYPE "TeamOptionStatus" AS ENUM ('PROPOSED', 'ADOPTED', 'REJECTED');


-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.





-- AlterTable
ALTER TABLE "appointment_type" ADD COLUMN     "option" "TeamOptionKind";

-- CreateTable
CREATE TABLE "team_option" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "kind" "TeamOptionKind" NOT NULL,
    "status" "TeamOptionStatus" NOT NULL DEFAULT 'PROPOSED',
    "proposed_on" DATE NOT NULL,
    "voted_until" DATE NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "proposed_by_id" UUID,

    CONSTRAINT "team_option_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_vote" (
    "option_id" UUID NOT NULL,
    "worker_id" UUID NOT NULL,
    "in_favour" BOOLEAN NOT NULL,

    CONSTRAINT "team_vote_pkey" PRIMARY KEY ("option_id","worker_id")
);

-- CreateIndex
CREATE INDEX "team_option_district_id_proposed_on_id_idx" ON "team_option"("district_id", "proposed_on", "id");

-- CreateIndex
CREATE INDEX "team_option_proposed_by_id_idx" ON "team_option"("proposed_by_id");

-- CreateIndex
CREATE INDEX "team_vote_worker_id_idx" ON "team_vote"("worker_id");

-- AddForeignKey
ALTER TABLE "team_option" ADD CONSTRAINT "team_option_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_option" ADD CONSTRAINT "team_option_proposed_by_id_fkey" FOREIGN KEY ("proposed_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_vote" ADD CONSTRAINT "team_vote_option_id_fkey" FOREIGN KEY ("option_id") REFERENCES "team_option"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_vote" ADD CONSTRAINT "team_vote_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
create or replace function keep_free_time(p_occurrences uuid[]) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if cardinality(p_occurrences) = 0 then return; end if;
  -- A second transaction waits here until the first commits, and then sees the time that the first has taken.
  perform from availability_occurrence where id = any (p_occurrences) order by id for update;
  delete from free_time where occurrence_id = any (p_occurrences);
  with gap as materialized (
    -- Once for each occurrence, and not for each type that it takes.
    select o.id, o.availability_id, o.worker_id, o.district_id, gap
    from availability_occurrence o
    join worker w on w.id = o.worker_id and w.disabled_at is null
    cross join lateral unnest(tstzmultirange(tstzrange(o.starts_at, o.ends_at))
      - busy_ranges(o.worker_id, o.starts_at, o.ends_at)) gap
    where o.id = any (p_occurrences) and not o.closed
      and exists (select from membership m where m.worker_id = o.worker_id and m.district_id = o.district_id
        and m.starts_at <= o.starts_at and (m.ends_at is null or m.ends_at >= o.ends_at))),
  offered as materialized (
    select v.id as availability_id, t.code, t.option, make_interval(mins => t.duration_minutes) as length, v.place, v.kept_for_urgent,
      array(select unnest(v.modes) intersect select unnest(t.modes) order by 1) as modes
    from availability v
    join availability_type vt on vt.availability_id = v.id
    join appointment_type t on t.code = vt.type_code
    where v.id in (select availability_id from gap) and v.modes && t.modes)
  insert into free_time (occurrence_id, type_code, starts_at, ends_at, worker_id, district_id, modes, place, kept_until)
  select g.id, t.code, lower(g.gap), upper(g.gap), g.worker_id, g.district_id, t.modes, t.place,
    case when t.kept_for_urgent then open_to_all_from(lower(g.gap)) end
  from gap g join offered t using (availability_id)
  where upper(g.gap) - lower(g.gap) >= t.length
    and (t.option is null or option_in_force(g.district_id, t.option, day_in_paris(lower(g.gap))));
end $$;
revoke all on function keep_free_time(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function fewest_voters() returns integer language sql immutable return 5;
revoke all on function fewest_voters() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function viewer_votes_in() returns uuid[]
  language plpgsql stable as $$ begin
    if not viewer_has_scope('appointments:read') or not viewer_has_scope('appointments:write') then return '{}'; end if;
    return array(select unnest(viewer_districts('social_worker') || viewer_districts('receptionist'))
      except select unnest(viewer_districts('district_head')));
  end $$;
revoke all on function viewer_votes_in() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function option_in_force(p_district uuid, p_kind "TeamOptionKind", p_day date) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from team_option o where o.district_id = p_district and o.kind = p_kind and o.status = 'ADOPTED'
    and o.starts_on <= p_day and o.ends_on > p_day);
revoke all on function option_in_force(uuid,"TeamOptionKind",date) from public, cosmos_app, cosmos_jobs;
create or replace function count_team_vote() returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_option team_option%rowtype;
  v_members bigint;
  v_for bigint;
begin
  perform only_jobs();
  select o.* into v_option from team_option o where o.status = 'PROPOSED' and o.voted_until < day_in_paris(now())
    order by o.proposed_on, o.id limit 1 for update;
  if not found then return false; end if;
  select count(*), count(*) filter (where v.in_favour) into v_members, v_for
  from members_of_team(v_option.district_id, v_option.voted_until::timestamp at time zone 'Europe/Paris') m
  left join team_vote v on v.option_id = v_option.id and v.worker_id = m;
  update team_option o set proposed_by_id = null, status = case
      when v_members >= fewest_voters() and 2 * v_for > v_members and not exists (select from team_option b
        where b.district_id = o.district_id and b.kind = o.kind and b.status = 'ADOPTED'
          and daterange(b.starts_on, b.ends_on) && daterange(o.starts_on, o.ends_on))
      then 'ADOPTED' else 'REJECTED' end::"TeamOptionStatus"
    where o.id = v_option.id;
  delete from team_vote where option_id = v_option.id;
  return true;
end $$;
revoke all on function count_team_vote() from public, cosmos_app, cosmos_jobs;
create or replace function option_is_proposed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) select m, 'OPTION_PROPOSED' from members_of_team(new.district_id, now()) m;
  return null;
end $$;
revoke all on function option_is_proposed() from public, cosmos_app, cosmos_jobs;
create or replace function option_is_decided() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) select m, 'OPTION_DECIDED' from members_of_team(new.district_id, now()) m;
  if new.status = 'ADOPTED' then perform notify_heads(new.district_id, 'OPTION_DECIDED'); end if;
  return null;
end $$;
revoke all on function option_is_decided() from public, cosmos_app, cosmos_jobs;
create or replace function cancel_by_link(p_secret_hash bytea, p_wants_another boolean) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_link appointment_link%rowtype;
  v_appointment appointment%rowtype;
  v_only uuid;
  v_case uuid;
begin
  -- A second use waits here, and then finds the link used.
  select l.* into v_link from appointment_link l where l.secret_hash = p_secret_hash for update;
  if not found then return '{"outcome": "UNKNOWN"}'; end if;
  -- The locks are taken in the order of `answer_offer`: first the request, then the appointment.
  perform from appointment_request r where r.appointment_id = v_link.appointment_id and r.status = 'WAITING' order by r.id for update;
  select a.* into v_appointment from appointment a where a.id = v_link.appointment_id for update;
  if not is_live(v_link) then return '{"outcome": "UNKNOWN"}'; end if;
  update appointment_link set used_at = now() where secret_hash = p_secret_hash;
  if p_wants_another then
    v_case := (select c.id from "case" c where c.id = v_appointment.case_id and c.status = 'OPEN');
    -- What no desk and no client has booked, or is of a closed case, stays with its worker.
    v_only := case when v_case is null and not (v_appointment.booked_at_desk and v_appointment.case_id is null)
      and not exists (select from online_booking b where b.appointment_id = v_appointment.id) then v_appointment.worker_ids[1] end;
    update appointment_request r set appointment_id = null, version = r.version + 1,
        duty_worker_only = r.duty_worker_only or (v_only is not null and r.case_id is null),
        duty_worker_id = coalesce(r.duty_worker_id, case when r.case_id is null then v_only end)
      where r.appointment_id = v_appointment.id and r.person_id = v_link.person_id and r.status = 'WAITING';
    -- Nobody waits for a type that needs an option of the team.
    if not found and (select t.option is null from appointment_type t where t.code = v_appointment.type_code) then
      insert into appointment_request (district_id, person_id, case_id, type_code, mode, asked_by, case_worker_only, duty_worker_only,
          duty_worker_id, show_online)
        values (v_appointment.district_id, v_link.person_id, v_case, v_appointment.type_code, v_appointment.mode, 'PERSON',
          v_case is not null, v_only is not null, v_only,
          exists (select from appointment_person ap where ap.appointment_id = v_appointment.id and ap.show_online));
    end if;
  end if;
  update appointment set status = 'CANCELLED_BY_PERSON', cancelled_by_link = true, version = version + 1 where id = v_appointment.id;
  delete from occupancy where appointment_id = v_appointment.id;
  update appointment_notice set done_at = now(), outcome = 'TOLD', version = version + 1
    where appointment_id = v_appointment.id and done_at is null;
  insert into notification (worker_id, kind, case_id)
    select distinct w, 'CANCELLED_BY_LINK'::"NotificationKind", case when w = v_appointment.case_worker_id then v_appointment.case_id end
    from unnest(v_appointment.worker_ids || v_appointment.case_worker_id) w where w is not null;
  -- Who has not logged in writes no line themselves.
  if viewer_actor() is null then
    insert into access_log (operation_id, actor_kind, action, outcome, case_id, person_id)
      values (gen_random_uuid(), 'ANONYMOUS', 'CANCEL_APPOINTMENT', 'DONE', v_appointment.case_id, v_link.person_id);
  end if;
  return jsonb_build_object('outcome', 'CANCELLED', 'id', v_appointment.id, 'caseId', v_appointment.case_id, 'personId', v_link.person_id);
end $$;
revoke all on function cancel_by_link(bytea,bool) from public, cosmos_app, cosmos_jobs;
create or replace function public_type(p_type text, p_mode "AppointmentMode") returns setof appointment_type
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select t.* from appointment_type t
  where t.code = p_type and 'BOOKING_CLIENT' = any (t.bookable_by) and p_mode = any (t.modes);
end;
revoke all on function public_type(text,"AppointmentMode") from public, cosmos_app, cosmos_jobs;
create or replace function appointment_keeps_its_option() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not holds_type(new.district_id, new.type_code, day_in_paris(new.starts_at)) then raise 'the team does not have the option of this type then'; end if;
  return new;
end $$;
revoke all on function appointment_keeps_its_option() from public, cosmos_app, cosmos_jobs;
create or replace function worker_opens_hours() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from appointment a join appointment_type t on t.code = a.type_code and t.option is not null and t.places is null
    where a.id = new.appointment_id and new.worker_id is distinct from viewer_worker()
      and not opens_hours_for(new.worker_id, a.district_id, a.type_code, a.starts_at, a.ends_at);
  if found then raise 'the worker has not opened hours for this type'; end if;
  return null;
end $$;
revoke all on function worker_opens_hours() from public, cosmos_app, cosmos_jobs;
create or replace function receiving_types() returns setof text
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select t.code from appointment_type t where t.option is null and t.places is null;
end;
revoke all on function receiving_types() from public, cosmos_app, cosmos_jobs;
create or replace function members_of_team(p_district uuid, p_at timestamptz) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select m.worker_id from membership m join worker w on w.id = m.worker_id and w.disabled_at is null
  where m.district_id = p_district and m.starts_at <= p_at and (m.ends_at is null or m.ends_at > p_at)
  group by m.worker_id
  having bool_or(m.role in ('SOCIAL_WORKER', 'RECEPTIONIST')) and not bool_or(m.role = 'DISTRICT_HEAD');
end;
revoke all on function members_of_team(uuid,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function team_can_vote(p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select count(*) >= fewest_voters() from members_of_team(p_district, now()) m);
revoke all on function team_can_vote(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function holds_type(p_district uuid, p_type text, p_day date) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select t.option is null or option_in_force(p_district, t.option, p_day) from appointment_type t where t.code = p_type);
revoke all on function holds_type(uuid,text,date) from public, cosmos_app, cosmos_jobs;
create or replace function opens_hours_for(p_worker uuid, p_district uuid, p_type text, p_from timestamptz, p_until timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from availability_occurrence o join availability_type t on t.availability_id = o.availability_id and t.type_code = p_type
    where p_district = any (viewer_districts('any')) and o.worker_id = p_worker and o.district_id = p_district and not o.closed
      and o.starts_at <= p_from and o.starts_at > p_from - interval '12 hours' and o.ends_at >= p_until);
revoke all on function opens_hours_for(uuid,uuid,text,timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function viewer_may_vote(p_option uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from team_option o where o.id = p_option and o.district_id = any (viewer_votes_in())
    and o.status = 'PROPOSED' and o.voted_until >= day_in_paris(now()));
revoke all on function viewer_may_vote(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function walk_in_hours(p_district uuid) returns table (starts_at timestamptz, ends_at timestamptz, place text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select lower(h.hours), upper(h.hours), g.place
  from (
    select f.place, range_agg(tstzrange(f.starts_at, f.ends_at)) as hours
    from free_time f join appointment_type t on t.code = f.type_code
    where t.option = 'WALK_IN_HOUR' and f.district_id = p_district
      and f.starts_at > now() - interval '12 hours' and f.starts_at < now() + interval '28 days'
    group by f.place) g
  cross join lateral unnest(g.hours) h (hours)
  where upper(h.hours) > now() order by 1, 3 limit 100;
end;
revoke all on function walk_in_hours(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_first_receptions(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with received as (
    select ap.person_id, a.district_id, a.worker_ids as workers, a.starts_at as at, 'BY_APPOINTMENT' as way
    from appointment a join appointment_person ap on ap.appointment_id = a.id
    where a.status = 'HONOURED' and a.places is null and a.starts_at >= p_from and a.starts_at < p_until
      and a.type_code in (select receiving_types())
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
      where ap.person_id = p.id and a.district_id = f.district_id and a.status = 'HONOURED' and a.places is null and a.starts_at < p_from
        and a.type_code in (select receiving_types()))
    and not exists (select from visit v where v.person_id = p.id and v.district_id = f.district_id and v.outcome = 'RECEIVED'
      and v.taken_in_at < p_from);
end;
revoke all on function records_of_first_receptions(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_asked_to_held(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, w.id, null::boolean,
    array[wait_band(day_in_paris(a.starts_at) - day_in_paris(asked.at)), a.type_code, a.mode::text]
  from appointment a
  cross join lateral (select least(a.booked_at, min(r.asked_at)) as at from appointment_request r where r.appointment_id = a.id) asked
  left join lateral unnest(a.worker_ids) w(id) on true
  where a.starts_at >= p_from and a.starts_at < p_until and a.status = 'HONOURED' and a.places is null
    and a.type_code in (select receiving_types()) and a.asked_by is distinct from 'SERVICE' and asked.at <= a.starts_at and not appointment_objects(a.id);
end;
revoke all on function records_of_asked_to_held(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function appointments_of(p_from timestamptz, p_until timestamptz)
  returns table (id uuid, district_id uuid, worker_id uuid, status "AppointmentStatus", reason text, type_code text, mode text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, w.id, a.status, a.cancellation_reason::text, a.type_code, a.mode::text
  from appointment a left join lateral unnest(a.worker_ids) w(id) on true
  where a.starts_at >= p_from and a.starts_at < p_until and a.places is null and not appointment_objects(a.id)
    and a.type_code in (select receiving_types());
end;
revoke all on function appointments_of(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_asked_again(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.worker_id, exists (
      select from appointment_person mine
      join appointment_person p on p.person_id = mine.person_id and p.appointment_id <> a.id
      join appointment n on n.id = p.appointment_id and n.district_id = a.district_id
      where mine.appointment_id = a.id and n.type_code in (select receiving_types()) and n.places is null and n.asked_by is distinct from 'SERVICE'
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
create or replace function third_next_of_year(p_district uuid, p_year integer)
  returns table (type_code text, days numeric, measured integer, without_time integer)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select d.type_code, round(avg(coalesce(d.third_next_days, 92)), 1), count(*)::integer,
    (count(*) filter (where d.withheld = 'NO_FREE_TIME'))::integer
  from waiting_day d
  where d.district_id = p_district and d.day >= make_date(p_year, 1, 1) and d.day < make_date(p_year + 1, 1, 1)
    and (d.withheld is null or d.withheld = 'NO_FREE_TIME')
    and (viewer_reads_drafts() or exists (select from activity_report r
      where r.district_id = p_district and r.year = p_year and r.published_on is not null))
  group by d.type_code having count(*) >= 100 order by d.type_code limit 100;
end;
revoke all on function third_next_of_year(uuid,int4) from public, cosmos_app, cosmos_jobs;
alter function keep_free_time owner to cosmos_keeper;
alter function members_of_team owner to cosmos_keeper;
grant execute on function fewest_voters to public;
alter function team_can_vote owner to cosmos_keeper;
grant execute on function team_can_vote to cosmos_app;
grant execute on function viewer_votes_in to public;
alter function option_in_force owner to cosmos_keeper;
grant execute on function option_in_force to cosmos_app;
alter function holds_type owner to cosmos_keeper;
grant execute on function holds_type to cosmos_app;
alter function opens_hours_for owner to cosmos_keeper;
grant execute on function opens_hours_for to cosmos_app;
alter function viewer_may_vote owner to cosmos_keeper;
grant execute on function viewer_may_vote to cosmos_app;
alter function count_team_vote owner to cosmos_keeper;
grant execute on function count_team_vote to cosmos_jobs;
alter function walk_in_hours owner to cosmos_keeper;
grant execute on function walk_in_hours to cosmos_app;
alter function option_is_proposed owner to cosmos_keeper;
alter function option_is_decided owner to cosmos_keeper;
alter function cancel_by_link owner to cosmos_keeper;
grant execute on function cancel_by_link to cosmos_app;
alter function public_type owner to cosmos_keeper;
alter function appointment_keeps_its_option owner to cosmos_keeper;
alter function worker_opens_hours owner to cosmos_keeper;
alter function receiving_types owner to cosmos_keeper;
alter function records_of_first_receptions owner to cosmos_keeper;
alter function records_of_asked_to_held owner to cosmos_keeper;
alter function appointments_of owner to cosmos_keeper;
alter function records_of_asked_again owner to cosmos_keeper;
alter function third_next_of_year owner to cosmos_keeper;
grant execute on function third_next_of_year to cosmos_app;
alter table team_option add constraint team_option_vote check (voted_until = proposed_on + 7);
alter table team_option add constraint team_option_interval check
  (starts_on > voted_until and starts_on <= proposed_on + 92 and ends_on > starts_on and ends_on <= starts_on + 92);
alter table team_option add constraint team_option_proposer check (proposed_by_id is null or status = 'PROPOSED');
alter table team_option add constraint team_option_once exclude using gist
  (district_id with =, kind with =, daterange(starts_on, ends_on) with &&) where (status = 'ADOPTED');
create unique index team_option_one_each on team_option (district_id, kind, proposed_by_id) where status = 'PROPOSED';
create trigger option_is_proposed after insert on team_option
  for each row when (new.status = 'PROPOSED') execute function option_is_proposed();
create trigger option_is_decided after update of status on team_option
  for each row execute function option_is_decided();
create trigger appointment_keeps_its_option before update of starts_at, type_code on appointment
  for each row when (current_user in ('cosmos_app', 'cosmos_keeper')
    and (old.type_code <> new.type_code or day_in_paris(old.starts_at) <> day_in_paris(new.starts_at)))
  execute function appointment_keeps_its_option();
create trigger worker_opens_hours after insert on appointment_worker
  for each row when (current_user = 'cosmos_app') execute function worker_opens_hours();
revoke all on team_option from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table team_option enable row level security, force row level security;
grant select (id, district_id, kind, status, proposed_on, voted_until, starts_on, ends_on) on team_option to cosmos_app;
grant insert (id, district_id, kind, proposed_by_id, proposed_on, voted_until, starts_on, ends_on) on team_option to cosmos_app;
grant select, update on team_option to cosmos_keeper;
revoke all on team_vote from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table team_vote enable row level security, force row level security;
grant select on team_vote to cosmos_app;
grant insert (option_id, worker_id, in_favour) on team_vote to cosmos_app;
grant update (in_favour) on team_vote to cosmos_app;
grant select, delete on team_vote to cosmos_keeper;
create policy availability_type_option on availability_type as restrictive for insert to cosmos_app with check (
  (select t.option is null from appointment_type t where t.code = type_code)
  or exists (select from availability v where v.id = availability_id and v.worker_id = (select viewer_worker())
    and holds_type(v.district_id, type_code, v.starts_on) and holds_type(v.district_id, type_code, v.ends_on - 1)));
create policy team_option_scope on team_option as restrictive for select to cosmos_app using (
  (select viewer_has_scope('appointments:read')));
create policy team_option_read on team_option for select to cosmos_app using (
  district_id = any ((select viewer_votes_in())::uuid[])
  or (status = 'ADOPTED' and district_id = any ((select viewer_districts('any'))::uuid[])));
create policy team_option_propose on team_option for insert to cosmos_app with check (
  status = 'PROPOSED' and proposed_by_id = (select viewer_worker()) and proposed_on = day_in_paris(now())
  and district_id = any ((select viewer_votes_in())::uuid[]) and team_can_vote(district_id));
create policy team_vote_own on team_vote for select to cosmos_app using (worker_id = (select viewer_worker()));
create policy team_vote_cast on team_vote for insert to cosmos_app with check (
  worker_id = (select viewer_worker()) and viewer_may_vote(option_id));
create policy team_vote_change on team_vote for update to cosmos_app using (worker_id = (select viewer_worker()))
  with check (worker_id = (select viewer_worker()) and viewer_may_vote(option_id));
create policy appointment_of_option on appointment as restrictive for insert to cosmos_app with check (
  holds_type(district_id, type_code, day_in_paris(starts_at)));

-- By hand: group meetings need the option of their team from now on. A district that held or booked one in the last year has the option for 92
-- days. What is booked stays. `npm run provision` adds the new types.
ALTER TABLE "appointment" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "team_option" NO FORCE ROW LEVEL SECURITY;
INSERT INTO "team_option" ("district_id", "kind", "status", "proposed_on", "voted_until", "starts_on", "ends_on")
SELECT DISTINCT a."district_id", 'GROUP_MEETING'::"TeamOptionKind", 'ADOPTED'::"TeamOptionStatus", d.today - 8, d.today - 1, d.today, d.today + 92
FROM "appointment" a CROSS JOIN (SELECT day_in_paris(now()) AS today) d
WHERE a."type_code" = 'INFORMATION_MEETING' AND a."starts_at" > now() - interval '1 year';
UPDATE "appointment_type" SET "option" = 'GROUP_MEETING' WHERE "code" = 'INFORMATION_MEETING';
ALTER TABLE "team_option" FORCE ROW LEVEL SECURITY;
ALTER TABLE "appointment" FORCE ROW LEVEL SECURITY;
