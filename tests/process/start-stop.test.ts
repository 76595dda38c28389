import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { LOGINS } from '../../src/auth/logins.js';
import { until } from '../support/until.js';
import {
  ask,
  type Body,
  type CosmosProcess,
  developmentToken,
  end,
  endAll,
  isRunning,
  newDataDir,
  postgresPid,
  startCosmos,
} from './cosmos-process.js';

/**
 * The process with nothing but a folder: how it starts, answers and ends. It must do so on every Node.js that package.json
 * names; `.ci/run` runs this file on the newest too.
 */
afterEach(endAll);

/** Seeded by the first that starts on it. */
let dataDir: string;

beforeAll(async () => {
  dataDir = await newDataDir();
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** The files under a folder that hold a sentence, in one of the encodings of text. */
async function filesHolding(
  folder: string,
  sentences: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map(sentences.map((sentence) => [sentence, [] as string[]]));
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    for (const [sentence, files] of found)
      if (
        ['utf8', 'utf16le'].some((encoding) =>
          content.includes(Buffer.from(sentence, encoding as BufferEncoding)),
        )
      )
        files.push(path);
  }
  return found;
}

describe('with nothing but a folder', () => {
  let postgres: number | null;

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

  test('it answers each login; a note that is written is read by its worker, and not by their head', async () => {
    const { cosmos, url } = await start();
    // biome-ignore lint/suspicious/noExplicitAny: the assertions say what the answers are.
    const asking = (token: string | null, query: string, variables = {}): Promise<any> =>
      ask(url, token, query, variables);

    const kinds: Record<string, string> = {};
    for (const { login } of LOGINS)
      kinds[login] = (
        await asking(await developmentToken(dataDir, login), '{ viewer { kind } }')
      ).data?.viewer?.kind;
    expect(kinds).toEqual(
      Object.fromEntries(
        LOGINS.map(({ login }) => [
          login,
          login.startsWith('client.') ? 'CLIENT' : login.startsWith('person.') ? 'PERSON' : 'WORKER',
        ]),
      ),
    );
    expect(await asking(null, '{ viewer { kind } }')).toEqual({ data: { viewer: { kind: 'ANONYMOUS' } } });

    const reader = await developmentToken(dataDir, 'worker.sevran');
    const [mine] = (
      await asking(reader, '{ cases(first: 1, filter: { assignedToMe: true }) { edges { node { id } } } }')
    ).data.cases.edges;
    const caseId = mine.node.id;
    const body = 'Un compte rendu de plus.';
    const written = await asking(
      reader,
      'mutation ($input: WriteNoteInput!) { writeNote(input: $input) { body } }',
      { input: { caseId, body } },
    );
    expect(written).toEqual({ data: { writeNote: { body } } });
    const notes =
      'query ($id: ID!) { case(id: $id) { interviewNotes(first: 1) { edges { node { body } } } } }';
    expect((await asking(reader, notes, { id: caseId })).data.case.interviewNotes.edges).toEqual([
      { node: { body } },
    ]);
    // Under the policies of this very process, its head reads none of it.
    const head = await asking(await developmentToken(dataDir, 'head.sevran'), notes, { id: caseId });
    expect(head.data.case.interviewNotes).toBeNull();
    expect(head.errors[0].extensions.code).toBe('FORBIDDEN');

    expect(await end(cosmos)).toBe(0);
    expect(cosmos.output().stderr).toBe('');
  });

  test('on its disk stands no word of the note, neither in the tables nor in the log of changes', async () => {
    const holding = await filesHolding(join(dataDir, 'postgres'), [
      'Un compte rendu de plus.',
      'Camille Premier',
    ]);
    expect(holding.get('Un compte rendu de plus.')).toEqual([]);
    // A name is not sealed: the search finds what is there.
    expect(holding.get('Camille Premier')?.length).toBeGreaterThan(0);
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
    cosmos.signalGroup('SIGINT');
    // Who waits for a server that is gone ends with 1, by the limit of ten seconds.
    expect(await cosmos.ended).toBe(0);
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

  test('a promise that fails and that nobody waits for ends nothing, and its text is not printed', async () => {
    const cosmos = startCosmos({ COSMOS_DATA_DIR: dataDir, LOG_LEVEL: 'error' }, [
      '--import',
      resolve('tests/support/rejecting.js'),
    ]);
    const url = await cosmos.listening();
    cosmos.signal('SIGWINCH');
    await until('its line in the log', () => cosmos.output().stdout.includes('an unhandled rejection'));
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(`${cosmos.output().stdout}${cosmos.output().stderr}`).not.toContain('Nadia');
    expect(await end(cosmos)).toBe(0);
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

test('SIGTERM to npm, whose shell passes it on to nobody, stops the server and its PostgreSQL', async () => {
  const shell = spawn('sh', ['-c', 'node dist/app/main.js; true'], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_ENV: 'development',
      PORT: '0',
      COSMOS_DATA_DIR: dataDir,
      npm_lifecycle_event: 'start',
    },
  });
  let output = '';
  shell.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  await until('the address', () => output.includes('/graphiql'));
  const url = /POST (\S+)\/graphql/.exec(output)?.[1] ?? '';
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  shell.kill('SIGTERM');
  await until('the end of the server', () =>
    fetch(`${url}/health/live`).then(
      () => false,
      () => true,
    ),
  );
  // The lock goes last, after PostgreSQL.
  await until('the end of the lock', () => !existsSync(`${dataDir}/cosmos.pid`));
});
