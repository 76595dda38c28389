set local lock_timeout = '5s';
set local check_function_bodies = off;
drop trigger notification_tells_once on notification;
alter table dispatch drop constraint dispatch_of_one;
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.





-- AlterTable
ALTER TABLE "appointment_link" ADD COLUMN     "day_only" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "dispatch" ADD COLUMN     "called_off_id" UUID;

-- CreateTable
CREATE TABLE "telephone_cancellation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "appointment_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "wants_another" BOOLEAN NOT NULL DEFAULT false,
    "duty_worker_id" UUID,
    "noted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "held_until" TIMESTAMPTZ(3),

    CONSTRAINT "telephone_cancellation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "telephone_cancellation_appointment_id_key" ON "telephone_cancellation"("appointment_id");

-- CreateIndex
CREATE INDEX "telephone_cancellation_person_id_idx" ON "telephone_cancellation"("person_id");

-- CreateIndex
CREATE INDEX "telephone_cancellation_district_id_idx" ON "telephone_cancellation"("district_id");

-- CreateIndex
CREATE INDEX "telephone_cancellation_duty_worker_id_idx" ON "telephone_cancellation"("duty_worker_id");

-- CreateIndex
CREATE UNIQUE INDEX "dispatch_called_off_id_key" ON "dispatch"("called_off_id");

