-- Saisine: a partner asks the service, with a clock.

-- CreateEnum
CREATE TYPE "PartnerKind" AS ENUM ('SCHOOL', 'HEALTH', 'TOWN_HALL', 'POLICE', 'JUSTICE', 'LANDLORD', 'SOCIAL_SERVICE', 'ORGANISATION', 'INDIVIDUAL', 'OTHER');
-- CreateEnum
CREATE TYPE "IncomingRequestStatus" AS ENUM ('RECEIVED', 'ALLOCATED', 'ANSWERED', 'DECLINED');
-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'INCOMING_REQUEST_RECEIVED';

-- CreateTable
CREATE TABLE "incoming_request" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "district_id" UUID NOT NULL,
    "partner" "PartnerKind" NOT NULL,
    "mandated" BOOLEAN NOT NULL DEFAULT false,
    "person_id" UUID,
    "name" TEXT,
    "received_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answer_by" TIMESTAMPTZ(3) NOT NULL,
    "inform_by" TIMESTAMPTZ(3),
    "informed_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "status" "IncomingRequestStatus" NOT NULL DEFAULT 'RECEIVED',
    "worker_id" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "incoming_request_pkey" PRIMARY KEY ("id")
);
-- CreateTable
CREATE TABLE "incoming_request_content" (
    "request_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    CONSTRAINT "incoming_request_content_pkey" PRIMARY KEY ("request_id")
);
-- CreateIndex
CREATE INDEX "incoming_request_district_id_answer_by_id_idx" ON "incoming_request"("district_id", "answer_by", "id");
-- CreateIndex
CREATE INDEX "incoming_request_worker_id_district_id_answer_by_id_idx" ON "incoming_request"("worker_id", "district_id", "answer_by", "id");
-- CreateIndex
CREATE INDEX "incoming_request_person_id_idx" ON "incoming_request"("person_id");
-- AddForeignKey
ALTER TABLE "incoming_request" ADD CONSTRAINT "incoming_request_district_id_fkey" FOREIGN KEY ("district_id") REFERENCES "district"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "incoming_request" ADD CONSTRAINT "incoming_request_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "incoming_request" ADD CONSTRAINT "incoming_request_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- AddForeignKey
ALTER TABLE "incoming_request_content" ADD CONSTRAINT "incoming_request_content_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "incoming_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- What must hold ------------------------------------------------------------------------------------------
alter table incoming_request
  add constraint incoming_request_closed check ((closed_at is null) = (status in ('RECEIVED', 'ALLOCATED'))),
  add constraint incoming_request_allocated check (status <> 'ALLOCATED' or worker_id is not null),
  add constraint incoming_request_answered check (status <> 'ANSWERED' or worker_id is not null),
  -- The clock of art. 14 is that of a mandate.
  add constraint incoming_request_informs check (inform_by is null or mandated),
  add constraint incoming_request_informed check (informed_at is null or inform_by is not null);
alter table incoming_request_content add constraint incoming_request_content_short check (length(body) between 1 and 4000);
-- What is due, by when: an answer, or that the person is informed. Of a district, and of a worker; and what is over.
create index incoming_request_due on incoming_request (district_id, due_at, id) where due_at is not null;
create index incoming_request_due_of_worker on incoming_request (worker_id, district_id, due_at, id) where due_at is not null;
create index incoming_request_over on incoming_request (district_id, answer_by, id) where due_at is null;
create index incoming_request_over_of_worker on incoming_request (worker_id, district_id, answer_by, id) where due_at is null;

-- ---- Who reads and writes -------------------------------------------------------------------------------------
grant select on incoming_request to cosmos_app;
grant insert (id, district_id, partner, mandated, person_id, name, received_on, answer_by, inform_by) on incoming_request to cosmos_app;
grant update (status, worker_id, closed_at, informed_at, version) on incoming_request to cosmos_app;
alter table incoming_request enable row level security;
alter table incoming_request force row level security;
-- Once it is recorded: the head who allocates it, and who has it; not the desk that took it down.
create policy incoming_request_read on incoming_request for select to cosmos_app using (
  district_id = any ((select viewer_districts('district_head'))::uuid[])
  or (worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[])));
create policy incoming_request_record on incoming_request for insert to cosmos_app with check (
  district_id = any ((select viewer_districts('any'))::uuid[]) and (person_id is null or may_book_person(person_id)));
create policy incoming_request_go_on on incoming_request for update to cosmos_app
  using ((select viewer_worker()) is not null) with check (true);

