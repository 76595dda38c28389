import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import {
  decidesOnIndicators,
  readsDrafts,
  signsErrata,
  whereReadsReport,
} from '../../access/statistics/statistics.js';
import { CHECK_VIOLATION, sqlStateOf } from '../../database/failure.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { ProposeErratumInput, SignErratumInput, WithdrawErratumInput } from '../../generated/inputs.js';
import { batched, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { saysNumber } from '../../statistics/says-number.js';
import { requireDistrict } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { optionalBody, parseId, requireBody } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { dayInParis } from '../operation/period.js';
import { isIndicatorCode } from './indicators.js';
import { requirePeriod } from './statistics.js';

/** An error in a frozen figure or a published report, which stays as it is. */
export interface ErratumRow {
  readonly id: string;
  /** `2026-03` or `2026`. */
  readonly period: string;
  /** The indicator's code; null is the report of that year. */
  readonly indicator: string | null;
  /** Null is the county. */
  readonly districtId: string | null;
  readonly textFr: string;
  readonly textEn: string | null;
  /** True if the report is not to be used any more. */
  readonly recalls: boolean;
  readonly proposedBy: string;
  readonly signedBy: string | null;
  readonly publishedOn: Date | null;
  /** The first day on which nobody may sign it any more; null once it is published. */
  readonly lapsesOn: Date | null;
  readonly isPublished: boolean;
}

const ERRATUM = Prisma.sql`e.id, e.period, e.indicator_code as indicator, e.district_id as "districtId", e.text_fr as "textFr",
  e.text_en as "textEn", e.recalls, e.proposed_by as "proposedBy", e.signed_by as "signedBy", e.published_on as "publishedOn",
  case when e.published_on is null then erratum_lapses_on(e.proposed_on) end as "lapsesOn", e.published_on is not null as "isPublished"`;
/** The most errata of a list, in the text of its statement: a plan for any length would expect a tenth of all. */
const MOST = Prisma.raw('100');

/** The filters of `listErrata`: the period and the indicator. */
export interface ErrataFilter {
  readonly period?: string | null;
  readonly indicator?: string | null;
}

/**
 * Lists the published errata, the latest first; 100 at most.
 * @throws InvalidInputError period
 */
export async function listErrata(op: Operation, filter: ErrataFilter): Promise<readonly ErratumRow[]> {
  if (filter.period != null) requirePeriod(filter.period);
  if (filter.indicator != null && !isIndicatorCode(filter.indicator)) return [];
  const ofPeriod = filter.period == null ? Prisma.sql`true` : Prisma.sql`e.period = ${filter.period}`;
  const ofIndicator =
    filter.indicator == null ? Prisma.sql`true` : Prisma.sql`e.indicator_code = ${filter.indicator}`;
  return op.tx.rows<ErratumRow>`select ${ERRATUM} from erratum e
    where e.published_on is not null and ${ofPeriod} and ${ofIndicator} order by e.published_on desc, e.id limit ${MOST}`;
}

/**
 * Lists the errata that nobody has signed yet, for sixty days, the latest first; 100 at most.
 * @throws ForbiddenError to a viewer who reads no drafts
 */
export async function listErrataToSign(op: Operation): Promise<readonly ErratumRow[]> {
  if (!readsDrafts(op.viewer)) throw new ForbiddenError();
  return op.tx.rows<ErratumRow>`select ${ERRATUM} from erratum e
    where e.published_on is null and e.withdrawn_on is null and erratum_lapses_on(e.proposed_on) > ${dayInParis(op.now)}::date
      and ${whereReadsReport(op.viewer, Prisma.sql`e`)}
    order by erratum_lapses_on(e.proposed_on) desc, e.id limit ${MOST}`;
}

/** Lists the published errata of a table of figures, by its indicator, period and territory; the latest first, 100 at most. */
export async function errataOfTable(
  op: Operation,
  table: { readonly indicatorCode: string; readonly period: string; readonly districtId: string | null },
): Promise<readonly ErratumRow[]> {
  return errataOf(op, {
    indicator: table.indicatorCode,
    periods: [table.period],
    districtId: table.districtId,
  });
}

/**
 * Lists the published errata of a report: first those about the report itself, then those about each figure of its territory, year and
 * months; 100 at most.
 */
export async function errataOfReport(
  op: Operation,
  report: { readonly year: number; readonly districtId: string | null },
): Promise<readonly ErratumRow[]> {
  return errataOf(op, { indicator: null, periods: periodsOf(report.year), districtId: report.districtId });
}

/** Returns a year and its months. */
function periodsOf(year: number): readonly string[] {
  const months = Array.from({ length: 12 }, (_, nth) => `${year}-${String(nth + 1).padStart(2, '0')}`);
  return [String(year), ...months];
}

interface Cited {
  /** Null is the report, and every indicator. */
  readonly indicator: string | null;
  readonly periods: readonly string[];
  readonly districtId: string | null;
}

async function errataOf(op: Operation, cited: Cited): Promise<readonly ErratumRow[]> {
  const found = await batched(op, 'errata', async (keys) =>
    groupedBy(
      await op.tx.rows<ErratumRow & { readonly key: string }>`select c.key, e.*
        from unnest(${keys}::text[]) c(key) cross join lateral (
          select ${ERRATUM} from erratum e
          where e.published_on is not null and e.district_id is not distinct from (c.key::jsonb ->> 'districtId')::uuid
            and e.period = any (array(select jsonb_array_elements_text(c.key::jsonb -> 'periods')))
            and (c.key::jsonb ->> 'indicator' is null or e.indicator_code = c.key::jsonb ->> 'indicator')
          order by e.indicator_code is not null, e.published_on desc, e.id limit ${MOST}) e`,
      (row) => row.key,
    ),
  ).load(JSON.stringify(cited));
  return found ?? [];
}

async function loadErratum(op: Operation, id: string): Promise<ErratumRow | null> {
  const key = parseId(id);
  if (key === null) return null;
  const [row] = await op.tx.rows<ErratumRow>`select ${ERRATUM} from erratum e
    where e.id = ${key}::uuid and ${whereReadsReport(op.viewer, Prisma.sql`e`)}`;
  return row ?? null;
}

/**
 * Writes an erratum, for a technical adviser, in their own name. It is published only after somebody else has signed it.
 * @throws ForbiddenError; NotFoundError for an unknown indicator or district, and if no such figure or report was published;
 * InvalidInputError; its code is `saysNumber` for a text with a number
 */
export async function proposeErratum(op: Operation, input: ProposeErratumInput): Promise<ErratumRow | null> {
  const id = await once(op, 'proposeErratum', input, async () => {
    if (!decidesOnIndicators(op.viewer)) throw new ForbiddenError();
    requirePeriod(input.period, 'input.period');
    const indicator = input.indicator ?? null;
    if (indicator !== null && !isIndicatorCode(indicator)) throw new NotFoundError('input.indicator');
    if (indicator === null && input.period.length !== 4)
      throw new InvalidInputError('input.indicator', 'required');
    const recalls = input.recallsReport === true;
    if (recalls && indicator !== null) throw new InvalidInputError('input.recallsReport', 'invalidValue');
    const districtId =
      input.districtId == null ? null : await requireDistrict(op, input.districtId, 'input.districtId');
    const textFr = requireBody('input.textFr', input.textFr, LONGEST.paragraph);
    const textEn = optionalBody('input.textEn', input.textEn, LONGEST.paragraph);
    const year = Number(input.period.slice(0, 4));
    if (saysNumber(textFr, year)) throw new InvalidInputError('input.textFr', 'saysNumber');
    if (textEn !== null && saysNumber(textEn, year))
      throw new InvalidInputError('input.textEn', 'saysNumber');
    const erratumId = randomUUID();
    await op.tx
      .run`insert into erratum (id, period, indicator_code, district_id, text_fr, text_en, recalls, proposed_by_id, proposed_on)
      values (${erratumId}::uuid, ${input.period}, ${indicator}, ${districtId}::uuid, ${textFr}, ${textEn}, ${recalls},
        ${op.viewer.workerId}::uuid, ${dayInParis(op.now)}::date)`.catch((error: unknown) => {
      if (sqlStateOf(error) === CHECK_VIOLATION) throw new NotFoundError('input.period');
      throw error;
    });
    return erratumId;
  });
  return loadErratum(op, id);
}

/**
 * Signs an erratum, which publishes it: a technical adviser or the data protection officer signs, who did not write it.
 * @throws NotFoundError; ForbiddenError to the worker who wrote it; ConflictError STATE_CHANGED once it is published, withdrawn or sixty
 * days old
 */
export async function signErratum(op: Operation, input: SignErratumInput): Promise<ErratumRow | null> {
  const id = await once(op, 'signErratum', input, async () => {
    if (!signsErrata(op.viewer)) throw new ForbiddenError();
    const erratum = await loadErratum(op, input.id);
    if (erratum === null) throw new NotFoundError('input.id');
    const [own] = await op.tx.rows`select from erratum e
      where e.id = ${erratum.id}::uuid and e.proposed_by_id = ${op.viewer.workerId}::uuid`;
    if (own !== undefined) throw new ForbiddenError();
    const signed = await op.tx.run`update erratum set signed_by_id = ${op.viewer.workerId}::uuid,
        published_on = ${dayInParis(op.now)}::date where id = ${erratum.id}::uuid and published_on is null and withdrawn_on is null
        and erratum_lapses_on(proposed_on) > ${dayInParis(op.now)}::date`;
    if (signed === 0) throw new ConflictError('STATE_CHANGED');
    return erratum.id;
  });
  return loadErratum(op, id);
}

/**
 * Withdraws an erratum that nobody has signed, for the adviser who wrote it.
 * @throws ForbiddenError; NotFoundError, also for another adviser's; ConflictError STATE_CHANGED once it is published, or withdrawn
 */
export async function withdrawErratum(
  op: Operation,
  input: WithdrawErratumInput,
): Promise<ErratumRow | null> {
  const id = await once(op, 'withdrawErratum', input, async () => {
    if (!decidesOnIndicators(op.viewer)) throw new ForbiddenError();
    const [own] = await op.tx.rows<{ id: string }>`select e.id from erratum e
      where e.id = ${parseId(input.id)}::uuid and e.proposed_by_id = ${op.viewer.workerId}::uuid`;
    if (own === undefined) throw new NotFoundError('input.id');
    const gone = await op.tx.run`update erratum set withdrawn_on = ${dayInParis(op.now)}::date
      where id = ${own.id}::uuid and published_on is null and withdrawn_on is null`;
    if (gone === 0) throw new ConflictError('STATE_CHANGED');
    return own.id;
  });
  return loadErratum(op, id);
}
