import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import { whereSeesAbsence } from '../../access/case/absence.js';
import { allocates, whereAllocates } from '../../access/case/case.js';
import { uuids } from '../../access/operation/sql.js';
import { sqlStateOf } from '../../database/failure.js';
import { ConflictError, ForbiddenError, NotFoundError } from '../../errors.js';
import type {
  ChangeAbsenceInput,
  ContradictAbsenceInput,
  DeclareAbsenceInput,
} from '../../generated/inputs.js';
import { batched, byKey } from '../../loader.js';
import type { AccessAction } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import { requireDistrictWorker } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { requireNear, requirePeriod } from '../operation/period.js';

/** A declared absence. Without an end it is a departure. */
export interface AbsenceRow {
  readonly id: string;
  readonly workerId: string;
  readonly districtId: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  /** The instant at which the worker contradicted the absence. From then on it opens no notes. */
  readonly contradictedAt: Date | null;
  readonly version: number;
}

const a = Prisma.sql`a`;
const ABSENCE = Prisma.sql`a.id, a.worker_id as "workerId", a.district_id as "districtId", a.starts_at as "startsAt",
  a.ends_at as "endsAt", a.contradicted_at as "contradictedAt", a.version`;
/** PostgreSQL's code for an exclusion that is violated: two absences of a worker at the same time (PostgreSQL, appendix A). */
const OVERLAPS = '23P01';
/** The expression is the one that the index has. */
const NOT_OVER = Prisma.sql`coalesce(a.ends_at, 'infinity') > now()`;

/** Returns an absence that the viewer sees, or null. */
export function loadAbsence(op: Operation, id: string): Promise<AbsenceRow | null> {
  return batched(op, 'absence', async (ids) =>
    byKey(
      await op.tx.rows<AbsenceRow>`select ${ABSENCE} from absence a where a.id = any (${uuids(ids)})
      and ${whereSeesAbsence(op.viewer, a)}`,
      (row) => row.id,
    ),
  ).load(id);
}

/**
 * Lists the absences of a district that are not over, for its head: the worker who is back first comes first; at most 100. Empty for
 * anyone else.
 */
export async function listAbsences(op: Operation, districtId: string): Promise<readonly AbsenceRow[]> {
  const id = parseId(districtId);
  if (id === null) return [];
  return op.tx.rows<AbsenceRow>`select ${ABSENCE} from absence a
    where a.district_id = ${id}::uuid and ${whereAllocates(op.viewer, a)} and ${NOT_OVER}
    order by coalesce(a.ends_at, 'infinity'), a.id limit 100`;
}

/** The absence is not contradicted, and it let a release through that still stands, whether or not the absence is over. */
const LETS_THROUGH = Prisma.sql`(a.contradicted_at is null and absence_let_a_release_through(a.id))`;

/** Lists the viewer's own absences that are not over, or that let a release through that still stands; by start; at most 100. */
export async function listMyAbsences(op: Operation): Promise<readonly AbsenceRow[]> {
  return op.tx.rows<AbsenceRow>`select ${ABSENCE} from absence a
    where a.worker_id = ${op.viewer.workerId}::uuid and ${whereSeesAbsence(op.viewer, a)} and (${NOT_OVER} or ${LETS_THROUGH})
    order by a.starts_at, a.id limit 100`;
}

/**
 * Checks that a row was inserted. An interval that overlaps another of the same worker inserts nothing.
 * @throws ConflictError STATE_CHANGED
 */
export function requireOne(inserted: number): void {
  if (inserted === 0) throw new ConflictError('STATE_CHANGED');
}

/** An absence is declared at most a year ahead, and at most a year late. */
const FARTHEST_START_DAYS = 366;
/** The longest leave for illness is five years (congé de longue durée, Code général de la fonction publique, L822-12). */
const LONGEST_DAYS = 5 * 366;

function requireLength(field: string, startsAt: Date, endsAt: Date | null): void {
  if (endsAt !== null) requirePeriod(field, startsAt, endsAt, LONGEST_DAYS);
}

/**
 * Declares an absence, or a departure when no end is given; never its cause. The worker is told at once.
 * @throws ForbiddenError; NotFoundError at `input.workerId`; InvalidInputError past or tooFar at `input.startsAt` beyond a year, tooFar
 * at `input.endsAt` beyond five years after the start; ConflictError STATE_CHANGED for an absence that overlaps another of the worker
 */
