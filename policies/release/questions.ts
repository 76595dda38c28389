import type { FieldPolicies } from '../rules/policy.js';
import * as forWhom from '../rules/relations.js';

/** The questions of this room: who may ask each. The service judges each row. */
export const questions: FieldPolicies = {
  pendingReleases: {
    to: forWhom.technicalAdvisers,
    fr: 'levées qui attendent une décision',
    en: 'releases that wait for a decision',
  },
  releasesInForce: {
    to: forWhom.whoOverseesReleases,
    fr: 'levées qui attendent ou qui sont ouvertes',
    en: 'releases that wait or are open',
  },
  myReleases: {
    to: forWhom.noteReaders,
    fr: 'levées demandées par soi',
    en: 'one’s own requests for a release',
    where: { fr: 'celles qu’ils ont demandées', en: 'the releases that they asked for' },
  },
  releasesToAnswer: {
    to: forWhom.whoListsReleasesToAnswer,
    fr: 'levées qui attendent sa réponse',
    en: 'releases that wait for one’s answer',
    where: { fr: 'celles de leurs anciens dossiers', en: 'the releases of cases that they had before' },
  },
  releasesOfFormerCases: {
    to: forWhom.noteReaders,
    fr: 'levées de ses anciens dossiers',
    en: 'releases of cases that one had before',
    where: {
      fr: 'celles de leurs anciens dossiers',
      en: 'the releases of cases that they had before',
    },
  },
  releasesToReview: {
    to: forWhom.whoSeesReviews,
    fr: 'ouvertures pour danger à réexaminer',
    en: 'notes opened because of a danger, to review',
    where: {
      fr: 'ouvertures pour danger ; au conseiller, celles d’une autre circonscription qu’il n’a pas accordées',
      en: 'notes opened because of a danger; for an adviser, only those of another district that they did not approve',
    },
  },
};
