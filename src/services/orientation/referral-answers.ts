import { Prisma } from '../../../prisma/generated/client.js';
import {
  allocatesReferral,
  answersReferral,
  changesReferral,
  isToAllocate,
} from '../../access/orientation/referral.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type {
  AllocateReferralInput,
  AnswerReferralInput,
  ShowReferralInput,
} from '../../generated/inputs.js';
import type { AccessAction } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import type { Viewer } from '../../viewer.js';
import { mayBeAssigned } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { loadReferral, type ReferralRow } from './referrals.js';

/** The answers that the receiver of a referral may give. */
export const REFERRAL_ANSWERS = ['ACKNOWLEDGED', 'ACCEPTED', 'REFUSED'] as const;
/** One of `REFERRAL_ANSWERS`. */
export type ReferralAnswer = (typeof REFERRAL_ANSWERS)[number];

interface ChangeInput {
  readonly id: string;
  readonly expectedVersion: number;
}

/** Returns an open referral, at the version that the caller has read: nobody has answered it yet, or it is still to be allocated. */
async function requireOpen(
  op: Operation,
  input: ChangeInput,
  action: AccessAction,
  may: (viewer: Viewer, row: ReferralRow) => boolean,
  targetWorkerId: string | null = null,
): Promise<ReferralRow> {
  const row = await loadReferral(op, input.id);
  op.log.record(action, { caseId: row?.caseId ?? null, targetWorkerId });
  if (row === null) throw new NotFoundError('input.id');
  if (!may(op.viewer, row)) throw new ForbiddenError();
  if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
  const goesOn = row.closedAt === null || (action === 'ALLOCATE_REFERRAL' && isToAllocate(row));
  if (!goesOn) throw new ConflictError('STATE_CHANGED');
  return row;
}

async function write(op: Operation, row: ReferralRow, columns: Prisma.Sql): Promise<string> {
  const changed = await op.tx.run`update referral set ${columns}, version = version + 1
    where id = ${row.id}::uuid and version = ${row.version}`;
  if (changed === 0) throw new ConflictError('VERSION_CHANGED');
  return row.id;
}

/**
 * Allocates the referral to a social worker of the receiving district, for the head, who never takes it themselves. From then on the head
 * knows no name in it. A head who has accepted it for the district allocates it afterwards, too.
 * @throws NotFoundError; ForbiddenError; InvalidInputError notAssignable, yourself; ConflictError VERSION_CHANGED, STATE_CHANGED
 */
export async function allocateReferral(
  op: Operation,
  input: AllocateReferralInput,
): Promise<ReferralRow | null> {
  const id = await once(op, 'allocateReferral', input, async () => {
    const workerId = parseId(input.workerId);
    const row = await requireOpen(op, input, 'ALLOCATE_REFERRAL', allocatesReferral, workerId);
    if (workerId === null) throw new InvalidInputError('input.workerId', 'notAssignable');
    if (workerId === op.viewer.workerId) throw new InvalidInputError('input.workerId', 'yourself');
    if (row.toDistrictId === null || !(await mayBeAssigned(op, workerId, row.toDistrictId)))
      throw new InvalidInputError('input.workerId', 'notAssignable');
    if (workerId === row.toWorkerId) throw new ConflictError('STATE_CHANGED');
    return write(op, row, Prisma.sql`to_worker_id = ${workerId}::uuid`);
  });
  return loadReferral(op, id);
}

/**
 * Answers a referral: it was received, the person is taken on, or the person is not, with the reason as a category. For an organisation,
 * the worker who follows the case records its answer.
 * @throws NotFoundError; ForbiddenError; InvalidInputError refusalOnly; ConflictError VERSION_CHANGED; STATE_CHANGED once it was
 * accepted, refused or withdrawn, and when its receipt was acknowledged already
 */
export async function answerReferral(op: Operation, input: AnswerReferralInput): Promise<ReferralRow | null> {
  const id = await once(op, 'answerReferral', input, async () => {
    const row = await requireOpen(op, input, 'ANSWER_REFERRAL', answersReferral);
    if (input.answer === 'ACKNOWLEDGED' && row.status === 'ACKNOWLEDGED')
      throw new ConflictError('STATE_CHANGED');
    if ((input.answer === 'REFUSED') !== (input.refusal != null))
      throw new InvalidInputError('input.refusal', 'refusalOnly');
    const closedAt = input.answer === 'ACKNOWLEDGED' ? Prisma.sql`null` : Prisma.sql`now()`;
    return write(
      op,
      row,
      Prisma.sql`status = ${input.answer}::"ReferralStatus", refusal = ${input.refusal ?? null}::"ReferralRefusal",
        closed_at = ${closedAt}`,
    );
  });
  return loadReferral(op, id);
}

/**
 * Withdraws a referral while nobody has answered it, for the worker who follows the case.
 * @throws NotFoundError; ForbiddenError; ConflictError VERSION_CHANGED, STATE_CHANGED
 */
export async function withdrawReferral(op: Operation, input: ChangeInput): Promise<ReferralRow | null> {
  const id = await once(op, 'withdrawReferral', input, async () => {
    const row = await requireOpen(op, input, 'WITHDRAW_REFERRAL', changesReferral);
    return write(op, row, Prisma.sql`status = 'WITHDRAWN', closed_at = now()`);
  });
  return loadReferral(op, id);
}

/**
 * Shows a referral online to the one person it concerns, or hides it again; also once it is closed.
 * @throws NotFoundError; ForbiddenError; InvalidInputError aloneOnly where it concerns several; ConflictError VERSION_CHANGED
 */
export async function showReferral(op: Operation, input: ShowReferralInput): Promise<ReferralRow | null> {
  const id = await once(op, 'showReferral', input, async () => {
    const row = await loadReferral(op, input.id);
    op.log.record('SHOW_REFERRAL', { caseId: row?.caseId ?? null });
    if (row === null) throw new NotFoundError('input.id');
    if (!changesReferral(op.viewer, row)) throw new ForbiddenError();
    if (row.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
    const persons = await op.tx.rows<{ id: string }>`select person_id as id from referral_person
      where referral_id = ${row.id}::uuid order by person_id`;
    if (input.showOnline && persons.length !== 1)
      throw new InvalidInputError('input.showOnline', 'aloneOnly');
    // The version stays: it must tell the receiver nothing of this.
    const changed = await op.tx
      .run`update referral set online_person_id = ${input.showOnline ? (persons[0]?.id ?? null) : null}::uuid
        where id = ${row.id}::uuid and version = ${row.version}`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return row.id;
  });
  return loadReferral(op, id);
}
