import { Prisma } from '../../../prisma/generated/client.js';
import type { IndicatorKind } from '../../../prisma/generated/enums.js';
import type { Operation } from '../../operation.js';
import { REPORT_SECTIONS, type ReportFigureOf, type ReportSectionOf } from '../../statistics/report.js';
import { requireOneDistrict } from '../operation/one-district.js';
import { type FigureRow, figureAt, withheldFigure } from './figures.js';
import { type CategoryRow, type DimensionRow, FROZEN_DIMENSION } from './frozen-dimensions.js';
import { type FunnelDotRow, funnelsOf } from './funnels.js';
import { type IndicatorRow, loadIndicator } from './indicators.js';

/** The parts of a report on which its figures depend. */
export interface ReportOf {
  readonly id: string | null;
  readonly districtId: string | null;
  readonly year: number;
  readonly isPublished: boolean;
}

/**
 * A line of a report: a category with its figure, that of the year before, and the county's. Each part carries what its policy judges.
 */
export interface ReportLineRow extends FigureRow {
  /** Null is the total. */
  readonly code: string | null;
  readonly labelFr: string | null;
  readonly labelEn: string | null;
  readonly yearBefore: number | null;
  readonly yearBeforeWithheld: FigureRow['withheld'];
  /** Both are null in the county's own report. */
  readonly county: number | null;
  readonly countyWithheld: FigureRow['withheld'];
  readonly isPublished: boolean;
}

/** A month of a figure. */
export interface ReportMonthRow extends FigureRow {
  /** `2026-03`. */
  readonly period: string;
  readonly isPublished: boolean;
}

/** A figure of a report, with its lines. */
export interface ReportFigureRow {
  readonly indicator: IndicatorRow;
  readonly dimension: (CategoryRow & { readonly isPublished: boolean }) | null;
  readonly lines: readonly ReportLineRow[];
  /** Empty unless it is given month by month. */
  readonly months: readonly ReportMonthRow[];
  /** For a rate, and for the team of the report, each district's rate without its name; empty otherwise. */
  readonly funnel: readonly FunnelDotRow[];
  /** The district of the report, by which the funnel is judged; null is the county. */
  readonly districtId: string | null;
  readonly isPublished: boolean;
}

/** The third next available appointment of a type in a year, for the district of the report. */
export interface ReportWaitRow {
  readonly typeCode: string;
  readonly labelFr: string;
  readonly labelEn: string;
  /** The mean of the weeks, in days to a tenth. A morning on which no time was free within 92 days counts as 92. */
  readonly days: number;
  readonly measuredWeeks: number;
  /** Of these, the weeks in which no time was free on any morning. */
  readonly fullWeeks: number;
  readonly isPublished: boolean;
}

/** A section of a report, with its figures. */
export interface ReportSectionRow {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly figures: readonly ReportFigureRow[];
  /** Empty but in the section that tells how people wait. */
  readonly thirdNext: readonly ReportWaitRow[];
  readonly isPublished: boolean;
}

interface CitedRow {
  readonly id: string;
  readonly indicatorId: string;
  readonly code: string;
  readonly districtId: string | null;
  /** True if no district has a figure of it in that period. */
  readonly isCountyAlone: boolean;
  readonly period: string;
  readonly methodVersion: number;
  readonly kind: IndicatorKind;
  readonly dimensions: readonly string[];
  readonly values: readonly (number | null)[];
  readonly bases: readonly (number | null)[] | null;
  readonly parts: number;
  readonly dimension: DimensionRow | null;
}

const MONTHS = Array.from({ length: 12 }, (_, nth) => String(nth + 1).padStart(2, '0'));
const ALL: readonly ReportFigureOf[] = REPORT_SECTIONS.flatMap(({ figures }) => figures);

interface Wanted {
  readonly period: string;
  readonly code: string;
  /** Empty is the total. */
  readonly by: string;
}

/** The SQL query for the tables that answer these, for a district or for the county. */
function idsOf(wanted: readonly Wanted[], districtId: string | null): Prisma.Sql {
  // Each case has its own condition: an index cannot serve "is not distinct from".
  const there =
    districtId === null ? Prisma.sql`t.district_id is null` : Prisma.sql`t.district_id = ${districtId}::uuid`;
  return Prisma.sql`select t.id
    from unnest(${wanted.map(({ period }) => period)}::text[], ${wanted.map(({ code }) => code)}::text[],
      ${wanted.map(({ by }) => by)}::text[]) w(period, code, by)
    join snapshot s on s.period = w.period
    join indicator i on i.code = w.code
    join snapshot_table t on t.snapshot_id = s.id and t.indicator_id = i.id and ${there}
      and t.dimensions = case when w.by = '' then '{}'::text[] else array[w.by] end`;
}

