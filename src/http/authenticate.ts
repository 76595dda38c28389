import type { IncomingMessage } from 'node:http';
import { bearerToken } from '../auth/bearer.js';
import type { TokenVerifier, VerifiedToken } from '../auth/token-verifier.js';
import { UnauthenticatedError } from '../errors.js';
import { type Caller, callerOfProof } from './caller.js';
import { type CallerTurns, refuseLater } from './caller-turns.js';

/** The parts of the process that are needed to judge a token. */
export interface TokenEnvironment {
  readonly verifier: TokenVerifier;
  readonly turns: CallerTurns;
  readonly trustedProxies: number;
}

/**
 * Judges a token. A token that is not proven yet waits for a turn of its address. A refusal counts for the address.
 * @param caller `callerOfProof`
 * @param judge takes the token out of the request, and gives it to the verifier
 * @throws UnauthenticatedError for a token that is refused; CosmosError RATE_LIMITED, after a second, in its place if the address has shown
 * many such tokens lately
 */
export async function judgeToken<T>(
  { verifier, turns }: Pick<TokenEnvironment, 'verifier' | 'turns'>,
  caller: Caller,
  judge: (verify: (token: string) => Promise<VerifiedToken>) => Promise<T>,
): Promise<T> {
  try {
    return await judge((token) => verifier.verify(token, (work) => turns.take(caller, work)));
  } catch (error) {
    if (error instanceof UnauthenticatedError) {
      turns.countRefusal(caller, 0);
      const spent = turns.spent(caller);
      if (spent !== null) await refuseLater(spent);
    }
    throw error;
  }
}

/**
 * Returns the verified token of a request; null for a request without one.
 * @throws UnauthenticatedError for a bad token, or several; UnavailableError when the keys of its issuer cannot be fetched; CosmosError
 * RATE_LIMITED as `judgeToken` does
 */
export function authenticate(
  req: IncomingMessage,
  environment: TokenEnvironment,
): Promise<VerifiedToken | null> {
  return judgeToken(environment, callerOfProof(req, environment.trustedProxies), async (verify) => {
    if ((req.headersDistinct['authorization']?.length ?? 0) > 1)
      throw new UnauthenticatedError('several-headers');
    const token = bearerToken(req.headers.authorization);
    return token === null ? null : verify(token);
  });
}
