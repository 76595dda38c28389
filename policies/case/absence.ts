import { ID, type TypePolicy, VERSION } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** A declared absence, never its cause: for the absent worker and the head of the district. */
export const Absence: TypePolicy = {
  fr: 'Absence déclarée d’un agent (jamais sa cause)',
  en: 'Declared absence (never its cause)',
  fields: {
    worker: { to: forWhom.whoIsDeclaredAbsent, fr: 'agent' },
    startsAt: { to: forWhom.whoIsDeclaredAbsent, fr: 'début', en: 'start' },
    endsAt: { to: forWhom.whoIsDeclaredAbsent, fr: 'fin', en: 'end' },
    contradictedAt: {
      to: forWhom.whoIsDeclaredAbsent,
      fr: 'date à laquelle l’agent l’a contredite',
      en: 'when the worker contradicted it',
    },
    proposedStandIns: {
      to: forWhom.whoAllocatesHere,
      fr: 'agents qui pourraient le suppléer',
      en: 'workers who could stand in',
    },
    id: { to: forWhom.whoIsDeclaredAbsent, ...ID },
    version: { to: forWhom.whoIsDeclaredAbsent, ...VERSION },
  },
};
