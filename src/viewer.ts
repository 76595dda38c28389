import type { Scope } from './auth/scopes.js';

/** A role held in a district, or county-wide when `districtId` is null, at the time of the request. */
export interface ViewerMembership {
  readonly role: ViewerRole;
  readonly districtId: string | null;
}

/** The roles of a worker. */
export type ViewerRole =
  | 'RECEPTIONIST'
  | 'SOCIAL_WORKER'
  | 'TRAINEE'
  | 'DISTRICT_HEAD'
  | 'TECHNICAL_ADVISER'
  | 'DATA_PROTECTION_OFFICER'
  | 'ADMINISTRATOR';

/** A running relay in which the viewer stands in. */
export interface ViewerRelay {
  readonly absentWorkerId: string;
  readonly districtId: string;
  /** True once the absence is a day old: then the relay also opens confidential addresses. */
  readonly settled: boolean;
}

/** The kinds of viewers. */
export type ViewerKind = 'ANONYMOUS' | 'WORKER' | 'PERSON' | 'CLIENT';

/**
 * The viewer who makes the request: never null. Effective rights are role in a membership ∩ the token's scopes ∩ the client's
 * registration ∩ the relation to the row. The first three stand here; the last is asked of each row in `access/`.
 */
export interface Viewer {
  readonly kind: ViewerKind;
  readonly workerId: string | null;
  /** The id of a person; null while their contact is suspended, so that each rule about their own data answers no. */
  readonly personId: string | null;
  /** The owner of the account, suspended or not: for their name, and for changes that only tighten. */
  readonly selfId: string | null;
  readonly clientId: string | null;
  readonly clientKind: 'FRONT_END' | 'INTEGRATION' | 'REPORTING' | null;
  readonly scopes: ReadonlySet<Scope>;
  readonly memberships: readonly ViewerMembership[];
  readonly relays: readonly ViewerRelay[];
}

/** The viewer of a request without a token. */
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

/** True if the viewer holds the role in this district now. */
export function holdsRoleIn(viewer: Viewer, role: ViewerRole, districtId: string): boolean {
  return viewer.memberships.some(
    (membership) => membership.role === role && membership.districtId === districtId,
  );
}

/** True if the viewer holds the role somewhere: for fields whose rows are judged one by one. */
export function holdsRole(viewer: Viewer, role: ViewerRole): boolean {
  return viewer.memberships.some((membership) => membership.role === role);
}

/** Returns the districts in which the viewer holds the role; empty for a county-wide role. */
export function districtsAs(viewer: Viewer, ...roles: readonly ViewerRole[]): readonly string[] {
  const ids = viewer.memberships.filter((m) => roles.includes(m.role)).map((m) => m.districtId);
  return [...new Set(ids.filter((id) => id !== null))];
}

const TEAM: ReadonlySet<ViewerRole> = new Set(['RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD']);

/**
 * Returns the districts in whose team the viewer is: desk, social worker or head. A trainee is in no team, and sees what is opened to
 * them.
 */
export function teamDistricts(viewer: Viewer): readonly string[] {
  return districtsAs(viewer, ...TEAM);
}

/** True if the viewer is in the team of this district. */
export function isInTeam(viewer: Viewer, districtId: string): boolean {
  return viewer.memberships.some(
    (membership) => membership.districtId === districtId && TEAM.has(membership.role),
  );
}

/** True for the login of a person whose contact is suspended: someone else who holds their phone may be using it. */
export function isSuspended(viewer: Viewer): boolean {
  return viewer.selfId !== null && viewer.personId === null;
}

/** True if the viewer's token and client have the scope. */
export function hasScope(viewer: Viewer, scope: Scope): boolean {
  return viewer.scopes.has(scope);
}
