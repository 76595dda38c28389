import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** One result of a look-up: no fact of any case. */
export const PersonMatch: TypePolicy = {
  fr: 'Résultat de la recherche d’une personne',
  en: 'Result of a look-up',
  fields: {
    displayName: { to: forWhom.whoLooksUp, fr: 'nom' },
    birthYear: { to: forWhom.whoLooksUp, fr: 'année de naissance' },
    reference: { to: forWhom.whoLooksUp, fr: 'référence de la personne', en: 'reference of the person' },
    id: { to: forWhom.whoLooksUp, ...ID },
  },
};
