import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

// The where-clause is taken away, for the whole of this file; the predicates that policies use stay.
const real = await import('../../src/access/interview-note/interview-note.js');
const { Prisma } = await import('../../prisma/generated/client.js');
jest.unstable_mockModule('../../src/access/interview-note/interview-note.js', () => ({
  ...real,
  whereReadsNote: () => Prisma.sql`true`,
}));
const waiting = await import('../../src/access/waiting-list/appointment-request.js');
jest.unstable_mockModule('../../src/access/waiting-list/appointment-request.js', () => ({
  ...waiting,
  whereSeesRequest: () => Prisma.sql`true`,
  waysToRequests: () => [Prisma.sql`true`],
  whereSeesOffers: () => Prisma.sql`true`,
  whereSeesSkips: () => Prisma.sql`true`,
}));
const { startTestApp } = await import('../support/app.js');
const { cloneDatabase } = await import('../support/database.js');
const {
  CANARY,
  notesAskedBy,
  open,
  openRows,
  openWaitingList,
  someoneWaits,
  twoCases,
  WAITING_READERS,
  waitingAskedBy,
} = await import('./locks.js');

let database: Awaited<ReturnType<typeof cloneDatabase>>;
beforeEach(async () => {
  database = await cloneDatabase();
});
afterEach(() => database.drop());

describe('without the where-clause of notes', () => {
  let references: readonly string[];
  beforeEach(async () => {
    references = await twoCases(database);
  });

  test('row-level security alone yields no foreign note', async () => {
    const app = await startTestApp(database, { guard: open });
    expect(await notesAskedBy(app, 'alice', references)).toContain(`${CANARY} kept`);
    for (const [who, foreign] of [
      ['alice', 'moved'],
      ['bruno', 'moved'],
      ['bruno', 'kept'],
      ['hélène', CANARY],
    ] as const) {
      expect(await notesAskedBy(app, who, references)).not.toContain(foreign);
    }
    expect(await notesAskedBy(app, 'hélène', references)).not.toContain('"writtenAt"');
    expect(await notesAskedBy(app, 'bruno', references)).not.toContain('"writtenAt"');
    await app.close();
  });

  test('the policies alone yield no foreign note', async () => {
    await openRows(database);
    const app = await startTestApp(database);
    expect(await notesAskedBy(app, 'alice', references)).toContain(`${CANARY} kept`);
    expect(await notesAskedBy(app, 'alice', references)).not.toContain('moved');
    const bruno = await notesAskedBy(app, 'bruno', references);
    expect(bruno).not.toContain(CANARY);
    expect(bruno).not.toMatch(/"writtenAt":"|"displayName":"|"status":"FINAL/);
    expect(await notesAskedBy(app, 'hélène', references)).not.toMatch(/canari|"edges":\[\{"node":\{"id"/);
    await app.close();
  });

  test('with the three locks open the notes do come out: these tests can fail', async () => {
    await openRows(database);
    const app = await startTestApp(database, { guard: open });
    expect(await notesAskedBy(app, 'hélène', references)).toContain(`${CANARY} kept`);
    expect(await notesAskedBy(app, 'hélène', references)).toContain(`${CANARY} moved`);
    await app.close();
  });
});

describe('without the where-clauses of those who wait', () => {
  let ids: Awaited<ReturnType<typeof someoneWaits>>;
  let app: Awaited<ReturnType<typeof startTestApp>>;
  beforeEach(async () => {
    ids = await someoneWaits(database);
  });
  afterEach(() => app.close());
  const asked = async (): Promise<Record<string, readonly string[]>> =>
    Object.fromEntries(
      await Promise.all(
        Object.keys(WAITING_READERS).map(async (who) => [who, await waitingAskedBy(app, who, ids)] as const),
      ),
    );

  test('row-level security alone yields nobody who waits for others', async () => {
    app = await startTestApp(database, { guard: open });
    expect(await asked()).toEqual(WAITING_READERS);
  });

  test('the policies alone yield nobody who waits for others', async () => {
    await openWaitingList(database);
    app = await startTestApp(database);
    expect(await asked()).toEqual(WAITING_READERS);
  });

  test('with the three locks open they do come out: these tests can fail', async () => {
    await openWaitingList(database);
    app = await startTestApp(database, { guard: open });
    for (const kinds of Object.values(await asked())) expect(kinds).toEqual(['request', 'offer', 'skip']);
  });
});
