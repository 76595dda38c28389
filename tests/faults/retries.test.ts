import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** What the database refuses for the moment is tried again, three times at most; nobody sees it, and nothing is done twice. */
let database: TestDatabase;
let app: TestApp;
let sevran: string;
let rachida: Requester;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  const district = (await county(database)).district('Sevran');
  sevran = (await district).id;
  await district.receptionist('rachida');
  rachida = await app.as('rachida');
});
afterAll(async () => {
  await app.close();
  await database.drop();
});
afterEach(async () => {
  await database.sql('drop trigger if exists fails on person');
});

/**
 * The first `times` inserts of a person fail with the SQLSTATE, at the statement or at the commit. They are counted by
 * a sequence, which a rollback does not set back.
 */
async function personsFail(
  times: number,
  sqlState: string,
  when: 'statement' | 'commit' = 'statement',
): Promise<void> {
  await database.sql('drop sequence if exists failures cascade');
  await database.sql('create sequence failures');
  await database.sql(`create or replace function fail() returns trigger language plpgsql security definer as $$ begin
    if nextval('failures') <= ${times} then raise 'made to fail' using errcode = '${sqlState}'; end if;
    return new; end $$`);
  await database.sql(
    when === 'statement'
      ? 'create trigger fails before insert on person for each row execute function fail()'
      : 'create constraint trigger fails after insert on person deferrable initially deferred for each row execute function fail()',
  );
}

/** How many inserts were tried. */
async function attempts(): Promise<number> {
  const [row] = await database.sql<{ tried: number }>(
    'select case when is_called then last_value else 0 end::integer as tried from failures',
  );
  return row?.tried ?? -1;
}

const REGISTER = `mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { id } }`;

function register(headers: Record<string, string> = {}): Promise<Answer> {
  return rachida.send(REGISTER, { input: { districtId: sevran, chosenName: 'Sam' } }, headers);
}

async function rows(): Promise<{ persons: number; logged: number; keys: number }> {
  const [row] = await database.sql<{ persons: number; logged: number; keys: number }>(
    `select (select count(*) from person)::integer as persons, (select count(*) from access_log)::integer as logged,
      (select count(*) from idempotency_key)::integer as keys`,
  );
  if (row === undefined) throw new Error('no row');
  return row;
}

function expectUnavailable(answer: Answer): void {
  expect(answer.status).toBe(503);
  expect(answer.codes).toEqual(['UNAVAILABLE']);
  expect(answer.data).toBeUndefined();
  expect(answer.text).not.toContain('made to fail');
}

describe.each([
  ['a serialization failure', '40001'],
  ['a deadlock', '40P01'],
])('%s', (_name, sqlState) => {
  test('is tried again until it succeeds, with one effect and one line in the log', async () => {
    const before = await rows();
    await personsFail(2, sqlState);
    const answer = await register();
    expect(answer.errors).toEqual([]);
    expect(await attempts()).toBe(3);
    expect(await rows()).toEqual({ ...before, persons: before.persons + 1, logged: before.logged + 1 });
  });

  test('at the third retry still succeeds', async () => {
    await personsFail(3, sqlState);
    expect((await register()).errors).toEqual([]);
    expect(await attempts()).toBe(4);
  });

  test('that goes on is UNAVAILABLE after three retries, and nothing has changed', async () => {
    const before = await rows();
    await personsFail(100, sqlState);
    expectUnavailable(await register({ 'idempotency-key': `goes-on-${sqlState}` }));
    expect(await attempts()).toBe(4);
    expect(await rows()).toEqual(before);
  });

  test('at the commit is tried again as well', async () => {
    const before = await rows();
    await personsFail(1, sqlState, 'commit');
    const answer = await register();
    expect(answer.errors).toEqual([]);
    expect(await attempts()).toBe(2);
    expect(await rows()).toEqual({ ...before, persons: before.persons + 1, logged: before.logged + 1 });
  });

  test('at every commit is UNAVAILABLE, and nothing has changed', async () => {
    const before = await rows();
    await personsFail(100, sqlState, 'commit');
    expectUnavailable(await register());
    expect(await rows()).toEqual(before);
  });
});

describe('a commit that fails otherwise', () => {
  // P0001: raise_exception; 23514: a check; 53100: the disk is full; 57P01: an administrator ends the session.
  test.each(['P0001', '23514', '53100', '57P01'])(
    '%s is UNAVAILABLE and not tried again: no data, nothing changed',
    async (sqlState) => {
      const before = await rows();
      await personsFail(100, sqlState, 'commit');
      expectUnavailable(await register({ 'idempotency-key': `commit-${sqlState}` }));
      expect(await attempts()).toBe(1);
      expect(await rows()).toEqual(before);
    },
  );
});

describe('what the database lacks for the moment', () => {
  test.each([
    ['a full disk', '53100'],
    ['no memory', '53200'],
    ['too many connections', '53300'],
    ['a lock that is not to be had', '55P03'],
    ['a statement that takes too long', '57014'],
    ['a server that shuts down', '57P01'],
    ['a standby that is read only', '25006'],
  ])('%s is UNAVAILABLE and not tried again: no data, nothing changed', async (_name, sqlState) => {
    const before = await rows();
    await personsFail(100, sqlState);
    expectUnavailable(await register());
    expect(await attempts()).toBe(1);
    expect(await rows()).toEqual(before);
  });
});

describe('a write that row-level security refuses, and the service had let through', () => {
  test('is tried again, and judged as things stand now', async () => {
    const before = await rows();
    await personsFail(1, '42501');
    expect((await register()).errors).toEqual([]);
    expect(await attempts()).toBe(2);
    expect(await rows()).toEqual({ ...before, persons: before.persons + 1, logged: before.logged + 1 });
  });

  test('each time it is tried, is a fault of ours: INTERNAL, logged as refused', async () => {
    const before = await rows();
    await personsFail(100, '42501');
    const answer = await register();
    expect({ status: answer.status, codes: answer.codes }).toEqual({ status: 200, codes: ['INTERNAL'] });
    expect(await attempts()).toBe(4);
    expect((await rows()).persons).toBe(before.persons);
  });
});

test('an error that nobody foresaw is INTERNAL, tells nothing of itself, and changes nothing', async () => {
  const before = await rows();
  await personsFail(100, '22012');
  const answer = await register();
  expect(answer.codes).toEqual(['INTERNAL']);
  expect(answer.text).not.toContain('made to fail');
  expect((await rows()).persons).toBe(before.persons);
  expect(await attempts()).toBe(1);
});
