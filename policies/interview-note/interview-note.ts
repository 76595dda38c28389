import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** Compte rendu d'entretien: rule 1, on every field, number, date and author included. */
export const InterviewNote: TypePolicy = {
  id: forWhom.theReaderOfTheNote,
  body: forWhom.theReaderOfTheNote,
  status: forWhom.theReaderOfTheNote,
  author: forWhom.theReaderOfTheNote,
  case: forWhom.theReaderOfTheNote,
  writtenAt: forWhom.theReaderOfTheNote,
  amendedAt: forWhom.theReaderOfTheNote,
  keptBack: forWhom.theReaderOfTheNote,
  version: forWhom.theReaderOfTheNote,
};
