import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { or } from '../rules/rules.js';

const names = or(forWhom.colleagues, forWhom.thePersonConcerned);

/** Agent: for colleagues and authorised integrations. */
export const Worker: TypePolicy = {
  fr: 'Agent (le référent du dossier)',
  en: 'Worker (the one to whom the case is assigned)',
  fields: {
    displayName: { to: names, fr: 'prénom et nom', en: 'given and family name' },
    givenName: { to: names, fr: 'prénom' },
    familyName: { to: names, fr: 'nom de famille' },
    memberships: {
      to: or(forWhom.administrators, forWhom.theWorkerThemselves),
      fr: 'fonctions, présentes et passées',
      en: 'posts, present and past',
    },
    disabledAt: {
      to: forWhom.administrators,
      fr: 'date de fermeture du compte',
      en: 'when the account was closed',
    },
    id: { to: or(names, forWhom.theWorkerThemselves), ...ID },
    version: { to: forWhom.administrators, ...VERSION },
  },
};
