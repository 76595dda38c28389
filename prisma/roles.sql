-- Run once by a superuser in a new database, before the first migration (docker-compose.yml does it).
-- The passwords come in as psql variables: owner_password, app_password, jobs_password. Roles are the cluster's: a second
-- database there shares them, and gets these passwords.
\set ON_ERROR_STOP on
begin;
select format('create role %I', name) from unnest(array['cosmos_owner', 'cosmos_app', 'cosmos_jobs', 'cosmos_keeper']) name
  where not exists (select from pg_roles where rolname = name) \gexec
alter role cosmos_owner login nosuperuser nobypassrls password :'owner_password';
alter role cosmos_app login nosuperuser nobypassrls password :'app_password';
alter role cosmos_jobs login nosuperuser nobypassrls password :'jobs_password';
alter role cosmos_keeper nologin bypassrls;
grant cosmos_keeper, cosmos_jobs to cosmos_owner;
alter database :"DBNAME" owner to cosmos_owner;
revoke all on database :"DBNAME" from public;
grant connect on database :"DBNAME" to cosmos_app, cosmos_jobs;
alter schema public owner to cosmos_owner;
revoke all on schema public from public;
grant usage on schema public to cosmos_app, cosmos_jobs, cosmos_keeper;
grant create on schema public to cosmos_keeper;
-- Where login() writes who the viewer is: nobody else can.
grant set on parameter backtrace_functions to cosmos_keeper;
create extension if not exists btree_gist with schema public;
create extension if not exists unaccent with schema public;
\ir revoked.sql
commit;
