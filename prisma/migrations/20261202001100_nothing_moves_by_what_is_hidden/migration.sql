-- Whoever waits is at the desk, or is not there any more: a visit says so to the requests of its person, and each that it said so to had
-- another version, also where nothing was new. By the version of her request the desk learned whether the reference was hers, that someone
-- said who asked that nothing be confirmed. So only what is new is written, and of her nothing.
create or replace function visit_tells_who_is_there() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_until timestamptz := case when new.closed_at is null then (new.day + 1)::timestamp at time zone 'Europe/Paris' end;
begin
  update appointment_request r set version = version + 1, present_until = v_until
    where r.person_id = new.person_id and r.district_id = new.district_id and r.status = 'WAITING'
      and r.present_until is distinct from v_until
      and not exists (select from person p where p.id = new.person_id and p.confirm_nothing);
  return null;
end $$;
