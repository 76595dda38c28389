import { hasScope, holdsRole, type Viewer } from '../../viewer.js';
import { administers, readsAccessLog, revokesRights } from '../directory/directory.js';

/** Drafts, and whether what is published has become false: the administrator and the data protection officer. */
export function readsNoticeDrafts(viewer: Viewer): boolean {
  return administers(viewer) || readsAccessLog(viewer);
}

/** Drafts and publishes: the administrator writes down what the county, which is the controller, decides. */
export function draftsNotices(viewer: Viewer): boolean {
  return revokesRights(viewer);
}

/** Gives an opinion (GDPR article 39(1)): the data protection officer, who decides nothing. */
export function advisesOnNotices(viewer: Viewer): boolean {
  return (
    readsAccessLog(viewer) &&
    hasScope(viewer, 'directory:write') &&
    holdsRole(viewer, 'DATA_PROTECTION_OFFICER')
  );
}
