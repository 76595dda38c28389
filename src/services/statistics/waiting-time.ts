import type { Withheld } from '../../../prisma/generated/enums.js';
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

/** The third next available appointment on one day. */
export interface ThirdNextAvailableRow {
  readonly day: Date;
  readonly days: number | null;
  readonly withheld: Withheld | null;
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
 * Lists the third next available of a type that everyone may book, in days, for each measured day of the period, a quarter of a year at
 * most; the oldest first. An unmeasured day stays out: nobody knows any more what was free then.
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
    select d.day, d.third_next_days as days, d.withheld::text as withheld from waiting_day d
    where d.district_id = ${districtId}::uuid and d.type_code = ${type?.code} and d.day >= ${toDay(period.from)}::date
      and d.day < ${toDay(period.to)}::date and ${whereReadsStatistics(op.viewer)}
    order by d.day limit ${MAX_DAYS}`;
}
