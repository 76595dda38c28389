import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { simulateWaits } from '../../src/jobs/simulate-waits.js';
import { later, workingDaysAfter } from '../agenda/agenda.js';
import type { Requester } from '../support/app.js';
import { instantInParis, raiseStage, type Stage, type Team } from './waiting-time/scene.js';

/**
 * Whose queue is the longest? Two districts have the same four queues, of other workers. An attacker reads what-if, the figures and the public
 * times of both. If the answers are the same, they tell of no worker.
 */
const QUEUES = [1, 2, 3, 8];
const TODAY = new Date().toISOString().slice(0, 10);
const days: string[] = [];
for (const day of workingDaysAfter(later(TODAY, 1))) if (days.push(day) === 30) break;

let stage: Stage;
let teams: readonly [Team, Team];

/** A district whose nth worker is booked for so many whole days. */
async function teamWith(queues: readonly number[]): Promise<Team> {
  const team = await stage.district(0);
  const [from = '', until = ''] = [days[0], days.at(-1)];
  for (const length of queues) {
    const workerId = await team.joins({ from, until, types: ['FIRST_RECEPTION', 'FOLLOW_UP'] });
    for (const day of days.slice(0, length)) {
      const time = {
        districtId: team.id,
        startsAt: instantInParis(`${day} 09:00`),
        endsAt: instantInParis(`${day} 17:00`),
      };
      const appointmentId = await stage.make.appointment({ ...time, typeCode: 'FIRST_RECEPTION' });
      await stage.make.appointmentWorker({ appointmentId, workerId });
      await stage.make.occupancy({ ...time, workerId, appointmentId });
    }
  }
  // Six months of weeks, the same in both, and two months of mornings by the product, of which it makes weeks.
  await stage.database.sql(
    `insert into waiting_week (district_id, type_code, week, days)
      select $1, 'FIRST_RECEPTION', date_trunc('week', d)::date, 3 + extract(week from d)::integer % 4
      from generate_series(day_in_paris(now())::timestamp - interval '182 days', day_in_paris(now())::timestamp - interval '7 days', interval '7 days') d`,
    [team.id],
  );
  // From the agendas of today, the mornings of the next two weeks.
  await stage.database.sql(
    'select measure_waiting_day($1, day_in_paris(now()) + nth) from generate_series(0, 14) nth',
    [team.id],
  );
  await stage.database.sql(`select close_waiting_weeks_at(now() + interval '14 days')`);
  await team.district.head(`hélène ${team.name}`);
  await team.district.receptionist(`rachida ${team.name}`);
  return team;
}

beforeAll(async () => {
  stage = await raiseStage();
  teams = [await teamWith(QUEUES), await teamWith(QUEUES.toReversed())];
  await teams[0].district.worker('conseil', 'TECHNICAL_ADVISER');
});
afterAll(() => stage.close());

const ASK = `mutation ($input: SimulateWaitInput!) { simulateWait(input: $input) { halfDaysNow postsNow foreseenFrom } }`;
const CHANGES = [{ moreHalfDays: 2 }, { morePosts: -1 }, { moreAsksPercent: 10 }];
const OF_ALL = `query ($id: ID!, $from: Date!, $to: Date!, $now: DateTime!, $ends: DateTime!) {
  waitSimulations(districtId: $id) { asNow { loadPercent days daysFrom daysTo growsDaysAWeek } sentenceFr assumptionsFr
    changed { loadPercent days daysFrom daysTo growsDaysAWeek growsFrom growsTo } moreHalfDays morePosts moreAsksPercent }
  thirdNextAvailable(districtId: $id, typeCode: "FIRST_RECEPTION", from: $from, to: $to) { week days }
  slots(filter: { districtId: $id, typeCode: "FIRST_RECEPTION", from: $now, to: $ends }, first: 50) { slots { startsAt } whyNone } }`;
const SAID = `query ($filter: SlotFilter!) { slots(filter: $filter) { soonerWithAnyone { startsAt } } }`;

/** All that one login is told of a district: no id and no name is asked for. */
async function toldOf(who: Requester, team: Team): Promise<string> {
  const variables = {
    id: team.id,
    from: later(TODAY, -60),
    to: later(TODAY, 15),
    now: new Date(Date.now() + 3_600_000).toISOString(),
    ends: new Date(Date.now() + 20 * 86_400_000).toISOString(),
  };
  const { text } = await who.send(OF_ALL, variables);
  return text;
}

/** What one login is told of the cost of waiting for each worker. */
async function saidOf(who: Requester, team: Team): Promise<readonly string[]> {
  const said: string[] = [];
  for (const workerId of team.workers) {
    const filter = { districtId: team.id, typeCode: 'FOLLOW_UP', workerIds: [workerId] };
    said.push((await who.send(SAID, { filter })).text);
  }
  return said;
}

describe('whose queue is the longest', () => {
  test.each([
    ['the head, of their own district', (team: Team) => `hélène ${team.name}`],
    ['a colleague, of their own district', (team: Team) => `0.${team.name}`],
    ['the technical adviser', () => 'conseil'],
    ['a reporting client', () => 'client.reporting'],
    ['a booking client', () => 'client.booking'],
  ])('is told by no answer to %s', async (_name, loginOf) => {
    const told: string[] = [];
    const said: (readonly string[])[] = [];
    for (const team of teams) {
      const who = await stage.app.as(loginOf(team));
      for (const change of CHANGES)
        await who.send(ASK, {
          input: { districtId: team.id, typeCode: 'FIRST_RECEPTION', halfDaysNow: 20, ...change },
        });
      await simulateWaits(stage.jobs);
      told.push(await toldOf(who, team));
      said.push(await saidOf(who, team));
    }
    expect(told[0]).toContain('"slots"');
    expect(told[1]).toBe(told[0]);
    // Nor by what waiting for one of them costs: all four answers are one.
    expect(new Set(said.flat()).size).toBe(1);
  });

  test('is told to the desk, worker by worker, since a person asks for their own: the two districts differ', async () => {
    const [first, second] = await Promise.all(
      teams.map(async (team) => saidOf(await stage.app.as(`rachida ${team.name}`), team)),
    );
    expect(first?.toReversed()).toEqual(second);
    expect(first).not.toEqual(second);
  });
});
