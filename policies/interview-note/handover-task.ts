import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/**
 * The task of a worker who left a case and may still hand notes over: for that worker. The worker who now has the case sees the task once
 * the answer is no.
 */
export const HandoverTask: TypePolicy = {
  fr: 'Passation à faire (dossier repris par un autre)',
  en: 'Handover to make (a case that someone else has taken over)',
  fields: {
    caseReference: { to: forWhom.whoSeesTheTask, fr: 'référence du dossier', en: 'reference of the case' },
    worker: { to: forWhom.whoSeesTheTask, fr: 'agent qui suivait le dossier', en: 'who had the case' },
    toWorker: {
      to: forWhom.whoSeesTheTask,
      fr: 'agent qui a repris le dossier',
      en: 'who has taken the case over',
    },
    reassignedAt: {
      to: forWhom.whoSeesTheTask,
      fr: 'date de la réattribution',
      en: 'when it was reassigned',
    },
    answer: { to: forWhom.whoSeesTheTask, fr: 'réponse', en: 'answer' },
    reason: { to: forWhom.whoSeesTheTask, fr: 'motif du refus', en: 'why not' },
    closedAt: { to: forWhom.whoSeesTheTask, fr: 'date de la réponse', en: 'when it was answered' },
    id: { to: forWhom.whoSeesTheTask, ...ID },
  },
};
