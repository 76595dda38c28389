/** What was counted in one cell, before it is protected. It never leaves the job that counts. */
export interface Counted {
  /** Different units. */
  readonly count: number;
  /** The sum of their record keys, modulo that of these: equal sets have equal sums. */
  readonly sum: number;
  /** How many workers feed it; each unit may have several. */
  readonly feeders: number;
  /** How many of the units the one has who feeds most of it. */
  readonly largest: number;
  /** How many of the units are nobody's in particular. */
  readonly unassigned: number;
}

const NOTHING: Counted = { count: 0, sum: 0, feeders: 0, largest: 0, unassigned: 0 };

/** One row of what is counted: a unit may come with several. */
export interface StatisticsRecord {
  readonly unitId: string;
  /** The place of its district among those that are counted. */
  readonly district: number;
  /** A number that stands for who feeds it, in this one answer; null is nobody in particular. */
  readonly feeder: string | null;
  /** The place of its category in each dimension. */
  readonly categories: readonly number[];
}

/**
 * Counts different units in every cell of every table of an indicator at once: of the county and of each district, by each choice of
 * dimensions. Rows of one unit must follow one another; that apart, their order is nothing to the result.
 */
export class Tally {
  readonly #tables: readonly { readonly choice: readonly number[]; readonly base: number }[];
  readonly #cellsOfTerritory: number;
  readonly #counts: Float64Array;
  readonly #sums: Float64Array;
  readonly #unassigned: Float64Array;
  readonly #feeders = new Map<number, Map<string, number>>();
  #unitId: string | null = null;
  /** The cells that the present unit is in, and who feeds it there. */
  readonly #touched = new Map<number, Set<string>>();

  constructor(
    /** How many categories each dimension has. */
    private readonly sizes: readonly number[],
    /** The places of their dimensions. */
    choices: readonly (readonly number[])[],
    districts: number,
    private readonly keyOf: (unitId: string) => number,
    private readonly modulus: number,
  ) {
    let base = 0;
    this.#tables = choices.map((choice) => {
      const table = { choice, base };
      base += this.#cellsOf(choice);
      return table;
    });
    this.#cellsOfTerritory = base;
    const cells = base * (districts + 1);
    this.#counts = new Float64Array(cells);
    this.#sums = new Float64Array(cells);
    this.#unassigned = new Float64Array(cells);
  }

  add({ unitId, district, feeder, categories }: StatisticsRecord): void {
    if (unitId !== this.#unitId) this.end();
    this.#unitId = unitId;
    for (const { choice, base } of this.#tables) {
      let cell = 0;
      for (const dimension of choice)
        cell = cell * (this.sizes[dimension] ?? 1) + (categories[dimension] ?? 0);
      // The county, then its districts.
      for (const territory of [0, district + 1]) {
        const at = territory * this.#cellsOfTerritory + base + cell;
        const feeders = this.#touched.get(at) ?? new Set();
        if (feeder !== null) feeders.add(feeder);
        this.#touched.set(at, feeders);
      }
    }
  }

  /** Counts the last unit; to be called once, after all rows. */
  end(): void {
    if (this.#unitId === null) return;
    const key = this.keyOf(this.#unitId);
    for (const [cell, feeders] of this.#touched) {
      this.#counts[cell] = (this.#counts[cell] ?? 0) + 1;
      this.#sums[cell] = ((this.#sums[cell] ?? 0) + key) % this.modulus;
      if (feeders.size === 0) this.#unassigned[cell] = (this.#unassigned[cell] ?? 0) + 1;
      for (const feeder of feeders) this.#feed(cell, feeder);
    }
    this.#touched.clear();
    this.#unitId = null;
  }

  #feed(cell: number, feeder: string): void {
    const units = this.#feeders.get(cell) ?? new Map<string, number>();
    units.set(feeder, (units.get(feeder) ?? 0) + 1);
    this.#feeders.set(cell, units);
  }

  /** The cells of a table, the last dimension fastest. Territory 0 is the county, then come the districts. */
  table(territory: number, nth: number): readonly Counted[] {
    const { choice = [], base = 0 } = this.#tables[nth] ?? {};
    const first = territory * this.#cellsOfTerritory + base;
    return Array.from({ length: this.#cellsOf(choice) }, (_, cell) => this.#counted(first + cell));
  }

  #counted(cell: number): Counted {
    const count = this.#counts[cell] ?? 0;
    if (count === 0) return NOTHING;
    const units = [...(this.#feeders.get(cell)?.values() ?? [])];
    return {
      count,
      sum: this.#sums[cell] ?? 0,
      feeders: units.length,
      largest: Math.max(0, ...units),
      unassigned: this.#unassigned[cell] ?? 0,
    };
  }

  #cellsOf(choice: readonly number[]): number {
    return choice.reduce((cells, dimension) => cells * (this.sizes[dimension] ?? 1), 1);
  }
}
