import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { notTold, raiseStage, type Stage, type Team, told } from './scene.js';

/** Délai d’attente of a month: worked out by hand on a few appointments, and told of no few. */
let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage.close());

const two = (value: number): string => String(value).padStart(2, '0');

/** So many appointments of as many persons with three workers, one a day from the 1st on. */
async function appointments(team: Team, month: string, count: number, status = 'HONOURED', from = 0) {
  for (let nth = from; nth < from + count; nth += 1)
    await team.appointment(nth, `${month}-${two(1 + (nth % 28))} ${two(8 + Math.floor(nth / 28))}:00`, {
      status,
    });
}

describe('asked→held', () => {
  test('is the median of days from booking to what was honoured in the month', async () => {
    const team = await stage.district(3);
    for (const [nth, [bookedAt, startsAt]] of (
      [
        ['2025-06-01 09:00', '2025-06-03 09:00'],
        ['2025-06-01 09:00', '2025-06-05 09:00'],
        ['2025-06-03 18:00', '2025-06-12 08:30'],
        ['2025-05-28 09:00', '2025-06-17 10:00'],
        ['2025-05-01 09:00', '2025-06-30 10:00'],
      ] as const
    ).entries())
      await team.appointment(nth, startsAt, { bookedAt });
    // 2, 4, 9, 20, 60.
    await team.freeze('2025-06');
    expect((await team.month('2025-06')).askedToHeld).toEqual(told(9));
  });

  test('begins when they first asked to wait, if that was before', async () => {
    const team = await stage.district(3);
    for (let nth = 0; nth < 5; nth += 1) {
      const appointment = await team.appointment(nth, `2025-06-2${nth} 09:00`, {
        bookedAt: '2025-06-18 09:00',
      });
      await team.asks(nth, `2025-06-1${nth} 09:00`, {
        status: 'BOOKED',
        closed_at: '2025-06-18T07:00:00Z',
        appointment_id: appointment,
      });
    }
    await team.freeze('2025-06');
    expect((await team.month('2025-06')).askedToHeld).toEqual(told(10));
  });

  test('leaves out what the service asked for itself, and what was written down afterwards', async () => {
    const team = await stage.district(3);
    for (let nth = 0; nth < 5; nth += 1)
      await team.appointment(nth, `2025-06-1${nth} 09:00`, { bookedAt: `2025-06-0${nth + 7} 09:00` });
    for (let nth = 0; nth < 9; nth += 1) {
      await team.appointment(nth, `2025-06-1${nth} 14:00`, {
        bookedAt: '2025-01-02 09:00',
        askedBy: 'SERVICE',
      });
      await team.appointment(nth, `2025-06-1${nth} 16:00`, { bookedAt: `2025-06-1${nth} 17:00` });
    }
    await team.freeze('2025-06');
    // 3, five times: without the rest.
    expect((await team.month('2025-06')).askedToHeld).toEqual(told(3));
  });

  test('leaves out collective appointments, for which nobody asks', async () => {
    const team = await stage.district(3);
    await team.meeting('2025-06-30 09:00', { bookedAt: '2025-05-01 09:00' });
    await team.freeze('2025-06');
    expect((await team.month('2025-06')).askedToHeld).toEqual(notTold('TOO_FEW_WORKERS'));
    await appointments(team, '2025-07', 5);
    for (let nth = 0; nth < 6; nth += 1)
      await team.meeting(`2025-07-1${nth} 14:00`, { bookedAt: '2025-05-01 09:00' });
    await team.freeze('2025-07');
    // 0, five times.
    expect((await team.month('2025-07')).askedToHeld).toEqual(told(0));
  });

  test('tells how long nine in ten waited from 20 persons on, and not of 19', async () => {
    const team = await stage.district(3);
    const book = (nth: number, month: string): Promise<string> =>
      team.appointment(nth, `${month}-28 09:00`, { bookedAt: `${month}-${two(27 - nth)} 09:00` });
    for (let nth = 0; nth < 20; nth += 1) await book(nth, '2025-06');
    for (let nth = 0; nth < 19; nth += 1) await book(nth, '2025-07');
    await team.freeze('2025-06');
    await team.freeze('2025-07');
    // 1 to 20 days, and 1 to 19.
    expect((await team.month('2025-06')).askedToHeld).toEqual(told(10, 18));
    expect((await team.month('2025-07')).askedToHeld).toEqual(told(10));
  });
});

