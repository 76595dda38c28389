import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRandom } from '../../prisma/seed/content/random.js';
import { runJobs } from '../../src/jobs/run.js';
import { simulateWaits } from '../../src/jobs/simulate-waits.js';
import { deleteOldSimulations } from '../../src/jobs/tasks.js';
import { createLogger } from '../../src/log/logger.js';
import { foresee, type WaitForecast, WEEKS_FORESEEN, WEEKS_LEARNT } from '../../src/statistics/what-if.js';
import { inWorkshop } from '../../src/workshop/workshop.js';
import type { Requester } from '../support/app.js';
import { TEST_LOGIN_SECRET } from '../support/login.js';
import { until } from '../support/until.js';
import { TEST_VAULT_KEY } from '../support/vault-key.js';
import { dataOf, refusalOf } from './scene.js';
import { raiseStage, type Stage, type Team } from './waiting-time/scene.js';

/** What if: what a team is told of its wait under other means, and what nobody is told. */
const AS_NOW = { hours: 1, asks: 1 };
const one = (weeks: readonly (number | null)[], change = AS_NOW): WaitForecast => {
  const [forecast] = foresee(weeks, [change]);
  if (forecast === undefined) throw new Error('nothing was foreseen');
  return forecast;
};

/** The weeks of a queue with this load, which begins with so many days. */
function queue(name: string, load: number, begin: number): readonly number[] {
  const random = createRandom(name);
  // The sum of twelve draws has the variance 1.
  const normal = (): number => Array.from({ length: 12 }, () => random.next()).reduce((a, b) => a + b, -6);
  let wait = begin;
  return Array.from({ length: WEEKS_LEARNT + WEEKS_FORESEEN }, () => {
    wait = Math.max(0, wait + 7 * (load - 1) + normal());
    return Math.max(0, wait + 1 + 0.5 * normal());
  });
}

describe('the forecast', () => {
  const weeks = queue('a district', 1, 8).slice(0, WEEKS_LEARNT);

  test('is the same each time: nobody learns more by asking again', () => {
    expect(one(weeks)).toEqual(one(weeks));
  });

  test('is shorter with more hours, and longer with more people who ask', () => {
    const [now, more, fewer, asked] = foresee(weeks, [
      AS_NOW,
      { hours: 1.1, asks: 1 },
      { hours: 0.9, asks: 1 },
      { hours: 1, asks: 1.1 },
    ]).map(({ days }) => days.middle);
    expect(more).toBeLessThan((now ?? 0) - 1);
    expect(fewer).toBeGreaterThan((now ?? 0) + 1);
    expect(asked).toBeGreaterThan((now ?? 0) + 1);
  });

  test('of a district that cannot keep up grows by what it lacks', () => {
    const lost = one(weeks, { hours: 0.75, asks: 1 });
    // A quarter fewer hours: a third more is asked for than is open, 2.3 days a week.
    expect(lost.load.middle).toBeGreaterThan(1.25);
    expect(lost.load.middle).toBeLessThan(1.42);
    expect(lost.days.middle).toBeGreaterThan(one(weeks).days.middle + 10);
  });

  test('is certain where nothing moves, and says little where all moves', () => {
    const width = ({ days }: WaitForecast): number => days.high - days.low;
    const wild = Array.from({ length: WEEKS_LEARNT }, (_, nth) => (nth % 4 < 2 ? 4 : 14));
    expect(width(one(Array.from({ length: WEEKS_LEARNT }, () => 6)))).toBeLessThan(width(one(wild)));
  });

  test('does with weeks that have no figure', () => {
    const { days } = one(weeks.map((of, nth) => (nth % 5 === 0 ? null : of)));
    expect(Math.abs(days.middle - one(weeks).days.middle)).toBeLessThan(2);
  });

  test('does not stake all on one week that is far away from the others', () => {
    const quiet = Array.from({ length: WEEKS_LEARNT }, (_, nth) => 3 + (nth % 3) / 4);
    const { load, days } = one(quiet.map((of, nth) => (nth === 22 ? 40 : of)));
    expect(load.high - load.low).toBeGreaterThan(0.01);
    expect(days.middle).toBeLessThan(8);
    // Not even if it is the last.
    const last = one(quiet.map((of, nth) => (nth === 25 ? 40 : of)));
    expect(last.load.high - last.load.low).toBeGreaterThan(0.01);
  });

  test('is the same from the workshop, to the last digit', async () => {
    const changes = [AS_NOW, { hours: 1.1, asks: 1.05 }];
    const some = weeks.map((of, nth) => (nth % 7 === 0 ? null : of));
    expect(await inWorkshop('waits', some, changes)).toEqual(foresee(some, changes));
  });

  test('holds the next quarter in its range in most cases, and misses it in some', () => {
    const inside = [0.9, 0.95, 0.97, 0.99, 1, 1.01].map((load, nth) => {
      const all = queue(`district ${nth}`, load, 2 + nth);
      const { days } = one(all.slice(0, WEEKS_LEARNT));
      const found = all.slice(WEEKS_LEARNT).reduce((a, b) => a + b, 0) / WEEKS_FORESEEN;
      return found >= days.low && found <= days.high;
    });
    expect(inside.filter(Boolean).length).toBeGreaterThanOrEqual(4);
  });
});

