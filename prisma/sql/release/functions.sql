-- Rule 2: no false word opens the notes of a worker who is at work. A head who declares an absence does not open them, nor an administrator
-- who disables a login, nor an adviser who approves a release of an earlier assignment.

-- When a request that nobody has decided lapses: at the end that was asked for, or after 180 days, which is the longest end. Every role may
-- call it.
create function request_ends(r release) returns timestamptz
  language sql stable
  return coalesce(r.asked_until, r.requested_at + interval '180 days');
grant execute on function request_ends to public;

-- Whether a release waits for a decision. Every role may call it.
create function release_waits(r release) returns boolean
  language sql stable
  return r.approved_at is null and r.refused_at is null and r.lapsed_at is null
    and coalesce(r.asked_until, r.requested_at + interval '180 days') > now();
grant execute on function release_waits to public;

-- Whether a release of this case waits for a decision. While it waits, an adviser knows that the case exists, and nothing in it. The function
-- belongs to cosmos_keeper because the policies of `release` and `case` would otherwise call each other without end. cosmos_app may call it.
create function is_in_release(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from release r where r.case_id = p_case and release_waits(r));
alter function is_in_release owner to cosmos_keeper;
grant execute on function is_in_release to cosmos_app;

-- Ends each release of a case whose requester does not hold the assignment in which they asked. If the case comes back to them, they ask
-- again. Only functions of cosmos_keeper may call it.
create function lapse_releases(p_case uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  update release r set lapsed_at = now()
  where r.case_id = p_case and r.lapsed_at is null and not exists (
    select from assignment a where a.case_id = p_case and a.ends_at is null
      and a.worker_id = r.requested_by_id and a.starts_at <= r.requested_at);
end;
alter function lapse_releases owner to cosmos_keeper;

-- Whether a worker has left the county: all their posts have ended, in every district and every role, and a second person has confirmed each
-- end. It is false if the worker never had a post. It is also false if the worker contradicted it and has had no later post since then. Only
-- functions of cosmos_keeper may call it.
create function has_left(p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select coalesce(bool_and(m.ends_at <= now() and m.end_confirmed_at is not null), false)
      and coalesce(max(m.starts_at) > max(m.end_contradicted_at), true)
    from membership m where m.worker_id = p_worker);
alter function has_left owner to cosmos_keeper;

-- Whether a worker is absent for long from the whole county: from each district in which they have a post today, if they have no post for the
-- whole county. The absence was declared and began more than 15 days ago, and is not over. The worker has not contradicted it, and has
-- done nothing in the last 15 days. It is false for a worker who could not contradict it, because one person has ended their post or shut
-- their login.
-- It uses what the worker did as a yes or no, for a release alone (rule 2). Only functions of cosmos_keeper may call it.
create function is_long_absent(p_worker uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from worker w where w.id = p_worker and w.disabled_at is null and coalesce(w.suspended_until <= now(), true))
    and coalesce((select bool_and(exists (select from absence a where a.worker_id = p_worker and a.district_id = m.district_id
        and greatest(a.starts_at, a.declared_at) < now() - interval '15 days'
        and (a.ends_at is null or a.ends_at > now()) and a.contradicted_at is null))
      from membership m where m.worker_id = p_worker and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())), false)
    and not has_acted_since(p_worker, now() - interval '15 days');
alter function is_long_absent owner to cosmos_keeper;

