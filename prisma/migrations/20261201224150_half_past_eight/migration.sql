set local lock_timeout = '5s';
set local check_function_bodies = off;
drop policy case_person_add on case_person;
drop policy encounter_delete on encounter;
drop policy encounter_read on encounter;
drop policy encounter_record on encounter;
drop policy encounter_write on encounter;
drop policy person_address_change on person_address;
drop policy person_address_read on person_address;
drop policy person_address_replace on person_address;
drop policy person_address_write on person_address;
drop trigger encounter_is_passed_on on encounter;
drop index encounter_to_delete;
alter table encounter drop constraint encounter_reader;
-- AlterTable
ALTER TABLE "encounter" ADD COLUMN     "for_case_id" UUID,
ADD COLUMN     "kept_from" TIMESTAMPTZ(3),
ADD COLUMN     "stands_for_id" UUID;

-- AlterTable
ALTER TABLE "person_address" ADD COLUMN     "said_by_id" UUID;

-- CreateIndex
CREATE INDEX "encounter_for_case_id_idx" ON "encounter"("for_case_id");

-- CreateIndex
CREATE INDEX "encounter_stands_for_id_idx" ON "encounter"("stands_for_id");

-- CreateIndex
CREATE INDEX "person_address_said_by_id_idx" ON "person_address"("said_by_id");

