import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/generated/client.js';
import { decidesOnIndicators, readsReport, statesNarrative, whereReadsReport } from '../access/statistics.js';
import { ConflictError, ForbiddenError, NotFoundError, StatisticsRefusedError } from '../errors.js';
import type { Operation } from '../operation.js';
import { loadDistrict } from './directory.js';
import { once } from './idempotency.js';
import { parseId, requireBody, requireText } from './input.js';
import { dayInParis } from './period.js';
import { tablesToCite } from './report-figures.js';

/** A report of a year: what its team says, and since when it is everyone's. */
export interface ActivityReportRow {
  /** Null where nobody has said anything yet. */
  readonly id: string | null;
  /** Null is the county. */
  readonly districtId: string | null;
  readonly year: number;
  readonly narrative: string | null;
  readonly signedBy: string | null;
  readonly declined: boolean;
  readonly statedOn: Date | null;
  readonly snapshotVersion: number | null;
  readonly socialWorkers: number | null;
  readonly receptionists: number | null;
  readonly publishedOn: Date | null;
  /** 0 where nobody has said anything yet. */
  readonly version: number;
  readonly isPublished: boolean;
}

const REPORT = Prisma.sql`r.id, r.district_id as "districtId", r.year, r.narrative, r.signed_by as "signedBy", r.declined,
  r.stated_on as "statedOn", r.snapshot_version as "snapshotVersion", r.social_workers as "socialWorkers", r.receptionists,
  r.published_on as "publishedOn", r.version, r.published_on is not null as "isPublished"`;

/** The published reports, the latest year first, the county before its districts, which are in the order of their names; 200 at most. */
export function listPublishedReports(op: Operation): Promise<readonly ActivityReportRow[]> {
  return op.tx
    .rows<ActivityReportRow>`select ${REPORT} from activity_report r left join district d on d.id = r.district_id
    where r.published_on is not null order by r.year desc, d.name nulls first, r.id limit 200`;
}

async function requireTerritory(
  op: Operation,
  districtId: string | null | undefined,
  field: string,
): Promise<string | null> {
  if (districtId == null) return null;
  const id = parseId(districtId);
  if (id === null || (await loadDistrict(op, id)) === null) throw new NotFoundError(field);
  return id;
}

function readReport(op: Operation, districtId: string | null, year: number) {
  return op.tx.rows<ActivityReportRow>`select ${REPORT} from activity_report r
    where r.district_id is not distinct from ${districtId}::uuid and r.year = ${year} and ${whereReadsReport(op.viewer, Prisma.sql`r`)}`;
}

/**
 * The report of a district, or of the county, and a year. Before anyone has said anything in it there is its draft, for whoever reads
 * drafts, once the year is frozen. What is not published is not there for anyone else.
 * @throws NotFoundError
 */
export async function loadActivityReport(
  op: Operation,
  { districtId, year }: { readonly districtId?: string | null; readonly year: number },
  yearField = 'year',
): Promise<ActivityReportRow> {
  const territory = await requireTerritory(op, districtId, 'districtId');
  const [found] = await readReport(op, territory, year);
  if (found !== undefined) {
    if (found.isPublished) return found;
    return { ...found, ...(await meansOf(op, territory, year)) };
  }
  if (!readsReport(op.viewer, { isPublished: false }) || !(await isFrozen(op, year)))
    throw new NotFoundError(yearField);
  return {
    id: null,
    districtId: territory,
    year,
    narrative: null,
    signedBy: null,
    declined: false,
    statedOn: null,
    snapshotVersion: null,
    publishedOn: null,
    version: 0,
    isPublished: false,
    ...(await meansOf(op, territory, year)),
  };
}

async function isFrozen(op: Operation, year: number): Promise<boolean> {
  const rows = await op.tx.rows`select from snapshot s where s.period = ${String(year)} limit 1`;
  return rows.length > 0;
}

interface Means {
  readonly socialWorkers: number | null;
  readonly receptionists: number | null;
}

async function meansOf(op: Operation, districtId: string | null, year: number): Promise<Means> {
  const [means] = await op.tx.rows<Means>`select m.social_workers as "socialWorkers", m.receptionists
    from means_of(${districtId}::uuid, ${year}::integer) m`;
  return means ?? { socialWorkers: null, receptionists: null };
}

