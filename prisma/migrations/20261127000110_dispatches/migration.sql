-- Reminders, and what is sent without anyone's doing: notices and offers to those whose safe contact is a neutral text. By a
-- gateway for text messages or by mail, tried again when it fails, and never twice.

-- ---- Tables --------------------------------------------------------------------------------------------------
-- CreateEnum
CREATE TYPE "DispatchChannel" AS ENUM ('TEXT', 'EMAIL');
-- CreateEnum
CREATE TYPE "DispatchStatus" AS ENUM ('DUE', 'SENDING', 'RETRYING', 'SENT', 'FAILED', 'UNCERTAIN', 'CANCELLED');
-- AlterTable
ALTER TABLE "person" ADD COLUMN     "email" TEXT;
-- AlterTable
ALTER TABLE "appointment_notice" ADD COLUMN     "reminds_of" TIMESTAMPTZ(3),
ADD COLUMN     "sending" "DispatchStatus";
-- AlterTable
ALTER TABLE "slot_offer" ADD COLUMN     "sending" "DispatchStatus";
-- CreateTable
CREATE TABLE "dispatch" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "notice_id" UUID,
    "notice_version" INTEGER,
    "offer_id" UUID,
    "channel" "DispatchChannel" NOT NULL,
    "status" "DispatchStatus" NOT NULL DEFAULT 'DUE',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "dispatch_pkey" PRIMARY KEY ("id")
);
-- CreateIndex
CREATE UNIQUE INDEX "dispatch_notice_id_notice_version_key" ON "dispatch"("notice_id", "notice_version");
-- CreateIndex
CREATE UNIQUE INDEX "dispatch_offer_id_key" ON "dispatch"("offer_id");
-- AddForeignKey
ALTER TABLE "dispatch" ADD CONSTRAINT "dispatch_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "appointment_notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "dispatch" ADD CONSTRAINT "dispatch_offer_id_fkey" FOREIGN KEY ("offer_id") REFERENCES "slot_offer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- What must hold ------------------------------------------------------------------------------------------
alter table dispatch
  add constraint dispatch_of_one check (num_nonnulls(notice_id, offer_id) = 1),
  add constraint dispatch_version check ((notice_id is null) = (notice_version is null)),
  add constraint dispatch_sent check ((status = 'SENT') = (sent_at is not null));
alter table appointment_notice
  -- A reminder that has become the notice of a change is not made again for the time that it was to remind of.
  add constraint appointment_notice_reminds check (kind <> 'REMINDER' or reminds_of is not null);
-- One reminder of one time, whatever became of it.
create unique index appointment_notice_reminder on appointment_notice (appointment_id, person_id, reminds_of);

create index dispatch_due on dispatch (due_at, id) where status in ('DUE', 'SENDING', 'RETRYING');
create index appointment_notice_open on appointment_notice (created_at) where done_at is null;

-- ---- Who reads and writes -------------------------------------------------------------------------------------
-- Nobody but the functions below: of what is sent, its notice or offer shows how it goes.
alter table dispatch enable row level security;
alter table dispatch force row level security;
grant insert (email), update (email) on person to cosmos_app;
grant select, insert, update on dispatch to cosmos_keeper;
grant update (sending, done_at, outcome, version), delete on appointment_notice to cosmos_keeper;
grant insert (reminds_of) on appointment_notice to cosmos_keeper;

create function dispatch_shows() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_shown "DispatchStatus" := nullif(new.status, 'CANCELLED');
begin
  update appointment_notice set sending = v_shown
    where id = new.notice_id and version = new.notice_version and sending is distinct from v_shown;
  update slot_offer set sending = v_shown where id = new.offer_id and sending is distinct from v_shown;
  return null;
end $$;
create trigger dispatch_shows after insert or update of status on dispatch for each row execute function dispatch_shows();

-- What is to be said has changed: how the last went is not how this goes.
create function notice_to_say_anew() returns trigger language plpgsql as $$
begin
  new.sending := null;
  return new;
end $$;
create trigger notice_to_say_anew before update of kind on appointment_notice for each row execute function notice_to_say_anew();

-- What there was to say is no longer so: a reminder of a time at which it is not held, or of who does not come; to who has a
-- place again, that they have none. Whoever is to know of the change is told of that.
create function nothing_left_to_say() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'appointment' then
    delete from appointment_notice where appointment_id = new.id and kind = 'REMINDER' and done_at is null;
  elsif tg_op = 'DELETE' then
    delete from appointment_notice where appointment_id = old.appointment_id and person_id = old.person_id
      and kind = 'REMINDER' and done_at is null;
  else
    delete from appointment_notice where appointment_id = new.appointment_id and person_id = new.person_id
      and kind = 'CANCELLED' and done_at is null;
  end if;
  return null;