const ASK = `mutation ($input: SimulateWaitInput!) { simulateWait(input: $input) { id isReady sentenceFr asNow { days }
  halfDaysNow postsNow moreHalfDays morePosts moreAsksPercent figuresFrom foreseenFrom district { id } } }`;
const LIST = `query ($districtId: ID!) { waitSimulations(districtId: $districtId) { id isReady askedOn typeCode
  asNow { loadPercent days daysFrom daysTo growsDaysAWeek growsFrom growsTo }
  changed { loadPercent days daysFrom daysTo growsDaysAWeek growsFrom growsTo }
  sentenceFr sentenceEn assumptionsFr assumptionsEn } }`;

describe('a team asks', () => {
  let stage: Stage;
  let team: Team;
  let worker: Requester;
  const question = (more: Record<string, unknown> = {}) => ({
    input: { districtId: team.id, typeCode: 'FIRST_RECEPTION', halfDaysNow: 24, ...more },
  });

  /** The third next available of the last 26 weeks. */
  async function measured(of: Team, weeks: readonly (number | null)[]): Promise<void> {
    await stage.database.sql(
      `insert into waiting_week (district_id, type_code, week, days)
        select $1, 'FIRST_RECEPTION', date_trunc('week', day_in_paris(now()))::date - 182 + 7 * (nth - 1)::integer, days
        from unnest($2::integer[]) with ordinality w(days, nth) where days is not null`,
      [of.id, weeks.map((days) => (days === null ? null : Math.round(days)))],
    );
  }

  beforeAll(async () => {
    stage = await raiseStage();
  });
  beforeEach(async () => {
    team = await stage.district(4);
    worker = await stage.app.as(`0.${team.name}`);
  });
  afterAll(() => stage.close());

  test('and a job answers: as now, with the change, in words, with all that it supposes', async () => {
    await measured(team, queue('a team', 0.97, 9).slice(0, WEEKS_LEARNT));
    const asked = dataOf(await worker.send(ASK, question({ moreHalfDays: 2 })))['simulateWait'];
    expect(asked).toMatchObject({
      isReady: false,
      sentenceFr: null,
      asNow: null,
      halfDaysNow: 24,
      postsNow: 4,
      moreHalfDays: 2,
      morePosts: 0,
      moreAsksPercent: 0,
      district: { id: team.id },
    });
    expect(await simulateWaits(stage.jobs)).toBe(1);
    expect(await simulateWaits(stage.jobs)).toBe(0);
    const [told] = dataOf(await worker.send(LIST, { districtId: team.id }))['waitSimulations'];
    expect(told).toMatchObject({ id: asked.id, isReady: true, typeCode: 'FIRST_RECEPTION' });
    const { asNow, changed } = told;
    expect(asNow.loadPercent).toBeLessThan(100);
    expect(changed.days).toBeLessThan(asNow.days);
    for (const forecast of [asNow, changed])
      expect(forecast).toMatchObject({ growsDaysAWeek: null, growsFrom: null, growsTo: null });
    expect(told.sentenceFr).toBe(
      `Sans changement : ${asNow.days} jours, entre ${asNow.daysFrom} et ${asNow.daysTo}. Avec 2 demi-journées de plus par semaine : ${changed.days} ${changed.days < 2 ? 'jour' : 'jours'}, entre ${changed.daysFrom} et ${changed.daysTo}.`,
    );
    expect(told.sentenceEn).toMatch(/^Without a change: \d+ days, .* With 2 more half-days a week: /);
    expect(told.assumptionsFr).toHaveLength(4);
    expect(told.assumptionsFr[1]).toContain('24 demi-journées par semaine : c’est ce que dit la personne');
    expect(told.assumptionsEn[1]).toContain('4 posts of social workers; a post opens 6 of them on average');
  });

  test('and the jobs’ process hears of it by itself', async () => {
    await measured(team, queue('a team', 0.97, 9).slice(0, WEEKS_LEARNT));
    const jobs = await runJobs({
      url: stage.database.urlAs('cosmos_jobs'),
      loginSecret: TEST_LOGIN_SECRET,
      logger: createLogger('silent'),
      senders: [],
      statisticsSecret: TEST_VAULT_KEY,
    });
    try {
      await worker.send(ASK, question());
      await until('the question is answered', async () => {
        const [told] = dataOf(await worker.send(LIST, { districtId: team.id }))['waitSimulations'];
        return told.isReady;
      });
    } finally {
      await jobs.close();
    }
  });

  test('and other work of the process goes on while the answer is worked out', async () => {
    await measured(team, queue('a team', 0.97, 9).slice(0, WEEKS_LEARNT));
    await worker.send(ASK, question());
    // The turns of a timer between the question that a job takes and the answer that it writes: none if the job itself works it out.
    let [ticks, whileWorking] = [0, 0];
    const timer = setInterval(() => {
      ticks += 1;
    }, 1);
    const client = await stage.jobs.connect();
    const query = async (text: string, values?: unknown[]) => {
      if (text.includes('answer_wait_simulation')) whileWorking += ticks;
      const result = await client.query(text, values);
      ticks = 0;
      return result;
    };
    const release = (): void => undefined;
    const pool = { connect: async () => ({ query, release }) } as unknown as typeof stage.jobs;
    try {
      expect(await simulateWaits(pool)).toBe(1);
    } finally {
      clearInterval(timer);
      client.release();
    }
    expect(whileWorking).toBeGreaterThan(5);
  });

  test('and at a load of one or more is told by how much the wait grows, and no number of days', async () => {
    await measured(team, queue('a full team', 1, 6).slice(0, WEEKS_LEARNT));
    await worker.send(ASK, question({ morePosts: -1 }));
    await simulateWaits(stage.jobs);
    const [told] = dataOf(await worker.send(LIST, { districtId: team.id }))['waitSimulations'];
    expect(told.changed).toMatchObject({ days: null, daysFrom: null, daysTo: null });
    expect(told.changed.loadPercent).toBeGreaterThan(120);
    // A quarter of the hours is gone.
    expect(told.changed.growsDaysAWeek).toBeGreaterThan(1.5);
    expect(told.changed.growsFrom).toBeLessThan(told.changed.growsDaysAWeek);
    expect(told.sentenceFr).toMatch(
      / Avec 1 poste de moins : l’attente augmente de \d,?\d? jours par semaine, entre .* ; elle n’a pas de durée stable\.$/,
    );
    expect(told.sentenceEn).toMatch(/ With 1 fewer post: the wait grows by .* it has no steady length\.$/);
  });

  test('only of its own district, and the adviser of any, one at a time', async () => {
    await measured(team, queue('a team', 0.97, 9).slice(0, WEEKS_LEARNT));
    const other = await stage.district(3);
    await measured(other, queue('a team', 0.97, 9).slice(0, WEEKS_LEARNT));
    const stranger = await stage.app.as(`0.${other.name}`);
    await team.district.head(`hélène ${team.name}`);
    await team.district.receptionist(`rachida ${team.name}`);
    await team.district.worker(`conseil ${team.name}`, 'TECHNICAL_ADVISER');
    const head = await stage.app.as(`hélène ${team.name}`);
    const adviser = await stage.app.as(`conseil ${team.name}`);
    expect(refusalOf(await stranger.send(ASK, question()))[0]).toBe('FORBIDDEN');
    expect(refusalOf(await stranger.send(LIST, { districtId: team.id }))[0]).toBe('FORBIDDEN');
    const desk = await stage.app.as(`rachida ${team.name}`);
    expect(refusalOf(await desk.send(ASK, question()))[0]).toBe('FORBIDDEN');
    expect(refusalOf(await desk.send(LIST, { districtId: team.id }))[0]).toBe('FORBIDDEN');
    for (const who of [head, adviser]) expect((await who.send(ASK, question())).codes).toEqual([]);
    const both = await adviser.send(
      `query ($a: ID!, $b: ID!) { a: waitSimulations(districtId: $a) { id } b: waitSimulations(districtId: $b) { id } }`,
      { a: team.id, b: other.id },
    );
    expect(refusalOf(both)).toEqual(['STATISTICS_REFUSED', 'RANKING', 'districtId']);
    expect((await stranger.send(LIST, { districtId: other.id })).codes).toEqual([]);
  });

  test('and is refused where the answer would tell of one worker, or rest on too little; nothing is written', async () => {
    const pair = await stage.district(2);
    await measured(pair, queue('a pair', 0.97, 9).slice(0, WEEKS_LEARNT));
    const ofPair = await stage.app.as(`0.${pair.name}`);
    expect(refusalOf(await ofPair.send(ASK, question({ districtId: pair.id })))).toEqual([
      'STATISTICS_REFUSED',
      'TELLS_OF_ONE',
      'input.districtId',
    ]);
    // Two of four cannot log in any more: two posts are left.
    const half = await stage.district(4);
    await measured(half, queue('half', 0.97, 9).slice(0, WEEKS_LEARNT));
    await stage.database.sql(`update worker set disabled_at = now() where id = any ($1)`, [
      half.workers.slice(2),
    ]);
    const ofHalf = await stage.app.as(`0.${half.name}`);
    expect(refusalOf(await ofHalf.send(ASK, question({ districtId: half.id })))[1]).toBe('TELLS_OF_ONE');
    // Seven weeks in which nothing was measured.
    await measured(
      team,
      Array.from({ length: WEEKS_LEARNT }, (_, nth) => (nth < 7 ? null : 5)),
    );
    expect(refusalOf(await worker.send(ASK, question()))[1]).toBe('TOO_FEW_WEEKS');
    expect(
      await stage.database.sql('select from wait_simulation where district_id = any ($1)', [
        [team.id, pair.id],
      ]),
    ).toEqual([]);
  });

  test('mornings without any free time count as the longest wait that is looked for', async () => {
    await stage.database.sql(
      `insert into waiting_week (district_id, type_code, week, days)
        select $1, 'FIRST_RECEPTION', d::date, case when n <= 10 then 20 else 92 end
        from generate_series(date_trunc('week', day_in_paris(now()))::date - 182, day_in_paris(now()) - 1, interval '7 days')
          with ordinality w(d, n)`,
      [team.id],
    );
    expect((await worker.send(ASK, question({ morePosts: 1 }))).codes).toEqual([]);
    await simulateWaits(stage.jobs);
    const [told] = dataOf(await worker.send(LIST, { districtId: team.id }))['waitSimulations'];
    expect(told.sentenceFr).toMatch(/^Sans changement : (9\d jours|l’attente augmente)/);
    expect(told.assumptionsFr[0]).toContain('compte pour 92');
  });

  test.each([
    ['halfDaysNow', { halfDaysNow: 0 }],
    ['halfDaysNow', { halfDaysNow: 401 }],
    ['moreHalfDays', { moreHalfDays: -24 }],
    ['morePosts', { morePosts: -4 }],
    ['moreAsksPercent', { moreAsksPercent: -91 }],
    ['typeCode', { typeCode: 'NOTHING' }],
  ])('a question that cannot be meant is refused by its field: %s', async (field, more) => {
    await measured(team, queue('a team', 0.97, 9).slice(0, WEEKS_LEARNT));
    expect(refusalOf(await worker.send(ASK, question(more)))).toEqual([
      'INVALID_INPUT',
      undefined,
      `input.${field}`,
    ]);
  });

  test('ten times a day, also if they ask all at once', async () => {
    await measured(team, queue('a team', 0.97, 9).slice(0, WEEKS_LEARNT));
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, nth) => worker.send(ASK, question({ moreHalfDays: nth }))),
    );
    expect(answers.flatMap(({ codes }) => codes)).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
    const colleague = await stage.app.as(`1.${team.name}`);
    expect((await colleague.send(ASK, question())).codes).toEqual([]);
    await stage.database.sql('delete from wait_simulation');
  });

  test('and the answer goes after a quarter, unless a report shows it', async () => {
    await measured(team, queue('a team', 0.97, 9).slice(0, WEEKS_LEARNT));
    const ids: string[] = [];
    for (const moreHalfDays of [1, 2, 3])
      ids.push(dataOf(await worker.send(ASK, question({ moreHalfDays })))['simulateWait'].id);
    await simulateWaits(stage.jobs);
    const [old, shown, fresh] = ids;
    await stage.database.sql(
      `update wait_simulation set asked_at = now() - interval '93 days' where id = any ($1)`,
      [[old, shown]],
    );
    const reportId = await stage.make.activityReport({ districtId: team.id, year: 2024 });
    await stage.make.activityReportText({
      reportId,
      version: 1,
      statedOn: '2025-01-05',
      simulationId: shown ?? null,
    });
    expect(await deleteOldSimulations(stage.jobs)).toBe(1);
    const left = await stage.database.sql<{ id: string }>(
      'select id from wait_simulation where id = any ($1)',
      [ids],
    );
    expect(new Set(left.map(({ id }) => id))).toEqual(new Set([shown, fresh]));
    // Who asked counts for a day. Then it is forgotten.
    const asked = await stage.database.sql<{ id: string }>(
      'select id from wait_simulation where id = any ($1) and asked_by_id is not null',
      [ids],
    );
    expect(asked).toEqual([{ id: fresh }]);
  });
});
