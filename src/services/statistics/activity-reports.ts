import { randomUUID } from 'node:crypto';
import { Prisma } from '../../../prisma/generated/client.js';
import { uuids } from '../../access/operation/sql.js';
import {
  decidesOnIndicators,
  readsDrafts,
  readsReport,
  statesNarrative,
  teamsSpokenIn,
  whereReadsReport,
} from '../../access/statistics/statistics.js';
import { ConflictError, ForbiddenError, NotFoundError, StatisticsRefusedError } from '../../errors.js';
import type {
  DeclineNarrativeInput,
  PublishActivityReportInput,
  SignNarrativeInput,
  WriteNarrativeInput,
} from '../../generated/inputs.js';
import { batched, groupedBy } from '../../loader.js';
import type { Operation } from '../../operation.js';
import { NO_TEXT, type SealedTextOrNone } from '../../vault/sealed-text.js';
import { requireDistrict } from '../directory/directory.js';
import { once } from '../operation/idempotency.js';
import { optionalBody, parseId, requireBody } from '../operation/input.js';
import { LONGEST } from '../operation/longest.js';
import { dayInParis } from '../operation/period.js';
import { type Narrative, type SealedNarrative, sealNarrative } from './narratives.js';
import { tablesToCite } from './report-figures.js';
import { loadSimulation } from './wait-simulations.js';

/** The activity report of a year: the team's narrative, and the day on which it was published. */
export interface ActivityReportRow extends SealedTextOrNone {
  /** Null if nobody has written anything yet. */
  readonly id: string | null;
  /** Null is the county. */
  readonly districtId: string | null;
  readonly year: number;
  /** The version of the text that stands; 0 if nobody has written anything yet. */
  readonly textVersion: number;
  /** True if the text that stands states that the team declines to write one. */
  readonly declined: boolean;
  /** What stands in the place of a text that was withdrawn; null unless it was. */
  readonly withdrawn: string | null;
  readonly statedOn: Date | null;
  /** What the team shows of the wait under other means; null if it shows nothing. */
  readonly simulationId: string | null;
  readonly socialWorkers: number | null;
  readonly receptionists: number | null;
  /** The population of the communes served when the year ended; null where that is not known. */
  readonly population: number | null;
  /** The days by the opening hours, since the district was switched on. */
  readonly daysOpen: number | null;
  readonly publishedOn: Date | null;
  /** 0 if nobody has written anything yet. */
  readonly version: number;
  readonly isPublished: boolean;
}

/** A version of the team's text. */
export interface ReportTextRow extends SealedTextOrNone {
  readonly reportId: string;
  readonly version: number;
  readonly declined: boolean;
  readonly withdrawn: string | null;
  readonly statedOn: Date;
}

/** The signature of a member of the team under the text that stands. */
export interface ReportSignatureRow {
  readonly reportId: string;
  readonly name: string;
  readonly signedOn: Date;
  readonly isPublished: boolean;
}

const TEXT = Prisma.sql`t.body, t.master_key_id as "masterKeyId", t.wrapped, t.stated_on as "statedOn",
  t.version is not null and t.body is null and t.withdrawn_on is null as declined, withdrawn_words(t.withdrawn_on) as withdrawn`;
const REPORT = Prisma.sql`r.id, r.district_id as "districtId", r.year, coalesce(t.version, 0) as "textVersion", ${TEXT}, t.simulation_id as "simulationId",
  r.social_workers as "socialWorkers", r.receptionists, r.population, r.days_open as "daysOpen", r.published_on as "publishedOn", r.version,
  r.published_on is not null as "isPublished"`;
/** The text that stands. One that is written anew leaves the signed one until it is signed itself. */
const STANDING_TEXT = Prisma.sql`left join activity_report_text t on t.report_id = r.id and t.version = standing_text(r.id)`;

/** Returns the text of the report that stands, sealed. */
export const standingText = ({
  id,
  textVersion,
  body,
  masterKeyId,
  wrapped,
  withdrawn,
}: ActivityReportRow): SealedNarrative => ({
  reportId: id,
  version: textVersion,
  body,
  masterKeyId,
  wrapped,
  withdrawn,
});

