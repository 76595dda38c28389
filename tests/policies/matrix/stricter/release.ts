import { NO_ROW, REFUSED } from './reasons.js';
import { ADVISERS, OTHER_SOCIAL_WORKERS, SOCIAL_WORKERS, without } from './standpoints.js';
import type { Stricter } from './stricter.js';

/** Who reads nothing of a release, and asks for, decides or answers none, although the policies would open it. */
export const RELEASE: readonly Stricter[] = [
  {
    reason: NO_ROW,
    coordinates: ['Query.releasesOfFormerCases', 'Query.releasesToAnswer'],
    standpoints: without(SOCIAL_WORKERS, 'worker-formerly-assigned'),
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.myReleases'],
    standpoints: OTHER_SOCIAL_WORKERS,
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.releasesToReview'],
    standpoints: ADVISERS,
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.recordReleaseTold', 'Mutation.requestRelease'],
    standpoints: OTHER_SOCIAL_WORKERS,
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.answerRelease'],
    standpoints: without(SOCIAL_WORKERS, 'worker-formerly-assigned'),
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.approveRelease', 'Mutation.refuseRelease'],
    standpoints: ['adviser-none'],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.reviewRelease'],
    standpoints: ADVISERS,
  },
  {
    reason: 'The list has the row, which has nothing there: nobody was told of a no.',
    coordinates: ['Release.personToldAt'],
    standpoints: ['worker-formerly-assigned'],
  },
  {
    reason:
      'No path leads there: what is approved is listed to reviewers of another district alone, and this adviser is the county’s.',
    coordinates: [
      'DangerStatement.authorCall',
      'DangerStatement.authorCalledAt',
      'DangerStatement.facts',
      'Release.answers',
      'Release.approvedAt',
      'Release.approvedBy',
      'Release.caseReference',
      'Release.danger',
      'Release.ground',
      'Release.id',
      'Release.lapsedAt',
      'Release.objectedAt',
      'Release.openUntil',
      'Release.personToldAt',
      'Release.refusedAt',
      'Release.refusedBy',
      'Release.requestedAt',
      'Release.requestedBy',
      'Release.reviewDueAt',
      'Release.reviews',
      'Release.waitsUntil',
      'ReleaseAnswer.answer',
      'ReleaseAnswer.answeredAt',
      'ReleaseAnswer.reason',
      'ReleaseAnswer.worker',
      'ReleaseReview.asRole',
      'ReleaseReview.opinion',
      'ReleaseReview.reviewedAt',
      'ReleaseReview.reviewedBy',
    ],
    standpoints: ['adviser-none'],
  },
  {
    reason:
      'No path leads there: their posts are elsewhere, and what waits for an answer is listed to social workers.',
    coordinates: [
      'Release.answers',
      'Release.approvedAt',
      'Release.approvedBy',
      'Release.caseReference',
      'Release.ground',
      'Release.id',
      'Release.lapsedAt',
      'Release.objectedAt',
      'Release.openUntil',
      'Release.personToldAt',
      'Release.refusedAt',
      'Release.refusedBy',
      'Release.requestedAt',
      'Release.requestedBy',
      'Release.waitsUntil',
    ],
    standpoints: ['worker-moved'],
  },
  {
    reason:
      'No path leads there: the officer is listed what a danger opened, and of a case as long as they know it.',
    coordinates: [
      'Release.answers',
      'Release.caseReference',
      'Release.lapsedAt',
      'Release.objectedAt',
      'Release.personToldAt',
      'Release.refusedAt',
      'Release.refusedBy',
    ],
    standpoints: ['data-protection-officer'],
  },
  {
    reason:
      'No path leads there: an adviser is listed what they may decide, and reviewers of another district what a danger opened.',
    coordinates: [
      'Release.lapsedAt',
      'Release.objectedAt',
      'Release.personToldAt',
      'Release.reviewDueAt',
      'Release.reviews',
      'ReleaseAnswer.answer',
      'ReleaseAnswer.answeredAt',
      'ReleaseAnswer.reason',
      'ReleaseReview.asRole',
      'ReleaseReview.opinion',
      'ReleaseReview.reviewedAt',
      'ReleaseReview.reviewedBy',
    ],
    standpoints: ['adviser-pending'],
  },
];
