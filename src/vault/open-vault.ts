import type { Config } from '../config.js';
import { loadOrCreateDevelopmentKeys } from './development-keys.js';
import { createLocalKeyService } from './local-keys.js';
import { createNoteVault, deriveFingerprintKey, type NoteVault } from './note-vault.js';

/**
 * Opens the vault of the configuration: with its keys, or with the development keys of the data folder.
 * @throws Error if there is no key
 */
export async function openVault(
  config: Pick<Config, 'vaultKeys' | 'fingerprintSecret' | 'dataDir'>,
): Promise<NoteVault> {
  const keys = config.vaultKeys ?? (await loadOrCreateDevelopmentKeys(config.dataDir));
  const oldest = keys.at(-1);
  if (oldest === undefined) throw new Error('The vault has no key.');
  // In development the oldest key is never dropped, and serves for the fingerprints as well.
  return createNoteVault(
    createLocalKeyService(keys),
    deriveFingerprintKey(config.fingerprintSecret ?? oldest.key),
  );
}
