-- AFTER unavailabilities are declared: withdraws the offers in the times when the worker is away.
create function worker_goes_away() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer o set status = 'WITHDRAWN', version = o.version + 1
  from changed c
  where o.worker_id = c.worker_id and o.status in ('HELD', 'ASKED')
    and o.starts_at < coalesce(c.ends_at, 'infinity') and o.ends_at > c.starts_at;
  return null;
end $$;
alter function worker_goes_away owner to cosmos_keeper;
create trigger unavailability_withdraws_offers after insert on unavailability
  referencing new table as changed for each statement execute function worker_goes_away();

-- AFTER a request is made or changed: wakes the offers of its district while it waits.
create function request_wakes() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.status = 'WAITING' then perform wake_offers(new.district_id, now()); end if;
  return null;
end $$;
alter function request_wakes owner to cosmos_keeper;
create trigger request_wakes
  after insert or update of mode, urgency, wanted_from, wanted_until, present_until, show_online, person_id, contact, short_notice_from,
    short_notice_until on appointment_request
  for each row execute function request_wakes();

-- At COMMIT, after the contact of a person changes: wakes the offers of the districts where the person waits. It runs at COMMIT, so that its
-- time does not tell the desk of other requests.
create function contact_wakes() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform wake_offers(r.district_id, now()) from (select distinct district_id from appointment_request
    where person_id = new.id and status = 'WAITING') r;
  return null;
end $$;
alter function contact_wakes owner to cosmos_keeper;
create constraint trigger contact_wakes after update of safe_contact, phone, email on person
  deferrable initially deferred for each row when (old.safe_contact is distinct from new.safe_contact
    or old.phone is distinct from new.phone or old.email is distinct from new.email)
  execute function contact_wakes();

-- AFTER an offer is made: wakes the offers of the district at its deadline. After it ends, and its time is free again or still: wakes them at
-- once.
create function offer_wakes() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.status in ('HELD', 'ASKED') then perform wake_offers(new.district_id, new.answer_by);
  elsif new.status not in ('ACCEPTED', 'TAKEN') then perform wake_offers(new.district_id, now()); end if;
  return null;
end $$;
alter function offer_wakes owner to cosmos_keeper;
create trigger offer_wakes after insert or update of status on slot_offer for each row execute function offer_wakes();

-- AFTER a worker's time becomes free: wakes the offers of the districts where the worker has open hours then and somebody waits.
create function time_freed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform wake_offers(d.district_id, now()) from (
    select distinct o.district_id from changed c join availability_occurrence o on o.worker_id = c.worker_id
      and o.starts_at < c.ends_at and o.ends_at > c.starts_at and o.starts_at > c.starts_at - interval '12 hours'
      and not o.closed
    where c.ends_at > now()) d
  where has_waiting(d.district_id);
  return null;
end $$;
alter function time_freed owner to cosmos_keeper;
create trigger occupancy_freed_wakes after delete on occupancy
  referencing old table as changed for each statement execute function time_freed();
create trigger occurrences_opened_wake after insert on availability_occurrence
  referencing new table as changed for each statement execute function time_freed();
create trigger unavailability_gone_wakes after delete on unavailability
  referencing old table as changed for each statement execute function time_freed();

-- At COMMIT, after an absence is declared: withdraws the offers in this time. It runs at COMMIT, since the head who declares it reads no
-- offers.
create function absent_worker_goes_away() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update slot_offer o set status = 'WITHDRAWN', version = o.version + 1
  where o.worker_id = new.worker_id and o.status in ('HELD', 'ASKED')
    and o.starts_at < coalesce(new.ends_at, 'infinity') and o.ends_at > new.starts_at;
  return null;
end $$;
alter function absent_worker_goes_away owner to cosmos_keeper;
create constraint trigger absence_withdraws_offers after insert on absence
  deferrable initially deferred for each row execute function absent_worker_goes_away();

-- At COMMIT, after a post ends or an account is disabled or enabled: computes the free time of the worker again. It runs at COMMIT, since the
-- administrator reads no agenda.
create function worker_is_free_no_more() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_worker uuid := case tg_table_name when 'worker' then to_jsonb(new) ->> 'id' else to_jsonb(new) ->> 'worker_id' end;
begin
  perform keep_free_time(array(select o.id from availability_occurrence o
    where o.worker_id = v_worker and o.ends_at > now()));
  return null;
end $$;
alter function worker_is_free_no_more owner to cosmos_keeper;
create constraint trigger memberships_ended after update on membership
  deferrable initially deferred for each row execute function worker_is_free_no_more();
create constraint trigger accounts_closed after update on worker
  deferrable initially deferred for each row when (old.disabled_at is distinct from new.disabled_at)
  execute function worker_is_free_no_more();
