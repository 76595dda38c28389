import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type pg from 'pg';
import { IndicatorCount } from '../../src/jobs/count-indicator.js';
import { categoriesOf } from '../../src/jobs/freeze-snapshots.js';
import { MEASURES, type Measure, type MeasureCode } from '../../src/statistics/measures.js';
import type { PerturbationTable } from '../../src/statistics/perturbation-table.js';
import type { Territory } from '../../src/statistics/programme.js';
import { frozenYear, raiseStatistics, SECRET, type StatisticsStage } from './scene.js';
import { instantInParis, type Team } from './waiting-time/scene.js';

/** Some tables of the county add up others. Without noise, each of them is what was counted. */
const YEAR = frozenYear();
const NO_NOISE: PerturbationTable = {
  modulus: 1,
  rows: [[{ from: 0, to: 1, perturbation: 0 }]],
  cycle: 1,
  hasNoiseForZero: true,
};
let stage: StatisticsStage;
let team: Team;
let client: pg.PoolClient;

beforeAll(async () => {
  stage = await raiseStatistics();
  team = await stage.district(3);
  client = await stage.jobs.connect();
});
afterAll(async () => {
  client.release();
  await stage.close();
});

/** The county's tables of a measure, by their dimensions: the counts that are not 0, by their categories. */
async function tablesOf(
  code: MeasureCode,
  givenBy: Territory,
  period = YEAR,
): Promise<Record<string, Record<string, number>>> {
  const { dimensions }: Measure = MEASURES[code];
  const categories = await categoriesOf(client);
  const [from, until] =
    period.length === 4 ? [`${YEAR}-01-01`, `${Number(YEAR) + 1}-01-01`] : [`${period}-01`, `${YEAR}-05-01`];
  const due = {
    period,
    from_at: new Date(instantInParis(`${from} 00:00`)),
    until_at: new Date(instantInParis(`${until} 00:00`)),
    districts: [team.id],
  };
  await client.query('begin');
  const count = new IndicatorCount(
    { id: code, code, measure: code, dimensions, given_by: givenBy },
    due,
    categories,
    SECRET,
    NO_NOISE,
  );
  await count.read(client);
  const tables = [...count.tables()].filter(({ district_id }) => district_id === null);
  await client.query('commit');
  return Object.fromEntries(
    tables.map(({ dimensions: by, cells }) => {
      const named = by.reduce<string[]>(
        (all, dimension) =>
          all.flatMap((name) =>
            (categories.get(dimension as never) ?? []).map((category) =>
              [name, category.code].filter(Boolean).join(' '),
            ),
          ),
        [''],
      );
      return [
        by.join(),
        Object.fromEntries(
          named.map((name, nth) => [name, cells[nth] ?? 0]).filter(([, value]) => value !== 0),
        ),
      ];
    }),
  );
}

test.each(['DISTRICT', 'COUNTY'] as const)(
  'a person who walks in and calls is one person, of one age, in both ways of coming: %s',
  async (givenBy) => {
    const personId = await team.person(givenBy === 'DISTRICT' ? 1 : 2);
    await stage.database.sql(`update person set birth_date = '1990-05-05' where id = $1`, [personId]);
    const before = givenBy === 'DISTRICT' ? 0 : 1;
    for (const kind of ['WALK_IN', 'CALL'] as const)
      await stage.make.visit({
        districtId: team.id,
        kind,
        personId,
        arrivedAt: instantInParis(`${YEAR}-03-10 12:00`),
        closedAt: instantInParis(`${YEAR}-03-10 12:00`),
        outcome: 'ANSWERED',
      });
    const persons = before + 1;
    expect(await tablesOf('PERSONS_AT_RECEPTION', givenBy)).toEqual({
      '': { '': persons },
      VISIT_KIND: { WALK_IN: persons, CALL: persons },
      AGE_BAND: { '25_TO_39': persons },
      'VISIT_KIND,AGE_BAND': { 'WALK_IN 25_TO_39': persons, 'CALL 25_TO_39': persons },
    });
  },
);

test.each(['DISTRICT', 'COUNTY'] as const)('a month of waits has each of its bands: %s', async (givenBy) => {
  if (givenBy === 'DISTRICT')
    for (const [nth, bookedOn] of ['03-01', '04-02', '04-08', '04-13'].entries())
      await team.appointment(nth + 10, `${YEAR}-04-14 10:00`, { bookedAt: `${YEAR}-${bookedOn} 09:00` });
  expect(await tablesOf('ASKED_TO_HELD', givenBy, `${YEAR}-04`)).toEqual({
    WAIT: { '0_TO_2_DAYS': 1, '3_TO_7_DAYS': 1, '8_TO_14_DAYS': 1, '31_TO_60_DAYS': 1 },
  });
});
