import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { INDICATORS } from '../../prisma/seed/reference/indicators.js';
import { MEASURES } from '../../src/statistics/measures.js';
import { objectionTo, refusalOfDimension } from '../../src/statistics/proposals.js';
import { type Requester, startTestApp, type TestApp } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { secondAdviser } from '../support/statistics.js';
import { dataOf, districtIds, indicatorLike, refusalOf } from './scene.js';

/** The life of an indicator: proposed, consulted on by every team, adopted or refused, retired; in the open. */
let database: TestDatabase;
let app: TestApp;
let adviser: Requester;
let otherAdviser: Requester;
let sevran: Requester;
let gagny: Requester;
const districts: Record<string, string> = {};

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database);
  adviser = await app.as('adviser');
  otherAdviser = await app.as(await secondAdviser(database));
  sevran = await app.as('worker.sevran');
  gagny = await app.as('worker.gagny');
  Object.assign(districts, await districtIds(database));
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const PROPOSE = `mutation ($input: ProposeIndicatorInput!) { proposeIndicator(input: $input) {
  id code version status unit kind dimensions { code } givenBy proposedOn proposedIn { name } } }`;
const step = (name: string, type: string, fields = 'id status') =>
  `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`;
const CONSULT = step('openConsultation', 'OpenConsultationInput', 'id status consultedFrom consultedUntil');
const STATE = step(
  'stateOpinion',
  'StateOpinionInput',
  'id opinions { district { name } position votesFor votesAgainst voices { position words version } }',
);
const ADOPT = step('adoptIndicator', 'AdoptIndicatorInput', 'id status adoptedOn version');
const REFUSE = step('refuseIndicator', 'RefuseIndicatorInput', 'id status refusal refusalText');
const RETIRE = step('retireIndicator', 'RetireIndicatorInput', 'id status retiredOn');

const words = {
  code: 'CASES_BY_MISSION',
  labelFr: 'Dossiers selon la mission',
  labelEn: 'Cases by mission',
  definitionFr: 'Les dossiers ouverts à la fin de la période.',
  countsFr: 'Un dossier en attente d’attribution.',
  doesNotCountFr: 'Un dossier clos.',
  measure: 'OPEN_CASES',
  dimensions: ['MISSION'],
};
const propose = (who: Requester, more: Record<string, unknown> = {}) =>
  who.send(PROPOSE, { input: { ...words, ...more } });
const proposed = async (code: string): Promise<string> =>
  dataOf(await propose(adviser, { code }))['proposeIndicator'].id;
const consulted = async (code: string): Promise<string> => {
  const id = await proposed(code);
  // The other adviser has read it thereby: it is public.
  expect((await otherAdviser.send(CONSULT, { input: { id } })).codes).toEqual([]);
  return id;
};
const state = (
  who: Requester,
  id: string,
  slug: string,
  position: string,
  more: Record<string, unknown> = {},
) => who.send(STATE, { input: { id, districtId: districts[slug], position, ...more } });

const TEAM = {
  sevran: ['worker.sevran', 'worker2.sevran'],
  gagny: ['worker.gagny', 'agent-06'],
  'saint-ouen': ['agent-12', 'agent-13'],
} as const;
const teamSays = async (id: string, slug: keyof typeof TEAM, position: string): Promise<void> => {
  for (const login of TEAM[slug])
    expect((await state(await app.as(login), id, slug, position)).codes).toEqual([]);
};

/** Both advisers say so. */
const adopted = async (id: string) => {
  expect((await adviser.send(ADOPT, { input: { id } })).codes).toEqual([]);
  return otherAdviser.send(ADOPT, { input: { id } });
};

