import { uuids } from '../../access/operation/sql.js';
import { readsFunnel } from '../../access/statistics/statistics.js';
import { groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { deviationsFor, LEAST_RATES, limitsAt, rateOfAll, type ToldRate } from '../../statistics/funnel.js';
import { METHOD_NOW, methodOf } from '../../statistics/method.js';

/** A district's rate in a funnel plot, without its name. */
export interface FunnelDotRow {
  /** Whole per cent. */
  readonly rate: number;
  /** The base of the rate, with its noise. */
  readonly base: number;
  /** The limits between which a rate of that base lies by chance, in per cent, to a tenth. */
  readonly low: number;
  readonly high: number;
  /** True if it is the report's own district. */
  readonly isOwn: boolean;
  readonly isOutside: boolean;
  /** The district of the report. */
  readonly districtId: string;
}

/** The table of a rate that a report cites. */
export interface RateTable {
  readonly id: string;
  readonly districtId: string | null;
}

interface RateRow extends ToldRate {
  /** How many counts, each with noise of its own, are added up in its part or its rest. */
  readonly parts: number;
  readonly citedId: string;
  readonly isOwn: boolean;
  readonly methodVersion: number;
}

/**
 * Returns, for each table of a rate, the rates of all districts of that year, the smallest base first, each without its district. All
 * limits together leave 0.02 rates of a year outside by chance. Empty if fewer than three districts have a rate, and for everyone but the team
 * of the report.
 * @returns the rates by the id of the cited table
 */
export async function funnelsOf(
  op: Operation,
  tables: readonly RateTable[],
  districtId: string | null,
): Promise<ReadonlyMap<string, readonly FunnelDotRow[]>> {
  if (districtId === null || tables.length === 0 || !readsFunnel(op.viewer, { districtId })) return new Map();
  const rows = await op.tx.rows<RateRow>`
    select cited.id as "citedId", t.id = cited.id as "isOwn", t.cells[1] as percent, t.bases[1] as base, t.parts, s.method_version as "methodVersion"
    from snapshot_table cited join snapshot s on s.id = cited.snapshot_id
    join district d on true
    join snapshot_table t on t.snapshot_id = cited.snapshot_id and t.indicator_id = cited.indicator_id
      and t.district_id = d.id and t.dimensions = cited.dimensions
    where cited.id = any (${uuids(tables.map(({ id }) => id))}) and t.cells[1] is not null and t.bases[1] is not null
    order by base, percent, "isOwn"`;
  const all = groupedBy(rows, ({ citedId }) => citedId);
  const deviations = deviationsFor(rows.length);
  return new Map(
    [...all].map(([id, rates]) => [
      id,
      rates.length < LEAST_RATES ? [] : dotsOf(rates, deviations, districtId),
    ]),
  );
}

function dotsOf(rates: readonly RateRow[], deviations: number, districtId: string): FunnelDotRow[] {
  const whole = rateOfAll(rates);
  return rates.map(({ percent, base, parts, isOwn, methodVersion }) => {
    const { variance } = methodOf(methodVersion) ?? METHOD_NOW;
    const limits = limitsAt(whole, base, deviations, { variance: variance * parts });
    const isOutside = percent < limits.low || percent > limits.high;
    return { rate: percent, base, ...limits, isOwn, isOutside, districtId };
  });
}
