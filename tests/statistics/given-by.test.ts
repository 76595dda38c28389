import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { later, today } from '../agenda/agenda.js';
import { startTestApp } from '../support/app.js';
import { everyTeamSays, secondAdviser } from '../support/statistics.js';
import { indicatorLike, monthsAgo, raiseStatistics, refusalOf, type StatisticsStage } from './scene.js';
import type { Team } from './waiting-time/scene.js';

/**
 * The rule of three workers is asked when an indicator is adopted, and never of a cell: a trial count of three months decides whether districts
 * are given, or the county alone.
 */
let stage: StatisticsStage;
let one: Team;
let other: Team;
beforeAll(async () => {
  stage = await raiseStatistics('VISITS');
  one = await stage.district(4);
  other = await stage.district(4);
});
afterAll(() => stage.close());

const givenBy = async (measure = 'VISITS'): Promise<string | null | undefined> =>
  (
    await stage.database.sql<{ given: string | null }>('select indicator_given_by($1)::text as given', [
      measure,
    ])
  )[0]?.given;
/** So many visits of last month in a district, held by these workers in turn; by nobody in particular without any. */
const visits = async (team: Team, count: number, workers: readonly number[]): Promise<void> => {
  for (let nth = 0; nth < count; nth += 1)
    await stage.visit(team.id, `${monthsAgo(1)}-${String(1 + (nth % 28)).padStart(2, '0')}`, {
      ...(workers.length === 0
        ? { outcome: 'ANSWERED' }
        : { worker: team.worker(workers[nth % workers.length] ?? 0) }),
    });
};
const forget = () => stage.database.sql('delete from visit');

describe('a trial count', () => {
  test('of nothing gives the county: nobody knows yet who will feed it', async () => {
    expect(await givenBy()).toBe('COUNTY');
  });

  test('in which each district has three workers gives the districts', async () => {
    await forget();
    await visits(one, 12, [0, 1, 2]);
    await visits(other, 12, [0, 1, 2, 3]);
    expect(await givenBy()).toBe('DISTRICT');
  });

  test('in which one district has two, or one who does four fifths, gives the county', async () => {
    await forget();
    await visits(one, 12, [0, 1, 2]);
    await visits(other, 12, [0, 1]);
    expect(await givenBy()).toBe('COUNTY');
    await forget();
    await visits(one, 12, [0, 1, 2]);
    await visits(other, 10, [0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
    expect(await givenBy()).toBe('COUNTY');
  });

  test('in which one worker does nearly all, beside a little of nobody’s, is not the team’s', async () => {
    await forget();
    await visits(one, 79, [0]);
    await visits(one, 21, []);
    await visits(other, 12, [0, 1, 2]);
    expect(await givenBy()).toBe('COUNTY');
  });

  test('in which a district has nothing gives the county', async () => {
    await forget();
    await visits(one, 12, [0, 1, 2]);
    expect(await givenBy()).toBe('COUNTY');
  });

  test('of what nobody in particular does is the team’s', async () => {
    await forget();
    await visits(one, 6, []);
    await visits(other, 6, []);
    expect(await givenBy()).toBe('DISTRICT');
  });

  test('in which two workers feed the whole county gives nothing', async () => {
    await forget();
    await visits(one, 12, [0, 1]);
    expect(await givenBy()).toBeNull();
  });

  test('knows no month but the last three', async () => {
    await forget();
    for (const month of [monthsAgo(0), monthsAgo(4)])
      await stage.visit(one.id, `${month}-01`, { worker: one.worker(0) });
    expect(await givenBy()).toBe('COUNTY');
  });

  test('of what nothing measures fails', async () => {
    await expect(givenBy('MOOD')).rejects.toThrow('nothing measures MOOD');
    await expect(givenBy(`VISITS(now(),now()); --`)).rejects.toThrow('nothing measures');
  });
});

describe('an adoption', () => {
  // Whether the teams agree is another matter: `a-team-is-not-one-click`.
  beforeAll(() => stage.database.sql('alter table indicator disable trigger indicator_steps'));

  /** An indicator that is consulted on, with one more code. */
  const NOT_ADOPTED = { status: 'CONSULTED', adopted_on: null, given_by: null, place: null };
  const consulted = (code: string): Promise<string> =>
    indicatorLike(stage.database, 'VISITS', { ...NOT_ADOPTED, code });
  const adopt = async (id: string, more = '') =>
    stage.database.sql<{ given_by: string }>(
      `update indicator set status = 'ADOPTED', adopted_on = current_date, place = 20${more} where id = $1 returning given_by::text`,
      [id],
    );

  test('takes what the trial says, whatever is claimed, and keeps it', async () => {
    await forget();
    await visits(one, 12, [0, 1, 2]);
    await visits(other, 12, [0, 1]);
    const id = await consulted('CLAIMED');
    expect(await adopt(id, `, given_by = 'DISTRICT'`)).toEqual([{ given_by: 'COUNTY' }]);
    await expect(
      stage.database.sql(`update indicator set given_by = 'DISTRICT' where id = $1`, [id]),
    ).rejects.toThrow('decided when it is adopted');
    await visits(other, 12, [2, 3]);
    expect(await stage.database.sql('select given_by::text from indicator where id = $1', [id])).toEqual([
      { given_by: 'COUNTY' },
    ]);
  });

  test('is refused another measure under the same code', async () => {
    await expect(
      indicatorLike(stage.database, 'VISITS', { ...NOT_ADOPTED, version: 2, measure: 'OPEN_CASES' }),
    ).rejects.toThrow('by another measure');
  });

  test('of what too few feed changes nothing', async () => {
    await forget();
    await visits(one, 12, [0, 1]);
    const id = await consulted('OF_TWO');
    expect(await adopt(id)).toEqual([]);
    expect(await stage.database.sql('select status::text from indicator where id = $1', [id])).toEqual([
      { status: 'CONSULTED' },
    ]);
  });

  test('of what too few feed is refused by the API, and the version before stays adopted', async () => {
    await forget();
    await visits(one, 12, [0, 1]);
    const id = await indicatorLike(stage.database, 'VISITS', {
      ...NOT_ADOPTED,
      version: 2,
      consulted_from: today(),
      consulted_until: later(today(), 20),
    });
    await stage.database.sql(everyTeamSays('FOR'), [[id]]);
    const app = await startTestApp(stage.database);
    const ADOPT = 'mutation ($input: AdoptIndicatorInput!) { adoptIndicator(input: $input) { status } }';
    // An adviser has proposed it, and the second one confirms it.
    await stage.make.indicatorDecision({
      indicatorId: id,
      kind: 'ADOPT',
      workerId: one.worker(0),
      saidOn: today(),
    });
    const adviser = await app.as(await secondAdviser(stage.database));
    const answer = await adviser.send(ADOPT, { input: { id } });
    await app.close();
    expect(refusalOf(answer)).toEqual(['STATISTICS_REFUSED', 'TOO_FEW_WORKERS', 'input.id']);
    expect(
      await stage.database.sql(
        `select version, status::text, place is not null as placed from indicator where code = 'VISITS' order by version`,
      ),
    ).toEqual([
      { version: 1, status: 'ADOPTED', placed: true },
      { version: 2, status: 'CONSULTED', placed: false },
    ]);
  });
});
