import { Prisma } from '../../prisma/generated/client.js';
import { hasScope, holdsRole, type Viewer } from '../viewer.js';

/** A technical adviser: the second person of a release, who sees no text. */
export function approvesReleases(viewer: Viewer): boolean {
  return hasScope(viewer, 'cases:write') && holdsRole(viewer, 'TECHNICAL_ADVISER');
}

/** The worker who asked, and the advisers. */
export function seesRelease(viewer: Viewer, row: { readonly requestedById: string }): boolean {
  return approvesReleases(viewer) || (viewer.workerId !== null && viewer.workerId === row.requestedById);
}

/** The same, as a condition: `r` is the release. */
export function whereSeesRelease(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  return approvesReleases(viewer)
    ? Prisma.sql`true`
    : Prisma.sql`${alias}.requested_by_id = ${viewer.workerId}::uuid`;
}
