-- A letter that is read in a hurry must not push a worker to inform the very person who is a danger to a child (CASF L226-2-1). So the ground
-- against informing somebody passes from a request to the case.

-- BEFORE UPDATE by cosmos_app: only the worker who has the request defers the information, and only until the person is informed.
create function information_is_deferred_by_who_has_it() returns trigger language plpgsql as $$
begin
  if (old.worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker'))) is not true
      or old.informed_at is not null then
    raise 'that it waits, who has it says, until they are informed';
  end if;
  return new;
end $$;
create trigger information_is_deferred_by_who_has_it before update of deferral_ground, review_by on incoming_request
  for each row when (current_user = 'cosmos_app' and (new.deferral_ground, new.review_by) is distinct from (old.deferral_ground, old.review_by)
    and new.deferral_ground is not null)
  execute function information_is_deferred_by_who_has_it();

-- BEFORE UPDATE by cosmos_app: the worker who has the request says that it is about a child to protect, or the head while nobody has it. This
-- ends the clock and is never taken back. The worker can still record that the person was informed.
create function child_has_no_clock() returns trigger language plpgsql as $$
begin
  if old.child_protection or not new.child_protection or new.inform_by is not null
      or (case when old.worker_id is null then old.district_id = any (viewer_districts('district_head'))
        else old.worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker')) end) is not true then
    raise 'that it is about a child to protect, who has it says, for good; nothing else ends the clock';
  end if;
  return new;
end $$;
create trigger child_has_no_clock before update of child_protection, inform_by on incoming_request
  for each row when (current_user = 'cosmos_app'
    and (new.child_protection, new.inform_by) is distinct from (old.child_protection, old.inform_by))
  execute function child_has_no_clock();

-- At COMMIT, after a person enters a case or its worker changes: copies the deferral of their request. It runs at COMMIT, so that its time
-- tells nothing to the head, who assigns the case and reads no deferral.
create function case_takes_its_deferral() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform deferral_goes_along(new.person_id, coalesce(new.assigned_worker_id, new.opener_id), null);
  return null;
end $$;
alter function case_takes_its_deferral owner to cosmos_keeper;
create constraint trigger case_takes_its_deferral after insert or update of assigned_worker_id on case_person
  deferrable initially deferred for each row execute function case_takes_its_deferral();

-- At COMMIT, after a request gets a worker or a new deferral: copies the deferral to the case.
create function request_gives_its_deferral() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform deferral_goes_along(new.person_id, new.worker_id,
    case when (new.deferral_ground, new.review_by) is distinct from (old.deferral_ground, old.review_by) then new.id end);
  return null;
end $$;
alter function request_gives_its_deferral owner to cosmos_keeper;
create constraint trigger request_gives_its_deferral after update of worker_id, deferral_ground, review_by on incoming_request
  deferrable initially deferred for each row when (new.deferral_ground is not null)
  execute function request_gives_its_deferral();
