import type { AppointmentMode } from '../../../prisma/generated/enums.js';
import type { Operation } from '../../operation.js';
import { requireDistrict } from '../directory/directory.js';
import { daysAfter } from '../operation/period.js';
import { MAX_DAYS_AHEAD } from './wanted-slots.js';

/** Bands for the wait until the first free time: within 7 days, within 30, within 92, or none. */
export const NEXT_FREE = ['WITHIN_A_WEEK', 'WITHIN_A_MONTH', 'LATER', 'NONE'] as const;
/** One of `NEXT_FREE`. */
export type NextFree = (typeof NEXT_FREE)[number];

/** A type that anyone can book online in a district. */
export interface OnlineTypeRow {
  readonly typeCode: string;
  /** The modes in which the district's workers hold it. */
  readonly modes: readonly AppointmentMode[];
  readonly nextFree: NextFree;
}

function nextFreeOf(op: Operation, nextAt: Date | null): NextFree {
  if (nextAt === null) return 'NONE';
  if (nextAt < daysAfter(op.now, 7)) return 'WITHIN_A_WEEK';
  return nextAt < daysAfter(op.now, 30) ? 'WITHIN_A_MONTH' : 'LATER';
}

/**
 * Lists the types that anyone can book online in a district: those with hours open within 92 days, by code. One district at a time: side
 * by side they would be a ranking.
 * @throws NotFoundError at `districtId`
 */
export async function listOnlineTypes(op: Operation, id: string): Promise<readonly OnlineTypeRow[]> {
  const districtId = await requireDistrict(op, id, 'districtId');
  const rows = await op.tx.rows<{
    typeCode: string;
    modes: readonly AppointmentMode[];
    nextAt: Date | null;
  }>`select type_code as "typeCode", modes::text[] as modes, next_at as "nextAt"
    from online_types(${districtId}::uuid, ${op.now}, ${daysAfter(op.now, MAX_DAYS_AHEAD)})`;
  return rows.map(({ nextAt, ...row }) => ({ ...row, nextFree: nextFreeOf(op, nextAt) }));
}
