import { InvalidInputError } from '../../errors.js';
import type { Operation } from '../../operation.js';
import { isTheOnlyOne } from './only-one.js';

/**
 * Lets an operation read the busy times of one colleague; the viewer's own do not count. With the busy times of a whole team in one answer,
 * a viewer could compare how much each worker does (rule 3).
 * @param field the argument that names the worker
 * @throws InvalidInputError oneAtATime for a second colleague
 */
export function requireOneWorker(op: Operation, workerId: string | null, field: string): void {
  if (workerId === null || workerId === op.viewer.workerId) return;
  if (!isTheOnlyOne(op, 'colleague', workerId)) throw new InvalidInputError(field, 'oneAtATime');
}
