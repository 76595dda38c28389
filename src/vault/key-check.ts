import type { Asking } from '../database/asking.js';
import type { LoginProver } from '../database/login-proof.js';
import { KEY_BYTES } from './aes-gcm.js';
import { VaultIntegrityError } from './integrity-error.js';
import type { KeyService, WrappedKey } from './key-service.js';

/** The text of every check value. It is no secret: a check value tells only whether a key is the right one. */
const KNOWN_TEXT = Buffer.alloc(KEY_BYTES, 'cosmos vault key check ');
/** The name under which the text is wrapped. No case and no encounter has this name. */
const NAME = 'vault-key-check';

interface CheckRow {
  readonly masterKeyId: string;
  readonly checkValue: Buffer;
}

async function opens(keys: KeyService, wrapped: WrappedKey, name: string): Promise<boolean> {
  try {
    (await keys.unwrap(wrapped, name)).fill(0);
    return true;
  } catch (error) {
    if (error instanceof VaultIntegrityError) return false;
    throw error;
  }
}

async function checksOf(client: Asking): Promise<ReadonlyMap<string, Buffer>> {
  const { rows } = await client.query<CheckRow>(
    'select master_key_id as "masterKeyId", check_value as "checkValue" from vault_key_checks()',
  );
  return new Map(rows.map(({ masterKeyId, checkValue }) => [masterKeyId, checkValue]));
}

/**
 * Returns the ids of the process's master keys that are not the keys of that name with which the texts of this database are sealed.
 * @param client as `cosmos_app` or `cosmos_jobs`
 * @throws UnavailableError('key-service') when the key service cannot be reached
 */
export async function wrongVaultKeys(client: Asking, keys: KeyService): Promise<readonly string[]> {
  const checks = await checksOf(client);
  const wrong: string[] = [];
  for (const masterKeyId of keys.keyIds) {
    const wrapped = checks.get(masterKeyId);
    if (wrapped !== undefined && !(await opens(keys, { masterKeyId, wrapped }, NAME)))
      wrong.push(masterKeyId);
  }
  return wrong;
}

interface Answer {
  readonly refused?: string;
  /** A refused proof, with the database's time in seconds. */
  readonly now?: number;
  readonly name?: string;
  readonly wrapped?: string;
}

/** Asks one of the two functions that take a proof. If the clocks differ, asks a second time. */
async function proven(
  client: Asking,
  call: 'vault_key_sample' | 'keep_vault_key_check',
  prover: LoginProver,
  claims: Parameters<LoginProver['proveVaultKey']>[0],
): Promise<Answer> {
  for (let isFirst = true; ; isFirst = false) {
    const { rows } = await client.query<{ answer: Answer }>(`select ${call}($1, $2) as answer`, [
      ...prover.proveVaultKey(claims),
    ]);
    const answer = rows[0]?.answer ?? {};
    if (answer.refused === undefined) return answer;
    if (answer.refused !== 'proof-stale' || answer.now === undefined || !isFirst)
      throw new Error(
        `COSMOS_LOGIN_SECRET: the database refuses it (${answer.refused}): run \`npm run migrate\` with this one.`,
      );
    prover.setClock(answer.now);
  }
}

/**
 * Compares the master keys of this process with the database, before the process seals anything. With another key of the same name, it
 * would write notes that nobody else opens. A key without a check value is compared with a key that was wrapped under it. The current key
 * then gets its check value, which stays.
 * @param client as `cosmos_app` or `cosmos_jobs`
 * @throws Error in plain words, with the name of each wrong key and no key
 * @throws UnavailableError('key-service') when the key service cannot be reached
 */
export async function requireVaultKeys(client: Asking, keys: KeyService, prover: LoginProver): Promise<void> {
  const checks = await checksOf(client);
  const wrong = [...(await wrongVaultKeys(client, keys))];
  for (const masterKeyId of keys.keyIds.filter((id) => !checks.has(id))) {
    const { name, wrapped } = await proven(client, 'vault_key_sample', prover, { masterKeyId });
    if (name === undefined || wrapped === undefined) continue;
    if (!(await opens(keys, { masterKeyId, wrapped: Buffer.from(wrapped, 'hex') }, name)))
      wrong.push(masterKeyId);
  }
  if (wrong.length > 0)
    throw new Error(
      `COSMOS_VAULT_KEYS: ${wrong.join(', ')}: not the key of this name under which the texts of this database are sealed.`,
    );
  if (checks.has(keys.currentKeyId)) return;
  const { masterKeyId, wrapped } = await keys.wrap(Buffer.from(KNOWN_TEXT), NAME);
  await proven(client, 'keep_vault_key_check', prover, {
    masterKeyId,
    checkValue: Buffer.from(wrapped).toString('hex'),
  });
  // Two processes can start at once. The second one compares its key with the first one's.
  const late = await wrongVaultKeys(client, keys);
  if (late.length > 0) await requireVaultKeys(client, keys, prover);
}
