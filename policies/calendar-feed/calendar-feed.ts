import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** Agenda à suivre: each worker and each person has their own. */
export const CalendarFeed: TypePolicy = {
  fr: 'Agenda suivi sur un téléphone',
  en: 'Calendar that a device subscribes to',
  fields: {
    address: {
      to: forWhom.whoFollowsTheCalendar,
      fr: 'adresse secrète, donnée une fois',
      en: 'secret address, given once',
    },
    label: { to: forWhom.whoFollowsTheCalendar, fr: 'nom donné', en: 'name given to it' },
    createdAt: { to: forWhom.whoFollowsTheCalendar, fr: 'depuis quand', en: 'since when' },
    revokedAt: { to: forWhom.whoFollowsTheCalendar, fr: 'révoqué le', en: 'when it was revoked' },
    id: { to: forWhom.whoFollowsTheCalendar, ...ID },
  },
};
