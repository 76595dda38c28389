-- BEFORE INSERT or UPDATE: computes the day on which something is due, the answer or informing the person. A deferral moves the second to the
-- day of its review. For a child to protect there is no such day.
create function incoming_request_is_due() returns trigger language plpgsql as $$
begin
  new.due_at := least(case when new.closed_at is null then new.answer_by end,
    case when new.informed_at is null and new.inform_by is not null then coalesce(new.review_by, new.inform_by) end);
  return new;
end $$;
create trigger incoming_request_is_due before insert or update on incoming_request
  for each row execute function incoming_request_is_due();

-- AFTER INSERT or UPDATE: makes the person known to the worker who has the request, until 30 days after it is closed.
create function incoming_request_makes_known() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_person_known(new.id, new.person_id, new.worker_id, new.district_id,
    coalesce(new.closed_at + interval '30 days', 'infinity'), true);
  return null;
end $$;
alter function incoming_request_makes_known owner to cosmos_keeper;
create trigger incoming_request_makes_known after insert or update of worker_id, closed_at on incoming_request
  for each row execute function incoming_request_makes_known();

-- BEFORE UPDATE by cosmos_app: who may change what. The head of the district allocates it, or declines it while no worker has it. The worker
-- who has it answers, and says that the person was informed. A deferral belongs to that worker alone, so it does not raise the version, which
-- the head reads too.
create function incoming_request_goes_on() returns trigger language plpgsql as $$
declare
  v_heads boolean := old.district_id = any (viewer_districts('district_head'));
  v_has boolean := old.worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker'));
begin
  if new.version <> old.version + (case when (new.deferral_ground, new.review_by) is distinct from (old.deferral_ground, old.review_by)
      then 0 else 1 end) then raise 'a version follows the one before'; end if;
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

-- AFTER INSERT or an allocation: tells the worker who has the request, or else the heads of the district.
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
alter function notify_incoming_request owner to cosmos_keeper;
create trigger notify_incoming_request after insert on incoming_request
  for each row execute function notify_incoming_request();
create trigger notify_incoming_request_allocated after update of worker_id on incoming_request
  for each row when (new.worker_id is distinct from old.worker_id) execute function notify_incoming_request();
