import pg from 'pg';

/** A column of an answer, as PostgreSQL describes it. */
export interface Described {
  readonly name: string;
  readonly dataTypeID: number;
}

type Reader = (text: string) => unknown;

const { DATE, TIMESTAMPTZ } = pg.types.builtins;

/** Returns the number that so many digits of a text make. A digit that is not there counts as zero. */
function numberAt(text: string, at: number, digits: number): number {
  let number = 0;
  for (let nth = at; nth < at + digits; nth += 1) {
    const digit = text.charCodeAt(nth) - 48;
    number = number * 10 + (digit >= 0 && digit <= 9 ? digit : 0);
  }
  return number;
}

/** True for a text that begins with a day of the years 1000 to 9999. */
const hasDay = (text: string, end: number): boolean =>
  text.length >= end && text[4] === '-' && text[0] !== '0';

const dayOf = (text: string): number =>
  Date.UTC(numberAt(text, 0, 4), numberAt(text, 5, 2) - 1, numberAt(text, 8, 2));

/** Returns an instant, to the millisecond. A session in UTC writes it as `2026-10-25 00:30:00.123456+00`. */
function readInstant(text: string): Date {
  if (!hasDay(text, 22) || !text.endsWith('+00')) return pg.types.getTypeParser(TIMESTAMPTZ)(text) as Date;
  const [hours, minutes, seconds] = [numberAt(text, 11, 2), numberAt(text, 14, 2), numberAt(text, 17, 2)];
  const milliseconds = text[19] === '.' ? numberAt(text, 20, 3) : 0;
  return new Date(dayOf(text) + ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds);
}

/** Reads a date as midnight in UTC, not in the zone of the process. */
const readDate = (text: string): Date =>
  hasDay(text, 10) && text.length === 10 ? new Date(dayOf(text)) : new Date(`${text}T00:00:00Z`);

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
