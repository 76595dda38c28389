import * as referral from '../../../src/access/orientation/referral.js';
import { rowRule } from '../rules.js';
import { mayBe, mayFollow } from './viewers.js';

/** The rule `referral.seesReferral`, asked of each referral. */
export const whoSeesTheReferral = rowRule<referral.ReferralRelation>(
  {
    fr: 'l’agent qui suit le dossier, celui qui la reçoit, le responsable de la circonscription qui la reçoit ; la personne, si cela ne concerne qu’elle et lui est montré',
    en: 'the assigned worker and the stand-in, the worker who receives the referral, the head of the receiving district; the person, if the referral concerns nobody else and is shown online',
  },
  referral.seesReferral,
);
/** The rule `referral.worksWithReferral`, asked of each referral. */
export const whoWorksWithTheReferral = rowRule<referral.ReferralRelation>(
  {
    fr: 'l’agent qui suit le dossier, celui qui la reçoit, le responsable de la circonscription qui la reçoit',
    en: 'the assigned worker and the stand-in, the worker who receives the referral, the head of the receiving district',
  },
  referral.worksWithReferral,
);
/** The rule `referral.seesItsWorkers`, asked of each referral. */
export const whoSeesTheWorkersOfTheReferral = rowRule<referral.ReferralRelation>(
  {
    fr: 'l’agent qui suit le dossier, celui qui la reçoit ; le responsable, une à la fois',
    en: 'the assigned worker and the stand-in, the worker who receives the referral; the head of the receiving district, for one referral at a time',
  },
  referral.seesItsWorkers,
);
/** The rule `referral.knowsWhomItConcerns`, asked of each referral. */
export const whoAllocatesTheReferral = rowRule<referral.ReferralRelation>(
  {
    fr: 'l’agent qui suit le dossier, celui qui la reçoit ; le responsable qui l’attribue, jusqu’à ce qu’il l’ait fait',
    en: 'the assigned worker and the stand-in, the worker who receives the referral; the head of the receiving district, until the referral is allocated',
  },
  referral.knowsWhomItConcerns,
);
/** The rule `referral.seesReferralContent`, asked of each referral. */
export const whoSendsAndReceives = rowRule<referral.ReferralRelation>(
  {
    fr: 'l’agent qui suit le dossier et celui qui la reçoit',
    en: 'the assigned worker and the stand-in, and the worker who receives the referral',
  },
  referral.seesReferralContent,
  mayFollow,
);
/** The rule `referral.followsReferral`, asked of each referral. */
export const whoSends = rowRule<referral.ReferralRelation>(
  { fr: 'l’agent qui suit le dossier', en: 'the assigned worker and the stand-in' },
  referral.followsReferral,
  mayFollow,
);
/** The rule `referral.seesMention`, asked of each mention of a referral. */
export const theDesksOfTheReferral = rowRule<referral.MentionRelation>(
  {
    fr: 'l’accueil des circonscriptions qui oriente et qui reçoit',
    en: 'the desks of the sending and of the receiving district',
  },
  referral.seesMention,
  mayBe('RECEPTIONIST'),
);
