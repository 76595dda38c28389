import { createHash } from 'node:crypto';
import type { Operation } from '../../operation.js';

/**
 * Returns a secret of 256 bits for a row, in 43 characters (base64url). A repeated request gets the same secret again; the database keeps
 * only its digest.
 */
export function secretFor(op: Operation, purpose: 'online-booking' | 'calendar-feed', id: string): string {
  return op.vault.fingerprint(`${purpose}:${id}`).toString('base64url');
}

/**
 * Returns the keyed digest of the address of a client's end user, by which the database counts their bookings. The digests of two clients
 * tell nobody that an address used both.
 */
export function addressDigest(op: Operation): Uint8Array<ArrayBuffer> | null {
  return op.endUser === null
    ? null
    : new Uint8Array(op.vault.fingerprint(`booking-address:${op.viewer.clientId}:${op.endUser}`));
}

/** The longest text that is tried as a secret: longer than any that was given. */
export const MAX_SECRET = 100;

/** Returns the digest by which the database keeps and finds a secret. */
export function digestOf(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret, 'utf8').digest());
}
