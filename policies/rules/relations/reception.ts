import * as appointment from '../../../src/access/appointment/appointment.js';
import * as encounter from '../../../src/access/reception/encounter.js';
import * as reception from '../../../src/access/reception/reception.js';
import { rowRule, viewerRule } from '../rules.js';
import { inRole, mayBe } from './viewers.js';

/** The rule `reception.seesWhoReceives`, asked of each visit. */
export const whoSeesWhoReceives = rowRule<reception.VisitRelation>(
  {
    fr: 'l’agent qui reçoit ; l’accueil, tant que le passage dure et dans la réponse à sa propre saisie',
    en: 'the worker who receives the person; the desk, until the person has gone and in the answer to its own recording',
  },
  reception.seesWhoReceives,
);
/** The rule `reception.seesWhatBecameOfVisit`, asked of each visit. */
export const whoSeesWhatBecameOfTheVisit = rowRule<reception.VisitRelation>(
  {
    fr: 'l’agent qui a reçu ; l’accueil et le responsable, jusqu’au départ, puis si personne n’a reçu ; l’accueil, aussi dans la réponse à sa propre saisie',
    en: 'the worker who received the person; the desk and the head, until the visit is closed, and afterwards if nobody received the person; the desk, also in the answer to its own recording',
  },
  reception.seesWhatBecameOfVisit,
);
/** The rule `reception.seesVisit`, asked of each visit. */
export const whoSeesTheVisit = rowRule<reception.VisitRelation>(
  {
    fr: 'l’accueil et le responsable de la circonscription, et l’agent qui reçoit',
    en: 'the district’s desk and head, and the worker who is to receive the person',
  },
  reception.seesVisit,
);
/** The rule `reception.worksWithVisit`, asked of each visit. */
export const whoWorksWithTheVisit = rowRule<reception.VisitRelation>(
  {
    fr: 'l’accueil de la circonscription, et l’agent qui reçoit',
    en: 'the district’s desk, and the worker who is to receive the person',
  },
  reception.worksWithVisit,
);
/** The rule `appointment.isAtTheDesk`, asked of the district of a visit or of a time. */
export const theDeskOfTheVisit = rowRule<{ readonly districtId: string }>(
  { fr: 'l’accueil où la personne se présente', en: 'the desk to which the person came' },
  appointment.isAtTheDesk,
  mayBe('RECEPTIONIST'),
);
/** Receptionists with the scope `appointments:read`; the service judges the row. */
export const whoIsAtADesk = viewerRule({ fr: 'l’accueil', en: 'the desk' }, (viewer) =>
  inRole(['RECEPTIONIST'], 'appointments:read')(viewer),
);
/** The rule `reception.readsMessage`, asked of each message. */
export const whoIsToCallBack = rowRule<reception.MessageRelation>(
  { fr: 'le seul agent à qui il est adressé', en: 'only the worker to whom the message is addressed' },
  reception.readsMessage,
);

/** The rule `encounter.readsEncounter`, asked of each encounter. */
export const theReaderOfTheEncounter = rowRule<encounter.EncounterRelation>(
  {
    fr: 'l’agent qui l’a tenu, 30 jours, puis le seul référent à qui il l’a transmis',
    en: 'the worker who held the encounter, for 30 days; once it is passed on, only the assigned worker who received it',
  },
  encounter.readsEncounter,
  mayBe('SOCIAL_WORKER'),
);

/** Receptionists, social workers and district heads with the scope `appointments:write`; the service judges the row. */
export const whoCallsBack = viewerRule(
  { fr: 'les agents d’une circonscription', en: 'a district’s workers' },
  (viewer) => inRole(['RECEPTIONIST', 'SOCIAL_WORKER', 'DISTRICT_HEAD'], 'appointments:write')(viewer),
);

/** Workers with the scope `appointments:read`; the service judges the row. */
export const whoDecidesOnTimes = viewerRule(
  { fr: 'les agents d’une circonscription', en: 'a district’s workers' },
  (viewer) => inRole(['SOCIAL_WORKER'], 'appointments:read')(viewer),
);
/** The rule `reception.decidesOnTimes`, asked of each appointment that was called off by telephone. */
export const whoWasToldOfTheCall = rowRule<{ readonly workerId: string; readonly districtId: string }>(
  {
    fr: 'les agents du rendez-vous, celui qui suit le dossier ; l’agent de permanence, quand il n’y a personne d’autre',
    en: 'the workers of the appointment, the assigned worker and the stand-in; the duty worker, if there is nobody else',
  },
  reception.decidesOnTimes,
  mayBe('SOCIAL_WORKER'),
);
