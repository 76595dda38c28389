import { hasScope, holdsRole, type Viewer } from '../../viewer.js';
import { administers, readsAccessLog, revokesRights } from '../directory/directory.js';

/**
 * True if the viewer may read drafts, and see whether a published notice has become false: the administrator and the data protection
 * officer.
 */
export function readsNoticeDrafts(viewer: Viewer): boolean {
  return administers(viewer) || readsAccessLog(viewer);
}

/** True if the viewer may draft and publish notices: the administrator, who writes down what the county, the controller, decides. */
export function draftsNotices(viewer: Viewer): boolean {
  return revokesRights(viewer);
}

/** True if the viewer may give an opinion on a notice (GDPR article 39(1)): the data protection officer, who decides nothing. */
export function advisesOnNotices(viewer: Viewer): boolean {
  return (
    readsAccessLog(viewer) &&
    hasScope(viewer, 'directory:write') &&
    holdsRole(viewer, 'DATA_PROTECTION_OFFICER')
  );
}
