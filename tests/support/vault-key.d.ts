export const TEST_VAULT_KEY: Buffer;
