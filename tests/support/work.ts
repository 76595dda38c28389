import pg from 'pg';
import type { Statement } from '../../src/database/flight.js';
import type { LoginClaims, ProvenClaims } from '../../src/database/login-proof.js';
import { listenToFlights, type SentTogether } from './flights.js';
import { testProver } from './login.js';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Loops'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** What PostgreSQL did for an operation, the functions that it calls included. */
export interface Work {
  /** Tables that a plan reads from end to end. */
  readonly scanned: readonly string[];
  /** Rows read, by table: those that a condition then left out are among them. */
  readonly rows: ReadonlyMap<string, number>;
  /** Pages of tables and indexes that were looked at. */
  readonly blocks: number;
}

/** Listens to what the API sends to one database, and does it again to see what it costs. */
export class WorkObserver {
  readonly #stop: () => void;
  #sent: SentTogether[] = [];
  #client: pg.Client | null = null;

  /** @param database its name; @param appUrl of the role `cosmos_app`, which row-level security binds */
  constructor(
    database: string,
    private readonly appUrl: string,
  ) {
    this.#stop = listenToFlights(database, (sent) => this.#sent.push(sent));
  }

  async stop(): Promise<void> {
    this.#stop();
    await this.#client?.end();
  }

  /** One connection for all: a new one would first have to read the catalogue. */
  async #connected(): Promise<pg.Client> {
    if (this.#client === null) {
      this.#client = new pg.Client({ connectionString: this.appUrl });
      await this.#client.connect();
    }
    return this.#client;
  }

  /** Runs `ask`, which sends one operation, and then its statements once more under EXPLAIN, as the same viewer. */
  async observe<T>(ask: () => Promise<T>): Promise<{ readonly answer: T; readonly work: Work }> {
    this.#sent = [];
    const answer = await ask();
    const flights = this.#sent;
    this.#sent = [];
    const statements = flights.flat();
    const login = statements.findIndex(isLogin);
    if (statements.length === 0) throw new Error('the operation sent nothing');
    const client = await this.#connected();
    try {
      // The opening is BEGIN, two settings, and the login if there is one. The log and COMMIT end the operation.
      for (const one of statements.slice(0, login + 1))
        await client.query(one.text, [...(isLogin(one) ? provenAgain(one) : one.values)]);
      if (login === -1) for (const one of statements.slice(0, 3)) await client.query(one.text);
      const again = statements.filter((one) => one.values.length > 0 && !isLogin(one) && !isLog(one));
      const runs = await Promise.all(again.map((one, nth) => prepared(client, `observed_${nth}`, one)));
      const before = await readCounters(client);
      const scanned = new Set<string>();
      for (const run of runs) {
        const { rows } = await client.query<{ 'QUERY PLAN': readonly { Plan: PlanNode }[] }>(
          `explain (analyze, timing off, format json) ${run}`,
        );
        for (const { Plan } of rows[0]?.['QUERY PLAN'] ?? []) collectScans(Plan, scanned);
      }
      const after = await readCounters(client);
      for (const [table, { scans }] of after.tables)
        if (scans > (before.tables.get(table)?.scans ?? 0)) scanned.add(table);
      const rows = [...after.tables].map(
        ([table, counted]) => [table, counted.rows - (before.tables.get(table)?.rows ?? 0)] as const,
      );
      return {
        answer,
        work: {
          scanned: [...scanned].sort(),
          rows: new Map(rows.filter(([, count]) => count > 0)),
          blocks: after.blocks - before.blocks,
        },
      };
    } finally {
      await client.query('rollback');
      await client.query('deallocate all');
    }
  }
}

/** After so many plans for the values at hand, PostgreSQL weighs a plan for all values, and keeps it if it is no dearer. */
const PLANS_FOR_VALUES = 5;

/** Prepares a statement, and runs it until its plan is the one that a busy connection has. Returns the statement that runs it. */
async function prepared(client: pg.Client, name: string, { text, values }: Statement): Promise<string> {
  const run = `execute ${name}${values.length === 0 ? '' : `(${values.map(literalOf).join(', ')})`}`;
  await client.query(`prepare ${name} as ${text}`);
  for (let nth = 0; nth < PLANS_FOR_VALUES; nth += 1) await client.query(run);
  return run;
}

function literalOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  const quoted = (item: unknown): string => `"${String(item).replace(/[\\"]/g, '\\$&')}"`;
  if (Array.isArray(value))
    return pg.escapeLiteral(`{${value.map((item) => (item === null ? 'null' : quoted(item))).join(',')}}`);
  if (Buffer.isBuffer(value)) return pg.escapeLiteral(`\\x${value.toString('hex')}`);
  return pg.escapeLiteral(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

const isLog = ({ text }: Statement): boolean => text.startsWith('select log_access(');
const isLogin = ({ text }: Statement): boolean => text.startsWith('select login(');

/** The same login with a proof of its own: the first one has served. */
function provenAgain({ values: [claims] }: Statement): ProvenClaims {
  const { nonce: _, at: __, ...said } = JSON.parse(String(claims)) as LoginClaims & Record<string, unknown>;
  return testProver().prove(said as LoginClaims);
}

function collectScans(node: PlanNode, into: Set<string>): void {
  if (node['Node Type'] === 'Seq Scan' && node['Actual Loops'] !== 0) into.add(node['Relation Name'] ?? '');
  for (const child of node.Plans ?? []) collectScans(child, into);
}

interface Counters {
  readonly tables: ReadonlyMap<string, { readonly scans: number; readonly rows: number }>;
  readonly blocks: number;
}

/** What the transaction has read so far: the statistics see into functions, where EXPLAIN does not. */
async function readCounters(client: pg.Client): Promise<Counters> {
  const { rows } = await client.query<{ relname: string; scans: number; rows: number; blocks: number }>(
    `select c.relname, coalesce(t.seq_scan, 0)::integer as scans,
       (coalesce(t.seq_tup_read, 0) + coalesce(t.idx_tup_fetch, 0))::integer as rows,
       (pg_stat_get_xact_blocks_fetched(c.oid) + coalesce((select sum(pg_stat_get_xact_blocks_fetched(i.indexrelid))
         from pg_index i where i.indrelid = c.oid), 0))::integer as blocks
     from pg_class c left join pg_stat_xact_user_tables t on t.relid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
  );
  return {
    tables: new Map(rows.map((row) => [row.relname, row])),
    blocks: rows.reduce((sum, row) => sum + row.blocks, 0),
  };
}
