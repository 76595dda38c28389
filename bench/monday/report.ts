import { table } from '../support/measure.js';
import { type Entry, percentile } from './ledger.js';
import type { Reading } from './meter.js';
import { MIX } from './mix.js';
import type { Played } from './play.js';

/** The cores that the figures are about. */
const CORES = 2;
const MIB = 1_048_576;

const ms = (figure: number): string => (Number.isNaN(figure) ? '–' : figure.toFixed(1));

/** Counts the entries by what became of them. A lost slot is no error: somebody else was first. */
export function countsOf(entries: readonly Entry[]): {
  readonly conflicts: number;
  readonly errors: ReadonlyMap<string, number>;
} {
  const errors = new Map<string, number>();
  let conflicts = 0;
  for (const { code } of entries)
    if (code === 'CONFLICT') conflicts += 1;
    else if (code !== null) errors.set(code, (errors.get(code) ?? 0) + 1);
  return { conflicts, errors };
}

function row(name: string, entries: readonly Entry[]): string[] {
  const { conflicts, errors } = countsOf(entries);
  const times = entries.map(({ ms: took }) => took);
  return [
    name,
    String(entries.length),
    String(conflicts),
    [...errors].map(([code, count]) => `${code} ${count}`).join(', ') || '0',
    ...[0.5, 0.95, 0.99].map((share) => ms(percentile(times, share))),
  ];
}

/** The table by kind, with all operations in the last line. */
export function kindsTable({ ledger }: Played): string {
  return table([
    ['ms from the intended beginning', 'count', 'lost', 'errors', 'p50', 'p95', 'p99'],
    ...MIX.map(({ name }) =>
      row(
        name,
        ledger.entries.filter(({ kind }) => kind === name),
      ),
    ),
    row('all operations', ledger.entries),
    [
      'the board hears of a visit',
      String(ledger.heard.length),
      '',
      '',
      ...[0.5, 0.95, 0.99].map((share) => ms(percentile(ledger.heard, share))),
    ],
  ]);
}

/** The 95th percentile of all operations, in milliseconds. */
export function p95Of({ ledger }: Played): number {
  return percentile(
    ledger.entries.map(({ ms: took }) => took),
    0.95,
  );
}

/** Operations a second that were done while the run went on. An operation that was answered after the end is not one of them. */
export function rateOf({ ledger, seconds }: Played): number {
  return ledger.entries.filter(({ at, ms: took }) => at + took <= seconds * 1_000).length / seconds;
}

/** What the run cost: processor time by operation and as a share of the cores, waits and memory. */
export function costOf(played: Played): string {
  const [first, last] = [played.readings[0], played.readings.at(-1)];
  if (first === undefined || last === undefined) throw new Error('nothing was read');
  const operations = played.ledger.entries.length;
  const line = (name: string, used: number): string[] => [
    name,
    (used / operations).toFixed(2),
    `${((100 * used) / (CORES * (last.at - first.at))).toFixed(1)} %`,
  ];
  const used = (of: (reading: Reading) => number): number => of(last) - of(first);
  return [
    table([
      ['processor time', 'ms an operation', 'of two cores'],
      line(
        'the API (Node.js)',
        used(({ apiMs }) => apiMs),
      ),
      line(
        'the jobs (Node.js)',
        used(({ jobsMs }) => jobsMs),
      ),
      line(
        'PostgreSQL',
        used(({ postgresMs }) => postgresMs),
      ),
      line(
        'the players (this bench)',
        used(({ playersMs }) => playersMs),
      ),
    ]),
    '',
    `${(used(({ waits }) => waits) / operations).toFixed(1)} waits for PostgreSQL an operation`,
    `resident memory of the API, MiB, at the beginning, at each tenth, and at the end: ${played.readings
      .map(({ rss }) => (rss / MIB).toFixed(0))
      .join(' ')}`,
  ].join('\n');
}

/** What has to be said beside the figures. */
export function notesOf(played: Played): string {
  const { ledger, unanswered, missed } = played;
  return [
    `${rateOf(played).toFixed(1)} operations a second over ${played.seconds.toFixed(0)} s`,
    `${ledger.idle} visits were to be closed where none was open`,
    ...(unanswered > 0 ? [`${unanswered} operations had no answer in the end`] : []),
    ...(missed > 0 ? [`${missed} visits of which no board has heard`] : []),
    ...ledger.samples,
  ].join('\n');
}
