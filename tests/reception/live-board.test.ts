import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { createLogger } from '../../src/log/logger.js';
import {
  type Answer,
  type Requester,
  startTestApp,
  type TestApp,
  type TestAppOptions,
} from '../support/app.js';
import { LiveClient, type Subscription } from '../support/live.js';
import { startProxy } from '../support/proxy.js';
import { until } from '../support/until.js';
import { raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/** The board of reception is told of each visit as it changes: to whom it concerns, what they may read of it, and nothing else. */
const NEVER_MS = 3_600_000;
/** Nothing ends by a limit of time, however slow the machine is: a test of such a limit has an API of its own. */
const PATIENT = { quietMs: NEVER_MS, initMs: NEVER_MS, pingMs: NEVER_MS };
/** How often an API proves the connection by which it listens, and how often here: a machine that stops for seconds would make it a lost one. */
const PULSE_MS = 3_000;
let pulseMs = NEVER_MS;
let stage: Stage;
let scene: Scene;
let alice: string;
let asAlice: Requester;
let clients: LiveClient[] = [];

beforeAll(async () => {
  const { setInterval } = globalThis;
  const slowly = (work: () => void, ms?: number) => setInterval(work, ms === PULSE_MS ? pulseMs : ms);
  jest.spyOn(globalThis, 'setInterval').mockImplementation(slowly as typeof setInterval);
  stage = await raiseStage({ modules: 'own', liveLimits: { ...PATIENT, subscriptions: 25 } });
});
beforeEach(async () => {
  scene = await stage.scene();
  alice = (await scene.worker('alice')).id;
  asAlice = await scene.as('alice');
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  clients = [];
});
afterAll(async () => {
  await stage.close();
  jest.restoreAllMocks();
});

const VISIT = `id ticket status outcome version person { displayName } worker { id }`;
const BOARD = `subscription ($id: ID!) { visitChanges(districtId: $id) { reload visit { ${VISIT} } } }`;

async function connect(token: string | null): Promise<LiveClient> {
  const client = await LiveClient.connect(stage.app.url, token);
  clients.push(client);
  return client;
}

/** Another API over the same database, for as long as `work` takes. */
async function withApp(
  options: TestAppOptions,
  work: (app: TestApp, token: string) => Promise<void>,
): Promise<void> {
  const liveLimits = { ...PATIENT, ...options.liveLimits };
  const app = await startTestApp(stage.database, { modules: 'own', ...options, liveLimits });
  try {
    await work(app, await app.token(`desk.${scene.name}`));
  } finally {
    await app.close();
  }
}

/** What an API says of its own affairs. */
function overheard() {
  const logger = createLogger('silent');
  const { mock } = jest.spyOn(logger, 'warn');
  const says = (words: RegExp) =>
    until(`a warning like ${words}`, () =>
      mock.calls.some((said) => said.some((part) => words.test(String(part)))),
    );
  return { logger, says };
}

/** Follows the board; its first event has said to read the queue. */
async function follow(who: Requester, districtId = scene.districtId, query = BOARD): Promise<Subscription> {
  const board = (await connect(who.token)).subscribe(query, { id: districtId });
  const { data } = await board.event();
  expect(data?.['visitChanges']).toMatchObject({ reload: true });
  return board;
}

/** The visit of the next event. */
async function visitOn(board: Subscription) {
  const { data, codes } = await board.event();
  return { visit: data?.['visitChanges'].visit, codes };
}

function act(
  mutation: string,
  type: string,
  input: Record<string, unknown>,
  who = scene.desk,
): Promise<Answer> {
  return who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { id version } }`, { input });
}
async function record(more: Record<string, unknown> = {}, at = scene): Promise<string> {
  const { data, text } = await act(
    'recordVisit',
    'RecordVisitInput',
    { districtId: at.districtId, kind: 'WALK_IN', ...more },
    at.desk,
  );
  if (data?.['recordVisit'] == null) throw new Error(text);
  return data['recordVisit'].id;
}
const direct = (id: string, expectedVersion: number, workerId: string | null) =>
  act('directVisit', 'DirectVisitInput', { id, expectedVersion, workerId });

/** What comes next, if it is this visit: whatever else was told would have come before. */
async function nothingBefore(board: Subscription): Promise<void> {
  const id = await record({ workerId: alice });
  expect((await visitOn(board)).visit.id).toBe(id);
}

/** Runs as an administrator of the directory would have it. */
const endMemberships = (workerId: string) =>
  scene.sql(`update membership set ends_at = now() - interval '1 ms' where worker_id = $1`, [workerId]);

describe('a board', () => {
  test('is told of whoever is recorded, directed, taken in and seen off, as they stand then', async () => {
    const board = await follow(scene.desk);
    const { id: personId } = await scene.person({ givenName: 'Nour', familyName: 'Benali' });
    const id = await record({ personId });
    const now = { id, ticket: 1, person: { displayName: 'Nour Benali' } };
    expect(await visitOn(board)).toEqual({
      visit: { ...now, status: 'WAITING', outcome: null, version: 1, worker: null },
      codes: [],
    });
    await direct(id, 1, alice);
    expect((await visitOn(board)).visit).toMatchObject({ version: 2, worker: { id: alice } });
    await act('takeIn', 'VersionedInput', { id, expectedVersion: 2 }, asAlice);
    expect((await visitOn(board)).visit).toMatchObject({ status: 'TAKEN_IN', version: 3 });
    await act('closeVisit', 'CloseVisitInput', { id, expectedVersion: 3, outcome: 'RECEIVED' }, asAlice);
    // Who received them has told what became of it, and a desk does not put the two together.
    const gone = { status: 'CLOSED', outcome: null, worker: null, version: 4 };
    expect((await visitOn(board)).visit).toMatchObject(gone);
  });

  test('is told what its viewer may read: the head that someone came, a refused field null with its code', async () => {
    await scene.district.head(`head.${scene.name}`);
    const board = await follow(await scene.as('head'));
    await record({ personId: (await scene.person()).id, workerId: alice });
    const { data, errors } = await board.event();
    expect(data?.['visitChanges'].visit).toMatchObject({
      ticket: 1,
      status: 'WAITING',
      person: null,
      worker: null,
    });
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['visitChanges', 'visit', 'version'], 'FORBIDDEN'],
      [['visitChanges', 'visit', 'person'], 'FORBIDDEN'],
      [['visitChanges', 'visit', 'worker'], 'FORBIDDEN'],
    ]);
  });

  test('hides a sensitive file from the desk, as the queue does', async () => {
    const board = await follow(scene.desk);
    const id = await record({});
    await visitOn(board);
    const { id: personId } = await scene.person({ sensitiveFile: true });
    await scene.sql('update visit set person_id = $2, version = 2 where id = $1', [id, personId]);
    expect(await visitOn(board)).toMatchObject({ visit: { id, version: 2, person: null }, codes: [] });
  });

  test('of a worker shows whom they receive, and nothing of whom colleagues do', async () => {
    const { id: bruno } = await scene.worker('bruno');
    const board = await follow(asAlice);
    await record({});
    await record({ workerId: bruno });
    await nothingBefore(board);
  });

  test('of a worker loses whoever is passed on to a colleague, and is not told to whom', async () => {
    const { id: bruno } = await scene.worker('bruno');
    const [atAlice, atBruno] = await Promise.all([follow(asAlice), follow(await scene.as('bruno'))]);
    const id = await record({ workerId: alice });
    expect((await visitOn(atAlice)).visit).toMatchObject({ id, worker: { id: alice } });
    await direct(id, 1, bruno);
    expect((await atAlice.event()).data).toEqual({ visitChanges: { reload: true, visit: null } });
    expect((await visitOn(atBruno)).visit).toMatchObject({ id, worker: { id: bruno } });
    await nothingBefore(atAlice);
  });

  test('of one district says nothing of another, and each viewer is answered as themselves', async () => {
    const other = await stage.scene();
    const [here, there] = await Promise.all([follow(scene.desk), follow(other.desk, other.districtId)]);
    const away = await record({}, other);
    expect((await visitOn(there)).visit.id).toBe(away);
    await nothingBefore(here);
    expect(there.inbox.size).toBe(0);
  });

  test('says nothing of another day, nor of what was undone', async () => {
    const board = await follow(scene.desk);
    const id = await record({});
    await visitOn(board);
    await scene.sql(`update visit set day = day - 1, version = 2 where id = $1`, [id]);
    const bad = await act('recordVisit', 'RecordVisitInput', {
      districtId: scene.districtId,
      kind: 'WALK_IN',
      workerId: randomUUID(),
    });
    expect(bad.codes).toEqual(['NOT_FOUND']);
    await nothingBefore(board);
  });

  test('says no name, number or kind in what passes between databases and processes', async () => {
    const [row] = await scene.sql<{ source: string }>(
      `select pg_get_functiondef('visit_is_told'::regproc) as source`,
    );
    expect(row?.source.match(/(new|old)\.\w+/g)?.sort()).toEqual(
      ['new.day', 'new.district_id', 'new.id', 'old.worker_id', 'new.worker_id', 'old.worker_id'].sort(),
    );
  });

  test('reads of a person are in the access log, as those of a query', async () => {
    const { id: personId } = await scene.person();
    const board = await follow(scene.desk);
    await record({ personId });
    await visitOn(board);
    const reads = async () =>
      scene.sql(`select from access_log where action = 'READ_PERSON' and person_id = $1`, [personId]);
    expect(await reads()).toHaveLength(1);
  });
});

describe('whoever may not follow', () => {
  test.each([
    ['the desk of another district', async () => (await stage.scene()).desk],
    [
      'a trainee of this one',
      async () => {
        await scene.district.worker(`tina.${scene.name}`, 'TRAINEE');
        return scene.as('tina');
      },
    ],
    [
      'a worker whose token lacks the scope',
      async () => stage.app.as(`alice.${scene.name}`, { scopes: ['cases:read'] }),
    ],
  ])('is refused, and no source is opened: %s', async (_who, made) => {
    const who = await made();
    const board = (await connect(who.token)).subscribe(BOARD, { id: scene.districtId });
    expect(await board.ended()).toEqual(['FORBIDDEN']);
  });

  test('a district that is none is refused in the same words', async () => {
    const client = await connect(scene.desk.token);
    const texts = await Promise.all(
      [randomUUID(), (await stage.scene()).districtId, 'x'].map(async (id) =>
        JSON.stringify((await client.subscribe(BOARD, { id }).next()).payload),
      ),
    );
    expect(new Set(texts).size).toBe(1);
  });

  test('a disabled worker, whose token is a good one', async () => {
    await scene.sql('update worker set disabled_at = now() where id = $1', [alice]);
    const client = await connect(asAlice.token);
    expect(await client.subscribe(BOARD, { id: scene.districtId }).ended()).toEqual(['UNAUTHENTICATED']);
    expect(await client.closed).toEqual({ code: 4403, reason: 'Forbidden' });
  });
});

describe('a right that ends', () => {
  test('ends the stream at the next event, which is not told', async () => {
    const board = await follow(asAlice);
    await endMemberships(alice);
    await scene.sql(`select pg_notify('visit_changed', $1 || ' ' || gen_random_uuid())`, [scene.districtId]);
    // Of this API nobody is asked for an hour whether they still may.
    expect(await board.ended()).toEqual(['FORBIDDEN']);
  });

  test('ends it though nothing happens', async () => {
    await withApp({ liveLimits: { quietMs: 50 } }, async (app) => {
      const unasked = await follow(asAlice);
      const client = await LiveClient.connect(app.url, await app.token(`alice.${scene.name}`));
      const board = client.subscribe(BOARD, { id: scene.districtId });
      await board.event();
      await endMemberships(alice);
      expect(await board.ended()).toEqual(['FORBIDDEN']);
      // It was the limit: where that is an hour, the same right goes on.
      expect(unasked.inbox.size).toBe(0);
    });
  });

  test('with the worker, closes the socket', async () => {
    await withApp({ liveLimits: { quietMs: 50 } }, async (app) => {
      const client = await LiveClient.connect(app.url, await app.token(`alice.${scene.name}`));
      const board = client.subscribe(BOARD, { id: scene.districtId });
      await board.event();
      await scene.sql('update worker set disabled_at = now() where id = $1', [alice]);
      expect(await board.ended()).toEqual(['UNAUTHENTICATED']);
      expect(await client.closed).toMatchObject({ code: 4403 });
    });
  });

  /** Follows by a token that ends in so many seconds; in twice as many, where that was too soon for the first event. */
  async function followBriefly(
    seconds = 2,
  ): Promise<{ client: LiveClient; board: Subscription; endsAt: number }> {
    if (seconds > 100) throw new Error('no token lasts until the first event');
    const token = await stage.app.token(`alice.${scene.name}`, { expiresIn: seconds });
    const client = await connect(token).catch(() => null);
    const board = client?.subscribe(BOARD, { id: scene.districtId });
    const first = await Promise.race([board?.event().catch(() => null), client?.closed]);
    if (client === null || board === undefined || first == null || 'code' in first)
      return followBriefly(2 * seconds);
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return { client, board, endsAt: exp * 1000 };
  }

  test('with the token, at its end, though nothing happens', async () => {
    const { client, board, endsAt } = await followBriefly();
    // Of two timers of one process the sooner comes first, however slow it is: of a socket that is closed, this one is too late.
    const later = setTimeout(() => client.send({ type: 'ping' }), endsAt + 1_500 - Date.now());
    expect(await client.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    clearTimeout(later);
    expect(Date.now()).toBeGreaterThan(endsAt - 100);
    expect({ pongs: client.inbox.size, events: board.inbox.size }).toEqual({ pongs: 0, events: 0 });
  });
});

describe('what was missed', () => {
  const listeners = () =>
    stage.database.sql<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and application_name = 'cosmos-listen'`,
    );

  /** What changes while a reload is owed is part of that: each change is followed by one more, until one is told. */
  async function changesUntilTold(id: string, board: Subscription): Promise<void> {
    let told = null;
    for (let version = 1; told === null; version += 1) {
      expect((await direct(id, version, version % 2 === 1 ? alice : null)).codes).toEqual([]);
      told = (await visitOn(board)).visit;
    }
    expect(told).toMatchObject({ id, status: 'WAITING' });
    expect(told.version).toBeGreaterThan(1);
  }

  test('while the listening connection was gone is to be read again, and then nothing is', async () => {
    const { name, sql } = stage.database;
    const board = await follow(scene.desk);
    const [before] = await listeners();
    // None comes in its place, but by a superuser, until the visit is there.
    await sql(`alter database ${name} connection limit 0`);
    await sql('select pg_terminate_backend($1)', [before?.pid]);
    await until('the end of the listening connection', async () => (await listeners()).length === 0);
    const id = await scene.make.visit({ districtId: scene.districtId });
    await sql(`alter database ${name} connection limit -1`);
    expect((await board.event()).data).toEqual({ visitChanges: { reload: true, visit: null } });
    const after = await listeners();
    expect(after).toHaveLength(1);
    expect(after).not.toEqual([before]);
    await direct(id, 1, alice);
    expect((await visitOn(board)).visit).toMatchObject({ id, version: 2 });
  });

  test('while the network hung is to be read again once it is back', async () => {
    const proxy = await startProxy(stage.database.url);
    const { logger, says } = overheard();
    const directDatabaseUrl = proxy.through(stage.database.urlAs('cosmos_app'));
    pulseMs = 300;
    try {
      await withApp({ logger, directDatabaseUrl }, async (app, token) => {
        const board = (await LiveClient.connect(app.url, token)).subscribe(BOARD, { id: scene.districtId });
        await board.event();
        proxy.hang();
        const id = await record({});
        await says(/listening connection was lost|no notification comes through/);
        pulseMs = NEVER_MS;
        await proxy.restore();
        expect((await board.event()).data).toEqual({ visitChanges: { reload: true, visit: null } });
        await changesUntilTold(id, board);
      });
    } finally {
      pulseMs = NEVER_MS;
      await proxy.close();
    }
  });

  test('while the database was gone is to be read again, and the stream goes on', async () => {
    const proxy = await startProxy(stage.database.url);
    const { logger, says } = overheard();
    const databaseUrl = proxy.through(stage.database.urlAs('cosmos_app'));
    try {
      await withApp({ logger, databaseUrl, liveLimits: { quietMs: 300 } }, async (app, token) => {
        const board = (await LiveClient.connect(app.url, token)).subscribe(BOARD, { id: scene.districtId });
        await board.event();
        await proxy.refuse();
        const id = await record({});
        // It was looked whether the desk still may, and nobody could say.
        await Promise.all([says(/^unavailable$/), says(/listening connection was lost/)]);
        expect(board.inbox.size).toBe(0);
        await proxy.restore();
        expect((await board.event()).data).toEqual({ visitChanges: { reload: true, visit: null } });
        await changesUntilTold(id, board);
      });
    } finally {
      await proxy.close();
    }
  });

  test('beyond the lines of the log that its login may cause is to be read again, and the stream goes on', async () => {
    await withApp({ lineLimits: { atOnce: 2, perMinute: 30 } }, async (app, token) => {
      const board = (await LiveClient.connect(app.url, token)).subscribe(BOARD, { id: scene.districtId });
      await board.event();
      const persons = await Promise.all([scene.person(), scene.person(), scene.person()]);
      for (const { id: personId } of persons.slice(0, 2)) {
        const id = await record({ personId });
        expect((await visitOn(board)).visit.id).toBe(id);
      }
      const { id: personId } = persons[2] as { id: string };
      await record({ personId });
      expect((await board.event()).data).toEqual({ visitChanges: { reload: true, visit: null } });
    });
  });

  test('two hundred who follow are told of one change by one connection', async () => {
    const sockets = await Promise.all(Array.from({ length: 10 }, async () => connect(scene.desk.token)));
    const boards = sockets.flatMap((client) =>
      Array.from({ length: 20 }, () => client.subscribe(BOARD, { id: scene.districtId })),
    );
    await Promise.all(boards.map((board) => board.event()));
    expect(await listeners()).toHaveLength(1);
    const id = await record({});
    const told = await Promise.all(boards.map((board) => board.event()));
    expect(told.map(({ data }) => data?.['visitChanges'].visit?.id)).toEqual(boards.map(() => id));
    expect(await listeners()).toHaveLength(1);
  });
});

