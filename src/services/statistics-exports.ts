import { isReportingClient, readsStatistics, whereReadsStatistics } from '../access/statistics.js';
import { ForbiddenError, InvalidInputError, NotFoundError, StatisticsRefusedError } from '../errors.js';
import type { Operation } from '../operation.js';
import { placesOf } from '../statistics/questions.js';
import { listDistricts } from './directory.js';
import { type IndicatorRow, loadIndicator } from './indicators.js';
import { ask, type DimensionRow, requireChoice, requirePeriod } from './statistics.js';

/**
 * A file of tables of one indicator: of a period, or of each month of a year; of the county, or of a district with the county
 * beside it. No file has two districts: side by side they are a ranking.
 */
export interface ExportRequest {
  readonly indicator: string;
  readonly period: string;
  readonly everyMonth: boolean;
  /** An id or a short name; null is the county. */
  readonly district: string | null;
  readonly by: readonly string[];
  readonly version: number | null;
}

/** A table of the file, which was asked for. */
export interface ExportedTable {
  readonly id: string;
  readonly districtId: string | null;
  /** What a district is called in files; null is the county. */
  readonly district: string | null;
}

export interface ExportPlan {
  readonly indicator: IndicatorRow;
  /** In the order of the columns. */
  readonly by: readonly string[];
  readonly tables: readonly ExportedTable[];
}

/** A row of the file. */
export interface ExportedRow {
  readonly period: string;
  readonly version: number;
  readonly frozenOn: Date;
  readonly categories: readonly string[];
  readonly value: number | null;
}

const MONTHS = Array.from({ length: 12 }, (_, nth) => String(nth + 1).padStart(2, '0'));

/**
 * Asks for every table of a file, all or none of them: what is not frozen is left out, as long as something is. A reporting client's
 * question is logged, and each table that it has not asked for before uses up its budget.
 * @throws as `askStatistics`; StatisticsRefusedError RANKING for all districts
 */
export async function planExport(op: Operation, request: ExportRequest): Promise<ExportPlan> {
  if (!readsStatistics(op.viewer)) throw new ForbiddenError();
  if (isReportingClient(op.viewer)) op.log.record('READ_STATISTICS');
  requireChoice(request.by);
  requirePeriod(request.period);
  if (request.everyMonth && request.period.length !== 4) throw new InvalidInputError('every', 'everyMonth');
  const periods = request.everyMonth ? MONTHS.map((month) => `${request.period}-${month}`) : [request.period];
  const territories = await territoriesOf(op, request.district);
  const tables: ExportedTable[] = [];
  let indicatorId: string | null = null;
  for (const { id: districtId, slug } of territories)
    for (const period of periods) {
      const asked = await ask(op, { ...request, period, districtId });
      if (asked.indicatorId === null) continue;
      if (asked.left === -1) throw new StatisticsRefusedError('BUDGET_SPENT');
      if (asked.tableId === null) throw new StatisticsRefusedError('UNKNOWN_DIMENSION', 'by');
      indicatorId = asked.indicatorId;
      tables.push({ id: asked.tableId, districtId, district: slug });
    }
  const indicator = indicatorId === null ? null : await loadIndicator(op, indicatorId);
  if (indicator === null) throw await whyNone(op, request.indicator);
  return { indicator, by: inOrder(indicator, request.by), tables };
}

/** @throws NotFoundError for an unknown indicator */
async function whyNone(op: Operation, code: string): Promise<Error> {
  const [known] = await op.tx.rows<{
    id: string;
  }>`select i.id from indicator i where i.code = ${code} limit 1`;
  return known === undefined
    ? new NotFoundError('indicator')
    : new StatisticsRefusedError('NOT_FROZEN', 'period');
}

function inOrder({ dimensions }: IndicatorRow, by: readonly string[]): readonly string[] {
  return dimensions.filter((code) => by.includes(code));
}

