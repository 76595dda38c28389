import { isReportingClient, readsStatistics, whereReadsStatistics } from '../access/statistics.js';
import { ForbiddenError, InvalidInputError, NotFoundError, StatisticsRefusedError } from '../errors.js';
import { batched } from '../loader.js';
import type { Operation } from '../operation.js';
import { METHODS, type Method } from '../statistics/method.js';
import { refusalOfDimension } from '../statistics/proposals.js';
import { MOST_DIMENSIONS, placesOf } from '../statistics/questions.js';
import { loadDistrict } from './directory.js';
import { isIndicatorCode, listIndicators } from './indicators.js';
import { parseId } from './input.js';
import { requireOneDistrict } from './one-district.js';
import type { Page, PageArgs } from './paging.js';
import { pageSize } from './paging.js';

/** What is asked: an indicator, of a period and a territory, by up to three of its dimensions. */
export interface StatisticsQuestion {
  readonly indicator: string;
  /** `2026-03` or `2026`. */
  readonly period: string;
  /** Null is the county. */
  readonly districtId?: string | null;
  readonly by?: readonly string[] | null;
  /** Null is the latest that is frozen. */
  readonly version?: number | null;
}

export interface CategoryRow {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
}

/** A dimension as it was when the period was frozen. */
export interface DimensionRow extends CategoryRow {
  readonly categories: readonly CategoryRow[];
}

/** A table: the protected answer to one question. */
export interface StatisticsTableRow {
  readonly indicatorId: string;
  readonly districtId: string | null;
  readonly period: string;
  readonly version: number;
  readonly frozenOn: Date;
  readonly methodVersion: number;
  readonly dimensions: readonly DimensionRow[];
  /** The last dimension fastest; null is withheld. */
  readonly values: readonly (number | null)[];
  /** How many more tables a reporting client may ask of this indicator, territory and year; null for whoever has no budget. */
  readonly tablesLeft: number | null;
  /** What was asked, for the year before. */
  readonly question: StatisticsQuestion;
}

export type StatisticsWithheld = 'TOO_FEW' | 'NOT_FROZEN';

/** A figure, or why it is not told. */
export interface FigureRow {
  readonly value: number | null;
  readonly withheld: StatisticsWithheld | null;
}

export interface CellRow extends FigureRow {
  readonly table: StatisticsTableRow;
  readonly categories: readonly (CategoryRow & { readonly dimension: string })[];
}

/** What was frozen of a period. */
export interface SnapshotRow {
  readonly period: string;
  readonly version: number;
  readonly frozenOn: Date;
  readonly methodVersion: number;
}

/** How figures are protected, each version there was: public. The secret is no part of it. */
export function listMethods(): readonly Method[] {
  return METHODS;
}

const PERIOD = /^(19|20|21)\d\d(-(0[1-9]|1[0-2]))?$/;
/** What a dimension may be called, now or when a period was frozen. */
const DIMENSION = /^[A-Z][A-Z0-9_]{0,39}$/;

/** What is frozen of a year, each month and the year, every version; the oldest first. */
export async function listSnapshots(op: Operation, year: number): Promise<readonly SnapshotRow[]> {
  if (!readsStatistics(op.viewer)) throw new ForbiddenError();
  if (isReportingClient(op.viewer)) op.log.record('READ_STATISTICS');
  if (year < 1900 || year > 2199) throw new InvalidInputError('year', 'period');
  return op.tx
    .rows<SnapshotRow>`select s.period, s.version, s.frozen_on as "frozenOn", s.method_version as "methodVersion"
    from snapshot s where s.starts_on >= make_date(${year}, 1, 1) and s.starts_on < make_date(${year} + 1, 1, 1)
      and ${whereReadsStatistics(op.viewer)}
    order by s.starts_on, s.ends_on, s.version`;
}

