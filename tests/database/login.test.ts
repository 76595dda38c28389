import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import { Database } from '../../src/database/client.js';
import { logInJobs } from '../../src/database/jobs-pool.js';
import { putLoginKeys, requireLoginKey } from '../../src/database/login-keys.js';
import { LoginProver } from '../../src/database/login-proof.js';
import { runOperation } from '../../src/database/run-operation.js';
import { forgetProofs } from '../../src/jobs/tasks.js';
import { TEXT_TABLES } from '../../src/vault/sealed-text.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { jobsOf } from '../support/jobs.js';
import { logIn, proofFor, TEST_LOGIN_SECRET, testProver } from '../support/login.js';
import { testVault } from '../support/vault.js';

/** Who the viewer is, the database learns from a proof, and from nothing else that is said as `cosmos_app`. */
let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
});
afterAll(() => database.drop());

const WORKER = { subject: 'worker.sevran', scopes: ['cases:read', 'persons:read'] };

/** Two connections of the application, each in a transaction that has not logged in. */
async function connections<T>(act: (one: pg.Client, other: pg.Client) => Promise<T>): Promise<T> {
  const clients = [0, 1].map(() => new pg.Client({ connectionString: database.urlAs('cosmos_app') }));
  const [one, other] = clients as [pg.Client, pg.Client];
  try {
    for (const client of clients) {
      await client.connect();
      await client.query('begin');
    }
    return await act(one, other);
  } finally {
    for (const client of clients) await client.end();
  }
}

/** What login() says to claims and a proof that are sent as they are. */
async function say(client: pg.Client, claims: string, proof: Buffer): Promise<unknown> {
  const { rows } = await client.query<{ viewer: { refused?: string } }>('select login($1, $2) as viewer', [
    claims,
    proof,
  ]);
  return rows[0]?.viewer.refused;
}

const persons = async (client: pg.Client): Promise<number> =>
  (await client.query('select from person')).rowCount ?? 0;

describe('a proof', () => {
  test('opens what the viewer may see', async () => {
    await connections(async (client) => {
      expect(await persons(client)).toBe(0);
      expect(await logIn(client, WORKER)).toMatchObject({ clientKind: 'FRONT_END' });
      expect(await persons(client)).toBeGreaterThan(0);
    });
  });

  test('of another secret, or beside other claims than those that it covers, opens nothing', async () => {
    const [claims, proof] = proofFor(WORKER);
    const said = JSON.parse(claims) as Record<string, unknown>;
    const changed: Record<string, unknown> = {
      issuer: 'https://elsewhere.example',
      subject: 'head.sevran',
      client: 'client.reporting',
      scopes: ['notes:read'],
      token: 'ff',
      nonce: crypto.randomUUID(),
      at: Number(said['at']) + 1,
    };
    expect(Object.keys(changed).sort()).toEqual(Object.keys(said).sort());
    const other = new LoginProver(Buffer.alloc(32, 7)).prove({
      issuer: DEVELOPMENT_ISSUER,
      client: 'front.demo',
      token: '',
      ...WORKER,
    });
    const tries: [string, Buffer][] = [
      [...other],
      [claims, Buffer.alloc(0)],
      [claims, proof.subarray(1)],
      [` ${claims}`, proof],
      ['', proof],
      ...Object.entries(changed).map(([name, value]): [string, Buffer] => [
        JSON.stringify({ ...said, [name]: value }),
        proof,
      ]),
    ];
    await connections(async (client) => {
      for (const [text, signature] of tries)
        expect({ text, refused: await say(client, text, signature) }).toEqual({
          text,
          refused: 'proof-unknown',
        });
      expect(await persons(client)).toBe(0);
    });
  });

  test('serves once, whoever repeats it and on whichever connection', async () => {
    const proof = proofFor(WORKER);
    await connections(async (one, other) => {
      expect(await say(one, ...proof)).toBeUndefined();
      await one.query('commit');
      for (const client of [one, other]) {
        await client.query('begin');
        expect(await say(client, ...proof)).toBe('proof-used');
        expect(await persons(client)).toBe(0);
        await client.query('rollback');
      }
    });
  });

  test('is stale long before and after its time', async () => {
    await connections(async (client) => {
      for (const [by, refused] of [
        [-60, 'proof-stale'],
        [60, 'proof-stale'],
        [0, undefined],
      ] as const) {
        const prover = testProver();
        prover.setClock(Date.now() / 1_000 + by);
        const claims = { issuer: DEVELOPMENT_ISSUER, client: 'front.demo', token: '', ...WORKER };
        expect({ by, refused: await say(client, ...prover.prove(claims)) }).toEqual({ by, refused });
      }
    });
  });

  test('stands in no statement that the server shows, to whomever', async () => {
    await connections(async (client) => {
      const [claims, proof] = proofFor(WORKER);
      await say(client, claims, proof);
      const rows = await database.sql(
        `select query from pg_stat_activity where query like '%login%' and datname = current_database()`,
      );
      const seen = JSON.stringify(rows);
      expect(seen).toContain('select login($1, $2)');
      expect(seen).not.toContain(WORKER.subject);
      for (const form of ['hex', 'base64'] as const) expect(seen).not.toContain(proof.toString(form));
    });
  });
});

