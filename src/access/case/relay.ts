import { Prisma } from '../../../prisma/generated/client.js';
import { hasScope, holdsRole, isInTeam, teamDistricts, type Viewer } from '../../viewer.js';
import { uuids } from '../operation/sql.js';

/** The columns of a relay that the rules below compare. */
export interface RelayRelation {
  readonly districtId: string;
  /** The relay waits until then for a technical adviser's yes; null for a relay in force. */
  readonly confirmBefore: Date | null;
  readonly confirmedById: string | null;
}

/** True if the viewer may confirm relays that wait: a technical adviser. The database refuses one who has a part in the relay. */
export function confirmsRelays(viewer: Viewer): boolean {
  return hasScope(viewer, 'cases:write') && holdsRole(viewer, 'TECHNICAL_ADVISER');
}

/** True for the team of the relay's district; for a technical adviser, while it waits for a yes, and once they have given it. */
export function seesRelay(viewer: Viewer, row: RelayRelation): boolean {
  if (!hasScope(viewer, 'cases:read')) return false;
  if (isInTeam(viewer, row.districtId)) return true;
  return (
    holdsRole(viewer, 'TECHNICAL_ADVISER') &&
    (row.confirmBefore !== null || (viewer.workerId !== null && row.confirmedById === viewer.workerId))
  );
}

/** `seesRelay` as an SQL condition: `alias` is the relay. */
export function whereSeesRelay(viewer: Viewer, alias: Prisma.Sql): Prisma.Sql {
  const ofTeam = Prisma.sql`${alias}.district_id = any (${uuids(teamDistricts(viewer))})`;
  return holdsRole(viewer, 'TECHNICAL_ADVISER')
    ? Prisma.sql`(${ofTeam} or ${alias}.pending_until > now() or ${alias}.confirmed_by_id = ${viewer.workerId}::uuid)`
    : ofTeam;
}
