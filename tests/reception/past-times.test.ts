import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Answer } from '../support/app.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/** A clerk records a visit of somebody who is not there, and reads their times: 168 past times of ten persons, a year of each, in a second. */
let stage: Stage;
let scene: Scene;

/** As a county has it unless it says otherwise. */
const AN_HOUR = 120;

beforeAll(async () => {
  stage = await raiseStage({ lookUpsPerHour: AN_HOUR });
});
beforeEach(async () => {
  scene = await stage.scene();
});
afterAll(() => stage.close());

async function comes(personId: string): Promise<string> {
  const answer = await scene.desk.send(
    'mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }',
    { input: { districtId: scene.districtId, kind: 'WALK_IN', personId } },
  );
  if (answer.data?.['recordVisit'] == null) throw new Error(answer.text);
  return answer.data['recordVisit'].id;
}
const timesOf = (id: string, past: boolean): Promise<Answer> =>
  scene.desk.send(
    'query ($id: ID!, $past: Boolean) { timesOfPresent(visitId: $id, past: $past) { startsAt } }',
    {
      id,
      past,
    },
  );
const told = (workerId: string) =>
  scene.sql(
    `select kind::text, case_id as "caseId" from notification where worker_id = $1 and kind::text = 'PAST_TIMES_TOLD'`,
    [workerId],
  );

test('a year of ten persons is three months, and who follows them is told, once a day for each case', async () => {
  const builder = scene.worker('suit');
  const suit = await builder;
  const files = await Promise.all(Array.from({ length: 10 }, () => builder.case()));
  for (const [nth, { personId }] of files.entries())
    for (let month = 0; month < 12; month += 1) {
      const startsAt = new Date(Date.now() - (month * 30 + 10) * 86_400_000 - nth * 3_600_000);
      const appointmentId = await scene.make.appointment({
        districtId: scene.districtId,
        startsAt,
        endsAt: new Date(startsAt.getTime() + 1_800_000),
        status: 'HONOURED',
      });
      await scene.make.appointmentPerson({ appointmentId, personId });
    }
  let read = 0;
  for (const { personId } of files) {
    const visit = await comes(personId);
    for (const past of [true, true, false]) {
      const answer = await timesOf(visit, past);
      expect(answer.errors).toEqual([]);
      read = past ? answer.data?.['timesOfPresent'].length : read;
    }
    expect(read).toBe(3);
  }
  const expected = files.map(({ id }) => ({ kind: 'PAST_TIMES_TOLD', caseId: id }));
  expect(await told(suit.id)).toHaveLength(10);
  expect(await told(suit.id)).toEqual(expect.arrayContaining(expected));
  // What is booked is told to each who comes: nobody is told of that.
  const other = scene.worker('autre');
  const file = await other.case();
  await timesOf(await comes(file.personId), false);
  expect(await told((await other).id)).toEqual([]);
});

test('they are one an operation, and count among the look-ups of the hour', async () => {
  const ids = await Promise.all(
    Array.from({ length: AN_HOUR + 1 }, async () => comes((await scene.person()).id)),
  );
  const two = await scene.desk.send(
    'query ($a: ID!, $b: ID!) { a: timesOfPresent(visitId: $a, past: true) { startsAt } b: timesOfPresent(visitId: $b, past: true) { startsAt } }',
    { a: ids[0], b: ids[1] },
  );
  expect(faultOf(two)).toBe('INVALID_INPUT visitId');
  const faults = [];
  for (const id of ids.slice(1)) faults.push(faultOf(await timesOf(id, faults.length % 2 === 0)));
  expect(faults.filter((fault) => fault === 'none')).toHaveLength(AN_HOUR - 1);
  expect(faults.at(-1)).toBe('RATE_LIMITED visitId');
  const person = await scene.desk.send(
    '{ personLookUp(input: { fullName: "Ana Petit", birthYear: 1980 }) { id } }',
  );
  expect(faultOf(person)).toMatch('RATE_LIMITED');
});

test('a Monday morning of forty persons at one desk does not reach the measure: each is looked up, and told their times', async () => {
  for (let nth = 0; nth < 40; nth += 1) {
    const { id, reference } = await scene.district.person({
      givenName: 'Nour',
      familyName: `${scene.name} ${nth}`,
    });
    const found = await scene.desk.send(
      'query ($input: PersonLookUpInput!) { personLookUp(input: $input) { id } }',
      { input: { fullName: `Nour ${scene.name} ${nth}`, reference } },
    );
    expect(found.data?.['personLookUp']).toEqual([{ id }]);
    expect((await timesOf(await comes(id), false)).errors).toEqual([]);
  }
});
