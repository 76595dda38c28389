-- The few acts that must see all rows. cosmos_keeper (NOLOGIN, BYPASSRLS) owns these functions and nothing else;
-- FORCE ROW LEVEL SECURITY binds the owner too, and would let them update 0 rows in silence.

grant select on worker, client, person_account, membership, relay, person, "case", case_person, need,
  appointment, appointment_worker, appointment_person, handover, handover_note, interview_note, access_log to cosmos_keeper;
grant update (assigned_worker_id, online_person_ids) on "case" to cosmos_keeper;
grant update (reader_id) on interview_note to cosmos_keeper;
grant update (district_id, assigned_worker_id) on case_person, need to cosmos_keeper;
grant update (case_worker_id, worker_ids, online_person_ids) on appointment to cosmos_keeper;
grant insert on access_log to cosmos_keeper;
grant usage on sequence access_log_id_seq to cosmos_keeper;

-- ---- Login ------------------------------------------------------------------------------------------------
-- Who a verified token stands for, now: a disabled worker or client, an ended membership, a withdrawn scope count
-- from the next request. Sets the viewer of this transaction, and returns it; {"refused": why} sets nothing.
create function login(p_issuer text, p_subject text, p_client text, p_scopes text[]) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_client client%rowtype;
  v_worker worker%rowtype;
  v_person uuid;
  v_memberships jsonb := '[]';
  v_relays jsonb := '[]';
  v_role text;
begin
  select * into v_client from client where issuer = p_issuer and client_id = p_client;
  if not found then return '{"refused": "client-unknown"}'; end if;
  if v_client.disabled_at is not null then return '{"refused": "client-disabled"}'; end if;
  if not p_scopes <@ v_client.scopes then return '{"refused": "scope-not-granted"}'; end if;

  if v_client.kind = 'FRONT_END' then
    select * into v_worker from worker where issuer = p_issuer and subject = p_subject;
    if not found then
      select person_id into v_person from person_account where issuer = p_issuer and subject = p_subject;
      if not found then return '{"refused": "subject-unknown"}'; end if;
    elsif v_worker.disabled_at is not null then
      return '{"refused": "worker-disabled"}';
    end if;
  elsif p_subject <> p_client then
    return '{"refused": "subject-unknown"}';
  end if;

  if v_worker.id is not null then
    select coalesce(jsonb_agg(jsonb_build_object('role', role, 'districtId', district_id) order by role, district_id), '[]')
      into v_memberships from membership
      where worker_id = v_worker.id and starts_at <= now() and (ends_at is null or ends_at > now());
    select coalesce(jsonb_agg(jsonb_build_object('absentWorkerId', absent_worker_id, 'districtId', district_id)), '[]')
      into v_relays from relay r
      where stand_in_id = v_worker.id and starts_at <= now() and ends_at > now()
        and v_memberships @> jsonb_build_array(jsonb_build_object('role', 'SOCIAL_WORKER', 'districtId', r.district_id));
  end if;

  perform set_config('cosmos.worker', coalesce(v_worker.id::text, ''), true);
  perform set_config('cosmos.person', coalesce(v_person::text, ''), true);
  perform set_config('cosmos.actor', case
    when v_worker.id is not null then 'worker:' || v_worker.id
    when v_person is not null then 'person:' || v_person
    else 'client:' || v_client.id end, true);
  perform set_config('cosmos.scopes', p_scopes::text, true);
  perform set_config('cosmos.client_reads_directory', case
    when v_client.kind = 'INTEGRATION' and 'directory:read' = any (p_scopes) then 'yes' else '' end, true);
  perform set_config('cosmos.county_roles', (select coalesce(array_agg(m ->> 'role'), '{}')::text
    from jsonb_array_elements(v_memberships) m where m ->> 'districtId' is null), true);
  foreach v_role in array array['RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD'] loop
    perform set_config('cosmos.districts_' || lower(v_role), (select coalesce(array_agg(m ->> 'districtId'), '{}')::text
      from jsonb_array_elements(v_memberships) m where m ->> 'role' = v_role), true);
  end loop;
  perform set_config('cosmos.districts_any', (select coalesce(array_agg(distinct m ->> 'districtId'), '{}')::text
    from jsonb_array_elements(v_memberships) m
    where m ->> 'role' in ('RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD')), true);
  perform set_config('cosmos.relays', (select coalesce(array_agg((r ->> 'absentWorkerId') || ':' || (r ->> 'districtId')), '{}')::text
    from jsonb_array_elements(v_relays) r), true);

  return jsonb_build_object(
    'clientId', v_client.id, 'clientKind', v_client.kind, 'workerId', v_worker.id, 'personId', v_person,
    'memberships', v_memberships, 'relays', v_relays);
