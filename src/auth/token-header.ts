import { UnauthenticatedError } from '../errors.js';
import type { JsonObject } from './strict-json.js';

/**
 * The only signature algorithms, all asymmetric (RFC 8725 §3.1 and §3.2: the caller fixes them, the token does not choose). There is
 * neither `none` nor an HMAC, whose secret would be a public key.
 */
export const ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA'] as const;
/** One of `ALGORITHMS`. */
export type Algorithm = (typeof ALGORITHMS)[number];

/** The parts of a header by which a key is chosen. */
export interface TokenHeader {
  readonly alg: Algorithm;
  readonly kid: string;
}

/** RFC 9068 §2.1: the types of an access token, which tell it from an ID token of the same issuer. */
const TYPES: readonly unknown[] = ['at+jwt', 'application/at+jwt'];

/** RFC 8725 §3.10: a token never brings or names its own key. */
const KEY_CARRIERS = ['jwk', 'jku', 'x5c', 'x5u'] as const;

/**
 * RFC 8725 §3.10: `kid` is a stranger's input. Letters, digits and the punctuation of base64url, URNs and versions pass; slashes, quotes,
 * spaces and controls do not, nor does "..".
 */
const KEY_ID = /^(?!.*\.\.)[A-Za-z0-9_.:=+@~-]{1,128}$/;

/**
 * Checks the rules that a JOSE header must meet before a key is looked up: RFC 7515 §4, RFC 9068 §2.1, RFC 8725 §3.
 * @throws UnauthenticatedError
 */
export function checkTokenHeader(header: JsonObject): TokenHeader {
  const { alg, kid } = header;
  if (!isAlgorithm(alg)) throw new UnauthenticatedError('alg');
  if (!TYPES.includes(header['typ'])) throw new UnauthenticatedError('typ');
  for (const name of KEY_CARRIERS) {
    if (Object.hasOwn(header, name)) throw new UnauthenticatedError(`header-${name}`);
  }
  // RFC 7515 §4.1.11: an extension that is not understood is refused, and we understand none. `b64` (RFC 7797) is one of them, refused
  // even if `crit` does not announce it.
  if (Object.hasOwn(header, 'crit')) throw new UnauthenticatedError('crit');
  if (Object.hasOwn(header, 'b64')) throw new UnauthenticatedError('b64');
  if (typeof kid !== 'string' || !KEY_ID.test(kid)) throw new UnauthenticatedError('kid');
  return { alg, kid };
}

function isAlgorithm(alg: unknown): alg is Algorithm {
  return (ALGORITHMS as readonly unknown[]).includes(alg);
}
