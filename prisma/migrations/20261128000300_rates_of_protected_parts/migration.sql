-- The share that was not honoured, and the share of unknown outcomes, were of true counts. They are indicators now (NOT_HONOURED,
-- UNKNOWN_OUTCOMES), of counts that are protected each; of a month that is frozen from now on they are asked for there.

-- Freezes a month of a district; a repetition writes nothing. Whether it was written.
create or replace function freeze_waiting_month(p_district uuid, p_month date) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_from timestamptz := p_month::timestamp at time zone 'Europe/Paris';
  v_until timestamptz := (p_month + interval '1 month')::timestamp at time zone 'Europe/Paris';
  v_offered record;
  v_held record;
  v_waiting record;
begin
  if day_in_paris(now()) < waiting_month_due(p_month) then raise 'the month is not to be frozen yet'; end if;

  select p.* into v_offered from (
      select array_agg(w.days) as days, array_agg(w.worker_id) as workers, array_agg(w.person_id) as persons
      from waits_for_an_offer(p_district, v_from, v_until) w) fed
    cross join lateral protected_days(fed.days, fed.workers, fed.persons) p;

  with held as materialized (select * from waits_until_held(p_district, v_from, v_until))
    select p.* into v_held from protected_days(array(select days from held),
      array(select unnest(worker_ids) from held), array(select unnest(person_ids) from held)) p;

  -- Who waits for anyone waits for all who had hours in the district that month. Fewer than five who do bring in nobody, unless
  -- they are all who wait: else one of them would do for the queue of one worker to be told.
  with waiting as materialized (select * from waits_not_over(p_district, v_until))
    select p.* into v_waiting from protected_days(array(select days from waiting),
      array(select worker_id from waiting where worker_id is not null)
        || array(select distinct o.worker_id from availability_occurrence o
          where o.district_id = p_district and o.starts_at >= v_from and o.starts_at < v_until and not o.closed
            and (select count(distinct person_id) filter (where worker_id is null) >= least(count(distinct person_id), 5) from waiting)
            and not exists (select from waiting w where w.worker_id = o.worker_id)),
      array(select person_id from waiting)) p;

  insert into waiting_month (district_id, month, offered_median, offered_ninetieth, offered_withheld,
    held_median, held_ninetieth, held_withheld, waiting_median, waiting_ninetieth, waiting_withheld,
    not_honoured_percent, not_honoured_withheld, unknown_percent, unknown_withheld, frozen_on)
  values (p_district, p_month, v_offered.median, v_offered.ninetieth, v_offered.withheld,
    v_held.median, v_held.ninetieth, v_held.withheld, v_waiting.median, v_waiting.ninetieth, v_waiting.withheld,
    null, 'NOT_MEASURED', null, 'NOT_MEASURED',
    day_in_paris(now()))
  on conflict do nothing;
  return found;
end $$;
drop function part_of_appointments(uuid, timestamptz, timestamptz, "AppointmentStatus"[]);
