import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** A notification: for the worker it was sent to. */
export const Notification: TypePolicy = {
  fr: 'Avis adressé à un agent',
  en: 'Notification to a worker',
  fields: {
    kind: { to: forWhom.itsHolder, fr: 'nature', en: 'kind' },
    case: { to: forWhom.itsHolder, fr: 'dossier' },
    aboutWorker: { to: forWhom.itsHolder, fr: 'agent dont il s’agit', en: 'the worker that it is about' },
    act: { to: forWhom.itsHolder, fr: 'actes dont il s’agit', en: 'the kind of the acts' },
    howMany: { to: forWhom.itsHolder, fr: 'leur nombre', en: 'how many acts' },
    createdAt: { to: forWhom.itsHolder, fr: 'date', en: 'when' },
    id: { to: forWhom.itsHolder, ...ID },
  },
};
