-- Rule 3: no list from which workers can be counted. A desk sees the appointments of its district from a week back.
create function desk_reaches_back_to() returns timestamptz
  language sql stable
  return ((now() at time zone 'Europe/Paris')::date - 7)::timestamp at time zone 'Europe/Paris';

drop policy appointment_read on appointment;
create policy appointment_read on appointment for select to cosmos_app using (
  (district_id = any ((select viewer_districts('receptionist'))::uuid[]) and starts_at >= desk_reaches_back_to())
  or ((select viewer_worker()) = any (worker_ids) and district_id = any ((select viewer_districts('any'))::uuid[]))
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (select viewer_person()) = any (online_person_ids));

-- The cases, in the viewer's districts, of someone within their look-up; a desk also meets someone of another district who has an
-- appointment in its own. Who they are about is otherwise for who follows them.
create function cases_within_look_up(p_person uuid) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select cp.case_id from case_person cp where cp.person_id = p_person
    and ((cp.district_id = any (viewer_districts('any')) and exists (select from persons_within_look_up(array[p_person])))
      or (cp.district_id = any (viewer_districts('receptionist')) and may_book_person(p_person)));
end;
revoke all on function cases_within_look_up(uuid) from public;
grant execute on function cases_within_look_up(uuid) to cosmos_app;
alter function cases_within_look_up(uuid) owner to cosmos_keeper;

-- How many operations of the viewer's looked something up within the last hour, and when the first of these did.
create function look_ups_of_the_hour() returns table (used integer, oldest timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select count(distinct l.operation_id)::integer, min(l.occurred_at) from access_log l
    where l.actor_id = viewer_worker() and l.actor_kind = 'WORKER' and l.occurred_at > now() - interval '1 hour'
      and l.action in ('LOOK_UP_PERSON', 'LOOK_UP_CASE', 'LIST_CASES_FOR_REASSIGNMENT', 'LIST_CASES_FOR_RELAY', 'LIST_CASES_FOR_URGENCY');
end;
revoke all on function look_ups_of_the_hour() from public;
grant execute on function look_ups_of_the_hour() to cosmos_app;
alter function look_ups_of_the_hour() owner to cosmos_keeper;

-- No list is of a district, and none of its cases by status or mission.
drop index case_open, case_closed, case_polyvalence, case_rsa, case_logement, case_evaluation, case_enfance_famille;
