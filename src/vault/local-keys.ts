import { createSecretKey, type KeyObject } from 'node:crypto';
import { UnavailableError } from '../errors.js';
import { gcmOpen, gcmSeal, KEY_BYTES } from './aes-gcm.js';
import type { KeyService } from './key-service.js';

/** A master key and the id by which wrapped keys name it. */
export interface MasterKey {
  readonly id: string;
  readonly key: Buffer;
}

/** The cause when a key is asked for that this process was not given. Its id goes to the log: an id is no secret. */
class UnknownMasterKeyError extends Error {
  constructor(id: string) {
    super('a master key is not configured');
    this.name = `UnknownMasterKeyError ${id}`;
  }
}

const ID_PATTERN = /^[a-z0-9-]{1,32}$/;

/** 32 bytes in the standard alphabet of base64 (RFC 4648, 4), padded. */
const KEY_PATTERN = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Reads master keys from a setting: `id:base64,id2:base64`, the current one first.
 *
 * @returns the keys in the order of the text
 * @throws Error that lists every fault, by the entry's position. Neither ids nor keys are echoed: an operator who forgets the id has
 * written a key in its place.
 */
export function parseMasterKeys(text: string): readonly MasterKey[] {
  if (text.trim() === '') {
    throw masterKeysError(['there is no key']);
  }
  const keys: MasterKey[] = [];
  const problems: string[] = [];
  for (const [index, entry] of text.split(',').entries()) {
    const [id, encoded, ...more] = entry.trim().split(':');
    if (id === undefined || encoded === undefined || more.length > 0) {
      problems.push(`entry ${index + 1} is not of the form id:base64`);
      continue;
    }
    const key = KEY_PATTERN.test(encoded) ? Buffer.from(encoded, 'base64') : Buffer.alloc(0);
    // Four characters can end the same 32 bytes; only one spelling of a key is accepted.
    if (key.toString('base64') !== encoded) {
      problems.push(`entry ${index + 1}: the key is not the base64 of ${KEY_BYTES} bytes`);
    }
    keys.push({ id, key });
  }
  // Unreadable entries were reported above; the rules of the whole list are checked once every entry is readable.
  if (problems.length === 0) {
    problems.push(...masterKeyProblems(keys));
  }
  if (problems.length > 0) {
    throw masterKeysError(problems);
  }
  return keys;
}

/**
 * Returns a key service whose master keys are in this process's memory.
 *
 * Keys are wrapped with AES-256-GCM. The additional data binds them to the master key's id and to the case: `cosmos:case-key:v1:<master
 * key id>:<case id>`. An id of a master key has no colon, so no two pairs share the same data.
 *
 * @param keys the current master key first, then those that may still unwrap
 * @throws Error when there is no key, an id is not `^[a-z0-9-]{1,32}$`, a key is not of 32 bytes, or an id or a key comes twice; the
 * message names positions only
 */
export function createLocalKeyService(keys: readonly MasterKey[]): KeyService {
  const problems = masterKeyProblems(keys);
  const current = keys[0];
  if (current === undefined || problems.length > 0) {
    throw masterKeysError(problems);
  }
  const byId = new Map<string, KeyObject>(keys.map(({ id, key }) => [id, createSecretKey(key)]));

  const masterKey = (id: string): KeyObject => {
    const key = byId.get(id);
    if (key === undefined) {
      // This is no integrity fault: the operator has not given this process the key yet, or has withdrawn it.
      throw new UnavailableError('key-service', { cause: new UnknownMasterKeyError(id) });
    }
    return key;
  };

  return {
    currentKeyId: current.id,
    keyIds: [...byId.keys()],
    async wrap(dataKey, caseId) {
      if (dataKey.length !== KEY_BYTES) {
        throw new RangeError(`a data key has ${KEY_BYTES} bytes`);
      }
      const wrapped = gcmSeal(masterKey(current.id), dataKey, additionalData(current.id, caseId));
      return { masterKeyId: current.id, wrapped };
    },
    async unwrap({ masterKeyId, wrapped }, caseId) {
      return gcmOpen(masterKey(masterKeyId), wrapped, additionalData(masterKeyId, caseId));
    },
  };
}

function additionalData(masterKeyId: string, caseId: string): string {
  return `cosmos:case-key:v1:${masterKeyId}:${caseId}`;
}

function masterKeyProblems(keys: readonly MasterKey[]): string[] {
  const problems: string[] = keys.length === 0 ? ['there is no key'] : [];
  for (const [index, { id, key }] of keys.entries()) {
    const entry = `entry ${index + 1}`;
    if (!ID_PATTERN.test(id)) {
      problems.push(`${entry}: the id is not 1 to 32 of a-z, 0-9 and -`);
    }
    if (key.length !== KEY_BYTES) {
      problems.push(`${entry}: the key has not ${KEY_BYTES} bytes`);
    }
    const before = keys.slice(0, index);
    if (before.some((other) => other.id === id)) {
      problems.push(`${entry}: the id comes twice`);
    }
    // Two ids for one key would make a rotation that changes nothing look complete.
    if (before.some((other) => other.key.equals(key))) {
      problems.push(`${entry}: the key comes twice`);
    }
  }
  return problems;
}

function masterKeysError(problems: readonly string[]): Error {
  return new Error(`master keys: ${problems.join('; ')}`);
}
