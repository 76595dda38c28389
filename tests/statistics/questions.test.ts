import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MEASURES } from '../../src/statistics/measures.js';
import type { Requester } from '../support/app.js';
import {
  type Cell,
  cellsOf,
  dataOf,
  frozenYear,
  monthsAgo,
  raiseStatistics,
  refusalOf,
  type StatisticsStage,
  TABLE,
} from './scene.js';
import { REPORTING, type Team } from './waiting-time/scene.js';

/** The public programme: what everyone reads, and what is refused to everyone with which reason. */
let stage: StatisticsStage;
let team: Team;
/** A district in which little is counted. */
let small: Team;
let worker: Requester;
const YEAR = frozenYear();
const MONTH = monthsAgo(5);
const YEAR_BEFORE = monthsAgo(17);
const dayOf = (month: string, nth: number): string => `${month}-${String(1 + (nth % 28)).padStart(2, '0')}`;
const OUTCOMES = ['HONOURED', 'HONOURED', 'HONOURED', 'NOT_HONOURED', 'CANCELLED_BY_PERSON'] as const;

beforeAll(async () => {
  stage = await raiseStatistics('APPOINTMENTS', 'NOT_HONOURED', 'OPEN_CASES', 'PERSONS_HELPED', 'NEEDS');
  team = await stage.district(5);
  small = await stage.district(3);
  for (const [of, month, count] of [
    [team, `${YEAR}-03`, 250],
    [team, MONTH, 60],
    [team, YEAR_BEFORE, 60],
    [small, `${YEAR}-03`, 40],
  ] as const)
    for (let nth = 0; nth < count; nth += 1)
      await of.appointment(nth, `${dayOf(month, nth)} 09:00`, {
        status: OUTCOMES[Math.floor(nth / 5) % 5] ?? 'HONOURED',
        person: nth % 40,
      });
  await stage.freeze();
  worker = await stage.app.as(`0.${team.name}`);
});
afterAll(() => stage.close());

const question = (more: Record<string, unknown> = {}) => ({
  indicator: 'APPOINTMENTS',
  period: YEAR,
  districtId: team.id,
  first: 100,
  ...more,
});
const ask = (more: Record<string, unknown> = {}, who = worker) => who.send(TABLE, question(more));

