import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { dataOf } from './scene.js';

/** Figures say of how much of a period they tell: a district that was switched on in April has no first quarter. */
let database: TestDatabase;
let app: TestApp;
const YEAR = new Date().getUTCFullYear() - 1;
let sevran = '';

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database);
  const [row] = await database.sql<{ id: string }>(`select id from district where slug = 'sevran'`);
  sevran = row?.id ?? '';
  await database.sql(`update district set switched_on_on = make_date($1, 4, 7) where slug = 'sevran'`, [
    YEAR,
  ]);
  await database.sql(`update district set switched_on_on = make_date($1, 1, 1) where slug = 'gagny'`, [
    YEAR - 3,
  ]);
  await database.sql(`update district set switched_on_on = null where slug not in ('sevran', 'gagny')`);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const COVERAGE = 'coverage { from until districts ofDistricts }';
const ofTable = async (districtId: string | null, period = String(YEAR)) =>
  dataOf(
    await app.anonymous.send(
      `query ($id: ID, $period: String!) { statistics(indicator: "APPOINTMENTS", period: $period, districtId: $id) { ${COVERAGE} } }`,
      { id: districtId, period },
    ),
  )['statistics'].coverage;

test('of a district from the day on which it was switched on, to the end of the period', async () => {
  expect(await ofTable(sevran)).toEqual({
    from: `${YEAR}-04-07`,
    until: `${YEAR + 1}-01-01`,
    districts: 1,
    ofDistricts: 1,
  });
});

test('of the county, how many of its districts', async () => {
  expect(await ofTable(null)).toEqual({
    from: `${YEAR}-01-01`,
    until: `${YEAR + 1}-01-01`,
    districts: 2,
    ofDistricts: 3,
  });
});

test('of the county, a district that came later is not counted among those it had', async () => {
  const make = rowsOf(database);
  const districtId = await make.district({ slug: 'nouvelle', name: 'Nouvelle', communeCode: '93070' });
  await make.sector({
    districtId,
    communeCode: '93070',
    streets: 'rue Neuve',
    validFrom: `${YEAR + 1}-01-01`,
  });
  expect(await ofTable(null)).toMatchObject({ districts: 2, ofDistricts: 3 });
  await database.sql(`update sector set valid_from = make_date($1, 12, 1) where streets = 'rue Neuve'`, [
    YEAR,
  ]);
  expect(await ofTable(null)).toMatchObject({ districts: 2, ofDistricts: 4 });
});

test('of what went by before, nothing; of a month that is whole, all of it', async () => {
  const [row] = await database.sql<{ period: string }>(
    `select s.period from snapshot s where s.period ~ '^\\d{4}-\\d\\d$' and s.period > $1 order by s.period desc limit 1`,
    [`${YEAR}-04`],
  );
  const month = row?.period ?? '';
  expect(await ofTable(sevran, month)).toMatchObject({ from: `${month}-01`, districts: 1 });
  await database.sql(`update district set switched_on_on = current_date where slug = 'sevran'`);
  expect(await ofTable(sevran, month)).toMatchObject({ from: null, districts: 0, ofDistricts: 1 });
});

test('an activity report says so too, without a token', async () => {
  await database.sql(`update district set switched_on_on = make_date($1, 4, 7) where slug = 'sevran'`, [
    YEAR,
  ]);
  const report = dataOf(
    await app.anonymous.send(
      `query ($id: ID, $year: Int!) { activityReport(districtId: $id, year: $year) { ${COVERAGE} } }`,
      { id: sevran, year: YEAR },
    ),
  )['activityReport'];
  expect(report.coverage).toMatchObject({ from: `${YEAR}-04-07`, districts: 1 });
});
