import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CommitError, Database } from '../../src/database/client.js';
import type { Transaction } from '../../src/database/transaction.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** One transaction per operation, over a pool of one: what one leaves behind, the next would meet. */
let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await cloneDatabase();
  database = new Database({ url: own.url, poolSize: 1 });
  await own.sql('create table kept (word text primary key)');
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

function inTransaction<T>(
  work: (tx: Transaction) => Promise<T>,
  closing: readonly string[] = [],
): Promise<T> {
  return database.transaction({ isolation: 'read committed', statements: [] }, async (tx) => ({
    answer: await work(tx),
    closing,
  }));
}

async function kept(): Promise<string[]> {
  return (await own.sql<{ word: string }>('select word from kept order by word')).map(({ word }) => word);
}

describe('a transaction', () => {
  test('answers what its work answers, with its closing statements committed', async () => {
    const rows = await inTransaction(
      (tx) => tx.rows<{ one: number }>`select ${1}::integer as one`,
      [`insert into kept values ('closing')`],
    );
    expect(rows).toEqual([{ one: 1 }]);
    expect(await kept()).toContain('closing');
  });

  test('hands the rows of its last opening statement to the work', async () => {
    const opened = await database.transaction(
      {
        isolation: 'repeatable read',
        statements: [`set local statement_timeout = 500`, 'select 7 as seven'],
      },
      async (tx) => ({ answer: await tx.opened, closing: [] }),
    );
    expect(opened).toEqual([{ seven: 7 }]);
    // Nothing of it stays on the session.
    expect(await inTransaction((tx) => tx.rows`show statement_timeout`)).toEqual([
      { statement_timeout: '0' },
    ]);
  });

  test('undoes everything when its work throws', async () => {
    await expect(
      inTransaction(async (tx) => {
        await tx.run`insert into kept values ('thrown')`;
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await kept()).not.toContain('thrown');
  });

  test('does not commit in silence what a swallowed failure has undone', async () => {
    await expect(
      inTransaction(async (tx) => {
        await tx.run`insert into kept values ('swallowed')`;
        await tx.rows`select 1 / 0`.catch(() => undefined);
        return 'all is well';
      }),
    ).rejects.toThrow(CommitError);
    expect(await kept()).not.toContain('swallowed');
  });

  test('refuses what is asked for once it is over, and the next one has the connection to itself', async () => {
    const late = await inTransaction(async (tx) => ({ tx }));
    await inTransaction(async (tx) => {
      await expect(late.tx.run`insert into kept values ('late')`).rejects.toThrow('is over');
      await tx.rows`select 1`;
    });
    expect(await kept()).not.toContain('late');
  });

  test('sends nothing of what has waited for another statement until it was over', async () => {
    const refusal = new Error('only reads');
    const lost = inTransaction(async (tx) => {
      tx.refuseWrites(refusal);
      tx.run`insert into kept values ('after the end')`.catch(() => undefined);
      throw new Error('at once');
    });
    await expect(lost).rejects.toThrow('at once');
    await inTransaction((tx) => tx.rows`select 1`);
    expect(await kept()).not.toContain('after the end');
  });

  test('goes back to its savepoint after a rehearsal, whatever the rehearsal has left behind', async () => {
    await database.transaction(
      { isolation: 'read committed', statements: ['savepoint operation'] },
      async (tx) => {
        await tx.rehearse(async () => {
          const first = tx.run`insert into kept values ('rehearsed')`;
          await null;
          tx.rows`select 1 / 0`.catch(() => undefined);
          await first;
        }, new Error('only reads'));
        expect(await tx.rows`select 1 as one`).toEqual([{ one: 1 }]);
        return { answer: null, closing: ['rollback to savepoint operation'] };
      },
    );
    expect(await kept()).not.toContain('rehearsed');
  });

  test('sends the statements of one tick together, and fails each with the first that fails', async () => {
    const outcomes = await inTransaction(async (tx) =>
      Promise.allSettled([
        tx.rows`select 'first' as word`,
        tx.rows`select 1 / 0`,
        tx.rows`select 'third' as word`,
      ]),
    ).catch((error: unknown) => error);
    expect(outcomes).toBeInstanceOf(CommitError);
  });

  test('goes on over another connection when the pool’s has died unseen', async () => {
    await inTransaction((tx) => tx.rows`select 1`);
    await own.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`,
      [own.name],
    );
    expect(await inTransaction((tx) => tx.rows`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  test('takes a date as midnight in UTC and an instant to the millisecond', async () => {
    const instant = new Date('2026-10-25T00:30:00.123Z');
    const [row] = await inTransaction(
      (tx) => tx.rows<{ day: Date; at: Date }>`select ${instant}::date as day, ${instant}::timestamptz as at`,
    );
    expect(row).toEqual({ day: new Date('2026-10-25T00:00:00Z'), at: instant });
  });
});