/** Lists the published reports, the latest year first, the county before its districts, which are sorted by name; 200 at most. */
export function listPublishedReports(op: Operation): Promise<readonly ActivityReportRow[]> {
  return op.tx.rows<ActivityReportRow>`select ${REPORT} from activity_report r ${STANDING_TEXT}
    left join district d on d.id = r.district_id where r.published_on is not null order by r.year desc, d.name nulls first, r.id limit 200`;
}

async function requireTerritory(
  op: Operation,
  districtId: string | null | undefined,
  field: string,
): Promise<string | null> {
  if (districtId == null) return null;
  return requireDistrict(op, districtId, field);
}

function readReport(op: Operation, districtId: string | null, year: number) {
  return op.tx.rows<ActivityReportRow>`select ${REPORT} from activity_report r ${STANDING_TEXT}
    where r.district_id is not distinct from ${districtId}::uuid and r.year = ${year} and ${whereReadsReport(op.viewer, Prisma.sql`r`)}`;
}

/**
 * Returns the report of a district, or of the county, for a year. If nobody has written anything yet, readers of drafts get its draft,
 * once the year is frozen. For everyone else, an unpublished report does not exist.
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
    textVersion: 0,
    ...NO_TEXT,
    declined: false,
    withdrawn: null,
    statedOn: null,
    simulationId: null,
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

type Means = Pick<ActivityReportRow, 'socialWorkers' | 'receptionists' | 'population' | 'daysOpen'>;

async function meansOf(op: Operation, districtId: string | null, year: number): Promise<Means> {
  const [means] = await op.tx
    .rows<Means>`select m.social_workers as "socialWorkers", m.receptionists, m.population,
      m.days_open as "daysOpen" from means_of(${districtId}::uuid, ${year}::integer) m`;
  return means ?? { socialWorkers: null, receptionists: null, population: null, daysOpen: null };
}

/** Lists the signatures under the text that stands, by name. A rewritten text is signed anew. */
export async function loadSignatures(
  op: Operation,
  { id }: Pick<ActivityReportRow, 'id'>,
): Promise<readonly ReportSignatureRow[]> {
  if (id === null) return [];
  const rows = await batched(op, 'signatures', async (ids) =>
    groupedBy(
      await op.tx
        .rows<ReportSignatureRow>`select s.report_id as "reportId", s.name, s.signed_on as "signedOn",
          r.published_on is not null as "isPublished"
        from activity_report_signature s join activity_report r on r.id = s.report_id
        where s.report_id = any (${uuids(ids)}) and is_last_text(s.report_id, s.text_version)
          and ${whereReadsReport(op.viewer, Prisma.sql`r`)}
        order by s.name, s.worker_id`,
      (row) => row.reportId,
    ),
  ).load(id);
  return rows ?? [];
}

type OfTexts = Pick<ActivityReportRow, 'id' | 'textVersion'>;

/** Lists the texts before the one that stands, the latest first. Only readers of drafts get them, also for a published report. */
export async function loadEarlierTexts(op: Operation, report: OfTexts): Promise<readonly ReportTextRow[]> {
  return (await textsOf(op, report)).filter(({ version }) => version < report.textVersion);
}

/** Lists the texts that were written since the one that stands was signed, and are not signed, the latest first. As `loadEarlierTexts`. */
export async function loadLaterTexts(op: Operation, report: OfTexts): Promise<readonly ReportTextRow[]> {
  return (await textsOf(op, report)).filter(({ version }) => version > report.textVersion);
}

