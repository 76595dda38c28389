import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Requester, startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { dataOf, districtIds } from './scene.js';

/** A report says what its figures depend on: inhabitants, staff, and the days on which the district was open. */
let database: TestDatabase;
let make: Rows;
let app: TestApp;
let adviser: Requester;
const YEAR = new Date().getUTCFullYear() - 1;
const districts: Record<string, string> = {};

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  make = rowsOf(database);
  app = await startTestApp(database);
  adviser = await app.as('adviser');
  Object.assign(districts, await districtIds(database));
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const contextOf = async (slug: string | null, who: Requester = adviser) =>
  dataOf(
    await who.send(
      `query ($id: ID, $year: Int!) { activityReport(districtId: $id, year: $year) { population daysOpen socialWorkers receptionists } }`,
      { id: slug === null ? null : districts[slug], year: YEAR },
    ),
  )['activityReport'];

/** The communes of a district, whole. */
async function serve(slug: string, communes: Readonly<Record<string, number | null>>, streets = '') {
  await database.sql('delete from sector where district_id = $1', [districts[slug]]);
  for (const [code, population] of Object.entries(communes)) {
    await database.sql('update commune set population = $2 where insee_code = $1', [code, population]);
    await make.sector({
      districtId: districts[slug],
      communeCode: code,
      streets,
      validFrom: '2000-01-01',
    });
  }
}

test('the population is that of the communes which a district serves when the year ends', async () => {
  await serve('saint-ouen', { '93070': 50_000, '93066': 150_000 });
  expect(await contextOf('saint-ouen')).toMatchObject({ population: 200_000 });
  await database.sql(
    `update sector set valid_until = make_date($1, 12, 31) where district_id = $2 and commune_code = '93066'`,
    [YEAR, districts['saint-ouen']],
  );
  expect(await contextOf('saint-ouen')).toMatchObject({ population: 50_000 });
});

test('of some streets of a commune, or where one is not known, it is not said', async () => {
  await serve('saint-ouen', { '93070': 50_000 }, 'rue des Rosiers');
  expect(await contextOf('saint-ouen')).toMatchObject({ population: null });
  await serve('saint-ouen', { '93070': null });
  expect(await contextOf('saint-ouen')).toMatchObject({ population: null });
});

test('it was open on the days of its hours, without holidays, since it was switched on', async () => {
  await database.sql('delete from opening_hours where district_id = $1', [districts['saint-ouen']]);
  // Mondays, in the morning and in the afternoon.
  for (const hours of [
    { opensAt: '09:00', closesAt: '12:00' },
    { opensAt: '14:00', closesAt: '17:00' },
  ])
    await make.openingHours({ ...hours, districtId: districts['saint-ouen'], weekday: 1 });
  await database.sql('update district set switched_on_on = make_date($1, 12, 1) where id = $2', [
    YEAR,
    districts['saint-ouen'],
  ]);
  const mondays = Array.from({ length: 31 }, (_, nth) => new Date(Date.UTC(YEAR, 11, nth + 1))).filter(
    (day) => day.getUTCDay() === 1 && !(day.getUTCDate() === 25),
  );
  expect(await contextOf('saint-ouen')).toMatchObject({ daysOpen: mondays.length });
});

test('a published report keeps its context; the page says it before the figures', async () => {
  const before = await contextOf('sevran', app.anonymous);
  expect(before).toMatchObject({
    population: expect.any(Number),
    daysOpen: expect.any(Number),
    socialWorkers: expect.any(Number),
  });
  expect(before.daysOpen).toBeGreaterThan(100);
  await database.sql('update commune set population = 1');
  expect(await contextOf('sevran', app.anonymous)).toEqual(before);
  const page = await (await fetch(`${app.url}/rapports/${YEAR}/sevran?lang=en`)).text();
  expect(page).toContain('Inhabitants of the communes served (INSEE)');
  expect(page).toContain(before.population.toLocaleString('en-GB'));
  expect(page.indexOf('id="means"')).toBeLessThan(page.indexOf('id="demand"'));
  expect(page.indexOf('id="means"')).toBeGreaterThan(page.indexOf('id="team"'));
});
