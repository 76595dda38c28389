import type { TypePolicy } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** The names of languages: public. */
export const Language: TypePolicy = {
  fr: 'Langue',
  en: 'Language',
  fields: {
    code: { to: allow, fr: 'code ISO 639-3', en: 'ISO 639-3 code' },
    labelFr: { to: allow, fr: 'nom français', en: 'French name' },
    labelEn: { to: allow, fr: 'nom anglais', en: 'English name' },
  },
};
