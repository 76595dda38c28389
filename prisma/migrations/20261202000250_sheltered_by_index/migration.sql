-- Each booking asks whether those who come are sheltered. The condition with `or` read every confidential address of the county, so
-- that a booking cost more with each of them. Each way to a case is now read by its own index.
create or replace function sheltering_cases(p_person uuid) returns table (case_id uuid, since timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select of.case_id, min(of.recorded_at) from (
    select a.case_id, a.recorded_at from person_address a where a.person_id = p_person and a.confidential
    union all
    select a.case_id, a.recorded_at from case_person cp join person_address a on a.case_id = cp.case_id
      where cp.person_id = p_person and a.confidential) of
  group by of.case_id;
end;
