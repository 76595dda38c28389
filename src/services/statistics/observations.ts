import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import {
  isReportingClient,
  readsStatistics,
  speaksInTeam,
  whereReadsStatistics,
  whereReadsWords,
} from '../../access/statistics/statistics.js';
import { ForbiddenError, InvalidInputError, NotFoundError } from '../../errors.js';
import type { AddObservationInput } from '../../generated/inputs.js';
import type { Operation } from '../../operation.js';
import { requireDistrict } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { requireBody } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { dayInParis, toDay } from '../operation/period.js';
import { isIndicatorCode, loadVersions } from './indicators.js';

/** An observation of a member of a team on an indicator and a year, about what no figure shows. */
export interface ObservationRow {
  readonly id: string;
  readonly code: string;
  readonly districtId: string;
  readonly year: number;
  readonly body: string;
  readonly statedOn: Date;
  /** The day on which somebody else than the author had read it; null until then. */
  readonly confirmedOn: Date | null;
  readonly isConfirmed: boolean;
  /** True if the report of that year was published with it. */
  readonly isPublished: boolean;
}

const OBSERVATION = Prisma.sql`o.id, o.code, o.district_id as "districtId", o.year, o.body, o.stated_on as "statedOn",
  o.confirmed_on as "confirmedOn", o.confirmed_on is not null as "isConfirmed",
  exists (select from activity_report r where r.district_id = o.district_id and r.year = o.year and r.published_on >= o.confirmed_on)
    as "isPublished"`;

/** The viewer reads what teams observe: a reporting client, once somebody else than the author has read it. */
const readable = (op: Operation): Prisma.Sql =>
  Prisma.sql`${whereReadsStatistics(op.viewer)} and ${whereReadsWords(op.viewer, Prisma.sql`o`)}`;

/** The filter of `listObservations`. */
export interface ObservationFilter {
  readonly districtId: string;
  readonly year: number;
  readonly code?: string | null;
}

/**
 * Lists the observations of a district and a year, by indicator; 100 at most.
 * @throws ForbiddenError; NotFoundError
 */
export async function listObservations(
  op: Operation,
  filter: ObservationFilter,
): Promise<readonly ObservationRow[]> {
  if (!readsStatistics(op.viewer)) throw new ForbiddenError();
  if (isReportingClient(op.viewer)) op.log.record('READ_STATISTICS');
  const districtId = await requireDistrict(op, filter.districtId, 'districtId');
  if (filter.code != null && !isIndicatorCode(filter.code)) return [];
  const ofCode = filter.code == null ? Prisma.sql`true` : Prisma.sql`o.code = ${filter.code}`;
  return op.tx.rows<ObservationRow>`select ${OBSERVATION} from indicator_observation o
    where o.district_id = ${districtId}::uuid and o.year = ${filter.year} and ${ofCode} and ${readable(op)}
    order by o.code, o.stated_on, o.id limit 100`;
}

/**
 * Lists the observations of a report: all for a draft; for a published report, those that somebody else than the author had read before it
 * was published. The county's report has none.
 */
export async function listReportedObservations(
  op: Operation,
  report: { readonly districtId: string | null; readonly year: number; readonly publishedOn: Date | null },
): Promise<readonly ObservationRow[]> {
  if (report.districtId === null) return [];
  const which =
    report.publishedOn === null
      ? readable(op)
      : Prisma.sql`o.confirmed_on <= ${toDay(report.publishedOn)}::date`;
  return op.tx.rows<ObservationRow>`select ${OBSERVATION} from indicator_observation o
    where o.district_id = ${report.districtId}::uuid and o.year = ${report.year} and ${which}
    order by o.code, o.stated_on, o.id limit 100`;
}

/**
 * Adds an observation, of a member of the team. It is not the team's word, which takes signatures.
 * @throws NotFoundError; ForbiddenError; InvalidInputError
 */
export async function addObservation(
  op: Operation,
  input: AddObservationInput,
): Promise<ObservationRow | null> {
  const id = await once(op, 'addObservation', input, async () => {
    op.log.attempt('ADD_OBSERVATION');
    const districtId = await requireDistrict(op, input.districtId, 'input.districtId');
    if (!speaksInTeam(op.viewer, districtId)) throw new ForbiddenError();
    const body = requireBody('input.text', input.text, LONGEST.paragraph);
    const thisYear = Number(dayInParis(op.now).slice(0, 4));
    if (input.year > thisYear || input.year < thisYear - 3)
      throw new InvalidInputError('input.year', 'observedYear');
    const known = await loadVersions(op, input.code);
    if (!known.some(({ status }) => status === 'ADOPTED' || status === 'RETIRED'))
      throw new NotFoundError('input.code');
    const observationId = randomUUID();
    await op.tx.run`insert into indicator_observation (id, code, district_id, year, body, stated_on)
      values (${observationId}::uuid, ${input.code}, ${districtId}::uuid, ${input.year}, ${body}, ${dayInParis(op.now)}::date)`;
    return observationId;
  });
  const [row] = await op.tx.rows<ObservationRow>`select ${OBSERVATION} from indicator_observation o
    where o.id = ${id}::uuid and ${readable(op)}`;
  return row ?? null;
}
