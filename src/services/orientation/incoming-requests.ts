import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import type {
  IncomingRequestStatus,
  InformationGround,
  PartnerKind,
} from '../../../prisma/generated/enums.js';
import { allOf, uuids } from '../../access/operation/sql.js';
import {
  allocatesIncomingRequest,
  answersIncomingRequest,
  declinesIncomingRequest,
  hasIncomingRequest,
  type IncomingRequestRelation,
  marksChildProtection,
  readsIncomingRequest,
  recordsIncomingRequestIn,
  wayToIncomingRequests,
  whereReadsIncomingRequest,
  whereSeesIncomingRequest,
} from '../../access/orientation/incoming-request.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type {
  AllocateIncomingRequestInput,
  DeferInformationInput,
  RecordIncomingRequestInput,
} from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { AccessAction } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import { openText, type SealedText, sealText } from '../../vault/sealed-text.js';
import type { Viewer } from '../../viewer.js';
import { mayBeAssigned } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { optionalBody, optionalText, parseId } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { oneLookUp } from '../operation/one-look-up.js';
import { afterCursor, type Page, type PageArgs, pageSize, toPage } from '../operation/paging.js';
import { dayAfter, dayInParis, endOfDay, monthAfter, toDay } from '../operation/period.js';
import { displayName, loadPerson, requireBookable } from '../person/persons.js';

/** A partner's request, with the columns that its rules compare. */
export interface IncomingRequestRow extends IncomingRequestRelation {
  readonly id: string;
  readonly partner: PartnerKind;
  readonly mandated: boolean;
  readonly personId: string | null;
  readonly name: string | null;
  readonly receivedOn: Date;
  /** Midnight in Paris after the last day for the answer; `informBy` is counted alike. */
  readonly answerBy: Date;
  readonly informBy: Date | null;
  readonly informedAt: Date | null;
  /** True if it is about a child to protect: no day is set for informing anyone. */
  readonly childProtection: boolean;
  readonly deferralGround: InformationGround | null;
  /** Midnight in Paris after the day of review. */
  readonly reviewOn: Date | null;
  readonly dueAt: Date | null;
  readonly status: IncomingRequestStatus;
  readonly version: number;
}

const REQUEST = Prisma.sql`r.id, r.district_id as "districtId", r.partner::text as partner, r.mandated, r.person_id as "personId",
  r.name, r.received_on as "receivedOn", r.answer_by as "answerBy", r.inform_by as "informBy", r.informed_at as "informedAt",
  r.child_protection as "childProtection", r.deferral_ground::text as "deferralGround", r.review_by as "reviewOn",
  r.due_at as "dueAt", r.status::text as status, r.worker_id as "workerId", r.closed_at as "closedAt", r.version`;
const r = Prisma.sql`r`;

/** The days within which to answer, unless said otherwise. */
const DAYS_TO_ANSWER = 30;
const MAX_DAYS_TO_ANSWER = 366;
/** The most days between the arrival of a letter and its recording. */
const DAYS_BACK = 366;

/**
 * True if the last day for the answer, or for informing the person, has passed. A deferred information comes back for review and is never
 * overdue: nothing pushes to inform.
 */
export function isOverdue(
  op: Operation,
  row: Pick<IncomingRequestRow, 'closedAt' | 'answerBy' | 'informBy' | 'informedAt' | 'deferralGround'>,
): boolean {
  const awaitsInforming = row.informedAt === null && row.deferralGround === null;
  return (
    (row.closedAt === null && row.answerBy <= op.now) ||
    (awaitsInforming && row.informBy !== null && row.informBy <= op.now)
  );
}

/** `isOverdue` as an SQL condition. It starts from `due_at`, which is never later than the other days, in the order of its index. */
const whereOverdue = (now: Date): Prisma.Sql => Prisma.sql`(r.due_at <= ${now}
  and ((r.closed_at is null and r.answer_by <= ${now})
    or (r.informed_at is null and r.deferral_ground is null and r.inform_by <= ${now})))`;

/** Returns a partner's request that the viewer sees, or null: a missing and a forbidden one answer alike. */
export async function loadIncomingRequest(op: Operation, id: string): Promise<IncomingRequestRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  const row = await batched(op, 'incoming-request', async (ids) =>
    byKey(
      await op.tx.rows<IncomingRequestRow>`select ${REQUEST} from incoming_request r
        where r.id = any (${uuids(ids)}) and ${whereSeesIncomingRequest(op.viewer, r)}`,
      (row) => row.id,
    ),
  ).load(key);
  return row === null ? null : { ...row, askedAlone: true };
}

/**
 * As `loadIncomingRequest`, for a viewer who names the id. A request that is not found is a line of the log.
 * @throws InvalidInputError oneAtATime for a second request that is not allocated to the viewer; RateLimitedError when the hour's
 * look-ups are spent
 */
