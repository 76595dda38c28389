import type pg from 'pg';
import { type CellName, namedCellKeys, recordKey } from '../statistics/cell-key.js';
import type { Category, DimensionCode } from '../statistics/dimensions.js';
import { type Measure, measureOf } from '../statistics/measures.js';
import { METHOD_NOW } from '../statistics/method.js';
import type { PerturbationTable } from '../statistics/perturbation-table.js';
import {
  isOfCountyAlone,
  marginOf,
  type ProgrammeTable,
  placesOf,
  programmeOf,
  type Territory,
  tablesOfPeriod,
} from '../statistics/programme.js';
import { noisyCount, type ProtectionOf, toldCount, toldRate } from '../statistics/protection.js';
import { Tally } from '../statistics/tally.js';

/** The most records in memory at a time. */
const RECORDS_AT_ONCE = 5_000;

/** With fewer districts, a county's figure would be that of one district, or would give away the other one's. */
const FEWEST_DISTRICTS = 3;

export type Queryable = Pick<pg.ClientBase, 'query'>;

/** The period that is frozen. */
export interface DuePeriod {
  readonly period: string;
  readonly from_at: Date;
  readonly until_at: Date;
  readonly districts: readonly string[];
}

/** An indicator that is counted in it. */
export interface CountedIndicator {
  readonly id: string;
  readonly code: string;
  readonly measure: string;
  readonly dimensions: readonly string[];
  readonly given_by: Territory;
}

/** A category; of an appointment type also what it is for: `RECEIVING`, `MEETING` or `OTHER`; of a need its theme. */
export interface FrozenCategory extends Category {
  readonly kind?: string | null;
}

/** The categories of each dimension on the day of freezing. */
export type Categories = ReadonlyMap<DimensionCode, readonly FrozenCategory[]>;

/** A protected table, as it is written. */
export interface TableRow {
  readonly indicator_id: string;
  readonly district_id: string | null;
  readonly dimensions: readonly string[];
  readonly cells: readonly (number | null)[];
  /** The bases of a rate; null for a count. */
  readonly bases: readonly (number | null)[] | null;
  /** How many counts, each with noise of its own, are added up in a cell. */
  readonly parts: number;
}

type Part = CellName['part'];

/** The tables of one indicator's programme for one period. */
export class IndicatorCount {
  readonly #measure: Measure;
  /** The code of the measure that names the cells: of a rate that is made from published counts, that of these counts. */
  readonly #named: string;
  readonly #programme: readonly ProgrammeTable[];
  /** The dimensions by which records are counted, and the choices of them. */
  readonly #dimensions: readonly DimensionCode[];
  readonly #choices: readonly (readonly DimensionCode[])[];
  readonly #tallies: Readonly<Record<'ALL' | 'REST', Tally>>;
  readonly #protection: ProtectionOf;

