import type pg from 'pg';
import { hashedCellKeys, recordKey } from '../statistics/cell-key.js';
import { type Category, DIMENSIONS, type DimensionCode } from '../statistics/dimensions.js';
import { type Measure, measureOf } from '../statistics/measures.js';
import { METHOD_NOW, tableOf } from '../statistics/method.js';
import type { PerturbationTable } from '../statistics/perturbation-table.js';
import { protectedCount, protectedRate } from '../statistics/protection.js';
import { choicesOf, placesOf } from '../statistics/questions.js';
import { markOf } from '../statistics/secret.js';
import { Tally } from '../statistics/tally.js';

/** As many records as are in memory at a time, and tables as are written at once. */
const RECORDS_AT_ONCE = 5_000;
const TABLES_AT_ONCE = 200;

type Queryable = Pick<pg.ClientBase, 'query'>;

interface DueRow {
  readonly period: string;
  readonly version: number;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly from_at: Date;
  readonly until_at: Date;
  readonly districts: readonly string[];
  readonly teams: readonly number[];
}

interface IndicatorRow {
  readonly id: string;
  readonly code: string;
  readonly measure: string;
  readonly dimensions: readonly string[];
  readonly threshold: number;
}

/** Which category goes with which of another dimension: the rest are structural zeros. */
const GOES_WITH: Partial<Record<DimensionCode, DimensionCode>> = {
  APPOINTMENT_TYPE: 'MODE',
  NEED_CODE: 'NEED_THEME',
};

interface FrozenCategory extends Category {
  readonly within: readonly string[] | null;
}

type Categories = ReadonlyMap<DimensionCode, readonly FrozenCategory[]>;

/** The secret is not the one by which figures were frozen before: the same records would answer otherwise. */
export class OtherSecretError extends Error {
  override readonly name = 'OtherSecretError';
  constructor() {
    super(
      'COSMOS_STATISTICS_SECRET is not the secret by which figures were frozen before: nothing was frozen',
    );
  }
}

/**
 * Freezes every version of a period that is due, the earliest first, each whole or not at all. How many.
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
      // What was begun goes with its connection.
      client.release(true);
      throw error;
    }
  }
}

/**
 * Freezes the earliest version of a period that is due, in the transaction that is open. Whether there was one.
 * @throws OtherSecretError
 */
