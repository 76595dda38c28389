import { NO_ROW, NOT_THEIR_OWN, REFUSED } from './reasons.js';
import {
  ASSIGNED,
  everyoneBut,
  NOT_FOLLOWING,
  NOT_SHOWN,
  OTHER_DESKS,
  OTHER_SOCIAL_WORKERS,
  OTHER_STAFF,
  PERSONS,
  RECEIVE_ELSEWHERE,
  SOFTWARE_AND_PUBLIC,
  WORK_ELSEWHERE,
} from './standpoints.js';
import type { Stricter } from './stricter.js';

/** Who reads nothing of an agenda, and changes nothing in it, although the policies would open it. The agenda is the assigned worker’s. */
export const AGENDA: readonly Stricter[] = [
  {
    reason: 'The question is put by the role; its service then judges whose agenda it is, and here refuses.',
    coordinates: ['Query.availabilities', 'Query.unavailabilities'],
    standpoints: [...NOT_FOLLOWING, ...OTHER_DESKS],
  },
  {
    reason: NO_ROW,
    coordinates: ['Query.busyTimes'],
    standpoints: WORK_ELSEWHERE,
  },
  {
    reason: 'A person reads it of their own case alone: the search finds no other case.',
    coordinates: ['SlotSearch.soonerWithAnyone'],
    standpoints: NOT_SHOWN,
  },
  {
    reason: 'Reached through Query.busyTimes alone, which is guarded.',
    coordinates: ['Slot.endsAt', 'Slot.startsAt'],
    standpoints: [...WORK_ELSEWHERE, ...OTHER_STAFF, ...PERSONS, ...SOFTWARE_AND_PUBLIC],
  },
  {
    reason: REFUSED,
    coordinates: [
      'Mutation.closeAvailabilityOn',
      'Mutation.declareUnavailability',
      'Mutation.endAvailability',
      'Mutation.endUnavailability',
      'Mutation.openAvailability',
    ],
    standpoints: [...OTHER_SOCIAL_WORKERS, ...OTHER_DESKS],
  },
  {
    reason: 'A team reads its own options; this is another team’s district.',
    coordinates: ['Query.teamOptions'],
    standpoints: WORK_ELSEWHERE,
  },
  {
    reason: 'The head of a team reads what it adopted, and not what it votes on.',
    coordinates: ['Query.teamOptions'],
    standpoints: ['head-same-district'],
  },
  {
    reason: 'A team proposes options to itself and votes on its own; this is another team’s district.',
    coordinates: ['Mutation.proposeOption', 'Mutation.voteOnOption'],
    standpoints: RECEIVE_ELSEWHERE,
  },
  {
    reason: REFUSED,
    coordinates: ['Mutation.importCalendar'],
    standpoints: RECEIVE_ELSEWHERE,
  },
  {
    reason: NOT_THEIR_OWN,
    coordinates: ['Mutation.removeOutsideCalendar'],
    standpoints: everyoneBut(...ASSIGNED, ...PERSONS, ...SOFTWARE_AND_PUBLIC),
  },
];
