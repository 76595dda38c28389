import { readsAccessLog } from '../../access/directory/directory.js';
import { ForbiddenError, InvalidInputError, RateLimitedError } from '../../errors.js';
import type { AccessLogFilter } from '../../generated/inputs.js';
import type { AccessLogGround, AccessSubject } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import { optionalText, parseId, requireInterval } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { oneLookUp } from '../operation/one-look-up.js';
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

/** The one subject that a filter names, before it is looked for. */
interface Named {
  /** The same for the same subject, if it is named in the same way. */
  readonly key: string;
  readonly find: () => Promise<Asked>;
}

/**
 * Returns the one subject that the filter names. It has no id if there is no such subject.
 * @throws InvalidInputError oneSubject unless the filter names one thing
 */
function requireOneSubject(op: Operation, filter: AccessLogFilter): Named {
  const { caseReference, personReference, personId, workerId } = filter;
  const given = [caseReference, personReference, personId, workerId].filter((one) => one != null);
  if (given.length !== 1) throw new InvalidInputError('filter', 'oneSubject');
  const key = `log ${JSON.stringify([caseReference, personReference, personId, workerId])}`;
  if (caseReference != null)
    return { key, find: async () => ({ caseId: await idOf(op, 'case', caseReference) }) };
  if (personReference != null)
    return { key, find: async () => ({ personId: await idOf(op, 'person', personReference) }) };
  if (personId != null) return { key, find: async () => ({ personId: parseId(personId) }) };
  return { key, find: async () => ({ targetWorkerId: parseId(workerId ?? '') }) };
}

/** The grounds of an inquiry into somebody: a control is announced, and a person who asks what is known of them harms no inquiry. */
const INQUIRIES: readonly AccessLogGround[] = ['COMPLAINT', 'SECURITY_INCIDENT'];

/**
 * Checks that a log may be read without telling its worker: it is a worker's, in an inquiry, and a second person can be told.
 * @throws InvalidInputError
 */
async function requireToldInstead(op: Operation, ground: AccessLogGround, asked: Asked): Promise<void> {
  const field = 'filter.withoutTelling';
  if (asked.targetWorkerId == null || !INQUIRIES.includes(ground))
    throw new InvalidInputError(field, 'tellsTheWorker');
  const second = await op.tx.rows`select from second_readers(${asked.targetWorkerId}::uuid) limit 1`;
  if (second.length === 0) throw new InvalidInputError(field, 'nobodyElseIsTold');
}

const DAY_MS = 86_400_000;

/**
 * Counts the subjects whose log the officer has read within 24 hours, and tells a second person if there are too many.
 * @throws RateLimitedError
 */
async function requireLogLeft(op: Operation, asked: Asked): Promise<void> {
  const { caseId = null, personId = null, targetWorkerId } = asked;
  const ofWorker = targetWorkerId !== undefined;
  const [day] = await op.tx.rows<{ used: number; oldest: Date | null }>`select used, oldest
    from take_log_turn(${targetWorkerId ?? caseId ?? personId}::uuid, ${ofWorker})`;
  if (day === undefined || day.used < op.logsPerDay[ofWorker ? 'workers' : 'others']) return;
  await op.tx.rows`select tell_log_measure()`;
  const since = op.now.getTime() - (day.oldest ?? op.now).getTime();
  throw new RateLimitedError('filter', 'logsSpent', Math.max(1, Math.ceil((DAY_MS - since) / 1_000)));
}

/**
 * Lists the log of one case, person or worker, the latest first, without content, number, time or author of its confidential part. A
 * worker's log is what they did and what was done to them, without the confidential part. Rule 3: it takes a ground and a request in
 * hand, and there is no total. An operation reads the log of one subject, and a day has a measure. Reading the log is a line of the same
 * log, with the ground; that line tells the worker whose log it is, or a second person. An unknown subject has an empty log.
 * @throws ForbiddenError; InvalidInputError oneSubject; oneAtATime for a second subject; tellsTheWorker or nobodyElseIsTold for
 * `withoutTelling`; interval for days in the wrong order; RateLimitedError when the subjects of a day are spent
 */
export async function listAccessLog(
  op: Operation,
  args: PageArgs & { readonly filter: AccessLogFilter },
): Promise<Page<AccessLogRow>> {
  const { filter } = args;
  const { ground } = filter;
  const withoutTelling = filter.withoutTelling === true;
  const action = withoutTelling ? 'READ_ACCESS_LOG_WITHOUT_TELLING' : 'READ_ACCESS_LOG';
  // Nobody is told of what was refused, and it does not count.
  const attempt = op.log.attempt(action, { ground, outcome: 'REFUSED' });
  if (!readsAccessLog(op.viewer)) throw new ForbiddenError();
  const size = pageSize(args);
  const after = readCursor(args.after);
  const [from, to] = [filter.from ?? null, filter.to ?? null];
  if (from !== null && to !== null && from.getTime() !== to.getTime()) requireInterval('filter.to', from, to);
  const { key, find } = requireOneSubject(op, filter);
  const found = find().then((asked) => {
    attempt({ ...asked, ground, outcome: 'REFUSED' });
    return asked;
  });
  const asked = await oneLookUp(
    op,
    key,
    'filter',
    found,
    () => false,
    () => false,
  );
  if (withoutTelling) await requireToldInstead(op, ground, asked);
  await requireLogLeft(op, asked);
  attempt({ ...asked, ground });
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