  constructor(
    private readonly indicator: CountedIndicator,
    private readonly due: DuePeriod,
    private readonly categories: Categories,
    secret: Buffer,
    table: PerturbationTable,
    keysOf: typeof namedCellKeys = namedCellKeys,
  ) {
    const measure = measureOf(indicator.measure);
    if (measure === null) throw new Error(`nothing measures ${indicator.code} any more`);
    this.#measure = measure;
    this.#named = measure.ratio?.measure ?? indicator.measure;
    const { dimensions, given_by: givenBy } = indicator;
    this.#programme = tablesOfPeriod(programmeOf({ measure, dimensions, givenBy }), due.period);
    const { ratio } = measure;
    this.#dimensions =
      ratio === undefined
        ? measure.dimensions.filter((code) => dimensions.includes(code))
        : [ratio.dimension];
    this.#choices =
      ratio === undefined
        ? [...new Map(this.#programme.map(({ by }) => [by.join(), by])).values()]
        : [[ratio.dimension]];
    const { recordModulus } = METHOD_NOW;
    const sizes = this.#dimensions.map((code) => categories.get(code)?.length ?? 0);
    const places = this.#choices.map((by) => by.map((code) => this.#dimensions.indexOf(code)));
    const recordKeyOf = (unitId: string): number => recordKey(secret, measure.unit, unitId, recordModulus);
    const tally = (): Tally => new Tally(sizes, places, due.districts.length, recordKeyOf, recordModulus);
    this.#tallies = { ALL: tally(), REST: tally() };
    this.#protection = { table, keys: keysOf(secret, measure.unit, table.modulus) };
  }

  async read(client: Queryable): Promise<void> {
    // There is no table for this period: a stock is given where a quarter ends, some counts by quarter alone.
    if (this.#programme.length === 0) return;
    const { districts } = this.due;
    const placeOf = new Map(districts.map((id, nth) => [id, nth]));
    const recorded: readonly string[] = measureOf(this.#named)?.dimensions ?? [];
    const columns = this.#dimensions.map((code) => recorded.indexOf(code));
    const places = this.#dimensions.map(
      (code) => new Map(this.categories.get(code)?.map((category, nth) => [category.code, nth])),
    );
    await client.query({
      text: `declare statistics_cursor no scroll cursor for
        select unit_id, district_id, part, categories from statistics_records($1, $2, $3, $4)`,
      values: [this.#named, this.due.from_at, this.due.until_at, districts],
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
        this.#tallies[row.part === false ? 'REST' : 'ALL'].add({
          unitId: row.unit_id,
          district: placeOf.get(row.district_id) ?? 0,
          categories,
        });
      }
      more = rows.length === RECORDS_AT_ONCE;
    }
    await client.query('close statistics_cursor');
    this.#tallies.ALL.end();
    this.#tallies.REST.end();
  }

  /** The cells are protected as they are taken out: the true counts go no further. */
  *tables(): Generator<TableRow> {
    const { districts } = this.due;
    for (const { territory, by, sumOf } of this.#programme) {
      if (territory === 'DISTRICT')
        for (const districtId of districts) yield this.#row(districtId, by, this.#noisy(districtId, by), 1);
      else if (sumOf === 'PAIR') yield this.#margin(by);
      else if (sumOf === 'AGES') {
        const ages = this.#noisy(null, ['AGE_BAND']);
        yield this.#row(null, by, [ages.reduce((sum, one) => sum + one, 0)], ages.length);
      } else if (sumOf === 'DISTRICTS') {
        const own = this.#noisy(null, by);
        const all = districts.map((districtId) => this.#noisy(districtId, by));
        const sums = own.map((noisy, cell) =>
          // No district has a figure of health or violence, so the county's cannot be their sum.
          this.#isSensitive(by, cell)
            ? noisy
            : all.reduce((sum, ofDistrict) => sum + (ofDistrict[cell] ?? 0), 0),
        );
        yield this.#row(null, by, sums, districts.length);
      } else yield this.#row(null, by, this.#noisy(null, by), 1);
    }
  }

  /** Returns the county's table of persons by the other dimension of the pair than the age: the table by the pair, its ages added up. */
  #margin(by: readonly DimensionCode[]): TableRow {
    const { pair } = this.#measure;
    if (pair === undefined) throw new Error(`${this.indicator.code} has no pair`);
    const [first, second] = pair.map((code) => this.categories.get(code)?.length ?? 0) as [number, number];
    const kept = pair.findIndex((code) => by.includes(code));
    const sums = marginOf(this.#noisy(null, pair), [first, second], kept);
    return this.#row(null, by, sums, kept === 0 ? second : first);
  }

  /** Returns the cells of a table with their noise, one by one; of a rate, its part and the rest. */
  #noisy(districtId: string | null, by: readonly DimensionCode[]): readonly number[] {
    const { kind, ratio } = this.#measure;
    if (ratio !== undefined) {
      const cells = this.#noisyCells('ALL', districtId, [ratio.dimension]);
      const codes = this.categories.get(ratio.dimension)?.map(({ code }) => code) ?? [];
      return [ratio.part, ratio.rest].map((some) =>
        some.reduce((sum, code) => sum + (cells[codes.indexOf(code)] ?? 0), 0),
      );
    }
    if (kind === 'RATE')
      return (['PART', 'REST'] as const).map((part) => this.#noisyCells(part, districtId, [])[0] ?? 0);
    return this.#noisyCells('ALL', districtId, by);
  }

  #noisyCells(part: Part, districtId: string | null, by: readonly DimensionCode[]): readonly number[] {
    const territory = districtId === null ? 0 : this.due.districts.indexOf(districtId) + 1;
    const nth = this.#choices.findIndex((choice) => choice.join() === by.join());
    if (nth < 0) throw new Error(`${this.indicator.code}: ${by.join()} is not counted in ${this.due.period}`);
    const name = { period: this.due.period, measure: this.#named, districtId, dimensions: by, part };
    return this.#tallies[part === 'REST' ? 'REST' : 'ALL'].table(territory, nth).map((counted, cell) => {
      const categories = this.#categoriesAt(by, cell);
      if (categories.some((category) => this.#isImpossible(category))) return 0;
      return noisyCount(
        counted,
        { ...name, categories: categories.map(({ code }) => code) },
        this.#protection,
      );
    });
  }

  #row(
    districtId: string | null,
    by: readonly DimensionCode[],
    noisy: readonly number[],
    parts: number,
  ): TableRow {
    const of = { indicator_id: this.indicator.id, district_id: districtId, dimensions: by };
    const { kind, ratio } = this.#measure;
    if (kind !== 'RATE')
      return {
        ...of,
        cells: noisy.map((one, cell) => this.#told(one, districtId, by, cell)),
        bases: null,
        parts,
      };
    const [part = 0, rest = 0] = noisy;
    const counts = parts * Math.max(1, ratio?.part.length ?? 1, ratio?.rest.length ?? 1);
    const rate = toldRate(part, rest, METHOD_NOW.variance * counts);
    return { ...of, cells: [rate?.percent ?? null], bases: [rate?.base ?? null], parts: counts };
  }

  #told(noisy: number, districtId: string | null, by: readonly DimensionCode[], cell: number): number | null {
    const isSensitive = this.#isSensitive(by, cell);
    const isOfCounty = isSensitive || by.includes('NEED_CODE');
    if (isOfCounty && (districtId !== null || this.due.districts.length < FEWEST_DISTRICTS)) return null;
    return toldCount(noisy, isSensitive ? METHOD_NOW.sensitiveThreshold : METHOD_NOW.threshold);
  }

  /** True if a cell is about health or violence: no district has its figure. The need itself is given for the county alone. */
  #isSensitive(by: readonly DimensionCode[], cell: number): boolean {
    return this.#categoriesAt(by, cell).some(({ code, kind }, nth) =>
      isOfCountyAlone(by[nth] ?? '', code, kind),
    );
  }

  /** True of an appointment type that the measure never counts: such a cell is empty for everyone to see, and noise there would be odd. */
  #isImpossible({ kind }: FrozenCategory): boolean {
    const { ofTypes } = this.#measure;
    return ofTypes !== undefined && kind != null && kind !== ofTypes;
  }

  #categoriesAt(by: readonly DimensionCode[], cell: number): readonly FrozenCategory[] {
    const all = by.map((code) => this.categories.get(code) ?? []);
    const places = placesOf(
      all.map(({ length }) => length),
      cell,
    );
    return all.flatMap((categories, nth) => categories[places[nth] ?? 0] ?? []);
  }
}
