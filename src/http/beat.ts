import { setTimeout as sleep } from 'node:timers/promises';
import { Kind, type OperationDefinitionNode } from 'graphql';

/** The beat, in milliseconds, of an answer that denies. */
export const BEAT_MS = 10;
/**
 * The beat, in milliseconds, of a mutation that gives a case's notes another reader: each note takes its time, and nobody but their
 * reader may count them.
 */
export const NOTES_BEAT_MS = 100;
/** The beat, in milliseconds, of a mutation that does so for up to fifty cases at once. */
export const MANY_NOTES_BEAT_MS = 1_000;
/** The mutations that give notes another reader. */
export const MOVES_NOTES: ReadonlySet<string> = new Set([
  'assignCase',
  'reassignCase',
  'acceptHandover',
  'approveRelease',
]);
/** Node's timers are exact to a millisecond or two; the rest is waited for turn by turn of the event loop. */
const TIMER_ERROR_MS = 2;

/** The mutations that answer the same whether the person was found or not, and take longer if the person was found. */
export const ANSWERED_ALIKE: ReadonlySet<string> = new Set([
  'sendTimesAgain',
  'sendBlindMessage',
  'callDutyWorker',
  'noteTelephoneCancellation',
  'restoreAppointment',
]);

/**
 * Waits until a multiple of the beat has passed since the given time. PostgreSQL takes a little longer for a row that exists and is
 * refused than for one that does not exist, since policies are evaluated on rows that are found. On the beat, both answers leave alike.
 * @param since in milliseconds, as `performance.now()`
 */
export async function nextBeat(since: number, beatMs: number): Promise<void> {
  const until = since + Math.ceil((performance.now() - since) / beatMs) * beatMs;
  const left = until - performance.now();
  if (left > TIMER_ERROR_MS) await sleep(left - TIMER_ERROR_MS);
  while (performance.now() < until) await new Promise(setImmediate);
}

/** True for a value by which an object says more than that it is a page. A page says that by its type's name alone. */
function tells(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'string') return !value.endsWith('Connection');
  return typeof value !== 'object' || value === null;
}

/** True for null, an empty list, or an empty page, whatever fields are asked of it. */
function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== 'object' || value === null) return value === null;
  const own = Object.values(value);
  return own.length > 0 && (own.some((each) => Array.isArray(each) && each.length === 0) || !own.some(tells));
}

/** True if an answer says, as a whole or at one of its root fields, that there is nothing, or nothing for this viewer. */
export function denies(data: Readonly<Record<string, unknown>> | null | undefined): boolean {
  return data === null || (data !== undefined && Object.values(data).some(isNothing));
}

/** Returns the beat on which an operation's answer leaves, in milliseconds; null to leave at once. */
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
