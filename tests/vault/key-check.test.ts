import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { LoginProver } from '../../src/database/login-proof.js';
import { requireVaultKeys, wrongVaultKeys } from '../../src/vault/key-check.js';
import { createLocalKeyService, type MasterKey } from '../../src/vault/local-keys.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { TEST_LOGIN_SECRET, testProver } from '../support/login.js';
import { TEST_VAULT_KEY } from '../support/vault-key.js';

/**
 * The database knows each master key of the vault by a check value. A process with another key of the same name would seal notes that
 * nobody else opens, so it is refused before it seals anything.
 */
let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  client = new pg.Client({ connectionString: database.urlAs('cosmos_app') });
  await client.connect();
});
beforeEach(() => database.sql('delete from vault_key_check'));
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** The key with which the seed has sealed. */
const RIGHT: MasterKey = { id: 'test', key: TEST_VAULT_KEY };
const WRONG: MasterKey = { id: 'test', key: Buffer.alloc(32, 9) };
const NEW: MasterKey = { id: 'new', key: Buffer.alloc(32, 3) };
const OTHER_NEW: MasterKey = { id: 'new', key: Buffer.alloc(32, 4) };

const start = (...keys: MasterKey[]): Promise<void> =>
  requireVaultKeys(client, createLocalKeyService(keys), testProver());
const kept = async (): Promise<unknown[]> =>
  (await database.sql<{ id: string }>('select master_key_id as id from vault_key_check order by 1')).map(
    ({ id }) => id,
  );

describe('a process that starts', () => {
  test('with the right key gives it a check value once', async () => {
    await start(RIGHT);
    const first = await database.sql('select * from vault_key_check');
    await start(RIGHT);
    expect(await database.sql('select * from vault_key_check')).toEqual(first);
    expect(await kept()).toEqual(['test']);
  });

  test('with another key of the same name is refused by the check value', async () => {
    await start(RIGHT);
    await expect(start(WRONG)).rejects.toThrow(
      'COSMOS_VAULT_KEYS: test: not the key of this name under which the texts of this database are sealed.',
    );
  });

  test('is refused before there is a check value, by a key of a case', async () => {
    await expect(start(WRONG)).rejects.toThrow('COSMOS_VAULT_KEYS: test: ');
    expect(await kept()).toEqual([]);
  });

  test('is refused for a wrong older key, which the rotation still needs', async () => {
    await expect(start(NEW, WRONG)).rejects.toThrow('COSMOS_VAULT_KEYS: test: ');
    expect(await kept()).toEqual([]);
  });

  test('takes a new key beside the older one, and from then on no other key of this name', async () => {
    await start(NEW, RIGHT);
    expect(await kept()).toEqual(['new']);
    await expect(start(OTHER_NEW, RIGHT)).rejects.toThrow('COSMOS_VAULT_KEYS: new: ');
  });

  test('loses against a process with another new key that starts at the same time, and says so', async () => {
    const other = new pg.Client({ connectionString: database.urlAs('cosmos_app') });
    await other.connect();
    const both = await Promise.allSettled([
      start(NEW, RIGHT),
      requireVaultKeys(other, createLocalKeyService([OTHER_NEW, RIGHT]), testProver()),
    ]);
    await other.end();
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('whose clock is a minute behind takes the clock of the database', async () => {
    const late = new LoginProver(TEST_LOGIN_SECRET);
    late.setClock(Date.now() / 1_000 - 60);
    await requireVaultKeys(client, createLocalKeyService([RIGHT]), late);
    expect(await kept()).toEqual(['test']);
  });
});

test('readiness names a key that became wrong after the start', async () => {
  await start(RIGHT);
  expect(await wrongVaultKeys(client, createLocalKeyService([RIGHT]))).toEqual([]);
  expect(await wrongVaultKeys(client, createLocalKeyService([NEW, WRONG]))).toEqual(['test']);
});

describe('SQL in the application’s role without the secret of the logins', () => {
  const forged = (): readonly [string, Buffer] =>
    new LoginProver(randomBytes(32)).proveVaultKey({ masterKeyId: 'test', checkValue: '00'.repeat(61) });

  test('writes no check value that would keep every process from starting', async () => {
    const { rows } = await client.query('select keep_vault_key_check($1, $2) as answer', [...forged()]);
    expect(rows[0]?.answer).toMatchObject({ refused: 'proof-unknown' });
    expect(await kept()).toEqual([]);
  });

  test('gets no wrapped key, and no name of a case', async () => {
    const { rows } = await client.query('select vault_key_sample($1, $2) as answer', [...forged()]);
    expect(rows[0]?.answer).toEqual({ refused: 'proof-unknown', now: expect.anything() });
  });

  test('writes no row of the table', async () => {
    await expect(client.query(`insert into vault_key_check values ('a', 'b')`)).rejects.toMatchObject({
      code: '42501',
    });
    await expect(client.query('select from vault_key_check')).rejects.toMatchObject({ code: '42501' });
  });
});
