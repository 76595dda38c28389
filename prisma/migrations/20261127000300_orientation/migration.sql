-- Orientation: the organisations to which someone may be sent on, and being sent on.

-- CreateTable
CREATE TABLE "organisation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "source" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL,
    "description" TEXT,
    "siret" TEXT,
    "address_line" TEXT,
    "address_complement" TEXT,
    "postal_code" TEXT,
    "city" TEXT,
    "commune_code" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "phone" TEXT,
    "email" TEXT,
    "website" TEXT,
    "opening_hours" TEXT,
    "accessibility_url" TEXT,
    "source_url" TEXT,
    "networks" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "themes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "updated_on" DATE NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "organisation_theme" (
    "organisation_id" UUID NOT NULL,
    "theme" TEXT NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL,
    "commune_code" TEXT,
    CONSTRAINT "organisation_theme_pkey" PRIMARY KEY ("organisation_id","theme")
);
-- CreateIndex
CREATE UNIQUE INDEX "organisation_source_source_id_key" ON "organisation"("source", "source_id");
-- CreateIndex
CREATE INDEX "organisation_theme_theme_name_key_organisation_id_idx" ON "organisation_theme"("theme", "name_key", "organisation_id");
-- CreateIndex
CREATE INDEX "organisation_theme_theme_commune_code_name_key_organisation_idx" ON "organisation_theme"("theme", "commune_code", "name_key", "organisation_id");
-- AddForeignKey
ALTER TABLE "organisation_theme" ADD CONSTRAINT "organisation_theme_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By name, which is compared as a look-up compares names: the whole directory, and a commune's. What is closed is found by who
-- was sent there, and by nobody who searches.
create index organisation_by_name on organisation (name_key, id) where closed_at is null;
create index organisation_of_commune on organisation (commune_code, name_key, id) where closed_at is null;
-- Public, as the districts' addresses are. Written by the operator's import alone.
grant select on organisation, organisation_theme to cosmos_app, cosmos_jobs;

-- CreateEnum
CREATE TYPE "ReferralStatus" AS ENUM ('SENT', 'ACKNOWLEDGED', 'ACCEPTED', 'REFUSED', 'WITHDRAWN');
-- CreateEnum
CREATE TYPE "ReferralRefusal" AS ENUM ('OTHER_DISTRICT', 'OTHER_MISSION', 'NO_PLACE', 'CONDITIONS_NOT_MET', 'INCOMPLETE', 'PERSON_DECLINED', 'NO_ANSWER', 'OTHER');
-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'REFERRAL_RECEIVED';
-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'REFERRAL_ANSWERED';

