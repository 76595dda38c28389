import type pg from 'pg';
import { type CellKeys, hashedCellKeys, recordKey } from '../statistics/cell-key.js';
import { type Category, DIMENSIONS, type DimensionCode } from '../statistics/dimensions.js';
import { type Measure, measureOf } from '../statistics/measures.js';
import { METHOD_NOW, tableOf } from '../statistics/method.js';
import type { PerturbationTable } from '../statistics/perturbation-table.js';
import {
  isOfCountyAlone,
  placesOf,
  programmeOf,
  type Territory,
  tablesOfPeriod,
} from '../statistics/programme.js';
import { protectedCount, protectedRate } from '../statistics/protection.js';
import { markOf } from '../statistics/secret.js';
import { Tally } from '../statistics/tally.js';

/** The most records in memory at a time, and the most tables written at once. */
const RECORDS_AT_ONCE = 5_000;
const TABLES_AT_ONCE = 200;

/** With fewer districts, a county's figure would be that of one district, or would give away the other one's. */
const FEWEST_DISTRICTS = 3;

type Queryable = Pick<pg.ClientBase, 'query'>;

interface DueRow {
  readonly period: string;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly from_at: Date;
  readonly until_at: Date;
  readonly districts: readonly string[];
}

interface IndicatorRow {
  readonly id: string;
  readonly code: string;
  readonly measure: string;
  readonly dimensions: readonly string[];
  readonly given_by: Territory;
}

type Categories = ReadonlyMap<DimensionCode, readonly Category[]>;

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

  const { rows: indicators } = await client.query<IndicatorRow>(
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
  return true;
}