describe('the month in which the clock changes', () => {
  test.each([
    [
      '2025-03',
      '2025-03-29 23:30',
      '2025-03-31 00:15',
      '2025-03-01 00:00',
      '2025-03-31 23:45',
      '2025-04-01 00:15',
    ],
    [
      '2025-10',
      '2025-10-25 23:30',
      '2025-10-27 00:15',
      '2025-10-01 00:00',
      '2025-10-31 23:45',
      '2025-11-01 00:15',
    ],
  ])(
    '%s begins and ends at midnight in Paris, and its days are those of the calendar',
    async (month, asked, held, first, last, next) => {
      const team = await stage.district(3);
      for (let nth = 0; nth < 3; nth += 1) await team.appointment(nth, held, { bookedAt: asked });
      await team.appointment(3, first, { bookedAt: first });
      await team.appointment(4, last, { bookedAt: first });
      // Not of this month, and the sixth and seventh person of none.
      await team.appointment(5, next, { bookedAt: '2025-01-02 09:00' });
      await team.freeze(month);
      // 0, 2, 2, 2, 30.
      expect((await team.month(month)).askedToHeld).toEqual(told(2));
    },
  );
});

describe('asked→offered', () => {
  test('is the days until the first offer, whatever came of it, in the month of that offer', async () => {
    const team = await stage.district(3);
    for (let nth = 0; nth < 5; nth += 1) {
      const request = await team.asks(nth, '2025-05-20 09:00');
      await team.offered(request, nth, `2025-06-0${nth + 1} 09:00`);
      await team.offered(request, nth, `2025-06-2${nth} 09:00`);
    }
    const [sooner] = [await team.asks(5, '2025-01-20 09:00')];
    await team.offered(sooner, 1, '2025-05-31 09:00');
    await team.offered(sooner, 1, '2025-06-01 09:00');
    await team.freeze('2025-06');
    // 12 to 16.
    expect((await team.month('2025-06')).askedToOffered).toEqual(told(14));
  });
});

describe('whoever objects to statistics', () => {
  /** Five wait for two days each, and six others, who may object, for forty. All still wait at the end of the month. */
  async function eleven(objecting: boolean): Promise<Team> {
    const team = await stage.district(0);
    for (let nth = 0; nth < 3; nth += 1) await team.joins({ from: '2025-06-01', until: '2025-07-01' });
    for (let nth = 0; nth < 11; nth += 1) {
      const askedAt = nth < 5 ? '2025-06-03 09:00' : '2025-04-26 09:00';
      await team.appointment(nth, `2025-06-05 ${two(8 + nth)}:00`, { bookedAt: askedAt });
      await team.offered(await team.asks(nth, askedAt), nth, '2025-06-05 09:00');
      if (objecting && nth >= 5)
        await stage.database.sql(`update person set statistics_objection_on = '2025-06-09' where id = $1`, [
          await team.person(nth),
        ]);
    }
    await team.freeze('2025-06');
    return team;
  }

  test('is in no waiting time of a month that is not frozen yet', async () => {
    const [all, without] = [await eleven(false), await eleven(true)];
    expect(await all.month('2025-06')).toMatchObject({
      askedToOffered: told(40),
      askedToHeld: told(40),
      stillWaiting: told(65),
    });
    expect(await without.month('2025-06')).toMatchObject({
      askedToOffered: told(2),
      askedToHeld: told(2),
      stillWaiting: told(27),
    });
  });

  test('changes no month that was frozen: a change would point at them', async () => {
    const team = await eleven(false);
    const before = await team.month('2025-06');
    await stage.database.sql('update person set statistics_objection_on = current_date');
    expect(await team.freeze('2025-06')).toBe(false);
    expect(await team.month('2025-06')).toEqual(before);
  });
});

