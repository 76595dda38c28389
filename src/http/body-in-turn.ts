import type { IncomingMessage } from 'node:http';
import { type Caller, callerOfBody } from './caller.js';
import { type CallerTurns, refuseLater } from './caller-turns.js';
import { RequestRefusal, readJsonObject } from './request-body.js';

/** The body of a request whose turn it is. */
interface BodyInTurn {
  readonly body: Record<string, unknown>;
  /** Ends the turn; called again, it does nothing. */
  readonly leaveTurn: () => void;
}

/**
 * Waits until the caller may send a body, reads it, and waits for the turn in which it is worked on. The next body of the caller waits as
 * long: so few of them are in memory. A faulty body is a refusal.
 * @param isWaitedFor whether the client still waits
 * @throws RequestRefusal; CosmosError RATE_LIMITED, after a second, when much was refused to the caller lately; what `CallerTurns.enter`
 * throws
 */
export async function readInTurn(
  turns: CallerTurns,
  req: IncomingMessage,
  caller: Caller,
  isWaitedFor: () => boolean,
): Promise<BodyInTurn> {
  const read = async (): Promise<BodyInTurn | { readonly spent: number }> => {
    const spent = turns.spent(caller);
    if (spent !== null) return { spent };
    try {
      const body = await readJsonObject(req);
      return { body, leaveTurn: await turns.enter(caller, isWaitedFor) };
    } catch (error) {
      if (error instanceof RequestRefusal) turns.countRefusal(caller, 0);
      throw error;
    }
  };
  const done = await turns.take(callerOfBody(caller), read, isWaitedFor);
  // The refusal waits without a turn.
  return 'spent' in done ? refuseLater(done.spent) : done;
}
