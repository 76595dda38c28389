import type { TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/**
 * A row of waiting times is about no person, and is protected before it is written. A viewer who reads protected statistics reads the
 * whole row.
 */
export const ThirdNextAvailable: TypePolicy = {
  fr: 'Troisième rendez-vous libre d’une circonscription, un jour',
  en: 'Third next available appointment of a district, of a day',
  fields: {
    day: { to: forWhom.whoReadsStatistics, fr: 'jour' },
    days: { to: forWhom.whoReadsStatistics, fr: 'délai en jours', en: 'days until then' },
    withheld: { to: forWhom.whoReadsStatistics, fr: 'pourquoi il n’est pas dit', en: 'why it is not told' },
  },
};
