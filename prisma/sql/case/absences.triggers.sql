-- AFTER a relay opens or is confirmed: tells the stand-in and the absent worker. If the relay waits, tells the absent worker and the
-- technical advisers, who may confirm it.
create function notify_relay_opened() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.pending_until is null then
    insert into notification (worker_id, kind) values (new.stand_in_id, 'RELAY_OPENED'), (new.absent_worker_id, 'RELAY_OPENED');
  else
    insert into notification (worker_id, kind) select new.absent_worker_id, 'RELAY_TO_CONFIRM'::"NotificationKind"
    union select m.worker_id, 'RELAY_TO_CONFIRM' from membership m where m.role = 'TECHNICAL_ADVISER'
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
      and m.worker_id not in (new.stand_in_id, new.absent_worker_id, new.opened_by_id);
  end if;
  return null;
end $$;
alter function notify_relay_opened owner to cosmos_keeper;
create trigger notify_relay_opened after insert on relay
  for each row execute function notify_relay_opened();
create trigger notify_relay_confirmed after update of pending_until on relay
  for each row when (old.pending_until is not null and new.pending_until is null) execute function notify_relay_opened();

-- BEFORE UPDATE by cosmos_app: a head of the district moves the end of an absence that is not over, to now or later. The absent worker
-- contradicts it once: until it is over, and afterwards while a release stands that it let through. So a head who ends the absence does not
-- take this word away.
create function absence_is_said_by() returns trigger language plpgsql set search_path = public, pg_temp as $$
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
create trigger absence_is_said_by before update on absence for each row execute function absence_is_said_by();

-- At COMMIT, after the worker contradicts an absence: closes the notes of this author that a release opened, in any district. Notes that a
-- danger opened stay open, since a danger does not ask whether its authors are there. If the worker has left the county, the notes stay open. It runs at COMMIT, so that
-- its time tells nothing of a note.
create function absence_contradicted() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_now timestamptz(3) := now();
begin
  update release_note rn set closed_at = v_now from interview_note n, release r
  where n.id = rn.note_id and rn.closed_at is null and n.author_id = new.worker_id
    and r.id = rn.release_id and r.ground <> 'DANGER' and not has_left(new.worker_id);
  perform reset_note_readers(c.case_id) from (
    select distinct n.case_id from release_note rn join interview_note n on n.id = rn.note_id
    where n.author_id = new.worker_id and rn.closed_at = v_now) c;
  return null;
end $$;
alter function absence_contradicted owner to cosmos_keeper;
create constraint trigger absence_contradicted after update of contradicted_at on absence
  deferrable initially deferred for each row when (old.contradicted_at is null and new.contradicted_at is not null)
  execute function absence_contradicted();

-- AFTER INSERT: tells the worker of the absence.
create function notify_absence_declared() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) values (new.worker_id, 'ABSENCE_DECLARED');
  return null;
end $$;
alter function notify_absence_declared owner to cosmos_keeper;
create trigger notify_absence_declared after insert on absence
  for each row execute function notify_absence_declared();
-- Tells the worker again when its end is moved.
create trigger notify_absence_changed after update of ends_at on absence
  for each row when (old.ends_at is distinct from new.ends_at) execute function notify_absence_declared();

-- BEFORE INSERT or UPDATE by cosmos_app: a head opens a relay only inside an absence that its worker has not contradicted. It locks the
-- absence, so that no relay opens in an absence that is ended meanwhile. The stand-in reads confidential addresses once the absence was
-- declared a day ago: until then nobody has had the time to contest it. Of the workers with such a young absence, a head has relays for two a
-- day (Europe/Paris), and a district too. Any further one waits for the yes of a technical adviser, until the end of the day. An open relay
-- can only be shortened. A later contradiction ends no relay.
create function relay_has_its_absence() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_declared_at timestamptz;
  v_today timestamptz := day_in_paris(now())::timestamp at time zone 'Europe/Paris';
  v_counted uuid;
begin
  if tg_op = 'UPDATE' then
    if new.ends_at > old.ends_at then raise 'a relay only ends' using errcode = 'insufficient_privilege'; end if;
    return new;
  end if;
  -- The policy refuses a viewer who does not head the district. This trigger says nothing to them, so that they learn of no absence.
  if new.district_id <> all (viewer_districts('district_head')) then return new; end if;
  select a.declared_at into v_declared_at from absence a
    where a.worker_id = new.absent_worker_id and a.district_id = new.district_id and a.contradicted_at is null
      and tstzrange(a.starts_at, a.ends_at) @> tstzrange(new.starts_at, new.ends_at) for share;
  if not found then raise 'no absence' using errcode = 'check_violation'; end if;
  new.opened_at := now();
  new.opened_by_id := viewer_worker();
  new.confirmed_by_id := null;
  new.pending_until := null;
  new.addresses_from := v_declared_at + interval '1 day';
  if new.addresses_from > now() then
    -- One relay of a head, and one of a district, is counted at a time; in one order, against deadlocks.
    for v_counted in select id from unnest(array[new.district_id, viewer_worker()]) id order by id loop
      perform pg_advisory_xact_lock(hashtextextended('cosmos:relay:' || v_counted, 0));
    end loop;
    if 2 <= (select count(distinct r.absent_worker_id) from relay r where r.opened_at >= v_today and r.absent_worker_id <> new.absent_worker_id
        and r.addresses_from > r.opened_at and r.pending_until is null and r.confirmed_by_id is null
        and (r.opened_by_id = viewer_worker() or r.district_id = new.district_id)) then
      new.pending_until := (day_in_paris(now()) + 1)::timestamp at time zone 'Europe/Paris';
    end if;
  end if;
  return new;
end $$;
alter function relay_has_its_absence owner to cosmos_keeper;
create trigger relay_has_its_absence before insert or update of ends_at on relay
  for each row when (current_user = 'cosmos_app') execute function relay_has_its_absence();

-- AFTER the end of an absence moves: shortens the relays of this absence that would last longer. A relay lasts at least one millisecond.
create function relays_end_with_absence() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update relay r set ends_at = greatest(new.ends_at, r.starts_at + interval '1 millisecond'), version = r.version + 1
  where r.absent_worker_id = new.worker_id and r.district_id = new.district_id and r.ends_at > new.ends_at
    and r.ends_at > r.starts_at + interval '1 millisecond'
    and r.starts_at >= new.starts_at and r.starts_at < coalesce(old.ends_at, 'infinity');
  return null;
end $$;
alter function relays_end_with_absence owner to cosmos_keeper;
create trigger relays_end_with_absence after update of ends_at on absence
  for each row when (new.ends_at is distinct from old.ends_at) execute function relays_end_with_absence();

-- AFTER INSERT into the access log: tells an absent worker, at most once in 24 hours, that their cases were listed. The log is the place to
-- notice it, since each listing writes a line there.
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
alter function cases_listed owner to cosmos_keeper;
create trigger cases_listed after insert on access_log
  for each row when (new.action like 'LIST\_CASES\_FOR\_%' and new.target_worker_id is not null) execute function cases_listed();
