import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { endUndecidedConsultations } from '../../src/jobs/tasks.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { dayAhead } from '../support/days.js';
import { jobsOf } from '../support/jobs.js';
import { everyTeamSays, teamSays } from '../support/statistics.js';
import { dataOf, districtIds, refusalOf } from './scene.js';

/**
 * An indicator is adopted when at least half of the teams were heard, more of them are for it than against, and two advisers say so. Silence
 * counts for nothing.
 */
let database: TestDatabase;
let make: Rows;
let app: TestApp;
let jobs: pg.Pool;
const districts: Record<string, string> = {};
const SCOPES = ['statistics:read', 'statistics:write'];

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  make = rowsOf(database);
  app = await startTestApp(database);
  jobs = jobsOf(database);
  Object.assign(districts, await districtIds(database));
});
afterAll(async () => {
  await jobs.end();
  await app.close();
  await database.drop();
});

type Position = 'FOR' | 'AGAINST' | 'RESERVED';
/** The positions that the members of each team state. */
type Said = Readonly<Partial<Record<'sevran' | 'gagny' | 'saint-ouen', readonly Position[]>>>;
const YES = ['FOR', 'FOR'] as const;
const NO = ['AGAINST', 'AGAINST'] as const;

let nth = 0;
const asked = async (said: Said): Promise<string> => {
  nth += 1;
  const id = await make.indicator({
    code: `ADOPTION_${nth}`,
    // Nobody came to a meeting in the months of the trial count, so that it refuses nothing.
    measure: 'MEETING_ATTENDANCE',
    unit: 'PERSON',
    kind: 'DISTINCT',
    status: 'CONSULTED',
    consultedFrom: dayAhead(-10),
    consultedUntil: dayAhead(20),
  });
  await say(id, said);
  return id;
};
const say = async (id: string, said: Said): Promise<void> => {
  for (const [slug, positions] of Object.entries(said))
    for (const position of positions) await database.sql(teamSays(position), [id, districts[slug]]);
};
const withoutSteps = async (sql: string, id: string): Promise<void> => {
  await database.sql('alter table indicator disable trigger indicator_steps');
  await database.sql(sql, [id]);
  await database.sql('alter table indicator enable trigger indicator_steps');
};
/** The last day of its consultation is over. */
const timePasses = (id: string): Promise<void> =>
  withoutSteps(
    'update indicator set consulted_from = current_date - 60, consulted_until = current_date - 2 where id = $1',
    id,
  );
const askedUntilYesterday = async (said: Said): Promise<string> => {
  const id = await asked(said);
  await timePasses(id);
  return id;
};

