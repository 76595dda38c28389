import { setTimeout as sleep } from 'node:timers/promises';

const BEAT_MS = 10;
/** Node's timers are exact to a millisecond or two; what remains is waited for turn by turn. */
const TIMER_ERROR_MS = 2;

/**
 * Waits until a multiple of ten milliseconds has passed since then. What exists and is refused takes PostgreSQL a little
 * longer than what does not exist, since policies are evaluated on rows that are found; on the beat, both leave alike.
 */
export async function nextBeat(since: number): Promise<void> {
  const until = since + Math.ceil((performance.now() - since) / BEAT_MS) * BEAT_MS;
  const left = until - performance.now();
  if (left > TIMER_ERROR_MS) await sleep(left - TIMER_ERROR_MS);
  while (performance.now() < until) await new Promise(setImmediate);
}

/** Whether an answer says that there is nothing, or nothing for this viewer: null or no one where a question starts. */
export function denies(data: Readonly<Record<string, unknown>> | null | undefined): boolean {
  if (data == null) return false;
  return Object.values(data).some((value) => value === null || (Array.isArray(value) && value.length === 0));
}
