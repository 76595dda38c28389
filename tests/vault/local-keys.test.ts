import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UnavailableError } from '../../src/errors.js';
import { VaultIntegrityError } from '../../src/vault/integrity-error.js';
import { createLocalKeyService, type MasterKey, parseMasterKeys } from '../../src/vault/local-keys.js';
import { masterKey } from './support/master-key.js';

const KEY_1 = masterKey('m1').key.toString('base64');
const KEY_2 = masterKey('m2').key.toString('base64');

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    // The stack repeats the message; a cause could bring more.
    expect((error as Error).cause).toBeUndefined();
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

describe('the local key service', () => {
  const service = createLocalKeyService([masterKey('m2'), masterKey('m1')]);

  test('unwraps what it wrapped', async () => {
    const dataKey = randomBytes(32);
    expect((await service.unwrap(await service.wrap(dataKey, 'c1'), 'c1')).equals(dataKey)).toBe(true);
  });

  test('wraps under the first key and knows them all', async () => {
    expect(service.currentKeyId).toBe('m2');
    expect((await service.wrap(randomBytes(32), 'c1')).masterKeyId).toBe('m2');
    expect(service.keyIds).toEqual(['m2', 'm1']);
  });

  test('still unwraps what was wrapped under an older key', async () => {
    const dataKey = randomBytes(32);
    const old = await createLocalKeyService([masterKey('m1')]).wrap(dataKey, 'c1');
    expect((await service.unwrap(old, 'c1')).equals(dataKey)).toBe(true);
  });

  test('does not unwrap for another case', async () => {
    const wrapped = await service.wrap(randomBytes(32), 'c1');
    await expect(service.unwrap(wrapped, 'c2')).rejects.toBeInstanceOf(VaultIntegrityError);
  });

  test('does not unwrap under the name of another master key', async () => {
    const wrapped = await service.wrap(randomBytes(32), 'c1');
    await expect(service.unwrap({ ...wrapped, masterKeyId: 'm1' }, 'c1')).rejects.toBeInstanceOf(
      VaultIntegrityError,
    );
  });

  test('does not unwrap a key of the same id with other bytes', async () => {
    const wrapped = await service.wrap(randomBytes(32), 'c1');
    const impostor = createLocalKeyService([{ id: 'm2', key: randomBytes(32) }]);
    await expect(impostor.unwrap(wrapped, 'c1')).rejects.toBeInstanceOf(VaultIntegrityError);
  });

  test('does not unwrap with any byte changed', async () => {
    const wrapped = await service.wrap(randomBytes(32), 'c1');
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: wrapped.wrapped.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (index, mask) => {
          const altered = Uint8Array.from(wrapped.wrapped);
          altered[index] = (altered[index] ?? 0) ^ mask;
          await expect(service.unwrap({ ...wrapped, wrapped: altered }, 'c1')).rejects.toBeInstanceOf(
            VaultIntegrityError,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test('calls an unknown master key unavailable, not a fault of integrity', async () => {
    const wrapped = await createLocalKeyService([masterKey('m3')]).wrap(randomBytes(32), 'c1');
    const unwrapping = service.unwrap(wrapped, 'c1');
    await expect(unwrapping).rejects.toBeInstanceOf(UnavailableError);
    await expect(unwrapping).rejects.toMatchObject({ what: 'key-service' });
  });

  test('uses AES-256-GCM with the documented layout and additional data', async () => {
    // Opened by hand, so that neither can change without a new format version.
    const dataKey = randomBytes(32);
    const { wrapped } = await service.wrap(dataKey, 'c1');
    expect(wrapped).toHaveLength(1 + 12 + 32 + 16);
    const decipher = createDecipheriv('aes-256-gcm', masterKey('m2').key, wrapped.subarray(1, 13));
    decipher.setAAD(Buffer.from('cosmos:case-key:v1:m2:c1'));
    decipher.setAuthTag(wrapped.subarray(45));
    const opened = Buffer.concat([decipher.update(wrapped.subarray(13, 45)), decipher.final()]);
    expect(opened.equals(dataKey)).toBe(true);
  });

  test('does not take a shortened tag', async () => {
    const cipher = createCipheriv('aes-256-gcm', masterKey('m2').key, Buffer.alloc(12), { authTagLength: 4 });
    cipher.setAAD(Buffer.from('cosmos:case-key:v1:m2:c1'));
    const forged = Buffer.concat([
      Buffer.from([1]),
      Buffer.alloc(12),
      cipher.update(randomBytes(44)),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    await expect(service.unwrap({ masterKeyId: 'm2', wrapped: forged }, 'c1')).rejects.toBeInstanceOf(
      VaultIntegrityError,
    );
  });

  test('is not changed by what becomes of the buffers it was given', async () => {
    const { id, key } = masterKey('m9');
    const keeping = createLocalKeyService([{ id, key }]);
    const wrapped = await keeping.wrap(Buffer.alloc(32, 5), 'c1');
    key.fill(0);
    expect((await keeping.unwrap(wrapped, 'c1')).equals(Buffer.alloc(32, 5))).toBe(true);
  });

  test('wraps data keys of 32 bytes only', async () => {
    await expect(service.wrap(randomBytes(16), 'c1')).rejects.toBeInstanceOf(RangeError);
  });

  test.each<[string, readonly MasterKey[], string]>([
    ['no key', [], 'there is no key'],
    ['an id with a colon', [{ ...masterKey('m1'), id: 'm:1' }], 'entry 1: the id is not'],
    ['an empty id', [{ ...masterKey('m1'), id: '' }], 'entry 1: the id is not'],
    ['an id of 33 characters', [masterKey('m'.repeat(33))], 'entry 1: the id is not'],
    ['an id with a line end', [masterKey('m1\n')], 'entry 1: the id is not'],
    [
      'a short key',
      [masterKey('m1'), { id: 'm2', key: randomBytes(31) }],
      'entry 2: the key has not 32 bytes',
    ],
    ['an id twice', [masterKey('m1'), { ...masterKey('m2'), id: 'm1' }], 'entry 2: the id comes twice'],
    ['a key twice', [masterKey('m1'), { ...masterKey('m1'), id: 'm2' }], 'entry 2: the key comes twice'],
  ])('is refused: %s', (_name, keys, message) => {
    expect(messageOf(() => createLocalKeyService(keys))).toContain(message);
  });
});

describe('the setting of master keys', () => {
  test('is read in its order, the current key first', () => {
    expect(parseMasterKeys(`m2:${KEY_2},m1:${KEY_1}`)).toEqual([masterKey('m2'), masterKey('m1')]);
  });

  test('may have spaces and line ends around its entries', () => {
    expect(parseMasterKeys(`\n m2:${KEY_2} ,\n m1:${KEY_1}\n`)).toHaveLength(2);
  });

  test.each([
    ['empty', '  ', 'there is no key'],
    ['a key without id', KEY_1, 'entry 1 is not of the form id:base64'],
    ['a trailing comma', `m1:${KEY_1},`, 'entry 2 is not of the form id:base64'],
    ['two colons', `m1:${KEY_1}:x`, 'entry 1 is not of the form id:base64'],
    ['an id in capitals', `M1:${KEY_1}`, 'entry 1: the id is not'],
    ['a key of 31 bytes', `m1:${Buffer.alloc(31, 3).toString('base64')}`, 'not the base64 of 32 bytes'],
    ['a key of 33 bytes', `m1:${Buffer.alloc(33, 3).toString('base64')}`, 'not the base64 of 32 bytes'],
    ['a key in hexadecimal', `m1:${masterKey('m1').key.toString('hex')}`, 'not the base64 of 32 bytes'],
    ['base64url', `m1:${Buffer.alloc(32, 0xff).toString('base64url')}=`, 'not the base64 of 32 bytes'],
    ['base64 with stray bits', `m1:${'A'.repeat(42)}B=`, 'not the base64 of 32 bytes'],
    ['an id twice', `m1:${KEY_1},m1:${KEY_2}`, 'entry 2: the id comes twice'],
    ['a key twice', `m1:${KEY_1},m2:${KEY_1}`, 'entry 2: the key comes twice'],
  ])('is refused with clear words: %s', (_name, text, message) => {
    expect(messageOf(() => parseMasterKeys(text))).toContain(message);
  });

  test('has all its faults listed at once', () => {
    expect(messageOf(() => parseMasterKeys(`${KEY_1},m2:short,m3:${KEY_2}`))).toBe(
      'master keys: entry 1 is not of the form id:base64; entry 2: the key is not the base64 of 32 bytes',
    );
  });

  test('has no part of a key echoed in an error, however it is spoilt', () => {
    const good = `first:${KEY_1},second:${KEY_2}`;
    const spoil = fc.record({
      at: fc.nat({ max: good.length - 1 }),
      cut: fc.integer({ min: 0, max: 3 }),
      insert: fc.string({ maxLength: 2 }),
    });
    fc.assert(
      fc.property(spoil, ({ at, cut, insert }) => {
        let message = '';
        try {
          parseMasterKeys(good.slice(0, at) + insert + good.slice(at + cut));
        } catch (error) {
          message = (error as Error).message;
        }
        for (const key of [KEY_1, KEY_2]) {
          for (let start = 0; start + 5 <= key.length; start += 1) {
            expect(message.includes(key.slice(start, start + 5))).toBe(false);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
