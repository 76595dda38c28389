import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cellsOf, frozenYear, monthsAgo, raiseStatistics, type StatisticsStage, TABLE } from './scene.js';
import { REPORTING, type Team } from './waiting-time/scene.js';

/** Files of statistics over plain HTTP: what the API answers, to everyone. */
let stage: StatisticsStage;
let team: Team;
let other: Team;
const tokens: Record<string, string> = {};
const MONTH = monthsAgo(5);
const YEAR = frozenYear();

beforeAll(async () => {
  stage = await raiseStatistics('APPOINTMENTS', 'VISITS', 'NEEDS', 'STILL_WAITING');
  team = await stage.district(5);
  other = await stage.district(5);
  for (let nth = 0; nth < 80; nth += 1) {
    const day = String(1 + (nth % 28)).padStart(2, '0');
    await team.appointment(nth, `${MONTH}-${day} 09:00`, { person: nth % 40 });
    await other.appointment(nth, `${MONTH}-${day} 11:00`, { person: nth % 40 });
    for (const one of [team, other])
      await one.appointment(nth, `${YEAR}-03-${day} 14:00`, { person: nth % 40 });
  }
  await stage.freeze();
  tokens['reporting'] = await stage.app.token('client.reporting', REPORTING);
  tokens['worker'] = await stage.app.token(`0.${team.name}`);
});
afterAll(() => stage.close());

