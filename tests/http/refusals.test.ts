import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { SHARES } from '../../src/http/caller.js';
import { LATELY_LIMITS } from '../../src/http/lately.js';
import { MAX_ANONYMOUS_COMPLEXITY } from '../../src/http/limits.js';
import {
  type Answer,
  type Requester,
  startTestApp,
  type TestApp,
  type TestAppOptions,
} from '../support/app.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { LiveClient } from '../support/live.js';
import { until } from '../support/until.js';

/** A refusal costs its caller, and nobody else. It waits in a turn, and it is counted. A caller who goes on is told 429. */
let database: TestDatabase;
let app: TestApp;
let lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  const district = (await county(database)).district('Sevran');
  await district.worker('alice');
  await district.receptionist('claire');
});
afterAll(() => database.drop());
afterEach(() => app.close());

const start = async (options: TestAppOptions = {}): Promise<void> => {
  const own: typeof lines = [];
  lines = own;
  const logger = pino({ level: 'info', base: null }, { write: (line: string) => own.push(JSON.parse(line)) });
  app = await startTestApp(database, { logger, latelyLimits: LATELY_LIMITS, trustedProxies: 1, ...options });
};

const FINE = '{ viewer { kind } }';
const INVALID = '{ unknown }';
/** A caller may have forty refusals at once here, so that a busy machine gets there as well. */
const FORTY = { ...LATELY_LIMITS, refusedMs: 200 };
/** More refusals than that. */
const TOO_MANY = 120;
const from = (address: string) => ({ 'x-forwarded-for': address });
const ATTACKER = from('192.0.2.1');
const OTHER = from('192.0.2.2');

/** Sends more than may be refused, and then one thing more, all at once. */
async function flood(who: Requester, query: string, last: () => Promise<Answer>) {
  const sent = Array.from({ length: TOO_MANY }, () => who.send(query, undefined, ATTACKER));
  const next = last();
  const answers = await Promise.all(sent);
  return { statuses: answers.map(({ status }) => status), answers, next: await next };
}

const countOf = (statuses: readonly number[], status: number): number =>
  statuses.filter((each) => each === status).length;

describe('an address that shows many bad tokens', () => {
  test('is told 401 forty times, then 429 and when to ask again; a good token of that address is let in', async () => {
    await start({ latelyLimits: FORTY });
    const [bad, alice] = [app.withToken('garbage'), await app.as('alice')];
    const { statuses, answers, next } = await flood(bad, FINE, () => alice.send(FINE, undefined, ATTACKER));
    expect(countOf(statuses, 401)).toBeGreaterThanOrEqual(40);
    expect(countOf(statuses, 429)).toBeGreaterThan(0);
    expect(countOf(statuses, 401) + countOf(statuses, 429)).toBe(TOO_MANY);
    const told = answers.find(({ status }) => status === 429);
    expect(told?.codes).toEqual(['RATE_LIMITED']);
    expect(Number(told?.headers['retry-after'])).toBeGreaterThan(0);
    expect(next.status).toBe(200);
    expect(await bad.send(FINE, undefined, OTHER)).toMatchObject({ status: 401 });
  });

  test('writes a line a second, with their number', async () => {
    await start({ latelyLimits: FORTY });
    const bad = app.withToken('garbage');
    const { statuses, next } = await flood(bad, FINE, () => bad.send(FINE, undefined, OTHER));
    expect(next.status).toBe(401);
    const refused = countOf(statuses, 401) + 1;
    const tokens = () => lines.filter(({ msg }) => msg === 'token refused');
    const counted = () => tokens().reduce((sum, { count }) => sum + Number(count), 0);
    await until('all of them to be counted', async () => counted() >= refused || undefined);
    expect(counted()).toBe(refused);
    expect(tokens().length).toBeLessThan(10);
  });
});

