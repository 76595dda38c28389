import { WHO_HELD_IT, WHO_RECEIVES } from '../rules/conditions.js';
import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The actions of this room: who may ask for each. The service judges the row. */
export const actions: FieldPolicies = {
  sendTimesAgain: {
    to: forWhom.desks,
    fr: 'renvoyer ses rendez-vous à la personne par son contact sûr',
    en: 'send the person their appointment times again, by their safe contact',
    where: { fr: 'dans leur circonscription', en: 'in their district' },
  },
  noteTelephoneCancellation: {
    to: forWhom.desks,
    fr: 'noter une annulation ou un changement par téléphone',
    en: 'note that a caller cancels an appointment, or wants another time',
    where: { fr: 'dans leur circonscription', en: 'in their district' },
  },
  restoreAppointment: {
    to: forWhom.whoBooks,
    fr: 'garder le rendez-vous qu’une voix a annulé par téléphone',
    en: 'let an appointment stand that was called off by telephone',
    where: {
      fr: 'les agents qui en sont avertis ; l’accueil, si la personne est là',
      en: 'the workers who were told of it; the desk, while the person is there',
    },
  },
  sendBlindMessage: {
    to: forWhom.whoSendsBlindMessages,
    fr: 'écrire à qui suit une personne, sans savoir si quelqu’un la suit',
    en: 'write to the worker who follows a person, without learning whether any worker does',
    where: {
      fr: 'les travailleurs sociaux qui reçoivent ce jour, le conseiller technique',
      en: 'social workers who receive someone today, and the technical adviser',
    },
  },
  callDutyWorker: {
    to: forWhom.whoBooks,
    fr: 'appeler l’agent de permanence, sur une référence',
    en: 'call the duty worker, on a reference or an agreed word',
    where: { fr: 'l’accueil de la circonscription', en: 'the district’s desk' },
  },
  recordVisit: { to: forWhom.whoBooks, fr: 'noter un passage', en: 'record a visit', where: WHO_RECEIVES },
  directVisit: {
    to: forWhom.desks,
    fr: 'dire qui reçoit',
    en: 'say which worker receives the person',
    where: { fr: 'de sa circonscription', en: 'the visits of its district' },
  },
  takeIn: {
    to: forWhom.whoBooks,
    fr: 'prendre en charge',
    en: 'record that the person is received',
    where: WHO_RECEIVES,
  },
  closeVisit: { to: forWhom.whoBooks, fr: 'terminer un passage', en: 'close a visit', where: WHO_RECEIVES },
  sendMessage: {
    to: forWhom.whoBooks,
    fr: 'envoyer un message',
    en: 'send a message',
    where: { fr: 'dans leur circonscription', en: 'in their district' },
  },
  closeMessage: {
    to: forWhom.whoCallsBack,
    fr: 'noter que c’est fait',
    en: 'record that a message was dealt with',
    where: { fr: 'ceux qui leur sont adressés', en: 'the messages addressed to them' },
  },
  recordEncounter: {
    to: forWhom.noteWriters,
    fr: 'noter un entretien d’accueil',
    en: 'record an encounter',
    where: { fr: 'dans leur circonscription', en: 'in their district' },
  },
  writeEncounter: {
    to: forWhom.noteWriters,
    fr: 'écrire l’entretien d’accueil',
    en: 'write the encounter',
    where: WHO_HELD_IT,
  },
  passOnEncounter: {
    to: forWhom.noteWriters,
    fr: 'transmettre l’entretien au référent',
    en: 'pass the encounter on to the assigned worker',
    where: WHO_HELD_IT,
  },
  deleteEncounter: {
    to: forWhom.noteWriters,
    fr: 'supprimer l’entretien avant l’heure',
    en: 'delete the encounter before its time',
    where: WHO_HELD_IT,
  },
};
