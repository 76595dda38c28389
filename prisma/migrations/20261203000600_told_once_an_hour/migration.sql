-- What people say online of their language is told like all that anyone can cause again and again: once an hour, with its last time.
drop trigger notification_tells_once on notification;
create trigger notification_tells_once before insert on notification for each row
  when (new.kind in ('CONTACT_OPENED', 'CONTACT_CHANGED', 'CONTACT_SUSPENDED', 'OPEN_ADDRESS_WRITTEN', 'ABSENCE_DECLARED',
    'BLIND_MESSAGE', 'CONTACT_PROPOSED', 'COMMUNICATION_CHANGED'))
  execute function notification_tells_once();
