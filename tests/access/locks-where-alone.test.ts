import { expect, test } from '@jest/globals';
import { startTestApp } from '../support/app.js';
import { cloneDatabase } from '../support/database.js';
import { CANARY, notesAskedBy, open, openRows, twoCases } from './locks.js';

test('with policies and row-level security off, the where-clauses alone yield no foreign note', async () => {
  const database = await cloneDatabase();
  await twoCases(database);
  await openRows(database);
  const app = await startTestApp(database, { guard: open });
  expect(await notesAskedBy(app, 'alice')).toContain(`${CANARY} kept`);
  expect(await notesAskedBy(app, 'alice')).not.toContain('moved');
  for (const who of ['bruno', 'hélène']) {
    const answer = await notesAskedBy(app, who);
    expect(answer).not.toContain(CANARY);
    expect(answer).not.toContain('"writtenAt"');
  }
  await app.close();
  await database.drop();
});
