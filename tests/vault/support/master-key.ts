import { createHash } from 'node:crypto';
import type { MasterKey } from '../../../src/vault/local-keys.js';

/** A master key that depends on its id only, so that a failing example can be run again. */
export function masterKey(id: string): MasterKey {
  return { id, key: createHash('sha256').update(`master key ${id}`).digest() };
}