const act = async (login: string, name: string, input: Record<string, unknown>, fields = 'status') =>
  (await app.as(login)).send(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} } }`,
    { input },
  );
const adopt = (login: string, id: string, fields?: string) => act(login, 'adoptIndicator', { id }, fields);
const reasonFor = async (id: string): Promise<string | undefined> => refusalOf(await adopt('adviser', id))[1];
const shown = async (id: string) =>
  (
    await database.sql<Record<string, unknown>>(
      'select status, refusal, asked_again as again from indicator where id = $1',
      [id],
    )
  )[0];

describe('one team’s voice and one click', () => {
  test('adopt nothing: three members of one team are for it, the others are silent', async () => {
    const id = await askedUntilYesterday({ sevran: ['FOR', 'FOR', 'FOR'] });
    expect(refusalOf(await adopt('adviser', id))).toEqual([
      'STATISTICS_REFUSED',
      'TOO_FEW_HEARD',
      'input.id',
    ]);
    expect((await shown(id))?.['status']).toBe('CONSULTED');
  });

  test('are not two teams: one voice of another team does not make it heard', async () => {
    expect(await reasonFor(await askedUntilYesterday({ sevran: YES, gagny: ['FOR'] }))).toBe('TOO_FEW_HEARD');
  });
});

describe('two advisers adopt what the teams have agreed to', () => {
  const WORDS = 'status decisions { kind name reason refusal }';

  test('the first proposes it, and the second confirms it', async () => {
    const id = await askedUntilYesterday({ sevran: YES, gagny: YES });
    const first = { kind: 'ADOPT', name: 'Isabelle Konaté', reason: null, refusal: null };
    expect(dataOf(await adopt('adviser', id, WORDS))['adoptIndicator']).toEqual({
      status: 'CONSULTED',
      decisions: [first],
    });
    // Twice by one is once.
    expect(refusalOf(await adopt('adviser', id))).toEqual([
      'STATISTICS_REFUSED',
      'SECOND_ADVISER',
      'input.id',
    ]);
    expect(dataOf(await adopt('adviser2', id, WORDS))['adoptIndicator']).toEqual({
      status: 'ADOPTED',
      decisions: expect.arrayContaining([first, { ...first, name: 'Mathieu Garnier' }]),
    });
  });

  test('two at the same moment adopt it once', async () => {
    const id = await askedUntilYesterday({ sevran: YES, gagny: YES });
    const answers = await Promise.all(['adviser', 'adviser2'].map((login) => adopt(login, id)));
    expect(answers.map((answer) => dataOf(answer)['adoptIndicator'].status).sort()).toEqual([
      'ADOPTED',
      'CONSULTED',
    ]);
  });

  test('while the teams are asked, all of them are heard first', async () => {
    const id = await asked({ sevran: YES, gagny: YES });
    expect(await reasonFor(id)).toBe('TEAMS_TO_BE_HEARD');
    await say(id, { 'saint-ouen': NO });
    expect(dataOf(await adopt('adviser', id))['adoptIndicator'].status).toBe('CONSULTED');
    // They said otherwise before the second adviser came.
    await say(id, { gagny: ['AGAINST', 'AGAINST', 'AGAINST'] });
    expect(refusalOf(await adopt('adviser2', id))[1]).toBe('NOT_AGREED');
  });

  test('no hand of one adviser’s is enough, and no yes comes before the teams’', async () => {
    const agreed = await asked({ sevran: YES, gagny: YES, 'saint-ouen': YES });
    const tooEarly = await asked({ sevran: YES });
    const other = `(select id from worker where subject = 'adviser2')`;
    const yes = (worker: string): string =>
      `insert into indicator_decision (indicator_id, kind, worker_id, said_on) values ($1, 'ADOPT', ${worker}, current_date)`;
    await byHand(
      database,
      'adviser',
      async (hand) => {
        for (const [sql, id, refusal] of [
          [yes('viewer_worker()'), tooEarly, 'P0001'],
          [yes(other), agreed, '42501'],
          [yes('viewer_worker()'), agreed, '1'],
          [`update indicator set consulted_until = current_date - 1 where id = $1`, tooEarly, '42501'],
          [`update indicator set asked_again = true where id = $1`, tooEarly, '42501'],
          [
            `update indicator set status = 'ADOPTED', adopted_on = current_date, place = 40 where id = $1`,
            tooEarly,
            'P0001',
          ],
          [
            `update indicator set status = 'ADOPTED', adopted_on = current_date, place = 40 where id = $1`,
            agreed,
            '1',
          ],
        ] as const)
          expect({ sql, refusal: await hand(sql, [id]) }).toEqual({ sql, refusal });
        // The test that COMMIT would make is made now.
        expect(await hand('set constraints all immediate')).toBe('P0001');
      },
      SCOPES,
    );
  });
});

describe('a silent team', () => {
  test('counts for nothing: one is for it, one against, one is silent', async () => {
    expect(await reasonFor(await askedUntilYesterday({ sevran: YES, gagny: NO }))).toBe('TIED');
  });

  test('neither does one with reservations, nor one that is divided', async () => {
    const divided = { gagny: ['FOR', 'AGAINST'] } as const;
    expect(await reasonFor(await askedUntilYesterday(divided))).toBe('TOO_FEW_HEARD');
    expect(await reasonFor(await askedUntilYesterday({ ...divided, sevran: ['RESERVED', 'RESERVED'] }))).toBe(
      'TIED',
    );
    expect(await reasonFor(await askedUntilYesterday({ ...divided, sevran: NO }))).toBe('NOT_AGREED');
  });

  test('is not waited for in a district that is not in service, and does not speak there', async () => {
    const id = await askedUntilYesterday({ sevran: YES, 'saint-ouen': NO, gagny: YES });
    const [before] = await database.sql<{ on: string }>(
      `select switched_on_on::text as on from district where slug = 'gagny'`,
    );
    expect(await database.sql('select indicator_obstacle($1) as why', [id])).toEqual([{ why: null }]);
    await database.sql(`update district set switched_on_on = null where slug = 'gagny'`);
    expect(await database.sql('select indicator_obstacle($1) as why', [id])).toEqual([{ why: 'TIED' }]);
    await database.sql(`update district set switched_on_on = $1::date where slug = 'gagny'`, [before?.on]);
  });
});

describe('a consultation', () => {
  const open = (id: string) =>
    act('adviser', 'openConsultation', { id }, 'status askedAgain consultedFrom consultedUntil');

  test.each([
    ['2026-12-03', '2027-01-13'],
    ['2026-05-20', '2026-06-30'],
    ['2026-05-21', '2026-09-01'],
    ['2026-06-15', '2026-09-26'],
    ['2026-07-01', '2026-10-12'],
    ['2026-08-31', '2026-10-12'],
  ])('that begins on %s lasts six weeks, July and August left out, until %s', async (from, until) => {
    expect(await database.sql('select consultation_ends_on($1)::text as until', [from])).toEqual([{ until }]);
  });

  test('begins when it is opened, and the database says when it ends', async () => {
    nth += 1;
    const id = await make.indicator({ code: `ADOPTION_${nth}` });
    const [days] = await database.sql<{ from: string; until: string }>(
      'select day_in_paris(now())::text as from, consultation_ends_on(day_in_paris(now()))::text as until',
    );
    expect(dataOf(await open(id))['openConsultation']).toEqual({
      status: 'CONSULTED',
      askedAgain: false,
      consultedFrom: days?.from,
      consultedUntil: days?.until,
    });
  });

  test.each<[string, Said]>([
    ['too few were heard', { sevran: YES }],
    ['as many were for it as against', { sevran: YES, gagny: NO }],
  ])('in which %s is asked again once, and ends as refused', async (_, said) => {
    const id = await askedUntilYesterday(said);
    // It does not end by itself before the teams were asked again.
    expect(await endUndecidedConsultations(jobs)).toBe(0);
    expect(dataOf(await open(id))['openConsultation']).toMatchObject({
      status: 'CONSULTED',
      askedAgain: true,
    });
    expect(await endUndecidedConsultations(jobs)).toBe(0);
    expect(refusalOf(await open(id))[1]).toBe('STATE_CHANGED');
    await timePasses(id);
    expect(refusalOf(await open(id))[1]).toBe('STATE_CHANGED');
    expect(await endUndecidedConsultations(jobs)).toBe(1);
    expect(await shown(id)).toEqual({ status: 'REFUSED', refusal: 'NOT_AGREED', again: true });
    const [refused] = await database.sql<{ text: string }>(
      'select refusal_text as text from indicator where id = $1',
      [id],
    );
    expect(refused?.text).toContain('deux fois');
  });

  test('that is asked again keeps what was said, and is adopted if the teams then agree', async () => {
    const id = await askedUntilYesterday({ sevran: YES });
    await open(id);
    for (const login of ['worker.gagny', 'agent-06'])
      expect(
        (await act(login, 'stateOpinion', { id, districtId: districts['gagny'], position: 'FOR' })).codes,
      ).toEqual([]);
    await timePasses(id);
    expect(await endUndecidedConsultations(jobs)).toBe(0);
    for (const login of ['adviser', 'adviser2']) expect((await adopt(login, id)).codes).toEqual([]);
    expect((await shown(id))?.['status']).toBe('ADOPTED');
  });

  test('is not asked again while it goes on, nor after more teams were against', async () => {
    const tied = await asked({ sevran: YES, gagny: NO, 'saint-ouen': ['RESERVED', 'RESERVED'] });
    const against = await asked({});
    await database.sql(everyTeamSays('AGAINST'), [[against]]);
    await timePasses(against);
    for (const id of [tied, against]) expect(refusalOf(await open(id))[1]).toBe('STATE_CHANGED');
    expect(await endUndecidedConsultations(jobs)).toBe(0);
    const refusal = { id: against, refusal: 'NOT_WANTED', reason: 'Les équipes n’en veulent pas.' };
    expect(dataOf(await act('adviser', 'refuseIndicator', refusal))['refuseIndicator'].status).toBe(
      'REFUSED',
    );
  });

  test('that is tied is refused by two advisers, and not by one', async () => {
    const id = await askedUntilYesterday({ sevran: YES, gagny: NO });
    const refusal = { id, refusal: 'NOT_WANTED', reason: 'Personne ne le lirait.' };
    for (const [login, status] of [
      ['adviser', 'CONSULTED'],
      ['adviser2', 'REFUSED'],
    ] as const)
      expect(dataOf(await act(login, 'refuseIndicator', refusal))['refuseIndicator'].status).toBe(status);
  });
});
