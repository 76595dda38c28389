import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** Entretien d’accueil. It has one reader at a time, for every field, as a note has (rule 1). For everyone else it does not exist. */
export const Encounter: TypePolicy = {
  fr: 'Entretien d’accueil, sans dossier',
  en: 'Encounter: someone seen once on duty, without a case',
  fields: {
    text: { to: forWhom.theReaderOfTheEncounter, fr: 'texte', en: 'text' },
    heldAt: { to: forWhom.theReaderOfTheEncounter, fr: 'tenu le', en: 'when it was held' },
    heldBy: { to: forWhom.theReaderOfTheEncounter, fr: 'agent qui l’a tenu', en: 'who held it' },
    person: { to: forWhom.theReaderOfTheEncounter, fr: 'personne' },
    visit: { to: forWhom.theReaderOfTheEncounter, fr: 'passage', en: 'visit' },
    appointment: { to: forWhom.theReaderOfTheEncounter, fr: 'rendez-vous', en: 'appointment' },
    district: { to: forWhom.theReaderOfTheEncounter, fr: 'circonscription' },
    case: {
      to: forWhom.theReaderOfTheEncounter,
      fr: 'dossier auquel il est transmis',
      en: 'case to which it was passed on',
    },
    forCase: {
      to: forWhom.theReaderOfTheEncounter,
      fr: 'dossier pour lequel il est écrit',
      en: 'case for which it is written',
    },
    passedOnAt: { to: forWhom.theReaderOfTheEncounter, fr: 'transmis le', en: 'when it was passed on' },
    id: { to: forWhom.theReaderOfTheEncounter, ...ID },
    version: { to: forWhom.theReaderOfTheEncounter, ...VERSION },
  },
};

/** The answer to the worker who held the encounter and gave it up, and nowhere else. */
export const GivenUpEncounter: TypePolicy = {
  fr: 'Entretien transmis ou supprimé',
  en: 'Encounter passed on or deleted',
  technical: true,
  where: { fr: 'en réponse à celui qui l’a tenu', en: 'in the answer to who held it' },
  fields: {
    id: { to: allow, ...ID },
  },
};
