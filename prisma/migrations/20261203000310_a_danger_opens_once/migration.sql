-- Rule 2: a danger opens once for an event. It was once for an assignment, and for who asked: reassigned to a colleague, the same facts
-- opened the notes for 72 hours again.

-- Within fifteen days of a danger that was opened, another one in the case is taken for the same event. A worker who is just assigned may ask for
-- as long. Both reviewers end it sooner: they have found that the first was justified. Whether the facts are new nobody but people can say, and an adviser is asked each time.
create function danger_was_opened(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from release r where r.case_id = p_case and r.ground = 'DANGER' and r.approved_at > now() - interval '15 days'
    and 2 > (select count(*) from release_review v where v.release_id = r.id and v.opinion = 'JUSTIFIED'));
grant select on release_review to cosmos_keeper;

drop index release_danger_once;
-- Of the open assignment: what waits of another has lapsed.
create unique index release_danger_waits_once on release (assignment_id)
  where ground = 'DANGER' and approved_at is null and refused_at is null and lapsed_at is null;

create or replace function release_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_since timestamptz;
begin
  select district_id into new.district_id from "case" where id = new.case_id;
  select id, assigned_by_id, starts_at into new.assignment_id, new.assigned_by_id, v_since from assignment
    where case_id = new.case_id and worker_id = new.requested_by_id and ends_at is null;
  new.holder_ids := array(select distinct a.worker_id from assignment a
    where a.case_id = new.case_id and a.worker_id <> new.requested_by_id);
  -- Domain, rule 2: seven days, two for an access request or an appeal, none after a departure, and none in danger.
  new.waits_until := new.requested_at + case
    when new.ground::text = 'DANGER'
      or not exists (select from unnest(new.holder_ids) holder where not coalesce(has_left(holder, new.district_id), false)) then interval '0'
    when new.ground::text in ('ACCESS_REQUEST', 'APPEAL') then interval '2 days'
    else interval '7 days' end;
  if new.ground = 'DANGER' then
    if coalesce(v_since < now() - interval '15 days', true) then
      raise 'danger is for who was just assigned' using errcode = 'check_violation';
    end if;
    if danger_was_opened(new.case_id) then
      raise 'a danger opens once for an event' using errcode = 'check_violation';
    end if;
  else
    -- A no to this worker about this case stands, however often they ask, also once the case has come back to them.
    new.objected_at := (select min(r.objected_at) from release r
      where r.case_id = new.case_id and r.requested_by_id = new.requested_by_id);
  end if;
  return new;
end $$;

do $$ begin
  execute 'revoke all on function danger_was_opened(uuid) from public';
  execute 'alter function danger_was_opened(uuid) owner to cosmos_keeper';
end $$;
