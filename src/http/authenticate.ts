import type { IncomingMessage } from 'node:http';
import { bearerToken } from '../auth/bearer.js';
import type { TokenVerifier, VerifiedToken } from '../auth/token-verifier.js';
import { UnauthenticatedError } from '../errors.js';

/**
 * The token that a request comes with, proven; null for one without.
 * @throws UnauthenticatedError for a bad one, or several · UnavailableError when its issuer's keys cannot be had
 */
export async function authenticate(
  req: IncomingMessage,
  verifier: TokenVerifier,
): Promise<VerifiedToken | null> {
  if ((req.headersDistinct['authorization']?.length ?? 0) > 1)
    throw new UnauthenticatedError('several-headers');
  const token = bearerToken(req.headers.authorization);
  return token === null ? null : verifier.verify(token);
}
