set local lock_timeout = '5s';
set local check_function_bodies = off;
create or replace function cancel_bookings_of_client(p_district uuid, p_client uuid, p_hour timestamptz) returns uuid[]
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_ids uuid[];
begin
  if (viewer_has_scope('appointments:write')
      and p_district = any (viewer_districts('receptionist') || viewer_districts('district_head'))) is not true then
    return null;
  end if;
  v_ids := array(select a.id from online_booking b join appointment a on a.id = b.appointment_id
    where b.client_id = p_client and b.booked_at >= p_hour and b.booked_at < p_hour + interval '1 hour'
      and a.district_id = p_district and a.status = 'BOOKED' and a.starts_at > now()
    order by b.booked_at, a.id limit 600);
  -- What somebody else has changed meanwhile is left out.
  v_ids := array(select a.id from appointment a where a.id = any (v_ids) and a.district_id = p_district and a.status = 'BOOKED'
      and a.starts_at > now()
    order by a.id for update);
  insert into appointment_notice (appointment_id, person_id, district_id, kind, previous_starts_at)
    select a.id, p.id, ap.district_id, 'CANCELLED', known_starts_at(a.id, p.id, a.starts_at)
    from appointment a join appointment_person ap on ap.appointment_id = a.id join person p on p.id = ap.person_id
    where a.id = any (v_ids) and (not p.provisional or p.phone is not null or p.email is not null
      or exists (select from appointment_notice n where n.appointment_id = a.id and n.person_id = p.id and n.done_at is null))
    on conflict (appointment_id, person_id) where done_at is null
      do update set kind = excluded.kind, version = appointment_notice.version + 1;
  update appointment set status = 'CANCELLED_BY_SERVICE', version = version + 1 where id = any (v_ids);
  delete from occupancy where appointment_id = any (v_ids);
  return v_ids;
end $$;
revoke all on function cancel_bookings_of_client(uuid,uuid,timestamptz) from public, cosmos_app, cosmos_jobs;
alter function cancel_bookings_of_client owner to cosmos_keeper;
grant execute on function cancel_bookings_of_client to cosmos_app;
