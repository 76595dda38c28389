import { randomBytes } from 'node:crypto';
import { expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { isEmpty, type SeedSummary, seedCounty } from '../../prisma/seed/seed.js';
import { createLocalKeyService } from '../../src/vault/local-keys.js';
import { createNoteVault, type NoteVault } from '../../src/vault/note-vault.js';
import { until } from '../support/until.js';

/** A Thursday, at midnight in Paris. */
export const TODAY = new Date('2026-11-25T23:00:00Z');
export const server = process.env['COSMOS_TEST_SERVER'] ?? '';

export const urlOf = (database: string): string => {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
};

export const newVault = (): NoteVault =>
  createNoteVault(createLocalKeyService([{ id: 'test', key: randomBytes(32) }]), randomBytes(32));

export const onMaintenance = async (...statements: string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: urlOf('postgres') });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

/** Seeds of one database and its superuser, whom no policy binds. */
export interface Seeded {
  readonly vault: NoteVault;
  readonly summary: SeedSummary;
  readonly db: pg.Client;
  readonly steps: Map<string, number>;
  /** What its run has asked of the database, and how often that has looked at a page of a table or an index. */
  readonly work: { readonly statements: number; readonly blocks: number };
  /** Where row-level security was forced before the run. */
  readonly forced: readonly string[];
}

export const forcedTables = async (database: string): Promise<readonly string[]> => {
  const client = new pg.Client({ connectionString: urlOf(database) });
  await client.connect();
  try {
    const { rows } = await client.query(
      'select relname from pg_class where relforcerowsecurity order by relname',
    );
    return rows.map(({ relname }) => relname);
  } finally {
    await client.end();
  }
};

/** Counted by PostgreSQL, which tells it once the connection of the run is at its end. */
const blocksOf = (database: string): Promise<number> =>
  until('the counters of the run', async () => {
    const client = new pg.Client({ connectionString: urlOf('postgres') });
    await client.connect();
    try {
      const { rows } = await client.query<{ blocks: number; inserted: number }>(
        `select (blks_hit + blks_read)::float8 as blocks, tup_inserted::float8 as inserted
         from pg_stat_database where datname = $1`,
        [database],
      );
      const [{ blocks, inserted } = { blocks: 0, inserted: 0 }] = rows;
      return inserted > 1_000 && blocks;
    } finally {
      await client.end();
    }
  });

export const seedAfresh = async (
  name: string,
  { today = TODAY, url = urlOf(name) } = {},
): Promise<Seeded> => {
  await onMaintenance(
    `drop database if exists ${name} with (force)`,
    `create database ${name} template cosmos`,
  );
  expect(await isEmpty(urlOf(name))).toBe(true);
  const forced = await forcedTables(name);
  const vault = newVault();
  const steps = new Map<string, number>();
  const queries = jest.spyOn(pg.Client.prototype, 'query');
  const summary = await seedCounty({
    url,
    vault,
    today,
    onProgress: (step, done, total) => {
      expect(done).toBeGreaterThan(steps.get(step) ?? 0);
      expect(done).toBeLessThanOrEqual(total);
      steps.set(step, done);
    },
  });
  const statements = queries.mock.calls.length;
  queries.mockRestore();
  const work = { statements, blocks: await blocksOf(name) };
  const db = new pg.Client({ connectionString: urlOf(name) });
  await db.connect();
  return { vault, summary, db, steps, work, forced };
};

/** New Year, a month of bank holidays, a change of clocks. */
export const OTHER_DAYS = [
  '2026-12-31T23:00:00Z',
  '2025-04-30T22:00:00Z',
  '2027-03-27T23:00:00Z',
  '2030-10-14T22:00:00Z',
] as const;

/**
 * Any day will do, and ids do not depend on it.
 * @param one the county of `TODAY`, once it is seeded
 */
export function likeOnOtherDays(days: readonly string[], one: () => Seeded): void {
  test.each(days)('centred on %s: as much, with the same ids', async (today) => {
    const name = 'seed_other_day';
    const other = await seedAfresh(name, { today: new Date(today) });
    try {
      expect(other.summary).toMatchObject({
        cases: 300,
        notes: 1200,
        appointments: 3000,
        needs: one().summary.needs,
      });
      expect(other.summary.futureAppointments).toBeGreaterThan(700);
      for (const table of [
        'case',
        'person',
        'interview_note',
        'appointment',
        'assignment',
        'worker',
        'appointment_request',
        'slot_offer',
        'offer_skip',
      ]) {
        const sql = `select md5(string_agg(id::text, '' order by id)) as ids from "${table}"`;
        expect((await other.db.query(sql)).rows).toEqual((await one().db.query(sql)).rows);
      }
    } finally {
      await other.db.end();
      await onMaintenance(`drop database if exists ${name} with (force)`);
    }
  });
}
