-- What people could not do with a case: open one about a person sent to them, see what is loose before they close one, reopen one that
-- was closed by mistake.

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'CASE_REOPENED';

-- AlterTable
ALTER TABLE "referral_person" ADD COLUMN "opened_case_id" UUID;
-- CreateIndex
CREATE INDEX "referral_person_opened_case_id_idx" ON "referral_person"("opened_case_id");
-- AddForeignKey
ALTER TABLE "referral_person" ADD CONSTRAINT "referral_person_opened_case_id_fkey" FOREIGN KEY ("opened_case_id") REFERENCES "case"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The sender reads the row of the referral. The sender does not learn which case was opened of it: the column is the keeper's alone.
revoke select on referral_person from cosmos_app;
grant select (id, referral_id, case_id, person_id, district_id, assigned_worker_id, to_district_id, to_worker_id, status, online)
  on referral_person to cosmos_app;
grant update (opened_case_id) on referral_person to cosmos_keeper;

-- ---- A closed case takes nothing new ------------------------------------------------------------------------------------
-- The case is held meanwhile: it cannot be closed before the row is there. Whoever writes into a case that was closed meanwhile looks
-- again, and is told so by the service.
create function closed_case_takes_nothing() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_status "CaseStatus";
begin
  select status into v_status from "case" where id = new.case_id for share;
  if v_status = 'CLOSED' then
    raise 'a closed case takes nothing new' using errcode = 'serialization_failure';
  end if;
  return new;
end $$;
create trigger closed_case_takes_nothing before insert on need
  for each row when (current_user = 'cosmos_app') execute function closed_case_takes_nothing();
create trigger closed_case_takes_nothing before insert on referral
  for each row when (current_user = 'cosmos_app') execute function closed_case_takes_nothing();
create trigger closed_case_takes_nothing before insert on appointment
  for each row when (current_user = 'cosmos_app' and new.case_id is not null) execute function closed_case_takes_nothing();
create trigger closed_case_takes_nothing before insert on appointment_request
  for each row when (current_user = 'cosmos_app' and new.case_id is not null) execute function closed_case_takes_nothing();

-- ---- A case is closed by whom it is assigned to, and reopened by whoever keeps it ---------------------------------------
-- The head reopens a case that nobody keeps: nobody is assigned, or the assigned worker no longer works here.
create function case_goes_on() returns trigger language plpgsql as $$
declare
  v_keeps boolean := old.assigned_worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker'));
begin
  if new.status = 'CLOSED' and v_keeps is not true then raise 'the assigned worker closes'; end if;
  if new.status = 'OPEN' and v_keeps is not true and (old.district_id = any (viewer_districts('district_head'))
      and (old.assigned_worker_id is null or not may_be_assigned(old.assigned_worker_id, old.district_id))) is not true then
    raise 'who keeps the case reopens it';
  end if;
  return new;
end $$;
create trigger case_goes_on before update of status on "case"
  for each row when (current_user = 'cosmos_app' and old.status <> new.status) execute function case_goes_on();

-- Whoever keeps the case is told when another reopens it.
create function case_reopened() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id) values (new.assigned_worker_id, 'CASE_REOPENED', new.id);
  return null;
end $$;
create trigger case_reopened after update of status on "case"
  for each row when (old.status = 'CLOSED' and new.status = 'OPEN' and new.assigned_worker_id is not null
    and new.assigned_worker_id is distinct from viewer_worker()) execute function case_reopened();

