-- Whether the viewer may write the content of a request: in the transaction that has recorded it. The desk does not read what it has written.
-- cosmos_app may call it.
create function may_describe(p_request uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from incoming_request r where r.id = p_request and r.version = 1 and r.recorded_at = now()::timestamptz(3)
    and r.district_id = any (viewer_districts('any')));
alter function may_describe owner to cosmos_keeper;
grant execute on function may_describe to cosmos_app;

-- Returns the names of known persons to a head who must allocate their requests, and nothing else, while no worker has the request.
-- cosmos_app may call it.
create function name_to_allocate(p_requests uuid[])
  returns table (request_id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, p.given_name, p.family_name, p.chosen_name from incoming_request r join person p on p.id = r.person_id
  where r.id = any (p_requests) and r.district_id = any (viewer_districts('district_head'))
    and r.worker_id is null and r.closed_at is null and viewer_has_scope('cases:read');
end;
alter function name_to_allocate owner to cosmos_keeper;
grant execute on function name_to_allocate to cosmos_app;
