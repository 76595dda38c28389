import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

// The where-clause is taken away, for the whole of this file; the predicates that policies use stay.
const real = await import('../../src/access/interview-note.js');
const { Prisma } = await import('../../prisma/generated/client.js');
jest.unstable_mockModule('../../src/access/interview-note.js', () => ({
  ...real,
  whereReadsNote: () => Prisma.sql`true`,
}));
const { startTestApp } = await import('../support/app.js');
const { cloneDatabase } = await import('../support/database.js');
const { CANARY, notesAskedBy, open, openRows, twoCases } = await import('./locks.js');

let database: Awaited<ReturnType<typeof cloneDatabase>>;
beforeEach(async () => {
  database = await cloneDatabase();
  await twoCases(database);
});
afterEach(() => database.drop());

describe('without the where-clause', () => {
  test('row-level security alone yields no foreign note', async () => {
    const app = await startTestApp(database, { guard: open });
    expect(await notesAskedBy(app, 'alice')).toContain(`${CANARY} kept`);
    for (const [who, foreign] of [
      ['alice', 'moved'],
      ['bruno', 'moved'],
      ['bruno', 'kept'],
      ['hélène', CANARY],
    ] as const) {
      expect(await notesAskedBy(app, who)).not.toContain(foreign);
    }
    expect(await notesAskedBy(app, 'hélène')).not.toContain('"writtenAt"');
    expect(await notesAskedBy(app, 'bruno')).not.toContain('"writtenAt"');
    await app.close();
  });

  test('the policies alone yield no foreign note', async () => {
    await openRows(database);
    const app = await startTestApp(database);
    expect(await notesAskedBy(app, 'alice')).toContain(`${CANARY} kept`);
    expect(await notesAskedBy(app, 'alice')).not.toContain('moved');
    const bruno = await notesAskedBy(app, 'bruno');
    expect(bruno).not.toContain(CANARY);
    expect(bruno).not.toMatch(/"writtenAt":"|"displayName":"|"status":"FINAL/);
    expect(await notesAskedBy(app, 'hélène')).not.toMatch(/canari|"edges":\[\{"node":\{"id"/);
    await app.close();
  });

  test('with the three locks open the notes do come out: these tests can fail', async () => {
    await openRows(database);
    const app = await startTestApp(database, { guard: open });
    expect(await notesAskedBy(app, 'hélène')).toContain(`${CANARY} kept`);
    expect(await notesAskedBy(app, 'hélène')).toContain(`${CANARY} moved`);
    await app.close();
  });
});
