import { type CryptoKey, compactVerify, errors, type JSONWebKeySet } from 'jose';
import { UnauthenticatedError } from '../errors.js';
import { splitCompactToken } from './compact-token.js';
import { createKeySource, type KeySource } from './key-source.js';
import { ProvenTokens } from './proven-tokens.js';
import { checkTokenClaims, type VerifiedToken } from './token-claims.js';
import { ALGORITHMS, checkTokenHeader } from './token-header.js';

export type { VerifiedToken } from './token-claims.js';

/** An authorization server whose access tokens are accepted (RFC 9068 §4). It has exactly one kind of key set. */
export interface IssuerConfig {
  /** The issuer, compared character by character with `iss`: a trailing slash makes another issuer. */
  readonly issuer: string;
  readonly audience: string;
  /** `https:`, or `http:` on the loopback interface. */
  readonly jwksUrl?: string;
  /** A local set, such as the development issuer's. */
  readonly jwks?: JSONWebKeySet;
}

/** Waits for a turn of the one who shows the token, and does the work then. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Verifies access tokens; see {@link createTokenVerifier} for what is thrown. */
export interface TokenVerifier {
  /** @param inTurn does what a token costs that was not proven before; at once unless given */
  verify(token: string, inTurn?: InTurn): Promise<VerifiedToken>;
}

/** The options of `createTokenVerifier`. */
export interface TokenVerifierOptions {
  readonly issuers: readonly IssuerConfig[];
  readonly clock?: () => Date;
  readonly fetch?: typeof fetch;
  /** The most seconds of `exp - iat`; 3600 unless given. */
  readonly maxLifetimeSeconds?: number;
  /** Seconds; 5 unless given. */
  readonly clockToleranceSeconds?: number;
}

/**
 * Returns a verifier of JWT access tokens by RFC 9068 §4. It fixes the algorithms and distrusts the header, as RFC 8725 asks. One
 * verifier per process: it holds the key sets.
 *
 * `verify` throws an UnauthenticatedError for a token that is refused; its `why` is a short word that holds nothing of the token. It
 * throws an UnavailableError if the token cannot be judged because the keys are missing.
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { clock = () => new Date(), maxLifetimeSeconds = 3600, clockToleranceSeconds = 5 } = options;
  const trusted = new Map<unknown, { readonly config: IssuerConfig; readonly keys: KeySource }>();
  for (const config of options.issuers) {
    if (trusted.has(config.issuer)) throw new TypeError(`The issuer ${config.issuer} is configured twice`);
    const keys = createKeySource(config, { clock, ...(options.fetch && { fetch: options.fetch }) });
    trusted.set(config.issuer, { config, keys });
  }

  const proven = new ProvenTokens();

  async function judge(token: string, digest: string): Promise<VerifiedToken> {
    const before = proven.get(digest);
    const { header, payload } = before ?? splitCompactToken(token);
    const { alg, kid } = checkTokenHeader(header);
    // The issuer is read before it is verified, only to choose the key set: the signature then covers it.
    const chosen = trusted.get(payload['iss']);
    if (chosen === undefined) throw new UnauthenticatedError('iss');
    // The key is asked for each time: a key that was withdrawn proves nothing any more.
    const key = await chosen.keys.key(kid, alg);
    if (before?.key !== key) {
      await verifySignature(token, key);
      proven.add(digest, { header, payload, key });
    }
    return checkTokenClaims(payload, {
      issuer: chosen.config.issuer,
      audience: chosen.config.audience,
      now: clock(),
      maxLifetimeSeconds,
      clockToleranceSeconds,
    });
  }

  return {
    async verify(token, inTurn = (work) => work()) {
      const digest = ProvenTokens.digest(token);
      const work = () => judge(token, digest);
      return proven.get(digest) === undefined ? inTurn(work) : work();
    },
  };
}

/**
 * Verifies the signature: RFC 7515 §5.2. jose's errors are not passed on as a cause: some messages quote the input, and a TypeError about
 * a key would end as a 500.
 */
async function verifySignature(token: string, key: CryptoKey): Promise<void> {
  try {
    await compactVerify(token, key, { algorithms: [...ALGORITHMS] });
  } catch (error) {
    const why = error instanceof errors.JWSSignatureVerificationFailed ? 'signature' : 'jws';
    throw new UnauthenticatedError(why);
  }
}
