import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRole, holdsRoleIn, type Viewer } from '../../viewer.js';
import { uuids } from '../operation/sql.js';

/**
 * Who reads waiting times and the observations of teams, in every district: social workers, heads, technical advisers, the data protection
 * officer and reporting clients. Everyone reads protected statistics.
 */
export function readsStatistics(viewer: Viewer): boolean {
  if (!hasScope(viewer, 'statistics:read')) return false;
  return isReportingClient(viewer) || READERS.some((role) => holdsRole(viewer, role));
}

const READERS = ['SOCIAL_WORKER', 'DISTRICT_HEAD', 'TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER'] as const;

/** Whose questions about waiting times and observations are logged. */
export function isReportingClient(viewer: Viewer): boolean {
  return viewer.kind === 'CLIENT' && viewer.clientKind === 'REPORTING';
}

/** The same as a condition: no column of a protected row says for whom it is. */
export function whereReadsStatistics(viewer: Viewer): Prisma.Sql {
  return readsStatistics(viewer) ? Prisma.sql`true` : Prisma.sql`false`;
}

/** What is counted is proposed by a team's social worker or head, or by the county's technical adviser, who names no district. */
export function proposesIndicators(viewer: Viewer, districtId: string | null): boolean {
  if (!hasScope(viewer, 'statistics:write')) return false;
  if (districtId === null) return holdsRole(viewer, 'TECHNICAL_ADVISER');
  return (['SOCIAL_WORKER', 'DISTRICT_HEAD'] as const).some((role) => holdsRoleIn(viewer, role, districtId));
}

/**
 * In which districts the viewer speaks as one of the team: a team speaks by its social workers, each in their own name. Neither its head
 * nor who publishes is one of them, whatever other role they hold.
 */
export function teamsSpokenIn(viewer: Viewer): readonly string[] {
  if (!hasScope(viewer, 'statistics:write') || holdsRole(viewer, 'TECHNICAL_ADVISER')) return [];
  const headed = districtsAs(viewer, 'DISTRICT_HEAD');
  return districtsAs(viewer, 'SOCIAL_WORKER').filter((id) => !headed.includes(id));
}

export function speaksInTeam(viewer: Viewer, districtId: string): boolean {
  return teamsSpokenIn(viewer).includes(districtId);
}

/** What the name of who spoke is judged by. */
export interface VoiceRelation {
  readonly isNamed: boolean;
  readonly districtId: string;
  /** Null where it is not known, to this viewer or to anyone. */
  readonly workerId: string | null;
}

/** Who spoke is known to the team's social workers, and to everyone if the speaker wishes so. A voice may be against the head's wish. */
export function knowsWhoSpoke(viewer: Viewer, voice: VoiceRelation): boolean {
  return (
    voice.isNamed ||
    (voice.workerId !== null && voice.workerId === viewer.workerId) ||
    (readsStatistics(viewer) && holdsRoleIn(viewer, 'SOCIAL_WORKER', voice.districtId))
  );
}

/** The same, as a condition; `alias` is the speaker. */
export function whereKnowsWhoSpoke(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  const teams = readsStatistics(viewer) ? districtsAs(viewer, 'SOCIAL_WORKER') : [];
  return Prisma.sql`(${alias}.is_named or ${alias}.worker_id = ${viewer.workerId}::uuid or ${alias}.district_id = any (${uuids(teams)}))`;
}

/** Opens the consultation, then does what the teams have agreed to. */
export function decidesOnIndicators(viewer: Viewer): boolean {
  return hasScope(viewer, 'statistics:write') && holdsRole(viewer, 'TECHNICAL_ADVISER');
}

/** Signs an erratum, which takes somebody else than who wrote it. */
export function signsErrata(viewer: Viewer): boolean {
  return (
    hasScope(viewer, 'statistics:write') &&
    (holdsRole(viewer, 'TECHNICAL_ADVISER') || holdsRole(viewer, 'DATA_PROTECTION_OFFICER'))
  );
}

/** What a report and all that is in it is judged by, and so is an erratum. */
export interface ReportRelation {
  readonly isPublished: boolean;
}

/** Published, a report is everyone's; before, of those who work with statistics. A reporting client has no use for a draft. */
export function readsReport(viewer: Viewer, { isPublished }: ReportRelation): boolean {
  return isPublished || (readsStatistics(viewer) && !isReportingClient(viewer));
}

/** The same, as a condition; `alias` is the report, or the erratum. */
export function whereReadsReport(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return readsReport(viewer, { isPublished: false })
    ? Prisma.sql`true`
    : Prisma.sql`${alias}.published_on is not null`;
}

/** An observation: of those who read statistics, and everyone’s once it was published with its report. */
export function readsObservation(viewer: Viewer, { isPublished }: ReportRelation): boolean {
  return isPublished || readsStatistics(viewer);
}

/** Drafts, and the texts that were not published. */
export function readsDrafts(viewer: Viewer): boolean {
  return readsReport(viewer, { isPublished: false });
}

/**
 * Writes and signs what is to be said in a report: the team's social workers; of the county, those of every team. Not the technical
 * adviser, who publishes.
 */
export function statesNarrative(viewer: Viewer, districtId: string | null): boolean {
  return districtId === null ? teamsSpokenIn(viewer).length > 0 : speaksInTeam(viewer, districtId);
}
