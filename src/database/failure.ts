/** The consequence of a failed statement, commit or connection for the operation. */
export type FailureKind = 'RETRY' | 'UNAVAILABLE' | 'OTHER';

/** PostgreSQL's code for a row that a check or a trigger refuses (PostgreSQL, appendix A). */
export const CHECK_VIOLATION = '23514';
/** PostgreSQL's code for a row that a unique index refuses. */
export const UNIQUE_VIOLATION = '23505';
/** Class 40 (serialization failure, deadlock): the whole operation may run again. */
const RETRY_STATES = new Set(['40001', '40P01']);
/** Classes 08, 53 and 57P, with lock and statement timeouts: the server is gone, going, or too busy. */
const UNAVAILABLE_STATES = /^(08...|57P0.|53...|57014|55P03|25006|25P03)$/;
const UNAVAILABLE_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
const UNAVAILABLE_TEXT =
  /timeout exceeded|connection terminated|query read timeout|client has encountered a connection error|not queryable|cannot use a pool after/i;

const LOST_CODES = new Set(['ECONNRESET', 'EPIPE', '57P01', '57P02']);
const LOST_TEXT = /connection terminated|client has encountered a connection error|not queryable/i;
/** The message of pg-pool for a connection that it has given up itself. Its cause says that the connection was terminated. */
const CONNECTION_TIMEOUT_TEXT = /due to connection timeout/i;

/** Walks through the error and its causes: GraphQL's errors and ours wrap those of node-pg. */
function* layersOf(error: unknown, depth = 0): Generator<Record<string, unknown>> {
  if (typeof error !== 'object' || error === null || depth > 6) return;
  const layer = error as Record<string, unknown>;
  yield layer;
  for (const next of [layer['cause'], layer['originalError']]) yield* layersOf(next, depth + 1);
}

/** Returns the SQLSTATE of a failed statement, whatever wraps it; null if none is found. */
export function sqlStateOf(error: unknown): string | null {
  for (const { code } of layersOf(error)) {
    // EPIPE has the form of an SQLSTATE, but it is an error of the system call.
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code)) return code;
  }
  return null;
}

/** The code for a prepared statement that is not there (PostgreSQL, appendix A). */
const NOT_PREPARED = '26000';
/** The code for a prepared statement that is there already. */
const PREPARED_TWICE = '42P05';
/** The function of PostgreSQL that finds that a statement would answer other columns. Its message may come in any language. */
const CHANGED_RESULT = { state: '0A000', routine: 'RevalidateCachedQuery' };

/**
 * Tells what is wrong with a prepared statement: FORGOTTEN if the connection does not have it any more, or a migration has changed what it
 * answers; SHARED if the connection has it from elsewhere, as behind a pooler that knows nothing of prepared statements. Null for all else.
 */
export function preparationFault(error: unknown): 'FORGOTTEN' | 'SHARED' | null {
  const state = sqlStateOf(error);
  if (state === PREPARED_TWICE) return 'SHARED';
  if (state === NOT_PREPARED) return 'FORGOTTEN';
  const isChanged =
    state === CHANGED_RESULT.state &&
    [...layersOf(error)].some(({ routine }) => routine === CHANGED_RESULT.routine);
  return isChanged ? 'FORGOTTEN' : null;
}

/** The code with which `record_act` refuses an act beyond the measure of the hour. */
const MEASURE_SPENT = 'CS429';

/** Returns the seconds after which a login may go on whose measure of acts is spent; null for any other error. */
export function measureSpentFor(error: unknown): number | null {
  if (sqlStateOf(error) !== MEASURE_SPENT) return null;
  for (const { detail } of layersOf(error)) if (typeof detail === 'string') return Number(detail);
  return null;
}

/** Classifies every error that node-pg throws. */
export function classifyFailure(error: unknown): FailureKind {
  const state = sqlStateOf(error);
  if ((state !== null && RETRY_STATES.has(state)) || preparationFault(error) !== null) return 'RETRY';
  if (state !== null && UNAVAILABLE_STATES.test(state)) return 'UNAVAILABLE';
  for (const { code, message } of layersOf(error)) {
    if (typeof code === 'string' && UNAVAILABLE_CODES.has(code)) return 'UNAVAILABLE';
    if (typeof message === 'string' && UNAVAILABLE_TEXT.test(message)) return 'UNAVAILABLE';
  }
  return 'OTHER';
}

/**
 * True if a connection that had been made was lost: one that died unseen in the pool. A connection that was not made in time was never
 * there.
 */
export function isConnectionLost(error: unknown): boolean {
  const layers = [...layersOf(error)];
  if (layers.some(({ message }) => CONNECTION_TIMEOUT_TEXT.test(String(message)))) return false;
  for (const { code, message } of layers) {
    if (typeof code === 'string' && LOST_CODES.has(code)) return true;
    if (typeof message === 'string' && LOST_TEXT.test(message)) return true;
  }
  return false;
}
