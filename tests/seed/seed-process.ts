import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

const VAULT_KEYS = `test:${randomBytes(32).toString('base64')}`;
const children = new Set<ChildProcess>();

export interface Run {
  readonly child: ChildProcess;
  readonly output: { stdout: string; stderr: string };
  readonly ended: Promise<number | null>;
}

/** `npm run seed` without the build, in an environment of its own. */
export function run(args: readonly string[], env: Record<string, string> = {}): Run {
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

/** The test's own: migrated, and empty. */
export let database: TestDatabase;

/** Gives each test of the file a database, and ends what it has started. */
export function inEmptyDatabases(): void {
  beforeEach(async () => {
    database = await cloneDatabase();
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    await database.drop();
  });
}

/** @param url of the test's database, as the setting needs it */
export function seedsTheDatabaseOf(setting: string, url: (of: TestDatabase) => string): void {
  test(`seeds the database of ${setting}, with lines where there is no terminal; again, it is refused`, async () => {
    const env = { [setting]: url(database) };
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
  });
}
