import { expect, test } from '@jest/globals';
import { startTestApp } from '../support/app.js';
import { cloneDatabase } from '../support/database.js';
import {
  CANARY,
  notesAskedBy,
  open,
  openRows,
  openWaitingList,
  someoneWaits,
  twoCases,
  WAITING_READERS,
  waitingAskedBy,
} from './locks.js';

test('with policies and row-level security off, the where-clauses alone yield no foreign note', async () => {
  const database = await cloneDatabase();
  const references = await twoCases(database);
  await openRows(database);
  const app = await startTestApp(database, { guard: open });
  expect(await notesAskedBy(app, 'alice', references)).toContain(`${CANARY} kept`);
  expect(await notesAskedBy(app, 'alice', references)).not.toContain('moved');
  for (const who of ['bruno', 'hélène']) {
    const answer = await notesAskedBy(app, who, references);
    expect(answer).not.toContain(CANARY);
    expect(answer).not.toContain('"writtenAt"');
  }
  await app.close();
  await database.drop();
});

test('with policies and row-level security off, the where-clauses alone yield nobody who waits for others', async () => {
  const database = await cloneDatabase();
  const ids = await someoneWaits(database);
  await openWaitingList(database);
  const app = await startTestApp(database, { guard: open });
  for (const [who, kinds] of Object.entries(WAITING_READERS))
    expect({ who, kinds: await waitingAskedBy(app, who, ids) }).toEqual({ who, kinds });
  await app.close();
  await database.drop();
});
