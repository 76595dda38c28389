-- AFTER a handover is accepted: gives its notes to the worker who accepted it. It does not look at the other notes of the case, so that its
-- time does not tell the new worker their number. It locks the case: otherwise a reassignment that commits meanwhile would leave the notes to
-- a worker who does not hold the case.
create function handover_accepted() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.accepted_at is not null or new.accepted_at is null then return null; end if;
  perform from "case" where id = new.case_id and assigned_worker_id = new.to_worker_id for share;
  if not found then return null; end if;
  update interview_note n set reader_id = new.to_worker_id, readable_until = null from handover_note hn
  where hn.handover_id = new.id and n.id = hn.note_id and n.version = hn.note_version and n.case_id = new.case_id and n.status = 'FINAL'
    and (n.reader_id is distinct from new.to_worker_id or n.readable_until is not null);
  return null;
end $$;
alter function handover_accepted owner to cosmos_keeper;
create trigger handover_accepted after update of accepted_at on handover
  for each row execute function handover_accepted();

-- BEFORE INSERT: copies the district and the reader from the case. It finds nothing if the author does not hold the case, and the policy then
-- refuses the row. It locks the case against a reassignment that commits meanwhile. BEFORE UPDATE: keeps the case, the author and the time,
-- and lets no final note become a draft.
create function note_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if (new.case_id, new.author_id, new.written_at) is distinct from (old.case_id, old.author_id, old.written_at)
      or (old.status = 'FINAL' and new.status = 'DRAFT') then raise 'a note keeps its case, author and time';
    end if;
    return new;
  end if;
  select district_id, assigned_worker_id into new.district_id, new.reader_id from "case"
    where id = new.case_id and assigned_worker_id = new.author_id for share;
  return new;
end $$;
alter function note_takes_its_case owner to cosmos_keeper;
create trigger note_takes_its_case before insert or update on interview_note
  for each row execute function note_takes_its_case();

-- AFTER INSERT: tells the worker who is offered a handover.
create function notify_handover_offered() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id) values (new.to_worker_id, 'HANDOVER_OFFERED', new.case_id);
  return null;
end $$;
alter function notify_handover_offered owner to cosmos_keeper;
create trigger notify_handover_offered after insert on handover
  for each row execute function notify_handover_offered();

-- BEFORE INSERT: refuses a note that the offering worker may not hand on, and records the version of the note. So each reader by a handover
-- has the note from its author, from hand to hand, and `reset_note_readers` need not check it again.
create function handover_names_a_version() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not hands_on(new.note_id, (select from_worker_id from handover where id = new.handover_id)) then
    raise 'not theirs to hand on' using errcode = 'insufficient_privilege';
  end if;
  new.note_version := (select version from interview_note where id = new.note_id);
  return new;
end $$;
alter function handover_names_a_version owner to cosmos_keeper;
create trigger handover_names_a_version before insert on handover_note
  for each row execute function handover_names_a_version();

-- BEFORE UPDATE by cosmos_app: lets the receiving worker accept an offer once, and the offering worker withdraw it once. The database sets
-- the time, and not the client.
create function handover_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.accepted_at is distinct from old.accepted_at and (old.to_worker_id is distinct from viewer_worker() or old.accepted_at is not null)
    or new.withdrawn_at is distinct from old.withdrawn_at
      and (old.from_worker_id is distinct from viewer_worker() or old.withdrawn_at is not null)
  then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
  if old.accepted_at is null and new.accepted_at is not null then new.accepted_at := now(); end if;
  if old.withdrawn_at is null and new.withdrawn_at is not null then new.withdrawn_at := now(); end if;
  return new;
end $$;
create trigger handover_is_said_by before update on handover
  for each row when (current_user = 'cosmos_app') execute function handover_is_said_by();

-- AFTER a task is answered: offers the handover, or tells the worker who has the case that the answer is NO.
create function handover_task_answered() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.answer = 'HANDED_OVER' then
    perform hand_over_unread(new.case_id, new.worker_id, new.to_worker_id, new.since);
  else
    insert into notification (worker_id, kind, case_id) values (new.to_worker_id, 'HANDOVER_ANSWERED_NO', new.case_id);
  end if;
  return null;
end $$;
alter function handover_task_answered owner to cosmos_keeper;
create trigger handover_task_answered after update of answer on handover_task
  for each row when (old.answer is null and new.answer is not null) execute function handover_task_answered();
