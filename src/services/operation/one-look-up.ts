import { InvalidInputError, RateLimitedError } from '../../errors.js';
import type { Operation } from '../../operation.js';

interface LookUps {
  /** What was looked up beyond the viewer's own queue. */
  beyond: string | null;
  /** Settles once it is decided of those that were asked for before. */
  decided: Promise<unknown>;
}

const lookUps = new WeakMap<Operation, LookUps>();
const HOUR_MS = 3_600_000;

/**
 * Lets an operation look up one thing beyond the viewer's own queue, and a worker so many within an hour: of many, side by side, a list
 * by worker could be made (rule 3). The first that is asked for is answered, and what is not found counts like what is.
 * @param asked of what kind, and which
 * @param field the argument that asks for it
 * @param isOwn whether it is of the viewer's own queue, and so may be one of many
 * @throws InvalidInputError oneAtATime for a second one · RateLimitedError when the hour's are spent
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
    if (isOwn(await found) || all.beyond === asked) return;
    if (all.beyond !== null) throw new InvalidInputError(field, 'oneAtATime');
    all.beyond = asked;
    await requireOneLeft(op, field);
  });
  all.decided = decision.catch(() => undefined);
  await decision;
  return found;
}

/**
 * Those of the last hour are in the access log, where this one will be: also those that found nothing, or were too many. One login's are
 * counted one after the other, also when they are sent at once.
 */
async function requireOneLeft(op: Operation, field: string): Promise<void> {
  const [hour] = await op.tx.rows<{
    used: number;
    oldest: Date | null;
  }>`select used, oldest from take_look_up_turn()`;
  if (hour === undefined || hour.used < op.lookUpsPerHour) return;
  const since = op.now.getTime() - (hour.oldest ?? op.now).getTime();
  throw new RateLimitedError(field, 'lookUpsSpent', Math.max(1, Math.ceil((HOUR_MS - since) / 1_000)));
}
