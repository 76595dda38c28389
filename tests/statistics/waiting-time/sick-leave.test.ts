import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { later } from '../../agenda/agenda.js';
import { instantInParis, raiseStage, type Stage, type Team } from './scene.js';

/**
 * One worker of a team is ill for a week. A reporting client knows the hours of the team and reads every week of the quarter. It compares
 * what it reads with what it would read for each day on which the illness may have begun.
 */
let stage: Stage;
/** The Monday after next: the agendas of these weeks lie ahead, and their mornings are measured from them. */
const MONDAY = mondayAfter(new Date());
const WEEKS_AHEAD = 5;
beforeAll(async () => {
  stage = await raiseStage();
  // A holiday would make one week unlike another.
  await stage.database.sql('delete from public_holiday');
});
afterAll(() => stage.close());

function mondayAfter(now: Date): string {
  const today = now.toISOString().slice(0, 10);
  return later(today, 14 - ((now.getUTCDay() + 6) % 7));
}

const isWorkingDay = (nth: number): boolean => nth % 7 < 5;
const MORNINGS = Array.from({ length: WEEKS_AHEAD * 7 }, (_, nth) => nth).filter(isWorkingDay);
/** The days on which the illness may begin, counted from the first Monday: a week, and the week before and after it. */
const BEGINS = MORNINGS.filter((nth) => nth >= 7 && nth < 28);
const DAYS = 7;

/** Each worker has a reception every day, or they take turns. */
type Agenda = 'every day' | 'in turn';

/** What is told of a team that is well, and of one for each day on which its first worker may have fallen ill. */
interface Told {
  readonly well: string;
  readonly ill: readonly string[];
}

async function toldOf(workers: number, agenda: Agenda): Promise<Told> {
  const teams: Team[] = [];
  while (teams.length <= BEGINS.length) teams.push(await teamOf(workers, agenda));
  for (const morning of MORNINGS) {
    const day = later(MONDAY, morning);
    // On each morning the absence is known that has begun by then.
    const ill = teams[BEGINS.indexOf(morning) + 1];
    if (BEGINS.includes(morning) && ill !== undefined)
      await stage.make.absence({
        workerId: ill.worker(0),
        districtId: ill.id,
        startsAt: instantInParis(`${day} 00:00`),
        endsAt: instantInParis(`${later(day, DAYS)} 00:00`),
      });
    await stage.database.sql('select measure_waiting_day(id, $2::date) from unnest($1::uuid[]) id', [
      teams.map(({ id }) => id),
      day,
    ]);
  }
  await stage.database.sql(`select close_waiting_weeks_at($1::date + time '12:00')`, [
    later(MONDAY, 7 * WEEKS_AHEAD),
  ]);
  const [well = '', ...ill] = await Promise.all(
    teams.map((team) => team.weeks(MONDAY, later(MONDAY, 7 * WEEKS_AHEAD))),
  );
  return { well, ill };
}

async function teamOf(workers: number, agenda: Agenda): Promise<Team> {
  const team = await stage.district(0);
  for (let nth = 0; nth < workers; nth += 1)
    await team.joins({
      from: MONDAY,
      until: later(MONDAY, 70),
      opensAt: '09:00',
      closesAt: '09:30',
      types: ['FIRST_RECEPTION'],
      modes: ['ON_SITE'],
      ...(agenda === 'in turn' && { weekdays: [1, 2, 3, 4, 5].filter((day) => day % workers === nth) }),
    });
  return team;
}

const figuresOf = (answer: string): { week: string; days: number }[] =>
  JSON.parse(answer).data.thirdNextAvailable;

describe.each([2, 3, 4])('a worker of %i is ill for a week', (workers) => {
  test.each(['every day', 'in turn'] as const)('with receptions %s: no day is told', async (agenda) => {
    const { well, ill } = await toldOf(workers, agenda);
    for (const [nth, begin] of BEGINS.entries()) {
      if (begin < 14 || begin >= 21) continue;
      const alike = BEGINS.filter((_, other) => ill[other] === ill[nth]).map((other) => other - begin);
      // At least one other day would have been answered in the same way, byte for byte.
      expect({ begin, alike, more: alike.length > 1 }).toEqual({ begin, alike, more: true });
    }
    // Every team has a number for each week, well or ill.
    const weeks = Array.from({ length: WEEKS_AHEAD }, (_, nth) => later(MONDAY, 7 * nth));
    for (const answer of [well, ...ill]) {
      expect(figuresOf(answer).map(({ week }) => week)).toEqual(weeks);
      for (const row of figuresOf(answer)) {
        expect(Object.keys(row)).toEqual(['week', 'days']);
        expect(Number.isInteger(row.days)).toBe(true);
      }
    }
    // There is something to tell: an illness changes the week, but where a reception is left for the third person on the same day.
    expect(ill.some((answer) => answer !== well)).toBe(workers < 4 || agenda === 'in turn');
  });
});

