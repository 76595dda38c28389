import type { Operation } from '../../operation.js';

/** A period, and the day on which its figures are frozen. */
export interface ReleaseDayRow {
  /** `2026-03`, `2026-Q1` or `2026`. */
  readonly period: string;
  readonly day: Date;
}

/**
 * Lists the days, in Paris, on which each month, quarter and year is frozen: from twelve months ago to twelve months ahead, the earliest first.
 */
export function listReleaseDays(op: Operation): Promise<readonly ReleaseDayRow[]> {
  return op.tx.rows<ReleaseDayRow>`
    select p.period, due.day
    from (select day_in_paris(${op.now}::timestamptz) as day) t
    cross join lateral periods_between((t.day - interval '14 months')::date, (t.day + interval '14 months')::date) p
    cross join lateral (select snapshot_due(p.starts_on, p.ends_on) as day) due
    where due.day between t.day - interval '12 months' and t.day + interval '12 months'
    order by due.day, p.ends_on - p.starts_on, p.period`;
}
