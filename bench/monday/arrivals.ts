import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../prisma/seed/content/random.js';
import { type KindName, MIX } from './mix.js';

/** The milliseconds that the last answers are waited for. */
const PATIENCE_MS = 30_000;

export interface ArrivalOptions {
  readonly random: Random;
  /** The beginnings a second, over all kinds. */
  readonly perSecond: number;
  readonly seconds: number;
  /** The start of the run, by `performance.now()`. */
  readonly startedAt: number;
}

const ALL = MIX.reduce((sum, { perHour }) => sum + perHour, 0);

function drawKind(random: Random): KindName {
  let left = random.next() * ALL;
  for (const { name, perHour } of MIX) {
    left -= perHour;
    if (left < 0) return name;
  }
  return 'read the page';
}

/**
 * Begins operations by a Poisson process, and waits for no answer before the next one. What cannot begin in time begins late, and its
 * lateness counts: nobody comes later because the service is slow.
 * @param begin gets the moment at which the operation was to begin
 * @returns the number of operations that had no answer in the end
 */
export async function letArrive(
  { random, perSecond, seconds, startedAt }: ArrivalOptions,
  begin: (kind: KindName, dueAt: number) => Promise<void>,
): Promise<number> {
  const pending = new Set<Promise<void>>();
  const end = startedAt + seconds * 1_000;
  const pause = (): number => (-Math.log(1 - random.next()) / perSecond) * 1_000;
  for (let dueAt = startedAt + pause(); dueAt < end; dueAt += pause()) {
    const ahead = dueAt - performance.now();
    if (ahead > 0) await sleep(ahead);
    const operation: Promise<void> = begin(drawKind(random), dueAt).finally(() => pending.delete(operation));
    pending.add(operation);
  }
  await Promise.race([Promise.all(pending), sleep(PATIENCE_MS, undefined, { ref: false })]);
  return pending.size;
}
