import {
  ITS_BOOKER,
  OWN_OR_DESK,
  WHO_HOLDS_IT,
  WHO_HOLDS_THE_LINK,
  WHO_WORKS_WITH_IT,
} from '../rules/conditions.js';
import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** The actions of this room: who may ask for each. The service judges the row. */
export const actions: FieldPolicies = {
  bookAppointment: {
    to: forWhom.whoBooks,
    fr: 'prendre un rendez-vous dans l’agenda d’un agent',
    en: 'book an appointment in a worker’s agenda',
    where: {
      fr: 'l’accueil de la circonscription ; un travailleur social dans son propre agenda, ou celui qu’il supplée',
      en: 'the district’s desk; a social worker, in their own agenda or in that of the worker they stand in for',
    },
  },
  moveAppointment: {
    to: forWhom.whoBooks,
    fr: 'déplacer le rendez-vous',
    en: 'move the appointment',
    where: WHO_WORKS_WITH_IT,
  },
  cancelAppointment: {
    to: forWhom.whoBooks,
    fr: 'annuler le rendez-vous',
    en: 'cancel the appointment',
    where: WHO_WORKS_WITH_IT,
  },
  recordOutcome: {
    to: forWhom.whoBooks,
    fr: 'noter si le rendez-vous a été honoré',
    en: 'record how the appointment went',
    where: WHO_WORKS_WITH_IT,
  },
  openCollectiveAppointment: {
    to: forWhom.whoBooks,
    fr: 'ouvrir un rendez-vous collectif',
    en: 'open a collective appointment',
    where: {
      fr: 'l’accueil de la circonscription, et l’agent qui l’anime',
      en: 'the district’s desk, and the worker who holds the appointment',
    },
  },
  joinCollectiveAppointment: {
    to: forWhom.whoBooks,
    fr: 'y donner une place',
    en: 'give a place in a collective appointment',
    where: WHO_HOLDS_IT,
  },
  leaveCollectiveAppointment: {
    to: forWhom.whoBooks,
    fr: 'y reprendre une place',
    en: 'take back a place in a collective appointment',
    where: WHO_HOLDS_IT,
  },
  recordAttendance: {
    to: forWhom.whoBooks,
    fr: 'noter la présence de chacun',
    en: 'record whether each person came',
    where: WHO_HOLDS_IT,
  },
  expectReturn: {
    to: forWhom.whoBooks,
    fr: 'dire l’heure de retour prévue',
    en: 'say when the worker on a home visit is expected back',
    where: WHO_WORKS_WITH_IT,
  },
  confirmAppointment: {
    to: forWhom.whoBooks,
    fr: 'confirmer le rendez-vous, ce qui ouvre les coordonnées',
    en: 'confirm the appointment, which opens the person’s contact to its workers',
    where: {
      fr: 'l’accueil de la circonscription, celui qui suit le dossier',
      en: 'the district’s desk, the assigned worker and the stand-in',
    },
  },
  recordReturn: {
    to: forWhom.whoBooks,
    fr: 'noter le retour de visite',
    en: 'record that the worker is back from the home visit',
    where: WHO_WORKS_WITH_IT,
  },
  recordNotice: {
    to: forWhom.whoBooks,
    fr: 'noter que la personne est prévenue',
    en: 'record that the person was told of a notice',
    where: WHO_WORKS_WITH_IT,
  },
  setParticipants: {
    to: forWhom.whoBooks,
    fr: 'noter qui d’autre est là (interprète…)',
    en: 'say who else is there (an interpreter…)',
    where: WHO_WORKS_WITH_IT,
  },
  bookOnline: {
    to: forWhom.whoBooksOnline,
    fr: 'prendre un rendez-vous en ligne',
    en: 'book online',
    where: {
      fr: 'la personne pour elle-même ; un créneau public',
      en: 'a public slot; the person, for themselves',
    },
  },
  moveOnline: {
    to: forWhom.whoBooksOnline,
    fr: 'déplacer ce qui a été pris en ligne',
    en: 'move what was booked online',
    where: ITS_BOOKER,
  },
  cancelOnline: {
    to: forWhom.whoBooksOnline,
    fr: 'annuler ce qui a été pris en ligne',
    en: 'cancel what was booked online',
    where: ITS_BOOKER,
  },
  cancelBookingsOfClient: {
    to: forWhom.deskAndHeads,
    fr: 'annuler ensemble ce qu’une application a pris en une heure',
    en: 'cancel together what one client booked in one hour',
    where: {
      fr: 'l’accueil et le responsable de la circonscription',
      en: 'the district’s desk and its head',
    },
  },
  cancelByLink: {
    to: allow,
    fr: 'annuler le rendez-vous annoncé par un message',
    en: 'cancel the appointment of a message',
    where: WHO_HOLDS_THE_LINK,
  },
  restoreByLink: {
    to: allow,
    fr: 'garder le rendez-vous qu’une voix a annulé par téléphone',
    en: 'let an appointment stand that was called off by telephone',
    where: WHO_HOLDS_THE_LINK,
  },
  closeCase: {
    to: forWhom.socialWorkers,
    fr: 'clore le dossier',
    en: 'close the case',
    where: { fr: 'le référent du dossier', en: 'the assigned worker' },
  },
  reopenCase: {
    to: forWhom.socialWorkersAndHeads,
    fr: 'rouvrir un dossier clos',
    en: 'reopen a closed case',
    where: {
      fr: 'le référent du dossier ; le responsable, si personne n’en est référent ou si le référent est parti',
      en: 'the assigned worker; the head, if nobody is assigned or the assigned worker has left',
    },
  },
  clearUnavailability: {
    to: forWhom.whoKeepsAgendas,
    fr: 'déplacer ou annuler d’un coup ce qui y est pris',
    en: 'move or cancel at once the appointments that are booked in time off',
    where: OWN_OR_DESK,
  },
};
