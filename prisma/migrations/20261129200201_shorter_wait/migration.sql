set local lock_timeout = '5s';
set local check_function_bodies = off;
drop trigger request_wakes on appointment_request;
drop index slot_offer_held;
drop index slot_offer_to_give;
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





-- DropIndex
DROP INDEX "slot_offer_worker_id_idx";

-- AlterTable
ALTER TABLE "appointment" ADD COLUMN     "cancelled_by_link" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "appointment_request" ADD COLUMN     "short_notice_from" TIME(0),
ADD COLUMN     "short_notice_until" TIME(0);

-- AlterTable
ALTER TABLE "availability" ADD COLUMN     "kept_for_urgent" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "free_time" ADD COLUMN     "kept_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "slot_offer" ADD COLUMN     "at_short_notice" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "appointment_link" (
    "secret_hash" BYTEA NOT NULL,
    "appointment_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "channel" "DispatchChannel" NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "appointment_link_pkey" PRIMARY KEY ("secret_hash")
);

-- CreateIndex
CREATE INDEX "appointment_link_appointment_id_idx" ON "appointment_link"("appointment_id");

-- CreateIndex
CREATE INDEX "appointment_link_person_id_idx" ON "appointment_link"("person_id");

-- CreateIndex
CREATE INDEX "appointment_link_starts_at_idx" ON "appointment_link"("starts_at");

-- CreateIndex
CREATE INDEX "slot_offer_worker_id_starts_at_idx" ON "slot_offer"("worker_id", "starts_at");

-- AddForeignKey
ALTER TABLE "appointment_link" ADD CONSTRAINT "appointment_link_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment_link" ADD CONSTRAINT "appointment_link_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
create or replace function open_to_all_from(p_starts_at timestamptz) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_day date := (p_starts_at at time zone 'Europe/Paris')::date;
  v_left integer := 2;
begin
  while v_left > 0 loop
    v_day := v_day - 1;
    if extract(isodow from v_day) < 6 and not exists (select from public_holiday h where h.day = v_day) then
      v_left := v_left - 1;
    end if;
  end loop;
  return v_day::timestamp at time zone 'Europe/Paris';
end $$;
revoke all on function open_to_all_from(timestamptz) from public, cosmos_app, cosmos_jobs;
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
    select v.id as availability_id, t.code, make_interval(mins => t.duration_minutes) as length, v.place, v.kept_for_urgent,
      array(select unnest(v.modes) intersect select unnest(t.modes) order by 1) as modes
    from availability v
    join availability_type vt on vt.availability_id = v.id
    join appointment_type t on t.code = vt.type_code
    where v.id in (select availability_id from gap) and v.modes && t.modes)
  insert into free_time (occurrence_id, type_code, starts_at, ends_at, worker_id, district_id, modes, place, kept_until)
  select g.id, t.code, lower(g.gap), upper(g.gap), g.worker_id, g.district_id, t.modes, t.place,
    case when t.kept_for_urgent then open_to_all_from(lower(g.gap)) end
  from gap g join offered t using (availability_id)
  where upper(g.gap) - lower(g.gap) >= t.length;