end $$;

-- ---- Rule 1: the reader of a note, kept true by the database ------------------------------------------------
-- The worker who holds the open assignment reads what they wrote, and what they accepted in a handover; nobody else.
-- Returns how many notes changed reader.
create function reset_note_readers(p_case uuid) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_assigned uuid := (select assigned_worker_id from "case" where id = p_case);
  v_changed integer;
begin
  update interview_note n set reader_id = r.reader from (
    select i.id, case
      when i.author_id = v_assigned then v_assigned
      when i.status = 'FINAL' and exists (select from handover_note hn join handover h on h.id = hn.handover_id
        where hn.note_id = i.id and h.case_id = i.case_id and h.to_worker_id = v_assigned and h.accepted_at is not null) then v_assigned
      end as reader
    from interview_note i where i.case_id = p_case) r
  where n.id = r.id and n.reader_id is distinct from r.reader;
  get diagnostics v_changed = row_count;
  return v_changed;
end $$;

create function assignment_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_case uuid := coalesce(new.case_id, old.case_id);
  v_open uuid := (select worker_id from assignment where case_id = v_case and ends_at is null);
  v_district uuid;
begin
  update "case" set assigned_worker_id = v_open where id = v_case returning district_id into v_district;
  if not found then raise 'case of an assignment not found'; end if;
  update case_person set assigned_worker_id = v_open where case_id = v_case;
  update need set assigned_worker_id = v_open where case_id = v_case;
  update appointment set case_worker_id = v_open where case_id = v_case;
  perform reset_note_readers(v_case);
  return null;
end $$;
grant select on assignment to cosmos_keeper;
create trigger assignment_changed after insert or update or delete on assignment
  for each row execute function assignment_changed();

create function handover_accepted() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.accepted_at is null and new.accepted_at is not null then perform reset_note_readers(new.case_id); end if;
  return null;
end $$;
create trigger handover_accepted after update of accepted_at on handover
  for each row execute function handover_accepted();

create function note_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if (new.case_id, new.author_id, new.written_at) is distinct from (old.case_id, old.author_id, old.written_at)
      or (old.status = 'FINAL' and new.status = 'DRAFT') then raise 'a note keeps its case, author and time';
    end if;
    return new;
  end if;
  select district_id, assigned_worker_id into new.district_id, new.reader_id from "case"
    where id = new.case_id and assigned_worker_id = new.author_id;
  return new;
end $$;
create trigger note_takes_its_case before insert or update on interview_note
  for each row execute function note_takes_its_case();

-- ---- Copies of the case's columns ---------------------------------------------------------------------------
create function row_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select district_id, assigned_worker_id into new.district_id, new.assigned_worker_id from "case" where id = new.case_id;
  return new;
end $$;
create trigger row_takes_its_case before insert on case_person for each row execute function row_takes_its_case();
create trigger row_takes_its_case before insert on need for each row execute function row_takes_its_case();

