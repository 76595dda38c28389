import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** The log as the officer has it: by day, and of the confidential part one line, which says neither when nor who. */
let database: TestDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const LOG = `query ($of: String!) { accessLog(first: 100, filter: { caseReference: $of, ground: CONTROL }) {
  edges { node { occurredOn occurredAt action outcome worker { id displayName } } } } }`;

describe('the officer who reads the log of a case', () => {
  async function freshCase(): Promise<string> {
    const [row] = await database.sql<{ id: string }>(
      `select c.id from "case" c join worker w on w.id = c.assigned_worker_id where w.subject = 'worker.sevran' and c.status = 'OPEN'
       and not exists (select from access_log l where l.case_id = c.id) order by c.id limit 1`,
    );
    if (row !== undefined) return row.id;
    const [any] = await database.sql<{ id: string }>(
      `select c.id from "case" c join worker w on w.id = c.assigned_worker_id where w.subject = 'worker.sevran' and c.status = 'OPEN' order by c.id limit 1`,
    );
    await database.sql('delete from access_log where case_id = $1', [any?.id]);
    return any?.id ?? '';
  }

  async function linesOf(caseId: string): Promise<Record<string, unknown>[]> {
    const [of] = await database.sql<{ reference: string }>('select reference from "case" where id = $1', [
      caseId,
    ]);
    const answer = await (await app.as('dpo')).send(LOG, { of: of?.reference });
    expect(answer.errors).toEqual([]);
    return answer.data?.['accessLog'].edges
      .map(({ node }: { node: { action: string } }) => node)
      .filter(({ action }: { action: string }) => action !== 'READ_ACCESS_LOG');
  }

  test('sees the confidential part as one line a day, whether one note was written or nine', async () => {
    const caseId = await freshCase();
    for (let nth = 0; nth < 3; nth += 1) {
      expect(
        (
          await (
            await app.as('worker.sevran')
          ).send('mutation ($input: WriteNoteInput!) { writeNote(input: $input) { id } }', {
            input: { caseId, body: 'x' },
          })
        ).errors,
      ).toEqual([]);
    }
    const confidential = (await linesOf(caseId)).filter((line) => line['action'] === 'CONFIDENTIAL_PART');
    expect(confidential).toEqual([
      {
        occurredOn: expect.any(String),
        occurredAt: null,
        action: 'CONFIDENTIAL_PART',
        outcome: 'DONE',
        worker: null,
      },
    ]);
  });

  test('cannot tell how many notes were written, when or by whom, from the lines beside', async () => {
    const caseId = await freshCase();
    await database.sql('delete from access_log where case_id = $1', [caseId]);
    for (let nth = 0; nth < 3; nth += 1) {
      expect(
        (
          await (
            await app.as('worker.sevran')
          ).send('mutation ($input: WriteNoteInput!) { writeNote(input: $input) { id } }', {
            input: { caseId, body: 'x' },
          })
        ).errors,
      ).toEqual([]);
    }
    const beside = (await linesOf(caseId)).filter((line) => line['action'] !== 'CONFIDENTIAL_PART');
    // Three acts of writing must not leave three lines with their time and author.
    expect(beside.filter((line) => line['occurredAt'] !== null && line['worker'] !== null)).toEqual([]);
  });

  test.each([
    ['writeNote', 'WriteNoteInput', (caseId: string) => ({ caseId, body: ' ' })],
    [
      'offerHandover',
      'OfferHandoverInput',
      (caseId: string) => ({ caseId, toWorkerId: '00000000-0000-4000-8000-000000000000', noteIds: [] }),
    ],
  ])('cannot tell when or by whom %s was tried in vain', async (name, type, input) => {
    const caseId = await freshCase();
    await database.sql('delete from access_log where case_id = $1', [caseId]);
    const { codes } = await (await app.as('worker.sevran')).send(
      `mutation ($input: ${type}!) { ${name}(input: $input) { id } }`,
      { input: input(caseId) },
    );
    expect(codes).toEqual(['INVALID_INPUT']);
    expect((await linesOf(caseId)).map(({ action }) => action)).toEqual(['CONFIDENTIAL_PART']);
  });
});
