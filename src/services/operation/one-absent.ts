import { InvalidInputError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { isTheOnlyOne } from './only-one.js';

/**
 * Lets an operation of a stand-in list what belongs to one absent worker: several in one answer would give a count by worker (rule 3).
 * @param workerId a worker for whom the viewer stands in
 * @returns the worker's id, in lower case
 * @throws InvalidInputError oneAtATime for a second worker
 */
export function oneAbsent(op: Operation, workerId: string, field: string): string {
  const id = workerId.toLowerCase();
  if (!isTheOnlyOne(op, 'absent worker', id)) throw new InvalidInputError(field, 'oneAtATime');
  return id;
}
