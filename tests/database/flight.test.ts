import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { Database } from '../../src/database/client.js';
import { Flight, PreparedHere } from '../../src/database/flight.js';
import { Transaction } from '../../src/database/transaction.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { listenToFlights } from '../support/flights.js';

/** What is asked for in one tick travels together, and what follows from the answers does too. */
let own: TestDatabase;
let database: Database;
let stop: () => void;
const sent: string[][] = [];

beforeAll(async () => {
  own = await cloneDatabase();
  database = new Database({ url: own.url, poolSize: 1 });
  await own.sql('create table kept (word text primary key)');
  stop = listenToFlights(own.name, (flight) => sent.push(flight.map(({ text }) => text)));
});
afterAll(async () => {
  stop();
  await database.close();
  await own.drop();
});

function inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  sent.length = 0;
  return database.transaction({ isolation: 'read committed', statements: [] }, async (tx) => ({
    answer: await work(tx),
    closing: [],
  }));
}

const BEGIN = 'begin isolation level read committed';

describe('a flight', () => {
  test('takes what is asked for in one tick, and BEGIN with the first', async () => {
    await inTransaction((tx) =>
      Promise.all([tx.rows`select 1`, Promise.resolve().then(() => tx.rows`select 2`)]),
    );
    expect(sent).toEqual([[BEGIN, 'select 1', 'select 2'], ['commit']]);
  });

  test('takes together what follows from the answers of the one before, whichever answer came first', async () => {
    await inTransaction((tx) => {
      const then = async (first: Promise<unknown>, next: () => Promise<unknown>) => {
        await first;
        return next();
      };
      return Promise.all([
        then(tx.rows`select 1`, () => tx.rows`select 3`),
        then(tx.rows`select pg_sleep(0.02), repeat('x', 100000)`, () => tx.rows`select 4`),
        then(tx.rows`select 2`, () => tx.rows`select 5`),
      ]);
    });
    expect(sent.slice(1)).toEqual([['select 3', 'select 4', 'select 5'], ['commit']]);
  });

  test('does not leave behind what nobody has waited for', async () => {
    await inTransaction(async (tx) => {
      tx.run`insert into kept values ('not waited for')`.catch(() => undefined);
    });
    expect(sent.at(-1)).toEqual(['commit']);
    expect(await own.sql('select word from kept')).toEqual([{ word: 'not waited for' }]);
  });

  test('fails from the first failure on: what comes before is answered, what comes after is not reached', async () => {
    let outcomes: readonly PromiseSettledResult<unknown>[] = [];
    const all = inTransaction(async (tx) => {
      outcomes = await Promise.allSettled([
        tx.rows`select 'before' as word`,
        tx.rows`select 1 / ${0}::integer`,
        tx.rows`select 'after' as word`,
      ]);
    });
    await expect(all).rejects.toThrow();
    expect(outcomes).toEqual([
      { status: 'fulfilled', value: [{ word: 'before' }] },
      { status: 'rejected', reason: expect.objectContaining({ code: '22012' }) },
      { status: 'rejected', reason: expect.objectContaining({ code: '25P02' }) },
    ]);
  });

  test('prepares once more what failed when it was prepared, since nobody knows how far it came', async () => {
    const insert = (word: string) => inTransaction((tx) => tx.run`insert into kept values (${word})`);
    await insert('one');
    await insert('two');
    // The third use prepares it.
    await expect(insert('two')).rejects.toMatchObject({ code: '23505' });
    expect(await insert('three')).toBe(1);
    expect(await insert('four')).toBe(1);
  });

  test('ends its connection’s wait, if a statement fails while more are added', async () => {
    const connected = () => inTransaction((tx) => tx.rows`select pg_backend_pid() as connection`);
    const before = await connected();
    let outcomes: readonly PromiseSettledResult<unknown>[] = [];
    const all = inTransaction(async (tx) => {
      // In a timer, since the event loop then reads what has come before the tick is over.
      await tx.opened;
      await new Promise((resolve) => setTimeout(resolve, 1));
      const first = tx.rows`select 1 / ${0}::integer`;
      const second = tx.rows`select 2`;
      const until = performance.now() + 50;
      while (performance.now() < until);
      const third = first.catch(() => tx.rows`select 3`);
      outcomes = await Promise.allSettled([first, second, third]);
    });
    await expect(all).rejects.toThrow();
    expect(outcomes).toEqual(
      ['22012', '25P02', '25P02'].map((code) => ({
        status: 'rejected',
        reason: expect.objectContaining({ code }),
      })),
    );
    expect(await connected()).toEqual(before);
  });

  test('fails where rows come with other columns than the connection knows, and the process lives on', async () => {
    const prepared = new PreparedHere();
    const flight = new Flight(prepared);
    const answer = flight.add({ text: 'select 1, 2', values: [] });
    flight.handleRowDescription({ fields: [{ name: 'one', dataTypeID: 23 }] });
    flight.handleDataRow({ fields: ['1', '2'] });
    flight.handleCommandComplete({ text: 'SELECT 1' });
    flight.handleReadyForQuery();
    await expect(answer).rejects.toThrow('other columns');
  });
});

