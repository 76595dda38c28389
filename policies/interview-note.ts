import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

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
