import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** One way to do the work that is measured; `run` does it once. */
export interface Contender {
  readonly name: string;
  readonly run: () => unknown;
}

export interface MeasureOptions {
  /** Rounds that count. In each, every contender has its turn; the order moves on by one from round to round. */
  readonly rounds: number;
  /** How often `run` is called in a turn; the round's figure is the turn's time divided by it. */
  readonly samples: number;
  /** Rounds before them that do not count; by default 3. */
  readonly warmUp?: number;
}

/** Quartiles by linear interpolation. */
export interface Spread {
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
}

export interface Measured {
  readonly name: string;
  /** Milliseconds per run, a figure for each round. */
  readonly rounds: readonly number[];
  readonly time: Spread;
  /** This contender's figure divided by the first one's of the same round: what slows a whole round cancels out. */
  readonly ratio: Spread;
}

export function spread(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = (sorted.length - 1) * share;
    const [low = Number.NaN, high = low] = sorted.slice(Math.floor(place), Math.floor(place) + 2);
    return low + (high - low) * (place - Math.floor(place));
  };
  return { min: at(0), q1: at(0.25), median: at(0.5), q3: at(0.75), max: at(1) };
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/**
 * Measures the contenders in turns. The heap is collected before each turn and not within it: who makes garbage pays
 * for it, and nobody for another's. The mean of a turn keeps those pauses; the median over rounds drops what the
 * machine did meanwhile.
 * @returns one entry per contender, in their order; the first is what the others are compared with
 */
export async function measure(
  contenders: readonly Contender[],
  options: MeasureOptions,
): Promise<readonly Measured[]> {
  const { rounds, samples, warmUp = 3 } = options;
  const collect = collector();
  const figures = contenders.map((): number[] => []);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const index = (turn + round + warmUp) % contenders.length;
      const run = contenders[index]?.run;
      if (run === undefined) continue;
      collect();
      const start = performance.now();
      for (let sample = 0; sample < samples; sample += 1) {
        const made = run();
        // Awaiting what is no promise would cost a turn of the event loop's queue.
        if (made instanceof Promise) await made;
      }
      if (round >= 0) figures[index]?.push((performance.now() - start) / samples);
    }
  }
  return contenders.map(({ name }, index) => {
    const own = figures[index] ?? [];
    const first = figures[0] ?? [];
    const ratios = own.map((figure, round) => figure / (first[round] ?? Number.NaN));
    return { name, rounds: own, time: spread(own), ratio: spread(ratios) };
  });
}

/** The processor, its cores, the version of Node.js and the day: a figure means nothing without them. */
export function machine(): string {
  const all = cpus();
  const day = new Date().toISOString().slice(0, 10);
  return `${all[0]?.model.trim() ?? 'unknown processor'}, ${all.length} cores, Node.js ${process.version}, ${day}`;
}

/** A table whose columns are aligned: the first to the left, figures to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return rows.map(line).join('\n');
}

const COLUMNS = ['min', 'q1', 'median', 'q3', 'max'] as const;

/** The report of one measurement: times in milliseconds, then each contender's ratio to the first. */
export function report(title: string, measured: readonly Measured[], options: MeasureOptions): string {
  const figures = (of: Spread, digits: number) => COLUMNS.map((column) => of[column].toFixed(digits));
  const times = measured.map(({ name, time }) => [name, ...figures(time, 3)]);
  const ratios = measured.slice(1).map(({ name, ratio }) => [name, ...figures(ratio, 3)]);
  return [
    `${title} (${options.rounds} interleaved rounds of ${options.samples} runs)`,
    table([
      ['ms per run', ...COLUMNS],
      ...times,
      [`ratio to "${measured[0]?.name}"`, '', '', '', '', ''],
      ...ratios,
    ]),
    '',
  ].join('\n');
}
