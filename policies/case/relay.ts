import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** Suppléance: the district's team knows which worker stands in. A technical adviser reads one that waits for a yes. */
export const Relay: TypePolicy = {
  fr: 'Suppléance',
  en: 'Relay',
  fields: {
    district: { to: forWhom.whoSeesTheRelay, fr: 'circonscription' },
    absentWorker: { to: forWhom.whoSeesTheRelay, fr: 'agent absent' },
    standIn: { to: forWhom.whoSeesTheRelay, fr: 'suppléant' },
    startsAt: { to: forWhom.whoSeesTheRelay, fr: 'début', en: 'start' },
    confirmBefore: {
      to: forWhom.whoSeesTheRelay,
      fr: 'à confirmer avant',
      en: 'to be confirmed before',
    },
    endsAt: { to: forWhom.whoSeesTheRelay, fr: 'fin', en: 'end' },
    id: { to: forWhom.whoSeesTheRelay, ...ID },
    version: { to: forWhom.whoSeesTheRelay, ...VERSION },
  },
};
