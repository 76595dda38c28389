set local lock_timeout = '5s';
set local check_function_bodies = off;
drop policy person_address_read on person_address;
drop policy person_address_replace on person_address;
drop policy safe_address_read on safe_address;
drop policy withheld_place_read on withheld_place;
drop trigger address_shelters on person_address;
drop trigger case_shelters on case_person;
drop trigger place_is_withheld on appointment_person;
drop function address_shelters(), case_shelters(), hold_each(text,uuid[]), keep_place_withheld(uuid), keep_sheltered(uuid[],timestamp with time zone), persons_sheltered_with(uuid,uuid);
-- AlterTable
ALTER TABLE "person_address" ADD COLUMN     "contact_named" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "withheld_place" ADD COLUMN     "is_home" BOOLEAN NOT NULL DEFAULT false,
ALTER COLUMN "reader_keys" SET DEFAULT ARRAY[]::TEXT[],
ALTER COLUMN "person_ids" SET DEFAULT ARRAY[]::UUID[];
create or replace function keep_home_day(p_appointment uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update withheld_place w set home_day = case
      when viewer_worker() is null or w.typed_by_id = viewer_worker() or (a.case_worker_id || ':' || a.district_id) = any (viewer_followings())
        or (a.district_id = any (viewer_districts('receptionist')) and viewer_worker() <> all (a.worker_ids))
        then home_day(a.mode, a.status, a.starts_at)
      when w.home_day is not null and home_day(a.mode, a.status, a.starts_at) is not null
        then greatest(w.home_day, home_day(a.mode, a.status, a.starts_at)) end
    from appointment a where a.id = p_appointment and w.appointment_id = a.id;
end $$;
revoke all on function keep_home_day(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function read_calendar_feed(p_secret_hash bytea)
  returns table (feed_id uuid, appointment_id uuid, starts_at timestamptz, ends_at timestamptz, status text, version integer,
    changed_at timestamptz, label text, place text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_feed calendar_feed%rowtype;
begin
  select * into v_feed from calendar_feed f where f.secret_hash = p_secret_hash and f.revoked_at is null
    and (f.person_id is null or exists (select from person_account p where p.person_id = f.person_id))
    and not exists (select from worker w where w.id = f.worker_id and w.disabled_at is not null)
    and exists (select from client c where c.id = f.client_id and c.disabled_at is null and 'appointments:read' = any (c.scopes));
  if not found then return; end if;
  return query
    with mine as (
      select a.* from membership m
      cross join lateral (
        select x.* from appointment x where x.worker_ids[1] = v_feed.worker_id and x.district_id = m.district_id
          and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days'
        union all
        select x.* from appointment x where cardinality(x.worker_ids) > 1 and x.worker_ids[2] = v_feed.worker_id
          and x.district_id = m.district_id
          and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days'
        union all
        select x.* from appointment x where cardinality(x.worker_ids) > 2 and x.district_id = m.district_id
          and x.worker_ids @> array[v_feed.worker_id] and not v_feed.worker_id = any (x.worker_ids[1:2])
          and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days') a
      where m.worker_id = v_feed.worker_id and m.role in ('RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD')
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
      union
      select x.* from appointment_person ap join appointment x on x.id = ap.appointment_id
      join person p on p.id = ap.person_id and p.contact_suspended_at is null
      where ap.person_id = v_feed.person_id and ap.show_online
        and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days')
    select v_feed.id, a.id, a.starts_at, a.ends_at, a.status::text, a.version, greatest(a.booked_at, a.status_at),
      t.public_label_fr, case when a.mode = 'ON_SITE' and not place_is_typed(a.id) then
        coalesce(a.place, d.address_line || ', ' || d.postal_code || ' ' || c.name) end
    from mine a join appointment_type t on t.code = a.type_code join district d on d.id = a.district_id
    join commune c on c.insee_code = d.commune_code
    order by a.starts_at, a.id limit 2000;
  -- A feed without appointments exists all the same: one empty row tells so.
  if not found then
    return query select v_feed.id, null::uuid, null::timestamptz, null::timestamptz, null, null::integer, null::timestamptz,
      null, null;
  end if;
end $$;
revoke all on function read_calendar_feed(bytea) from public, cosmos_app, cosmos_jobs;
create or replace function contact_is_named(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from person_address a where a.person_id = p_person and a.confidential and not a.contact_named);
revoke all on function contact_is_named(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function name_contact(p_person uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  update person_address set contact_named = true where person_id = p_person and confidential and not contact_named;
end;
revoke all on function name_contact(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function address_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.case_id := case when new.confidential then coalesce(new.case_id, oldest_case_of(new.person_id)) end;
  if tg_op = 'UPDATE' and new.confidential and not old.confidential then new.recorded_at := now(); end if;
  -- A second confidential address of the person does not stop what is sent where they have named it since the first.
  new.contact_named := new.confidential and (new.contact_named or exists (select from person_address a
    where a.person_id = new.person_id and a.confidential and a.contact_named));
  new.district_id := null;
  new.assigned_worker_id := null;
  select district_id, assigned_worker_id into new.district_id, new.assigned_worker_id from "case" where id = new.case_id for share;
  return new;
end $$;
revoke all on function address_takes_its_case() from public, cosmos_app, cosmos_jobs;
create or replace function place_may_be_withheld() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'appointment' then
    if new.mode <> old.mode or (new.mode = 'HOME' and (not new.worker_ids <@ old.worker_ids
        or ((new.starts_at at time zone 'Europe/Paris')::date <> (old.starts_at at time zone 'Europe/Paris')::date
          and viewer_worker() = any (new.worker_ids)))) then
      perform begin_home_visit(new.id);
    end if;
    if new.place is not null and new.places is null and (new.place is distinct from old.place or old.worker_ids = '{}')
        and not place_is_of_hours(new.id) then
      insert into withheld_place (appointment_id, place, worker_ids, typed_by_id, is_home, home_day)
        values (new.id, new.place, new.worker_ids, new.place_by_id, new.mode = 'HOME', home_day(new.mode, new.status, new.starts_at))
        on conflict (appointment_id) do update set place = excluded.place, worker_ids = excluded.worker_ids,
          typed_by_id = excluded.typed_by_id, is_home = excluded.is_home, home_day = excluded.home_day;
      update appointment set place = null where id = new.id;
      return null;
    end if;
    if (new.mode, new.worker_ids) is distinct from (old.mode, old.worker_ids) then perform keep_place_readers(new.id); end if;
    if (new.mode, new.starts_at, new.status) is distinct from (old.mode, old.starts_at, old.status) then
      perform keep_home_day(new.id);
    end if;
  elsif tg_op = 'INSERT' then
    perform begin_home_visit(new.appointment_id);
  end if;
  return null;
end $$;
revoke all on function place_may_be_withheld() from public, cosmos_app, cosmos_jobs;
create or replace function hidden_address_is_not_open() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from person_address a where a.person_id = new.person_id and not a.confidential
    and normalised_name(a.line) = normalised_name(new.line)
    and (a.postal_code is null or new.postal_code is null or a.postal_code = new.postal_code);
  return null;
end $$;
revoke all on function hidden_address_is_not_open() from public, cosmos_app, cosmos_jobs;
create or replace function case_changes_addresses() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update person_address set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id where case_id = new.id;
  update safe_address set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id where case_id = new.id;
  return null;
end $$;
revoke all on function case_changes_addresses() from public, cosmos_app, cosmos_jobs;
create or replace function notify_open_address() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op <> 'DELETE' and not new.confidential then
    perform tell_who_follows(new.person_id, 'OPEN_ADDRESS_WRITTEN', null, null);
    insert into notification (worker_id, kind, case_id)
    select c.assigned_worker_id, 'OPEN_ADDRESS_WRITTEN'::"NotificationKind", c.id
    from sheltering_cases(new.person_id) s join "case" c on c.id = s.case_id
    where c.assigned_worker_id is not null and c.assigned_worker_id is distinct from viewer_worker()
      and not exists (select from case_person cp where cp.case_id = c.id and cp.person_id = new.person_id);
  elsif tg_op <> 'INSERT' and not old.confidential and viewer_worker() is not null
      and not exists (select from person_address a where a.person_id = old.person_id and not a.confidential) then
    perform tell_who_follows(old.person_id, 'CONTACT_CHANGED', null, null);
  end if;
  return null;
end $$;
revoke all on function notify_open_address() from public, cosmos_app, cosmos_jobs;
create or replace function say_safe_contact(p_person uuid, p_version integer, p_contact "SafeContact", p_present_and_alone boolean,
  p_said jsonb default '{}') returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if may_say_safe_contact(p_person, p_present_and_alone) is not true then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  update person set safe_contact = p_contact, version = version + 1,
    phone = case when p_said ? 'phone' then p_said ->> 'phone' else phone end,
    email = case when p_said ? 'email' then p_said ->> 'email' else email end,
    contact_suspended_at = case when p_contact = 'NONE' then contact_suspended_at end
    where id = p_person and version = p_version;
  if not found then return false; end if;
  perform name_contact(p_person);
  return true;
end $$;
revoke all on function say_safe_contact(uuid,int4,"SafeContact",bool,jsonb) from public, cosmos_app, cosmos_jobs;
create or replace function answer_contact_proposal(p_person uuid, p_proposal uuid, p_version integer, p_accept boolean) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_proposal contact_proposal%rowtype;
begin
  if not (viewer_has_scope('persons:write') and follows_person(p_person)) then return 'FORBIDDEN'; end if;
  delete from contact_proposal where person_id = p_person and id = p_proposal returning * into v_proposal;
  if not found then return 'STATE_CHANGED'; end if;
  if not p_accept then return 'DONE'; end if;
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
create or replace function sendable(p_person person, p_channels "DispatchChannel"[]) returns "DispatchChannel"
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return case
    when p_person.safe_contact <> 'NEUTRAL_TEXT' or not contact_is_named(p_person.id) then null
    when p_person.phone is not null and 'TEXT' = any (p_channels) then 'TEXT'
    when p_person.email is not null and 'EMAIL' = any (p_channels) then 'EMAIL' end;
end $$;
revoke all on function sendable(person,"DispatchChannel"[]) from public, cosmos_app, cosmos_jobs;
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
create or replace function place_is_typed(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from withheld_place w where w.appointment_id = p_appointment)
    or exists (select from appointment a where a.id = p_appointment and a.places is not null and a.place is not null
      and not place_is_of_hours(a.id));
revoke all on function place_is_typed(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function sheltering_cases(p_person uuid) returns table (case_id uuid, since timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.case_id, min(a.recorded_at) from person_address a where a.person_id = p_person and a.confidential group by a.case_id;
end;
revoke all on function sheltering_cases(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function keep_place_readers(p_appointment uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  update withheld_place w set
      worker_ids = case when s.theirs then a.worker_ids
        else array(select unnest(w.worker_ids) intersect select unnest(a.worker_ids)) end,
      is_home = a.mode = 'HOME' or (w.is_home and not s.theirs)
    from appointment a
    cross join lateral (select viewer_worker() is null or coalesce((a.case_worker_id || ':' || a.district_id) = any (viewer_followings()), false)
      or exists (select from withheld_place t where t.appointment_id = a.id and t.typed_by_id = viewer_worker()) as theirs) s
    where a.id = p_appointment and w.appointment_id = a.id;
end;
revoke all on function keep_place_readers(uuid) from public, cosmos_app, cosmos_jobs;
alter function place_is_typed owner to cosmos_keeper;
alter function keep_home_day owner to cosmos_keeper;
alter function read_calendar_feed owner to cosmos_keeper;
grant execute on function read_calendar_feed to cosmos_app;
alter function sheltering_cases owner to cosmos_keeper;
alter function contact_is_named owner to cosmos_keeper;
alter function name_contact owner to cosmos_keeper;
alter function keep_place_readers owner to cosmos_keeper;
alter function address_takes_its_case owner to cosmos_keeper;
alter function place_may_be_withheld owner to cosmos_keeper;
alter function hidden_address_is_not_open owner to cosmos_keeper;
alter function case_changes_addresses owner to cosmos_keeper;
alter function notify_open_address owner to cosmos_keeper;
alter function say_safe_contact owner to cosmos_keeper;
grant execute on function say_safe_contact to cosmos_app;
alter function answer_contact_proposal owner to cosmos_keeper;
grant execute on function answer_contact_proposal to cosmos_app;
alter function sendable owner to cosmos_keeper;
alter function take_dispatches owner to cosmos_keeper;
grant execute on function take_dispatches to cosmos_jobs;
alter table person_address add constraint person_address_contact check (confidential or not contact_named);
create trigger place_is_withheld after insert on appointment_person
  for each row execute function place_may_be_withheld();
create trigger hidden_address_is_not_open after insert or update of line, postal_code, confidential on person_address
  for each row when (new.confidential) execute function hidden_address_is_not_open();
revoke all on person_address from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table person_address enable row level security, force row level security;
grant select, delete on person_address to cosmos_app;
grant insert (person_id, line, postal_code, city, confidential, version, case_id) on person_address to cosmos_app;
grant update (line, postal_code, city, version) on person_address to cosmos_app;
grant select, delete on person_address to cosmos_keeper;
grant update (confidential, assigned_worker_id, case_id, district_id, contact_named) on person_address to cosmos_keeper;
create policy person_address_read on person_address for select to cosmos_app using (
  -- Online, somebody else may hold the phone of the person: a confidential address is not read there.
  (not confidential and person_id = (select viewer_person()))
  or (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])))
  or (not confidential and (
    exists (select from case_person cp where cp.person_id = person_address.person_id and (
      (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
    -- The desk, and workers who have an appointment with the person or have received them: the policies of the tables below decide. A head
    -- knows the name, to allocate, and no address.
    or exists (select from person p where p.id = person_id and (
      p.district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or exists (select from appointment_person ap where ap.person_id = p.id)
      or exists (select from person_known k where k.person_id = p.id and k.known_until > now()))))));
create policy person_address_replace on person_address for delete to cosmos_app using (
  (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])))
  or (not confidential and (select viewer_worker()) is not null and (
    exists (select from case_person cp where cp.person_id = person_address.person_id and (
      (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
    or exists (select from person p where p.id = person_id and (
      p.district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or exists (select from appointment_person ap where ap.person_id = p.id)
      or exists (select from person_known k where k.person_id = p.id and k.known_until > now()))))));
create policy safe_address_read on safe_address for select to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));
create policy withheld_place_read on withheld_place for select to cosmos_app using (
  typed_by_id = (select viewer_worker())
  or ((select viewer_worker()) = any (worker_ids) and (not is_home or home_day = (now() at time zone 'Europe/Paris')::date)));

-- By hand. Until now a confidential address covered everyone of its case, and a typed place was withheld only where somebody had such an address.
-- FORCE binds the owner too, so it is taken off meanwhile.
alter table appointment no force row level security;
alter table "case" no force row level security;
alter table case_person no force row level security;
alter table person no force row level security;
alter table person_address no force row level security;
alter table withheld_place no force row level security;
-- What was sent until now goes on being sent.
update person_address set contact_named = true where confidential;
-- Whoever was covered stays covered: by a row of their own, with the address that the case recorded first. Nobody is uncovered in silence; the
-- worker of the case removes the row of who does not live there.
insert into person_address (person_id, line, postal_code, city, confidential, case_id, recorded_at, contact_named)
select distinct on (cp.person_id, cp.case_id) cp.person_id, a.line, a.postal_code, a.city, true, a.case_id, a.recorded_at, true
from person_address a join case_person cp on cp.case_id = a.case_id
where a.confidential
order by cp.person_id, cp.case_id, a.recorded_at, a.id
on conflict do nothing;
-- A place that was withheld already goes on to be read by those of its workers alone who read the address.
update withheld_place w set is_home = a.mode = 'HOME', typed_by_id = coalesce(w.typed_by_id, a.place_by_id),
  worker_ids = case when a.mode = 'HOME' then w.worker_ids
    else array(select k from unnest(w.worker_ids) k where exists (select from unnest(w.reader_keys) r where r like k || ':%')) end
from appointment a where a.id = w.appointment_id;
-- Each other place that somebody typed leaves its row; the place of the worker's hours stays.
insert into withheld_place (appointment_id, place, worker_ids, typed_by_id, is_home, home_day)
select a.id, a.place, a.worker_ids, a.place_by_id, a.mode = 'HOME', home_day(a.mode, a.status, a.starts_at)
from appointment a where a.place is not null and a.places is null and not place_is_of_hours(a.id)
on conflict do nothing;
update appointment a set place = null from withheld_place w where w.appointment_id = a.id and a.place is not null;
set constraints all immediate;
alter table appointment force row level security;
alter table "case" force row level security;
alter table case_person force row level security;
alter table person force row level security;
alter table person_address force row level security;
alter table withheld_place force row level security;
