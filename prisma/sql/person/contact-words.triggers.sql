-- At COMMIT, after somebody changes or closes how a person is reached: words about it that wait are over, since somebody has spoken after them.
-- A word of the same transaction waits. What the jobs do with one word leaves the others. It runs at COMMIT, so that its time does not tell the
-- desk that a word waits.
create function contact_ends_waiting_words() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not is_jobs() then
    delete from contact_word where person_id = new.id and kind = 'SAFE_CONTACT' and used_since is null and ended_at is null
      and said_at < date_trunc('milliseconds', now());
  end if;
  return null;
end $$;
alter function contact_ends_waiting_words owner to cosmos_keeper;
create constraint trigger contact_ends_waiting_words after update of safe_contact, phone, email, contact_suspended_at on person
  deferrable initially deferred for each row when ((new.safe_contact, new.phone, new.email, new.contact_suspended_at)
    is distinct from (old.safe_contact, old.phone, old.email, old.contact_suspended_at))
  execute function contact_ends_waiting_words();
