import type { TestDatabase } from './database.js';

/** The globals of the built API. They are not those of the test file: jest runs the test file in a realm of its own. */
const outside = (Object.getPrototypeOf(builtApi.startApp.constructor) as FunctionConstructor)(
  'return globalThis',
)() as { Date: DateConstructor; process: typeof process };
const crypto = outside.process.getBuiltinModule('node:crypto');
const { syncBuiltinESMExports } = outside.process.getBuiltinModule('node:module');

/**
 * One clock for databases and the API over them. It stands still until it is set, so rows of one instant have the same time in each database.
 * `now()` gives its time in every function, policy, default and job of a database, and `new Date()` gives it in the API. Whatever measures a
 * duration keeps the machine's time: `clock_timestamp()`, `Date.now()`, timers.
 */
export class Clock {
  readonly #databases: readonly TestDatabase[];
  readonly #date = outside.Date;
  readonly #randomUUID = crypto.randomUUID;
  #now: Date;

  private constructor(databases: readonly TestDatabase[], now: Date) {
    this.#databases = databases;
    this.#now = now;
  }

  /** Takes over the clock of these databases (`installClock`), and that of the API. */
  static async of(databases: readonly TestDatabase[], now: Date): Promise<Clock> {
    const clock = new Clock(databases, now);
    const at = (): Date => clock.#now;
    outside.Date = new Proxy(clock.#date, {
      construct: (target, args, as) =>
        Reflect.construct(target, args.length === 0 ? [at().getTime()] : args, as),
    });
    let ids = 0;
    crypto.randomUUID = () => {
      ids += 1;
      return `f0000000-0000-4000-8000-${ids.toString(16).padStart(12, '0')}`;
    };
    syncBuiltinESMExports();
    await clock.set(now);
    return clock;
  }

  get now(): Date {
    return this.#now;
  }

  async set(now: Date): Promise<void> {
    this.#now = now;
    await Promise.all(
      this.#databases.map(({ sql }) => sql('update test_clock.time set at = $1', [now.toISOString()])),
    );
  }

  /** Gives the API its own clock and ids back. */
  release(): void {
    outside.Date = this.#date;
    crypto.randomUUID = this.#randomUUID;
    syncBuiltinESMExports();
  }
}

/**
 * Puts a clock into a database before anything has asked it: a connection that has already planned a statement keeps the machine's time.
 * `now()` becomes a function in SQL, since PostgreSQL writes such a function into the statement that calls it. It would call any other built-in
 * function by its number, whatever the catalogue says. Ids ascend, so that rows of one instant have the same order in two databases.
 */
export async function installClock({ sql }: TestDatabase, now: Date): Promise<void> {
  await sql('create schema test_clock');
  await sql('create table test_clock.time (at timestamptz not null)');
  await sql('insert into test_clock.time values ($1)', [now.toISOString()]);
  await sql('create sequence test_clock.ids');
  await sql(
    `create function test_clock.read() returns timestamptz language plpgsql stable parallel safe
     as 'begin return (select at from test_clock.time); end'`,
  );
  await sql(
    `create function test_clock.id() returns uuid language plpgsql volatile as $$
     declare v_nth bigint := nextval('test_clock.ids'); v_bytes bytea := '\\xe0e0e0e0e0e040008000000000000000';
     begin
       for i in 0..5 loop v_bytes := set_byte(v_bytes, i, 224 | ((v_nth >> (5 * (5 - i))) & 31)::integer); end loop;
       return encode(v_bytes, 'hex')::uuid;
     end $$`,
  );
  // A reference is made of the last symbols of the count: the first ones would be equal for a thousand ids.
  await sql(
    `create or replace function public.draw_symbols(p_count integer) returns text language sql volatile parallel safe
     return (select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + ((n.nth >> (5 * (p_count - of))) & 31)::integer, 1), '' order by of)
       from (select nextval('test_clock.ids') as nth) n cross join generate_series(1, p_count) of)`,
  );
  await sql('grant usage on schema test_clock to public');
  await sql('grant select on test_clock.time to public');
  await sql('grant usage on sequence test_clock.ids to public');
  await sql(
    `create or replace function pg_catalog.now() returns timestamptz language sql stable parallel safe
     as 'select test_clock.read()'`,
  );
  await sql(
    `create or replace function pg_catalog.gen_random_uuid() returns uuid language sql volatile as 'select test_clock.id()'`,
  );
}
