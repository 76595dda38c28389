import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The questions of this room: who may ask each. The service judges each row. */
export const questions: FieldPolicies = {
  pendingHandovers: {
    to: forWhom.noteReaders,
    fr: 'passations qui l’attendent',
    en: 'handovers that wait for one’s answer',
    where: { fr: 'celles qui leur sont proposées', en: 'the handovers offered to them' },
  },
  handoverTasks: {
    to: forWhom.noteReaders,
    fr: 'passations à faire',
    en: 'handovers that one may still make',
    where: { fr: 'celles de leurs anciens dossiers', en: 'the tasks of cases that they had' },
  },
  refusedHandovers: {
    to: forWhom.noteReaders,
    fr: 'passations refusées, et pourquoi',
    en: 'handovers that were refused, and why',
    where: { fr: 'de leurs dossiers', en: 'for the cases that are assigned to them' },
  },
};
