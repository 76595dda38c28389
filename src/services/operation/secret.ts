import { createHash } from 'node:crypto';
import type { Operation } from '../../operation.js';

/**
 * Returns a secret of 256 bits for a row, in 43 characters (base64url). A repeated request gets the same secret again; the database keeps
 * only its digest.
 */
export function secretFor(op: Operation, purpose: 'online-booking' | 'calendar-feed', id: string): string {
  return op.vault.fingerprint(`${purpose}:${id}`).toString('base64url');
}

/** The longest text that is tried as a secret: longer than any that was given. */
export const MAX_SECRET = 100;

/** Returns the digest by which the database keeps and finds a secret. */
export function digestOf(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret, 'utf8').digest());
}
