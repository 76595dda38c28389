import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import type { AuthorCall } from '../../../prisma/generated/enums.js';
import { writesNotesOfCase } from '../../access/interview-note/interview-note.js';
import { uuids } from '../../access/operation/sql.js';
import {
  approvesReleases,
  askedForRelease,
  overseesReleases,
  type ReleaseRelation,
  whereDecidesRelease,
  whereSeesRelease,
  whereSeesStatement,
} from '../../access/release/release.js';
import { CHECK_VIOLATION, sqlStateOf, UNIQUE_VIOLATION } from '../../database/failure.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { DangerInput, ReleaseInput, RequestReleaseInput } from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { AccessAction, AccessSubject } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import { openText, type SealedText, sealText } from '../../vault/sealed-text.js';
import { requireCase } from '../case/cases.js';
import { once } from '../operation/idempotency.js';
import { parseId, requireText } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';

/** Rule 2: the release of the notes of a worker who is gone, opened to the assigned worker by two people, on a recorded ground. */
export interface ReleaseRow extends ReleaseRelation {
  readonly id: string;
  readonly caseId: string;
  readonly caseReference: string | null;
  readonly districtId: string;
  readonly assignedById: string | null;
  readonly requestedAt: Date;
  /** The instant before which nobody approves it. */
  readonly waitsUntil: Date;
  /** The instant of the first no to this requester by a worker who held the case, even to an earlier request. */
  readonly objectedAt: Date | null;
  readonly personToldAt: Date | null;
  readonly approvedById: string | null;
  readonly approvedAt: Date | null;
  readonly refusedById: string | null;
  readonly refusedAt: Date | null;
  /** The instant at which it lapsed: its requester lost the case, its end came during the wait, or the officer closed it. */
  readonly lapsedAt: Date | null;
  readonly closedById: string | null;
  readonly agreedById: string | null;
  readonly agreedAt: Date | null;
  /** After an objection: whether a technical adviser of another district exists. */
  readonly advisedElsewhere: boolean;
  /** The end of what it opened; until it is approved, the end that was asked for. */
  readonly openUntil: Date | null;
}

/** The columns of a release, selected from `release r` and its case `c`. */
export const RELEASE = Prisma.sql`r.id, r.case_id as "caseId", c.reference as "caseReference", r.district_id as "districtId",
  r.requested_by_id as "requestedById", r.assigned_by_id as "assignedById", r.holder_ids as "holderIds", r.ground::text as ground,
  r.requested_at as "requestedAt", r.waits_until as "waitsUntil", r.objected_at as "objectedAt", r.person_told_at as "personToldAt",
  r.approved_by_id as "approvedById", r.approved_at as "approvedAt", r.refused_by_id as "refusedById", r.refused_at as "refusedAt",
  coalesce(r.lapsed_at, case when r.approved_at is null and r.refused_at is null and request_ends(r) <= now() then request_ends(r) end)
    as "lapsedAt", r.closed_by_id as "closedById", r.agreed_by_id as "agreedById", r.agreed_at as "agreedAt",
  coalesce(r.objected_at is null or has_adviser_elsewhere(r.district_id), true) as "advisedElsewhere",
  coalesce(r.open_until, r.asked_until) as "openUntil"`;
const r = Prisma.sql`r`;
/** The SQL condition for a release that waits for a decision: its end has not come. */
export const WAITS = Prisma.sql`r.approved_at is null and r.refused_at is null and r.lapsed_at is null and request_ends(r) > now()`;

/** The SQL condition for a release that waits, or whose notes are open: each part has its index. */
export const IN_FORCE = Prisma.sql`r.id in (
  select r.id from release r where ${WAITS}
  union all select r.id from release r where r.approved_at is not null and r.lapsed_at is null and r.open_until > now())`;

/** Returns a release that the viewer sees, or null. The reference of its case is null if the viewer no longer knows of the case. */
export async function loadRelease(op: Operation, id: string): Promise<ReleaseRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  return batched(op, 'release', async (ids) =>
    byKey(
      // The case is hidden from the adviser again once the release is approved.
      await op.tx.rows<ReleaseRow>`select ${RELEASE} from release r left join "case" c on c.id = r.case_id
        where r.id = any (${uuids(ids)}) and ${whereSeesRelease(op.viewer, r)}`,
      (found) => found.id,
    ),
  ).load(key);
}

/**
 * Returns the release that the input names. The attempt is logged, found or not.
 * @throws NotFoundError for a release that the viewer does not see
 */
export async function requireRelease(
  op: Operation,
  id: string,
  tried: AccessAction,
  subject: (release: ReleaseRow) => AccessSubject = () => ({}),
): Promise<ReleaseRow> {
  const release = await loadRelease(op, id);
  op.log.record(tried, release === null ? { caseId: null } : { caseId: release.caseId, ...subject(release) });
  if (release === null) throw new NotFoundError('input.id');
  return release;
}

