import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { type Given, rowsOf } from '../support/county/rows.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { draftReport, WORKED_OUT } from '../support/statistics.js';

/** Nobody ranks districts by one request: an operation has the figures of one, with the county as its context. */
let database: TestDatabase;
let app: TestApp;
let worker: Requester;
let sevran: string;
let gagny: string;
const YEAR = new Date().getUTCFullYear() - 1;
const PERIOD = `from: "${YEAR}-03-01", to: "${YEAR}-05-01"`;

let districts: readonly { id: string; slug: string }[];
beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database);
  worker = await app.as('worker.sevran');
  districts = await database.sql<{ id: string; slug: string }>('select id, slug from district');
  sevran = districts.find(({ slug }) => slug === 'sevran')?.id ?? '';
  gagny = districts.find(({ slug }) => slug === 'gagny')?.id ?? '';
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const cases = (districtId: string | null): string =>
  `statistics(indicator: "OPEN_CASES", period: "${YEAR}", districtId: ${JSON.stringify(districtId)}) { cells(first: 1) { edges { node { value withheld } } } }`;
const nextFree = (districtId: string): string =>
  `thirdNextAvailable(districtId: "${districtId}", typeCode: "FIRST_RECEPTION", ${PERIOD}) { week days }`;

/** Which of `one` and `other` were answered, and why the rest was not. */
const came = ({ data, errors }: Answer) => ({
  answered: Object.values(data ?? {}).filter((value) => value !== null).length,
  refused: errors.map(({ extensions }) => [extensions.code, extensions['reason']]),
});
const REFUSED = { answered: 1, refused: [['STATISTICS_REFUSED', 'RANKING']] };

test.each<[string, () => [string, string]]>([
  ['a table', () => [cases(sevran), cases(gagny)]],
  ['the third next available', () => [nextFree(sevran), nextFree(gagny)]],
  ['a table, and the third next available', () => [cases(sevran), nextFree(gagny)]],
])('%s of two districts in one operation: the second is refused', async (_what, asked) => {
  const [one, other] = asked();
  expect(came(await worker.send(`{ one: ${one} other: ${other} }`))).toEqual(REFUSED);
  // Each by itself is told.
  expect(came(await worker.send(`{ one: ${one} }`))).toEqual({ answered: 1, refused: [] });
  expect(came(await worker.send(`{ other: ${other} }`))).toEqual({ answered: 1, refused: [] });
});

test('a district has the county beside it, and the same district as often as one likes', async () => {
  const asked = `{ one: ${cases(sevran)} county: ${cases(null)} again: ${cases(sevran)} waits: ${nextFree(sevran)} }`;
  expect(came(await worker.send(asked))).toEqual({ answered: 4, refused: [] });
});

test('published reports are listed, with the figures of one district at a time', async () => {
  const without = await database.sql<{ id: string }>(
    `select id from district d where not exists (select from activity_report r where r.district_id = d.id and r.year = $1)`,
    [YEAR],
  );
  for (const { id } of without) await draftReport(database, { districtId: id, year: YEAR }, []);
  // Two of each team.
  const make = rowsOf(database);
  const signers = await database.sql<Given<'activityReportSignature'>>(
    `select r.id as "reportId", r.version as "textVersion", m.worker_id as "workerId", m.district_id as "districtId",
       day_in_paris(now())::text as "signedOn"
     from activity_report r cross join lateral (
       select district_id, worker_id from membership where district_id = r.district_id and role = 'SOCIAL_WORKER'
         and starts_at <= now() and (ends_at is null or ends_at > now()) order by worker_id limit 2) m
     where r.year = $1 and r.published_on is null and not exists (select from activity_report_signature s
       where s.report_id = r.id and s.text_version = r.version and s.worker_id = m.worker_id)`,
    [YEAR],
  );
  await Promise.all(signers.map((signature) => make.activityReportSignature(signature)));
  const waiting = await database.sql<{ id: string; version: number }>(
    'select district_id as id, version from activity_report where year = $1 and published_on is null',
    [YEAR],
  );
  const adviser = await app.as('adviser');
  for (const { id, version } of waiting) {
    const published = await adviser.send(
      'mutation ($input: PublishActivityReportInput!) { publishActivityReport(input: $input) { publishedOn } }',
      { input: { districtId: id, year: YEAR, expectedVersion: version } },
    );
    expect(published.errors).toEqual([]);
  }
  // Each shows a simulation of its own, too: what is published stays, so the trigger that keeps it is put aside.
  for (const { id } of districts) {
    const simulationId = await make.waitSimulation({ districtId: id, askedById: null, ...WORKED_OUT });
    await database.sql(
      `update activity_report_text t set simulation_id = $2 from activity_report r
        where r.id = t.report_id and r.district_id = $1 and r.year = $3`,
      [id, simulationId, YEAR],
    );
  }
  const shown = await app.anonymous.send('{ activityReports { district { name } simulation { postsNow } } }');
  const listedOnce = shown.data?.['activityReports'] as { simulation: object | null }[];
  expect(listedOnce.filter(({ simulation }) => simulation !== null)).toHaveLength(1);
  expect(new Set(shown.errors.map(({ extensions }) => extensions['reason']))).toEqual(new Set(['RANKING']));
  const { data, errors } = await app.anonymous.send(
    '{ activityReports { district { name } sections { figures { lines { value } } } } }',
  );
  const listed = data?.['activityReports'] as { district: { name: string } | null; sections: unknown }[];
  const districtsOf = (rows: typeof listed) =>
    new Set(rows.map(({ district }) => district?.name).filter((name) => name !== undefined));
  const told = listed.filter(({ sections }) => sections !== null);
  expect(districtsOf(listed).size).toBeGreaterThan(2);
  expect(districtsOf(told).size).toBe(1);
  expect(errors.map(({ extensions }) => extensions['reason'])).toEqual(
    Array(listed.length - told.length).fill('RANKING'),
  );
});
