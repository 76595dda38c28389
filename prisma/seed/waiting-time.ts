import type pg from 'pg';
import type { Calendar } from './calendar.js';
import type { Directory } from './directory.js';
import { APPOINTMENT_TYPES } from './reference/appointment-types.js';
import { type Row, streamOf } from './rows.js';
import type { Part } from './shape.js';

/** The number of past days that have a measure: enough for a simulation of the wait. */
const DAYS = 190;
const PUBLIC_TYPES = APPOINTMENT_TYPES.filter(({ bookableBy }) => bookableBy.includes('BOOKING_CLIENT'));

/** Makes the third next available times of past days, as the jobs would have measured them. On those days nothing was there to measure. */
export function makeWaitingDays(calendar: Calendar, directory: Directory, part: Part): readonly Row[] {
  const rows: Row[] = [];
  for (const district of part.districts) {
    const random = streamOf('waiting-days', district);
    for (const { code } of PUBLIC_TYPES) {
      let wait = random.int(0, 3);
      for (let day = -DAYS; day < 0; day += 1) {
        if (!calendar.isWorkingDay(day)) continue;
        wait = Math.min(Math.max(wait + random.int(-1, 1), 0), 4);
        rows.push({
          district_id: directory.districtId(district),
          type_code: code,
          day: calendar.date(day),
          third_next_days: wait,
        });
      }
    }
  }
  return rows;
}

/** Measures the free times of day 0, and writes the figures of the weeks before it, as the jobs do. */
export async function measureWaitingDay(client: pg.ClientBase, calendar: Calendar): Promise<void> {
  if (calendar.isWorkingDay(0))
    await client.query('select measure_waiting_day(id, $1::date) from district', [calendar.date(0)]);
  await client.query(`select close_waiting_weeks_at($1::date + time '12:00')`, [calendar.date(0)]);
}
