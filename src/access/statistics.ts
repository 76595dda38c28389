import { Prisma } from '../../prisma/generated/client.js';
import { hasScope, holdsRole, holdsRoleIn, type Viewer } from '../viewer.js';

/**
 * Protected statistics, of whatever district: social workers, heads, technical advisers, the data protection officer, and
 * reporting clients. A district is looked at beside others, and those who work in one are not the only ones to learn from it.
 */
export function readsStatistics(viewer: Viewer): boolean {
  if (!hasScope(viewer, 'statistics:read')) return false;
  return isReportingClient(viewer) || READERS.some((role) => holdsRole(viewer, role));
}

const READERS = ['SOCIAL_WORKER', 'DISTRICT_HEAD', 'TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER'] as const;

/** Whose questions about statistics are logged. */
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

/** A team speaks by one of its social workers, and not by its head. */
export function speaksForTeam(viewer: Viewer, districtId: string): boolean {
  return hasScope(viewer, 'statistics:write') && holdsRoleIn(viewer, 'SOCIAL_WORKER', districtId);
}

/** Opens the consultation, then does what the teams have agreed to. */
export function decidesOnIndicators(viewer: Viewer): boolean {
  return hasScope(viewer, 'statistics:write') && holdsRole(viewer, 'TECHNICAL_ADVISER');
}

/** What a report, and all that is in it, is judged by. */
export interface ReportRelation {
  readonly isPublished: boolean;
}

/** Published, a report is everyone's; before, of those who work with statistics. A reporting client has no use for a draft. */
export function readsReport(viewer: Viewer, { isPublished }: ReportRelation): boolean {
  return isPublished || (readsStatistics(viewer) && !isReportingClient(viewer));
}

/** The same, as a condition; `alias` is the report. */
export function whereReadsReport(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return readsReport(viewer, { isPublished: false })
    ? Prisma.sql`true`
    : Prisma.sql`${alias}.published_on is not null`;
}

/** An observation: of those who read statistics, and everyone’s once it was published with its report. */
export function readsObservation(viewer: Viewer, { isPublished }: ReportRelation): boolean {
  return isPublished || readsStatistics(viewer);
}

/** States what is to be said in a report: a team by its social workers, the county by the technical adviser. */
export function statesNarrative(viewer: Viewer, districtId: string | null): boolean {
  return districtId === null ? decidesOnIndicators(viewer) : speaksForTeam(viewer, districtId);
}