describe('an address that sends many invalid documents', () => {
  test('is told 429 before its document is read; other addresses and logins are not', async () => {
    await start({ latelyLimits: FORTY });
    const alice = await app.as('alice');
    const { statuses, next } = await flood(app.anonymous, INVALID, async () => {
      const [own, others, login] = await Promise.all([
        app.anonymous.send(FINE, undefined, ATTACKER),
        app.anonymous.send(FINE, undefined, OTHER),
        alice.send(FINE, undefined, ATTACKER),
      ]);
      expect([others.status, login.status]).toEqual([200, 200]);
      return own;
    });
    expect(countOf(statuses, 400)).toBeGreaterThan(0);
    expect(next).toMatchObject({ status: 429, codes: ['RATE_LIMITED'] });
  });

  test('may ask again once it has waited', async () => {
    await start({ latelyLimits: { ...LATELY_LIMITS, refusedMs: 20 } });
    expect((await app.anonymous.send(INVALID, undefined, ATTACKER)).status).toBe(400);
    await until('a 429', async () => {
      const { status } = await app.anonymous.send(INVALID, undefined, ATTACKER);
      return status === 429 || undefined;
    });
    await until('the refusals to be forgotten', async () => {
      const { status } = await app.anonymous.send(FINE, undefined, ATTACKER);
      return status === 200 || undefined;
    });
  });
});

test('a login that sends many invalid documents is told 429, and its colleague is not', async () => {
  await start({ latelyLimits: FORTY });
  const [alice, claire] = [await app.as('alice'), await app.as('claire')];
  const { next } = await flood(alice, INVALID, async () => {
    const [own, other] = await Promise.all([alice, claire].map((who) => who.send(FINE, undefined, ATTACKER)));
    expect(other?.status).toBe(200);
    return own as Answer;
  });
  expect(next.status).toBe(429);
});

test('a token that was proven before needs no turn of its address', async () => {
  const shares = { ...SHARES };
  await start({ shares });
  const [alice, claire] = [await app.as('alice'), await app.as('claire')];
  expect(await alice.send(FINE)).toMatchObject({ status: 200 });
  shares.PROOF = { inFlight: 0, inFlightOfOne: 0, waiting: 0, waitingOfOne: 0 };
  expect(await alice.send(FINE)).toMatchObject({ status: 200 });
  expect(await claire.send(FINE)).toMatchObject({ status: 429 });
});

