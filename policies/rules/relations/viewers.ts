import { hasScope, holdsRole, type Viewer } from '../../../src/viewer.js';

// The viewers to whom a rule about rows can grant anything at all.

/** A viewer follows a case only as its assigned worker, or in a relay. */
export const mayFollow = (viewer: Viewer): boolean =>
  holdsRole(viewer, 'SOCIAL_WORKER') || viewer.relays.length > 0;
/** Viewers who hold one of the roles somewhere. */
export const mayBe =
  (...roles: readonly Parameters<typeof holdsRole>[1][]) =>
  (viewer: Viewer): boolean =>
    roles.some((role) => holdsRole(viewer, role));
/** Viewers who are in the directory. */
export const isWorker = (viewer: Viewer): boolean => viewer.workerId !== null;
/** A person whose contact is suspended may ask the same questions. The answer is that of something that does not exist. */
export const isPerson = (viewer: Viewer): boolean => viewer.selfId !== null;

/** Viewers who hold one of the roles and whose token has the scope. */
export function inRole(
  roles: readonly Parameters<typeof holdsRole>[1][],
  scope: Parameters<typeof hasScope>[1],
): (viewer: Viewer) => boolean {
  return (viewer) => hasScope(viewer, scope) && roles.some((role) => holdsRole(viewer, role));
}
