import type pg from 'pg';

/**
 * Lets the product's own functions live in another time. A function that asks for `now()` finds the one of a schema that comes before
 * PostgreSQL's. So only the demand and the answers are simulated, and not the rules.
 */
export async function installClock(client: pg.Client): Promise<void> {
  await client.query(`create schema sim;
    create function sim.now() returns timestamptz language sql stable as $$ select current_setting('sim.now')::timestamptz $$;
    grant usage on schema sim to public`);
  await client.query(`do $$ declare f regprocedure; begin
    for f in select p.oid::regprocedure from pg_proc p join pg_language l on l.oid = p.prolang
      where p.pronamespace = 'public'::regnamespace and l.lanname = 'plpgsql' and p.prosrc ~* '\\mnow\\(\\)' loop
      execute format('alter function %s set search_path = sim, pg_catalog, public, pg_temp', f);
    end loop; end $$`);
  // The simulation answers offers itself. So every viewer may answer.
  await client.query(`create or replace function viewer_answers(p_request appointment_request) returns boolean
    language sql stable as 'select true'`);
}

export async function setClock(client: pg.Client, now: Date): Promise<void> {
  await client.query(`select set_config('sim.now', $1, false)`, [now.toISOString()]);
}
