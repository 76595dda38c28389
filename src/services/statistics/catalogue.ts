import type { Operation } from '../../operation.js';
import { type IndicatorRow, listIndicators } from './indicators.js';

/** A table of the county's year. */
export interface CatalogueTable {
  /** `2026`. */
  readonly year: string;
  /** Empty is the total. */
  readonly by: readonly string[];
}

/**
 * The tables of one indicator that are released as files: for the county, each of the last three frozen years, by the dimensions of that
 * year.
 */
export interface CatalogueEntry {
  readonly indicator: IndicatorRow;
  /** The days on which the first and the last of these years were frozen. */
  readonly issuedOn: Date;
  readonly modifiedOn: Date;
  /** The tables, the latest year first. */
  readonly tables: readonly [CatalogueTable, ...CatalogueTable[]];
}

const MOST_YEARS = 3;

interface TableRow extends CatalogueTable {
  readonly indicatorId: string;
  readonly frozenOn: Date;
}

/** Lists every indicator with a frozen year, sorted by code, in the version that counted last. */
export async function listCatalogue(op: Operation): Promise<readonly CatalogueEntry[]> {
  const rows = await op.tx.rows<TableRow>`
    select t.indicator_id as "indicatorId", s.period as year, s.frozen_on as "frozenOn", t.dimensions as by
    from (select id, period, frozen_on from snapshot where length(period) = 4 order by period desc limit ${MOST_YEARS}) s
    join snapshot_table t on t.snapshot_id = s.id and t.district_id is null
    order by s.period desc, cardinality(t.dimensions), t.dimensions`;
  const known = await listIndicators(op, {});
  const byCode = new Map<string, { indicator: IndicatorRow; tables: TableRow[] }>();
  for (const row of rows) {
    const indicator = known.find(({ id }) => id === row.indicatorId);
    if (indicator === undefined) continue;
    const entry = byCode.get(indicator.code) ?? { indicator, tables: [] };
    entry.tables.push(row);
    byCode.set(indicator.code, entry);
  }
  return [...byCode.values()]
    .sort((one, other) => (one.indicator.code < other.indicator.code ? -1 : 1))
    .flatMap(({ indicator, tables: [latest, ...earlier] }) =>
      latest === undefined
        ? []
        : [
            {
              indicator,
              issuedOn: (earlier.at(-1) ?? latest).frozenOn,
              modifiedOn: latest.frozenOn,
              tables: [latest, ...earlier],
            },
          ],
    );
}
