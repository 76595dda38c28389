-- At most 5 persons of the viewer's districts, by full name and one thing that the person says. No fact of any case is in the answer.
-- A person of whom nothing is confirmed is found by nobody but the worker who follows the person. A worker who meets that person by an
-- appointment or a visit still knows whom they meet.
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

-- Which of these persons the viewer could have found by look-up: what a booking or a new case may name.
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

-- How many operations of the viewer's looked something up within the last hour, and when the first of these did.
create function look_ups_of_the_hour() returns table (used integer, oldest timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(distinct l.operation_id)::integer, min(l.occurred_at) from access_log l
    where l.actor_id = viewer_worker() and l.actor_kind = 'WORKER' and l.occurred_at > now() - interval '1 hour'
      and l.action in ('LOOK_UP_PERSON', 'LOOK_UP_CASE', 'LIST_CASES_FOR_REASSIGNMENT', 'LIST_CASES_FOR_RELAY', 'LIST_CASES_FOR_URGENCY');
end;
alter function look_ups_of_the_hour owner to cosmos_keeper;

-- Whether nobody is assigned to any case of the person: a worker whose membership has ended follows nobody.
create function has_nobody(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from case_person cp
    join membership m on m.worker_id = cp.assigned_worker_id and m.district_id = cp.district_id and m.role = 'SOCIAL_WORKER'
    where cp.person_id = p_person and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
alter function has_nobody owner to cosmos_keeper;

-- Takes the viewer's turn until the transaction is over, and answers the look-ups of the hour before it. Whoever looks up meanwhile, in
-- whatever process, waits; who had begun to read before the last one ended fails to serialise and runs again, READ COMMITTED, where the
-- count sees what the turn has waited for. So each counts all before it.
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
