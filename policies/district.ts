import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';
import { allow } from './rules.js';

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
