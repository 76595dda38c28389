import { Prisma } from '../../../prisma/generated/client.js';
import { whereSeesAppointment } from '../../access/appointment/appointment.js';
import { closesCase, reopensCase, whereFollowsCase } from '../../access/case/case.js';
import { uuids } from '../../access/operation/sql.js';
import { ConflictError, ForbiddenError, InvalidInputError } from '../../errors.js';
import type { CloseCaseInput, ReopenCaseInput } from '../../generated/inputs.js';
import { batched, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { sendForTypes } from '../agenda/appointment-types.js';
import { type CaseRow, loadKnownCase, requireCase, takeVersion } from '../case/cases.js';
import { NEED, type NeedRow } from '../case/needs.js';
import { mayBeAssigned } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { dayInParis } from '../operation/period.js';
import { APPOINTMENT, type AppointmentRow } from './appointments.js';

const a = Prisma.sql`a`;
const n = Prisma.sql`n`;
/** The most loose ends of each kind that are listed. */
const MAX_LOOSE = 100;

/** Lists the case's appointments that are booked and not over; by start. */
export async function loadLooseAppointments(op: Operation, row: CaseRow): Promise<readonly AppointmentRow[]> {
  sendForTypes(op);
  const rows = await batched(op, 'loose-appointments', async (ids) =>
    groupedBy(
      await op.tx.rows<AppointmentRow>`select a.* from unnest(${uuids(ids)}) parent(id)
        cross join lateral (select ${APPOINTMENT} from appointment a
          where a.case_id = parent.id and ${whereSeesAppointment(op.viewer, a)}
            and a.status = 'BOOKED' and a.ends_at > ${op.now}
          order by a.starts_at, a.id limit ${MAX_LOOSE}) a`,
      (found) => found.caseId ?? '',
    ),
  ).load(row.id);
  return rows ?? [];
}

/** Lists the case's needs without an end, or with an end after today; the oldest first. */
export async function loadLooseNeeds(op: Operation, row: CaseRow): Promise<readonly NeedRow[]> {
  const rows = await batched(op, 'loose-needs', async (ids) =>
    groupedBy(
      await op.tx.rows<NeedRow>`select n.* from unnest(${uuids(ids)}) parent(id)
        cross join lateral (select ${NEED} from need n where n.case_id = parent.id and ${whereFollowsCase(op.viewer, n)}
          and (n.ends_on is null or n.ends_on > ${dayInParis(op.now)}::date)
          order by n.starts_on, n.id limit ${MAX_LOOSE}) n`,
      (found) => found.caseId,
    ),
  ).load(row.id);
  return rows ?? [];
}

/**
 * Closes a case; its assignee stays. Each loose end is ended before, or named in the input, so that none is left by oversight.
 * @throws NotFoundError; ForbiddenError; InvalidInputError tooMany; ConflictError LOOSE_ENDS with the ids that are neither ended nor
 * named; STATE_CHANGED when it is closed; VERSION_CHANGED
 */
export async function closeCase(op: Operation, input: CloseCaseInput): Promise<CaseRow | null> {
  const id = await once(op, 'closeCase', input, async () => {
    const tried = op.log.attempt('CLOSE_CASE');
    const row = await requireCase(op, input.caseId);
    tried({ caseId: row.id });
    if (!closesCase(op.viewer, row)) throw new ForbiddenError();
    const leaving = new Set((input.leaving ?? []).map((id) => id.toLowerCase()));
    if (leaving.size > 2 * MAX_LOOSE) throw new InvalidInputError('input.leaving', 'tooMany');
    // From here on nothing can be added to the case.
    await takeVersion(op, row, input.expectedVersion);
    if (row.status === 'CLOSED') throw new ConflictError('STATE_CHANGED');
    const loose = [...(await loadLooseAppointments(op, row)), ...(await loadLooseNeeds(op, row))];
    const unsaid = loose.map(({ id }) => id).filter((id) => !leaving.has(id));
    if (unsaid.length > 0) throw new ConflictError('LOOSE_ENDS', { looseEnds: unsaid });
    await op.tx.run`update "case" set status = 'CLOSED', closed_at = now() where id = ${row.id}::uuid`;
    return row.id;
  });
  return loadKnownCase(op, id);
}

/** The reasons for reopening a case. The access log has the reason. */
export const REOPENING_REASONS = ['MISTAKE', 'RETURN'] as const;
/** One of `REOPENING_REASONS`. */
export type ReopeningReason = (typeof REOPENING_REASONS)[number];

/**
 * Reopens a closed case. The assigned worker, who has kept it, may do this; so may the head if nobody keeps it, because nobody is
 * assigned or the assigned worker has left. It opens no note to anyone. An assigned worker is told when someone else reopens it.
 * @throws NotFoundError; ForbiddenError; ConflictError STATE_CHANGED when it is open; VERSION_CHANGED
 */
export async function reopenCase(op: Operation, input: ReopenCaseInput): Promise<CaseRow | null> {
  const id = await once(op, 'reopenCase', input, async () => {
    const action = `REOPEN_CASE_FOR_${input.reason}` as const;
    const tried = op.log.attempt(action);
    const row = await requireCase(op, input.caseId);
    tried({ caseId: row.id });
    const isKept =
      row.assignedWorkerId !== null && (await mayBeAssigned(op, row.assignedWorkerId, row.districtId));
    if (!reopensCase(op.viewer, row, isKept)) throw new ForbiddenError();
    await takeVersion(op, row, input.expectedVersion);
    if (row.status === 'OPEN') throw new ConflictError('STATE_CHANGED');
    await op.tx.run`update "case" set status = 'OPEN', closed_at = null where id = ${row.id}::uuid`;
    return row.id;
  });
  return loadKnownCase(op, id);
}
