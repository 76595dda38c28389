import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRole, holdsRoleIn, type Viewer, type ViewerRole } from '../../viewer.js';
import { uuids } from '../operation/sql.js';

/** True if the viewer may know workers' names: colleagues, and integration clients with the scope. */
export function knowsWorkers(viewer: Viewer): boolean {
  return (
    hasScope(viewer, 'directory:read') &&
    (viewer.kind === 'WORKER' || (viewer.kind === 'CLIENT' && viewer.clientKind === 'INTEGRATION'))
  );
}

/** The roles whose work goes to other districts: they write to their workers, send people there, or answer for them. */
const WORK_WITH_EVERY_TEAM: readonly ViewerRole[] = [
  'RECEPTIONIST',
  'SOCIAL_WORKER',
  'TECHNICAL_ADVISER',
  'DATA_PROTECTION_OFFICER',
  'ADMINISTRATOR',
];

function knowsEveryTeam(viewer: Viewer): boolean {
  return (
    knowsWorkers(viewer) &&
    (viewer.kind === 'CLIENT' || WORK_WITH_EVERY_TEAM.some((role) => holdsRole(viewer, role)))
  );
}

/**
 * True if the viewer may know who works in a district today: for every district, or for the district that the viewer heads. A trainee
 * gets no list.
 */
export function knowsTeamOf(viewer: Viewer, district: { readonly id: string }): boolean {
  return (
    knowsEveryTeam(viewer) || (knowsWorkers(viewer) && holdsRoleIn(viewer, 'DISTRICT_HEAD', district.id))
  );
}

/** `knowsTeamOf` as an SQL condition on a membership. */
export function whereKnowsTeamOf(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (knowsEveryTeam(viewer)) return Prisma.sql`${alias}.district_id is not null`;
  const headed = knowsWorkers(viewer) ? districtsAs(viewer, 'DISTRICT_HEAD') : [];
  return Prisma.sql`${alias}.district_id = any (${uuids(headed)})`;
}

/** True if the viewer may see clients, disabled accounts and everyone's memberships: the administrator. */
export function administers(viewer: Viewer): boolean {
  return hasScope(viewer, 'directory:read') && holdsRole(viewer, 'ADMINISTRATOR');
}

/** True if the viewer may take rights away: the administrator. Granting a right takes two people, so no single act does it. */
export function revokesRights(viewer: Viewer): boolean {
  return administers(viewer) && hasScope(viewer, 'directory:write');
}

const WATCH: readonly ViewerRole[] = ['DATA_PROTECTION_OFFICER', 'TECHNICAL_ADVISER', 'ADMINISTRATOR'];

/** True if the viewer is told of suspensions, and may lift one: officers, advisers, administrators. */
export function endsSuspensions(viewer: Viewer): boolean {
  return hasScope(viewer, 'directory:read') && WATCH.some((role) => holdsRole(viewer, role));
}

/** True if the viewer may confirm a suspension: an officer or an adviser, outside the county's IT. The service judges the row. */
export function confirmsSuspensions(viewer: Viewer): boolean {
  return endsSuspensions(viewer) && !holdsRole(viewer, 'ADMINISTRATOR');
}

/** True for a worker who may say that they have not left: they have no post in the county. The service judges the row. */
export function contradictsDepartures(viewer: Viewer): boolean {
  return viewer.kind === 'WORKER' && hasScope(viewer, 'notes:write') && viewer.memberships.length === 0;
}

/** True if the viewer may read the access log, without its confidential part: the data protection officer. */
export function readsAccessLog(viewer: Viewer): boolean {
  return hasScope(viewer, 'log:read') && holdsRole(viewer, 'DATA_PROTECTION_OFFICER');
}
