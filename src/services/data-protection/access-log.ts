import { readsAccessLog } from '../../access/directory/directory.js';
import { ForbiddenError, InvalidInputError } from '../../errors.js';
import type { AccessLogFilter } from '../../generated/inputs.js';
import type { AccessLogGround, AccessSubject } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import { optionalText, parseId, requireInterval } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { type Page, type PageArgs, pageSize, readCursor, toPage } from '../operation/paging.js';
import { toDay } from '../operation/period.js';

/** A line of the log, as a viewer who does not read the notes may know it (rule 9). */
export interface AccessLogRow {
  /**
   * The id that a cursor names. It is random, since a serial would tell how many lines lie between two. For the confidential part it is
   * the same for the whole day.
   */
  readonly id: string;
  /** The instant by which lines are sorted: when it was done; for the confidential part, the beginning of its day. */
  readonly sortedAt: Date;
  /** The day in Europe/Paris. */
  readonly occurredOn: Date;
  /** Null for the confidential part, which is one line a day. */
  readonly occurredAt: Date | null;
  readonly action: string;
  readonly outcome: string;
  /** The ground, for a line about reading the log itself. */
  readonly ground: AccessLogGround | null;
  readonly actorKind: string | null;
  readonly actorId: string | null;
  readonly targetWorkerId: string | null;
  readonly caseReference: string | null;
  readonly personReference: string | null;
  /** The client id, as registered. */
  readonly clientId: string | null;
  readonly tokenDigest: string | null;
}

/** The case, person or worker whose log is asked for. */
type Asked = Pick<AccessSubject, 'caseId' | 'personId' | 'targetWorkerId'>;

async function idOf(op: Operation, kind: 'case' | 'person', reference: string): Promise<string | null> {
  const text = optionalText(`filter.${kind}Reference`, reference, LONGEST.reference)?.toUpperCase() ?? '';
  const [row] =
    kind === 'case'
      ? await op.tx.rows<{ id: string | null }>`select case_of_log(${text}) as id`
      : await op.tx.rows<{ id: string | null }>`select person_of_log(${text}) as id`;
  return row?.id ?? null;
}

/**
 * Returns the id of the one subject that the filter names; null if there is no such subject.
 * @throws InvalidInputError oneSubject unless the filter names one thing
 */
async function requireOneSubject(op: Operation, filter: AccessLogFilter): Promise<Asked> {
  const { caseReference, personReference, personId, workerId } = filter;
  const given = [caseReference, personReference, personId, workerId].filter((one) => one != null);
  if (given.length !== 1) throw new InvalidInputError('filter', 'oneSubject');
  if (caseReference != null) return { caseId: await idOf(op, 'case', caseReference) };
  if (personReference != null) return { personId: await idOf(op, 'person', personReference) };
  if (personId != null) return { personId: parseId(personId) };
  return { targetWorkerId: parseId(workerId ?? '') };
}

/**
 * Lists the log of one case, person or worker, the latest first, without content, number, time or author of its confidential part. A
 * worker's log is what they did and what was done to them, without the confidential part. Rule 3: it takes a ground and a request in
 * hand, and there is no total. Reading the log is a line of the same log, with the ground. An unknown subject has an empty log.
 * @throws ForbiddenError; InvalidInputError oneSubject; interval for days in the wrong order
 */
export async function listAccessLog(
  op: Operation,
  args: PageArgs & { readonly filter: AccessLogFilter },
): Promise<Page<AccessLogRow>> {
  const { filter } = args;
  const attempt = op.log.attempt('READ_ACCESS_LOG', { ground: filter.ground });
  if (!readsAccessLog(op.viewer)) throw new ForbiddenError();
  const size = pageSize(args);
  const after = readCursor(args.after);
  const [from, to] = [filter.from ?? null, filter.to ?? null];
  if (from !== null && to !== null && from.getTime() !== to.getTime()) requireInterval('filter.to', from, to);
  const asked = await requireOneSubject(op, filter);
  attempt({ ...asked, ground: filter.ground });
  const { caseId = null, personId = null, targetWorkerId = null } = asked;
  const [firstDay, lastDay] = [from, to].map((day) => (day === null ? null : toDay(day)));
  const rows = await op.tx
    .rows<AccessLogRow>`select id, sorted_at as "sortedAt", occurred_on as "occurredOn", occurred_at as "occurredAt",
      action, outcome, ground, actor_kind as "actorKind", actor_id as "actorId", target_worker_id as "targetWorkerId",
      case_reference as "caseReference", person_reference as "personReference", client_id as "clientId",
      token_digest as "tokenDigest"
    from read_access_log(${caseId}::uuid, ${personId}::uuid, ${targetWorkerId}::uuid, ${filter.actions ?? null}::text[],
      coalesce(${firstDay ?? null}::date::timestamp at time zone 'Europe/Paris', '-infinity'),
      coalesce((${lastDay ?? null}::date + 1)::timestamp at time zone 'Europe/Paris', 'infinity'),
      coalesce(${after?.at ?? null}::timestamptz, 'infinity'), ${after?.id ?? null}::uuid, ${size + 1}::integer)`;
  return toPage(rows, args, (row) => row.sortedAt);
}
