import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { VaultIntegrityError } from './integrity-error.js';

/** The first byte of everything that the vault seals; callers put it in the additional data too. */
export const FORMAT_VERSION = 1;

/** AES-256. */
export const KEY_BYTES = 32;

/** 96 bits, the length for which GCM takes the nonce as it is (NIST SP 800-38D, 7.1). */
const NONCE_BYTES = 12;

/** The full 128 bits: shorter tags are for streams of tiny packets (NIST SP 800-38D, 5.2.1.2 and annex C). */
const TAG_BYTES = 16;

const HEADER_BYTES = 1 + NONCE_BYTES;

/** The bytes that sealing adds to the length of the plaintext. */
export const OVERHEAD_BYTES = HEADER_BYTES + TAG_BYTES;

const ALGORITHM = 'aes-256-gcm';

/**
 * Encrypts and authenticates a text.
 *
 * The nonce is random (NIST SP 800-38D, 8.2.2), which allows 2^32 sealings under one key (8.3): far more than one case has notes, or one
 * county has cases.
 *
 * @returns version (1 byte) | nonce (12) | ciphertext (as long as the plaintext) | tag (16)
 */
export function gcmSeal(key: KeyObject, plaintext: Uint8Array, additionalData: string): Buffer<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(additionalData, 'utf8'));
  const ciphertext = cipher.update(plaintext);
  const rest = cipher.final();
  return Buffer.concat([Uint8Array.of(FORMAT_VERSION), nonce, ciphertext, rest, cipher.getAuthTag()]);
}

/**
 * Opens what `gcmSeal` made.
 *
 * @returns the plaintext, once the whole of it is authenticated
 * @throws VaultIntegrityError when the key, the additional data or any byte is not that of the sealing
 */
export function gcmOpen(key: KeyObject, sealed: Uint8Array, additionalData: string): Buffer {
  if (sealed.length < OVERHEAD_BYTES || sealed[0] !== FORMAT_VERSION) {
    throw new VaultIntegrityError();
  }
  const nonce = sealed.subarray(1, HEADER_BYTES);
  const ciphertext = sealed.subarray(HEADER_BYTES, sealed.length - TAG_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(additionalData, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  // GCM is a stream: nothing is left for the end but the check.
  const plaintext = decipher.update(ciphertext);
  try {
    decipher.final();
  } catch {
    // Node's own error has no more to say than this one.
    throw new VaultIntegrityError();
  }
  return plaintext;
}
