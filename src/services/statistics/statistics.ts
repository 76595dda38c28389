import { Prisma } from '../../../prisma/generated/client.js';
import type { IndicatorKind } from '../../../prisma/generated/enums.js';
import { InvalidInputError, NotFoundError, StatisticsRefusedError } from '../../errors.js';
import { batched } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { measureOf } from '../../statistics/measures.js';
import { METHODS, type Method } from '../../statistics/method.js';
import { placesOf } from '../../statistics/programme.js';
import { refusalOfDimension } from '../../statistics/proposals.js';
import { requireDistrict } from '../directory/directory.js';
import { requireOneDistrict } from '../operation/one-district.js';
import { type Page, type PageArgs, pageInfoOf, pageSize } from '../operation/paging.js';
import { toDay } from '../operation/period.js';
import { type FigureRow, figureAt, withheldFigure } from './figures.js';
import { type CategoryRow, type DimensionRow, FROZEN_DIMENSION } from './frozen-dimensions.js';
import { type IndicatorRow, loadVersions, programmeOfIndicator } from './indicators.js';

/** A question: an indicator, a period, a territory, and dimensions of its programme. */
export interface StatisticsQuestion {
  readonly indicator: string;
  /** `2026-03`, `2026-Q1` or `2026`. */
  readonly period: string;
  /** Null is the county. */
  readonly districtId?: string | null;
  readonly by?: readonly string[] | null;
}

/** A table: the protected answer to one question. */
export interface StatisticsTableRow {
  readonly indicatorId: string;
  readonly indicatorCode: string;
  readonly districtId: string | null;
  readonly period: string;
  readonly frozenOn: Date;
  readonly methodVersion: number;
  readonly kind: IndicatorKind;
  readonly dimensions: readonly DimensionRow[];
  /** The values, the last dimension fastest; null is withheld. */
  readonly values: readonly (number | null)[];
  /** The bases of a rate, in the same places; null for a count. */
  readonly bases: readonly (number | null)[] | null;
  /** How many counts, each with noise of its own, are added up in a cell. */
  readonly parts: number;
  /** The question, to ask it for the year before. */
  readonly question: StatisticsQuestion;
}

/** A cell of a table. */
export interface CellRow extends FigureRow {
  readonly table: StatisticsTableRow;
  readonly categories: readonly (CategoryRow & { readonly dimension: string })[];
}

/** A frozen period. */
export interface SnapshotRow {
  readonly period: string;
  readonly frozenOn: Date;
  readonly methodVersion: number;
}

/** Lists every version of the method that protects the figures: public. The secret is no part of it. */
export function listMethods(): readonly Method[] {
  return METHODS;
}

const PERIOD = /^(19|20|21)\d\d(-(0[1-9]|1[0-2]|Q[1-4]))?$/;
/** A code that a dimension may have, now or when a period was frozen. */
const DIMENSION = /^[A-Z][A-Z0-9_]{0,39}$/;

/**
 * Lists the frozen periods of a year, each month, each quarter and the year; the oldest first.
 * @throws InvalidInputError period
 */
export async function listSnapshots(op: Operation, year: number): Promise<readonly SnapshotRow[]> {
  if (year < 1900 || year > 2199) throw new InvalidInputError('year', 'period');
  return op.tx
    .rows<SnapshotRow>`select s.period, s.frozen_on as "frozenOn", s.method_version as "methodVersion"
    from snapshot s where s.starts_on >= make_date(${year}, 1, 1) and s.starts_on < make_date(${year} + 1, 1, 1)
    order by s.starts_on, s.ends_on`;
}

/** @throws StatisticsRefusedError, or InvalidInputError twice, naming `by` */
export function requireChoice(by: readonly string[]): void {
  // The refusal of a dimension by worker comes first, whatever else is wrong.
  for (const code of by) {
    const refusal = refusalOfDimension(code);
    if (code !== 'ASSIGNED' && refusal !== 'UNKNOWN_DIMENSION')
      throw new StatisticsRefusedError(refusal, 'by');
  }
  if (new Set(by).size < by.length) throw new InvalidInputError('by', 'twice');
  if (!by.every((code) => DIMENSION.test(code))) throw new StatisticsRefusedError('UNKNOWN_DIMENSION', 'by');
}

/**
 * Answers a question of the programme from what was frozen: the same answer for everyone, and for ever. An operation has the figures of
 * one district.
 * @throws NotFoundError for an unknown indicator or district; InvalidInputError; StatisticsRefusedError with its reason
 */
