import type { GraphQLError } from 'graphql';
import type { ChangeSource } from './database/change-listener.js';
import type { Transaction } from './database/transaction.js';
import type { AccessRecorder } from './log/access-recorder.js';
import type { Nomenclatures } from './nomenclatures.js';
import type { NoteVault } from './vault/note-vault.js';
import type { Viewer } from './viewer.js';

/** The numbers of subjects whose log an officer may read within 24 hours: workers, and cases or persons. */
export interface LogsPerDay {
  readonly workers: number;
  readonly others: number;
}

/**
 * The context of one attempt at one GraphQL operation: its viewer, its transaction. It is made anew for every operation and every retry,
 * so that nothing crosses from one viewer to another. It is GraphQL's context value.
 */
export interface Operation {
  readonly viewer: Viewer;
  readonly tx: Transaction;
  readonly vault: NoteVault;
  readonly log: AccessRecorder;
  /** The source of changes that a subscription follows; null for a query or a mutation. */
  readonly changes: ChangeSource | null;
  /** The transaction's time, by the application's clock. */
  readonly now: Date;
  /** The address of the end user of a booking client, as the client reports it; the client's own if it reports none. Otherwise null. */
  readonly endUser: string | null;
  /** `Idempotency-Key` of the request, for mutations. */
  readonly idempotencyKey: string | null;
  /** The name of the county on the documents that it issues: “Département de …”. */
  readonly county: string;
  /** The nomenclatures that the process keeps, and the version that this operation would read; null without a login. */
  readonly nomenclatures: { readonly kept: Nomenclatures; readonly version: number } | null;
  /** The look-ups that a worker may do within an hour. */
  readonly lookUpsPerHour: number;
  /** The requests without a name that a worker may make within an hour. */
  readonly papersPerHour: number;
  /** The subjects whose log an officer may read within 24 hours. */
  readonly logsPerDay: LogsPerDay;
  /** The most refused fields of an answer. */
  readonly maxRefusals: number;
  /** The errors of the fields that a rule has refused, or for which it failed; one more than `maxRefusals` at most. */
  readonly refusals: Set<GraphQLError>;
  /** The answers of the rules about the viewer alone, each asked once. */
  readonly verdicts: Map<object, boolean | Promise<boolean>>;
  /**
   * Leaves work that takes long, and needs no database, until the transaction is over.
   * @returns the text that stands in its place in the answer until then
   */
  readonly afterCommit: (work: () => Promise<string>) => string;
  /** The result of the mutation's own `ahead`, which prepares its input before the transaction; undefined if it has none. */
  readonly ahead: unknown;
}