export function lookUpIncomingRequest(op: Operation, id: string): Promise<IncomingRequestRow | null> {
  const isOwn = (row: IncomingRequestRow | null): boolean => {
    if (row === null) op.log.record('READ_INCOMING_REQUEST');
    return row !== null && hasIncomingRequest(op.viewer, row);
  };
  return oneLookUp(op, `request ${id}`, 'id', loadIncomingRequest(op, id), isOwn);
}

/** The arguments of `listIncomingRequests`. */
export interface IncomingRequestsArgs extends PageArgs {
  readonly districtId: string;
  readonly done?: boolean | null;
  readonly overdueOnly?: boolean | null;
}

/**
 * Lists a district's requests from partners, as far as the viewer sees them: the open ones by due day, unless the closed ones are asked
 * for. The head sees all of them, a social worker those allocated to them.
 * @throws ForbiddenError
 */
export async function listIncomingRequests(
  op: Operation,
  args: IncomingRequestsArgs,
): Promise<Page<IncomingRequestRow>> {
  const districtId = parseId(args.districtId);
  const way = districtId === null ? null : wayToIncomingRequests(op.viewer, r, districtId);
  if (way === null) throw new ForbiddenError();
  const size = pageSize(args);
  const done = args.done === true;
  const order = done ? Prisma.sql`r.answer_by` : Prisma.sql`r.due_at`;
  const rows = await op.tx.rows<IncomingRequestRow>`select ${REQUEST} from incoming_request r where ${allOf([
    way,
    done ? Prisma.sql`r.due_at is null` : Prisma.sql`r.due_at is not null`,
    args.overdueOnly === true ? whereOverdue(op.now) : Prisma.sql`true`,
    afterCursor(args, order, Prisma.sql`r.id`, false),
  ])} order by ${order}, r.id limit ${size + 1}`;
  return toPage(rows, args, (row) => (done ? row.answerBy : (row.dueAt ?? row.answerBy)));
}

/**
 * Returns the name of the person concerned: for a person known to the service, their name there; otherwise the name that the partner
 * gives.
 */
export async function loadNameOfRequest(op: Operation, row: IncomingRequestRow): Promise<string | null> {
  if (!readsIncomingRequest(op.viewer, row)) return null;
  if (row.personId === null) return row.name;
  if (hasIncomingRequest(op.viewer, row)) {
    const person = await loadPerson(op, row.personId);
    return person === null ? null : displayName(person);
  }
  op.log.record('READ_INCOMING_REQUEST', { personId: row.personId });
  const found = await batched(op, 'name-to-allocate', async (ids) =>
    byKey(
      await op.tx.rows<{ id: string } & Parameters<typeof displayName>[0]>`select request_id as id,
        given_name as "givenName", family_name as "familyName", chosen_name as "chosenName"
        from name_to_allocate(${uuids(ids)})`,
      (name) => name.id,
    ),
  ).load(row.id);
  return found === null ? null : displayName(found);
}

/** Returns the partner's text, and logs the reading. */
export async function loadTextOfRequest(op: Operation, row: IncomingRequestRow): Promise<string | null> {
  if (!readsIncomingRequest(op.viewer, row)) return null;
  op.log.record('READ_INCOMING_REQUEST', { personId: row.personId });
  const found = await batched(op, 'incoming-request-content', async (ids) =>
    byKey(
      await op.tx.rows<
        { id: string } & SealedText
      >`select c.request_id as id, c.body, c.master_key_id as "masterKeyId", c.wrapped
        from incoming_request_content c join incoming_request r on r.id = c.request_id
        where c.request_id = any (${uuids(ids)}) and ${whereReadsIncomingRequest(op.viewer, r)}`,
      (content) => content.id,
    ),
  ).load(row.id);
  return found === null ? null : openText(op.vault, 'incoming_request_content', row.id, found);
}

/** The id of a request just recorded. The worker who recorded it no longer reads it. */
export interface RecordedIncomingRequest {
  readonly id: string;
}

function requireDays(
  op: Operation,
  input: RecordIncomingRequestInput,
): { readonly receivedOn: string; readonly answerBy: string } {
  const today = dayInParis(op.now);
  const receivedOn = input.receivedOn == null ? today : toDay(input.receivedOn);
  if (receivedOn > today) throw new InvalidInputError('input.receivedOn', 'notYet');
  if (receivedOn < dayAfter(today, -DAYS_BACK)) throw new InvalidInputError('input.receivedOn', 'tooLongAgo');
  const answerBy = input.answerBy == null ? dayAfter(receivedOn, DAYS_TO_ANSWER) : toDay(input.answerBy);
  if (answerBy < receivedOn) throw new InvalidInputError('input.answerBy', 'interval');
  if (answerBy > dayAfter(today, MAX_DAYS_TO_ANSWER)) throw new InvalidInputError('input.answerBy', 'tooFar');
  return { receivedOn, answerBy };
}

