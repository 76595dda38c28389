import type { Operation } from '../../operation.js';

/** A period, and the day on which its figures are frozen. */
export interface ReleaseDayRow {
  /** `2026-03` or `2026`. */
  readonly period: string;
  readonly day: Date;
}

/**
 * Lists the days, in Paris, on which each month and year is frozen: from twelve months ago to twelve months ahead, the earliest first.
 */
export function listReleaseDays(op: Operation): Promise<readonly ReleaseDayRow[]> {
  return op.tx.rows<ReleaseDayRow>`
    with today as (select day_in_paris(${op.now}::timestamptz) as day),
    period as (
      select to_char(m, 'YYYY-MM') as name, m::date as starts_on, (m + interval '1 month')::date as ends_on from today,
        generate_series(date_trunc('month', day - interval '14 months'), day + interval '14 months', interval '1 month') m
      union all
      select to_char(y, 'YYYY'), y::date, (y + interval '1 year')::date from today,
        generate_series(date_trunc('year', day - interval '3 years'), day + interval '1 year', interval '1 year') y)
    select p.name as period, snapshot_due(p.starts_on, p.ends_on) as day from period p, today t
    where snapshot_due(p.starts_on, p.ends_on) between t.day - interval '12 months' and t.day + interval '12 months'
    order by day, p.ends_on - p.starts_on, p.name`;
}
