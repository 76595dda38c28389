import { Prisma } from '../../prisma/generated/client.js';
import { hasScope, holdsRole, type Viewer } from '../viewer.js';

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
