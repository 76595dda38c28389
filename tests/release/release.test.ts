import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { type BuiltCase, type CountyBuilder, county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ago } from '../support/days.js';

/** Rule 2: the notes of a worker who is gone are opened by two people, on a recorded ground, and not otherwise. */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let made: CountyBuilder;
let sevran: DistrictBuilder;
let bruno: { id: string };
let file: BuiltCase;
let nth = 0;
let leaver = '';
let leaverId = '';

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  made = await county(database);
  sevran = made.district('Sevran');
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
  const builder = sevran.worker(leaver);
  leaverId = (await builder).id;
  file = await builder.case().note('final note');
  await database.sql('update assignment set ends_at = now() where case_id = $1', [file.id]);
  await make.assignment({ caseId: file.id, workerId: bruno.id });
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
/** Once its wait is over. */
async function approve(id: string, who = 'conseillère') {
  await database.sql('update release set waits_until = requested_at where id = $1', [id]);
  return (await app.as(who)).send(
    'mutation ($input: ApproveReleaseInput!) { approveRelease(input: $input) { approvedAt approvedBy { displayName } } }',
    { input: { id } },
  );
}
/** What someone was told, the first first. */
async function toldOf(subject: string): Promise<string[]> {
  const told = await database.sql<{ kind: string }>(
    `select n.kind from notification n join worker w on w.id = n.worker_id where w.subject = $1 order by n.created_at`,
    [subject],
  );
  return told.map(({ kind }) => kind);
}
const assign = async (workerId: string) => {
  await database.sql('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [
    file.id,
  ]);
  await make.assignment({ caseId: file.id, workerId });
};
/** As two people say. */
const gone = () =>
  database.sql(
    `update membership set ends_at = now() - interval '1 ms', ended_by_id = worker_id, end_confirmed_at = now(),
       end_confirmed_by_id = (select id from worker where subject = 'conseillère')
     where worker_id = (select id from worker where subject = $1)`,
    [leaver],
  );
/** Declares the leaver absent, as if it were so many days ago. */
async function declaredAbsent(days = 21): Promise<string> {
  return make.absence({
    workerId: leaverId,
    districtId: (await sevran).id,
    startsAt: ago(days),
    declaredAt: ago(days),
  });
}

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
    expect(await toldOf(leaver)).toEqual(['MEMBERSHIP_ENDED', 'RELEASE_REQUESTED', 'RELEASE_APPROVED']);
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
    await declaredAbsent(days);
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

