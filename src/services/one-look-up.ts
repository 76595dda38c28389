import { InvalidInputError } from '../errors.js';
import type { Operation } from '../operation.js';

interface LookUps {
  /** What was looked up beyond the viewer's own queue. */
  beyond: string | null;
  /** Settles once it is decided of those that were asked for before. */
  decided: Promise<unknown>;
}

const lookUps = new WeakMap<Operation, LookUps>();

/**
 * Lets an operation look up one thing beyond the viewer's own queue: of many, side by side, a list by worker could be made (rule 3).
 * The first that is asked for is answered, and what is not found counts like what is.
 * @param asked of what kind, and which
 * @param field the argument that asks for it
 * @param isOwn whether it is of the viewer's own queue, and so may be one of many
 * @throws InvalidInputError oneAtATime for a second one
 */
export async function oneLookUp<Found>(
  op: Operation,
  asked: string,
  field: string,
  found: Promise<Found>,
  isOwn: (found: Found) => boolean = () => false,
): Promise<Found> {
  const all = lookUps.get(op) ?? { beyond: null, decided: Promise.resolve() };
  lookUps.set(op, all);
  // By the order of the document, and not by which query ends first.
  const decision = Promise.allSettled([all.decided, found]).then(async () => {
    if (isOwn(await found)) return;
    all.beyond ??= asked;
    if (all.beyond !== asked) throw new InvalidInputError(field, 'oneAtATime');
  });
  all.decided = decision.catch(() => undefined);
  await decision;
  return found;
}
