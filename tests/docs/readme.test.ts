import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** What the README claims is run. Regenerate an answer by pasting what this test received. */
const run = promisify(execFile);
const readme = await readFile('README.md', 'utf8');
/** The fenced blocks, in order: info string and content. */
const blocks = [...readme.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
  info: match[1] ?? '',
  text: match[2] ?? '',
}));

describe('the sample queries of the README', () => {
  let database: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    database = await cloneDatabase('cosmos_demo');
    app = await startTestApp(database);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const samples = blocks.flatMap((block, index) => {
    const login = /^graphql (\S+)$/.exec(block.info)?.[1];
    return login === undefined ? [] : [{ login, query: block.text, answer: blocks[index + 1]?.text ?? '' }];
  });

  test('are there', () => expect(samples.length).toBeGreaterThanOrEqual(2));

  test.each(samples)('answers $login what it says', async ({ login, query, answer }) => {
    const { text } = await (await app.as(login)).send(query);
    expect(JSON.parse(text)).toEqual(JSON.parse(answer));
  });
});

/** The persons of a case come in the order of their random ids. The README has them in the order of their names. */
const inOrder = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
    key === 'persons' && Array.isArray(value)
      ? [...value].sort((one, other) => one.displayName.localeCompare(other.displayName))
      : value,
  );

/** Requests that follow one another: `graphql LOGIN in turn`. A field of an answer that ends in `Id` is a variable of the later requests. */
describe('the stories of the README', () => {
  let database: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    database = await cloneDatabase('cosmos_demo');
    app = await startTestApp(database);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  test('run as the README says', async () => {
    const steps = blocks.flatMap((block, index) => {
      const login = /^graphql (\S+) in turn$/.exec(block.info)?.[1];
      const next = blocks[index + 1];
      return login === undefined
        ? []
        : [{ login, query: block.text, answer: next?.info === 'json' ? next.text : null }];
    });
    expect(steps.length).toBeGreaterThanOrEqual(8);
    const ids: Record<string, unknown> = {};
    for (const { login, query, answer } of steps) {
      const names = [...query.matchAll(/\$(\w+): ID!/g)].map((match) => match[1] ?? '');
      const variables = Object.fromEntries(names.map((name) => [name, ids[name]]));
      const { text } = await (await app.as(login)).send(query, variables);
      const told: unknown = JSON.parse(text, (key, value: unknown) => {
        if (key.endsWith('Id') && ids[key] === undefined) ids[key] = value;
        return value;
      });
      expect(inOrder(told)).toEqual(
        answer === null ? { data: expect.anything() } : inOrder(JSON.parse(answer)),
      );
    }
  });
});

describe('the commands of the README', () => {
  let database: TestDatabase;
  let folder: string;
  let server: ChildProcess;
  let url = '';
  beforeAll(async () => {
    // Seeded: what the first start does with an empty folder is shown in tests/process.
    database = await cloneDatabase('cosmos_demo');
    folder = await mkdtemp(join(tmpdir(), 'cosmos-readme-'));
    await chmod(folder, 0o755);
    server = spawn(process.execPath, ['dist/app/main.js'], {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        NODE_ENV: 'development',
        PORT: '0',
        COSMOS_DATA_DIR: folder,
        DATABASE_URL: database.url,
      },
    });
    url = await new Promise<string>((resolve, reject) => {
      let output = '';
      server.stdout?.on('data', (chunk) => {
        output += String(chunk);
        const found = /POST (http:\S+)\/graphql/.exec(output)?.[1];
        if (found) resolve(found);
      });
      server.once('exit', () => reject(new Error(`the server stopped: ${output}`)));
    });
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
    await database.drop();
  });

  test('the first query, in a shell, answers what it says', async () => {
    const index = blocks.findIndex((block) => block.info === 'sh' && block.text.includes('curl'));
    const script = (blocks[index]?.text ?? '').replaceAll('http://127.0.0.1:4000', url);
    expect(script).toContain(url);
    const { stdout } = await run('sh', ['-c', script], {
      env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'development', COSMOS_DATA_DIR: folder },
    });
    expect(JSON.parse(stdout)).toEqual(JSON.parse(blocks[index + 1]?.text ?? ''));
  });

  test('every npm script that a document names exists', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const file of [
      'README.md',
      'ARCHITECTURE.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      'bench/README.md',
      '.env.example',
      'GLOSSARY.md',
      ...(await readdir('docs/decisions')).map((name) => `docs/decisions/${name}`),
    ]) {
      const text = await readFile(file, 'utf8');
      for (const [, name = ''] of text.matchAll(/npm run (?:--silent )?([a-z:-]+)/g))
        expect({ file, script: name, found: name in scripts }).toEqual({ file, script: name, found: true });
    }
  });
});