/**
 * Lists the releases that wait for a decision and that the viewer, a technical adviser, may decide: DANGER first, then the oldest; at
 * most 100, after the release with the id `after` if it is given. A release that has lapsed no longer waits.
 * @throws ForbiddenError; InvalidInputError for an `after` that is no release
 */
export async function listPendingReleases(
  op: Operation,
  after?: string | null,
): Promise<readonly ReleaseRow[]> {
  if (!approvesReleases(op.viewer)) throw new ForbiddenError();
  const last = after == null ? null : await loadRelease(op, after);
  if (after != null && last === null) throw new InvalidInputError('after', 'cursor');
  const beyond =
    last === null
      ? Prisma.sql`true`
      : Prisma.sql`(r.ground <> 'DANGER', r.requested_at, r.id)
          > (${last.ground !== 'DANGER'}::boolean, ${last.requestedAt}::timestamptz, ${last.id}::uuid)`;
  return op.tx.rows<ReleaseRow>`select ${RELEASE} from release r join "case" c on c.id = r.case_id
    where ${WAITS} and ${beyond} and ${whereDecidesRelease(op.viewer, r)} order by r.ground = 'DANGER' desc, r.requested_at, r.id limit 100`;
}

/**
 * Lists the releases that wait or are open, for the data protection officer: the oldest first; at most 100, after the release with the id
 * `after` if it is given.
 * @throws ForbiddenError; InvalidInputError for an `after` that is no release
 */
export async function listReleasesInForce(
  op: Operation,
  after?: string | null,
): Promise<readonly ReleaseRow[]> {
  if (!overseesReleases(op.viewer)) throw new ForbiddenError();
  const last = after == null ? null : await loadRelease(op, after);
  if (after != null && last === null) throw new InvalidInputError('after', 'cursor');
  const beyond =
    last === null
      ? Prisma.sql`true`
      : Prisma.sql`(r.requested_at, r.id) > (${last.requestedAt}::timestamptz, ${last.id}::uuid)`;
  return op.tx.rows<ReleaseRow>`select ${RELEASE} from release r left join "case" c on c.id = r.case_id
    where ${IN_FORCE} and ${beyond} order by r.requested_at, r.id limit 100`;
}

/** Lists the releases that the viewer asked for, newest first; at most 100. */
export async function listMyReleases(op: Operation): Promise<readonly ReleaseRow[]> {
  return op.tx.rows<ReleaseRow>`select ${RELEASE} from release r left join "case" c on c.id = r.case_id
    where r.requested_by_id = ${op.viewer.workerId}::uuid order by r.requested_at desc, r.id limit 100`;
}

/** Lists the releases in cases that the viewer held before, and their outcomes; newest first; at most 100. */
export async function listReleasesOfFormerCases(op: Operation): Promise<readonly ReleaseRow[]> {
  if (op.viewer.workerId === null) return [];
  return op.tx.rows<ReleaseRow>`select ${RELEASE} from release r left join "case" c on c.id = r.case_id
    where r.id = any (array(select releases_of_former_cases(100))) and ${whereSeesRelease(op.viewer, r)}
    order by r.requested_at desc, r.id`;
}

/** The database has the same limit: an appeal is over by then. For longer, the worker asks again. */
const OPEN_AT_MOST_MS = 180 * 86_400_000;
const A_DAY_MS = 86_400_000;

/** @throws InvalidInputError if the ground and the statement do not go together, or the author was not called in the last day */
function requireDanger(op: Operation, input: RequestReleaseInput): DangerInput | null {
  const danger = input.danger ?? null;
  if ((input.ground === 'DANGER') !== (danger !== null)) {
    throw new InvalidInputError('input.danger', danger === null ? 'required' : 'invalidValue');
  }
  if (danger === null) return null;
  const ago = op.now.getTime() - danger.authorCalledAt.getTime();
  if (ago < 0 || ago > A_DAY_MS) throw new InvalidInputError('input.danger.authorCalledAt', 'invalidValue');
  return { ...danger, facts: requireText('input.danger.facts', danger.facts, LONGEST.paragraph) };
}

/** @throws InvalidInputError for an end that is past or too far, and for one with the ground DANGER, which opens for 72 hours */
function requireEnd(op: Operation, input: RequestReleaseInput): Date | null {
  const openUntil = input.openUntil ?? null;
  if (openUntil === null) return null;
  const lasts = openUntil.getTime() - op.now.getTime();
  if (input.ground === 'DANGER' || lasts <= 0 || lasts > OPEN_AT_MOST_MS)
    throw new InvalidInputError('input.openUntil', 'invalidValue');
  return openUntil;
}

