-- Reading the log is seen too: it has a measure by day, and the worker whose log was read is told, or a second person.

-- Locks the viewer's turn until the transaction ends, as `take_look_up_turn` does. Returns the number of subjects whose log was answered to the
-- viewer in the last 24 hours, and the time at which the first of them will be left out. p_workers says which are counted: workers, or cases
-- and persons. The subject p_subject is not counted, so that its next page goes on. A subject that is not there counts each time.
-- cosmos_app may call it.
create function take_log_turn(p_subject uuid, p_workers boolean) returns table (used integer, oldest timestamptz)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is not null then
    insert into look_up_turn as t (worker_id) values (viewer_worker())
      on conflict (worker_id) do update set worker_id = t.worker_id;
  end if;
  return query select count(*)::integer, min(one.last) from (
    select max(l.occurred_at)::timestamptz as last from access_log l,
      lateral (select coalesce(l.target_worker_id, l.case_id, l.person_id, l.line_id) as id) subject
    where l.actor_id = viewer_worker() and l.actor_kind = 'WORKER' and not l.blanked and l.occurred_at > now() - interval '24 hours'
      and l.action in ('READ_ACCESS_LOG', 'READ_ACCESS_LOG_WITHOUT_TELLING') and l.outcome = 'DONE'
      and (l.target_worker_id is not null) = p_workers and subject.id is distinct from p_subject
    group by subject.id) one;
end $$;
alter function take_log_turn owner to cosmos_keeper;
grant execute on function take_log_turn to cosmos_app;

-- Returns the workers who are told what the viewer reads in the log: the other data protection officers; if there is none, the technical
-- advisers. All of them, so that the viewer does not choose who looks away. Never the viewer or the worker whose log it is. cosmos_app may
-- call it.
create function second_readers(p_worker uuid) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with second as (
    select distinct m.worker_id, m.role from membership m join worker w on w.id = m.worker_id
    where m.role in ('DATA_PROTECTION_OFFICER', 'TECHNICAL_ADVISER') and w.disabled_at is null
      and coalesce(w.suspended_until <= now(), true) and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
      and coalesce(m.suspended_until <= now(), true) and m.worker_id <> viewer_worker() and m.worker_id is distinct from p_worker
      and reads_access_log()
  )
  select distinct s.worker_id from second s
  where s.role = 'DATA_PROTECTION_OFFICER' or not exists (select from second o where o.role = 'DATA_PROTECTION_OFFICER');
end;
alter function second_readers owner to cosmos_keeper;
grant execute on function second_readers to cosmos_app;

-- Tells the second persons, at most once in 24 hours, that the viewer has reached the measure of the day. cosmos_app may call it.
create function tell_log_measure() returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, about_worker_id)
  select s, 'LOG_MEASURE_REACHED'::"NotificationKind", viewer_worker() from second_readers(null) s
  where not exists (select from notification n where n.worker_id = s and n.kind::text = 'LOG_MEASURE_REACHED'
    and n.about_worker_id = viewer_worker() and n.created_at > now() - interval '24 hours');
end $$;
alter function tell_log_measure owner to cosmos_keeper;
grant execute on function tell_log_measure to cosmos_app;
