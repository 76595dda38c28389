-- Rule 9: nobody can use the confidential part to hide other lines of the log. The log is read whole, page by page, and each line has its
-- client and a digest of its token.

-- Writes lines into the access log. The actor is the viewer of the transaction. A call without a login is refused. A line
-- about an appointment becomes a line for each person who comes to it, whether or not the viewer knows them. All lines of a call have the
-- same time: different times would tell how many lines are blanked. Returns the number of lines. If the viewer does not read one of the
-- appointments, it is the number of entries: it would tell how many persons come. cosmos_app may call it.
create function log_access(p_operation uuid, p_entries jsonb) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_written integer;
  v_at timestamptz(3) := clock_timestamp();
  v_kind text := upper(split_part(viewer_actor(), ':', 1));
  v_actor uuid := nullif(split_part(viewer_actor(), ':', 2), '')::uuid;
  -- Asked once: for each line, they took a third of the time of the whole log.
  v_through uuid := viewer_through();
  v_token_digest text := viewer_token_digest();
begin
  if v_actor is null then raise insufficient_privilege using message = 'nobody writes into the log'; end if;
  with said as (
    select e ->> 'action' as action, e ->> 'outcome' as outcome, (e ->> 'caseId')::uuid as case_id,
      coalesce(comes.person_id, (e ->> 'personId')::uuid) as person_id, (e ->> 'targetWorkerId')::uuid as target_worker_id,
      e ->> 'ground' as ground, min(nth) as nth
    from jsonb_array_elements(p_entries) with ordinality as entry (e, nth)
    left join lateral unnest(case when e ->> 'appointmentId' is not null
      then array(select ap.person_id from appointment_person ap where ap.appointment_id = (e ->> 'appointmentId')::uuid) end)
      as comes (person_id) on true
    group by 1, 2, 3, 4, 5, 6
  )
  insert into access_log (operation_id, occurred_at, actor_kind, actor_id, action, outcome, case_id, person_id, target_worker_id, ground,
    client_id, token_digest, blanked)
  select p_operation, v_at, v_kind, v_actor, s.action, s.outcome, s.case_id, s.person_id, s.target_worker_id, s.ground,
    v_through, v_token_digest,
    is_confidential(s.action)
      or (goes_along(s.action) and exists (select from said c where c.case_id = s.case_id and is_confidential(c.action)))
  from said s order by s.nth, s.person_id;
  get diagnostics v_written = row_count;
  if exists (select from jsonb_array_elements(p_entries) e
      where e ->> 'appointmentId' is not null and not sees_appointment((e ->> 'appointmentId')::uuid)) then
    return jsonb_array_length(p_entries);
  end if;
  return v_written;
end $$;
alter function log_access owner to cosmos_keeper;
grant execute on function log_access to cosmos_app;

-- Whether rule 9 blanks an action: each one that reads or writes notes or handovers. It does not blank that a release is asked for, answered,
-- decided or reviewed: a case may have no notes, and a blanked approval would have neither author nor time. Every role may call it.
create function is_confidential(p_action text) returns boolean
  language sql immutable parallel safe
  return (p_action like '%NOTE%' and p_action not like '%\_NOTE\_RELEASE') or p_action like '%HANDOVER%';
grant execute on function is_confidential to public;

-- Whether an action is blanked beside a confidential action of the same operation and case. It is true for reads and look-ups: they would
-- tell when the note was read, and who read it. It is false for an act: an act is no part of what is done to a note, and would hide behind
-- the notes that its answer reads. Every role may call it.
create function goes_along(p_action text) returns boolean
  language sql immutable parallel safe
  return (p_action like 'READ\_%' or p_action like 'LOOK\_UP\_%') and p_action not like 'READ\_ACCESS\_LOG%' and p_action <> 'READ_DANGER';
grant execute on function goes_along to public;

-- Whether the viewer reads the log: the data protection officer with the scope `log:read`. Every role may call it.
create function reads_access_log() returns boolean
  language sql stable parallel safe
  return viewer_has_role('DATA_PROTECTION_OFFICER') and viewer_has_scope('log:read');
grant execute on function reads_access_log to public;

-- The case of a reference, for a viewer who reads the log; null if there is none. cosmos_app may call it.
create function case_of_log(p_reference text) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select c.id from "case" c where c.reference = p_reference and reads_access_log());
alter function case_of_log owner to cosmos_keeper;
grant execute on function case_of_log to cosmos_app;

-- The person of a reference, for a viewer who reads the log; null if there is none. cosmos_app may call it.
create function person_of_log(p_reference text) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select p.id from person p where p.reference = p_reference and reads_access_log());
alter function person_of_log owner to cosmos_keeper;
grant execute on function person_of_log to cosmos_app;

