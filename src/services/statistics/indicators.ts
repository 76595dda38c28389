import { Prisma } from '../../../prisma/generated/client.js';
import type {
  IndicatorKind,
  IndicatorRefusal,
  IndicatorStatus,
  IndicatorUnit,
} from '../../../prisma/generated/enums.js';
import { uuids } from '../../access/operation/sql.js';
import { whereReadsWords } from '../../access/statistics/statistics.js';
import { batched, byKey, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { DIMENSIONS, isDimension } from '../../statistics/dimensions.js';
import { MEASURES, type Measure, measureOf, wordsOfMeasure } from '../../statistics/measures.js';
import {
  type ProgrammeTable,
  programmeOf,
  type Territory,
  tablesOfPeriod,
} from '../../statistics/programme.js';
import { parseId } from '../operation/input.js';

/** A version of an indicator, in words that were agreed on. */
export interface IndicatorRow {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly definitionFr: string;
  readonly countsFr: string;
  readonly doesNotCountFr: string;
  readonly measure: string | null;
  readonly unit: IndicatorUnit;
  readonly kind: IndicatorKind;
  readonly dimensions: readonly string[];
  /** The territory by which it is given; null until it is adopted. */
  readonly givenBy: Territory | null;
  readonly status: IndicatorStatus;
  readonly proposedInId: string | null;
  readonly proposedOn: Date;
  /** Days, both included. */
  readonly consultedFrom: Date | null;
  readonly consultedUntil: Date | null;
  /** True if the teams are asked, or were asked, a second time. */
  readonly askedAgain: boolean;
  /** The day on which somebody else than the author had read its words; null until then. */
  readonly confirmedOn: Date | null;
  readonly adoptedOn: Date | null;
  readonly retiredOn: Date | null;
  readonly refusal: IndicatorRefusal | null;
  readonly refusalText: string | null;
}

/** The measures that are given for the county alone. The trial of an adoption does not change that. */
const OF_COUNTY_ALONE = Object.entries(MEASURES).flatMap(([code, measure]: [string, Measure]) =>
  measure.isOfQuartersAlone === true ? [code] : [],
);
const INDICATOR = Prisma.sql`i.id, i.code, i.version, i.label_fr as "labelFr", i.label_en as "labelEn", i.definition_fr as "definitionFr",
  i.counts_fr as "countsFr", i.does_not_count_fr as "doesNotCountFr", i.measure, i.unit::text as unit, i.kind::text as kind, i.dimensions,
  case when i.given_by is not null and i.measure = any (${OF_COUNTY_ALONE}::text[]) then 'COUNTY' else i.given_by::text end as "givenBy", i.status::text as status, i.proposed_in_id as "proposedInId", i.proposed_on as "proposedOn",
  i.consulted_from as "consultedFrom", i.consulted_until as "consultedUntil", i.asked_again as "askedAgain", i.confirmed_on as "confirmedOn", i.adopted_on as "adoptedOn", i.retired_on as "retiredOn",
  i.refusal::text as refusal, i.refusal_text as "refusalText"`;

/** A proposal whose words nobody else has read yet is the county's workers'. */
const readable = (op: Operation): Prisma.Sql => whereReadsWords(op.viewer, Prisma.sql`i`);

/** True if an indicator may have this code. No indicator has any other text, and some texts no database accepts. */
export function isIndicatorCode(code: string): boolean {
  return /^[A-Z][A-Z0-9_]{2,39}$/.test(code);
}

/**
 * Lists the indicators of a status, by code and version; of every status unless one is named; 500 at most. They are public, once somebody
 * else has read their words.
 */
export async function listIndicators(
  op: Operation,
  { status, code }: { readonly status?: IndicatorStatus | null; readonly code?: string | null },
): Promise<readonly IndicatorRow[]> {
  if (code != null && !isIndicatorCode(code)) return [];
  const ofStatus = status == null ? Prisma.sql`true` : Prisma.sql`i.status = ${status}::"IndicatorStatus"`;
  const ofCode = code == null ? Prisma.sql`true` : Prisma.sql`i.code = ${code}`;
  return op.tx
    .rows<IndicatorRow>`select ${INDICATOR} from indicator i where ${ofStatus} and ${ofCode} and ${readable(op)}
    order by i.code, i.version limit 500`;
}

/** Returns the versions of an indicator, of every status, the oldest first; none for an unknown code. */
export async function loadVersions(op: Operation, code: string): Promise<readonly IndicatorRow[]> {
  if (!isIndicatorCode(code)) return [];
  const versions = await batched(op, 'indicator-versions', async (codes) =>
    groupedBy(
      await op.tx
        .rows<IndicatorRow>`select ${INDICATOR} from indicator i where i.code = any (${codes}::text[]) and ${readable(op)}
        order by i.code, i.version`,
      (row) => row.code,
    ),
  ).load(code);
  return versions ?? [];
}

/** Returns one version of an indicator, or null. */
export function loadIndicator(op: Operation, id: string): Promise<IndicatorRow | null> {
  const key = parseId(id);
  if (key === null) return Promise.resolve(null);
  return batched(op, 'indicator', async (ids) =>
    byKey(
      await op.tx
        .rows<IndicatorRow>`select ${INDICATOR} from indicator i where i.id = any (${uuids(ids)}) and ${readable(op)}`,
      (row) => row.id,
    ),
  ).load(key);
}

/** Lists the dimensions by which an indicator may be broken down, in words. */
export function dimensionsOf({
  dimensions,
  measure,
}: Pick<IndicatorRow, 'dimensions' | 'measure'>): readonly {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
}[] {
  const known: readonly string[] = (measure === null ? null : measureOf(measure)?.dimensions) ?? [];
  return dimensions
    .filter((code) => known.includes(code))
    .filter(isDimension)
    .map((code) => ({ code, labelFr: DIMENSIONS[code].labelFr, labelEn: DIMENSIONS[code].labelEn }));
}

/** Returns the counted fact, in words made from the measure, so that no label claims something else. Null if no measure records it. */
export function countedFact({ measure }: Pick<IndicatorRow, 'measure'>): {
  readonly fr: string | null;
  readonly en: string | null;
} {
  const known = measure === null ? null : measureOf(measure);
  return known === null ? { fr: null, en: null } : wordsOfMeasure(known);
}

/**
 * Lists every table that is released for an indicator, to everyone. Empty if no measure counts it.
 * @param period restricts the list to that period, by its name
 */
export function programmeOfIndicator(
  { measure: code, dimensions, givenBy }: Pick<IndicatorRow, 'measure' | 'dimensions' | 'givenBy'>,
  period?: string,
): readonly ProgrammeTable[] {
  const measure = code === null ? null : measureOf(code);
  if (measure === null) return [];
  const programme = programmeOf({ measure, dimensions, givenBy });
  return period === undefined ? programme : tablesOfPeriod(programme, period);
}

/**
 * Returns the SQL text of the database function that counts, and of each function that it calls, as they are in the database. Null if no
 * measure counts it.
 */
export async function countingSqlOf(
  op: Operation,
  { measure }: Pick<IndicatorRow, 'measure'>,
): Promise<string | null> {
  if (measure === null || measureOf(measure) === null) return null;
  const found = await batched(op, 'countingSql', async (measures) =>
    byKey(
      await op.tx.rows<{ measure: string; text: string }>`
        with recursive called(measure, f) as (
          select m, to_regprocedure('records_of_' || lower(m) || '(timestamptz, timestamptz)')::oid from unnest(${[...measures]}::text[]) m
          union
          select c.measure, d.refobjid from called c
          join pg_depend d on d.classid = 'pg_proc'::regclass and d.objid = c.f and d.refclassid = 'pg_proc'::regclass)
        select c.measure, string_agg(pg_get_functiondef(p.oid), E'\n' order by p.proname not like 'records\_of\_%', p.proname) as text
        from called c join pg_proc p on p.oid = c.f and p.pronamespace = 'public'::regnamespace group by c.measure`,
      (row) => row.measure,
    ),
  ).load(measure);
  return found?.text ?? null;
}
