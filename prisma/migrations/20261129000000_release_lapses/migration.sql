-- Rule 2, against a false word: a release lapses with the assignment, nobody is gone because their login is disabled, and whoever
-- is declared absent, or whose notes a release would open, is told at once.

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'ABSENCE_DECLARED';

-- AlterTable
ALTER TABLE "release" ADD COLUMN "lapsed_at" TIMESTAMPTZ(3);

-- ---- It lapses ---------------------------------------------------------------------------------------------------
-- Asked for by who no longer holds the case, or held it an assignment ago: when the case comes back, a release is asked for again.
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

-- Asked for while the case was being reassigned: it was the requester's no more when the request was written.
create function release_lapses_on_approval() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from "case" c where c.id = new.case_id and c.assigned_worker_id = new.requested_by_id) then
    new.lapsed_at := coalesce(new.lapsed_at, now());
  end if;
  return new;
end $$;
create trigger release_lapses_on_approval before update of approved_at on release
  for each row execute function release_lapses_on_approval();

drop policy release_approve on release;
create policy release_approve on release for update to cosmos_app
  using (lapsed_at is null and (select viewer_has_role('TECHNICAL_ADVISER')) and (select viewer_has_scope('cases:write')))
  with check (approved_by_id = (select viewer_worker()));

-- An adviser knows of a case while a release of it waits.
create or replace function is_in_release(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from release r where r.case_id = p_case and r.approved_at is null and r.lapsed_at is null);

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
        where rn.note_id = i.id and l.case_id = i.case_id and l.requested_by_id = v_assigned and l.approved_at is not null
          and l.lapsed_at is null) then v_assigned
      end as reader
    from interview_note i where i.case_id = p_case) r
  where n.id = r.id and n.reader_id is distinct from r.reader;
  get diagnostics v_changed = row_count;
  return v_changed;
end $$;

-- What was given and has lapsed already.
alter table release no force row level security;
alter table assignment no force row level security;
update release r set lapsed_at = now() where not exists (
  select from assignment a where a.case_id = r.case_id and a.ends_at is null
    and a.worker_id = r.requested_by_id and a.starts_at <= r.requested_at);
alter table assignment force row level security;
alter table release force row level security;

-- ---- Gone is the end of a post -----------------------------------------------------------------------------------
-- Opens the final notes whose author no longer works in the district, or is absent over 15 days, and tells the authors. A disabled
-- login is the administrator's word alone, and opens nothing.
create or replace function release_approved() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.approved_at is not null or new.approved_at is null then return null; end if;
  insert into release_note (release_id, note_id)
  select new.id, n.id from interview_note n
  where n.case_id = new.case_id and n.status = 'FINAL' and n.author_id <> new.requested_by_id and (
    not exists (select from membership m where m.worker_id = n.author_id and m.district_id = n.district_id
      and m.role = 'SOCIAL_WORKER' and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))
    or exists (select from absence a where a.worker_id = n.author_id and a.district_id = n.district_id
      and greatest(a.starts_at, a.declared_at) < now() - interval '15 days' and (a.ends_at is null or a.ends_at > now())));
  perform reset_note_readers(new.case_id);
  insert into notification (worker_id, kind, case_id)
  select distinct n.author_id, 'RELEASE_APPROVED'::"NotificationKind", new.case_id
    from release_note rn join interview_note n on n.id = rn.note_id where rn.release_id = new.id
  union select new.requested_by_id, 'RELEASE_APPROVED', new.case_id;
  return null;
end $$;

-- ---- Who is told at once -------------------------------------------------------------------------------------------
-- Advisers and officers that there is a request; each author, of which case. Who asks learns of none of them.
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

do $$
declare f regprocedure;
begin
  foreach f in array array['lapse_releases(uuid)', 'release_lapses_on_approval()', 'notify_absence_declared()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
