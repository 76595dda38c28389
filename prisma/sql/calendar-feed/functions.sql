-- Returns the appointments of the owner of a feed, from 31 days ago to 366 days ahead: those of a worker in the worker's districts, or those
-- that are shown to a person. It returns no row if the feed is revoked, if the account is closed, or if the client that opened the feed is
-- disabled or has lost the scope; nor while either is suspended: no address outlives the right by which it was made. A typed place is in no feed.
-- The feed of a person whose contact is suspended is empty. cosmos_app may call it.
create function read_calendar_feed(p_secret_hash bytea)
  returns table (feed_id uuid, appointment_id uuid, starts_at timestamptz, ends_at timestamptz, status text, version integer,
    changed_at timestamptz, label text, place text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_feed calendar_feed%rowtype;
begin
  select * into v_feed from calendar_feed f where f.secret_hash = p_secret_hash and f.revoked_at is null
    and (f.person_id is null or exists (select from person_account p where p.person_id = f.person_id))
    and not exists (select from worker w where w.id = f.worker_id and (w.disabled_at is not null or w.suspended_until > now()))
    and exists (select from client c where c.id = f.client_id and c.disabled_at is null and 'appointments:read' = any (c.scopes)
      and not is_suspended(c, 'appointments:read'));
  if not found then return; end if;
  return query
    with mine as (
      select a.* from membership m
      cross join lateral (
        select x.* from appointment x where x.worker_ids[1] = v_feed.worker_id and x.district_id = m.district_id
          and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days'
        union all
        select x.* from appointment x where cardinality(x.worker_ids) > 1 and x.worker_ids[2] = v_feed.worker_id
          and x.district_id = m.district_id
          and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days'
        union all
        select x.* from appointment x where cardinality(x.worker_ids) > 2 and x.district_id = m.district_id
          and x.worker_ids @> array[v_feed.worker_id] and not v_feed.worker_id = any (x.worker_ids[1:2])
          and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days') a
      where m.worker_id = v_feed.worker_id and m.role in ('RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD')
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
      union
      select x.* from appointment_person ap join appointment x on x.id = ap.appointment_id
      join person p on p.id = ap.person_id and p.contact_suspended_at is null
      where ap.person_id = v_feed.person_id and ap.show_online
        and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days')
    select v_feed.id, a.id, a.starts_at, a.ends_at, a.status::text, a.version, greatest(a.booked_at, a.status_at),
      t.public_label_fr, case when a.mode = 'ON_SITE' and not place_is_typed(a.id) then
        coalesce(a.place, d.address_line || ', ' || d.postal_code || ' ' || c.name) end
    from mine a join appointment_type t on t.code = a.type_code join district d on d.id = a.district_id
    join commune c on c.insee_code = d.commune_code
    order by a.starts_at, a.id limit 2000;
  -- One empty row tells that a feed exists, if it has no appointments.
  if not found then
    return query select v_feed.id, null::uuid, null::timestamptz, null::timestamptz, null, null::integer, null::timestamptz,
      null, null;
  end if;
end $$;
alter function read_calendar_feed owner to cosmos_keeper;
grant execute on function read_calendar_feed to cosmos_app;
