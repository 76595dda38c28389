import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { startTestApp, type TestApp } from '../support/app.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** Who asks a thousand times and hangs up keeps nobody: what has not begun by then never does. */
let database: TestDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database, { poolSize: 1 });
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
  // The only place is taken by one who waits for the lock.
  const first = alice.send(QUERY);
  await sleep(50);
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
  await sleep(150);
  for (const sent of others) sent.destroy();
  // Long enough for a busy machine to notice that they are gone.
  await sleep(600);
  await lock.query('commit');
  await lock.end();
  expect((await first).data?.['cases'].edges).toHaveLength(1);
  expect((await alice.send(QUERY)).errors).toEqual([]);
  const logged = await database.sql('select distinct operation_id from access_log');
  expect(logged).toHaveLength(2);
});
