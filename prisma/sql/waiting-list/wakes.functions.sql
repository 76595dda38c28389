-- Adds the job `offer-slots` of a district to the queue, if the queue's schema exists. Only functions of cosmos_keeper may call it.
create function wake_jobs(p_district uuid, p_at timestamptz) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if to_regtype('graphile_worker.job_spec') is not null then
    perform graphile_worker.add_job('offer-slots', json_build_object('districtId', p_district), run_at => p_at);
  end if;
end $$;
alter function wake_jobs owner to cosmos_keeper;

-- Says that something has changed for the persons who wait in a district, from p_at on. Only functions of cosmos_keeper may call it.
create function wake_offers(p_district uuid, p_at timestamptz) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into offer_wake (district_id, due_at) values (p_district, p_at);
  perform wake_jobs(p_district, p_at);
end $$;
alter function wake_offers owner to cosmos_keeper;

-- Whether somebody waits in a district. Only functions of cosmos_keeper may call it.
create function has_waiting(p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment_request r where r.district_id = p_district and r.status = 'WAITING');
alter function has_waiting owner to cosmos_keeper;

-- Returns the districts where somebody waits, for a sweep. cosmos_jobs may call it.
create function districts_waiting() returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select only_jobs();
  select d.id from district d where has_waiting(d.id) order by d.id;
end;
alter function districts_waiting owner to cosmos_keeper;
grant execute on function districts_waiting to cosmos_jobs;
