import type { Config } from '../config.js';
import { loadOrCreateDevelopmentKeys } from './development-keys.js';
import type { KeyService } from './key-service.js';
import { createLocalKeyService } from './local-keys.js';
import { createNoteVault, deriveFingerprintKey, type NoteVault } from './note-vault.js';

/** The vault of a process, and the holder of its master keys. The master keys are compared with the database. */
export interface OpenedVault {
  readonly vault: NoteVault;
  readonly keys: KeyService;
}

/**
 * Opens the vault of the configuration: with its keys, or with the development keys of the data folder.
 * @throws Error if there is no key
 */
export async function openVault(
  config: Pick<Config, 'vaultKeys' | 'fingerprintSecret' | 'dataDir'>,
): Promise<OpenedVault> {
  const masterKeys = config.vaultKeys ?? (await loadOrCreateDevelopmentKeys(config.dataDir));
  const oldest = masterKeys.at(-1);
  if (oldest === undefined) throw new Error('The vault has no key.');
  const keys = createLocalKeyService(masterKeys);
  // In development the oldest key is never dropped, and serves for the fingerprints as well.
  return { vault: createNoteVault(keys, deriveFingerprintKey(config.fingerprintSecret ?? oldest.key)), keys };
}
