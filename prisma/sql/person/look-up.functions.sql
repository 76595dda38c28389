-- Returns at most 5 persons of the viewer's districts, by full name and one thing that the person says: birth year, reference or phone. The
-- answer has no fact of any case. Only the worker who follows a person with "confirm nothing" finds this person. A worker who meets that
-- person by an appointment or a visit still has the name (`names_of_met`). cosmos_app may call it.
create function look_up_person(p_name text, p_birth_year integer, p_reference text, p_phone text)
  returns table (id uuid, given_name text, family_name text, chosen_name text, birth_year integer, reference text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, p.given_name, p.family_name, p.chosen_name, extract(year from p.birth_date)::integer, p.reference
  from person p
  where (normalised_name(p.given_name || ' ' || p.family_name) = normalised_name(p_name)
      or normalised_name(p.family_name || ' ' || p.given_name) = normalised_name(p_name)
      or normalised_name(p.chosen_name) = normalised_name(p_name))
    and (extract(year from p.birth_date) = p_birth_year or p.reference = p_reference
      or regexp_replace(p.phone, '\D', '', 'g') = regexp_replace(p_phone, '\D', '', 'g'))
    and ((p.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file)
      or p.district_id = any (viewer_districts('social_worker')))
    and (not p.confirm_nothing or follows_person(p.id))
  order by p.reference limit 5;
end;
alter function look_up_person owner to cosmos_keeper;
grant execute on function look_up_person to cosmos_app;

-- Returns which of these persons the viewer could find by look-up. A booking or a new case may name only these. cosmos_app may call it.
create function persons_within_look_up(p_ids uuid[]) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id from person p where p.id = any (p_ids)
    and ((p.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file)
      or p.district_id = any (viewer_districts('social_worker'))
      or p.district_id = any (viewer_districts('district_head')))
    and (not p.confirm_nothing or follows_person(p.id));
end;
alter function persons_within_look_up owner to cosmos_keeper;
grant execute on function persons_within_look_up to cosmos_app;

-- The number of the viewer's operations that looked something up in the last hour, and the time of the first of them. Only functions of
-- cosmos_keeper may call it.
create function look_ups_of_the_hour() returns table (used integer, oldest timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(distinct l.operation_id)::integer, min(l.occurred_at) from access_log l
    where l.actor_id = viewer_worker() and l.actor_kind = 'WORKER' and l.occurred_at > now() - interval '1 hour'
      and l.action in ('LOOK_UP_PERSON', 'LOOK_UP_CASE', 'LIST_CASES_FOR_REASSIGNMENT', 'LIST_CASES_FOR_RELAY', 'LIST_CASES_FOR_URGENCY',
        'TELL_TIMES', 'TELL_PAST_TIMES');
end;
alter function look_ups_of_the_hour owner to cosmos_keeper;

-- Whether no case of the person has an assigned worker who is a social worker of its district today. A worker whose membership has ended
-- follows nobody. Only functions of cosmos_keeper may call it.
create function has_nobody(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from case_person cp
    join membership m on m.worker_id = cp.assigned_worker_id and m.district_id = cp.district_id and m.role = 'SOCIAL_WORKER'
    where cp.person_id = p_person and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
alter function has_nobody owner to cosmos_keeper;

-- Locks the viewer's look-ups until the transaction ends, and returns how many there were in the last hour. Another look-up of the same
-- worker waits, in any process. A transaction that had begun to read before then fails to serialise. It runs again in READ COMMITTED, where
-- the count sees the look-up for which it waited. So each look-up counts all look-ups before it. cosmos_app may call it.
create function take_look_up_turn() returns table (used integer, oldest timestamptz)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is not null then
    insert into look_up_turn as t (worker_id) values (viewer_worker())
      on conflict (worker_id) do update set worker_id = t.worker_id;
  end if;
  return query select h.used, h.oldest from look_ups_of_the_hour() h;
end $$;
alter function take_look_up_turn owner to cosmos_keeper;
grant execute on function take_look_up_turn to cosmos_app;

-- Whether the viewer has looked this case up within the last hour, by itself or among the cases of a person. cosmos_app may call it.
create function looked_up_lately(p_case uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from access_log l
    where l.actor_id = viewer_worker() and l.actor_kind = 'WORKER' and l.case_id = p_case and l.occurred_at > now() - interval '1 hour'
      and not l.blanked and l.action in ('LOOK_UP_CASE', 'READ_CASE') and l.outcome = 'DONE');
alter function looked_up_lately owner to cosmos_keeper;
grant execute on function looked_up_lately to cosmos_app;

-- Locks the viewer's turn, as `take_look_up_turn` does, and returns how many operations of the viewer made a request without a name in the last
-- hour, and the time of the first of them. The access log is counted, and no column of the requests: nobody can add up papers by worker.
-- cosmos_app may call it.
create function take_paper_turn() returns table (used integer, oldest timestamptz)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is not null then
    insert into look_up_turn as t (worker_id) values (viewer_worker())
      on conflict (worker_id) do update set worker_id = t.worker_id;
  end if;
  return query select count(distinct l.operation_id)::integer, min(l.occurred_at) from access_log l
    where l.actor_id = viewer_worker() and l.actor_kind = 'WORKER' and l.occurred_at > now() - interval '1 hour'
      and l.action = 'REQUEST_APPOINTMENT' and l.person_id is null and l.outcome = 'DONE';
end $$;
alter function take_paper_turn owner to cosmos_keeper;
grant execute on function take_paper_turn to cosmos_app;
