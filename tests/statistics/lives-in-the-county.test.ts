import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type pg from 'pg';
import { IndicatorCount } from '../../src/jobs/count-indicator.js';
import { categoriesOf } from '../../src/jobs/freeze-snapshots.js';
import { type CellName, namedCellKeys, textOfCell } from '../../src/statistics/cell-key.js';
import { apart, cellsOf } from '../../src/statistics/disclosure.js';
import { LIVES } from '../../src/statistics/lives.js';
import { MEASURES, type Measure, type MeasureCode } from '../../src/statistics/measures.js';
import { METHOD_NOW, tableOf } from '../../src/statistics/method.js';
import { programmeOf, tablesOfPeriod } from '../../src/statistics/programme.js';
import { EVERY_INDICATOR } from './attacks/lives.js';
import { frozenYear, raiseStatistics, SECRET, type StatisticsStage } from './scene.js';
import { instantInParis, type Team } from './waiting-time/scene.js';

/**
 * The bound over all figures is only as good as its count of cells. So some of the ordinary lives are lived in a district, and each cell is found
 * that the job counts otherwise because of them.
 */
const YEAR = frozenYear();
const TABLE = tableOf(METHOD_NOW);
const PERIODS = [
  YEAR,
  ...['Q1', 'Q2', 'Q3', 'Q4'].map((quarter) => `${YEAR}-${quarter}`),
  ...Array.from({ length: 12 }, (_, nth) => `${YEAR}-${String(nth + 1).padStart(2, '0')}`),
];
let stage: StatisticsStage;
let team: Team;
let client: pg.PoolClient;
let persons = 0;

beforeAll(async () => {
  stage = await raiseStatistics();
  team = await stage.district(3);
  client = await stage.jobs.connect();
});
afterAll(async () => {
  client.release();
  await stage.close();
});

/** True if the county's cell is not published by itself, being the sum of the districts' cells. */
function isInSum(
  measure: MeasureCode,
  { districtId, period, dimensions }: Omit<CellName, 'categories'>,
): boolean {
  if (districtId !== null) return false;
  const of: Measure = MEASURES[measure];
  return tablesOfPeriod(programmeOf({ measure: of, dimensions: of.dimensions, givenBy: null }), period).some(
    ({ sumOf, by }) => sumOf === 'DISTRICTS' && by.join() === dimensions.join(),
  );
}

/** Every published cell of the year, its quarters and its months, and the sum of the record keys in it. */
async function cellsOfTheYear(): Promise<ReadonlyMap<string, number>> {
  const cells = new Map<string, number>();
  const categories = await categoriesOf(client);
  for (const period of PERIODS) {
    const [bounds] = await stage.database.sql<{ from: string; until: string }>(
      'select starts_on::text as from, ends_on::text as until from periods_between($1, $2) where period = $3',
      [`${YEAR}-01-01`, `${YEAR}-12-31`, period],
    );
    const due = {
      period,
      from_at: new Date(instantInParis(`${bounds?.from} 00:00`)),
      until_at: new Date(instantInParis(`${bounds?.until} 00:00`)),
      districts: [team.id],
    };
    for (const [code, { dimensions }] of Object.entries(MEASURES) as [MeasureCode, Measure][]) {
      await client.query('begin');
      const count = new IndicatorCount(
        { id: code, code, measure: code, dimensions, given_by: 'DISTRICT' },
        due,
        categories,
        SECRET,
        TABLE,
        (secret, unit, modulus) => {
          const keys = namedCellKeys(secret, unit, modulus);
          return (name, sum) => {
            if (!isInSum(name.measure as MeasureCode, name)) cells.set(textOfCell(name, 0), sum);
            return keys(name, sum);
          };
        },
      );
      await count.read(client);
      for (const _ of count.tables());
      await client.query('commit');
    }
  }
  return cells;
}

