-- BEFORE INSERT, for kinds that any viewer can cause again and again: one notification an hour, with the last time, so that they do not bury
-- the important ones. Within one transaction now() does not change, and the row is then not written again, since each later statement would
-- read all its versions.
create function notification_tells_once() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_told uuid;
begin
  select n.id into v_told from notification n
    where n.worker_id = new.worker_id and n.created_at > now() - interval '1 hour' and n.kind = new.kind
      and n.case_id is not distinct from new.case_id
    limit 1;
  if v_told is null then return new; end if;
  update notification set created_at = new.created_at where id = v_told and created_at < new.created_at;
  return null;
end $$;
alter function notification_tells_once owner to cosmos_keeper;
create trigger notification_tells_once before insert on notification for each row
  when (new.kind in ('CONTACT_OPENED', 'CONTACT_CHANGED', 'CONTACT_SUSPENDED', 'OPEN_ADDRESS_WRITTEN', 'ABSENCE_DECLARED',
    'BLIND_MESSAGE', 'CONTACT_PROPOSED', 'COMMUNICATION_CHANGED', 'ADDRESS_READ', 'RELAY_TO_CONFIRM', 'CALLED_OFF_BY_TELEPHONE',
    'APPOINTMENT_RESTORED', 'IDENTITY_CHANGED', 'OBJECTION_CHANGED', 'REQUEST_CHANGED', 'APPOINTMENT_CANCELLED', 'AGENDA_CHANGED',
    'CONTACT_WORD_WAITS', 'TEXT_PROPOSED'))
  execute function notification_tells_once();
