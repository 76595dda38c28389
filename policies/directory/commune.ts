import type { TypePolicy } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** Commune: public. */
export const Commune: TypePolicy = {
  fr: 'Commune',
  en: 'Commune',
  fields: {
    name: { to: allow, fr: 'nom' },
    inseeCode: { to: allow, fr: 'code Insee', en: 'INSEE code' },
  },
};
