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
alter function may_list_absent owner to cosmos_keeper;
grant execute on function may_list_absent to cosmos_app;
