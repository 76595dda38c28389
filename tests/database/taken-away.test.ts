import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { logIn } from '../support/login.js';

/** PostgreSQL lets every role do some things that no service does. These are taken away from the API's role, and from SQL in its name. */
let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  client = new pg.Client({ connectionString: database.urlAs('cosmos_app') });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** The SQLSTATE by which a statement is refused, in a transaction with a viewer; null if it is not. */
async function refusalOf(sql: string): Promise<string | null> {
  await client.query('begin');
  try {
    await logIn(client, { subject: 'worker.sevran', scopes: ['cases:read', 'notes:read'] });
    await client.query(sql);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.query('rollback');
  }
}

const DENIED = '42501';

const TAKEN: Readonly<Record<string, readonly string[]>> = {
  'to become another viewer': [
    `set backtrace_functions = 'cosmos,1'`,
    `set local backtrace_functions = 'cosmos,1'`,
    `select set_config('backtrace_functions', 'cosmos,1', true)`,
    'set local backtrace_functions to default',
    `update pg_settings set setting = 'cosmos,1' where name = 'backtrace_functions'`,
    `alter role cosmos_app set backtrace_functions = 'cosmos,1'`,
    'set role cosmos_keeper',
    'set role cosmos_owner',
    'set session authorization cosmos_owner',
    "select use_proof('cosmos login', '{}', '')",
    'select from login_key',
    `insert into login_key values ('', '')`,
    'delete from login_proof',
  ],
  'to wait on purpose': ['select pg_sleep(0)', `select pg_sleep_for('0')`, 'select pg_sleep_until(now())'],
  'to keep something where no rule binds it': [
    'create temporary table t (id integer)',
    'create table public.t (id integer)',
    'create schema s',
    'create view public.v as select 1',
    'select lo_create(0)',
    `select lo_from_bytea(0, 'text')`,
    'select lo_get(1)',
    `select pg_logical_emit_message(false, 'a', 'b')`,
    'select pg_export_snapshot()',
  ],
  'to run a program': [
    'do $$ begin end $$',
    `create function pg_temp.f() returns integer language sql as 'select 1'`,
    `create function public.f() returns integer language plpgsql as 'begin return 1; end'`,
    `copy (select 1) to program 'true'`,
    `copy (select 1) to '/tmp/x'`,
    `select pg_read_file('/etc/passwd')`,
    'create extension dblink',
    'create operator public.=== (leftarg = text, rightarg = text, function = texteq)',
    'create cast (text as integer) with inout',
    'create statistics public.s on author_id, case_id from interview_note',
  ],
  'to hold a lock beyond its transaction': [
    'select pg_advisory_lock(1)',
    'select pg_advisory_lock_shared(1, 2)',
    'select pg_try_advisory_lock(1)',
    'select pg_advisory_unlock_all()',
  ],
  'to end others, or to see what they do': [
    'select pg_terminate_backend(pg_backend_pid())',
    'select pg_cancel_backend(1)',
    'select query from pg_stat_activity',
    'select pid from pg_locks',
    'select n_live_tup from pg_stat_user_tables',
    'select from pg_stat_statements',
    'select name from pg_prepared_statements',
    'select name from pg_prepared_statement()',
  ],
  'to weigh what it may not read': [
    `select pg_relation_size('interview_note')`,
    `select pg_total_relation_size('interview_note')`,
    `select pg_table_size('interview_note')`,
    'select pg_database_size(current_database())',
  ],
};

describe.each(Object.entries(TAKEN))('%s', (_purpose, statements) => {
  test.each(statements)('%s', async (sql) => {
    const code = await refusalOf(sql);
    // What is not there at all is no way either.
    expect({ sql, refused: code === DENIED || code === '42P01' || code === '42704' }).toEqual({
      sql,
      refused: true,
    });
  });
});

test('no role that runs owns or makes anything: what it made would be found by a search_path', async () => {
  const rows = await database.sql(
    `select r.rolname as role, n.nspname as name from pg_roles r cross join pg_namespace n
       where r.rolname in ('cosmos_app', 'cosmos_jobs') and has_schema_privilege(r.oid, n.oid, 'create')
     union all select r.rolname, c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ('cosmos_app', 'cosmos_jobs')
     union all select r.rolname, p.proname from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname in ('cosmos_app', 'cosmos_jobs')
     union all select r.rolname, 'temporary' from pg_roles r
       where r.rolname in ('cosmos_app', 'cosmos_jobs') and has_database_privilege(r.oid, current_database(), 'create, temporary')`,
  );
  expect(rows).toEqual([]);
});

describe('what cannot be taken away, as SECURITY.md says', () => {
  test.each([
    'notify some_channel',
    'listen some_channel',
    'reset all',
    'select pg_advisory_xact_lock(1)',
    'lock table idempotency_key in access exclusive mode',
  ])('%s', async (sql) => {
    expect(await refusalOf(sql)).toBeNull();
  });
});
