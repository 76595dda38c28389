/**
 * How long anyone waits for the database, in milliseconds. Whoever asks one that is gone or hangs is told so within two
 * seconds, and each of these keeps a part of that.
 */
export interface DatabaseLimits {
  /** PostgreSQL gives up a statement: before the client does, so that nothing waits there for a lock that nobody wants. */
  readonly statementMs: number;
  /** The client gives up a statement that is not answered. */
  readonly answerMs: number;
  /** The client gives up a connection that is not made. */
  readonly connectionMs: number;
  /** Who waits for a turn is told, once the database has answered nobody for so long. */
  readonly turnMs: number;
}

export const DATABASE_LIMITS: DatabaseLimits = {
  statementMs: 1_600,
  answerMs: 1_800,
  connectionMs: 1_500,
  turnMs: 1_400,
};
