import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRole, holdsRoleIn, type Viewer } from '../../viewer.js';
import { uuids } from '../operation/sql.js';

/**
 * True if the viewer may read waiting times and the observations of teams, in every district: social workers, heads, technical advisers,
 * the data protection officer and reporting clients. Everyone reads protected statistics.
 */
export function readsStatistics(viewer: Viewer): boolean {
  if (!hasScope(viewer, 'statistics:read')) return false;
  return isReportingClient(viewer) || READERS.some((role) => holdsRole(viewer, role));
}

const READERS = ['SOCIAL_WORKER', 'DISTRICT_HEAD', 'TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER'] as const;

/** True for a reporting client: its questions about waiting times and observations are logged. */
export function isReportingClient(viewer: Viewer): boolean {
  return viewer.kind === 'CLIENT' && viewer.clientKind === 'REPORTING';
}

/** `readsStatistics` as an SQL condition. No column of a protected row says who may read it. */
export function whereReadsStatistics(viewer: Viewer): Prisma.Sql {
  return readsStatistics(viewer) ? Prisma.sql`true` : Prisma.sql`false`;
}

/**
 * True if the viewer may propose an indicator: a social worker or the head of a team, or the county's technical adviser, who names no
 * district.
 */
export function proposesIndicators(viewer: Viewer, districtId: string | null): boolean {
  if (!hasScope(viewer, 'statistics:write')) return false;
  if (districtId === null) return holdsRole(viewer, 'TECHNICAL_ADVISER');
  return (['SOCIAL_WORKER', 'DISTRICT_HEAD'] as const).some((role) => holdsRoleIn(viewer, role, districtId));
}

/**
 * The districts in which the viewer speaks as a member of the team. A team speaks by its social workers, each in their own name. Neither
 * its head nor the technical adviser who publishes is one of them, whatever other role they hold.
 */
export function teamsSpokenIn(viewer: Viewer): readonly string[] {
  if (!hasScope(viewer, 'statistics:write') || holdsRole(viewer, 'TECHNICAL_ADVISER')) return [];
  const headed = districtsAs(viewer, 'DISTRICT_HEAD');
  return districtsAs(viewer, 'SOCIAL_WORKER').filter((id) => !headed.includes(id));
}

/** True if the viewer speaks as a member of the district's team. */
export function speaksInTeam(viewer: Viewer, districtId: string): boolean {
  return teamsSpokenIn(viewer).includes(districtId);
}

/** The columns by which words of a team are judged: a proposal, a voice, an observation. */
export interface WordsRelation {
  /** True once somebody else than the author has read them. */
  readonly isConfirmed: boolean;
}

/**
 * True if the viewer may read words of a team: the county's workers, and everyone once somebody else than the author has read them. A
 * reporting client is no worker, and neither is a person.
 */
export function readsWords(viewer: Viewer, { isConfirmed }: WordsRelation): boolean {
  return isConfirmed || viewer.workerId !== null;
}

/** `readsWords` as an SQL condition; `alias` is the proposal, the voice or the observation. */
export function whereReadsWords(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return readsWords(viewer, { isConfirmed: false })
    ? Prisma.sql`true`
    : Prisma.sql`${alias}.confirmed_on is not null`;
}

/** True if the viewer may say that they have read words that somebody else wrote: a member of a team, or a technical adviser. */
export function confirmsWords(viewer: Viewer): boolean {
  return (
    hasScope(viewer, 'statistics:write') &&
    (holdsRole(viewer, 'SOCIAL_WORKER') || holdsRole(viewer, 'TECHNICAL_ADVISER'))
  );
}

/** True if the viewer may withdraw words of a team: a technical adviser, or the data protection officer. */
export function withdrawsWords(viewer: Viewer): boolean {
  return signsErrata(viewer);
}

/** The columns by which the name of a speaker is judged. */
export interface VoiceRelation {
  readonly isNamed: boolean;
  readonly districtId: string;
  /** Null if the worker is not known, to this viewer or to anyone. */
  readonly workerId: string | null;
}

/**
 * True if the viewer may know who spoke: the speaker, the team's social workers, and everyone if the speaker wishes so. A voice may be
 * against the head's wish.
 */
export function knowsWhoSpoke(viewer: Viewer, voice: VoiceRelation): boolean {
  return (
    voice.isNamed ||
    (voice.workerId !== null && voice.workerId === viewer.workerId) ||
    (readsStatistics(viewer) && holdsRoleIn(viewer, 'SOCIAL_WORKER', voice.districtId))
  );
}

/** `knowsWhoSpoke` as an SQL condition; `alias` is the speaker. */
export function whereKnowsWhoSpoke(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  const teams = readsStatistics(viewer) ? districtsAs(viewer, 'SOCIAL_WORKER') : [];
  return Prisma.sql`(${alias}.is_named or ${alias}.worker_id = ${viewer.workerId}::uuid or ${alias}.district_id = any (${uuids(teams)}))`;
}

