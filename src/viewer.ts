import type { Scope } from './auth/scopes.js';

/** A role held in a district, or county-wide when `districtId` is null, at the time of the request. */
export interface ViewerMembership {
  readonly role: ViewerRole;
  readonly districtId: string | null;
}

export type ViewerRole =
  | 'RECEPTIONIST'
  | 'SOCIAL_WORKER'
  | 'TRAINEE'
  | 'DISTRICT_HEAD'
  | 'TECHNICAL_ADVISER'
  | 'DATA_PROTECTION_OFFICER'
  | 'ADMINISTRATOR';

/** A relay in force in which the viewer stands in. */
export interface ViewerRelay {
  readonly absentWorkerId: string;
  readonly districtId: string;
}

export type ViewerKind = 'ANONYMOUS' | 'WORKER' | 'PERSON' | 'CLIENT';

/**
 * Who makes the request: never null. Effective rights are role in a membership ∩ the token's scopes ∩ the client's
 * registration ∩ the relation to the row; the first three stand here, the last is asked of each row in `access/`.
 */
export interface Viewer {
  readonly kind: ViewerKind;
  readonly workerId: string | null;
  /** Of a person; null while their contact is suspended, so that each rule about what is theirs answers no. */
  readonly personId: string | null;
  /** The person whose account it is, suspended or not: for their name, and for what only tightens. */
  readonly selfId: string | null;
  readonly clientId: string | null;
  readonly clientKind: 'FRONT_END' | 'INTEGRATION' | 'REPORTING' | null;
  readonly scopes: ReadonlySet<Scope>;
  readonly memberships: readonly ViewerMembership[];
  readonly relays: readonly ViewerRelay[];
}

export const ANONYMOUS: Viewer = {
  kind: 'ANONYMOUS',
  workerId: null,
  personId: null,
  selfId: null,
  clientId: null,
  clientKind: null,
  scopes: new Set(),
  memberships: [],
  relays: [],
};

/** Whether the viewer holds the role in this district now. */
export function holdsRoleIn(viewer: Viewer, role: ViewerRole, districtId: string): boolean {
  return viewer.memberships.some(
    (membership) => membership.role === role && membership.districtId === districtId,
  );
}

/** Whether the viewer holds the role somewhere: for fields whose rows are judged one by one. */
export function holdsRole(viewer: Viewer, role: ViewerRole): boolean {
  return viewer.memberships.some((membership) => membership.role === role);
}

/** The districts in which the viewer holds the role; empty for a county-wide role. */
export function districtsAs(viewer: Viewer, ...roles: readonly ViewerRole[]): readonly string[] {
  const ids = viewer.memberships.filter((m) => roles.includes(m.role)).map((m) => m.districtId);
  return [...new Set(ids.filter((id) => id !== null))];
}

/** The districts in whose team the viewer is: desk, social worker or head. A trainee sees what is opened to them. */
export function teamDistricts(viewer: Viewer): readonly string[] {
  return districtsAs(viewer, 'RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD');
}

/** A login of a person whose contact is suspended: whoever holds their phone has it. */
export function isSuspended(viewer: Viewer): boolean {
  return viewer.selfId !== null && viewer.personId === null;
}

export function hasScope(viewer: Viewer, scope: Scope): boolean {
  return viewer.scopes.has(scope);
}
