import { AWAY, WHO_NOTES_NEEDS } from '../rules/conditions.js';
import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The actions of this room: who may ask for each. The service judges the row. */
export const actions: FieldPolicies = {
  openCase: {
    to: forWhom.socialWorkersAndHeads,
    fr: 'ouvrir un dossier',
    en: 'open a case',
    where: { fr: 'dans leur circonscription', en: 'in their district' },
  },
  assignCase: {
    to: forWhom.heads,
    fr: 'attribuer un dossier',
    en: 'assign a case',
    where: {
      fr: 'dans sa circonscription, jamais à lui-même',
      en: 'in their district, never to themselves',
    },
  },
  reassignCase: {
    to: forWhom.heads,
    fr: 'attribuer le dossier à un autre',
    en: 'give the case to another worker',
    where: {
      fr: 'dans sa circonscription, jamais à lui-même',
      en: 'in their district, never to themselves',
    },
  },
  reassignCases: {
    to: forWhom.heads,
    fr: 'réattribuer les dossiers d’un agent absent ou qui part',
    en: 'reassign the cases of a worker who is away or leaves',
    where: AWAY,
  },
  planReassignment: {
    to: forWhom.heads,
    fr: 'prévoir la réattribution du dossier, à une date',
    en: 'plan the reassignment of the case for a given time',
    where: {
      fr: 'dans sa circonscription, jamais à lui-même, cinq jours à l’avance au plus',
      en: 'in their district, never to themselves, five days ahead at most',
    },
  },
  withdrawPlannedReassignment: {
    to: forWhom.heads,
    fr: 'retirer une réattribution prévue',
    en: 'withdraw a planned reassignment',
    where: {
      fr: 'dans sa circonscription, tant qu’elle n’a pas pris effet',
      en: 'in their district, until it takes effect',
    },
  },
  recordNeed: {
    to: forWhom.socialWorkers,
    fr: 'noter un besoin',
    en: 'record a need',
    where: WHO_NOTES_NEEDS,
  },
  endNeed: {
    to: forWhom.socialWorkers,
    fr: 'noter qu’un besoin a pris fin',
    en: 'record that a need has ended',
    where: WHO_NOTES_NEEDS,
  },
  declareAbsence: {
    to: forWhom.heads,
    fr: 'déclarer l’absence d’un agent',
    en: 'declare the absence of a worker',
    where: { fr: 'dans sa circonscription', en: 'in their district' },
  },
  changeAbsence: {
    to: forWhom.heads,
    fr: 'changer la fin d’une absence',
    en: 'change the end of an absence',
    where: { fr: 'dans sa circonscription', en: 'in their district' },
  },
  contradictAbsence: {
    to: forWhom.socialWorkers,
    fr: 'contredire son absence',
    en: 'contradict an absence that was declared',
    where: { fr: 'la sienne', en: 'their own absence' },
  },
  openRelay: {
    to: forWhom.heads,
    fr: 'ouvrir une suppléance',
    en: 'open a relay',
    where: {
      fr: 'dans sa circonscription, pour une absence déclarée',
      en: 'in their district, for a declared absence',
    },
  },
  confirmRelay: {
    to: forWhom.advisersOfRelays,
    fr: 'confirmer une suppléance en attente',
    en: 'confirm a relay that waits',
    where: {
      fr: 'une suppléance à laquelle ils n’ont pas part, le jour même',
      en: 'a relay in which they have no part, on the same day',
    },
  },
  endRelay: {
    to: forWhom.heads,
    fr: 'mettre fin à une suppléance',
    en: 'end a relay',
    where: { fr: 'dans sa circonscription', en: 'in their district' },
  },
};
