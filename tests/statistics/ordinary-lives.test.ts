import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { LIVES, type Life } from '../../src/statistics/lives.js';
import { later, today } from '../agenda/agenda.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { everyTeamSays, secondAdviser } from '../support/statistics.js';
import { indicatorLike, monthsAgo, raiseStatistics, refusalOf, type StatisticsStage } from './scene.js';

/** An indicator is not adopted if all adopted figures together would then tell too much of an ordinary life. */
let stage: StatisticsStage;
let app: TestApp;
let advisers: readonly string[];
const lives = LIVES as Record<string, Life>;

beforeAll(async () => {
  stage = await raiseStatistics('VISITS');
  const teams = [await stage.district(4), await stage.district(4)];
  for (const team of teams)
    for (let nth = 0; nth < 12; nth += 1)
      await team.appointment(nth, `${monthsAgo(1)}-${String(1 + nth).padStart(2, '0')} 09:00`);
  // The test adds a life to the modules of its own.
  app = await startTestApp(stage.database, { modules: 'own' });
  advisers = [await secondAdviser(stage.database), await secondAdviser(stage.database, 'adviser3')];
});
afterEach(() => {
  delete lives['CAME_EVERY_WEEK'];
});
afterAll(async () => {
  await app.close();
  await stage.close();
});

/** An indicator of appointments, to which all teams have agreed. */
async function consulted(code: string): Promise<string> {
  const id = await indicatorLike(stage.database, 'VISITS', {
    code,
    measure: 'APPOINTMENTS',
    unit: 'APPOINTMENT',
    kind: 'FLOW',
    dimensions: ['APPOINTMENT_OUTCOME', 'APPOINTMENT_TYPE', 'MODE'],
    status: 'CONSULTED',
    adopted_on: null,
    given_by: null,
    place: null,
    consulted_from: today(),
    consulted_until: later(today(), 20),
  });
  await stage.database.sql(everyTeamSays('FOR'), [[id]]);
  return id;
}

const adopt = async (id: string) => {
  const answers = [];
  for (const login of advisers)
    answers.push(
      await (await app.as(login)).send(
        'mutation ($input: AdoptIndicatorInput!) { adoptIndicator(input: $input) { status } }',
        { input: { id } },
      ),
    );
  return answers;
};
const statusOf = async (id: string): Promise<string | undefined> =>
  (await stage.database.sql<{ status: string }>('select status::text from indicator where id = $1', [id]))[0]
    ?.status;

test('with a life that comes every week, the candidate is refused, and nothing changes', async () => {
  lives['CAME_EVERY_WEEK'] = {
    labelFr: 'vient chaque semaine',
    labelEn: 'comes every week',
    isBounded: true,
    units: Array.from({ length: 48 }, (_, week) => ({
      measure: 'APPOINTMENTS',
      months: [1 + (week % 12)],
    })),
  };
  const id = await consulted('TOLD_TOO_MUCH');
  for (const answer of await adopt(id))
    expect(refusalOf(answer)).toEqual(['STATISTICS_REFUSED', 'TELLS_TOO_MUCH', 'input.id']);
  expect(await statusOf(id)).toBe('CONSULTED');
});

test('with the ordinary lives, the same candidate is adopted', async () => {
  const id = await consulted('TOLD_A_LITTLE');
  for (const answer of await adopt(id)) expect(answer.codes).toEqual([]);
  expect(await statusOf(id)).toBe('ADOPTED');
});
