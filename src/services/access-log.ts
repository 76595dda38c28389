import { readsAccessLog } from '../access/directory.js';
import { ForbiddenError } from '../errors.js';
import type { Operation } from '../operation.js';
import { parseId } from './input.js';

/** A line of a case's log as others than a note's reader may know it (rule 9). */
export interface AccessLogRow {
  /** The day in Europe/Paris. */
  readonly occurredOn: Date;
  /** Null for the confidential part, which is one line a day. */
  readonly occurredAt: Date | null;
  readonly action: string;
  readonly outcome: string;
  readonly actorKind: string | null;
  readonly actorId: string | null;
}

/** The log of a case, newest first, without content, number, time or author of its confidential part. */
export async function readAccessLog(op: Operation, caseId: string): Promise<readonly AccessLogRow[]> {
  const id = parseId(caseId);
  op.log.record('READ_ACCESS_LOG', { caseId: id });
  if (!readsAccessLog(op.viewer)) throw new ForbiddenError();
  return op.tx
    .rows<AccessLogRow>`select occurred_on as "occurredOn", occurred_at as "occurredAt", action, outcome,
    actor_kind as "actorKind", actor_id as "actorId" from read_access_log(${id}::uuid, 100)`;
}
