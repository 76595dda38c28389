set local lock_timeout = '5s';
set local check_function_bodies = off;
drop policy appointment_booked_at_desk on appointment;
alter table activity_report_text drop constraint activity_report_text_english;
alter table appointment drop constraint appointment_collective;
alter table danger_statement drop constraint danger_statement_says_something;
alter table incoming_request_content drop constraint incoming_request_content_short;
alter table message drop constraint message_text_of_someone;
alter table referral_content drop constraint referral_content_short;
drop function send_blind_message(text,integer,text,text,text);
-- AlterTable
ALTER TABLE "activity_report_text" ADD COLUMN     "body" BYTEA,
ADD COLUMN     "master_key_id" TEXT,
ADD COLUMN     "wrapped" BYTEA;

-- AlterTable
ALTER TABLE "danger_statement" ADD COLUMN     "body" BYTEA,
ADD COLUMN     "master_key_id" TEXT,
ADD COLUMN     "wrapped" BYTEA;

-- AlterTable
ALTER TABLE "incoming_request_content" ALTER COLUMN "body" TYPE BYTEA USING convert_to("body", 'UTF8'),
ADD COLUMN     "master_key_id" TEXT NOT NULL DEFAULT 'unsealed',
ADD COLUMN     "wrapped" BYTEA NOT NULL DEFAULT '';
ALTER TABLE "incoming_request_content" ALTER COLUMN "master_key_id" DROP DEFAULT,
ALTER COLUMN "wrapped" DROP DEFAULT;

-- AlterTable
ALTER TABLE "message" ADD COLUMN     "text_id" UUID;

-- AlterTable
ALTER TABLE "referral_content" ALTER COLUMN "body" TYPE BYTEA USING convert_to("body", 'UTF8'),
ADD COLUMN     "master_key_id" TEXT,
ADD COLUMN     "wrapped" BYTEA;

-- CreateTable
CREATE TABLE "appointment_subject" (
    "appointment_id" UUID NOT NULL,
    "body" BYTEA NOT NULL,
    "master_key_id" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,

    CONSTRAINT "appointment_subject_pkey" PRIMARY KEY ("appointment_id")
);

-- CreateTable
CREATE TABLE "message_text" (
    "id" UUID NOT NULL,
    "body" BYTEA NOT NULL,
    "master_key_id" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,

    CONSTRAINT "message_text_pkey" PRIMARY KEY ("id")
);

-- The texts stay as they are, under no key: `npm run vault:seal` seals them, and no process starts in production before. FORCE binds the owner
-- too, so it is taken off meanwhile.
alter table activity_report_text no force row level security;
alter table appointment no force row level security;
alter table danger_statement no force row level security;
alter table message no force row level security;
alter table referral_content no force row level security;
insert into appointment_subject (appointment_id, body, master_key_id, wrapped)
  select id, convert_to(subject, 'UTF8'), 'unsealed', '' from appointment where subject is not null;
insert into message_text (id, body, master_key_id, wrapped)
  select id, convert_to(text, 'UTF8'), 'unsealed', '' from message where text is not null;
update message set text_id = id where text is not null;
update referral_content set master_key_id = 'unsealed', wrapped = '' where body is not null;
update danger_statement set body = convert_to(facts, 'UTF8'), master_key_id = 'unsealed', wrapped = '';
update activity_report_text set body = convert_to(json_build_array(narrative, narrative_en)::text, 'UTF8'), master_key_id = 'unsealed', wrapped = ''
  where narrative is not null;
-- FORCE would hide the rows from the check of a foreign key, too.
-- AddForeignKey
ALTER TABLE "appointment_subject" ADD CONSTRAINT "appointment_subject_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_text_id_fkey" FOREIGN KEY ("text_id") REFERENCES "message_text"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
alter table activity_report_text force row level security;
alter table appointment force row level security;
alter table danger_statement force row level security;
alter table message force row level security;
alter table referral_content force row level security;

create or replace function may_pass_on(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment a where a.id = p_appointment
    and (a.booked_at_desk or exists (select from online_booking b where b.appointment_id = a.id and b.client_id is not null))
    and a.case_id is null and not exists (select from appointment_subject s where s.appointment_id = a.id)
    and a.district_id = any (viewer_districts('receptionist'))
    and not exists (select from appointment_person ap join person p on p.id = ap.person_id
      where ap.appointment_id = a.id and p.sensitive_file));