describe('proposing', () => {
  test('is done by a team, and measured by what is recorded anyway', async () => {
    const answer = await propose(sevran, { code: 'OF_SEVRAN', districtId: districts['sevran'] });
    expect(answer.data).toEqual({
      proposeIndicator: {
        id: expect.any(String),
        code: 'OF_SEVRAN',
        version: 1,
        status: 'PROPOSED',
        unit: 'CASE',
        kind: 'STOCK',
        dimensions: [{ code: 'MISSION' }],
        givenBy: null,
        proposedOn: expect.any(String),
        proposedIn: { name: expect.stringContaining('Sevran') },
      },
    });
  });

  test('again is another version, once the one before is decided on', async () => {
    const id = await proposed('TWICE');
    expect(refusalOf(await propose(adviser, { code: 'TWICE' }))).toEqual([
      'CONFLICT',
      'STATE_CHANGED',
      undefined,
    ]);
    for (const who of [adviser, otherAdviser])
      await who.send(REFUSE, { input: { id, refusal: 'NOT_WANTED', reason: 'Personne ne le lirait.' } });
    expect(dataOf(await propose(adviser, { code: 'TWICE' }))['proposeIndicator'].version).toBe(2);
  });

  test.each([
    ['« écoute soutien +++ »', { labelFr: 'Écoute soutien +++' }, 'SUBJECTIVE', 'input.labelFr'],
    ['a feeling', { labelFr: 'Motivation de la personne' }, 'SUBJECTIVE', 'input.labelFr'],
    [
      'a mark',
      { definitionFr: 'La relation, notée sur 10 à chaque entretien : 7/10.' },
      'SUBJECTIVE',
      'input.definitionFr',
    ],
    ['work by worker', { labelFr: 'Dossiers par travailleur social' }, 'ABOUT_WORKERS', 'input.labelFr'],
    [
      'performance',
      { definitionFr: 'Le rendement de la permanence.' },
      'ABOUT_WORKERS',
      'input.definitionFr',
    ],
    ['nationality', { labelFr: 'Personnes selon la nationalité' }, 'NOT_COLLECTED', 'input.labelFr'],
    ['a dimension by worker', { dimensions: ['WORKER'] }, 'WORKER_DIMENSION', 'input.dimensions'],
    ['a dimension by district', { dimensions: ['CIRCONSCRIPTION'] }, 'RANKING', 'input.dimensions'],
    ['a dimension of another measure', { dimensions: ['AGE_BAND'] }, 'UNKNOWN_DIMENSION', 'input.dimensions'],
  ])('%s is refused with its reason, and nothing is kept', async (_, more, reason, field) => {
    const answer = await propose(adviser, { code: 'REFUSED_ITEM', ...more });
    expect(refusalOf(answer)).toEqual(['STATISTICS_REFUSED', reason, field]);
    expect(answer.errors[0]?.message).toMatch(/[a-zé]/);
    expect(await database.sql(`select from indicator where code = 'REFUSED_ITEM'`)).toEqual([]);
  });

  test.each([
    ['a code', { code: 'in words' }, 'input.code'],
    ['a measure', { measure: 'MOOD' }, 'input.measure'],
    ['no definition', { definitionFr: '  ' }, 'input.definitionFr'],
    ['a label of two lines', { labelFr: 'a\nb' }, 'input.labelFr'],
  ])('%s that cannot be is named', async (_, more, field) => {
    const [code, , named] = refusalOf(await propose(adviser, { code: 'WRONG_INPUT', ...more }));
    expect([code, named]).toEqual(['INVALID_INPUT', field]);
  });

  test('the catalogue passes by the same sieve', () => {
    for (const words of INDICATORS)
      expect([words.labelFr, objectionTo(words)]).toEqual([words.labelFr, null]);
    expect(INDICATORS.map(({ code }) => code).sort()).toEqual(Object.keys(MEASURES).sort());
    expect(refusalOfDimension('MODE')).toBe('UNKNOWN_DIMENSION');
  });
});