/** What was counted of the team, by outcome. */
async function counted(): Promise<Record<string, number>> {
  const rows = await stage.database.sql<{ status: string; count: number }>(
    `select status::text, count(*)::integer as count from appointment
     where extract(year from starts_at at time zone 'Europe/Paris') = $1 and district_id = $2 group by 1`,
    [Number(YEAR), team.id],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

describe('a table', () => {
  test('has its definition and its method with it', async () => {
    const { data } = await ask();
    expect(data?.['statistics']).toMatchObject({
      period: YEAR,
      indicator: {
        code: 'APPOINTMENTS',
        version: 1,
        labelFr: 'Rendez-vous',
        givenBy: 'DISTRICT',
        unit: 'APPOINTMENT',
        kind: 'FLOW',
      },
      district: { name: expect.any(String) },
      method: { version: 4, variance: 36 },
      dimensions: [],
    });
  });

  test('is near what was counted, and says none as it says few: with noise, and never below 0', async () => {
    const answer = await ask({ by: ['APPOINTMENT_OUTCOME'] });
    const cells = cellsOf(answer);
    const true_ = await counted();
    expect(Object.keys(cells)).toEqual([
      'HONOURED',
      'NOT_HONOURED',
      'LEFT_BEFORE_RECEIVED',
      'CANCELLED_BY_PERSON',
      'CANCELLED_BY_SERVICE',
      'UNKNOWN',
    ]);
    for (const outcome of ['HONOURED', 'NOT_HONOURED', 'CANCELLED_BY_PERSON'])
      expect(Math.abs(Number(cells[outcome]) - (true_[outcome] ?? 0))).toBeLessThanOrEqual(30);
    for (const outcome of ['LEFT_BEFORE_RECEIVED', 'CANCELLED_BY_SERVICE', 'UNKNOWN']) {
      expect(cells[outcome]).toBeGreaterThanOrEqual(0);
      expect(cells[outcome]).toBeLessThanOrEqual(30);
    }
    for (const { node } of dataOf(answer)['statistics'].cells.edges as { node: Cell }[])
      expect([node.low, node.high, node.base]).toEqual([
        Number(node.value) < 24 ? 0 : Number(node.value) - 12,
        Number(node.value) + 12,
        null,
      ]);
  });

  test('by two dimensions is the county’s, in whichever order they are named, and however often it is asked', async () => {
    const of = { districtId: null, by: ['APPOINTMENT_OUTCOME', 'MODE'] };
    const one = await ask(of);
    expect(one.codes).toEqual([]);
    expect((await ask({ ...of, by: ['MODE', 'APPOINTMENT_OUTCOME'] })).text).toBe(one.text);
    expect((await ask(of)).text).toBe(one.text);
  });

  test('of the county counts each appointment once', async () => {
    const total = cellsOf(await ask({ districtId: null }))[''];
    const all = Object.values(await counted()).reduce((sum, count) => sum + count, 0);
    expect(Math.abs(Number(total) - all - 40)).toBeLessThanOrEqual(2 * 30);
  });

  test('of the county is the sum of the districts’ figures', async () => {
    const totals = await Promise.all(
      [null, team.id, small.id].map(async (districtId) => Number(cellsOf(await ask({ districtId }))[''])),
    );
    const [county, ...districts] = totals;
    expect(county).toBe(districts.reduce((sum, one) => sum + one, 0));
    const [{ node }] = dataOf(await ask({ districtId: null }))['statistics'].cells.edges as [{ node: Cell }];
    // Two noises of variance 36 each.
    expect(Number(node.high) - Number(node.value)).toBe(Math.ceil(2 * Math.sqrt(72)));
  });

  test('of a rate is whole per cent, with its base and its interval', async () => {
    const [{ node }] = dataOf(await ask({ indicator: 'NOT_HONOURED' }))['statistics'].cells.edges as [
      { node: Cell },
    ];
    const { HONOURED = 0, NOT_HONOURED = 0 } = await counted();
    const base = HONOURED + NOT_HONOURED;
    expect(Math.abs((node.base ?? 0) - base)).toBeLessThanOrEqual(60);
    expect(Math.abs((node.value ?? 0) - (100 * NOT_HONOURED) / base)).toBeLessThan(14);
    expect(node.low).toBeLessThan(node.value ?? 0);
    expect(node.high).toBeGreaterThan(node.value ?? 100);
  });

  test('of a rate is not told if its interval would be wider than ten points on either side', async () => {
    expect(cellsOf(await ask({ indicator: 'NOT_HONOURED', districtId: small.id }))).toEqual({
      '': 'TOO_FEW',
    });
  });

  test('of needs says of the county alone what is health or violence', async () => {
    const cells = cellsOf(await ask({ indicator: 'NEEDS', by: ['NEED_THEME'] }));
    expect([cells['SANTE'], cells['VIOLENCES'], typeof cells['BUDGET']]).toEqual([
      'COUNTY_ALONE',
      'COUNTY_ALONE',
      'number',
    ]);
    const county = cellsOf(await ask({ indicator: 'NEEDS', by: ['NEED_THEME'], districtId: null }));
    expect(county['VIOLENCES']).toBe('TOO_FEW');
  });

  test('of needs by what they are is not told of a county of two districts', async () => {
    const cells = cellsOf(await ask({ indicator: 'NEEDS', by: ['NEED_CODE'], districtId: null }));
    expect(Object.keys(cells).length).toBeGreaterThan(10);
    expect(new Set(Object.values(cells))).toEqual(new Set(['TOO_FEW']));
  });

  test('comes page by page, each cell once', async () => {
    const of = { districtId: null, by: ['APPOINTMENT_OUTCOME', 'MODE'] };
    const all = cellsOf(await ask(of));
    const pages: [string, unknown][] = [];
    for (let after: string | null = null; ; ) {
      const answer = await ask({ ...of, first: 7, after });
      const { edges, pageInfo } = dataOf(answer)['statistics'].cells;
      for (const { node } of edges as { node: Cell }[])
        pages.push([node.categories.map(({ code }) => code).join('/'), node.value ?? node.withheld]);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(pages).toEqual(Object.entries(all));
  });

  test('has the year before beside it, or says that it is not frozen', async () => {
    const query = `query ($districtId: ID!, $period: String!) { statistics(indicator: "APPOINTMENTS", period: $period, districtId: $districtId)
      { cells(first: 10) { edges { node { value yearBefore { value withheld } } } } } }`;
    const pastOf = async (period: string) =>
      dataOf(await worker.send(query, { districtId: team.id, period }))['statistics'].cells.edges[0].node
        .yearBefore;
    const was = cellsOf(await ask({ period: YEAR_BEFORE }))[''];
    expect(await pastOf(MONTH)).toEqual({ value: was, withheld: null });
    expect(await pastOf(YEAR_BEFORE)).toEqual({ value: null, withheld: 'NOT_FROZEN' });
  });
});

describe('the programme', () => {
  test('is stated by each indicator, and all of it is answered, and nothing else', async () => {
    const { data } = await worker.send(
      '{ indicators(status: ADOPTED) { code dimensions { code } programme { territory period by } } }',
    );
    const indicators = data?.['indicators'] as {
      code: keyof typeof MEASURES;
      dimensions: { code: string }[];
      programme: { territory: string; period: string; by: string[] }[];
    }[];
    expect(indicators.map(({ code }) => code)).toEqual([
      'APPOINTMENTS',
      'NEEDS',
      'NOT_HONOURED',
      'OPEN_CASES',
      'PERSONS_HELPED',
    ]);
    /** The periods of the programme of which this is one. */
    const kindsOf = (period: string): readonly string[] => {
      const month = period.slice(5);
      if (month === '') return ['YEAR'];
      if (month.startsWith('Q')) return ['QUARTER'];
      const untilNovember = month === '12' ? [] : ['MONTH_UNTIL_NOVEMBER'];
      return ['MONTH', ...untilNovember, ...(['03', '06', '09'].includes(month) ? ['QUARTER_END'] : [])];
    };
    const periods = [YEAR, `${YEAR}-Q1`, ...[3, 4, 5].map(monthsAgo)].map(
      (period) => [period, kindsOf(period)] as const,
    );
    for (const { code, dimensions, programme } of indicators) {
      const codes = dimensions.map((one) => one.code);
      const pairs = codes.flatMap((one, nth) => codes.slice(nth + 1).map((other) => [one, other]));
      for (const by of [[], ...codes.map((one) => [one]), ...pairs])
        for (const territory of ['DISTRICT', 'COUNTY'])
          for (const [period, kinds] of periods) {
            const isGiven = programme.some(
              (table) =>
                table.territory === territory &&
                kinds.includes(table.period) &&
                table.by.join() === by.join(),
            );
            const answer = await ask({
              indicator: code,
              period,
              districtId: territory === 'COUNTY' ? null : team.id,
              by,
            });
            const what = [code, period, territory, by.join()];
            expect([...what, refusalOf(answer)[1] ?? 'answered']).toEqual([
              ...what,
              isGiven ? 'answered' : 'NOT_IN_PROGRAMME',
            ]);
          }
    }
  });

  test('is answered alike to everyone, without a token too: asking together gains nothing', async () => {
    const of = [
      question({ by: ['APPOINTMENT_TYPE'] }),
      question({ districtId: null, by: ['APPOINTMENT_OUTCOME', 'MODE'] }),
    ];
    const refused = question({ by: ['APPOINTMENT_OUTCOME', 'MODE'] });
    const readers = await Promise.all([
      stage.app.anonymous,
      stage.app.as('client.reporting', REPORTING),
      stage.app.as('client.booking'),
      stage.app.as(`1.${team.name}`),
    ]);
    for (const one of [...of, refused]) {
      const expected = await worker.send(TABLE, one);
      for (const reader of readers) expect((await reader.send(TABLE, one)).text).toBe(expected.text);
    }
  });

  test('is all that is frozen: no table is kept that nobody is answered', async () => {
    const rows = await stage.database.sql<{ tables: string }>(
      `select distinct concat_ws(' ', i.code, case when length(s.period) = 4 then 'YEAR' when s.period like '%Q%' then 'QUARTER' else 'MONTH' end,
         case when t.district_id is null then 'COUNTY' else 'DISTRICT' end, array_to_string(t.dimensions, '+')) as tables
       from snapshot_table t join snapshot s on s.id = t.snapshot_id join indicator i on i.id = t.indicator_id
       where i.code in ('APPOINTMENTS', 'OPEN_CASES', 'NEEDS') order by 1`,
    );
    expect(rows.map(({ tables }) => tables.trim())).toEqual([
      'APPOINTMENTS MONTH COUNTY',
      'APPOINTMENTS MONTH DISTRICT',
      'APPOINTMENTS QUARTER COUNTY APPOINTMENT_OUTCOME',
      'APPOINTMENTS YEAR COUNTY',
      'APPOINTMENTS YEAR COUNTY APPOINTMENT_OUTCOME',
      'APPOINTMENTS YEAR COUNTY APPOINTMENT_OUTCOME+MODE',
      'APPOINTMENTS YEAR COUNTY APPOINTMENT_TYPE',
      'APPOINTMENTS YEAR DISTRICT',
      'APPOINTMENTS YEAR DISTRICT APPOINTMENT_OUTCOME',
      'APPOINTMENTS YEAR DISTRICT APPOINTMENT_TYPE',
      'NEEDS YEAR COUNTY',
      'NEEDS YEAR COUNTY MISSION',
      'NEEDS YEAR COUNTY NEED_CODE',
      'NEEDS YEAR COUNTY NEED_THEME',
      'NEEDS YEAR COUNTY NEED_THEME+MISSION',
      'NEEDS YEAR DISTRICT',
      'NEEDS YEAR DISTRICT MISSION',
      'NEEDS YEAR DISTRICT NEED_THEME',
      'OPEN_CASES MONTH COUNTY',
      'OPEN_CASES YEAR COUNTY',
      'OPEN_CASES YEAR COUNTY ASSIGNED',
      'OPEN_CASES YEAR COUNTY CASE_AGE',
      'OPEN_CASES YEAR COUNTY MISSION',
      'OPEN_CASES YEAR COUNTY MISSION+CASE_AGE',
      'OPEN_CASES YEAR DISTRICT',
      'OPEN_CASES YEAR DISTRICT ASSIGNED',
      'OPEN_CASES YEAR DISTRICT CASE_AGE',
      'OPEN_CASES YEAR DISTRICT MISSION',
    ]);
  });
});

test('a table that an earlier method froze is answered, though no programme has it any more', async () => {
  const cells = await stage.database.sql<{ id: string }>(
    `with table_ as (select t.snapshot_id, t.indicator_id from snapshot_table t join snapshot s on s.id = t.snapshot_id
         join indicator i on i.id = t.indicator_id where i.code = 'APPOINTMENTS' and s.period = $1 limit 1)
     insert into snapshot_table (id, snapshot_id, indicator_id, district_id, dimensions, cells)
     select gen_random_uuid(), t.snapshot_id, t.indicator_id, $2, '{MODE}', array_fill(7, array[cardinality(d.categories)])
       from table_ t join snapshot_dimension d on d.snapshot_id = t.snapshot_id and d.code = 'MODE' returning id`,
    [YEAR, team.id],
  );
  expect(cells).toHaveLength(1);
  expect(cellsOf(await ask({ by: ['MODE'] }))).toMatchObject({ ON_SITE: 7, PHONE: 7 });
  expect(refusalOf(await ask({ by: ['MODE'], districtId: small.id }))[1]).toBe('NOT_IN_PROGRAMME');
});

describe('refused, with its reason', () => {
  test.each([
    ['a worker', { by: ['WORKER'] }, 'WORKER_DIMENSION', 'by'],
    ['a worker, in French', { by: ['travailleur social référent'] }, 'WORKER_DIMENSION', 'by'],
    ['initials', { by: ['INITIALES'] }, 'WORKER_DIMENSION', 'by'],
    ['who is assigned', { by: ['assignedWorkerId'] }, 'WORKER_DIMENSION', 'by'],
    ['districts side by side', { by: ['DISTRICT'] }, 'RANKING', 'by'],
    ['a ranking', { by: ['RANK'] }, 'RANKING', 'by'],
    ['what is no dimension', { by: ['SHOE_SIZE'] }, 'UNKNOWN_DIMENSION', 'by'],
    ['a dimension of another indicator', { by: ['AGE_BAND'] }, 'UNKNOWN_DIMENSION', 'by'],
    [
      'three',
      { by: ['APPOINTMENT_OUTCOME', 'APPOINTMENT_TYPE', 'MODE'], districtId: null },
      'NOT_IN_PROGRAMME',
      'by',
    ],
    ['a month by a dimension', { by: ['MODE'], period: MONTH }, 'NOT_IN_PROGRAMME', 'by'],
    ['a month to come', { period: '2199-01' }, 'NOT_FROZEN', 'period'],
    ['this month', { period: monthsAgo(0) }, 'NOT_FROZEN', 'period'],
  ])('%s', async (_, more, reason, field) => {
    const answer = await ask(more);
    expect(refusalOf(answer)).toEqual(['STATISTICS_REFUSED', reason, field]);
    expect(answer.data).toEqual({ statistics: null });
  });

  test.each([
    ['an unknown indicator', { indicator: 'MOOD' }, ['NOT_FOUND', undefined, undefined]],
    [
      'an unknown district',
      { districtId: '00000000-0000-4000-8000-000000000000' },
      ['NOT_FOUND', undefined, 'districtId'],
    ],
    ['what is no period', { period: '2026-13' }, ['INVALID_INPUT', undefined, 'period']],
    ['a dimension twice', { by: ['MODE', 'MODE'] }, ['INVALID_INPUT', undefined, 'by']],
    ['a cursor there is not', { after: 'x' }, ['INVALID_INPUT', undefined, 'after']],
    ['a page of 101', { first: 101 }, ['INVALID_INPUT', undefined, 'first']],
  ])('%s', async (_, more, expected) => {
    const [code, reason, field] = refusalOf(await ask(more));
    expect([code, reason]).toEqual(expected.slice(0, 2));
    if (expected[2] !== undefined) expect(field).toBe(expected[2]);
  });

  test('no argument sorts, ranks or names a worker', async () => {
    const schema = await worker.send(
      `{ __schema { queryType { fields { name args { name } } } types { name fields { name } inputFields { name } enumValues { name } } } }`,
    );
    const asked = dataOf(schema)['__schema'].queryType.fields.find(
      ({ name }: { name: string }) => name === 'statistics',
    );
    expect(asked.args.map(({ name }: { name: string }) => name)).toEqual([
      'indicator',
      'period',
      'districtId',
      'by',
    ]);
    const words = (
      dataOf(schema)['__schema'].types as {
        name: string;
        fields: { name: string }[] | null;
        inputFields: { name: string }[] | null;
        enumValues: { name: string }[] | null;
      }[]
    )
      .filter(({ name }) =>
        /^(Statistics|Snapshot|Indicator|ProposeIndicator|AddObservation|StateOpinion|WaitSimulation|WaitForecast|SimulateWait)/.test(
          name,
        ),
      )
      .flatMap(({ name, fields, inputFields, enumValues }) =>
        [...(fields ?? []), ...(inputFields ?? []), ...(enumValues ?? [])].map((of) => `${name}.${of.name}`),
      );
    expect(words.length).toBeGreaterThan(60);
    // The one that says why something is not counted.
    expect(words.filter((word) => /worker|agent|initial|rank|order|sort|score|target/i.test(word))).toEqual([
      'IndicatorRefusal.ABOUT_WORKERS',
    ]);
    const indicators = await worker.send('{ indicators { dimensions { code } } }');
    const codes = new Set(
      (dataOf(indicators)['indicators'] as { dimensions: { code: string }[] }[]).flatMap(({ dimensions }) =>
        dimensions.map(({ code }) => code),
      ),
    );
    expect([...codes].filter((code) => /WORKER|AGENT|DISTRICT|POST/.test(code))).toEqual([]);
  });
});