/**
 * Records a partner's request: the day it came, who asks (a category), and the person concerned, if the partner names them. A mandated
 * request about a person nobody has met has one month to inform them (GDPR art. 14, 3 a); a request about a child to protect has no such
 * day (CASF L226-2-1). From then on the head has it, to allocate.
 * @throws ForbiddenError; NotFoundError; InvalidInputError
 */
export async function recordIncomingRequest(
  op: Operation,
  input: RecordIncomingRequestInput,
): Promise<RecordedIncomingRequest> {
  const id = await once(op, 'recordIncomingRequest', input, async () => {
    op.log.record('RECORD_INCOMING_REQUEST', {
      personId: input.personId == null ? null : parseId(input.personId),
    });
    const districtId = parseId(input.districtId);
    if (districtId === null || !recordsIncomingRequestIn(op.viewer, districtId)) throw new ForbiddenError();
    const personId = input.personId == null ? null : await requireBookable(op, input.personId);
    const name = optionalText('input.name', input.name, LONGEST.fullName);
    if (personId !== null && name !== null) throw new InvalidInputError('input.name', 'knownPerson');
    const text = optionalBody('input.text', input.text, LONGEST.partnersRequest);
    const { receivedOn, answerBy } = requireDays(op, input);
    const mandated = input.mandated === true;
    // Nobody has met a person the service does not know.
    const neverMet = input.neverMet ?? personId === null;
    const childProtection = input.childProtection === true;
    const informBy = mandated && neverMet && !childProtection ? endOfDay(monthAfter(receivedOn)) : null;
    const requestId = randomUUID();
    await op.tx
      .run`insert into incoming_request (id, district_id, partner, mandated, person_id, name, received_on, answer_by,
        inform_by, child_protection)
      values (${requestId}::uuid, ${districtId}::uuid, ${input.partner}::"PartnerKind", ${mandated}, ${personId}::uuid, ${name},
        ${receivedOn}::date, ${endOfDay(answerBy)}, ${informBy}, ${childProtection})`;
    if (text !== null) {
      const { body, masterKeyId, wrapped } = await sealText(
        op.vault,
        'incoming_request_content',
        requestId,
        text,
      );
      await op.tx.run`insert into incoming_request_content (request_id, body, master_key_id, wrapped)
        values (${requestId}::uuid, ${body}::bytea, ${masterKeyId}, ${wrapped}::bytea)`;
    }
    return requestId;
  });
  return { id };
}

interface ChangeInput {
  readonly id: string;
  readonly expectedVersion: number;
}

async function requireOne(
  op: Operation,
  input: ChangeInput,
  action: AccessAction,
  may: (viewer: Viewer, row: IncomingRequestRow) => boolean,
  targetWorkerId: string | null = null,
): Promise<IncomingRequestRow> {
  const row = await loadIncomingRequest(op, input.id);
  op.log.record(action, { personId: row?.personId ?? null, targetWorkerId });
  if (row === null) throw new NotFoundError('input.id');
  if (!may(op.viewer, row)) throw new ForbiddenError();
  if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
  return row;
}

async function write(op: Operation, row: IncomingRequestRow, columns: Prisma.Sql): Promise<string> {
  const changed = await op.tx.run`update incoming_request set ${columns}, version = version + 1
    where id = ${row.id}::uuid and version = ${row.version}`;
  if (changed === 0) throw new ConflictError('VERSION_CHANGED');
  return row.id;
}

/**
 * Allocates the request to a social worker, for the head, who never takes it themselves. From then on the head reads neither name nor
 * text.
 * @throws NotFoundError; ForbiddenError; InvalidInputError notAssignable, yourself; ConflictError VERSION_CHANGED, STATE_CHANGED
 */
export async function allocateIncomingRequest(
  op: Operation,
  input: AllocateIncomingRequestInput,
): Promise<IncomingRequestRow | null> {
  const id = await once(op, 'allocateIncomingRequest', input, async () => {
    const workerId = parseId(input.workerId);
    const row = await requireOne(op, input, 'ALLOCATE_INCOMING_REQUEST', allocatesIncomingRequest, workerId);
    if (workerId === null) throw new InvalidInputError('input.workerId', 'notAssignable');
    if (workerId === op.viewer.workerId) throw new InvalidInputError('input.workerId', 'yourself');
    if (!(await mayBeAssigned(op, workerId, row.districtId)))
      throw new InvalidInputError('input.workerId', 'notAssignable');
    if (row.closedAt !== null || workerId === row.workerId) throw new ConflictError('STATE_CHANGED');
    return write(op, row, Prisma.sql`worker_id = ${workerId}::uuid, status = 'ALLOCATED'`);
  });
  return loadIncomingRequest(op, id);
}

