import { createHmac, randomUUID } from 'node:crypto';

/** What the API claims of a requester to `login()`: a verified token. */
export interface LoginClaims {
  readonly issuer: string;
  readonly subject: string;
  readonly client: string;
  readonly scopes: readonly string[];
  /** A digest of the token, for the access log. */
  readonly token: string;
}

/** The claims as `login()` takes them, and their proof. */
export type ProvenClaims = readonly [claims: string, proof: Buffer];

/** The least length of the secret, in bytes. */
export const LOGIN_SECRET_BYTES = 32;
/** The block of SHA-256, in bytes: HMAC pads its key to it (RFC 2104, section 2). */
const BLOCK = 64;

/** The key of HMAC in its two padded forms. PostgreSQL has SHA-256, and HMAC only in an extension. */
export interface PaddedKey {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

/**
 * Returns the padded forms of a secret, for the table `login_key`.
 * @throws Error for a secret that is shorter than `LOGIN_SECRET_BYTES`, or longer than a block
 */
export function paddedKey(secret: Buffer): PaddedKey {
  if (secret.length < LOGIN_SECRET_BYTES || secret.length > BLOCK)
    throw new Error(`a secret for logins has ${LOGIN_SECRET_BYTES} to ${BLOCK} bytes`);
  const key = Buffer.concat([secret, Buffer.alloc(BLOCK - secret.length)]);
  const padded = (pad: number): Buffer => Buffer.from(key.map((byte) => byte ^ pad));
  return { inner: padded(0x36), outer: padded(0x5c) };
}

/** The database found a proof too old or too young: its clock and the clock of the process differ. */
export class StaleProofError extends Error {
  override readonly name = 'StaleProofError';
}

/**
 * Proves to the database who makes a request, or that it is the jobs that act. A proof covers everything that `login()` is told. It serves
 * once, within ten seconds of the database's clock. Whoever sends SQL as `cosmos_app` without the secret logs in as nobody.
 */
export class LoginProver {
  readonly #secret: Buffer;
  /** By how much the database's clock is ahead of this process, in seconds. */
  #aheadS = 0;

  /** @param secret the same on every node; `npm run migrate` has told it to the database */
  constructor(secret: Buffer) {
    paddedKey(secret);
    this.#secret = secret;
  }

  /** Returns the claims of a requester, with a nonce and the time, and the proof of all of it for `login()`. */
  prove(claims: LoginClaims): ProvenClaims {
    return this.#sign('cosmos login', claims);
  }

  /** Returns the proof that a connection is one of the jobs' process, for `log_in_jobs()`. */
  proveJobs(): ProvenClaims {
    return this.#sign('cosmos jobs', {});
  }

  /** Returns the proof with which a process asks the database about a master key of the vault, or gives its check value. */
  proveVaultKey(claims: { readonly masterKeyId: string; readonly checkValue?: string }): ProvenClaims {
    return this.#sign('cosmos vault', claims);
  }

  /** Each purpose is signed apart: a proof of the jobs is no login. */
  #sign(purpose: string, claims: object): ProvenClaims {
    const at = Date.now() / 1_000 + this.#aheadS;
    const text = JSON.stringify({ ...claims, nonce: randomUUID(), at });
    return [text, createHmac('sha256', this.#secret).update(`${purpose}\n${text}`).digest()];
  }

  /** Takes over the database's clock. @param now its time, in seconds since 1970 */
  setClock(now: number): void {
    this.#aheadS = now - Date.now() / 1_000;
  }
}
