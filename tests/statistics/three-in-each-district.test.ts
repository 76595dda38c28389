import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  dataOf,
  frozenYear,
  monthsAgo,
  raiseStatistics,
  refusalOf,
  type StatisticsStage,
  TABLE,
} from './scene.js';
import type { Team } from './waiting-time/scene.js';

/**
 * The rule of three workers is asked of each period when it is frozen: a team may have shrunk since an indicator was adopted. What each of them did is
 * not asked. If it were, a district that is left out would tell that one of three did nothing.
 */
const YEAR = frozenYear();
const MONTH = monthsAgo(3);
let stage: StatisticsStage;
let one: Team;
let other: Team;
beforeAll(async () => {
  stage = await raiseStatistics('VISITS');
  one = await stage.district(3);
  other = await stage.district(4);
  // One worker receives everyone.
  for (const team of [one, other])
    for (const period of [`${YEAR}-03`, MONTH])
      for (let nth = 0; nth < 20; nth += 1)
        await stage.visit(team.id, `${period}-${String(1 + nth).padStart(2, '0')}`, {
          worker: team.worker(0),
        });
  // A month before the other one, a worker leaves the first district.
  await stage.database.sql('update membership set ends_at = $2 where worker_id = $1', [
    one.worker(2),
    `${monthsAgo(4)}-15`,
  ]);
  await stage.freeze();
});
afterAll(() => stage.close());

const ask = (period: string, districtId: string | null) =>
  stage.app.anonymous.send(TABLE, { indicator: 'VISITS', period, districtId });

test('a period at whose end three work in each district is given by district, whoever did what', async () => {
  for (const districtId of [one.id, other.id, null]) expect((await ask(YEAR, districtId)).codes).toEqual([]);
});

test('a period at whose end two work in one of them is given for the county alone', async () => {
  for (const districtId of [one.id, other.id])
    expect(refusalOf(await ask(MONTH, districtId))).toEqual(['STATISTICS_REFUSED', 'NOT_FROZEN', 'period']);
  expect((await ask(MONTH, null)).codes).toEqual([]);
});

test('what an indicator is said to be given by stays', async () => {
  const { data } = await stage.app.anonymous.send(
    '{ indicators(code: "VISITS", status: ADOPTED) { givenBy } }',
  );
  expect(data).toEqual({ indicators: [{ givenBy: 'DISTRICT' }] });
});

test('a report of a year in which the team had two shows the figure of the county alone', async () => {
  const shrunk = await raiseStatistics('VISITS');
  const small = await shrunk.district(2);
  for (let nth = 0; nth < 20; nth += 1)
    await shrunk.visit(small.id, `${YEAR}-03-${String(1 + nth).padStart(2, '0')}`, {
      worker: small.worker(0),
    });
  await shrunk.freeze();
  const reader = await shrunk.app.as(`0.${small.name}`);
  const answer = await reader.send(
    `query ($id: ID, $year: Int!) { activityReport(districtId: $id, year: $year) {
       sections { figures { indicator { code } lines { value withheld county } } } } }`,
    { id: small.id, year: Number(YEAR) },
  );
  const figures = (dataOf(answer)['activityReport'].sections as { figures: unknown[] }[]).flatMap(
    (one) => one.figures,
  );
  expect(figures.length).toBeGreaterThan(0);
  for (const figure of figures)
    expect(figure).toMatchObject({
      indicator: { code: 'VISITS' },
      lines: expect.arrayContaining([{ value: null, withheld: 'COUNTY_ALONE', county: expect.any(Number) }]),
    });
  await shrunk.close();
});
