import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { FORMAT_VERSION, gcmOpen, gcmSeal, KEY_BYTES } from './aes-gcm.js';
import { VaultIntegrityError } from './integrity-error.js';
import type { KeyService, WrappedKey } from './key-service.js';
import { padText, unpadText } from './padded-text.js';

/**
 * Interview notes at rest: each case has a data key of its own, and only that key wrapped under a master key is stored.
 *
 * Erasure: with a case's wrapped key deleted, its notes are unreadable (cryptographic erase, NIST SP 800-88). An earlier backup still
 * holds the wrapped key, so the notes in it stay readable while the master key of that time exists. To end that: add a new master key,
 * rotate (`rotateCaseKeys`), withdraw the old one everywhere, copies included. From then on no older backup opens, neither for the erased
 * case nor for the others. So keep the old master key as long as a backup may have to be restored, and no longer.
 *
 * An encounter has no case, and has a key of its own: `encounterKeyName` then stands for the case, so that no key and no text of an
 * encounter opens as one of a case.
 *
 * Ids are compared as text. Give them as the database writes them: a UUID in capitals is another id here.
 */
export interface NoteVault {
  /**
   * Makes a data key for a case.
   * @returns a new random data key, wrapped, to be stored with the case
   * @throws UnavailableError('key-service') when the key service cannot be reached
   */
  newCaseKey(caseId: string): Promise<WrappedKey>;

  /**
   * Opens the data key of a case.
   * @returns the case's key, to be kept for one request and no longer
   * @throws UnavailableError('key-service') when the master key is unknown or the service cannot be reached
   * @throws VaultIntegrityError when the wrapped key is not that of this case, or was altered
   */
  openCaseKey(wrapped: WrappedKey, caseId: string): Promise<CaseKey>;

  /**
   * Returns a keyed digest (HMAC-SHA-256, FIPS 198-1) for idempotency fingerprints: from a dump of the database, nobody can test guesses
   * of the text.
   *
   * @returns 32 bytes; any two different strings have different digests, ill-formed ones included
   */
  fingerprint(text: string): Buffer;
}

/** Returns the name under which an encounter's key is wrapped and its text is sealed, where a note has its case. */
export function encounterKeyName(encounterId: string): string {
  return `encounter:${encounterId}`;
}

/** Seals and opens the notes of one case. */
export interface CaseKey {
  /**
   * Seals a text.
   * @returns version (1 byte) | nonce (12) | ciphertext (a multiple of 256, see `padText`) | tag (16), bound to format version, case and
   * note: it does not open in another row
   * @throws TypeError when the text is not well formed (`isWellFormedText`)
   */
  seal(noteId: string, text: string): Uint8Array<ArrayBuffer>;

  /**
   * Opens a sealed text.
   * @returns the text, exactly as it was given
   * @throws VaultIntegrityError when this is not what was sealed for this note of this case
   */
  open(noteId: string, sealed: Uint8Array): string;
}

/**
 * Makes the vault.
 * @param keys the holder of the master keys
 * @param fingerprintKey from `deriveFingerprintKey`
 * @throws RangeError when the fingerprint key is not of 32 bytes
 */
export function createNoteVault(keys: KeyService, fingerprintKey: Buffer): NoteVault {
  if (fingerprintKey.length !== KEY_BYTES) {
    throw new RangeError(`the fingerprint key has ${KEY_BYTES} bytes`);
  }
  const hmacKey = createSecretKey(fingerprintKey);
  return {
    async newCaseKey(caseId) {
      const dataKey = randomBytes(KEY_BYTES);
      try {
        return await keys.wrap(dataKey, caseId);
      } finally {
        dataKey.fill(0);
      }
    },
    async openCaseKey(wrapped, caseId) {
      const dataKey = await keys.unwrap(wrapped, caseId);
      try {
        // An outside service may have unwrapped another key than the one we gave it.
        if (dataKey.length !== KEY_BYTES) {
          throw new VaultIntegrityError();
        }
        return createCaseKey(createSecretKey(dataKey), caseId);
      } finally {
        dataKey.fill(0);
      }
    },
    fingerprint(text) {
      // UTF-16: in UTF-8 all lone surrogates would be the same character.
      return createHmac('sha256', hmacKey).update(Buffer.from(text, 'utf16le')).digest();
    },
  };
}

/**
 * Derives the key of `NoteVault.fingerprint` (HKDF-SHA-256, RFC 5869, without salt: the secret is random).
 *
 * The secret should be one of its own, which a rotation of the master keys leaves alone: a fingerprint is compared for the 24 hours that
 * an idempotency key lives. If the secret changes all the same, a retry from before the change is refused as IDEMPOTENCY_KEY_REUSED, and
 * is never carried out twice; a day later the change has no effect any more. All servers need the same secret. In development the oldest
 * key, the last of the list, is good enough: none is ever removed.
 *
 * @param secret at least 32 random bytes
 * @returns 32 bytes
 * @throws RangeError when the secret is shorter
 */
export function deriveFingerprintKey(secret: Buffer): Buffer {
  if (secret.length < KEY_BYTES) {
    throw new RangeError(`the secret of the fingerprint key has at least ${KEY_BYTES} bytes`);
  }
  return Buffer.from(hkdfSync('sha256', secret, '', 'cosmos:idempotency-fingerprint:v1', KEY_BYTES));
}

function createCaseKey(key: KeyObject, caseId: string): CaseKey {
  // The data is JSON, so that no two pairs of ids give the same bytes.
  const additionalData = (noteId: string) => JSON.stringify(['cosmos:note', FORMAT_VERSION, caseId, noteId]);
  return {
    seal: (noteId, text) => gcmSeal(key, padText(text), additionalData(noteId)),
    open: (noteId, sealed) => unpadText(gcmOpen(key, sealed, additionalData(noteId))),
  };
}
