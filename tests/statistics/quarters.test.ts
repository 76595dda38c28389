import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DAY } from '../support/days.js';
import { dataOf, frozenYear, raiseStatistics, refusalOf, type StatisticsStage } from './scene.js';
import type { Team } from './waiting-time/scene.js';

/** A quarter is a period like a month and a year: of the county alone, for what the protocol of the wait needs. */
const YEAR = frozenYear();
const QUARTER = `${YEAR}-Q2`;
let stage: StatisticsStage;
let team: Team;

beforeAll(async () => {
  stage = await raiseStatistics('ASKED', 'FOUND_NO_TIME', 'ASKED_TO_HELD', 'APPOINTMENTS', 'NOT_HONOURED');
  team = await stage.district(4);
  for (let nth = 0; nth < 300; nth += 1) {
    const month = 4 + (nth % 3);
    const at = `${YEAR}-0${month}-${String(10 + (nth % 18)).padStart(2, '0')} 10:00`;
    const bookedAt = `${YEAR}-0${month}-0${1 + (nth % 9)} 09:00`;
    const status = nth % 5 === 0 ? 'NOT_HONOURED' : 'HONOURED';
    await team.appointment(nth % 100, at, { bookedAt, status });
  }
  await stage.freezeUntil(YEAR);
}, 120_000);
afterAll(() => stage.close());

const TABLE = `query ($indicator: String!, $period: String!, $districtId: ID, $by: [String!]) {
  statistics(indicator: $indicator, period: $period, districtId: $districtId, by: $by) {
    period frozenOn medianWait { days low high } coverage { from until districts }
    cells { edges { node { value low high base yearBefore { withheld } categories { code } } } } } }`;
const ask = (variables: Record<string, unknown>) =>
  stage.app.anonymous.send(TABLE, { period: QUARTER, ...variables });
const tableOf = async (variables: Record<string, unknown>) => dataOf(await ask(variables))['statistics'];

test('it is told of the county: persons who asked, each once, and the outcomes of appointments', async () => {
  const asked = await tableOf({ indicator: 'ASKED' });
  const [{ node }] = asked.cells.edges;
  expect([node.low <= 100, node.high >= 100]).toEqual([true, true]);
  expect(node.yearBefore).toEqual({ withheld: 'NOT_FROZEN' });
  const outcomes = await tableOf({ indicator: 'APPOINTMENTS', by: ['APPOINTMENT_OUTCOME'] });
  const honoured = outcomes.cells.edges.find(
    (edge: { node: { categories: { code: string }[] } }) => edge.node.categories[0]?.code === 'HONOURED',
  );
  expect(Math.abs(honoured.node.value - 240)).toBeLessThanOrEqual(30);
  const rate = await tableOf({ indicator: 'NOT_HONOURED' });
  expect(Math.abs(rate.cells.edges[0].node.value - 20)).toBeLessThanOrEqual(10);
});

test('it has the median of a wait with its bounds, and a table that is no wait has none', async () => {
  const { medianWait } = await tableOf({ indicator: 'ASKED_TO_HELD', by: ['WAIT'] });
  expect(medianWait.low).toBeLessThanOrEqual(medianWait.days);
  expect(medianWait.high).toBeGreaterThanOrEqual(medianWait.days);
  expect([medianWait.days > 3, medianWait.days < 22]).toEqual([true, true]);
  expect((await tableOf({ indicator: 'ASKED' })).medianWait).toBeNull();
});

test('it covers its three months, and was frozen on or after the tenth of the next', async () => {
  const { coverage, frozenOn, period } = await tableOf({ indicator: 'ASKED' });
  expect([period, coverage.from, coverage.until]).toEqual([QUARTER, `${YEAR}-04-01`, `${YEAR}-07-01`]);
  expect(frozenOn >= `${YEAR}-07-10`).toBe(true);
});

test.each([
  ['a district', { indicator: 'ASKED' }, 'NOT_IN_PROGRAMME'],
  ['a district, though its months are told', { indicator: 'APPOINTMENTS' }, 'NOT_IN_PROGRAMME'],
])('%s has no quarter', async (_, question, reason) => {
  const refused = await ask({ ...question, districtId: team.id });
  expect(refusalOf(refused).slice(0, 2)).toEqual(['STATISTICS_REFUSED', reason]);
});