create function case_persons_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_case uuid := coalesce(new.case_id, old.case_id);
begin
  update "case" set online_person_ids = coalesce((select array_agg(person_id order by person_id)
    from case_person where case_id = v_case and show_online), '{}') where id = v_case
    and online_person_ids is distinct from coalesce((select array_agg(person_id order by person_id)
    from case_person where case_id = v_case and show_online), '{}');
  return null;
end $$;
create trigger case_persons_changed after insert or update of show_online or delete on case_person
  for each row execute function case_persons_changed();

create function appointment_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.case_worker_id := (select assigned_worker_id from "case" where id = new.case_id);
  return new;
end $$;
create trigger appointment_takes_its_case before insert or update of case_id on appointment
  for each row execute function appointment_takes_its_case();

create function appointment_workers_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_appointment uuid := coalesce(new.appointment_id, old.appointment_id);
begin
  update appointment set worker_ids = coalesce((select array_agg(worker_id order by worker_id)
    from appointment_worker where appointment_id = v_appointment), '{}') where id = v_appointment;
  return null;
end $$;
create trigger appointment_workers_changed after insert or delete on appointment_worker
  for each row execute function appointment_workers_changed();

create function appointment_persons_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_appointment uuid := coalesce(new.appointment_id, old.appointment_id);
begin
  update appointment set online_person_ids = coalesce((select array_agg(person_id order by person_id)
    from appointment_person where appointment_id = v_appointment and show_online), '{}') where id = v_appointment
    and online_person_ids is distinct from coalesce((select array_agg(person_id order by person_id)
    from appointment_person where appointment_id = v_appointment and show_online), '{}');
  return null;
end $$;
create trigger appointment_persons_changed after insert or update of show_online or delete on appointment_person
  for each row execute function appointment_persons_changed();

-- ---- Directory facts that checks need ------------------------------------------------------------------------
-- Whether a worker may be assigned cases of a district: a social worker there now, not disabled, not its head.
create function may_be_assigned(p_worker uuid, p_district uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from membership m join worker w on w.id = m.worker_id
      where m.worker_id = p_worker and m.district_id = p_district and m.role = 'SOCIAL_WORKER' and w.disabled_at is null
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()))
    and not exists (select from membership m
      where m.worker_id = p_worker and m.district_id = p_district and m.role = 'DISTRICT_HEAD'
        and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now()));