export async function askStatistics(
  op: Operation,
  question: StatisticsQuestion,
): Promise<StatisticsTableRow> {
  const by = question.by ?? [];
  requireChoice(by);
  requirePeriod(question.period);
  const [districtId, versions] = await Promise.all([
    question.districtId == null ? null : requireDistrict(op, question.districtId, 'districtId'),
    loadVersions(op, question.indicator),
  ]);
  requireOneDistrict(op, districtId);
  const sought = seek(versions, { by, districtIds: [districtId], periods: [question.period] });
  const [row] = await op.tx.rows<Omit<StatisticsTableRow, 'question'>>`
    select t.indicator_id as "indicatorId", i.code as "indicatorCode", t.district_id as "districtId", s.period, s.frozen_on as "frozenOn",
      s.method_version as "methodVersion", i.kind::text as kind, t.cells as values, t.bases, t.parts,
      (select coalesce(jsonb_agg(${FROZEN_DIMENSION} order by array_position(t.dimensions, d.code)), '[]')
        from snapshot_dimension d where d.snapshot_id = t.snapshot_id and d.code = any (t.dimensions)) as dimensions
    from ${frozenOf(sought)} join indicator i on i.id = t.indicator_id`;
  if (row === undefined) throw notAnswered(sought, by);
  return { ...row, question };
}

/** @throws InvalidInputError for a text that is neither a month, nor a quarter, nor a year */
export function requirePeriod(period: string, field = 'period'): void {
  if (!PERIOD.test(period)) throw new InvalidInputError(field, 'period');
}

/** The same question, for several territories and periods. */
export interface TablesQuestion {
  readonly indicator: string;
  readonly by: readonly string[];
  readonly districtIds: readonly (string | null)[];
  readonly periods: readonly string[];
}

/** A table that was frozen, may be frozen yet, or neither. */
interface SoughtTable {
  readonly districtId: string | null;
  readonly period: string;
  readonly indicator: IndicatorRow;
  /** Its dimensions, in the order of the programme. */
  readonly by: readonly string[];
  /** True if today's programme has it. Unless it has, only an earlier method can have frozen it. */
  readonly isGiven: boolean;
}

/** A frozen table. */
export interface FoundTable extends SoughtTable {
  readonly id: string;
}

/**
 * Finds the tables that answer, territory by territory and in the order of the periods. A table that is not frozen yet is left out, and
 * so is one that there is for the first territory and not for the next.
 * @throws NotFoundError for an unknown indicator; StatisticsRefusedError UNKNOWN_DIMENSION, NOT_IN_PROGRAMME
 */
export async function findTables(op: Operation, question: TablesQuestion): Promise<readonly FoundTable[]> {
  const sought = seek(await loadVersions(op, question.indicator), question);
  const rows = await op.tx.rows<{
    nth: number;
    id: string;
  }>`select w.nth::integer, t.id from ${frozenOf(sought)} order by w.nth`;
  const found = rows.flatMap(({ nth, id }) => {
    const one = sought[nth - 1];
    return one === undefined ? [] : [{ id, ...one }];
  });
  // The county stands beside a district if there is such a table.
  const isFirst = ({ districtId }: SoughtTable): boolean => districtId === question.districtIds[0];
  const first = sought.filter(isFirst);
  if (first.length > 0 && first.every(({ isGiven }) => !isGiven) && !found.some(isFirst))
    throw notAnswered(first, question.by);
  return found;
}

/** Returns why a table that was sought is not there. */
function notAnswered(sought: readonly SoughtTable[], by: readonly string[]): StatisticsRefusedError {
  const isGiven = sought.length === 0 || sought.some((one) => one.isGiven);
  if (isGiven) return new StatisticsRefusedError('NOT_FROZEN', 'period');
  return new StatisticsRefusedError('NOT_IN_PROGRAMME', by.length === 0 ? 'period' : 'by');
}

/** @throws NotFoundError if the indicator has no version; StatisticsRefusedError UNKNOWN_DIMENSION */
function seek(
  versions: readonly IndicatorRow[],
  { by, districtIds, periods }: Omit<TablesQuestion, 'indicator'>,
): readonly SoughtTable[] {
  if (versions.length === 0) throw new NotFoundError('indicator');
  const counted = periods.flatMap((period) => {
    const indicator = countedIn(versions, period);
    return indicator === undefined ? [] : [{ period, indicator }];
  });
  if (counted.some(({ indicator }) => by.some((code) => !indicator.dimensions.includes(code))))
    throw new StatisticsRefusedError('UNKNOWN_DIMENSION', 'by');
  return districtIds.flatMap((districtId) =>
    counted.map((one) => ({ ...one, districtId, ...tableOf(one, districtId, by) })),
  );
}

