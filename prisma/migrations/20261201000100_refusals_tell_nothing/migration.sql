-- A refusal is no oracle. A mutation that is refused is undone to its savepoint: what it has done until then takes time, in a queue with
-- all who ask the same at once. So what grows with rows that the writer may not read is done at COMMIT, by deferred triggers, of which
-- nothing is left by the savepoint. It is not done after the commit: who reads no longer would read in between.

-- ---- An assignment reaches the rest of its case at COMMIT --------------------------------------------------------
-- At once: whose the case is, and the persons whom the head has read to allocate it. What is asked about the case in the answer is judged
-- by that.
create or replace function assignment_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := coalesce(new.case_id, old.case_id);
  v_open uuid := (select worker_id from assignment where case_id = v_case and ends_at is null);
begin
  update "case" set assigned_worker_id = v_open where id = v_case;
  if not found then raise 'case of an assignment not found'; end if;
  update case_person set assigned_worker_id = v_open where case_id = v_case;
  return null;
end $$;

-- The rest, of which the head reads nothing: needs, appointments, who waits, releases, notes. The case is held since it was assigned.
-- A reassignment comes by here twice, for what ends and for what begins: the second time finds everything done.
create function assignment_reaches_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := coalesce(new.case_id, old.case_id);
  v_open uuid := (select assigned_worker_id from "case" where id = v_case);
begin
  update need set assigned_worker_id = v_open where case_id = v_case and assigned_worker_id is distinct from v_open;
  update appointment set case_worker_id = v_open where case_id = v_case and case_worker_id is distinct from v_open;
  update appointment_request set case_worker_id = v_open where case_id = v_case and case_worker_id is distinct from v_open;
  perform lapse_releases(v_case);
  perform reset_note_readers(v_case);
  return null;
end $$;
create constraint trigger assignment_reaches_its_case after insert or update or delete on assignment
  deferrable initially deferred for each row execute function assignment_reaches_its_case();

drop trigger case_takes_its_encounters on "case";
create constraint trigger case_takes_its_encounters after update of assigned_worker_id on "case"
  deferrable initially deferred for each row when (old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_takes_its_encounters();

-- By the case as it is at COMMIT, and once: each time takes a line of what a colleague knows of someone.
create or replace function case_changes_referrals() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update referral r set district_id = c.district_id, assigned_worker_id = c.assigned_worker_id from "case" c
  where c.id = new.id and r.case_id = c.id
    and (r.district_id, r.assigned_worker_id) is distinct from (c.district_id, c.assigned_worker_id);
  return null;
end $$;
drop trigger case_changes_referrals on "case";
create constraint trigger case_changes_referrals after update of district_id, assigned_worker_id on "case"
  deferrable initially deferred for each row
  when (old.district_id <> new.district_id or old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_changes_referrals();

-- ---- What is accepted in a handover is read in the answer: at once, and these notes alone ------------------------
-- How many others the case has is not for who takes it over to count. The case is held: a reassignment that commits meanwhile would
-- leave the notes to who holds it no longer.
create or replace function handover_accepted() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.accepted_at is not null or new.accepted_at is null then return null; end if;
  perform from "case" where id = new.case_id and assigned_worker_id = new.to_worker_id for share;
  if not found then return null; end if;
  update interview_note n set reader_id = new.to_worker_id from handover_note hn
  where hn.handover_id = new.id and n.id = hn.note_id and n.case_id = new.case_id and n.status = 'FINAL'
    and n.reader_id is distinct from new.to_worker_id;
  return null;
end $$;

-- ---- Releases and absences: neither who approves nor who contradicts reads the notes -----------------------------
drop trigger release_approved on release;
create constraint trigger release_approved after update of approved_at on release
  deferrable initially deferred for each row execute function release_approved();
-- Nor who asks: the authors are told of it, each by a line.
drop trigger notify_release_requested on release;
create constraint trigger notify_release_requested after insert on release
  deferrable initially deferred for each row execute function notify_release_requested();
drop trigger absence_contradicted on absence;
create constraint trigger absence_contradicted after update of contradicted_at on absence
  deferrable initially deferred for each row when (old.contradicted_at is null and new.contradicted_at is not null)
  execute function absence_contradicted();

-- ---- What is offered, who waits, when someone is free ------------------------------------------------------------
-- A head says that someone is absent, and sees no offers.
create function absent_worker_goes_away() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer o set status = 'WITHDRAWN', version = o.version + 1
  where o.worker_id = new.worker_id and o.status = 'HELD'
    and o.starts_at < coalesce(new.ends_at, 'infinity') and o.ends_at > new.starts_at;
  return null;
end $$;
drop trigger absence_withdraws_offers on absence;
create constraint trigger absence_withdraws_offers after insert on absence
  deferrable initially deferred for each row execute function absent_worker_goes_away();

-- Whoever changes how someone is reached, or receives them, does not see in which districts they wait.
drop trigger contact_wakes on person;
create constraint trigger contact_wakes after update of safe_contact, phone, email on person
  deferrable initially deferred for each row when (old.safe_contact is distinct from new.safe_contact
    or old.phone is distinct from new.phone or old.email is distinct from new.email)
  execute function contact_wakes();
drop trigger visit_tells_who_is_there on visit;
create constraint trigger visit_tells_who_is_there after insert or update of closed_at on visit
  deferrable initially deferred for each row when (new.person_id is not null and new.kind = 'WALK_IN')
  execute function visit_tells_who_is_there();

-- The administrator, who ends a post or closes an account, reads no agenda.
create function worker_is_free_no_more() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_worker uuid := case tg_table_name when 'worker' then to_jsonb(new) ->> 'id' else to_jsonb(new) ->> 'worker_id' end;
begin
  perform keep_free_time(array(select o.id from availability_occurrence o
    where o.worker_id = v_worker and o.ends_at > now()));
  return null;
end $$;
drop trigger memberships_ended on membership;
create constraint trigger memberships_ended after update on membership
  deferrable initially deferred for each row execute function worker_is_free_no_more();
drop trigger accounts_closed on worker;
create constraint trigger accounts_closed after update on worker
  deferrable initially deferred for each row when (old.disabled_at is distinct from new.disabled_at)
  execute function worker_is_free_no_more();
drop function accounts_changed();

do $$
declare f regprocedure;
begin
  foreach f in array array['assignment_reaches_its_case()', 'absent_worker_goes_away()', 'worker_is_free_no_more()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