/** @throws StatisticsRefusedError naming `by` */
export function requireChoice(by: readonly string[]): void {
  // Who asks for a worker is told that first, whatever else is wrong.
  for (const code of by) {
    const refusal = refusalOfDimension(code);
    if (code !== 'ASSIGNED' && refusal !== 'UNKNOWN_DIMENSION')
      throw new StatisticsRefusedError(refusal, 'by');
  }
  if (by.length > MOST_DIMENSIONS) throw new StatisticsRefusedError('TOO_MANY_DIMENSIONS', 'by');
  if (new Set(by).size < by.length) throw new InvalidInputError('by', 'twice');
  if (!by.every((code) => DIMENSION.test(code))) throw new StatisticsRefusedError('UNKNOWN_DIMENSION', 'by');
}

/**
 * The answer to a question, from what was frozen: the same for ever, once a version is named. A reporting client's question is
 * logged, and recorded when it is asked the first time; it uses up its budget. An operation has the figures of one district.
 * @throws NotFoundError for an unknown indicator or district; InvalidInputError; StatisticsRefusedError with its reason
 */
export async function askStatistics(
  op: Operation,
  question: StatisticsQuestion,
): Promise<StatisticsTableRow> {
  if (!readsStatistics(op.viewer)) throw new ForbiddenError();
  if (isReportingClient(op.viewer)) op.log.record('READ_STATISTICS');
  const by = question.by ?? [];
  requireChoice(by);
  if (!isIndicatorCode(question.indicator)) throw new NotFoundError('indicator');
  requirePeriod(question.period);
  const districtId = question.districtId == null ? null : parseId(question.districtId);
  if (question.districtId != null && (districtId === null || (await loadDistrict(op, districtId)) === null))
    throw new NotFoundError('districtId');
  requireOneDistrict(op, districtId);
  const asked = await ask(op, { ...question, by, districtId });
  if (asked.indicatorId === null) {
    const known = await listIndicators(op, { code: question.indicator });
    if (known.length === 0) throw new NotFoundError('indicator');
    throw new StatisticsRefusedError('NOT_FROZEN', 'period');
  }
  if (asked.left === -1) throw new StatisticsRefusedError('BUDGET_SPENT');
  if (asked.tableId === null) throw new StatisticsRefusedError('UNKNOWN_DIMENSION', 'by');
  return readTable(op, asked.tableId, asked.left, question);
}

/** @throws InvalidInputError for what is neither a month nor a year */
export function requirePeriod(period: string): void {
  if (!PERIOD.test(period)) throw new InvalidInputError('period', 'period');
}

interface Asked {
  readonly indicatorId: string | null;
  readonly tableId: string | null;
  readonly left: number | null;
}

/** Asks for the table of a question; what is null is not there, and `left` -1 says that the budget is spent. */
export async function ask(
  op: Operation,
  question: StatisticsQuestion & { readonly by: readonly string[]; readonly districtId: string | null },
): Promise<Asked> {
  const [row] = await op.tx
    .rows<Asked>`select a.indicator_id as "indicatorId", a.table_id as "tableId", a.left_over as left
    from ask_statistics(${question.period}, ${question.version ?? null}::integer, ${question.indicator},
      ${question.districtId}::uuid, ${[...question.by]}::text[]) a`;
  return row ?? { indicatorId: null, tableId: null, left: null };
}

