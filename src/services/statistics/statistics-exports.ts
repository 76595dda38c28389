import type { IndicatorKind } from '../../../prisma/generated/enums.js';
import { InvalidInputError, NotFoundError, StatisticsRefusedError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { placesOf } from '../../statistics/programme.js';
import { listDistricts } from '../directory/directory.js';
import { type FigureRow, figureAt } from './figures.js';
import { CATEGORIES_OF_DIMENSION, type DimensionRow } from './frozen-dimensions.js';
import type { IndicatorRow } from './indicators.js';
import { findTables, requireChoice, requirePeriod } from './statistics.js';

/**
 * The request for a file of tables of one indicator: for a period, or for each month or quarter of a year; for the county, or for a district with
 * the county beside it. No file has two districts: side by side they are a ranking.
 */
export interface ExportRequest {
  readonly indicator: string;
  readonly period: string;
  readonly every: 'month' | 'quarter' | null;
  /** An id or a short name; null is the county. */
  readonly district: string | null;
  readonly by: readonly string[];
}

/** A table of the file. */
export interface ExportedTable {
  readonly id: string;
  readonly districtId: string | null;
  /** The name of a district in files; null is the county. */
  readonly district: string | null;
}

/** The tables of a file, found before any is read. */
export interface ExportPlan {
  readonly indicator: IndicatorRow;
  /** The dimensions, in the order of the columns. */
  readonly by: readonly string[];
  readonly tables: readonly ExportedTable[];
  readonly territories: readonly ExportedTerritory[];
}

/** A row of the file. */
export interface ExportedRow extends FigureRow {
  readonly period: string;
  /** The version of the indicator by which it was counted. */
  readonly indicatorVersion: number;
  readonly frozenOn: Date;
  readonly categories: readonly string[];
  /** The labels in French, in the same places: as they were when the period was frozen. */
  readonly labels: readonly string[];
}

const PARTS = {
  month: Array.from({ length: 12 }, (_, nth) => String(nth + 1).padStart(2, '0')),
  quarter: ['Q1', 'Q2', 'Q3', 'Q4'],
} as const;

/**
 * Finds the tables of a file, before any is sent. A table that is not frozen is left out, if another one is.
 * @throws as `askStatistics`; StatisticsRefusedError RANKING for all districts
 */
export async function planExport(op: Operation, request: ExportRequest): Promise<ExportPlan> {
  const { period, by } = request;
  requireChoice(by);
  requirePeriod(period);
  const periods = request.every === null ? [period] : partsOf(period, request.every);
  const territories = await territoriesOf(op, request.district);
  const districtIds = territories.map(({ id }) => id);
  const tables = await findTables(op, { indicator: request.indicator, by, districtIds, periods });
  const indicator = tables.at(-1)?.indicator;
  if (indicator === undefined) throw new StatisticsRefusedError('NOT_FROZEN', 'period');
  const slugs = new Map(territories.map(({ id, slug }) => [id, slug]));
  return {
    indicator,
    by: inOrder(indicator, by),
    tables: tables.map(({ id, districtId }) => ({ id, districtId, district: slugs.get(districtId) ?? null })),
    territories,
  };
}

/** @throws InvalidInputError everyPart if the period is no year */
function partsOf(year: string, every: keyof typeof PARTS): readonly string[] {
  if (year.length !== 4) throw new InvalidInputError('every', 'everyPart');
  return PARTS[every].map((part) => `${year}-${part}`);
}

function inOrder({ dimensions }: IndicatorRow, by: readonly string[]): readonly string[] {
  return dimensions.filter((code) => by.includes(code));
}

/** A district; for the county, each field is null. */
export interface ExportedTerritory {
  readonly id: string | null;
  readonly slug: string | null;
  readonly name: string | null;
}

async function territoriesOf(op: Operation, district: string | null): Promise<readonly ExportedTerritory[]> {
  const county = { id: null, slug: null, name: null };
  if (district === null) return [county];
  if (district === 'all') throw new StatisticsRefusedError('RANKING', 'district');
  const districts = await listDistricts(op);
  const one = districts.find(({ id, slug }) => id === district.toLowerCase() || slug === district);
  if (one === undefined) throw new NotFoundError('district');
  return [one, county];
}

/**
 * Returns the rows of a table that was found, in the order of its cells. Each table is read in a transaction of its own. The file is
 * consistent, because a frozen table never changes.
 * @throws NotFoundError
 */
export async function readExportedTable(op: Operation, tableId: string): Promise<readonly ExportedRow[]> {
  const [table] = await op.tx.rows<{
    period: string;
    districtId: string | null;
    methodVersion: number;
    kind: IndicatorKind;
    indicatorVersion: number;
    frozenOn: Date;
    values: (number | null)[];
    bases: (number | null)[] | null;
    parts: number;
    dimensions: { code: string; categories: string[]; labels: string[] }[];
  }>`select s.period, s.frozen_on as "frozenOn", s.method_version as "methodVersion", t.district_id as "districtId",
      i.kind::text as kind, i.version as "indicatorVersion", t.cells as values, t.bases, t.parts,
      (select coalesce(jsonb_agg(jsonb_build_object('code', d.code, 'categories', d.categories, 'labels', d.categories_fr)
        order by array_position(t.dimensions, d.code)), '[]')
        from snapshot_dimension d where d.snapshot_id = t.snapshot_id and d.code = any (t.dimensions)) as dimensions
    from snapshot_table t join snapshot s on s.id = t.snapshot_id join indicator i on i.id = t.indicator_id where t.id = ${tableId}::uuid`;
  if (table === undefined) throw new NotFoundError();
  const { period, indicatorVersion, frozenOn, dimensions } = table;
  const sizes = dimensions.map(({ categories }) => categories.length);
  return table.values.map((_, cell) => {
    const places = placesOf(sizes, cell);
    const categories = dimensions.map(({ code, categories: all, labels }, nth) => ({
      dimension: code,
      code: all[places[nth] ?? 0] ?? '',
      label: labels[places[nth] ?? 0] ?? '',
    }));
    return {
      period,
      indicatorVersion,
      frozenOn,
      categories: categories.map(({ code }) => code),
      labels: categories.map(({ label }) => label),
      ...figureAt(table, cell, categories),
    };
  });
}

/** The description of the columns of a file. */
export interface ExportSchema {
  readonly indicator: IndicatorRow;
  readonly dimensions: readonly DimensionRow[];
  readonly territories: readonly ExportedTerritory[];
  /** The day on which the last of its periods was frozen. */
  readonly frozenOn: Date;
}

/**
 * Describes the indicator and the dimensions of a file, as they were when its last period was frozen.
 * @throws NotFoundError, InvalidInputError, StatisticsRefusedError as for the file
 */
export async function describeExport(op: Operation, request: ExportRequest): Promise<ExportSchema> {
  const { indicator, tables, territories } = await planExport(op, request);
  const last = tables.at(-1)?.id ?? null;
  const [snapshot] = await op.tx.rows<{ frozenOn: Date }>`select s.frozen_on as "frozenOn"
    from snapshot_table t join snapshot s on s.id = t.snapshot_id where t.id = ${last}::uuid`;
  if (snapshot === undefined) throw new NotFoundError();
  const dimensions = await op.tx
    .rows<DimensionRow>`select d.code, d.label_fr as "labelFr", d.label_en as "labelEn",
      ${CATEGORIES_OF_DIMENSION} as categories
    from snapshot_table t join snapshot_dimension d on d.snapshot_id = t.snapshot_id and d.code = any (t.dimensions)
    where t.id = ${last}::uuid order by array_position(t.dimensions, d.code)`;
  return { indicator, dimensions, territories, ...snapshot };
}