-- AddForeignKey
ALTER TABLE "person_address" ADD CONSTRAINT "person_address_said_by_id_fkey" FOREIGN KEY ("said_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_stands_for_id_fkey" FOREIGN KEY ("stands_for_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_for_case_id_fkey" FOREIGN KEY ("for_case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;
create or replace function address_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.case_id := case when new.confidential then coalesce(new.case_id, oldest_case_of(new.person_id)) end;
  if tg_op = 'UPDATE' and new.confidential and not old.confidential then new.recorded_at := now(); end if;
  new.district_id := null;
  new.assigned_worker_id := null;
  select district_id, assigned_worker_id into new.district_id, new.assigned_worker_id from "case" where id = new.case_id for share;
  new.said_by_id := case when tg_op = 'INSERT' and new.case_id is not null and new.assigned_worker_id is null then viewer_worker() end;
  return new;
end $$;
revoke all on function address_takes_its_case() from public, cosmos_app, cosmos_jobs;
create or replace function case_changes_addresses() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id) select new.assigned_worker_id, 'CONTACT_CHANGED'::"NotificationKind", new.id
    where new.assigned_worker_id is not null and exists (select from person_address a where a.case_id = new.id
      and a.said_by_id <> new.assigned_worker_id);
  update person_address set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id,
    said_by_id = case when new.assigned_worker_id is null then said_by_id end where case_id = new.id;
  update safe_address set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id where case_id = new.id;
  -- A booking at the same time withholds its place for the former worker: the lock lets it end first.
  perform hold_each('person', array(select person from person_address a
    cross join lateral unnest(persons_sheltered_with(a.person_id, a.case_id)) person where a.case_id = new.id));
  perform keep_place_withheld(w.appointment_id) from (select distinct w.appointment_id from person_address a
    cross join lateral unnest(persons_sheltered_with(a.person_id, a.case_id)) person
    join appointment_person ap on ap.person_id = person join withheld_place w on w.appointment_id = ap.appointment_id
    where a.case_id = new.id) w;
  return null;
end $$;
revoke all on function case_changes_addresses() from public, cosmos_app, cosmos_jobs;
create or replace function set_confirm_nothing(p_person uuid, p_confirm_nothing boolean) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not (viewer_has_scope('persons:write') and (follows_person(p_person) or speaks_on_duty(p_person)))
    and not (p_confirm_nothing and coalesce(viewer_self() = p_person, false)) then return false; end if;
  if not p_confirm_nothing and not has_nobody(p_person) and exists (select from person p where p.id = p_person and p.confirm_nothing
    and not takes_back(p.id, p.confirm_nothing_case_id)) then return false; end if;
  update person set confirm_nothing = p_confirm_nothing, version = version + 1,
      confirm_nothing_case_id = case when p_confirm_nothing then case_that_speaks(p_person) end
    where id = p_person and confirm_nothing <> p_confirm_nothing;
  return true;
end $$;
revoke all on function set_confirm_nothing(uuid,bool) from public, cosmos_app, cosmos_jobs;
create or replace function settle_encounters(p_case uuid, p_absent uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_one record;
  v_settled integer := 0;
begin
  for v_one in
    select * from (
      select e.id, e.for_case_id, e.held_by_id, e.reader_id, c.assigned_worker_id, c.assigned_worker_id is distinct from e.stands_for_id as moved,
        c.assigned_worker_id is not distinct from e.held_by_id as is_writers,
        e.stands_for_id is null as is_openers, is_away_now(e.stands_for_id, e.district_id) as away,
        stand_in_now(e.stands_for_id, e.district_id) as reader
      from encounter e join "case" c on c.id = e.for_case_id
      where (p_case is null or e.for_case_id = p_case) and (p_absent is null or e.stands_for_id = p_absent)) w
    where w.moved or not w.is_openers and (not w.away or w.reader is distinct from w.reader_id)
    order by w.id
  loop
    if v_one.is_openers or v_one.is_writers or not v_one.moved and not v_one.away then
      update encounter set case_id = for_case_id, for_case_id = null, stands_for_id = null, reader_id = v_one.assigned_worker_id
        where id = v_one.id;
    elsif v_one.moved then
      update encounter set for_case_id = null, stands_for_id = null, kept_from = now(), reader_id = held_by_id where id = v_one.id;
      insert into notification (worker_id, kind, case_id) values (v_one.held_by_id, 'CASE_REASSIGNED', v_one.for_case_id);
    else
      update encounter set reader_id = v_one.reader where id = v_one.id;
    end if;
    v_settled := v_settled + 1;
  end loop;
  return v_settled;
end $$;
revoke all on function settle_encounters(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function settle_all_encounters() returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  return settle_encounters(null, null);
end $$;
revoke all on function settle_all_encounters() from public, cosmos_app, cosmos_jobs;
create or replace function delete_old_encounters(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_deleted integer;
begin
  perform only_jobs();
  delete from encounter where id in (select id from encounter
    where case_id is null and for_case_id is null and greatest(held_at, kept_from) <= now() - interval '30 days'
    order by greatest(held_at, kept_from) limit p_limit for update skip locked);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end $$;
revoke all on function delete_old_encounters(int4) from public, cosmos_app, cosmos_jobs;
create or replace function encounter_is_passed_on() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then new.reader_id := new.held_by_id; end if;
  if new.for_case_id is not null and (tg_op = 'INSERT' or old.for_case_id is null) then
    select c.assigned_worker_id into new.stands_for_id from "case" c
      where c.id = new.for_case_id and c.district_id = new.district_id and c.status = 'OPEN'
        and (c.assigned_worker_id is null and c.opener_id = new.held_by_id
          or (c.assigned_worker_id || ':' || c.district_id) = any (viewer_relays()) or is_own_tool()) for share;
    -- The case was closed or assigned, or the relay has ended, meanwhile. The service reads it again.
    if not found then raise 'not a case to write for' using errcode = 'serialization_failure'; end if;
  end if;
  if tg_op = 'UPDATE' and new.case_id is distinct from old.case_id then
    if old.case_id is not null then raise 'what is passed on stays so'; end if;
    -- What was written for the case goes to its worker, also if the case was closed meanwhile.
    select assigned_worker_id, now() into new.passed_to_id, new.passed_on_at from "case"
      where id = new.case_id and district_id = new.district_id and (status = 'OPEN' or old.for_case_id = id) for share;
    -- The case was closed, or has lost its worker, meanwhile. The service reads it again.
    if new.passed_to_id is null then raise 'nobody to pass it on to' using errcode = 'serialization_failure'; end if;
  end if;
  return new;
end $$;
revoke all on function encounter_is_passed_on() from public, cosmos_app, cosmos_jobs;
create or replace function what_is_for_a_case_waits() returns trigger language plpgsql as $$
begin
  if current_user = 'cosmos_app' and old.for_case_id is not null then
    raise 'it waits for its worker' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke all on function what_is_for_a_case_waits() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function encounter_goes_to_its_reader() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- It changes this row alone: the time for the other encounters of the case would tell the writer their number.
  update encounter set reader_id = new.passed_to_id where id = new.id and reader_id is distinct from new.passed_to_id;
  if new.passed_to_id <> new.held_by_id then
    insert into notification (worker_id, kind, case_id) values (new.passed_to_id, 'ENCOUNTER_PASSED_ON', new.case_id);
  end if;
  return null;
end $$;
revoke all on function encounter_goes_to_its_reader() from public, cosmos_app, cosmos_jobs;
create or replace function case_takes_its_encounters() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform reset_encounter_readers(new.id);
  perform settle_encounters(new.id, null);
  return null;
end $$;
revoke all on function case_takes_its_encounters() from public, cosmos_app, cosmos_jobs;
create or replace function stand_ins_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'absence' then
    perform settle_encounters(null, new.worker_id);
  else
    perform settle_encounters(null, new.absent_worker_id);
  end if;
  return null;
end $$;
revoke all on function stand_ins_changed() from public, cosmos_app, cosmos_jobs;
create or replace function serves_unfollowed(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return is_on_duty_for(p_person, null) and has_nobody(p_person);
revoke all on function serves_unfollowed(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function may_book_person(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from persons_within_look_up(array[p_person]))
    or exists (select from case_person cp where cp.person_id = p_person and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays())))
    or exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
      join person p on p.id = ap.person_id where ap.person_id = p_person and (
        (a.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file and not p.confirm_nothing)
        or (viewer_worker() = any (a.worker_ids) and a.district_id = any (viewer_districts('any'))
          and a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') and a.ends_at > now() - interval '30 days')))
    or serves_unfollowed(p_person);
revoke all on function may_book_person(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function takes_back(p_person uuid, p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return follows_person(p_person) and (
    not exists (select from "case" c where c.id = coalesce(p_case, oldest_case_of(p_person)) and c.assigned_worker_id is not null)
    or exists (select from case_person cp where cp.person_id = p_person and cp.case_id in (p_case, oldest_case_of(p_person)) and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays()))));
revoke all on function takes_back(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function may_say_safe_contact(p_person uuid, p_present_and_alone boolean) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_has_scope('persons:write')
    and ((follows_person(p_person) and ends_suspension(p_person)) or (p_present_and_alone and serves_unfollowed(p_person)));
revoke all on function may_say_safe_contact(uuid,bool) from public, cosmos_app, cosmos_jobs;
create or replace function serves_in_case(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from case_person cp where cp.case_id = p_case and cp.opener_id = viewer_worker() and cp.assigned_worker_id is null
    and cp.district_id = any (viewer_districts('social_worker')) and serves_unfollowed(cp.person_id));
revoke all on function serves_in_case(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function case_that_speaks(p_person uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return coalesce(
    (select c.id from case_person cp join "case" c on c.id = cp.case_id where cp.person_id = p_person and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays()))
      order by c.opened_at, c.id limit 1),
    (select cp.case_id from case_person cp where cp.person_id = p_person and cp.opener_id = viewer_worker() and serves_in_case(cp.case_id)
      order by cp.case_id limit 1),
    oldest_case_of(p_person));
revoke all on function case_that_speaks(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function speaks_on_duty(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return serves_unfollowed(p_person) or exists (select from case_person cp where cp.person_id = p_person
    and cp.opener_id = viewer_worker() and serves_in_case(cp.case_id));
revoke all on function speaks_on_duty(uuid) from public, cosmos_app, cosmos_jobs;
create or replace function is_away_now(p_worker uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from absence a where a.worker_id = p_worker and a.district_id = p_district and a.contradicted_at is null
    and a.starts_at <= now() and coalesce(a.ends_at, 'infinity') > now());
revoke all on function is_away_now(uuid,uuid) from public, cosmos_app, cosmos_jobs;
create or replace function stand_in_now(p_absent uuid, p_district uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select r.stand_in_id from relay r where r.absent_worker_id = p_absent and r.district_id = p_district
    and r.starts_at <= now() and r.ends_at > now());
revoke all on function stand_in_now(uuid,uuid) from public, cosmos_app, cosmos_jobs;
alter function may_book_person owner to cosmos_keeper;
grant execute on function may_book_person to cosmos_app;
alter function address_takes_its_case owner to cosmos_keeper;
alter function case_changes_addresses owner to cosmos_keeper;
alter function may_say_safe_contact owner to cosmos_keeper;
grant execute on function may_say_safe_contact to cosmos_app;
alter function case_that_speaks owner to cosmos_keeper;
alter function takes_back owner to cosmos_keeper;
grant execute on function takes_back to cosmos_app;
alter function serves_unfollowed owner to cosmos_keeper;
grant execute on function serves_unfollowed to cosmos_app;
alter function serves_in_case owner to cosmos_keeper;
grant execute on function serves_in_case to cosmos_app;
alter function speaks_on_duty owner to cosmos_keeper;
alter function set_confirm_nothing owner to cosmos_keeper;
grant execute on function set_confirm_nothing to cosmos_app;
alter function is_away_now owner to cosmos_keeper;
alter function stand_in_now owner to cosmos_keeper;
alter function settle_encounters owner to cosmos_keeper;
alter function settle_all_encounters owner to cosmos_keeper;
grant execute on function settle_all_encounters to cosmos_jobs;
alter function delete_old_encounters owner to cosmos_keeper;
grant execute on function delete_old_encounters to cosmos_jobs;
alter function encounter_is_passed_on owner to cosmos_keeper;
alter function encounter_goes_to_its_reader owner to cosmos_keeper;
alter function case_takes_its_encounters owner to cosmos_keeper;
alter function stand_ins_changed owner to cosmos_keeper;
alter table encounter add constraint encounter_reader check (
  reader_id is null or reader_id = held_by_id or reader_id = passed_to_id or stands_for_id is not null);
alter table encounter add constraint encounter_for_case check (
  num_nonnulls(case_id, for_case_id) <= 1 and (stands_for_id is null or for_case_id is not null));
create index encounter_to_delete on encounter (greatest(held_at, kept_from)) where case_id is null and for_case_id is null;
create trigger encounter_is_passed_on before insert or update of case_id, for_case_id on encounter
  for each row execute function encounter_is_passed_on();
create trigger what_is_for_a_case_waits before update of case_id, for_case_id on encounter
  for each row when ((new.case_id, new.for_case_id) is distinct from (old.case_id, old.for_case_id))
  execute function what_is_for_a_case_waits();
create constraint trigger stand_ins_changed after update of ends_at, contradicted_at on absence
  deferrable initially deferred for each row execute function stand_ins_changed();
create constraint trigger stand_ins_changed after insert or update of ends_at on relay
  deferrable initially deferred for each row execute function stand_ins_changed();
revoke all on person_address from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table person_address enable row level security, force row level security;
grant select, delete on person_address to cosmos_app;
grant insert (person_id, line, postal_code, city, confidential, version, case_id) on person_address to cosmos_app;
grant update (line, postal_code, city, version) on person_address to cosmos_app;
grant select, delete on person_address to cosmos_keeper;
grant update (confidential, assigned_worker_id, case_id, district_id, said_by_id) on person_address to cosmos_keeper;
revoke all on encounter from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table encounter enable row level security, force row level security;
grant select, delete on encounter to cosmos_app;
grant insert (id, district_id, held_by_id, person_id, visit_id, appointment_id, body, for_case_id) on encounter to cosmos_app;
grant update (body, case_id, for_case_id, version) on encounter to cosmos_app;
grant select, delete on encounter to cosmos_keeper;
grant update (reader_id, case_id, for_case_id, stands_for_id, kept_from) on encounter to cosmos_keeper;
create policy case_person_add on case_person for insert to cosmos_app with check (
  assigned_worker_id is null
  and (district_id = any ((select viewer_districts('social_worker'))::uuid[])
    or district_id = any ((select viewer_districts('district_head'))::uuid[]))
  and (person_id in (select persons_within_look_up(array[person_id])) or serves_unfollowed(person_id)
    or person_id in (select accepted_persons(district_id, array[person_id]))));
create policy person_address_read on person_address for select to cosmos_app using (
  person_id = (select viewer_person())
  or (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
    -- The duty worker reads what they have written, until somebody is assigned.
    or (said_by_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))))
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
create policy person_address_write on person_address for insert to cosmos_app with check (
  (confidential and exists (select from case_person cp where cp.case_id = person_address.case_id and cp.person_id = person_address.person_id)
    and ((assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
      or (assigned_worker_id is null and (select viewer_has_scope('persons:write')) and serves_in_case(case_id))))
  or (not confidential and (select viewer_worker()) is not null and exists (select from person p where p.id = person_id)));
create policy person_address_change on person_address for update to cosmos_app using (
  (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
    or (said_by_id = (select viewer_worker()) and (select viewer_has_scope('persons:write')) and serves_in_case(case_id))))
  or (not confidential and (select viewer_worker()) is not null and (
    exists (select from case_person cp where cp.person_id = person_address.person_id and (
      (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
    or exists (select from person p where p.id = person_id and (
      p.district_id = any ((select viewer_districts('receptionist'))::uuid[])
      or exists (select from appointment_person ap where ap.person_id = p.id)
      or exists (select from person_known k where k.person_id = p.id and k.known_until > now()))))));
create policy person_address_replace on person_address for delete to cosmos_app using (
  (confidential and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
    or (said_by_id = (select viewer_worker()) and (select viewer_has_scope('persons:write')) and serves_in_case(case_id))))
  or (not confidential and exists (select from case_person cp where cp.person_id = person_address.person_id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))));
create policy encounter_read on encounter for select to cosmos_app using (
  reader_id = (select viewer_note_reader())
  and (num_nonnulls(case_id, for_case_id) > 0 or greatest(held_at, kept_from) > now() - interval '30 days')
  and (stands_for_id is null or (stands_for_id || ':' || district_id) = any ((select viewer_relays())::text[]))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy encounter_write on encounter for update to cosmos_app using (
  case_id is null and held_by_id = (select viewer_worker())
  and (for_case_id is not null or greatest(held_at, kept_from) > now() - interval '30 days')
  and (stands_for_id is null or (stands_for_id || ':' || district_id) = any ((select viewer_relays())::text[]))
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  with check (case_id is null or exists (select from "case" c where c.id = case_id and c.district_id = encounter.district_id));
create policy encounter_delete on encounter for delete to cosmos_app using (
  case_id is null and held_by_id = (select viewer_worker())
  and (for_case_id is not null or greatest(held_at, kept_from) > now() - interval '30 days')
  and (stands_for_id is null or (stands_for_id || ':' || district_id) = any ((select viewer_relays())::text[]))
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[]));
create policy encounter_record on encounter for insert to cosmos_app with check (
  held_by_id = (select viewer_worker())
  and reader_id = (select viewer_note_reader())
  and (select viewer_has_scope('notes:write'))
  and district_id = any ((select viewer_districts('social_worker'))::uuid[])
  and (person_id is null or may_book_person(person_id))
  and (visit_id is null or exists (select from visit v where v.id = visit_id
    and v.worker_id = (select viewer_worker()) and v.district_id = encounter.district_id))
  and (appointment_id is null or exists (select from appointment a where a.id = appointment_id
    and (select viewer_worker()) = any (a.worker_ids) and a.district_id = encounter.district_id
    -- The assigned worker writes a note of the case. The stand-in writes for the case.
    and (a.case_id = for_case_id or (a.case_worker_id = (select viewer_worker())
      or (a.case_worker_id || ':' || a.district_id) = any ((select viewer_relays())::text[])) is not true))));
