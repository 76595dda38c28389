import { type Action, version } from './action.js';

/** How workers, memberships and clients are changed. */
export const DIRECTORY_ACTIONS: Readonly<Record<string, Action>> = {
  disableWorker: {
    input: (t) => ({ id: t.disabledLater, expectedVersion: 1 }),
    done: (t) => version('worker', t.disabledLater),
  },
  endMembership: {
    input: (t) => ({ id: t.Membership, expectedVersion: 1 }),
    done: (t) => version('membership', t.Membership),
  },
  confirmDeparture: {
    input: (t) => ({ id: t.endedMembership, expectedVersion: 1 }),
    done: (t) => version('membership', t.endedMembership),
  },
  contradictDeparture: {
    input: (t) => ({ id: t.endedMembership, expectedVersion: 1 }),
    done: (t) => [
      'select end_contradicted_at is not null as done from membership where id = $1',
      t.endedMembership,
    ],
  },
  confirmSuspension: {
    input: (t) => ({ id: t.suspensionLater }),
    done: (t) => ['select confirmed_at is not null as done from suspension where id = $1', t.suspensionLater],
  },
  liftSuspension: {
    input: (t) => ({ id: t.suspensionLater }),
    done: (t) => ['select lifted_at is not null as done from suspension where id = $1', t.suspensionLater],
  },
  disableClient: {
    input: (t) => ({ id: t.clientLater, expectedVersion: 1 }),
    done: (t) => version('client', t.clientLater),
  },
  withdrawScope: {
    input: (t) => ({ id: t.clientLater, expectedVersion: 1, scope: 'cases:read' }),
    done: (t) => version('client', t.clientLater),
  },
};