/** A team of so many, who were all there in 2025. */
async function teamSince2025(workers: number): Promise<Team> {
  const team = await stage.district(workers);
  await stage.database.sql(`update membership set starts_at = '2025-01-01' where district_id = $1`, [
    team.id,
  ]);
  return team;
}

describe('a week', () => {
  test('is told once it is over, and stays', async () => {
    const team = await teamSince2025(2);
    const measure = (nth: number, days: number | null) =>
      stage.make.waitingDay({
        districtId: team.id,
        day: later('2025-03-03', nth),
        ...(days === null ? { withheld: 'NO_FREE_TIME' } : { thirdNextDays: days }),
      });
    for (const [nth, days] of [3, 4, 4, 5, null].entries()) await measure(nth, days);
    const closed = async (now: string): Promise<unknown> => {
      await stage.database.sql(`select close_waiting_weeks_at($1::timestamp at time zone 'Europe/Paris')`, [
        now,
      ]);
      return JSON.parse(await team.weeks('2025-03-01', '2025-04-01')).data.thirdNextAvailable;
    };
    expect(await closed('2025-03-09 23:59')).toEqual([]);
    // (3 + 4 + 4 + 5 + 92) / 5 is 21.6.
    expect(await closed('2025-03-10 00:00')).toEqual([{ week: '2025-03-03', days: 22 }]);
    await measure(5, 0);
    expect(await closed('2025-03-17 00:00')).toEqual([{ week: '2025-03-03', days: 22 }]);
    await expect(
      stage.database.sql('update waiting_week set days = 1 where district_id = $1', [team.id]),
    ).rejects.toThrow('what was measured stays');
  });

  test('of fewer than three mornings is not told: it would be that of a morning or two', async () => {
    const team = await teamSince2025(2);
    for (const day of ['2025-03-03', '2025-03-04', '2025-03-10', '2025-03-11', '2025-03-12'])
      await stage.make.waitingDay({ districtId: team.id, day, thirdNextDays: 4 });
    // The week before this version left a morning out.
    await stage.make.waitingDay({ districtId: team.id, day: '2025-03-13', withheld: 'TOO_FEW_WORKERS' });
    await stage.database.sql(`select close_waiting_weeks_at('2025-03-20')`);
    expect(JSON.parse(await team.weeks('2025-03-01', '2025-04-01')).data.thirdNextAvailable).toEqual([
      { week: '2025-03-10', days: 4 },
    ]);
  });

  test('of a district in which one social worker works is not told: it would be that worker’s', async () => {
    for (const [workers, told] of [
      [1, []],
      [2, [{ week: '2025-03-10', days: 4 }]],
    ] as const) {
      const team = await teamSince2025(workers);
      for (const day of ['2025-03-10', '2025-03-11', '2025-03-12'])
        await stage.make.waitingDay({ districtId: team.id, day, thirdNextDays: 4 });
      await stage.database.sql(`select close_waiting_weeks_at('2025-03-20')`);
      expect(JSON.parse(await team.weeks('2025-03-01', '2025-04-01')).data.thirdNextAvailable).toEqual(told);
    }
  });

  test('is without any free time only if each of its mornings is', async () => {
    const team = await teamSince2025(2);
    for (const day of ['2025-03-10', '2025-03-11', '2025-03-12', '2025-03-13'])
      await stage.make.waitingDay({ districtId: team.id, day, withheld: 'NO_FREE_TIME' });
    await stage.make.waitingDay({ districtId: team.id, day: '2025-03-14', thirdNextDays: 90 });
    await stage.database.sql(`select close_waiting_weeks_at('2025-03-20')`);
    expect(JSON.parse(await team.weeks('2025-03-01', '2025-04-01')).data.thirdNextAvailable).toEqual([
      { week: '2025-03-10', days: 91 },
    ]);
  });
});
