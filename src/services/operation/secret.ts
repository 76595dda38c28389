import { createHash } from 'node:crypto';
import type { Operation } from '../../operation.js';

/**
 * A secret of 256 bits for a row, in 43 characters (base64url). A repetition of the request that made it answers it again;
 * the database keeps its digest and nothing else.
 */
export function secretFor(op: Operation, purpose: 'online-booking' | 'calendar-feed', id: string): string {
  return op.vault.fingerprint(`${purpose}:${id}`).toString('base64url');
}

/** Longer than any that was given. */
export const MAX_SECRET = 100;

/** What the database keeps of a secret, and finds it by. */
export function digestOf(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret, 'utf8').digest());
}