async function readTable(
  op: Operation,
  id: string,
  tablesLeft: number | null,
  question: StatisticsQuestion,
): Promise<StatisticsTableRow> {
  const [row] = await op.tx.rows<Omit<StatisticsTableRow, 'tablesLeft' | 'question'>>`
    select t.indicator_id as "indicatorId", t.district_id as "districtId", s.period, s.version, s.frozen_on as "frozenOn",
      s.method_version as "methodVersion", t.cells as values,
      (select coalesce(jsonb_agg(jsonb_build_object('code', d.code, 'labelFr', d.label_fr, 'labelEn', d.label_en, 'categories',
          (select jsonb_agg(jsonb_build_object('code', c.code, 'labelFr', c.fr, 'labelEn', c.en) order by c.nth)
            from unnest(d.categories, d.categories_fr, d.categories_en) with ordinality c(code, fr, en, nth)))
          order by array_position(t.dimensions, d.code)), '[]')
        from snapshot_dimension d where d.snapshot_id = t.snapshot_id and d.code = any (t.dimensions)) as dimensions
    from snapshot_table t join snapshot s on s.id = t.snapshot_id
    where t.id = ${id}::uuid and ${whereReadsStatistics(op.viewer)}`;
  if (row === undefined) throw new StatisticsRefusedError('NOT_FROZEN', 'period');
  return { ...row, tablesLeft, question };
}

/** The categories of a cell, by its place. */
function categoriesAt({ dimensions }: StatisticsTableRow, place: number): CellRow['categories'] {
  const places = placesOf(
    dimensions.map(({ categories }) => categories.length),
    place,
  );
  return dimensions.map(({ code, categories }, nth) => {
    const category = categories[places[nth] ?? 0];
    if (category === undefined)
      throw new Error('a table has as many cells as its dimensions have combinations');
    return { dimension: code, ...category };
  });
}

const figure = (value: number | null | undefined): FigureRow => ({
  value: value ?? null,
  withheld: value == null ? 'TOO_FEW' : null,
});

/**
 * The cells of a table, page by page, the last dimension fastest: every combination, so that a cell that is not there tells
 * nothing.
 * @throws InvalidInputError for `first` or `after`
 */
export function cellsOf(table: StatisticsTableRow, args: PageArgs): Page<CellRow> {
  const size = pageSize(args);
  const from = args.after == null ? 0 : Number(args.after) + 1;
  if (!Number.isInteger(from) || from < 0 || from > table.values.length)
    throw new InvalidInputError('after', 'cursor');
  const edges = table.values.slice(from, from + size).map((value, nth) => ({
    cursor: String(from + nth),
    node: { ...figure(value), table, categories: categoriesAt(table, from + nth) },
  }));
  return {
    edges,
    pageInfo: {
      hasNextPage: from + size < table.values.length,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** The same cell a year before, if it was frozen; a category that was not there then was not counted. */
export async function yearBefore(op: Operation, cell: CellRow): Promise<FigureRow> {
  const { question } = cell.table;
  const period = `${Number(question.period.slice(0, 4)) - 1}${question.period.slice(4)}`;
  const { indicator, districtId, by, version } = question;
  const key = JSON.stringify({ indicator, districtId, by, version, period });
  const before = await batched(op, 'statistics-year-before', async (keys) => {
    const found = new Map<string, StatisticsTableRow>();
    // One for each table that is asked for, however many cells.
    for (const one of keys) {
      const table = await tableOfYearBefore(op, JSON.parse(one) as StatisticsQuestion);
      if (table !== null) found.set(one, table);
    }
    return found;
  }).load(key);
  if (before === null) return { value: null, withheld: 'NOT_FROZEN' };
  let place = 0;
  for (const { code, categories } of before.dimensions) {
    const category = cell.categories.find(({ dimension }) => dimension === code)?.code;
    const nth = categories.findIndex((known) => known.code === category);
    if (nth < 0) return { value: null, withheld: 'NOT_FROZEN' };
    place = place * categories.length + nth;
  }
  return figure(before.values[place]);
}

async function tableOfYearBefore(
  op: Operation,
  question: StatisticsQuestion,
): Promise<StatisticsTableRow | null> {
  const asked = await ask(op, {
    ...question,
    by: question.by ?? [],
    districtId: question.districtId ?? null,
  });
  if (asked.left === -1) throw new StatisticsRefusedError('BUDGET_SPENT');
  return asked.tableId === null ? null : readTable(op, asked.tableId, asked.left, question);
}
