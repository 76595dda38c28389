-- BEFORE INSERT: gives the visit its day (Europe/Paris) and a number of the day in the order of arrival. The desk calls the number instead of
-- a name. A lock keeps two visits from the same number.
create function visit_takes_its_number() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.day := (new.arrived_at at time zone 'Europe/Paris')::date;
  perform pg_advisory_xact_lock(hashtextextended('cosmos:ticket:' || new.district_id || new.day, 0));
  new.ticket := coalesce((select max(v.ticket) from visit v where v.district_id = new.district_id and v.day = new.day), 0) + 1;
  return new;
end $$;
alter function visit_takes_its_number owner to cosmos_keeper;
create trigger visit_takes_its_number before insert on visit for each row execute function visit_takes_its_number();

-- BEFORE UPDATE: a closed visit does not change, and a person who is received stays so.
create function visit_only_goes_on() returns trigger language plpgsql as $$
begin
  if old.closed_at is not null then raise 'what is closed stays so'; end if;
  -- The application gives no visit another id (`show_visits_anew` does).
  if old.taken_in_at is not null and new.taken_in_at is distinct from old.taken_in_at and new.id = old.id then raise 'who is taken in stays so'; end if;
  return new;
end $$;
create trigger visit_only_goes_on before update on visit for each row execute function visit_only_goes_on();

-- AFTER INSERT or UPDATE: makes the person known to the worker for 30 days after the visit. A worker who closes the visit late gains at most
-- one day.
create function visit_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(new.id, new.person_id, new.worker_id, new.district_id,
    least(coalesce(new.closed_at, new.arrived_at), new.arrived_at + interval '1 day') + interval '30 days',
    opens_contact(new.person_id, new.district_id, new.worker_id));
  return null;
end $$;
alter function visit_makes_known owner to cosmos_keeper;
create trigger visit_makes_known after insert or update of worker_id, closed_at on visit
  for each row execute function visit_makes_known();

-- AFTER INSERT or UPDATE: makes the person known to the worker for 30 days after the call back. A worker who records it late has at most 60
-- days more.
create function message_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(new.id, new.person_id, new.worker_id, new.district_id,
    least(new.done_at, new.sent_at + interval '60 days') + interval '30 days',
    opens_contact(new.person_id, new.district_id, new.worker_id));
  return null;
end $$;
alter function message_makes_known owner to cosmos_keeper;
create trigger message_makes_known after insert or update of done_at on message
  for each row execute function message_makes_known();

-- At COMMIT, after a visit is recorded or closed: tells the person's requests whether the person is at the desk, since a person who is there
-- is offered times that become free today. It writes only what changes. A request of a person with "confirm nothing" stays as it is: its
-- version would tell the desk that the reference was right.
create function visit_tells_who_is_there() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_until timestamptz := case when new.closed_at is null then (new.day + 1)::timestamp at time zone 'Europe/Paris' end;
begin
  update appointment_request r set version = version + 1, present_until = v_until
    where r.person_id = new.person_id and r.district_id = new.district_id and r.status = 'WAITING'
      and r.present_until is distinct from v_until
      and not exists (select from person p where p.id = new.person_id and p.confirm_nothing);
  return null;
end $$;
alter function visit_tells_who_is_there owner to cosmos_keeper;
create constraint trigger visit_tells_who_is_there after insert or update of closed_at on visit
  deferrable initially deferred for each row when (new.person_id is not null and new.kind = 'WALK_IN')
  execute function visit_tells_who_is_there();

-- AFTER INSERT or UPDATE: sends the id of the visit to the live boards of its district. Each viewer reads the visit in a transaction of their
-- own, since a notification goes to every session that listens, whatever its role.
create function visit_is_told() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  -- A board shows the visits of today (Europe/Paris). If the visit goes to another worker, the former worker is named too, whose board it
  -- leaves.
  if new.day = (now() at time zone 'Europe/Paris')::date then
    perform pg_notify('visit_changed', concat_ws(' ', new.district_id, new.id,
      case when tg_op = 'UPDATE' and old.worker_id is distinct from new.worker_id then old.worker_id end));
  end if;
  return null;
end $$;
create trigger visit_is_told after insert or update on visit for each row execute function visit_is_told();

-- AFTER INSERT into the access log: tells who follows a person that a desk told their past times, at most once in 24 hours for each case. A desk
-- can record a visit of somebody who is not there, and the worker knows whether they came.
create function past_times_told() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id) select cp.assigned_worker_id, 'PAST_TIMES_TOLD'::"NotificationKind", cp.case_id
  from case_person cp where cp.person_id = new.person_id and cp.assigned_worker_id is not null
    and cp.assigned_worker_id is distinct from viewer_worker()
    and not exists (select from notification n where n.worker_id = cp.assigned_worker_id and n.case_id = cp.case_id
      and n.kind::text = 'PAST_TIMES_TOLD' and n.created_at > now() - interval '1 day');
  return null;
end $$;
alter function past_times_told owner to cosmos_keeper;
create trigger past_times_told after insert on access_log
  for each row when (new.action = 'TELL_PAST_TIMES' and new.outcome = 'DONE' and new.person_id is not null)
  execute function past_times_told();