-- A row of its own: the head reads it to allocate it, and no longer.
grant select on incoming_request_content to cosmos_app;
grant insert (request_id, body) on incoming_request_content to cosmos_app;
alter table incoming_request_content enable row level security;
alter table incoming_request_content force row level security;
create policy incoming_request_content_read on incoming_request_content for select to cosmos_app using (
  exists (select from incoming_request r where r.id = request_id and (
    (r.worker_id = (select viewer_worker()) and r.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (r.worker_id is null and r.closed_at is null and r.district_id = any ((select viewer_districts('district_head'))::uuid[])))));
-- Whoever has just recorded it, in the same transaction: the desk does not read what it has written.
create function may_describe(p_request uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from incoming_request r where r.id = p_request and r.version = 1 and r.recorded_at = now()::timestamptz(3)
    and r.district_id = any (viewer_districts('any')));
create policy incoming_request_content_write on incoming_request_content for insert to cosmos_app
  with check (may_describe(request_id));

-- ---- What the database keeps ------------------------------------------------------------------------------------
create function incoming_request_is_due() returns trigger language plpgsql as $$
begin
  new.due_at := least(case when new.closed_at is null then new.answer_by end, case when new.informed_at is null then new.inform_by end);
  return new;
end $$;
create trigger incoming_request_is_due before insert or update on incoming_request
  for each row execute function incoming_request_is_due();

-- Who has it knows whom it is about, until 30 days after it is over.
create function incoming_request_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(new.id, new.person_id, new.worker_id, new.district_id,
    coalesce(new.closed_at + interval '30 days', 'infinity'));
  return null;
end $$;
create trigger incoming_request_makes_known after insert or update of worker_id, closed_at on incoming_request
  for each row execute function incoming_request_makes_known();

-- Who may do what to it, whatever the service has judged.
create function incoming_request_goes_on() returns trigger language plpgsql as $$
declare
  v_heads boolean := old.district_id = any (viewer_districts('district_head'));
  v_has boolean := old.worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker'));
begin
  if new.version <> old.version + 1 then raise 'a version follows the one before'; end if;
  if old.closed_at is not null and (new.status, new.worker_id, new.closed_at) is distinct from (old.status, old.worker_id, old.closed_at) then
    raise 'what is over stays so';
  end if;
  if new.worker_id is distinct from old.worker_id and (v_heads is not true or new.worker_id is null
      or new.worker_id = viewer_worker() or not may_be_assigned(new.worker_id, new.district_id)) then
    raise 'the head allocates, to a social worker of the district';
  end if;
  if new.status in ('ANSWERED', 'DECLINED') and new.status <> old.status
      and (case when old.worker_id is null then v_heads and new.status = 'DECLINED' else v_has end) is not true then
    raise 'who has it answers';
  end if;
  if new.informed_at is distinct from old.informed_at and (old.informed_at is not null or v_has is not true) then
    raise 'that they were informed, who has it says, once';
  end if;
  return new;
end $$;
create trigger incoming_request_goes_on before update on incoming_request
  for each row when (current_user = 'cosmos_app') execute function incoming_request_goes_on();

create function notify_incoming_request() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.worker_id is null then
    perform notify_heads(new.district_id, 'INCOMING_REQUEST_RECEIVED');
  else
    insert into notification (worker_id, kind) values (new.worker_id, 'INCOMING_REQUEST_RECEIVED');
  end if;
  return null;
end $$;
create trigger notify_incoming_request after insert on incoming_request
  for each row execute function notify_incoming_request();
create trigger notify_incoming_request_allocated after update of worker_id on incoming_request
  for each row when (new.worker_id is distinct from old.worker_id) execute function notify_incoming_request();

grant select on incoming_request to cosmos_keeper;

-- Whom the head is to allocate, where the service knows them: by name and no more, as long as nobody has it.
create function name_to_allocate(p_requests uuid[])
  returns table (request_id uuid, given_name text, family_name text, chosen_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select r.id, p.given_name, p.family_name, p.chosen_name from incoming_request r join person p on p.id = r.person_id
  where r.id = any (p_requests) and r.district_id = any (viewer_districts('district_head'))
    and r.worker_id is null and r.closed_at is null and viewer_has_scope('cases:read');
end;

do $$
declare f regprocedure;
begin
  foreach f in array array['may_describe(uuid)', 'incoming_request_makes_known()', 'notify_incoming_request()',
    'name_to_allocate(uuid[])']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function may_describe(uuid), name_to_allocate(uuid[]) to cosmos_app;
