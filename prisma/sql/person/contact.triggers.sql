-- Closing every channel tightens. Any other change loosens or replaces, since no channel is tighter than another. Where anyone but the
-- worker who follows the person changes a number or a mail address, nobody writes to it until that worker says so.
create function contact_only_tightens() returns trigger language plpgsql as $$
begin
  if current_user <> 'cosmos_app' then return new; end if;
  if follows_person(new.id) then
    if new.safe_contact <> 'NONE' and not ends_suspension(new.id) then
      raise 'not theirs to say' using errcode = 'insufficient_privilege';
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

-- At COMMIT: the desk, which writes a number, does not see how many follow the person. A suspension is told by itself; what the county's
-- own tools change is told to nobody.
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
