-- Rule 4: a version takes no account of fields that the viewer cannot read. That of an appointment moved with who else is there, with an
-- opened contact, with an expected return and with who receives: the person and the booking client learned of each.

-- AlterTable
ALTER TABLE "appointment" ADD COLUMN "shown_version" INTEGER NOT NULL DEFAULT 1;

-- The versions that they have been answered stay as they are. No rule is asked: the owner is bound by them too.
alter table appointment no force row level security;
alter table appointment disable trigger user;
update appointment set shown_version = version;
alter table appointment enable trigger user;
alter table appointment force row level security;

-- What the person and the booking client read of it. A place that follows the hours of another time comes with that time.
create function appointment_shows_its_version() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.version <> old.version and (new.status, new.starts_at, new.ends_at, new.mode, new.place, new.type_code)
    is distinct from (old.status, old.starts_at, old.ends_at, old.mode, old.place, old.type_code) then
    new.shown_version := old.shown_version + 1;
  end if;
  return new;
end $$;
revoke all on function appointment_shows_its_version() from public;
create trigger appointment_shows_its_version before update of version on appointment
  for each row execute function appointment_shows_its_version();

-- The appointments that the viewer manages online. Its text is read where it is called: what is added to an appointment later is in its rows
-- as well.
create or replace function managed_online(p_appointment uuid, p_secret_hash bytea) returns setof appointment
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.* from online_booking b join appointment a on a.id = b.appointment_id
  where b.secret_hash = p_secret_hash and b.client_id = viewer_client() and viewer_has_scope('booking')
    and a.ends_at > now() - interval '1 day'
  union all
  select a.* from appointment a
  where a.id = p_appointment and p_secret_hash is null and viewer_person() = any (a.online_person_ids)
    and viewer_has_scope('appointments:write') and a.ends_at > now() - interval '1 day';
$$;

-- As its booker sees it: without its workers, and with the version of that.
create or replace function read_online(p_appointment uuid, p_secret_hash bytea)
  returns table (id uuid, district_id uuid, type_code text, mode text, status text, place text, starts_at timestamptz,
    ends_at timestamptz, version integer, online_person_ids uuid[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.id, a.district_id, a.type_code, a.mode::text, a.status::text, a.place, a.starts_at, a.ends_at, a.shown_version,
    a.online_person_ids
  from managed_online(p_appointment, p_secret_hash) a;
end;

create or replace function changeable_online(p_appointment uuid, p_secret_hash bytea, p_version integer) returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_appointment appointment%rowtype;
begin
  if not exists (select from managed_online(p_appointment, p_secret_hash)) then return 'UNKNOWN'; end if;
  select a.* into v_appointment from appointment a
    where a.id = (select m.id from managed_online(p_appointment, p_secret_hash) m) for update;
  return case
    when v_appointment.shown_version is distinct from p_version then 'VERSION_CHANGED'
    when v_appointment.status <> 'BOOKED' or v_appointment.starts_at <= now() then 'STATE_CHANGED'
    when not exists (select from online_booking b where b.appointment_id = v_appointment.id
      and (b.secret_hash = p_secret_hash or (b.client_id is null and b.person_id = viewer_person()))) then 'BY_DESK'
    else 'FINE' end;
end $$;

-- Who was added to it is no reason to refuse, which would tell of them: a second worker neither.
create or replace function move_online(p_appointment uuid, p_secret_hash bytea, p_version integer, p_starts_at timestamptz) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_outcome text := changeable_online(p_appointment, p_secret_hash, p_version);
  v_before appointment%rowtype;
  v_ends_at timestamptz;
  v_workers uuid[];
  v_places text[];
  v_taken integer;
begin
  if v_outcome <> 'FINE' then return jsonb_build_object('outcome', v_outcome); end if;
  select * into v_before from managed_online(p_appointment, p_secret_hash);
  v_ends_at := p_starts_at + (v_before.ends_at - v_before.starts_at);
  if p_starts_at < now()
    or not exists (select from public_type(v_before.type_code, v_before.mode)) then
    return '{"outcome": "BY_DESK"}';
  end if;
  if p_starts_at = v_before.starts_at then return '{"outcome": "SAME"}'; end if;
  if viewer_person() is not null then
    perform pg_advisory_xact_lock(hashtextextended('cosmos:online:' || viewer_person(), 0));
    if exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id
        where ap.person_id = viewer_person() and ap.show_online and a.id <> v_before.id and a.status = 'BOOKED'
          and a.starts_at < v_ends_at and a.ends_at > p_starts_at) then
      return '{"outcome": "OWN"}';
    end if;
  end if;
  -- With whom it is held is not said, nor that there are several: their time is not found together.
  if cardinality(v_before.worker_ids) <> 1 then
    return jsonb_build_object('outcome', 'TAKEN', 'districtId', v_before.district_id, 'typeCode', v_before.type_code,
      'mode', v_before.mode, 'caseId', v_before.case_id);
  end if;
  -- As slots are offered now, and as they are once its own time is free: by less than its own length too.
  select array_agg(worker_id), array_agg(place) into v_workers, v_places from free_for_public_slot(v_before.district_id,
    v_before.type_code, v_before.mode, p_starts_at, v_ends_at, case when v_before.case_id is not null then v_before.case_worker_id end);
  update appointment set starts_at = p_starts_at, ends_at = v_ends_at, back_at = null,
    expected_back_at = expected_back_at + (p_starts_at - v_before.starts_at), version = version + 1 where id = v_before.id;
  delete from occupancy where appointment_id = v_before.id;
  select v_workers || array_agg(worker_id), v_places || array_agg(place) into v_workers, v_places from free_for_public_slot(
    v_before.district_id, v_before.type_code, v_before.mode, p_starts_at, v_ends_at,
    case when v_before.case_id is not null then v_before.case_worker_id end);
  select array_agg(worker), array_agg(place) into v_workers, v_places from (
    select worker, place from unnest(v_workers, v_places) with ordinality u (worker, place, nth)
    where v_before.case_id is null or worker = v_before.case_worker_id
    order by worker = v_before.worker_ids[1] desc, nth) u;
  v_taken := take_public_slot(v_before.id, v_before.district_id, coalesce(v_workers, '{}'), p_starts_at, v_ends_at);
  if v_taken is null then
    -- What is free instead is free while its own time is taken.
    insert into occupancy (worker_id, district_id, appointment_id, starts_at, ends_at)
      values (v_before.worker_ids[1], v_before.district_id, v_before.id, v_before.starts_at,
        coalesce(v_before.expected_back_at, v_before.ends_at)) on conflict do nothing;
    return jsonb_build_object('outcome', 'TAKEN', 'districtId', v_before.district_id, 'typeCode', v_before.type_code,
      'mode', v_before.mode, 'caseId', v_before.case_id);
  end if;
  update appointment set place = v_places[v_taken] where id = v_before.id and mode = 'ON_SITE';
  update appointment_participant set starts_at = starts_at + (p_starts_at - v_before.starts_at),
    ends_at = ends_at + (p_starts_at - v_before.starts_at) where appointment_id = v_before.id;
  if v_workers[v_taken] <> v_before.worker_ids[1] then
    delete from appointment_worker where appointment_id = v_before.id;
    insert into appointment_worker (appointment_id, worker_id) values (v_before.id, v_workers[v_taken]);
  end if;
  perform tell_others(v_before.id, 'MOVED', v_before.starts_at);
  return jsonb_build_object('outcome', 'MOVED', 'id', v_before.id, 'caseId', v_before.case_id,
    'personId', (select person_id from online_booking where appointment_id = v_before.id));
end $$;