-- CreateTable
CREATE TABLE "referral" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "to_district_id" UUID,
    "to_worker_id" UUID,
    "to_organisation_id" UUID,
    "sent_by_id" UUID NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answer_by" TIMESTAMPTZ(3) NOT NULL,
    "status" "ReferralStatus" NOT NULL DEFAULT 'SENT',
    "refusal" "ReferralRefusal",
    "closed_at" TIMESTAMPTZ(3),
    "online_person_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "district_id" UUID NOT NULL,
    "assigned_worker_id" UUID,
    "mission" "Mission" NOT NULL,
    CONSTRAINT "referral_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "referral_content" (
    "referral_id" UUID NOT NULL,
    "body" TEXT,
    "need_codes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    CONSTRAINT "referral_content_pkey" PRIMARY KEY ("referral_id")
);
-- CreateTable
CREATE TABLE "referral_person" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "referral_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "district_id" UUID NOT NULL,
    "assigned_worker_id" UUID,
    "to_district_id" UUID,
    "to_worker_id" UUID,
    "status" "ReferralStatus" NOT NULL,
    "online" BOOLEAN NOT NULL,
    CONSTRAINT "referral_person_pkey" PRIMARY KEY ("id")
);
-- CreateIndex
CREATE INDEX "referral_case_id_sent_at_id_idx" ON "referral"("case_id", "sent_at", "id");
-- CreateIndex
CREATE INDEX "referral_to_district_id_answer_by_id_idx" ON "referral"("to_district_id", "answer_by", "id");
-- CreateIndex
CREATE INDEX "referral_to_worker_id_to_district_id_answer_by_id_idx" ON "referral"("to_worker_id", "to_district_id", "answer_by", "id");
-- CreateIndex
CREATE INDEX "referral_to_organisation_id_idx" ON "referral"("to_organisation_id");
-- CreateIndex
CREATE INDEX "referral_online_person_id_sent_at_id_idx" ON "referral"("online_person_id", "sent_at", "id");
-- CreateIndex
CREATE INDEX "referral_sent_by_id_idx" ON "referral"("sent_by_id");
-- CreateIndex
CREATE INDEX "referral_district_id_idx" ON "referral"("district_id");
-- CreateIndex
CREATE UNIQUE INDEX "referral_id_case_id_key" ON "referral"("id", "case_id");
-- CreateIndex
CREATE UNIQUE INDEX "referral_person_referral_id_person_id_key" ON "referral_person"("referral_id", "person_id");
-- CreateIndex
CREATE INDEX "referral_person_person_id_idx" ON "referral_person"("person_id");
-- CreateIndex
CREATE INDEX "referral_person_case_id_person_id_idx" ON "referral_person"("case_id", "person_id");
-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_to_district_id_fkey" FOREIGN KEY ("to_district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_to_worker_id_fkey" FOREIGN KEY ("to_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_to_organisation_id_fkey" FOREIGN KEY ("to_organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_sent_by_id_fkey" FOREIGN KEY ("sent_by_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "referral_content" ADD CONSTRAINT "referral_content_referral_id_fkey" FOREIGN KEY ("referral_id") REFERENCES "referral"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "referral_person" ADD CONSTRAINT "referral_person_referral_id_case_id_fkey" FOREIGN KEY ("referral_id", "case_id") REFERENCES "referral"("id", "case_id") ON DELETE CASCADE ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "referral_person" ADD CONSTRAINT "referral_person_case_id_person_id_fkey" FOREIGN KEY ("case_id", "person_id") REFERENCES "case_person"("case_id", "person_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- What must hold ------------------------------------------------------------------------------------------
alter table referral
  -- To a district, to one of its workers, or to an organisation.
  add constraint referral_to_one check (num_nonnulls(to_district_id, to_organisation_id) = 1),
  add constraint referral_worker_of_district check (to_worker_id is null or to_district_id is not null),
  add constraint referral_answer_ahead check (answer_by > sent_at),
  add constraint referral_closed check ((closed_at is null) = (status in ('SENT', 'ACKNOWLEDGED'))),
  add constraint referral_refused check ((refusal is null) = (status <> 'REFUSED'));
alter table referral_content add constraint referral_content_short check (length(body) <= 2000 and cardinality(need_codes) <= 20);
-- What is to be answered, by the day on which it is due; a district's, and a worker's.
create index referral_to_answer on referral (to_district_id, answer_by, id) where closed_at is null;
create index referral_for_worker on referral (to_worker_id, to_district_id, answer_by, id) where closed_at is null;

-- ---- Who reads and writes -------------------------------------------------------------------------------------
grant select on referral to cosmos_app;
grant insert (id, case_id, to_district_id, to_worker_id, to_organisation_id, sent_by_id, answer_by, online_person_id)
  on referral to cosmos_app;
grant update (to_worker_id, status, refusal, closed_at, online_person_id, version) on referral to cosmos_app;
alter table referral enable row level security;
alter table referral force row level security;
-- Who follows the case; who receives it, and the head of the district that does; the person whom alone it concerns, if shown.
create policy referral_read on referral for select to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (to_worker_id = (select viewer_worker()) and to_district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or to_district_id = any ((select viewer_districts('district_head'))::uuid[])
  or online_person_id = (select viewer_person()));
create policy referral_send on referral for insert to cosmos_app with check (
  sent_by_id = (select viewer_worker()) and (
    (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])));
create policy referral_go_on on referral for update to cosmos_app using ((select viewer_person()) is null) with check (true);

-- Rows of its own: a head sees that it is there, and never what it says.
grant select on referral_content to cosmos_app;
grant insert (referral_id, body, need_codes) on referral_content to cosmos_app;
alter table referral_content enable row level security;
alter table referral_content force row level security;
create policy referral_content_read on referral_content for select to cosmos_app using (exists (select from referral r
  where r.id = referral_id and (
    (r.assigned_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.assigned_worker_id || ':' || r.district_id) = any ((select viewer_relays())::text[])
    or (r.to_worker_id = (select viewer_worker()) and r.to_district_id = any ((select viewer_districts('social_worker'))::uuid[])))));