describe('a transaction', () => {
  test('has one login: a second one is refused, and the viewer stays', async () => {
    await connections(async (client) => {
      const { workerId } = await logIn(client, WORKER);
      expect(await logIn(client, { ...WORKER, subject: 'head.sevran' })).toEqual({ refused: 'second-login' });
      const { rows } = await client.query('select viewer_worker() as id');
      expect(rows).toEqual([{ id: workerId }]);
    });
  });

  test('leaves no viewer behind, committed or rolled back', async () => {
    await connections(async (client) => {
      for (const end of ['commit', 'rollback']) {
        await logIn(client, WORKER);
        await client.query(end);
        await client.query('begin');
        expect(await persons(client)).toBe(0);
      }
    });
  });
});

describe('the API', () => {
  const token = {
    issuer: DEVELOPMENT_ISSUER,
    subject: 'worker.sevran',
    clientId: 'front.demo',
    scopes: ['cases:read'],
    tokenId: 'test',
    expiresAt: new Date(),
  };
  const ask = (prover: LoginProver, pool: Database) =>
    runOperation(
      { database: pool, prover, vault: testVault() },
      { kind: 'query', token, idempotencyKey: null },
      async ({ viewer }) => ({ errors: [], kind: viewer.kind }),
    );

  test('takes over the clock of the database, if its own is wrong', async () => {
    const pool = new Database({ url: database.urlAs('cosmos_app'), poolSize: 2 });
    const prover = testProver();
    prover.setClock(Date.now() / 1_000 + 3_600);
    try {
      expect(await ask(prover, pool)).toMatchObject({ kind: 'WORKER' });
      expect(await ask(prover, pool)).toMatchObject({ kind: 'WORKER' });
    } finally {
      await pool.close();
    }
  });

  test('is unavailable, and says nothing of why, if the database does not know its secret', async () => {
    const pool = new Database({ url: database.urlAs('cosmos_app'), poolSize: 2 });
    try {
      await expect(ask(new LoginProver(Buffer.alloc(32, 7)), pool)).rejects.toMatchObject({
        code: 'UNAVAILABLE',
      });
    } finally {
      await pool.close();
    }
  });
});

