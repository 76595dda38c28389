import pg from 'pg';

/** A column of an answer, as PostgreSQL describes it. */
export interface Described {
  readonly name: string;
  readonly dataTypeID: number;
}

type Reader = (text: string) => unknown;

const { DATE, TIMESTAMPTZ } = pg.types.builtins;

/** An instant as PostgreSQL writes it for a session in UTC, at most to the microsecond. */
const IN_UTC = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/;

/** Returns an instant, to the millisecond. */
function readInstant(text: string): Date {
  if (!IN_UTC.test(text)) return pg.types.getTypeParser(TIMESTAMPTZ)(text) as Date;
  return new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
}

/** Reads a date as midnight in UTC, not in the zone of the process. */
const readDate = (text: string): Date => new Date(`${text}T00:00:00Z`);

function readerOf(oid: number): Reader {
  if (oid === DATE) return readDate;
  if (oid === TIMESTAMPTZ) return readInstant;
  return pg.types.getTypeParser(oid);
}

/** The columns of an answer. */
export class Columns {
  readonly #names: readonly string[];
  readonly #readers: readonly Reader[];

  constructor(described: readonly Described[]) {
    this.#names = described.map(({ name }) => name);
    this.#readers = described.map(({ dataTypeID }) => readerOf(dataTypeID));
  }

  /**
   * Returns a row as an object.
   * @throws Error if it does not have these columns
   */
  rowOf(values: readonly (string | null)[]): Record<string, unknown> {
    if (values.length !== this.#names.length) throw new Error('a row of other columns');
    const row: Record<string, unknown> = {};
    for (let nth = 0; nth < values.length; nth += 1) {
      const value = values[nth] as string | null;
      row[this.#names[nth] as string] = value === null ? null : (this.#readers[nth] as Reader)(value);
    }
    return row;
  }
}
