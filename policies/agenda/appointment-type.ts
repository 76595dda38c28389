import type { TypePolicy } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** Type de rendez-vous: public. */
export const AppointmentType: TypePolicy = {
  fr: 'Types de rendez-vous proposés',
  en: 'Types of appointment',
  fields: {
    code: { to: allow, fr: 'code' },
    labelFr: { to: allow, fr: 'intitulé en français', en: 'label in French' },
    labelEn: { to: allow, fr: 'intitulé en anglais', en: 'label in English' },
    publicLabelFr: { to: allow, fr: 'intitulé neutre en français', en: 'neutral label in French' },
    publicLabelEn: { to: allow, fr: 'intitulé neutre en anglais', en: 'neutral label in English' },
    durationMinutes: { to: allow, fr: 'durée', en: 'length in minutes' },
    modes: { to: allow, fr: 'façons d’être reçu', en: 'ways of being received' },
    option: {
      to: allow,
      fr: 'option que l’équipe doit avoir votée',
      en: 'option that the team must have voted for',
    },
    places: { to: allow, fr: 'places, si c’est un type collectif', en: 'places, of a collective type' },
  },
};
