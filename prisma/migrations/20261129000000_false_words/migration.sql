-- Rule 2, against a false word. A head says that a worker is absent, an administrator disables a login, an adviser approves a
-- release of an earlier assignment: none of these opens the notes of a worker who is there.

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'ABSENCE_DECLARED';

-- AlterTable
ALTER TABLE "release" ADD COLUMN "lapsed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "release_note" ADD COLUMN "closed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "absence" ADD COLUMN "contradicted_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "access_log_actor_id_occurred_at_idx" ON "access_log"("actor_id", "occurred_at");

-- DropIndex
DROP INDEX "absence_district_id_idx";

-- The absences of a district that are not over. Who is back first comes first.
create index absence_not_over on absence (district_id, coalesce(ends_at, 'infinity'), id);

-- ---- A release lapses with the assignment ------------------------------------------------------------------------
-- A release lives as long as the assignment in which it was asked for. When the case comes back, a release is asked for again.
create function lapse_releases(p_case uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  update release r set lapsed_at = now()
  where r.case_id = p_case and r.lapsed_at is null and not exists (
    select from assignment a where a.case_id = p_case and a.ends_at is null
      and a.worker_id = r.requested_by_id and a.starts_at <= r.requested_at);
end;
grant update (lapsed_at) on release to cosmos_keeper;

create or replace function assignment_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := coalesce(new.case_id, old.case_id);
  v_open uuid := (select worker_id from assignment where case_id = v_case and ends_at is null);
  v_district uuid;
begin
  update "case" set assigned_worker_id = v_open where id = v_case returning district_id into v_district;
  if not found then raise 'case of an assignment not found'; end if;
  update case_person set assigned_worker_id = v_open where case_id = v_case;
  update need set assigned_worker_id = v_open where case_id = v_case;
  update appointment set case_worker_id = v_open where case_id = v_case;
  update appointment_request set case_worker_id = v_open where case_id = v_case and case_worker_id is distinct from v_open;
  perform lapse_releases(v_case);
  perform reset_note_readers(v_case);
  return null;
end $$;

drop policy release_approve on release;
create policy release_approve on release for update to cosmos_app
  using (lapsed_at is null and (select viewer_has_role('TECHNICAL_ADVISER')) and (select viewer_has_scope('cases:write')))
  with check (approved_by_id = (select viewer_worker()));

-- An adviser knows of a case while a release of it waits.
create or replace function is_in_release(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from release r where r.case_id = p_case and r.approved_at is null and r.lapsed_at is null);

-- ---- What a release opens -----------------------------------------------------------------------------------------
create or replace function reset_note_readers(p_case uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_assigned uuid := (select assigned_worker_id from "case" where id = p_case);
  v_changed integer;
begin
  update interview_note n set reader_id = r.reader from (
    select i.id, case
      when i.author_id = v_assigned then v_assigned
      when i.status = 'FINAL' and exists (select from handover_note hn join handover h on h.id = hn.handover_id
        where hn.note_id = i.id and h.case_id = i.case_id and h.to_worker_id = v_assigned and h.accepted_at is not null) then v_assigned
      when i.status = 'FINAL' and exists (select from release_note rn join release l on l.id = rn.release_id
        where rn.note_id = i.id and rn.closed_at is null and l.case_id = i.case_id and l.requested_by_id = v_assigned
          and l.approved_at is not null and l.lapsed_at is null) then v_assigned
      end as reader
    from interview_note i where i.case_id = p_case) r
  where n.id = r.id and n.reader_id is distinct from r.reader;
  get diagnostics v_changed = row_count;
  return v_changed;
end $$;

-- Whether a worker no longer has a post as a social worker in the district.
create function has_left(p_worker uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from membership m where m.worker_id = p_worker and m.district_id = p_district
    and m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));

-- Whether a worker is absent for long: declared absent over 15 days ago, without contradicting it, and without having done anything
-- in these 15 days. Of what the worker did this says yes or no, to a release alone. A calendar feed writes no line of the log, and
-- an automatic client writes none in a worker's name.
create function is_long_absent(p_worker uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from absence a where a.worker_id = p_worker and a.district_id = p_district
      and greatest(a.starts_at, a.declared_at) < now() - interval '15 days'
      and (a.ends_at is null or a.ends_at > now()) and a.contradicted_at is null)
    and not exists (select from access_log l where l.actor_id = p_worker and l.actor_kind = 'WORKER'
      and l.occurred_at > now() - interval '15 days');

-- Opens the final notes whose author has left the district or is absent for long, and tells the authors. A disabled login is the
-- administrator's word alone, and opens nothing; nor does a release that was asked for while the case was being reassigned.
create or replace function release_approved() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.approved_at is not null or new.approved_at is null then return null; end if;
  insert into release_note (release_id, note_id)
  select new.id, n.id from interview_note n join "case" c on c.id = n.case_id
  where n.case_id = new.case_id and n.status = 'FINAL' and n.author_id <> new.requested_by_id
    and c.assigned_worker_id = new.requested_by_id
    and (has_left(n.author_id, n.district_id) or is_long_absent(n.author_id, n.district_id));
  perform reset_note_readers(new.case_id);
  insert into notification (worker_id, kind, case_id)
  select distinct n.author_id, 'RELEASE_APPROVED'::"NotificationKind", new.case_id
    from release_note rn join interview_note n on n.id = rn.note_id where rn.release_id = new.id
  union select new.requested_by_id, 'RELEASE_APPROVED', new.case_id;
  return null;
end $$;

-- ---- Who says what of an absence -----------------------------------------------------------------------------------
grant update (ends_at, contradicted_at, version) on absence to cosmos_app;
drop policy absence_read on absence;
create policy absence_read on absence for select to cosmos_app
  using (district_id = any ((select viewer_districts('district_head'))::uuid[]) or worker_id = (select viewer_worker()));
create policy absence_change on absence for update to cosmos_app
  using (district_id = any ((select viewer_districts('district_head'))::uuid[]) or worker_id = (select viewer_worker()))
  with check (true);

-- A head moves the end, the worker contradicts, each while the absence is not over.
create function absence_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user <> 'cosmos_app' then return new; end if;
  if new.ends_at is distinct from old.ends_at and not (new.district_id = any (viewer_districts('district_head')))
    or new.contradicted_at is distinct from old.contradicted_at and old.worker_id is distinct from viewer_worker()
    or old.ends_at <= now()
  then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
  return new;
end $$;
create trigger absence_is_said_by before update on absence for each row execute function absence_is_said_by();

-- What an absence has opened closes once its worker contradicts it. What a departure has opened stays open.
create function absence_contradicted() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_now timestamptz(3) := now();
begin
  update release_note rn set closed_at = v_now from interview_note n
  where n.id = rn.note_id and rn.closed_at is null and n.author_id = new.worker_id and n.district_id = new.district_id
    and not has_left(new.worker_id, new.district_id);
  perform reset_note_readers(c.case_id) from (
    select distinct n.case_id from release_note rn join interview_note n on n.id = rn.note_id
    where n.author_id = new.worker_id and n.district_id = new.district_id and rn.closed_at = v_now) c;
  return null;
end $$;
create trigger absence_contradicted after update of contradicted_at on absence
  for each row when (old.contradicted_at is null and new.contradicted_at is not null) execute function absence_contradicted();
grant update (closed_at) on release_note to cosmos_keeper;

-- ---- Who is told at once -------------------------------------------------------------------------------------------
-- Advisers and officers are told that there is a request, each author also of which case. The requester learns nothing of them.
create or replace function notify_release_requested() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind)
  select distinct m.worker_id, 'RELEASE_REQUESTED'::"NotificationKind" from membership m
    where m.role in ('TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER')
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now());
  insert into notification (worker_id, kind, case_id)
  select distinct n.author_id, 'RELEASE_REQUESTED'::"NotificationKind", new.case_id from interview_note n
    where n.case_id = new.case_id and n.status = 'FINAL' and n.author_id <> new.requested_by_id;
  return null;
end $$;

create function notify_absence_declared() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) values (new.worker_id, 'ABSENCE_DECLARED');
  return null;
end $$;
create trigger notify_absence_declared after insert on absence
  for each row execute function notify_absence_declared();

-- The worker is told again when a head moves the end.
create trigger notify_absence_changed after update of ends_at on absence
  for each row when (old.ends_at is distinct from new.ends_at) execute function notify_absence_declared();

do $$
declare f regprocedure;
begin
  foreach f in array array['lapse_releases(uuid)', 'has_left(uuid,uuid)', 'is_long_absent(uuid,uuid)', 'absence_contradicted()',
    'notify_absence_declared()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;

-- The releases that have lapsed already close what they had opened.
set role cosmos_keeper;
select lapse_releases(r.case_id), reset_note_readers(r.case_id) from (select distinct case_id from release) r;
reset role;
