import { hasScope, holdsRole, type Viewer } from '../viewer.js';

/** Workers' names: colleagues, and integrations with the scope. */
export function knowsWorkers(viewer: Viewer): boolean {
  return (
    hasScope(viewer, 'directory:read') &&
    (viewer.kind === 'WORKER' || (viewer.kind === 'CLIENT' && viewer.clientKind === 'INTEGRATION'))
  );
}

/** Clients, disabled accounts, memberships of everyone: the administrator. */
export function administers(viewer: Viewer): boolean {
  return hasScope(viewer, 'directory:read') && holdsRole(viewer, 'ADMINISTRATOR');
}

/** Take rights away. Granting takes two people, and is no act of one. */
export function revokesRights(viewer: Viewer): boolean {
  return administers(viewer) && hasScope(viewer, 'directory:write');
}

/** The access log without its confidential part. */
export function readsAccessLog(viewer: Viewer): boolean {
  return hasScope(viewer, 'log:read') && holdsRole(viewer, 'DATA_PROTECTION_OFFICER');
}
