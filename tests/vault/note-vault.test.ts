import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UnavailableError } from '../../src/errors.js';
import { VaultIntegrityError } from '../../src/vault/integrity-error.js';
import type { KeyService } from '../../src/vault/key-service.js';
import { createLocalKeyService } from '../../src/vault/local-keys.js';
import { type CaseKey, createNoteVault, deriveFingerprintKey } from '../../src/vault/note-vault.js';
import { isWellFormedText } from '../../src/vault/padded-text.js';
import { masterKey } from './support/master-key.js';

const CASE_A = '0198c1a2-0000-7000-8000-00000000000a';
const CASE_B = '0198c1a2-0000-7000-8000-00000000000b';
const OVERHEAD = 1 + 12 + 16;

const vault = createNoteVault(
  createLocalKeyService([masterKey('m1')]),
  deriveFingerprintKey(Buffer.alloc(32, 'secret')),
);

async function newCase(caseId: string): Promise<CaseKey> {
  return vault.openCaseKey(await vault.newCaseKey(caseId), caseId);
}

describe('a sealed note', () => {
  test('opens to exactly the text that was sealed, whatever the text', async () => {
    const key = await newCase(CASE_A);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1000 }), fc.uuid(), (text, noteId) => {
        expect(key.open(noteId, key.seal(noteId, text))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['empty', ''],
    ['NUL', 'a\0b\0'],
    ['only NULs', '\0'.repeat(600)],
    ['emoji', 'Entretien 👩‍👧‍👦 à l’accueil 🏳️‍🌈'],
    ['a byte order mark at the start', '\ufeffbonjour'],
    ['unnormalised accents', 'e\u0301 é'],
    ['mixed line ends', 'a\r\nb\rc\n'],
    ['100 kB', 'éà👍x'.repeat(12_500)],
  ])('round-trips: %s', async (_name, text) => {
    const key = await newCase(CASE_A);
    expect(key.open('n1', key.seal('n1', text))).toBe(text);
  });

  test('opens with the key unwrapped anew', async () => {
    const wrapped = await vault.newCaseKey(CASE_A);
    const sealed = (await vault.openCaseKey(wrapped, CASE_A)).seal('n1', 'note');
    expect((await vault.openCaseKey(wrapped, CASE_A)).open('n1', sealed)).toBe('note');
  });

  test('opens from a plain Uint8Array that is a view of a larger buffer', async () => {
    const key = await newCase(CASE_A);
    const sealed = key.seal('n1', 'note');
    const larger = new Uint8Array(sealed.length + 20);
    larger.set(sealed, 7);
    expect(key.open('n1', larger.subarray(7, 7 + sealed.length))).toBe('note');
  });

  test('does not open in another note of the same case', async () => {
    const key = await newCase(CASE_A);
    expect(() => key.open('n2', key.seal('n1', 'note'))).toThrow(VaultIntegrityError);
  });

  test('does not open in another case', async () => {
    const sealed = (await newCase(CASE_A)).seal('n1', 'note');
    const other = await newCase(CASE_B);
    expect(() => other.open('n1', sealed)).toThrow(VaultIntegrityError);
  });

  test('does not open in another case even under the same data key', async () => {
    // A key service without binding: only the note's own additional data can tell the cases apart.
    const unbound: KeyService = {
      currentKeyId: 'm1',
      keyIds: ['m1'],
      wrap: async () => ({ masterKeyId: 'm1', wrapped: new Uint8Array(32) }),
      unwrap: async () => Buffer.alloc(32, 7),
    };
    const careless = createNoteVault(unbound, Buffer.alloc(32, 1));
    const wrapped = await careless.newCaseKey(CASE_A);
    const sealed = (await careless.openCaseKey(wrapped, CASE_A)).seal('n1', 'note');
    const other = await careless.openCaseKey(wrapped, CASE_B);
    expect(() => other.open('n1', sealed)).toThrow(VaultIntegrityError);
    // The ends of the two ids cannot be shifted against each other either.
    const shifted = await careless.openCaseKey(wrapped, `${CASE_A}","n`);
    expect(() => shifted.open('1', sealed)).toThrow(VaultIntegrityError);
  });

  test('does not open with any one bit changed, at any byte', async () => {
    const key = await newCase(CASE_A);
    const sealed = key.seal('n1', 'Madame demande un rendez-vous.');
    for (let index = 0; index < sealed.length; index += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const altered = Uint8Array.from(sealed);
        altered[index] = (altered[index] ?? 0) ^ (1 << bit);
        expect(() => key.open('n1', altered)).toThrow(VaultIntegrityError);
      }
    }
  });

  test('does not open with a byte replaced, whatever text, byte and value', async () => {
    const key = await newCase(CASE_A);
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (text, position, mask) => {
          const altered = key.seal('n1', text);
          const index = position % altered.length;
          altered[index] = (altered[index] ?? 0) ^ mask;
          expect(() => key.open('n1', altered)).toThrow(VaultIntegrityError);
        },
      ),
    );
  });

  test('does not open when cut short or lengthened', async () => {
    const key = await newCase(CASE_A);
    const sealed = key.seal('n1', 'note');
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => key.open('n1', sealed.subarray(0, length))).toThrow(VaultIntegrityError);
    }
    expect(() => key.open('n1', Buffer.concat([sealed, Buffer.alloc(1)]))).toThrow(VaultIntegrityError);
  });

  test('has another nonce each time, for the same text in the same note', async () => {
    const key = await newCase(CASE_A);
    const sealed = Array.from({ length: 2000 }, () => Buffer.from(key.seal('n1', 'note')));
    expect(new Set(sealed.map((bytes) => bytes.toString('hex', 1, 13))).size).toBe(2000);
    expect(new Set(sealed.map((bytes) => bytes.toString('hex', 13))).size).toBe(2000);
  });

  test('starts with the format version', async () => {
    expect((await newCase(CASE_A)).seal('n1', 'note')[0]).toBe(1);
  });

  test('holds no plaintext', async () => {
    const sealed = (await newCase(CASE_A)).seal('n1', 'Madame Durand');
    expect(Buffer.from(sealed).includes('Durand')).toBe(false);
  });

  test.each([
    [0, 256],
    [1, 256],
    [252, 256],
    [253, 512],
    [508, 512],
    [509, 768],
    [100_000, 100_096],
  ])('of %i bytes is padded to %i', async (length, padded) => {
    const key = await newCase(CASE_A);
    expect(key.seal('n1', 'x'.repeat(length)).length).toBe(padded + OVERHEAD);
  });

  test('always has a padded length, counted in bytes and not in characters', async () => {
    const key = await newCase(CASE_A);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        const padded = key.seal('n1', text).length - OVERHEAD;
        const needed = 4 + Buffer.byteLength(text);
        expect(padded % 256).toBe(0);
        expect(padded - needed).toBeGreaterThanOrEqual(0);
        expect(padded - needed).toBeLessThan(256);
      }),
    );
  });

  test('is refused to an ill-formed text rather than altered', async () => {
    const key = await newCase(CASE_A);
    for (const text of ['\ud800', 'a\udc00b', '\udc00\ud800', '👍\ud83d']) {
      expect(isWellFormedText(text)).toBe(false);
      expect(() => key.seal('n1', text)).toThrow(TypeError);
    }
    expect(isWellFormedText('👍\0é\uffff')).toBe(true);
  });
});

