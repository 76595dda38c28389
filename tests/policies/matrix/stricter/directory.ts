import { NOT_SHOWN, OTHER_STAFF, PERSONS, SOFTWARE_AND_PUBLIC, without } from './standpoints.js';
import type { Stricter } from './stricter.js';

const NO_SUCH_ROLE = 'Who asks may know who they are; this one is no worker, or holds no role in a district.';

/** Who reads nothing of a worker, or of a worker’s roles, although the policies would open it. */
export const DIRECTORY: readonly Stricter[] = [
  {
    reason: 'No path leads there: of this worker’s districts, cases and appointments none is in reach.',
    coordinates: ['Worker.displayName', 'Worker.familyName', 'Worker.givenName', 'Worker.id'],
    standpoints: ['head-other-district', 'trainee', ...NOT_SHOWN],
  },
  {
    reason: NO_SUCH_ROLE,
    coordinates: ['Viewer.memberships', 'Viewer.worker', 'ViewerRoleIn.role'],
    standpoints: [...PERSONS, ...SOFTWARE_AND_PUBLIC],
  },
  {
    reason: NO_SUCH_ROLE,
    coordinates: ['ViewerRoleIn.district'],
    standpoints: [...without(OTHER_STAFF, 'trainee'), ...PERSONS, ...SOFTWARE_AND_PUBLIC],
  },
];
