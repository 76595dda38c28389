import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { and } from '../rules/rules.js';

const itsTwoWorkers = and(forWhom.noteReaders, forWhom.oneOfItsTwoWorkers);

/** Passation: for the worker who offers it and the worker who is offered it. */
export const Handover: TypePolicy = {
  fr: 'Passation de comptes rendus',
  en: 'Handover of notes',
  fields: {
    case: { to: itsTwoWorkers, fr: 'dossier' },
    fromWorker: { to: itsTwoWorkers, fr: 'agent qui transmet', en: 'who hands over' },
    toWorker: { to: itsTwoWorkers, fr: 'agent qui reprend', en: 'who takes over' },
    offeredAt: { to: itsTwoWorkers, fr: 'date de la proposition', en: 'when it was offered' },
    acceptedAt: { to: itsTwoWorkers, fr: 'date de l’acceptation', en: 'when it was accepted' },
    withdrawnAt: { to: itsTwoWorkers, fr: 'date du retrait', en: 'when it was withdrawn' },
    id: { to: itsTwoWorkers, ...ID },
  },
};
