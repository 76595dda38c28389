-- Tells the heads of a district. Only functions of cosmos_keeper may call it.
create function notify_heads(p_district uuid, p_kind "NotificationKind") returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) select distinct m.worker_id, p_kind from membership m
    where m.role = 'DISTRICT_HEAD' and m.district_id = p_district and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now());
end $$;
alter function notify_heads owner to cosmos_keeper;

-- Tells the assigned worker of each case of a person. It leaves out one case, one worker, and the viewer. Only functions of cosmos_keeper may
-- call it.
create function tell_who_follows(p_person uuid, p_kind "NotificationKind", p_but_case uuid, p_but_worker uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind, case_id)
  select cp.assigned_worker_id, p_kind, cp.case_id from case_person cp
  where cp.person_id = p_person and cp.case_id is distinct from p_but_case and cp.assigned_worker_id is not null
    and cp.assigned_worker_id is distinct from viewer_worker() and cp.assigned_worker_id is distinct from p_but_worker;
end $$;
alter function tell_who_follows owner to cosmos_keeper;
