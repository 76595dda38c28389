import { ID, type TypePolicy } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** Secteur: public, as the districts are. */
export const Sector: TypePolicy = {
  fr: 'Secteur',
  en: 'Sector',
  fields: {
    district: { to: allow, fr: 'circonscription qu’il propose', en: 'district that it proposes' },
    commune: { to: allow, fr: 'commune' },
    streets: {
      to: allow,
      fr: 'rues, si ce n’est pas toute la commune',
      en: 'streets, if not the whole commune',
    },
    validFrom: { to: allow, fr: 'à partir du', en: 'from' },
    validUntil: { to: allow, fr: 'jusqu’au', en: 'until' },
    id: { to: allow, ...ID },
  },
};
