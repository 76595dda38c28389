-- Rule 2: a release waits for the workers who held the case, who hand over or say why not. What cannot wait has the ground DANGER, which
-- opens notes for 72 hours and is reviewed. Each fact that opens notes, such as an absence or a departure, opens them only while it lasts.

-- At COMMIT, after an approval: opens the final notes whose author has left the county or is absent for long. On the ground DANGER it opens
-- the final notes of every author. Tells the authors and the requester, and in danger also the former workers of the case, the advisers and
-- the data protection officers. A disabled login is the administrator's word alone and opens nothing. While a login or a
-- front end is suspended, the notes of who has left stay closed: they could not contradict the departure now. A release whose requester does not hold the case at COMMIT
-- opens nothing either, since the case may be reassigned while the request is made.
create function release_approved() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.approved_at is not null or new.approved_at is null then return null; end if;
  insert into release_note (release_id, note_id)
  select new.id, n.id from interview_note n join "case" c on c.id = n.case_id
  where n.case_id = new.case_id and n.status = 'FINAL' and n.author_id <> new.requested_by_id
    and c.assigned_worker_id = new.requested_by_id
    and (new.ground = 'DANGER' or is_long_absent(n.author_id)
      or has_left(n.author_id) and not exists (select from worker w where w.id = n.author_id and w.suspended_until > now())
        and not exists (select from client c where c.suspended_until > now()));
  perform reset_note_readers(new.case_id);
  insert into notification (worker_id, kind, case_id)
  select distinct n.author_id, 'RELEASE_APPROVED'::"NotificationKind", new.case_id
    from release_note rn join interview_note n on n.id = rn.note_id where rn.release_id = new.id
  union select new.requested_by_id, 'RELEASE_APPROVED', new.case_id;
  if new.ground = 'DANGER' then
    insert into notification (worker_id, kind, case_id)
    select holder, 'DANGER_NOTES_OPENED'::"NotificationKind", new.case_id from unnest(new.holder_ids) holder;
    insert into notification (worker_id, kind)
    select distinct m.worker_id, 'DANGER_NOTES_OPENED'::"NotificationKind" from membership m
    where m.role in ('TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER')
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now());
  end if;
  return null;
end $$;
alter function release_approved owner to cosmos_keeper;
create constraint trigger release_approved after update of approved_at on release
  deferrable initially deferred for each row execute function release_approved();

-- At COMMIT, after a request: tells the advisers and the data protection officers that there is a request. Tells the workers who held the
-- case, and the authors of its notes, of which case. The requester does not learn who is told.
create function notify_release_requested() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind)
  select distinct m.worker_id, 'RELEASE_REQUESTED'::"NotificationKind" from membership m
    where m.role in ('TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER')
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now());
  insert into notification (worker_id, kind, case_id)
  select n.author_id, 'RELEASE_REQUESTED'::"NotificationKind", new.case_id from interview_note n
    where n.case_id = new.case_id and n.status = 'FINAL' and n.author_id <> new.requested_by_id
  union select holder, 'RELEASE_REQUESTED', new.case_id from unnest(new.holder_ids) holder;
  return null;
end $$;
alter function notify_release_requested owner to cosmos_keeper;
create constraint trigger notify_release_requested after insert on release
  deferrable initially deferred for each row execute function notify_release_requested();

