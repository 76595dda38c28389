import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { BenchCounty } from '../support/app.js';
import type { Pooler } from '../support/pgbouncer.js';
import type { Own } from '../support/questions.js';

/** Notes and their entries in the access log on the case that a worker writes to. */
export interface Written {
  readonly login: string;
  /** By the worker, and theirs to read. */
  readonly notes: number;
  readonly ofOthers: number;
  readonly logged: number;
}

/** What was written by whom, as the database has it. */
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

/** What the operations have left on one of the server's connections. */
export interface Left {
  readonly pid: number;
  /** Names of the viewer's settings that have a value. */
  readonly viewer: string | null;
  /** Other settings of the session. */
  readonly settings: string | null;
  readonly preparedStatements: number;
  /** Cursors, channels listened to, temporary tables, advisory locks. */
  readonly others: number;
}

const VIEWER_SETTINGS = [
  ...['worker', 'person', 'actor', 'scopes', 'client_reads_directory', 'county_roles', 'relays'],
  ...['receptionist', 'social_worker', 'district_head', 'any'].map((role) => `districts_${role}`),
];
/** What every client says of itself at its start, and the pooler passes on. */
const STARTUP_SETTINGS = [
  ...['client_encoding', 'DateStyle', 'TimeZone', 'IntervalStyle'],
  ...['standard_conforming_strings', 'application_name'],
];

/** Looks at each of the server's connections: all are held at once, each in a transaction. */
export async function leftOnConnections(url: string, connections: number): Promise<readonly Left[]> {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: url }));
  const left: Left[] = [];
  try {
    for (const client of clients) {
      await client.connect();
      await client.query('begin');
      const { rows } = await client.query<Left>(
        `select pg_backend_pid() as pid,
          (select string_agg(name, ' ') from unnest($1::text[]) name
            where nullif(current_setting('cosmos.' || name, true), '') is not null) as viewer,
          (select string_agg(name || '=' || setting, ' ') from pg_settings
            where source = 'session' and name <> all ($2) and name not like 'transaction%') as settings,
          (select count(*)::integer from pg_prepared_statements) as "preparedStatements",
          (select count(*)::integer from pg_cursors where name <> '')
            + (select count(*)::integer from pg_listening_channels())
            + (select count(*)::integer from pg_class where relpersistence = 't')
            + (select count(*)::integer from pg_locks
                where locktype = 'advisory' and pid = pg_backend_pid()) as others`,
        [VIEWER_SETTINGS, STARTUP_SETTINGS],
      );
      left.push(...rows);
    }
  } finally {
    for (const client of clients) await client.query('rollback').finally(() => client.end());
  }
  return left;
}

export interface Watched {
  /** Connections of the pooler to the server, at most. */
  servers: number;
  /** Clients in the pooler's queue, at most. */
  waiting: number;
  /** Server processes that have served the application, in all. */
  readonly backends: Set<number>;
}

/** The pooler's queue and the server's connections for as long as the load lasts. */
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