revoke all on function may_pass_on(uuid) from public, cosmos_app, cosmos_jobs;
-- AlterTable
ALTER TABLE "activity_report_text" DROP COLUMN "narrative",
DROP COLUMN "narrative_en";

-- AlterTable
ALTER TABLE "appointment" DROP COLUMN "subject";

-- AlterTable
ALTER TABLE "danger_statement" DROP COLUMN "facts",
ALTER COLUMN "body" SET NOT NULL,
ALTER COLUMN "master_key_id" SET NOT NULL,
ALTER COLUMN "wrapped" SET NOT NULL;

-- AlterTable
ALTER TABLE "message" DROP COLUMN "text";

-- CreateIndex
CREATE INDEX "appointment_subject_master_key_id_idx" ON "appointment_subject"("master_key_id");

-- CreateIndex
CREATE INDEX "message_text_master_key_id_idx" ON "message_text"("master_key_id");

-- CreateIndex
CREATE INDEX "activity_report_text_master_key_id_idx" ON "activity_report_text"("master_key_id");

-- CreateIndex
CREATE INDEX "danger_statement_master_key_id_idx" ON "danger_statement"("master_key_id");

-- CreateIndex
CREATE INDEX "incoming_request_content_master_key_id_idx" ON "incoming_request_content"("master_key_id");

-- CreateIndex
CREATE INDEX "message_text_id_idx" ON "message"("text_id");

-- CreateIndex
CREATE INDEX "referral_content_master_key_id_idx" ON "referral_content"("master_key_id");

create or replace function subject_is_not_of_the_desk() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from appointment a where a.id = new.appointment_id and (a.places is not null or a.booked_at_desk)) then
    raise 'neither a meeting nor what a desk books has a subject' using errcode = 'check_violation';
  end if;
  return new;
end $$;
revoke all on function subject_is_not_of_the_desk() from public, cosmos_app, cosmos_jobs;
create or replace function unsealed_texts(p_limit integer, out kept_in text, out id uuid, out version integer, out text text) returns setof record
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  return query select u.kept_in, u.id, u.version, convert_from(u.body, 'UTF8') from (
    select 'appointment_subject' as kept_in, s.appointment_id as id, null::integer as version, s.body from appointment_subject s
      where s.master_key_id = 'unsealed'
    union all select 'referral_content', c.referral_id, null, c.body from referral_content c where c.master_key_id = 'unsealed'
    union all select 'incoming_request_content', c.request_id, null, c.body from incoming_request_content c where c.master_key_id = 'unsealed'
    union all select 'message_text', t.id, null, t.body from message_text t where t.master_key_id = 'unsealed'
    union all select 'danger_statement', d.release_id, null, d.body from danger_statement d where d.master_key_id = 'unsealed'
    union all select 'activity_report_text', t.report_id, t.version, t.body from activity_report_text t where t.master_key_id = 'unsealed') u
    limit p_limit;
end $$;
revoke all on function unsealed_texts(int4) from public, cosmos_app, cosmos_jobs;
create or replace function seal_text(p_in text, p_id uuid, p_version integer, p_body bytea, p_master_key_id text, p_wrapped bytea) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform only_jobs();
  case p_in
    when 'appointment_subject' then
      update appointment_subject set body = p_body, master_key_id = p_master_key_id, wrapped = p_wrapped
        where appointment_id = p_id and master_key_id = 'unsealed';
    when 'referral_content' then
      update referral_content set body = p_body, master_key_id = p_master_key_id, wrapped = p_wrapped
        where referral_id = p_id and master_key_id = 'unsealed';
    when 'incoming_request_content' then
      update incoming_request_content set body = p_body, master_key_id = p_master_key_id, wrapped = p_wrapped
        where request_id = p_id and master_key_id = 'unsealed';
    when 'message_text' then
      update message_text set body = p_body, master_key_id = p_master_key_id, wrapped = p_wrapped
        where id = p_id and master_key_id = 'unsealed';
    when 'danger_statement' then
      update danger_statement set body = p_body, master_key_id = p_master_key_id, wrapped = p_wrapped
        where release_id = p_id and master_key_id = 'unsealed';
    when 'activity_report_text' then
      update activity_report_text set body = p_body, master_key_id = p_master_key_id, wrapped = p_wrapped
        where report_id = p_id and version = p_version and master_key_id = 'unsealed';
  end case;
