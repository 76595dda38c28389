import { Prisma } from '../../prisma/generated/client.js';
import type { Withheld } from '../../prisma/generated/enums.js';
import { isReportingClient, readsStatistics, whereReadsStatistics } from '../access/statistics.js';
import { ForbiddenError, NotFoundError } from '../errors.js';
import type { Operation } from '../operation.js';
import { requireTypes } from './appointment-types.js';
import { loadDistrict } from './directory.js';
import { parseId } from './input.js';
import { requireOneDistrict } from './one-district.js';
import { requirePeriod, toDay } from './period.js';

/** Waits in whole days of the calendar in Europe/Paris; both null where they are withheld. */
export interface ProtectedDays {
  readonly medianDays: number | null;
  /** Null below 20 persons, too. */
  readonly ninetiethPercentileDays: number | null;
  readonly withheld: Withheld | null;
}

/** In whole per cent; null where it is withheld. */
export interface ProtectedShare {
  readonly percent: number | null;
  readonly withheld: Withheld | null;
}

/** A month of a district, as it was frozen on the tenth of the next or later. */
export interface WaitingTimeRow {
  /** Its first day. */
  readonly month: Date;
  readonly askedToOffered: ProtectedDays;
  readonly askedToHeld: ProtectedDays;
  readonly stillWaiting: ProtectedDays;
  readonly notHonoured: ProtectedShare;
  readonly unknownOutcome: ProtectedShare;
  /** Null where nothing is frozen. */
  readonly frozenOn: Date | null;
}

export interface ThirdNextAvailableRow {
  readonly day: Date;
  readonly days: number | null;
  readonly withheld: Withheld | null;
}

interface PeriodOfDistrict {
  readonly districtId: string;
  /** Days, as the scalar reads them: midnight UTC. The last is left out. */
  readonly from: Date;
  readonly to: Date;
}

/** Two years. */
const MAX_DAYS_OF_MONTHS = 731;
const MAX_DAYS = 92;

async function requireDistrict(op: Operation, { districtId, from, to }: PeriodOfDistrict, maxDays: number) {
  if (!readsStatistics(op.viewer)) throw new ForbiddenError();
  if (isReportingClient(op.viewer)) op.log.record('READ_STATISTICS');
  requirePeriod('to', from, to, maxDays);
  const id = parseId(districtId);
  if (id === null || (await loadDistrict(op, id)) === null) throw new NotFoundError('districtId');
  requireOneDistrict(op, id);
  return id;
}

/** A figure of the month `w`, or why it is not told. */
function figure(figures: Prisma.Sql, withheld: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`jsonb_build_object(${figures}, 'withheld', case when w.month is null then 'NOT_MEASURED' else ${withheld}::text end)`;
}

const FIGURES = Prisma.join([
  Prisma.sql`${figure(
    Prisma.sql`'medianDays', w.offered_median, 'ninetiethPercentileDays', w.offered_ninetieth`,
    Prisma.sql`w.offered_withheld`,
  )} as "askedToOffered"`,
  Prisma.sql`${figure(
    Prisma.sql`'medianDays', w.held_median, 'ninetiethPercentileDays', w.held_ninetieth`,
    Prisma.sql`w.held_withheld`,
  )} as "askedToHeld"`,
  Prisma.sql`${figure(
    Prisma.sql`'medianDays', w.waiting_median, 'ninetiethPercentileDays', w.waiting_ninetieth`,
    Prisma.sql`w.waiting_withheld`,
  )} as "stillWaiting"`,
  Prisma.sql`${figure(
    Prisma.sql`'percent', w.not_honoured_percent`,
    Prisma.sql`w.not_honoured_withheld`,
  )} as "notHonoured"`,
  Prisma.sql`${figure(Prisma.sql`'percent', w.unknown_percent`, Prisma.sql`w.unknown_withheld`)} as "unknownOutcome"`,
]);

/**
 * Délai d'attente of a district, for each month that begins in the period, two years at most; the oldest first. Only what was
 * frozen is answered, so that it is the same for ever: what is recorded late changes nothing, and a month that is not frozen
 * (yet) is `NOT_MEASURED`. One district at a time: there is no list of districts, no order of them and no worker.
 * @throws NotFoundError for an unknown district; InvalidInputError for a period that ends before it begins, or is too long
 */
export async function listWaitingTimes(
  op: Operation,
  period: PeriodOfDistrict,
): Promise<readonly WaitingTimeRow[]> {
  const districtId = await requireDistrict(op, period, MAX_DAYS_OF_MONTHS);
  const [from, to] = [Prisma.sql`${toDay(period.from)}::date`, Prisma.sql`${toDay(period.to)}::date`];
  return op.tx.rows<WaitingTimeRow>`
    select m::date as month, ${FIGURES}, w.frozen_on as "frozenOn"
    from generate_series(date_trunc('month', ${from}::timestamp), ${to}::timestamp, interval '1 month') m
    left join waiting_month w on w.district_id = ${districtId}::uuid and w.month = m::date and ${whereReadsStatistics(op.viewer)}
    where m >= ${from} and m < ${to} order by m`;
}

/**
 * Third next available of a type that everyone may book, for each day of the period on which it was measured, a quarter of a
 * year at most; the oldest first. A day that went by unmeasured stays out: nobody knows any more what was free then.
 * @throws NotFoundError for an unknown district; InvalidInputError for an unknown type, and for a period as above
 */
export async function listThirdNextAvailable(
  op: Operation,
  period: PeriodOfDistrict & { readonly typeCode: string },
): Promise<readonly ThirdNextAvailableRow[]> {
  const districtId = await requireDistrict(op, period, MAX_DAYS);
  const [type] = await requireTypes(op, 'typeCode', [period.typeCode]);
  return op.tx.rows<ThirdNextAvailableRow>`
    select d.day, d.third_next_days as days, d.withheld::text as withheld from waiting_day d
    where d.district_id = ${districtId}::uuid and d.type_code = ${type?.code} and d.day >= ${toDay(period.from)}::date
      and d.day < ${toDay(period.to)}::date and ${whereReadsStatistics(op.viewer)}
    order by d.day limit ${MAX_DAYS}`;
}
