import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * Nothing is confirmed of someone: look-ups of her, of her cases and of a case by its reference, and the desk's board answer as of
 * someone unknown, to all but who follows her. Her reference calls who is on duty; the desk is answered alike, whatever was said.
 */
let stage: Stage;
let scene: Scene;
let asSuit: Requester;
let asColleague: Requester;
let colleague: { id: string };
let file: BuiltCase;
let reference: string;

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  const builder = scene.worker('suit', { days: 5, slots: 4 });
  await builder;
  file = await builder.case();
  colleague = await scene.worker('collègue', { days: 5, slots: 4 });
  [asSuit, asColleague] = [await scene.as('suit'), await scene.as('collègue')];
  const [row] = await scene.sql<{ reference: string }>('select reference from person where id = $1', [
    file.personId,
  ]);
  reference = row?.reference ?? '';
});
afterAll(() => stage.close());

const confirmNothing = (who: Requester, on = true): Promise<Answer> =>
  who.send(
    'mutation ($input: SetConfirmNothingInput!) { setConfirmNothing(input: $input) { id confirmNothing } }',
    {
      input: { personId: file.personId, confirmNothing: on },
    },
  );

const lookUp = (who: Requester, said = reference): Promise<Answer> =>
  who.send(
    'query ($input: PersonLookUpInput!) { personLookUp(input: $input) { id displayName reference } }',
    {
      input: { fullName: 'Ana Petit', reference: said },
    },
  );

test('look-ups answer as of someone unknown, but to who follows her', async () => {
  expect((await lookUp(scene.desk)).data?.['personLookUp']).toHaveLength(1);
  expect(faultOf(await confirmNothing(asSuit))).toBe('none');
  for (const who of [scene.desk, asColleague]) {
    expect((await lookUp(who)).text).toBe((await lookUp(who, 'P-INCONNUE')).text);
    const cases = (personId: string) =>
      who.send('query ($id: ID!) { casesOfPerson(personId: $id) { id } }', { id: personId });
    expect((await cases(file.personId)).text).toBe((await cases(scene.districtId)).text);
    const byReference = (text: string) =>
      who.send('query ($text: String!) { caseByReference(reference: $text) { id } }', { text });
    expect((await byReference(file.reference)).text).toBe((await byReference('AAAA-AAAA')).text);
    const byId = (id: string) => who.send('query ($id: ID!) { case(id: $id) { id } }', { id });
    expect((await byId(file.id)).text).toBe((await byId(scene.districtId)).text);
  }
  expect((await lookUp(asSuit)).data?.['personLookUp']).toHaveLength(1);
  const own = await asSuit.send('query ($id: ID!) { case(id: $id) { id persons { confirmNothing } } }', {
    id: file.id,
  });
  expect(own.data?.['case'].persons).toEqual([{ confirmNothing: true }]);
});

test('the desk books, records and writes as of nobody, and its board has no name', async () => {
  const booked = await scene.booked(colleague.id, scene.at('09:00'), { personIds: [file.personId] });
  await confirmNothing(asSuit);
  const board = await scene.desk.send('query ($id: ID!) { appointment(id: $id) { persons { id } } }', {
    id: booked,
  });
  expect(board.data?.['appointment'].persons).toEqual([]);
  const record = (personId: string) =>
    scene.desk.send('mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }', {
      input: { districtId: scene.districtId, kind: 'CALL', personId },
    });
  expect((await record(file.personId)).text).toBe((await record(scene.districtId)).text);
  const found = await byHand(stage.database, `desk.${scene.name}`, async (hand) => [
    await hand('select from person where id = $1', [file.personId]),
    await hand('select from look_up_person($1, null, $2, null)', ['Ana Petit', reference]),
    await hand('update person set confirm_nothing = false'),
    await hand('select where set_confirm_nothing($1, false)', [file.personId]),
  ]);
  expect(found).toEqual(['0', '0', '42501', '0']);
});

test('she says so online, and whoever has her phone does not take it back; who follows her does', async () => {
  const rosa = await scene.asPerson(file.personId, 'rosa');
  expect((await confirmNothing(rosa)).data?.['setConfirmNothing']).toMatchObject({ confirmNothing: true });
  expect(faultOf(await confirmNothing(rosa, false))).toBe('FORBIDDEN');
  expect(faultOf(await confirmNothing(scene.desk))).toBe('NOT_FOUND input.personId');
  expect((await confirmNothing(asSuit, false)).data?.['setConfirmNothing']).toMatchObject({
    confirmNothing: false,
  });
  expect(faultOf(await confirmNothing(scene.desk))).toBe('FORBIDDEN');
});