/** At most 50 texts before the one that stands, and 50 after it. */
async function textsOf(op: Operation, { id }: OfTexts): Promise<readonly ReportTextRow[]> {
  if (id === null || !readsDrafts(op.viewer)) return [];
  const rows = await batched(op, 'texts', async (ids) =>
    groupedBy(
      await op.tx
        .rows<ReportTextRow>`select r.id as "reportId", t.version, ${TEXT} from unnest(${uuids(ids)}) r(id)
        cross join lateral (
          (select * from activity_report_text t where t.report_id = r.id and t.version < standing_text(r.id)
            order by t.version desc limit 50)
          union all (select * from activity_report_text t where t.report_id = r.id and t.version > standing_text(r.id)
            order by t.version desc limit 50)) t
        order by t.version desc`,
      (row) => row.reportId,
    ),
  ).load(id);
  return rows ?? [];
}

interface StateInput {
  readonly districtId?: string | null;
  readonly year: number;
  readonly expectedVersion?: number | null;
  readonly simulationId?: string | null;
}

/**
 * Writes the team's narrative of its year; with the version that was read, rewrites it. Nobody has signed it yet: a text that is signed stands
 * until this one is signed, and who signed it is told.
 * @throws NotFoundError, also for a simulation that is not ready, or of another district; ForbiddenError; InvalidInputError;
 * StatisticsRefusedError NOT_FROZEN; ConflictError STATE_CHANGED once it is published, VERSION_CHANGED
 */
export function writeNarrative(op: Operation, input: WriteNarrativeInput): Promise<ActivityReportRow> {
  return state(op, 'writeNarrative', input, () => ({
    fr: requireBody('input.text', input.text, LONGEST.publishedText),
    en: optionalBody('input.textEn', input.textEn, LONGEST.publishedText),
  }));
}

/**
 * States that the team declines to write a narrative: the figures stand without its words. It takes as many signatures as a text.
 * @throws as `writeNarrative`
 */
export function declineNarrative(op: Operation, input: DeclineNarrativeInput): Promise<ActivityReportRow> {
  return state(op, 'declineNarrative', input, () => null);
}

async function requireTeam(op: Operation, input: StateInput): Promise<string | null> {
  const territory = await requireTerritory(op, input.districtId, 'input.districtId');
  if (!statesNarrative(op.viewer, territory)) throw new ForbiddenError();
  return territory;
}

/** A team shows what was asked about its own wait, once it is worked out. */
async function requireSimulation(
  op: Operation,
  named: string | null,
  districtId: string | null,
): Promise<string | null> {
  if (named === null) return null;
  const found = await loadSimulation(op, parseId(named));
  if (found === null || !found.isReady || found.districtId !== districtId)
    throw new NotFoundError('input.simulationId');
  return found.id;
}

async function state(
  op: Operation,
  name: string,
  input: StateInput,
  read: () => Narrative | null,
): Promise<ActivityReportRow> {
  await once(op, name, input, async () => {
    op.log.attempt('WRITE_NARRATIVE');
    const narrative = read();
    const territory = await requireTeam(op, input);
    if (!(await isFrozen(op, input.year))) throw new StatisticsRefusedError('NOT_FROZEN', 'input.year');
    const [found] = await readReport(op, territory, input.year);
    if (found?.isPublished === true) throw new ConflictError('STATE_CHANGED');
    const before = input.expectedVersion ?? 0;
    const id = found?.id ?? randomUUID();
    const simulationId = await requireSimulation(op, input.simulationId ?? null, territory);
    const written =
      before === 0
        ? await op.tx.run`insert into activity_report (id, district_id, year)
            values (${id}::uuid, ${territory}::uuid, ${input.year}) on conflict do nothing`
        : await op.tx.run`update activity_report set version = version + 1
            where id = ${id}::uuid and published_on is null and version = ${before}`;
    if (written === 0) throw new ConflictError('VERSION_CHANGED');
    const { body, masterKeyId, wrapped } =
      narrative === null ? NO_TEXT : await sealNarrative(op.vault, id, before + 1, narrative);
    await op.tx
      .run`insert into activity_report_text (report_id, version, body, master_key_id, wrapped, written_by_id, stated_on,
        simulation_id)
      values (${id}::uuid, ${before + 1}, ${body}::bytea, ${masterKeyId}, ${wrapped}::bytea, ${op.viewer.workerId}::uuid,
        ${dayInParis(op.now)}::date, ${simulationId}::uuid)`;
    return id;
  });
  return loadActivityReport(op, input);
}