-- ---- A person who was sent on, and accepted -----------------------------------------------------------------------------
-- A head who accepted for the district allocates afterwards, too: as long as nobody has it, nobody knows the person.
create or replace function referral_goes_on() returns trigger language plpgsql as $$
declare
  v_follows boolean := (old.assigned_worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker')))
    or (old.assigned_worker_id || ':' || old.district_id) = any (viewer_relays());
  v_heads boolean := old.to_district_id = any (viewer_districts('district_head'));
  v_answers boolean := case
    when old.to_organisation_id is not null then v_follows
    when old.to_worker_id is null then v_heads
    else old.to_worker_id = viewer_worker() and old.to_district_id = any (viewer_districts('social_worker')) end;
  v_to_allocate boolean := old.closed_at is null or (old.status = 'ACCEPTED' and old.to_worker_id is null);
begin
  if new.version - old.version <> ((new.to_worker_id, new.status, new.refusal, new.closed_at)
      is distinct from (old.to_worker_id, old.status, old.refusal, old.closed_at))::integer then
    raise 'a version follows the one before, and counts what those who read it may read';
  end if;
  if new.to_worker_id is distinct from old.to_worker_id and (not v_to_allocate or v_heads is not true
      or new.to_worker_id is null or new.to_worker_id = viewer_worker() or not may_be_assigned(new.to_worker_id, new.to_district_id)) then
    raise 'the head allocates, to a social worker of the district';
  end if;
  if new.online_person_id is distinct from old.online_person_id and v_follows is not true then
    raise 'what is shown, who follows the case says';
  end if;
  if new.status <> old.status then
    if old.closed_at is not null or new.status = 'SENT' then raise 'what is over stays so'; end if;
    if (case when new.status = 'WITHDRAWN' then v_follows else v_answers end) is not true then
      raise 'who received it answers, and who follows the case withdraws';
    end if;
  elsif (new.refusal, new.closed_at) is distinct from (old.refusal, old.closed_at) then
    raise 'what is over stays so';
  end if;
  return new;
end $$;

create or replace function names_to_allocate(p_referrals uuid[])
  returns table (referral_id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, p.given_name, p.family_name, p.chosen_name from referral r
    join referral_person rp on rp.referral_id = r.id join person p on p.id = rp.person_id
  where r.id = any (p_referrals) and r.to_district_id = any (viewer_districts('district_head'))
    and r.to_worker_id is null and (r.closed_at is null or r.status = 'ACCEPTED') and viewer_has_scope('cases:read')
  order by p.id;
end;

-- The persons of referrals that the viewer has accepted in this district, within 30 days, and of whom no case was opened since.
create function accepted_persons(p_district uuid, p_ids uuid[]) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select rp.person_id from referral_person rp join referral r on r.id = rp.referral_id
  where rp.person_id = any (p_ids) and rp.opened_case_id is null and r.status = 'ACCEPTED'
    and r.closed_at > now() - interval '30 days' and r.to_worker_id = viewer_worker() and r.to_district_id = p_district
    and p_district = any (viewer_districts('social_worker'));
end;

-- A case is opened about persons within look-up, and about those whom the viewer has accepted. Nobody is added once it is assigned.
drop policy case_person_add on case_person;
create policy case_person_add on case_person for insert to cosmos_app with check (
  assigned_worker_id is null
  and (district_id = any ((select viewer_districts('social_worker'))::uuid[])
    or district_id = any ((select viewer_districts('district_head'))::uuid[]))
  and (person_id in (select persons_within_look_up(array[person_id]))
    or person_id in (select accepted_persons(district_id, array[person_id]))));

-- An accepted referral opens one case: the right ends with it.
create function case_opened_of_referral() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update referral_person rp set opened_case_id = new.case_id from referral r
  where r.id = rp.referral_id and rp.person_id = new.person_id and rp.opened_case_id is null and r.status = 'ACCEPTED'
    and r.to_worker_id = viewer_worker() and r.to_district_id = new.district_id;
  return null;
end $$;
create trigger case_opened_of_referral after insert on case_person
  for each row when (current_user = 'cosmos_app') execute function case_opened_of_referral();

do $$
declare f regprocedure;
begin
  foreach f in array array['closed_case_takes_nothing()', 'case_reopened()', 'accepted_persons(uuid,uuid[])',
    'case_opened_of_referral()', 'names_to_allocate(uuid[])']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function accepted_persons(uuid,uuid[]), names_to_allocate(uuid[]) to cosmos_app;