end $$;
revoke all on function seal_text(text,uuid,int4,bytea,text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function send_blind_message(p_name text, p_birth_year integer, p_reference text, p_phone text,
    p_text_id uuid, p_body bytea, p_master_key_id text, p_wrapped bytea) returns setof uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_persons uuid[];
begin
  if may_send_blind_message() is not true then raise 'not theirs to send' using errcode = 'insufficient_privilege'; end if;
  v_persons := array(select p.id from person p
    where (normalised_name(p.given_name || ' ' || p.family_name) = normalised_name(p_name)
        or normalised_name(p.family_name || ' ' || p.given_name) = normalised_name(p_name)
        or normalised_name(p.chosen_name) = normalised_name(p_name))
      and (extract(year from p.birth_date) = p_birth_year or p.reference = p_reference
        or regexp_replace(p.phone, '\D', '', 'g') = regexp_replace(p_phone, '\D', '', 'g'))
      and not has_nobody(p.id)
    order by p.reference limit 5);
  with reached as (
    select distinct on (r.worker_id, cp.person_id) r.worker_id, cp.person_id, cp.district_id, cp.case_id from case_person cp
    cross join lateral (
      select cp.assigned_worker_id as worker_id
      union select rl.stand_in_id from relay rl where rl.absent_worker_id = cp.assigned_worker_id
        and rl.district_id = cp.district_id and rl.starts_at <= now() and rl.ends_at > now()) r
    join membership m on m.worker_id = r.worker_id and m.district_id = cp.district_id and m.role = 'SOCIAL_WORKER'
      and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())
    where cp.person_id = any (v_persons) and cp.assigned_worker_id is not null
    order by r.worker_id, cp.person_id, cp.case_id),
  kept as (
    insert into message_text (id, body, master_key_id, wrapped)
    select p_text_id, p_body, p_master_key_id, p_wrapped where exists (select from reached)),
  sent as (
    insert into message (district_id, worker_id, person_id, text_id, from_worker_id)
    select district_id, worker_id, person_id, p_text_id, viewer_worker() from reached)
  insert into notification (worker_id, kind, case_id) select worker_id, 'BLIND_MESSAGE'::"NotificationKind", case_id from reached;
  return query select unnest(v_persons);
