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

-- Whether a worker is away from a district now, and has not contradicted the absence. Only functions of cosmos_keeper may call it.
create function is_away_now(p_worker uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from absence a where a.worker_id = p_worker and a.district_id = p_district and a.contradicted_at is null
    and a.starts_at <= now() and coalesce(a.ends_at, 'infinity') > now());
alter function is_away_now owner to cosmos_keeper;

-- Returns the worker who stands in now for an absent worker, and reads what stand-ins wrote for this worker; null if nobody does. A worker has
-- one stand-in at a time (`relay_once`). Only functions of cosmos_keeper may call it.
create function stand_in_now(p_absent uuid, p_district uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select r.stand_in_id from relay r where r.absent_worker_id = p_absent and r.district_id = p_district
    and r.starts_at <= now() and r.ends_at > now());
alter function stand_in_now owner to cosmos_keeper;

-- Settles encounters that are written for a case (rule 1): those of one case, those for one absent worker, or all of them (null, null).
-- An encounter by the worker who opened the case goes to the first assigned worker. An encounter by a stand-in goes to the absent worker when
-- the absence is over, and before to the next stand-in. If the case has gone to another worker meanwhile, the reassignment opens nothing: the
-- writer has the encounter for 30 days more, is told, and may pass it on. Returns how many changed. Only functions of cosmos_keeper may call
-- it.
create function settle_encounters(p_case uuid, p_absent uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_one record;
  v_settled integer := 0;
begin
  for v_one in
    select * from (
      select e.id, e.for_case_id, e.held_by_id, e.reader_id, c.assigned_worker_id, c.assigned_worker_id is distinct from e.stands_for_id as moved,
        c.assigned_worker_id is not distinct from e.held_by_id as is_writers,
        e.stands_for_id is null as is_openers, is_away_now(e.stands_for_id, e.district_id) as away,
        stand_in_now(e.stands_for_id, e.district_id) as reader
      from encounter e join "case" c on c.id = e.for_case_id
      where (p_case is null or e.for_case_id = p_case) and (p_absent is null or e.stands_for_id = p_absent)) w
    where w.moved or not w.is_openers and (not w.away or w.reader is distinct from w.reader_id)
    order by w.id
  loop
    if v_one.is_openers or v_one.is_writers or not v_one.moved and not v_one.away then
      update encounter set case_id = for_case_id, for_case_id = null, stands_for_id = null, reader_id = v_one.assigned_worker_id
        where id = v_one.id;
    elsif v_one.moved then
      update encounter set for_case_id = null, stands_for_id = null, kept_from = now(), reader_id = held_by_id where id = v_one.id;
      insert into notification (worker_id, kind, case_id) values (v_one.held_by_id, 'CASE_REASSIGNED', v_one.for_case_id);
    else
      update encounter set reader_id = v_one.reader where id = v_one.id;
    end if;
    v_settled := v_settled + 1;
  end loop;
  return v_settled;
end $$;
alter function settle_encounters owner to cosmos_keeper;

-- Settles all encounters that are written for a case, since absences and relays begin and end without an act. Returns how many changed.
-- cosmos_jobs may call it.
create function settle_all_encounters() returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  return settle_encounters(null, null);
end $$;
alter function settle_all_encounters owner to cosmos_keeper;
grant execute on function settle_all_encounters to cosmos_jobs;

-- Deletes encounters that were not passed on within 30 days, at most p_limit, the oldest first. An encounter that is written for a case waits.
-- Returns how many were deleted. cosmos_jobs may call it.
create function delete_old_encounters(p_limit integer) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_deleted integer;
begin
  perform only_jobs();
  delete from encounter where id in (select id from encounter
    where case_id is null and for_case_id is null and greatest(held_at, kept_from) <= now() - interval '30 days'
    order by greatest(held_at, kept_from) limit p_limit for update skip locked);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end $$;
alter function delete_old_encounters owner to cosmos_keeper;
grant execute on function delete_old_encounters to cosmos_jobs;