/**
 * The SQL query for the ids of a draft's tables: each figure of the year and of the year before, also in the county; month by month where
 * that is given.
 */
export function draftedTables({ districtId, year }: Pick<ReportOf, 'districtId' | 'year'>): Prisma.Sql {
  const ofPeriod = (period: number | string, figures = ALL): Wanted[] =>
    figures.map(({ indicator, by }) => ({ period: String(period), code: indicator, by: by ?? '' }));
  const monthly = ALL.filter((figure) => figure.monthly === true);
  const months = MONTHS.flatMap((month) => ofPeriod(`${year}-${month}`, monthly));
  const own = idsOf([...ofPeriod(year), ...ofPeriod(year - 1), ...months], districtId);
  return districtId === null ? own : Prisma.sql`${own} union all ${idsOf(ofPeriod(year), null)}`;
}

/** Returns the tables of a report: those that it cites once published; until then, those that it would cite. */
export function citedTables(op: Operation, report: ReportOf): Promise<readonly CitedRow[]> {
  const ids = report.isPublished
    ? Prisma.sql`select c.table_id as id from activity_report_table c where c.report_id = ${report.id}::uuid`
    : draftedTables(report);
  return op.tx
    .rows<CitedRow>`select t.id, t.indicator_id as "indicatorId", i.code, t.district_id as "districtId", not exists (select from snapshot_table o
        where o.snapshot_id = t.snapshot_id and o.indicator_id = t.indicator_id and o.district_id is not null) as "isCountyAlone", s.period,
      s.method_version as "methodVersion", i.kind::text as kind, t.dimensions, t.cells as values, t.bases, t.parts,
      (select ${FROZEN_DIMENSION} from snapshot_dimension d
        where d.snapshot_id = t.snapshot_id and d.code = t.dimensions[1]) as dimension
    from (${ids}) cited join snapshot_table t on t.id = cited.id
    join snapshot s on s.id = t.snapshot_id join indicator i on i.id = t.indicator_id
    order by s.period, i.code, t.dimensions`;
}

/** Returns the ids of the tables that a report cites when it is published; empty if its year is not frozen. */
export async function tablesToCite(op: Operation, report: ReportOf): Promise<readonly string[]> {
  const tables = await citedTables(op, report);
  if (!tables.some(({ period }) => period === String(report.year))) return [];
  const told = REPORT_SECTIONS.filter((section) => isTold(section, report, tables)).flatMap(
    ({ figures }) => figures,
  );
  return tables.filter((table) => told.some((of) => isOf(table, of))).map(({ id }) => id);
}

const isOf = (table: CitedRow, { indicator, by }: ReportFigureOf): boolean =>
  table.code === indicator && (table.dimensions[0] ?? null) === by;

/**
 * True if a section is told. One that is told whole or not at all has a table for each of its figures, and its guards have one of the same
 * territory. What is published stays, also if it was published before that rule.
 */
function isTold(
  { together, figures }: ReportSectionOf,
  { districtId, year, isPublished }: ReportOf,
  tables: readonly CitedRow[],
): boolean {
  if (together !== true || isPublished) return true;
  const counted = tables.filter(({ period }) => period === String(year));
  return figures.every((of) =>
    counted.some(
      (table) =>
        isOf(table, of) && (table.districtId === districtId || (of.guard !== true && table.isCountyAlone)),
    ),
  );
}

/** Returns the figure of a category in a table, which may be of another year or territory. Null is the total. */
function figureIn(table: CitedRow | undefined, category: string | null): FigureRow {
  const categories = table?.dimension?.categories ?? [];
  const place = category === null ? 0 : categories.findIndex(({ code }) => code === category);
  if (table === undefined || place < 0) return withheldFigure('NOT_FROZEN');
  const at = category === null ? [] : [{ dimension: table.dimensions[0] ?? '', code: category }];
  return figureAt(table, place, at);
}

/** The county's own report has no county beside its figures. */
const NO_COUNTY = withheldFigure(null);

