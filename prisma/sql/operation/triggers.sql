-- AFTER each statement that changes a nomenclature: counts the change. login() tells the count, and a process that kept the nomenclature reads it
-- anew. The function has the rights of the owner of the tables, who alone changes a nomenclature.
create function nomenclature_changed() returns trigger language plpgsql as $$
begin
  insert into nomenclature_version as known default values on conflict (single) do update set version = known.version + 1;
  return null;
end $$;
create trigger nomenclature_changed after insert or update or delete or truncate on need_code
  for each statement execute function nomenclature_changed();
create trigger nomenclature_changed after insert or update or delete or truncate on appointment_type
  for each statement execute function nomenclature_changed();