describe('the age of those still waiting', () => {
  const hours = { from: '2025-06-01', until: '2025-07-01' };

  test('is theirs on the last day of the month, whatever became of them since', async () => {
    const team = await stage.district(0);
    for (let nth = 0; nth < 3; nth += 1) await team.joins(hours);
    await team.asks(0, '2025-06-30 15:00');
    await team.asks(1, '2025-06-20 09:00');
    await team.asks(2, '2025-05-31 09:00');
    await team.asks(3, '2025-05-01 09:00', { status: 'WITHDRAWN', closed_at: '2025-07-02T08:00:00Z' });
    await team.asks(4, '2025-03-02 09:00', { status: 'LAPSED', closed_at: '2025-08-02T08:00:00Z' });
    // Neither who had gone, nor who asked later.
    await team.asks(5, '2024-03-02 09:00', { status: 'WITHDRAWN', closed_at: '2025-06-30T08:00:00Z' });
    await team.asks(6, '2025-07-01 00:15');
    await team.freeze('2025-06');
    // 0, 10, 30, 60, 120.
    expect((await team.month('2025-06')).stillWaiting).toEqual(told(30));
  });

  test('is not told where they all wait for two workers alone', async () => {
    const team = await stage.district(0);
    for (let nth = 0; nth < 4; nth += 1) await team.joins(hours);
    for (let nth = 0; nth < 8; nth += 1)
      await team.asks(nth, '2025-06-02 09:00', {
        duty_worker_only: true,
        duty_worker_id: team.worker(nth % 2),
      });
    await team.freeze('2025-06');
    expect((await team.month('2025-06')).stillWaiting).toEqual(notTold('TOO_FEW_WORKERS'));
  });

  /** Seven workers have hours. So many wait for each of the first ones alone since 1 June, and so many for anyone since the 29th. */
  async function queue(named: number[], anyone: number): Promise<Team> {
    const team = await stage.district(0);
    for (let nth = 0; nth < 7; nth += 1) await team.joins(hours);
    let person = 0;
    for (const [nth, count] of named.entries())
      for (let of = 0; of < count; of += 1)
        await team.asks(person++, '2025-06-01 09:00', {
          duty_worker_only: true,
          duty_worker_id: team.worker(nth),
        });
    for (let of = 0; of < anyone; of += 1) await team.asks(person++, '2025-06-29 09:00');
    await team.freeze('2025-06');
    return team;
  }

  test.each([
    ['one waits for anyone, and the rest for one worker', [4], 1],
    ['four wait for anyone, and the rest for two workers', [3, 3], 4],
    ['four in five wait for one worker', [20], 5],
    ['four in five wait for one of three workers', [12, 1, 1], 1],
  ])('is not told where %s', async (_name, named, anyone) => {
    const team = await queue(named, anyone);
    expect((await team.month('2025-06')).stillWaiting).toEqual(notTold('TOO_FEW_WORKERS'));
  });

  test.each([
    ['five wait for anyone', [4], 5, told(1)],
    ['not quite four in five wait for one worker', [19], 5, told(29, 29)],
    ['they wait for three workers', [2, 2, 1], 1, told(29)],
  ])('is told where %s', async (_name, named, anyone, wait) => {
    expect((await (await queue(named, anyone)).month('2025-06')).stillWaiting).toEqual(wait);
  });
});

describe('the rates of before', () => {
  test('are of months frozen then: from now on they are indicators, of counts that are protected each', async () => {
    const team = await stage.district(3);
    await appointments(team, '2025-06', 15);
    await appointments(team, '2025-06', 5, 'NOT_HONOURED', 15);
    await team.freeze('2025-06');
    const notMeasured = { percent: null, withheld: 'NOT_MEASURED' };
    expect(await team.month('2025-06')).toMatchObject({
      notHonoured: notMeasured,
      unknownOutcome: notMeasured,
    });
  });
});

