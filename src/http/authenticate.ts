import type { IncomingMessage } from 'node:http';
import { bearerToken } from '../auth/bearer.js';
import type { TokenVerifier, VerifiedToken } from '../auth/token-verifier.js';
import { UnauthenticatedError } from '../errors.js';

/**
 * Returns the verified token of a request; null for a request without one.
 * @throws UnauthenticatedError for a bad token, or several; UnavailableError when the keys of its issuer cannot be fetched
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
