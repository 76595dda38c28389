import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The actions of this room: who may ask for each. The service judges the row. */
export const actions: FieldPolicies = {
  writeNote: {
    to: forWhom.noteWriters,
    fr: 'écrire un compte rendu',
    en: 'write an interview note',
    where: { fr: 'le référent du dossier', en: 'the assigned worker' },
  },
  amendNote: {
    to: forWhom.noteWriters,
    fr: 'modifier le compte rendu',
    en: 'amend the note',
    where: {
      fr: 'l’auteur, tant que le dossier lui est attribué',
      en: 'the author, while the case is assigned to them',
    },
  },
  offerHandover: {
    to: forWhom.noteWriters,
    fr: 'proposer de transmettre le compte rendu',
    en: 'offer the note in a handover',
    where: {
      fr: 'le référent du dossier, pour un compte rendu qu’il a écrit ou qui lui a été transmis',
      en: 'the assigned worker, for a note that they wrote or were handed',
    },
  },
  acceptHandover: {
    to: forWhom.noteWriters,
    fr: 'accepter une passation',
    en: 'accept a handover',
    where: {
      fr: 'celui à qui elle est proposée, une fois le dossier à lui',
      en: 'the worker who was offered the handover, once the case is assigned to them',
    },
  },
  withdrawHandover: {
    to: forWhom.noteWriters,
    fr: 'retirer une passation proposée',
    en: 'withdraw an offered handover',
    where: {
      fr: 'celui qui l’a proposée, tant qu’elle n’est pas acceptée',
      en: 'the worker who offered the handover, until it is accepted',
    },
  },
  answerHandoverTask: {
    to: forWhom.noteWriters,
    fr: 'transmettre après la réattribution, sans relire, ou dire pourquoi pas',
    en: 'after the reassignment, hand the notes over unread, or say why not',
    where: {
      fr: 'celui qui suivait le dossier, tant qu’il ne change pas encore de mains',
      en: 'the worker who had the case, until the case changes hands again',
    },
  },
};
