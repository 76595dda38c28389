import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** Compte rendu d'entretien. Rule 1 holds for every field: number, date and author too. */
export const InterviewNote: TypePolicy = {
  fr: 'Compte rendu d’entretien',
  en: 'Interview note',
  fields: {
    body: { to: forWhom.theReaderOfTheNote, fr: 'texte', en: 'text' },
    author: { to: forWhom.theReaderOfTheNote, fr: 'auteur' },
    status: { to: forWhom.theReaderOfTheNote, fr: 'brouillon ou définitif', en: 'draft or final' },
    writtenAt: { to: forWhom.theReaderOfTheNote, fr: 'date d’écriture', en: 'when it was written' },
    amendedAt: { to: forWhom.theReaderOfTheNote, fr: 'date de modification', en: 'when it was amended' },
    keptBack: {
      to: forWhom.theReaderOfTheNote,
      fr: 'gardé hors de la passation',
      en: 'kept back from a handover',
    },
    case: { to: forWhom.theReaderOfTheNote, fr: 'dossier' },
    id: { to: forWhom.theReaderOfTheNote, ...ID },
    version: { to: forWhom.theReaderOfTheNote, ...VERSION },
  },
};