-- BEFORE INSERT: copies the district and the assignment, and sets the former workers of the case and the end of the wait. The former workers
-- come from the assignments, which their district knows. The authors of the notes decide nothing here, so that neither the wait nor the list
-- of workers who are asked tells of a note (rule 1). A request on the ground DANGER is refused unless the requester was assigned within the
-- last 15 days, and if the same event already opened notes.
create function release_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_since timestamptz;
begin
  select district_id into new.district_id from "case" where id = new.case_id;
  select id, assigned_by_id, starts_at into new.assignment_id, new.assigned_by_id, v_since from assignment
    where case_id = new.case_id and worker_id = new.requested_by_id and ends_at is null;
  new.holder_ids := array(select distinct a.worker_id from assignment a
    where a.case_id = new.case_id and a.worker_id <> new.requested_by_id);
  -- Rule 2: seven days, two days for an access request or an appeal, none in danger. After a departure the wait runs all the same, since the
  -- departure may be false.
  new.waits_until := new.requested_at + case
    when new.ground::text = 'DANGER' then interval '0'
    when new.ground::text in ('ACCESS_REQUEST', 'APPEAL') then interval '2 days'
    else interval '7 days' end;
  -- A request whose end has passed makes room for the next one.
  update release r set lapsed_at = request_ends(r) where r.case_id = new.case_id
    and r.approved_at is null and r.refused_at is null and r.lapsed_at is null and request_ends(r) <= now();
  if new.ground = 'DANGER' then
    if coalesce(v_since < now() - interval '15 days', true) then
      raise 'danger is for who was just assigned' using errcode = 'check_violation';
    end if;
    if danger_was_opened(new.case_id) then
      raise 'a danger opens once for an event' using errcode = 'check_violation';
    end if;
  else
    -- A NO to this worker about this case stands, however often they ask, and also after the case has come back to them.
    new.objected_at := (select min(r.objected_at) from release r
      where r.case_id = new.case_id and r.requested_by_id = new.requested_by_id);
  end if;
  return new;
end $$;
alter function release_takes_its_case owner to cosmos_keeper;
create trigger release_takes_its_case before insert on release
  for each row execute function release_takes_its_case();

-- BEFORE UPDATE by cosmos_app: an adviser who may decide approves or refuses, the officer agrees or closes, and the requester says once that
-- the person was told. The database sets the time, and not the client.
create function release_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.approved_at, new.approved_by_id, new.refused_at, new.refused_by_id)
      is distinct from (old.approved_at, old.approved_by_id, old.refused_at, old.refused_by_id) and not viewer_decides(old)
    or new.person_told_at is distinct from old.person_told_at
      and (old.requested_by_id is distinct from viewer_worker() or old.person_told_at is not null)
    or new.agreed_by_id is distinct from old.agreed_by_id and (not viewer_agrees(old) or new.agreed_by_id is distinct from viewer_worker())
    or new.closed_by_id is distinct from old.closed_by_id and (not viewer_closes(old) or new.closed_by_id is distinct from viewer_worker())
  then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
  -- A client could send a time in the future, which would be after any wait.
  if old.approved_at is null and new.approved_at is not null then new.approved_at := now(); end if;
  if old.refused_at is null and new.refused_at is not null then new.refused_at := now(); end if;
  if old.person_told_at is null and new.person_told_at is not null then new.person_told_at := now(); end if;
  if old.agreed_by_id is null and new.agreed_by_id is not null then new.agreed_at := now(); end if;
  if old.closed_by_id is null and new.closed_by_id is not null then new.lapsed_at := now(); end if;
  return new;
end $$;
create trigger release_is_said_by before update on release
  for each row when (current_user = 'cosmos_app') execute function release_is_said_by();

-- BEFORE an approval: sets until when the release opens notes. In danger it is 72 hours. Otherwise it is the end that the requester asked
-- for, or 30 days if they asked for none. It is 30 days at most for an access request, and 180 days at most on any other ground. In danger
-- it requires the statement, and checks again that no other release opened notes for the same event: two requests can be approved at the
-- same time.
create function release_opens_for() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.ground = 'DANGER' then
    if not exists (select from danger_statement d where d.release_id = new.id) then
      raise 'the danger is not stated' using errcode = 'check_violation';
    end if;
    if danger_was_opened(new.case_id) then
      raise 'a danger opens once for an event' using errcode = 'check_violation';
    end if;
    new.open_until := new.approved_at + interval '72 hours';
  else
    -- The person's request for their file has one month at most (GDPR, article 12, 3).
    new.open_until := least(coalesce(new.asked_until, new.approved_at + interval '30 days'),
      new.approved_at + case new.ground when 'ACCESS_REQUEST' then interval '30 days' else interval '180 days' end);
    if new.open_until <= new.approved_at then raise 'its end has come' using errcode = 'check_violation'; end if;
  end if;
  return new;
