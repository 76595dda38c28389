import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ProgressBar } from '../../prisma/seed/progress-bar.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/until.js';

const VAULT_KEYS = `test:${randomBytes(32).toString('base64')}`;
const children = new Set<ChildProcess>();

interface Run {
  readonly child: ChildProcess;
  readonly output: { stdout: string; stderr: string };
  readonly ended: Promise<number | null>;
}

/** `npm run seed` without the build, in an environment of its own. */
function run(args: readonly string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, ['dist/prisma/seed-cli.js', ...args], {
    env: { PATH: process.env['PATH'], COSMOS_VAULT_KEYS: VAULT_KEYS, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.stderr += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      children.delete(child);
      resolve(code);
    });
  });
  return { child, output, ended };
}

let database: TestDatabase;
beforeEach(async () => {
  database = await cloneDatabase();
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await database.drop();
});

describe('what is asked for', () => {
  test.each([
    [[], '--size: required.'],
    [['--size', 'town'], '--size: no size is called “town”.'],
    [['--size'], "Option '--size <value>' argument missing"],
    [['--much'], "Unknown option '--much'"],
    [['county'], 'Unexpected argument'],
  ])('%j is refused with the usage, before anything is touched', async (args, message) => {
    const { ended, output } = run(args, { DATABASE_URL: database.url });
    expect(await ended).toBe(1);
    expect(output.stdout).toBe('');
    expect(output.stderr).toContain(message);
    expect(output.stderr).toContain('Usage: npm run seed -- --size demo|county');
    expect(output.stderr).not.toContain('    at ');
  });

  test('production gets no fictional county', async () => {
    const { ended, output } = run(['--size', 'demo'], {
      NODE_ENV: 'production',
      DATABASE_URL: database.url,
      COSMOS_FINGERPRINT_SECRET: randomBytes(32).toString('base64'),
      COSMOS_LOGIN_SECRET: randomBytes(32).toString('base64'),
      COSMOS_COUNTY: 'Département de démonstration',
      COSMOS_ISSUERS:
        '[{"issuer":"https://id.example.org","audience":"a","jwksUrl":"https://id.example.org/jwks"}]',
    });
    expect(await ended).toBe(1);
    expect(output.stderr).toBe('The fictional county is not for production.\n');
    expect(await database.sql('select from district')).toEqual([]);
  });

  test('the application’s own role is told which setting is missing', async () => {
    const { ended, output } = run(['--size', 'demo'], { DATABASE_URL: database.urlAs('cosmos_app') });
    expect(await ended).toBe(1);
    expect(output.stderr).toMatch(/^MIGRATION_DATABASE_URL: required, as the role cosmos_owner/);
  });
});

describe('a run', () => {
  test.each([
    ['DATABASE_URL', (of: TestDatabase) => of.url],
    ['MIGRATION_DATABASE_URL', (of: TestDatabase) => of.urlAs('cosmos_owner')],
  ] as const)(
    'seeds the database of %s, with lines where there is no terminal; again, it is refused',
    async (name, url) => {
      const env = { [name]: url(database) };
      const first = run(['--size', 'demo'], env);
      expect(await first.ended).toBe(0);
      expect(first.output.stderr).toBe('');
      expect(first.output.stdout).toMatch(/^reference +0 % {2}\d+ rows {2}[\d,]+ rows\/s\n/m);
      expect(first.output.stdout).toMatch(/^notes +1,200$/m);
      expect(first.output.stdout).toMatch(/^Done in \d+ s\.$/m);
      for (const control of ['\r', '\u001b']) expect(first.output.stdout).not.toContain(control);
      expect(await database.sql('select count(*)::integer as n from "case"')).toEqual([{ n: 300 }]);

      const second = run(['--size', 'county'], env);
      expect(await second.ended).toBe(1);
      expect(second.output.stderr).toMatch(
        /^Nothing was changed: the database has districts already: only an empty one is seeded\. Name an empty one/,
      );
      expect(await database.sql('select count(*)::integer as n from "case"')).toEqual([{ n: 300 }]);
    },
  );

  test('Ctrl-C ends the run and leaves the database as it was', async () => {
    const { child, ended, output } = run(['--size', 'county'], { DATABASE_URL: database.url });
    await until('the first rows', () => output.stdout.includes('rows/s'));
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(output.stderr).toBe('Interrupted: the database is as it was.\n');
    expect(await database.sql('select from district')).toEqual([]);
    expect(await database.sql(`select from pg_trigger where tgenabled <> 'O'`)).toEqual([]);
  });
});

describe('progress', () => {
  let now = 0;
  const bar = (isTTY: boolean): { written: string[]; bar: ProgressBar } => {
    const written: string[] = [];
    now = 0;
    return {
      written,
      bar: new ProgressBar({ isTTY, write: (text) => written.push(text) }, () => now),
    };
  };

  test('on a terminal the bar is drawn over itself, ten times a second at most', () => {
    const { written, bar: shown } = bar(true);
    now = 10_000;
    shown.tell('notes', { rows: 50_000, share: 0.25 });
    now += 50;
    shown.tell('notes', { rows: 50_500, share: 0.2525 });
    now += 60;
    shown.tell('notes', { rows: 51_000, share: 0.5 });
    shown.end();
    expect(written).toEqual([
      '\r\u001b[K[######..................] notes          25 %  50,000 rows  5,000 rows/s  0:30 left',
      '\r\u001b[K[############............] notes          50 %  51,000 rows  5,045 rows/s  0:11 left',
      '\n',
    ]);
  });

  test('elsewhere a line every three seconds; nothing is foretold from nothing', () => {
    const { written, bar: shown } = bar(false);
    now = 1_000;
    shown.tell('reference', { rows: 40, share: 0 });
    now = 3_900;
    shown.tell('persons', { rows: 900, share: 0.01 });
    now = 4_000;
    shown.tell('persons', { rows: 1_000, share: 0.02 });
    shown.end();
    expect(written).toEqual([
      'reference       0 %  40 rows  40 rows/s\n',
      'persons         2 %  1,000 rows  250 rows/s  3:16 left\n',
    ]);
  });
});
