import type { Targets } from '../world/targets.js';

/** How an action is tried on target rows, and how its effect shows in the database. */
export interface Action {
  readonly input: (t: Targets) => Record<string, unknown>;
  /** True once it is done: a statement over the target rows, with their ids as parameters. */
  readonly done: (t: Targets) => readonly [sql: string, ...values: unknown[]];
  /** Standpoints whose rows are past it. */
  readonly conflictsFor?: readonly string[];
  /** Standpoints to which it answers a row in another relation than the one that they look at. */
  readonly answersOther?: readonly string[];
}

/** Answers a statement that is true once this row has changed: each change raises its version. */
export const version = (table: string, id: string): readonly [string, string] => [
  `select version > 1 as done from "${table}" where id = $1`,
  id,
];

/** Returns a statement that is true once this appointment is not called off by telephone any more. */
export const calledOff = (appointmentId: string): readonly [string, string] => [
  'select count(*) = 0 as done from telephone_cancellation where appointment_id = $1',
  appointmentId,
];

/** Answers the instant that comes in so many days. */
export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** Standpoints of the assigned worker. */
export const OF_ALICE = ['worker-assigned', 'worker-handed-over', 'worker-not-handed-over'];

/** Standpoints of the social workers in the district of the case, except who receives at the reception. */
export const COLLEAGUES = [
  ...OF_ALICE,
  'worker-formerly-assigned',
  'worker-relay',
  'worker-appointment',
  'worker-on-duty',
  'worker-recipient',
  'worker-same-district',
];