/** A connection that writes down the messages, each by its letter (PostgreSQL, section 54.7), a text for each write. */
function connectionOf(written: string[]): pg.Connection {
  const write = (bytes: Buffer, _encoding: string, done: () => void): void => {
    let letters = '';
    for (let at = 0; at < bytes.length; at += 1 + bytes.readInt32BE(at + 1))
      letters += String.fromCharCode(bytes[at] ?? 0);
    written.push(letters);
    done();
  };
  return { stream: new Writable({ write }) } as unknown as pg.Connection;
}

describe('what is written', () => {
  const select = { text: 'select $1::text', values: ['one'] };

  test('is the first part of a flight when it departs, and the rest with Sync when it is closed', () => {
    const written: string[] = [];
    const flight = new Flight(new PreparedHere());
    for (const name of ['one', 'two']) void flight.add(select, name);
    flight.submit(connectionOf(written));
    void flight.add(select, 'one');
    flight.close();
    // Parse, Bind, Describe, Execute; what is on its way to be prepared is not parsed again.
    expect(written).toEqual(['PBDEPBDE', 'BDES']);
  });

  test('is the whole flight at once if it is closed before it departs', () => {
    const written: string[] = [];
    const flight = new Flight(new PreparedHere());
    void flight.add(select);
    flight.close();
    flight.submit(connectionOf(written));
    expect(written).toEqual(['PBDES']);
  });

  test('is Sync alone, once a statement has failed', async () => {
    const written: string[] = [];
    const flight = new Flight(new PreparedHere());
    const first = flight.add(select);
    flight.submit(connectionOf(written));
    flight.handleError(new Error('failed'));
    const late = flight.add(select);
    flight.close();
    await expect(first).rejects.toThrow('failed');
    await expect(late).rejects.toMatchObject({ code: '25P02' });
    expect(written).toEqual(['PBDE', 'S']);
  });

  test('by a transaction is the first statement of a tick, as soon as there is a second', async () => {
    const written: string[] = [];
    const flights: Flight[] = [];
    const connection = connectionOf(written);
    const query = (flight: Flight): void => {
      flights.push(flight);
      flight.submit(connection);
    };
    const opening = { isolation: 'read committed', statements: [] } as const;
    const preparing = { names: null, prepared: new PreparedHere() };
    const tx = new Transaction({ query } as unknown as pg.ClientBase, preparing, opening);
    tx.depart();
    tx.leave();
    expect(written).toEqual(['PBDE', 'S']);
    flights[0]?.handleCommandComplete({ text: 'BEGIN' });
    flights[0]?.handleReadyForQuery();
    void tx.rows`select 1`;
    expect(written).toHaveLength(2);
    void tx.rows`select 2`;
    expect(written.slice(2)).toEqual(['PBDE']);
    void tx.rows`select 3`;
    await new Promise((resolve) => setImmediate(resolve));
    expect(written.slice(2)).toEqual(['PBDE', 'PBDEPBDES']);
  });

  test('closes the connection if it cannot be written whole', () => {
    let destroyed: Error | null = null;
    const stream = {
      writable: true,
      write: () => {
        throw new Error('too long');
      },
      destroy: (error: Error) => {
        destroyed = error;
      },
    };
    const flight = new Flight(new PreparedHere());
    void flight.add(select);
    flight.submit({ stream } as unknown as pg.Connection);
    expect(destroyed).toEqual(new Error('too long'));
  });
});

describe('a value', () => {
  test.each([
    ['UTC', '2026-10-25 00:30:00.123456+00', '2026-10-25T00:30:00.123Z'],
    ['UTC', '2026-10-25 00:30:00+00', '2026-10-25T00:30:00.000Z'],
    ['UTC', '0044-03-15 12:00:00+00 BC', '-000043-03-15T12:00:00.000Z'],
    ['UTC', '12026-10-25 00:30:00+00', '+012026-10-25T00:30:00.000Z'],
    ['Europe/Paris', '2026-10-25 00:30:00.5+02', '2026-10-24T22:30:00.500Z'],
    ['Asia/Kathmandu', '2026-10-25 00:30:00+05:45', '2026-10-24T18:45:00.000Z'],
  ])('of an instant is read in a session of any zone: %s, %s', async (zone, text, instant) => {
    const [row] = await inTransaction(async (tx) => {
      await tx.rows`select set_config('timezone', ${zone}, true)`;
      return tx.rows<{
        at: Date;
        text: string;
      }>`select ${text}::timestamptz as at, ${text}::timestamptz::text as text`;
    });
    expect({ text: row?.text, at: row?.at.toISOString() }).toEqual({ text, at: instant });
  });

  test.each([
    ['null', null],
    ['an empty text', ''],
    ['a text of many letters', 'é\n"$1’\\'],
  ])('comes back as it was: %s', async (_what, given) => {
    expect(await inTransaction((tx) => tx.rows`select ${given}::text as given`)).toEqual([{ given }]);
  });
});