export async function freezeNextSnapshot(client: Queryable, secret: Buffer): Promise<boolean> {
  const { rows } = await client.query<DueRow>(
    `select period, version, starts_on::text, ends_on::text, from_at, until_at, districts, teams from next_snapshot()`,
  );
  const [due] = rows;
  if (due === undefined) return false;
  const mark = markOf(secret);
  const { rows: marks } = await client.query<{ same: boolean }>('select freezes_with($1) as same', [mark]);
  if (marks[0]?.same !== true) throw new OtherSecretError();

  const { rows: indicators } = await client.query<IndicatorRow>(
    'select id, code, measure, dimensions, threshold from indicators_of_snapshot($1, $2, $3)',
    [due.period, due.version, due.ends_on],
  );
  const categories = await categoriesOf(client);
  const { rows: begun } = await client.query<{ id: string }>(
    'select begin_snapshot($1, $2, $3, $4, $5, $6) as id',
    [due.period, due.version, due.starts_on, due.ends_on, METHOD_NOW.version, mark],
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
    within: string[];
  }>('select dimension, category, label_fr, label_en, within from statistics_categories()');
  return new Map(
    (Object.keys(DIMENSIONS) as DimensionCode[]).map((code) => [
      code,
      DIMENSIONS[code].categories?.map((category) => ({ ...category, within: null })) ??
        rows
          .filter(({ dimension }) => dimension === code)
          .map((row) => ({
            code: row.category,
            labelFr: row.label_fr,
            labelEn: row.label_en,
            within: row.within,
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

/** Every table of one indicator and period. */
class IndicatorCount {
  readonly #measure: Measure;
  readonly #dimensions: readonly DimensionCode[];
  readonly #choices: readonly (readonly number[])[];
  readonly #part: Tally;
  /** The other part of a rate. */
  readonly #rest: Tally;
  readonly #cellKeyOf: (sum: number) => number;
  /** Pairs of categories that do not go together, and came together all the same. */
  readonly #seen = new Set<string>();

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
    // In the order of the measure: questions name them in any.
    this.#dimensions = measure.dimensions.filter((code) => indicator.dimensions.includes(code));
    const sizes = this.#dimensions.map((code) => categories.get(code)?.length ?? 0);
    this.#choices = choicesOf(this.#dimensions.map((_, nth) => nth));
    const { recordModulus } = METHOD_NOW;
    const recordKeyOf = (unitId: string): number => recordKey(secret, measure.unit, unitId, recordModulus);
    this.#cellKeyOf = hashedCellKeys(secret, measure.unit, table.modulus);
    const tally = (): Tally =>
      new Tally(sizes, this.#choices, due.districts.length, recordKeyOf, recordModulus);
    this.#part = tally();
    this.#rest = tally();
  }

  async read(client: Queryable): Promise<void> {
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
        select unit_id, district_id, feeder::text as feeder, part, categories from statistics_records($1, $2, $3, $4)`,
      values: [this.indicator.measure, this.due.from_at, this.due.until_at, districts],
    });
    for (let more = true; more; ) {
      const { rows } = await client.query<{
        unit_id: string;
        district_id: string;
        feeder: string | null;
        part: boolean | null;
        categories: string[];
      }>(`fetch ${RECORDS_AT_ONCE} from statistics_cursor`);
      for (const row of rows) {
        const categories = columns.map((column, nth) => {
          const place = places[nth]?.get(row.categories[column] ?? '');
          if (place === undefined) throw new Error(`${this.indicator.code}: a record has no known category`);
          return place;
        });
        this.#markImpossible(categories);
        (row.part === false ? this.#rest : this.#part).add({
          unitId: row.unit_id,
          district: placeOf.get(row.district_id) ?? 0,
          feeder: row.feeder,
          categories,
        });
      }
      more = rows.length === RECORDS_AT_ONCE;
    }
    await client.query('close statistics_cursor');
    this.#part.end();
    this.#rest.end();
  }

  /** The cells are protected as they are taken out: what was counted goes no further. */
  *tables(): Generator<TableRow> {
    const { districts, teams } = this.due;
    const county = teams.reduce((sum, team) => sum + team, 0);
    for (const [territory, districtId] of [null, ...districts].entries()) {
      const team = districtId === null ? county : (teams[territory - 1] ?? 0);
      for (const [nth, choice] of this.#choices.entries()) {
        const rest = this.#rest.table(territory, nth);
        yield {
          indicator_id: this.indicator.id,
          district_id: districtId,
          dimensions: choice.map((place) => this.#dimensions[place] ?? ''),
          cells: this.#part.table(territory, nth).map((counted, cell) => {
            const protection = {
              threshold: this.indicator.threshold,
              table: this.table,
              keyOf: this.#cellKeyOf,
              team,
              isStructuralZero: this.#isImpossible(choice, cell),
            };
            const other = rest[cell];
            return this.#measure.kind === 'RATE' && other !== undefined
              ? protectedRate(counted, other, protection)
              : protectedCount(counted, protection);
          }),
        };
      }
    }
  }

  /** Categories, by the places of their dimensions, which do not go together: `2|0:1|3`. */
  *#impossiblePairs(categories: ReadonlyMap<number, number>): Generator<string> {
    for (const [one, place] of categories) {
      const code = this.#dimensions[one];
      const with_ = code === undefined ? undefined : GOES_WITH[code];
      const other = with_ === undefined ? -1 : this.#dimensions.indexOf(with_);
      const otherPlace = categories.get(other);
      if (code === undefined || with_ === undefined || otherPlace === undefined) continue;
      const within = this.categories.get(code)?.[place]?.within;
      const category = this.categories.get(with_)?.[otherPlace]?.code;
      if (within !== null && within !== undefined && category !== undefined && !within.includes(category))
        yield `${one}|${other}:${place}|${otherPlace}`;
    }
  }

  #markImpossible(categories: readonly number[]): void {
    for (const pair of this.#impossiblePairs(new Map(categories.entries()))) this.#seen.add(pair);
  }

  #isImpossible(choice: readonly number[], cell: number): boolean {
    const sizes = choice.map((dimension) => {
      const code = this.#dimensions[dimension];
      return (code === undefined ? undefined : this.categories.get(code)?.length) ?? 1;
    });
    const places = placesOf(sizes, cell);
    const categories = new Map(choice.map((dimension, nth) => [dimension, places[nth] ?? 0]));
    // What came all the same is no structural zero, in any territory.
    return [...this.#impossiblePairs(categories)].some((pair) => !this.#seen.has(pair));
  }
}
