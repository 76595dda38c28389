-- Rules 2 and 3. A word opens what it says, for as long as it says, and nothing after: a release is not handed on, a no is not asked away,
-- an absence that a head has ended is still its worker's to contradict, a relay ends with its absence, and a minute's absence lists nobody.

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'CASES_LISTED';

-- CreateIndex
CREATE INDEX "absence_district_id_declared_at_idx" ON "absence"("district_id", "declared_at");

-- ---- What a release opened is not handed on --------------------------------------------------------------------------
-- A worker hands on what they wrote, or were handed. What is open to them by a release alone ends with it.
create function hands_on(p_note uuid, p_giver uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from interview_note n where n.id = p_note and (n.author_id = p_giver
    or exists (select from handover_note hn join handover h on h.id = hn.handover_id
      where hn.note_id = n.id and hn.note_version = n.version and h.case_id = n.case_id
        and h.to_worker_id = p_giver and h.accepted_at is not null)));
create function viewer_hands_on(p_note uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return hands_on(p_note, viewer_worker());

-- Whoever reads by a handover so has it from the author, hand by hand: `reset_note_readers` asks no more.
create or replace function handover_names_a_version() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not hands_on(new.note_id, (select from_worker_id from handover where id = new.handover_id)) then
    raise 'not theirs to hand on' using errcode = 'insufficient_privilege';
  end if;
  new.note_version := (select version from interview_note where id = new.note_id);
  return new;
end $$;

-- What was handed on before, and was not theirs, closes.
grant delete on handover_note to cosmos_keeper;
set role cosmos_keeper;
with recursive rightly as (
  select hn.handover_id, hn.note_id, h.to_worker_id, h.accepted_at from handover_note hn
    join handover h on h.id = hn.handover_id join interview_note n on n.id = hn.note_id and n.author_id = h.from_worker_id
  union
  select hn.handover_id, hn.note_id, h.to_worker_id, h.accepted_at from rightly r
    join handover h on h.from_worker_id = r.to_worker_id and r.accepted_at is not null
    join handover_note hn on hn.handover_id = h.id and hn.note_id = r.note_id
)
delete from handover_note hn where not exists (
  select from rightly r where r.handover_id = hn.handover_id and r.note_id = hn.note_id);
select reset_note_readers(c.case_id) from (select distinct case_id from handover where accepted_at is not null) c;
reset role;
revoke delete on handover_note from cosmos_keeper;

-- An offer is withdrawn, or accepted, once; the database says when.
create or replace function handover_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.accepted_at is distinct from old.accepted_at and (old.to_worker_id is distinct from viewer_worker() or old.accepted_at is not null)
    or new.withdrawn_at is distinct from old.withdrawn_at
      and (old.from_worker_id is distinct from viewer_worker() or old.withdrawn_at is not null)
  then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
  if old.accepted_at is null and new.accepted_at is not null then new.accepted_at := now(); end if;
  if old.withdrawn_at is null and new.withdrawn_at is not null then new.withdrawn_at := now(); end if;
  return new;
end $$;

-- ---- A no stands -----------------------------------------------------------------------------------------------------
-- Of the requests that wait beside each other, one goes on: the one to which someone said no, else the first.
set role cosmos_keeper;
update release r set lapsed_at = now() where r.id in (
  select id from (select l.id, row_number() over (partition by l.assignment_id order by l.objected_at nulls last, l.requested_at, l.id) as nth
    from release l where l.assignment_id is not null and l.ground <> 'DANGER'
      and l.approved_at is null and l.refused_at is null and l.lapsed_at is null) waiting where nth > 1);
reset role;
-- One request of an assignment waits at a time, but for a danger.
create unique index release_waits_once on release (assignment_id)
  where ground <> 'DANGER' and approved_at is null and refused_at is null and lapsed_at is null;

-- Who held the case before stands in the assignments, which its district knows. Who wrote its notes decides nothing here, so that
-- neither the wait nor who is asked tells of a note.
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
    -- To take the case away and give it back does not begin 72 hours again; the review of ten days comes first.
    if exists (select from release r where r.case_id = new.case_id and r.requested_by_id = new.requested_by_id
        and r.ground = 'DANGER' and r.approved_at > now() - interval '10 days') then
      raise 'a danger opens once in ten days' using errcode = 'check_violation';
    end if;
  else
    -- A no to this worker about this case stands, however often they ask, also once the case has come back to them.
    new.objected_at := (select min(r.objected_at) from release r
      where r.case_id = new.case_id and r.requested_by_id = new.requested_by_id);
  end if;
  return new;
end $$;

-- ---- Who decides says so now -------------------------------------------------------------------------------------------
create or replace function release_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.approved_at, new.approved_by_id, new.refused_at, new.refused_by_id)
      is distinct from (old.approved_at, old.approved_by_id, old.refused_at, old.refused_by_id) and not viewer_decides(old)
    or new.person_told_at is distinct from old.person_told_at
      and (old.requested_by_id is distinct from viewer_worker() or old.person_told_at is not null)
  then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
  -- A time to come would be after any wait.
  if old.approved_at is null and new.approved_at is not null then new.approved_at := now(); end if;
  if old.refused_at is null and new.refused_at is not null then new.refused_at := now(); end if;
  if old.person_told_at is null and new.person_told_at is not null then new.person_told_at := now(); end if;
  return new;
