import * as task from '../../../src/access/interview-note/handover-task.js';
import * as release from '../../../src/access/release/release.js';
import { rowRule, viewerRule } from '../rules.js';

/** The rule `task.seesHandoverTask`, asked of each handover task. */
export const whoSeesTheTask = rowRule<task.HandoverTaskRelation>(
  {
    fr: 'l’agent qui suivait le dossier ; un refus, celui qui le suit à présent',
    en: 'the worker who had the case; if the answer is NO, also the worker who has it now',
  },
  task.seesHandoverTask,
);
/** The rule `release.approvesReleases`, asked once of the viewer. */
export const technicalAdvisers = viewerRule(
  {
    fr: 'le conseiller technique, second de la levée',
    en: 'the technical adviser, as the second person of a release',
  },
  release.approvesReleases,
);
/** The rule `release.overseesReleases`, asked once of the viewer. */
export const whoOverseesReleases = viewerRule(
  { fr: 'le délégué à la protection des données', en: 'the data protection officer' },
  release.overseesReleases,
);
/** The rule `release.listsReleasesToAnswer`, asked once of the viewer. */
export const whoListsReleasesToAnswer = viewerRule(
  {
    fr: 'les travailleurs sociaux, et l’agent qui n’a plus aucune fonction',
    en: 'social workers, and the worker who has no post left',
  },
  release.listsReleasesToAnswer,
);
/** The rule `release.answersReleases`, asked once of the viewer. */
export const whoAnswersReleases = viewerRule(
  {
    fr: 'les travailleurs sociaux, et l’agent qui n’a plus aucune fonction',
    en: 'social workers, and the worker who has no post left',
  },
  release.answersReleases,
);
/** The rule `release.seesRelease`, asked of each release. */
export const whoSeesTheRelease = rowRule<release.ReleaseRelation>(
  {
    fr: 'l’agent qui a demandé la levée, ceux qui suivaient le dossier avant, le conseiller technique, le délégué à la protection des données',
    en: 'the worker who asked for the release, the workers who had the case before, the technical adviser, the data protection officer',
  },
  release.seesRelease,
);
/** The rule `release.seesStatement`, asked of each release. */
export const whoSeesTheStatement = rowRule<release.ReleaseRelation>(
  {
    fr: 'l’agent qui a demandé la levée, le conseiller technique ; en cas de danger, le délégué à la protection des données',
    en: 'the worker who asked for the release, the technical adviser; in case of danger, the data protection officer',
  },
  release.seesStatement,
);
/** The rule `release.seesAnswer`, asked of each answer. */
export const whoSeesTheAnswer = rowRule<{ readonly workerId: string; readonly requestedById: string }>(
  {
    fr: 'l’agent qui répond, celui qui a demandé la levée, le conseiller technique, le délégué à la protection des données',
    en: 'the worker who answers, the worker who asked for the release, the technical adviser, the data protection officer',
  },
  release.seesAnswer,
);
/** The rule `release.seesReviews`, asked once of the viewer. */
export const whoSeesReviews = viewerRule(
  {
    fr: 'le conseiller technique, le délégué à la protection des données',
    en: 'the technical adviser, the data protection officer',
  },
  release.seesReviews,
);
