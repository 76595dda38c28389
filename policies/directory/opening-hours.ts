import type { TypePolicy } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** Opening hours of a district, in local wall time: public. */
export const OpeningHours: TypePolicy = {
  fr: 'Horaires d’ouverture',
  en: 'Opening hours',
  fields: {
    weekday: { to: allow, fr: 'jour de la semaine', en: 'day of the week' },
    opensAt: { to: allow, fr: 'ouverture' },
    closesAt: { to: allow, fr: 'fermeture' },
  },
};