/**
 * Returns the sections of a report with their figures, without those that were not counted that year.
 * @throws StatisticsRefusedError RANKING for the figures of a second district in an operation: reports are listed, and read one by one
 */
export async function loadReportSections(
  op: Operation,
  report: ReportOf,
): Promise<readonly ReportSectionRow[]> {
  requireOneDistrict(op, report.districtId, 'sections');
  const tables = await citedTables(op, report);
  const { isPublished, districtId } = report;
  const rates = tables.filter(
    (table) =>
      table.kind === 'RATE' &&
      table.period === String(report.year) &&
      table.districtId === districtId &&
      table.dimensions.length === 0,
  );
  const funnels = await funnelsOf(op, rates, districtId);
  const told = REPORT_SECTIONS.filter((section) => isTold(section, report, tables));
  const sections = told.map(async ({ code, labelFr, labelEn, figures, thirdNext }) => ({
    code,
    labelFr,
    labelEn,
    isPublished,
    thirdNext: thirdNext === true ? await loadThirdNext(op, report) : [],
    figures: (await Promise.all(figures.map((of) => figureOf(op, report, { tables, funnels }, of)))).filter(
      (figure) => figure !== null,
    ),
  }));
  return (await Promise.all(sections)).filter(({ figures }) => figures.length > 0);
}

/** Returns the third next available of the report's year, by type. The county's own report has none: a county has no wait of its own. */
export async function loadThirdNext(
  op: Operation,
  { districtId, year, isPublished }: ReportOf,
): Promise<readonly ReportWaitRow[]> {
  if (districtId === null) return [];
  const rows = await op.tx.rows<
    Omit<ReportWaitRow, 'isPublished'>
  >`select w.type_code as "typeCode", t.label_fr as "labelFr",
      t.label_en as "labelEn", w.days::double precision as days, w.measured as "measuredWeeks", w.without_time as "fullWeeks"
    from third_next_of_year(${districtId}::uuid, ${year}) w join appointment_type t on t.code = w.type_code order by w.type_code`;
  return rows.map((row) => ({ ...row, isPublished }));
}

/** The tables and the funnels from which the figures of a report are made. */
interface Cited {
  readonly tables: readonly CitedRow[];
  readonly funnels: ReadonlyMap<string, readonly FunnelDotRow[]>;
}

async function figureOf(
  op: Operation,
  { districtId, year, isPublished }: ReportOf,
  { tables, funnels }: Cited,
  { indicator: code, by, monthly }: ReportFigureOf,
): Promise<ReportFigureRow | null> {
  const find = (period: string, territory: string | null): CitedRow | undefined =>
    tables.find(
      (table) =>
        table.code === code &&
        table.period === period &&
        table.districtId === territory &&
        (table.dimensions[0] ?? null) === by,
    );
  const [own, before, county] = [
    find(String(year), districtId),
    find(String(year - 1), districtId),
    find(String(year), null),
  ];
  const counted = own ?? county;
  const indicator = counted === undefined ? null : await loadIndicator(op, counted.indicatorId);
  // What is given for the county alone stands in a district's report too, with the county's figure.
  if (counted === undefined || indicator === null || (own === undefined && !counted.isCountyAlone))
    return null;
  const categories: readonly (CategoryRow | null)[] = counted.dimension?.categories ?? [null];
  return {
    indicator,
    dimension: counted.dimension === null ? null : { ...counted.dimension, isPublished },
    funnel: funnels.get(own?.id ?? '') ?? [],
    districtId,
    isPublished,
    lines: categories.map((category) => {
      const code = category?.code ?? null;
      const figure = own === undefined ? withheldFigure('COUNTY_ALONE') : figureIn(own, code);
      const past = figureIn(before, code);
      const whole = districtId === null ? NO_COUNTY : figureIn(county, code);
      return {
        code,
        labelFr: category?.labelFr ?? null,
        labelEn: category?.labelEn ?? null,
        ...figure,
        yearBefore: past.value,
        yearBeforeWithheld: past.withheld,
        county: whole.value,
        countyWithheld: whole.withheld,
        isPublished,
      };
    }),
    months:
      monthly === true
        ? tables
            .filter(
              (table) =>
                table.code === code && /^\d{4}-\d\d$/.test(table.period) && table.dimensions.length === 0,
            )
            .map((table) => ({ period: table.period, isPublished, ...figureIn(table, null) }))
        : [],
  };
}
