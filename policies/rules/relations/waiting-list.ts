import type { WithReach } from '../../../src/access/person/person.js';
import * as reception from '../../../src/access/reception/reception.js';
import * as waiting from '../../../src/access/waiting-list/appointment-request.js';
import { rowRule, viewerRule } from '../rules.js';
import { inRole, isWorker, mayBe, mayFollow } from './viewers.js';

/** The rule `waiting.seesRequest`, asked of each request on the waiting list. */
export const whoSeesTheRequest = rowRule<waiting.RequestRelation>(
  {
    fr: 'l’accueil et le responsable de la circonscription, l’agent de permanence, celui qui suit le dossier ; la personne, si c’est montré en ligne',
    en: 'the district’s desk and head, the duty worker, the assigned worker and the stand-in; the person, if it is shown online',
  },
  waiting.seesRequest,
);
/** The rule `waiting.seesWaitingList`, asked of each request on the waiting list. */
export const whoKeepsTheWaitingList = rowRule<waiting.RequestRelation>(
  {
    fr: 'l’accueil et le responsable de la circonscription, l’agent de permanence, celui qui suit le dossier',
    en: 'the district’s desk and head, the duty worker, the assigned worker and the stand-in',
  },
  waiting.seesWaitingList,
  isWorker,
);
/** The rule `waiting.seesRequestContent`, asked of each request on the waiting list. */
export const whoKnowsWhatIsAskedFor = rowRule<waiting.RequestRelation>(
  {
    fr: 'l’agent de permanence et celui qui suit le dossier',
    en: 'the duty worker, the assigned worker and the stand-in',
  },
  waiting.seesRequestContent,
  mayFollow,
);
/** The rule `waiting.seesWhoseItIs`, asked of each request on the waiting list. */
export const whoSeesWhoseTimeItIs = rowRule<waiting.RequestRelation & { readonly status: string }>(
  {
    fr: 'l’accueil tant que l’on attend ou que le temps est retenu, l’agent de permanence et celui qui suit le dossier',
    en: 'the desk while the request waits or a time is held, the duty worker, the assigned worker and the stand-in',
  },
  waiting.seesWhoseItIs,
  isWorker,
);
/** The rule `waiting.followsItsCase`, asked of each request on the waiting list. */
export const whoFollowsTheCaseOfTheRequest = rowRule<waiting.RequestRelation>(
  { fr: 'celui qui suit le dossier', en: 'the assigned worker and the stand-in' },
  waiting.followsItsCase,
  mayFollow,
);
/** The rule `waiting.seesOffers`, asked of the request to which the offer is made. */
export const whoSeesTheOffer = rowRule<waiting.RequestRelation>(
  {
    fr: 'l’accueil, l’agent de permanence, celui qui suit le dossier ; la personne, si c’est montré en ligne',
    en: 'the desk, the duty worker, the assigned worker and the stand-in; the person, if it is shown online',
  },
  waiting.seesOffers,
);
/** The rule `waiting.worksWithRequest`, asked of the request to which the offer is made. */
export const whoTellsOfTheOffer = rowRule<waiting.RequestRelation>(
  {
    fr: 'l’accueil, l’agent de permanence et celui qui suit le dossier',
    en: 'the desk, the duty worker, the assigned worker and the stand-in',
  },
  waiting.worksWithRequest,
  isWorker,
);
/** The rule `waiting.knowsHowToTell`, asked of the request to which the offer is made. */
export const whoKnowsHowToTell = rowRule<waiting.RequestRelation & WithReach>(
  {
    fr: 'l’accueil, celui qui suit le dossier, et l’agent de permanence à qui quelqu’un d’autre a ouvert les coordonnées',
    en: 'the desk, the assigned worker and the stand-in, and the duty worker to whom somebody else opened the contact',
  },
  waiting.knowsHowToTell,
  isWorker,
);
/** The rule `waiting.printsLettersOfRequest`, asked of the request to which the offer is made. */
export const whoPrintsTheLetterOfTheOffer = rowRule<waiting.RequestRelation>(
  { fr: 'l’accueil et celui qui suit le dossier', en: 'the desk, the assigned worker and the stand-in' },
  waiting.printsLettersOfRequest,
  isWorker,
);
/** The rule `waiting.seesSkips`, asked of each request on the waiting list. */
export const theDeskOfTheWaitingList = rowRule<waiting.RequestRelation>(
  { fr: 'l’accueil de la circonscription', en: 'the district’s desk' },
  waiting.seesSkips,
  mayBe('RECEPTIONIST'),
);
/** The person (`waiting.asksForThemselves`), and receptionists and social workers with the scope `appointments:write`. */
export const whoAsksForAppointments = viewerRule(
  {
    fr: 'l’accueil, les travailleurs sociaux, et la personne',
    en: 'the desk, social workers, and the person',
  },
  (viewer) =>
    waiting.asksForThemselves(viewer) ||
    inRole(['RECEPTIONIST', 'SOCIAL_WORKER'], 'appointments:write')(viewer),
);
/** Receptionists with the scope `appointments:write`; the service judges the row. */
export const desks = viewerRule({ fr: 'l’accueil', en: 'the desk' }, (viewer) =>
  inRole(['RECEPTIONIST'], 'appointments:write')(viewer),
);
/** The rule `reception.sendsBlindMessages`, asked once of the viewer. */
export const whoSendsBlindMessages = viewerRule(
  { fr: 'les travailleurs sociaux, le conseiller technique', en: 'social workers, the technical adviser' },
  reception.sendsBlindMessages,
);
/** Social workers with the scope `appointments:write`; the service judges the row. */
export const whoJudgesUrgency = viewerRule(
  { fr: 'les travailleurs sociaux', en: 'social workers' },
  (viewer) => inRole(['SOCIAL_WORKER'], 'appointments:write')(viewer),
);
