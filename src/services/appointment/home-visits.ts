import { Prisma } from '../../../prisma/generated/client.js';
import type { AppointmentMode } from '../../../prisma/generated/enums.js';
import {
  asksWhoIsNotBack,
  type NotBackRelation,
  whereSeesWhoIsNotBack,
} from '../../access/appointment/home-visit.js';
import { ForbiddenError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { parseId } from '../operation/input.js';

/** A home visit from which a worker is not back. */
export interface NotBackRow extends NotBackRelation {
  /** The id of the appointment. */
  readonly id: string;
  readonly caseId: string | null;
  readonly workerIds: readonly string[];
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly expectedBackAt: Date | null;
  /** The place as it was typed, else the address to which the workers go; null if neither is known. */
  readonly place: string | null;
}

const v = Prisma.sql`v`;

/**
 * Records that a home visit goes to the address kept by a case that the viewer follows. Then the visit's workers read that address on its
 * day, even a confidential one. For a viewer who follows no case of the person, nothing is recorded.
 * @param mode the mode of the appointment: only a home visit goes to an address
 */
export async function sayHomeVisit(
  op: Operation,
  appointmentId: string,
  mode: AppointmentMode,
): Promise<void> {
  if (mode === 'HOME') await op.tx.run`select say_home_visit(${appointmentId}::uuid)`;
}

/**
 * Lists the home visits of the district, today's and yesterday's, that ended over thirty minutes ago and from which nobody is recorded as
 * back; the longest ago first, at most 100. Each visit that is read is in the log. A social worker who is not on duty gets none.
 * @throws ForbiddenError to anyone who is neither head nor social worker of the district
 */
export async function listNotBack(op: Operation, id: string): Promise<readonly NotBackRow[]> {
  const districtId = parseId(id);
  if (districtId === null || !asksWhoIsNotBack(op.viewer, districtId)) throw new ForbiddenError();
  const rows = await op.tx.rows<NotBackRow>`select v.id, v.district_id as "districtId", v.on_duty as "onDuty",
      v.case_id as "caseId", v.worker_ids as "workerIds", v.starts_at as "startsAt", v.ends_at as "endsAt",
      v.expected_back_at as "expectedBackAt", v.place
    from home_visits_not_back(${districtId}::uuid) v where ${whereSeesWhoIsNotBack(op.viewer, v)}
    order by v.ends_at, v.id`;
  for (const { id: appointmentId, caseId } of rows)
    op.log.record('READ_HOME_VISIT_NOT_BACK', { caseId, appointmentId });
  return rows;
}
