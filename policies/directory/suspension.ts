import { ID, type TypePolicy } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** A suspension. Those who are told of it read it, and may end it. */
export const Suspension: TypePolicy = {
  fr: 'Suspension (un compte, une fonction ou une application que d’autres ont pour veiller)',
  en: 'Suspension (of an account, a post or a client that others need to watch)',
  fields: {
    worker: { to: forWhom.whoEndsSuspensions, fr: 'agent concerné', en: 'the worker concerned' },
    what: { to: forWhom.whoEndsSuspensions, fr: 'ce qui est suspendu', en: 'what is suspended' },
    suspendedBy: {
      to: forWhom.whoEndsSuspensions,
      fr: 'administrateur qui a suspendu',
      en: 'the administrator who suspended',
    },
    suspendedAt: { to: forWhom.whoEndsSuspensions, fr: 'date', en: 'when' },
    lapsesAt: { to: forWhom.whoEndsSuspensions, fr: 'caduque le', en: 'when it lapses' },
    confirmedAt: {
      to: forWhom.whoEndsSuspensions,
      fr: 'confirmée en second le',
      en: 'when a second person confirmed it',
    },
    liftedAt: { to: forWhom.whoEndsSuspensions, fr: 'levée le', en: 'when it was lifted' },
    id: { to: forWhom.whoEndsSuspensions, ...ID },
  },
};