end $$;

create function answer_is_said_now() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.answered_at := now();
  return new;
end $$;
create trigger answer_is_said_now before update of answer on release_answer
  for each row when (current_user = 'cosmos_app' and new.answer is not null) execute function answer_is_said_now();

-- ---- A release has its end ---------------------------------------------------------------------------------------------
-- The person's request for their file opens the notes for that request: its month (GDPR, article 12, 3), counted as thirty days.
alter table release drop constraint release_danger_for_72_hours;
grant update (open_until) on release to cosmos_keeper;
set role cosmos_keeper;
update release set open_until = approved_at + interval '30 days' where ground = 'ACCESS_REQUEST' and approved_at is not null;
select reset_note_readers(c.case_id) from (select distinct case_id from release where ground = 'ACCESS_REQUEST' and approved_at is not null) c;
reset role;
revoke update (open_until) on release from cosmos_keeper;
alter table release add constraint release_has_its_end check (
  (open_until is not null) = (ground in ('DANGER', 'ACCESS_REQUEST') and approved_at is not null)
  and open_until <= approved_at + case when ground = 'DANGER' then interval '72 hours' else interval '30 days' end);

create or replace function release_opens_for() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.ground = 'DANGER' then
    if not exists (select from danger_statement d where d.release_id = new.id) then
      raise 'the danger is not stated' using errcode = 'check_violation';
    end if;
    new.open_until := new.approved_at + interval '72 hours';
  elsif new.ground = 'ACCESS_REQUEST' then
    new.open_until := new.approved_at + interval '30 days';
  end if;
  return new;
end $$;

-- What a reviewer finds not justified closes, as far as it is still open. Who reviews does not read the notes: at COMMIT.
create function danger_not_justified() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update release_note set closed_at = now() where release_id = new.release_id and closed_at is null;
  perform reset_note_readers((select case_id from release where id = new.release_id));
  return null;
end $$;
create constraint trigger danger_not_justified after insert on release_review
  deferrable initially deferred for each row when (new.opinion = 'NOT_JUSTIFIED') execute function danger_not_justified();

-- ---- An absence that is over is contradicted all the same ----------------------------------------------------------------
-- Whether an absence of the viewer's let a release through that still stands. By who was asked, which the district knows, and by no note.
create function absence_let_a_release_through(p_absence uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from absence a join release_answer x on x.worker_id = a.worker_id join release r on r.id = x.release_id
    where a.id = p_absence and a.worker_id = viewer_worker() and r.district_id = a.district_id and r.lapsed_at is null
      and r.approved_at >= a.starts_at and r.approved_at < coalesce(a.ends_at, 'infinity'));

-- A head moves the end, from now on, while the absence is not over. The worker contradicts it once: until it is over, and afterwards as
-- long as a release stands that it let through. To end it takes no word away.
create or replace function absence_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if current_user <> 'cosmos_app' then return new; end if;
  if new.ends_at is distinct from old.ends_at and (not (new.district_id = any (viewer_districts('district_head')))
      or old.ends_at <= now() or new.ends_at < date_trunc('milliseconds', now()))
    or new.contradicted_at is distinct from old.contradicted_at and (old.worker_id is distinct from viewer_worker()
      or old.contradicted_at is not null or old.ends_at <= now() and not absence_let_a_release_through(old.id))
  then raise 'not theirs to say' using errcode = 'insufficient_privilege'; end if;
  if old.contradicted_at is null and new.contradicted_at is not null then new.contradicted_at := now(); end if;
  return new;