-- AddForeignKey
ALTER TABLE "telephone_cancellation" ADD CONSTRAINT "telephone_cancellation_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telephone_cancellation" ADD CONSTRAINT "telephone_cancellation_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telephone_cancellation" ADD CONSTRAINT "telephone_cancellation_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telephone_cancellation" ADD CONSTRAINT "telephone_cancellation_duty_worker_id_fkey" FOREIGN KEY ("duty_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dispatch" ADD CONSTRAINT "dispatch_called_off_id_fkey" FOREIGN KEY ("called_off_id") REFERENCES "telephone_cancellation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
create or replace function make_link(p_dispatch uuid, p_attempt integer, p_secret_hash bytea) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  insert into appointment_link (secret_hash, appointment_id, person_id, channel, starts_at, day_only)
  select p_secret_hash, a.id, said.person_id, d.channel, a.starts_at, d.called_off_id is not null
  from dispatch d
  cross join lateral (
    select n.appointment_id, n.person_id from appointment_notice n
      where n.id = d.notice_id and n.version = d.notice_version and n.done_at is null and n.kind in ('REMINDER', 'MOVED')
    union all
    select t.appointment_id, t.person_id from telephone_cancellation t where t.id = d.called_off_id) said
  join appointment a on a.id = said.appointment_id
  where d.id = p_dispatch and d.attempts = p_attempt and d.status = 'SENDING' and may_have_link(a.id, said.person_id, d.channel)
  on conflict (secret_hash) do nothing;
  return exists (select from appointment_link l where l.secret_hash = p_secret_hash and is_live(l));
end $$;
revoke all on function make_link(uuid,int4,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function look_at_link(p_secret_hash bytea)
  returns table (public_label_fr text, starts_at timestamptz, cancelled boolean, called_off boolean)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select y.public_label_fr, case when not l.day_only then l.starts_at end, l.used_at is not null,
      exists (select from telephone_cancellation t where t.appointment_id = l.appointment_id)
    from appointment_link l join appointment a on a.id = l.appointment_id join appointment_type y on y.code = a.type_code
    where l.secret_hash = p_secret_hash and (is_live(l) or l.used_at > now() - interval '1 hour');
end $$;
revoke all on function look_at_link(bytea) from public, cosmos_app, cosmos_jobs;
create or replace function read_link(p_secret_hash bytea) returns table (public_label_fr text, starts_at timestamptz, cancelled boolean)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select l.public_label_fr, l.starts_at, l.cancelled from look_at_link(p_secret_hash) l;
end $$;
revoke all on function read_link(bytea) from public, cosmos_app, cosmos_jobs;
create or replace function tell_of_appointment(p_appointment appointment, p_kind "NotificationKind") returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id)
    select r.worker_id, p_kind, case when r.follows then p_appointment.case_id end from receivers_of(p_appointment) r
    where r.worker_id is distinct from viewer_worker();
end $$;
revoke all on function tell_of_appointment(appointment,"NotificationKind") from public, cosmos_app, cosmos_jobs;
create or replace function receivers_of(p_appointment appointment) returns table (worker_id uuid, follows boolean)
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return query select r.id, bool_or(r.follows) from (
      select w as id, false as follows from unnest(p_appointment.worker_ids) w
      union all select p_appointment.case_worker_id, true where p_appointment.case_worker_id is not null
      union all select rl.stand_in_id, true from relay rl where rl.absent_worker_id = p_appointment.case_worker_id
        and rl.district_id = p_appointment.district_id and rl.starts_at <= now() and rl.ends_at > now()) r
      group by r.id;
  end $$;
revoke all on function receivers_of(appointment) from public, cosmos_app, cosmos_jobs;
create or replace function cancel_for_person(p_appointment appointment, p_person uuid, p_wants_another boolean, p_asked_at timestamptz, p_by_link boolean)
  returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_only uuid;
  v_case uuid;
begin
  if p_wants_another then
    v_case := (select c.id from "case" c where c.id = p_appointment.case_id and c.status = 'OPEN');
    -- What no desk and no client has booked, or is of a closed case, stays with its worker.
    v_only := case when v_case is null and not (p_appointment.booked_at_desk and p_appointment.case_id is null)
      and not exists (select from online_booking b where b.appointment_id = p_appointment.id) then p_appointment.worker_ids[1] end;
    update appointment_request r set appointment_id = null, version = r.version + 1,
        duty_worker_only = r.duty_worker_only or (v_only is not null and r.case_id is null),
        duty_worker_id = coalesce(r.duty_worker_id, case when r.case_id is null then v_only end)
      where r.appointment_id = p_appointment.id and r.person_id = p_person and r.status = 'WAITING';
    -- Nobody waits for a type that needs an option of the team.
    if not found and (select t.option is null from appointment_type t where t.code = p_appointment.type_code) then
      insert into appointment_request (district_id, person_id, case_id, type_code, mode, asked_by, asked_at, case_worker_only, duty_worker_only,
          duty_worker_id, show_online)
        values (p_appointment.district_id, p_person, v_case, p_appointment.type_code, p_appointment.mode, 'PERSON', p_asked_at,
          v_case is not null, v_only is not null, v_only,
          exists (select from appointment_person ap where ap.appointment_id = p_appointment.id and ap.show_online));
    end if;
  end if;
  delete from telephone_cancellation where appointment_id = p_appointment.id;
  update appointment set status = 'CANCELLED_BY_PERSON', cancelled_by_link = p_by_link, version = version + 1 where id = p_appointment.id;
  delete from occupancy where appointment_id = p_appointment.id;
  update appointment_notice set done_at = now(), outcome = 'TOLD', version = version + 1
    where appointment_id = p_appointment.id and done_at is null;
end $$;
revoke all on function cancel_for_person(appointment,uuid,bool,timestamptz,bool) from public, cosmos_app, cosmos_jobs;
create or replace function cancel_by_link(p_secret_hash bytea, p_wants_another boolean) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_link appointment_link%rowtype;
  v_appointment appointment%rowtype;
  v_called_off telephone_cancellation%rowtype;
begin
  -- A second use waits here, and then finds the link used.
  select l.* into v_link from appointment_link l where l.secret_hash = p_secret_hash for update;
  if not found then return '{"outcome": "UNKNOWN"}'; end if;
  -- The locks are taken in the order of `answer_offer`: first the request, then the appointment.
  perform from appointment_request r where r.appointment_id = v_link.appointment_id and r.status = 'WAITING' order by r.id for update;
  select a.* into v_appointment from appointment a where a.id = v_link.appointment_id for update;
  if not is_live(v_link) then return '{"outcome": "UNKNOWN"}'; end if;
  update appointment_link set used_at = now() where secret_hash = p_secret_hash;
  select t.* into v_called_off from telephone_cancellation t where t.appointment_id = v_appointment.id;
  -- Whoever confirms what was said by telephone also confirms that another time is wanted, from then on.
  perform cancel_for_person(v_appointment, v_link.person_id, p_wants_another or coalesce(v_called_off.wants_another, false),
    coalesce(v_called_off.noted_at, now()), true);
  perform tell_of_appointment(v_appointment, 'CANCELLED_BY_LINK');
  perform log_use_of_link(v_appointment, v_link.person_id, 'CANCEL_APPOINTMENT');
  return jsonb_build_object('outcome', 'CANCELLED', 'id', v_appointment.id, 'caseId', v_appointment.case_id, 'personId', v_link.person_id);
end $$;
revoke all on function cancel_by_link(bytea,bool) from public, cosmos_app, cosmos_jobs;
create or replace function restore_by_link(p_secret_hash bytea) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_link appointment_link%rowtype;
  v_appointment appointment%rowtype;
begin
  select l.* into v_link from appointment_link l where l.secret_hash = p_secret_hash for update;
  if not found then return '{"outcome": "UNKNOWN"}'; end if;
  select a.* into v_appointment from appointment a where a.id = v_link.appointment_id for update;
  if not is_live(v_link) then return '{"outcome": "UNKNOWN"}'; end if;
  perform let_stand(v_appointment);
  perform log_use_of_link(v_appointment, v_link.person_id, 'RESTORE_APPOINTMENT');
  return jsonb_build_object('outcome', 'RESTORED', 'id', v_appointment.id, 'caseId', v_appointment.case_id, 'personId', v_link.person_id);
end $$;
revoke all on function restore_by_link(bytea) from public, cosmos_app, cosmos_jobs;
create or replace function log_use_of_link(p_appointment appointment, p_person uuid, p_action text) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if viewer_actor() is null then
    insert into access_log (operation_id, actor_kind, action, outcome, case_id, person_id)
      values (gen_random_uuid(), 'ANONYMOUS', p_action, 'DONE', p_appointment.case_id, p_person);
  end if;
end $$;
revoke all on function log_use_of_link(appointment,uuid,text) from public, cosmos_app, cosmos_jobs;
create or replace function send_blind_message(p_name text, p_birth_year integer, p_reference text, p_phone text,
    p_text_id uuid, p_body bytea, p_master_key_id text, p_wrapped bytea) returns setof uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_persons uuid[];
begin
  if may_send_blind_message() is not true then raise 'not theirs to send' using errcode = 'insufficient_privilege'; end if;
  v_persons := array(select p.id from persons_said(p_name, p_birth_year, p_reference, p_phone) n join person p on p.id = n
    where not has_nobody(p.id) order by p.reference limit 5);
  with reached as (
    select distinct on (r.worker_id, cp.person_id) r.worker_id, cp.person_id, cp.district_id, cp.case_id from case_person cp
    cross join lateral (
      select cp.assigned_worker_id as worker_id
      union select rl.stand_in_id from relay rl where rl.absent_worker_id = cp.assigned_worker_id
        and rl.district_id = cp.district_id and rl.starts_at <= now() and rl.ends_at > now()) r
    join membership m on m.worker_id = r.worker_id and m.district_id = cp.district_id and m.role = 'SOCIAL_WORKER'
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
    where cp.person_id = any (v_persons) and cp.assigned_worker_id is not null
    order by r.worker_id, cp.person_id, cp.case_id),
  kept as (
    insert into message_text (id, body, master_key_id, wrapped)
    select p_text_id, p_body, p_master_key_id, p_wrapped where exists (select from reached)),
  sent as (
    insert into message (district_id, worker_id, person_id, text_id, from_worker_id)
    select district_id, worker_id, person_id, p_text_id, viewer_worker() from reached)
  insert into notification (worker_id, kind, case_id) select worker_id, 'BLIND_MESSAGE'::"NotificationKind", case_id from reached;
  return query select unnest(v_persons);
end $$;
revoke all on function send_blind_message(text,int4,text,text,uuid,bytea,text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function persons_said(p_name text, p_birth_year integer, p_reference text, p_phone text) returns setof uuid
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return query select p.id from person p
      where (normalised_name(p.given_name || ' ' || p.family_name) = normalised_name(p_name)
          or normalised_name(p.family_name || ' ' || p.given_name) = normalised_name(p_name)
          or normalised_name(p.chosen_name) = normalised_name(p_name))
        and (extract(year from p.birth_date) = p_birth_year or p.reference = p_reference
          or regexp_replace(p.phone, '\D', '', 'g') = regexp_replace(p_phone, '\D', '', 'g'));
  end $$;
revoke all on function persons_said(text,int4,text,text) from public, cosmos_app, cosmos_jobs;
create or replace function appointments_said(p_name text, p_reference text, p_secret_hash bytea) returns table (appointment_id uuid, person_id uuid)
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return query select s.appointment_id, s.person_id from (
      select r.appointment_id, r.person_id from appointment_request r where r.reference = p_reference
      union select b.appointment_id, b.person_id from online_booking b where b.secret_hash = p_secret_hash) s
      join person p on p.id = s.person_id
      where normalised_name(p.given_name || ' ' || p.family_name) = normalised_name(p_name)
        or normalised_name(p.family_name || ' ' || p.given_name) = normalised_name(p_name)
        or normalised_name(p.chosen_name) = normalised_name(p_name);
  end $$;
revoke all on function appointments_said(text,text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function note_telephone_cancellation(p_district uuid, p_day date, p_name text, p_birth_year integer, p_reference text, p_phone text,
    p_secret_hash bytea, p_wants_another boolean, p_duty_worker uuid) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_person person%rowtype;
  v_appointment appointment%rowtype;
  v_id uuid;
  v_until timestamptz;
  v_linked boolean;
  v_there boolean;
  v_duty uuid;
begin
  if not p_district = any (viewer_districts('receptionist')) then return null; end if;
  select (array_agg(s.appointment_id))[1], (array_agg(s.person_id))[1] into v_appointment.id, v_person.id from (
    select ap.appointment_id, ap.person_id from persons_said(p_name, p_birth_year, p_reference, p_phone) n
      join appointment_person ap on ap.person_id = n
    union select * from appointments_said(p_name, p_reference, p_secret_hash)) s
    join appointment a on a.id = s.appointment_id and a.district_id = p_district and a.status = 'BOOKED' and a.places is null
      and a.starts_at > now() and day_in_paris(a.starts_at) = p_day
    having count(*) = 1;
  select a.* into v_appointment from appointment a
    where a.id = v_appointment.id and a.status = 'BOOKED' and a.starts_at > now() for no key update;
  if not found then return null; end if;
  select p.* into v_person from person p where p.id = v_person.id;
  v_until := date_trunc('milliseconds', least(now() + interval '2 hours', v_appointment.starts_at));
  v_linked := may_have_link(v_appointment.id, v_person.id, case when v_person.phone is not null then 'TEXT' else 'EMAIL' end::"DispatchChannel");
  v_there := exists (select from receivers_of(v_appointment) r where not is_away(r.worker_id, v_until));
  if not v_linked and not v_there and silence_may_free(v_appointment.id) then v_duty := p_duty_worker; end if;
  insert into telephone_cancellation (appointment_id, person_id, district_id, wants_another, duty_worker_id, held_until)
    values (v_appointment.id, v_person.id, p_district, p_wants_another, v_duty,
      case when (v_linked or v_there or v_duty is not null) and silence_may_free(v_appointment.id) then v_until end)
    on conflict (appointment_id) do nothing returning id into v_id;
  if v_id is null then
    update telephone_cancellation set wants_another = true where appointment_id = v_appointment.id and p_wants_another and not wants_another;
  else
    perform tell_of_appointment(v_appointment, 'CALLED_OFF_BY_TELEPHONE');
    insert into notification (worker_id, kind) select v_duty, 'CALLED_OFF_BY_TELEPHONE' where v_duty is not null;
  end if;
  return jsonb_build_object('personId', v_person.id, 'caseId', v_appointment.case_id);
end $$;
revoke all on function note_telephone_cancellation(uuid,date,text,int4,text,text,bytea,bool,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function let_stand(p_appointment appointment) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  delete from telephone_cancellation where appointment_id = p_appointment.id;
  if found then perform tell_of_appointment(p_appointment, 'APPOINTMENT_RESTORED'); end if;
end $$;
revoke all on function let_stand(appointment) from public, cosmos_app, cosmos_jobs;
create or replace function times_called_off()
  returns table (id uuid, district_id uuid, worker_id uuid, public_label_fr text, starts_at timestamptz, held_until timestamptz, display_name text,
    wants_another boolean)
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return query select a.id, a.district_id, viewer_worker(), y.public_label_fr, a.starts_at, t.held_until,
        coalesce(p.chosen_name, nullif(concat_ws(' ', p.given_name, p.family_name), '')), t.wants_another
      from telephone_cancellation t join appointment a on a.id = t.appointment_id and a.status = 'BOOKED'
      join appointment_type y on y.code = a.type_code join person p on p.id = t.person_id
      where t.district_id = any (viewer_districts('any')) and decides_on(t, a)
      order by t.held_until, a.starts_at, a.id limit 100;
  end $$;
revoke all on function times_called_off() from public, cosmos_app, cosmos_jobs;
create or replace function restore_appointment(p_appointment uuid) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_appointment appointment%rowtype;
begin
  select a.* into v_appointment from appointment a where a.id = p_appointment and a.district_id = any (viewer_districts('any'))
    and exists (select from telephone_cancellation t where t.appointment_id = a.id and decides_on(t, a));
  if not found then return null; end if;
  select a.* into v_appointment from appointment a where a.id = p_appointment and a.status = 'BOOKED' for update;
  if not found then return null; end if;
  perform let_stand(v_appointment);
  return jsonb_build_object('personId', (select ap.person_id from appointment_person ap where ap.appointment_id = p_appointment limit 1),
    'caseId', v_appointment.case_id);
end $$;
revoke all on function restore_appointment(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function restore_times_of_present(p_visit uuid) returns setof uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_appointment appointment%rowtype;
begin
  for v_appointment in
    select a.* from visit v join telephone_cancellation t on t.person_id = v.person_id or t.appointment_id = v.appointment_id
      join appointment a on a.id = t.appointment_id and a.status = 'BOOKED' and a.district_id = v.district_id
      where v.id = p_visit and v.kind = 'WALK_IN' and v.closed_at is null and v.day = day_in_paris(now())
        and (v.district_id = any (viewer_districts('receptionist'))
          or (v.worker_id = viewer_worker() and v.district_id = any (viewer_districts('social_worker'))))
      order by a.id for update of a
  loop
    perform let_stand(v_appointment);
    return next v_appointment.case_id;
  end loop;
end $$;
revoke all on function restore_times_of_present(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function somebody_heard(p_called_off telephone_cancellation, p_appointment appointment) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return p_called_off.duty_worker_id is not null
      or exists (select from dispatch d where d.called_off_id = p_called_off.id and d.status = 'SENT')
      or exists (select from receivers_of(p_appointment) r where not is_away(r.worker_id, now()));
  end $$;
revoke all on function somebody_heard(telephone_cancellation,appointment) from public, cosmos_app, cosmos_jobs;
create or replace function free_called_off_time() returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_called_off telephone_cancellation%rowtype;
  v_appointment appointment%rowtype;
begin
  perform only_jobs();
  select t.* into v_called_off from telephone_cancellation t where t.held_until <= now() order by t.held_until, t.id limit 1;
  if not found then return false; end if;
  -- The locks are taken in the order of `answer_offer`: first the request, then the appointment. What changed meanwhile is read again.
  perform from appointment_request r where r.appointment_id = v_called_off.appointment_id and r.status = 'WAITING' order by r.id for update;
  select a.* into v_appointment from appointment a where a.id = v_called_off.appointment_id for update;
  select t.* into v_called_off from telephone_cancellation t where t.id = v_called_off.id for update;
  if not found then return true; end if;
  if exists (select from visit v where v.appointment_id = v_appointment.id and v.kind = 'WALK_IN' and v.arrived_at >= v_called_off.noted_at) then
    perform let_stand(v_appointment);
  elsif not silence_may_free(v_appointment.id) or not somebody_heard(v_called_off, v_appointment) then
    update telephone_cancellation set held_until = null where id = v_called_off.id;
  else
    perform cancel_for_person(v_appointment, v_called_off.person_id, v_called_off.wants_another, v_called_off.noted_at, false);
    insert into access_log (operation_id, actor_kind, action, outcome, case_id, person_id)
      values (gen_random_uuid(), 'JOBS', 'CANCEL_APPOINTMENT', 'DONE', v_appointment.case_id, v_called_off.person_id);
  end if;
  return true;
end $$;
revoke all on function free_called_off_time() from public, cosmos_app, cosmos_jobs;
create or replace function called_off_no_more() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from telephone_cancellation where appointment_id = new.id;
  return null;
end $$;
revoke all on function called_off_no_more() from public, cosmos_app, cosmos_jobs;
create or replace function prepare_dispatches(p_channels "DispatchChannel"[], p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_reminders integer := 0;
  v_notices integer;
  v_offers integer;
  v_called_off integer;
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

  insert into dispatch (called_off_id, channel, due_at)
  select t.id, sendable(p, p_channels), by_day(now())
  from telephone_cancellation t
  join person p on p.id = t.person_id and p.contact_suspended_at is null
  where sendable(p, p_channels) is not null and not exists (select from dispatch d where d.called_off_id = t.id)
  order by t.noted_at limit p_limit
  on conflict do nothing;
  get diagnostics v_called_off = row_count;
  return v_reminders + v_notices + v_offers + v_called_off;
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
      union all
      select d.id, 'CALLED_OFF', a.type_code, t.person_id, null, a.starts_at, t.held_until, a.mode, null, a.district_id, a.case_id
      from due d
      join telephone_cancellation t on t.id = d.called_off_id
      join appointment a on a.id = t.appointment_id and a.status = 'BOOKED' and a.starts_at > now()
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
create or replace function is_away(p_worker uuid, p_until timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from absence s where s.worker_id = p_worker and s.starts_at <= now() and (s.ends_at is null or s.ends_at > now()))
    or exists (select from unavailability u where u.worker_id = p_worker and u.starts_at <= now() and u.ends_at >= p_until);
revoke all on function is_away(uuid,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function silence_may_free(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select count(*) = 1 and not bool_or(p.confirm_nothing or p.sensitive_file)
    from appointment_person ap join person p on p.id = ap.person_id where ap.appointment_id = p_appointment);
revoke all on function silence_may_free(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function decides_on(p_called_off telephone_cancellation, p_appointment appointment) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_has_scope('appointments:read') and p_appointment.district_id = any (viewer_districts('any'))
    and (viewer_worker() = any (p_appointment.worker_ids) or viewer_worker() = p_called_off.duty_worker_id
      or (p_appointment.case_worker_id = viewer_worker() and p_appointment.district_id = any (viewer_districts('social_worker')))
      or (p_appointment.case_worker_id || ':' || p_appointment.district_id) = any (viewer_relays()));
revoke all on function decides_on(telephone_cancellation,appointment) from public, cosmos_app, cosmos_jobs;
create or replace function is_at_the_counter(p_visit uuid, p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from visit v where v.id = p_visit and v.kind = 'WALK_IN' and v.closed_at is null and v.day = day_in_paris(now())
    and v.district_id = any (viewer_districts('receptionist'))
    and (v.appointment_id = p_appointment or exists (select from appointment_person ap join person p on p.id = ap.person_id
      where ap.appointment_id = p_appointment and p.id = v.person_id and not p.sensitive_file and not p.confirm_nothing)));
revoke all on function is_at_the_counter(uuid,uuid) from public, cosmos_app, cosmos_jobs;
alter function make_link owner to cosmos_keeper;
grant execute on function make_link to cosmos_jobs;
alter function look_at_link owner to cosmos_keeper;
grant execute on function look_at_link to cosmos_app;
alter function read_link owner to cosmos_keeper;
grant execute on function read_link to cosmos_app;
alter function tell_of_appointment owner to cosmos_keeper;
alter function receivers_of owner to cosmos_keeper;
alter function cancel_for_person owner to cosmos_keeper;
alter function cancel_by_link owner to cosmos_keeper;
grant execute on function cancel_by_link to cosmos_app;
alter function restore_by_link owner to cosmos_keeper;
grant execute on function restore_by_link to cosmos_app;
alter function log_use_of_link owner to cosmos_keeper;
alter function send_blind_message owner to cosmos_keeper;
grant execute on function send_blind_message to cosmos_app;
alter function persons_said owner to cosmos_keeper;
alter function appointments_said owner to cosmos_keeper;
alter function is_away owner to cosmos_keeper;
alter function silence_may_free owner to cosmos_keeper;
alter function note_telephone_cancellation owner to cosmos_keeper;
grant execute on function note_telephone_cancellation to cosmos_app;
alter function let_stand owner to cosmos_keeper;
alter function times_called_off owner to cosmos_keeper;
grant execute on function times_called_off to cosmos_app;
alter function decides_on owner to cosmos_keeper;
alter function restore_appointment owner to cosmos_keeper;
grant execute on function restore_appointment to cosmos_app;
alter function restore_times_of_present owner to cosmos_keeper;
grant execute on function restore_times_of_present to cosmos_app;
alter function is_at_the_counter owner to cosmos_keeper;
grant execute on function is_at_the_counter to cosmos_app;
alter function somebody_heard owner to cosmos_keeper;
alter function free_called_off_time owner to cosmos_keeper;
grant execute on function free_called_off_time to cosmos_jobs;
alter function called_off_no_more owner to cosmos_keeper;
alter function prepare_dispatches owner to cosmos_keeper;
grant execute on function prepare_dispatches to cosmos_jobs;
alter function take_dispatches owner to cosmos_keeper;
grant execute on function take_dispatches to cosmos_jobs;
alter table dispatch add constraint dispatch_of_one check (num_nonnulls(notice_id, offer_id, called_off_id) = 1);
create index telephone_cancellation_held on telephone_cancellation (held_until, id) where held_until is not null;
create trigger notification_tells_once before insert on notification for each row
  when (new.kind in ('CONTACT_OPENED', 'CONTACT_CHANGED', 'CONTACT_SUSPENDED', 'OPEN_ADDRESS_WRITTEN', 'ABSENCE_DECLARED',
    'BLIND_MESSAGE', 'CONTACT_PROPOSED', 'COMMUNICATION_CHANGED', 'CALLED_OFF_BY_TELEPHONE', 'APPOINTMENT_RESTORED'))
  execute function notification_tells_once();
create constraint trigger called_off_no_more after update of starts_at, status on appointment
  deferrable initially deferred for each row when (old.starts_at <> new.starts_at or old.status <> new.status)
  execute function called_off_no_more();
revoke all on telephone_cancellation from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table telephone_cancellation enable row level security, force row level security;
grant select, insert, delete on telephone_cancellation to cosmos_keeper;
grant update (wants_another, held_until) on telephone_cancellation to cosmos_keeper;