-- Returns the lines that are not blanked and whose column p_column has this key, the latest first. It reads one page of each action from the
-- index, so that the number of other lines takes no time. Only functions of cosmos_keeper may call it.
create function lines_of_log(p_column text, p_key uuid, p_actions text[], p_from timestamptz, p_until timestamptz, p_at timestamptz,
  p_line uuid, p_limit integer) returns setof access_log
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query execute format($q$
    with recursive done (action) as (
      (select l.action from access_log l where l.%1$I = $1 and not l.blanked order by l.action limit 1)
      union all
      select (select l.action from access_log l where l.%1$I = $1 and not l.blanked and l.action > d.action order by l.action limit 1)
      from done d where d.action is not null
    )
    select page.* from done d cross join lateral (
      select l.* from access_log l where l.%1$I = $1 and not l.blanked and l.action = d.action
        and l.occurred_at >= $3 and l.occurred_at < $4 and (l.occurred_at, l.line_id) < ($5, $6)
      order by l.occurred_at desc, l.line_id desc limit $7) page
    where $2 is null or d.action = any ($2)
    order by page.occurred_at desc, page.line_id desc limit $7 $q$, p_column)
  using p_key, p_actions, p_from, p_until, p_at, p_line, p_limit;
end $$;
alter function lines_of_log owner to cosmos_keeper;

-- Returns the days (Europe/Paris) with a confidential part, the latest first. It reads one line of each day, so that the number of lines of a
-- day takes no time. Only functions of cosmos_keeper may call it.
create function confidential_days(p_column text, p_key uuid, p_from timestamptz, p_before timestamptz, p_limit integer)
  returns setof date
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query execute format($q$
    with recursive days (day) as (
      (select (l.occurred_at at time zone 'Europe/Paris')::date from access_log l
        where l.%1$I = $1 and l.blanked and l.occurred_at >= $2 and l.occurred_at < $3 order by l.occurred_at desc limit 1)
      union all
      select (select (l.occurred_at at time zone 'Europe/Paris')::date from access_log l
        where l.%1$I = $1 and l.blanked and l.occurred_at >= $2 and l.occurred_at < d.day::timestamp at time zone 'Europe/Paris'
        order by l.occurred_at desc limit 1)
      from days d where d.day is not null
    )
    select day from days where day is not null limit $4 $q$, p_column)
  using p_key, p_from, p_before, p_limit;
end $$;
alter function confidential_days owner to cosmos_keeper;

-- Returns a page of the log of a case, of a person or of a worker (as actor or as target). The page begins after the position (p_at,
-- p_line), the latest line first. It shows the log to viewers who do not read the notes. The confidential part is one line a day, without
-- time, number or author, at the beginning of its day (Europe/Paris). The log of a worker leaves it out, since it would say who wrote.
-- Returns nothing to a viewer who does not read the log. cosmos_app may call it.
create function read_access_log(p_case uuid, p_person uuid, p_worker uuid, p_actions text[], p_from timestamptz, p_until timestamptz,
  p_at timestamptz, p_line uuid, p_limit integer) returns table
  (id uuid, sorted_at timestamptz, occurred_on date, occurred_at timestamptz, action text, outcome text, ground text, actor_kind text,
   actor_id uuid, target_worker_id uuid, case_reference text, person_reference text, client_id text, token_digest text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  v_nothing constant uuid := '00000000-0000-0000-0000-000000000000';
  -- The confidential part of the day of the position comes after that position, unless it is the position itself.
  v_before timestamptz := case when p_at = 'infinity' then p_until when p_line = v_nothing then p_at
    else ((p_at at time zone 'Europe/Paris')::date + 1)::timestamp at time zone 'Europe/Paris' end;
begin
  if not reads_access_log() then return; end if;
  return query
  with lines as (
    select l.* from lines_of_log('case_id', p_case, p_actions, p_from, p_until, p_at, p_line, p_limit) l where p_case is not null
    union all
    select l.* from lines_of_log('person_id', p_person, p_actions, p_from, p_until, p_at, p_line, p_limit) l where p_person is not null
    union all
    select l.* from lines_of_log('actor_id', p_worker, p_actions, p_from, p_until, p_at, p_line, p_limit) l
      where p_worker is not null and l.actor_kind = 'WORKER'
    union all
    select l.* from lines_of_log('target_worker_id', p_worker, p_actions, p_from, p_until, p_at, p_line, p_limit) l
      where p_worker is not null and (l.actor_id is distinct from p_worker or l.actor_kind <> 'WORKER')
  ), days as (
    select d.day from (
      select confidential_days('case_id', p_case, p_from, least(v_before, p_until), p_limit) as day where p_case is not null
      union all
      select confidential_days('person_id', p_person, p_from, least(v_before, p_until), p_limit) where p_person is not null) d
    where p_actions is null or 'CONFIDENTIAL_PART' = any (p_actions)
  )
  select l.line_id, l.occurred_at::timestamptz, (l.occurred_at at time zone 'Europe/Paris')::date, l.occurred_at::timestamptz, l.action,
    l.outcome, l.ground, l.actor_kind, l.actor_id, l.target_worker_id, (select c.reference from "case" c where c.id = l.case_id),
    (select p.reference from person p where p.id = l.person_id), (select k.client_id from client k where k.id = l.client_id), l.token_digest
  from (select * from lines order by occurred_at desc, line_id desc limit p_limit) l
  union all
  select v_nothing, d.day::timestamp at time zone 'Europe/Paris', d.day, null, 'CONFIDENTIAL_PART', 'DONE', null, null, null, null,
    (select c.reference from "case" c where c.id = p_case), (select p.reference from person p where p.id = p_person), null, null
  from days d
  order by 2 desc, 1 desc limit p_limit;
end $$;
alter function read_access_log owner to cosmos_keeper;
grant execute on function read_access_log to cosmos_app;