describe('consulting and deciding', () => {
  test('is done by a technical adviser alone', async () => {
    const id = await proposed('ASKED_OF_ALL');
    expect((await sevran.send(CONSULT, { input: { id } })).codes).toEqual(['FORBIDDEN']);
    expect((await adviser.send(CONSULT, { input: { id } })).codes).toEqual([]);
    expect(refusalOf(await adviser.send(CONSULT, { input: { id } }))[1]).toBe('STATE_CHANGED');
  });

  test('every team is heard by its social workers, and dissent is public', async () => {
    const id = await consulted('HEARD');
    expect((await state(await app.as('head.sevran'), id, 'sevran', 'FOR')).codes).toEqual(['FORBIDDEN']);
    expect((await state(gagny, id, 'sevran', 'FOR')).codes).toEqual(['FORBIDDEN']);
    await state(sevran, id, 'sevran', 'FOR');
    expect(refusalOf(await state(sevran, id, 'sevran', 'AGAINST'))[1]).toBe('VERSION_CHANGED');
    await state(sevran, id, 'sevran', 'AGAINST', { expectedVersion: 1, words: 'On nous comparera.' });
    const colleague = await app.as('worker2.sevran');
    await state(colleague, id, 'sevran', 'AGAINST');
    const [voice] = await database.sql<{ id: string }>(
      'select speaker_id as id from indicator_voice where indicator_id = $1 and version = 2',
      [id],
    );
    const CONFIRM = step('confirmWords', 'ConfirmWordsInput', 'confirmedOn');
    expect((await colleague.send(CONFIRM, { input: { of: 'VOICE', version: 2, ...voice } })).codes).toEqual(
      [],
    );
    const answer = await app.anonymous.send(
      '{ indicators(code: "HEARD") { status opinions { district { name } position votesAgainst voices { words version } } } }',
    );
    expect(dataOf(answer)['indicators']).toEqual([
      {
        status: 'CONSULTED',
        opinions: [
          {
            district: { name: expect.stringContaining('Sevran') },
            position: 'AGAINST',
            votesAgainst: 2,
            voices: expect.arrayContaining([{ words: 'On nous comparera.', version: 2 }]),
          },
        ],
      },
    ]);
  });

  test('nothing is adopted before each team has been heard, or against them', async () => {
    const id = await consulted('TO_ADOPT');
    await teamSays(id, 'sevran', 'FOR');
    expect(refusalOf(await adviser.send(ADOPT, { input: { id } }))).toEqual([
      'STATISTICS_REFUSED',
      'TEAMS_TO_BE_HEARD',
      'input.id',
    ]);
    await teamSays(id, 'gagny', 'AGAINST');
    await teamSays(id, 'saint-ouen', 'RESERVED');
    expect(refusalOf(await adviser.send(ADOPT, { input: { id } }))[1]).toBe('TIED');
    await state(await app.as('agent-12'), id, 'saint-ouen', 'FOR', { expectedVersion: 1 });
    expect((await sevran.send(ADOPT, { input: { id } })).codes).toEqual(['FORBIDDEN']);
    expect(dataOf(await adopted(id))['adoptIndicator']).toMatchObject({ status: 'ADOPTED', version: 1 });
    expect(refusalOf(await state(sevran, id, 'sevran', 'AGAINST', { expectedVersion: 1 }))[1]).toBe(
      'STATE_CHANGED',
    );
  });

  test('a team that says nothing holds nobody up once its time is over', async () => {
    const id = await consulted('SILENCE');
    await teamSays(id, 'sevran', 'FOR');
    await teamSays(id, 'saint-ouen', 'FOR');
    await database.sql(`alter table indicator disable trigger indicator_steps`);
    await database.sql(
      `update indicator set consulted_from = current_date - 40, consulted_until = current_date - 2 where id = $1`,
      [id],
    );
    await database.sql(`alter table indicator enable trigger indicator_steps`);
    expect(refusalOf(await state(gagny, id, 'gagny', 'AGAINST'))[1]).toBe('STATE_CHANGED');
    expect(dataOf(await adopted(id))['adoptIndicator'].status).toBe('ADOPTED');
  });

  test('another version takes the place of the one before, whose figures stay', async () => {
    const [old] = await database.sql<{ id: string; place: number }>(
      `select id, place from indicator where code = 'VISITS' and status = 'ADOPTED'`,
    );
    const id = dataOf(
      await propose(adviser, {
        code: 'VISITS',
        measure: 'VISITS',
        dimensions: ['VISIT_KIND'],
      }),
    )['proposeIndicator'].id;
    await adviser.send(CONSULT, { input: { id } });
    for (const slug of ['sevran', 'gagny', 'saint-ouen'] as const) await teamSays(id, slug, 'FOR');
    expect(dataOf(await adopted(id))['adoptIndicator']).toMatchObject({
      status: 'ADOPTED',
      version: 2,
    });
    const [before] = await database.sql(
      'select status, retired_on = current_date as today, place from indicator where id = $1',
      [old?.id],
    );
    expect(before).toMatchObject({ status: 'RETIRED', place: null });
    const [tables] = await database.sql<{ count: number }>(
      'select count(*)::integer as count from snapshot_table where indicator_id = $1',
      [old?.id],
    );
    expect(tables?.count).toBeGreaterThan(0);
  });

  test('a refusal has its reason in the open, and is final', async () => {
    const id = await proposed('NO_SUCH');
    await adviser.send(REFUSE, { input: { id, refusal: 'DUPLICATE', reason: 'Cela se compte déjà.' } });
    const refused = await otherAdviser.send(REFUSE, {
      input: { id, refusal: 'SUBJECTIVE', reason: 'Cela ne se constate pas.' },
    });
    expect(dataOf(refused)['refuseIndicator']).toEqual({
      id,
      status: 'REFUSED',
      refusal: 'SUBJECTIVE',
      refusalText: 'Cela ne se constate pas.',
    });
    expect(refusalOf(await adviser.send(CONSULT, { input: { id } }))[1]).toBe('STATE_CHANGED');
  });

  test('the forty-first is not adopted until one is retired', async () => {
    const places = await database.sql<{ place: number }>(
      `select place from generate_series(1, 40) place where not exists (select from indicator i where i.place = place.place)`,
    );
    const [model] = await database.sql<{ id: string }>(
      `select id from indicator where code = 'OPEN_CASES' and status = 'ADOPTED'`,
    );
    for (const { place } of places)
      await indicatorLike(database, 'OPEN_CASES', { code: `FILLED_${place}`, place });
    const id = await consulted('FORTY_FIRST');
    for (const slug of ['sevran', 'gagny', 'saint-ouen'] as const) await teamSays(id, slug, 'FOR');
    expect(refusalOf(await adviser.send(ADOPT, { input: { id } }))[1]).toBe('NO_PLACE_LEFT');
    await adviser.send(RETIRE, { input: { id: model?.id, reason: 'Il y en a trop.' } });
    const retired = await otherAdviser.send(RETIRE, { input: { id: model?.id, reason: 'En effet.' } });
    expect(dataOf(retired)['retireIndicator'].status).toBe('RETIRED');
    expect(dataOf(await adopted(id))['adoptIndicator'].status).toBe('ADOPTED');
  });
});

