import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { offerSlots } from '../../../src/jobs/tasks.js';
import { later, workingDaysAfter } from '../../agenda/agenda.js';
import { ago, ahead } from '../../support/days.js';
import { instantInParis, raiseStage, type Stage, type Team } from './scene.js';

/** Third next available: how many days lie before the third free time, as agendas stand in the morning. */
let stage: Stage;
const days: string[] = [];
beforeAll(async () => {
  stage = await raiseStage();
  // A working day to come, and the next ones: what is there for a person must lie ahead.
  for (const day of workingDaysAfter(later(new Date().toISOString().slice(0, 10), 3)))
    if (days.push(day) === 9) break;
});
afterAll(() => stage.close());

const day = (nth: number): string => days[nth] ?? '';
const between = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** A worker who is open for so many half-hour receptions from nine on, on the nth day. */
function opens(team: Team, nth: number, slots = 1, types = ['FIRST_RECEPTION']): Promise<string> {
  const ends = 9 * 60 + slots * 30;
  return team.joins({
    from: day(nth),
    until: later(day(nth), 1),
    opensAt: '09:00',
    closesAt: `${String(Math.floor(ends / 60)).padStart(2, '0')}:${String(ends % 60).padStart(2, '0')}`,
    types,
    modes: ['ON_SITE'],
  });
}

/** Takes the first half hour of a worker's nth day. */
async function take(team: Team, workerId: string, nth: number): Promise<void> {
  const time = {
    districtId: team.id,
    startsAt: instantInParis(`${day(nth)} 09:00`),
    endsAt: instantInParis(`${day(nth)} 09:30`),
  };
  const appointmentId = await stage.make.appointment({ ...time, typeCode: 'FIRST_RECEPTION' });
  await stage.make.occupancy({ ...time, workerId, appointmentId });
}

describe('the third free time', () => {
  test('is counted in days of the calendar from the day on', async () => {
    const team = await stage.district(0);
    for (const nth of [0, 1, 4]) await opens(team, nth);
    expect(await team.thirdNext(day(0))).toBe(between(day(0), day(4)));
  });

  test('is that of whoever it is: three times of one morning are three', async () => {
    const team = await stage.district(0);
    await opens(team, 0, 3);
    for (const nth of [1, 2]) await opens(team, nth);
    expect(await team.thirdNext(day(0))).toBe(0);
  });

  test('lies later once one of the first is booked', async () => {
    const team = await stage.district(0);
    const first = await opens(team, 0);
    for (const nth of [1, 2, 3]) await opens(team, nth);
    await take(team, first, 0);
    expect(await team.thirdNext(day(0))).toBe(between(day(0), day(3)));
  });

  test('leaves out what is kept for persons who must be seen soon', async () => {
    const team = await stage.district(0);
    const first = await opens(team, 0);
    for (const nth of [1, 2, 3]) await opens(team, nth);
    await stage.database.sql(`update free_time set kept_until = 'infinity' where worker_id = $1`, [first]);
    expect(await team.thirdNext(day(0))).toBe(between(day(0), day(3)));
  });

  test('leaves out what is spared for a longer appointment, if it is not two weeks sooner', async () => {
    const team = await stage.district(0);
    const longer = ['FIRST_RECEPTION', 'FOLLOW_UP'];
    const first = await team.joins({
      from: day(0),
      until: later(day(0), 1),
      opensAt: '09:00',
      closesAt: '09:45',
      types: longer,
      modes: ['ON_SITE'],
    });
    await stage.database.sql(
      `update free_time set spared_until = 'infinity' where worker_id = $1 and spared_from is not null`,
      [first],
    );
    for (const nth of [1, 2, 3]) await opens(team, nth);
    expect(await team.thirdNext(day(0))).toBe(between(day(0), day(3)));
  });

  test('leaves out what is held for someone who waits', async () => {
    const team = await stage.district(0);
    for (const nth of [0, 1, 2, 3]) await opens(team, nth);
    const { id: person } = await team.district.person({
      safeContact: 'NEUTRAL_TEXT',
      phone: '06 39 98 00 00',
    });
    await stage.make.appointmentRequest({
      districtId: team.id,
      personId: person,
      typeCode: 'FIRST_RECEPTION',
    });
    expect(await offerSlots(stage.jobs, team.id, true)).toBe(1);
    expect(await team.thirdNext(day(0))).toBe(between(day(0), day(3)));
  });

  test('leaves out hours that are open for urgent receptions alone, and other types', async () => {
    const team = await stage.district(0);
    await opens(team, 0, 6, ['URGENT_RECEPTION']);
    await opens(team, 0, 6, ['FOLLOW_UP']);
    for (const nth of [1, 2, 3]) await opens(team, nth, 1, ['FIRST_RECEPTION', 'URGENT_RECEPTION']);
    expect(await team.thirdNext(day(0))).toBe(between(day(0), day(3)));
    const measured = await stage.database.sql<{ code: string }>(
      'select type_code as code from waiting_day where district_id = $1 order by 1',
      [team.id],
    );
    expect(measured.map(({ code }) => code)).toEqual(['FIRST_RECEPTION', 'FOLLOW_UP', 'PHONE_CALL']);
  });

  test('is not what was free before the day', async () => {
    const team = await stage.district(0);
    for (const nth of [0, 1, 2, 3]) await opens(team, nth);
    expect(await team.thirdNext(day(1))).toBe(between(day(1), day(3)));
  });
});

describe('a morning', () => {
  test.each([1, 2, 3, 4])('has a number of days, whether %i workers are there or more', async (workers) => {
    const team = await stage.district(0);
    for (let nth = 0; nth < workers; nth += 1) await opens(team, nth, 4);
    expect(await team.thirdNext(day(0))).toBe(0);
  });

  test('has one while a third worker is away: two others are there', async () => {
    const team = await stage.district(0);
    for (const nth of [0, 1]) await opens(team, nth, 4);
    const away = await opens(team, 2, 4);
    await stage.make.absence({ workerId: away, districtId: team.id, startsAt: ago(0), endsAt: ahead(30) });
    expect(await team.thirdNext(day(1))).toBe(0);
  });

  test('has none where fewer than three times are free', async () => {
    const team = await stage.district(0);
    const first = await opens(team, 0);
    for (const nth of [1, 2]) await opens(team, nth);
    await take(team, first, 0);
    expect(await team.thirdNext(day(0))).toBeNull();
  });
});
