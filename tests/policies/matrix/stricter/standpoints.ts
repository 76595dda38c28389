import { STANDPOINTS } from '../../../../policies/standpoints.js';

/** Answers a set without these members. Throws for one that the set does not have: to take it away would say something untrue. */
export function without(set: readonly string[], ...keys: readonly string[]): readonly string[] {
  const missing = keys.filter((key) => !set.includes(key));
  if (missing.length > 0) throw new Error(`not in the set: ${missing.join(', ')}`);
  return set.filter((key) => !keys.includes(key));
}

/** All standpoints, in the order of the matrix. */
export const EVERYONE: readonly string[] = STANDPOINTS.map(({ key }) => key);

/** Answers all standpoints except these. Throws for one that is no standpoint. */
export const everyoneBut = (...keys: readonly string[]): readonly string[] => without(EVERYONE, ...keys);

/** The assigned worker, in each of its standpoints. */
export const ASSIGNED: readonly string[] = [
  'worker-assigned',
  'worker-handed-over',
  'worker-not-handed-over',
];

/** The social workers to whom the case is not assigned. Who moved is not among them: they work at a desk today. */
export const OTHER_SOCIAL_WORKERS: readonly string[] = [
  'worker-formerly-assigned',
  'worker-relay',
  'worker-appointment',
  'worker-on-duty',
  'worker-reception',
  'worker-recipient',
  'worker-same-district',
  'worker-other-district',
];

/** All social workers. Who moved is not among them: they work at a desk today. */
export const SOCIAL_WORKERS: readonly string[] = [...ASSIGNED, ...OTHER_SOCIAL_WORKERS];

/** The social workers who do not follow the case: it is not assigned to them, and they do not stand in for the assigned worker. */
export const NOT_FOLLOWING: readonly string[] = without(OTHER_SOCIAL_WORKERS, 'worker-relay');

/** The head of the district of the case, and the head of another. */
export const HEADS: readonly string[] = ['head-same-district', 'head-other-district'];

/** The desk of another district: a receptionist, and who was assigned to the case and moved there. */
export const OTHER_DESKS: readonly string[] = ['worker-moved', 'desk-other-district'];

/** Who receives persons in another district: its social workers and its desk. */
export const RECEIVE_ELSEWHERE: readonly string[] = ['worker-other-district', ...OTHER_DESKS];

/** All who work in another district: its social workers, its desk and its head. */
export const WORK_ELSEWHERE: readonly string[] = [...RECEIVE_ELSEWHERE, 'head-other-district'];

/** The technical advisers: one is asked for a release of the case, the other is not. */
export const ADVISERS: readonly string[] = ['adviser-pending', 'adviser-none'];

/** The workers of the county who neither follow cases nor head a district nor keep a desk. */
export const OTHER_STAFF: readonly string[] = [
  ...ADVISERS,
  'data-protection-officer',
  'administrator',
  'trainee',
];

/** The persons whom the rows are not about: another one of the household, and a stranger. */
export const OTHER_PERSONS: readonly string[] = ['person-household', 'person-other'];

/** The persons who are shown nothing of the rows online: their own are not marked, or the rows are about someone else. */
export const NOT_SHOWN: readonly string[] = ['person-not-shown', ...OTHER_PERSONS];

/** All persons who log in. */
export const PERSONS: readonly string[] = ['person-shown', ...NOT_SHOWN];

/** Programs, and whoever does not log in. */
export const SOFTWARE_AND_PUBLIC: readonly string[] = [
  'client-reporting',
  'client-integration',
  'client-booking',
  'anonymous',
];
