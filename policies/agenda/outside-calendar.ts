import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** Agenda extérieur: each worker reads their own. Colleagues see its times as ordinary busy times. */
export const OutsideCalendar: TypePolicy = {
  fr: 'Autre agenda d’un agent, importé',
  en: 'Another calendar of a worker’s, imported',
  fields: {
    name: { to: forWhom.whoseOtherCalendarItIs, fr: 'nom donné', en: 'name given to it' },
    district: {
      to: forWhom.whoseOtherCalendarItIs,
      fr: 'circonscription où il est importé',
      en: 'district in which it was imported',
    },
    importedAt: { to: forWhom.whoseOtherCalendarItIs, fr: 'importé le', en: 'when it was imported' },
    reachesUntil: {
      to: forWhom.whoseOtherCalendarItIs,
      fr: 'fin de la période importée',
      en: 'end of the imported period',
    },
    removedAt: { to: forWhom.whoseOtherCalendarItIs, fr: 'retiré le', en: 'when it was removed' },
    appointmentsOver: {
      to: forWhom.whoseOtherCalendarItIs,
      fr: 'rendez-vous pris sur ses temps occupés',
      en: 'appointments booked at its busy times',
    },
    id: { to: forWhom.whoseOtherCalendarItIs, ...ID },
  },
};
