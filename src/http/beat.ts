import { setTimeout as sleep } from 'node:timers/promises';
import { Kind, type OperationDefinitionNode } from 'graphql';

/** Of an answer that denies. */
export const BEAT_MS = 10;
/** Of what gives a case's notes another reader: each takes its time, and nobody but their reader may count them. */
export const NOTES_BEAT_MS = 100;
/** The mutations that do. */
export const MOVES_NOTES: ReadonlySet<string> = new Set([
  'assignCase',
  'reassignCase',
  'acceptHandover',
  'approveRelease',
]);
/** Node's timers are exact to a millisecond or two; what remains is waited for turn by turn. */
const TIMER_ERROR_MS = 2;

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

/** Whether an answer says that there is nothing, or nothing for this viewer: null or no one where a question starts. */
export function denies(data: Readonly<Record<string, unknown>> | null | undefined): boolean {
  if (data == null) return false;
  return Object.values(data).some((value) => value === null || (Array.isArray(value) && value.length === 0));
}

/** On which beat an operation's answer leaves; null: at once. */
export function beatOf(
  operation: OperationDefinitionNode,
  data: Readonly<Record<string, unknown>> | null | undefined,
): number | null {
  const [root] = operation.selectionSet.selections;
  const movesNotes =
    operation.operation === 'mutation' && root?.kind === Kind.FIELD && MOVES_NOTES.has(root.name.value);
  if (movesNotes) return NOTES_BEAT_MS;
  return denies(data) ? BEAT_MS : null;
}
