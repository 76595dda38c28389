import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ahead } from '../support/days.js';

/** Who could stand in for an absent worker: proposed to the head, by name, and chosen by nobody but the head. */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let district: DistrictBuilder;
let sevran: string;
let absent: string;
let absenceId: string;
const workers: Record<string, string> = {};

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  district = (await county(database)).district('Sevran');
  sevran = (await district).id;
  await district.head('hélène');
  for (const name of ['alice', 'zoé', 'bruno', 'chloé']) workers[name] = (await district.worker(name)).id;
  absent = workers['alice'] ?? '';
  await district.receptionist('rachida');
});
beforeEach(async () => {
  await database.sql('truncate relay');
  await database.sql('delete from absence');
  await database.sql(`update membership set starts_at = '2020-01-01', ends_at = null`);
  await database.sql('update worker set disabled_at = null');
  absenceId = await make.absence({
    districtId: sevran,
    workerId: absent,
    startsAt: ahead(1),
    endsAt: ahead(20),
  });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const ASK = `query ($id: ID!) { absences(districtId: $id) { id proposedStandIns { id } } }`;

async function proposed(who = 'hélène'): Promise<readonly string[] | null> {
  const { data } = await (await app.as(who)).send(ASK, { id: sevran });
  const found = data?.['absences'].find(({ id }: { id: string }) => id === absenceId);
  if (found?.proposedStandIns == null) return null;
  const names = Object.entries(workers);
  return found.proposedStandIns.map(({ id }: { id: string }) => names.find(([, of]) => of === id)?.[0]);
}

test('the colleagues who are there, by name: neither the absent worker nor the head nor the desk', async () => {
  const names = await database.sql<{ id: string }>(
    `select id from worker where id = any ($1) order by family_name, given_name, id`,
    [['zoé', 'bruno', 'chloé'].map((name) => workers[name])],
  );
  const inOrder = names.map(({ id }) => Object.entries(workers).find(([, of]) => of === id)?.[0]);
  expect(await proposed()).toEqual(inOrder);
});

test.each([
  [
    'is absent for a part of it',
    async (id: string) => {
      await make.absence({ districtId: sevran, workerId: id, startsAt: ahead(19), endsAt: ahead(25) });
    },
  ],
  [
    'stands in for somebody else then',
    async (id: string) => {
      const other = workers['zoé'] ?? '';
      await make.absence({ districtId: sevran, workerId: other, startsAt: ahead(10), endsAt: ahead(12) });
      await make.relay({
        districtId: sevran,
        absentWorkerId: other,
        standInId: id,
        startsAt: ahead(10),
        endsAt: ahead(12),
      });
    },
  ],
  [
    'leaves the district before its end',
    async (id: string) => {
      await database.sql('update membership set ends_at = $2 where worker_id = $1', [id, ahead(15)]);
    },
  ],
  [
    'has no account any more',
    async (id: string) => {
      await database.sql('update worker set disabled_at = now() where id = $1', [id]);
    },
  ],
] as const)('nobody who %s', async (_, change) => {
  await change(workers['bruno'] ?? '');
  expect(await proposed()).toContain('chloé');
  expect(await proposed()).not.toContain('bruno');
});

test('for a departure, nobody: a relay has an end', async () => {
  await database.sql('update absence set ends_at = null where id = $1', [absenceId]);
  expect(await proposed()).toEqual([]);
});

test('is for the head alone: the absent worker reads their absence, and no proposal', async () => {
  const { data, codes } = await (await app.as('alice')).send(`{ myAbsences { id proposedStandIns { id } } }`);
  expect(data?.['myAbsences']).toEqual([{ id: absenceId, proposedStandIns: null }]);
  expect(codes).toEqual(['FORBIDDEN']);
  expect((await (await app.as('rachida')).send(ASK, { id: sevran })).data?.['absences'] ?? []).toEqual([]);
});