describe('protection', () => {
  /** Everything of a month, of so many workers and persons. */
  async function everything(workers: number, persons: number): Promise<Team> {
    const team = await stage.district(0);
    for (let nth = 0; nth < workers; nth += 1) await team.joins({ from: '2025-06-01', until: '2025-07-01' });
    for (let nth = 0; nth < 30; nth += 1) {
      const person = nth % persons;
      const at = `2025-06-${two(1 + (nth % 28))} ${two(8 + Math.floor(nth / 28))}`;
      await team.appointment(nth, `${at}:00`, { person, bookedAt: '2025-05-20 09:00' });
      await team.appointment(nth, `${at}:30`, { person, status: nth % 2 ? 'NOT_HONOURED' : 'BOOKED' });
      await team.offered(await team.asks(person, '2025-05-20 09:00'), nth, '2025-06-10 09:00');
    }
    await team.freeze('2025-06');
    return team;
  }

  test('two workers feed nothing', async () => {
    const withheld = 'TOO_FEW_WORKERS';
    expect(await (await everything(2, 10)).month('2025-06')).toMatchObject({
      askedToOffered: notTold(withheld),
      askedToHeld: notTold(withheld),
      stillWaiting: notTold(withheld),
    });
  });

  test('four persons feed nothing, however often they came', async () => {
    const withheld = 'TOO_FEW_PERSONS';
    expect(await (await everything(3, 4)).month('2025-06')).toMatchObject({
      askedToOffered: notTold(withheld),
      askedToHeld: notTold(withheld),
      stillWaiting: notTold(withheld),
    });
  });

  test('three workers and five persons do', async () => {
    const month = await (await everything(3, 5)).month('2025-06');
    expect([month.askedToOffered.withheld, month.askedToHeld.withheld, month.stillWaiting.withheld]).toEqual([
      null,
      null,
      null,
    ]);
  });

  /** So many persons of two workers, and so many of a third: each waited, came, stayed away and is unknown once. */
  async function mostlyOfOne(others: number, count: number): Promise<Team> {
    const team = await stage.district(3);
    for (let nth = 0; nth < others + count; nth += 1) {
      const worker = nth < others ? 1 + (nth % 2) : 0;
      const at = `2025-06-${two(1 + nth)}`;
      await team.appointment(worker, `${at} 08:00`, { person: nth, bookedAt: '2025-05-20 09:00' });
      await team.appointment(worker, `${at} 10:00`, { person: nth, status: 'NOT_HONOURED' });
      await team.appointment(worker, `${at} 14:00`, { person: nth, status: 'BOOKED' });
      await team.offered(await team.asks(nth, '2025-05-20 09:00'), worker, '2025-06-10 09:00');
    }
    await team.freeze('2025-06');
    return team;
  }

  test('one worker who makes up four fifths feeds nothing, as if alone', async () => {
    const withheld = 'TOO_FEW_WORKERS';
    expect(await (await mostlyOfOne(4, 16)).month('2025-06')).toMatchObject({
      askedToOffered: notTold(withheld),
      askedToHeld: notTold(withheld),
    });
    expect(await (await mostlyOfOne(4, 15)).month('2025-06')).toMatchObject({
      askedToOffered: { withheld: null },
      askedToHeld: { withheld: null },
    });
  });

  test('nobody at all is answered as few are', async () => {
    const team = await stage.district(3);
    await team.freeze('2025-06');
    expect((await team.month('2025-06')).askedToHeld).toEqual(notTold('TOO_FEW_WORKERS'));
  });

  test('what is kept names a district, and nobody else', async () => {
    const columns = await stage.database.sql<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_name in ('waiting_day', 'waiting_month') and data_type not in ('integer', 'date', 'USER-DEFINED') order by 1`,
    );
    expect(columns.map(({ name }) => name)).toEqual([
      'waiting_day.district_id',
      'waiting_day.type_code',
      'waiting_month.district_id',
    ]);
  });
});

describe('a frozen month', () => {
  test('answers the same for ever: what is recorded late is not in it', async () => {
    const team = await stage.district(3);
    await appointments(team, '2025-06', 15);
    await appointments(team, '2025-06', 5, 'NOT_HONOURED', 15);
    await appointments(team, '2025-06', 5, 'BOOKED', 20);
    await team.freeze('2025-06');
    const before = await team.month('2025-06');
    await stage.database.sql(
      `update appointment set status = 'NOT_HONOURED' where district_id = $1 and status = 'BOOKED'`,
      [team.id],
    );
    expect(await team.freeze('2025-06')).toBe(false);
    expect(await team.month('2025-06')).toEqual(before);
    expect(before.frozenOn).not.toBeNull();
  });

  test('can be changed or taken away by nobody', async () => {
    const team = await stage.district(3);
    await team.freeze('2025-06');
    const change = (sql: string): Promise<unknown> =>
      stage.database.sql(`${sql} where district_id = $1`, [team.id]);
    await expect(change('update waiting_month set held_median = 1, held_withheld = null')).rejects.toThrow(
      'stays',
    );
    await expect(change('delete from waiting_month')).rejects.toThrow('stays');
  });

  test('is not one that is not over, and ten days', async () => {
    const team = await stage.district(3);
    const month = new Date().toISOString().slice(0, 7);
    await expect(team.freeze(month)).rejects.toThrow('not to be frozen yet');
    expect(await team.month(month)).toMatchObject({ frozenOn: null, askedToHeld: notTold('NOT_MEASURED') });
  });
});
