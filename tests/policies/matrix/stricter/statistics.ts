import { ADVISERS, EVERYONE, everyoneBut, HEADS, SOCIAL_WORKERS, without } from './standpoints.js';
import type { Stricter } from './stricter.js';

const ANOTHER_TEAM = 'A team speaks for itself, and this is another team’s district.';

/** Who reads nothing of a report that is not published, and does not speak for another team, although the policies would open it. */
export const STATISTICS: readonly Stricter[] = [
  {
    reason: 'A team proposes for itself, and this is another team’s district.',
    coordinates: ['Mutation.proposeIndicator'],
    standpoints: ['worker-other-district', 'head-other-district'],
  },
  {
    reason: ANOTHER_TEAM,
    coordinates: [
      'Mutation.addObservation',
      'Mutation.confirmWords',
      'Mutation.declineNarrative',
      'Mutation.signNarrative',
      'Mutation.stateOpinion',
      'Mutation.writeNarrative',
    ],
    standpoints: ['worker-other-district'],
  },
  {
    reason: 'No path leads there: it is answered to who reads words of their team.',
    coordinates: ['TeamWords.confirmedOn', 'TeamWords.withdrawnOn'],
    standpoints: ['worker-other-district'],
  },
  {
    reason: 'A team confirms words; an adviser and the officer withdraw them.',
    coordinates: ['TeamWords.withdrawnOn'],
    standpoints: without(SOCIAL_WORKERS, 'worker-other-district'),
  },
  {
    reason: 'Nothing was written since the text that stands.',
    coordinates: ['ActivityReport.laterTexts'],
    standpoints: [...SOCIAL_WORKERS, ...HEADS, ...ADVISERS, 'data-protection-officer'],
  },
  {
    reason: 'A team asks about its own wait, and reads what it asked; this is another team’s district.',
    coordinates: ['Mutation.simulateWait', 'Query.waitSimulations'],
    standpoints: ['worker-other-district', 'head-other-district'],
  },
  {
    reason: 'The report is a draft: what it shows of the team’s wait is the team’s, until it is published.',
    coordinates: ['ActivityReport.simulation'],
    standpoints: ['worker-other-district', 'head-other-district'],
  },
  {
    reason: 'Nothing is published in this county: the list is empty.',
    coordinates: ['Query.activityReports'],
    standpoints: EVERYONE,
  },
  {
    reason: 'What is published is everyone’s; this is a draft.',
    coordinates: ['Query.activityReport'],
    standpoints: everyoneBut(...SOCIAL_WORKERS, ...HEADS, ...ADVISERS, 'data-protection-officer'),
  },
  {
    reason: 'A draft is not published: there is nothing to tell of its publication.',
    coordinates: ['ActivityReport.publishedOn'],
    standpoints: [...SOCIAL_WORKERS, ...HEADS, 'data-protection-officer'],
  },
  {
    reason: 'Nobody has signed this erratum; who may sign reads it once it is signed.',
    coordinates: ['Erratum.publishedOn', 'Erratum.signedBy'],
    standpoints: [...SOCIAL_WORKERS, ...HEADS],
  },
];
