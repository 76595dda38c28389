import { UnauthenticatedError } from '../errors.js';

/** RFC 6750 §2.1: `"Bearer" 1*SP b64token`, the scheme in any case (RFC 7235 §2.1). */
const BEARER = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/**
 * Returns the token of an Authorization header; null if there is no header, which is an anonymous request. Anything else is refused
 * rather than taken for anonymous: another scheme, no token, or several.
 * @throws UnauthenticatedError
 */
export function bearerToken(header: string | undefined): string | null {
  if (header === undefined) return null;
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) throw new UnauthenticatedError('authorization-header');
  return token;
}
