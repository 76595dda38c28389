import { seesBusyTimesIn } from '../access/appointment.js';
import { uuids } from '../access/sql.js';
import { ForbiddenError, InvalidInputError } from '../errors.js';
import type { Operation } from '../operation.js';
import { parseId, requireInterval } from './input.js';

/** A half-open interval of instants. */
export interface Slot {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * The next free slots of these workers in a district's opening hours: local wall time in Europe/Paris, public holidays
 * and the workers' declared absences left out, within four weeks.
 */
export function nextFreeSlots(
  op: Operation,
  query: {
    readonly districtId: string;
    readonly workerIds: readonly string[];
    readonly from: Date;
    readonly minutes: number;
    readonly count: number;
  },
): Promise<readonly Slot[]> {
  return op.tx.rows<Slot>`
    select s.starts_at as "startsAt", s.starts_at + make_interval(mins => ${query.minutes}::integer) as "endsAt"
    from generate_series(0, 28) as ahead(days)
    cross join lateral (select ((${query.from}::timestamptz at time zone 'Europe/Paris')::date + ahead.days) as day) d
    join opening_hours h on h.district_id = ${query.districtId}::uuid and h.weekday = extract(isodow from d.day)
    cross join lateral generate_series(
      (d.day + h.opens_at) at time zone 'Europe/Paris',
      (d.day + h.closes_at) at time zone 'Europe/Paris' - make_interval(mins => ${query.minutes}::integer),
      make_interval(mins => ${query.minutes}::integer)) as s(starts_at)
    where s.starts_at >= ${query.from}::timestamptz
      and not exists (select from public_holiday p where p.day = d.day)
      and not exists (select from busy_intervals(${uuids(query.workerIds)}, s.starts_at,
        s.starts_at + make_interval(mins => ${query.minutes}::integer)))
    order by s.starts_at limit ${query.count}`;
}

/** A moment before the day began, wherever in Europe/Paris the clock stands. */
export function startOfToday(now: Date): Date {
  const today = new Date(now);
  today.setUTCHours(0, 0, 0, 0);
  return new Date(today.getTime() - DAY / 2);
}

/** An end after the start, and so many days at most. */
export function requirePeriod(field: string, from: Date, to: Date, maxDays: number): void {
  requireInterval(field, from, to);
  if (to.getTime() - from.getTime() > maxDays * DAY) throw new InvalidInputError(field, 'tooFar');
}

/** When a worker is busy in a district, never with whom; at most eight weeks. Logged, as a filter by worker is. */
export async function listBusyTimes(
  op: Operation,
  args: { readonly districtId: string; readonly workerId: string; readonly from: Date; readonly to: Date },
): Promise<readonly Slot[]> {
  const districtId = parseId(args.districtId);
  const workerId = parseId(args.workerId);
  if (districtId === null || !seesBusyTimesIn(op.viewer, districtId)) throw new ForbiddenError();
  // As the filter by worker: what a colleague did is nobody's measure of their work.
  if (workerId !== op.viewer.workerId && args.from < startOfToday(op.now))
    throw new InvalidInputError('from', 'past');
  requirePeriod('to', args.from, args.to, 56);
  op.log.record('FILTER_BY_WORKER', { targetWorkerId: workerId });
  return op.tx.rows<Slot>`select starts_at as "startsAt", ends_at as "endsAt" from occupancy
    where worker_id = ${workerId}::uuid and district_id = ${districtId}::uuid
      and starts_at < ${args.to} and ends_at > ${args.from}
      -- None lasts longer than that: what began before is over.
      and starts_at > ${args.from}::timestamptz - interval '12 hours' order by starts_at limit 1000`;
}
