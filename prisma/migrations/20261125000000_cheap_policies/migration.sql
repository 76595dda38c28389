-- What a policy costs is its planning, which every statement pays anew: a page of persons took 11 ms to plan.

-- ---- Who is asking -----------------------------------------------------------------------------------------
-- In PL/pgSQL the planner has nothing to inline: a third of the time, for the thirty times that they stand in the
-- policies of one statement.
create or replace function viewer_setting(name text) returns text
  language plpgsql stable parallel safe
  as $$ begin return nullif(current_setting('cosmos.' || name, true), ''); end $$;
create or replace function viewer_worker() returns uuid
  language plpgsql stable parallel safe as $$ begin return viewer_setting('worker')::uuid; end $$;
create or replace function viewer_person() returns uuid
  language plpgsql stable parallel safe as $$ begin return viewer_setting('person')::uuid; end $$;
create or replace function viewer_actor() returns text
  language plpgsql stable parallel safe as $$ begin return viewer_setting('actor'); end $$;
create or replace function viewer_districts(role text) returns uuid[]
  language plpgsql stable parallel safe
  as $$ begin return coalesce(viewer_setting('districts_' || role)::uuid[], '{}'); end $$;
create or replace function viewer_relays() returns text[]
  language plpgsql stable parallel safe
  as $$ begin return coalesce(viewer_setting('relays')::text[], '{}'); end $$;
create or replace function viewer_has_role(role text) returns boolean
  language plpgsql stable parallel safe
  as $$ begin return coalesce(role = any (viewer_setting('county_roles')::text[]), false); end $$;
create or replace function viewer_has_scope(scope text) returns boolean
  language plpgsql stable parallel safe
  as $$ begin return coalesce(scope = any (viewer_setting('scopes')::text[]), false); end $$;
create or replace function viewer_note_reader() returns uuid
  language plpgsql stable parallel safe
  as $$ begin return case when viewer_has_scope('notes:read') then viewer_worker() end; end $$;

-- ---- Who knows a person by an appointment: on the row itself ---------------------------------------------------
-- A policy that joins to a table with policies of its own is planned with all of them.
ALTER TABLE "appointment_person" ADD COLUMN "case_worker_id" UUID,
ADD COLUMN "district_id" UUID,
ADD COLUMN "known_until" TIMESTAMPTZ(3),
ADD COLUMN "worker_ids" UUID[];

-- Until when the appointment's workers know who came: 30 days after its end, and not at all once it is cancelled.
create function known_until(p_status "AppointmentStatus", p_ends_at timestamptz) returns timestamptz
  language sql immutable parallel safe
  return case when p_status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') then p_ends_at + interval '720 hours' end;

create function appointment_person_takes_its_appointment() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select district_id, worker_ids, case_worker_id, known_until(status, ends_at)
    into new.district_id, new.worker_ids, new.case_worker_id, new.known_until
    from appointment where id = new.appointment_id;
  return new;
end $$;
create trigger appointment_person_takes_its_appointment before insert on appointment_person
  for each row execute function appointment_person_takes_its_appointment();

create function appointment_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update appointment_person set district_id = new.district_id, worker_ids = new.worker_ids,
    case_worker_id = new.case_worker_id, known_until = known_until(new.status, new.ends_at)
    where appointment_id = new.id;
  return null;
end $$;
create trigger appointment_changed after update of district_id, worker_ids, case_worker_id, status, ends_at on appointment
  for each row execute function appointment_changed();

alter table appointment_person no force row level security;
alter table appointment no force row level security;
update appointment_person ap set district_id = a.district_id, worker_ids = a.worker_ids,
  case_worker_id = a.case_worker_id, known_until = known_until(a.status, a.ends_at)
  from appointment a where a.id = ap.appointment_id;
alter table appointment force row level security;
alter table appointment_person force row level security;
ALTER TABLE "appointment_person" ALTER COLUMN "district_id" SET NOT NULL;

grant update (district_id, worker_ids, case_worker_id, known_until) on appointment_person to cosmos_keeper;
revoke all on function appointment_person_takes_its_appointment(), appointment_changed() from public;
alter function appointment_person_takes_its_appointment() owner to cosmos_keeper;
alter function appointment_changed() owner to cosmos_keeper;

drop policy appointment_person_read on appointment_person;
create policy appointment_person_read on appointment_person for select to cosmos_app using (
  (person_id = (select viewer_person()) and show_online)
  or district_id = any ((select viewer_districts('receptionist'))::uuid[])
  or (case_worker_id = (select viewer_worker()) and district_id = any ((select viewer_districts('social_worker'))::uuid[]))
  or (case_worker_id || ':' || district_id) = any ((select viewer_relays())::text[])
  or ((select viewer_worker()) = any (worker_ids) and known_until > now()
    and district_id = any ((select viewer_districts('any'))::uuid[])));

drop policy person_read on person;
create policy person_read on person for select to cosmos_app using (
  id = (select viewer_person())
  -- The desk: the district's persons, but for files that a colleague or a neighbour must not open.
  or (not sensitive_file and (
    district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or exists (select from appointment_person ap where ap.person_id = person.id
      and ap.district_id = any ((select viewer_districts('receptionist'))::uuid[]))))
  or exists (select from case_person cp where cp.person_id = person.id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or cp.district_id = any ((select viewer_districts('district_head'))::uuid[])
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[])))
  or exists (select from appointment_person ap where ap.person_id = person.id
    and (select viewer_worker()) = any (ap.worker_ids) and ap.known_until > now()
    and ap.district_id = any ((select viewer_districts('any'))::uuid[])));

drop policy person_change on person;
create policy person_change on person for update to cosmos_app using (
  (not sensitive_file and (
    district_id = any ((select viewer_districts('receptionist'))::uuid[])
    or exists (select from appointment_person ap where ap.person_id = person.id
      and ap.district_id = any ((select viewer_districts('receptionist'))::uuid[]))))
  or exists (select from case_person cp where cp.person_id = person.id and (
    (cp.assigned_worker_id = (select viewer_worker()) and cp.district_id = any ((select viewer_districts('social_worker'))::uuid[]))
    or (cp.assigned_worker_id || ':' || cp.district_id) = any ((select viewer_relays())::text[]))));

drop policy worker_read on worker;
create policy worker_read on worker for select to cosmos_app using (
  (select viewer_worker()) is not null
  or (select viewer_setting('client_reads_directory')) = 'yes'
  or exists (select from appointment a where a.worker_ids @> array[worker.id]
    and (select viewer_person()) = any (a.online_person_ids))
  or exists (select from "case" c where c.assigned_worker_id = worker.id
    and (select viewer_person()) = any (c.online_person_ids)));
