-- At COMMIT, after the person changes their language or needs: tells the workers who follow the person. It runs at COMMIT, so that its time
-- does not tell the person how many they are.
create function notify_communication_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_person() = new.id then perform tell_who_follows(new.id, 'COMMUNICATION_CHANGED', null, null); end if;
  return null;
end $$;
alter function notify_communication_changed owner to cosmos_keeper;
create constraint trigger notify_communication_changed after update of language, communication_needs on person
  deferrable initially deferred for each row when ((new.language, new.communication_needs) is distinct from (old.language, old.communication_needs))
  execute function notify_communication_changed();

-- The reference of a person: eight symbols, as in P-7KQF3M2A.
create trigger person_draws_its_reference before insert on person
  for each row when (current_user in ('cosmos_app', 'cosmos_keeper')) execute function draws_its_reference('P-', '8');