test('her reference calls who is on duty, who knows whom they receive; the desk is answered alike', async () => {
  await confirmNothing(asSuit);
  const call = async (said: string) => {
    const answer = await scene.desk.send(
      `mutation ($input: CallDutyWorkerInput!) { callDutyWorker(input: $input) { id ticket kind status person { id } worker { id } } }`,
      { input: { districtId: scene.districtId, workerId: colleague.id, reference: said } },
    );
    expect(answer.errors).toEqual([]);
    return answer.data?.['callDutyWorker'];
  };
  const [hers, unknown] = [await call(reference), await call('P-INCONNUE')];
  expect({ ...hers, id: '', ticket: 0 }).toEqual({ ...unknown, id: '', ticket: 0 });
  expect(hers.person).toBeNull();
  const seen = async (id: string) =>
    (
      await asColleague.send('query ($id: ID!) { visit(id: $id) { person { displayName reference } } }', {
        id,
      })
    ).data?.['visit'].person;
  expect(await seen(hers.id)).toEqual({ displayName: 'Ana Petit', reference });
  expect(await seen(unknown.id)).toBeNull();
});

test('who waits does not move on the list when the desk tries references, right or wrong', async () => {
  await confirmNothing(asSuit);
  const id = await scene.waits({ personId: file.personId }, asSuit);
  const version = async () =>
    (await scene.sql('select version, present_until from appointment_request where id = $1', [id]))[0];
  const before = await version();
  const called = await scene.desk.send(
    'mutation ($input: CallDutyWorkerInput!) { callDutyWorker(input: $input) { id version } }',
    { input: { districtId: scene.districtId, workerId: colleague.id, reference } },
  );
  const visit = called.data?.['callDutyWorker'];
  const closed = await scene.desk.send(
    'mutation ($input: CloseVisitInput!) { closeVisit(input: $input) { id } }',
    { input: { id: visit.id, expectedVersion: visit.version, outcome: 'ANSWERED' } },
  );
  expect(closed.errors).toEqual([]);
  expect(await version()).toEqual(before);
});

describe('where nobody is assigned', () => {
  const sent = async (kind = 'WALK_IN') => {
    const answer = await scene.desk.send(
      'mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }',
      { input: { districtId: scene.districtId, kind, personId: file.personId, workerId: colleague.id } },
    );
    expect(answer.errors).toEqual([]);
  };
  const stands = async () =>
    (
      await scene.sql<{ on: boolean }>('select confirm_nothing as on from person where id = $1', [
        file.personId,
      ])
    )[0]?.on;
  const unassign = () =>
    scene.sql(
      'with ended as (update assignment set ends_at = now() where case_id = $1 and ends_at is null) update "case" set assigned_worker_id = null where id = $1',
      [file.id],
    );

  test('the duty worker to whom the desk has sent her lifts it, and sets it again', async () => {
    await sent();
    await confirmNothing(asSuit);
    expect(faultOf(await confirmNothing(asColleague, false))).toBe('FORBIDDEN');
    await unassign();
    expect(faultOf(await confirmNothing(asSuit, false))).toBe('NOT_FOUND input.personId');
    expect(faultOf(await confirmNothing(asColleague, false))).toBe('none');
    expect(await stands()).toBe(false);
    // The answer does not tell whether it was set.
    expect(faultOf(await confirmNothing(asColleague, false))).toBe('none');
    expect(faultOf(await confirmNothing(asColleague, true))).toBe('none');
    expect(await stands()).toBe(true);
    const lines = await scene.sql<{ line: string }>(
      `select outcome as line from access_log where person_id = $1 and action = 'SET_CONFIRM_NOTHING'
        and actor_id = $2 order by id`,
      [file.personId, colleague.id],
    );
    expect(lines.map(({ line }) => line)).toEqual(['REFUSED', 'DONE', 'DONE', 'DONE']);
  });

  test('nor can anyone else: a call is no presence, nor is a visit of one’s own making', async () => {
    await sent('CALL');
    await confirmNothing(asSuit);
    await unassign();
    expect(faultOf(await confirmNothing(asColleague, false))).toBe('FORBIDDEN');
    expect(
      await byHand(stage.database, `collègue.${scene.name}`, async (hand) => [
        await hand('select where set_confirm_nothing($1, false)', [file.personId]),
      ]),
    ).toEqual(['0']);
    expect(await stands()).toBe(true);
  });

  test('also where the worker who was assigned has left the district', async () => {
    await sent();
    await confirmNothing(asSuit);
    await scene.sql(
      `update membership set ends_at = now() - interval '1 ms' where district_id = $1 and worker_id = (select id from worker where subject = $2)`,
      [scene.districtId, `suit.${scene.name}`],
    );
    expect(faultOf(await confirmNothing(asColleague, false))).toBe('none');
  });
});