/** What was done by hand: two people say a word each, and the notes of a third are open. */
describe('a false word opens no notes', () => {
  test('a login that the administrator disables is nobody’s departure', async () => {
    await database.sql('update worker set disabled_at = now() where subject = $1', [leaver]);
    const { data } = await ask();
    expect((await approve(data?.['requestRelease'].id)).errors).toEqual([]);
    expect(await brunoReads()).toEqual([]);
  });

  test('a release that waits lapses when its requester loses the case, and the case’s return does not wake it', async () => {
    await gone();
    const id = (await ask()).data?.['requestRelease'].id;
    const carla = await sevran.worker(`carla-${nth}`);
    await assign(carla.id);
    expect((await approve(id)).codes).toEqual(['CONFLICT']);
    const pending = await (await app.as('conseillère')).send('{ pendingReleases { id } }');
    expect(pending.data?.['pendingReleases']).not.toContainEqual({ id });
    await assign(bruno.id);
    expect((await approve(id)).codes).toEqual(['CONFLICT']);
    expect(await brunoReads()).toEqual([]);
    // Asked for again, it is a release like any other.
    expect((await approve((await ask()).data?.['requestRelease'].id)).errors).toEqual([]);
    expect(await brunoReads()).toEqual(['final note']);
  });

  test('one that was approved lapses with the assignment, too', async () => {
    await gone();
    await approve((await ask()).data?.['requestRelease'].id);
    expect(await brunoReads()).toEqual(['final note']);
    await assign((await sevran.worker(`carla-${nth}`)).id);
    await assign(bruno.id);
    expect(await brunoReads()).toEqual([]);
  });

  test('one that was asked for while the case was being reassigned opens nothing', async () => {
    await gone();
    const carla = await sevran.worker(`carla-${nth}`);
    await assign(carla.id);
    // Written after the reassignment had looked for what lapses.
    const asked = { caseId: file.id, requestedById: bruno.id, ground: 'COURT_ORDER' } as const;
    const late = { id: await make.release(asked) };
    expect((await approve(late?.id ?? '')).errors).toEqual([]);
    await assign(bruno.id);
    expect(await brunoReads()).toEqual([]);
  });

  test('the author, the advisers and the officers are told of a request in its transaction; nobody else is', async () => {
    const officer = await sevran.worker(`déléguée-${nth}`);
    await database.sql(
      `update membership set district_id = null, role = 'DATA_PROTECTION_OFFICER' where worker_id = $1`,
      [officer.id],
    );
    const before = await toldOf('conseillère');
    await ask();
    expect(await toldOf(leaver)).toEqual(['RELEASE_REQUESTED']);
    expect(await toldOf(`déléguée-${nth}`)).toEqual(['RELEASE_REQUESTED']);
    expect(await toldOf('conseillère')).toEqual([...before, 'RELEASE_REQUESTED']);
    expect((await toldOf('bruno')).filter((kind) => kind === 'RELEASE_REQUESTED')).toEqual([]);
  });

  const contradict = async (id: string, who = leaver) =>
    (await app.as(who)).send(
      'mutation ($input: ContradictAbsenceInput!) { contradictAbsence(input: $input) { contradictedAt } }',
      { input: { id, expectedVersion: 1 } },
    );
  async function told(): Promise<string[]> {
    const answer = await (await app.as(leaver)).send('{ myAbsences { id contradictedAt } }');
    return answer.data?.['myAbsences'].map((absence: { id: string }) => absence.id);
  }

  test('an absence that its worker contradicts opens nothing', async () => {
    const id = await declaredAbsent();
    expect(await told()).toEqual([id]);
    const { data, errors } = await contradict(id);
    expect(errors).toEqual([]);
    expect(data?.['contradictAbsence'].contradictedAt).not.toBeNull();
    expect((await approve((await ask()).data?.['requestRelease'].id)).errors).toEqual([]);
    expect(await brunoReads()).toEqual([]);
  });

  test('what an absence has opened closes when its worker contradicts it; nobody else can, and a relay goes on', async () => {
    const id = await declaredAbsent();
    await make.relay({
      districtId: (await sevran).id,
      absentWorkerId: leaverId,
      standInId: (await sevran.worker(`rosa-${nth}`)).id,
    });
    await approve((await ask()).data?.['requestRelease'].id);
    expect(await brunoReads()).toEqual(['final note']);
    expect((await contradict(id, 'bruno')).codes).toEqual(['NOT_FOUND']);
    expect(await brunoReads()).toEqual(['final note']);
    expect((await contradict(id)).errors).toEqual([]);
    expect(await brunoReads()).toEqual([]);
    const [relay] = await database.sql<{ runs: boolean }>(
      `select ends_at > now() as runs from relay where absent_worker_id = (select worker_id from absence where id = $1)`,
      [id],
    );
    expect(relay).toEqual({ runs: true });
  });

  test('who has acted within these fifteen days is not absent, whatever is declared', async () => {
    await declaredAbsent();
    const own = await sevran.person();
    const acted = await (await app.as(leaver)).send(
      'mutation ($input: OpenCaseInput!) { openCase(input: $input) { id } }',
      { input: { districtId: (await sevran).id, mission: 'RSA', personIds: [own.id] } },
    );
    expect(acted.errors).toEqual([]);
    expect((await approve((await ask()).data?.['requestRelease'].id)).errors).toEqual([]);
    expect(await brunoReads()).toEqual([]);
  });

  test('who acted before these fifteen days is', async () => {
    await declaredAbsent();
    await database.sql(
      `insert into access_log (operation_id, occurred_at, actor_kind, actor_id, action, outcome)
       select gen_random_uuid(), now() - interval '16 days', 'WORKER', id, 'READ_CASE', 'DONE' from worker where subject = $1`,
      [leaver],
    );
    await approve((await ask()).data?.['requestRelease'].id);
    expect(await brunoReads()).toEqual(['final note']);
  });

  test('a head lists and ends the absences of their district, and no other head does', async () => {
    const id = await declaredAbsent();
    const districtId = (await sevran).id;
    await sevran.head(`tête-${nth}`);
    await made.district(`Gagny-${nth}`).head(`autre-${nth}`);
    const listed = async (who: string): Promise<string[]> => {
      const answer = await (await app.as(who)).send(
        'query ($districtId: ID!) { absences(districtId: $districtId) { id worker { displayName } endsAt } }',
        { districtId },
      );
      return (answer.data?.['absences'] ?? []).map((absence: { id: string }) => absence.id);
    };
    expect(await listed(`tête-${nth}`)).toContain(id);
    expect(await listed(`autre-${nth}`)).toEqual([]);
    const end = async (who: string) =>
      (await app.as(who)).send(
        'mutation ($input: ChangeAbsenceInput!) { changeAbsence(input: $input) { endsAt version } }',
        { input: { id, expectedVersion: 1, endsAt: new Date().toISOString() } },
      );
    expect((await end(`autre-${nth}`)).codes).toEqual(['NOT_FOUND']);
    // What is said again within the hour is told once.
    await database.sql(
      `update notification n set created_at = created_at - interval '2 hours' from worker w where w.id = n.worker_id and w.subject = $1`,
      [leaver],
    );
    expect((await end(`tête-${nth}`)).errors).toEqual([]);
    expect(await listed(`tête-${nth}`)).not.toContain(id);
    expect(await toldOf(leaver)).toEqual(['ABSENCE_DECLARED', 'ABSENCE_DECLARED']);
  });

  test('a worker is told at once of an absence that their head declares', async () => {
    const { id: districtId } = await sevran;
    const [worker] = await database.sql<{ id: string }>('select id from worker where subject = $1', [leaver]);
    await sevran.head(`tête-${nth}`);
    const declared = await (await app.as(`tête-${nth}`)).send(
      'mutation ($input: DeclareAbsenceInput!) { declareAbsence(input: $input) { id } }',
      { input: { workerId: worker?.id, districtId, startsAt: new Date().toISOString() } },
    );
    expect(declared.errors).toEqual([]);
    expect(await toldOf(leaver)).toEqual(['ABSENCE_DECLARED']);
  });
});

test('a worker is told of a handover and a relay, and sees their own notifications only', async () => {
  await make.handover({ caseId: file.id, fromWorkerId: leaverId, toWorkerId: bruno.id });
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
