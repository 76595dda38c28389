import { Prisma } from '../../../prisma/generated/client.js';
import { confirmsSuspensions, endsSuspensions } from '../../access/directory/directory.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { ConfirmSuspensionInput, SuspensionInput } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { AccessAction } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';

/** An account, a post or a front end that one administrator has shut. It lapses after 24 hours unless a second person confirms it. */
export interface SuspensionRow {
  readonly id: string;
  /** The worker concerned; null for a client. */
  readonly workerId: string | null;
  readonly membershipId: string | null;
  /** `ACCOUNT`, the role of the post, or the name of the client, with the scope if it is one scope. */
  readonly what: string;
  readonly suspendedById: string;
  readonly suspendedAt: Date;
  readonly lapsesAt: Date;
  readonly confirmedAt: Date | null;
  readonly liftedAt: Date | null;
  /** Whether it is too early to lift it through the front end that sends the request, and to confirm it. */
  readonly liftWaits: boolean;
  readonly confirmWaits: boolean;
}

const SUSPENSION = Prisma.sql`s.id, s.worker_id as "workerId", s.membership_id as "membershipId", s.what,
  s.suspended_by_id as "suspendedById", s.suspended_at as "suspendedAt", s.lapses_at as "lapsesAt", s.confirmed_at as "confirmedAt",
  s.lifted_at as "liftedAt", suspension_waits_here(s, true) as "liftWaits",
  suspension_waits_here(s, false) as "confirmWaits"`;

/**
 * Lists the last suspensions, for a viewer who may end one: the newest first, at most 100.
 * @throws ForbiddenError
 */
export async function listSuspensions(op: Operation): Promise<readonly SuspensionRow[]> {
  if (!endsSuspensions(op.viewer)) throw new ForbiddenError();
  return op.tx
    .rows<SuspensionRow>`select ${SUSPENSION} from suspension s order by s.suspended_at desc, s.id limit 100`;
}

/** Returns a suspension that the viewer may end, or null. */
export function loadSuspension(op: Operation, id: string): Promise<SuspensionRow | null> {
  return batched(op, 'suspension', async (ids) =>
    byKey(
      await op.tx
        .rows<SuspensionRow>`select ${SUSPENSION} from suspension s where s.id = any (${uuids(ids)})`,
      (row) => row.id,
    ),
  ).load(id);
}

/**
 * Lifts a suspension at once: what was shut is open again. Everyone who is told of it may do this, except the worker concerned. Through the
 * suspended front end itself this takes an hour: a stolen front end must not free itself by a token that it holds.
 * @throws ForbiddenError; NotFoundError; ConflictError STATE_CHANGED once it is confirmed, lifted or lapsed; ENDED_ELSEWHERE
 */
export async function liftSuspension(op: Operation, input: SuspensionInput): Promise<SuspensionRow | null> {
  if (!endsSuspensions(op.viewer)) throw new ForbiddenError();
  const id = await once(op, 'liftSuspension', input, async () => {
    const suspension = await requireSuspension(op, input.id, 'LIFT_SUSPENSION');
    if (suspension.workerId === op.viewer.workerId) throw new ForbiddenError();
    if (suspension.liftWaits) throw new ConflictError('ENDED_ELSEWHERE');
    const changed = await op.tx.run`update suspension s set lifted_by_id = ${op.viewer.workerId}::uuid
      where s.id = ${suspension.id}::uuid and in_force(s)`;
    if (changed === 0) throw new ConflictError('STATE_CHANGED');
    return suspension.id;
  });
  return loadSuspension(op, id);
}

/**
 * Confirms a suspension, so that it stays: the account or the client is disabled, the post ended, the scope withdrawn. Only an officer or an
 * adviser may do this, who is no administrator, is not the worker concerned, and did not suspend. If an officer goes, the input names
 * another worker who is an officer today.
 * @throws ForbiddenError; NotFoundError; InvalidInputError at `input.successorId`; ConflictError STATE_CHANGED once it is confirmed, lifted
 * or lapsed
 */
export async function confirmSuspension(
  op: Operation,
  input: ConfirmSuspensionInput,
): Promise<SuspensionRow | null> {
  if (!confirmsSuspensions(op.viewer)) throw new ForbiddenError();
  const id = await once(op, 'confirmSuspension', input, async () => {
    const suspension = await requireSuspension(op, input.id, 'CONFIRM_SUSPENSION');
    if ([suspension.workerId, suspension.suspendedById].includes(op.viewer.workerId ?? ''))
      throw new ForbiddenError();
    const successorId = input.successorId == null ? null : parseId(input.successorId);
    const [asked] = await op.tx.rows<{ needed: boolean; succeeds: boolean }>`select
      coalesce(needs_successor(${suspension.workerId}::uuid, ${suspension.membershipId}::uuid), false) as needed,
      coalesce(is_officer_today(${successorId}::uuid), false) and ${successorId}::uuid is distinct from ${suspension.workerId}::uuid
        as succeeds`;
    if (asked?.needed === true && input.successorId == null)
      throw new InvalidInputError('input.successorId', 'required');
    if ((asked?.needed === true || input.successorId != null) && asked?.succeeds !== true)
      throw new InvalidInputError('input.successorId', 'invalidValue');
    if (suspension.confirmWaits) throw new ConflictError('ENDED_ELSEWHERE');
    const changed = await op.tx.run`update suspension s set confirmed_by_id = ${op.viewer.workerId}::uuid,
        successor_id = ${successorId}::uuid
      where s.id = ${suspension.id}::uuid and in_force(s)`;
    if (changed === 0) throw new ConflictError('STATE_CHANGED');
    return suspension.id;
  });
  return loadSuspension(op, id);
}

/**
 * Returns the suspension that the input names. The attempt is logged, found or not.
 * @throws NotFoundError
 */
async function requireSuspension(op: Operation, named: string, tried: AccessAction): Promise<SuspensionRow> {
  const isAbout = op.log.attempt(tried);
  const id = parseId(named);
  const suspension = id === null ? null : await loadSuspension(op, id);
  if (suspension === null) throw new NotFoundError('input.id');
  isAbout({ targetWorkerId: suspension.workerId });
  return suspension;
}
