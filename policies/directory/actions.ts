import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The actions of this room: who may ask for each. The service judges the row. */
export const actions: FieldPolicies = {
  disableWorker: {
    to: forWhom.whoRevokesRights,
    fr: 'fermer le compte d’un agent',
    en: 'close a worker’s account',
  },
  endMembership: { to: forWhom.whoRevokesRights, fr: 'mettre fin à une fonction', en: 'end a membership' },
  confirmDeparture: {
    to: forWhom.whoRevokesRights,
    fr: 'confirmer, en second, un départ',
    en: 'confirm, as the second administrator, that a worker has left',
  },
  disableClient: {
    to: forWhom.whoRevokesRights,
    fr: 'fermer une application cliente',
    en: 'disable a client',
  },
  withdrawScope: {
    to: forWhom.whoRevokesRights,
    fr: 'retirer un droit à une application',
    en: 'withdraw a scope from a client',
  },
};