interface File {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}
async function get(path: string, who: string | null = 'worker', more: RequestInit = {}): Promise<File> {
  const authorization: Record<string, string> =
    who === null ? {} : { authorization: `Bearer ${tokens[who]}` };
  const response = await fetch(`${stage.app.url}${path}`, {
    ...more,
    headers: { ...authorization, ...more.headers },
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}
async function slugOf(id: string): Promise<string | undefined> {
  const [row] = await stage.database.sql<{ slug: string }>('select slug from district where id = $1', [id]);
  return row?.slug;
}
/** What a category is called in French, by its code. */
async function labelsOf(dimension: string): Promise<Record<string, string>> {
  const [row] = await stage.database.sql<{ labels: Record<string, string> }>(
    `select jsonb_object(categories, categories_fr) as labels from snapshot_dimension where code = $1 limit 1`,
    [dimension],
  );
  return row?.labels ?? {};
}
const reasonOf = ({ text }: File): unknown[] => {
  const [error] = JSON.parse(text).errors;
  return [error.extensions.code, error.extensions.reason];
};

describe('a file', () => {
  test('has the cells of the table, a line each, with what they are of', async () => {
    const { status, text, headers } = await get(
      `/statistics/${YEAR}/APPOINTMENTS.csv?district=${team.id}&by=APPOINTMENT_OUTCOME`,
    );
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    const [head, ...lines] = text.split('\r\n');
    expect(head).toBe(
      'indicator,indicator_version,period,frozen_on,district_id,district,appointment_outcome,appointment_outcome_label,value,low,high,base,withheld',
    );
    const cells = cellsOf(
      await (await stage.app.as(`0.${team.name}`)).send(TABLE, {
        indicator: 'APPOINTMENTS',
        period: YEAR,
        districtId: team.id,
        by: ['APPOINTMENT_OUTCOME'],
        first: 100,
      }),
    );
    expect(lines.pop()).toBe('');
    const labels = await labelsOf('APPOINTMENT_OUTCOME');
    const rows = lines.map((line) => line.split(','));
    expect(rows.filter(([, , , , district]) => district === team.id)).toEqual(
      Object.entries(cells).map(([category, told]) => [
        'APPOINTMENTS',
        '1',
        YEAR,
        expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        team.id,
        expect.any(String),
        category,
        labels[category],
        ...(typeof told === 'number'
          ? [String(told), String(told < 24 ? 0 : told - 12), String(told + 12), '', '']
          : ['', '', '', '', told]),
      ]),
    );
  });

  test('in JSON has the same rows', async () => {
    const path = `/statistics/${YEAR}/APPOINTMENTS`;
    const query = '?by=MODE,APPOINTMENT_OUTCOME';
    const [csv, json] = [await get(`${path}.csv${query}`), await get(`${path}.json${query}`)];
    const [head = '', ...lines] = csv.text.trimEnd().split('\r\n');
    const rows = JSON.parse(json.text) as Record<string, unknown>[];
    expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(
      rows.map((row) => Object.values(row).map((value) => (value === null ? '' : String(value)))),
    ).toEqual(lines.map((line) => line.split(',')));
    expect(Object.keys(rows[0] ?? {})).toEqual(head.split(','));
  });

  test('says the same as the API of each cell, told or not', async () => {
    const by = ['APPOINTMENT_OUTCOME', 'MODE'];
    const answer = await stage.app.anonymous.send(
      `query ($indicator: String!, $period: String!, $by: [String!]!) {
        statistics(indicator: $indicator, period: $period, by: $by) { cells(first: 100) { edges { node { value low high base withheld } } } } }`,
      { indicator: 'APPOINTMENTS', period: YEAR, by },
    );
    expect(answer.errors).toEqual([]);
    const cells = answer.data?.['statistics'].cells.edges.map(({ node }: { node: unknown }) => node);
    const { text } = await get(`/statistics/${YEAR}/APPOINTMENTS.json?by=${by.join(',')}`, null);
    const rows = JSON.parse(text) as Record<string, unknown>[];
    expect(
      rows.map(({ value, low, high, base, withheld }) => ({ value, low, high, base, withheld })),
    ).toEqual(cells);
  });

  test('of a district has the county beside it, and no other district', async () => {
    for (const district of [team.id, (await slugOf(team.id)) ?? '']) {
      const { text } = await get(`/statistics/${YEAR}/APPOINTMENTS.json?every=month&district=${district}`);
      const rows = JSON.parse(text) as { district_id: string | null; period: string }[];
      expect(new Set(rows.map(({ district_id }) => district_id))).toEqual(new Set([team.id, null]));
      const months = (of: string | null) =>
        rows.filter(({ district_id }) => district_id === of).map(({ period }) => period);
      expect(months(team.id)).toEqual(months(null));
    }
  });

  test('of a district is refused where the programme has a table of the county alone', async () => {
    const path = `/statistics/${YEAR}/APPOINTMENTS.csv?by=APPOINTMENT_OUTCOME,MODE`;
    expect((await get(path)).status).toBe(200);
    expect(reasonOf(await get(`${path}&district=${team.id}`))).toEqual([
      'STATISTICS_REFUSED',
      'NOT_IN_PROGRAMME',
    ]);
  });

  test('of all districts is a league table, which nobody gets', async () => {
    for (const who of ['worker', 'reporting'])
      for (const every of ['', '&every=month']) {
        const file = await get(`/statistics/${YEAR}/APPOINTMENTS.csv?district=all${every}`, who);
        expect([file.status, ...reasonOf(file)]).toEqual([400, 'STATISTICS_REFUSED', 'RANKING']);
      }
    const both = (await stage.database.sql<{ id: string }>('select id from district limit 2')).map(
      ({ id }) => id,
    );
    expect((await get(`/statistics/${MONTH}/APPOINTMENTS.csv?district=${both.join(',')}`)).status).toBe(404);
  });

  test('of each month of a year has those that are frozen; of the county, an empty district', async () => {
    const { text } = await get(`/statistics/${YEAR}/APPOINTMENTS.json?every=month`);
    const rows = JSON.parse(text) as { period: string; district_id: unknown }[];
    // From when it was adopted on.
    const frozen = await stage.database.sql(
      `select from snapshot where period like $1 and period not like '%Q%' and ends_on > (select adopted_on from indicator where code = 'APPOINTMENTS')`,
      [`${YEAR}-__`],
    );
    expect(rows).toHaveLength(frozen.length);
    expect(rows.map(({ period }) => period)).toEqual(rows.map(({ period }) => period).sort());
    expect(new Set(rows.map(({ district_id }) => district_id))).toEqual(new Set([null]));
  });

  test('has a Table Schema that its rows fit, and that leads to it', async () => {
    const csv = await get(`/statistics/${YEAR}/APPOINTMENTS.csv?district=${team.id}&by=APPOINTMENT_TYPE`);
    const link = csv.headers.get('link') ?? '';
    expect(link).toMatch(/; rel="describedby"; type="application\/json"$/);
    const { text, status } = await get(/<(.+?)>/.exec(link)?.[1] ?? '');
    expect(status).toBe(200);
    const schema = JSON.parse(text) as {
      fields: {
        name: string;
        type: string;
        constraints?: { enum?: string[]; required?: boolean; pattern?: string; minimum?: number };
      }[];
      missingValues: string[];
      primaryKey: string[];
      description: string;
    };
    const [head = '', ...lines] = csv.text.trimEnd().split('\r\n');
    expect(schema.fields.map(({ name }) => name)).toEqual(head.split(','));
    expect(schema.missingValues).toEqual(['']);
    expect(schema.description).toContain('Ne compte pas');
    const keys = new Set<string>();
    for (const line of lines) {
      const values = line.split(',');
      keys.add(
        schema.primaryKey
          .map((name) => values[schema.fields.findIndex((field) => field.name === name)])
          .join('|'),
      );
      for (const [nth, { type, constraints }] of schema.fields.entries()) {
        const value = values[nth] ?? '';
        if (value === '') {
          expect(constraints?.required).not.toBe(true);
          continue;
        }
        if (constraints?.enum !== undefined) expect(constraints.enum).toContain(value);
        if (type === 'integer') expect(Number.isInteger(Number(value))).toBe(true);
        if (constraints?.pattern !== undefined) expect(value).toMatch(new RegExp(`^${constraints.pattern}$`));
      }
    }
    expect(keys.size).toBe(lines.length);
  });
});

describe('its tag', () => {
  test('is strong, the same for the same file, and answers 304', async () => {
    const path = `/statistics/${YEAR}/APPOINTMENTS.csv?by=APPOINTMENT_TYPE`;
    const first = await get(path);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[A-Za-z0-9_-]{43}"$/);
    const again = await get(path, 'worker', { headers: { 'if-none-match': tag } });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', tag]);
    expect((await get(path, 'worker', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    const head = await get(path, 'worker', { method: 'HEAD' });
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', tag]);
  });

  test('is another one of another file', async () => {
    const tags = await Promise.all(
      [
        'csv?by=APPOINTMENT_TYPE',
        'json?by=APPOINTMENT_TYPE',
        'csv',
        `csv?by=APPOINTMENT_TYPE&district=${team.id}`,
      ].map(async (rest) => (await get(`/statistics/${YEAR}/APPOINTMENTS.${rest}`)).headers.get('etag')),
    );
    expect(new Set(tags).size).toBe(tags.length);
  });
});

describe('whose it is', () => {
  const path = `/statistics/${MONTH}/APPOINTMENTS.csv`;
  test('everyone’s, byte for byte, and a cache may keep it; of who shows a bad token nobody’s', async () => {
    const [worker, client, anonymous] = await Promise.all(
      ['worker', 'reporting', null].map((who) => get(path, who)),
    );
    expect(anonymous?.status).toBe(200);
    expect([worker?.text, client?.text]).toEqual([anonymous?.text, anonymous?.text]);
    expect(anonymous?.headers.get('cache-control')).toBe('public, no-cache');
    expect(anonymous?.headers.get('vary')).toBeNull();
    const bad = await get(path, null, { headers: { authorization: 'Bearer x.y.z' } });
    expect([bad.status, bad.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
  });

  test('and is no line of the access log: it is about nobody', async () => {
    const count = async () =>
      (await stage.database.sql<{ count: number }>('select count(*)::integer as count from access_log'))[0]
        ?.count;
    const before = await count();
    for (const who of ['worker', 'reporting', null]) await get(path, who);
    expect(await count()).toBe(before);
  });
});

describe('refused, with its reason', () => {
  test.each([
    [
      'by worker',
      `/statistics/${MONTH}/APPOINTMENTS.csv?by=WORKER`,
      400,
      'STATISTICS_REFUSED',
      'WORKER_DIMENSION',
    ],
    [
      'by district',
      `/statistics/${MONTH}/APPOINTMENTS.csv?by=DISTRICT`,
      400,
      'STATISTICS_REFUSED',
      'RANKING',
    ],
    [
      'by what it has not',
      `/statistics/${MONTH}/APPOINTMENTS.csv?by=AGE_BAND`,
      400,
      'STATISTICS_REFUSED',
      'UNKNOWN_DIMENSION',
    ],
    [
      'finer than the programme',
      `/statistics/${MONTH}/APPOINTMENTS.csv?by=APPOINTMENT_TYPE`,
      400,
      'STATISTICS_REFUSED',
      'NOT_IN_PROGRAMME',
    ],
    ['of a month to come', '/statistics/2199-01/APPOINTMENTS.csv', 404, 'STATISTICS_REFUSED', 'NOT_FROZEN'],
    ['of no indicator', `/statistics/${MONTH}/MOOD.csv`, 404, 'NOT_FOUND', undefined],
    ['of no district', `/statistics/${MONTH}/APPOINTMENTS.csv?district=nowhere`, 404, 'NOT_FOUND', undefined],
    ['sorted', `/statistics/${MONTH}/APPOINTMENTS.csv?sort=value`, 400, 'INVALID_INPUT', undefined],
    ['twice', `/statistics/${MONTH}/APPOINTMENTS.csv?by=MODE&by=MODE`, 400, 'INVALID_INPUT', undefined],
    [
      'each month of a month',
      `/statistics/${MONTH}/APPOINTMENTS.csv?every=month`,
      400,
      'INVALID_INPUT',
      undefined,
    ],
    ['of no month', '/statistics/2026-13/APPOINTMENTS.csv', 400, 'INVALID_INPUT', undefined],
  ])('%s', async (_, path, status, code, reason) => {
    const file = await get(path);
    expect([file.status, ...reasonOf(file)]).toEqual([status, code, reason]);
    if (
      !path.includes('sort') &&
      !path.includes('every') &&
      !path.includes('&by=') &&
      !path.includes('nowhere')
    ) {
      const schema = await get(path.replace('.csv', '.schema.json'));
      expect([schema.status, ...reasonOf(schema)]).toEqual([status, code, reason]);
    }
  });

  test('posted', async () => {
    const { status, headers } = await get(`/statistics/${MONTH}/APPOINTMENTS.csv`, 'worker', {
      method: 'POST',
    });
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});
