import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Requester } from '../support/app.js';
import { REPORTING, type Team } from '../waiting-time/scene.js';
import {
  type Cell,
  cellsOf,
  dataOf,
  monthsAgo,
  raiseStatistics,
  refusalOf,
  type StatisticsStage,
  TABLE,
} from './scene.js';

/** What may be asked of protected statistics, and what is refused with which reason. */
let stage: StatisticsStage;
let team: Team;
let worker: Requester;
let reporting: Requester;
const MONTH = monthsAgo(5);
const YEAR_BEFORE = monthsAgo(17);
const at = (nth: number): string => `${MONTH}-${String(1 + (nth % 28)).padStart(2, '0')}`;
/** Each worker has some of each: what is one worker’s alone is not told. */
const OUTCOMES = ['HONOURED', 'HONOURED', 'HONOURED', 'NOT_HONOURED', 'CANCELLED_BY_PERSON'] as const;

beforeAll(async () => {
  stage = await raiseStatistics('APPOINTMENTS', 'NOT_HONOURED', 'OPEN_CASES');
  team = await stage.district(5);
  for (let nth = 0; nth < 150; nth += 1)
    await team.appointment(nth, `${at(nth)} 09:00`, {
      status: OUTCOMES[Math.floor(nth / 5) % 5] ?? 'HONOURED',
      person: nth % 40,
    });
  for (let nth = 0; nth < 60; nth += 1)
    await team.appointment(nth, `${YEAR_BEFORE}-${String(1 + (nth % 28)).padStart(2, '0')} 09:00`, {
      person: nth % 40,
    });
  await stage.freeze();
  worker = await stage.app.as(`0.${team.name}`);
  reporting = await stage.app.as('client.reporting', REPORTING);
});
afterAll(() => stage.close());

const question = (more: Record<string, unknown> = {}) => ({
  indicator: 'APPOINTMENTS',
  period: MONTH,
  districtId: team.id,
  first: 100,
  ...more,
});
const ask = (more: Record<string, unknown> = {}, who = worker) => who.send(TABLE, question(more));

