import { NO_ROW, REFUSED } from './reasons.js';
import { OTHER_SOCIAL_WORKERS, SOCIAL_WORKERS, without } from './standpoints.js';
import type { Stricter } from './stricter.js';

const LISTED_WHILE_IT_WAITS =
  'No path leads there: a handover is listed for whom it waits, until it is accepted, and answered to who offers or accepts it.';

/** Who reads no handover, writes no note and hands none over, although the policies would open it. */
export const INTERVIEW_NOTE: readonly Stricter[] = [
  {
    reason: NO_ROW,
    coordinates: ['Query.handoverTasks'],
    standpoints: without(SOCIAL_WORKERS, 'worker-formerly-assigned'),
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.pendingHandovers'],
    standpoints: without(OTHER_SOCIAL_WORKERS, 'worker-recipient'),
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.refusedHandovers'],
    standpoints: OTHER_SOCIAL_WORKERS,
  },
  {
    reason: LISTED_WHILE_IT_WAITS,
    coordinates: ['Handover.acceptedAt'],
    standpoints: ['worker-formerly-assigned', 'worker-recipient'],
  },
  {
    reason: LISTED_WHILE_IT_WAITS,
    coordinates: [
      'Handover.case',
      'Handover.fromWorker',
      'Handover.id',
      'Handover.offeredAt',
      'Handover.toWorker',
    ],
    standpoints: ['worker-formerly-assigned'],
  },
  {
    reason: 'No path leads there: what is withdrawn is answered to who withdraws it, and listed to nobody.',
    coordinates: ['Handover.withdrawnAt'],
    standpoints: ['worker-formerly-assigned', 'worker-recipient'],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.acceptHandover', 'Mutation.withdrawHandover', 'Mutation.writeNote'],
    standpoints: OTHER_SOCIAL_WORKERS,
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.amendNote'],
    standpoints: ['worker-handed-over', 'worker-not-handed-over', ...OTHER_SOCIAL_WORKERS],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.offerHandover'],
    standpoints: ['worker-not-handed-over', ...OTHER_SOCIAL_WORKERS],
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.answerHandoverTask'],
    standpoints: without(SOCIAL_WORKERS, 'worker-formerly-assigned'),
  },
];
