import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { ProgressBar } from '../../prisma/seed/progress-bar.js';
import { until } from '../support/until.js';
import { database, inEmptyDatabases, run, seedsTheDatabaseOf } from './seed-process.js';

inEmptyDatabases();

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
  seedsTheDatabaseOf('DATABASE_URL', ({ url }) => url);

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
