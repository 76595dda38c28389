import { createLocalKeyService } from '../../src/vault/local-keys.js';
import { createNoteVault, deriveFingerprintKey, type NoteVault } from '../../src/vault/note-vault.js';
import { TEST_VAULT_KEY } from './vault-key.js';

/** The vault of every test. */
export function testVault(): NoteVault {
  return createNoteVault(
    createLocalKeyService([{ id: 'test', key: TEST_VAULT_KEY }]),
    deriveFingerprintKey(TEST_VAULT_KEY),
  );
}
