-- Who is asking. login() sets these for the transaction; outside one they are empty, and empty means no rows.

create function viewer_setting(name text) returns text
  language sql stable parallel safe
  return nullif(current_setting('cosmos.' || name, true), '');

create function viewer_worker() returns uuid
  language sql stable parallel safe
  return viewer_setting('worker')::uuid;

create function viewer_person() returns uuid
  language sql stable parallel safe
  return viewer_setting('person')::uuid;

-- The key under which a viewer's idempotency keys are kept.
create function viewer_actor() returns text
  language sql stable parallel safe
  return viewer_setting('actor');

-- Lower-case role names: receptionist, social_worker, district_head; or any.
create function viewer_districts(role text) returns uuid[]
  language sql stable parallel safe
  return coalesce(viewer_setting('districts_' || role)::uuid[], '{}');

-- 'absent worker:district' of each relay in force in which the viewer stands in.
create function viewer_relays() returns text[]
  language sql stable parallel safe
  return coalesce(viewer_setting('relays')::text[], '{}');

create function viewer_has_role(role text) returns boolean
  language sql stable parallel safe
  return coalesce(role = any (viewer_setting('county_roles')::text[]), false);

create function viewer_has_scope(scope text) returns boolean
  language sql stable parallel safe
  return coalesce(scope = any (viewer_setting('scopes')::text[]), false);

-- The one who may read notes in this request: the worker, if the token carries the scope for it.
create function viewer_note_reader() returns uuid
  language sql stable parallel safe
  return case when viewer_has_scope('notes:read') then viewer_worker() end;
