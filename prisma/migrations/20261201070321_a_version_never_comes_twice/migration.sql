set local lock_timeout = '5s';
set local check_function_bodies = off;
create or replace function nomenclature_changed() returns trigger language plpgsql as $$
begin
  insert into nomenclature_version as known (version) values ((extract(epoch from clock_timestamp()) * 1000000)::bigint)
    on conflict (single) do update set version = greatest(known.version + 1, excluded.version);
  return null;
end $$;
revoke all on function nomenclature_changed() from public, cosmos_app, cosmos_jobs, cosmos_keeper;