describe('the jobs', () => {
  /** A connection of the jobs' role that has proven nothing. */
  async function unproven<T>(act: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: database.urlAs('cosmos_jobs') });
    await client.connect();
    try {
      return await act(client);
    } finally {
      await client.end();
    }
  }

  test('without a proof call none of their functions, and see no key', async () => {
    const functions = await database.sql<{ call: string }>(
      `select p.oid::regproc || '(' || coalesce((select string_agg('null::' || format_type(t, null), ', ') from unnest(p.proargtypes) t), '') || ')' as call
       from pg_proc p where p.pronamespace = 'public'::regnamespace and has_function_privilege('cosmos_jobs', p.oid, 'execute')
         and pg_get_userbyid(p.proowner) = 'cosmos_keeper' and not has_function_privilege('cosmos_app', p.oid, 'execute')
         and p.proname <> 'log_in_jobs'`,
    );
    expect(functions.length).toBeGreaterThan(15);
    await unproven(async (client) => {
      for (const { call } of functions)
        await expect({
          call,
          answer: await client.query(`select ${call}`).catch((error) => error.code),
        }).toEqual({
          call,
          answer: '42501',
        });
      for (const table of ['case_key', 'encounter_key', ...Object.keys(TEXT_TABLES)])
        expect((await client.query(`select from ${table}`)).rowCount).toBe(0);
    });
  });

  test('with a proof do, as long as the connection lasts; a proof of a login is none', async () => {
    await unproven(async (client) => {
      const login = await client.query('select log_in_jobs($1, $2) as answer', [...proofFor(WORKER)]);
      expect(login.rows[0].answer).toMatchObject({ refused: 'proof-unknown' });
      await logInJobs(client, testProver());
      expect((await client.query('select from case_key')).rowCount).toBeGreaterThan(0);
      await client.query('begin');
      await client.query('rollback');
      expect((await client.query('select districts_waiting()')).rowCount).toBeGreaterThanOrEqual(0);
    });
    await unproven(async (client) => expect((await client.query('select from case_key')).rowCount).toBe(0));
  });

  test('forget the proofs of long ago, and keep those that could be used again', async () => {
    await database.sql(
      `insert into login_proof (nonce, used_at) select gen_random_uuid(), now() - interval '2 minutes' from generate_series(1, 25)`,
    );
    await connections((client) => logIn(client, WORKER));
    const jobs = jobsOf(database);
    const proofs = `select count(*) filter (where used_at < now() - interval '1 minute')::integer as old,
      count(*)::integer as all from login_proof`;
    try {
      expect(await forgetProofs(jobs, 10)).toBeGreaterThanOrEqual(25);
      const [left] = await database.sql<{ old: number; all: number }>(proofs);
      expect(left?.old).toBe(0);
      expect(left?.all).toBeGreaterThan(0);
    } finally {
      await jobs.end();
    }
  });
});

describe('the keys', () => {
  test('are replaced without a break: the old one holds until it is left out', async () => {
    const fresh = await cloneDatabase('cosmos_demo');
    const [app, next] = [fresh.urlAs('cosmos_app'), Buffer.alloc(48, 9)];
    try {
      await expect(requireLoginKey(app, next)).rejects.toThrow(
        'COSMOS_LOGIN_SECRET: the database knows another one',
      );
      await putLoginKeys(fresh.url, [next, TEST_LOGIN_SECRET]);
      await requireLoginKey(app, next);
      await requireLoginKey(app, TEST_LOGIN_SECRET);
      await putLoginKeys(fresh.url, [next]);
      await requireLoginKey(app, next);
      await expect(requireLoginKey(app, TEST_LOGIN_SECRET)).rejects.toThrow('COSMOS_LOGIN_SECRET');
    } finally {
      await fresh.drop();
    }
  });

  test('are no use where PostgreSQL traces functions for everyone: the process does not start, and says why', async () => {
    const traced = await cloneDatabase();
    try {
      await traced.sql(`alter database ${traced.name} set backtrace_functions = 'a, b, c'`);
      await expect(requireLoginKey(traced.urlAs('cosmos_app'), TEST_LOGIN_SECRET)).rejects.toThrow(
        'backtrace_functions',
      );
    } finally {
      await traced.drop();
    }
  });

  test('are read by no role that logs in but the owner', async () => {
    for (const role of ['cosmos_app', 'cosmos_jobs'] as const) {
      const client = new pg.Client({ connectionString: database.urlAs(role) });
      await client.connect();
      for (const table of ['login_key', 'login_proof'])
        await expect(client.query(`select from ${table}`)).rejects.toMatchObject({ code: '42501' });
      await client.end();
    }
  });
});