/** The person whose life is lived next. */
const next = (): number => {
  persons += 1;
  return persons;
};
const visits = async (nth: number): Promise<void> => {
  await stage.visit(team.id, `${YEAR}-03-10`, { person: await team.person(nth), outcome: 'ANSWERED' });
};
const asks = (nth: number, more = {}): Promise<string> => team.asks(nth, `${YEAR}-03-10 09:00`, more);
const appointment = (nth: number, status: 'HONOURED' | 'NOT_HONOURED'): Promise<string> =>
  team.appointment(nth, `${YEAR}-04-14 10:00`, { bookedAt: `${YEAR}-04-02 09:00`, status });

const LIVED: Readonly<Partial<Record<keyof typeof LIVES, () => Promise<void>>>> = {
  ONE_APPOINTMENT: async () => {
    const nth = next();
    // They were received before the year: it is no first reception.
    await team.appointment(nth, `${Number(YEAR) - 2}-04-14 10:00`);
    await appointment(nth, 'HONOURED');
  },
  MISSED_ONE: async () => {
    await appointment(next(), 'NOT_HONOURED');
  },
  CAME_WITHOUT_APPOINTMENT: () => visits(next()),
  ASKED_IN_VAIN: async () => {
    await stage.visit(team.id, `${YEAR}-03-10`, { person: await team.person(next()), outcome: 'NO_TIME' });
  },
  CAME_ONCE: async () => {
    const nth = next();
    await visits(nth);
    await appointment(nth, 'HONOURED');
  },
  CAME_URGENTLY: async () => {
    const nth = next();
    await visits(nth);
    const appointmentId = await appointment(nth, 'HONOURED');
    const requestId = await team.asks(nth, `${YEAR}-04-01 09:00`, {
      status: 'BOOKED',
      urgency: 'THIS_WEEK',
      closedAt: instantInParis(`${YEAR}-04-02 09:00`),
      appointmentId,
    });
    await team.offered(requestId, nth, `${YEAR}-04-02 08:00`);
  },
  CAME_ONCE_FROM_THE_LIST: async () => {
    const nth = next();
    await visits(nth);
    const appointmentId = await appointment(nth, 'HONOURED');
    const closedAt = instantInParis(`${YEAR}-04-02 09:00`);
    const requestId = await asks(nth, { status: 'BOOKED', closedAt, appointmentId });
    await team.offered(requestId, nth, `${YEAR}-04-02 08:00`);
  },
  GAVE_UP: async () => {
    const nth = next();
    await visits(nth);
    await asks(nth, { status: 'WITHDRAWN', closedAt: instantInParis(`${YEAR}-04-02 09:00`) });
  },
  ONE_CASE: async () => {
    await opensCase(next());
  },
  ONE_NEED: async () => {
    const caseId = await opensCase(next());
    await stage.make.need({ caseId, code: await aNeed(), startsOn: `${YEAR}-05-04` });
  },
};

/** A case of polyvalence that is open from April on, assigned at once. */
async function opensCase(nth: number): Promise<string> {
  const openedAt = instantInParis(`${YEAR}-04-14 10:00`);
  const caseId = await stage.make.case({ districtId: team.id, mission: 'POLYVALENCE', openedAt });
  await stage.make.casePerson({ caseId, personId: await team.person(nth) });
  await stage.make.assignment({ caseId, workerId: team.worker(0), startsAt: openedAt });
  return caseId;
}
async function aNeed(): Promise<string> {
  const [row] = await stage.database.sql<{ code: string }>(
    `select code from need_code where theme not in ('SANTE', 'VIOLENCES') order by code limit 1`,
  );
  return row?.code ?? '';
}

test.each(Object.keys(LIVED) as (keyof typeof LIVED)[])(
  '%s changes as many cells as the bound counts',
  async (name) => {
    const before = await cellsOfTheYear();
    await LIVED[name]?.();
    const after = await cellsOfTheYear();
    const changed = [...after].filter(([cell, sum]) => before.get(cell) !== sum).map(([cell]) => cell);
    const { units } = LIVES[name];
    const counted = cellsOf(units, EVERY_INDICATOR);
    // One unit in each cell: so the squares add up to the number of cells.
    expect([...counted.values()].every((number) => number === 1)).toBe(true);
    expect(changed).toHaveLength(apart(units, [], EVERY_INDICATOR));
  },
);
