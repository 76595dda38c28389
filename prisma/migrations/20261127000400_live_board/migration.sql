-- The live board of reception: whoever follows a district's visits is told which one has changed, by its id. What it is now is
-- read by each viewer in a transaction of their own: a notification goes to every session that listens, whatever its role.

create function visit_is_told() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  -- Those of today, which a board shows; and who is to receive them no longer, whose board they leave.
  if new.day = (now() at time zone 'Europe/Paris')::date then
    perform pg_notify('visit_changed', concat_ws(' ', new.district_id, new.id,
      case when tg_op = 'UPDATE' and old.worker_id is distinct from new.worker_id then old.worker_id end));
  end if;
  return null;
end $$;
revoke all on function visit_is_told() from public;
create trigger visit_is_told after insert or update on visit for each row execute function visit_is_told();
