/**
 * The time limits for waiting for the database, in milliseconds. A client is told within two seconds that the database is gone or hangs,
 * and each limit keeps within a part of that.
 */
export interface DatabaseLimits {
  /**
   * After this, PostgreSQL gives up a statement: before the client does, so that no statement waits there for a lock that nobody wants.
   */
  readonly statementMs: number;
  /** After this, the client gives up a statement that is not answered. */
  readonly answerMs: number;
  /** After this, the client gives up a connection that is not made. */
  readonly connectionMs: number;
  /**
   * A connection that is lost within this had died unseen, and the operation begins anew with another. One that is lost later has kept its
   * operation waiting: with another it could wait as long again.
   */
  readonly unseenMs: number;
  /** A waiting operation is refused once the database has answered nobody for so long. */
  readonly turnMs: number;
}

/** The limits unless others are given. */
export const DATABASE_LIMITS: DatabaseLimits = {
  statementMs: 1_600,
  answerMs: 1_800,
  connectionMs: 1_500,
  unseenMs: 200,
  turnMs: 1_400,
};