-- Whether a worker is a technical adviser of another district: of at least one district, and not of this one. Null if the worker is no
-- adviser. cosmos_app may call it.
create function advises_elsewhere(p_worker uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return (select bool_or(m.district_id is not null) and not bool_or(m.district_id is not distinct from p_district)
    from membership m where m.worker_id = p_worker and m.role = 'TECHNICAL_ADVISER' and viewer_actor() is not null
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
alter function advises_elsewhere owner to cosmos_keeper;
grant execute on function advises_elsewhere to cosmos_app;

-- Whether there is a technical adviser of another district, with an open login, who could decide. cosmos_app may call it.
create function has_adviser_elsewhere(p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from worker w where w.disabled_at is null
    and w.id in (select m.worker_id from membership m where m.role = 'TECHNICAL_ADVISER' and m.district_id <> p_district)
    and coalesce(advises_elsewhere(w.id, p_district), false));
alter function has_adviser_elsewhere owner to cosmos_keeper;
grant execute on function has_adviser_elsewhere to cosmos_app;

-- Whether the viewer may decide this release: a technical adviser, while it waits. After an objection the adviser is from another district;
-- if no such adviser exists, any adviser decides together with the data protection officer, who agrees first.
-- On the ground DANGER the adviser is not the worker who assigned the case (rule 2). Every role may call it.
create function viewer_decides(r release) returns boolean
  language plpgsql stable set search_path = public, pg_temp as $$
begin
  return release_waits(r)
    and viewer_has_role('TECHNICAL_ADVISER') and viewer_has_scope('cases:write')
    and (r.objected_at is null or coalesce(advises_elsewhere(viewer_worker(), r.district_id), false)
      or (r.agreed_at is not null and not has_adviser_elsewhere(r.district_id)))
    and (r.ground <> 'DANGER' or r.assigned_by_id is distinct from viewer_worker());
end $$;
grant execute on function viewer_decides to public;

-- Whether the viewer, the data protection officer, may agree to this release: after a NO, if no adviser of another district exists. Every role
-- may call it.
create function viewer_agrees(r release) returns boolean
  language plpgsql stable set search_path = public, pg_temp as $$
begin
  return release_waits(r) and r.objected_at is not null and r.agreed_at is null
    and viewer_has_role('DATA_PROTECTION_OFFICER') and viewer_has_scope('log:read') and not has_adviser_elsewhere(r.district_id);
end $$;
grant execute on function viewer_agrees to public;

-- Whether the viewer, the data protection officer, may close this release: while it waits, or is open. Every role may call it.
create function viewer_closes(r release) returns boolean
  language plpgsql stable set search_path = public, pg_temp as $$
begin
  return (release_waits(r) or (r.lapsed_at is null and r.open_until > now()))
    and viewer_has_role('DATA_PROTECTION_OFFICER') and viewer_has_scope('log:read');
end $$;
grant execute on function viewer_closes to public;

-- Whether a worker has acted since an instant, by the access log. It says yes or no, for a release alone (rule 2). A calendar feed writes no
-- line in the log, an automatic client writes none in a worker's name, and an answer to a release does not count: the worker has not come
-- back by it. Only functions of cosmos_keeper may call it.
create function has_acted_since(p_worker uuid, p_since timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from access_log l where l.actor_id = p_worker and l.actor_kind = 'WORKER'
    and l.occurred_at > p_since and l.action <> 'ANSWER_NOTE_RELEASE');
alter function has_acted_since owner to cosmos_keeper;

-- Closes the notes that a release opened because their author was absent, if the author has acted since the approval and has not left. It
-- does so after the end of the absence too. It leaves a release on the ground DANGER open. A contradiction by the author closes the notes at
-- once (`absence_contradicted`). Returns the number of notes that it closed. cosmos_jobs may call it.
create function close_contradicted_releases() returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_cases uuid[];
  v_closed integer;
begin
  perform only_jobs();
  with closed as (
    update release_note rn set closed_at = now() from release l, interview_note n
    where l.approved_at is not null and l.lapsed_at is null and l.ground <> 'DANGER'
      and rn.release_id = l.id and rn.closed_at is null and n.id = rn.note_id
      and exists (select from absence a where a.worker_id = n.author_id
        and a.starts_at <= l.approved_at and coalesce(a.ends_at, 'infinity') > l.approved_at)
      and not has_left(n.author_id) and has_acted_since(n.author_id, l.approved_at)
    returning n.case_id)
  select array_agg(distinct case_id), count(*) into v_cases, v_closed from closed;
  perform reset_note_readers(one) from unnest(v_cases) one;
  return v_closed;
end $$;
alter function close_contradicted_releases owner to cosmos_keeper;
grant execute on function close_contradicted_releases to cosmos_jobs;

-- Whether a release still stands that was approved during this absence of the viewer. The viewer was asked about its case. It looks at the
-- workers who were asked (their districts know them), and at no note, so that its answer tells of none. cosmos_app may call it.
create function absence_let_a_release_through(p_absence uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from absence a join release_answer x on x.worker_id = a.worker_id join release r on r.id = x.release_id
    where a.id = p_absence and a.worker_id = viewer_worker() and r.lapsed_at is null
      and r.approved_at >= a.starts_at and r.approved_at < coalesce(a.ends_at, 'infinity'));
alter function absence_let_a_release_through owner to cosmos_keeper;
grant execute on function absence_let_a_release_through to cosmos_app;

-- Whether notes of a case were opened on the ground DANGER in the last 15 days. Another request in this time is taken for the same event: a
-- worker who is just assigned may ask for as long. Two reviews that find the release justified end this time early. Only people can say
-- whether the facts are new, so an adviser decides each request. Only functions of cosmos_keeper may call it.
create function danger_was_opened(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from release r where r.case_id = p_case and r.ground = 'DANGER' and r.approved_at > now() - interval '15 days'
    and 2 > (select count(*) from release_review v where v.release_id = r.id and v.opinion = 'JUSTIFIED'));
alter function danger_was_opened owner to cosmos_keeper;

-- Returns the releases of cases that the viewer held, the latest first. cosmos_keeper finds them, since PostgreSQL does not use the index of
-- the array under row-level security. cosmos_app may call it.
create function releases_of_former_cases(p_limit integer) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id from release r where r.holder_ids @> array[viewer_worker()] order by r.requested_at desc, r.id limit p_limit;
end;
alter function releases_of_former_cases owner to cosmos_keeper;
grant execute on function releases_of_former_cases to cosmos_app;
