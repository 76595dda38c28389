-- BEFORE UPDATE by cosmos_app. Only the worker who follows the person may choose another channel; anyone else may only close every channel
-- (rule 8). No channel is tighter than another, so each other change loosens or replaces. What a stand-in or the worker of a second case
-- changes is kept as a word that waits, and the row stays as it is. If anyone else changes the number or the mail address of the channel in
-- use, every channel closes: nobody writes to the new one until the worker who follows the person says so.
create function contact_only_tightens() returns trigger language plpgsql as $$
begin
  if current_user <> 'cosmos_app' then return new; end if;
  if follows_person(new.id) then
    if new.safe_contact <> 'NONE' and not ends_suspension(new.id) then
      raise 'not theirs to say' using errcode = 'insufficient_privilege';
    end if;
    if (new.safe_contact, new.phone, new.email) is distinct from (old.safe_contact, old.phone, old.email)
        and keeps_contact_as_word(new.id, jsonb_build_object('safe_contact', new.safe_contact, 'phone', new.phone, 'email', new.email)) then
      new.phone := old.phone;
      new.email := old.email;
      if new.safe_contact <> 'NONE' then new.safe_contact := old.safe_contact; end if;
      return new;
    end if;
    if new.safe_contact <> 'NONE' then new.contact_suspended_at := null; end if;
    return new;
  end if;
  if new.safe_contact not in ('NONE', old.safe_contact) then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  if (new.phone is distinct from old.phone and old.safe_contact in ('VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT'))
    or (new.email is distinct from old.email and old.safe_contact = 'NEUTRAL_TEXT') then
    new.safe_contact := 'NONE';
  end if;
  return new;
end $$;
create trigger contact_only_tightens before update of safe_contact, phone, email on person
  for each row execute function contact_only_tightens();

-- At COMMIT, after a change of the contact: tells the workers who follow the person. It runs at COMMIT, so that its time does not tell the
-- desk how many they are. A suspension has its own notification. A change by neither a worker nor the person, such as by the county's own
-- tools, is told to nobody.
create function notify_contact_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if coalesce(viewer_worker(), viewer_self()) is not null then
    perform tell_who_follows(new.id, 'CONTACT_CHANGED', null, null);
  end if;
  return null;
end $$;
alter function notify_contact_changed owner to cosmos_keeper;
create constraint trigger notify_contact_changed after update of phone, email, safe_contact, confirm_nothing on person
  deferrable initially deferred for each row when ((new.phone, new.email, new.confirm_nothing)
    is distinct from (old.phone, old.email, old.confirm_nothing)
    or (new.safe_contact <> old.safe_contact and (new.contact_suspended_at is null or old.contact_suspended_at is not null)))
  execute function notify_contact_changed();
