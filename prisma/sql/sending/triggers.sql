-- AFTER INSERT or UPDATE: shows the state of a message on its notice or offer.
create function dispatch_shows() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_shown "DispatchStatus" := nullif(new.status, 'CANCELLED');
begin
  update appointment_notice set sending = v_shown
    where id = new.notice_id and version = new.notice_version and sending is distinct from v_shown;
  update slot_offer set sending = v_shown where id = new.offer_id and sending is distinct from v_shown;
  return null;
end $$;
alter function dispatch_shows owner to cosmos_keeper;
create trigger dispatch_shows after insert or update of status on dispatch for each row execute function dispatch_shows();

-- BEFORE the kind of a notice changes: its content changes, so the state of the last message is removed.
create function notice_to_say_anew() returns trigger language plpgsql as $$
begin
  new.sending := null;
  return new;
end $$;
create trigger notice_to_say_anew before update of kind on appointment_notice for each row execute function notice_to_say_anew();

-- AFTER a change of an appointment or its persons: deletes notices that are not true any more. These are a reminder of an old time or for a
-- person who does not come, and a cancellation for a person who has a place again. Another notice tells of the change itself.
create function nothing_left_to_say() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'appointment' then
    delete from appointment_notice where appointment_id = new.id and kind = 'REMINDER' and done_at is null;
  elsif tg_op = 'DELETE' then
    delete from appointment_notice where appointment_id = old.appointment_id and person_id = old.person_id
      and kind = 'REMINDER' and done_at is null;
  else
    delete from appointment_notice where appointment_id = new.appointment_id and person_id = new.person_id
      and kind = 'CANCELLED' and done_at is null;
  end if;
  return null;
end $$;
alter function nothing_left_to_say owner to cosmos_keeper;
create trigger nothing_left_to_say after update of starts_at, status on appointment for each row
  when ((old.starts_at, old.status) is distinct from (new.starts_at, new.status)) execute function nothing_left_to_say();
create trigger nothing_left_to_say after insert or delete on appointment_person for each row
  execute function nothing_left_to_say();
