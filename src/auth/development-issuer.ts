import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  SignJWT,
} from 'jose';
import { writeExclusively } from './exclusive-file.js';
import type { IssuerConfig } from './token-verifier.js';

/** `.invalid` resolves nowhere (RFC 2606 §2): no real issuer can be mistaken for this one. */
export const DEVELOPMENT_ISSUER = 'https://issuer.cosmos.invalid';
/** The audience of the development issuer's tokens. */
export const DEVELOPMENT_AUDIENCE = 'https://api.cosmos.invalid';

/** Signs tokens of the demo logins. It must never be trusted with real people's data. */
export interface DevelopmentIssuer {
  /** The configuration for the verifier: issuer, audience and the public key as a local set. */
  readonly config: IssuerConfig;
  /** Returns an access token by RFC 9068 §2, ES256; it lives for 3600 s unless told otherwise. */
  sign(
    login: { readonly subject: string; readonly clientId: string; readonly scopes: readonly string[] },
    options?: { readonly lifetimeSeconds?: number },
  ): Promise<string>;
}

const ALGORITHM = 'ES256';
const FILE = 'development-issuer.json';

/**
 * Returns the issuer whose key pair is kept in `<dataDir>/development-issuer.json`. The pair is made at the first call, so that the
 * server and the command line sign and verify with the same key. Two processes may call it at once.
 * @throws Error if the file does not hold such a key
 */
export async function loadOrCreateDevelopmentIssuer(dataDir: string): Promise<DevelopmentIssuer> {
  const path = join(dataDir, FILE);
  const stored = (await read(path)) ?? (await create(dataDir, path));
  const publicJwk = { ...publicPart(stored), alg: ALGORITHM, use: 'sig' };
  // RFC 7638: the key is named by its content, so that a new key never has the old one's name.
  const kid = await calculateJwkThumbprint(publicJwk);
  const key = (await importJWK(stored, ALGORITHM)) as CryptoKey;

  return {
    config: {
      issuer: DEVELOPMENT_ISSUER,
      audience: DEVELOPMENT_AUDIENCE,
      jwks: { keys: [{ ...publicJwk, kid }] },
    },
    async sign({ subject, clientId, scopes }, { lifetimeSeconds = 3600 } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const scope = scopes.length === 0 ? {} : { scope: scopes.join(' ') };
      return await new SignJWT({ client_id: clientId, ...scope })
        .setProtectedHeader({ alg: ALGORITHM, typ: 'at+jwt', kid })
        .setIssuer(DEVELOPMENT_ISSUER)
        .setAudience(DEVELOPMENT_AUDIENCE)
        .setSubject(subject)
        .setJti(randomUUID())
        .setIssuedAt(now)
        .setExpirationTime(now + lifetimeSeconds)
        .sign(key);
    },
  };
}

async function read(path: string): Promise<JWK | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const jwk = parse(text);
  // Only its owner replaces the file: if a new key took its place, nobody would see that something went wrong.
  if (jwk === null)
    throw new Error(`${path} does not hold a key of the development issuer; delete it for a new one`);
  return jwk;
}

/** Returns the private JWK of a P-256 key; null for any other text. Nothing of the text goes into an error message. */
function parse(text: string): JWK | null {
  try {
    const jwk = JSON.parse(text) as JWK | null;
    const complete = [jwk?.d, jwk?.x, jwk?.y].every((part) => typeof part === 'string');
    return complete && jwk?.kty === 'EC' && jwk.crv === 'P-256' ? jwk : null;
  } catch {
    return null;
  }
}

async function create(dataDir: string, path: string): Promise<JWK> {
  await mkdir(dataDir, { recursive: true });
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  if (await writeExclusively(path, `${JSON.stringify(jwk)}\n`)) return jwk;
  const winners = await read(path);
  if (winners === null) throw new Error(`${path} appeared and went away again`);
  return winners;
}

function publicPart({ d: _private, ...rest }: JWK): JWK {
  return rest;
}
