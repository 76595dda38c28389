-- AFTER INSERT, or when workers are added: tells the workers who follow the person that the contact is open to a colleague.
create function contact_opened() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_before uuid[] := '{}';
begin
  if tg_op = 'UPDATE' then v_before := coalesce(old.contact_worker_ids, '{}'); end if;
  if exists (select from unnest(new.contact_worker_ids) w where w <> all (v_before)) and new.contact_until > now() then
    perform notify_contact_opened(new.person_id,
      array(select w from unnest(new.contact_worker_ids) w where w <> all (v_before)));
  end if;
  return null;
end $$;
alter function contact_opened owner to cosmos_keeper;
create trigger contact_opened after insert or update of contact_worker_ids on appointment_person
  for each row execute function contact_opened();

-- AFTER the contact is opened to a worker by a visit, a message, a request or a referral: tells the workers who follow the person.
create function person_known_opened() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform notify_contact_opened(new.person_id, array[new.worker_id]);
  return null;
end $$;
alter function person_known_opened owner to cosmos_keeper;
create trigger person_known_opened after insert on person_known
  for each row when (new.contact) execute function person_known_opened();
create trigger person_known_reopened after update of worker_id, contact on person_known
  for each row when (new.contact and (not old.contact or new.worker_id <> old.worker_id)) execute function person_known_opened();
