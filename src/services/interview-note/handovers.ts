import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import { isAssignedTo } from '../../access/case/case.js';
import { readsNotesOfCase } from '../../access/interview-note/interview-note.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type {
  AcceptHandoverInput,
  OfferHandoverInput,
  WithdrawHandoverInput,
} from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { districtsAs, hasScope } from '../../viewer.js';
import { requireCase } from '../case/cases.js';
import { mayBeAssigned } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { countIds, parseId, parseIds } from '../operation/input.js';
import { loadNote } from './interview-notes.js';

/** A handover. The worker who offers it and the worker who is offered it see it. */
export interface HandoverRow {
  readonly id: string;
  readonly caseId: string;
  readonly fromWorkerId: string;
  readonly toWorkerId: string;
  readonly offeredAt: Date;
  readonly acceptedAt: Date | null;
  /** The instant at which its author withdrew it, or it fell because the case came back to them. */
  readonly withdrawnAt: Date | null;
}

const HANDOVER = Prisma.sql`h.id, h.case_id as "caseId", h.from_worker_id as "fromWorkerId", h.to_worker_id as "toWorkerId",
  h.offered_at as "offeredAt", h.accepted_at as "acceptedAt",
  h.withdrawn_at as "withdrawnAt"`;

/** Returns a handover that the viewer offers or is offered, or null. */
export async function loadHandover(op: Operation, id: string): Promise<HandoverRow | null> {
  const key = parseId(id);
  if (key === null || op.viewer.workerId === null) return null;
  return batched(op, 'handover', async (ids) =>
    byKey(
      await op.tx.rows<HandoverRow>`select ${HANDOVER} from handover h where h.id = any (${uuids(ids)})
        and (h.from_worker_id = ${op.viewer.workerId}::uuid or h.to_worker_id = ${op.viewer.workerId}::uuid)`,
      (row) => row.id,
    ),
  ).load(key);
}

/** Lists the handovers that are offered to the viewer and not yet accepted, the oldest first; at most 100. */
export async function listPendingHandovers(op: Operation): Promise<readonly HandoverRow[]> {
  if (op.viewer.workerId === null) return [];
  return op.tx.rows<HandoverRow>`select ${HANDOVER} from handover h
    join "case" c on c.id = h.case_id and c.district_id = any (${uuids(districtsAs(op.viewer, 'SOCIAL_WORKER'))})
    where h.to_worker_id = ${op.viewer.workerId}::uuid and h.accepted_at is null and h.withdrawn_at is null order by h.offered_at, h.id limit 100`;
}

/**
 * Offers notes to another worker. The worker who leaves the case chooses the notes and the worker, while the case is assigned to them.
 * Only notes they wrote or were handed go along: a note that a release opened closes with the release (rule 2).
 * @throws NotFoundError; ForbiddenError; InvalidInputError notAssignable, required without notes or for more than 200, or releasedOnly
 * for a note that is open by a release alone
 */
export async function offerHandover(op: Operation, input: OfferHandoverInput): Promise<HandoverRow | null> {
  const id = await once(op, 'offerHandover', input, async () => {
    const row = await requireCase(op, input.caseId, { missed: 'OFFER_HANDOVER' });
    if (!hasScope(op.viewer, 'notes:write') || !readsNotesOfCase(op.viewer, row)) throw new ForbiddenError();
    const toWorkerId = parseId(input.toWorkerId);
    // The line comes before the checks: a refused offer belongs to the confidential part of the log, too.
    op.log.record('OFFER_HANDOVER', { caseId: row.id, targetWorkerId: toWorkerId });
    if (toWorkerId === null) throw new NotFoundError('input.toWorkerId');
    if (toWorkerId === op.viewer.workerId || !(await mayBeAssigned(op, toWorkerId, row.districtId)))
      throw new InvalidInputError('input.toWorkerId', 'notAssignable');
    const noteIds = parseIds(input.noteIds);
    if (input.noteIds.length === 0 || input.noteIds.length > 200)
      throw new InvalidInputError('input.noteIds', 'required');
    const notes = await Promise.all(noteIds.map((noteId) => loadNote(op, noteId)));
    const mine = notes.filter((note) => note !== null && note.caseId === row.id && note.status === 'FINAL');
    if (mine.length !== countIds(input.noteIds)) throw new NotFoundError('input.noteIds');
    const [released] = await op.tx
      .rows`select from unnest(${uuids(noteIds)}) as note where not viewer_hands_on(note)`;
    if (released !== undefined) throw new InvalidInputError('input.noteIds', 'releasedOnly');
    const handoverId = randomUUID();
    await op.tx.run`insert into handover (id, case_id, from_worker_id, to_worker_id)
      values (${handoverId}::uuid, ${row.id}::uuid, ${op.viewer.workerId}::uuid, ${toWorkerId}::uuid)`;
    await op.tx.run`insert into handover_note (handover_id, note_id)
      select ${handoverId}::uuid, unnest(${uuids(noteIds)})`;
    return handoverId;
  });
  return loadHandover(op, id);
}

/**
 * Accepts the notes that were chosen for the viewer, once the case is assigned to them. A note that its author changed after the offer
 * stays closed.
 * @throws NotFoundError; ForbiddenError; ConflictError STATE_CHANGED once it is accepted or withdrawn
 */
export async function acceptHandover(op: Operation, input: AcceptHandoverInput): Promise<HandoverRow | null> {
  const id = await once(op, 'acceptHandover', input, async () => {
    const handover = await loadHandover(op, input.id);
    if (handover === null || handover.toWorkerId !== op.viewer.workerId) {
      op.log.record('ACCEPT_HANDOVER');
      throw new NotFoundError('input.id');
    }
    const row = await requireCase(op, handover.caseId, { field: 'input.id', missed: 'ACCEPT_HANDOVER' });
    if (!hasScope(op.viewer, 'notes:write') || !isAssignedTo(op.viewer, row)) throw new ForbiddenError();
    op.log.record('ACCEPT_HANDOVER', { caseId: handover.caseId });
    if (handover.acceptedAt !== null) throw new ConflictError('STATE_CHANGED');
    const changed = await op.tx.run`update handover set accepted_at = now()
      where id = ${handover.id}::uuid and accepted_at is null and withdrawn_at is null`;
    if (changed === 0) throw new ConflictError('STATE_CHANGED');
    return handover.id;
  });
  return loadHandover(op, id);
}

/**
 * Withdraws a handover, for the worker who offered it, until it is accepted.
 * @throws NotFoundError for anyone else; ForbiddenError without the scope; ConflictError once it is accepted, or has fallen
 */
export async function withdrawHandover(
  op: Operation,
  input: WithdrawHandoverInput,
): Promise<HandoverRow | null> {
  const id = await once(op, 'withdrawHandover', input, async () => {
    const found = await loadHandover(op, input.id);
    const handover = found?.fromWorkerId === op.viewer.workerId ? found : null;
    op.log.record('WITHDRAW_HANDOVER', { caseId: handover?.caseId ?? null });
    if (handover === null) throw new NotFoundError('input.id');
    if (!hasScope(op.viewer, 'notes:write')) throw new ForbiddenError();
    const changed = await op.tx.run`update handover set withdrawn_at = now()
      where id = ${handover.id}::uuid and accepted_at is null and withdrawn_at is null`;
    if (changed === 0) throw new ConflictError('STATE_CHANGED');
    return handover.id;
  });
  return loadHandover(op, id);
}
