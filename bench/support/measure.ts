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
  /**
   * The number of rounds that count. In each round every contender has its turn. The order moves on by one from round to round and changes
   * direction, so that no contender always comes after the same neighbour.
   */
  readonly rounds: number;
  /** The number of calls of `run` in a turn. The figure of the round is the turn's time divided by this number. */
  readonly samples: number;
  /** The number of rounds before them that do not count; 3 unless given. */
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
  /** Milliseconds per run, by the wall clock. */
  readonly time: Spread;
  /** Each round's figure divided by the first contender's figure of that round. Whatever slows a whole round cancels out. */
  readonly ratio: Spread;
  /**
   * The same ratio for the processor time of this process, with the threads of its collector and compiler. It is steadier if others use the
   * machine too. It means nothing for a contender that waits, or that works in another process.
   */
  readonly processorRatio: Spread;
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

/**
 * Returns a function that collects young garbage. A full collection would also drop optimised code, and its compilation would be measured.
 */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as (options: { readonly type: 'minor' }) => void;
  return () => gc({ type: 'minor' });
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/**
 * Measures the contenders in turns. Young garbage is collected before each turn, outside the measurement. Within a turn, the contender that
 * makes garbage pays for it. The mean of a turn keeps those pauses. The median over rounds drops what other programs did meanwhile.
 * @returns one entry for each contender, in their order; the others are compared with the first
 */
export async function measure(
  contenders: readonly Contender[],
  options: MeasureOptions,
): Promise<readonly Measured[]> {
  const { rounds, samples, warmUp = 3 } = options;
  const collect = collector();
  const figures = contenders.map(() => ({ wall: [] as number[], processor: [] as number[] }));
  for (let round = -warmUp; round < rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const place = round % 2 === 0 ? turn : contenders.length - 1 - turn;
      const index = (place + Math.floor((round + warmUp) / 2)) % contenders.length;
      const run = contenders[index]?.run;
      if (run === undefined) continue;
      collect();
      // One run without the clock fills the caches with this contender's data.
      await run();
      const start = performance.now();
      const startProcessor = processorTime();
      for (let sample = 0; sample < samples; sample += 1) {
        const made = run();
        // To await a value that is no promise would cost a turn of the event loop's queue.
        if (made instanceof Promise) await made;
      }
      if (round < 0) continue;
      figures[index]?.processor.push((processorTime() - startProcessor) / samples);
      figures[index]?.wall.push((performance.now() - start) / samples);
    }
  }
  const toFirst = (own: readonly number[], first: readonly number[] | undefined): Spread =>
    spread(own.map((figure, round) => figure / (first?.[round] ?? Number.NaN)));
  return contenders.map(({ name }, index) => {
    const { wall, processor } = figures[index] ?? { wall: [], processor: [] };
    return {
      name,
      time: spread(wall),
      ratio: toFirst(wall, figures[0]?.wall),
      processorRatio: toFirst(processor, figures[0]?.processor),
    };
  });
}

/** Describes the machine: the processor, its cores, the version of Node.js and the day. A figure means nothing without them. */
export function machine(): string {
  const all = cpus();
  const day = new Date().toISOString().slice(0, 10);
  return `${all[0]?.model.trim() ?? 'unknown processor'}, ${all.length} cores, Node.js ${process.version}, ${day}`;
}

/** Formats a table with aligned columns: the first to the left, figures to the right. */
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

/**
 * Formats the report of one measurement: times in milliseconds, then each contender's ratio to the first. `processor: true` adds the ratio
 * of processor time, for contenders that work only in this process.
 */
export function report(
  title: string,
  measured: readonly Measured[],
  options: MeasureOptions & { readonly processor?: boolean },
): string {
  const row = (name: string, of: Spread) => [name, ...COLUMNS.map((column) => of[column].toFixed(3))];
  const heading = (text: string) => [text, ...COLUMNS.map(() => '')];
  const others = measured.slice(1);
  const first = measured[0]?.name ?? '';
  return [
    `${title} (${options.rounds} interleaved rounds of ${options.samples} runs)`,
    table([
      ['ms per run', ...COLUMNS],
      ...measured.map(({ name, time }) => row(name, time)),
      heading(`ratio to ${first}`),
      ...others.map(({ name, ratio }) => row(name, ratio)),
      ...(options.processor === true
        ? [
            heading(`ratio to ${first}, processor time`),
            ...others.map(({ name, processorRatio }) => row(name, processorRatio)),
          ]
        : []),
    ]),
    '',
  ].join('\n');
}
