import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import { whereSeesAbsence } from '../../access/case/absence.js';
import { allocates, whereAllocates } from '../../access/case/case.js';
import { uuids } from '../../access/operation/sql.js';
import { sqlStateOf } from '../../database/failure.js';
import { ConflictError, ForbiddenError, NotFoundError } from '../../errors.js';
import { batched, byKey } from '../../loader.js';
import type { AccessAction } from '../../log/access-recorder.js';
import type { Operation } from '../../operation.js';
import { requireDistrictWorker } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { parseId } from '../operation/input.js';
import { requireNear, requirePeriod } from '../operation/period.js';

/** A declared absence, or a departure when it has no end. */
export interface AbsenceRow {
  readonly id: string;
  readonly workerId: string;
  readonly districtId: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  /** When the worker contradicted it. From then on it opens no notes. */
  readonly contradictedAt: Date | null;
  readonly version: number;
}

const a = Prisma.sql`a`;
const ABSENCE = Prisma.sql`a.id, a.worker_id as "workerId", a.district_id as "districtId", a.starts_at as "startsAt",
  a.ends_at as "endsAt", a.contradicted_at as "contradictedAt", a.version`;
/** An exclusion: two absences of a worker at a time (PostgreSQL, appendix A). */
const OVERLAPS = '23P01';
/** As the index has it. */
const NOT_OVER = Prisma.sql`coalesce(a.ends_at, 'infinity') > now()`;

/** An absence that the viewer sees, or null. */
export function loadAbsence(op: Operation, id: string): Promise<AbsenceRow | null> {
  return batched(op, 'absence', async (ids) =>
    byKey(
      await op.tx.rows<AbsenceRow>`select ${ABSENCE} from absence a where a.id = any (${uuids(ids)})
      and ${whereSeesAbsence(op.viewer, a)}`,
      (row) => row.id,
    ),
  ).load(id);
}

/** The absences of a district that are not over, for its head: who is back first comes first; at most 100. Empty for anyone else. */
export async function listAbsences(op: Operation, districtId: string): Promise<readonly AbsenceRow[]> {
  const id = parseId(districtId);
  if (id === null) return [];
  return op.tx.rows<AbsenceRow>`select ${ABSENCE} from absence a
    where a.district_id = ${id}::uuid and ${whereAllocates(op.viewer, a)} and ${NOT_OVER}
    order by coalesce(a.ends_at, 'infinity'), a.id limit 100`;
}

/** Is the viewer's, is not contradicted, and let a release through that still stands: over or not. */
const LETS_THROUGH = Prisma.sql`(a.contradicted_at is null and absence_let_a_release_through(a.id))`;

/** What is declared about the viewer and not over, or let a release through that still stands; by start; at most 100. */
export async function listMyAbsences(op: Operation): Promise<readonly AbsenceRow[]> {
  return op.tx.rows<AbsenceRow>`select ${ABSENCE} from absence a
    where a.worker_id = ${op.viewer.workerId}::uuid and ${whereSeesAbsence(op.viewer, a)} and (${NOT_OVER} or ${LETS_THROUGH})
    order by a.starts_at, a.id limit 100`;
}

/** An interval that overlaps another of the same worker inserts nothing. */
export function requireOne(inserted: number): void {
  if (inserted === 0) throw new ConflictError('STATE_CHANGED');
}

export interface DeclareAbsenceInput {
  readonly districtId: string;
  readonly workerId: string;
  readonly startsAt: Date;
  readonly endsAt?: Date | null;
}

/** An absence is declared a year ahead at most, and is known a year late. */
const FARTHEST_START_DAYS = 366;
/** The longest leave for illness is five years (congé de longue durée, Code général de la fonction publique, L822-12). */
const LONGEST_DAYS = 5 * 366;

function requireLength(field: string, startsAt: Date, endsAt: Date | null): void {
  if (endsAt !== null) requirePeriod(field, startsAt, endsAt, LONGEST_DAYS);
}

/**
 * Declares an absence, or a departure when no end is given; never its cause. The worker is told at once.
 * @throws ForbiddenError; InvalidInputError past or tooFar at `input.startsAt` beyond a year, tooFar at `input.endsAt` beyond five years of it
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

export interface ChangeAbsenceInput {
  readonly id: string;
  readonly expectedVersion: number;
  /** Null for a departure; now, to end it. */
  readonly endsAt?: Date | null;
}

/**
 * A head moves the end of an absence in their district, while it is not over. The worker is told at once. The absence goes on counting
 * from when it was declared. Its relays end with it.
 * @throws NotFoundError, ForbiddenError; ConflictError for another version, once it is over, or where another absence begins
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
 * The absent worker contradicts an absence that is not over, or that let a release through which still stands: a head who ends it takes no
 * word away. The absence opens no notes from then on, and the notes that it has opened close. A relay goes on.
 * @throws NotFoundError; ForbiddenError for the head; ConflictError for another version, once it is contradicted, or once it is over and
 * nothing stands of it
 */
export async function contradictAbsence(
  op: Operation,
  input: { readonly id: string; readonly expectedVersion: number },
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

/** @throws NotFoundError for one that the viewer does not see; in the log all the same */
async function requireAbsence(op: Operation, id: string, tried: AccessAction): Promise<AbsenceRow> {
  const key = parseId(id);
  const absence = key === null ? null : await loadAbsence(op, key);
  op.log.record(tried, { targetWorkerId: absence?.workerId ?? null });
  if (absence === null) throw new NotFoundError('input.id');
  return absence;
}
