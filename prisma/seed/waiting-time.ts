import type pg from 'pg';
import type { Calendar } from './calendar.js';
import type { Random } from './content/random.js';
import type { Directory } from './directory.js';
import { APPOINTMENT_TYPES } from './reference/appointment-types.js';
import { type Row, streamOf } from './rows.js';
import type { Part } from './shape.js';

export interface WaitingTimeRows {
  readonly days: readonly Row[];
  readonly months: readonly Row[];
}

/** As far back as days are told. */
const DAYS = 56;
const PUBLIC_TYPES = APPOINTMENT_TYPES.filter(({ bookableBy }) => bookableBy.includes('BOOKING_CLIENT'));

/**
 * What the jobs would have measured before there was anything to measure it of: each month from the district's first until the
 * appointments begin, and third next available on the days that went by. Months of the year are the same at every run, whatever
 * day it is.
 */
export function makeWaitingTime(calendar: Calendar, directory: Directory, part: Part): WaitingTimeRows {
  const rows = { days: [] as Row[], months: [] as Row[] };
  const until = firstWholeMonth(calendar, part);
  for (const district of part.districts) {
    const [random, ofDays] = [streamOf('waiting-months', district), streamOf('waiting-days', district)];
    const id = directory.districtId(district);
    const { switchedOnOn } = directory.district(district);
    for (let month = monthAfter(dayBefore(switchedOnOn)); month < until; month = monthAfter(month))
      rows.months.push({
        district_id: id,
        month,
        ...figures(random),
        frozen_on: `${monthAfter(month).slice(0, 8)}10`,
      });
    for (const { code } of PUBLIC_TYPES) {
      let wait = ofDays.int(0, 3);
      for (let day = -DAYS; day < 0; day += 1) {
        if (!calendar.isWorkingDay(day)) continue;
        wait = Math.min(Math.max(wait + ofDays.int(-1, 1), 0), 4);
        // Now and then too many are away.
        const few = ofDays.chance(0.03);
        rows.days.push({
          district_id: id,
          type_code: code,
          day: calendar.date(day),
          third_next_days: few ? null : wait,
          withheld: few ? 'TOO_FEW_WORKERS' : null,
        });
      }
    }
  }
  return rows;
}

/** A month as it may have been: of the waiting list now and then too few. */
function figures(random: Random): Row {
  const [offered, held, waiting] = [random.int(3, 8), random.int(8, 14), random.int(9, 21)];
  const few = random.chance(0.2);
  return {
    offered_median: few ? null : offered,
    offered_ninetieth: few ? null : offered + random.int(4, 11),
    offered_withheld: few ? 'TOO_FEW_PERSONS' : null,
    held_median: held,
    held_ninetieth: held + random.int(6, 12),
    held_withheld: null,
    waiting_median: few ? null : waiting,
    waiting_ninetieth: few ? null : waiting + random.int(12, 35),
    waiting_withheld: few ? 'TOO_FEW_PERSONS' : null,
    not_honoured_percent: null,
    not_honoured_withheld: 'NOT_MEASURED',
    unknown_percent: null,
    unknown_withheld: 'NOT_MEASURED',
  };
}

/** The first month all of whose appointments there are. */
function firstWholeMonth(calendar: Calendar, { span }: Part): string {
  return monthAfter(dayBefore(calendar.date(span.from)));
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** The first day of the month after that of a day. */
function monthAfter(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

/** The rest is measured, as the jobs do: the months of which all is there, and what is free on day 0. */
export async function measureWaitingTime(client: pg.ClientBase, calendar: Calendar): Promise<void> {
  await client.query(
    `select freeze_waiting_month(d.id, m::date) from district d
     cross join lateral generate_series(date_trunc('month', d.switched_on_on::timestamp), $1::timestamp, interval '1 month') m
     where d.switched_on_on <= m::date and waiting_month_due(m::date) <= least($1::date, day_in_paris(now()))
       and not exists (select from waiting_month f where f.district_id = d.id and f.month = m::date)`,
    [calendar.date(0)],
  );
  if (calendar.isWorkingDay(0))
    await client.query('select measure_waiting_day(id, $1::date) from district', [calendar.date(0)]);
}
