-- The hours of a district that are not over.
-- DropIndex
DROP INDEX "availability_district_id_idx";

-- CreateIndex
CREATE INDEX "availability_district_id_ends_on_idx" ON "availability"("district_id", "ends_on");

-- What anyone can book online in a district, so that they need not guess: the types for which hours are open, how they are held, and the
-- first free time. It holds no worker, and tells no more than public_slots does.
create function online_types(p_district uuid, p_from timestamptz, p_until timestamptz)
  returns table (type_code text, modes "AppointmentMode"[], next_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  -- First the district's hours that are not over: by type alone, those of the whole county would be read.
  with open as materialized (
    select v.id, v.modes from availability v
    where v.district_id = p_district and v.ends_on >= p_from::date and v.starts_on <= p_until::date),
  held as materialized (
    select vt.type_code, m.mode from open o join availability_type vt on vt.availability_id = o.id
    cross join lateral unnest(o.modes) m (mode) group by 1, 2)
  select t.code, array(select m.mode from unnest(t.modes) with ordinality m (mode, nth)
      where exists (select from held h where h.type_code = t.code and h.mode = m.mode) order by nth), s.starts_at
  from appointment_type t
  left join lateral (select p.starts_at
    from public_slots(array[p_district], t.code, null, p_from, p_until, t.duration_minutes, 1) p) s on true
  where 'BOOKING_CLIENT' = any (t.bookable_by)
    and exists (select from held h where h.type_code = t.code and h.mode = any (t.modes))
  order by t.code limit 20;
end;
revoke all on function online_types(uuid,timestamptz,timestamptz) from public;
alter function online_types(uuid,timestamptz,timestamptz) owner to cosmos_keeper;
grant execute on function online_types(uuid,timestamptz,timestamptz) to cosmos_app;