/** True if the viewer may open the consultation on an indicator, and then do what the teams have agreed to: the technical adviser. */
export function decidesOnIndicators(viewer: Viewer): boolean {
  return hasScope(viewer, 'statistics:write') && holdsRole(viewer, 'TECHNICAL_ADVISER');
}

/** True if the viewer may sign an erratum: a technical adviser or the data protection officer, who is not the one who wrote it. */
export function signsErrata(viewer: Viewer): boolean {
  return (
    hasScope(viewer, 'statistics:write') &&
    (holdsRole(viewer, 'TECHNICAL_ADVISER') || holdsRole(viewer, 'DATA_PROTECTION_OFFICER'))
  );
}

/** The columns by which a report, each of its parts, and an erratum are judged. */
export interface ReportRelation {
  readonly isPublished: boolean;
}

/**
 * True if the viewer may read the report. A published one is for everyone; a draft is for those who work with statistics. A reporting
 * client has no use for a draft.
 */
export function readsReport(viewer: Viewer, { isPublished }: ReportRelation): boolean {
  return isPublished || (readsStatistics(viewer) && !isReportingClient(viewer));
}

/** `readsReport` as an SQL condition; `alias` is the report, or the erratum. */
export function whereReadsReport(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return readsReport(viewer, { isPublished: false })
    ? Prisma.sql`true`
    : Prisma.sql`${alias}.published_on is not null`;
}

/** The column by which a funnel plot is judged. Null is the county's own report. */
export interface FunnelRelation {
  readonly districtId: string | null;
}

/**
 * True if the viewer may read the funnel plot of a report: the social workers of its district, who are its team. Not their head, and nobody
 * of another district: a reader of two reports could put a name to each dot.
 */
export function readsFunnel(viewer: Viewer, { districtId }: FunnelRelation): boolean {
  return (
    districtId !== null &&
    hasScope(viewer, 'statistics:read') &&
    holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId) &&
    !holdsRoleIn(viewer, 'DISTRICT_HEAD', districtId)
  );
}

/**
 * True if the viewer may read an observation: those who read statistics, and everyone once it was published with its report. A reporting
 * client reads it once somebody else than the author has read it.
 */
export function readsObservation(
  viewer: Viewer,
  { isPublished, isConfirmed }: ReportRelation & WordsRelation,
): boolean {
  return isPublished || (readsStatistics(viewer) && readsWords(viewer, { isConfirmed }));
}

/** True if the viewer may read drafts, and the texts that were not published. */
export function readsDrafts(viewer: Viewer): boolean {
  return readsReport(viewer, { isPublished: false });
}

/**
 * True if the viewer may write and sign the narrative of a report: the team's social workers; for the county's report, those of every
 * team. Not the technical adviser, who publishes.
 */
export function statesNarrative(viewer: Viewer, districtId: string | null): boolean {
  return districtId === null ? teamsSpokenIn(viewer).length > 0 : speaksInTeam(viewer, districtId);
}

/** True if the viewer may ask what the wait would be: a social worker or the head of the district, or a technical adviser. */
export function simulatesWait(viewer: Viewer, districtId: string): boolean {
  return (
    hasScope(viewer, 'statistics:write') &&
    hasScope(viewer, 'statistics:read') &&
    isOfTheDistrict(viewer, districtId)
  );
}

function isOfTheDistrict(viewer: Viewer, districtId: string): boolean {
  return (
    holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId) ||
    holdsRoleIn(viewer, 'DISTRICT_HEAD', districtId) ||
    holdsRole(viewer, 'TECHNICAL_ADVISER')
  );
}

/** The columns by which a simulation of the wait is judged, with each of its parts. */
export interface SimulationRelation extends ReportRelation {
  readonly districtId: string;
}

/**
 * True if the viewer may read the simulation: who may ask for one, and the data protection officer; everyone once a published report shows
 * it.
 */
export function readsSimulation(viewer: Viewer, { districtId, isPublished }: SimulationRelation): boolean {
  if (isPublished) return true;
  return (
    hasScope(viewer, 'statistics:read') &&
    (isOfTheDistrict(viewer, districtId) || holdsRole(viewer, 'DATA_PROTECTION_OFFICER'))
  );
}

/** `readsSimulation` as an SQL condition; `alias` is the simulation. */
export function whereReadsSimulation(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  const isOfAll = holdsRole(viewer, 'TECHNICAL_ADVISER') || holdsRole(viewer, 'DATA_PROTECTION_OFFICER');
  const own = [...districtsAs(viewer, 'SOCIAL_WORKER'), ...districtsAs(viewer, 'DISTRICT_HEAD')];
  const may = !hasScope(viewer, 'statistics:read')
    ? Prisma.sql`false`
    : isOfAll
      ? Prisma.sql`true`
      : Prisma.sql`${alias}.district_id = any (${uuids(own)})`;
  return Prisma.sql`(${may} or is_shown_simulation(${alias}.id))`;
}
