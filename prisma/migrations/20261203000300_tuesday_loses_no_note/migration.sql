-- A handover that can still be made on Tuesday loses no note: neither what who leaves was handed themselves, nor their choice when the
-- case goes on to a third worker before it is made.

-- Whoever hands over does not read again: the database chooses the final notes that they may hand on, those that nobody kept back. That is
-- what they could have offered before the case was reassigned. An offer without a note looks like any other.
create or replace function hand_over_unread(p_case uuid, p_from uuid, p_to uuid, p_since date) returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_handover uuid;
begin
  insert into handover (case_id, from_worker_id, to_worker_id) values (p_case, p_from, p_to) returning id into v_handover;
  insert into handover_note (handover_id, note_id)
  select v_handover, n.id from interview_note n
  where n.case_id = p_case and n.status = 'FINAL' and not n.kept_back
    -- As `hands_on` has it, which is asked of each row: what others wrote takes no time.
    and (n.author_id = p_from or n.id in (select hn.note_id from handover h join handover_note hn on hn.handover_id = h.id
      where h.case_id = p_case and h.to_worker_id = p_from and h.accepted_at is not null and hn.note_version = n.version))
    and (p_since is null or n.written_at >= p_since::timestamp at time zone 'Europe/Paris');
  return v_handover;
end $$;

-- At COMMIT, by the assignment that someone begins. A task that waits closes, and goes on to who has the case now as another: whoever
-- answers the one before chose another colleague. So does the choice of who offered to the one who leaves, and was not accepted. An offer
-- falls when the case comes back to who made it. All this is said by assignments and offers, and nothing of it by a note.
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
  insert into notification (worker_id, kind, case_id) select giver, 'CASE_REASSIGNED', new.case_id from unnest(v_givers) giver;
  insert into handover_task (case_id, worker_id, to_worker_id) select new.case_id, giver, new.worker_id from unnest(v_givers) giver;
  return null;
end $$;
