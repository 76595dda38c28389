import type { KindName } from './mix.js';

/** An operation that was asked. */
export interface Entry {
  readonly kind: KindName;
  /** The moment at which it was to begin, in milliseconds from the start of the run. */
  readonly at: number;
  /** The milliseconds from that moment to the whole answer. */
  readonly ms: number;
  /** The code of its error; null if it was done. */
  readonly code: string | null;
}

/** What was asked in a run, and what became of it. */
export class Ledger {
  readonly entries: Entry[] = [];
  /** The milliseconds from the moment at which a visit was to be recorded until the board of the desk heard of it. */
  readonly heard: number[] = [];
  /** The operations that were left out, since their front end had nothing to do: no visit was open. */
  idle = 0;
  /** The first answers that nobody expected. */
  readonly samples: string[] = [];

  add(entry: Entry, text: string): void {
    this.entries.push(entry);
    if (entry.code !== null && entry.code !== 'CONFLICT' && this.samples.length < 5)
      this.samples.push(`${entry.kind}: ${text.slice(0, 400)}`);
  }
}

/** Returns the figure below which this share of the figures lies; NaN of none. */
export function percentile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
