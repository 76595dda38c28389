import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/generated/client.js';
import type { ReleaseGround } from '../../prisma/generated/enums.js';
import { writesNotesOfCase } from '../access/interview-note.js';
import { approvesReleases, whereSeesRelease } from '../access/release.js';
import { uuids } from '../access/sql.js';
import { ConflictError, ForbiddenError, NotFoundError } from '../errors.js';
import { batched, byKey } from '../loader.js';
import type { Operation } from '../operation.js';
import { requireCase } from './cases.js';
import { once } from './idempotency.js';
import { parseId } from './input.js';

/** Rule 2: the notes of someone who is gone, opened to the assigned worker by two people, on a recorded ground. */
export interface ReleaseRow {
  readonly id: string;
  readonly caseId: string;
  readonly caseReference: string;
  readonly requestedById: string;
  readonly ground: ReleaseGround;
  readonly requestedAt: Date;
  readonly approvedById: string | null;
  readonly approvedAt: Date | null;
}

const RELEASE = Prisma.sql`r.id, r.case_id as "caseId", c.reference as "caseReference", r.requested_by_id as "requestedById",
  r.ground::text as ground, r.requested_at as "requestedAt", r.approved_by_id as "approvedById", r.approved_at as "approvedAt"`;

/** A release that the viewer asked for or may approve, or null. */
export async function loadRelease(op: Operation, id: string): Promise<ReleaseRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'release', async (ids) =>
    byKey(
      // The case is hidden from the adviser again once the release is approved.
      await op.tx.rows<ReleaseRow>`select ${RELEASE} from release r left join "case" c on c.id = r.case_id
        where r.id = any (${uuids(ids)}) and ${whereSeesRelease(op.viewer, Prisma.sql`r`)}`,
      (found) => found.id,
    ),
  ).load(key);
}

/** What waits for a technical adviser, the oldest first; at most 100. What has lapsed waits no longer. */
export async function listPendingReleases(op: Operation): Promise<readonly ReleaseRow[]> {
  if (!approvesReleases(op.viewer)) throw new ForbiddenError();
  return op.tx.rows<ReleaseRow>`select ${RELEASE} from release r join "case" c on c.id = r.case_id
    where r.approved_at is null and r.lapsed_at is null order by r.requested_at, r.id limit 100`;
}

/** Asked by the assigned worker. Advisers, officers and the authors of the notes are told at once. */
export async function requestRelease(
  op: Operation,
  input: { readonly caseId: string; readonly ground: ReleaseGround },
): Promise<ReleaseRow | null> {
  const id = await once(op, 'requestRelease', input, async () => {
    const row = await requireCase(op, input.caseId, { missed: 'REQUEST_NOTE_RELEASE' });
    if (!writesNotesOfCase(op.viewer, row)) throw new ForbiddenError();
    op.log.record('REQUEST_NOTE_RELEASE', { caseId: row.id });
    const releaseId = randomUUID();
    await op.tx.run`insert into release (id, case_id, requested_by_id, ground)
      values (${releaseId}::uuid, ${row.id}::uuid, ${op.viewer.workerId}::uuid, ${input.ground}::"ReleaseGround")`;
    return releaseId;
  });
  return loadRelease(op, id);
}

/**
 * Approved by a technical adviser, who sees no text. The database opens the notes and tells their authors.
 * @throws ConflictError once it is approved, or has lapsed: its requester no longer holds the case
 */
export async function approveRelease(
  op: Operation,
  input: { readonly id: string },
): Promise<ReleaseRow | null> {
  const id = await once(op, 'approveRelease', input, async () => {
    if (!approvesReleases(op.viewer)) throw new ForbiddenError();
    const release = await loadRelease(op, input.id);
    op.log.record('APPROVE_NOTE_RELEASE', {
      caseId: release?.caseId ?? null,
      targetWorkerId: release?.requestedById ?? null,
    });
    if (release === null) throw new NotFoundError('input.id');
    if (release.requestedById === op.viewer.workerId) throw new ForbiddenError();
    const changed = await op.tx
      .run`update release set approved_at = now(), approved_by_id = ${op.viewer.workerId}::uuid
      where id = ${release.id}::uuid and approved_at is null and lapsed_at is null`;
    if (changed === 0) throw new ConflictError('STATE_CHANGED');
    return release.id;
  });
  return loadRelease(op, id);
}