/** Sends the head of a request, and a part of its body. */
function begin(token: string, part: string, length: number) {
  const sent = request(`${app.url}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': length,
    },
  });
  sent.on('error', () => undefined);
  sent.write(part);
  return sent;
}

test('a body that comes slowly takes no turn from the other requests of its login', async () => {
  await start({
    shares: { ...SHARES, LOGIN: { inFlight: 1, inFlightOfOne: 1, waiting: 9, waitingOfOne: 9 } },
  });
  const alice = await app.as('alice');
  const body = JSON.stringify({ query: FINE });
  const slow = begin(alice.token ?? '', body.slice(0, 5), body.length);
  expect(await alice.send(FINE)).toMatchObject({ status: 200 });
  const answered = once(slow, 'response');
  slow.end(body.slice(5));
  const [answer] = (await answered) as [{ statusCode: number; resume: () => void }];
  answer.resume();
  expect(answer.statusCode).toBe(200);
});

test('a refused token is answered before its body has come', async () => {
  await start();
  const sent = begin('garbage', '', 250_000);
  sent.flushHeaders();
  const [answer] = (await once(sent, 'response')) as [{ statusCode: number }];
  expect(answer.statusCode).toBe(401);
  sent.destroy();
});

test('a connection that sends hundreds of requests and waits for no answer is cut off', async () => {
  await start();
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.resume();
  socket.write('GET /health/ready HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(500));
  await once(socket, 'close');
  expect(await app.anonymous.send(FINE)).toMatchObject({ status: 200 });
});

describe('the cost of a search', () => {
  const searches = (count: number, filter: string): string =>
    `{ ${Array.from({ length: count }, (_, nth) => `s${nth}: slots(filter: { typeCode: "FIRST_RECEPTION" ${filter} }) { whyNone }`).join(' ')} }`;

  test.each([
    ['two of the whole county', 2, '', 200],
    ['three of the whole county', 3, '', 400],
    ['thirty of the whole county for a week', 30, 'WEEK', 200],
    ['thirty of one district', 30, 'DISTRICT', 200],
  ])('%s, without a token', async (_, count, filter, status) => {
    await start({ anonymousComplexity: MAX_ANONYMOUS_COMPLEXITY });
    const [row] = await database.sql('select id from district');
    const inAWeek = new Date(Date.now() + 7 * 86_400_000).toISOString();
    const given = filter
      .replace('WEEK', `to: "${inAWeek}"`)
      .replace('DISTRICT', `districtId: "${row?.['id']}"`);
    const answer = await app.anonymous.send(searches(count, given));
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.codes).toEqual(['DOCUMENT_TOO_COSTLY']);
  });

  test('the days come from the variables, also when the document is known', async () => {
    await start({ anonymousComplexity: MAX_ANONYMOUS_COMPLEXITY });
    const document = `query ($filter: SlotFilter!) { ${Array.from({ length: 10 }, (_, nth) => `s${nth}: slots(filter: $filter) { whyNone }`).join(' ')} }`;
    const until = (days: number) => ({
      filter: { typeCode: 'FIRST_RECEPTION', to: new Date(Date.now() + days * 86_400_000).toISOString() },
    });
    expect(await app.anonymous.send(document, until(7))).toMatchObject({ status: 200 });
    expect(await app.anonymous.send(document, until(90))).toMatchObject({ codes: ['DOCUMENT_TOO_COSTLY'] });
  });
});

describe('a socket', () => {
  const BAD = 'subscription { unknown }';

  test('whose documents are refused ten times in a row is closed; one that also follows something is not', async () => {
    await start({ latelyLimits: { ...LATELY_LIMITS, rest: 0 } });
    const socket = await LiveClient.connect(app.url, await app.token('claire'));
    for (let nth = 0; nth < 10; nth += 1) socket.subscribe(BAD);
    expect(await socket.closed).toEqual({ code: 4400, reason: 'Too many refusals' });

    const [row] = await database.sql('select id from district');
    const honest = await LiveClient.connect(app.url, await app.token('claire'));
    for (let round = 0; round < 3; round += 1) {
      for (let nth = 0; nth < 9; nth += 1) await honest.subscribe(BAD).ended();
      const board = honest.subscribe('subscription ($id: ID!) { visitChanges(districtId: $id) { reload } }', {
        id: row?.['id'],
      });
      expect((await board.event()).data?.['visitChanges']).toEqual({ reload: true });
      board.leave();
    }
    await honest.close();
  });

  test('that sends a hundred messages and waits for none is cut off', async () => {
    await start();
    const socket = await LiveClient.connect(app.url, await app.token('claire'));
    for (let nth = 0; nth < 500; nth += 1) socket.send({ type: 'ping' });
    expect((await socket.closed).code).toBe(1006);
  });

  test('that sends more than a hundred pings in a second is cut off', async () => {
    await start();
    const socket = await LiveClient.connect(app.url, await app.token('claire'));
    for (let nth = 0; nth < 200; nth += 1) socket.socket.ping();
    expect((await socket.closed).code).toBe(1006);
  });

  test('of a login that was refused much is told so, and an HTTP request of that login is answered', async () => {
    await start({ latelyLimits: { ...LATELY_LIMITS, refusedMs: 1 } });
    const token = await app.token('claire');
    await until('a refusal for too many', async () => {
      const socket = await LiveClient.connect(app.url, token);
      const ends = [socket.subscribe(BAD), socket.subscribe(BAD)];
      const [, [code] = []] = await Promise.all(ends.map((each) => each.ended()));
      await socket.close();
      return code === 'RATE_LIMITED' || undefined;
    });
    expect(await (await app.as('claire')).send(FINE)).toMatchObject({ status: 200 });
  });
});