describe('a socket', () => {
  test('that shows no token keeps out nobody who does', async () => {
    await withApp({ liveLimits: { sockets: 3, strangers: 5 } }, async (app, token) => {
      const longest = await LiveClient.open(app.url);
      await Promise.all(Array.from({ length: 39 }, () => LiveClient.open(app.url)));
      const clients = await Promise.all([1, 2, 3].map(() => LiveClient.connect(app.url, token)));
      const board = clients[0]?.subscribe(BOARD, { id: scene.districtId });
      expect((await board?.event())?.data).toMatchObject({ visitChanges: { reload: true } });
      // Whoever has waited longest made room.
      expect(await longest.closed).toMatchObject({ code: 1006 });
      await expect(LiveClient.open(app.url)).rejects.toThrow();
    });
  });

  test.each(['{ visitChanges(districtId: $id) @skip(if: true) { reload } }', '{ ...Whole }'])(
    'follows one plain field: %s is refused in its own words',
    async (selection) => {
      const client = await connect(scene.desk.token);
      const fragment = 'fragment Whole on Subscription { visitChanges(districtId: $id) { reload } }';
      const board = client.subscribe(
        `subscription ($id: ID!) ${selection} ${selection.includes('Whole') ? fragment : ''}`,
        { id: scene.districtId },
      );
      expect(await board.next()).toMatchObject({
        type: 'error',
        payload: [
          { message: expect.stringContaining('Un abonnement'), extensions: { code: 'INVALID_DOCUMENT' } },
        ],
      });
    },
  );

  test.each<[string, () => Promise<Record<string, unknown> | undefined>]>([
    ['no token', async () => undefined],
    ['an empty payload', async () => ({})],
    ['another scheme', async () => ({ authorization: 'Basic d29ya2VyOnNldnJhbg==' })],
    ['a token that is none', async () => ({ authorization: 'Bearer no.token.atall' })],
    ['a number', async () => ({ authorization: 1 })],
    [
      'two tokens',
      async () => ({ authorization: `Bearer ${asAlice.token}`, Authorization: `Bearer ${asAlice.token}` }),
    ],
  ])('is refused alike with %s', async (_what, payload) => {
    const client = await LiveClient.open(stage.app.url);
    client.init(await payload());
    expect(await client.closed).toEqual({ code: 4403, reason: 'Forbidden' });
  });

  test('takes no token from the address, and none from a header', async () => {
    const client = await LiveClient.open(`${stage.app.url}`, {
      headers: { authorization: `Bearer ${asAlice.token}` },
    });
    client.init();
    expect(await client.closed).toMatchObject({ code: 4403 });
  });

  test('that shows no token in time, subscribes before it has, or speaks another protocol, is closed', async () => {
    await withApp({ liveLimits: { initMs: 50 } }, async (app) => {
      const silent = await LiveClient.open(app.url);
      expect(await silent.closed).toMatchObject({ code: 4408 });
    });
    const hasty = await LiveClient.open(stage.app.url);
    hasty.subscribe(BOARD, { id: scene.districtId });
    expect(await hasty.closed).toMatchObject({ code: 4401 });
    await expect(LiveClient.open(stage.app.url, { protocol: 'graphql-ws' })).rejects.toThrow();
    const garbled = await connect(asAlice.token);
    garbled.send('{');
    expect(await garbled.closed).toMatchObject({ code: 4400 });
  });

  test.each([
    ['a query', '{ viewer { kind } }'],
    ['a mutation', 'mutation { closeMessage(input: { id: "x", expectedVersion: 1 }) { id } }'],
    [
      'two at once',
      'subscription { visitChanges(districtId: "x") { reload } other: visitChanges(districtId: "x") { reload } }',
    ],
    [
      'a fragment for its root',
      'subscription { ...F } fragment F on Subscription { visitChanges(districtId: "x") { reload } }',
    ],
    ['what the schema does not have', 'subscription { visitsChanged { id } }'],
    ['what is no document', 'subscription {'],
    ['introspection', 'subscription { __schema { types { name } } }'],
  ])('runs no document but a subscription: %s', async (_what, query) => {
    const client = await connect(asAlice.token);
    const subscription = client.subscribe(query);
    expect(new Set(await subscription.ended())).toEqual(new Set(['INVALID_DOCUMENT']));
  });

  test('has the limits of documents over HTTP, and one on how many are followed', async () => {
    const client = await connect(scene.desk.token);
    const wide = `subscription ($id: ID!) { visitChanges(districtId: $id) { visit { ${Array.from({ length: 40 }, (_, nth) => `a${nth}: id`).join(' ')} } } }`;
    expect(await client.subscribe(wide, { id: scene.districtId }).ended()).toEqual(['DOCUMENT_TOO_COSTLY']);
    expect(await client.subscribe(BOARD, {}).ended()).toEqual(['INVALID_INPUT']);
    const boards = Array.from({ length: 26 }, () => client.subscribe(BOARD, { id: scene.districtId }));
    expect(await boards.at(-1)?.ended()).toEqual(['DOCUMENT_TOO_COSTLY']);
    await Promise.all(boards.slice(0, 25).map((board) => board.event()));
    // What comes by one socket is taken in its order.
    boards[0]?.leave();
    await client.subscribe(BOARD, { id: scene.districtId }).event();
  });

  test('takes no message that is too long', async () => {
    const client = await connect(asAlice.token);
    client.subscribe(`subscription { visitChanges(districtId: "x") { reload } } #${'x'.repeat(40_000)}`);
    expect(await client.closed).toMatchObject({ code: 1009 });
  });

  test('is one of ten at most for one subject', async () => {
    await Promise.all(Array.from({ length: 10 }, () => connect(asAlice.token)));
    await expect(connect(asAlice.token)).rejects.toThrow('closed: 4429 Too many connections');
    await connect(scene.desk.token);
    await clients[0]?.close();
    await until('the place of the one that is closed', () => connect(asAlice.token).catch(() => null));
  });

  test('from a page of another site is refused; of this one, and of one that is allowed, not', async () => {
    const host = new URL(stage.app.url).host;
    await expect(
      LiveClient.open(stage.app.url, { headers: { origin: 'https://evil.example' } }),
    ).rejects.toThrow('403');
    await (await LiveClient.open(stage.app.url, { headers: { origin: `http://${host}` } })).close();
  });

  /** A client that reads nothing more, until it goes on. */
  const stalled = (client: LiveClient): { goOn: () => void } => {
    const { _socket } = client.socket as unknown as { _socket: { pause(): void; resume(): void } };
    _socket.pause();
    return { goOn: () => _socket.resume() };
  };

  /** A socket of someone who may have one: once there is none of theirs, or it has been cut. */
  const theOnlyOne = (app: TestApp, token: string): Promise<LiveClient> =>
    until('the place of a socket', () => LiveClient.connect(app.url, token).catch(() => null));

  test('that no longer answers is cut', async () => {
    await withApp({ liveLimits: { pingMs: 200, socketsOfOne: 1 } }, async (app, token) => {
      const client = await theOnlyOne(app, token);
      const { goOn } = stalled(client);
      await theOnlyOne(app, token);
      goOn();
      expect(await client.closed).toMatchObject({ code: 1006 });
    });
  });

  test('that does not read what it asks for is cut before it fills the memory', async () => {
    await withApp({ liveLimits: { waitingBytes: 64 * 1024, socketsOfOne: 1 } }, async (app, token) => {
      const client = await theOnlyOne(app, token);
      const { goOn } = stalled(client);
      for (let nth = 0; nth < 600; nth += 1)
        client.send({ type: 'ping', payload: { filler: 'x'.repeat(30_000) } });
      await theOnlyOne(app, token);
      goOn();
      expect(await client.closed).toMatchObject({ code: 1006 });
      expect(client.inbox.size).toBeLessThan(600);
    });
  });

  test('is told when the server goes, and holds it up for a moment only', async () => {
    const app = await startTestApp(stage.database, { modules: 'own', liveLimits: PATIENT });
    const client = await LiveClient.connect(app.url, await app.token(`desk.${scene.name}`));
    await client.subscribe(BOARD, { id: scene.districtId }).event();
    const dead = await LiveClient.connect(app.url, await app.token(`desk.${scene.name}`));
    const { goOn } = stalled(dead);
    const cut = jest.spyOn(WebSocket.prototype, 'terminate');
    const closing = app.close();
    // Of two timers of one process the sooner comes first, however slow it is: by this one, the dead socket has been cut.
    let late = false;
    const later = setTimeout(() => {
      late = cut.mock.calls.length === 0;
    }, 4_000);
    await closing;
    clearTimeout(later);
    expect(late).toBe(false);
    // It was not waited for: it has been cut, and said nothing.
    expect(cut).toHaveBeenCalled();
    cut.mockRestore();
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    goOn();
    await dead.closed;
  });

  test('over HTTP, a subscription is no request', async () => {
    const { status, codes } = await scene.desk.send(BOARD, { id: scene.districtId });
    expect([status, codes]).toEqual([400, ['INVALID_DOCUMENT']]);
  });
});
