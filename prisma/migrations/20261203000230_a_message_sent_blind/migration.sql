-- A person of whom nothing is confirmed was reached by nobody: a message needs a worker and someone who may be booked. Whoever must reach
-- the worker who follows the person (on duty in a danger, the child-protection cell) sends one blind: the database finds whom it is for.

-- AlterTable
ALTER TABLE "message" ADD COLUMN "from_worker_id" UUID,
ADD COLUMN "text" TEXT;

-- CreateIndex
CREATE INDEX "message_from_worker_id_idx" ON "message"("from_worker_id");

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_from_worker_id_fkey" FOREIGN KEY ("from_worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A text has a sender, and nobody writes one but by the function below: `cosmos_app` has no right to the two columns.
alter table message
  add constraint message_text_of_someone check ((text is null) = (from_worker_id is null));

-- A technical adviser, for the child-protection cell; and a social worker who receives today: someone has come or called for them.
create function may_send_blind_message() returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return viewer_has_scope('appointments:write') and (viewer_has_role('TECHNICAL_ADVISER')
    or exists (select from visit v where v.worker_id = viewer_worker() and v.district_id = any (viewer_districts('social_worker'))
      and v.day = (now() at time zone 'Europe/Paris')::date));

-- Writes the message to each worker who follows someone of that full name and one thing said, anywhere in the county, and to their
-- stand-ins; at most five such persons. No district, sensitive file or "confirm nothing" is asked about: whoever sends it is answered
-- alike, and opens nothing to anyone. Answers whom it is about, for the log.
create function send_blind_message(p_name text, p_birth_year integer, p_reference text, p_phone text, p_text text) returns setof uuid
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
  sent as (
    insert into message (district_id, worker_id, person_id, text, from_worker_id)
    select district_id, worker_id, person_id, p_text, viewer_worker() from reached)
  insert into notification (worker_id, kind, case_id) select worker_id, 'BLIND_MESSAGE'::"NotificationKind", case_id from reached;
  return query select unnest(v_persons);
end $$;
grant insert (district_id, worker_id, person_id, text, from_worker_id) on message to cosmos_keeper;

do $$
declare f regprocedure;
begin
  foreach f in array array['may_send_blind_message()', 'send_blind_message(text,integer,text,text,text)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function may_send_blind_message(), send_blind_message(text,integer,text,text,text) to cosmos_app;
