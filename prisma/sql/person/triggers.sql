-- At COMMIT, after the person or a worker changes the language or the needs: tells the other workers who follow the person. It runs at COMMIT, so
-- that its time does not tell how many they are.
create function notify_communication_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_person() = new.id or viewer_worker() is not null then perform tell_who_follows(new.id, 'COMMUNICATION_CHANGED', null, null); end if;
  return null;
end $$;
alter function notify_communication_changed owner to cosmos_keeper;
create constraint trigger notify_communication_changed after update of language, communication_needs on person
  deferrable initially deferred for each row when ((new.language, new.communication_needs) is distinct from (old.language, old.communication_needs))
  execute function notify_communication_changed();

-- At COMMIT, after a worker changed a name, the birth date or the objection to statistics: tells the other workers who follow the person. A change
-- by the county's own tools is told to nobody.
create function notify_identity_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_worker() is null then return null; end if;
  if (new.given_name, new.family_name, new.chosen_name, new.birth_date)
      is distinct from (old.given_name, old.family_name, old.chosen_name, old.birth_date) then
    perform tell_who_follows(new.id, 'IDENTITY_CHANGED', null, null);
  end if;
  if (new.statistics_objection_on is null) <> (old.statistics_objection_on is null) then
    perform tell_who_follows(new.id, 'OBJECTION_CHANGED', null, null);
  end if;
  return null;
end $$;
alter function notify_identity_changed owner to cosmos_keeper;
create constraint trigger notify_identity_changed after update of given_name, family_name, chosen_name, birth_date, statistics_objection_on on person
  deferrable initially deferred for each row
  when ((new.given_name, new.family_name, new.chosen_name, new.birth_date, new.statistics_objection_on)
    is distinct from (old.given_name, old.family_name, old.chosen_name, old.birth_date, old.statistics_objection_on))
  execute function notify_identity_changed();

-- The reference of a person: eight symbols, as in P-7KQF3M2A.
create trigger person_draws_its_reference before insert on person
  for each row when (current_user in ('cosmos_app', 'cosmos_keeper')) execute function draws_its_reference('P-', '8');