end $$;
revoke all on function send_blind_message(text,int4,text,text,uuid,bytea,text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function only_worker(p_request appointment_request) returns uuid
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_worker uuid;
begin
  select a.worker_ids[1] into v_worker from appointment a
    where a.id = p_request.appointment_id and a.status = 'BOOKED' and (a.case_id is not null
      or exists (select from appointment_subject s where s.appointment_id = a.id)
      or exists (select from appointment_person ap join person p on p.id = ap.person_id
        where ap.appointment_id = a.id and p.sensitive_file));
  if found then return v_worker; end if;
  -- No worker has this id: a request for a case's worker waits while the case has none.
  if p_request.case_worker_only then
    return coalesce(p_request.case_worker_id, '00000000-0000-0000-0000-000000000000');
  end if;
  if p_request.duty_worker_only or exists (select from person p where p.id = p_request.person_id and p.sensitive_file) then
    return coalesce(p_request.case_worker_id, p_request.duty_worker_id);
  end if;
  return null;
end $$;
revoke all on function only_worker(appointment_request) from public, cosmos_app, cosmos_jobs;
create or replace function read_online(p_appointment uuid, p_secret_hash bytea)
  returns table (id uuid, district_id uuid, type_code text, mode text, status text, place text, starts_at timestamptz,
    ends_at timestamptz, version integer, online_person_ids uuid[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.type_code, a.mode::text, a.status::text, a.place, a.starts_at, a.ends_at, a.shown_version,
    a.online_person_ids
  from managed_online(p_appointment, p_secret_hash) a;
end;
revoke all on function read_online(uuid,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function is_sealed(p_body bytea, p_master_key_id text, p_wrapped bytea) returns boolean
  language sql immutable parallel safe
  return case num_nonnulls(p_body, p_master_key_id, p_wrapped)
    when 0 then true
    when 3 then substr(p_body, 1, 1) = '\x01' and octet_length(p_body) % 256 = 29 and p_master_key_id <> 'unsealed'
    else false end;
revoke all on function is_sealed(bytea,text,bytea) from public, cosmos_app, cosmos_jobs, cosmos_keeper;
create or replace function count_unsealed_texts() returns integer
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select (select count(*) from appointment_subject where master_key_id = 'unsealed')
    + (select count(*) from referral_content where master_key_id = 'unsealed')
    + (select count(*) from incoming_request_content where master_key_id = 'unsealed')
    + (select count(*) from message_text where master_key_id = 'unsealed')
    + (select count(*) from danger_statement where master_key_id = 'unsealed')
    + (select count(*) from activity_report_text where master_key_id = 'unsealed');
end;
revoke all on function count_unsealed_texts() from public, cosmos_app, cosmos_jobs;
alter function may_pass_on owner to cosmos_keeper;
grant execute on function may_pass_on to cosmos_app;
alter function read_online owner to cosmos_keeper;
grant execute on function read_online to cosmos_app;
alter function subject_is_not_of_the_desk owner to cosmos_keeper;
grant execute on function is_sealed to public;
alter function unsealed_texts owner to cosmos_keeper;
grant execute on function unsealed_texts to cosmos_jobs;
alter function seal_text owner to cosmos_keeper;
grant execute on function seal_text to cosmos_jobs;
alter function count_unsealed_texts owner to cosmos_keeper;
grant execute on function count_unsealed_texts to cosmos_app, cosmos_jobs;
alter function send_blind_message owner to cosmos_keeper;
grant execute on function send_blind_message to cosmos_app;
alter function only_worker owner to cosmos_keeper;
alter table appointment add constraint appointment_collective check (places is null or case_id is null);
alter table appointment_subject add constraint appointment_subject_sealed check (is_sealed(body, master_key_id, wrapped)) not valid;
alter table referral_content add constraint referral_content_short check (cardinality(need_codes) <= 20);
alter table referral_content add constraint referral_content_sealed check (is_sealed(body, master_key_id, wrapped)) not valid;
alter table incoming_request_content add constraint incoming_request_content_sealed check (is_sealed(body, master_key_id, wrapped)) not valid;
alter table message add constraint message_text_of_someone check ((text_id is null) = (from_worker_id is null));
alter table message_text add constraint message_text_sealed check (is_sealed(body, master_key_id, wrapped)) not valid;
alter table danger_statement add constraint danger_statement_sealed check (is_sealed(body, master_key_id, wrapped)) not valid;
alter table activity_report_text add constraint activity_report_text_sealed check (is_sealed(body, master_key_id, wrapped)) not valid;
create trigger subject_is_not_of_the_desk before insert on appointment_subject
  for each row execute function subject_is_not_of_the_desk();
revoke all on appointment from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment enable row level security, force row level security;
grant select on appointment to cosmos_app;
grant insert (
  id, district_id, case_id, type_code, mode, starts_at, ends_at, asked_by, expected_back_at, place, places,
  booked_at_desk
) on appointment to cosmos_app;
grant update (
  type_code, mode, status, starts_at, ends_at, version, back_at, cancellation_reason, expected_back_at, place,
  places_unnamed
) on appointment to cosmos_app;
grant select on appointment to cosmos_keeper;
grant insert (id, district_id, case_id, type_code, mode, starts_at, ends_at, asked_by, place) on appointment to cosmos_keeper;
grant update (
  mode, status, starts_at, ends_at, version, case_worker_id, worker_ids, online_person_ids, back_at, expected_back_at,
  place, places_named, place_by_id
) on appointment to cosmos_keeper;
revoke all on appointment_subject from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table appointment_subject enable row level security, force row level security;
grant select on appointment_subject to cosmos_app;
grant insert (appointment_id, body, master_key_id, wrapped) on appointment_subject to cosmos_app;
grant select on appointment_subject to cosmos_keeper;
grant update (body, master_key_id, wrapped) on appointment_subject to cosmos_keeper;
grant select (appointment_id, master_key_id, wrapped) on appointment_subject to cosmos_jobs;
grant update (master_key_id, wrapped) on appointment_subject to cosmos_jobs;
revoke all on referral_content from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table referral_content enable row level security, force row level security;
grant select on referral_content to cosmos_app;
grant insert (referral_id, body, master_key_id, wrapped, need_codes) on referral_content to cosmos_app;
grant select on referral_content to cosmos_keeper;
grant update (body, master_key_id, wrapped) on referral_content to cosmos_keeper;
grant select (referral_id, master_key_id, wrapped) on referral_content to cosmos_jobs;
grant update (master_key_id, wrapped) on referral_content to cosmos_jobs;
revoke all on incoming_request_content from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table incoming_request_content enable row level security, force row level security;
grant select on incoming_request_content to cosmos_app;
grant insert (request_id, body, master_key_id, wrapped) on incoming_request_content to cosmos_app;
grant select on incoming_request_content to cosmos_keeper;
grant update (body, master_key_id, wrapped) on incoming_request_content to cosmos_keeper;
grant select (request_id, master_key_id, wrapped) on incoming_request_content to cosmos_jobs;
grant update (master_key_id, wrapped) on incoming_request_content to cosmos_jobs;
revoke all on message from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table message enable row level security, force row level security;
grant select on message to cosmos_app;
grant insert (id, district_id, worker_id, person_id, name, phone, call_from, call_until) on message to cosmos_app;
grant update (done_at, version) on message to cosmos_app;
grant insert (district_id, worker_id, person_id, from_worker_id, text_id) on message to cosmos_keeper;
revoke all on message_text from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table message_text enable row level security, force row level security;
grant select on message_text to cosmos_app;
grant select, insert on message_text to cosmos_keeper;
grant update (body, master_key_id, wrapped) on message_text to cosmos_keeper;
grant select (id, master_key_id, wrapped) on message_text to cosmos_jobs;
grant update (master_key_id, wrapped) on message_text to cosmos_jobs;
revoke all on danger_statement from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table danger_statement enable row level security, force row level security;
grant select, insert on danger_statement to cosmos_app;
grant select on danger_statement to cosmos_keeper;
grant update (body, master_key_id, wrapped) on danger_statement to cosmos_keeper;
grant select (release_id, master_key_id, wrapped) on danger_statement to cosmos_jobs;
grant update (master_key_id, wrapped) on danger_statement to cosmos_jobs;
revoke all on activity_report_text from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table activity_report_text enable row level security, force row level security;
grant select, insert on activity_report_text to cosmos_app;
grant select on activity_report_text to cosmos_keeper;
grant update (body, master_key_id, wrapped) on activity_report_text to cosmos_keeper;
grant select (report_id, version, master_key_id, wrapped) on activity_report_text to cosmos_jobs;
grant update (master_key_id, wrapped) on activity_report_text to cosmos_jobs;
create policy appointment_booked_at_desk on appointment as restrictive for insert to cosmos_app with check (
  not booked_at_desk
  or (case_id is null and district_id = any ((select viewer_districts('receptionist'))::uuid[])));
create policy appointment_subject_read on appointment_subject for select to cosmos_app using (
  exists (select from appointment a where a.id = appointment_id and (
    ((select viewer_worker()) = any (a.worker_ids) and a.district_id = any ((select viewer_districts('any'))::uuid[]))
    or (a.case_worker_id = (select viewer_worker()) and a.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (a.case_worker_id || ':' || a.district_id) = any ((select viewer_relays())::text[]))));
create policy appointment_subject_write on appointment_subject for insert to cosmos_app with check (
  exists (select from appointment a where a.id = appointment_id and (
    ((select viewer_worker()) = any (a.worker_ids) and a.district_id = any ((select viewer_districts('any'))::uuid[]))
    or (a.case_worker_id = (select viewer_worker()) and a.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (a.case_worker_id || ':' || a.district_id) = any ((select viewer_relays())::text[]))));
create policy appointment_subject_rotation on appointment_subject for all to cosmos_jobs using ((select is_jobs()));
create policy referral_content_rotation on referral_content for all to cosmos_jobs using ((select is_jobs()));
create policy incoming_request_content_rotation on incoming_request_content for all to cosmos_jobs using ((select is_jobs()));
create policy message_text_read on message_text for select to cosmos_app using (exists (select from message m where m.text_id = message_text.id
  and m.worker_id = (select viewer_worker()) and m.district_id = any ((select viewer_districts('any'))::uuid[])));
create policy message_text_rotation on message_text for all to cosmos_jobs using ((select is_jobs()));
create policy danger_statement_rotation on danger_statement for all to cosmos_jobs using ((select is_jobs()));
create policy activity_report_text_rotation on activity_report_text for all to cosmos_jobs using ((select is_jobs()));