interface StateInput {
  readonly districtId?: string | null;
  readonly year: number;
  readonly expectedVersion?: number | null;
}

export interface WriteNarrativeInput extends StateInput {
  readonly text: string;
  readonly signedBy: string;
}

/** Writes what the team says of its year, signed in its name; again, with the version that was read, to write it anew. */
export function writeNarrative(op: Operation, input: WriteNarrativeInput): Promise<ActivityReportRow> {
  return state(op, 'writeNarrative', input, {
    text: requireBody('input.text', input.text, 20_000),
    signedBy: requireText('input.signedBy', input.signedBy, 200),
  });
}

/** States that the team declines to write one: the figures stand without its words. */
export function declineNarrative(op: Operation, input: StateInput): Promise<ActivityReportRow> {
  return state(op, 'declineNarrative', input, null);
}

async function state(
  op: Operation,
  name: string,
  input: StateInput,
  narrative: { readonly text: string; readonly signedBy: string } | null,
): Promise<ActivityReportRow> {
  await once(op, name, input, async () => {
    const territory = await requireTerritory(op, input.districtId, 'input.districtId');
    if (!statesNarrative(op.viewer, territory)) throw new ForbiddenError();
    if (!(await isFrozen(op, input.year))) throw new StatisticsRefusedError('NOT_FROZEN', 'input.year');
    const [text, signedBy, today] = [
      narrative?.text ?? null,
      narrative?.signedBy ?? null,
      dayInParis(op.now),
    ];
    const [found] = await readReport(op, territory, input.year);
    if (found?.isPublished === true) throw new ConflictError('STATE_CHANGED');
    const id = randomUUID();
    const written =
      (input.expectedVersion ?? 0) === 0
        ? await op.tx
            .run`insert into activity_report (id, district_id, year, narrative, signed_by, declined, stated_on)
            values (${id}::uuid, ${territory}::uuid, ${input.year}, ${text}, ${signedBy}, ${narrative === null}, ${today}::date)
            on conflict do nothing`
        : await op.tx
            .run`update activity_report set narrative = ${text}, signed_by = ${signedBy}, declined = ${narrative === null},
            stated_on = ${today}::date, version = version + 1
            where district_id is not distinct from ${territory}::uuid and year = ${input.year} and version = ${input.expectedVersion}`;
    if (written === 0) throw new ConflictError('VERSION_CHANGED');
    return found?.id ?? id;
  });
  return loadActivityReport(op, input);
}

/**
 * Publishes a report, for good: its figures as they are frozen now, the means, and what the team says, or that it declined.
 * @throws StatisticsRefusedError NOT_FROZEN; ConflictError where the team has said nothing yet, or it is published
 */
export async function publishActivityReport(
  op: Operation,
  input: { readonly districtId?: string | null; readonly year: number },
): Promise<ActivityReportRow> {
  await once(op, 'publishActivityReport', input, async () => {
    if (!decidesOnIndicators(op.viewer)) throw new ForbiddenError();
    const territory = await requireTerritory(op, input.districtId, 'input.districtId');
    const report = await loadActivityReport(op, { districtId: territory, year: input.year }, 'input.year');
    if (report.id === null || report.isPublished) throw new ConflictError('STATE_CHANGED');
    const { version, ids } = await tablesToCite(op, report);
    if (version === null) throw new StatisticsRefusedError('NOT_FROZEN', 'input.year');
    await op.tx.run`insert into activity_report_table (report_id, table_id)
      select ${report.id}::uuid, id from unnest(${[...ids]}::uuid[]) id`;
    const changed = await op.tx
      .run`update activity_report set published_on = ${dayInParis(op.now)}::date, snapshot_version = ${version},
        social_workers = ${report.socialWorkers}, receptionists = ${report.receptionists}, version = version + 1
      where id = ${report.id}::uuid and published_on is null and version = ${report.version}`;
    if (changed === 0) throw new ConflictError('STATE_CHANGED');
    return report.id;
  });
  return loadActivityReport(op, input);
}
