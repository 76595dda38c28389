import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { Turns } from '../../src/database/turns.js';
import { SHARES } from '../../src/http/caller.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/until.js';

/** Who asks a thousand times and hangs up keeps nobody: what has not begun by then never does. */
let database: TestDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database, {
    modules: 'own',
    poolSize: 1,
    // Of one login's requests, all reach the queue in front of the pool.
    shares: { ...SHARES, LOGIN: { inFlight: 100, inFlightOfOne: 100, waiting: 0, waitingOfOne: 0 } },
  });
  await (await county(database)).district('Sevran').worker('alice').case();
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const QUERY = '{ cases { edges { node { id } } } }';

test('a request whose client has gone while it waited for its turn is not executed', async () => {
  const alice = await app.as('alice');
  const body = JSON.stringify({ query: QUERY });
  const lock = new pg.Client({ connectionString: database.url });
  await lock.connect();
  await lock.query('begin; lock table "case"');
  const turns = jest.spyOn(Turns.prototype, 'take');
  const first = alice.send(QUERY);
  await until('the only place to be taken by one who waits for the lock', async () => {
    const [waits] = await database.sql(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return waits;
  });
  const others = Array.from({ length: 30 }, () => {
    const sent = request(`${app.url}/graphql`, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${alice.token}` },
    });
    sent.on('error', () => undefined);
    sent.end(body);
    return sent;
  });
  await Promise.all(others.map((sent) => once(sent, 'finish')));
  await until('the others to wait for their turns', () => turns.mock.calls.length === 1 + others.length);
  for (const sent of others) sent.destroy();
  const queued = turns.mock.calls.slice(1);
  await until('nobody to be waited for', () => queued.every(([, isWaitedFor]) => isWaitedFor?.() === false));
  await lock.query('commit');
  await lock.end();
  expect((await first).data?.['cases'].edges).toHaveLength(1);
  const ends = await Promise.allSettled(turns.mock.results.slice(1).map(({ value }) => value));
  expect(ends).toEqual(
    others.map(() => ({ status: 'rejected', reason: expect.objectContaining({ what: 'client' }) })),
  );
  expect((await alice.send(QUERY)).errors).toEqual([]);
  const logged = await database.sql('select distinct operation_id from access_log');
  expect(logged).toHaveLength(2);
});
