import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { type BuiltCase, county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** Rule 9: one record per operation, case and action, without content, in the operation's transaction. */
let database: TestDatabase;
let app: TestApp;
let file: BuiltCase;
let bruno: { id: string };

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  const sevran = (await county(database)).district('Sevran');
  await sevran.head('hélène');
  file = await sevran.worker('alice').case().note('texte confidentiel').note('autre texte');
  bruno = await sevran.worker('bruno');
  const dpo = await sevran.worker('déléguée');
  await database.sql(
    `update membership set district_id = null, role = 'DATA_PROTECTION_OFFICER' where worker_id = $1`,
    [dpo.id],
  );
});
beforeEach(() => database.sql('truncate access_log'));
afterAll(async () => {
  await app.close();
  await database.drop();
});

const entries = () =>
  database.sql<{ action: string; outcome: string; case_id: string | null }>(
    'select action, outcome, case_id from access_log order by id',
  );

/** Who did it, by their subject, in the order of the log. */
const actors = async () =>
  (
    await database.sql<{ subject: string | null }>(
      'select w.subject from access_log l left join worker w on w.id = l.actor_id order by l.id',
    )
  ).map(({ subject }) => subject);

const NOTES =
  'query ($id: ID!) { case(id: $id) { id a: interviewNotes { edges { node { body } } } b: interviewNotes(first: 1) { edges { node { id } } } } }';

describe('the access log', () => {
  test('records a read once, however many fields and notes were asked for', async () => {
    await (await app.as('alice')).send(NOTES, { id: file.id });
    expect(await entries()).toEqual([
      { action: 'READ_CASE', outcome: 'DONE', case_id: file.id },
      { action: 'READ_NOTES', outcome: 'DONE', case_id: file.id },
    ]);
  });

  test('records that a note is read, where a write is repeated and only answers it', async () => {
    const alice = await app.as('alice');
    const write = () =>
      alice.send(
        'mutation ($input: WriteNoteInput!) { writeNote(input: $input) { body } }',
        { input: { caseId: file.id, body: 'une fois' } },
        { 'idempotency-key': 'note-repeated' },
      );
    await write();
    await database.sql('truncate access_log');
    expect((await write()).data?.['writeNote']).toEqual({ body: 'une fois' });
    // That it was tried again, without an effect, and what the answer read.
    const of = { case_id: file.id };
    expect(await entries()).toEqual(
      ['READ_CASE CONFLICT', 'WRITE_NOTE CONFLICT', 'READ_NOTES DONE'].map((line) => {
        const [action, outcome] = line.split(' ');
        return { action, outcome, ...of };
      }),
    );
  });

  test('holds no content', async () => {
    await (await app.as('alice')).send(NOTES, { id: file.id });
    const [dump] = await database.sql<{ text: string }>(
      'select string_agg(l::text, chr(10)) as text from access_log l',
    );
    expect(dump?.text).not.toMatch(/confidentiel|autre texte/);
    for (const id of file.noteIds) expect(dump?.text).not.toContain(id);
  });

  test('says of a case that was not found that someone looked, and no more', async () => {
    await (await app.as('alice')).send(NOTES, { id: '00000000-0000-4000-8000-000000000000' });
    expect(await entries()).toEqual([{ action: 'LOOK_UP_CASE', outcome: 'DONE', case_id: null }]);
  });

  test('keeps the refusal of a write, whose effect is undone', async () => {
    const answer = await (await app.as('hélène')).send(
      'mutation ($input: AssignCaseInput!) { reassignCase(input: $input) { id } }',
      { input: { caseId: file.id, workerId: bruno.id, expectedVersion: 99 } },
    );
    expect(answer.codes).toEqual(['CONFLICT']);
    expect(await entries()).toEqual([
      { action: 'READ_CASE', outcome: 'CONFLICT', case_id: file.id },
      { action: 'REASSIGN_CASE', outcome: 'CONFLICT', case_id: file.id },
    ]);
    expect(await actors()).toEqual(['hélène', 'hélène']);
    await (await app.as('bruno')).send(
      'mutation ($input: CloseCaseInput!) { closeCase(input: $input) { id } }',
      { input: { caseId: file.id, expectedVersion: 1 } },
    );
    expect(await actors()).toEqual(['hélène', 'hélène', 'bruno', 'bruno']);
    expect((await entries()).at(-1)).toEqual({ action: 'CLOSE_CASE', outcome: 'REFUSED', case_id: file.id });
  });

  test('shows the data protection officer the confidential part as one line a day, whatever was done in it', async () => {
    const alice = await app.as('alice');
    const ask = async () => {
      const answer = await (await app.as('déléguée')).send(
        `query ($of: String!) { accessLog(filter: { caseReference: $of, ground: CONTROL, actions: [CONFIDENTIAL_PART] }) {
          edges { node { occurredOn occurredAt action outcome worker { displayName } } } } }`,
        { of: file.reference },
      );
      return answer.data?.['accessLog'].edges.map(({ node }: { node: unknown }) => node);
    };
    await alice.send(NOTES, { id: file.id });
    const once = await ask();
    expect(once).toEqual([
      {
        occurredOn: expect.any(String),
        occurredAt: null,
        action: 'CONFIDENTIAL_PART',
        outcome: 'DONE',
        worker: null,
      },
    ]);
    for (let count = 0; count < 3; count += 1) await alice.send(NOTES, { id: file.id });
    await alice.send('mutation ($input: WriteNoteInput!) { writeNote(input: $input) { id } }', {
      input: { caseId: file.id, body: 'encore' },
    });
    expect(await ask()).toEqual(once);
  });

  test('is read by nobody else', async () => {
    for (const who of ['alice', 'hélène', 'bruno']) {
      const answer = await (await app.as(who)).send(
        'query ($of: String!) { accessLog(filter: { caseReference: $of, ground: CONTROL }) { edges { cursor } } }',
        { of: file.reference },
      );
      expect(answer.codes).toEqual(['FORBIDDEN']);
      expect(answer.data).toEqual({ accessLog: null });
    }
  });

  test('is written in the operation’s transaction: when it cannot be, nothing is answered', async () => {
    await database.sql('revoke insert on access_log from cosmos_keeper');
    const answer = await (await app.as('alice')).send(NOTES, { id: file.id });
    // It travels with the COMMIT, and fails it.
    expect(answer.status).toBe(503);
    expect(answer.text).not.toContain('confidentiel');
    await database.sql('grant insert on access_log to cosmos_keeper');
  });
});
