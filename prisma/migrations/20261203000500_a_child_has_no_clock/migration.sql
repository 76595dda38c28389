-- That a request is about a child to protect could only be said as it was taken down. A letter read in a hurry kept the clock of GDPR
-- article 14, and pushed to inform whom the child must be protected from (CASF L226-2-1). It is now said afterwards as well, and ends the
-- clock; and what was said of the request against informing someone goes along to the case.

grant update (child_protection, inform_by) on incoming_request to cosmos_app;

-- Said by who has it; by the head, as long as nobody does. Never taken back: without a clock, informing can still be recorded.
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

-- ---- A deferral goes along to the case ----------------------------------------------------------------------------
-- The case of who has the request: the one that they open, or that is assigned to them. Nobody else learns by it that there is a request. Once
-- it is said of the case, it passes with the case. `p_request`: that one has said something new, which counts.
create function deferral_goes_along(p_person uuid, p_worker uuid, p_request uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into notice_deferral (case_id, person_id, ground, review_on, deferred_by_id)
    select distinct on (cp.case_id) cp.case_id, cp.person_id, r.deferral_ground,
      (r.review_by at time zone 'Europe/Paris')::date - 1, r.worker_id
    from incoming_request r join case_person cp on cp.person_id = r.person_id and cp.district_id = r.district_id
    join "case" c on c.id = cp.case_id
    where r.person_id = p_person and r.worker_id = p_worker and r.deferral_ground is not null and r.informed_at is null
      and coalesce(cp.assigned_worker_id, cp.opener_id) = p_worker and c.status = 'OPEN'
      and case when p_request is null then not exists (
          select from notice_deferral d where d.case_id = cp.case_id and d.person_id = cp.person_id)
        else r.id = p_request end
    order by cp.case_id, r.received_on desc, r.id;
end $$;

create function case_takes_its_deferral() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform deferral_goes_along(new.person_id, coalesce(new.assigned_worker_id, new.opener_id), null);
  return null;
end $$;
-- At COMMIT, since the head who assigns reads no deferral.
create constraint trigger case_takes_its_deferral after insert or update of assigned_worker_id on case_person
  deferrable initially deferred for each row execute function case_takes_its_deferral();

create function request_gives_its_deferral() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform deferral_goes_along(new.person_id, new.worker_id,
    case when (new.deferral_ground, new.review_by) is distinct from (old.deferral_ground, old.review_by) then new.id end);
  return null;
end $$;
create constraint trigger request_gives_its_deferral after update of worker_id, deferral_ground, review_by on incoming_request
  deferrable initially deferred for each row when (new.deferral_ground is not null)
  execute function request_gives_its_deferral();

grant select, insert on notice_deferral to cosmos_keeper;

do $$
declare f regprocedure;
begin
  foreach f in array array['deferral_goes_along(uuid,uuid,uuid)', 'case_takes_its_deferral()',
    'request_gives_its_deferral()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
