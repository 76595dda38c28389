import { type CryptoKey, createLocalJWKSet, errors, type JSONWebKeySet, type JWK } from 'jose';
import { UnauthenticatedError } from '../errors.js';
import type { Algorithm } from './token-header.js';

/** One version of an issuer's keys (RFC 7517 §5), only those that may verify a signature. */
export interface KeySet {
  has(kid: string): boolean;
  /**
   * Returns the key.
   * @throws UnauthenticatedError if the key is not in the set, or is not for this algorithm
   */
  key(kid: string, alg: Algorithm): Promise<CryptoKey>;
}

/**
 * Reads a key set from a JWKS document; null if it is none. A member that is broken, of an unknown type, or meant for something else is
 * skipped, as RFC 7517 §5 asks, and the other members stay usable.
 */
export function readKeySet(document: unknown): KeySet | null {
  if (typeof document !== 'object' || document === null || !('keys' in document)) return null;
  if (!Array.isArray(document.keys)) return null;
  const usable = document.keys.filter(isVerificationKey);
  const kids = new Set(usable.map((jwk) => jwk.kid));
  const find = createLocalJWKSet({ keys: usable } as JSONWebKeySet);
  return {
    has: (kid) => kids.has(kid),
    async key(kid, alg) {
      try {
        return await find({ alg, kid });
      } catch (error) {
        // The set was fetched and read. So the error means that no such key can judge this token.
        throw new UnauthenticatedError(
          error instanceof errors.JWKSNoMatchingKey ? 'key-not-found' : 'key-unusable',
        );
      }
    },
  };
}

/**
 * RFC 7517 §4.2 and §4.3: `use` and `key_ops`, where present, must allow the verification of signatures. Symmetric and private keys have
 * no place in a public set.
 */
function isVerificationKey(jwk: unknown): jwk is JWK & { kid: string } {
  if (typeof jwk !== 'object' || jwk === null) return false;
  const { kty, kid, use, key_ops: operations, d } = jwk as JWK;
  return (
    (kty === 'EC' || kty === 'RSA' || kty === 'OKP') &&
    typeof kid === 'string' &&
    (use === undefined || use === 'sig') &&
    (operations === undefined || (Array.isArray(operations) && operations.includes('verify'))) &&
    d === undefined
  );
}
