import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** The questions of this room: who may ask each. The service judges each row. */
export const questions: FieldPolicies = {
  personLookUp: {
    to: forWhom.whoLooksUp,
    fr: 'recherche de la personne par son nom',
    en: 'look-up of the person by name',
    where: {
      fr: 'dans leur circonscription, avec le nom complet et une chose que dit la personne',
      en: 'in their district, by the full name and one other thing that the person says',
    },
  },
  me: { to: forWhom.thePersonConcerned, fr: 'son propre compte', en: 'one’s own account' },
  languages: { to: allow, fr: 'langues', en: 'languages' },
};