create policy referral_content_write on referral_content for insert to cosmos_app with check (exists (select from referral r
  where r.id = referral_id and r.sent_by_id = (select viewer_worker()) and (
    (r.assigned_worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.assigned_worker_id || ':' || r.district_id) = any ((select viewer_relays())::text[]))));

-- Whom it concerns, with all that a desk may know of a referral: that there is one.
grant select on referral_person to cosmos_app;
grant insert (referral_id, case_id, person_id) on referral_person to cosmos_app;
alter table referral_person enable row level security;
alter table referral_person force row level security;
create policy referral_person_read on referral_person for select to cosmos_app using (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or (to_worker_id = (select viewer_worker()) and to_district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or to_district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (person_id = (select viewer_person()) and online));
create policy referral_person_add on referral_person for insert to cosmos_app with check (
  (assigned_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (assigned_worker_id || ':' || district_id) = any ((select viewer_relays())::text[]));

-- ---- What the database keeps ------------------------------------------------------------------------------------
-- The case is held meanwhile: see row_takes_its_case.
create function referral_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select district_id, assigned_worker_id, mission into new.district_id, new.assigned_worker_id, new.mission
    from "case" where id = new.case_id for share;
  return new;
end $$;
create trigger referral_takes_its_case before insert on referral for each row execute function referral_takes_its_case();

create function case_changes_referrals() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update referral set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id where case_id = new.id;
  return null;
end $$;
create trigger case_changes_referrals after update of district_id, assigned_worker_id on "case"
  for each row when (old.district_id <> new.district_id or old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_changes_referrals();

-- A person sees online what concerns them alone.
create function referral_person_takes_its_referral() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_online uuid;
begin
  select district_id, assigned_worker_id, to_district_id, to_worker_id, status, online_person_id
    into new.district_id, new.assigned_worker_id, new.to_district_id, new.to_worker_id, new.status, v_online
    from referral where id = new.referral_id for share;
  new.online := v_online is not null;
  if v_online <> new.person_id then raise 'shown to a person is what concerns them alone'; end if;
  return new;
end $$;
create trigger referral_person_takes_its_referral before insert on referral_person
  for each row execute function referral_person_takes_its_referral();

-- Who receives it knows whom it concerns, until 30 days after it is over.
create function referral_person_makes_known(p_referral uuid) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(rp.id, rp.person_id, r.to_worker_id, r.to_district_id,
    coalesce(r.closed_at + interval '30 days', 'infinity'))
    from referral_person rp join referral r on r.id = rp.referral_id where r.id = p_referral;
end $$;

create function referral_person_added() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform referral_person_makes_known(new.referral_id);
  return null;
end $$;
create trigger referral_person_added after insert on referral_person
  for each row execute function referral_person_added();

create function referral_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.online_person_id is not null and exists (select from referral_person
      where referral_id = new.id and person_id <> new.online_person_id) then
    raise 'shown to a person is what concerns them alone';
  end if;
  update referral_person set district_id = new.district_id, assigned_worker_id = new.assigned_worker_id,
    to_worker_id = new.to_worker_id, status = new.status, online = new.online_person_id is not null
    where referral_id = new.id;
  perform referral_person_makes_known(new.id);
  return null;
end $$;
create trigger referral_changed after update of district_id, assigned_worker_id, to_worker_id, status, online_person_id on referral
  for each row execute function referral_changed();

create function referral_content_is_coded() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not new.need_codes <@ (select array_agg(code) from need_code) then raise 'a need is of the nomenclature'; end if;
  return new;
end $$;
create trigger referral_content_is_coded before insert on referral_content
  for each row execute function referral_content_is_coded();

-- Who may do what to it, whatever the service has judged.
create function referral_goes_on() returns trigger language plpgsql as $$
declare
  v_follows boolean := (old.assigned_worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker')))
    or (old.assigned_worker_id || ':' || old.district_id) = any (viewer_relays());
  v_heads boolean := old.to_district_id = any (viewer_districts('district_head'));
  v_answers boolean := case
    when old.to_organisation_id is not null then v_follows
    when old.to_worker_id is null then v_heads
    else old.to_worker_id = viewer_worker() and old.to_district_id = any (viewer_districts('social_worker')) end;
begin
  if new.version <> old.version + 1 then raise 'a version follows the one before'; end if;
  if new.to_worker_id is distinct from old.to_worker_id and (old.closed_at is not null or v_heads is not true
      or new.to_worker_id is null or new.to_worker_id = viewer_worker() or not may_be_assigned(new.to_worker_id, new.to_district_id)) then
    raise 'the head allocates, to a social worker of the district';
  end if;
  if new.online_person_id is distinct from old.online_person_id and v_follows is not true then
    raise 'what is shown, who follows the case says';
  end if;
  if new.status <> old.status then
    if old.closed_at is not null or new.status = 'SENT' then raise 'what is over stays so'; end if;
    if (case when new.status = 'WITHDRAWN' then v_follows else v_answers end) is not true then
      raise 'who received it answers, and who follows the case withdraws';
    end if;
  elsif (new.refusal, new.closed_at) is distinct from (old.refusal, old.closed_at) then
    raise 'what is over stays so';
  end if;
  return new;
end $$;
create trigger referral_goes_on before update on referral
  for each row when (current_user = 'cosmos_app') execute function referral_goes_on();

-- To whom it is sent is a worker there, who is told; of a district, its heads. Nobody's name is in it.
create function referral_is_received() returns trigger language plpgsql as $$
begin
  if new.to_worker_id is not null and not may_be_assigned(new.to_worker_id, new.to_district_id) then
    raise 'received by a social worker of the district';
  end if;
  return new;
end $$;
create trigger referral_is_received before insert on referral
  for each row when (current_user = 'cosmos_app') execute function referral_is_received();

create function notify_heads(p_district uuid, p_kind "NotificationKind") returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into notification (worker_id, kind) select distinct m.worker_id, p_kind from membership m
    where m.role = 'DISTRICT_HEAD' and m.district_id = p_district and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now());
end $$;

create function notify_referral() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.to_worker_id is null and new.to_district_id is not null then
      perform notify_heads(new.to_district_id, 'REFERRAL_RECEIVED');
    elsif new.to_worker_id is not null then
      insert into notification (worker_id, kind) values (new.to_worker_id, 'REFERRAL_RECEIVED');
    end if;
  elsif new.to_worker_id is distinct from old.to_worker_id then
    insert into notification (worker_id, kind) values (new.to_worker_id, 'REFERRAL_RECEIVED');
  elsif new.to_district_id is not null and new.assigned_worker_id is not null
      and new.status in ('ACCEPTED', 'REFUSED') and old.status <> new.status then
    insert into notification (worker_id, kind, case_id) values (new.assigned_worker_id, 'REFERRAL_ANSWERED', new.case_id);
  end if;
  return null;
end $$;
create trigger notify_referral after insert or update of to_worker_id, status on referral
  for each row execute function notify_referral();

grant select, update (district_id, assigned_worker_id) on referral to cosmos_keeper;
grant select, update (district_id, assigned_worker_id, to_worker_id, status, online) on referral_person to cosmos_keeper;
grant select on need_code to cosmos_keeper;

-- Whom a head is to allocate, by name and no more: as long as nobody has it.
create function names_to_allocate(p_referrals uuid[])
  returns table (referral_id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, p.given_name, p.family_name, p.chosen_name from referral r
    join referral_person rp on rp.referral_id = r.id join person p on p.id = rp.person_id
  where r.id = any (p_referrals) and r.to_district_id = any (viewer_districts('district_head'))
    and r.to_worker_id is null and r.closed_at is null and viewer_has_scope('cases:read')
  order by p.id;
end;

do $$
declare f regprocedure;
begin
  foreach f in array array['referral_takes_its_case()', 'case_changes_referrals()', 'referral_person_takes_its_referral()',
    'referral_person_makes_known(uuid)', 'referral_person_added()', 'referral_changed()', 'referral_content_is_coded()',
    'notify_heads(uuid,"NotificationKind")', 'notify_referral()', 'names_to_allocate(uuid[])']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function names_to_allocate(uuid[]) to cosmos_app;
