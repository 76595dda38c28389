-- AFTER each statement that changes a nomenclature: gives it a new version. login() tells the version, and a process that kept the nomenclature
-- reads it anew. The version is the time in microseconds, so that none comes twice, even if a failover has lost a change. The function has the
-- rights of the owner of the tables, who alone changes a nomenclature.
create function nomenclature_changed() returns trigger language plpgsql as $$
begin
  insert into nomenclature_version as known (version) values ((extract(epoch from clock_timestamp()) * 1000000)::bigint)
    on conflict (single) do update set version = greatest(known.version + 1, excluded.version);
  return null;
end $$;
create trigger nomenclature_changed after insert or update or delete or truncate on need_code
  for each statement execute function nomenclature_changed();
create trigger nomenclature_changed after insert or update or delete or truncate on appointment_type
  for each statement execute function nomenclature_changed();
