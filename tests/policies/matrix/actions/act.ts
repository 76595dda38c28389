import type { Action } from './action.js';

/** The tests take acts back in this way. */
export const ACT_ACTIONS: Readonly<Record<string, Action>> = {
  takeBackActs: {
    input: (t) => ({ kind: 'CHANGE_CONTACT', workerId: t.inAHurry }),
    done: (t) => [
      'select bool_and(taken_back_at is not null) as done from act where worker_id = $1',
      t.inAHurry,
    ],
  },
};
