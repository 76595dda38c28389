import { NOT_THEIR_OWN } from './reasons.js';
import { ASSIGNED, everyoneBut, SOFTWARE_AND_PUBLIC } from './standpoints.js';
import type { Stricter } from './stricter.js';

/** Who does not revoke a calendar feed, although the policies would open it. The feed is the assigned worker’s. */
export const CALENDAR_FEED: readonly Stricter[] = [
  {
    reason: NOT_THEIR_OWN,
    coordinates: ['Mutation.revokeCalendarFeed'],
    standpoints: everyoneBut(...ASSIGNED, ...SOFTWARE_AND_PUBLIC),
  },
];
