-- A message sent blind, a contact that is proposed, a language that is said online: told once an hour with its last time, like all that anyone
-- can cause again and again. Each message stands in the queue.
drop trigger notification_tells_once on notification;
create trigger notification_tells_once before insert on notification for each row
  when (new.kind in ('CONTACT_OPENED', 'CONTACT_CHANGED', 'CONTACT_SUSPENDED', 'OPEN_ADDRESS_WRITTEN', 'ABSENCE_DECLARED',
    'BLIND_MESSAGE', 'CONTACT_PROPOSED', 'COMMUNICATION_CHANGED'))
  execute function notification_tells_once();
