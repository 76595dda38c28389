import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLocalKeyService } from '../../src/vault/local-keys.js';
import { createNoteVault, deriveFingerprintKey } from '../../src/vault/note-vault.js';
import { NO_TEXT, openText, sealText } from '../../src/vault/sealed-text.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { testVault } from '../support/vault.js';

const ROW = '7d2c3a52-0000-4000-8000-000000000001';
const vault = testVault();

describe('a sealed text', () => {
  test('opens in its row', async () => {
    const sealed = await sealText(vault, 'referral_content', ROW, 'Elle préfère le matin. 🌷');
    expect(await openText(vault, 'referral_content', ROW, sealed)).toBe('Elle préfère le matin. 🌷');
  });

  test('opens in no other row, and in no other table', async () => {
    const sealed = await sealText(vault, 'referral_content', ROW, 'x');
    for (const [table, row] of [
      ['referral_content', ROW.replace(/1$/, '2')],
      ['message_text', ROW],
      ['activity_report_text', `${ROW}:1`],
    ] as const)
      await expect(openText(vault, table, row, sealed)).rejects.toThrow('does not authenticate');
  });

  test('opens with no other key, and not with the body of another row', async () => {
    const [one, other] = [
      await sealText(vault, 'message_text', ROW, 'x'),
      await sealText(vault, 'message_text', ROW, 'x'),
    ];
    const mixed = { ...one, wrapped: other.wrapped };
    await expect(openText(vault, 'message_text', ROW, mixed)).rejects.toThrow('does not authenticate');
    const elsewhere = createNoteVault(
      createLocalKeyService([{ id: 'test', key: Buffer.alloc(32, 8) }]),
      deriveFingerprintKey(Buffer.alloc(32, 8)),
    );
    await expect(openText(elsewhere, 'message_text', ROW, one)).rejects.toThrow('does not authenticate');
  });

  test('has the same length for a yes and for a sentence', async () => {
    const lengths = await Promise.all(
      ['oui', 'non, jamais', 'x'.repeat(252)].map(
        async (text) => (await sealText(vault, 'danger_statement', ROW, text)).body.length,
      ),
    );
    expect(new Set(lengths).size).toBe(1);
  });

  test('of a row that has none is null', async () => {
    expect(await openText(vault, 'referral_content', ROW, NO_TEXT)).toBeNull();
  });
});

describe('the database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  const isSealed = async (body: unknown, key: unknown, wrapped: unknown): Promise<boolean | undefined> =>
    (
      await database.sql<{ is: boolean }>('select is_sealed($1::bytea, $2, $3::bytea) as is', [
        body,
        key,
        wrapped,
      ])
    )[0]?.is;

  test('knows the form of what the vault seals, of any length', async () => {
    for (const length of [1, 251, 252, 253, 5_000]) {
      const { body, masterKeyId, wrapped } = await sealText(vault, 'message_text', ROW, 'x'.repeat(length));
      expect(await isSealed(body, masterKeyId, wrapped)).toBe(true);
    }
    expect(await isSealed(null, null, null)).toBe(true);
  });

  test('takes neither a plain text, nor half of what a sealed one needs', async () => {
    const { body, masterKeyId, wrapped } = await sealText(vault, 'message_text', ROW, 'x');
    for (const [text, key, data] of [
      [Buffer.from('Elle a dit oui.'), masterKeyId, wrapped],
      [Buffer.alloc(body.length, 'a'), masterKeyId, wrapped],
      [body, 'unsealed', wrapped],
      [body, masterKeyId, null],
      [body, null, wrapped],
      [null, masterKeyId, wrapped],
      [Buffer.alloc(0), masterKeyId, wrapped],
    ])
      expect(await isSealed(text, key, data)).toBe(false);
  });

  test('asks it of every table that keeps a text, for each row that is written', async () => {
    const asked = await database.sql<{ table: string }>(
      `select conrelid::regclass::text as table from pg_constraint
       where contype = 'c' and pg_get_constraintdef(oid) like '%is_sealed(body, master_key_id, wrapped)%' order by 1`,
    );
    const kept = await database.sql<{ table: string }>(
      `select c.oid::regclass::text as table from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname in ('body', 'wrapped')
       group by c.oid having count(*) = 2 order by 1`,
    );
    expect(asked).toEqual(kept);
  });
});