describe('a case key', () => {
  test('is another for each case, and each time', async () => {
    const hex = async (caseId: string) =>
      Buffer.from((await vault.newCaseKey(caseId)).wrapped).toString('hex');
    expect(new Set([await hex(CASE_A), await hex(CASE_A), await hex(CASE_B)]).size).toBe(3);
  });

  test('does not unwrap for another case', async () => {
    const wrapped = await vault.newCaseKey(CASE_A);
    await expect(vault.openCaseKey(wrapped, CASE_B)).rejects.toBeInstanceOf(VaultIntegrityError);
  });

  test('of a wrong length from an outside service is refused', async () => {
    const short: KeyService = {
      currentKeyId: 'm1',
      keyIds: ['m1'],
      wrap: async () => ({ masterKeyId: 'm1', wrapped: new Uint8Array(16) }),
      unwrap: async () => Buffer.alloc(16),
    };
    const opening = createNoteVault(short, Buffer.alloc(32)).openCaseKey(
      { masterKeyId: 'm1', wrapped: new Uint8Array(16) },
      CASE_A,
    );
    await expect(opening).rejects.toBeInstanceOf(VaultIntegrityError);
  });

  test('cannot be had while the key service is out, and the error says so', async () => {
    const out = async (): Promise<never> => {
      throw new UnavailableError('key-service');
    };
    const down = createNoteVault(
      { currentKeyId: 'm1', keyIds: ['m1'], wrap: out, unwrap: out },
      Buffer.alloc(32),
    );
    await expect(down.newCaseKey(CASE_A)).rejects.toMatchObject({ code: 'UNAVAILABLE', what: 'key-service' });
    await expect(
      down.openCaseKey({ masterKeyId: 'm1', wrapped: new Uint8Array(60) }, CASE_A),
    ).rejects.toMatchObject({ code: 'UNAVAILABLE', what: 'key-service' });
  });

  test('leaves no copy in the buffers that the vault handled', async () => {
    const seen: Buffer[] = [];
    const local = createLocalKeyService([masterKey('m1')]);
    const watched = createNoteVault(
      {
        ...local,
        wrap: (dataKey, caseId) => {
          seen.push(dataKey);
          return local.wrap(dataKey, caseId);
        },
        unwrap: async (wrapped, caseId) => {
          const dataKey = await local.unwrap(wrapped, caseId);
          seen.push(dataKey);
          return dataKey;
        },
      },
      Buffer.alloc(32),
    );
    const key = await watched.openCaseKey(await watched.newCaseKey(CASE_A), CASE_A);
    expect(seen.map((buffer) => buffer.toString('hex'))).toEqual(['00'.repeat(32), '00'.repeat(32)]);
    expect(key.open('n1', key.seal('n1', 'note'))).toBe('note');
  });
});

