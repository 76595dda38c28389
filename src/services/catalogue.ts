import type { Operation } from '../operation.js';
import { type IndicatorRow, listIndicators, programmeOfIndicator } from './indicators.js';

/** What is released of an indicator as files: of the county, each year of the last three that are frozen, by what it is told. */
export interface CatalogueEntry {
  readonly indicator: IndicatorRow;
  /** When the first and the last of these years were frozen. */
  readonly issuedOn: Date;
  readonly modifiedOn: Date;
  /** The years, the latest first: `2026`. */
  readonly years: readonly string[];
  /** Each table of a year; the empty one is the total. */
  readonly by: readonly (readonly string[])[];
}

const MOST_YEARS = 3;

interface YearRow {
  readonly indicatorId: string;
  readonly period: string;
  readonly frozenOn: Date;
}

/** Every indicator of which a year is frozen, in the order of their codes, by the version that counted last. */
export async function listCatalogue(op: Operation): Promise<readonly CatalogueEntry[]> {
  const rows = await op.tx.rows<YearRow>`
    select t.indicator_id as "indicatorId", s.period, s.frozen_on as "frozenOn"
    from (select id, period, frozen_on from snapshot where length(period) = 4 order by period desc limit ${MOST_YEARS}) s
    join snapshot_table t on t.snapshot_id = s.id and t.district_id is null and t.dimensions = '{}'
    order by s.period desc`;
  const known = await listIndicators(op, {});
  const byCode = new Map<string, { indicator: IndicatorRow; years: YearRow[] }>();
  for (const row of rows) {
    const indicator = known.find(({ id }) => id === row.indicatorId);
    if (indicator === undefined) continue;
    const entry = byCode.get(indicator.code);
    if (entry === undefined) byCode.set(indicator.code, { indicator, years: [row] });
    else entry.years.push(row);
  }
  return [...byCode.values()]
    .sort((one, other) => (one.indicator.code < other.indicator.code ? -1 : 1))
    .flatMap(({ indicator, years }) => {
      const [latest, earliest] = [years[0], years.at(-1)];
      if (latest === undefined || earliest === undefined) return [];
      return {
        indicator,
        issuedOn: earliest.frozenOn,
        modifiedOn: latest.frozenOn,
        years: years.map(({ period }) => period),
        by: programmeOfIndicator(indicator, latest.period)
          .filter(({ territory }) => territory === 'COUNTY')
          .map((table) => table.by),
      };
    });
}
