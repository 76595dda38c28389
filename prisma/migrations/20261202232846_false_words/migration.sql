set local lock_timeout = '5s';
set local check_function_bodies = off;
drop policy notification_own on notification;
drop policy person_read on person;
drop policy safe_address_change on safe_address;
drop policy safe_address_clear on safe_address;
drop policy safe_address_write on safe_address;
drop trigger notification_tells_once on notification;
alter table dispatch drop constraint dispatch_of_one;
-- CreateEnum
CREATE TYPE "ContactWordKind" AS ENUM ('SAFE_ADDRESS', 'SAFE_CONTACT', 'AGREED_WORD');

-- CreateEnum
CREATE TYPE "ContactWordBy" AS ENUM ('STAND_IN', 'OTHER_CASE', 'DUTY_WORKER');

-- CreateEnum
CREATE TYPE "ActKind" AS ENUM ('CHANGE_IDENTITY', 'CHANGE_CONTACT', 'SET_OBJECTION', 'CANCEL_APPOINTMENT', 'CANCEL_IN_TIME_OFF', 'CANCEL_BOOKINGS_OF_CLIENT', 'CALL_OFF_BY_TELEPHONE', 'MOVE_APPOINTMENT', 'MOVE_IN_TIME_OFF', 'BOOK_APPOINTMENT', 'RECORD_OUTCOME', 'CONFIRM_APPOINTMENT', 'REQUEST_APPOINTMENT', 'CHANGE_REQUEST', 'RECORD_PRESENCE', 'WITHDRAW_REQUEST', 'ANSWER_OFFER', 'CHANGE_HOURS', 'DECLARE_TIME_OFF', 'RECORD_VISIT', 'CHANGE_VISIT', 'RECORD_TOLD', 'REGISTER_PERSON', 'GIVE_NOTICE');


-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.

















-- AlterTable
ALTER TABLE "dispatch" ADD COLUMN     "withdrawn_id" UUID;

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "act" "ActKind",
ADD COLUMN     "count" INTEGER;

-- AlterTable
ALTER TABLE "person_known" ADD COLUMN     "contact_until" TIMESTAMPTZ(3) NOT NULL DEFAULT 'infinity'::timestamp with time zone;

-- CreateTable
CREATE TABLE "district_place" (
    "district_id" UUID NOT NULL,
    "place" TEXT NOT NULL,

    CONSTRAINT "district_place_pkey" PRIMARY KEY ("district_id","place")
);

-- CreateTable
CREATE TABLE "contact_word" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "said_by_id" UUID NOT NULL,
    "said_as" "ContactWordBy" NOT NULL,
    "kind" "ContactWordKind" NOT NULL,
    "said" JSONB NOT NULL,
    "said_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "counts_from" TIMESTAMPTZ(3) NOT NULL,
    "used_since" TIMESTAMPTZ(3),
    "before" JSONB,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "contact_word_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "duty_worker_turn" (
    "worker_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "given" INTEGER NOT NULL,

    CONSTRAINT "duty_worker_turn_pkey" PRIMARY KEY ("worker_id")
);

-- CreateTable
CREATE TABLE "act" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID NOT NULL,
    "kind" "ActKind" NOT NULL,
    "done_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "district_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "row_id" UUID NOT NULL,
    "person_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "before" JSONB,
    "taken_back_at" TIMESTAMPTZ(3),

    CONSTRAINT "act_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "contact_word_person_id_idx" ON "contact_word"("person_id");

-- CreateIndex
CREATE INDEX "contact_word_case_id_idx" ON "contact_word"("case_id");

-- CreateIndex
CREATE INDEX "contact_word_said_by_id_idx" ON "contact_word"("said_by_id");

-- CreateIndex
CREATE INDEX "act_worker_id_kind_done_at_idx" ON "act"("worker_id", "kind", "done_at");

-- CreateIndex
CREATE INDEX "act_district_id_done_at_idx" ON "act"("district_id", "done_at");

-- CreateIndex
CREATE INDEX "act_row_id_idx" ON "act"("row_id");

-- CreateIndex
CREATE INDEX "act_done_at_idx" ON "act"("done_at");

-- CreateIndex
CREATE UNIQUE INDEX "dispatch_withdrawn_id_key" ON "dispatch"("withdrawn_id");