end $$;
alter function release_opens_for owner to cosmos_keeper;
create trigger release_opens_for before update of approved_at on release
  for each row when (old.approved_at is null and new.approved_at is not null) execute function release_opens_for();

-- AFTER a refusal: tells the requester.
create function notify_release_refused() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id) values (new.requested_by_id, 'RELEASE_REFUSED', new.case_id);
  return null;
end $$;
alter function notify_release_refused owner to cosmos_keeper;
create trigger notify_release_refused after update of refused_at on release
  for each row when (old.refused_at is null and new.refused_at is not null) execute function notify_release_refused();

-- At COMMIT, after the officer closed a release: closes the notes that it opened. Tells the requester, the workers who held the case, and the
-- authors of its notes. It runs at COMMIT because the officer does not read the notes, and must not see how long their number takes.
create function release_closed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update release_note set closed_at = now() where release_id = new.id and closed_at is null;
  perform reset_note_readers(new.case_id);
  insert into notification (worker_id, kind, case_id)
  select n.author_id, 'RELEASE_CLOSED'::"NotificationKind", new.case_id from interview_note n
    where n.case_id = new.case_id and n.status = 'FINAL' and n.author_id <> new.requested_by_id
  union select holder, 'RELEASE_CLOSED', new.case_id from unnest(new.holder_ids) holder
  union select new.requested_by_id, 'RELEASE_CLOSED', new.case_id;
  return null;
end $$;
alter function release_closed owner to cosmos_keeper;
create constraint trigger release_closed after update of closed_by_id on release
  deferrable initially deferred for each row when (old.closed_by_id is null and new.closed_by_id is not null)
  execute function release_closed();

-- AFTER a former worker answers: NO records an objection and tells the requester; HANDED_OVER offers a handover. An answer is refused once
-- the release is decided or has lapsed.
create function release_answered() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_release release%rowtype;
begin
  -- Locks the release, so that an approval at the same time reads this answer.
  select * into v_release from release where id = new.release_id for update;
  if not release_waits(v_release) then
    raise 'the release waits no longer' using errcode = 'check_violation';
  end if;
  if new.answer = 'NO' then
    update release set objected_at = coalesce(objected_at, new.answered_at) where id = new.release_id;
    insert into notification (worker_id, kind, case_id) values (v_release.requested_by_id, 'RELEASE_ANSWERED_NO', v_release.case_id);
  else
    perform hand_over_unread(v_release.case_id, new.worker_id, v_release.requested_by_id, new.since);
  end if;
  return null;
end $$;
alter function release_answered owner to cosmos_keeper;
create trigger release_answered after update of answer on release_answer
  for each row when (old.answer is null and new.answer is not null) execute function release_answered();

-- AFTER INSERT, but for the ground DANGER: gives each former worker of the case a row to answer. In danger nobody is waited for.
create function release_asks_who_held() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into release_answer (release_id, worker_id) select new.id, unnest(new.holder_ids);
  return null;
end $$;
alter function release_asks_who_held owner to cosmos_keeper;
create trigger release_asks_who_held after insert on release
  for each row when (new.ground <> 'DANGER') execute function release_asks_who_held();

-- BEFORE an answer by cosmos_app: the database sets its time.
create function answer_is_said_now() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.answered_at := now();
  return new;
end $$;
create trigger answer_is_said_now before update of answer on release_answer
  for each row when (current_user = 'cosmos_app' and new.answer is not null) execute function answer_is_said_now();

-- At COMMIT, after a review that finds a danger not justified: closes the notes that are still open by it. It runs at COMMIT because the
-- reviewer does not read the notes, and must not see how long their number takes.
create function danger_not_justified() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update release_note set closed_at = now() where release_id = new.release_id and closed_at is null;
  perform reset_note_readers((select case_id from release where id = new.release_id));
  return null;
end $$;
alter function danger_not_justified owner to cosmos_keeper;
create constraint trigger danger_not_justified after insert on release_review
  deferrable initially deferred for each row when (new.opinion = 'NOT_JUSTIFIED') execute function danger_not_justified();