-- ---- Look-up of a person ---------------------------------------------------------------------------------------
-- Full name and one thing the person says; at most 5; the viewer's districts; no fact of any case.
create function look_up_person(p_name text, p_birth_year integer, p_reference text, p_phone text)
  returns table (id uuid, given_name text, family_name text, chosen_name text, birth_year integer, reference text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, p.given_name, p.family_name, p.chosen_name, extract(year from p.birth_date)::integer, p.reference
  from person p
  where (normalised_name(p.given_name || ' ' || p.family_name) = normalised_name(p_name)
      or normalised_name(p.family_name || ' ' || p.given_name) = normalised_name(p_name)
      or normalised_name(p.chosen_name) = normalised_name(p_name))
    and (extract(year from p.birth_date) = p_birth_year or p.reference = p_reference
      or regexp_replace(p.phone, '\D', '', 'g') = regexp_replace(p_phone, '\D', '', 'g'))
    and ((p.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file)
      or p.district_id = any (viewer_districts('social_worker')))
  order by p.reference limit 5;
end;
create index person_given_then_family on person (normalised_name(given_name || ' ' || family_name));
create index person_family_then_given on person (normalised_name(family_name || ' ' || given_name));
drop index person_family_name;

-- A person just registered, or within look-up, as a look-up shows them.
create function registered_person(p_id uuid)
  returns table (id uuid, given_name text, family_name text, chosen_name text, birth_date date, reference text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id, p.given_name, p.family_name, p.chosen_name, p.birth_date, p.reference from person p
  where p.id = p_id and ((p.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file)
    or p.district_id = any (viewer_districts('social_worker')));
end;

-- Which of these persons the viewer could have found by look-up: what a booking or a new case may name.
create function persons_within_look_up(p_ids uuid[]) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select p.id from person p where p.id = any (p_ids)
    and ((p.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file)
      or p.district_id = any (viewer_districts('social_worker'))
      or p.district_id = any (viewer_districts('district_head')));
end;

-- ---- Access log: rule 9 ----------------------------------------------------------------------------------------
-- Who acts is the viewer of the transaction, whatever the caller says.
create function log_access(p_operation uuid, p_entries jsonb) returns integer
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare v_written integer;
begin
  insert into access_log (operation_id, actor_kind, actor_id, action, outcome, case_id, person_id, target_worker_id)
  select p_operation, coalesce(upper(split_part(viewer_actor(), ':', 1)), 'ANONYMOUS'), nullif(split_part(viewer_actor(), ':', 2), '')::uuid, e ->> 'action', e ->> 'outcome', (e ->> 'caseId')::uuid,
    (e ->> 'personId')::uuid, (e ->> 'targetWorkerId')::uuid
  from jsonb_array_elements(p_entries) e;
  get diagnostics v_written = row_count;
  return v_written;
end $$;

-- What others than a note's reader may know of a case's log: reads and writes of notes are one line per day,
-- without time, number or author.
create function read_access_log(p_case uuid, p_limit integer) returns table
  (occurred_on date, occurred_at timestamptz, action text, outcome text, actor_kind text, actor_id uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select * from (
    select (l.occurred_at at time zone 'Europe/Paris')::date, l.occurred_at, l.action, l.outcome, l.actor_kind, l.actor_id
    from access_log l where l.case_id = p_case
      -- What else an operation on notes did would tell when, and by whom.
      and not exists (select from access_log n where n.operation_id = l.operation_id
        and (n.action like '%NOTE%' or n.action like '%HANDOVER%'))
    union all
    select distinct (l.occurred_at at time zone 'Europe/Paris')::date, null::timestamptz, 'CONFIDENTIAL_PART', 'DONE',
      null, null::uuid
    from access_log l where l.case_id = p_case and (l.action like '%NOTE%' or l.action like '%HANDOVER%')) e
  where viewer_has_role('DATA_PROTECTION_OFFICER') and viewer_has_scope('log:read')
  order by 1 desc, 2 desc nulls last limit p_limit;
end;

-- Who may add workers to an appointment: the desk of its district; a social worker there who has just made it, takes
-- part, follows the case or stands in.
create function may_staff(p_appointment uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from appointment a where a.id = p_appointment and (
    a.district_id = any (viewer_districts('receptionist'))
    or (a.district_id = any (viewer_districts('social_worker'))
      and (a.worker_ids = '{}' or viewer_worker() = any (a.worker_ids) or a.case_worker_id = viewer_worker()
        or (a.case_worker_id || ':' || a.district_id) = any (viewer_relays())))));
create policy appointment_worker_add on appointment_worker for insert to cosmos_app with check (may_staff(appointment_id));

-- Whom the viewer may book: within look-up, or already known by a case followed or an appointment.
create function may_book_person(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from persons_within_look_up(array[p_person]))
    or exists (select from case_person cp where cp.person_id = p_person and (
      (cp.assigned_worker_id = viewer_worker() and cp.district_id = any (viewer_districts('social_worker')))
      or (cp.assigned_worker_id || ':' || cp.district_id) = any (viewer_relays())))
    or exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
      join person p on p.id = ap.person_id where ap.person_id = p_person and (
        (a.district_id = any (viewer_districts('receptionist')) and not p.sensitive_file)
        or (viewer_worker() = any (a.worker_ids) and a.district_id = any (viewer_districts('any'))
          and a.status not in ('CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE') and a.ends_at > now() - interval '30 days')));
create policy appointment_person_add on appointment_person for insert to cosmos_app with check (
  exists (select from appointment a where a.id = appointment_id) and may_book_person(person_id));

-- A case is opened about persons within look-up, and nobody is added once it is assigned.
create policy case_person_add on case_person for insert to cosmos_app with check (
  assigned_worker_id is null
  and (district_id = any ((select viewer_districts('social_worker'))::uuid[])
    or district_id = any ((select viewer_districts('district_head'))::uuid[]))
  and person_id in (select persons_within_look_up(array[person_id])));

-- When these workers are busy or absent, in whatever district: only that, to propose what is free.
create function busy_intervals(p_workers uuid[], p_from timestamptz, p_until timestamptz)
  returns table (starts_at timestamptz, ends_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select o.starts_at, o.ends_at from occupancy o
    where o.worker_id = any (p_workers) and o.starts_at < p_until and o.ends_at > p_from
  union all
  select a.starts_at, coalesce(a.ends_at, 'infinity') from absence a
    where a.worker_id = any (p_workers) and a.starts_at < p_until and (a.ends_at is null or a.ends_at > p_from);
end;
grant select on occupancy, absence to cosmos_keeper;

-- ---- What the application may change, and only in one direction ----------------------------------------------
create function assignment_keeps_its_past() returns trigger language plpgsql as $$
begin
  if (new.case_id, new.worker_id, new.starts_at) is distinct from (old.case_id, old.worker_id, old.starts_at)
    or (old.ends_at is not null and new.ends_at is distinct from old.ends_at) then
    raise 'an assignment keeps its past';
  end if;
  return new;
end $$;
create trigger assignment_keeps_its_past before update on assignment
  for each row execute function assignment_keeps_its_past();

-- Taking a right away is an act of one administrator; giving one takes two people, and is not done by an update.
create function rights_only_end() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'membership' then
    if new.ends_at is null or new.ends_at > old.ends_at then raise 'a membership only ends'; end if;
  elsif old.disabled_at is not null and new.disabled_at is distinct from old.disabled_at then
    raise 'what is disabled stays so';
  end if;
  return new;
end $$;
create trigger rights_only_end before update on membership
  for each row when (current_user = 'cosmos_app') execute function rights_only_end();
create trigger rights_only_end before update on worker
  for each row when (current_user = 'cosmos_app') execute function rights_only_end();
create trigger rights_only_end before update on client
  for each row when (current_user = 'cosmos_app') execute function rights_only_end();
create function scopes_only_shrink() returns trigger language plpgsql as $$
begin
  if not new.scopes <@ old.scopes then raise 'a client gets no scope by an update'; end if;
  return new;
end $$;
create trigger scopes_only_shrink before update on client
  for each row when (current_user = 'cosmos_app') execute function scopes_only_shrink();

do $$
declare f regprocedure;
begin
  foreach f in array array[
    'login(text,text,text,text[])', 'reset_note_readers(uuid)', 'assignment_changed()', 'handover_accepted()',
    'note_takes_its_case()', 'row_takes_its_case()', 'case_persons_changed()', 'appointment_takes_its_case()',
    'appointment_workers_changed()', 'appointment_persons_changed()', 'may_be_assigned(uuid,uuid)',
    'look_up_person(text,integer,text,text)', 'persons_within_look_up(uuid[])', 'registered_person(uuid)', 'may_staff(uuid)', 'may_book_person(uuid)', 'busy_intervals(uuid[],timestamptz,timestamptz)',
    'log_access(uuid,jsonb)', 'read_access_log(uuid,integer)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function login(text,text,text,text[]), may_be_assigned(uuid,uuid),
  look_up_person(text,integer,text,text), persons_within_look_up(uuid[]), registered_person(uuid), may_staff(uuid), may_book_person(uuid), busy_intervals(uuid[],timestamptz,timestamptz), log_access(uuid,jsonb),
  read_access_log(uuid,integer) to cosmos_app;