async function territoriesOf(
  op: Operation,
  district: string | null,
): Promise<readonly { readonly id: string | null; readonly slug: string | null }[]> {
  const county = { id: null, slug: null };
  if (district === null) return [county];
  if (district === 'all') throw new StatisticsRefusedError('RANKING', 'district');
  const districts = await listDistricts(op);
  const one = districts.find(({ id, slug }) => id === district.toLowerCase() || slug === district);
  if (one === undefined) throw new NotFoundError('district');
  return [one, county];
}

/**
 * The rows of a table that was asked for, in the order of its cells. What was frozen never changes: tables are read one after the
 * other, each in a transaction of its own, and make one file all the same.
 * @throws NotFoundError when it may not be read any more
 */
export async function readExportedTable(op: Operation, tableId: string): Promise<readonly ExportedRow[]> {
  const [table] = await op.tx.rows<{
    period: string;
    version: number;
    frozenOn: Date;
    values: (number | null)[];
    categories: string[][];
  }>`select s.period, s.version, s.frozen_on as "frozenOn", t.cells as values,
      (select coalesce(jsonb_agg(d.categories order by array_position(t.dimensions, d.code)), '[]')
        from snapshot_dimension d where d.snapshot_id = t.snapshot_id and d.code = any (t.dimensions)) as categories
    from snapshot_table t join snapshot s on s.id = t.snapshot_id
    where t.id = ${tableId}::uuid and ${whereReadsStatistics(op.viewer)}`;
  if (table === undefined) throw new NotFoundError();
  const { period, version, frozenOn, values, categories } = table;
  const sizes = categories.map(({ length }) => length);
  return values.map((value, cell) => ({
    period,
    version,
    frozenOn,
    categories: placesOf(sizes, cell).map((place, nth) => categories[nth]?.[place] ?? ''),
    value,
  }));
}

/** What the columns of such a file are: asking costs nothing, since no figure is in it. */
export interface ExportSchema {
  readonly indicator: IndicatorRow;
  readonly dimensions: readonly DimensionRow[];
}

/**
 * The indicator and the dimensions of a file, as they were when its last period was frozen.
 * @throws NotFoundError, StatisticsRefusedError as for the file
 */
export async function describeExport(
  op: Operation,
  request: Pick<ExportRequest, 'indicator' | 'period' | 'by'>,
): Promise<ExportSchema> {
  if (!readsStatistics(op.viewer)) throw new ForbiddenError();
  requireChoice(request.by);
  requirePeriod(request.period);
  const [snapshot] = await op.tx.rows<{
    id: string;
    endsOn: Date;
  }>`select s.id, s.ends_on as "endsOn" from snapshot s
    where (s.period = ${request.period} or s.period like ${`${request.period}-__`}) and ${whereReadsStatistics(op.viewer)}
    order by s.ends_on desc, s.version desc limit 1`;
  const [counted] = await op.tx.rows<{ id: string }>`select i.id from indicator i
    where i.code = ${request.indicator} and i.adopted_on < ${snapshot?.endsOn ?? null}::date
      and (i.retired_on is null or i.retired_on >= ${snapshot?.endsOn ?? null}::date) order by i.version desc limit 1`;
  const indicator = counted === undefined ? null : await loadIndicator(op, counted.id);
  if (snapshot === undefined || indicator === null) throw await whyNone(op, request.indicator);
  if (request.by.some((code) => !indicator.dimensions.includes(code)))
    throw new StatisticsRefusedError('UNKNOWN_DIMENSION', 'by');
  const by = inOrder(indicator, request.by);
  const dimensions = await op.tx
    .rows<DimensionRow>`select d.code, d.label_fr as "labelFr", d.label_en as "labelEn",
      (select jsonb_agg(jsonb_build_object('code', c.code, 'labelFr', c.fr, 'labelEn', c.en) order by c.nth)
        from unnest(d.categories, d.categories_fr, d.categories_en) with ordinality c(code, fr, en, nth)) as categories
    from snapshot_dimension d where d.snapshot_id = ${snapshot.id}::uuid and d.code = any (${[...by]}::text[])
      and ${whereReadsStatistics(op.viewer)}
    order by array_position(${[...by]}::text[], d.code)`;
  return { indicator, dimensions };
}
