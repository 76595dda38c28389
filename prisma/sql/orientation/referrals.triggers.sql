-- BEFORE INSERT: copies the columns of the case and locks it, as `row_takes_its_case` does.
create function referral_takes_its_case() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select district_id, assigned_worker_id, mission into new.district_id, new.assigned_worker_id, new.mission
    from "case" where id = new.case_id for share;
  return new;
end $$;
alter function referral_takes_its_case owner to cosmos_keeper;
create trigger referral_takes_its_case before insert on referral for each row execute function referral_takes_its_case();

-- At COMMIT, after a case gets another worker or district: updates the copies in its referrals, from the case as it then is. It writes a row
-- once only: each write also changes a row of `person_known`.
create function case_changes_referrals() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update referral r set district_id = c.district_id, assigned_worker_id = c.assigned_worker_id from "case" c
  where c.id = new.id and r.case_id = c.id
    and (r.district_id, r.assigned_worker_id) is distinct from (c.district_id, c.assigned_worker_id);
  return null;
end $$;
alter function case_changes_referrals owner to cosmos_keeper;
create constraint trigger case_changes_referrals after update of district_id, assigned_worker_id on "case"
  deferrable initially deferred for each row
  when (old.district_id <> new.district_id or old.assigned_worker_id is distinct from new.assigned_worker_id)
  execute function case_changes_referrals();

-- BEFORE INSERT: copies the columns of the referral and locks it. A referral that is shown online concerns this person alone.
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
alter function referral_person_takes_its_referral owner to cosmos_keeper;
create trigger referral_person_takes_its_referral before insert on referral_person
  for each row execute function referral_person_takes_its_referral();

-- AFTER INSERT: makes the person known to the worker who receives the referral.
create function referral_person_added() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform referral_person_makes_known(new.referral_id);
  return null;
end $$;
alter function referral_person_added owner to cosmos_keeper;
create trigger referral_person_added after insert on referral_person
  for each row execute function referral_person_added();

-- AFTER UPDATE: updates the copies in the rows of its persons, and what they make known. A referral that is shown online concerns this person
-- alone.
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
alter function referral_changed owner to cosmos_keeper;
create trigger referral_changed after update of district_id, assigned_worker_id, to_worker_id, status, online_person_id on referral
  for each row execute function referral_changed();

-- BEFORE INSERT: each need must be in the nomenclature.
create function referral_content_is_coded() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not new.need_codes <@ (select array_agg(code) from need_code) then raise 'a need is of the nomenclature'; end if;
  return new;
end $$;
alter function referral_content_is_coded owner to cosmos_keeper;
create trigger referral_content_is_coded before insert on referral_content
  for each row execute function referral_content_is_coded();

-- BEFORE UPDATE by cosmos_app: who may change what. The receiver answers, the worker who follows the case withdraws it and shows it online,
-- and the head of the receiving district allocates it. A head who has accepted it for the district may still allocate it: until then no
-- worker knows the person. The version counts only what the receiver reads, so not whether it is shown online.
create function referral_goes_on() returns trigger language plpgsql as $$
declare
  v_follows boolean := (old.assigned_worker_id = viewer_worker() and old.district_id = any (viewer_districts('social_worker')))
    or (old.assigned_worker_id || ':' || old.district_id) = any (viewer_relays());
  v_heads boolean := old.to_district_id = any (viewer_districts('district_head'));
  v_answers boolean := case
    when old.to_organisation_id is not null then v_follows
    when old.to_worker_id is null then v_heads
    else old.to_worker_id = viewer_worker() and old.to_district_id = any (viewer_districts('social_worker')) end;
  v_to_allocate boolean := old.closed_at is null or (old.status = 'ACCEPTED' and old.to_worker_id is null);
begin
  if new.version - old.version <> ((new.to_worker_id, new.status, new.refusal, new.closed_at)
      is distinct from (old.to_worker_id, old.status, old.refusal, old.closed_at))::integer then
    raise 'a version follows the one before, and counts what those who read it may read';
  end if;
  if new.to_worker_id is distinct from old.to_worker_id and (not v_to_allocate or v_heads is not true
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

-- BEFORE INSERT by cosmos_app: a referral to a worker needs a social worker of the receiving district.
create function referral_is_received() returns trigger language plpgsql as $$
begin
  if new.to_worker_id is not null and not may_be_assigned(new.to_worker_id, new.to_district_id) then
    raise 'received by a social worker of the district';
  end if;
  return new;
end $$;
create trigger referral_is_received before insert on referral
  for each row when (current_user = 'cosmos_app') execute function referral_is_received();

-- AFTER INSERT, an allocation or an answer: tells the receiving worker, or else the heads of the receiving district, and tells the worker who
-- follows the case of the answer. The notification of a receiver names no case.
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
alter function notify_referral owner to cosmos_keeper;
create trigger notify_referral after insert or update of to_worker_id, status on referral
  for each row execute function notify_referral();

-- AFTER a person enters a case, by cosmos_app: records the case on the accepted referral. A referral opens one case, so the right ends with
-- it.
create function case_opened_of_referral() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update referral_person rp set opened_case_id = new.case_id from referral r
  where r.id = rp.referral_id and rp.person_id = new.person_id and rp.opened_case_id is null and r.status = 'ACCEPTED'
    and r.to_worker_id = viewer_worker() and r.to_district_id = new.district_id;
  return null;
end $$;
alter function case_opened_of_referral owner to cosmos_keeper;
create trigger case_opened_of_referral after insert on case_person
  for each row when (current_user = 'cosmos_app') execute function case_opened_of_referral();
