import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { frozenYear, raiseStatistics, type StatisticsStage } from './scene.js';
import type { Team } from './waiting-time/scene.js';

/**
 * December is frozen in January, its year in February. If somebody objects between the two, or takes their objection back, the year would
 * differ from its months by them alone. So the year takes the list of the day on which December was frozen.
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

/** Which of the four are counted in a period of so many months that ends with December. */
async function counted(measure: string, months: number): Promise<readonly number[]> {
  const rows = await stage.database.sql<{ unit_id: string; person_id: string | null }>(
    `select r.unit_id, coalesce(v.person_id, ap.person_id, r.unit_id) as person_id
     from statistics_records($1, ($2::timestamp - make_interval(months => $3)) at time zone 'Europe/Paris',
       $2::timestamp at time zone 'Europe/Paris', array[$4::uuid]) r
     left join visit v on v.id = r.unit_id left join appointment_person ap on ap.appointment_id = r.unit_id`,
    [measure, `${Number(YEAR) + 1}-01-01`, months, team.id],
  );
  const persons = await Promise.all(
    [STAYS, OBJECTED, OBJECTS_LATER, TAKES_BACK].map((nth) => team.person(nth)),
  );
  return [...new Set(rows.map(({ person_id }) => persons.indexOf(person_id ?? '')))].sort();
}

const MEASURES = ['VISITS', 'APPOINTMENTS', 'PERSONS_AT_RECEPTION'];

test('until December is frozen, a year counts as its months do: by who objects now', async () => {
  for (const measure of MEASURES)
    expect([await counted(measure, 1), await counted(measure, 12)]).toEqual([
      [STAYS, OBJECTS_LATER],
      [STAYS, OBJECTS_LATER],
    ]);
});

test('between December and its year, an objection and its taking back change nothing of the year', async () => {
  await stage.freezeUntil(`${YEAR}-12`);
  expect(await stage.database.sql('select from snapshot where period = $1', [YEAR])).toEqual([]);
  await objects(OBJECTS_LATER, true);
  await objects(TAKES_BACK, false);
  for (const measure of MEASURES) {
    expect(await counted(measure, 12)).toEqual([STAYS, OBJECTS_LATER]);
    // A month to come counts by who objects now.
    expect(await counted(measure, 1)).toEqual([STAYS, TAKES_BACK]);
  }
});

test('the list is kept for the year alone, names nobody to a login, and is deleted once the year is frozen', async () => {
  const list = () =>
    stage.database.sql<{ person_id: string }>('select person_id from objection_of_year where year = $1', [
      Number(YEAR),
    ]);
  expect((await list()).map(({ person_id }) => person_id).sort()).toEqual(
    (await Promise.all([OBJECTED, TAKES_BACK].map((nth) => team.person(nth)))).sort(),
  );
  await expect(stage.jobs.query('select from objection_of_year')).rejects.toThrow('permission denied');
  await stage.freezeUntil(YEAR);
  expect(await list()).toEqual([]);
});
