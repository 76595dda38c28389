import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { BenchCounty } from '../support/app.js';
import type { Pooler } from '../support/pgbouncer.js';
import type { Own } from '../support/questions.js';

/** The notes of the case that a worker writes to, and their entries in the access log. */
export interface Written {
  readonly login: string;
  /** The notes that the worker wrote and can read. */
  readonly notes: number;
  readonly ofOthers: number;
  readonly logged: number;
}

/** Counts in the database which worker wrote what. */
export function countWritten(
  county: BenchCounty,
  owns: ReadonlyMap<string, Own>,
): Promise<readonly Written[]> {
  return county.sql<Written & Record<string, unknown>>(
    `select o.login,
      (select count(*)::integer from interview_note n where n.case_id = o.case_id and n.author_id = o.worker_id
        and n.reader_id = o.worker_id) as notes,
      (select count(*)::integer from interview_note n where n.case_id = o.case_id
        and n.author_id <> o.worker_id) as "ofOthers",
      (select count(*)::integer from access_log l where l.case_id = o.case_id and l.action = 'WRITE_NOTE'
        and l.outcome = 'DONE' and l.actor_id = o.worker_id) as logged
     from unnest($1::text[], $2::uuid[], $3::uuid[]) o(login, case_id, worker_id)`,
    [
      [...owns.keys()],
      [...owns.values()].map(({ written }) => written),
      [...owns.values()].map(({ workerId }) => workerId),
    ],
  );
}

/** The traces that operations have left on one of the server's connections. */
export interface Left {
  readonly pid: number;
  /** The viewer that login() has left, if any. */
  readonly viewer: string | null;
  /** Other settings of the session. */
  readonly settings: string | null;
  readonly preparedStatements: number;
  /** The number of cursors, channels listened to, temporary tables and advisory locks. */
  readonly others: number;
}

/** The settings that every client states at its start, and that the pooler passes on. */
const STARTUP_SETTINGS = [
  ...['client_encoding', 'DateStyle', 'TimeZone', 'IntervalStyle'],
  ...['standard_conforming_strings', 'application_name'],
];

/**
 * Looks at each of the server's connections. All are held at the same time, each in a transaction. The locks are asked of a superuser: the
 * API's role sees none.
 */
export async function leftOnConnections(
  county: BenchCounty,
  url: string,
  connections: number,
): Promise<readonly Left[]> {
  // No role may see the names of what is prepared. They can only be counted on the connection itself.
  await county.sql('grant execute on function pg_prepared_statement() to cosmos_app');
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: url }));
  const left: Left[] = [];
  try {
    for (const client of clients) {
      await client.connect();
      await client.query('begin');
      const { rows } = await client.query<Left>(
        `select pg_backend_pid() as pid,
          nullif(current_setting('backtrace_functions'), '') as viewer,
          (select string_agg(name || '=' || setting, ' ') from pg_settings
            where source = 'session' and name <> all ($1) and name not like 'transaction%') as settings,
          (select count(*)::integer from pg_prepared_statements) as "preparedStatements",
          (select count(*)::integer from pg_cursors where name <> '')
            + (select count(*)::integer from pg_listening_channels())
            + (select count(*)::integer from pg_class where relpersistence = 't') as others`,
        [STARTUP_SETTINGS],
      );
      for (const row of rows) {
        const locks = await county.sql(`select from pg_locks where locktype = 'advisory' and pid = $1`, [
          row.pid,
        ]);
        left.push({ ...row, others: row.others + locks.length });
      }
    }
  } finally {
    // What was not committed goes with the connection.
    for (const client of clients) await client.end();
  }
  return left;
}

export interface Watched {
  /** The most connections of the pooler to the server. */
  servers: number;
  /** The most clients in the pooler's queue. */
  waiting: number;
  /** All server processes that have served the application. */
  readonly backends: Set<number>;
}

/** Watches the pooler's queue and the server's connections for as long as the load lasts. */
export async function watch(county: BenchCounty, pooler: Pooler, load: Promise<unknown>): Promise<Watched> {
  const watched: Watched = { servers: 0, waiting: 0, backends: new Set() };
  let over = false;
  const ended = load.finally(() => {
    over = true;
  });
  while (!over) {
    for (const pool of await pooler.show('POOLS')) {
      if (pool['user'] !== 'cosmos_app') continue;
      const servers = ['sv_active', 'sv_idle', 'sv_used', 'sv_tested', 'sv_login'];
      const count = servers.reduce((sum, kind) => sum + Number(pool[kind]), 0);
      watched.servers = Math.max(watched.servers, count);
      watched.waiting = Math.max(watched.waiting, Number(pool['cl_waiting']));
    }
    const rows = await county.sql<{ pid: number }>(
      `select pid from pg_stat_activity where usename = 'cosmos_app'`,
    );
    for (const { pid } of rows) watched.backends.add(pid);
    await Promise.race([ended, sleep(250)]);
  }
  return watched;
}