end $$;

-- The releases that opened something and still stand: as many as there are cases whose worker asked.
create index release_stands on release (id) where approved_at is not null and lapsed_at is null and ground <> 'DANGER';

-- What an absence has opened closes once its worker has acted, as it does once they contradict it: also after the absence. Returns how
-- many notes closed.
create or replace function close_contradicted_releases() returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_cases uuid[];
  v_closed integer;
begin
  with closed as (
    update release_note rn set closed_at = now() from release l, interview_note n
    where l.approved_at is not null and l.lapsed_at is null and l.ground <> 'DANGER'
      and rn.release_id = l.id and rn.closed_at is null and n.id = rn.note_id
      and exists (select from absence a where a.worker_id = n.author_id and a.district_id = n.district_id
        and a.starts_at <= l.approved_at and coalesce(a.ends_at, 'infinity') > l.approved_at)
      and not coalesce(has_left(n.author_id, n.district_id), false) and has_acted_since(n.author_id, l.approved_at)
    returning n.case_id)
  select array_agg(distinct case_id), count(*) into v_cases, v_closed from closed;
  perform reset_note_readers(one) from unnest(v_cases) one;
  return v_closed;
end $$;

-- ---- A relay ends with its absence ---------------------------------------------------------------------------------------
-- It is opened within an absence, whose end waits for it: an absence that someone ends meanwhile has no relay. It is only shortened.
create function relay_has_its_absence() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if new.ends_at > old.ends_at then raise 'a relay only ends' using errcode = 'insufficient_privilege'; end if;
    return new;
  end if;
  -- Whoever does not head the district is refused by the policy, and learns of no absence.
  if new.district_id <> all (viewer_districts('district_head')) then return new; end if;
  perform from absence a where a.worker_id = new.absent_worker_id and a.district_id = new.district_id
    and tstzrange(a.starts_at, a.ends_at) @> tstzrange(new.starts_at, new.ends_at) for share;
  if not found then raise 'no absence' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger relay_has_its_absence before insert or update of ends_at on relay
  for each row when (current_user = 'cosmos_app') execute function relay_has_its_absence();

create function relays_end_with_absence() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update relay r set ends_at = greatest(new.ends_at, r.starts_at + interval '1 millisecond'), version = r.version + 1
  where r.absent_worker_id = new.worker_id and r.district_id = new.district_id and r.ends_at > new.ends_at
    and r.ends_at > r.starts_at + interval '1 millisecond'
    and r.starts_at >= new.starts_at and r.starts_at < coalesce(old.ends_at, 'infinity');
  return null;
end $$;
create trigger relays_end_with_absence after update of ends_at on absence
  for each row when (new.ends_at is distinct from old.ends_at) execute function relays_end_with_absence();
grant update (ends_at, version) on relay to cosmos_keeper;
grant update (version) on absence to cosmos_keeper;

-- Those that have outlived theirs.
set role cosmos_keeper;
update relay r set ends_at = greatest(now(), r.starts_at + interval '1 millisecond'), version = r.version + 1
where r.ends_at > now() and not exists (select from absence a where a.worker_id = r.absent_worker_id and a.district_id = r.district_id
  and tstzrange(a.starts_at, a.ends_at) && tstzrange(r.starts_at, r.ends_at) and coalesce(a.ends_at, 'infinity') > now());
reset role;

