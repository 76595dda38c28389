-- Whoever opens a case reads what they have entered until someone is first assigned to it: the mission, whom it is about, and needs.

-- AlterTable
ALTER TABLE "case" ADD COLUMN "opener_id" UUID;
-- AlterTable
ALTER TABLE "case_person" ADD COLUMN "opener_id" UUID;
-- AlterTable
ALTER TABLE "need" ADD COLUMN "opener_id" UUID;
-- CreateIndex
CREATE INDEX "case_opener_id_idx" ON "case"("opener_id");
-- CreateIndex
CREATE INDEX "case_person_opener_id_idx" ON "case_person"("opener_id");
-- CreateIndex
CREATE INDEX "need_opener_id_idx" ON "need"("opener_id");

grant update (opener_id) on "case", case_person, need to cosmos_keeper;

-- ---- Who has opened it --------------------------------------------------------------------------------------------------
-- A social worker of the district, and not its head, who knows by that what they may know. No other has entered anything: nobody follows
-- a case that is nobody's.
create function case_has_its_opener() returns trigger language plpgsql as $$
begin
  new.opener_id := case when new.district_id = any (viewer_districts('social_worker'))
    and not new.district_id = any (viewer_districts('district_head')) then viewer_worker() end;
  return new;
end $$;
create trigger case_has_its_opener before insert on "case"
  for each row when (current_user = 'cosmos_app') execute function case_has_its_opener();

-- The opener's own entries, while the case is held by row_takes_its_case.
create function row_takes_its_opener() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.opener_id := (select c.opener_id from "case" c where c.id = new.case_id and c.opener_id = viewer_worker());
  return new;
end $$;
create trigger row_takes_its_opener before insert on case_person
  for each row when (current_user = 'cosmos_app') execute function row_takes_its_opener();
create trigger row_takes_its_opener before insert on need
  for each row when (current_user = 'cosmos_app') execute function row_takes_its_opener();

-- The first assignment ends it, in its commit, and for good. The needs go with it at COMMIT: the head who assigns reads none of them.
create or replace function assignment_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := coalesce(new.case_id, old.case_id);
  v_open uuid := (select worker_id from assignment where case_id = v_case and ends_at is null);
begin
  update "case" set assigned_worker_id = v_open, opener_id = null where id = v_case;
  if not found then raise 'case of an assignment not found'; end if;
  update case_person set assigned_worker_id = v_open, opener_id = null where case_id = v_case;
  return null;
end $$;

create or replace function assignment_reaches_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := coalesce(new.case_id, old.case_id);
  v_open uuid := (select assigned_worker_id from "case" where id = v_case);
begin
  update need set assigned_worker_id = v_open, opener_id = null
    where case_id = v_case and (assigned_worker_id is distinct from v_open or opener_id is not null);
  update appointment set case_worker_id = v_open where case_id = v_case and case_worker_id is distinct from v_open;
  update appointment_request set case_worker_id = v_open where case_id = v_case and case_worker_id is distinct from v_open;
  perform lapse_releases(v_case);
  perform reset_note_readers(v_case);
  return null;
end $$;

-- ---- What the opener reads ----------------------------------------------------------------------------------------------
drop policy need_all on need;
create policy need_all on need for all to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (opener_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[])));

drop policy case_person_read on case_person;
create policy case_person_read on case_person for select to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (opener_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (person_id = (select viewer_person()) and show_online)
  -- The desk and an open case: whom it is about, asked only for a person already found by look-up.
  or district_id = any ((select viewer_districts('receptionist'))::uuid[]));

-- Of whom it is about, the name: how to reach them is not opened by what one does oneself (rule 8).
create or replace function names_of_met(p_ids uuid[])
  returns table (id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, p.given_name, p.family_name, p.chosen_name from person p where p.id = any (p_ids) and (
    exists (select from person_known k where k.person_id = p.id and k.worker_id = viewer_worker() and k.known_until > now()
      and k.district_id = any (viewer_districts('any')))
    or exists (select from case_person cp where cp.person_id = p.id and cp.opener_id = viewer_worker()
      and cp.district_id = any (viewer_districts('social_worker')))
    or exists (select from appointment_person ap where ap.person_id = p.id and viewer_worker() = any (ap.worker_ids)
      and ap.known_until > now() and ap.district_id = any (viewer_districts('any'))));
end;

-- ---- A person who was sent on, and of whom a case was opened ---------------------------------------------------------------
-- Known by the referral until the case that was opened of it has someone, and 30 days at most; from then on by the case.
create or replace function referral_person_makes_known(p_referral uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(rp.id, rp.person_id, case when c.id is null or c.opener_id is not null then r.to_worker_id end,
    r.to_district_id, coalesce(r.closed_at + interval '30 days', 'infinity'), true)
    from referral_person rp join referral r on r.id = rp.referral_id left join "case" c on c.id = rp.opened_case_id
    where r.id = p_referral;
end $$;

create function case_has_someone() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform referral_person_makes_known(rp.referral_id) from referral_person rp where rp.opened_case_id = new.id;
  return null;
end $$;
create constraint trigger case_has_someone after update of opener_id on "case"
  deferrable initially deferred for each row when (old.opener_id is not null and new.opener_id is null)
  execute function case_has_someone();

do $$
declare f regprocedure;
begin
  foreach f in array array['row_takes_its_opener()', 'case_has_someone()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
