import type { Rows } from '../../county/rows.js';
import type { TestDatabase } from '../../database.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** What the functions of this folder add rows with. All of them run in one transaction. */
export interface Enriching {
  readonly sql: TestDatabase['sql'];
  readonly make: Rows;
  readonly now: Now;
  /** The id of the worker of this subject. */
  worker(subject: string): string;
  /** The id of the district of this slug. */
  district(slug: string): string;
}

/** The time of the transaction, from which the rows count their times. */
export interface Now {
  /** The last midnight of the database, in milliseconds. */
  readonly midnight: number;
  /** The last midnight in Paris, in milliseconds. */
  readonly midnightInParis: number;
  /** The day of the database: `2026-01-31`. */
  readonly today: string;
  readonly todayInParis: string;
  /** The year before last: the county has no report of it. */
  readonly year: number;
}

/** The subjects of the social workers who log in. */
export const SOCIAL_WORKERS = ['worker.sevran', 'worker2.sevran', 'worker.gagny'] as const;

/** The instant, in ISO 8601. */
export const at = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Each of the values in turn. */
export const inTurn = <const T>(nth: number, values: readonly [T, ...T[]]): T =>
  values[nth % values.length] ?? values[0];

export async function enriching(sql: TestDatabase['sql'], make: Rows): Promise<Enriching> {
  const [now] = await sql<{ midnight: Date; midnightInParis: Date; today: string; todayInParis: string }>(
    `select date_trunc('day', now()) as midnight, date_trunc('day', now(), 'Europe/Paris') as "midnightInParis",
       current_date::text as today, day_in_paris(now())::text as "todayInParis"`,
  );
  if (now === undefined) throw new Error('the database tells no time');
  const idsBy = async (query: string): Promise<(name: string) => string> => {
    const ids = new Map((await sql<{ name: string; id: string }>(query)).map(({ name, id }) => [name, id]));
    return (name) => {
      const id = ids.get(name);
      if (id === undefined) throw new Error(`the county has no ${name}`);
      return id;
    };
  };
  return {
    sql,
    make,
    now: {
      ...now,
      midnight: now.midnight.getTime(),
      midnightInParis: now.midnightInParis.getTime(),
      year: Number(now.today.slice(0, 4)) - 2,
    },
    worker: await idsBy('select subject as name, id from worker'),
    district: await idsBy('select slug as name, id from district'),
  };
}
