-- Rules 1 and 2, as for a note of the case: who holds the open assignment reads what they held themselves, and what was passed on
-- to them; a reassignment opens nothing. It comes back with the case.
create function reset_encounter_readers(p_case uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_assigned uuid := (select assigned_worker_id from "case" where id = p_case);
begin
  update encounter e set reader_id = r.reader from (
    select i.id, case when v_assigned in (i.held_by_id, i.passed_to_id) then v_assigned end as reader
    from encounter i where i.case_id = p_case) r
  where e.id = r.id and e.reader_id is distinct from r.reader;
end $$;
alter function reset_encounter_readers owner to cosmos_keeper;

-- Deletes what nobody has passed on for 30 days, so many at most, the oldest first. Returns how many.
create function delete_old_encounters(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_deleted integer;
begin
  delete from encounter where id in (select id from encounter
    where case_id is null and held_at <= now() - interval '30 days' order by held_at limit p_limit for update skip locked);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end $$;
alter function delete_old_encounters owner to cosmos_keeper;
grant execute on function delete_old_encounters to cosmos_jobs;
