import * as notice from '../../../src/access/data-protection/privacy-notice.js';
import * as directory from '../../../src/access/directory/directory.js';
import { rowRule, viewerRule } from '../rules.js';

/** The rule `directory.knowsWorkers`, asked once of the viewer. */
export const colleagues = viewerRule(
  {
    fr: 'les agents, et les intégrations autorisées',
    en: 'workers, and integration clients that have the scope',
  },
  directory.knowsWorkers,
);
/** The rule `directory.knowsTeamOf`, asked of each district. */
export const whoKnowsItsTeam = rowRule<{ readonly id: string }>(
  {
    fr: 'l’accueil et les travailleurs sociaux de toute circonscription, le conseiller technique, le délégué à la protection des données, l’administrateur, les intégrations autorisées ; le responsable, pour sa circonscription',
    en: 'the desk and the social workers of any district, the technical adviser, the data protection officer, the administrator, integration clients that have the scope; the head, for their own district',
  },
  directory.knowsTeamOf,
);
/** Each login of a person; the service answers only what is shown to them. */
export const thePersonConcerned = viewerRule(
  { fr: 'la personne, pour ce qui lui est montré', en: 'the person, for what is shown to them' },
  (viewer) => viewer.kind === 'PERSON',
);
/** The worker whose row it is. */
export const theWorkerThemselves = rowRule<{ readonly id: string }>(
  { fr: 'l’agent lui-même', en: 'the worker themselves' },
  (viewer, row) => viewer.workerId !== null && viewer.workerId === row.id,
);
/** The rule `directory.administers`, asked once of the viewer. */
export const administrators = viewerRule(
  { fr: 'l’administrateur', en: 'the administrator' },
  directory.administers,
);
/** The rule `directory.revokesRights`, asked once of the viewer. */
export const whoRevokesRights = viewerRule(
  { fr: 'l’administrateur, pour retirer un droit', en: 'the administrator, to take a right away' },
  directory.revokesRights,
);
/** The rule `directory.endsSuspensions`, asked once of the viewer. */
export const whoEndsSuspensions = viewerRule(
  {
    fr: 'le délégué à la protection des données, le conseiller technique, l’administrateur',
    en: 'the data protection officer, the technical adviser, the administrator',
  },
  directory.endsSuspensions,
);
/** The rule `directory.confirmsSuspensions`, asked once of the viewer. */
export const whoConfirmsSuspensions = viewerRule(
  {
    fr: 'le délégué à la protection des données, le conseiller technique ; jamais un administrateur',
    en: 'the data protection officer, the technical adviser; never an administrator',
  },
  directory.confirmsSuspensions,
);
/** The rule `directory.contradictsDepartures`, asked once of the viewer. */
export const whoContradictsADeparture = viewerRule(
  { fr: 'l’agent qui n’a plus aucune fonction', en: 'the worker who has no post left' },
  directory.contradictsDepartures,
);
/** The rule `notice.readsNoticeDrafts`, asked once of the viewer. */
export const whoReadsNoticeDrafts = viewerRule(
  {
    fr: 'l’administrateur, le délégué à la protection des données',
    en: 'the administrator, the data protection officer',
  },
  notice.readsNoticeDrafts,
);
/** The rule `notice.draftsNotices`, asked once of the viewer. */
export const whoDraftsNotices = viewerRule(
  { fr: 'l’administrateur, pour le département', en: 'the administrator, for the county' },
  notice.draftsNotices,
);
/** The rule `notice.advisesOnNotices`, asked once of the viewer. */
export const whoAdvisesOnNotices = viewerRule(
  { fr: 'le délégué à la protection des données', en: 'the data protection officer' },
  notice.advisesOnNotices,
);
/** The rule `directory.readsAccessLog`, asked once of the viewer. */
export const dataProtectionOfficers = viewerRule(
  { fr: 'le délégué à la protection des données', en: 'the data protection officer' },
  directory.readsAccessLog,
);