describe('the error of an integrity fault', () => {
  test('holds no id, no text and no key', async () => {
    const key = await newCase(CASE_A);
    let caught: unknown;
    try {
      key.open('n2', key.seal('n1', 'Madame Durand'));
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(VaultIntegrityError);
    expect(caught).toMatchObject({
      name: 'VaultIntegrityError',
      message: 'a sealed value of the vault does not authenticate',
    });
    expect((caught as Error).cause).toBeUndefined();
  });
});

describe('a fingerprint', () => {
  test('is the same for the same text under the same secret', () => {
    const again = createNoteVault(
      createLocalKeyService([masterKey('m2')]),
      deriveFingerprintKey(Buffer.alloc(32, 'secret')),
    );
    expect(again.fingerprint('text')).toEqual(vault.fingerprint('text'));
    expect(vault.fingerprint('text')).toHaveLength(32);
  });

  test('differs under another secret, so that a guess cannot be tested without it', () => {
    const other = createNoteVault(
      createLocalKeyService([masterKey('m1')]),
      deriveFingerprintKey(randomBytes(32)),
    );
    expect(other.fingerprint('text')).not.toEqual(vault.fingerprint('text'));
  });

  test('differs for different texts, ill-formed ones included', () => {
    const texts = ['', '\0', 'a', 'a ', 'A', 'é', 'e\u0301', '\ud800', '\ud801', '\ufffd'];
    const digests = texts.map((text) => vault.fingerprint(text).toString('hex'));
    expect(new Set(digests).size).toBe(texts.length);
  });

  test('key is not the secret itself, and is stable from version to version', () => {
    const derived = deriveFingerprintKey(Buffer.alloc(32, 'secret'));
    expect(derived.equals(Buffer.alloc(32, 'secret'))).toBe(false);
    expect(derived.toString('hex')).toBe('ea90b2d10f437aaaa3965b551d68103f288e6e2d8fbd20efccbfb52df6f54516');
  });

  test('key needs a secret of 32 bytes, and the vault a key of 32 bytes', () => {
    expect(() => deriveFingerprintKey(Buffer.alloc(31))).toThrow(RangeError);
    expect(() => createNoteVault(createLocalKeyService([masterKey('m1')]), Buffer.alloc(31))).toThrow(
      RangeError,
    );
  });
});
