import { WHO_ANSWERS } from '../rules/conditions.js';
import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The actions of this room: who may ask for each. The service judges the row. */
export const actions: FieldPolicies = {
  requestAppointment: {
    to: forWhom.whoAsksForAppointments,
    fr: 'inscrire sur la liste d’attente',
    en: 'put someone on the waiting list',
    where: {
      fr: 'dans leur circonscription ; la personne pour elle-même, un type ouvert au public',
      en: 'in their district; the person, for themselves, for a type that is open to the public',
    },
  },
  changeRequest: {
    to: forWhom.whoAsksForAppointments,
    fr: 'changer une demande',
    en: 'change a request on the waiting list',
    where: WHO_ANSWERS,
  },
  nameRequest: {
    to: forWhom.whoBooks,
    fr: 'dire qui est la personne qui attend',
    en: 'say who the waiting person is',
    where: {
      fr: 'l’accueil de la circonscription et l’agent de permanence, pour qui ils peuvent prendre rendez-vous',
      en: 'the district’s desk and the duty worker, for a person that they may book',
    },
  },
  withdrawRequest: {
    to: forWhom.whoAsksForAppointments,
    fr: 'retirer une demande',
    en: 'take a request off the waiting list',
    where: WHO_ANSWERS,
  },
  setUrgency: {
    to: forWhom.whoJudgesUrgency,
    fr: 'dire l’urgence',
    en: 'say how urgent it is',
    where: {
      fr: 'l’agent de permanence, le référent du dossier et son suppléant',
      en: 'the duty worker, the assigned worker and the stand-in',
    },
  },
  recordPresence: {
    to: forWhom.desks,
    fr: 'noter qui est présent',
    en: 'record whether someone who waits is there',
    where: { fr: 'de sa circonscription', en: 'the requests of its district' },
  },
  recordOffer: {
    to: forWhom.whoBooks,
    fr: 'noter que la personne est prévenue',
    en: 'record that the person was told of an offered time',
    where: {
      fr: 'l’accueil de la circonscription, l’agent de permanence et celui qui suit le dossier',
      en: 'the district’s desk, the duty worker, the assigned worker and the stand-in',
    },
  },
  answerOffer: {
    to: forWhom.whoAsksForAppointments,
    fr: 'répondre à une proposition',
    en: 'accept or decline an offered time',
    where: WHO_ANSWERS,
  },
};
