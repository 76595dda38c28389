-- At COMMIT, after an appointment is moved or is not booked any more: deletes what a caller said of it. It runs at COMMIT, so that the time of a
-- refused move does not tell the desk that somebody has called.
create function called_off_no_more() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from telephone_cancellation where appointment_id = new.id;
  return null;
end $$;
alter function called_off_no_more owner to cosmos_keeper;
create constraint trigger called_off_no_more after update of starts_at, status on appointment
  deferrable initially deferred for each row when (old.starts_at <> new.starts_at or old.status <> new.status)
  execute function called_off_no_more();
