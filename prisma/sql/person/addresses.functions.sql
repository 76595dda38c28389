-- An address can kill. The person who looks for somebody may be a colleague, may stand at the desk, or may know one who does. So nobody opens
-- a contact by their own act, a confidential address belongs to the case that recorded it, and nothing goes to an open address beside it.

-- The case to which an address belongs if nobody names one: the person's oldest case with an assigned worker, or else the oldest. It is never
-- a second case that a worker has opened after a look-up. Only functions of cosmos_keeper may call it.
create function oldest_case_of(p_person uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select c.id from case_person cp join "case" c on c.id = cp.case_id where cp.person_id = p_person
    order by c.assigned_worker_id is null, c.opened_at, c.id limit 1);
alter function oldest_case_of owner to cosmos_keeper;

-- Returns the cases that keep an address of a person confidential, and since when. A confidential address covers one person, and nobody else
-- of the case. Only functions of cosmos_keeper may call it.
create function sheltering_cases(p_person uuid) returns table (case_id uuid, since timestamptz)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select a.case_id, min(a.recorded_at) from person_address a where a.person_id = p_person and a.confidential group by a.case_id;
end;
alter function sheltering_cases owner to cosmos_keeper;

-- The case whose safe address counts, of those that keep an address confidential: the case that the person had first (`oldest_case_of`), or else
-- the one that hid first. A second case that a colleague opens and hides does not stand before it. Only functions of cosmos_keeper may call it.
create function sheltering_case(p_person uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select f.case_id from sheltering_cases(p_person) f
    order by f.case_id is distinct from oldest_case_of(p_person), f.since, f.case_id limit 1);
alter function sheltering_case owner to cosmos_keeper;

-- Whether a person has a confidential address. Only functions of cosmos_keeper may call it.
create function is_sheltered(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (select from sheltering_cases(p_person));
alter function is_sheltered owner to cosmos_keeper;

-- Whether something may be sent to the number or mail address of a person. If a confidential address covers the person, a worker must have
-- said since then how the person is reached: somebody else may hold the old number by now. Only functions of cosmos_keeper may call it.
create function contact_is_named(p_person uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return not exists (select from person_address a where a.person_id = p_person and a.confidential and not a.contact_named);
alter function contact_is_named owner to cosmos_keeper;

-- Records that somebody has said how a person is reached, since a confidential address covers them. Only functions of cosmos_keeper may call
-- it.
create function name_contact(p_person uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  update person_address set contact_named = true where person_id = p_person and confidential and not contact_named;
end;
alter function name_contact owner to cosmos_keeper;

-- Keeps who reads the typed place of an appointment, after its workers or its mode changed. A worker who comes later reads it if the worker
-- who typed it, or the worker of the appointment's case, has put them there. A desk opens no place to a worker, and no worker opens one to
-- themselves. Only these two workers can turn a home visit into another mode. Only functions of cosmos_keeper may call it.
create function keep_place_readers(p_appointment uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  update withheld_place w set
      worker_ids = case when s.theirs then a.worker_ids
        else array(select unnest(w.worker_ids) intersect select unnest(a.worker_ids)) end,
      is_home = a.mode = 'HOME' or (w.is_home and not s.theirs)
    from appointment a
    cross join lateral (select viewer_worker() is null or coalesce((a.case_worker_id || ':' || a.district_id) = any (viewer_shelterings()), false)
      or exists (select from withheld_place t where t.appointment_id = a.id and t.typed_by_id = viewer_worker()) as theirs) s
    where a.id = p_appointment and w.appointment_id = a.id;
end;
alter function keep_place_readers owner to cosmos_keeper;

-- The address to which a letter to a person goes. It is the safe postal address that the person named, of the case that keeps an address
-- confidential if there is one. Without a confidential address an open one is enough. No row means no letter. None goes to an address while its
-- removal waits (`contact_word`). Only functions of cosmos_keeper may call it.
create function letter_address(p_person uuid) returns table (line text, postal_code text, city text, safe boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.line, l.postal_code, l.city, l.safe from (
    select s.line, s.postal_code, s.city, true as safe, 0 as nth, s.recorded_at, exists (select from contact_word w
      where w.person_id = s.person_id and w.case_id = s.case_id and w.kind = 'SAFE_ADDRESS' and w.used_since is null and w.ended_at is null
        and w.said -> 'address' = 'null') as removed from safe_address s
    where s.person_id = p_person and (not is_sheltered(p_person)
      or s.case_id = sheltering_case(p_person))
    union all
    select a.line, a.postal_code, a.city, false, 1, a.recorded_at, false from person_address a
    where a.person_id = p_person and not a.confidential and a.for_letters and not is_sheltered(p_person)
    order by nth, recorded_at desc limit 1) l
  where not l.removed;
end;
alter function letter_address owner to cosmos_keeper;

-- The same address for a viewer who prints the letter at a desk or who follows the person. A colleague who may call the person does not need
-- it. cosmos_app may call it.
create function letter_address_for_viewer(p_person uuid) returns table (line text, postal_code text, city text, safe boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select l.line, l.postal_code, l.city, l.safe from letter_address(p_person) l
  where desk_knows_contact(p_person) or follows_person(p_person);
end;
alter function letter_address_for_viewer owner to cosmos_keeper;
grant execute on function letter_address_for_viewer to cosmos_app;

-- Whether the viewer may read one more confidential address of another case on a ground: three cases a day for the stand-ins of a young
-- absence, and any number in case of danger. Only functions of cosmos_keeper may call it.
create function may_open_address(p_case uuid, p_ground text) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return p_ground = 'DANGER' or 3 > (select count(distinct l.case_id) from access_log l
    where l.actor_id = viewer_worker() and l.occurred_at >= now() - interval '1 day' and l.case_id <> p_case
      and l.action in ('READ_ADDRESS_AT_THEIR_REQUEST', 'READ_ADDRESS_FOR_A_VISIT'));
alter function may_open_address owner to cosmos_keeper;

-- Returns a confidential address of a person, on a ground, to two workers. If there are several, it is that of `sheltering_case`, as for
-- letters. The first worker is the duty worker, if the case has no assigned worker
-- and the desk has sent the person to them today; on the ground DANGER a call counts too. The second worker is the stand-in of the assigned
-- worker, for a number of cases a day (`may_open_address`). The assigned worker is told each time. cosmos_app may call it.
create function address_on_duty(p_person uuid, p_ground text)
  returns table (person_id uuid, case_id uuid, district_id uuid, line text, postal_code text, city text, version integer)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  return query with opened as (
    select a.person_id, a.case_id, a.district_id, a.line, a.postal_code, a.city, a.version,
      coalesce(a.assigned_worker_id, a.said_by_id) as told_id from person_address a
    where a.person_id = p_person and a.confidential and a.case_id is not null and viewer_has_scope('persons:read') and (
      (a.assigned_worker_id is null and sent_to_viewer(a.person_id, a.district_id, p_ground = 'DANGER'))
      or ((a.assigned_worker_id || ':' || a.district_id) = any (viewer_relays()) and may_open_address(a.case_id, p_ground)))
    order by a.case_id is distinct from sheltering_case(p_person), a.recorded_at, a.case_id limit 1),
  told as (insert into notification (worker_id, kind, case_id)
    select o.told_id, 'ADDRESS_READ'::"NotificationKind", o.case_id from opened o where o.told_id is distinct from viewer_worker() and o.told_id is not null)
  select o.person_id, o.case_id, o.district_id, o.line, o.postal_code, o.city, o.version from opened o;
end $$;
alter function address_on_duty owner to cosmos_keeper;
grant execute on function address_on_duty to cosmos_app;
