import type { TypePolicy } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** The nomenclature of needs: public. */
export const NeedCode: TypePolicy = {
  fr: 'Nomenclature des besoins',
  en: 'Nomenclature of needs',
  fields: {
    code: { to: allow, fr: 'code' },
    theme: { to: allow, fr: 'thème' },
    labelFr: { to: allow, fr: 'intitulé en français', en: 'label in French' },
    labelEn: { to: allow, fr: 'intitulé en anglais', en: 'label in English' },
    definitionFr: { to: allow, fr: 'définition', en: 'definition' },
    countsFr: { to: allow, fr: 'ce qui compte, avec des exemples', en: 'what counts, with examples' },
    doesNotCountFr: { to: allow, fr: 'ce qui ne compte pas', en: 'what does not count' },
    sensitive: { to: allow, fr: 'besoin sensible', en: 'sensitive need' },
  },
};
