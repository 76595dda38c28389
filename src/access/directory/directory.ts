import { Prisma } from '../../../prisma/generated/client.js';
import { districtsAs, hasScope, holdsRole, holdsRoleIn, type Viewer, type ViewerRole } from '../../viewer.js';
import { uuids } from '../operation/sql.js';

/** Workers' names: colleagues, and integrations with the scope. */
export function knowsWorkers(viewer: Viewer): boolean {
  return (
    hasScope(viewer, 'directory:read') &&
    (viewer.kind === 'WORKER' || (viewer.kind === 'CLIENT' && viewer.clientKind === 'INTEGRATION'))
  );
}

/** Those whose work goes to other districts: they write to them, send people there, answer for them. */
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

/** Who works in a district today: every district's, or the one that they head; to a trainee, no list is opened. */
export function knowsTeamOf(viewer: Viewer, district: { readonly id: string }): boolean {
  return (
    knowsEveryTeam(viewer) || (knowsWorkers(viewer) && holdsRoleIn(viewer, 'DISTRICT_HEAD', district.id))
  );
}

/** The same of a membership in the district. */
export function whereKnowsTeamOf(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  if (knowsEveryTeam(viewer)) return Prisma.sql`${alias}.district_id is not null`;
  const headed = knowsWorkers(viewer) ? districtsAs(viewer, 'DISTRICT_HEAD') : [];
  return Prisma.sql`${alias}.district_id = any (${uuids(headed)})`;
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
