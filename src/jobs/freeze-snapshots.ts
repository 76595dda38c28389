import type pg from 'pg';
import { DIMENSIONS, type DimensionCode } from '../statistics/dimensions.js';
import { METHOD_NOW, tableOf } from '../statistics/method.js';
import { markOf } from '../statistics/secret.js';
import {
  type Categories,
  type CountedIndicator,
  type DuePeriod,
  type FrozenCategory,
  IndicatorCount,
  type Queryable,
  type TableRow,
} from './count-indicator.js';

/** The most tables written at once. */
const TABLES_AT_ONCE = 200;

interface DueRow extends DuePeriod {
  readonly starts_on: string;
  readonly ends_on: string;
}

/** The secret is not the one by which earlier figures were frozen: the same records would get other figures. */
export class OtherSecretError extends Error {
  override readonly name = 'OtherSecretError';
  constructor() {
    super(
      'COSMOS_STATISTICS_SECRET is not the secret by which figures were frozen before: nothing was frozen',
    );
  }
}

/**
 * Freezes every period that is due, the earliest first, each as a whole or not at all.
 * @returns how many periods were frozen
 * @throws OtherSecretError
 */
export async function freezeSnapshots(pool: pg.Pool, secret: Buffer): Promise<number> {
  for (let frozen = 0; ; frozen += 1) {
    const client = await pool.connect();
    try {
      await client.query('begin isolation level repeatable read');
      const found = await freezeNextSnapshot(client, secret);
      await client.query('commit');
      client.release();
      if (!found) return frozen;
    } catch (error) {
      // The open transaction ends with its connection.
      client.release(true);
      throw error;
    }
  }
}

/**
 * Freezes the earliest period that is due, in the open transaction.
 * @returns whether there was one
 * @throws OtherSecretError
 */
export async function freezeNextSnapshot(client: Queryable, secret: Buffer): Promise<boolean> {
  const { rows } = await client.query<DueRow>(
    'select period, starts_on::text, ends_on::text, from_at, until_at, districts from next_snapshot()',
  );
  const [due] = rows;
  if (due === undefined) return false;
  const mark = markOf(secret);
  const { rows: marks } = await client.query<{ same: boolean }>('select freezes_with($1) as same', [mark]);
  if (marks[0]?.same !== true) throw new OtherSecretError();

  const { rows: indicators } = await client.query<CountedIndicator>(
    'select id, code, measure, dimensions, given_by from indicators_of_snapshot($1)',
    [due.ends_on],
  );
  const categories = await categoriesOf(client);
  const { rows: begun } = await client.query<{ id: string }>(
    'select begin_snapshot($1, $2, $3, $4, $5) as id',
    [due.period, due.starts_on, due.ends_on, METHOD_NOW.version, mark],
  );
  const snapshotId = begun[0]?.id ?? '';
  await writeDimensions(client, snapshotId, categories);
  const table = tableOf(METHOD_NOW);
  for (const indicator of indicators) {
    const count = new IndicatorCount(indicator, due, categories, secret, table);
    await count.read(client);
    await writeTables(client, snapshotId, count.tables());
  }
  await client.query('select end_snapshot()');
  return true;
}

/** Returns the categories of each dimension, as they are now. */
export async function categoriesOf(client: Queryable): Promise<Categories> {
  const { rows } = await client.query<{
    dimension: DimensionCode;
    category: string;
    label_fr: string;
    label_en: string;
    kind: FrozenCategory['kind'];
  }>('select dimension, category, label_fr, label_en, kind from statistics_categories()');
  return new Map(
    (Object.keys(DIMENSIONS) as DimensionCode[]).map((code) => [
      code,
      DIMENSIONS[code].categories ??
        rows
          .filter(({ dimension }) => dimension === code)
          .map((row) => ({
            code: row.category,
            labelFr: row.label_fr,
            labelEn: row.label_en,
            kind: row.kind ?? null,
          })),
    ]),
  );
}

async function writeDimensions(client: Queryable, snapshotId: string, all: Categories): Promise<void> {
  for (const [code, categories] of all) {
    if (categories.length === 0) continue;
    await client.query('select write_snapshot_dimension($1, $2, $3, $4, $5, $6, $7)', [
      snapshotId,
      code,
      DIMENSIONS[code].labelFr,
      DIMENSIONS[code].labelEn,
      categories.map((category) => category.code),
      categories.map(({ labelFr }) => labelFr),
      categories.map(({ labelEn }) => labelEn),
    ]);
  }
}

async function writeTables(client: Queryable, snapshotId: string, tables: Iterable<TableRow>): Promise<void> {
  const waiting: TableRow[] = [];
  const write = async (): Promise<void> => {
    await client.query('select write_snapshot_tables($1, $2)', [
      snapshotId,
      JSON.stringify(waiting.splice(0)),
    ]);
  };
  for (const row of tables) if (waiting.push(row) >= TABLES_AT_ONCE) await write();
  if (waiting.length > 0) await write();
}
