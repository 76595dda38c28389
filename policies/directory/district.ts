import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** Addresses and hours are public; who works there is for those who work with them. */
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
  workers: forWhom.whoKnowsItsTeam,
};
