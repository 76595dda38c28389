import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** Entretien d’accueil: one reader at a time, on every field, as for a note (rule 1); to nobody else is there one. */
export const Encounter: TypePolicy = {
  id: forWhom.theReaderOfTheEncounter,
  text: forWhom.theReaderOfTheEncounter,
  heldAt: forWhom.theReaderOfTheEncounter,
  heldBy: forWhom.theReaderOfTheEncounter,
  person: forWhom.theReaderOfTheEncounter,
  visit: forWhom.theReaderOfTheEncounter,
  appointment: forWhom.theReaderOfTheEncounter,
  district: forWhom.theReaderOfTheEncounter,
  case: forWhom.theReaderOfTheEncounter,
  passedOnAt: forWhom.theReaderOfTheEncounter,
  version: forWhom.theReaderOfTheEncounter,
};

/** In the answer to whoever held it, and nowhere else. */
export const GivenUpEncounter: TypePolicy = { id: allow };
