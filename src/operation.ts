import type { GraphQLError } from 'graphql';
import type { ChangeSource } from './database/change-listener.js';
import type { Transaction } from './database/transaction.js';
import type { AccessRecorder } from './log/access-recorder.js';
import type { NoteVault } from './vault/note-vault.js';
import type { Viewer } from './viewer.js';

/**
 * What one attempt at one GraphQL operation works with: its viewer, its transaction. Made anew for every
 * operation and every retry, so that nothing crosses from one viewer to another. It is GraphQL's context value.
 */
export interface Operation {
  readonly viewer: Viewer;
  readonly tx: Transaction;
  readonly vault: NoteVault;
  readonly log: AccessRecorder;
  /** Whom a subscription follows; null for whatever is asked once. */
  readonly changes: ChangeSource | null;
  /** The transaction's time, by the application's clock. */
  readonly now: Date;
  /** `Idempotency-Key` of the request, for mutations. */
  readonly idempotencyKey: string | null;
  /** What the county is called on what it issues: “Département de …”. */
  readonly county: string;
  /** How many look-ups a worker may do within an hour. */
  readonly lookUpsPerHour: number;
  /** What was refused, by schema coordinate: one error each, however many rows. */
  readonly refusals: Map<string, GraphQLError>;
  /** What the rules about the viewer alone have answered, each asked once. */
  readonly verdicts: Map<object, boolean | Promise<boolean>>;
  /**
   * Leaves work that takes long, and needs no database, until the transaction is over.
   * @returns what stands in the answer in its place until then
   */
  readonly afterCommit: (work: () => Promise<string>) => string;
  /** What was made of the input before the transaction began, by the mutation's own `ahead`; undefined if it has none. */
  readonly ahead: unknown;
}
