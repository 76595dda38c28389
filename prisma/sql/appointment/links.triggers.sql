-- At COMMIT, after a person gets another number, mail address or safe contact: deletes the links that were sent to the old one. The same
-- number in another spelling is not another number. It runs at COMMIT, so that its time does not tell the desk of other appointments.
create function contact_ends_links() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from appointment_link l where l.person_id = new.id and (
    new.safe_contact <> 'NEUTRAL_TEXT'
    or case l.channel
      when 'TEXT' then right(regexp_replace(old.phone, '\D', '', 'g'), 9) is distinct from right(regexp_replace(new.phone, '\D', '', 'g'), 9)
      else lower(old.email) is distinct from lower(new.email) end);
  return null;
end $$;
alter function contact_ends_links owner to cosmos_keeper;
create constraint trigger contact_ends_links after update of safe_contact, phone, email on person
  deferrable initially deferred for each row when (old.safe_contact is distinct from new.safe_contact
    or old.phone is distinct from new.phone or old.email is distinct from new.email)
  execute function contact_ends_links();
