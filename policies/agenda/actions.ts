import { OWN_OR_DESK } from '../rules/conditions.js';
import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The actions of this room: who may ask for each. The service judges the row. */
export const actions: FieldPolicies = {
  openAvailability: {
    to: forWhom.whoKeepsAgendas,
    fr: 'ouvrir une plage dans l’agenda',
    en: 'open hours in the agenda',
    where: OWN_OR_DESK,
  },
  endAvailability: {
    to: forWhom.whoKeepsAgendas,
    fr: 'mettre fin à la plage',
    en: 'end opened hours',
    where: OWN_OR_DESK,
  },
  closeAvailabilityOn: {
    to: forWhom.whoKeepsAgendas,
    fr: 'fermer la plage un jour',
    en: 'close the hours on one day',
    where: OWN_OR_DESK,
  },
  declareUnavailability: {
    to: forWhom.whoKeepsAgendas,
    fr: 'déclarer une indisponibilité',
    en: 'declare time off',
    where: OWN_OR_DESK,
  },
  importCalendar: {
    to: forWhom.whoKeepsAgendas,
    fr: 'importer un autre agenda (heures occupées seulement)',
    en: 'import another calendar (only its busy times)',
    where: { fr: 'dans leur propre agenda', en: 'into their own agenda' },
  },
  removeOutsideCalendar: {
    to: forWhom.whoRemovesOtherCalendars,
    fr: 'retirer cet agenda',
    en: 'remove an imported calendar',
    where: { fr: 'les leurs', en: 'their own calendars' },
  },
  proposeOption: {
    to: forWhom.whoKeepsAgendas,
    fr: 'proposer une option à l’équipe',
    en: 'propose an option to the team',
    where: { fr: 'à leur équipe, sauf son responsable', en: 'to their team, but not as its head' },
  },
  voteOnOption: {
    to: forWhom.whoKeepsAgendas,
    fr: 'voter sur une option de l’équipe',
    en: 'vote on an option of the team',
    where: { fr: 'de leur équipe, sauf son responsable', en: 'of their team, but not as its head' },
  },
  endUnavailability: {
    to: forWhom.whoKeepsAgendas,
    fr: 'mettre fin à l’indisponibilité',
    en: 'end time off',
    where: OWN_OR_DESK,
  },
};
