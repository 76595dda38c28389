import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { type BuiltCase, county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** Rule 2: the notes of a worker who is gone are opened by two people, on a recorded ground, and not otherwise. */
let database: TestDatabase;
let app: TestApp;
let sevran: DistrictBuilder;
let bruno: { id: string };
let file: BuiltCase;
let nth = 0;
let leaver = '';

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  sevran = (await county(database)).district('Sevran');
  bruno = await sevran.worker('bruno');
  const adviser = await sevran.worker('conseillère');
  await database.sql(
    `update membership set district_id = null, role = 'TECHNICAL_ADVISER' where worker_id = $1`,
    [adviser.id],
  );
});
beforeEach(async () => {
  nth += 1;
  leaver = `leaver-${nth}`;
  file = await sevran.worker(leaver).case().note('final note');
  await database.sql('update assignment set ends_at = now() where case_id = $1', [file.id]);
  await database.sql('insert into assignment (case_id, worker_id) values ($1, $2)', [file.id, bruno.id]);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

async function brunoReads(): Promise<string[]> {
  const answer = await (await app.as('bruno')).send(
    'query ($id: ID!) { case(id: $id) { interviewNotes { edges { node { body } } } } }',
    { id: file.id },
  );
  return answer.data?.['case'].interviewNotes.edges.map((edge: { node: { body: string } }) => edge.node.body);
}

async function ask(who = 'bruno') {
  return (await app.as(who)).send(
    'mutation ($input: RequestReleaseInput!) { requestRelease(input: $input) { id caseReference ground } }',
    {
      input: { caseId: file.id, ground: 'PERSON_AGREEMENT' },
    },
  );
}
async function approve(id: string, who = 'conseillère') {
  return (await app.as(who)).send(
    'mutation ($input: ApproveReleaseInput!) { approveRelease(input: $input) { approvedAt approvedBy { displayName } } }',
    { input: { id } },
  );
}
const gone = () =>
  database.sql(
    'update membership set ends_at = now() where worker_id = (select id from worker where subject = $1)',
    [leaver],
  );

describe('a release', () => {
  test('opens the notes of who is gone, once approved by a technical adviser, and tells them', async () => {
    await gone();
    const { data, errors } = await ask();
    expect(errors).toEqual([]);
    expect(await brunoReads()).toEqual([]);
    const pending = await (await app.as('conseillère')).send(
      '{ pendingReleases { caseReference ground requestedBy { displayName } } }',
    );
    expect(pending.data?.['pendingReleases']).toEqual([
      {
        caseReference: file.reference,
        ground: 'PERSON_AGREEMENT',
        requestedBy: { displayName: 'bruno Sevran' },
      },
    ]);
    expect((await approve(data?.['requestRelease'].id)).errors).toEqual([]);
    expect(await brunoReads()).toEqual(['final note']);
    const told = await database.sql(
      `select n.kind from notification n join worker w on w.id = n.worker_id where w.subject = $1`,
      [leaver],
    );
    expect(told).toEqual([{ kind: 'RELEASE_APPROVED' }]);
  });

  test('opens nothing of who is still there', async () => {
    const { data } = await ask();
    expect((await approve(data?.['requestRelease'].id)).errors).toEqual([]);
    expect(await brunoReads()).toEqual([]);
  });

  test.each([
    [14, []],
    [16, ['final note']],
  ] as const)('of who is absent for %i days opens %j', async (days, texts) => {
    await database.sql(
      `insert into absence (worker_id, district_id, starts_at, declared_at) select m.worker_id, m.district_id, now() - make_interval(days => $2), now() - make_interval(days => $2)
      from membership m join worker w on w.id = m.worker_id where w.subject = $1`,
      [leaver, days],
    );
    const { data } = await ask();
    await approve(data?.['requestRelease'].id);
    expect(await brunoReads()).toEqual(texts);
  });

  test('takes two people: neither who asks nor a colleague approves, and the adviser sees no text', async () => {
    await gone();
    await sevran.worker(`chloé-${nth}`);
    const { data } = await ask();
    const id = data?.['requestRelease'].id;
    expect((await approve(id, 'bruno')).codes).toEqual(['FORBIDDEN']);
    expect((await approve(id, `chloé-${nth}`)).codes).toEqual(['FORBIDDEN']);
    expect((await approve(id)).errors).toEqual([]);
    expect((await approve(id)).codes).toEqual(['CONFLICT']);
    const looks = await (await app.as('conseillère')).send(
      'query ($id: ID!) { case(id: $id) { id interviewNotes { edges { node { id } } } } }',
      { id: file.id },
    );
    expect(looks.data).toEqual({ case: null });
  });

  test('is asked by the assigned worker alone, and ends with the assignment', async () => {
    await gone();
    await sevran.worker(`diane-${nth}`);
    expect((await ask(`diane-${nth}`)).codes).toEqual(['FORBIDDEN']);
    const { data } = await ask();
    await approve(data?.['requestRelease'].id);
    expect(await brunoReads()).toEqual(['final note']);
    await database.sql('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [
      file.id,
    ]);
    const [row] = await database.sql<{ reader_id: string | null }>(
      'select reader_id from interview_note where case_id = $1',
      [file.id],
    );
    expect(row?.reader_id).toBeNull();
  });
});

test('a worker is told of a handover and a relay, and sees their own notifications only', async () => {
  const [from] = await database.sql<{ id: string }>('select id from worker where subject = $1', [leaver]);
  await database.sql('insert into handover (case_id, from_worker_id, to_worker_id) values ($1, $2, $3)', [
    file.id,
    from?.id,
    bruno.id,
  ]);
  const read = async (who: string) =>
    (
      await (
        await app.as(who)
      ).send('{ notifications(first: 1) { edges { node { kind case { reference } } } } }')
    ).data?.['notifications'].edges;
  expect(await read('bruno')).toEqual([
    { node: { kind: 'HANDOVER_OFFERED', case: { reference: file.reference } } },
  ]);
  expect(await read(leaver)).not.toContainEqual({
    node: { kind: 'HANDOVER_OFFERED', case: { reference: file.reference } },
  });
});
