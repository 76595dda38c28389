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
  readsSimulation: (...of: Parameters<typeof real.readsSimulation>) =>
    isServiceOpen || real.readsSimulation(...of),
  whereReadsSimulation: (...of: Parameters<typeof real.whereReadsSimulation>) =>
    isServiceOpen ? Prisma.sql`true` : real.whereReadsSimulation(...of),
}));
const { startTestApp } = await import('../support/app.js');
const { cloneDatabase } = await import('../support/database.js');
const { rowsOf } = await import('../support/county/rows.js');
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
/** Who reads what the team of Sevran asks about its wait, and who reads statistics and nothing of that. */
const OF_SEVRAN = ['worker.sevran', 'worker2.sevran', 'head.sevran', 'adviser', 'dpo'] as const;
const OF_OTHER_TEAMS = ['worker.gagny', 'head.gagny', 'client.reporting'] as const;

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let app: Awaited<ReturnType<typeof startTestApp>>;
let district: string;
let sevran: string;

beforeEach(async () => {
  isServiceOpen = false;
  database = await cloneDatabase('cosmos_demo');
  const [row] = await database.sql<{ id: string }>(
    `select district_id as id from indicator_observation order by id limit 1`,
  );
  district = row?.id ?? '';
  const [asked] = await database.sql<{ districtId: string; askedById: string }>(
    `select d.id as "districtId", w.id as "askedById" from district d join worker w on w.subject = 'worker.sevran' where d.slug = 'sevran'`,
  );
  sevran = asked?.districtId ?? '';
  await rowsOf(database).waitSimulation(asked);
  app = await startTestApp(database, { guard: open });
});
afterEach(async () => {
  await app.close();
  await database.drop();
});

/** The database without its own lock. */
async function openRows(): Promise<void> {
  for (const table of ['indicator_observation', 'wait_simulation'])
    await database.sql(`alter table ${table} disable row level security`);
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

/** The viewers who read what the team of Sevran has asked about its wait. */
async function simulationComesOutTo(logins: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const login of logins) {
    const { text } = await (await app.as(login)).send(
      `{ waitSimulations(districtId: "${sevran}") { typeCode } }`,
    );
    if (/"typeCode":/.test(text)) found.push(login);
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

  test('the services alone tell what a team asks about its wait to its own, and to nobody else', async () => {
    await openRows();
    expect(await simulationComesOutTo([...OF_SEVRAN, ...OF_OTHER_TEAMS, ...OTHERS])).toEqual(OF_SEVRAN);
  });

  test('the database alone tells what a team asks about its wait to its own, and to nobody else', async () => {
    isServiceOpen = true;
    expect(await simulationComesOutTo([...OF_SEVRAN, ...OF_OTHER_TEAMS, ...OTHERS])).toEqual(OF_SEVRAN);
  });

  test('and with the three locks open they do come out: these tests can fail', async () => {
    isServiceOpen = true;
    await openRows();
    expect(await comesOutTo(OTHERS)).toEqual(OTHERS);
    expect(await simulationComesOutTo([...OF_OTHER_TEAMS, ...OTHERS])).toEqual([
      ...OF_OTHER_TEAMS,
      ...OTHERS,
    ]);
  });

  test('the services alone let nobody propose, speak, simulate or decide for others', async () => {
    for (const table of [
      'indicator',
      'indicator_speaker',
      'indicator_voice',
      'indicator_observation',
      'indicator_decision',
      'wait_simulation',
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
    const simulation = [
      'simulateWait',
      'SimulateWaitInput',
      { districtId: gagny?.id, typeCode: 'FIRST_RECEPTION', halfDaysNow: 24 },
    ] as const;
    const decisions = [
      ['openConsultation', 'OpenConsultationInput', { id: ids?.proposed }],
      ['adoptIndicator', 'AdoptIndicatorInput', { id: ids?.open }],
      ['refuseIndicator', 'RefuseIndicatorInput', { id: ids?.proposed, refusal: 'DUPLICATE', reason: 'x' }],
      ['retireIndicator', 'RetireIndicatorInput', { id: ids?.adopted, reason: 'x' }],
    ] as const;
    const forGagny = [proposal, opinion, observation];
    for (const [login, attempts] of [
      ['worker.sevran', [...forGagny, simulation, ...decisions]],
      ['head.sevran', [...forGagny, simulation, ...decisions]],
      ['head.gagny', [opinion, observation, ...decisions]],
      ['reception.gagny', [...forGagny, simulation, ...decisions]],
      ['adviser', forGagny],
      ['dpo', [...forGagny, simulation, ...decisions]],
      ['admin', [...forGagny, simulation, ...decisions]],
      ['client.reporting', [...forGagny, simulation, ...decisions]],
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
