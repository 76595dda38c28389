import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { DEVELOPMENT_AUDIENCE, DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import { derivedPassword, urlAs } from '../../src/database/roles.js';
import {
  type CosmosProcess,
  developmentToken,
  endAll,
  isRunning,
  newDataDir,
  postgresPid,
  startCosmos,
} from './cosmos-process.js';

/** The process as an operator meets it: what it needs, what it refuses, and how it ends. */

interface Body {
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

async function ask(url: string, token: string | null, query: string, variables = {}): Promise<Body> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Body;
}

/** Ends the process by a signal; fails unless it ends by itself within ten seconds. */
async function end(
  cosmos: CosmosProcess,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<number | NodeJS.Signals> {
  const startedAt = performance.now();
  cosmos.signal(signal);
  const ended = await cosmos.ended;
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  return ended;
}

afterEach(endAll);

describe('with nothing but a folder', () => {
  let dataDir: string;
  let postgres: number | null;

  beforeAll(async () => {
    dataDir = await newDataDir();
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  async function start(env: Record<string, string> = {}): Promise<{ cosmos: CosmosProcess; url: string }> {
    const cosmos = startCosmos({ COSMOS_DATA_DIR: dataDir, ...env });
    const url = await cosmos.listening();
    postgres = await postgresPid(dataDir);
    expect(isRunning(postgres)).toBe(true);
    return { cosmos, url };
  }

  async function register(url: string, name: string): Promise<void> {
    const token = await developmentToken(dataDir, 'reception.sevran');
    const { data } = await ask(url, null, '{ districts { id name } }');
    const district = ((data?.['districts'] ?? []) as { id: string; name: string }[]).find((each) =>
      each.name.includes('Sevran'),
    );
    const written = await ask(
      url,
      token,
      'mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { id } }',
      {
        input: { districtId: district?.id, chosenName: name, phone: '01 99 00 12 34' },
      },
    );
    expect(written).toEqual({ data: { registerPerson: { id: expect.any(String) } } });
  }

  async function lookUp(url: string, name: string): Promise<unknown> {
    const token = await developmentToken(dataDir, 'reception.sevran');
    const query = 'query ($input: PersonLookUpInput!) { personLookUp(input: $input) { displayName } }';
    const { data } = await ask(url, token, query, { input: { fullName: name, phone: '0199001234' } });
    return data?.['personLookUp'];
  }

  test('killed in the middle of its first start, it starts the next time', async () => {
    const cosmos = startCosmos({ COSMOS_DATA_DIR: dataDir });
    while (!existsSync(`${dataDir}/postgres/postmaster.pid`)) await new Promise(setImmediate);
    cosmos.signal('SIGKILL');
    expect(await cosmos.ended).toBe('SIGKILL');
  });

  test('it starts, seeds the county and serves; SIGTERM ends it with 0, and the server with it', async () => {
    const { cosmos, url } = await start();
    expect(cosmos.output().stdout).toContain('Seeding the fictional county');
    expect(await ask(url, null, '{ viewer { kind } }')).toEqual({ data: { viewer: { kind: 'ANONYMOUS' } } });
    await register(url, 'Camille Premier');
    expect(await end(cosmos)).toBe(0);
    expect(isRunning(postgres)).toBe(false);
    expect(existsSync(`${dataDir}/cosmos.pid`)).toBe(false);
    expect(cosmos.output().stderr).toBe('');
  });

  test('started again, it keeps what was written and seeds nothing; SIGKILL loses nothing', async () => {
    const { cosmos, url } = await start();
    expect(cosmos.output().stdout).not.toContain('Seeding');
    expect(await lookUp(url, 'Camille Premier')).toEqual([{ displayName: 'Camille Premier' }]);
    await register(url, 'Camille Second');
    cosmos.signal('SIGKILL');
    expect(await cosmos.ended).toBe('SIGKILL');
    const orphan = postgres;
    expect(isRunning(orphan)).toBe(true);

    const next = await start();
    expect(isRunning(orphan)).toBe(false);
    expect(await lookUp(next.url, 'Camille Second')).toEqual([{ displayName: 'Camille Second' }]);
    expect(await end(next.cosmos, 'SIGINT')).toBe(0);
    expect(isRunning(postgres)).toBe(false);
  });

  test('Ctrl-C, which reaches the server as well, ends it with 0', async () => {
    const { cosmos } = await start();
    const startedAt = performance.now();
    cosmos.signalGroup('SIGINT');
    expect(await cosmos.ended).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(isRunning(postgres)).toBe(false);
  });

  test('requests in flight at SIGTERM are answered whole, before the server stops; new ones are refused', async () => {
    const { cosmos, url } = await start();
    const token = await developmentToken(dataDir, 'worker.sevran');
    const body = JSON.stringify({
      query: '{ cases(first: 3) { edges { node { reference } } } viewer { kind } }',
    });
    const requests: ClientRequest[] = Array.from({ length: 10 }, () =>
      request(`${url}/graphql`, {
        method: 'POST',
        agent: false,
        headers: {
          'content-type': 'application/json',
          'content-length': body.length,
          authorization: `Bearer ${token}`,
          expect: '100-continue',
        },
      }),
    );
    const answers = requests.map(async (each) => {
      const [response] = (await once(each, 'response')) as [IncomingMessage];
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      return { status: response.statusCode, body: JSON.parse(text) as Body };
    });
    // The server has the headers and half of the body.
    await Promise.all(
      requests.map(async (each) => {
        each.flushHeaders();
        await once(each, 'continue');
        each.write(body.slice(0, 20));
      }),
    );
    cosmos.signal('SIGTERM');
    while (await accepts(url)) await new Promise(setImmediate);
    for (const each of requests) each.end(body.slice(20));
    for (const answer of await Promise.all(answers)) {
      expect(answer.status).toBe(200);
      expect(answer.body.errors).toBeUndefined();
      expect(answer.body.data?.['cases']).toMatchObject({ edges: { length: 3 } });
    }
    expect(await cosmos.ended).toBe(0);
    expect(isRunning(postgres)).toBe(false);
  });

  test('a second process on the same folder is refused in plain words, and the first goes on', async () => {
    const { cosmos, url } = await start();
    const second = startCosmos({ COSMOS_DATA_DIR: dataDir });
    expect(await second.ended).toBe(1);
    expect(second.output().stderr).toMatch(
      /^Another Cosmos \(process \d+\) runs on .+: stop it, or choose another COSMOS_DATA_DIR\.\n$/,
    );
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(await end(cosmos, 'SIGHUP')).toBe(0);
  });

  test('a port that is taken is said, and the server does not stay behind', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const cosmos = startCosmos({ COSMOS_DATA_DIR: dataDir, PORT: String(port) });
    expect(await cosmos.ended).toBe(1);
    expect(cosmos.output().stderr).toContain('is taken: choose another');
    expect(await postgresPid(dataDir)).toBeNull();
    other.close();
  });
});

/** Whether anything still listens there. */
function accepts(url: string): Promise<boolean> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

describe('a configuration that is refused', () => {
  async function refused(env: Record<string, string>): Promise<string> {
    const cosmos = startCosmos(env);
    expect(await cosmos.ended).toBe(1);
    expect(cosmos.output().stdout).toBe('');
    return cosmos.output().stderr;
  }

  test('every fault is in one message, which repeats no value', async () => {
    const said = await refused({ PORT: 'abc', DATABASE_URL: 'nonsense-with-a-secret', LOG_LEVEL: 'loud' });
    expect(said.split('\n')).toEqual([
      'Configuration refused:',
      expect.stringContaining('PORT: '),
      expect.stringContaining('DATABASE_URL: '),
      expect.stringContaining('LOG_LEVEL: '),
      '',
    ]);
    expect(said).not.toContain('secret');
  });

  test('production needs its database, keys and issuers', async () => {
    const said = await refused({ NODE_ENV: 'production' });
    for (const name of ['DATABASE_URL', 'COSMOS_VAULT_KEYS', 'COSMOS_FINGERPRINT_SECRET', 'COSMOS_ISSUERS']) {
      expect(said).toContain(`${name}: required in production`);
    }
  });

  test('a database that does not answer is said without its password', async () => {
    const dataDir = await newDataDir();
    const said = await refused({
      COSMOS_DATA_DIR: dataDir,
      DATABASE_URL: 'postgresql://cosmos_app:hush@127.0.0.1:1/cosmos',
    });
    expect(said).toContain('ECONNREFUSED');
    expect(said).not.toContain('hush');
    await rm(dataDir, { recursive: true });
  });
});

describe('with a database of one’s own', () => {
  const name = `process_${process.pid}`;
  const server = process.env['COSMOS_TEST_SERVER'] ?? '';
  const superuser = server.replace(/cosmos$/, name);
  const app = urlAs(superuser, 'cosmos_app', derivedPassword('tests', 'cosmos_app'));
  const issuer = {
    issuer: 'https://login.example.test',
    audience: 'https://api.example.test',
    jwksUrl: 'https://login.example.test/jwks',
  };
  const production = {
    NODE_ENV: 'production',
    COSMOS_ISSUERS: JSON.stringify([issuer]),
    COSMOS_VAULT_KEYS: `prod:${Buffer.alloc(32, 1).toString('base64')}`,
    COSMOS_FINGERPRINT_SECRET: Buffer.alloc(32, 2).toString('base64'),
  };
  let dataDir: string;

  async function onServer(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: server.replace(/cosmos$/, 'postgres') });
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  /** Until a migration has begun and is not marked as applied. */
  async function migrationUnderWay(): Promise<void> {
    const client = new pg.Client({ connectionString: superuser });
    await client.connect();
    const exists = `select to_regclass('public._prisma_migrations') is not null as yes`;
    const begun = 'select exists (select from _prisma_migrations where finished_at is null) as yes';
    for (const question of [exists, begun]) {
      while ((await client.query<{ yes: boolean }>(question)).rows[0]?.yes !== true);
    }
    await client.end();
  }

  beforeAll(async () => {
    dataDir = await newDataDir();
    await onServer(`create database ${name} template template0`);
  });
  afterAll(async () => {
    await onServer(`drop database ${name} with (force)`);
    await rm(dataDir, { recursive: true, force: true });
  });

  async function refused(env: Record<string, string>): Promise<string> {
    const cosmos = startCosmos({ COSMOS_DATA_DIR: dataDir, ...env });
    expect(await cosmos.ended).toBe(1);
    return cosmos.output().stderr;
  }

  test('killed in the middle of a migration, it leaves nothing that keeps the next start from migrating', async () => {
    const cosmos = startCosmos({ COSMOS_DATA_DIR: dataDir, DATABASE_URL: superuser });
    await migrationUnderWay();
    cosmos.signal('SIGKILL');
    expect(await cosmos.ended).toBe('SIGKILL');
    expect(cosmos.output().stdout).not.toContain('Seeding');
  });

  test('a superuser’s, in development: it makes the roles, migrates and seeds', async () => {
    const cosmos = startCosmos({ COSMOS_DATA_DIR: dataDir, DATABASE_URL: superuser });
    const url = await cosmos.listening();
    expect(cosmos.output().stdout).not.toContain('embedded');
    expect((await ask(url, null, '{ districts { name } }')).data?.['districts']).toHaveLength(3);
    const token = await developmentToken(dataDir, 'worker.sevran');
    expect(await ask(url, token, '{ viewer { kind } }')).toEqual({ data: { viewer: { kind: 'WORKER' } } });
    expect(await end(cosmos)).toBe(0);
    expect(existsSync(`${dataDir}/postgres`)).toBe(false);
  });

  test('cosmos_app’s, in production: it serves, trusts no development token and leaves the folder alone', async () => {
    const unused = `${dataDir}/unused`;
    const cosmos = startCosmos({ ...production, COSMOS_DATA_DIR: unused, DATABASE_URL: app });
    const url = await cosmos.listening();
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect((await ask(url, null, '{ districts { name } }')).data?.['districts']).toHaveLength(3);
    const token = await developmentToken(dataDir, 'worker.sevran');
    const answer = await ask(url, token, '{ viewer { kind } }');
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    expect(await end(cosmos)).toBe(0);
    expect(existsSync(unused)).toBe(false);
  });

  test('a superuser’s or the owner’s is refused in production', async () => {
    const owner = urlAs(superuser, 'cosmos_owner', derivedPassword('tests', 'cosmos_owner'));
    for (const url of [superuser, owner]) {
      const said = await refused({ ...production, DATABASE_URL: url });
      expect(said).toBe(
        'DATABASE_URL: the API runs as cosmos_app; a superuser, owner or BYPASSRLS role is refused.\n',
      );
    }
  });

  test('the development issuer is refused in production', async () => {
    const development = {
      issuer: DEVELOPMENT_ISSUER,
      audience: DEVELOPMENT_AUDIENCE,
      jwksUrl: 'https://issuer.cosmos.invalid/jwks',
    };
    const said = await refused({
      ...production,
      DATABASE_URL: app,
      COSMOS_ISSUERS: JSON.stringify([issuer, development]),
    });
    expect(said).toContain('COSMOS_ISSUERS: the development issuer is refused in production');
  });

  test('one that is not migrated is refused in production, with what to do', async () => {
    await onServer(`create database ${name}_bare template template0`);
    await onServer(`grant connect on database ${name}_bare to cosmos_app`);
    const said = await refused({ ...production, DATABASE_URL: app.replace(name, `${name}_bare`) });
    await onServer(`drop database ${name}_bare with (force)`);
    expect(said).toBe('The database is not migrated: run `npm run migrate` with MIGRATION_DATABASE_URL.\n');
  });
});