describe('by hand, past the API', () => {
  test('no step is left out, and no word is changed', async () => {
    const [row] = await database.sql<{ id: string }>(
      `select id from indicator where status = 'PROPOSED' limit 1`,
    );
    const scopes = ['statistics:read', 'statistics:write'];
    await byHand(
      database,
      'adviser',
      async (hand) => {
        expect(
          await hand(
            `update indicator set status = 'ADOPTED', adopted_on = current_date, place = 40, consulted_from = current_date, consulted_until = current_date + 14 where id = $1`,
            [row?.id],
          ),
        ).not.toBe('1');
        expect(await hand(`update indicator set label_fr = 'autre' where id = $1`, [row?.id])).toBe('42501');
        expect(await hand(`update indicator set dimensions = '{WORKER}' where id = $1`, [row?.id])).toBe(
          '42501',
        );
        expect(await hand('delete from indicator')).toBe('42501');
        expect(await hand('delete from indicator_voice')).toBe('42501');
      },
      scopes,
    );
    await byHand(
      database,
      'head.sevran',
      async (hand) => {
        expect(
          await hand(
            `update indicator set status = 'REFUSED', refusal = 'NOT_WANTED', refusal_text = 'x' where id = $1`,
            [row?.id],
          ),
        ).toBe('0');
        expect(
          await hand(
            `insert into indicator_speaker (indicator_id, district_id, worker_id) select id, $1, viewer_worker() from indicator where status = 'CONSULTED'`,
            [districts['sevran']],
          ),
        ).not.toBe('1');
      },
      scopes,
    );
  });
});

test('shows everyone the SQL by which it is counted, as the database has it', async () => {
  const indicators = dataOf(
    await app.anonymous.send('{ indicators(status: ADOPTED) { code measure countingSql } }'),
  )['indicators'] as { code: string; measure: keyof typeof MEASURES; countingSql: string }[];
  expect(indicators.length).toBeGreaterThan(10);
  for (const { measure, countingSql } of indicators) {
    expect(countingSql).toContain(`records_of_${measure.toLowerCase()}(p_from timestamp with time zone`);
    expect(countingSql.toLowerCase()).toContain('select');
    // Whoever objects is left out, in each of them.
    expect([measure, countingSql.includes('statistics_objection_on')]).toEqual([measure, true]);
  }
});