async function categoriesOf(client: Queryable): Promise<Categories> {
  const { rows } = await client.query<{
    dimension: DimensionCode;
    category: string;
    label_fr: string;
    label_en: string;
  }>('select dimension, category, label_fr, label_en from statistics_categories()');
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

interface TableRow {
  readonly indicator_id: string;
  readonly district_id: string | null;
  readonly dimensions: readonly string[];
  readonly cells: readonly (number | null)[];
  /** The bases of a rate; null for a count. */
  readonly bases: readonly (number | null)[] | null;
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

/** The tables of one indicator's programme for one period. */
class IndicatorCount {
  readonly #measure: Measure;
  readonly #dimensions: readonly DimensionCode[];
  readonly #choices: readonly (readonly number[])[];
  /** The tables that are given, by kind of territory and dimensions. */
  readonly #given: ReadonlySet<string>;
  readonly #part: Tally;
  /** The tally of the other part of a rate. */
  readonly #rest: Tally;
  readonly #keys: CellKeys;

  constructor(
    private readonly indicator: IndicatorRow,
    private readonly due: DueRow,
    private readonly categories: Categories,
    secret: Buffer,
    private readonly table: PerturbationTable,
  ) {
    const measure = measureOf(indicator.measure);
    if (measure === null) throw new Error(`nothing measures ${indicator.code} any more`);
    this.#measure = measure;
    const { dimensions, given_by: givenBy } = indicator;
    const tables = tablesOfPeriod(programmeOf({ measure, dimensions, givenBy }), due.period);
    this.#dimensions = measure.dimensions.filter((code) => dimensions.includes(code));
    this.#given = new Set(tables.map(({ territory, by }) => `${territory} ${by.join(' ')}`));
    this.#choices = [...new Set(tables.map(({ by }) => by.join(' ')))].map((by) =>
      by === '' ? [] : by.split(' ').map((code) => this.#dimensions.indexOf(code as DimensionCode)),
    );
    const sizes = this.#dimensions.map((code) => categories.get(code)?.length ?? 0);
    const { recordModulus } = METHOD_NOW;
    const recordKeyOf = (unitId: string): number => recordKey(secret, measure.unit, unitId, recordModulus);
    this.#keys = hashedCellKeys(secret, measure.unit, table.modulus);
    const tally = (): Tally =>
      new Tally(sizes, this.#choices, due.districts.length, recordKeyOf, recordModulus);
    this.#part = tally();
    this.#rest = tally();
  }

  async read(client: Queryable): Promise<void> {
    // There is no table for this period: a stock is given where a quarter ends.
    if (this.#choices.length === 0) return;
    const { districts } = this.due;
    const placeOf = new Map(districts.map((id, nth) => [id, nth]));
    const columns = this.#dimensions.map((code) =>
      (this.#measure.dimensions as readonly string[]).indexOf(code),
    );
    const places = this.#dimensions.map(
      (code) => new Map(this.categories.get(code)?.map((category, nth) => [category.code, nth])),
    );
    await client.query({
      text: `declare statistics_cursor no scroll cursor for
        select unit_id, district_id, part, categories from statistics_records($1, $2, $3, $4)`,
      values: [this.indicator.measure, this.due.from_at, this.due.until_at, districts],
    });
    for (let more = true; more; ) {
      const { rows } = await client.query<{
        unit_id: string;
        district_id: string;
        part: boolean | null;
        categories: string[];
      }>(`fetch ${RECORDS_AT_ONCE} from statistics_cursor`);
      for (const row of rows) {
        const categories = columns.map((column, nth) => {
          const place = places[nth]?.get(row.categories[column] ?? '');
          if (place === undefined) throw new Error(`${this.indicator.code}: a record has no known category`);
          return place;
        });
        (row.part === false ? this.#rest : this.#part).add({
          unitId: row.unit_id,
          district: placeOf.get(row.district_id) ?? 0,
          categories,
        });
      }
      more = rows.length === RECORDS_AT_ONCE;
    }
    await client.query('close statistics_cursor');
    this.#part.end();
    this.#rest.end();
  }

  /** The cells are protected as they are taken out: the true counts go no further. */
  *tables(): Generator<TableRow> {
    for (const [territory, districtId] of [null, ...this.due.districts].entries())
      for (const [nth, choice] of this.#choices.entries()) {
        const dimensions = choice.map((place) => this.#dimensions[place] ?? '');
        if (!this.#given.has(`${districtId === null ? 'COUNTY' : 'DISTRICT'} ${dimensions.join(' ')}`))
          continue;
        const of = { indicator_id: this.indicator.id, district_id: districtId, dimensions };
        yield this.#measure.kind === 'RATE'
          ? { ...of, ...this.#rates(territory, nth) }
          : { ...of, cells: this.#counts(territory, nth, choice, districtId), bases: null };
      }
  }

  #counts(
    territory: number,
    nth: number,
    choice: readonly number[],
    districtId: string | null,
  ): (number | null)[] {
    const protection = { method: METHOD_NOW, table: this.table, keys: this.#keys };
    return this.#part.table(territory, nth).map((counted, cell) => {
      if (this.#isSensitive(choice, cell, districtId)) return null;
      return protectedCount(counted, protection);
    });
  }

  #rates(territory: number, nth: number): Pick<TableRow, 'cells' | 'bases'> {
    const protection = { method: METHOD_NOW, table: this.table, keys: this.#keys };
    const rest = this.#rest.table(territory, nth);
    const rates = this.#part
      .table(territory, nth)
      .map((part, cell) =>
        protectedRate(part, rest[cell] ?? { count: 0, sum: 0 }, protection, this.indicator.measure),
      );
    return {
      cells: rates.map((rate) => rate?.percent ?? null),
      bases: rates.map((rate) => rate?.base ?? null),
    };
  }

  /**
   * True if a cell is about health or violence, and covers so few districts that it is withheld. The need itself is given for the county
   * alone.
   */
  #isSensitive(choice: readonly number[], cell: number, districtId: string | null): boolean {
    if (districtId === null && this.due.districts.length >= FEWEST_DISTRICTS) return false;
    const dimensions = choice.map((dimension) => this.#dimensions[dimension] as DimensionCode);
    if (dimensions.includes('NEED_CODE')) return true;
    const categories = dimensions.map((code) => this.categories.get(code) ?? []);
    const places = placesOf(
      categories.map(({ length }) => length),
      cell,
    );
    return dimensions.some((code, nth) =>
      isOfCountyAlone(code, categories[nth]?.[places[nth] ?? 0]?.code ?? ''),
    );
  }
}
