-- Whether a worker may be assigned cases of a district: a social worker there today, with a login that is not disabled, who does not head the
-- district (rule 3). cosmos_app may call it.
create function may_be_assigned(p_worker uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from membership m join worker w on w.id = m.worker_id
      where m.worker_id = p_worker and m.district_id = p_district and m.role = 'SOCIAL_WORKER' and w.disabled_at is null
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))
    and not exists (select from membership m
      where m.worker_id = p_worker and m.district_id = p_district and m.role = 'DISTRICT_HEAD'
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));
alter function may_be_assigned owner to cosmos_keeper;
grant execute on function may_be_assigned to cosmos_app;

-- Returns the cases of a person in the viewer's districts, if the person is within the viewer's look-up. A receptionist also gets the cases
-- in their own district of a person from another district that the receptionist may book. Other viewers learn who the persons of a case are
-- only if they follow it. cosmos_app may call it.
create function cases_within_look_up(p_person uuid) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select cp.case_id from case_person cp where cp.person_id = p_person
    and ((cp.district_id = any (viewer_districts('any')) and exists (select from persons_within_look_up(array[p_person])))
      or (cp.district_id = any (viewer_districts('receptionist')) and may_book_person(p_person)));
end;
alter function cases_within_look_up owner to cosmos_keeper;
grant execute on function cases_within_look_up to cosmos_app;
