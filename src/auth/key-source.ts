import type { CryptoKey, JSONWebKeySet } from 'jose';
import { UnauthenticatedError, UnavailableError } from '../errors.js';
import { fetchJwks } from './fetch-jwks.js';
import { type KeySet, readKeySet } from './key-set.js';
import type { Algorithm } from './token-header.js';

/** The keys of one issuer. */
export interface KeySource {
  /**
   * Returns the key to verify with.
   * @throws UnauthenticatedError if the issuer has no such key; UnavailableError if that is not known now
   */
  key(kid: string, alg: Algorithm): Promise<CryptoKey>;
}

/** The options of `createKeySource`. */
export interface KeySourceOptions {
  readonly clock?: () => Date;
  readonly fetch?: typeof fetch;
  /** The milliseconds that the provider may take, body included; 2000 unless given. */
  readonly timeoutMs?: number;
}

/**
 * Returns a source of local or of remote keys.
 * @throws TypeError at the start unless exactly one of the two is given
 */
export function createKeySource(
  from: { readonly jwksUrl?: string; readonly jwks?: JSONWebKeySet },
  options: KeySourceOptions = {},
): KeySource {
  if ((from.jwks === undefined) === (from.jwksUrl === undefined)) {
    throw new TypeError('An issuer needs either jwks or jwksUrl');
  }
  if (from.jwksUrl !== undefined) return new RemoteKeySource(safeUrl(from.jwksUrl), options);
  const keys = readKeySet(from.jwks);
  if (keys === null) throw new TypeError('The local key set of an issuer is malformed');
  return keys;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** A set of this age is used, and renewed in the background of the request that sees it. */
const REFRESH_AFTER = 10 * MINUTE;
/** A set of this age is renewed before it is used: after a quiet night, a key that was withdrawn is not accepted once more. */
const AWAIT_REFRESH_AFTER = 60 * MINUTE;
/** The time for which the last good keys are used in an outage. */
const DISCARD_AFTER = 24 * 60 * MINUTE;
/** The pause between two fetches for unknown kids, and after a fetch that failed. */
const REST = 30 * SECOND;
/** The pause after a fetch that failed while no keys are held: nobody can be served, so the pause is shorter. */
const REST_WITHOUT_KEYS = 5 * SECOND;

/**
 * Keys behind a `jwks_uri`, cached (RFC 7517 §5, RFC 9068 §4; OpenID Connect Core §10.1.1 for rotation).
 *
 * - A kid that the held set lacks causes one fetch, at most one in 30 s: so a new key works at first sight, and made-up kids cost the
 *   provider nothing. Within the 30 s, an unknown kid is refused.
 * - All requests that need a fetch at the same time share one.
 * - In an outage the last good set serves for 24 h. After that, and before any success, the answer is a 503. A token with an unknown kid
 *   cannot be judged while the provider cannot be asked: that is a 503 as well, not a 401.
 * - A well-formed set is obeyed even if it is empty: the issuer has then withdrawn its keys.
 */
class RemoteKeySource implements KeySource {
  private held: { readonly keys: KeySet; readonly at: number } | undefined;
  private pending: Promise<void> | undefined;
  private failure: { readonly at: number; readonly cause: unknown } | undefined;
  private unknownKidAt: number | undefined;

  constructor(
    private readonly url: string,
    private readonly options: KeySourceOptions,
  ) {}

  async key(kid: string, alg: Algorithm): Promise<CryptoKey> {
    const known = this.usable()?.keys.has(kid) === true;
    if (!known) await this.fetchForUnknown();
    else if (this.age() >= AWAIT_REFRESH_AFTER) await this.renew();
    else if (this.age() >= REFRESH_AFTER) void this.renew();

    const keys = this.usable()?.keys;
    if (keys?.has(kid)) return keys.key(kid, alg);
    if (keys === undefined || this.failure !== undefined) {
      throw new UnavailableError('identity-provider', { cause: this.failure?.cause });
    }
    // The pause counts from the first kid that turns out to be unknown, even if another request caused the fetch.
    if (!this.within(REST, this.unknownKidAt)) this.unknownKidAt = this.now();
    throw new UnauthenticatedError('kid-unknown');
  }

  private async fetchForUnknown(): Promise<void> {
    if (this.usable() !== undefined && this.pending === undefined) {
      if (this.within(REST, this.unknownKidAt)) return;
      // A fetch that will not take place must not use up the one in 30 s.
      if (!this.resting()) this.unknownKidAt = this.now();
    }
    await this.renew();
  }

  /** Joins the fetch that is running, or begins one unless the last has just failed. It never rejects. */
  private renew(): Promise<void> {
    if (this.pending !== undefined) return this.pending;
    if (this.resting()) return Promise.resolve();
    this.pending = this.fetchOnce().finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  private async fetchOnce(): Promise<void> {
    // The age counts from the request, not from the answer.
    const at = this.now();
    try {
      const { fetch: doFetch = fetch, timeoutMs = 2 * SECOND } = this.options;
      const keys = readKeySet(await fetchJwks(this.url, doFetch, timeoutMs));
      if (keys === null) throw new Error('The key set is malformed');
      this.held = { keys, at };
      this.failure = undefined;
    } catch (cause) {
      this.failure = { at: this.now(), cause };
    }
  }

  private resting(): boolean {
    return this.within(this.usable() === undefined ? REST_WITHOUT_KEYS : REST, this.failure?.at);
  }

  private usable(): { readonly keys: KeySet } | undefined {
    return this.age() <= DISCARD_AFTER ? this.held : undefined;
  }

  private age(): number {
    return this.held === undefined ? Number.POSITIVE_INFINITY : this.now() - this.held.at;
  }

  private now(): number {
    return (this.options.clock?.() ?? new Date()).getTime();
  }

  /** Returns false as well if the clock was set back, so that no pause outlives it. */
  private within(milliseconds: number, since: number | undefined): boolean {
    if (since === undefined) return false;
    const elapsed = this.now() - since;
    return elapsed >= 0 && elapsed < milliseconds;
  }
}

/** RFC 8414 §2: `jwks_uri` is https, since anyone who writes the answer can sign tokens. The loopback interface is accepted. */
function safeUrl(text: string): string {
  const url = new URL(text);
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    throw new TypeError('jwksUrl must be https, or http on the loopback interface');
  }
  return url.href;
}