/**
 * Signs the narrative, or the statement that the team declines, in the viewer's own name and at the version that was read; signing twice
 * counts once. Everyone reads the name once the report is published.
 * @throws NotFoundError; ForbiddenError; ConflictError STATE_CHANGED if nobody has written anything, or it is published; VERSION_CHANGED
 */
export async function signNarrative(op: Operation, input: SignNarrativeInput): Promise<ActivityReportRow> {
  await once(op, 'signNarrative', input, async () => {
    const territory = await requireTeam(op, input);
    const [report] = await readReport(op, territory, input.year);
    if (report === undefined || report.id === null || report.isPublished)
      throw new ConflictError('STATE_CHANGED');
    // The report is locked: meanwhile it is neither rewritten nor published.
    const held = await op.tx.rows`select from activity_report r
      where r.id = ${report.id}::uuid and r.published_on is null and r.version = ${input.expectedVersion} for share`;
    if (held.length === 0) throw new ConflictError('VERSION_CHANGED');
    const districtId = territory ?? teamsSpokenIn(op.viewer)[0];
    await op.tx
      .run`insert into activity_report_signature (report_id, text_version, worker_id, district_id, signed_on)
      values (${report.id}::uuid, ${input.expectedVersion}, ${op.viewer.workerId}::uuid, ${districtId}::uuid, ${dayInParis(op.now)}::date)
      on conflict do nothing`;
    return report.id;
  });
  return loadActivityReport(op, input);
}

/**
 * Publishes a report for good: its figures as they are frozen now, the means, and the narrative, or the statement that the team declined.
 * @throws NotFoundError; ForbiddenError; StatisticsRefusedError NOT_FROZEN, or NOT_SIGNED by two members of the team (for the county, of
 * two teams) other than the adviser who publishes; ConflictError STATE_CHANGED if the team has written nothing yet, or it is published;
 * VERSION_CHANGED if the text that stands is another than the one that was read
 */
export async function publishActivityReport(
  op: Operation,
  input: PublishActivityReportInput,
): Promise<ActivityReportRow> {
  await once(op, 'publishActivityReport', input, async () => {
    if (!decidesOnIndicators(op.viewer)) throw new ForbiddenError();
    const territory = await requireTerritory(op, input.districtId, 'input.districtId');
    const report = await loadActivityReport(op, { districtId: territory, year: input.year }, 'input.year');
    if (report.id === null || report.isPublished) throw new ConflictError('STATE_CHANGED');
    // The report is locked: meanwhile no other text takes the place of the one that was read.
    await op.tx.run`select from activity_report r where r.id = ${report.id}::uuid for update`;
    const [standing] = await op.tx.rows<{ version: number }>`
      select standing_text(${report.id}::uuid) as version`;
    if (standing?.version !== input.expectedVersion) throw new ConflictError('VERSION_CHANGED');
    const [team] = await op.tx.rows<{ hasSigned: boolean }>`
      select narrative_is_signed(${report.id}::uuid, ${op.viewer.workerId}::uuid) as "hasSigned"`;
    if (team?.hasSigned !== true) throw new StatisticsRefusedError('NOT_SIGNED', 'input.year');
    const ids = await tablesToCite(op, report);
    if (ids.length === 0) throw new StatisticsRefusedError('NOT_FROZEN', 'input.year');
    await op.tx.run`insert into activity_report_table (report_id, table_id)
      select ${report.id}::uuid, id from unnest(${[...ids]}::uuid[]) id`;
    const changed = await op.tx
      .run`update activity_report set published_on = ${dayInParis(op.now)}::date, social_workers = ${report.socialWorkers},
        receptionists = ${report.receptionists}, population = ${report.population}, days_open = ${report.daysOpen}, published_by_id = ${op.viewer.workerId}::uuid, version = version + 1
      where id = ${report.id}::uuid and published_on is null`;
    if (changed === 0) throw new ConflictError('STATE_CHANGED');
    return report.id;
  });
  return loadActivityReport(op, input);
}
