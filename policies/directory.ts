import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';
import { allow, or } from './rules.js';

/** Addresses and hours are public; who works there is for colleagues. */
export const District: TypePolicy = {
  id: allow,
  slug: allow,
  name: allow,
  addressLine: allow,
  postalCode: allow,
  city: allow,
  phone: allow,
  openingHours: allow,
  communes: allow,
  workers: forWhom.colleagues,
};
export const OpeningHours: TypePolicy = { weekday: allow, opensAt: allow, closesAt: allow };
export const Commune: TypePolicy = { inseeCode: allow, name: allow };

const names = or(forWhom.colleagues, forWhom.thePersonConcerned);

/** Agent. */
export const Worker: TypePolicy = {
  id: names,
  displayName: names,
  givenName: names,
  familyName: names,
  memberships: or(forWhom.administrators, forWhom.theWorkerThemselves),
  disabledAt: forWhom.administrators,
  version: forWhom.administrators,
};

const administratorOrHolder = or(forWhom.administrators, forWhom.itsHolder);

/** Appartenance, over time. */
export const Membership: TypePolicy = {
  id: administratorOrHolder,
  role: administratorOrHolder,
  district: administratorOrHolder,
  startsAt: administratorOrHolder,
  endsAt: administratorOrHolder,
  version: administratorOrHolder,
};

/** Application cliente. */
export const Client: TypePolicy = {
  id: forWhom.administrators,
  clientId: forWhom.administrators,
  kind: forWhom.administrators,
  name: forWhom.administrators,
  scopes: forWhom.administrators,
  disabledAt: forWhom.administrators,
  version: forWhom.administrators,
};

/** Who asks may know who they are. */
export const Viewer: TypePolicy = { kind: allow, worker: allow, memberships: allow, scopes: allow };
export const ViewerRoleIn: TypePolicy = { role: allow, district: allow };