-- ---- A minute's absence lists nobody -------------------------------------------------------------------------------------
-- Whether the viewer, a head, may list the cases of this worker today. Of the absences that were declared within a day, and that nobody had
-- the time to contest, the first two workers whom they listed. An absence that is over by now was one of them.
create function may_list_absent(p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from absence a where a.worker_id = p_worker and a.district_id = any (viewer_districts('district_head'))
      and a.declared_at > now() - interval '1 day')
    or 2 > (select count(distinct a.worker_id) from absence a
      where a.district_id = any (viewer_districts('district_head')) and a.declared_at > now() - interval '1 day' and a.worker_id <> p_worker
        and exists (select from access_log l where l.target_worker_id = a.worker_id and not l.blanked
          and l.action in ('LIST_CASES_FOR_REASSIGNMENT', 'LIST_CASES_FOR_RELAY', 'LIST_CASES_FOR_URGENCY')
          and l.actor_id = viewer_worker() and l.actor_kind = 'WORKER' and l.occurred_at > now() - interval '1 day'
          and l.occurred_at < coalesce((select min(m.occurred_at) from access_log m where m.target_worker_id = p_worker and not m.blanked
            and m.action in ('LIST_CASES_FOR_REASSIGNMENT', 'LIST_CASES_FOR_RELAY', 'LIST_CASES_FOR_URGENCY')
            and m.actor_id = viewer_worker() and m.actor_kind = 'WORKER' and m.occurred_at > now() - interval '1 day'), 'infinity')));

grant select on notification to cosmos_keeper;

-- The worker is told that their cases were listed, once a day. The line of the log tells them: whoever lists writes one.
create function cases_listed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) select new.target_worker_id, 'CASES_LISTED'::"NotificationKind"
  where exists (select from absence a where a.worker_id = new.target_worker_id and a.contradicted_at is null
      and coalesce(a.ends_at, 'infinity') > now() and a.district_id = any (viewer_districts('district_head')))
    and not exists (select from notification n where n.worker_id = new.target_worker_id and n.kind::text = 'CASES_LISTED'
      and n.created_at > now() - interval '1 day');
  return null;
end $$;
create trigger cases_listed after insert on access_log
  for each row when (new.action like 'LIST\_CASES\_FOR\_%' and new.target_worker_id is not null) execute function cases_listed();

-- ---- Who read the facts of a danger hides behind no decision ---------------------------------------------------------------
create or replace function goes_along(p_action text) returns boolean
  language sql immutable parallel safe
  return (p_action like 'READ\_%' or p_action like 'LOOK\_UP\_%') and p_action not in ('READ_ACCESS_LOG', 'READ_DANGER');

-- ---- A departure is said by two people, whoever ended the post -------------------------------------------------------------
-- Of a post that ended by itself, or that nobody is named to have ended, the first who says so is the first of the two.
grant update (end_confirmed_by_id, end_confirmed_at) on membership to cosmos_keeper;
set role cosmos_keeper;
update membership set end_confirmed_by_id = null, end_confirmed_at = null where end_confirmed_by_id is not null and ended_by_id is null;
reset role;
revoke update (end_confirmed_by_id, end_confirmed_at) on membership from cosmos_keeper;
alter table membership drop constraint membership_end_takes_two,
  add constraint membership_end_takes_two check (end_confirmed_by_id is null
    or (ended_by_id is not null and end_confirmed_by_id <> ended_by_id));

create or replace function rights_only_end() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'membership' then
    if new.ends_at is null or new.ends_at > old.ends_at then raise 'a membership only ends'; end if;
    -- Whoever ends it is named.
    if new.ends_at is distinct from old.ends_at then new.ended_by_id := viewer_worker(); end if;
    if new.ended_by_id is distinct from old.ended_by_id and new.ended_by_id is distinct from viewer_worker()
      or new.end_confirmed_by_id is distinct from old.end_confirmed_by_id and new.end_confirmed_by_id is distinct from viewer_worker()
    then raise 'each speaks in their own name' using errcode = 'insufficient_privilege'; end if;
    if new.ends_at is distinct from old.ends_at and new.end_confirmed_at is not null then raise 'a confirmed end stays'; end if;
    if old.end_confirmed_at is null and new.end_confirmed_at is not null then new.end_confirmed_at := now(); end if;
  elsif old.disabled_at is not null and new.disabled_at is distinct from old.disabled_at then
    raise 'what is disabled stays so';
  end if;
  return new;
end $$;

do $$
declare f regprocedure;
begin
  foreach f in array array['hands_on(uuid,uuid)', 'viewer_hands_on(uuid)', 'danger_not_justified()', 'absence_let_a_release_through(uuid)',
    'relay_has_its_absence()', 'relays_end_with_absence()', 'may_list_absent(uuid)', 'cases_listed()']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function viewer_hands_on(uuid), absence_let_a_release_through(uuid), may_list_absent(uuid) to cosmos_app;
