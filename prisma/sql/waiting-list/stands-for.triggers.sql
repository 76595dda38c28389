-- AFTER a request is made for a person with "confirm nothing": makes the request without a name that the desk and the head read instead.
create function request_is_veiled() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from person p where p.id = new.person_id and p.confirm_nothing) then
    update appointment_request set veiled_at = now() where id = new.id;
    perform put_in_place_of(new);
  end if;
  return null;
end $$;
alter function request_is_veiled owner to cosmos_keeper;
create trigger request_is_veiled after insert on appointment_request
  for each row when (new.person_id is not null and new.stands_for_id is null and new.status = 'WAITING')
  execute function request_is_veiled();

-- BEFORE the desk gives a name to a request that stands for another one: makes it a request like any other, which stands for none.
create function request_stands_alone() returns trigger language plpgsql as $$
begin
  new.stands_for_id := null;
  return new;
end $$;
create trigger request_stands_alone before update of person_id on appointment_request
  for each row when (old.stands_for_id is not null and old.person_id is null and new.person_id is not null)
  execute function request_stands_alone();

-- AFTER the desk or a worker changes a request that stands for another one: changes that one in the same way. The telephone number and the
-- duty worker stay with the request that was changed: the worker whom a desk names must not learn the person's name.
create function request_tells_whom_it_stands_for() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update appointment_request r set version = r.version + 1,
      mode = case when new.mode is distinct from old.mode then new.mode else r.mode end,
      wanted_from = case when new.wanted_from is distinct from old.wanted_from then new.wanted_from else r.wanted_from end,
      wanted_until = case when new.wanted_until is distinct from old.wanted_until then new.wanted_until else r.wanted_until end,
      urgency = case when new.urgency <> old.urgency then new.urgency else r.urgency end,
      present_until = case when new.present_until is distinct from old.present_until then new.present_until else r.present_until end,
      status = case when new.status = 'WITHDRAWN' then new.status else r.status end,
      closed_at = case when new.status = 'WITHDRAWN' then new.closed_at else r.closed_at end
    where r.id = new.stands_for_id and r.status = 'WAITING';
  return null;
end $$;
alter function request_tells_whom_it_stands_for owner to cosmos_keeper;
create trigger request_tells_whom_it_stands_for after update on appointment_request
  for each row when (new.stands_for_id is not null and old.status = 'WAITING'
    and (new.mode, new.wanted_from, new.wanted_until, new.urgency, new.present_until, new.status)
      is distinct from (old.mode, old.wanted_from, old.wanted_until, old.urgency, old.present_until, old.status))
  execute function request_tells_whom_it_stands_for();

-- AFTER a request is closed: closes the one that stands for it.
create function request_closes_what_stands_for_it() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update appointment_request r set status = new.status, closed_at = new.closed_at, appointment_id = case when new.status = 'BOOKED' then new.appointment_id end,
      version = r.version + 1
    where r.stands_for_id = new.id and r.status = 'WAITING';
  return null;
end $$;
alter function request_closes_what_stands_for_it owner to cosmos_keeper;
create trigger request_closes_what_stands_for_it after update of status on appointment_request
  for each row when (new.veiled_at is not null and old.status = 'WAITING' and new.status <> 'WAITING')
  execute function request_closes_what_stands_for_it();