/** The frozen tables `t` of those that are sought, each with its snapshot `s`, and with its place `w.nth` among them, from 1. */
function frozenOf(sought: readonly SoughtTable[]): Prisma.Sql {
  const dimensions = [...(sought[0]?.by ?? [])];
  return Prisma.sql`unnest(${sought.map(({ period }) => period)}::text[], ${sought.map(({ districtId }) => districtId)}::uuid[],
      ${sought.map(({ indicator }) => indicator.id)}::uuid[]) with ordinality w(period, district_id, indicator_id, nth)
    join snapshot s on s.period = w.period
    cross join lateral (
      select t.* from snapshot_table t where w.district_id is null and t.district_id is null
        and t.snapshot_id = s.id and t.indicator_id = w.indicator_id and t.dimensions = ${dimensions}::text[]
      union all
      select t.* from snapshot_table t where t.district_id = w.district_id
        and t.snapshot_id = s.id and t.indicator_id = w.indicator_id and t.dimensions = ${dimensions}::text[]) t`;
}

/** Returns the table of a question: as today's programme has it, or as an earlier one had it. */
function tableOf(
  { indicator, period }: Pick<SoughtTable, 'indicator' | 'period'>,
  districtId: string | null,
  by: readonly string[],
): Pick<SoughtTable, 'by' | 'isGiven'> {
  const territory = districtId === null ? 'COUNTY' : 'DISTRICT';
  const given = programmeOfIndicator(indicator, period).find(
    (table) =>
      table.territory === territory &&
      table.by.length === by.length &&
      table.by.every((code) => by.includes(code)),
  );
  if (given !== undefined) return { by: given.by, isGiven: true };
  const order: readonly string[] = measureOf(indicator.measure ?? '')?.dimensions ?? [];
  const placeOf = (code: string): number => (order.includes(code) ? order.indexOf(code) : order.length);
  return { by: [...by].sort((one, other) => placeOf(one) - placeOf(other)), isGiven: false };
}

/** Returns the version of an indicator by which a period is counted: the one adopted on its last day. */
function countedIn(versions: readonly IndicatorRow[], period: string): IndicatorRow | undefined {
  const [year = '', part = '12'] = period.split('-');
  const month = part.startsWith('Q') ? 3 * Number(part.slice(1)) : Number(part);
  const lastDay = toDay(new Date(Date.UTC(Number(year), month, 0)));
  return versions.find(
    ({ adoptedOn, retiredOn }) =>
      adoptedOn !== null && toDay(adoptedOn) <= lastDay && (retiredOn === null || toDay(retiredOn) > lastDay),
  );
}

/** Returns the categories of a cell, by its place. */
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

/**
 * Lists the cells of a table, page by page, the last dimension fastest. Every combination is there, so that a missing cell tells nothing.
 * @throws InvalidInputError for `first` or `after`
 */
export function cellsOf(table: StatisticsTableRow, args: PageArgs): Page<CellRow> {
  const size = pageSize(args);
  const from = args.after == null ? 0 : Number(args.after) + 1;
  if (!Number.isInteger(from) || from < 0 || from > table.values.length)
    throw new InvalidInputError('after', 'cursor');
  const edges = table.values.slice(from, from + size).map((_, nth) => {
    const categories = categoriesAt(table, from + nth);
    return {
      cursor: String(from + nth),
      node: { ...figureAt(table, from + nth, categories), table, categories },
    };
  });
  return { edges, pageInfo: pageInfoOf(edges, from + size < table.values.length, args) };
}

/**
 * Returns the same cell a year before, if it was frozen; otherwise a withheld figure. A category that did not exist then was not counted.
 */
export async function yearBefore(op: Operation, cell: CellRow): Promise<FigureRow> {
  const { question } = cell.table;
  const period = `${Number(question.period.slice(0, 4)) - 1}${question.period.slice(4)}`;
  const { indicator, districtId, by } = question;
  const key = JSON.stringify({ indicator, districtId, by, period });
  const before = await batched(op, 'statistics-year-before', async (keys) => {
    // One question for each table, however many cells are asked for.
    const found = new Map<string, StatisticsTableRow>();
    await Promise.all(
      keys.map(async (one) => {
        const table = await tableOfYearBefore(op, JSON.parse(one) as StatisticsQuestion);
        if (table !== null) found.set(one, table);
      }),
    );
    return found;
  }).load(key);
  if (before === null) return withheldFigure('NOT_FROZEN');
  let place = 0;
  for (const { code, categories } of before.dimensions) {
    const category = cell.categories.find(({ dimension }) => dimension === code)?.code;
    const nth = categories.findIndex((known) => known.code === category);
    if (nth < 0) return withheldFigure('NOT_FROZEN');
    place = place * categories.length + nth;
  }
  return figureAt(before, place, cell.categories);
}

/** Returns null if the table is not frozen, or was not in the programme then. */
async function tableOfYearBefore(
  op: Operation,
  question: StatisticsQuestion,
): Promise<StatisticsTableRow | null> {
  try {
    return await askStatistics(op, question);
  } catch (error) {
    if (error instanceof StatisticsRefusedError) return null;
    throw error;
  }
}
