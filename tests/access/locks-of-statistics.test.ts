import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

// The second lock can be opened, for the whole of this file: what services ask of who reads, and their where-clause.
const real = await import('../../src/access/statistics/statistics.js');
const { Prisma } = await import('../../prisma/generated/client.js');
let isServiceOpen = false;
jest.unstable_mockModule('../../src/access/statistics/statistics.js', () => ({
  ...real,
  readsStatistics: (viewer: Parameters<typeof real.readsStatistics>[0]) =>
    isServiceOpen || real.readsStatistics(viewer),
  whereReadsStatistics: (viewer: Parameters<typeof real.readsStatistics>[0]) =>
    isServiceOpen ? Prisma.sql`true` : real.whereReadsStatistics(viewer),
}));
const { startTestApp } = await import('../support/app.js');
const { cloneDatabase } = await import('../support/database.js');
const { open } = await import('./locks.js');

/** Who reads nothing that is of those who work with statistics. */
const OTHERS = [
  'reception.sevran',
  'trainee.sevran',
  'admin',
  'person.sevran',
  'client.integration',
] as const;
const READERS = ['worker.sevran', 'head.gagny', 'adviser', 'dpo', 'client.reporting'] as const;

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let app: Awaited<ReturnType<typeof startTestApp>>;
let district: string;

beforeEach(async () => {
  isServiceOpen = false;
  database = await cloneDatabase('cosmos_demo');
  const [row] = await database.sql<{ id: string }>(
    `select district_id as id from indicator_observation order by id limit 1`,
  );
  district = row?.id ?? '';
  app = await startTestApp(database, { guard: open });
});
afterEach(async () => {
  await app.close();
  await database.drop();
});

/** The database without its own lock. */
async function openRows(): Promise<void> {
  await database.sql('alter table indicator_observation disable row level security');
  await database.sql(
    'create or replace function viewer_reads_statistics() returns boolean language sql as $$ select true $$',
  );
}

/** The viewers who read a team's observation that no report has published. Figures have no lock: everyone reads them. */
async function comesOutTo(logins: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const login of logins) {
    const { text } = await (await app.as(login)).send(
      `{ indicatorObservations(districtId: "${district}", year: ${new Date().getFullYear()}) { body } }`,
    );
    if (/"body":/.test(text)) found.push(login);
  }
  return found;
}

describe('with the policies off', () => {
  test('the services alone tell observations to who reads them, and to nobody else', async () => {
    await openRows();
    expect(await comesOutTo([...READERS, ...OTHERS])).toEqual(READERS);
  });

  test('the database alone tells observations to who reads them, and to nobody else', async () => {
    isServiceOpen = true;
    expect(await comesOutTo([...READERS, ...OTHERS])).toEqual(READERS);
  });

  test('and with the three locks open they do come out: these tests can fail', async () => {
    isServiceOpen = true;
    await openRows();
    expect(await comesOutTo(OTHERS)).toEqual(OTHERS);
  });

  test('the services alone let nobody propose, speak or decide for others', async () => {
    for (const table of [
      'indicator',
      'indicator_speaker',
      'indicator_voice',
      'indicator_observation',
      'indicator_decision',
    ])
      await database.sql(`alter table ${table} disable row level security`);
    const [ids] = await database.sql<{ open: string; proposed: string; adopted: string }>(
      `select (select id from indicator where status = 'CONSULTED') as open, (select id from indicator where status = 'PROPOSED') as proposed,
         (select id from indicator where code = 'VISITS') as adopted`,
    );
    const [gagny] = await database.sql<{ id: string }>(`select id from district where slug = 'gagny'`);
    const texts = {
      code: 'ESSAI',
      labelFr: 'x',
      labelEn: 'x',
      definitionFr: 'x',
      countsFr: 'x',
      doesNotCountFr: 'x',
      measure: 'OPEN_CASES',
    };
    const proposal = [
      'proposeIndicator',
      'ProposeIndicatorInput',
      { ...texts, districtId: gagny?.id },
    ] as const;
    const opinion = [
      'stateOpinion',
      'StateOpinionInput',
      { id: ids?.open, districtId: gagny?.id, position: 'FOR' },
    ] as const;
    const observation = [
      'addObservation',
      'AddObservationInput',
      { code: 'VISITS', districtId: gagny?.id, year: new Date().getFullYear(), text: 'x' },
    ] as const;
    const decisions = [
      ['openConsultation', 'OpenConsultationInput', { id: ids?.proposed, until: '2099-01-01' }],
      ['adoptIndicator', 'AdoptIndicatorInput', { id: ids?.open }],
      ['refuseIndicator', 'RefuseIndicatorInput', { id: ids?.proposed, refusal: 'DUPLICATE', reason: 'x' }],
      ['retireIndicator', 'RetireIndicatorInput', { id: ids?.adopted, reason: 'x' }],
    ] as const;
    const forGagny = [proposal, opinion, observation];
    for (const [login, attempts] of [
      ['worker.sevran', [...forGagny, ...decisions]],
      ['head.sevran', [...forGagny, ...decisions]],
      ['head.gagny', [opinion, observation, ...decisions]],
      ['reception.gagny', [...forGagny, ...decisions]],
      ['adviser', forGagny],
      ['dpo', [...forGagny, ...decisions]],
      ['admin', [...forGagny, ...decisions]],
      ['client.reporting', [...forGagny, ...decisions]],
    ] as const) {
      const asker = await app.as(login);
      for (const [name, type, input] of attempts) {
        const { codes } = await asker.send(
          `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
          { input },
        );
        expect({ login, name, codes }).toEqual({ login, name, codes: ['FORBIDDEN'] });
      }
    }
  });
});
