import { UnauthenticatedError } from '../errors.js';
import { type JsonObject, parseStrictObject } from './strict-json.js';

/** Twelve times the size of our own tokens; a longer token is not decoded. */
export const MAX_TOKEN_BYTES = 8 * 1024;

/** The parts of a token. Nothing of it is verified. */
export interface UnverifiedToken {
  readonly header: JsonObject;
  readonly payload: JsonObject;
}

/**
 * Takes a JWS in compact serialisation (RFC 7515 §7.1) apart: exactly three parts. The JSON serialisations (§7.2, several signatures) and
 * the five parts of a JWE (RFC 7516 §7.1) are refused.
 * @throws UnauthenticatedError
 */
export function splitCompactToken(token: string): UnverifiedToken {
  if (token.length > MAX_TOKEN_BYTES) throw new UnauthenticatedError('oversized');
  const parts = token.split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || !header || !payload || !signature)
    throw new UnauthenticatedError('not-compact-jws');
  decode(signature);
  return { header: object(header, 'header'), payload: object(payload, 'payload') };
}

/**
 * Decodes strict base64url (RFC 7515 §2: no padding, no white space, no other character), only in its canonical form (RFC 4648 §3.5).
 * Otherwise several texts would be the same token, and could pass a list of refused tokens.
 */
function decode(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) throw new UnauthenticatedError('base64url');
  return bytes;
}

function object(part: string, which: 'header' | 'payload'): JsonObject {
  const parsed = parseStrictObject(utf8(decode(part), which));
  if (parsed === null) throw new UnauthenticatedError(`${which}-json`);
  return parsed;
}

function utf8(bytes: Buffer, which: 'header' | 'payload'): string {
  try {
    // A byte order mark is kept, so that the JSON parser refuses it (RFC 8259 §8.1).
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UnauthenticatedError(`${which}-utf8`);
  }
}
