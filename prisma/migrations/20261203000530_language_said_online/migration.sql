-- In which language someone is spoken to, and what they need for it, is theirs to say: they had to come to the desk, which may not speak
-- it. They say it online, of themselves; who follows them is told, since whoever has their telephone may have said it.

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'COMMUNICATION_CHANGED';

create or replace function set_communication(p_person uuid, p_version integer, p_language text, p_needs text[]) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if (knows_contact(p_person) and case when viewer_worker() is null then viewer_person() = p_person and viewer_has_scope('persons:read')
      else viewer_has_scope('persons:write') end) is not true then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  -- What was said before is no change: it moves no version under the hands of others.
  update person set language = p_language, communication_needs = p_needs::"CommunicationNeed"[],
      version = version + ((language, communication_needs) is distinct from (p_language, p_needs::"CommunicationNeed"[]))::integer
    where id = p_person and version = p_version;
  return found;
end $$;

-- At COMMIT: who says it does not see how many follow them.
create function notify_communication_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if viewer_person() = new.id then perform tell_who_follows(new.id, 'COMMUNICATION_CHANGED', null, null); end if;
  return null;
end $$;
create constraint trigger notify_communication_changed after update of language, communication_needs on person
  deferrable initially deferred for each row when ((new.language, new.communication_needs) is distinct from (old.language, old.communication_needs))
  execute function notify_communication_changed();
revoke all on function notify_communication_changed() from public;
alter function notify_communication_changed() owner to cosmos_keeper;