export async function declareAbsence(op: Operation, input: DeclareAbsenceInput): Promise<AbsenceRow | null> {
  const id = await once(op, 'declareAbsence', input, async () => {
    op.log.record('DECLARE_ABSENCE', { targetWorkerId: parseId(input.workerId) });
    const districtId = parseId(input.districtId);
    if (districtId === null || !allocates(op.viewer, districtId)) throw new ForbiddenError();
    const workerId = await requireDistrictWorker(op, input.workerId, districtId, 'input.workerId');
    requireNear('input.startsAt', op.now, input.startsAt, FARTHEST_START_DAYS);
    requireLength('input.endsAt', input.startsAt, input.endsAt ?? null);
    const absenceId = randomUUID();
    requireOne(
      await op.tx.run`insert into absence (id, worker_id, district_id, starts_at, ends_at)
        values (${absenceId}::uuid, ${workerId}::uuid, ${districtId}::uuid, ${input.startsAt}, ${input.endsAt ?? null})
        on conflict do nothing`,
    );
    return absenceId;
  });
  return loadAbsence(op, id);
}

/**
 * Moves the end of an absence that is not over, for a head of its district. The worker is told at once. The absence still counts from its
 * declaration. Its relays end with it.
 * @throws NotFoundError; ForbiddenError; InvalidInputError at `input.endsAt`; ConflictError for another version, once it is over, or
 * where another absence begins
 */
export async function changeAbsence(op: Operation, input: ChangeAbsenceInput): Promise<AbsenceRow | null> {
  const id = await once(op, 'changeAbsence', input, async () => {
    const absence = await requireAbsence(op, input.id, 'CHANGE_ABSENCE');
    if (!allocates(op.viewer, absence.districtId)) throw new ForbiddenError();
    if (input.endsAt === undefined) return absence.id;
    requireLength('input.endsAt', absence.startsAt, input.endsAt);
    const changed = await op.tx.run`update absence a
      set ends_at = case when ${input.endsAt}::timestamptz is not null then greatest(${input.endsAt}::timestamptz, now()) end,
        version = version + 1
      where a.id = ${absence.id}::uuid and a.version = ${input.expectedVersion} and ${NOT_OVER}`.catch(
      (error: unknown) => {
        if (sqlStateOf(error) === OVERLAPS) throw new ConflictError('STATE_CHANGED');
        throw error;
      },
    );
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return absence.id;
  });
  return loadAbsence(op, id);
}

/**
 * Lets the absent worker contradict an absence that is not over, or that let a release through which still stands: so a head who ends the
 * absence cannot silence the worker. From then on the absence opens no notes, and the notes that it opened close. A relay goes on.
 * @throws NotFoundError; ForbiddenError for the head; ConflictError for another version, once it is contradicted, or once it is over and
 * no release stands
 */
export async function contradictAbsence(
  op: Operation,
  input: ContradictAbsenceInput,
): Promise<AbsenceRow | null> {
  const id = await once(op, 'contradictAbsence', input, async () => {
    const absence = await requireAbsence(op, input.id, 'CONTRADICT_ABSENCE');
    if (absence.workerId !== op.viewer.workerId) throw new ForbiddenError();
    const changed = await op.tx.run`update absence a set contradicted_at = now(), version = version + 1
      where a.id = ${absence.id}::uuid and a.version = ${input.expectedVersion} and a.contradicted_at is null
        and (${NOT_OVER} or ${LETS_THROUGH})`;
    if (changed === 0) throw new ConflictError('VERSION_CHANGED');
    return absence.id;
  });
  return loadAbsence(op, id);
}

/**
 * Returns the absence. The attempt is logged, found or not.
 * @throws NotFoundError for an absence that the viewer does not see
 */
async function requireAbsence(op: Operation, id: string, tried: AccessAction): Promise<AbsenceRow> {
  const key = parseId(id);
  const absence = key === null ? null : await loadAbsence(op, key);
  op.log.record(tried, { targetWorkerId: absence?.workerId ?? null });
  if (absence === null) throw new NotFoundError('input.id');
  return absence;
}