/**
 * Records that the partner was answered. The clock for informing the person goes on, if there is one.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED, STATE_CHANGED
 */
export async function answerIncomingRequest(
  op: Operation,
  input: ChangeInput,
): Promise<IncomingRequestRow | null> {
  const id = await once(op, 'answerIncomingRequest', input, async () => {
    const row = await requireOne(op, input, 'ANSWER_INCOMING_REQUEST', answersIncomingRequest);
    if (row.closedAt !== null) throw new ConflictError('STATE_CHANGED');
    return write(op, row, Prisma.sql`status = 'ANSWERED', closed_at = now()`);
  });
  return loadIncomingRequest(op, id);
}

/**
 * Declines a request that is not for the service: its worker does so, or the head while nobody has it.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED, STATE_CHANGED
 */
export async function declineIncomingRequest(
  op: Operation,
  input: ChangeInput,
): Promise<IncomingRequestRow | null> {
  const id = await once(op, 'declineIncomingRequest', input, async () => {
    const row = await requireOne(op, input, 'DECLINE_INCOMING_REQUEST', declinesIncomingRequest);
    if (row.closedAt !== null) throw new ConflictError('STATE_CHANGED');
    return write(op, row, Prisma.sql`status = 'DECLINED', closed_at = now()`);
  });
  return loadIncomingRequest(op, id);
}

/**
 * Marks a request as about a child to protect, if nobody said so when it was recorded: from then on no day is set for informing anyone
 * (CASF L226-2-1). The mark stays: a wrong mark costs a clock and nothing else. A deferral stays as it is.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED; STATE_CHANGED where it is already marked
 */
export async function markChildProtection(
  op: Operation,
  input: ChangeInput,
): Promise<IncomingRequestRow | null> {
  const id = await once(op, 'markChildProtection', input, async () => {
    const row = await requireOne(op, input, 'MARK_CHILD_PROTECTION', marksChildProtection);
    if (row.childProtection) throw new ConflictError('STATE_CHANGED');
    return write(op, row, Prisma.sql`child_protection = true, inform_by = null`);
  });
  return loadIncomingRequest(op, id);
}

/** True if a person is to be informed: by a day or, for a child to protect, whenever it harms nobody. */
function isToInform(row: IncomingRequestRow): boolean {
  return (row.informBy !== null || row.childProtection) && row.informedAt === null;
}

/** The day of review is at most this many days ahead. */
const MAX_DAYS_TO_REVIEW = 366;

/**
 * Defers informing the persons concerned, on a ground. The worker who has the request decides this and alone sees it, and reviews it on a
 * day.
 * @throws NotFoundError; ForbiddenError; InvalidInputError; ConflictError VERSION_CHANGED; STATE_CHANGED once they are informed, and
 * where nobody is to be
 */
export async function deferInformation(
  op: Operation,
  input: DeferInformationInput,
): Promise<IncomingRequestRow | null> {
  const id = await once(op, 'deferInformation', input, async () => {
    const row = await requireOne(op, input, 'DEFER_INFORMATION', answersIncomingRequest);
    const [today, reviewOn] = [dayInParis(op.now), toDay(input.reviewOn)];
    if (reviewOn <= today) throw new InvalidInputError('input.reviewOn', 'interval');
    if (reviewOn > dayAfter(today, MAX_DAYS_TO_REVIEW))
      throw new InvalidInputError('input.reviewOn', 'tooFar');
    if (!isToInform(row)) throw new ConflictError('STATE_CHANGED');
    // The version stays: the head reads it, and must not read from it that there is a deferral.
    const changed = await op.tx
      .run`update incoming_request set deferral_ground = ${input.ground}::"InformationGround",
        review_by = ${endOfDay(reviewOn)}
      where id = ${row.id}::uuid and version = ${row.version} and informed_at is null`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return row.id;
  });
  return loadIncomingRequest(op, id);
}

/**
 * Records that the persons concerned were informed now that the service has their data, and who gave it (GDPR art. 14).
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED; STATE_CHANGED once it is recorded, and where nobody is to be
 * informed
 */
export async function recordInformation(
  op: Operation,
  input: ChangeInput,
): Promise<IncomingRequestRow | null> {
  const id = await once(op, 'recordInformation', input, async () => {
    const row = await requireOne(op, input, 'RECORD_INFORMATION', answersIncomingRequest);
    if (!isToInform(row)) throw new ConflictError('STATE_CHANGED');
    return write(op, row, Prisma.sql`informed_at = now()`);
  });
  return loadIncomingRequest(op, id);
}
