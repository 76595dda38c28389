-- Copies the deferral of a request to the case of the worker who has the request: the open case that they have opened or are assigned to. So
-- nobody else learns that there is a request. The deferral then belongs to the case and passes with it. A case that has a deferral of the
-- person keeps it, unless p_request names a request that says something new. Only functions of cosmos_keeper may call it.
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
alter function deferral_goes_along owner to cosmos_keeper;
