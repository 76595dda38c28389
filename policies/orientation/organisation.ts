import type { TypePolicy } from '../rules/compile.js';
import { allow } from '../rules/rules.js';

/** Structure, as data.inclusion publishes it: public. Who was sent there is not in it. */
export const Organisation: TypePolicy = {
  id: allow,
  source: allow,
  sourceId: allow,
  name: allow,
  description: allow,
  siret: allow,
  addressLine: allow,
  addressComplement: allow,
  postalCode: allow,
  city: allow,
  communeCode: allow,
  latitude: allow,
  longitude: allow,
  phone: allow,
  email: allow,
  website: allow,
  openingHours: allow,
  accessibilityUrl: allow,
  sourceUrl: allow,
  networks: allow,
  themes: allow,
  updatedOn: allow,
  isClosed: allow,
};