test.each([YEAR, `${YEAR}-04`, `${YEAR}-06`])('who asked is told for no other period: %s', async (period) => {
  expect(refusalOf(await ask({ indicator: 'ASKED', period }))[1]).toBe('NOT_IN_PROGRAMME');
});

test.each(['2026-Q0', '2026-Q5', '2026-q1', '2026Q1', '2026-Q'])('%s is no period', async (period) => {
  expect(refusalOf(await ask({ indicator: 'ASKED', period }))).toEqual([
    'INVALID_INPUT',
    undefined,
    'period',
  ]);
});

test('an indicator of quarters alone is said to be given for the county', async () => {
  const { data } = await stage.app.anonymous.send(
    '{ indicators(code: "ASKED") { givenBy programme { territory period by } } }',
  );
  expect(data).toEqual({
    indicators: [{ givenBy: 'COUNTY', programme: [{ territory: 'COUNTY', period: 'QUARTER', by: [] }] }],
  });
});

test('the year lists its quarters among its frozen periods, each after its last month', async () => {
  const { data } = await stage.app.anonymous.send(
    `query ($year: Int!) { snapshots(year: $year) { period } }`,
    { year: Number(YEAR) },
  );
  const periods = (dataOf({ data, text: '' })['snapshots'] as { period: string }[]).map(
    ({ period }) => period,
  );
  expect(periods.filter((period) => period.includes('Q'))).toEqual(
    [1, 2, 3, 4].map((nth) => `${YEAR}-Q${nth}`),
  );
});

const get = async (path: string) => {
  const response = await fetch(`${stage.app.url}${path}`);
  return { status: response.status, text: await response.text() };
};

test('files have a quarter, and each quarter of a year, of the county', async () => {
  const one = JSON.parse((await get(`/statistics/${QUARTER}/ASKED.json`)).text);
  expect(one).toMatchObject([{ period: QUARTER, district: null, indicator: 'ASKED' }]);
  const all = JSON.parse((await get(`/statistics/${YEAR}/ASKED.json?every=quarter`)).text);
  expect(all.map(({ period }: { period: string }) => period)).toEqual(
    [1, 2, 3, 4].map((nth) => `${YEAR}-Q${nth}`),
  );
  const schema = JSON.parse((await get(`/statistics/${QUARTER}/ASKED.schema.json`)).text);
  const { constraints } = schema.fields.find(({ name }: { name: string }) => name === 'period');
  for (const { period } of all) expect(period).toMatch(new RegExp(`^(${constraints.pattern})$`));
  const sdmx = (await get(`/statistics/${QUARTER}/ASKED.sdmx.csv`)).text;
  const [head = '', line = ''] = sdmx.split('\r\n');
  const at = (column: string) => line.split(',')[head.split(',').indexOf(column)];
  expect([at('FREQ'), at('TIME_PERIOD')]).toEqual(['Q', QUARTER]);
  expect((await get(`/statistics/${QUARTER}/ASKED.json?every=quarter`)).status).toBe(400);
  expect((await get(`/statistics/${YEAR}/ASKED.json?every=week`)).status).toBe(400);
});

test('the calendar of releases has each quarter on the day of its last month', async () => {
  const { text } = await get('/statistics/calendar.ics');
  const events = text.split('BEGIN:VEVENT').slice(1);
  const dayOf = (id: string) =>
    /DTSTART;VALUE=DATE:(\d+)/.exec(events.find((event) => event.includes(`snapshot-${id}`)) ?? '')?.[1];
  const next = new Date(Date.now() + 100 * DAY);
  const quarter = Math.ceil((next.getUTCMonth() + 1) / 3);
  const last = String(3 * quarter).padStart(2, '0');
  expect(dayOf(`${next.getUTCFullYear()}-Q${quarter}`)).toBeDefined();
  expect(dayOf(`${next.getUTCFullYear()}-Q${quarter}`)).toBe(dayOf(`${next.getUTCFullYear()}-${last}`));
  expect(text).toContain('Chiffres du trimestre');
});