describe('a table', () => {
  test('has its definition, version and method with it', async () => {
    const { data } = await ask({ version: 2 });
    expect(data?.['statistics']).toMatchObject({
      period: MONTH,
      version: 2,
      tablesLeft: null,
      indicator: {
        code: 'APPOINTMENTS',
        version: 1,
        labelFr: 'Rendez-vous',
        threshold: 6,
        unit: 'APPOINTMENT',
        kind: 'FLOW',
      },
      district: { name: expect.any(String) },
      method: { version: 2, variance: 10 },
      dimensions: [],
    });
  });

  test('is near what was counted, and hides what is few, none included', async () => {
    const cells = cellsOf(await ask({ by: ['APPOINTMENT_OUTCOME'] }));
    expect(Object.keys(cells)).toEqual([
      'HONOURED',
      'NOT_HONOURED',
      'LEFT_BEFORE_RECEIVED',
      'CANCELLED_BY_PERSON',
      'CANCELLED_BY_SERVICE',
      'UNKNOWN',
    ]);
    for (const [outcome, count] of [
      ['HONOURED', 90],
      ['NOT_HONOURED', 30],
      ['CANCELLED_BY_PERSON', 30],
    ] as const)
      expect(Math.abs(Number(cells[outcome]) - count)).toBeLessThanOrEqual(16);
    expect([cells['LEFT_BEFORE_RECEIVED'], cells['CANCELLED_BY_SERVICE'], cells['UNKNOWN']]).toEqual([
      'TOO_FEW',
      'TOO_FEW',
      'TOO_FEW',
    ]);
  });

  test('says zero of what cannot be: no first reception is at home', async () => {
    const cells = cellsOf(await ask({ by: ['APPOINTMENT_TYPE', 'MODE'] }));
    expect(cells['FIRST_RECEPTION/HOME']).toBe(0);
    expect(cells['FIRST_RECEPTION/VIDEO']).toBe('TOO_FEW');
    expect(Number(cells['FIRST_RECEPTION/ON_SITE'])).toBeGreaterThan(100);
  });

  test('is the same in whichever order its dimensions are named, and however often it is asked', async () => {
    const one = await ask({ by: ['APPOINTMENT_OUTCOME', 'MODE'] });
    const other = await ask({ by: ['MODE', 'APPOINTMENT_OUTCOME'] });
    expect(other.text).toBe(one.text);
    expect((await ask({ by: ['APPOINTMENT_OUTCOME', 'MODE'] })).text).toBe(one.text);
  });

  test('of the county counts each appointment once', async () => {
    const total = cellsOf(await ask({ districtId: null }))[''];
    expect(Math.abs(Number(total) - 150)).toBeLessThanOrEqual(16);
  });

  test('of a rate is whole per cent of two protected counts', async () => {
    const counts = cellsOf(await ask({ by: ['APPOINTMENT_OUTCOME'] }));
    const [away, came] = [Number(counts['NOT_HONOURED']), Number(counts['HONOURED'])];
    expect(cellsOf(await ask({ indicator: 'NOT_HONOURED' }))['']).toBe(
      Math.round((100 * away) / (away + came)),
    );
  });

  test('comes page by page, each cell once', async () => {
    const all = cellsOf(await ask({ by: ['APPOINTMENT_TYPE', 'MODE'] }));
    const pages: [string, unknown][] = [];
    for (let after: string | null = null; ; ) {
      const answer = await ask({ by: ['APPOINTMENT_TYPE', 'MODE'], first: 7, after });
      const { edges, pageInfo } = dataOf(answer)['statistics'].cells;
      for (const { node } of edges as { node: Cell }[])
        pages.push([node.categories.map(({ code }) => code).join('/'), node.value ?? node.withheld]);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(pages).toEqual(Object.entries(all));
  });

  test('has the year before beside it, or says that it is not frozen', async () => {
    const query = `query ($districtId: ID!, $period: String!, $indicator: String!) { statistics(indicator: $indicator, period: $period, districtId: $districtId, by: ["MODE"])
      { cells(first: 10) { edges { node { value categories { code } yearBefore { value withheld } } } } } }`;
    const answer = await worker.send(query, {
      districtId: team.id,
      period: MONTH,
      indicator: 'APPOINTMENTS',
    });
    expect(answer.codes).toEqual([]);
    const before = (dataOf(answer)['statistics'].cells.edges as { node: { yearBefore: unknown } }[]).map(
      ({ node }) => node.yearBefore,
    );
    const was = cellsOf(await ask({ period: YEAR_BEFORE, by: ['MODE'] }));
    expect(before).toEqual(
      Object.values(was).map((value) =>
        typeof value === 'number' ? { value, withheld: null } : { value: null, withheld: 'TOO_FEW' },
      ),
    );
    const long = await worker.send(query, {
      districtId: team.id,
      period: YEAR_BEFORE,
      indicator: 'APPOINTMENTS',
    });
    for (const { node } of dataOf(long)['statistics'].cells.edges)
      expect(node.yearBefore).toEqual({ value: null, withheld: 'NOT_FROZEN' });
  });
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
    ['four', { by: ['A', 'B', 'C', 'D'] }, 'TOO_MANY_DIMENSIONS', 'by'],
    ['a month to come', { period: '2199-01' }, 'NOT_FROZEN', 'period'],
    ['this month', { period: monthsAgo(0) }, 'NOT_FROZEN', 'period'],
    ['a version there is not', { version: 3 }, 'NOT_FROZEN', 'period'],
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
      'version',
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
        /^(Statistics|Snapshot|Indicator|ProposeIndicator|AddObservation|StateOpinion)/.test(name),
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

describe('a reporting client', () => {
  const left = async (more: Record<string, unknown> = {}): Promise<number> =>
    (await ask(more, reporting)).data?.['statistics'].tablesLeft;

  test('has a budget for an indicator, a territory and a year; what it has had costs nothing', async () => {
    expect(await left()).toBe(15);
    expect(await left()).toBe(15);
    expect(await left({ by: ['MODE'] })).toBe(14);
    expect(await left({ districtId: null })).toBe(15);
    expect(await left({ indicator: 'NOT_HONOURED' })).toBe(15);
    expect(await left({ period: YEAR_BEFORE })).toBe(15);
  });

  test('asks for no more once it is spent, keeps what it had, and is alone in it', async () => {
    const questions = ['1', '2'].flatMap((version) =>
      [MONTH, monthsAgo(6), monthsAgo(7)].flatMap((period) =>
        [[], ['MODE'], ['APPOINTMENT_OUTCOME'], ['APPOINTMENT_TYPE'], ['MODE', 'APPOINTMENT_TYPE']].map(
          (by) => ({
            by,
            period,
            version: Number(version),
          }),
        ),
      ),
    );
    const ofYear = questions.filter(({ period }) => period.slice(0, 4) === MONTH.slice(0, 4));
    const refusals: unknown[] = [];
    for (const one of ofYear) {
      const answer = await ask(one, reporting);
      if (refusalOf(answer)[1] === 'BUDGET_SPENT') refusals.push(one);
    }
    const [spent] = await stage.database.sql<{ asked: number }>(
      `select asked from statistics_budget where code = 'APPOINTMENTS' and district_id = $1 and year = $2`,
      [team.id, Number(MONTH.slice(0, 4))],
    );
    expect(spent?.asked).toBe(Math.min(16, ofYear.length));
    expect(refusals).toHaveLength(Math.max(0, ofYear.length - 16));
    expect((await ask({ version: 1 }, reporting)).codes).toEqual([]);
    expect((await ask({ by: ['MODE', 'APPOINTMENT_OUTCOME'] })).codes).toEqual([]);
  });

  test('cannot spend the last of it twice, by asking at once', async () => {
    await stage.database.sql(
      `update statistics_budget set asked = 15 where code = 'APPOINTMENTS' and district_id is null and year = $1`,
      [Number(MONTH.slice(0, 4))],
    );
    const choices = [['MODE'], ['APPOINTMENT_OUTCOME'], ['APPOINTMENT_TYPE'], ['APPOINTMENT_TYPE', 'MODE']];
    const answers = await Promise.all(choices.map((by) => ask({ by, districtId: null }, reporting)));
    expect(answers.filter(({ codes }) => codes.length === 0)).toHaveLength(1);
    expect(
      answers.map((answer) => refusalOf(answer)[1]).filter((reason) => reason === 'BUDGET_SPENT'),
    ).toHaveLength(3);
  });

  test('may ask for many tables at once', async () => {
    await stage.database.sql('delete from statistics_question');
    await stage.database.sql('delete from statistics_budget');
    const choices = [
      [],
      ['MODE'],
      ['APPOINTMENT_OUTCOME'],
      ['APPOINTMENT_TYPE'],
      ['APPOINTMENT_TYPE', 'MODE'],
      ['MODE', 'APPOINTMENT_OUTCOME'],
    ];
    const questions = [1, 2].flatMap((version) => choices.map((by) => ({ by, version })));
    const answers = await Promise.all(questions.map((one) => ask(one, reporting)));
    expect(answers.map((answer) => refusalOf(answer)[0]).filter((code) => code !== undefined)).toEqual([]);
    const [spent] = await stage.database.sql<{ asked: number }>('select asked from statistics_budget');
    expect(spent?.asked).toBe(questions.length);
  });

  test('is logged, each time', async () => {
    const logged = async (): Promise<number> => {
      const [row] = await stage.database.sql<{ count: number }>(
        `select count(*)::integer as count from access_log where action = 'READ_STATISTICS' and actor_kind = 'CLIENT'`,
      );
      return row?.count ?? 0;
    };
    const before = await logged();
    await ask({}, reporting);
    await ask({ by: ['WORKER'] }, reporting);
    expect(await logged()).toBe(before + 2);
  });

  test('reads by hand no table that it has not asked for', async () => {
    const [counts] = await stage.database.sql<{ all: number; asked: number }>(
      `select (select count(*)::integer from snapshot_table) as all, (select count(*)::integer from statistics_question) as asked`,
    );
    const { data } = await reporting.send('{ viewer { kind } }');
    expect(data).toEqual({ viewer: { kind: 'CLIENT' } });
    expect(await tablesByHand()).toBe(counts?.asked);
    expect(counts?.all).toBeGreaterThan(counts?.asked ?? 0);
  });

  async function tablesByHand(): Promise<number> {
    const pg = await import('pg');
    const client = new pg.default.Client({ connectionString: stage.database.urlAs('cosmos_app') });
    await client.connect();
    try {
      await client.query('begin');
      await client.query(
        `select login('https://issuer.cosmos.invalid', 'client.reporting', 'client.reporting', '{statistics:read}')`,
      );
      const { rowCount } = await client.query('select from snapshot_table');
      return rowCount ?? 0;
    } finally {
      await client.end();
    }
  }
});
