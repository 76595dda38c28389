import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { frozenYear, raiseStatistics, type StatisticsStage } from './scene.js';
import type { Team } from './waiting-time/scene.js';

/**
 * December is frozen in January, its quarter after it, its year in February. If somebody objects between them, or takes their objection back, the
 * quarter and the year would differ from their months by them alone. So they take the list of the day on which December was frozen.
 */
const YEAR = frozenYear();
let stage: StatisticsStage;
let team: Team;
const [STAYS, OBJECTED, OBJECTS_LATER, TAKES_BACK] = [0, 1, 2, 3];

beforeAll(async () => {
  stage = await raiseStatistics('VISITS', 'APPOINTMENTS', 'PERSONS_AT_RECEPTION');
  team = await stage.district(3);
  for (const nth of [STAYS, OBJECTED, OBJECTS_LATER, TAKES_BACK]) {
    await stage.visit(team.id, `${YEAR}-12-05`, { person: await team.person(nth), worker: team.worker(nth) });
    await team.appointment(nth, `${YEAR}-12-07 10:00`);
  }
  await objects(OBJECTED, true);
  await objects(TAKES_BACK, true);
});
afterAll(() => stage.close());

async function objects(nth: number, isSo: boolean): Promise<void> {
  await stage.database.sql(
    `update person set statistics_objection_on = case when $2 then current_date end where id = $1`,
    [await team.person(nth), isSo],
  );
}

/**
 * Which of the four are counted in a period of so many months that ends with December.
 * @param frozen the name of the period, to count as the transaction does that freezes it
 */
async function counted(measure: string, months: number, frozen?: string): Promise<readonly number[]> {
  const [from, until] = [
    new Date(Date.UTC(Number(YEAR), 12 - months, 1)),
    new Date(Date.UTC(Number(YEAR), 12, 1)),
  ];
  const client = await stage.jobs.connect();
  await client.query('begin');
  if (frozen !== undefined)
    await client.query('select begin_snapshot($1, $2, $3, 4, $4)', [frozen, from, until, Buffer.alloc(1)]);
  const { rows } = await client.query<{ unit_id: string }>(
    `select unit_id from statistics_records($1, $2::timestamp at time zone 'Europe/Paris', $3::timestamp at time zone 'Europe/Paris', array[$4::uuid])`,
    [measure, from.toISOString().slice(0, 10), until.toISOString().slice(0, 10), team.id],
  );
  await client.query('rollback');
  client.release();
  const owners = await stage.database.sql<{ person_id: string }>(
    `select coalesce(v.person_id, ap.person_id, u.id) as person_id from unnest($1::uuid[]) u(id)
     left join visit v on v.id = u.id left join appointment_person ap on ap.appointment_id = u.id`,
    [rows.map(({ unit_id }) => unit_id)],
  );
  const persons = await Promise.all(
    [STAYS, OBJECTED, OBJECTS_LATER, TAKES_BACK].map((nth) => team.person(nth)),
  );
  return [...new Set(owners.map(({ person_id }) => persons.indexOf(person_id)))].sort();
}

const MEASURES = ['VISITS', 'APPOINTMENTS', 'PERSONS_AT_RECEPTION'];

test('until December is frozen, its quarter and its year count as it does: by who objects now', async () => {
  for (const measure of MEASURES)
    for (const [months, period] of [
      [1, `${YEAR}-12`],
      [3, `${YEAR}-Q4`],
      [12, YEAR],
    ] as const)
      expect(await counted(measure, months, period)).toEqual([STAYS, OBJECTS_LATER]);
});

test('after December, an objection and its taking back change nothing of its quarter and its year', async () => {
  await stage.freezeUntil(`${YEAR}-12`);
  expect(await stage.database.sql('select from snapshot where period = $1', [YEAR])).toEqual([]);
  await objects(OBJECTS_LATER, true);
  await objects(TAKES_BACK, false);
  for (const measure of MEASURES) {
    for (const [months, period] of [
      [3, `${YEAR}-Q4`],
      [12, YEAR],
    ] as const) {
      expect(await counted(measure, months, period)).toEqual([STAYS, OBJECTS_LATER]);
      // The trial of an adoption counts without freezing: it goes by who objects now. So does a month to come.
      expect(await counted(measure, months)).toEqual([STAYS, TAKES_BACK]);
    }
    expect(await counted(measure, 1)).toEqual([STAYS, TAKES_BACK]);
  }
});

test('each list is for one period, names nobody to a login, and is deleted once its period is frozen', async () => {
  const list = async (period: string) => {
    const rows = await stage.database.sql<{ person_id: string }>(
      'select person_id from objection_of_period where period = $1',
      [period],
    );
    return rows.map(({ person_id }) => person_id).sort();
  };
  const objecting = (await Promise.all([OBJECTED, TAKES_BACK].map((nth) => team.person(nth)))).sort();
  for (const period of [`${YEAR}-Q4`, YEAR]) expect(await list(period)).toEqual(objecting);
  await expect(stage.jobs.query('select from objection_of_period')).rejects.toThrow('permission denied');
  await stage.freezeUntil(`${YEAR}-Q4`);
  expect([await list(`${YEAR}-Q4`), await list(YEAR)]).toEqual([[], objecting]);
  await stage.freezeUntil(YEAR);
  expect(
    await stage.database.sql('select from objection_of_period where period <= $1 or period like $2', [
      YEAR,
      `${YEAR}-%`,
    ]),
  ).toEqual([]);
});
