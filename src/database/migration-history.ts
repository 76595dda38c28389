import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { withConnection } from './connection.js';

interface Applied {
  readonly name: string;
  readonly checksum: string;
}

/** Lists the finished migrations of a database; none if it was never migrated. */
async function appliedTo(connection: pg.ClientConfig): Promise<readonly Applied[]> {
  return withConnection(connection, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('public._prisma_migrations') is not null as there`,
    );
    if (rows[0]?.there !== true) return [];
    const { rows: applied } = await client.query<Applied>(
      `select migration_name as name, checksum from _prisma_migrations
        where finished_at is not null and rolled_back_at is null order by migration_name`,
    );
    return applied;
  });
}

/** How the migrations of a database differ from those of a folder, by their names, in order. */
export interface HistoryFaults {
  /** The database has not finished them. */
  readonly missing: readonly string[];
  /** The database has another text of them. */
  readonly changed: readonly string[];
  /** The folder has not got them. */
  readonly unknown: readonly string[];
}

const namesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/** Compares what a database was migrated with to the migrations of a folder. */
export async function historyFaults(applied: readonly Applied[], folder: string): Promise<HistoryFaults> {
  const names = await namesIn(folder);
  const sumOf = async (name: string): Promise<string> =>
    createHash('sha256')
      .update(await readFile(join(folder, name, 'migration.sql')))
      .digest('hex');
  const changed: string[] = [];
  for (const { name, checksum } of applied)
    if (names.includes(name) && (await sumOf(name)) !== checksum) changed.push(name);
  return {
    missing: names.filter((name) => !applied.some((one) => one.name === name)),
    changed,
    unknown: applied.map(({ name }) => name).filter((name) => !names.includes(name)),
  };
}

/**
 * Compares the migrations of a database with those of this version. Prisma's engine only applies the missing ones: for a database that
 * was made by another text of a migration, it would report that all is well.
 * @param folder the folder of the migrations
 * @throws Error in plain words: made before the baseline, by a newer version, or by another text of a migration
 */
export async function requireSameHistory(connection: pg.ClientConfig, folder: string): Promise<void> {
  const applied = await appliedTo(connection);
  const [baseline] = await namesIn(folder);
  const first = applied[0]?.name;
  // One baseline has replaced the migrations before it.
  if (first !== undefined && baseline !== undefined && first < baseline)
    throw new Error(
      'This database was made by version 0.1.0. One migration has taken the place of its own, and it does not come over. Create a new database. ' +
        'For a trial, remove its folder (COSMOS_DATA_DIR, or `.data`).',
    );
  const { changed, unknown } = await historyFaults(applied, folder);
  if (unknown[0] !== undefined)
    throw new Error(
      `The database has the migration ${unknown[0]}, which this version does not know: a newer version has migrated it.`,
    );
  if (changed[0] !== undefined)
    throw new Error(
      `The database was migrated with another text of ${changed[0]}. Released migrations stay as they are: restore that file, or create a new database.`,
    );
}
