import { setTimeout as sleep } from 'node:timers/promises';
import { Kind, type OperationDefinitionNode } from 'graphql';

/** Of an answer that denies. */
export const BEAT_MS = 10;
/** Of what gives a case's notes another reader: each takes its time, and nobody but their reader may count them. */
export const NOTES_BEAT_MS = 100;
/** Of what does so for up to fifty cases at once. */
export const MANY_NOTES_BEAT_MS = 1_000;
/** The mutations that do. */
export const MOVES_NOTES: ReadonlySet<string> = new Set([
  'assignCase',
  'reassignCase',
  'acceptHandover',
  'approveRelease',
]);
/** Node's timers are exact to a millisecond or two; what remains is waited for turn by turn. */
const TIMER_ERROR_MS = 2;

/** The mutations that answer the same whether the person was found or not, and take longer for a person who was. */
export const ANSWERED_ALIKE: ReadonlySet<string> = new Set([
  'sendTimesAgain',
  'sendBlindMessage',
  'callDutyWorker',
]);

/**
 * Waits until a multiple of the beat has passed since then. What exists and is refused takes PostgreSQL a little
 * longer than what does not exist, since policies are evaluated on rows that are found; on the beat, both leave alike.
 */
export async function nextBeat(since: number, beatMs: number): Promise<void> {
  const until = since + Math.ceil((performance.now() - since) / beatMs) * beatMs;
  const left = until - performance.now();
  if (left > TIMER_ERROR_MS) await sleep(left - TIMER_ERROR_MS);
  while (performance.now() < until) await new Promise(setImmediate);
}

/** A value by which an object says more than that it is a page; a page says so by its type's name alone. */
function tells(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'string') return !value.endsWith('Connection');
  return typeof value !== 'object' || value === null;
}

/** Null, no one, or a page of no one, whatever is asked of it. */
function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== 'object' || value === null) return value === null;
  const own = Object.values(value);
  return own.length > 0 && (own.some((each) => Array.isArray(each) && each.length === 0) || !own.some(tells));
}

/** Whether an answer says that there is nothing, or nothing for this viewer, where a question starts. */
export function denies(data: Readonly<Record<string, unknown>> | null | undefined): boolean {
  return data != null && Object.values(data).some(isNothing);
}

/** On which beat an operation's answer leaves; null: at once. */
export function beatOf(
  operation: OperationDefinitionNode,
  data: Readonly<Record<string, unknown>> | null | undefined,
): number | null {
  const [root] = operation.selectionSet.selections;
  if (operation.operation === 'mutation' && root?.kind === Kind.FIELD) {
    const { value } = root.name;
    if (value === 'reassignCases') return MANY_NOTES_BEAT_MS;
    if (MOVES_NOTES.has(value) || ANSWERED_ALIKE.has(value)) return NOTES_BEAT_MS;
  }
  return denies(data) ? BEAT_MS : null;
}
