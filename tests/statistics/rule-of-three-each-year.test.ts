import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { frozenYear, raiseStatistics, refusalOf, type StatisticsStage, TABLE } from './scene.js';
import type { Team } from './waiting-time/scene.js';

/**
 * The rule of three workers is asked when an indicator is adopted, and again each time a year is frozen: a team may have shrunk since. A district
 * with too few makes the indicator one of the county alone, for every district.
 */
const YEAR = frozenYear();
let stage: StatisticsStage;
let one: Team;
let other: Team;
beforeAll(async () => {
  stage = await raiseStatistics('VISITS', 'APPOINTMENTS', 'NEEDS', 'APPOINTMENT_REQUESTS');
  one = await stage.district(4);
  other = await stage.district(4);
  // Three workers of each district receive visits. Of the appointments of the other district, one worker holds all.
  for (let nth = 0; nth < 24; nth += 1) {
    const day = `${YEAR}-03-${String(1 + nth).padStart(2, '0')}`;
    await stage.visit(one.id, day, { worker: one.worker(nth % 3) });
    await stage.visit(other.id, day, { worker: other.worker(nth % 3) });
    await one.appointment(nth, `${day} 09:00`);
    await other.appointment(0, `${day} 10:00`, { person: nth });
  }
  // Two requests are the whole county's, each for one worker alone.
  for (const nth of [0, 1])
    await one.asks(nth, `${YEAR}-05-04 09:00`, { dutyWorkerOnly: true, dutyWorkerId: one.worker(0) });
  await stage.freeze();
});
afterAll(() => stage.close());

const given = async (): Promise<Record<string, string>> => {
  const rows = await stage.database.sql<{ code: string; given: string }>(
    "select code, given_by::text as given from indicator where status = 'ADOPTED' order by code",
  );
  return Object.fromEntries(rows.map(({ code, given: by }) => [code, by]));
};
const tablesOf = async (code: string, period: string): Promise<readonly string[]> => {
  const rows = await stage.database.sql<{ territory: string }>(
    `select distinct case when t.district_id is null then 'COUNTY' else 'DISTRICT' end as territory
     from snapshot_table t join snapshot s on s.id = t.snapshot_id join indicator i on i.id = t.indicator_id
     where i.code = $1 and s.period = $2 order by 1`,
    [code, period],
  );
  return rows.map(({ territory }) => territory);
};

test('what three workers of each district feed stays given by district', async () => {
  expect(await given()).toMatchObject({ VISITS: 'DISTRICT' });
  expect(await tablesOf('VISITS', YEAR)).toEqual(['COUNTY', 'DISTRICT']);
});

test('what one worker feeds in one district is given for the county alone from then on', async () => {
  expect(await given()).toMatchObject({ APPOINTMENTS: 'COUNTY' });
  expect(await tablesOf('APPOINTMENTS', YEAR)).toEqual(['COUNTY']);
  const answer = await stage.app.anonymous.send(TABLE, {
    indicator: 'APPOINTMENTS',
    period: YEAR,
    districtId: one.id,
  });
  expect(refusalOf(answer)[1]).toBe('NOT_IN_PROGRAMME');
});

test('what too few feed in the whole county has no figure of the year', async () => {
  expect(await tablesOf('APPOINTMENT_REQUESTS', YEAR)).toEqual([]);
  expect(await given()).toMatchObject({ APPOINTMENT_REQUESTS: 'DISTRICT' });
});

test('a year in which nothing was recorded says nothing', async () => {
  expect(await given()).toMatchObject({ NEEDS: 'DISTRICT' });
  expect(await tablesOf('NEEDS', YEAR)).toEqual(['COUNTY', 'DISTRICT']);
});

test('what has enough again is given by district again', async () => {
  for (let nth = 0; nth < 24; nth += 1)
    await other.appointment(1 + (nth % 3), `${YEAR}-06-${String(1 + nth).padStart(2, '0')} 10:00`);
  await stage.jobs.query('select ask_rule_of_three($1, $2)', [`${YEAR}-01-01`, `${Number(YEAR) + 1}-01-01`]);
  expect(await given()).toMatchObject({ APPOINTMENTS: 'DISTRICT' });
});

test('nobody changes it by hand', async () => {
  await expect(stage.database.sql(`update indicator set given_by = 'COUNTY'`)).rejects.toThrow('once a year');
});
