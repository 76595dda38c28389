import type { TypePolicy } from '../rules/compile.js';
import { allow } from '../rules/rules.js';

/** Secteur: public, as the districts are. */
export const Sector: TypePolicy = {
  id: allow,
  district: allow,
  commune: allow,
  streets: allow,
  validFrom: allow,
  validUntil: allow,
};
