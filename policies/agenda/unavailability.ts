import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** Indisponibilité, never its cause. Colleagues see it as an ordinary busy time. */
export const Unavailability: TypePolicy = {
  fr: 'Indisponibilité d’un agent (jamais sa cause)',
  en: 'Time off of a worker (never its cause)',
  fields: {
    worker: { to: forWhom.whoReadsTheAgenda, fr: 'agent' },
    district: {
      to: forWhom.whoReadsTheAgenda,
      fr: 'circonscription où elle est déclarée',
      en: 'district in which it was declared',
    },
    startsAt: { to: forWhom.whoReadsTheAgenda, fr: 'début', en: 'start' },
    endsAt: { to: forWhom.whoReadsTheAgenda, fr: 'fin', en: 'end' },
    appointmentsOver: {
      to: forWhom.whoReadsTheAgenda,
      fr: 'rendez-vous pris dans ce temps',
      en: 'appointments booked in it',
    },
    id: { to: forWhom.whoReadsTheAgenda, ...ID },
    version: { to: forWhom.whoReadsTheAgenda, ...VERSION },
  },
};
