set local lock_timeout = '5s';
set local check_function_bodies = off;
-- CreateTable
CREATE TABLE "vault_key_check" (
    "master_key_id" TEXT NOT NULL,
    "check_value" BYTEA NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vault_key_check_pkey" PRIMARY KEY ("master_key_id")
);
create or replace function vault_key_checks() returns table (master_key_id text, check_value bytea)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.master_key_id, c.check_value from vault_key_check c;
end;
revoke all on function vault_key_checks() from public, cosmos_app, cosmos_jobs;
create or replace function vault_key_sample(p_claims text, p_proof bytea) returns jsonb
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
revoke all on function vault_key_sample(text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function keep_vault_key_check(p_claims text, p_proof bytea) returns jsonb
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
revoke all on function keep_vault_key_check(text,bytea) from public, cosmos_app, cosmos_jobs;
create or replace function finished_migrations() returns table (name text, checksum text)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select m.migration_name::text, m.checksum::text from _prisma_migrations m
    where m.finished_at is not null and m.rolled_back_at is null order by m.migration_name;
end $$;
revoke all on function finished_migrations() from public, cosmos_app, cosmos_jobs;
alter function vault_key_checks owner to cosmos_keeper;
grant execute on function vault_key_checks to cosmos_app, cosmos_jobs;
alter function vault_key_sample owner to cosmos_keeper;
grant execute on function vault_key_sample to cosmos_app, cosmos_jobs;
alter function keep_vault_key_check owner to cosmos_keeper;
grant execute on function keep_vault_key_check to cosmos_app, cosmos_jobs;
alter function finished_migrations owner to cosmos_keeper;
grant execute on function finished_migrations to cosmos_app;
alter table vault_key_check add constraint vault_key_check_bounded
  check (master_key_id ~ '^[a-z0-9-]{1,32}$' and octet_length(check_value) between 32 and 4096);
revoke all on case_key from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table case_key enable row level security, force row level security;
grant select, insert on case_key to cosmos_app;
grant select on case_key to cosmos_jobs;
grant select on case_key to cosmos_keeper;
grant update (master_key_id, wrapped) on case_key to cosmos_jobs;
revoke all on vault_key_check from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table vault_key_check enable row level security, force row level security;
grant select, insert on vault_key_check to cosmos_keeper;
revoke all on encounter_key from public, cosmos_app, cosmos_jobs, cosmos_keeper;
alter table encounter_key enable row level security, force row level security;
grant select, insert on encounter_key to cosmos_app;
grant select on encounter_key to cosmos_jobs;
grant select on encounter_key to cosmos_keeper;
grant update (master_key_id, wrapped) on encounter_key to cosmos_jobs;

-- By hand: the table is Prisma's, and no text of prisma/sql makes it.
grant select on _prisma_migrations to cosmos_keeper;
