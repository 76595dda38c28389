import { describe, expect, test } from '@jest/globals';
import { VaultIntegrityError } from '../../src/vault/integrity-error.js';
import { padText, unpadText } from '../../src/vault/padded-text.js';

describe('a padded text', () => {
  test('starts with its length in bytes and ends with zeros', () => {
    const padded = padText('été');
    expect(padded).toHaveLength(256);
    expect(padded.readUInt32BE()).toBe(5);
    expect(padded.subarray(9).every((byte) => byte === 0)).toBe(true);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['less than a block', Buffer.alloc(255)],
    ['a length beyond the end', Buffer.concat([Buffer.from([0, 0, 0, 253]), Buffer.alloc(252)])],
    ['the greatest length', Buffer.concat([Buffer.from([255, 255, 255, 255]), Buffer.alloc(252)])],
  ])('of another form is refused: %s', (_name, bytes) => {
    expect(() => unpadText(bytes)).toThrow(VaultIntegrityError);
  });
});
