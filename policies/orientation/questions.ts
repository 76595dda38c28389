import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** The questions of this room: who may ask each. The service judges each row. */
export const questions: FieldPolicies = {
  referral: {
    to: forWhom.whoMayKnowCases,
    fr: 'une orientation',
    en: 'one referral',
    where: {
      fr: 'celles de leurs dossiers, celles qu’ils reçoivent ; au responsable, celles que reçoit sa circonscription ; celles montrées à la personne',
      en: 'for social workers, the referrals of the cases that they follow, and those that they receive; for the head, the referrals that their district receives; for the person, the referrals that are shown online',
    },
  },
  receivedReferrals: {
    to: forWhom.whoReceivesReferrals,
    fr: 'orientations reçues',
    en: 'referrals received',
    where: {
      fr: 'celles de sa circonscription pour le responsable ; les autres agents, celles qu’ils reçoivent',
      en: 'for the head, the referrals of their district; for other workers, the referrals that they receive',
    },
  },
  incomingRequest: {
    to: forWhom.whoReceivesReferrals,
    fr: 'une saisine',
    en: 'one partner’s request',
    where: {
      fr: 'celles qui leur sont attribuées ; au responsable, celles de sa circonscription',
      en: 'the requests that are allocated to them; for the head, the requests of their district',
    },
  },
  incomingRequests: {
    to: forWhom.whoReceivesReferrals,
    fr: 'saisines et leurs délais',
    en: 'partners’ requests, and the days on which they are due',
    where: {
      fr: 'celles qui leur sont attribuées ; au responsable, celles de sa circonscription',
      en: 'the requests that are allocated to them; for the head, the requests of their district',
    },
  },
  sectorsFor: {
    to: allow,
    fr: 'circonscriptions proposées pour une adresse',
    en: 'districts proposed for an address',
  },
  organisations: { to: allow, fr: 'annuaire des structures', en: 'directory of organisations' },
  organisation: { to: allow, fr: 'une structure', en: 'one organisation' },
  personsToInform: {
    to: forWhom.socialWorkersReading,
    fr: 'personnes à informer',
    en: 'persons to inform',
    where: {
      fr: 'celles de leurs dossiers et de ceux qu’ils suppléent',
      en: 'the persons of the cases that are assigned to them, and of those in which they stand in',
    },
  },
};