end $$;
create trigger nothing_left_to_say after update of starts_at, status on appointment for each row
  when ((old.starts_at, old.status) is distinct from (new.starts_at, new.status)) execute function nothing_left_to_say();
create trigger nothing_left_to_say after insert or delete on appointment_person for each row
  execute function nothing_left_to_say();

-- ---- What is to be sent ---------------------------------------------------------------------------------------
-- By what someone can be sent a neutral text, if at all. Their phone before their mail, as far as the county has the means.
create function sendable(p_person person, p_channels "DispatchChannel"[]) returns "DispatchChannel"
  language plpgsql stable as $$
begin
  return case
    when p_person.safe_contact <> 'NEUTRAL_TEXT' then null
    when p_person.phone is not null and 'TEXT' = any (p_channels) then 'TEXT'
    when p_person.email is not null and 'EMAIL' = any (p_channels) then 'EMAIL' end;
end $$;

-- Nobody is woken by it: from eight to eight in Paris, else at eight.
create function by_day(p_at timestamptz) returns timestamptz
  language plpgsql stable as $$
declare v_at timestamp := p_at at time zone 'Europe/Paris';
begin
  return case
    when v_at::time < '08:00' then (v_at::date + time '08:00') at time zone 'Europe/Paris'
    when v_at::time >= '20:00' then (v_at::date + 1 + time '08:00') at time zone 'Europe/Paris'
    -- Rounded up, it would not have come yet.
    else date_trunc('milliseconds', p_at) end;
end $$;

-- Makes the reminders that are due, and what is to be sent of all that is to be told; so many of each at most. How many it
-- was; a repetition makes nothing twice. A text reminds two days before, a letter is to be printed from nine days before on;
-- nobody is reminded of what they were told within a day, nor of what they booked within one.
create function prepare_dispatches(p_channels "DispatchChannel"[], p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_reminders integer := 0;
  v_notices integer;
  v_offers integer;
begin
  insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at, reminds_of)
  select a.id, ap.person_id, ap.district_id, 'REMINDER', known_starts_at(a.id, ap.person_id, a.starts_at), a.starts_at
  from district d
  -- By the index of a district's days.
  join appointment a on a.district_id = d.id and a.status = 'BOOKED' and a.starts_at > now() + interval '3 hours'
    and a.starts_at <= now() + interval '9 days'
  join appointment_person ap on ap.appointment_id = a.id
  join person p on p.id = ap.person_id
  where a.booked_at < now() - interval '24 hours'
    and case p.safe_contact
      when 'NEUTRAL_TEXT' then a.starts_at <= now() + interval '48 hours' and sendable(p, p_channels) is not null
      when 'LETTER' then a.starts_at > now() + interval '4 days'
        and exists (select from person_address pa where pa.person_id = p.id and not pa.confidential)
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

  -- One that is to be told in the small hours is answered by noon: it waits for the day like all.
  insert into dispatch (offer_id, channel, due_at)
  select o.id, sendable(p, p_channels), by_day(now())
  from slot_offer o
  join appointment_request r on r.id = o.request_id
  join person p on p.id = r.person_id
  where o.status = 'HELD' and o.told_at is null and o.channel = 'NEUTRAL_TEXT' and sendable(p, p_channels) is not null
    and o.answer_by > by_day(now()) + interval '10 minutes'
    and not exists (select from dispatch d where d.offer_id = o.id)
  order by o.answer_by limit p_limit
  on conflict do nothing;
  get diagnostics v_offers = row_count;
  return v_reminders + v_notices + v_offers;
end $$;

