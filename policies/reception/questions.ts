import { WHO_CAME } from '../rules/conditions.js';
import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** The questions of this room: who may ask each. The service judges each row. */
export const questions: FieldPolicies = {
  visits: {
    to: forWhom.seesBusyTimes,
    fr: 'passages d’une journée, file d’attente',
    en: 'visits of a day, the queue',
    where: WHO_CAME,
  },
  visit: { to: forWhom.seesBusyTimes, fr: 'un passage', en: 'one visit', where: WHO_CAME },
  messages: {
    to: forWhom.seesBusyTimes,
    fr: 'messages : rappeler',
    en: 'messages that ask for a call back',
    where: { fr: 'ceux qui leur sont adressés', en: 'the messages addressed to them' },
  },
  encounters: {
    to: forWhom.noteReaders,
    fr: 'entretiens d’accueil',
    en: 'encounters',
    where: {
      fr: 'ceux qu’ils ont tenus, et ceux qui leur sont transmis',
      en: 'the encounters that they held, until they are passed on, and those that were passed on to them',
    },
  },
  encounter: {
    to: forWhom.noteReaders,
    fr: 'un entretien d’accueil',
    en: 'one encounter',
    where: {
      fr: 'ceux qu’ils ont tenus, et ceux qui leur sont transmis',
      en: 'the encounters that they held, until they are passed on, and those that were passed on to them',
    },
  },
  timesOfPresent: {
    to: forWhom.whoIsAtADesk,
    fr: 'rendez-vous à venir ou passés de la personne présente',
    en: 'appointment times, to come or past, of a person at the counter',
    where: {
      fr: 'de la personne qui est à leur accueil ce jour, et n’en est pas repartie',
      en: 'for a person who is at their counter today and has not gone',
    },
  },
  timesCalledOff: {
    to: forWhom.whoDecidesOnTimes,
    fr: 'rendez-vous annulés par téléphone, à confirmer',
    en: 'appointments that were called off by telephone, to be confirmed',
    where: {
      fr: 'ceux dont ils sont avertis : les leurs, ceux de leurs dossiers ; l’agent de permanence, quand il n’y a personne d’autre',
      en: 'those of which they were told: their own and those of their cases; the duty worker, if there is nobody else',
    },
  },
  sentenceForThirdParties: {
    to: allow,
    fr: 'ce qui se dit aux tiers',
    en: 'the sentence for third parties who ask',
  },
};