end $$;
revoke all on function keep_free_time(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function public_slots(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
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
      -- The gaps that have begun and are not over.
      select b.next as starts_at, max(b.ends_at) as ends_at, b.district_id, b.place, b.modes
      from (
        select f.starts_at + ceil(extract(epoch from p_from - f.starts_at) / (60 * p_minutes)) * v_length as next,
          f.ends_at, f.district_id, f.place, f.modes
        from free_time f
        where f.type_code = p_type and (p_districts is null or f.district_id = any (p_districts))
          and f.starts_at <= p_from and f.starts_at > p_from - interval '12 hours' and f.ends_at >= p_from + v_length
          and (f.kept_until is null or f.kept_until <= now())
          and (p_mode is null or array_position(f.modes, p_mode) is not null)) b
      where b.ends_at >= b.next + v_length
      group by b.next, b.district_id, b.place, b.modes
      union all
      select * from public_gaps(p_districts, p_type, p_mode, p_from, p_until, v_length, p_count))
    select distinct s.at, g.district_id, g.place, g.modes
    from gap g
    cross join lateral (select at from generate_series(g.starts_at, g.ends_at - v_length, v_length) at limit p_count) s
    where s.at < p_until
    order by s.at, g.district_id, g.place, g.modes limit p_count;
end $$;
revoke all on function public_slots(uuid[],text,"AppointmentMode",timestamptz,timestamptz,int4,int4) from public, cosmos_app, cosmos_jobs;
create or replace function public_gaps(p_districts uuid[], p_type text, p_mode "AppointmentMode", p_from timestamptz,
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
        and (f.kept_until is null or f.kept_until <= now())
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
          and (f.kept_until is null or f.kept_until <= now())
        group by f.starts_at, f.district_id, f.place, f.modes
        order by f.starts_at, f.district_id, f.place, f.modes limit p_count) g;
  end if;
end $$;
revoke all on function public_gaps(uuid[],text,"AppointmentMode",timestamptz,timestamptz,interval,int4) from public, cosmos_app, cosmos_jobs;
create or replace function may_have_link(p_appointment uuid, p_person uuid, p_channel "DispatchChannel") returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return exists (select from appointment a join person p on p.id = p_person
      where a.id = p_appointment and a.status = 'BOOKED' and a.starts_at > now() and a.places is null
        and p.safe_contact = 'NEUTRAL_TEXT' and p.contact_suspended_at is null and not p.confirm_nothing and not is_sheltered(p.id)
        and case p_channel when 'TEXT' then phone_is_theirs_alone(p.id, p.phone) else email_is_theirs_alone(p.id, p.email) end
        and (select array_agg(ap.person_id) from appointment_person ap where ap.appointment_id = a.id) = array[p.id]);
  end $$;
revoke all on function may_have_link(uuid,uuid,"DispatchChannel") from public, cosmos_app, cosmos_jobs;
create or replace function make_link(p_dispatch uuid, p_attempt integer, p_secret_hash bytea) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  insert into appointment_link (secret_hash, appointment_id, person_id, channel, starts_at)
  select p_secret_hash, a.id, n.person_id, d.channel, a.starts_at
  from dispatch d join appointment_notice n on n.id = d.notice_id and n.version = d.notice_version and n.done_at is null
  join appointment a on a.id = n.appointment_id
  where d.id = p_dispatch and d.attempts = p_attempt and d.status = 'SENDING' and n.kind in ('REMINDER', 'MOVED')
    and may_have_link(a.id, n.person_id, d.channel)
  on conflict (secret_hash) do nothing;
  return exists (select from appointment_link l where l.secret_hash = p_secret_hash and is_live(l));
end $$;
revoke all on function make_link(uuid,int4,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function is_live(p_link appointment_link) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return p_link.used_at is null and may_have_link(p_link.appointment_id, p_link.person_id, p_link.channel)
      and exists (select from appointment a where a.id = p_link.appointment_id and a.starts_at = p_link.starts_at);
  end $$;
revoke all on function is_live(appointment_link) from public, cosmos_app, cosmos_jobs;
create or replace function read_link(p_secret_hash bytea) returns table (public_label_fr text, starts_at timestamptz, cancelled boolean)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select y.public_label_fr, l.starts_at, l.used_at is not null
    from appointment_link l join appointment a on a.id = l.appointment_id join appointment_type y on y.code = a.type_code
    where l.secret_hash = p_secret_hash and (is_live(l) or l.used_at > now() - interval '1 hour');
end $$;
revoke all on function read_link(bytea) from public, cosmos_app, cosmos_jobs;
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
    if not found then
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
create or replace function prepare_dispatches(p_channels "DispatchChannel"[], p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_reminders integer := 0;
  v_notices integer;
  v_offers integer;
begin
  perform only_jobs();
  -- A link ends with its appointment.
  delete from appointment_link where starts_at < now() - interval '1 day';
  insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at, reminds_of)
  select a.id, ap.person_id, ap.district_id, 'REMINDER', known_starts_at(a.id, ap.person_id, a.starts_at), a.starts_at
  from district d
  -- The join begins with the district, for its index by day.
  join appointment a on a.district_id = d.id and a.status = 'BOOKED' and a.starts_at > now() + interval '3 hours'
    and a.starts_at <= now() + interval '9 days'
  join appointment_person ap on ap.appointment_id = a.id
  join person p on p.id = ap.person_id
  where a.booked_at < now() - interval '24 hours'
    and case p.safe_contact
      when 'NEUTRAL_TEXT' then a.starts_at <= now() + interval '48 hours' and sendable(p, p_channels) is not null
      when 'LETTER' then a.starts_at > now() + interval '4 days'
        and exists (select from letter_address(p.id))
      else false end
    and not exists (select from appointment_notice n where n.appointment_id = a.id and n.person_id = ap.person_id
      and (n.reminds_of = a.starts_at or n.done_at is null or n.done_at > now() - interval '24 hours'))
  order by a.starts_at limit p_limit
  on conflict do nothing;
  get diagnostics v_reminders = row_count;

  insert into dispatch (notice_id, notice_version, channel, due_at)
  select n.id, n.version, sendable(p, p_channels), by_day(now())
  from appointment_notice n
  join appointment a on a.id = n.appointment_id
  join person p on p.id = n.person_id
  where n.done_at is null and n.created_at > now() - interval '100 days'
    and (a.starts_at > now() or n.previous_starts_at > now()) and sendable(p, p_channels) is not null
    and not exists (select from dispatch d where d.notice_id = n.id and d.notice_version = n.version)
  order by n.created_at limit p_limit
  on conflict do nothing;
  get diagnostics v_notices = row_count;

  -- An offer that is due at night has its deadline at noon, so its message waits for the day like the others.
  insert into dispatch (offer_id, channel, due_at)
  select o.id, sendable(p, p_channels), by_day(now())
  from slot_offer o
  join appointment_request r on r.id = o.request_id
  join person p on p.id = r.person_id
  where o.status in ('HELD', 'ASKED') and o.told_at is null and o.channel = 'NEUTRAL_TEXT' and sendable(p, p_channels) is not null
    and o.answer_by > by_day(now()) + interval '10 minutes'
    and not exists (select from dispatch d where d.offer_id = o.id)
  order by o.answer_by limit p_limit
  on conflict do nothing;
  get diagnostics v_offers = row_count;
  return v_reminders + v_notices + v_offers;
end $$;
revoke all on function prepare_dispatches("DispatchChannel"[],int4) from public, cosmos_app, cosmos_jobs;
create or replace function take_dispatches(p_limit integer)
  returns table (id uuid, attempt integer, channel "DispatchChannel", recipient text, kind text, public_label_fr text,
    previous_starts_at timestamptz, starts_at timestamptz, answer_by timestamptz, place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare v_due uuid[];
begin
  perform only_jobs();
  update dispatch d set status = case d.channel when 'TEXT' then 'RETRYING' else 'UNCERTAIN' end::"DispatchStatus"
    where d.status = 'SENDING' and d.due_at <= now();
  loop
    -- What became due while no job ran is not sent at night either.
    v_due := array(select d.id from dispatch d where d.status in ('DUE', 'RETRYING') and d.due_at <= now() and by_day(now()) <= now()
      order by d.due_at, d.id limit p_limit for update skip locked);
    return query
    with due as (
      select d.* from dispatch d where d.id = any (v_due)
    ), said as (
      select d.id, n.kind::text as kind, a.type_code, n.person_id, n.previous_starts_at, a.starts_at, null::timestamptz as answer_by,
        a.mode, a.place, a.district_id, a.case_id
      from due d
      join appointment_notice n on n.id = d.notice_id and n.version = d.notice_version and n.done_at is null
      join appointment a on a.id = n.appointment_id
      where (a.starts_at > now() or n.previous_starts_at > now())
        and (n.kind = 'CANCELLED' or (a.status = 'BOOKED' and a.starts_at > now()))
      union all
      select d.id, case o.status when 'ASKED' then 'QUESTION' else 'OFFER' end, r.type_code, r.person_id, null, o.starts_at, o.answer_by, o.mode, o.place, o.district_id, r.case_id
      from due d
      join slot_offer o on o.id = d.offer_id and o.status in ('HELD', 'ASKED') and o.told_at is null and o.answer_by > now()
      join appointment_request r on r.id = o.request_id
    ), sent as (
      select s.*, case d.channel when 'TEXT' then p.phone else p.email end as recipient
      from said s join due d on d.id = s.id join person p on p.id = s.person_id
      where sendable(p, array[d.channel]) is not null
    ), taken as (
      update dispatch d set status = case when s.id is null then 'CANCELLED' else 'SENDING' end::"DispatchStatus",
        attempts = d.attempts + (s.id is not null)::integer, due_at = now() + interval '2 minutes'
      from due left join sent s on s.id = due.id where d.id = due.id
      returning d.id, d.attempts, d.channel, d.status
    ), logged as (
      -- Each message that is handed out has a line in the log (rule 9), with the person and without its content.
      insert into access_log (operation_id, actor_kind, action, outcome, case_id, person_id)
      select gen_random_uuid(), 'JOBS', 'SEND_NOTICE', 'DONE', s.case_id, s.person_id
      from taken t join sent s on s.id = t.id where t.status = 'SENDING'
    )
    select t.id, t.attempts, t.channel, s.recipient, s.kind, y.public_label_fr, s.previous_starts_at, s.starts_at, s.answer_by,
      case when s.mode = 'ON_SITE' and not is_sheltered(s.person_id)
        then coalesce(s.place, i.address_line || ', ' || i.postal_code || ' ' || c.name) end
    from taken t join sent s on s.id = t.id join appointment_type y on y.code = s.type_code
    join district i on i.id = s.district_id join commune c on c.insee_code = i.commune_code
    where t.status = 'SENDING';
    exit when found or v_due = '{}';
  end loop;
end $$;
revoke all on function take_dispatches(int4) from public, cosmos_app, cosmos_jobs;
create or replace function settle_dispatch(p_id uuid, p_attempt integer, p_status "DispatchStatus") returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_dispatch dispatch%rowtype;
begin
  perform only_jobs();
  update dispatch set
      -- Eight attempts within two hours: if a gateway fails for longer, people must act.
      status = case when p_status = 'RETRYING' and attempts >= 8 then 'FAILED' else p_status end,
      due_at = by_day(now() + interval '30 seconds' * power(2, least(attempts, 8) - 1)),
      sent_at = case when p_status = 'SENT' then now() end
    where id = p_id and attempts = p_attempt and status = 'SENDING' and p_status in ('SENT', 'RETRYING', 'FAILED', 'UNCERTAIN')
    returning * into v_dispatch;
  if not found then return false; end if;
  if v_dispatch.status = 'SENT' then
    update appointment_notice set done_at = now(), outcome = 'TOLD', version = version + 1
      where id = v_dispatch.notice_id and version = v_dispatch.notice_version and done_at is null;
    update slot_offer set told_at = now() where id = v_dispatch.offer_id and status in ('HELD', 'ASKED') and told_at is null;
  end if;
  return true;
end $$;
revoke all on function settle_dispatch(uuid,int4,"DispatchStatus") from public, cosmos_app, cosmos_jobs;
create or replace function measure_waiting_day(p_district uuid, p_day date) returns integer
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
    -- Each gap begins with a free time, so the third free time is no later than the start of the third gap.
    v_third := (
      select s.at from (
        select f.starts_at, f.ends_at from free_time f
        where f.district_id = p_district and f.type_code = v_type.code and f.starts_at >= v_from and f.starts_at < v_until
          and (f.kept_until is null or f.kept_until <= v_from)
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
        -- A worker who is away feeds no figure.
        and not exists (select from absence s where s.worker_id = o.worker_id
          and tstzrange(s.starts_at, s.ends_at) @> tstzrange(o.starts_at, o.ends_at))
        and not exists (select from unavailability u where u.worker_id = o.worker_id
          and tstzrange(u.starts_at, u.ends_at) @> tstzrange(o.starts_at, o.ends_at)));
    -- There are no persons to count: free times are nobody's wait.
    v_withheld := coalesce(withheld_for(v_workers, 5), case when v_third is null then 'NO_FREE_TIME'::"Withheld" end);
    insert into waiting_day (district_id, type_code, day, third_next_days, withheld)
      values (p_district, v_type.code, p_day, case when v_withheld is null then day_in_paris(v_third) - p_day end, v_withheld)
      on conflict do nothing;
    if found then v_written := v_written + 1; end if;
  end loop;
  return v_written;
end $$;
revoke all on function measure_waiting_day(uuid,date) from public, cosmos_app, cosmos_jobs;
create or replace function answer_offer(p_offer uuid, p_version integer, p_accept boolean) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_offer slot_offer%rowtype;
  v_request appointment_request%rowtype;
  v_before appointment%rowtype;
  -- Null if the person has no appointment.
  v_moves boolean;
  v_appointment uuid;
begin
  select r.* into v_request from slot_offer o join appointment_request r on r.id = o.request_id where o.id = p_offer;
  if not found or not viewer_answers(v_request) then return '{"outcome": "UNKNOWN"}'; end if;
  -- The locks are taken in the order of `settle_requests`: first the request, then the offer.
  select * into v_request from appointment_request where id = v_request.id for update;
  select * into v_offer from slot_offer where id = p_offer;
  -- If others are asked too, two may say yes at once. Each takes the time before it locks its offer, so that neither waits for the other.
  if v_offer.status <> 'ASKED' then select * into v_offer from slot_offer where id = p_offer for update; end if;
  if v_offer.status = 'EXPIRED' or (v_offer.status in ('HELD', 'ASKED') and v_offer.answer_by <= now()) then
    return '{"outcome": "OFFER_EXPIRED"}';
  elsif v_offer.status = 'TAKEN' then return '{"outcome": "SLOT_TAKEN"}';
  elsif v_offer.version <> p_version then return '{"outcome": "VERSION_CHANGED"}';
  elsif v_offer.status not in ('HELD', 'ASKED') then return '{"outcome": "STATE_CHANGED"}';
  end if;
  if not p_accept then
    update slot_offer set status = 'DECLINED', answered_at = now(), version = version + 1
      where id = p_offer and status = v_offer.status;
    if not found then return '{"outcome": "SLOT_TAKEN"}'; end if;
    return jsonb_build_object('outcome', 'DECLINED', 'caseId', v_request.case_id, 'personId', v_request.person_id);
  end if;
  if only_worker(v_request) <> v_offer.worker_id or not still_stands(v_offer)
    or busy_then(v_request, v_offer.starts_at, v_offer.ends_at) then
    return '{"outcome": "STATE_CHANGED"}';
  end if;
  select * into v_before from appointment where id = v_request.appointment_id for update;
  v_moves := v_before.status <> 'CANCELLED_BY_SERVICE';
  if v_moves and (v_before.status <> 'BOOKED' or v_before.starts_at <= v_offer.starts_at or cardinality(v_before.worker_ids) <> 1
    or v_before.expected_back_at is not null
    or v_before.ends_at - v_before.starts_at <> v_offer.ends_at - v_offer.starts_at
    or not exists (select from appointment_person ap where ap.appointment_id = v_before.id and ap.person_id = v_request.person_id)) then
    return '{"outcome": "STATE_CHANGED"}';
  end if;
  if v_offer.status = 'ASKED' then
    perform end_expired_holds(array[v_offer.worker_id], v_offer.starts_at, v_offer.ends_at);
    insert into occupancy (worker_id, district_id, offer_id, expires_at, starts_at, ends_at)
      values (v_offer.worker_id, v_offer.district_id, p_offer, v_offer.answer_by, v_offer.starts_at, v_offer.ends_at)
      on conflict do nothing;
    if not found then return '{"outcome": "SLOT_TAKEN"}'; end if;
    -- The worker may have gone away meanwhile, which ends the offer.
    perform from slot_offer where id = p_offer and status = 'ASKED' for update;
    if not found then
      delete from occupancy where offer_id = p_offer;
      return '{"outcome": "STATE_CHANGED"}';
    end if;
  end if;
  if v_moves is not true then
    v_appointment := gen_random_uuid();
    insert into appointment (id, district_id, case_id, type_code, mode, place, asked_by, starts_at, ends_at)
      values (v_appointment, v_offer.district_id, v_request.case_id, v_request.type_code, v_offer.mode, v_offer.place,
        v_request.asked_by, v_offer.starts_at, v_offer.ends_at);
    insert into appointment_worker (appointment_id, worker_id) values (v_appointment, v_offer.worker_id);
    -- A person who gave no name has an appointment too: the reference is on their paper.
    insert into appointment_person (appointment_id, person_id, show_online)
      select v_appointment, v_request.person_id, v_request.show_online where v_request.person_id is not null;
    update occupancy set appointment_id = v_appointment, offer_id = null, expires_at = null where offer_id = p_offer;
    -- A person who accepts online can cancel or move the appointment online.
    if v_request.person_id = viewer_person() then
      insert into online_booking (appointment_id, person_id) values (v_appointment, v_request.person_id);
    end if;
  else
    v_appointment := v_before.id;
    -- The old time of the appointment becomes free.
    delete from occupancy where appointment_id = v_appointment;
    update occupancy set appointment_id = v_appointment, offer_id = null, expires_at = null where offer_id = p_offer;
    update appointment set starts_at = v_offer.starts_at, ends_at = v_offer.ends_at, mode = v_offer.mode, place = v_offer.place,
      version = version + 1 where id = v_appointment;
    update appointment_participant set starts_at = starts_at + (v_offer.starts_at - v_before.starts_at),
      ends_at = ends_at + (v_offer.starts_at - v_before.starts_at) where appointment_id = v_appointment;
    if v_before.worker_ids[1] <> v_offer.worker_id then
      delete from appointment_worker where appointment_id = v_appointment;
      insert into appointment_worker (appointment_id, worker_id) values (v_appointment, v_offer.worker_id);
    end if;
    -- The other persons of the appointment must be told.
    insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
      select ap.appointment_id, ap.person_id, ap.district_id, 'MOVED',
        known_starts_at(ap.appointment_id, ap.person_id, v_before.starts_at)
      from appointment_person ap where ap.appointment_id = v_appointment and ap.person_id <> v_request.person_id
      on conflict (appointment_id, person_id) where done_at is null
        do update set kind = excluded.kind, version = appointment_notice.version + 1;
  end if;
  update slot_offer set status = 'ACCEPTED', answered_at = now(), version = version + 1 where id = p_offer;
  update appointment_request set status = 'BOOKED', closed_at = now(), appointment_id = v_appointment, version = version + 1
    where id = v_request.id;
  return jsonb_build_object('outcome', 'ACCEPTED', 'id', v_appointment, 'moved', v_before.id is not distinct from v_appointment,
    'caseId', v_request.case_id, 'personId', v_request.person_id);
end $$;
revoke all on function answer_offer(uuid,int4,bool) from public, cosmos_app, cosmos_jobs;
create or replace function may_be_served(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_mode "AppointmentMode" := mode_to_offer(p_request);
  v_from timestamptz := first_start(p_request, case when p_request.present_until > now() then 'AT_DESK' end::"OfferChannel");
  v_until timestamptz := least(now() + interval '56 days', sooner_until(p_request));
  v_only uuid := case when p_request.case_worker_only then p_request.case_worker_id
    when p_request.duty_worker_only then p_request.duty_worker_id end;
begin
  if v_from >= v_until then return false; end if;
  perform from free_time f where f.district_id = p_request.district_id and f.type_code = p_request.type_code
    and f.starts_at > v_from - interval '12 hours' and f.starts_at < v_until and f.ends_at > v_from
    and (f.kept_until is null or f.kept_until <= now() or p_request.urgency <> 'ORDINARY')
    and (v_only is null or f.worker_id = v_only) and offered_mode(v_mode, f.modes) is not null limit 1;
  if not found then return false; end if;
  -- One time is held for a request at a time, also for that of a person without a name. If a person has several such requests, it is one.
  perform from slot_offer o where o.request_id = p_request.id and o.status = 'HELD';
  if found then return false; end if;
  perform from appointment_request r join slot_offer o on o.request_id = r.id and o.status = 'HELD'
    where r.person_id = p_request.person_id and r.district_id = p_request.district_id and r.type_code = p_request.type_code
      and r.show_online = p_request.show_online and r.duty_worker_only = p_request.duty_worker_only limit 1;
  return not found and offer_channel(p_request) is not null;
end $$;
revoke all on function may_be_served(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function slot_in(p_request appointment_request, p_channel "OfferChannel", p_range tstzrange, p_asks boolean)
  returns table (worker_id uuid, starts_at timestamptz, ends_at timestamptz, mode "AppointmentMode", place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_mode "AppointmentMode" := mode_to_offer(p_request);
  v_length interval := (select make_interval(mins => t.duration_minutes) from appointment_type t where t.code = p_request.type_code);
  v_from timestamptz := lower(p_range);
  v_after timestamptz := lower(p_range) - interval '12 hours';
  v_last timestamptz;
  v_only uuid := only_worker(p_request);
  -- It is computed once and not for each time, since a person who has let many times go is looked at in each run.
  v_let_go tstzmultirange := case when p_asks then asked_before(p_request.id) else let_go(p_request.id, p_channel) end;
  v_most_asked integer := case when p_asks then people_in_a_wave() when p_channel = 'AT_DESK' then 1000 else 1 end;
begin
  if isempty(p_range) then return; end if;
  -- It reads up to 200 gaps at a time, by their start: the first ones suit most persons.
  loop
    v_last := (select max(g.starts_at) from (select f.starts_at from free_time f
      where f.district_id = p_request.district_id and f.type_code = p_request.type_code and f.starts_at > v_after
        and f.starts_at < upper(p_range) order by f.starts_at limit 200) g);
    if v_last is null then return; end if;
    -- The times are sorted first (`offset 0` keeps the planner from merging the queries). Then the slow condition is tested for one time
    -- after the other, until one suits.
    return query select c.* from (
      select f.worker_id, s.at, s.at + v_length as ends_at, offered_mode(v_mode, f.modes), f.place
      from free_time f
      cross join lateral (
        select at from generate_series(
          f.starts_at + ceil(greatest(extract(epoch from v_from - f.starts_at), 0) / extract(epoch from v_length)) * v_length,
          f.ends_at - v_length, v_length) at where at < upper(p_range) and not at <@ v_let_go) s
      where f.district_id = p_request.district_id and f.type_code = p_request.type_code and f.starts_at > v_after
        and f.starts_at <= v_last and f.ends_at > v_from and (v_only is null or f.worker_id = v_only)
        and offered_mode(v_mode, f.modes) is not null
        and (f.kept_until is null or f.kept_until <= now() or p_request.urgency <> 'ORDINARY')
      order by s.at, random() offset 0) c
      where asked_for(c.worker_id, c.at, c.ends_at) < v_most_asked and not busy_then(p_request, c.at, c.ends_at) limit 1;
    if found then return; end if;
    v_after := v_last;
  end loop;
end $$;
revoke all on function slot_in(appointment_request,"OfferChannel",tstzrange,bool) from public, cosmos_app, cosmos_jobs;
create or replace function why_not(p_request appointment_request, p_channel "OfferChannel", p_worker uuid,
  p_modes "AppointmentMode"[], p_starts_at timestamptz, p_ends_at timestamptz) returns "SkipReason"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return case
    when p_channel is null then 'NOT_REACHABLE'
    when only_worker(p_request) <> p_worker then 'OTHER_WORKER'
    when offered_mode(mode_to_offer(p_request), p_modes) is null then 'OTHER_MODE'
    when is_kept_from(p_request, p_worker, p_starts_at) then 'KEPT_FOR_URGENT'
    when not p_starts_at <@ wanted_range(p_request, p_channel) then
      case when p_starts_at < first_start(p_request, p_channel) then 'TOO_SHORT_NOTICE'
        when p_starts_at >= sooner_until(p_request)
          and p_starts_at < (select a.starts_at from appointment a where a.id = p_request.appointment_id) then 'HARDLY_SOONER'
        else 'NOT_WANTED_THEN' end
    when p_starts_at <@ let_go(p_request.id, p_channel) then 'OFFERED_BEFORE'
    when p_channel <> 'AT_DESK' and asked_for(p_worker, p_starts_at, p_ends_at) > 0 then 'ASKED_OF_OTHERS'
    when busy_then(p_request, p_starts_at, p_ends_at) then 'BUSY_THEN' end;
end $$;
revoke all on function why_not(appointment_request,"OfferChannel",uuid,"AppointmentMode"[],timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function is_kept_from(p_request appointment_request, p_worker uuid, p_starts_at timestamptz) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return p_request.urgency = 'ORDINARY' and exists (
      select from availability_occurrence o join availability v on v.id = o.availability_id and v.kept_for_urgent
      where o.worker_id = p_worker and o.starts_at <= p_starts_at and o.starts_at > p_starts_at - interval '12 hours'
        and o.ends_at > p_starts_at and not o.closed and open_to_all_from(o.starts_at) > now());
  end $$;
revoke all on function is_kept_from(appointment_request,uuid,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function settle_requests(p_district uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  -- The locks are taken in the order of `answer_offer`: first the request, then the offer.
  perform from appointment_request r where r.district_id = p_district and r.status = 'WAITING'
    and exists (select from slot_offer o where o.request_id = r.id and o.status in ('HELD', 'ASKED')) order by r.id for update;
  update slot_offer o set status = 'EXPIRED', version = o.version + 1
    where o.district_id = p_district and o.status in ('HELD', 'ASKED') and o.answer_by <= now();
  -- A question can be asked in the moment in which its time is taken.
  update slot_offer o set status = 'TAKEN', version = o.version + 1
    where o.district_id = p_district and o.status = 'ASKED' and exists (select from occupancy h where h.worker_id = o.worker_id
      and h.starts_at > o.starts_at - interval '12 hours' and h.starts_at < o.ends_at and h.ends_at > o.starts_at);
  -- If the service cancels the appointment, the request goes on, with the rank of the time when the person asked.
  update appointment_request r set appointment_id = null, version = r.version + 1 from appointment a
    where r.district_id = p_district and r.status = 'WAITING' and a.id = r.appointment_id
      and a.status = 'CANCELLED_BY_SERVICE';
  update appointment_request r set status = 'LAPSED', closed_at = now(), version = r.version + 1
    where r.district_id = p_district and r.status = 'WAITING' and (
      r.wanted_until::timestamp at time zone 'Europe/Paris' <= now()
      or exists (select from appointment a where a.id = r.appointment_id and (a.status <> 'BOOKED' or a.starts_at <= now())));
  -- Withdraws offers that cannot be held, and those that nobody has told yet and whose channel has changed.
  update slot_offer o set status = 'WITHDRAWN', version = o.version + 1 from appointment_request r
    where o.district_id = p_district and o.status in ('HELD', 'ASKED') and r.id = o.request_id and (
      only_worker(r) <> o.worker_id or not still_stands(o)
      or (o.told_at is null and offer_channel(r) is distinct from o.channel)
      or exists (select from appointment a where a.id = r.appointment_id and a.starts_at <= o.starts_at));
end $$;
revoke all on function settle_requests(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function offer_slots(p_district uuid, p_limit integer, p_in_any_case boolean) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_request appointment_request%rowtype;
  v_read appointment_request%rowtype;
  v_channel "OfferChannel";
  v_slot record;
  v_offer uuid;
  v_answer_by timestamptz;
  v_offered integer := 0;
begin
  perform only_jobs();
  -- One run of a district at a time: a second run sees what the first one has done.
  perform pg_advisory_xact_lock(hashtextextended('cosmos:offers:' || p_district, 0));
  -- These rows tell of changes that are committed, which the statements below see. A later change writes a new row.
  delete from offer_wake where district_id = p_district and due_at <= now();
  if not found and not p_in_any_case then return 0; end if;
  perform settle_requests(p_district);
  for v_request in
    select r.* from appointment_request r
    where r.district_id = p_district and r.status = 'WAITING' and may_be_served(r)
    order by r.rank_at, r.id limit 1000
  loop
    for v_try in 1 .. 3 loop
      v_channel := offer_channel(v_request);
      exit when v_channel is null;
      select * into v_slot from slot_for(v_request, v_channel);
      exit when not found;
      -- The request is locked and read again: it may have been withdrawn or changed since.
      v_read := v_request;
      select r.* into v_request from appointment_request r where r.id = v_read.id for update;
      exit when v_request.status <> 'WAITING' or not may_be_served(v_request);
      continue when v_request is distinct from v_read;
      v_answer_by := answer_by(now(), v_channel, v_slot.starts_at);
      v_offer := gen_random_uuid();
      insert into slot_offer (id, request_id, district_id, worker_id, mode, place, starts_at, ends_at, channel, offered_at, answer_by)
        values (v_offer, v_request.id, p_district, v_slot.worker_id, v_slot.mode,
          case when v_slot.mode = 'ON_SITE' then v_slot.place end, v_slot.starts_at, v_slot.ends_at, v_channel, now(), v_answer_by);
      insert into occupancy (worker_id, district_id, offer_id, expires_at, starts_at, ends_at)
        values (v_slot.worker_id, p_district, v_offer, v_answer_by, v_slot.starts_at, v_slot.ends_at) on conflict do nothing;
      if found then
        perform log_skips(v_offer);
        v_offered := v_offered + 1;
        exit;
      end if;
      -- Another transaction has taken the time.
      delete from slot_offer where id = v_offer;
    end loop;
    exit when v_offered >= p_limit;
  end loop;
  -- After the persons who are there.
  v_offered := v_offered + ask_at_short_notice(p_district, p_limit - v_offered);
  -- There may be more free times for the next run.
  if v_offered >= p_limit then perform wake_offers(p_district, now()); end if;
  return v_offered;
end $$;
revoke all on function offer_slots(uuid,int4,bool) from public, cosmos_app, cosmos_jobs;
create or replace function log_skips(p_offer uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_offer slot_offer%rowtype;
  v_request appointment_request%rowtype;
  v_asked_before appointment_request%rowtype;
begin
  select * into v_offer from slot_offer where id = p_offer;
  select * into v_request from appointment_request where id = v_offer.request_id;
  if v_offer.at_short_notice then
    select r.* into v_asked_before from slot_offer o join appointment_request r on r.id = o.request_id
      where o.worker_id = v_offer.worker_id and o.starts_at = v_offer.starts_at and o.id <> p_offer and r.type_code = v_request.type_code
        and (r.rank_at, r.id) < (v_request.rank_at, v_request.id)
      order by r.rank_at desc, r.id desc limit 1;
  end if;
  insert into offer_skip (offer_id, request_id, reason, skipped_at)
  select p_offer, s.request_id, s.reason, now() from (
    select a.id as request_id, case
      when h.starts_at <= v_offer.starts_at then null
      when h.starts_at > v_offer.starts_at then 'HAS_OFFER'
      when v_offer.at_short_notice then why_not_asked(a, v_offer.worker_id, array[v_offer.mode], v_offer.starts_at, v_offer.ends_at)
      else why_not(a, offer_channel(a), v_offer.worker_id, array[v_offer.mode], v_offer.starts_at, v_offer.ends_at) end as reason
    from appointment_request a left join slot_offer h on h.request_id = a.id and h.status = 'HELD'
    where a.district_id = v_request.district_id and a.type_code = v_request.type_code and a.status = 'WAITING'
      and (a.rank_at, a.id) < (v_request.rank_at, v_request.id)
      and (v_asked_before.id is null or (a.rank_at, a.id) > (v_asked_before.rank_at, v_asked_before.id))
      and (a.short_notice_from is not null or not v_offer.at_short_notice)) s
  where s.reason is not null;
end $$;
revoke all on function log_skips(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function people_in_a_wave() returns integer language sql immutable return 3;
revoke all on function people_in_a_wave() from public, cosmos_app, cosmos_jobs;
create or replace function first_asked_start() returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin return now() + interval '2 hours'; end $$;
revoke all on function first_asked_start() from public, cosmos_app, cosmos_jobs;
create or replace function asking_ends_at(p_request appointment_request) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return case when is_between_hours(now(), p_request.short_notice_from, p_request.short_notice_until)
      then ((now() at time zone 'Europe/Paris')::date + p_request.short_notice_until) at time zone 'Europe/Paris' end;
  end $$;
revoke all on function asking_ends_at(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function asked_until(p_request appointment_request, p_starts_at timestamptz) returns timestamptz
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return least(now() + interval '1 hour', asking_ends_at(p_request), p_starts_at - interval '1 hour');
  end $$;
revoke all on function asked_until(appointment_request,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function may_be_asked(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return p_request.short_notice_from is not null and coalesce(asking_ends_at(p_request) > now() + interval '15 minutes', false);
  end $$;
revoke all on function may_be_asked(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function can_be_asked(p_request appointment_request, p_channel "OfferChannel") returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return p_channel in ('ONLINE', 'VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT')
    and not exists (select from person p where p.id = p_request.person_id and p.confirm_nothing);
revoke all on function can_be_asked(appointment_request,"OfferChannel") from public, cosmos_app, cosmos_jobs;
create or replace function asked_range(p_request appointment_request, p_channel "OfferChannel") returns tstzrange
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := greatest(first_asked_start(), p_request.wanted_from::timestamp at time zone 'Europe/Paris');
  v_until timestamptz := least(first_start(p_request, p_channel), p_request.wanted_until::timestamp at time zone 'Europe/Paris',
    sooner_until(p_request));
begin
  return case when v_from < v_until then tstzrange(v_from, v_until) else 'empty' end;
end $$;
revoke all on function asked_range(appointment_request,"OfferChannel") from public, cosmos_app, cosmos_jobs;
create or replace function slot_to_ask_for(p_request appointment_request, p_channel "OfferChannel")
  returns table (worker_id uuid, starts_at timestamptz, ends_at timestamptz, mode "AppointmentMode", place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if may_be_asked(p_request) and can_be_asked(p_request, p_channel) then
    return query select s.* from slot_in(p_request, p_channel, asked_range(p_request, p_channel), true) s;
  end if;
end $$;
revoke all on function slot_to_ask_for(appointment_request,"OfferChannel") from public, cosmos_app, cosmos_jobs;
create or replace function ask_at_short_notice(p_district uuid, p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_request appointment_request%rowtype;
  v_read appointment_request%rowtype;
  v_channel "OfferChannel";
  v_slot record;
  v_offer uuid;
  v_asked integer := 0;
begin
  for v_request in
    select r.* from appointment_request r
    where r.district_id = p_district and r.status = 'WAITING' and r.short_notice_from is not null and may_be_asked(r)
      and not exists (select from slot_offer o where o.request_id = r.id and o.status in ('HELD', 'ASKED'))
      and not exists (select from appointment_request r2 join slot_offer o on o.request_id = r2.id and o.status in ('HELD', 'ASKED')
        where r2.person_id = r.person_id and r2.district_id = r.district_id)
    order by r.rank_at, r.id limit 1000
  loop
    exit when v_asked >= p_limit;
    v_channel := offer_channel(v_request);
    continue when v_channel is null;
    select * into v_slot from slot_to_ask_for(v_request, v_channel);
    continue when not found;
    -- Another request of the person was asked in this run.
    perform from appointment_request r join slot_offer o on o.request_id = r.id and o.status = 'ASKED'
      where r.person_id = v_request.person_id and r.district_id = p_district;
    continue when found;
    -- The request is locked and read again: it may have been withdrawn or changed since. Then its turn comes in the next run.
    v_read := v_request;
    select r.* into v_request from appointment_request r where r.id = v_read.id for update;
    continue when v_request is distinct from v_read;
    v_offer := gen_random_uuid();
    insert into slot_offer (id, request_id, district_id, worker_id, mode, place, starts_at, ends_at, channel, status, at_short_notice,
        offered_at, answer_by)
      values (v_offer, v_request.id, p_district, v_slot.worker_id, v_slot.mode, case when v_slot.mode = 'ON_SITE' then v_slot.place end,
        v_slot.starts_at, v_slot.ends_at, v_channel, 'ASKED', true, now(), asked_until(v_request, v_slot.starts_at));
    perform log_skips(v_offer);
    v_asked := v_asked + 1;
  end loop;
  return v_asked;
end $$;
revoke all on function ask_at_short_notice(uuid,int4) from public, cosmos_app, cosmos_jobs;
create or replace function why_not_asked(p_request appointment_request, p_worker uuid, p_modes "AppointmentMode"[],
  p_starts_at timestamptz, p_ends_at timestamptz) returns "SkipReason"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_channel "OfferChannel" := offer_channel(p_request);
begin
  return case
    when not may_be_asked(p_request) then 'TOO_SHORT_NOTICE'
    when v_channel is null or not can_be_asked(p_request, v_channel) then 'NOT_REACHABLE'
    when only_worker(p_request) <> p_worker then 'OTHER_WORKER'
    when offered_mode(mode_to_offer(p_request), p_modes) is null then 'OTHER_MODE'
    when is_kept_from(p_request, p_worker, p_starts_at) then 'KEPT_FOR_URGENT'
    when p_starts_at >= sooner_until(p_request) then 'HARDLY_SOONER'
    when not p_starts_at <@ asked_range(p_request, v_channel) then 'NOT_WANTED_THEN'
    when p_starts_at <@ asked_before(p_request.id) then 'OFFERED_BEFORE'
    when busy_then(p_request, p_starts_at, p_ends_at) then 'BUSY_THEN' end;
end $$;
revoke all on function why_not_asked(appointment_request,uuid,"AppointmentMode"[],timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function request_shows_its_version() returns trigger language plpgsql as $$
begin
  if (new.status, new.mode, new.wanted_from, new.wanted_until, new.appointment_id, new.short_notice_from, new.short_notice_until)
    is distinct from (old.status, old.mode, old.wanted_from, old.wanted_until, old.appointment_id, old.short_notice_from,
      old.short_notice_until) then
    new.shown_version := old.shown_version + 1;
  end if;
  return new;
end $$;
revoke all on function request_shows_its_version() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function request_closed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer set status = 'WITHDRAWN', version = version + 1 where request_id = new.id and status in ('HELD', 'ASKED');
  return null;
end $$;
revoke all on function request_closed() from public, cosmos_app, cosmos_jobs;
create or replace function urgency_rises() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer set status = 'WITHDRAWN', version = version + 1
    where request_id = new.id and status in ('HELD', 'ASKED') and told_at is null and channel <> 'ONLINE';
  return null;
end $$;
revoke all on function urgency_rises() from public, cosmos_app, cosmos_jobs;
create or replace function short_notice_ends() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer set status = 'WITHDRAWN', version = version + 1 where request_id = new.id and status = 'ASKED';
  return null;
end $$;
revoke all on function short_notice_ends() from public, cosmos_app, cosmos_jobs;
create or replace function asked_time_taken() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- An offer that another transaction has locked is left to the next run of the jobs: they may wait for this time.
  update slot_offer set status = 'TAKEN', version = version + 1 where id in (
    select o.id from slot_offer o
    where o.worker_id = new.worker_id and o.status = 'ASKED' and o.starts_at > new.starts_at - interval '12 hours'
      and o.starts_at < new.ends_at and o.ends_at > new.starts_at and o.id is distinct from new.offer_id
    for update skip locked);
  return null;
end $$;
revoke all on function asked_time_taken() from public, cosmos_app, cosmos_jobs;
create or replace function offer_is_over() returns trigger language plpgsql as $$
begin
  if old.status not in ('HELD', 'ASKED') and new.status <> old.status then raise 'an offer ends once'; end if;
  return new;
end $$;
revoke all on function offer_is_over() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function worker_goes_away() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer o set status = 'WITHDRAWN', version = o.version + 1
  from changed c
  where o.worker_id = c.worker_id and o.status in ('HELD', 'ASKED')
    and o.starts_at < coalesce(c.ends_at, 'infinity') and o.ends_at > c.starts_at;
  return null;
end $$;
revoke all on function worker_goes_away() from public, cosmos_app, cosmos_jobs;
create or replace function offer_wakes() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.status in ('HELD', 'ASKED') then perform wake_offers(new.district_id, new.answer_by);
  elsif new.status not in ('ACCEPTED', 'TAKEN') then perform wake_offers(new.district_id, now()); end if;
  return null;
end $$;
revoke all on function offer_wakes() from public, cosmos_app, cosmos_jobs;
create or replace function absent_worker_goes_away() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer o set status = 'WITHDRAWN', version = o.version + 1
  where o.worker_id = new.worker_id and o.status in ('HELD', 'ASKED')
    and o.starts_at < coalesce(new.ends_at, 'infinity') and o.ends_at > new.starts_at;
  return null;
end $$;
revoke all on function absent_worker_goes_away() from public, cosmos_app, cosmos_jobs;
create or replace function email_is_theirs_alone(p_person uuid, p_email text) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return p_email is not null and not exists (select from person o where lower(o.email) = lower(p_email) and o.id <> p_person);
revoke all on function email_is_theirs_alone(uuid,text) from public, cosmos_app, cosmos_jobs;
create or replace function phone_is_theirs_alone(p_person uuid, p_phone text) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return p_phone is not null and not exists (select from person o
    where right(regexp_replace(o.phone, '\D', '', 'g'), 9) = right(regexp_replace(p_phone, '\D', '', 'g'), 9) and o.id <> p_person);
revoke all on function phone_is_theirs_alone(uuid,text) from public, cosmos_app, cosmos_jobs;
create or replace function case_slots(p_case uuid, p_type text, p_mode "AppointmentMode", p_from timestamptz, p_until timestamptz,
  p_minutes integer, p_count integer)
  returns table (starts_at timestamptz, district_id uuid, place text, modes "AppointmentMode"[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct s.at, f.district_id, f.place, f.modes
  from "case" c
  join free_time f on f.worker_id = c.assigned_worker_id and f.district_id = c.district_id
  join appointment_type t on t.code = f.type_code and 'BOOKING_CLIENT' = any (t.bookable_by)
  cross join lateral (
    select at from generate_series(f.starts_at, f.ends_at - make_interval(mins => p_minutes), make_interval(mins => p_minutes)) at
    where at >= p_from and at < p_until limit p_count) s
  where c.id = p_case and c.status = 'OPEN' and viewer_person() = any (c.online_person_ids) and f.type_code = p_type
    and (p_mode is null or array_position(f.modes, p_mode) is not null)
    and f.starts_at > p_from - interval '12 hours' and f.starts_at < p_until and f.ends_at > p_from
    and (f.kept_until is null or f.kept_until <= now())
  order by s.at, f.district_id, f.place, f.modes limit p_count;
end;
revoke all on function case_slots(uuid,text,"AppointmentMode",timestamptz,timestamptz,int4,int4) from public, cosmos_app, cosmos_jobs;
create or replace function free_for_public_slot(p_district uuid, p_type text, p_mode "AppointmentMode", p_starts_at timestamptz,
  p_ends_at timestamptz, p_only uuid)
  returns table (worker_id uuid, place text)
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select f.worker_id, f.place
  from free_time f join appointment_type t on t.code = f.type_code
  where f.district_id = p_district and f.type_code = p_type and array_position(f.modes, p_mode) is not null
    and f.starts_at <= p_starts_at and f.starts_at > p_starts_at - interval '12 hours' and f.ends_at >= p_ends_at
    and mod(extract(epoch from p_starts_at - f.starts_at), 60 * t.duration_minutes) = 0
    and (p_only is null or f.worker_id = p_only) and (f.kept_until is null or f.kept_until <= now())
  order by random() limit 20;
end;
revoke all on function free_for_public_slot(uuid,text,"AppointmentMode",timestamptz,timestamptz,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function read_online(p_appointment uuid, p_secret_hash bytea)
  returns table (id uuid, district_id uuid, type_code text, mode text, status text, place text, starts_at timestamptz,
    ends_at timestamptz, version integer, online_person_ids uuid[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.type_code, a.mode::text, a.status::text, a.place, a.starts_at, a.ends_at, a.shown_version,
    a.online_person_ids
  from managed_online(p_appointment, p_secret_hash) a;
end;
revoke all on function read_online(uuid,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function records_of_asked_to_offered(p_from timestamptz, p_until timestamptz) returns setof statistics_record
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, o.district_id, o.worker_id, null::boolean,
    array[wait_band(day_in_paris(o.offered_at) - day_in_paris(r.asked_at)), r.urgency::text]
  from slot_offer o join appointment_request r on r.id = o.request_id
  where o.offered_at >= p_from and o.offered_at < p_until and not objects(r.person_id)
    and (o.status = 'ACCEPTED' or not o.at_short_notice)
    and not exists (select from slot_offer e where e.request_id = o.request_id and (e.offered_at, e.id) < (o.offered_at, o.id)
      and (e.status = 'ACCEPTED' or not e.at_short_notice));
end;
revoke all on function records_of_asked_to_offered(timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function slot_for(p_request appointment_request, p_channel "OfferChannel")
  returns table (worker_id uuid, starts_at timestamptz, ends_at timestamptz, mode "AppointmentMode", place text)
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  select s.* from slot_in(p_request, p_channel, wanted_range(p_request, p_channel), false) s;
end;
revoke all on function slot_for(appointment_request,"OfferChannel") from public, cosmos_app, cosmos_jobs;
create or replace function let_go(p_request uuid, p_channel "OfferChannel") returns tstzmultirange
  language sql stable security definer set search_path = public, pg_temp
  return (select coalesce(range_agg(case when p_channel = 'AT_DESK' then tstzrange(o.starts_at, o.starts_at, '[]')
      else tstzrange(d.day::timestamp at time zone 'Europe/Paris', (d.day + 1)::timestamp at time zone 'Europe/Paris') end), '{}')
    from slot_offer o cross join lateral (select (o.starts_at at time zone 'Europe/Paris')::date as day) d
    where o.request_id = p_request and o.status in ('DECLINED', 'EXPIRED') and not o.at_short_notice);
revoke all on function let_go(uuid,"OfferChannel") from public, cosmos_app, cosmos_jobs;
create or replace function is_between_hours(p_at timestamptz, p_from time, p_until time) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (p_at at time zone 'Europe/Paris')::time >= p_from and (p_at at time zone 'Europe/Paris')::time < p_until
    and extract(isodow from p_at at time zone 'Europe/Paris') < 6
    and not exists (select from public_holiday h where h.day = (p_at at time zone 'Europe/Paris')::date);
revoke all on function is_between_hours(timestamptz,time,time) from public, cosmos_app, cosmos_jobs;
create or replace function asked_for(p_worker uuid, p_starts_at timestamptz, p_ends_at timestamptz) returns integer
  language sql stable security definer set search_path = public, pg_temp
  return (select count(*)::integer from slot_offer o where o.worker_id = p_worker and o.status = 'ASKED'
    and o.starts_at > p_starts_at - interval '12 hours' and o.starts_at < p_ends_at and o.ends_at > p_starts_at);
revoke all on function asked_for(uuid,timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function asked_before(p_request uuid) returns tstzmultirange
  language sql stable security definer set search_path = public, pg_temp
  return (select coalesce(range_agg(tstzrange(o.starts_at, o.starts_at, '[]')), '{}') from slot_offer o where o.request_id = p_request);
revoke all on function asked_before(uuid) from public, cosmos_app, cosmos_jobs;
alter function open_to_all_from owner to cosmos_keeper;
alter function keep_free_time owner to cosmos_keeper;
alter function public_slots owner to cosmos_keeper;
grant execute on function public_slots to cosmos_app;
alter function public_gaps owner to cosmos_keeper;
alter function email_is_theirs_alone owner to cosmos_keeper;
alter function phone_is_theirs_alone owner to cosmos_keeper;
alter function may_have_link owner to cosmos_keeper;
alter function make_link owner to cosmos_keeper;
grant execute on function make_link to cosmos_jobs;
alter function is_live owner to cosmos_keeper;
alter function read_link owner to cosmos_keeper;
grant execute on function read_link to cosmos_app;
alter function cancel_by_link owner to cosmos_keeper;
grant execute on function cancel_by_link to cosmos_app;
alter function case_slots owner to cosmos_keeper;
grant execute on function case_slots to cosmos_app;
alter function free_for_public_slot owner to cosmos_keeper;
alter function read_online owner to cosmos_keeper;
grant execute on function read_online to cosmos_app;
alter function prepare_dispatches owner to cosmos_keeper;
grant execute on function prepare_dispatches to cosmos_jobs;
alter function take_dispatches owner to cosmos_keeper;
grant execute on function take_dispatches to cosmos_jobs;
alter function settle_dispatch owner to cosmos_keeper;
grant execute on function settle_dispatch to cosmos_jobs;
alter function records_of_asked_to_offered owner to cosmos_keeper;
alter function measure_waiting_day owner to cosmos_keeper;
alter function answer_offer owner to cosmos_keeper;
grant execute on function answer_offer to cosmos_app;
alter function may_be_served owner to cosmos_keeper;
alter function slot_in owner to cosmos_keeper;
alter function slot_for owner to cosmos_keeper;
alter function why_not owner to cosmos_keeper;
alter function is_kept_from owner to cosmos_keeper;
alter function settle_requests owner to cosmos_keeper;
alter function offer_slots owner to cosmos_keeper;
grant execute on function offer_slots to cosmos_jobs;
alter function log_skips owner to cosmos_keeper;
alter function let_go owner to cosmos_keeper;
alter function people_in_a_wave owner to cosmos_keeper;
alter function first_asked_start owner to cosmos_keeper;
alter function asking_ends_at owner to cosmos_keeper;
alter function asked_until owner to cosmos_keeper;
alter function is_between_hours owner to cosmos_keeper;
alter function may_be_asked owner to cosmos_keeper;
alter function can_be_asked owner to cosmos_keeper;
alter function asked_for owner to cosmos_keeper;
alter function asked_before owner to cosmos_keeper;
alter function asked_range owner to cosmos_keeper;
alter function slot_to_ask_for owner to cosmos_keeper;
alter function ask_at_short_notice owner to cosmos_keeper;
alter function why_not_asked owner to cosmos_keeper;
alter function request_closed owner to cosmos_keeper;
alter function urgency_rises owner to cosmos_keeper;
alter function short_notice_ends owner to cosmos_keeper;
alter function asked_time_taken owner to cosmos_keeper;
alter function worker_goes_away owner to cosmos_keeper;
alter function offer_wakes owner to cosmos_keeper;
alter function absent_worker_goes_away owner to cosmos_keeper;
alter table appointment_request add constraint appointment_request_short_notice check (
  (short_notice_from is null) = (short_notice_until is null)
  and short_notice_from < short_notice_until and short_notice_from >= '08:00' and short_notice_until <= '20:00');
alter table slot_offer add constraint slot_offer_short_notice check (case when at_short_notice then status <> 'HELD'
  else status not in ('ASKED', 'TAKEN') end);
create index person_phone on person (right(regexp_replace(phone, '\D', '', 'g'), 9)) where phone is not null;
create index person_email on person (lower(email)) where email is not null;
create index appointment_request_short_notice on appointment_request (district_id, rank_at, id)
  where status = 'WAITING' and short_notice_from is not null;
create unique index slot_offer_open on slot_offer (request_id, at_short_notice) where status in ('HELD', 'ASKED');
create index slot_offer_to_give on slot_offer (district_id, answer_by, id) where status in ('HELD', 'ASKED');
create trigger short_notice_ends after update of short_notice_from, short_notice_until on appointment_request
  for each row when ((old.short_notice_from, old.short_notice_until) is distinct from (new.short_notice_from, new.short_notice_until))
  execute function short_notice_ends();
create constraint trigger asked_time_taken after insert on occupancy
  deferrable initially deferred for each row execute function asked_time_taken();
create trigger request_wakes
  after insert or update of mode, urgency, wanted_from, wanted_until, present_until, show_online, person_id, contact, short_notice_from,
    short_notice_until on appointment_request
  for each row execute function request_wakes();
revoke all on availability from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table availability enable row level security, force row level security;
grant select on availability to cosmos_app;
grant insert (
  id, worker_id, district_id, modes, place, starts_on, ends_on, opens_at, closes_at, recurrence, kept_for_urgent
) on availability to cosmos_app;
grant update (ends_on, version) on availability to cosmos_app;
grant select on availability to cosmos_keeper;
revoke all on appointment from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment enable row level security, force row level security;
grant select on appointment to cosmos_app;
grant insert (
  id, district_id, case_id, type_code, mode, starts_at, ends_at, asked_by, expected_back_at, place, places,
  booked_at_desk
) on appointment to cosmos_app;
grant update (
  type_code, mode, status, starts_at, ends_at, version, back_at, cancellation_reason, expected_back_at, place,
  places_unnamed
) on appointment to cosmos_app;
grant select on appointment to cosmos_keeper;
grant insert (id, district_id, case_id, type_code, mode, starts_at, ends_at, asked_by, place) on appointment to cosmos_keeper;
grant update (
  mode, status, starts_at, ends_at, version, case_worker_id, worker_ids, online_person_ids, back_at, expected_back_at,
  place, places_named, place_by_id, cancelled_by_link
) on appointment to cosmos_keeper;
revoke all on appointment_link from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment_link enable row level security, force row level security;
grant select, insert, update, delete on appointment_link to cosmos_keeper;
revoke all on appointment_request from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment_request enable row level security, force row level security;
grant select on appointment_request to cosmos_app;
grant insert (
  id, district_id, person_id, case_id, type_code, mode, urgency, asked_by, wanted_from, wanted_until, case_worker_only,
  duty_worker_only, duty_worker_id, appointment_id, show_online, called_name, contact, phone, short_notice_from,
  short_notice_until
) on appointment_request to cosmos_app;
grant update (
  person_id, mode, urgency, status, closed_at, wanted_from, wanted_until, present_until, duty_worker_id, show_online,
  version, called_name, contact, phone, short_notice_from, short_notice_until
) on appointment_request to cosmos_app;
grant select, insert, update on appointment_request to cosmos_keeper;
