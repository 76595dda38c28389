import { hasScope, holdsRole, type Viewer } from '../viewer.js';

/** A technical adviser: the second person of a release, who sees no text. */
export function approvesReleases(viewer: Viewer): boolean {
  return hasScope(viewer, 'cases:write') && holdsRole(viewer, 'TECHNICAL_ADVISER');
}

/** The worker who asked, and the advisers. */
export function seesRelease(viewer: Viewer, row: { readonly requestedById: string }): boolean {
  return approvesReleases(viewer) || (viewer.workerId !== null && viewer.workerId === row.requestedById);
}
