-- BEFORE UPDATE by cosmos_app: hours and unavailabilities may only end earlier, and a closed day stays closed.
create function agenda_only_ends() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'availability' then
    if new.ends_on > old.ends_on then raise 'hours only end'; end if;
  elsif tg_table_name = 'availability_occurrence' then
    if old.closed and not new.closed then raise 'a closed day stays closed'; end if;
  elsif new.ends_at > old.ends_at then
    raise 'an unavailability only ends';
  end if;
  return new;
end $$;
create trigger agenda_only_ends before update on availability
  for each row when (current_user = 'cosmos_app') execute function agenda_only_ends();
create trigger agenda_only_ends before update on availability_occurrence
  for each row when (current_user = 'cosmos_app') execute function agenda_only_ends();
create trigger agenda_only_ends before update on unavailability
  for each row when (current_user = 'cosmos_app') execute function agenda_only_ends();

-- BEFORE INSERT: copies the worker and the district of the hours.
create function occurrence_takes_its_availability() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select worker_id, district_id into new.worker_id, new.district_id from availability where id = new.availability_id;
  return new;
end $$;
alter function occurrence_takes_its_availability owner to cosmos_keeper;
create trigger occurrence_takes_its_availability before insert on availability_occurrence
  for each row execute function occurrence_takes_its_availability();

-- AFTER occurrences open or close: computes their free time.
create function occurrences_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_free_time(array(select id from changed));
  return null;
end $$;
alter function occurrences_changed owner to cosmos_keeper;
create trigger occurrences_opened after insert on availability_occurrence
  referencing new table as changed for each statement execute function occurrences_changed();
create trigger occurrences_closed after update on availability_occurrence
  referencing new table as changed for each statement execute function occurrences_changed();

-- AFTER a worker becomes busy or free: computes the free time of the occurrences that overlap.
create function busy_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_free_time(array(
    select distinct o.id from changed c join availability_occurrence o on o.worker_id = c.worker_id
      and o.starts_at < coalesce(c.ends_at, 'infinity') and o.ends_at > c.starts_at
      and o.starts_at > c.starts_at - interval '12 hours'));
  return null;
end $$;
alter function busy_changed owner to cosmos_keeper;
create trigger occupancy_taken after insert on occupancy
  referencing new table as changed for each statement execute function busy_changed();
create trigger occupancy_freed after delete on occupancy
  referencing old table as changed for each statement execute function busy_changed();
create trigger unavailability_declared after insert on unavailability
  referencing new table as changed for each statement execute function busy_changed();
-- An unavailability only becomes shorter, so the old rows cover the new ones.
create trigger unavailability_ended after update on unavailability
  referencing old table as changed for each statement execute function busy_changed();
create trigger absence_declared after insert on absence
  referencing new table as changed for each statement execute function busy_changed();
create trigger absence_ended after update on absence
  referencing old table as changed for each statement execute function busy_changed();
create trigger absence_changed after update on absence
  referencing new table as changed for each statement execute function busy_changed();
create trigger unavailability_gone after delete on unavailability
  referencing old table as changed for each statement execute function busy_changed();

-- AFTER posts begin: computes the free time of their workers. `worker_is_free_no_more` does so when a post ends or an account is disabled.
create function memberships_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform keep_free_time(array(select o.id from availability_occurrence o
    where o.worker_id in (select worker_id from changed) and o.ends_at > now()));
  return null;
end $$;
alter function memberships_changed owner to cosmos_keeper;
create trigger memberships_begun after insert on membership
  referencing new table as changed for each statement execute function memberships_changed();

-- BEFORE UPDATE: a calendar that is removed stays removed.
create function calendar_stays_removed() returns trigger language plpgsql as $$
begin
  if old.removed_at is not null then raise 'what is removed stays so'; end if;
  return new;
end $$;
create trigger calendar_stays_removed before update on outside_calendar
  for each row execute function calendar_stays_removed();

-- BEFORE INSERT by cosmos_app: only the worker whose hours they are types their place. Somebody else chooses a place of the district: the place
-- of hours is on the public page.
create function place_of_hours_is_listed() returns trigger language plpgsql as $$
begin
  if new.worker_id is distinct from viewer_worker()
      and not exists (select from district_place d where d.district_id = new.district_id and d.place = new.place) then
    raise 'the place of a colleague''s hours is one of the district';
  end if;
  return new;
end $$;
create trigger place_of_hours_is_listed before insert on availability
  for each row when (current_user = 'cosmos_app' and new.place is not null) execute function place_of_hours_is_listed();
