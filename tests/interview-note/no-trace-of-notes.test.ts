import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { startTestApp, type TestApp } from '../support/app.js';
import { clientSchema } from '../support/client-schema.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { type BuiltCase, county, type WorkerBuilder } from '../support/county.js';
import { selectionsOf } from '../support/crawler/selections.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ahead } from '../support/days.js';

/** Writing a note leaves no trace on its case: whatever another reader of the case asks is answered byte for byte as before. */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let districtId: string;
let schema: GraphQLSchema;
let alice: WorkerBuilder;
let file: BuiltCase;
const OTHERS = ['bruno', 'hélène', 'rachida', 'ana', 'déléguée', 'conseillère'];

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  const sevran = (await county(database)).district('Sevran');
  districtId = (await sevran).id;
  alice = sevran.worker('alice');
  await sevran.worker('bruno');
  schema = await clientSchema(await app.as('bruno'));
  await sevran.head('hélène');
  await sevran.receptionist('rachida');
  for (const [name, role] of [
    ['déléguée', 'DATA_PROTECTION_OFFICER'],
    ['conseillère', 'TECHNICAL_ADVISER'],
  ] as const) {
    const { id } = await sevran.worker(name);
    await database.sql('update membership set district_id = null, role = $2 where worker_id = $1', [
      id,
      role,
    ]);
  }
});
/** A case that the person sees online, with an appointment, so that everyone has something to be told. */
beforeEach(async () => {
  file = await alice.case().note('la première');
  await database.sql('update case_person set show_online = true where case_id = $1', [file.id]);
  await database.sql(`delete from person_account where subject = 'ana'`);
  await make.personAccount({ personId: file.personId, subject: 'ana' });
  await make.appointment({
    districtId,
    caseId: file.id,
    typeCode: 'FOLLOW_UP',
    startsAt: ahead(1),
    endsAt: ahead(25 / 24),
  });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

/** All that the schema has of a case, in as many documents as that takes. */
function documents(): string[] {
  const selections = selectionsOf(schema.getType('Case') as GraphQLObjectType, { depth: 2, first: 3 });
  return selections.flatMap(({ text }) => [
    `query ($id: ID!) { case(id: $id) { ${text} } }`,
    `{ cases(first: 3) { edges { cursor node { ${text} } } pageInfo { endCursor hasNextPage } } }`,
  ]);
}

/** What everyone but alice is answered, by name: status and body as they came. */
async function toldToOthers(): Promise<Record<string, readonly string[]>> {
  const told: Record<string, readonly string[]> = {};
  for (const login of OTHERS) {
    const requester = await app.as(login);
    const answers = [];
    for (const document of documents())
      answers.push(
        await requester.send(document, document.startsWith('query') ? { id: file.id } : undefined),
      );
    told[login] = answers.map(({ status, text }) => `${status} ${text}`);
  }
  // A version that has passed is refused in the same words, and the present one has not passed.
  const conflict = await (await app.as('hélène')).send(
    `mutation ($input: AssignCaseInput!) { reassignCase(input: $input) { id version } }`,
    { input: { caseId: file.id, workerId: await idOf('bruno'), expectedVersion: 99 } },
  );
  return { ...told, conflict: [`${conflict.status} ${conflict.text}`] };
}

async function idOf(subject: string): Promise<string> {
  const [row] = await database.sql<{ id: string }>('select id from worker where subject = $1', [subject]);
  return row?.id ?? '';
}

async function act(
  mutation: string,
  input: Record<string, unknown>,
): Promise<{ id: string; version: number }> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const answer = await (await app.as('alice')).send(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { id version } }`,
    { input },
  );
  expect(answer.errors).toEqual([]);
  return answer.data?.[mutation];
}

const ACTS: Readonly<Record<string, () => Promise<unknown>>> = {
  'a note is written': () => act('writeNote', { caseId: file.id, body: 'la seconde' }),
  'a draft is written': () => act('writeNote', { caseId: file.id, body: 'brouillon', draft: true }),
  'a note is amended': () => act('amendNote', { id: file.noteIds[0], expectedVersion: 1, body: 'autrement' }),
  'a draft is amended, and made final': async () => {
    const draft = await act('writeNote', { caseId: file.id, body: 'brouillon', draft: true });
    await act('amendNote', { id: draft.id, expectedVersion: 1, body: 'x'.repeat(40_000) });
    await act('amendNote', { id: draft.id, expectedVersion: 2, finalise: true });
  },
  'thirty are written': async () => {
    for (let count = 0; count < 30; count += 1) await act('writeNote', { caseId: file.id, body: 'encore' });
  },
};

describe('nobody else is answered differently after', () => {
  test.each(Object.entries(ACTS))('%s', async (_name, task) => {
    const columns = 'select * from "case" where id = $1';
    const [before, row] = [await toldToOthers(), await database.sql(columns, [file.id])];
    await task();
    expect(await toldToOthers()).toEqual(before);
    expect(await database.sql(columns, [file.id])).toEqual(row);
  });

  test('and each of those who know of the case is told something of it', async () => {
    const told = await toldToOthers();
    for (const login of OTHERS.slice(0, 4)) expect(told[login]?.join('')).toContain(file.reference);
    expect(told['conflict']?.[0]).toContain('VERSION_CHANGED');
    expect(documents().join('')).toContain('interviewNotes');
  });

  test('the version that the head has read before is still the present one', async () => {
    const hélène = await app.as('hélène');
    const read = await hélène.send('query ($id: ID!) { case(id: $id) { version } }', { id: file.id });
    await act('writeNote', { caseId: file.id, body: 'entre-temps' });
    const { errors } = await hélène.send(
      'mutation ($input: AssignCaseInput!) { reassignCase(input: $input) { id } }',
      {
        input: {
          caseId: file.id,
          workerId: await idOf('bruno'),
          expectedVersion: read.data?.['case'].version,
        },
      },
    );
    expect(errors).toEqual([]);
  });
});
