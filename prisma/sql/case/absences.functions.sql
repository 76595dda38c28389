-- Whether the viewer, a head, may list the cases of an absent worker today. Nobody has had the time to contest an absence that was declared
-- in the last 24 hours. So of the workers with such an absence a head lists two in 24 hours: the first two that they listed, also if the
-- absence is over. Without this limit a head could declare absences to list the cases by worker (rule 3). cosmos_app may call it.
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
alter function may_list_absent owner to cosmos_keeper;
grant execute on function may_list_absent to cosmos_app;

-- Confirms a relay that waits, for a technical adviser who has no part in it. Returns whether it did. It confirms nothing once the day is
-- over, or once the absent worker has contradicted the absence. cosmos_app may call it.
create function confirm_relay(p_relay uuid, p_version integer) returns boolean
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  with confirmed as (
    update relay r set pending_until = null, confirmed_by_id = viewer_worker(), version = r.version + 1
    where r.id = p_relay and r.version = p_version and r.pending_until > now() and r.ends_at > now()
      and viewer_has_role('TECHNICAL_ADVISER') and viewer_has_scope('cases:write')
      and viewer_worker() not in (r.opened_by_id, r.stand_in_id, r.absent_worker_id)
      and exists (select from absence a where a.worker_id = r.absent_worker_id and a.district_id = r.district_id
        and a.contradicted_at is null and tstzrange(a.starts_at, a.ends_at) @> tstzrange(r.starts_at, r.ends_at))
    returning r.id)
  select exists (select from confirmed);
end;
alter function confirm_relay owner to cosmos_keeper;
grant execute on function confirm_relay to cosmos_app;
