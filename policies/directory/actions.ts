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
  contradictDeparture: {
    to: forWhom.whoContradictsADeparture,
    fr: 'contredire son départ',
    en: 'say that one has not left',
    where: { fr: 'leur propre fonction, terminée', en: 'their own post, which has ended' },
  },
  confirmSuspension: {
    to: forWhom.whoConfirmsSuspensions,
    fr: 'confirmer, en second, une suspension',
    en: 'confirm a suspension, as the second person',
    where: {
      fr: 'ni celui qui a suspendu, ni l’agent concerné',
      en: 'neither the one who suspended nor the worker concerned',
    },
  },
  liftSuspension: {
    to: forWhom.whoEndsSuspensions,
    fr: 'lever une suspension',
    en: 'lift a suspension',
    where: { fr: 'sauf l’agent concerné', en: 'not the worker concerned' },
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
