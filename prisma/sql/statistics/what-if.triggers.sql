-- AFTER INSERT: adds the job `simulate-waits`, if the queue's schema exists. Jobs of this queue run one after the other, so that they never
-- keep the others from sending.
create function simulation_wakes() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if to_regtype('graphile_worker.job_spec') is not null then
    perform graphile_worker.add_job('simulate-waits', '{}'::json, queue_name => 'simulate-waits', priority => 1);
  end if;
  return null;
end $$;
alter function simulation_wakes owner to cosmos_keeper;
create trigger simulation_wakes after insert on wait_simulation for each row execute function simulation_wakes();
