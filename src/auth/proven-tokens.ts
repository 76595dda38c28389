import { createHash } from 'node:crypto';
import type { CryptoKey } from 'jose';
import type { UnverifiedToken } from './compact-token.js';

/** A token whose signature this key has proven. Its times, its client and its subject are judged anew each time. */
export interface ProvenToken extends UnverifiedToken {
  readonly key: CryptoKey;
}

const MOST = 2_000;

/** The tokens that were proven lately, by digest: a front end sends the same one for an hour. A new token replaces the oldest. */
export class ProvenTokens {
  readonly #tokens = new Map<string, ProvenToken>();

  /** Returns the digest that is kept instead of the token: the token would let in anyone who reads this process's memory. */
  static digest(token: string): string {
    return createHash('sha256').update(token).digest('base64');
  }

  get(digest: string): ProvenToken | undefined {
    return this.#tokens.get(digest);
  }

  add(digest: string, token: ProvenToken): void {
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size >= MOST && oldest !== undefined) this.#tokens.delete(oldest);
    this.#tokens.set(digest, token);
  }
}
