-- Sets the reader of each encounter of a case, as for a note (rules 1 and 2). The worker of the open assignment reads the encounters that
-- they held themselves, and those that were passed on to them. A reassignment opens nothing, and a worker reads them again if the case comes
-- back. Only functions of cosmos_keeper may call it.
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

-- Deletes encounters that were not passed on within 30 days, at most p_limit, the oldest first. Returns how many. cosmos_jobs may call it.
create function delete_old_encounters(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_deleted integer;
begin
  perform only_jobs();
  delete from encounter where id in (select id from encounter
    where case_id is null and held_at <= now() - interval '30 days' order by held_at limit p_limit for update skip locked);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end $$;
alter function delete_old_encounters owner to cosmos_keeper;
grant execute on function delete_old_encounters to cosmos_jobs;
