/** The master key of every test's vault. */
export const TEST_VAULT_KEY = Buffer.alloc(32, 7);
