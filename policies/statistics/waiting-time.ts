import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/**
 * A week of waiting times is about no person, and tells nobody’s day. A viewer who reads protected statistics reads the whole row.
 */
export const ThirdNextAvailable: TypePolicy = {
  fr: 'Troisième rendez-vous libre d’une circonscription, une semaine',
  en: 'Third next available appointment of a district, of a week',
  fields: {
    week: { to: forWhom.whoReadsStatistics, fr: 'semaine', en: 'week' },
    days: { to: forWhom.whoReadsStatistics, fr: 'délai moyen en jours', en: 'mean wait in days' },
  },
};
