import { NO_ROW } from './reasons.js';
import { everyoneBut, PERSONS, SOCIAL_WORKERS, SOFTWARE_AND_PUBLIC, without } from './standpoints.js';
import type { Stricter } from './stricter.js';

/** The social workers to whom nobody has sent a person today. */
const NOT_ON_DUTY = without(SOCIAL_WORKERS, 'worker-reception');

/** The workers who were not told that the measure is reached. */
const NOT_TOLD = everyoneBut('head-same-district', ...PERSONS, ...SOFTWARE_AND_PUBLIC);

/** These standpoints read no change of the day and take back no act, although the policies would open it. */
export const ACT: readonly Stricter[] = [
  {
    reason: NO_ROW,
    coordinates: ['Query.changesOfDay'],
    standpoints: NOT_ON_DUTY,
  },
  {
    reason: 'No path leads there: nobody has sent a person to them today.',
    coordinates: [
      'ChangeOfDay.doneAt',
      'ChangeOfDay.kind',
      'ChangeOfDay.personName',
      'ChangeOfDay.personReference',
    ],
    standpoints: without(NOT_ON_DUTY, 'worker-other-district'),
  },
  {
    reason:
      'The action is opened to all workers for their own acts; its service is for the head who was told of the acts of others.',
    coordinates: ['Mutation.takeBackActs'],
    standpoints: NOT_TOLD,
  },
  {
    reason: 'No path leads there: how many acts there were is answered to who took them back.',
    coordinates: ['ActsTakenBack.howMany'],
    standpoints: NOT_TOLD,
  },
];
