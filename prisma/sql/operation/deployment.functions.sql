-- Before a process serves, it compares with the database: the keys of the vault, the migrations, and the rights on the database itself.

-- The check values of the vault's master keys. A check value is a known text, sealed under its master key. It opens under no other key, and
-- tells nothing of the key. cosmos_app and cosmos_jobs may call it.
create function vault_key_checks() returns table (master_key_id text, check_value bytea)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.master_key_id, c.check_value from vault_key_check c;
end;
alter function vault_key_checks owner to cosmos_keeper;
grant execute on function vault_key_checks to cosmos_app, cosmos_jobs;

-- Returns one key of the county that is wrapped under a master key, {"name", "wrapped"}: a process compares its own key with it before it
-- writes the first check value. Returns {} if the master key has a check value already, or if nothing is under it. The claims are
-- {"masterKeyId", "nonce", "at"}, and a refused proof is {"refused", "now"}. Bytes are in hexadecimal. cosmos_app and cosmos_jobs may call it.
create function vault_key_sample(p_claims text, p_proof bytea) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_refused text := use_proof('cosmos vault', p_claims, p_proof);
  v_id text;
begin
  if v_refused is not null then
    return jsonb_build_object('refused', v_refused, 'now', extract(epoch from clock_timestamp()));
  end if;
  v_id := p_claims::jsonb ->> 'masterKeyId';
  return coalesce((select jsonb_build_object('name', s.name, 'wrapped', encode(s.wrapped, 'hex')) from (
      (select k.case_id::text as name, k.wrapped from case_key k where k.master_key_id = v_id limit 1)
      union all
      (select 'encounter:' || k.encounter_id, k.wrapped from encounter_key k where k.master_key_id = v_id limit 1)) s
    where not exists (select from vault_key_check c where c.master_key_id = v_id) limit 1), '{}');
end $$;
alter function vault_key_sample owner to cosmos_keeper;
grant execute on function vault_key_sample to cosmos_app, cosmos_jobs;

-- Keeps the check value of a master key, and returns {}. The first value stays. The claims are {"masterKeyId", "checkValue", "nonce", "at"},
-- the value in hexadecimal, and a refused proof is {"refused", "now"}. cosmos_app and cosmos_jobs may call it.
create function keep_vault_key_check(p_claims text, p_proof bytea) returns jsonb
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_refused text := use_proof('cosmos vault', p_claims, p_proof);
  v_claims jsonb;
begin
  if v_refused is not null then
    return jsonb_build_object('refused', v_refused, 'now', extract(epoch from clock_timestamp()));
  end if;
  v_claims := p_claims::jsonb;
  insert into vault_key_check (master_key_id, check_value)
    values (v_claims ->> 'masterKeyId', decode(v_claims ->> 'checkValue', 'hex')) on conflict do nothing;
  return '{}';
end $$;
alter function keep_vault_key_check owner to cosmos_keeper;
grant execute on function keep_vault_key_check to cosmos_app, cosmos_jobs;

-- The migrations that this database has finished, with the sum of their text. Their names are public, as the repository is. The table is
-- Prisma's own; a migration has granted it. cosmos_app may call it.
create function finished_migrations() returns table (name text, checksum text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select m.migration_name::text, m.checksum::text from _prisma_migrations m
    where m.finished_at is not null and m.rolled_back_at is null order by m.migration_name;
end $$;
alter function finished_migrations owner to cosmos_keeper;
grant execute on function finished_migrations to cosmos_app;
