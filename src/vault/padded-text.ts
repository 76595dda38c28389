import { VaultIntegrityError } from './integrity-error.js';

/** Plaintexts are padded to a multiple of this length, in bytes. */
export const BLOCK_BYTES = 256;

const PREFIX_BYTES = 4;

/**
 * Encodes a text so that its length tells little: length in bytes (4, big-endian) | UTF-8 | zeros up to the next multiple of 256. AES-GCM
 * hides what a note says and not how long it is. After this, a dump still tells "a short note" from "three pages", but not "oui" from
 * "non, jamais".
 *
 * @throws TypeError when the text is not well formed
 */
export function padText(text: string): Buffer {
  if (!isWellFormedText(text)) {
    throw new TypeError('the text holds a lone surrogate');
  }
  const length = Buffer.byteLength(text, 'utf8');
  const padded = Buffer.alloc(Math.ceil((PREFIX_BYTES + length) / BLOCK_BYTES) * BLOCK_BYTES);
  padded.writeUInt32BE(length);
  padded.write(text, PREFIX_BYTES, 'utf8');
  return padded;
}

/**
 * Returns the text that `padText` encoded.
 *
 * @throws VaultIntegrityError when the bytes are not of that form
 */
export function unpadText(padded: Buffer): string {
  const length = padded.length < BLOCK_BYTES ? Number.POSITIVE_INFINITY : padded.readUInt32BE();
  if (PREFIX_BYTES + length > padded.length) {
    throw new VaultIntegrityError();
  }
  // TextDecoder is not used here: it drops a byte order mark at the start.
  return padded.toString('utf8', PREFIX_BYTES, PREFIX_BYTES + length);
}

/**
 * @returns whether every surrogate of the text has its other half. A lone surrogate has no UTF-8 form and would come back as U+FFFD
 * (Unicode, D84 and D92): such an input is to be refused with INVALID_INPUT before it comes to the vault.
 */
export function isWellFormedText(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
