import { batched, byKey } from '../../loader.js';
import type { Operation } from '../../operation.js';

/**
 * The part of a period, and the number of districts, that the figures cover: a district is counted from the day on which it was switched
 * on.
 */
export interface CoverageRow {
  /** The first day that is counted; null if there is none. */
  readonly from: Date | null;
  /** The first day that is no longer counted. */
  readonly until: Date;
  /** The number of districts that are counted, at the end of the period. */
  readonly districts: number;
  /** The number of districts that the county had: those that served a sector in the period, or were counted. */
  readonly ofDistricts: number;
}

/** Returns the coverage of a month, a quarter or a year (`2026-03`, `2026-Q1`, `2026`), for a district or the county. */
export async function coverageOf(
  op: Operation,
  of: { readonly period: string; readonly districtId: string | null },
): Promise<CoverageRow | null> {
  return batched(op, 'coverage', async (keys) =>
    byKey(
      await op.tx.rows<CoverageRow & { readonly key: string }>`
        select k.key, case when min(d.switched_on_on) < p.ends_on then greatest(min(d.switched_on_on), p.starts_on) end as "from",
          p.ends_on as "until", (count(*) filter (where d.switched_on_on < p.ends_on))::integer as districts,
          count(*)::integer as "ofDistricts"
        from unnest(${keys}::text[]) k(key)
        cross join lateral (select k.key::jsonb ->> 'period' as period, (k.key::jsonb ->> 'districtId')::uuid as district_id) w
        join lateral periods_between(make_date(left(w.period, 4)::integer, 1, 1), make_date(left(w.period, 4)::integer, 12, 31)) p
          on p.period = w.period
        join district d on d.id = w.district_id or w.district_id is null and (d.switched_on_on < p.ends_on
          or exists (select from sector s where s.district_id = d.id and s.valid_from < p.ends_on
            and (s.valid_until is null or s.valid_until > p.starts_on)))
        group by k.key, p.starts_on, p.ends_on`,
      (row) => row.key,
    ),
  ).load(JSON.stringify({ period: of.period, districtId: of.districtId }));
}
