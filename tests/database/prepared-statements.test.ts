import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Prisma } from '../../prisma/generated/client.js';
import { CommitError, Database } from '../../src/database/client.js';
import { runOperation } from '../../src/database/run-operation.js';
import { MOST_PREPARED, StatementNames } from '../../src/database/statement-names.js';
import type { Preparing, Transaction } from '../../src/database/transaction.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { testProver } from '../support/login.js';
import { testVault } from '../support/vault.js';

/** Each connection prepares its statements, and what it has prepared may be gone. */
let own: TestDatabase;
beforeAll(async () => {
  own = await cloneDatabase();
  await own.sql('create table word (id integer primary key, said text not null)');
  await own.sql(`insert into word values (1, 'bonjour')`);
});
afterAll(() => own.drop());

let database: Database;
let unprepared: number;
beforeEach(() => {
  unprepared = 0;
  database = new Database({ url: own.url, poolSize: 1, onUnprepared: () => (unprepared += 1) });
});
afterEach(() => database.close());

function inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database.transaction({ isolation: 'read committed', statements: [] }, async (tx) => ({
    answer: await work(tx),
    closing: [],
  }));
}

/** A whole operation: what fails because of something prepared is done once more. */
async function operation<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const environment = { database, prover: testProver(), vault: testVault() };
  const request = { kind: 'query', token: null, idempotencyKey: null } as const;
  const { answer } = await runOperation(environment, request, async ({ tx }) => ({
    errors: [],
    answer: await work(tx),
  }));
  return answer;
}

const said = (tx: Transaction) => tx.rows<Record<string, unknown>>`select * from word where id = ${1}`;

const prepared = (): Promise<readonly { name: string; statement: string; generic: number }[]> =>
  inTransaction(
    (tx) =>
      tx.rows`select name, statement, generic_plans::integer as generic from pg_prepared_statements
        where statement like '%word%' order by statement`,
  );

/** Takes a prepared statement away from the connection, as a pooler or a failover does. */
const takeAway = (like: string): Promise<void> =>
  inTransaction(async (tx) => {
    const gone = await tx.rows<{ name: string }>`select name from pg_prepared_statements
      where statement like ${like}`;
    expect(gone).toHaveLength(1);
    for (const { name } of gone) await tx.run`deallocate ${Prisma.raw(`"${name}"`)}`;
  });
const SAID = '%from word where id%';

const times = async (count: number, work: () => Promise<unknown>): Promise<void> => {
  for (let nth = 0; nth < count; nth += 1) await work();
};

describe('a statement', () => {
  test('is prepared at its third use, and planned no more after five plans that were no better', async () => {
    await times(2, () => operation(said));
    expect(await prepared()).toEqual([]);
    await times(5 + 3, () => operation(said));
    expect(await prepared()).toEqual([
      { name: expect.any(String), statement: 'select * from word where id = $1', generic: 3 },
    ]);
  });

  test('has a name that nobody can guess: another process has another', async () => {
    const [one, other] = [new StatementNames(), new StatementNames()].map((names) =>
      Array.from({ length: 3 }, () => names.of('select 1')).at(-1),
    );
    expect(one).toMatch(/^[\w-]{32}$/);
    expect(other).not.toBe(one);
  });

  test('is not prepared once there are so many, and those before stay', () => {
    const names = new StatementNames();
    const nameOf = (nth: number) => Array.from({ length: 3 }, () => names.of(`select ${nth}`)).at(-1);
    const all = Array.from({ length: MOST_PREPARED + 1 }, (_, nth) => nameOf(nth));
    expect(new Set(all).size).toBe(MOST_PREPARED + 1);
    expect(all.at(-1)).toBeUndefined();
    expect(names.of('select 0')).toBe(all[0]);
  });

  test('is not prepared where that is turned off', async () => {
    await database.close();
    database = new Database({ url: own.url, poolSize: 1, prepares: false });
    await times(5, () => operation(said));
    expect(await prepared()).toEqual([]);
  });
});

describe('what was prepared', () => {
  test('may be gone: the operation runs again, and prepares anew', async () => {
    await times(4, () => operation(said));
    await takeAway(SAID);
    expect(await operation(said)).toEqual([{ id: 1, said: 'bonjour' }]);
    await times(4, () => operation(said));
    expect(await prepared()).toHaveLength(1);
    expect(unprepared).toBe(0);
  });

  test.each(['begin%', 'commit'])('may be gone: %s is no exception', async (like) => {
    await times(4, () => operation(said));
    await takeAway(like).catch((error: unknown) => expect(error).toBeInstanceOf(CommitError));
    expect(await operation(said)).toEqual([{ id: 1, said: 'bonjour' }]);
    expect(unprepared).toBe(0);
  });

  test('may answer other columns after a migration: the operation runs again', async () => {
    await times(4, () => operation(said));
    await own.sql('alter table word add column heard boolean not null default false');
    try {
      expect(await operation(said)).toEqual([{ id: 1, said: 'bonjour', heard: false }]);
      await times(4, () => operation(said));
      expect(await prepared()).toHaveLength(1);
    } finally {
      await own.sql('alter table word drop column heard');
    }
  });

  test('is given up where it is gone again at once, as behind a pooler that forgets: no operation fails', async () => {
    await times(4, () => operation(said));
    for (let nth = 0; nth < 2; nth += 1) {
      await takeAway(SAID);
      await times(4, () => operation(said));
    }
    expect(unprepared).toBe(1);
    expect(await prepared()).toEqual([]);
  });

  test('is given up where a connection has it from elsewhere, as behind a pooler that shares connections', async () => {
    await times(4, () => operation(said));
    await inTransaction(async (tx) => {
      // The process knows nothing of it, like a client that is given the connection of another.
      const { preparing } = tx as unknown as { preparing: Preparing };
      preparing.prepared.columns.delete(preparing.names?.of('select * from word where id = $1') ?? '');
    });
    expect(await operation(said)).toEqual([{ id: 1, said: 'bonjour' }]);
    expect(unprepared).toBe(1);
  });

  test('says nothing of what fails before it: the first failure is the one that is told', async () => {
    await times(2, () => operation(said));
    const failing = operation((tx) => Promise.all([tx.rows`select 1 / ${0}::integer`, said(tx), said(tx)]));
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(unprepared).toBe(0);
    expect(await operation(said)).toEqual([{ id: 1, said: 'bonjour' }]);
  });
});
