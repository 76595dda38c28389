import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { type BuiltCase, county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** The Monday morning of rule 2: who reads which note after each step, and how many notes each reset touched. */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let alice: { id: string };
let bruno: { id: string };

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  const sevran = (await county(database)).district('Sevran');
  await sevran.head('hélène');
  alice = await sevran.worker('alice');
  bruno = await sevran.worker('bruno');
  await sevran.worker('chloé');
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const NOTES = `query ($id: ID!) { case(id: $id) { version interviewNotes(first: 50) { edges { node { id body author { displayName } } } } } }`;

/** The texts that someone reads on a case; null when the notes are refused. */
async function reads(who: string, id: string): Promise<string[] | null> {
  const answer = await (await app.as(who)).send(NOTES, { id });
  const connection = answer.data?.['case']?.interviewNotes;
  return connection == null
    ? null
    : connection.edges.map((edge: { node: { body: string } }) => edge.node.body).sort();
}

async function readers(id: string): Promise<Record<string, number>> {
  const rows = await database.sql<{ reader: string; count: number }>(
    `select coalesce(w.subject, 'nobody') as reader, count(*)::integer as count from interview_note n
     left join worker w on w.id = n.reader_id where n.case_id = $1 group by 1`,
    [id],
  );
  return Object.fromEntries(rows.map((row) => [row.reader, row.count]));
}

async function act(who: string, mutation: string, input: Record<string, unknown>, type: string) {
  return (await app.as(who)).send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`, {
    input,
  });
}

async function versionOf(id: string): Promise<number> {
  const [row] = await database.sql<{ version: number }>('select version from "case" where id = $1', [id]);
  return row?.version ?? 0;
}

async function reassign(id: string, workerId: string) {
  const answer = await act(
    'hélène',
    'reassignCase',
    { caseId: id, workerId, expectedVersion: await versionOf(id) },
    'AssignCaseInput',
  );
  expect(answer.errors).toEqual([]);
}

async function aliceHas(...texts: string[]): Promise<BuiltCase> {
  const input = {
    districtId: (await database.sql<{ id: string }>('select id from district'))[0]?.id,
    mission: 'RSA',
    personIds: [await newPerson()],
  };
  const opened = await act('alice', 'openCase', input, 'OpenCaseInput');
  const id = opened.data?.['openCase'].id as string;
  await act(
    'hélène',
    'assignCase',
    { caseId: id, workerId: alice.id, expectedVersion: 1 },
    'AssignCaseInput',
  );
  const noteIds: string[] = [];
  for (const body of texts) {
    const written = await act('alice', 'writeNote', { caseId: id, body }, 'WriteNoteInput');
    expect(written.errors).toEqual([]);
    noteIds.push(written.data?.['writeNote'].id);
  }
  return { id, reference: '', personId: '', noteIds };
}

async function newPerson(): Promise<string> {
  const districtId = (await database.sql<{ id: string }>('select id from district'))[0]?.id;
  const answer = await act(
    'alice',
    'registerPerson',
    { districtId, chosenName: 'Sam' },
    'RegisterPersonInput',
  );
  return answer.data?.['registerPerson'].id;
}

describe('a case is reassigned by the head', () => {
  test('without a handover, nobody reads the earlier notes: not who leaves, not who takes, not the head', async () => {
    const file = await aliceHas('a1', 'a2', 'a3');
    expect(await readers(file.id)).toEqual({ alice: 3 });
    await reassign(file.id, bruno.id);
    expect(await readers(file.id)).toEqual({ nobody: 3 });
    expect(await reads('alice', file.id)).toBeNull();
    expect(await reads('bruno', file.id)).toEqual([]);
    expect(await reads('hélène', file.id)).toBeNull();
    expect(await reads('chloé', file.id)).toBeNull();
  });

  test('with a handover, who takes reads what was chosen once accepted, and nothing before', async () => {
    const file = await aliceHas('h1', 'h2', 'h3');
    const offered = await act(
      'alice',
      'offerHandover',
      { caseId: file.id, toWorkerId: bruno.id, noteIds: file.noteIds.slice(0, 2) },
      'OfferHandoverInput',
    );
    expect(offered.errors).toEqual([]);
    const handover = offered.data?.['offerHandover'].id as string;
    expect((await act('bruno', 'acceptHandover', { id: handover }, 'AcceptHandoverInput')).codes).toEqual([
      'FORBIDDEN',
    ]);
    await reassign(file.id, bruno.id);
    expect(await reads('bruno', file.id)).toEqual([]);
    expect((await act('chloé', 'acceptHandover', { id: handover }, 'AcceptHandoverInput')).codes).toEqual([
      'NOT_FOUND',
    ]);
    expect((await act('alice', 'acceptHandover', { id: handover }, 'AcceptHandoverInput')).codes).toEqual([
      'NOT_FOUND',
    ]);
    expect((await act('bruno', 'acceptHandover', { id: handover }, 'AcceptHandoverInput')).errors).toEqual(
      [],
    );
    expect(await readers(file.id)).toEqual({ bruno: 2, nobody: 1 });
    expect(await reads('bruno', file.id)).toEqual(['h1', 'h2']);
    expect(await reads('alice', file.id)).toBeNull();
    expect((await act('bruno', 'acceptHandover', { id: handover }, 'AcceptHandoverInput')).codes).toEqual([
      'CONFLICT',
    ]);
  });

  test('when the case comes back, its notes are the author’s again, and what the other wrote is not', async () => {
    const file = await aliceHas('r1');
    await reassign(file.id, bruno.id);
    await act('bruno', 'writeNote', { caseId: file.id, body: 'by bruno' }, 'WriteNoteInput');
    expect(await reads('bruno', file.id)).toEqual(['by bruno']);
    await reassign(file.id, alice.id);
    expect(await reads('alice', file.id)).toEqual(['r1']);
    expect(await reads('bruno', file.id)).toBeNull();
    expect(await readers(file.id)).toEqual({ alice: 1, nobody: 1 });
  });

  test('a draft is never handed over, and comes back with the case only', async () => {
    const file = await aliceHas('final');
    const draft = await act(
      'alice',
      'writeNote',
      { caseId: file.id, body: 'draft', draft: true },
      'WriteNoteInput',
    );
    const draftId = draft.data?.['writeNote'].id;
    const offered = await act(
      'alice',
      'offerHandover',
      { caseId: file.id, toWorkerId: bruno.id, noteIds: [draftId] },
      'OfferHandoverInput',
    );
    expect(offered.codes).toEqual(['NOT_FOUND']);
    await reassign(file.id, bruno.id);
    expect(await reads('bruno', file.id)).toEqual([]);
    await reassign(file.id, alice.id);
    expect(await reads('alice', file.id)).toEqual(['draft', 'final']);
  });

  test('who has lost the case can neither write, amend nor hand over', async () => {
    const file = await aliceHas('mine');
    await reassign(file.id, bruno.id);
    expect(
      (await act('alice', 'writeNote', { caseId: file.id, body: 'late' }, 'WriteNoteInput')).codes,
    ).toEqual(['FORBIDDEN']);
    const amend = await act(
      'alice',
      'amendNote',
      { id: file.noteIds[0], expectedVersion: 1, body: 'late' },
      'AmendNoteInput',
    );
    expect(amend.codes).toEqual(['NOT_FOUND']);
    const offer = await act(
      'alice',
      'offerHandover',
      { caseId: file.id, toWorkerId: bruno.id, noteIds: file.noteIds },
      'OfferHandoverInput',
    );
    expect(offer.codes).toEqual(['FORBIDDEN']);
  });
});

test('a relay reads the case and its needs, and no note; it ends when it ends', async () => {
  const file = await aliceHas('relay me not');
  const districtId = (await database.sql<{ id: string }>('select id from district'))[0]?.id;
  const soon = new Date(Date.now() - 60_000).toISOString();
  const later = new Date(Date.now() + 3_600_000).toISOString();
  expect(
    (
      await act(
        'hélène',
        'declareAbsence',
        { districtId, workerId: alice.id, startsAt: soon, endsAt: later },
        'DeclareAbsenceInput',
      )
    ).errors,
  ).toEqual([]);
  const relay = await act(
    'hélène',
    'openRelay',
    { districtId, absentWorkerId: alice.id, standInId: bruno.id, startsAt: soon, endsAt: later },
    'OpenRelayInput',
  );
  expect(relay.errors).toEqual([]);
  const ask = `query ($id: ID!) { case(id: $id) { mission persons { displayName } needs { id } interviewNotes { edges { node { id } } } } }`;
  const standIn = await (await app.as('bruno')).send(ask, { id: file.id });
  expect(standIn.data?.['case']).toEqual({
    mission: 'RSA',
    persons: [{ displayName: 'Sam' }],
    needs: [],
    interviewNotes: null,
  });
  const other = await (await app.as('chloé')).send(ask, { id: file.id });
  expect(other.data?.['case']).toEqual({ mission: null, persons: null, needs: null, interviewNotes: null });
  expect((await act('bruno', 'writeNote', { caseId: file.id, body: 'x' }, 'WriteNoteInput')).codes).toEqual([
    'FORBIDDEN',
  ]);
  expect(
    (
      await act(
        'hélène',
        'endRelay',
        { id: relay.data?.['openRelay'].id, expectedVersion: 1 },
        'EndRelayInput',
      )
    ).errors,
  ).toEqual([]);
  const after = await (await app.as('bruno')).send(ask, { id: file.id });
  expect(after.data?.['case']).toEqual({ mission: null, persons: null, needs: null, interviewNotes: null });
});

test('closing a case keeps its assigned worker, who goes on reading', async () => {
  const file = await aliceHas('closed');
  expect(
    (
      await act(
        'alice',
        'closeCase',
        { caseId: file.id, expectedVersion: await versionOf(file.id) },
        'CloseCaseInput',
      )
    ).errors,
  ).toEqual([]);
  expect(await reads('alice', file.id)).toEqual(['closed']);
  expect(await readers(file.id)).toEqual({ alice: 1 });
});

test('a leaver reads nothing from the next request on, and their notes stay shut to who takes the case', async () => {
  const [district] = await database.sql<{ id: string }>('select id from district');
  const diane = await make.worker({ subject: 'diane', givenName: 'Diane', familyName: 'Sevran' });
  await make.membership({ workerId: diane, districtId: district?.id });
  const file = await aliceHas();
  await reassign(file.id, diane);
  expect(
    (await act('diane', 'writeNote', { caseId: file.id, body: 'before leaving' }, 'WriteNoteInput')).errors,
  ).toEqual([]);
  expect(await reads('diane', file.id)).toEqual(['before leaving']);
  await database.sql(`update membership set ends_at = now() - interval '1 ms' where worker_id = $1`, [diane]);
  expect(await reads('diane', file.id)).toBeNull();
  await reassign(file.id, bruno.id);
  expect(await reads('bruno', file.id)).toEqual([]);
  expect(await readers(file.id)).toEqual({ nobody: 1 });
});

test('a head is not assigned cases where they head, nobody assigns to themselves, a stale version loses', async () => {
  const file = await aliceHas('x');
  const [helene] = await database.sql<{ id: string }>(`select id from worker where subject = 'hélène'`);
  expect(
    (
      await act(
        'hélène',
        'reassignCase',
        { caseId: file.id, workerId: helene?.id, expectedVersion: 2 },
        'AssignCaseInput',
      )
    ).codes,
  ).toEqual(['INVALID_INPUT']);
  expect(
    (
      await act(
        'hélène',
        'reassignCase',
        { caseId: file.id, workerId: bruno.id, expectedVersion: 1 },
        'AssignCaseInput',
      )
    ).errors[0]?.extensions,
  ).toEqual({ code: 'CONFLICT', reason: 'VERSION_CHANGED' });
  expect(
    (
      await act(
        'bruno',
        'reassignCase',
        { caseId: file.id, workerId: bruno.id, expectedVersion: 2 },
        'AssignCaseInput',
      )
    ).codes,
  ).toEqual(['FORBIDDEN']);
  expect(await reads('alice', file.id)).toEqual(['x']);
});