-- ---- Sending ---------------------------------------------------------------------------------------------------
-- Takes what is due, for two minutes: whoever takes it sends it, and says how it went. What is no longer so is not sent. Of one
-- who took and never said, it is not known whether it was sent: a gateway for texts knows a repetition by its id, and is sent
-- it again; a mail is left to people.
create function take_dispatches(p_limit integer)
  returns table (id uuid, attempt integer, channel "DispatchChannel", recipient text, kind text, public_label_fr text,
    previous_starts_at timestamptz, starts_at timestamptz, answer_by timestamptz, place text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  update dispatch d set status = case d.channel when 'TEXT' then 'RETRYING' else 'UNCERTAIN' end::"DispatchStatus"
    where d.status = 'SENDING' and d.due_at <= now();
  return query
  with due as (
    -- Not by night either what became due while nobody sent.
    select d.* from dispatch d where d.status in ('DUE', 'RETRYING') and d.due_at <= now() and by_day(now()) <= now()
    order by d.due_at, d.id limit p_limit for update skip locked
  ), said as (
    select d.id, n.kind::text as kind, a.type_code, n.person_id, n.previous_starts_at, a.starts_at, null::timestamptz as answer_by,
      a.mode, a.place, a.district_id, a.case_id
    from due d
    join appointment_notice n on n.id = d.notice_id and n.version = d.notice_version and n.done_at is null
    join appointment a on a.id = n.appointment_id
    where (a.starts_at > now() or n.previous_starts_at > now())
      and (n.kind = 'CANCELLED' or (a.status = 'BOOKED' and a.starts_at > now()))
    union all
    select d.id, 'OFFER', r.type_code, r.person_id, null, o.starts_at, o.answer_by, o.mode, o.place, o.district_id, r.case_id
    from due d
    join slot_offer o on o.id = d.offer_id and o.status = 'HELD' and o.told_at is null and o.answer_by > now()
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
    -- Each time that it is handed out, as whatever anyone does with it is (domain rule 9): to whom, and not what it says.
    insert into access_log (operation_id, actor_kind, action, outcome, case_id, person_id)
    select gen_random_uuid(), 'JOBS', 'SEND_NOTICE', 'DONE', s.case_id, s.person_id
    from taken t join sent s on s.id = t.id where t.status = 'SENDING'
  )
  select t.id, t.attempts, t.channel, s.recipient, s.kind, y.public_label_fr, s.previous_starts_at, s.starts_at, s.answer_by,
    case when s.mode = 'ON_SITE' then coalesce(s.place, i.address_line || ', ' || i.postal_code || ' ' || c.name) end
  from taken t join sent s on s.id = t.id join appointment_type y on y.code = s.type_code
  join district i on i.id = s.district_id join commune c on c.insee_code = i.commune_code
  where t.status = 'SENDING';
end $$;

-- How it went, as whoever took it says: a later one of another attempt says nothing. Who was told of it is told.
create function settle_dispatch(p_id uuid, p_attempt integer, p_status "DispatchStatus") returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_dispatch dispatch%rowtype;
begin
  update dispatch set
      -- Eight times within two hours: a gateway that is down for longer is a matter for people.
      status = case when p_status = 'RETRYING' and attempts >= 8 then 'FAILED' else p_status end,
      due_at = by_day(now() + interval '30 seconds' * power(2, least(attempts, 8) - 1)),
      sent_at = case when p_status = 'SENT' then now() end
    where id = p_id and attempts = p_attempt and status = 'SENDING' and p_status in ('SENT', 'RETRYING', 'FAILED', 'UNCERTAIN')
    returning * into v_dispatch;
  if not found then return false; end if;
  if v_dispatch.status = 'SENT' then
    update appointment_notice set done_at = now(), outcome = 'TOLD', version = version + 1
      where id = v_dispatch.notice_id and version = v_dispatch.notice_version and done_at is null;
    update slot_offer set told_at = now() where id = v_dispatch.offer_id and status = 'HELD' and told_at is null;
  end if;
  return true;
end $$;

-- Who waits is reached by a mail as by a phone.
create or replace function offer_channel(p_request appointment_request) returns "OfferChannel"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_person person%rowtype;
begin
  if p_request.present_until > now() then return 'AT_DESK'; end if;
  if p_request.show_online and exists (select from person_account a where a.person_id = p_request.person_id) then
    return 'ONLINE';
  end if;
  select * into v_person from person where id = p_request.person_id;
  return case
    when v_person.safe_contact = 'VOICE_TO_ME_ONLY' and v_person.phone is not null then 'VOICE_TO_ME_ONLY'
    when v_person.safe_contact = 'NEUTRAL_TEXT' and num_nonnulls(v_person.phone, v_person.email) > 0 then 'NEUTRAL_TEXT'
    -- A confidential address is known to whom it is confided alone: to the desk it is none.
    when v_person.safe_contact = 'LETTER'
      and exists (select from person_address a where a.person_id = v_person.id and not a.confidential) then 'LETTER'
    when v_person.safe_contact = 'THROUGH_SOMEONE' then 'THROUGH_SOMEONE' end;
end $$;
drop trigger contact_wakes on person;
create trigger contact_wakes after update of safe_contact, phone, email on person
  for each row when ((old.safe_contact, old.phone, old.email) is distinct from (new.safe_contact, new.phone, new.email))
  execute function contact_wakes();

-- ---- Whose functions these are ----------------------------------------------------------------------------------
do $$
declare f regprocedure;
begin
  foreach f in array array['dispatch_shows()', 'nothing_left_to_say()', 'prepare_dispatches("DispatchChannel"[],integer)', 'take_dispatches(integer)',
    'settle_dispatch(uuid,integer,"DispatchStatus")']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function prepare_dispatches("DispatchChannel"[],integer), take_dispatches(integer),
  settle_dispatch(uuid,integer,"DispatchStatus") to cosmos_jobs;