/**
 * Requests a release, for the assigned worker. Advisers, officers, and the workers who held the case or wrote in it, are told at once;
 * those who held it must answer. With the ground DANGER (a child or an adult), the author is called first, and nobody is waited for:
 * calling 15, 17, 119 or the prosecutor never waits for this.
 * @throws NotFoundError; ForbiddenError; InvalidInputError, also for an end before its wait is over; ConflictError STATE_CHANGED while
 * another request of the worker waits for this case; for DANGER also once the case is assigned for more than 15 days, and within fifteen
 * days of another danger that was opened in this case, unless both reviewers found that one justified
 */
export async function requestRelease(op: Operation, input: RequestReleaseInput): Promise<ReleaseRow | null> {
  const id = await once(op, 'requestRelease', input, async () => {
    const row = await requireCase(op, input.caseId, { missed: 'REQUEST_NOTE_RELEASE' });
    if (!writesNotesOfCase(op.viewer, row)) throw new ForbiddenError();
    op.log.record('REQUEST_NOTE_RELEASE', { caseId: row.id });
    const danger = requireDanger(op, input);
    const openUntil = requireEnd(op, input);
    const releaseId = randomUUID();
    const [asked] = await op.tx.rows<{ waitsUntil: Date }>`insert into release
        (id, case_id, requested_by_id, ground, asked_until)
      values (${releaseId}::uuid, ${row.id}::uuid, ${op.viewer.workerId}::uuid, ${input.ground}::"ReleaseGround", ${openUntil})
      returning waits_until as "waitsUntil"`.catch((error: unknown) => {
      const state = sqlStateOf(error);
      if (state === CHECK_VIOLATION || state === UNIQUE_VIOLATION) throw new ConflictError('STATE_CHANGED');
      throw error;
    });
    // The wait depends on the workers who held the case before; the requester reads it in the answer.
    if (openUntil !== null && asked !== undefined && openUntil <= asked.waitsUntil)
      throw new InvalidInputError('input.openUntil', 'invalidValue');
    if (danger !== null) {
      const { body, masterKeyId, wrapped } = await sealText(
        op.vault,
        'danger_statement',
        releaseId,
        danger.facts,
      );
      await op.tx
        .run`insert into danger_statement (release_id, body, master_key_id, wrapped, author_called_at, author_call)
        values (${releaseId}::uuid, ${body}::bytea, ${masterKeyId}, ${wrapped}::bytea, ${danger.authorCalledAt}, ${danger.authorCall}::"AuthorCall")`;
    }
    return releaseId;
  });
  return loadRelease(op, id);
}

/**
 * Records that the assigned worker has told the person of a no, and that the person may ask for their own file (GDPR, article 15).
 * @throws NotFoundError; ForbiddenError for anyone but the worker who asked; ConflictError if nobody said no, or the person was told
 */
export async function recordReleaseTold(op: Operation, input: ReleaseInput): Promise<ReleaseRow | null> {
  const id = await once(op, 'recordReleaseTold', input, async () => {
    const release = await requireRelease(op, input.id, 'TELL_NOTE_RELEASE');
    if (!askedForRelease(op.viewer, release)) throw new ForbiddenError();
    const changed = await op.tx.run`update release r set person_told_at = now()
      where r.id = ${release.id}::uuid and r.objected_at is not null and r.person_told_at is null and r.lapsed_at is null`;
    if (changed === 0) throw new ConflictError('STATE_CHANGED');
    return release.id;
  });
  return loadRelease(op, id);
}

/** The statement of a danger, with the columns that its rule compares. */
export interface DangerRow extends ReleaseRelation, SealedText {
  readonly releaseId: string;
  readonly authorCalledAt: Date;
  readonly authorCall: AuthorCall;
}

/** Returns the statement of the danger; null for any other ground. It is about a person, so reading it is logged. */
export async function loadDanger(op: Operation, release: ReleaseRow): Promise<DangerRow | null> {
  const danger = await batched(op, 'danger', async (ids) =>
    byKey(
      await op.tx
        .rows<DangerRow>`select d.release_id as "releaseId", d.body, d.master_key_id as "masterKeyId", d.wrapped, d.author_called_at as "authorCalledAt",
        d.author_call::text as "authorCall", r.requested_by_id as "requestedById", r.holder_ids as "holderIds", r.ground::text as ground
        from danger_statement d join release r on r.id = d.release_id
        where d.release_id = any (${uuids(ids)}) and r.id = any (${uuids(ids)}) and ${whereSeesStatement(op.viewer, r)}`,
      (row) => row.releaseId,
    ),
  ).load(release.id);
  if (danger !== null) op.log.record('READ_DANGER', { caseId: release.caseId });
  return danger;
}

/** Opens the facts of a danger. */
export function openFacts(op: Operation, row: DangerRow): Promise<string | null> {
  return openText(op.vault, 'danger_statement', row.releaseId, row);
}
