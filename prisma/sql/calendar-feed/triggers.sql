-- BEFORE UPDATE: a revoked feed stays revoked.
create function feed_stays_revoked() returns trigger language plpgsql as $$
begin
  if old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at then
    raise 'what is revoked stays so';
  end if;
  return new;
end $$;
create trigger feed_stays_revoked before update on calendar_feed
  for each row execute function feed_stays_revoked();
