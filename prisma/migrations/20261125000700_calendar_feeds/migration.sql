-- A calendar that a phone subscribes to by a secret address: what a worker has in their agenda, what a person is shown
-- online; by the public label, a time and a neutral place, without content (RFC 5545).

-- CreateTable
CREATE TABLE "calendar_feed" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "worker_id" UUID,
    "person_id" UUID,
    "client_id" UUID NOT NULL,
    "label" TEXT,
    "secret_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feed_secret_hash_key" ON "calendar_feed"("secret_hash");
-- CreateIndex
CREATE INDEX "calendar_feed_worker_id_created_at_idx" ON "calendar_feed"("worker_id", "created_at");
-- CreateIndex
CREATE INDEX "calendar_feed_client_id_idx" ON "calendar_feed"("client_id");
-- CreateIndex
CREATE INDEX "calendar_feed_person_id_created_at_idx" ON "calendar_feed"("person_id", "created_at");

-- AddForeignKey
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table calendar_feed add constraint calendar_feed_of_one check ((worker_id is null) <> (person_id is null));

-- ---- Who opens and revokes: everyone their own -------------------------------------------------------------------
grant select on calendar_feed to cosmos_app;
grant insert (id, worker_id, person_id, client_id, label, secret_hash) on calendar_feed to cosmos_app;
grant update (revoked_at) on calendar_feed to cosmos_app;
alter table calendar_feed enable row level security;
alter table calendar_feed force row level security;
create policy calendar_feed_own on calendar_feed for all to cosmos_app
  using (worker_id = (select viewer_worker()) or person_id = (select viewer_person()));

create function feed_stays_revoked() returns trigger language plpgsql as $$
begin
  if old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at then
    raise 'what is revoked stays so';
  end if;
  return new;
end $$;
create trigger feed_stays_revoked before update on calendar_feed
  for each row execute function feed_stays_revoked();

-- ---- What it says ---------------------------------------------------------------------------------------------------
-- The appointments of who owns it, as they stand now: of a worker in the districts in whose teams they are, of a person as
-- far as they are shown. A month back and a year ahead; nothing once it is revoked, the account closed, or the client by
-- which it was opened disabled or without the scope: no address outlives the right by which it was got.
create function read_calendar_feed(p_secret_hash bytea)
  returns table (feed_id uuid, appointment_id uuid, starts_at timestamptz, ends_at timestamptz, status text, version integer,
    changed_at timestamptz, label text, place text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_feed calendar_feed%rowtype;
begin
  select * into v_feed from calendar_feed f where f.secret_hash = p_secret_hash and f.revoked_at is null
    and (f.person_id is null or exists (select from person_account p where p.person_id = f.person_id))
    and not exists (select from worker w where w.id = f.worker_id and w.disabled_at is not null)
    and exists (select from client c where c.id = f.client_id and c.disabled_at is null and 'appointments:read' = any (c.scopes));
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
      where ap.person_id = v_feed.person_id and ap.show_online
        and x.starts_at >= now() - interval '31 days' and x.starts_at < now() + interval '366 days')
    select v_feed.id, a.id, a.starts_at, a.ends_at, a.status::text, a.version, greatest(a.booked_at, a.status_at),
      t.public_label_fr, case when a.mode = 'ON_SITE' then
        coalesce(a.place, d.address_line || ', ' || d.postal_code || ' ' || c.name) end
    from mine a join appointment_type t on t.code = a.type_code join district d on d.id = a.district_id
    join commune c on c.insee_code = d.commune_code
    order by a.starts_at, a.id limit 2000;
  -- One that is empty is there all the same.
  if not found then
    return query select v_feed.id, null::uuid, null::timestamptz, null::timestamptz, null, null::integer, null::timestamptz,
      null, null;
  end if;
end $$;
grant select on calendar_feed, commune to cosmos_keeper;
revoke all on function read_calendar_feed(bytea) from public;
alter function read_calendar_feed(bytea) owner to cosmos_keeper;
grant execute on function read_calendar_feed(bytea) to cosmos_app;
