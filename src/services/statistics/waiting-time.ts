import {
  isReportingClient,
  readsStatistics,
  whereReadsStatistics,
} from '../../access/statistics/statistics.js';
import { ForbiddenError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { requireTypes } from '../agenda/appointment-types.js';
import { requireDistrict } from '../directory/directory.js';
import { requireOneDistrict } from '../operation/one-district.js';
import { requirePeriod, toDay } from '../operation/period.js';

/** The third next available appointment of one week. */
export interface ThirdNextAvailableRow {
  /** Its Monday. */
  readonly week: Date;
  /** The mean of its mornings, in whole days; 92 where no time was free. */
  readonly days: number;
}

interface PeriodOfDistrict {
  readonly districtId: string;
  /** Days as the scalar reads them: midnight UTC. The last is left out. */
  readonly from: Date;
  readonly to: Date;
}

const MAX_DAYS = 92;

async function requirePeriodOfDistrict(
  op: Operation,
  { districtId, from, to }: PeriodOfDistrict,
): Promise<string> {
  if (!readsStatistics(op.viewer)) throw new ForbiddenError();
  if (isReportingClient(op.viewer)) op.log.record('READ_STATISTICS');
  requirePeriod('to', from, to, MAX_DAYS);
  const id = await requireDistrict(op, districtId, 'districtId');
  requireOneDistrict(op, id);
  return id;
}

/**
 * Lists the third next available of a type that everyone may book, in days, for each week that begins in the period, a quarter of a year
 * at most, and is over; the oldest first. A day is told to nobody: it would tell who was away. An unmeasured week stays out: nobody knows
 * any more what was free then.
 * @throws ForbiddenError; NotFoundError for an unknown district; StatisticsRefusedError RANKING for a second district; InvalidInputError
 * for an unknown type, for an end before the start, and for too long a period
 */
export async function listThirdNextAvailable(
  op: Operation,
  period: PeriodOfDistrict & { readonly typeCode: string },
): Promise<readonly ThirdNextAvailableRow[]> {
  const districtId = await requirePeriodOfDistrict(op, period);
  const [type] = await requireTypes(op, 'typeCode', [period.typeCode]);
  return op.tx.rows<ThirdNextAvailableRow>`
    select w.week, w.days from waiting_week w
    where w.district_id = ${districtId}::uuid and w.type_code = ${type?.code} and w.week >= ${toDay(period.from)}::date
      and w.week < ${toDay(period.to)}::date and ${whereReadsStatistics(op.viewer)}
    order by w.week limit ${MAX_DAYS}`;
}