-- AddForeignKey
ALTER TABLE "district_place" ADD CONSTRAINT "district_place_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_word" ADD CONSTRAINT "contact_word_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_word" ADD CONSTRAINT "contact_word_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_word" ADD CONSTRAINT "contact_word_said_by_id_fkey" FOREIGN KEY ("said_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "duty_worker_turn" ADD CONSTRAINT "duty_worker_turn_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "act" ADD CONSTRAINT "act_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "act" ADD CONSTRAINT "act_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dispatch" ADD CONSTRAINT "dispatch_withdrawn_id_fkey" FOREIGN KEY ("withdrawn_id") REFERENCES "appointment_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;
create or replace function measure_of(p_kind "ActKind") returns integer
  language sql immutable parallel safe
  return case p_kind
    when 'CHANGE_IDENTITY' then 30
    when 'CHANGE_CONTACT' then 30
    when 'SET_OBJECTION' then 10
    when 'CANCEL_APPOINTMENT' then 20
    when 'CANCEL_IN_TIME_OFF' then 120
    when 'CANCEL_BOOKINGS_OF_CLIENT' then 3
    when 'CALL_OFF_BY_TELEPHONE' then 30
    when 'MOVE_APPOINTMENT' then 30
    when 'MOVE_IN_TIME_OFF' then 120
    when 'BOOK_APPOINTMENT' then 60
    when 'RECORD_OUTCOME' then 120
    when 'CONFIRM_APPOINTMENT' then 60
    when 'REQUEST_APPOINTMENT' then 60
    when 'CHANGE_REQUEST' then 40
    when 'RECORD_PRESENCE' then 90
    when 'WITHDRAW_REQUEST' then 15
    when 'ANSWER_OFFER' then 30
    when 'CHANGE_HOURS' then 30
    when 'DECLARE_TIME_OFF' then 12
    when 'RECORD_VISIT' then 60
    when 'CHANGE_VISIT' then 180
    when 'RECORD_TOLD' then 60
    when 'REGISTER_PERSON' then 60
    when 'GIVE_NOTICE' then 60
  end;
revoke all on function measure_of("ActKind") from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function record_act(p_kind "ActKind", p_district uuid, p_subject text, p_row uuid, p_persons uuid[], p_before jsonb)
  returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_used integer;
  v_oldest timestamptz;
begin
  if viewer_worker() is null then return; end if;
  perform pg_advisory_xact_lock(hashtextextended('cosmos:acts:' || viewer_worker(), 0));
  select count(*), min(a.done_at) into v_used, v_oldest from act a
    where a.worker_id = viewer_worker() and a.kind = p_kind and a.done_at > now() - interval '1 hour';
  if v_used >= measure_of(p_kind) then
    raise 'the measure of the hour is spent' using errcode = 'CS429',
      detail = greatest(1, ceil(extract(epoch from v_oldest + interval '1 hour' - now())))::text;
  end if;
  insert into act (worker_id, kind, district_id, subject, row_id, person_ids, before)
    values (viewer_worker(), p_kind, p_district, p_subject, p_row, coalesce(p_persons, '{}'), p_before);
  if v_used + 1 = measure_of(p_kind) and not exists (select from notification n where n.kind = 'MEASURE_REACHED'
      and n.about_worker_id = viewer_worker() and n.act = p_kind and n.created_at > now() - interval '1 hour') then
    perform tell_measure(p_kind, p_district, v_used + 1);
  end if;
end $$;
revoke all on function record_act("ActKind",uuid,text,uuid,uuid[],jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function tell_measure(p_kind "ActKind", p_district uuid, p_count integer) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_heads uuid[] := array(select m.worker_id from membership m where m.role = 'DISTRICT_HEAD' and m.worker_id <> viewer_worker()
    and (m.district_id = p_district or exists (select from act a where a.worker_id = viewer_worker() and a.kind = p_kind
      and a.done_at > now() - interval '1 hour' and a.district_id = m.district_id))
    and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
  v_told uuid[] := case when cardinality(viewer_posts('district_head')) = 0 then v_heads else '{}' end;
  v_role "Role";
begin
  foreach v_role in array array['TECHNICAL_ADVISER', 'DISTRICT_HEAD', 'DATA_PROTECTION_OFFICER']::"Role"[] loop
    exit when v_told <> '{}';
    v_told := case when v_role = 'DISTRICT_HEAD' then v_heads else array(select m.worker_id from membership m where m.role = v_role
      and m.worker_id <> viewer_worker() and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())) end;
  end loop;
  insert into notification (worker_id, kind, about_worker_id, act, count)
    select distinct t, 'MEASURE_REACHED'::"NotificationKind", viewer_worker(), p_kind, p_count from unnest(v_told) t;
end $$;
revoke all on function tell_measure("ActKind",uuid,int4) from public, cosmos_app, cosmos_jobs;
create or replace function is_own_appointment(p_district uuid, p_workers uuid[], p_case_worker uuid) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return coalesce(viewer_worker() = any (p_workers) or viewer_worker() = p_case_worker, false);
  end $$;
revoke all on function is_own_appointment(uuid,uuid[],uuid) from public, cosmos_app, cosmos_jobs;
create or replace function is_own_request(p_request appointment_request) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return is_own_appointment(p_request.district_id, case when p_request.duty_worker_only then array[p_request.duty_worker_id] end,
      p_request.case_worker_id);
  end $$;
revoke all on function is_own_request(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function persons_of_appointment(p_appointment uuid) returns uuid[]
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return array(select ap.person_id from appointment_person ap where ap.appointment_id = p_appointment order by ap.person_id);
  end $$;
revoke all on function persons_of_appointment(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function is_in_time_off(p_workers uuid[], p_starts_at timestamptz, p_ends_at timestamptz) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return exists (select from unavailability u where u.worker_id = any (p_workers) and u.starts_at < p_ends_at and u.ends_at > p_starts_at
        and u.ends_at > u.starts_at)
      or exists (select from absence s where s.worker_id = any (p_workers) and s.starts_at < p_ends_at
        and (s.ends_at is null or s.ends_at > p_starts_at));
  end $$;
revoke all on function is_in_time_off(uuid[],timestamptz,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function changes_of_day(p_district uuid)
  returns table (id uuid, person_id uuid, kind "ActKind", done_at timestamptz, reference text, display_name text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    if not is_on_duty_in(p_district) then return; end if;
    return query select l.* from (select distinct on (p.id, a.kind) a.id, p.id as person_id, a.kind,
        coalesce(a.taken_back_at, a.done_at)::timestamptz as done_at, p.reference,
        coalesce(p.chosen_name, nullif(concat_ws(' ', p.given_name, p.family_name), ''))
      from act a cross join lateral unnest(a.person_ids) changed (person_id) join person p on p.id = changed.person_id
      where a.district_id = p_district and a.done_at >= day_in_paris(now())::timestamp at time zone 'Europe/Paris'
        and a.kind in ('CHANGE_IDENTITY', 'CHANGE_CONTACT', 'SET_OBJECTION', 'CANCEL_APPOINTMENT', 'CANCEL_IN_TIME_OFF', 'CHANGE_REQUEST',
          'WITHDRAW_REQUEST')
        and (a.taken_back_at is null or a.kind = 'CHANGE_CONTACT') and a.worker_id <> viewer_worker()
        and not p.confirm_nothing and not p.sensitive_file and not p.provisional and has_nobody(p.id)
      order by p.id, a.kind, coalesce(a.taken_back_at, a.done_at) desc, a.id) l
      order by l.done_at desc, l.id, l.person_id limit 500;
  end $$;
revoke all on function changes_of_day(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function is_on_duty_in(p_district uuid) returns boolean
  language plpgsql stable security definer set search_path = public, pg_temp as $$ begin
    return p_district = any (viewer_districts('social_worker')) and exists (select from visit v join person_known k on k.source_id = v.id
      where v.worker_id = viewer_worker() and v.district_id = p_district and v.day = day_in_paris(now())
        and k.worker_id = viewer_worker() and k.contact);
  end $$;
revoke all on function is_on_duty_in(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function forget_acts(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_forgotten integer;
begin
  perform only_jobs();
  delete from act where id in (select a.id from act a where a.done_at < now() - interval '2 days' order by a.done_at limit p_limit
    for update skip locked);
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end $$;
revoke all on function forget_acts(int4) from public, cosmos_app, cosmos_jobs;
create or replace function contact_columns(p_row person) returns jsonb
  language plpgsql stable set search_path = public, pg_temp as $$ begin
    return jsonb_build_object('phone', p_row.phone, 'email', p_row.email, 'safe_contact', p_row.safe_contact,
      'contact_suspended_at', p_row.contact_suspended_at, 'contact_suspended_case_id', p_row.contact_suspended_case_id,
      'language', p_row.language, 'communication_needs', p_row.communication_needs);
  end $$;
revoke all on function contact_columns(person) from public, cosmos_app, cosmos_jobs;
create or replace function address_columns(p_row person_address) returns jsonb
  language plpgsql stable set search_path = public, pg_temp as $$ begin
    return jsonb_build_object('person_id', p_row.person_id, 'line', p_row.line, 'postal_code', p_row.postal_code, 'city', p_row.city,
      'for_letters', p_row.for_letters);
  end $$;
revoke all on function address_columns(person_address) from public, cosmos_app, cosmos_jobs;
create or replace function appointment_columns(p_row appointment) returns jsonb
  language plpgsql stable set search_path = public, pg_temp as $$ begin
    return jsonb_build_object('status', p_row.status, 'cancellation_reason', p_row.cancellation_reason, 'starts_at', p_row.starts_at,
      'ends_at', p_row.ends_at, 'expected_back_at', p_row.expected_back_at, 'place', p_row.place, 'worker_ids', p_row.worker_ids);
  end $$;
revoke all on function appointment_columns(appointment) from public, cosmos_app, cosmos_jobs;
create or replace function request_columns(p_row appointment_request) returns jsonb
  language plpgsql stable set search_path = public, pg_temp as $$ begin
    return jsonb_build_object('person_id', p_row.person_id, 'mode', p_row.mode, 'wanted_from', p_row.wanted_from, 'wanted_until', p_row.wanted_until,
      'duty_worker_id', p_row.duty_worker_id, 'show_online', p_row.show_online, 'called_name', p_row.called_name, 'contact', p_row.contact,
      'phone', p_row.phone, 'short_notice_from', p_row.short_notice_from, 'short_notice_until', p_row.short_notice_until);
  end $$;
revoke all on function request_columns(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function record_move(p_before appointment) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  -- A move to another time and to another worker is one act.
  if exists (select from act a where a.row_id = p_before.id and a.done_at = now()::timestamptz(3) and a.kind in ('MOVE_APPOINTMENT', 'MOVE_IN_TIME_OFF')
    and a.worker_id = viewer_worker()) then return; end if;
  perform record_act(case when is_in_time_off(p_before.worker_ids, p_before.starts_at, p_before.ends_at) then 'MOVE_IN_TIME_OFF' else 'MOVE_APPOINTMENT' end::"ActKind",
    p_before.district_id, 'appointment', p_before.id, persons_of_appointment(p_before.id), appointment_columns(p_before));
end $$;
revoke all on function record_move(appointment) from public, cosmos_app, cosmos_jobs;
create or replace function settle_acts(p_row uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update act set before = null where row_id = p_row and worker_id is distinct from viewer_worker() and before is not null;
end $$;
revoke all on function settle_acts(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function settle_acts_on(p_person uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update act set before = null where p_person = any (person_ids) and before is not null;
  update act set before = before - array(select ap.appointment_id::text from appointment_person ap where ap.person_id = p_person)
    where subject = 'client' and before is not null;
end $$;
revoke all on function settle_acts_on(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function take_back_acts(p_kind "ActKind", p_worker uuid) returns table (subject text, row_id uuid, person_ids uuid[])
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  v_act act%rowtype;
  v_since timestamptz := now() - interval '1 hour';
  v_author uuid := coalesce(p_worker, viewer_worker());
  v_count integer := 0;
begin
  if viewer_worker() is null or not (viewer_has_scope('persons:write') and viewer_has_scope('appointments:write')) then
    raise 'not theirs to take back' using errcode = 'insufficient_privilege';
  end if;
  -- A worker without a post takes nothing back.
  if not (cardinality(viewer_posts('any')) > 0 or viewer_has_role('TECHNICAL_ADVISER')) then return; end if;
  if v_author <> viewer_worker() then
    select min(n.created_at) - interval '1 hour' into v_since from notification n where n.worker_id = viewer_worker()
      and n.kind = 'MEASURE_REACHED' and n.about_worker_id = v_author and n.act = p_kind and n.created_at > now() - interval '2 days';
    if v_since is null then return; end if;
  end if;
  for v_act in select * from act a where a.worker_id = v_author and a.kind = p_kind and a.done_at > v_since and a.taken_back_at is null
        -- A head takes back what was done in their district alone.
        and (v_author = viewer_worker() or viewer_has_role('TECHNICAL_ADVISER') or a.district_id = any (viewer_posts('district_head')))
      order by a.done_at desc, a.id for update loop
    update act a set taken_back_at = now() where a.id = v_act.id;
    v_count := v_count + 1;
    if v_act.before is not null then
      case v_act.subject
        when 'person' then perform take_back_in('person', v_act.row_id, v_act.before);
        when 'appointment_request' then perform take_back_in('appointment_request', v_act.row_id, v_act.before);
        when 'person_address' then perform take_back_address(v_act.row_id, v_act.before);
        when 'client' then perform take_back_appointment(b.key::uuid, b.value) from jsonb_each(v_act.before) b;
        when 'appointment' then perform take_back_appointment(v_act.row_id, v_act.before);
        when 'availability' then perform take_back_hours(v_act.row_id);
        when 'unavailability' then
          update unavailability u set ends_at = greatest(u.starts_at, least(u.ends_at, now())), version = u.version + 1 where u.id = v_act.row_id;
      end case;
    end if;
    subject := v_act.subject; row_id := v_act.row_id; person_ids := v_act.person_ids;
    return next;
  end loop;
  if v_author <> viewer_worker() and v_count > 0 then
    insert into notification (worker_id, kind, about_worker_id, act, count)
      values (v_author, 'ACTS_TAKEN_BACK', viewer_worker(), p_kind, v_count);
  end if;
end $$;
revoke all on function take_back_acts("ActKind",uuid) from public, cosmos_app, cosmos_jobs;
create or replace function take_back_in(p_table text, p_row uuid, p_before jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_columns text := (select string_agg(quote_ident(k), ', ') from jsonb_object_keys(p_before) k);
begin
  execute format('update %1$I set (%2$s, version) = (select %2$s, %1$I.version + 1 from jsonb_populate_record(null::%1$I, $1)) where id = $2',
    p_table, v_columns) using p_before, p_row;
exception
  -- The person has asked again since, and waits once.
  when unique_violation or check_violation then null;
end $$;
revoke all on function take_back_in(text,uuid,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function take_back_address(p_row uuid, p_before jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if p_before = '{}' then
    delete from person_address a where a.id = p_row and not a.confidential;
  elsif exists (select from person_address a where a.id = p_row) then
    perform take_back_in('person_address', p_row, p_before - 'person_id');
  else
    insert into person_address (person_id, line, postal_code, city, for_letters)
      select b.person_id, b.line, b.postal_code, b.city, b.for_letters from jsonb_populate_record(null::person_address, p_before) b
      where not exists (select from person_address a where a.person_id = b.person_id and not a.confidential);
  end if;
end $$;
revoke all on function take_back_address(uuid,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function take_back_hours(p_row uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update availability v set ends_on = greatest(v.starts_on, least(v.ends_on, day_in_paris(now()))), version = v.version + 1 where v.id = p_row;
  update availability_occurrence o set closed = true where o.availability_id = p_row and not o.closed and o.ends_at > now();
end $$;
revoke all on function take_back_hours(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function take_back_appointment(p_row uuid, p_before jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_before appointment := jsonb_populate_record(null::appointment, p_before);
  v_now appointment%rowtype;
begin
  select * into v_now from appointment a where a.id = p_row for update;
  if not found or v_before.starts_at <= now() then return; end if;
  begin
    perform end_expired_holds(v_before.worker_ids, v_before.starts_at, coalesce(v_before.expected_back_at, v_before.ends_at));
    delete from occupancy o where o.appointment_id = p_row;
    insert into occupancy (worker_id, district_id, appointment_id, starts_at, ends_at)
      select w, v_now.district_id, p_row, v_before.starts_at, coalesce(v_before.expected_back_at, v_before.ends_at) from unnest(v_before.worker_ids) w;
    if v_before.worker_ids <> v_now.worker_ids then
      delete from appointment_worker aw where aw.appointment_id = p_row and aw.worker_id <> all (v_before.worker_ids);
      insert into appointment_worker (appointment_id, worker_id) select p_row, w from unnest(v_before.worker_ids) w on conflict do nothing;
    end if;
    update appointment_participant t set starts_at = t.starts_at + (v_before.starts_at - v_now.starts_at),
      ends_at = t.ends_at + (v_before.starts_at - v_now.starts_at) where t.appointment_id = p_row and v_before.starts_at <> v_now.starts_at;
    update appointment a set status = v_before.status, cancellation_reason = v_before.cancellation_reason, starts_at = v_before.starts_at,
      ends_at = v_before.ends_at, expected_back_at = v_before.expected_back_at, place = v_before.place, version = a.version + 1 where a.id = p_row;
  exception
    -- Somebody else has the time by now.
    when exclusion_violation then return;
  end;
  perform tell_it_stands(p_row);
  select * into v_now from appointment a where a.id = p_row;
  perform tell_of_appointment(v_now, 'APPOINTMENT_RESTORED');
end $$;
revoke all on function take_back_appointment(uuid,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function tell_it_stands(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  delete from appointment_notice n where n.appointment_id = p_appointment and n.done_at is null
    and not exists (select from dispatch d where d.notice_id = n.id and d.status in ('SENDING', 'RETRYING', 'UNCERTAIN', 'SENT'));
  delete from appointment_notice n using appointment a where a.id = p_appointment and n.appointment_id = a.id and n.reminds_of = a.starts_at;
  insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at, reminds_of)
    select a.id, ap.person_id, a.district_id, 'REMINDER', a.starts_at, a.starts_at from appointment a join appointment_person ap on ap.appointment_id = a.id
    where a.id = p_appointment and exists (select from appointment_notice n where n.appointment_id = a.id and n.person_id = ap.person_id
      and n.kind <> 'REMINDER' and n.created_at > now() - interval '2 days')
    on conflict (appointment_id, person_id) where done_at is null
      do update set kind = excluded.kind, previous_starts_at = excluded.previous_starts_at, reminds_of = excluded.reminds_of,
        version = appointment_notice.version + 1;
end $$;
revoke all on function tell_it_stands(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function tell_by_safe_contact(p_act act) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
    select a.id, p.id, a.district_id, case p_act.kind when 'CANCEL_APPOINTMENT' then 'CANCELLED' else 'MOVED' end::"AppointmentNoticeKind",
      known_starts_at(a.id, p.id, coalesce((p_act.before ->> 'starts_at')::timestamptz, a.starts_at))
    from appointment a join person p on p.id = any (p_act.person_ids)
    -- A person whose appointment passes to another worker at its time has nothing new to know.
    where a.id = p_act.row_id and (p_act.kind = 'CANCEL_APPOINTMENT' or a.starts_at <> (p_act.before ->> 'starts_at')::timestamptz)
      and p.safe_contact = 'NEUTRAL_TEXT' and contact_is_named(p.id) and (p.phone is not null or p.email is not null)
    on conflict (appointment_id, person_id) where done_at is null do nothing;
end $$;
revoke all on function tell_by_safe_contact(act) from public, cosmos_app, cosmos_jobs;
create or replace function act_on_person() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is null or follows_person(new.id) then return null; end if;
  if (new.given_name, new.family_name, new.chosen_name, new.birth_date)
      is distinct from (old.given_name, old.family_name, old.chosen_name, old.birth_date) then
    perform record_act('CHANGE_IDENTITY', new.district_id, 'person', new.id, array[new.id],
      jsonb_build_object('given_name', old.given_name, 'family_name', old.family_name, 'chosen_name', old.chosen_name, 'birth_date', old.birth_date));
  end if;
  if (new.phone, new.email, new.safe_contact, new.contact_suspended_at, new.language, new.communication_needs)
      is distinct from (old.phone, old.email, old.safe_contact, old.contact_suspended_at, old.language, old.communication_needs) then
    perform record_act('CHANGE_CONTACT', new.district_id, 'person', new.id, array[new.id], contact_columns(old));
  end if;
  if (new.statistics_objection_on is null) <> (old.statistics_objection_on is null) then
    perform record_act('SET_OBJECTION', new.district_id, 'person', new.id, array[new.id],
      jsonb_build_object('statistics_objection_on', old.statistics_objection_on));
  end if;
  return null;
end $$;
revoke all on function act_on_person() from public, cosmos_app, cosmos_jobs;
create or replace function act_is_settled() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'person' then
    if (new.given_name, new.family_name, new.chosen_name, new.birth_date, new.statistics_objection_on, new.confirm_nothing, contact_columns(new))
        is not distinct from (old.given_name, old.family_name, old.chosen_name, old.birth_date, old.statistics_objection_on, old.confirm_nothing,
          contact_columns(old)) and viewer_worker() is not null and not follows_person(new.id) then return null; end if;
  end if;
  perform settle_acts(new.id);
  -- An address that somebody else has written stands in the place of the one before, also if it is a row of its own that others do not read.
  if tg_table_name = 'person_address' then
    update act set before = null where subject = 'person_address' and person_ids = array[new.person_id]
      and worker_id is distinct from viewer_worker() and before is not null and done_at > now() - interval '2 days';
  end if;
  return null;
end $$;
revoke all on function act_is_settled() from public, cosmos_app, cosmos_jobs;
create or replace function act_on_address() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_before person_address := case when tg_op <> 'INSERT' then old end;
  v_after person_address := case when tg_op <> 'DELETE' then new end;
  v_person uuid := coalesce(v_after.person_id, v_before.person_id);
begin
  if viewer_worker() is null or coalesce(v_after.confidential, v_before.confidential) or follows_person(v_person) then return null; end if;
  perform record_act('CHANGE_CONTACT', p.district_id, 'person_address', coalesce(v_after.id, v_before.id), array[v_person],
    case tg_op when 'INSERT' then '{}' else address_columns(v_before) end)
    from person p where p.id = v_person;
  return null;
end $$;
revoke all on function act_on_address() from public, cosmos_app, cosmos_jobs;
create or replace function act_on_appointment() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is null then return null; end if;
  if is_own_appointment(old.district_id, old.worker_ids, old.case_worker_id) then
    -- The viewer holds the appointment. Another worker may follow the person, and is told.
    if new.status <> old.status and new.status in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') then
      perform tell_who_follows(p, 'APPOINTMENT_CANCELLED', null, null) from unnest(persons_of_appointment(new.id)) p;
    end if;
    return null;
  end if;
  if new.status <> old.status then
    if new.status in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')
        or (old.status = 'BOOKED' and new.status <> 'HONOURED' and new.starts_at > now()) then
      perform record_act(case when new.status = 'CANCELLED_BY_SERVICE' and is_in_time_off(old.worker_ids, old.starts_at, old.ends_at) then 'CANCEL_IN_TIME_OFF' else 'CANCEL_APPOINTMENT' end::"ActKind",
        new.district_id, 'appointment', new.id, persons_of_appointment(new.id), appointment_columns(old));
    else
      perform record_act('RECORD_OUTCOME', new.district_id, 'appointment', new.id, persons_of_appointment(new.id), null);
    end if;
  elsif new.starts_at <> old.starts_at then
    perform record_move(old);
  end if;
  return null;
end $$;
revoke all on function act_on_appointment() from public, cosmos_app, cosmos_jobs;
create or replace function act_on_colleague() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_appointment appointment%rowtype;
begin
  if viewer_worker() is null then return null; end if;
  select a.* into v_appointment from appointment a where a.id = new.appointment_id;
  if new.worker_id = viewer_worker() then
    -- The API lets nobody join the appointment of others, which then would be their own work. Raw SQL in the application's role does.
    if v_appointment.booked_at < now()::timestamptz(3) and cardinality(v_appointment.worker_ids) > 0
        and not is_own_appointment(v_appointment.district_id, v_appointment.worker_ids, v_appointment.case_worker_id) then
      perform record_move(v_appointment);
    end if;
    return null;
  end if;
  -- A move to another worker is counted by the worker who leaves.
  if v_appointment.booked_at < now()::timestamptz(3) or exists (select from act a where a.row_id = v_appointment.id and a.done_at = now()::timestamptz(3))
    or is_own_appointment(v_appointment.district_id, v_appointment.worker_ids || new.worker_id, v_appointment.case_worker_id) then return null; end if;
  perform record_act('BOOK_APPOINTMENT', v_appointment.district_id, 'appointment', v_appointment.id,
    persons_of_appointment(v_appointment.id), null);
  return null;
end $$;
revoke all on function act_on_colleague() from public, cosmos_app, cosmos_jobs;
create or replace function act_of_passing_on() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_appointment appointment%rowtype;
begin
  select a.* into v_appointment from appointment a where a.id = old.appointment_id;
  if not found or viewer_worker() is null
    or is_own_appointment(v_appointment.district_id, v_appointment.worker_ids || old.worker_id, v_appointment.case_worker_id) then return null; end if;
  perform record_move(v_appointment);
  return null;
end $$;
revoke all on function act_of_passing_on() from public, cosmos_app, cosmos_jobs;
create or replace function act_where_it_ended() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform record_act('RECORD_OUTCOME', new.district_id, 'ended_for_desk', new.id, '{}', null);
  return null;
end $$;
revoke all on function act_where_it_ended() from public, cosmos_app, cosmos_jobs;
create or replace function act_on_request() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_persons uuid[] := array_remove(array[coalesce((select s.person_id from appointment_request s where s.id = new.stands_for_id), new.person_id)], null);
begin
  if viewer_worker() is null or is_own_request(new) then return null; end if;
  if tg_op = 'INSERT' then
    perform record_act('REQUEST_APPOINTMENT', new.district_id, 'appointment_request', new.id, v_persons, null);
  elsif new.status <> old.status then
    if new.status = 'WITHDRAWN' then
      perform record_act('WITHDRAW_REQUEST', new.district_id, 'appointment_request', new.id, v_persons,
        jsonb_build_object('status', old.status, 'closed_at', old.closed_at));
    end if;
  elsif request_columns(new) <> request_columns(old) then
    perform record_act('CHANGE_REQUEST', new.district_id, 'appointment_request', new.id, v_persons, request_columns(old));
  elsif new.present_until is distinct from old.present_until then
    perform record_act('RECORD_PRESENCE', new.district_id, 'appointment_request', new.id, v_persons, null);
  end if;
  return null;
end $$;
revoke all on function act_on_request() from public, cosmos_app, cosmos_jobs;
create or replace function act_on_hours() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is null or new.worker_id = viewer_worker() then return null; end if;
  perform record_act('CHANGE_HOURS', new.district_id, 'availability', new.id, '{}',
    case when tg_op = 'INSERT' then '{}'::jsonb end);
  return null;
end $$;
revoke all on function act_on_hours() from public, cosmos_app, cosmos_jobs;
create or replace function act_on_time_off() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is null or new.worker_id = viewer_worker() then return null; end if;
  perform record_act('DECLARE_TIME_OFF', new.district_id, 'unavailability', new.id, '{}', case when tg_op = 'INSERT' then '{}'::jsonb end);
  return null;
end $$;
revoke all on function act_on_time_off() from public, cosmos_app, cosmos_jobs;
create or replace function act_on_visit() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then perform record_act('RECORD_VISIT', new.district_id, 'visit', new.id, '{}', null);
  elsif old.worker_id is distinct from viewer_worker() then
    perform record_act('CHANGE_VISIT', new.district_id, 'visit', new.id, '{}', null);
  end if;
  return null;
end $$;
revoke all on function act_on_visit() from public, cosmos_app, cosmos_jobs;
create or replace function act_of_registering() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform record_act('REGISTER_PERSON', new.district_id, 'person', new.id, '{}', null);
  return null;
end $$;
revoke all on function act_of_registering() from public, cosmos_app, cosmos_jobs;
create or replace function act_of_giving_notice() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if follows_person(new.person_id) then return null; end if;
  perform record_act('GIVE_NOTICE', p.district_id, 'notice_receipt', new.id, '{}', null) from person p where p.id = new.person_id;
  return null;
end $$;
revoke all on function act_of_giving_notice() from public, cosmos_app, cosmos_jobs;
create or replace function act_of_telling() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform record_act('RECORD_TOLD', new.district_id, 'appointment_notice', new.id, '{}', null) from appointment a
    where a.id = new.appointment_id and not is_own_appointment(a.district_id, a.worker_ids, a.case_worker_id);
  return null;
end $$;
revoke all on function act_of_telling() from public, cosmos_app, cosmos_jobs;
create or replace function act_of_offering() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform record_act('RECORD_TOLD', new.district_id, 'slot_offer', new.id, '{}', null) from appointment_request r
    where r.id = new.request_id and not is_own_request(r);
  return null;
end $$;
revoke all on function act_of_offering() from public, cosmos_app, cosmos_jobs;
create or replace function act_on_place() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_row appointment_person := case when tg_op = 'DELETE' then old else new end;
  v_appointment appointment%rowtype;
begin
  select a.* into v_appointment from appointment a where a.id = v_row.appointment_id and a.places is not null;
  if not found or is_own_appointment(v_appointment.district_id, v_appointment.worker_ids, v_appointment.case_worker_id) then return null; end if;
  perform record_act(case tg_op when 'INSERT' then 'BOOK_APPOINTMENT' when 'DELETE' then 'CANCEL_APPOINTMENT' else 'RECORD_OUTCOME' end::"ActKind",
    v_appointment.district_id, 'appointment', v_appointment.id, array[v_row.person_id], null);
  return null;
end $$;
revoke all on function act_on_place() from public, cosmos_app, cosmos_jobs;
create or replace function act_is_told() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_appointment appointment%rowtype;
begin
  if new.kind in ('CANCEL_APPOINTMENT', 'CANCEL_IN_TIME_OFF') then
    select a.* into v_appointment from appointment a where a.id = new.row_id;
    perform tell_of_appointment(v_appointment, 'APPOINTMENT_CANCELLED');
    perform tell_who_follows(p, 'APPOINTMENT_CANCELLED', v_appointment.case_id, null) from unnest(new.person_ids) p;
  elsif new.kind in ('CHANGE_REQUEST', 'WITHDRAW_REQUEST') then
    perform tell_who_follows(p, 'REQUEST_CHANGED', null, null) from unnest(new.person_ids) p;
  elsif new.kind = 'CHANGE_HOURS' then
    insert into notification (worker_id, kind) select v.worker_id, 'AGENDA_CHANGED' from availability v where v.id = new.row_id;
  elsif new.kind = 'DECLARE_TIME_OFF' then
    insert into notification (worker_id, kind) select u.worker_id, 'AGENDA_CHANGED' from unavailability u where u.id = new.row_id;
  end if;
  if new.kind in ('CANCEL_APPOINTMENT', 'MOVE_APPOINTMENT', 'MOVE_IN_TIME_OFF') then perform tell_by_safe_contact(new); end if;
  return null;
end $$;
revoke all on function act_is_told() from public, cosmos_app, cosmos_jobs;
create or replace function place_of_hours_is_listed() returns trigger language plpgsql as $$
begin
  if new.worker_id is distinct from viewer_worker()
      and not exists (select from district_place d where d.district_id = new.district_id and d.place = new.place) then
    raise 'the place of a colleague''s hours is one of the district';
  end if;
  return new;
end $$;
revoke all on function place_of_hours_is_listed() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function place_is_of_hours(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select exists (select from appointment a
    join availability_occurrence o on o.worker_id = any (a.worker_ids) and o.district_id = a.district_id
      and o.starts_at <= a.starts_at and o.starts_at > a.starts_at - interval '12 hours' and o.ends_at >= a.ends_at
    join availability v on v.id = o.availability_id and v.place = a.place
    where a.id = p_appointment)
  or exists (select from appointment a join district_place d on d.district_id = a.district_id and d.place = a.place
    where a.id = p_appointment);
end;
revoke all on function place_is_of_hours(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function cancel_bookings_of_client(p_district uuid, p_client uuid, p_hour timestamptz) returns uuid[]
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_ids uuid[];
begin
  if (viewer_has_scope('appointments:write')
      and p_district = any (viewer_districts('receptionist') || viewer_districts('district_head'))) is not true then
    return null;
  end if;
  v_ids := array(select a.id from online_booking b join appointment a on a.id = b.appointment_id
    where b.client_id = p_client and b.booked_at >= p_hour and b.booked_at < p_hour + interval '1 hour'
      and a.district_id = p_district and a.status = 'BOOKED' and a.starts_at > now()
    order by b.booked_at, a.id limit 600);
  -- What somebody else has changed meanwhile is left out.
  v_ids := array(select a.id from appointment a where a.id = any (v_ids) and a.district_id = p_district and a.status = 'BOOKED'
      and a.starts_at > now()
    order by a.id for update);
  insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
    select a.id, p.id, ap.district_id, 'CANCELLED', known_starts_at(a.id, p.id, a.starts_at)
    from appointment a join appointment_person ap on ap.appointment_id = a.id join person p on p.id = ap.person_id
    where a.id = any (v_ids) and (not p.provisional or p.phone is not null or p.email is not null
      or exists (select from appointment_notice n where n.appointment_id = a.id and n.person_id = p.id and n.done_at is null))
    on conflict (appointment_id, person_id) where done_at is null
      do update set kind = excluded.kind, version = appointment_notice.version + 1;
  if v_ids <> '{}' then
    perform record_act('CANCEL_BOOKINGS_OF_CLIENT', p_district, 'client', p_client, '{}', (select jsonb_object_agg(a.id, appointment_columns(a))
      from appointment a where a.id = any (v_ids)));
    perform tell_measure('CANCEL_BOOKINGS_OF_CLIENT', p_district, cardinality(v_ids));
  end if;
  update appointment set status = 'CANCELLED_BY_SERVICE', version = version + 1 where id = any (v_ids);
  delete from occupancy where appointment_id = any (v_ids);
  return v_ids;
end $$;
revoke all on function cancel_bookings_of_client(uuid,uuid,timestamptz) from public, cosmos_app, cosmos_jobs;
create or replace function only_booked_online(p_person uuid, p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from appointment_person x where x.person_id = p_person and x.appointment_id <> p_appointment)
    and not exists (select from online_booking x where x.person_id = p_person and x.appointment_id <> p_appointment)
    and not exists (select from visit x where x.person_id = p_person or x.appointment_id = p_appointment)
    and not exists (select from encounter x where x.person_id = p_person or x.appointment_id = p_appointment)
    and not exists (select from case_person x where x.person_id = p_person)
    and not exists (select from need x where x.person_id = p_person)
    and not exists (select from appointment_request x where x.person_id = p_person)
    and not exists (select from incoming_request x where x.person_id = p_person)
    and not exists (select from message x where x.person_id = p_person)
    and not exists (select from notice_receipt x where x.person_id = p_person)
    and not exists (select from person_account x where x.person_id = p_person)
    and not exists (select from person_address x where x.person_id = p_person)
    and not exists (select from safe_address x where x.person_id = p_person)
    and not exists (select from contact_proposal x where x.person_id = p_person)
    and not exists (select from contact_word x where x.person_id = p_person)
    and not exists (select from agreed_word x where x.person_id = p_person)
    and not exists (select from calendar_feed x where x.person_id = p_person)
    -- Whoever was received is counted among the persons received.
    and not exists (select from appointment a where a.id = p_appointment and (a.case_id is not null or a.status = 'HONOURED'))
    -- The row of the person itself was never changed.
    and exists (select from person p where p.id = p_person and p.provisional and p.version = 1);
revoke all on function only_booked_online(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function assignment_tells() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_before uuid;
  v_givers uuid[];
begin
  if new.ends_at is not null then return null; end if;
  select worker_id into v_before from assignment
    where case_id = new.case_id and id <> new.id and ends_at is not null order by ends_at desc limit 1;
  with closed as (
    update handover_task set closed_at = now() where case_id = new.case_id and closed_at is null returning worker_id
  )
  select array_agg(distinct giver) into v_givers from (
    select worker_id as giver from closed
    union select from_worker_id from handover where case_id = new.case_id and to_worker_id = v_before
      and accepted_at is null and withdrawn_at is null
    union select v_before) g
  where giver <> new.worker_id;
  update handover set withdrawn_at = now()
    where case_id = new.case_id and from_worker_id = new.worker_id and accepted_at is null and withdrawn_at is null;
  insert into notification (worker_id, kind, case_id) values (new.worker_id, 'CASE_ASSIGNED', new.case_id);
  insert into notification (worker_id, kind, case_id) select new.worker_id, 'CONTACT_CHANGED', new.case_id where exists (
    select from case_person cp join access_log l on l.person_id = cp.person_id
    where cp.case_id = new.case_id and not l.blanked and l.outcome = 'DONE' and l.actor_id <> new.worker_id
      and l.action in ('UPDATE_PERSON', 'SET_SAFE_CONTACT', 'SET_SAFE_ADDRESS', 'SET_AGREED_WORD', 'ANSWER_CONTACT_WORD', 'ANSWER_CONTACT_PROPOSAL')
      and l.occurred_at > (select max(a.ends_at) from assignment a where a.case_id = new.case_id and a.worker_id = new.worker_id
        and a.ends_at > now() - interval '30 days'));
  insert into notification (worker_id, kind, case_id) select giver, 'CASE_REASSIGNED', new.case_id from unnest(v_givers) giver;
  insert into handover_task (case_id, worker_id, to_worker_id) select new.case_id, giver, new.worker_id from unnest(v_givers) giver;
  return null;
end $$;
revoke all on function assignment_tells() from public, cosmos_app, cosmos_jobs;
create or replace function goes_along(p_action text) returns boolean
  language sql immutable parallel safe
  return (p_action like 'READ\_%' or p_action like 'LOOK\_UP\_%') and p_action not like 'READ\_ACCESS\_LOG%' and p_action <> 'READ_DANGER';
revoke all on function goes_along(text) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function take_log_turn(p_subject uuid, p_workers boolean) returns table (used integer, oldest timestamptz)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is not null then
    insert into look_up_turn as t (worker_id) values (viewer_worker())
      on conflict (worker_id) do update set worker_id = t.worker_id;
  end if;
  return query select count(*)::integer, min(one.last) from (
    select max(l.occurred_at)::timestamptz as last from access_log l,
      lateral (select coalesce(l.target_worker_id, l.case_id, l.person_id, l.line_id) as id) subject
    where l.actor_id = viewer_worker() and l.actor_kind = 'WORKER' and not l.blanked and l.occurred_at > now() - interval '24 hours'
      and l.action in ('READ_ACCESS_LOG', 'READ_ACCESS_LOG_WITHOUT_TELLING') and l.outcome = 'DONE'
      and (l.target_worker_id is not null) = p_workers and subject.id is distinct from p_subject
    group by subject.id) one;
end $$;
revoke all on function take_log_turn(uuid,bool) from public, cosmos_app, cosmos_jobs;
create or replace function tell_log_measure() returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, about_worker_id)
  select s, 'LOG_MEASURE_REACHED'::"NotificationKind", viewer_worker() from second_readers(null) s
  where not exists (select from notification n where n.worker_id = s and n.kind::text = 'LOG_MEASURE_REACHED'
    and n.about_worker_id = viewer_worker() and n.created_at > now() - interval '24 hours');
end $$;
revoke all on function tell_log_measure() from public, cosmos_app, cosmos_jobs;
create or replace function log_reading_is_told() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_kind "NotificationKind" := ('LOG_READ_' || new.ground)::"NotificationKind";
  v_waits boolean := new.action = 'READ_ACCESS_LOG_WITHOUT_TELLING';
  v_now timestamptz(3) := now();
begin
  insert into notification (worker_id, kind, about_worker_id, created_at)
  select told.id, v_kind, new.target_worker_id, told.at from (
    select w.id, case when v_waits then v_now + interval '30 days' else v_now end from worker w
      where w.id = new.target_worker_id and w.id <> new.actor_id
    union all
    select s, v_now from worker w cross join second_readers(w.id) s
      where w.id = new.target_worker_id and (v_waits or w.disabled_at is not null)) told (id, at)
  where not exists (select from notification n where n.worker_id = told.id and n.kind = v_kind and n.about_worker_id = new.target_worker_id
    and n.created_at > told.at - interval '24 hours' and n.created_at <= told.at);
  return null;
end $$;
revoke all on function log_reading_is_told() from public, cosmos_app, cosmos_jobs;
create or replace function address_for_letters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' or (new.line, new.postal_code, new.city) is distinct from (old.line, old.postal_code, old.city)
      or speaks_first(new.person_id) then
    new.for_letters := viewer_worker() is null or speaks_first(new.person_id)
      or not exists (select from case_person cp where cp.person_id = new.person_id);
  end if;
  return new;
end $$;
revoke all on function address_for_letters() from public, cosmos_app, cosmos_jobs;
create or replace function say_agreed_word(p_person uuid, p_word_hash bytea) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := case_that_speaks(p_person);
  v_by "ContactWordBy" := word_waits_as(p_person, v_case);
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person))
    and not coalesce(p_word_hash is null and viewer_person() = p_person and viewer_has_scope('persons:read'), false) then
    return false;
  end if;
  if p_word_hash is not null and v_by is not null then
    perform put_contact_word_aside(p_person, v_case, v_by, 'AGREED_WORD',
      jsonb_build_object('word', encode(agreed_word_of(p_person, p_word_hash), 'hex')));
    return true;
  end if;
  perform end_contact_words(p_person, v_case, 'AGREED_WORD');
  if p_word_hash is null then delete from agreed_word where person_id = p_person;
  else
    insert into agreed_word (person_id, word_hash) values (p_person, agreed_word_of(p_person, p_word_hash))
      on conflict (person_id) do update set word_hash = excluded.word_hash;
  end if;
  perform tell_who_follows(p_person, 'CONTACT_CHANGED', null, null);
  return true;
end $$;
revoke all on function say_agreed_word(uuid,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function put_contact(p_kind "ContactWordKind", p_person uuid, p_case uuid, p_values jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_address jsonb := p_values -> 'address';
begin
  if p_kind = 'SAFE_CONTACT' then
    update person set version = version + 1,
      safe_contact = case when p_values ? 'safe_contact' then (p_values ->> 'safe_contact')::"SafeContact" else safe_contact end,
      contact_suspended_at = case when p_values ? 'safe_contact' then (p_values ->> 'suspended_at')::timestamptz else contact_suspended_at end,
      phone = case when p_values ? 'phone' then p_values ->> 'phone' else phone end,
      email = case when p_values ? 'email' then p_values ->> 'email' else email end
      where id = p_person;
  elsif p_values ? 'word' then
    if p_values ->> 'word' is null then delete from agreed_word where person_id = p_person;
    else
      insert into agreed_word (person_id, word_hash) values (p_person, decode(p_values ->> 'word', 'hex'))
        on conflict (person_id) do update set word_hash = excluded.word_hash;
    end if;
  elsif jsonb_typeof(v_address) = 'object' then
    insert into safe_address as a (case_id, person_id, line, postal_code, city, recorded_at)
      values (p_case, p_person, v_address ->> 'line', v_address ->> 'postal_code', v_address ->> 'city',
        coalesce((v_address ->> 'recorded_at')::timestamptz, now()))
      on conflict (case_id, person_id) do update set line = excluded.line, postal_code = excluded.postal_code, city = excluded.city,
        recorded_at = excluded.recorded_at, version = a.version + 1;
  else
    delete from safe_address where case_id = p_case and person_id = p_person;
  end if;
end $$;
revoke all on function put_contact("ContactWordKind",uuid,uuid,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function put_contact_word_aside(p_person uuid, p_case uuid, p_by "ContactWordBy", p_kind "ContactWordKind", p_said jsonb) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_said jsonb := p_said - said_that_stands(p_said, contact_that_stands(p_kind, p_person, p_case, p_said));
begin
  -- Since an address was hidden, nobody has said how the person is reached: to say the same is a word too.
  if p_kind = 'SAFE_CONTACT' and not contact_is_named(p_person) then v_said := p_said; end if;
  if v_said = '{}' then
    delete from contact_word where person_id = p_person and kind = p_kind and case_id = p_case and said_by_id = viewer_worker()
      and used_since is null;
    return;
  end if;
  -- Each word has its own id: the worker answers the word that they have read.
  insert into contact_word as w (person_id, case_id, said_by_id, said_as, kind, said, counts_from)
    values (p_person, p_case, viewer_worker(), p_by, p_kind, v_said, in_working_time(now(), interval '18 hours'))
    on conflict (person_id, kind, case_id, said_by_id) where used_since is null and ended_at is null do update set id = excluded.id,
      said_as = excluded.said_as, said = excluded.said, said_at = excluded.said_at, counts_from = excluded.counts_from
      where w.said <> excluded.said;
  delete from contact_word where person_id = p_person and kind = p_kind and case_id = p_case and said_by_id = viewer_worker()
    and ended_at is not null;
  perform tell_who_follows(p_person, 'CONTACT_WORD_WAITS', null, null);
end $$;
revoke all on function put_contact_word_aside(uuid,uuid,"ContactWordBy","ContactWordKind",jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function keeps_contact_as_word(p_person uuid, p_said jsonb) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := case_that_speaks(p_person);
  v_by "ContactWordBy" := word_waits_as(p_person, v_case);
  v_said jsonb := jsonb_build_object('safe_contact', (p_said ->> 'safe_contact')::"SafeContact", 'phone', p_said ->> 'phone', 'email', p_said ->> 'email');
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person)) then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  if v_by is null then
    perform end_contact_words(p_person, null, 'SAFE_CONTACT');
    return false;
  end if;
  if coalesce(v_said ->> 'safe_contact', 'NONE') = 'NONE' then v_said := v_said - 'safe_contact'; end if;
  perform put_contact_word_aside(p_person, v_case, v_by, 'SAFE_CONTACT', v_said);
  return true;
end $$;
revoke all on function keeps_contact_as_word(uuid,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function say_safe_address(p_person uuid, p_case uuid, p_version integer, p_line text, p_postal_code text, p_city text) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_by "ContactWordBy" := word_waits_as(p_person, p_case);
  v_said jsonb := jsonb_build_object('address', case when p_line is not null then
    jsonb_build_object('line', p_line, 'postal_code', p_postal_code, 'city', p_city) end);
begin
  if not (viewer_has_scope('persons:write') and exists (select from case_person cp where cp.person_id = p_person and cp.case_id = p_case and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays())))) then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  perform from person where id = p_person for no key update;
  if coalesce((select s.version from safe_address s where s.case_id = p_case and s.person_id = p_person), 0) <> p_version then return false; end if;
  if v_by is null then
    perform end_contact_words(p_person, p_case, 'SAFE_ADDRESS');
    perform put_contact('SAFE_ADDRESS', p_person, p_case, v_said);
  else
    perform put_contact_word_aside(p_person, p_case, v_by, 'SAFE_ADDRESS', v_said);
  end if;
  return true;
end $$;
revoke all on function say_safe_address(uuid,uuid,int4,text,text,text) from public, cosmos_app, cosmos_jobs;
create or replace function use_contact_word(p_word contact_word) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_before jsonb := contact_that_stands(p_word.kind, p_word.person_id, p_word.case_id, p_word.said);
  v_named jsonb;
begin
  perform put_contact(p_word.kind, p_word.person_id, p_word.case_id, p_word.said);
  if p_word.kind = 'SAFE_CONTACT' then
    with named as (update person_address set contact_named = true where person_id = p_word.person_id and confidential and not contact_named
      and recorded_at <= p_word.said_at returning id)
    select jsonb_agg(id) into v_named from named;
  end if;
  update contact_word set used_since = now(), before = v_before || jsonb_build_object('named', v_named) where id = p_word.id;
end $$;
revoke all on function use_contact_word(contact_word) from public, cosmos_app, cosmos_jobs;
create or replace function put_back_before(p_word contact_word) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_standing text[] := said_that_stands(p_word.said, contact_that_stands(p_word.kind, p_word.person_id, p_word.case_id, p_word.said));
  v_back jsonb := (select jsonb_object_agg(b.key, b.value) from jsonb_each(p_word.before) b
    where b.key = any (v_standing) or (b.key = 'suspended_at' and 'safe_contact' = any (v_standing)));
begin
  update contact_word w set before = w.before || (select coalesce(jsonb_object_agg(b.key, b.value), '{}') from jsonb_each(p_word.before) b
      where b.key = any (said_that_stands(p_word.said, w.before)) or (b.key = 'suspended_at' and 'safe_contact' = any (said_that_stands(p_word.said, w.before))))
    where w.person_id = p_word.person_id and w.kind = p_word.kind and w.id <> p_word.id and w.used_since >= p_word.used_since
      and (w.kind <> 'SAFE_ADDRESS' or w.case_id = p_word.case_id);
  if v_back is not null then perform put_contact(p_word.kind, p_word.person_id, p_word.case_id, v_back); end if;
  if v_back ?| array['safe_contact', 'phone', 'email'] then
    update person_address set contact_named = false where confidential and id in (
      select n::uuid from jsonb_array_elements_text(case when jsonb_typeof(p_word.before -> 'named') = 'array' then p_word.before -> 'named' else '[]' end) n);
  end if;
end $$;
revoke all on function put_back_before(contact_word) from public, cosmos_app, cosmos_jobs;
create or replace function settle_contact_word() returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_word contact_word%rowtype;
begin
  perform only_jobs();
  select w.* into v_word from contact_word w
    where w.ended_at <= now() - interval '30 days' or (w.ended_at is null
      and ((w.used_since is null and w.counts_from <= now()) or (w.said_as = 'STAND_IN' and not relay_of_word_lasts(w))))
    -- What was used last is put back first.
    order by w.used_since desc nulls last, w.counts_from, w.id limit 1;
  if not found then return false; end if;
  perform from person where id = v_word.person_id for no key update;
  select w.* into v_word from contact_word w where w.id = v_word.id for update;
  -- Somebody has answered it meanwhile.
  if not found then return true; end if;
  if v_word.ended_at is not null then delete from contact_word where id = v_word.id and ended_at <= now() - interval '30 days';
  elsif v_word.said_as = 'STAND_IN' and not relay_of_word_lasts(v_word) then
    if v_word.used_since is not null then perform put_back_before(v_word); end if;
    update contact_word set used_since = null, before = null, ended_at = now() where id = v_word.id;
    -- Only the last word of a stand-in is left to the worker who comes back.
    delete from contact_word w where w.id = v_word.id and exists (select from contact_word l where l.person_id = w.person_id and l.kind = w.kind
      and l.case_id = w.case_id and l.said_by_id = w.said_by_id and (l.said_at, l.id) > (w.said_at, w.id));
  elsif v_word.used_since is null and v_word.counts_from <= now() then perform use_contact_word(v_word);
  end if;
  return true;
end $$;
revoke all on function settle_contact_word() from public, cosmos_app, cosmos_jobs;
create or replace function answer_contact_word(p_person uuid, p_word uuid, p_agree boolean) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_first boolean := speaks_first(p_person);
  v_word contact_word%rowtype;
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person)) or (p_agree and not v_first) then return 'FORBIDDEN'; end if;
  perform from person where id = p_person for no key update;
  select w.* into v_word from contact_word w where w.id = p_word and w.person_id = p_person for update;
  if not found then return 'STATE_CHANGED'; end if;
  if not v_first and v_word.said_by_id <> viewer_worker() and not exists (select from case_person cp where cp.person_id = p_person
      and cp.case_id = v_word.case_id and cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker'))) then
    return 'FORBIDDEN';
  end if;
  if p_agree then
    if v_word.used_since is null then perform put_contact(v_word.kind, p_person, v_word.case_id, v_word.said); end if;
    if v_word.kind = 'SAFE_CONTACT' then perform name_contact(p_person); end if;
  elsif v_word.used_since is not null then perform put_back_before(v_word);
  end if;
  delete from contact_word where id = v_word.id;
  perform tell_who_follows(p_person, 'CONTACT_CHANGED', null, null);
  return 'DONE';
end $$;
revoke all on function answer_contact_word(uuid,uuid,bool) from public, cosmos_app, cosmos_jobs;
create or replace function contact_ends_waiting_words() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not is_jobs() then
    delete from contact_word where person_id = new.id and kind = 'SAFE_CONTACT' and used_since is null and ended_at is null
      and said_at < date_trunc('milliseconds', now());
  end if;
  return null;
end $$;
revoke all on function contact_ends_waiting_words() from public, cosmos_app, cosmos_jobs;
create or replace function suspend_contact(p_person uuid) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if viewer_self() is distinct from p_person then
    if not viewer_has_scope('persons:write') then return false; end if;
    if not knows_contact(p_person) and not serves_now(p_person) then return false; end if;
  end if;
  -- A suspension that changes nothing counts too: otherwise the measure would tell who is suspended already. It settles what others did before.
  if not follows_person(p_person) then
    perform record_act('CHANGE_CONTACT', p.district_id, 'person', p.id, array[p.id],
      case when p.safe_contact <> 'NONE' or p.contact_suspended_at is null then contact_columns(p) end) from person p where p.id = p_person;
  end if;
  perform settle_acts(p_person);
  update person set safe_contact = 'NONE', contact_suspended_at = now(), contact_suspended_case_id = case_that_speaks(p_person),
    version = version + 1 where id = p_person and (safe_contact <> 'NONE' or contact_suspended_at is null);
  if not found then return true; end if;
  delete from contact_proposal where person_id = p_person;
  insert into notification (worker_id, kind, case_id)
  select cp.assigned_worker_id, 'CONTACT_SUSPENDED'::"NotificationKind", cp.case_id from case_person cp
  where cp.person_id = p_person and cp.assigned_worker_id is not null and cp.assigned_worker_id is distinct from viewer_worker();
  return true;
end $$;
revoke all on function suspend_contact(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function say_safe_contact(p_person uuid, p_version integer, p_contact "SafeContact", p_present_and_alone boolean,
  p_said jsonb default '{}') returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := case when follows_person(p_person) then case_that_speaks(p_person) else case_that_answers(p_person) end;
  v_by "ContactWordBy" := word_waits_as(p_person, v_case);
  v_before person%rowtype;
begin
  if may_say_safe_contact(p_person, p_present_and_alone) is not true then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  if v_by is not null then
    perform from person where id = p_person and version = p_version for no key update;
    if not found then return false; end if;
    if p_contact = 'NONE' then
      update person set safe_contact = 'NONE', version = version + 1 where id = p_person and safe_contact <> 'NONE';
    end if;
    perform put_contact_word_aside(p_person, v_case, v_by, 'SAFE_CONTACT',
      (p_said - array(select k from jsonb_object_keys(p_said) k where k not in ('phone', 'email')))
        || case when p_contact = 'NONE' then '{}' else jsonb_build_object('safe_contact', p_contact) end);
    return true;
  end if;
  perform end_contact_words(p_person, v_case, 'SAFE_CONTACT');
  select * into v_before from person where id = p_person and version = p_version;
  update person set safe_contact = p_contact, version = version + 1,
    phone = case when p_said ? 'phone' then p_said ->> 'phone' else phone end,
    email = case when p_said ? 'email' then p_said ->> 'email' else email end,
    contact_suspended_at = case when p_contact = 'NONE' then contact_suspended_at end
    where id = p_person and version = p_version;
  if not found then return false; end if;
  -- The viewer is on duty, and the person has no worker who follows. The other workers on duty read of it (`changes_of_day`). If an address of the
  -- person is hidden, what stood before does not come back.
  if not follows_person(p_person) then
    perform settle_acts(p_person);
    perform record_act('CHANGE_CONTACT', v_before.district_id, 'person', p_person, array[p_person],
      case when contact_is_named(p_person) then contact_columns(v_before) end);
  end if;
  perform name_contact(p_person);
  return true;
end $$;
revoke all on function say_safe_contact(uuid,int4,"SafeContact",bool,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function answer_contact_proposal(p_person uuid, p_proposal uuid, p_version integer, p_accept boolean) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_proposal contact_proposal%rowtype;
  v_case uuid := case_that_speaks(p_person);
  v_by "ContactWordBy" := word_waits_as(p_person, v_case);
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person)) then return 'FORBIDDEN'; end if;
  delete from contact_proposal where person_id = p_person and id = p_proposal returning * into v_proposal;
  if not found then return 'STATE_CHANGED'; end if;
  if not p_accept then return 'DONE'; end if;
  if v_by is not null then
    perform from person where id = p_person and version = p_version and contact_suspended_at is null for no key update;
    if found then
      perform put_contact_word_aside(p_person, v_case, v_by, 'SAFE_CONTACT', jsonb_strip_nulls(jsonb_build_object(
        'safe_contact', v_proposal.safe_contact, 'phone', v_proposal.phone, 'email', v_proposal.email)));
      return 'DONE';
    end if;
    return case when exists (select from person p where p.id = p_person and p.contact_suspended_at is not null)
      then 'STATE_CHANGED' else 'VERSION_CHANGED' end;
  end if;
  perform end_contact_words(p_person, v_case, 'SAFE_CONTACT');
  update person set safe_contact = v_proposal.safe_contact, phone = coalesce(v_proposal.phone, phone),
    email = coalesce(v_proposal.email, email), version = version + 1
    where id = p_person and version = p_version and contact_suspended_at is null;
  if found then
    perform name_contact(p_person);
    return 'DONE';
  end if;
  return case when exists (select from person p where p.id = p_person and p.contact_suspended_at is not null)
    then 'STATE_CHANGED' else 'VERSION_CHANGED' end;
end $$;
revoke all on function answer_contact_proposal(uuid,uuid,int4,bool) from public, cosmos_app, cosmos_jobs;
create or replace function contact_only_tightens() returns trigger language plpgsql as $$
begin
  if current_user <> 'cosmos_app' then return new; end if;
  if follows_person(new.id) then
    if new.safe_contact <> 'NONE' and not ends_suspension(new.id) then
      raise 'not theirs to say' using errcode = 'insufficient_privilege';
    end if;
    if (new.safe_contact, new.phone, new.email) is distinct from (old.safe_contact, old.phone, old.email)
        and keeps_contact_as_word(new.id, jsonb_build_object('safe_contact', new.safe_contact, 'phone', new.phone, 'email', new.email)) then
      new.phone := old.phone;
      new.email := old.email;
      if new.safe_contact <> 'NONE' then new.safe_contact := old.safe_contact; end if;
      return new;
    end if;
    if new.safe_contact <> 'NONE' then new.contact_suspended_at := null; end if;
    return new;
  end if;
  if new.safe_contact not in ('NONE', old.safe_contact) then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  if (new.phone is distinct from old.phone and old.safe_contact in ('VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT'))
    or (new.email is distinct from old.email and old.safe_contact = 'NEUTRAL_TEXT') then
    new.safe_contact := 'NONE';
  end if;
  return new;
end $$;
revoke all on function contact_only_tightens() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function set_confirm_nothing(p_person uuid, p_confirm_nothing boolean) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not (viewer_has_scope('persons:write') and (follows_person(p_person) or speaks_on_duty(p_person)))
    and not (p_confirm_nothing and coalesce(viewer_self() = p_person, false)) then return false; end if;
  if not p_confirm_nothing and not follows_person(p_person) and another_has_spoken(p_person) then return false; end if;
  if not p_confirm_nothing and not has_nobody(p_person) and exists (select from person p where p.id = p_person and p.confirm_nothing
    and not takes_back(p.id, p.confirm_nothing_case_id)) then return false; end if;
  -- It counts whether or not it changes something. Once the person is hidden no more, the workers on duty read that something was changed.
  if viewer_worker() is not null and not follows_person(p_person) then
    perform record_act('CHANGE_CONTACT', p.district_id, 'person', p.id, array[p.id], null) from person p where p.id = p_person;
  end if;
  update person set confirm_nothing = p_confirm_nothing, version = version + 1,
      confirm_nothing_case_id = case when p_confirm_nothing then case_that_speaks(p_person) end
    where id = p_person and confirm_nothing <> p_confirm_nothing;
  if found then
    perform settle_acts_on(p_person);
    perform show_anew(p_person);
  end if;
  return true;
end $$;
revoke all on function set_confirm_nothing(uuid,bool) from public, cosmos_app, cosmos_jobs;
create or replace function set_communication(p_person uuid, p_version integer, p_language text, p_needs text[]) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if (knows_contact(p_person) and case when viewer_worker() is null then viewer_person() = p_person and viewer_has_scope('persons:read')
      else viewer_has_scope('persons:write') end) is not true then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  if viewer_worker() is not null and not follows_person(p_person) then
    perform record_act('CHANGE_CONTACT', p.district_id, 'person', p.id, array[p.id], contact_columns(p)) from person p where p.id = p_person;
  end if;
  -- The same values again are no change, and raise no version: another viewer's version stays valid.
  update person set language = p_language, communication_needs = p_needs::"CommunicationNeed"[],
      version = version + ((language, communication_needs) is distinct from (p_language, p_needs::"CommunicationNeed"[]))::integer
    where id = p_person and version = p_version;
  return found;
end $$;
revoke all on function set_communication(uuid,int4,text,text[]) from public, cosmos_app, cosmos_jobs;
create or replace function confirm_contact(p_appointment uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_confirmed integer;
begin
  perform record_act('CONFIRM_APPOINTMENT', a.district_id, 'appointment', a.id, persons_of_appointment(a.id), null) from appointment a
    where a.id = p_appointment and sees_appointment(a.id) and not is_own_appointment(a.district_id, a.worker_ids, a.case_worker_id);
  update appointment_person ap set contact_from = contact_from(a.starts_at), contact_until = known_until(a.status, a.ends_at),
    contact_said = true, contact_worker_ids = array(select w from unnest(a.worker_ids) w
      where w = any (ap.contact_worker_ids) or opens_contact(ap.person_id, ap.district_id, w) order by w)
    from appointment a where a.id = p_appointment and ap.appointment_id = a.id and a.status = 'BOOKED' and a.places is null
      and sees_appointment(a.id) and says_contact(ap.person_id, ap.district_id);
  get diagnostics v_confirmed = row_count;
  if v_confirmed > 0 then perform say_home_visit(p_appointment); end if;
  return v_confirmed;
end $$;
revoke all on function confirm_contact(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function notify_communication_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_person() = new.id or viewer_worker() is not null then perform tell_who_follows(new.id, 'COMMUNICATION_CHANGED', null, null); end if;
  return null;
end $$;
revoke all on function notify_communication_changed() from public, cosmos_app, cosmos_jobs;
create or replace function notify_identity_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is null then return null; end if;
  if (new.given_name, new.family_name, new.chosen_name, new.birth_date)
      is distinct from (old.given_name, old.family_name, old.chosen_name, old.birth_date) then
    perform tell_who_follows(new.id, 'IDENTITY_CHANGED', null, null);
  end if;
  if (new.statistics_objection_on is null) <> (old.statistics_objection_on is null) then
    perform tell_who_follows(new.id, 'OBJECTION_CHANGED', null, null);
  end if;
  return null;
end $$;
revoke all on function notify_identity_changed() from public, cosmos_app, cosmos_jobs;
create or replace function note_telephone_cancellation(p_district uuid, p_day date, p_name text, p_birth_year integer, p_reference text, p_phone text,
    p_secret_hash bytea, p_wants_another boolean, p_duty_worker uuid) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_person person%rowtype;
  v_appointment appointment%rowtype;
  v_id uuid;
  v_until timestamptz;
  v_there boolean;
  v_duty uuid;
begin
  if not p_district = any (viewer_districts('receptionist')) then return null; end if;
  -- It counts whether an appointment is found or not, so that the measure tells nothing.
  perform record_act('CALL_OFF_BY_TELEPHONE', p_district, 'district', p_district, '{}', null);
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
  v_until := held_after_call(now(), v_appointment.starts_at);
  v_there := exists (select from receivers_of(v_appointment) r where not is_away(r.worker_id, coalesce(v_until, v_appointment.starts_at)));
  if not v_there and silence_may_free(v_appointment.id) then v_duty := p_duty_worker; end if;
  insert into telephone_cancellation (appointment_id, person_id, district_id, wants_another, duty_worker_id, held_until)
    values (v_appointment.id, v_person.id, p_district, p_wants_another, v_duty,
      case when (v_there or v_duty is not null) and silence_may_free(v_appointment.id) then v_until end)
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
create or replace function past_times_told() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id) select cp.assigned_worker_id, 'PAST_TIMES_TOLD'::"NotificationKind", cp.case_id
  from case_person cp where cp.person_id = new.person_id and cp.assigned_worker_id is not null
    and cp.assigned_worker_id is distinct from viewer_worker()
    and not exists (select from notification n where n.worker_id = cp.assigned_worker_id and n.case_id = cp.case_id
      and n.kind::text = 'PAST_TIMES_TOLD' and n.created_at > now() - interval '1 day');
  return null;
end $$;
revoke all on function past_times_told() from public, cosmos_app, cosmos_jobs;
create or replace function prepare_dispatches(p_channels "DispatchChannel"[], p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_reminders integer := 0;
  v_notices integer;
  v_offers integer;
  v_called_off integer;
  v_withdrawn integer;
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

  -- The text leaves ten minutes later, so that the receptionist can take a mistake back.
  insert into dispatch (withdrawn_id, channel, due_at)
  select r.id, sendable(p, p_channels), by_day(now())
  from act a
  join appointment_request r on r.id = a.row_id and r.status = 'WITHDRAWN'
  join person p on p.id = r.person_id
  where a.kind = 'WITHDRAW_REQUEST' and a.taken_back_at is null and a.done_at < now() - interval '10 minutes'
    and a.done_at > now() - interval '1 day'
    and sendable(p, p_channels) is not null and not exists (select from dispatch d where d.withdrawn_id = r.id)
  order by a.done_at limit p_limit
  on conflict do nothing;
  get diagnostics v_withdrawn = row_count;
  return v_reminders + v_notices + v_offers + v_called_off + v_withdrawn;
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
      select d.id, a.id as appointment_id, n.kind::text as kind, a.type_code, n.person_id, n.previous_starts_at, a.starts_at, null::timestamptz as answer_by,
        a.mode, a.place, a.district_id, a.case_id
      from due d
      join appointment_notice n on n.id = d.notice_id and n.version = d.notice_version and n.done_at is null
      join appointment a on a.id = n.appointment_id
      where (a.starts_at > now() or n.previous_starts_at > now())
        and (n.kind = 'CANCELLED' or (a.status = 'BOOKED' and a.starts_at > now()))
      union all
      select d.id, null::uuid, case o.status when 'ASKED' then 'QUESTION' else 'OFFER' end, r.type_code, r.person_id, null, o.starts_at,
        o.answer_by, o.mode, o.place, o.district_id, r.case_id
      from due d
      join slot_offer o on o.id = d.offer_id and o.status in ('HELD', 'ASKED') and o.told_at is null and o.answer_by > now()
      join appointment_request r on r.id = o.request_id
      union all
      select d.id, a.id, 'CALLED_OFF', a.type_code, t.person_id, null, a.starts_at, t.held_until, a.mode, null, a.district_id, a.case_id
      from due d
      join telephone_cancellation t on t.id = d.called_off_id
      join appointment a on a.id = t.appointment_id and a.status = 'BOOKED' and a.starts_at > now()
      union all
      select d.id, null::uuid, 'WITHDRAWN', r.type_code, r.person_id, null, r.asked_at, null::timestamptz, null::"AppointmentMode", null, r.district_id,
        r.case_id
      from due d
      join appointment_request r on r.id = d.withdrawn_id and r.status = 'WITHDRAWN'
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
      case when s.mode = 'ON_SITE' and not is_sheltered(s.person_id) and not place_is_typed(s.appointment_id)
        then coalesce(s.place, i.address_line || ', ' || i.postal_code || ' ' || c.name) end
    from taken t join sent s on s.id = t.id join appointment_type y on y.code = s.type_code
    join district i on i.id = s.district_id join commune c on c.insee_code = i.commune_code
    where t.status = 'SENDING';
    exit when found or v_due = '{}';
  end loop;
end $$;
revoke all on function take_dispatches(int4) from public, cosmos_app, cosmos_jobs;
create or replace function gives_to_duty_worker(p_person uuid, p_district uuid) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_given integer;
begin
  if viewer_worker() is null or not p_district = any (viewer_districts('receptionist')) then return 'ELSEWHERE'; end if;
  if p_person is not null and not stands_at_desk(p_person, p_district) then return 'ELSEWHERE'; end if;
  insert into duty_worker_turn as t (worker_id, day, given) values (viewer_worker(), day_in_paris(now()), 0)
    on conflict (worker_id) do update set day = excluded.day, given = case when t.day = excluded.day then t.given else 0 end
    returning t.given into v_given;
  return case when v_given < 12 then 'HERE' else 'SPENT' end;
end $$;
revoke all on function gives_to_duty_worker(uuid,uuid) from public, cosmos_app, cosmos_jobs;
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
  if not is_own_request(v_request) then
    perform record_act('ANSWER_OFFER', v_request.district_id, 'slot_offer', p_offer, array_remove(array[v_request.person_id], null), null);
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
    -- In the person's name it is a move like any other: told by the safe contact, and taken back.
    if not is_own_request(v_request) then perform record_move(v_before); end if;
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
create or replace function request_names_duty_worker() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.duty_worker_id = viewer_worker() and not new.district_id = any (viewer_districts('receptionist')) then return new; end if;
  if tg_op = 'UPDATE' and new.duty_worker_id is not distinct from old.duty_worker_id then return new; end if;
  if gives_to_duty_worker(new.person_id, new.district_id) <> 'HERE' then raise 'this request is given to no duty worker'; end if;
  update duty_worker_turn set given = given + 1 where worker_id = viewer_worker();
  return new;
end $$;
revoke all on function request_names_duty_worker() from public, cosmos_app, cosmos_jobs;
create or replace function request_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_opens boolean := opens_contact(new.person_id, new.district_id, new.duty_worker_id)
    and (is_own_tool() or stands_at_desk(new.person_id, new.district_id));
begin
  perform keep_person_known(new.id, new.person_id, new.duty_worker_id, new.district_id,
    coalesce(new.closed_at + interval '30 days', 'infinity'), v_opens);
  if v_opens and not is_own_tool() and (tg_op = 'INSERT' or (new.person_id, new.duty_worker_id) is distinct from (old.person_id, old.duty_worker_id)) then
    update person_known set contact_until = now() + interval '30 days' where source_id = new.id;
  end if;
  return null;
end $$;
revoke all on function request_makes_known() from public, cosmos_app, cosmos_jobs;
create or replace function tells_of_own_act(p_notice uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment_notice n join appointment a on a.id = n.appointment_id and a.status <> 'CANCELLED_BY_SERVICE'
    join act on act.row_id = a.id and act.kind = 'CANCEL_APPOINTMENT' and act.worker_id = viewer_worker() and act.taken_back_at is null
    where n.id = p_notice and n.kind = 'CANCELLED' and n.done_at is null);
revoke all on function tells_of_own_act(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function knows_contact(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from person p where p.id = p_person and (
    p.id = viewer_person()
    or desk_knows_contact(p.id)
    or follows_person(p.id)
    or exists (select from appointment_person ap where ap.person_id = p.id and viewer_worker() = any (ap.contact_worker_ids)
      and ap.contact_from <= now() and ap.contact_until > now() and ap.district_id = any (viewer_districts('any')))
    or exists (select from person_known k where k.person_id = p.id and k.worker_id = viewer_worker() and k.contact
      and k.contact_until > now() and k.known_until > now() and k.district_id = any (viewer_districts('any')))));
revoke all on function knows_contact(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function second_readers(p_worker uuid) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with second as (
    select distinct m.worker_id, m.role from membership m join worker w on w.id = m.worker_id
    where m.role in ('DATA_PROTECTION_OFFICER', 'TECHNICAL_ADVISER') and w.disabled_at is null
      and coalesce(w.suspended_until <= now(), true) and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
      and coalesce(m.suspended_until <= now(), true) and m.worker_id <> viewer_worker() and m.worker_id is distinct from p_worker
      and reads_access_log()
  )
  select distinct s.worker_id from second s
  where s.role = 'DATA_PROTECTION_OFFICER' or not exists (select from second o where o.role = 'DATA_PROTECTION_OFFICER');
end;
revoke all on function second_readers(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function letter_address(p_person uuid) returns table (line text, postal_code text, city text, safe boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.line, l.postal_code, l.city, l.safe from (
    select s.line, s.postal_code, s.city, true as safe, 0 as nth, s.recorded_at, exists (select from contact_word w
      where w.person_id = s.person_id and w.case_id = s.case_id and w.kind = 'SAFE_ADDRESS' and w.used_since is null and w.ended_at is null
        and w.said -> 'address' = 'null') as removed from safe_address s
    where s.person_id = p_person and (not is_sheltered(p_person)
      or s.case_id = sheltering_case(p_person))
    union all
    select a.line, a.postal_code, a.city, false, 1, a.recorded_at, false from person_address a
    where a.person_id = p_person and not a.confidential and a.for_letters and not is_sheltered(p_person)
    order by nth, recorded_at desc limit 1) l
  where not l.removed;
end;
revoke all on function letter_address(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function case_that_answers(p_person uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select c.id from case_person cp join "case" c on c.id = cp.case_id
    join membership m on m.worker_id = cp.assigned_worker_id and m.district_id = cp.district_id and m.role = 'SOCIAL_WORKER'
    where cp.person_id = p_person and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
    order by coalesce(c.closed_at < now() - interval '30 days', false), c.opened_at, c.id limit 1);
revoke all on function case_that_answers(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function speaks_first(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from case_person cp where cp.person_id = p_person and cp.case_id = case_that_answers(p_person)
    and cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')));
revoke all on function speaks_first(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function word_waits_as(p_person uuid, p_case uuid) returns "ContactWordBy"
  language sql stable security definer set search_path = public, pg_temp
  return case
    when speaks_first(p_person) then null
    when exists (select from case_person cp where cp.person_id = p_person and cp.case_id = p_case
      and cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker'))) then 'OTHER_CASE'::"ContactWordBy"
    when follows_person(p_person) then 'STAND_IN'
    when has_nobody(p_person) then null
    else 'DUTY_WORKER' end;
revoke all on function word_waits_as(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function contact_that_stands(p_kind "ContactWordKind", p_person uuid, p_case uuid, p_said jsonb) returns jsonb
  language sql stable security definer set search_path = public, pg_temp
  return case p_kind
    when 'SAFE_ADDRESS' then jsonb_build_object('address', (select jsonb_build_object('line', s.line, 'postal_code', s.postal_code, 'city', s.city,
      'recorded_at', s.recorded_at) from safe_address s where s.case_id = p_case and s.person_id = p_person))
    when 'AGREED_WORD' then jsonb_build_object('word', (select encode(w.word_hash, 'hex') from agreed_word w where w.person_id = p_person))
    else (select jsonb_object_agg(e.key, e.value) from person p
      cross join lateral jsonb_each(jsonb_build_object('safe_contact', p.safe_contact, 'suspended_at', p.contact_suspended_at,
        'phone', p.phone, 'email', p.email)) e
      where p.id = p_person and (p_said ? e.key or (e.key = 'suspended_at' and p_said ? 'safe_contact'))) end;
revoke all on function contact_that_stands("ContactWordKind",uuid,uuid,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function said_that_stands(p_said jsonb, p_stands jsonb) returns text[]
  language sql immutable parallel safe
  return array(select s.key from jsonb_each(p_said) s where s.value = case jsonb_typeof(p_stands -> s.key)
    when 'object' then (p_stands -> s.key) - 'recorded_at' else p_stands -> s.key end);
revoke all on function said_that_stands(jsonb,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function end_contact_words(p_person uuid, p_case uuid, p_kind "ContactWordKind") returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  delete from contact_word where person_id = p_person and kind = p_kind
    and (p_kind <> 'SAFE_ADDRESS' or case_id = p_case or not is_sheltered(p_person));
end;
revoke all on function end_contact_words(uuid,uuid,"ContactWordKind") from public, cosmos_app, cosmos_jobs;
create or replace function relay_of_word_lasts(p_word contact_word) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from "case" c join relay r on r.absent_worker_id = c.assigned_worker_id and r.district_id = c.district_id
    where c.id = p_word.case_id and r.stand_in_id = p_word.said_by_id and r.starts_at <= now() and r.ends_at > now() and r.pending_until is null);
revoke all on function relay_of_word_lasts(contact_word) from public, cosmos_app, cosmos_jobs;
create or replace function contact_words_of(p_persons uuid[])
  returns table (id uuid, person_id uuid, kind text, said_as text, said_at timestamptz, counts_from timestamptz, used_since timestamptz,
    removes boolean, safe_contact text, phone text, email text, address text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select w.id, w.person_id, w.kind::text, w.said_as::text, w.said_at, case when w.ended_at is null then w.counts_from end,
    w.used_since, s.said -> 'address' = 'null', s.said ->> 'safe_contact', s.said ->> 'phone', s.said ->> 'email',
    nullif(concat_ws(', ', s.said -> 'address' ->> 'line', nullif(concat_ws(' ', s.said -> 'address' ->> 'postal_code', s.said -> 'address' ->> 'city'), '')), '')
  from contact_word w
  cross join lateral (select case when w.kind = 'SAFE_CONTACT' or (w.kind = 'SAFE_ADDRESS' and (
      exists (select from case_person cp where cp.person_id = w.person_id and cp.case_id = w.case_id and (
        (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
        or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays())))
      or (speaks_first(w.person_id) and w.case_id not in (select h.case_id from sheltering_cases(w.person_id) h)))) then w.said end as said) s
  where w.person_id = any (p_persons) and viewer_has_scope('persons:read') and follows_person(w.person_id);
end;
revoke all on function contact_words_of(uuid[]) from public, cosmos_app, cosmos_jobs;
create or replace function may_say_safe_contact(p_person uuid, p_present_and_alone boolean) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_has_scope('persons:write')
    and ((follows_person(p_person) and ends_suspension(p_person)) or (p_present_and_alone and serves_unfollowed(p_person) and not another_has_spoken(p_person))
      or (p_present_and_alone and is_on_duty_for(p_person, null) and not has_nobody(p_person)
        and exists (select from person p where p.id = p_person and p.contact_suspended_at is null)));
revoke all on function may_say_safe_contact(uuid,bool) from public, cosmos_app, cosmos_jobs;
create or replace function look_ups_of_the_hour() returns table (used integer, oldest timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(distinct l.operation_id)::integer, min(l.occurred_at) from access_log l
    where l.actor_id = viewer_worker() and l.actor_kind = 'WORKER' and l.occurred_at > now() - interval '1 hour'
      and l.action in ('LOOK_UP_PERSON', 'LOOK_UP_CASE', 'LIST_CASES_FOR_REASSIGNMENT', 'LIST_CASES_FOR_RELAY', 'LIST_CASES_FOR_URGENCY',
        'TELL_TIMES', 'TELL_PAST_TIMES');
end;
revoke all on function look_ups_of_the_hour() from public, cosmos_app, cosmos_jobs;
create or replace function stands_at_desk(p_person uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from visit v join person p on p.id = v.person_id and not p.sensitive_file and not p.confirm_nothing
    where v.person_id = p_person and v.district_id = p_district and v.kind = 'WALK_IN' and v.closed_at is null
      and v.day = (now() at time zone 'Europe/Paris')::date);
revoke all on function stands_at_desk(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function times_of_present(p_visit uuid, p_past boolean)
  returns table (starts_at timestamptz, ends_at timestamptz, mode "AppointmentMode", place text, public_label_fr text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.starts_at, a.ends_at, a.mode, case when not p_past and not place_is_typed(a.id) then a.place end, t.public_label_fr
  from visit v
  join person p on p.id = v.person_id and not p.sensitive_file and not p.confirm_nothing
  join appointment_person ap on ap.person_id = p.id and ap.district_id = v.district_id
  join appointment a on a.id = ap.appointment_id
  join appointment_type t on t.code = a.type_code
  where v.id = p_visit and v.kind = 'WALK_IN' and v.closed_at is null and v.day = (now() at time zone 'Europe/Paris')::date
    and v.district_id = any (viewer_districts('receptionist'))
    and case when p_past then a.ends_at <= now() and a.starts_at > now() - interval '3 months'
      else a.ends_at > now() and a.status = 'BOOKED' end
  order by case when p_past then a.starts_at end desc, a.starts_at, a.id limit 100;
end;
revoke all on function times_of_present(uuid,bool) from public, cosmos_app, cosmos_jobs;
grant execute on function measure_of to public;
alter function record_act owner to cosmos_keeper;
alter function tell_measure owner to cosmos_keeper;
alter function is_own_appointment owner to cosmos_keeper;
alter function is_own_request owner to cosmos_keeper;
alter function persons_of_appointment owner to cosmos_keeper;
alter function is_in_time_off owner to cosmos_keeper;
alter function changes_of_day owner to cosmos_keeper;
grant execute on function changes_of_day to cosmos_app;
alter function is_on_duty_in owner to cosmos_keeper;
grant execute on function is_on_duty_in to cosmos_app;
alter function forget_acts owner to cosmos_keeper;
grant execute on function forget_acts to cosmos_jobs;
alter function contact_columns owner to cosmos_keeper;
alter function address_columns owner to cosmos_keeper;
alter function appointment_columns owner to cosmos_keeper;
alter function request_columns owner to cosmos_keeper;
alter function record_move owner to cosmos_keeper;
alter function settle_acts owner to cosmos_keeper;
alter function settle_acts_on owner to cosmos_keeper;
alter function take_back_acts owner to cosmos_keeper;
grant execute on function take_back_acts to cosmos_app;
alter function take_back_in owner to cosmos_keeper;
alter function take_back_address owner to cosmos_keeper;
alter function take_back_hours owner to cosmos_keeper;
alter function take_back_appointment owner to cosmos_keeper;
alter function tell_it_stands owner to cosmos_keeper;
alter function tells_of_own_act owner to cosmos_keeper;
grant execute on function tells_of_own_act to cosmos_app;
alter function tell_by_safe_contact owner to cosmos_keeper;
alter function act_on_person owner to cosmos_keeper;
alter function act_is_settled owner to cosmos_keeper;
alter function act_on_address owner to cosmos_keeper;
alter function act_on_appointment owner to cosmos_keeper;
alter function act_on_colleague owner to cosmos_keeper;
alter function act_of_passing_on owner to cosmos_keeper;
alter function act_where_it_ended owner to cosmos_keeper;
alter function act_on_request owner to cosmos_keeper;
alter function act_on_hours owner to cosmos_keeper;
alter function act_on_time_off owner to cosmos_keeper;
alter function act_on_visit owner to cosmos_keeper;
alter function act_of_registering owner to cosmos_keeper;
alter function act_of_giving_notice owner to cosmos_keeper;
alter function act_of_telling owner to cosmos_keeper;
alter function act_of_offering owner to cosmos_keeper;
alter function act_on_place owner to cosmos_keeper;
alter function act_is_told owner to cosmos_keeper;
alter function place_is_of_hours owner to cosmos_keeper;
alter function cancel_bookings_of_client owner to cosmos_keeper;
grant execute on function cancel_bookings_of_client to cosmos_app;
alter function only_booked_online owner to cosmos_keeper;
alter function assignment_tells owner to cosmos_keeper;
grant execute on function goes_along to public;
alter function take_log_turn owner to cosmos_keeper;
grant execute on function take_log_turn to cosmos_app;
alter function second_readers owner to cosmos_keeper;
grant execute on function second_readers to cosmos_app;
alter function tell_log_measure owner to cosmos_keeper;
grant execute on function tell_log_measure to cosmos_app;
alter function log_reading_is_told owner to cosmos_keeper;
alter function letter_address owner to cosmos_keeper;
alter function address_for_letters owner to cosmos_keeper;
alter function say_agreed_word owner to cosmos_keeper;
grant execute on function say_agreed_word to cosmos_app;
alter function case_that_answers owner to cosmos_keeper;
alter function speaks_first owner to cosmos_keeper;
alter function word_waits_as owner to cosmos_keeper;
alter function contact_that_stands owner to cosmos_keeper;
alter function said_that_stands owner to cosmos_keeper;
alter function put_contact owner to cosmos_keeper;
alter function put_contact_word_aside owner to cosmos_keeper;
alter function end_contact_words owner to cosmos_keeper;
alter function keeps_contact_as_word owner to cosmos_keeper;
grant execute on function keeps_contact_as_word to cosmos_app;
alter function say_safe_address owner to cosmos_keeper;
grant execute on function say_safe_address to cosmos_app;
alter function use_contact_word owner to cosmos_keeper;
alter function put_back_before owner to cosmos_keeper;
alter function relay_of_word_lasts owner to cosmos_keeper;
alter function settle_contact_word owner to cosmos_keeper;
grant execute on function settle_contact_word to cosmos_jobs;
alter function answer_contact_word owner to cosmos_keeper;
grant execute on function answer_contact_word to cosmos_app;
alter function contact_words_of owner to cosmos_keeper;
grant execute on function contact_words_of to cosmos_app;
alter function contact_ends_waiting_words owner to cosmos_keeper;
alter function suspend_contact owner to cosmos_keeper;
grant execute on function suspend_contact to cosmos_app;
alter function may_say_safe_contact owner to cosmos_keeper;
grant execute on function may_say_safe_contact to cosmos_app;
alter function say_safe_contact owner to cosmos_keeper;
grant execute on function say_safe_contact to cosmos_app;
alter function answer_contact_proposal owner to cosmos_keeper;
grant execute on function answer_contact_proposal to cosmos_app;
alter function set_confirm_nothing owner to cosmos_keeper;
grant execute on function set_confirm_nothing to cosmos_app;
alter function set_communication owner to cosmos_keeper;
grant execute on function set_communication to cosmos_app;
alter function confirm_contact owner to cosmos_keeper;
grant execute on function confirm_contact to cosmos_app;
alter function knows_contact owner to cosmos_keeper;
alter function look_ups_of_the_hour owner to cosmos_keeper;
alter function notify_communication_changed owner to cosmos_keeper;
alter function notify_identity_changed owner to cosmos_keeper;
alter function stands_at_desk owner to cosmos_keeper;
alter function times_of_present owner to cosmos_keeper;
grant execute on function times_of_present to cosmos_app;
alter function note_telephone_cancellation owner to cosmos_keeper;
grant execute on function note_telephone_cancellation to cosmos_app;
alter function past_times_told owner to cosmos_keeper;
alter function prepare_dispatches owner to cosmos_keeper;
grant execute on function prepare_dispatches to cosmos_jobs;
alter function take_dispatches owner to cosmos_keeper;
grant execute on function take_dispatches to cosmos_jobs;
alter function gives_to_duty_worker owner to cosmos_keeper;
grant execute on function gives_to_duty_worker to cosmos_app;
alter function answer_offer owner to cosmos_keeper;
grant execute on function answer_offer to cosmos_app;
alter function request_names_duty_worker owner to cosmos_keeper;
alter function request_makes_known owner to cosmos_keeper;
alter table district_place add constraint district_place_length check (length(place) between 1 and 120);
alter table contact_word add constraint contact_word_used check (used_since is null or (before is not null and ended_at is null));
alter table dispatch add constraint dispatch_of_one check (num_nonnulls(notice_id, offer_id, called_off_id, withdrawn_id) = 1);
create unique index contact_word_waiting on contact_word (person_id, kind, case_id, said_by_id) where used_since is null and ended_at is null;
create trigger act_on_person after update on person
  for each row when (current_user = 'cosmos_app') execute function act_on_person();
create trigger act_is_settled after update on person for each row execute function act_is_settled();
create trigger act_is_settled after insert or update on person_address for each row execute function act_is_settled();
create trigger act_is_settled after update on appointment for each row when (new.version <> old.version) execute function act_is_settled();
create trigger act_is_settled after update on appointment_request for each row when (new.version <> old.version) execute function act_is_settled();
create trigger act_is_settled after update on availability for each row execute function act_is_settled();
create trigger act_is_settled after update on unavailability for each row execute function act_is_settled();
create trigger act_on_address after insert or update of line, postal_code, city or delete on person_address
  for each row when (current_user = 'cosmos_app') execute function act_on_address();
create trigger act_on_appointment after update of status, starts_at on appointment
  for each row when (current_user = 'cosmos_app') execute function act_on_appointment();
create trigger act_on_colleague after insert on appointment_worker
  for each row when (current_user = 'cosmos_app') execute function act_on_colleague();
create trigger act_of_passing_on after delete on appointment_worker
  for each row when (current_user = 'cosmos_app') execute function act_of_passing_on();
create trigger act_where_it_ended after update of shown on ended_for_desk
  for each row when (current_user = 'cosmos_app' and new.shown ->> 'status' is not null) execute function act_where_it_ended();
create trigger act_on_request after insert or update on appointment_request
  for each row when (current_user = 'cosmos_app') execute function act_on_request();
create trigger act_on_hours after insert or update on availability
  for each row when (current_user = 'cosmos_app') execute function act_on_hours();
create trigger act_on_time_off after insert or update of ends_at on unavailability
  for each row when (current_user = 'cosmos_app') execute function act_on_time_off();
create trigger act_on_visit after insert or update on visit
  for each row when (current_user = 'cosmos_app') execute function act_on_visit();
create trigger act_of_registering after insert on person
  for each row when (current_user = 'cosmos_app') execute function act_of_registering();
create trigger act_of_giving_notice after insert on notice_receipt
  for each row when (current_user = 'cosmos_app') execute function act_of_giving_notice();
create trigger act_of_telling after update of done_at on appointment_notice
  for each row when (current_user = 'cosmos_app' and new.done_at is not null and old.done_at is null) execute function act_of_telling();
create trigger act_of_offering after update of told_at on slot_offer
  for each row when (current_user = 'cosmos_app') execute function act_of_offering();
create trigger act_on_place after insert or update of outcome or delete on appointment_person
  for each row when (current_user = 'cosmos_app') execute function act_on_place();
create constraint trigger act_is_told after insert on act deferrable initially deferred for each row execute function act_is_told();
create trigger place_of_hours_is_listed before insert on availability
  for each row when (current_user = 'cosmos_app' and new.place is not null) execute function place_of_hours_is_listed();
create trigger log_reading_is_told after insert on access_log
  for each row when (new.action in ('READ_ACCESS_LOG', 'READ_ACCESS_LOG_WITHOUT_TELLING') and new.outcome = 'DONE'
    and new.target_worker_id is not null and new.ground is not null)
  execute function log_reading_is_told();
create trigger notification_tells_once before insert on notification for each row
  when (new.kind in ('CONTACT_OPENED', 'CONTACT_CHANGED', 'CONTACT_SUSPENDED', 'OPEN_ADDRESS_WRITTEN', 'ABSENCE_DECLARED',
    'BLIND_MESSAGE', 'CONTACT_PROPOSED', 'COMMUNICATION_CHANGED', 'ADDRESS_READ', 'RELAY_TO_CONFIRM', 'CALLED_OFF_BY_TELEPHONE',
    'APPOINTMENT_RESTORED', 'IDENTITY_CHANGED', 'OBJECTION_CHANGED', 'REQUEST_CHANGED', 'APPOINTMENT_CANCELLED', 'AGENDA_CHANGED',
    'CONTACT_WORD_WAITS'))
  execute function notification_tells_once();
create constraint trigger contact_ends_waiting_words after update of safe_contact, phone, email, contact_suspended_at on person
  deferrable initially deferred for each row when ((new.safe_contact, new.phone, new.email, new.contact_suspended_at)
    is distinct from (old.safe_contact, old.phone, old.email, old.contact_suspended_at))
  execute function contact_ends_waiting_words();
create constraint trigger notify_identity_changed after update of given_name, family_name, chosen_name, birth_date, statistics_objection_on on person
  deferrable initially deferred for each row
  when ((new.given_name, new.family_name, new.chosen_name, new.birth_date, new.statistics_objection_on)
    is distinct from (old.given_name, old.family_name, old.chosen_name, old.birth_date, old.statistics_objection_on))
  execute function notify_identity_changed();
create trigger past_times_told after insert on access_log
  for each row when (new.action = 'TELL_PAST_TIMES' and new.outcome = 'DONE' and new.person_id is not null)
  execute function past_times_told();
create trigger request_names_duty_worker before insert or update of duty_worker_id on appointment_request
  for each row when (current_user = 'cosmos_app' and new.duty_worker_id is not null) execute function request_names_duty_worker();
revoke all on act from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table act enable row level security, force row level security;
grant select, insert, update, delete on act to cosmos_keeper;
revoke all on availability from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table availability enable row level security, force row level security;
grant select on availability to cosmos_app;
grant insert (
  id, worker_id, district_id, modes, place, starts_on, ends_on, opens_at, closes_at, recurrence, kept_for_urgent
) on availability to cosmos_app;
grant update (ends_on, version) on availability to cosmos_app;
grant select on availability to cosmos_keeper;
grant update (ends_on, version) on availability to cosmos_keeper;
revoke all on unavailability from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table unavailability enable row level security, force row level security;
grant select, delete on unavailability to cosmos_app;
grant insert (id, worker_id, district_id, starts_at, ends_at, outside_calendar_id) on unavailability to cosmos_app;
grant update (ends_at, version) on unavailability to cosmos_app;
grant select on unavailability to cosmos_keeper;
grant update (ends_at, version) on unavailability to cosmos_keeper;
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
  place, places_named, place_by_id, cancelled_by_link, shown_id, shown_at, shown_since_version,
  gone_from_desk, cancellation_reason
) on appointment to cosmos_keeper;
revoke all on appointment_notice from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment_notice enable row level security, force row level security;
grant select on appointment_notice to cosmos_app;
grant insert (appointment_id, person_id, district_id, kind, previous_starts_at) on appointment_notice to cosmos_app;
grant update (kind, done_at, outcome, version) on appointment_notice to cosmos_app;
grant select, delete on appointment_notice to cosmos_keeper;
grant insert (
  appointment_id, person_id, district_id, kind, previous_starts_at, reminds_of
) on appointment_notice to cosmos_keeper;
grant update (kind, previous_starts_at, reminds_of, created_at, done_at, outcome, version, sending) on appointment_notice to cosmos_keeper;
revoke all on "case" from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table "case" enable row level security, force row level security;
grant select on "case" to cosmos_app;
grant insert (id, district_id, mission) on "case" to cosmos_app;
grant update (status, closed_at, version) on "case" to cosmos_app;
grant select on "case" to cosmos_keeper;
grant update (assigned_worker_id, online_person_ids, version, opener_id) on "case" to cosmos_keeper;
revoke all on district_place from public, cosmos_app, cosmos_jobs, cosmos_keeper;
grant select on district_place to cosmos_app;
grant select on district_place to cosmos_jobs;
grant select on district_place to cosmos_keeper;
revoke all on person from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table person enable row level security, force row level security;
grant select on person to cosmos_app;
grant insert (
  id, district_id, given_name, family_name, chosen_name, birth_date, phone, safe_contact, email,
  communication_needs, language
) on person to cosmos_app;
grant update (
  given_name, family_name, chosen_name, birth_date, phone, safe_contact, version, provisional, email,
  statistics_objection_on
) on person to cosmos_app;
grant select, delete on person to cosmos_keeper;
grant insert (district_id, chosen_name, provisional) on person to cosmos_keeper;
grant update (
  phone, safe_contact, version, email, confirm_nothing, contact_suspended_at, communication_needs, language,
  confirm_nothing_case_id, contact_suspended_case_id, given_name, family_name, chosen_name, birth_date, statistics_objection_on
) on person to cosmos_keeper;
revoke all on person_address from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table person_address enable row level security, force row level security;
grant select, delete on person_address to cosmos_app;
grant insert (person_id, line, postal_code, city, confidential, version, case_id) on person_address to cosmos_app;
grant update (line, postal_code, city, version) on person_address to cosmos_app;
grant select, delete on person_address to cosmos_keeper;
grant insert (person_id, line, postal_code, city, for_letters) on person_address to cosmos_keeper;
grant update (
  confidential, assigned_worker_id, case_id, district_id, contact_named, said_by_id, line, postal_code, city, for_letters, version
) on person_address to cosmos_keeper;
revoke all on safe_address from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table safe_address enable row level security, force row level security;
grant select on safe_address to cosmos_app;
grant select, insert, delete on safe_address to cosmos_keeper;
grant update (district_id, assigned_worker_id, line, postal_code, city, version, recorded_at) on safe_address to cosmos_keeper;
revoke all on contact_word from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table contact_word enable row level security, force row level security;
grant select, insert, update, delete on contact_word to cosmos_keeper;
revoke all on duty_worker_turn from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table duty_worker_turn enable row level security, force row level security;
grant select, insert, update on duty_worker_turn to cosmos_keeper;
create policy notification_own on notification for select to cosmos_app using (
  worker_id = (select viewer_worker()) and created_at <= now());
create policy person_read on person for select to cosmos_app using (
  id = (select viewer_person())
  -- A desk reads the persons of its district, and those whose contact was opened at an appointment in its district. It reads no sensitive
  -- file (a colleague, a neighbour), and no person with "confirm nothing".
  or (not sensitive_file and not confirm_nothing and district_id = any ((select viewer_districts('receptionist'))::uuid[]))
  -- The cases come before the appointments: for a worker's page nothing else is looked up.
  or exists (select from case_person cp where cp.person_id = person.id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    -- A head does not read the name of a person with "confirm nothing", like the desk: the head allocates the case without it.
    or (not confirm_nothing and cp.district_id = any ((select viewer_districts('district_head'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
  or (not sensitive_file and not confirm_nothing and exists (select from appointment_person ap where ap.person_id = person.id
    and ap.contact_said and ap.district_id = any ((select viewer_districts('receptionist'))::uuid[])))
  or exists (select from appointment_person ap where ap.person_id = person.id
    and (select viewer_worker()) = any (ap.contact_worker_ids) and ap.contact_from <= now() and ap.contact_until > now()
    and ap.district_id = any ((select viewer_districts('any'))::uuid[]))
  or exists (select from person_known k where k.person_id = person.id and k.worker_id = (select viewer_worker())
    and k.contact and k.contact_until > now() and k.known_until > now() and k.district_id = any ((select viewer_districts('any'))::uuid[])));
