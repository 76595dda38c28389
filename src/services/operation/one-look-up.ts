import { InvalidInputError, RateLimitedError } from '../../errors.js';
import type { Operation } from '../../operation.js';

interface LookUps {
  /** The thing that was looked up beyond the viewer's own queue; null for none yet. */
  beyond: string | null;
  /** Settles once the earlier look-ups of the operation are decided. */
  decided: Promise<unknown>;
}

const lookUps = new WeakMap<Operation, LookUps>();
const HOUR_MS = 3_600_000;

/**
 * Lets an operation look up one thing beyond the viewer's own queue, and a worker a limited number within an hour: many together would
 * make a list by worker (rule 3). The first look-up of the document is answered. One that finds nothing counts too.
 * @param asked the kind and the key of the thing
 * @param field the argument that asks for it
 * @param isOwn whether it is of the viewer's own queue, and so may be one of many
 * @param isCounted whether it is one of the hour's look-ups
 * @throws InvalidInputError oneAtATime for a second one; RateLimitedError when the hour's are spent
 */
export async function oneLookUp<Found>(
  op: Operation,
  asked: string,
  field: string,
  found: Promise<Found>,
  isOwn: (found: Found) => boolean = () => false,
  isCounted: (found: Found) => boolean = () => true,
): Promise<Found> {
  const all = lookUps.get(op) ?? { beyond: null, decided: Promise.resolve() };
  lookUps.set(op, all);
  // The order of the document decides, and not which query ends first.
  const decision = Promise.allSettled([all.decided, found]).then(async () => {
    if (isOwn(await found) || all.beyond === asked) return;
    if (all.beyond !== null) throw new InvalidInputError(field, 'oneAtATime');
    all.beyond = asked;
    if (isCounted(await found)) await requireOneLeft(op, field);
  });
  all.decided = decision.catch(() => undefined);
  await decision;
  return found;
}

/**
 * Counts the look-ups of the last hour, which are in the access log, as this one will be: also those that found nothing, or were too
 * many. The look-ups of one login are counted one after the other, even if they are sent at once.
 * @throws RateLimitedError
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
