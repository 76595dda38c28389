import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, type Requester, startTestApp } from '../support/app.js';
import { LiveClient, type Subscription } from '../support/live.js';
import { startProxy } from '../support/proxy.js';
import { raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/** The board of reception is told of each visit as it changes: to whom it concerns, what they may read of it, and nothing else. */
const QUIET_MS = 1_500;
let stage: Stage;
let scene: Scene;
let alice: string;
let asAlice: Requester;
let clients: LiveClient[] = [];

beforeAll(async () => {
  stage = await raiseStage({
    liveLimits: { quietMs: QUIET_MS, initMs: 400, pingMs: 700, subscriptions: 25 },
  });
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
afterAll(() => stage.close());

const VISIT = `id ticket status outcome version person { displayName } worker { id }`;
const BOARD = `subscription ($id: ID!) { visitChanges(districtId: $id) { reload visit { ${VISIT} } } }`;

async function connect(token: string | null): Promise<LiveClient> {
  const client = await LiveClient.connect(stage.app.url, token);
  clients.push(client);
  return client;
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
  scene.sql('update membership set ends_at = now() where worker_id = $1', [workerId]);

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
    expect((await visitOn(board)).visit).toMatchObject({ status: 'CLOSED', outcome: 'RECEIVED', version: 4 });
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
    expect(await board.ended(QUIET_MS / 2)).toEqual(['FORBIDDEN']);
  });

  test('ends it though nothing happens', async () => {
    const board = await follow(asAlice);
    const since = performance.now();
    await endMemberships(alice);
    expect(await board.ended()).toEqual(['FORBIDDEN']);
    expect(performance.now() - since).toBeLessThan(QUIET_MS + 1_500);
  });

  test('with the worker, closes the socket', async () => {
    const client = await connect(asAlice.token);
    const board = client.subscribe(BOARD, { id: scene.districtId });
    await board.event();
    await scene.sql('update worker set disabled_at = now() where id = $1', [alice]);
    expect(await board.ended()).toEqual(['UNAUTHENTICATED']);
    expect(await client.closed).toMatchObject({ code: 4403 });
  });

  test('with the token, at its end, though nothing happens', async () => {
    const endsAt = (Math.floor(Date.now() / 1000) + 2) * 1000;
    const client = await connect(await stage.app.token(`alice.${scene.name}`, { expiresIn: 2 }));
    await client.subscribe(BOARD, { id: scene.districtId }).event();
    expect(await client.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    expect(Math.abs(Date.now() - endsAt)).toBeLessThan(1_500);
  });
});

describe('what was missed', () => {
  const listeners = () =>
    stage.database.sql<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and application_name = 'cosmos-listen'`,
    );

  test('while the listening connection was gone is to be read again, and then nothing is', async () => {
    const board = await follow(scene.desk);
    const [before] = await listeners();
    await stage.database.sql('select pg_terminate_backend($1)', [before?.pid]);
    const id = await record({});
    expect((await board.event()).data).toEqual({ visitChanges: { reload: true, visit: null } });
    const after = await listeners();
    expect(after).toHaveLength(1);
    expect(after).not.toEqual([before]);
    await direct(id, 1, alice);
    expect((await visitOn(board)).visit).toMatchObject({ id, version: 2 });
  });

  test('while the network hung is to be read again once it is back', async () => {
    const proxy = await startProxy(stage.database.url);
    const app = await startTestApp(stage.database, {
      directDatabaseUrl: proxy.through(stage.database.urlAs('cosmos_app')),
    });
    try {
      const client = await LiveClient.connect(app.url, await app.token(`desk.${scene.name}`));
      const board = client.subscribe(BOARD, { id: scene.districtId });
      await board.event();
      proxy.hang();
      const id = await record({});
      await sleep(7_000);
      await proxy.restore();
      expect((await board.event(15_000)).data).toEqual({ visitChanges: { reload: true, visit: null } });
      await direct(id, 1, alice);
      expect((await visitOn(board)).visit).toMatchObject({ id, version: 2 });
    } finally {
      await app.close();
      await proxy.close();
    }
  }, 60_000);

  test('while the database was gone is to be read again, and the stream goes on', async () => {
    const proxy = await startProxy(stage.database.url);
    const url = proxy.through(stage.database.urlAs('cosmos_app'));
    const app = await startTestApp(stage.database, { databaseUrl: url, liveLimits: { quietMs: 300 } });
    try {
      const client = await LiveClient.connect(app.url, await app.token(`desk.${scene.name}`));
      const board = client.subscribe(BOARD, { id: scene.districtId });
      await board.event();
      await proxy.refuse();
      const id = await record({});
      await sleep(1_000);
      expect(board.inbox.size).toBe(0);
      await proxy.restore();
      expect((await board.event(15_000)).data).toEqual({ visitChanges: { reload: true, visit: null } });
      await sleep(2_500);
      await direct(id, 1, alice);
      let told = await board.event();
      while (told.data?.['visitChanges'].reload) told = await board.event();
      expect(told.data?.['visitChanges'].visit).toMatchObject({ id, version: 2 });
    } finally {
      await app.close();
      await proxy.close();
    }
  }, 60_000);

  test('two hundred who follow are told of one change by one connection', async () => {
    const sockets = await Promise.all(Array.from({ length: 10 }, async () => connect(scene.desk.token)));
    const boards = sockets.flatMap((client) =>
      Array.from({ length: 20 }, () => client.subscribe(BOARD, { id: scene.districtId })),
    );
    await Promise.all(boards.map((board) => board.event(20_000)));
    expect(await listeners()).toHaveLength(1);
    const id = await record({});
    const told = await Promise.all(boards.map((board) => board.event(20_000)));
    expect(told.map(({ data }) => data?.['visitChanges'].visit?.id)).toEqual(boards.map(() => id));
    expect(await listeners()).toHaveLength(1);
  }, 60_000);
});

describe('a socket', () => {
  test('that shows no token keeps out nobody who does', async () => {
    const app = await startTestApp(stage.database, { liveLimits: { sockets: 3, strangers: 5 } });
    try {
      const silent = await Promise.all(Array.from({ length: 40 }, () => LiveClient.open(app.url)));
      const token = await app.token(`desk.${scene.name}`);
      const clients = await Promise.all([1, 2, 3].map(() => LiveClient.connect(app.url, token)));
      const board = clients[0]?.subscribe(BOARD, { id: scene.districtId });
      expect((await board?.event())?.data).toMatchObject({ visitChanges: { reload: true } });
      // Whoever has waited longest made room.
      expect(await silent[0]?.closed).toMatchObject({ code: 1006 });
      await expect(LiveClient.open(app.url)).rejects.toThrow();
    } finally {
      await app.close();
    }
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
    const silent = await LiveClient.open(stage.app.url);
    expect(await silent.closed).toMatchObject({ code: 4408 });
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
    await Promise.all(boards.slice(0, 25).map((board) => board.event(15_000)));
    boards[0]?.leave();
    await sleep(100);
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
    await connect(asAlice.token);
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

  test('that no longer answers is cut', async () => {
    const client = await connect(asAlice.token);
    const { goOn } = stalled(client);
    await sleep(1_600);
    goOn();
    expect(await client.closed).toMatchObject({ code: 1006 });
  });

  test('that does not read what it asks for is cut before it fills the memory', async () => {
    const app = await startTestApp(stage.database, {
      liveLimits: { pingMs: 600_000, waitingBytes: 64 * 1024 },
    });
    try {
      const client = await LiveClient.connect(app.url, await app.token(`desk.${scene.name}`));
      const { goOn } = stalled(client);
      for (let nth = 0; nth < 600; nth += 1)
        client.send({ type: 'ping', payload: { filler: 'x'.repeat(30_000) } });
      await sleep(1_000);
      goOn();
      expect(await client.closed).toMatchObject({ code: 1006 });
      expect(client.inbox.size).toBeLessThan(600);
    } finally {
      await app.close();
    }
  }, 30_000);

  test('is told when the server goes, and holds it up for a moment only', async () => {
    const app = await startTestApp(stage.database);
    const client = await LiveClient.connect(app.url, await app.token(`desk.${scene.name}`));
    await client.subscribe(BOARD, { id: scene.districtId }).event();
    const dead = await LiveClient.connect(app.url, await app.token(`desk.${scene.name}`));
    const { goOn } = stalled(dead);
    const since = performance.now();
    await app.close();
    expect(performance.now() - since).toBeLessThan(4_000);
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    goOn();
    await dead.closed;
  });

  test('over HTTP, a subscription is no request', async () => {
    const { status, codes } = await scene.desk.send(BOARD, { id: scene.districtId });
    expect([status, codes]).toEqual([400, ['INVALID_DOCUMENT']]);
  });
});
