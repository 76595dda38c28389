/** The count of one cell, before it is protected. It never leaves the job that counts. */
export interface Counted {
  /** The number of different units. */
  readonly count: number;
  /** The sum of their record keys, modulo the modulus of record keys: equal sets have equal sums. */
  readonly sum: number;
}

/** One counted row. A unit may have several rows. */
export interface StatisticsRecord {
  readonly unitId: string;
  /** The place of its district among those that are counted. */
  readonly district: number;
  /** The place of its category in each dimension. */
  readonly categories: readonly number[];
}

/**
 * Counts different units in every cell of every table of an indicator at once: for the county and each district, by each choice of
 * dimensions. Rows of one unit must follow one another; otherwise their order does not change the result.
 */
export class Tally {
  readonly #tables: readonly { readonly choice: readonly number[]; readonly base: number }[];
  readonly #cellsOfTerritory: number;
  readonly #counts: Float64Array;
  readonly #sums: Float64Array;
  #unitId: string | null = null;
  /** The cells that the present unit is in. */
  readonly #touched = new Set<number>();

  constructor(
    /** The number of categories of each dimension. */
    private readonly sizes: readonly number[],
    /** The places of the dimensions of each table. */
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
  }

  add({ unitId, district, categories }: StatisticsRecord): void {
    if (unitId !== this.#unitId) this.end();
    this.#unitId = unitId;
    for (const { choice, base } of this.#tables) {
      let cell = 0;
      for (const dimension of choice)
        cell = cell * (this.sizes[dimension] ?? 1) + (categories[dimension] ?? 0);
      // The county, then its districts.
      for (const territory of [0, district + 1])
        this.#touched.add(territory * this.#cellsOfTerritory + base + cell);
    }
  }

  /** Counts the last unit. It is to be called once, after all rows. */
  end(): void {
    if (this.#unitId === null) return;
    const key = this.keyOf(this.#unitId);
    for (const cell of this.#touched) {
      this.#counts[cell] = (this.#counts[cell] ?? 0) + 1;
      this.#sums[cell] = ((this.#sums[cell] ?? 0) + key) % this.modulus;
    }
    this.#touched.clear();
    this.#unitId = null;
  }

  /** Returns the cells of a table, the last dimension fastest. Territory 0 is the county, then come the districts. */
  table(territory: number, nth: number): readonly Counted[] {
    const { choice = [], base = 0 } = this.#tables[nth] ?? {};
    const first = territory * this.#cellsOfTerritory + base;
    return Array.from({ length: this.#cellsOf(choice) }, (_, cell) => ({
      count: this.#counts[first + cell] ?? 0,
      sum: this.#sums[first + cell] ?? 0,
    }));
  }

  #cellsOf(choice: readonly number[]): number {
    return choice.reduce((cells, dimension) => cells * (this.sizes[dimension] ?? 1), 1);
  }
}
