import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { dataOf, refusalOf } from './scene.js';

/** Someone objects to being counted (GDPR art. 21): whoever may change what is known of them records it, and no reason is asked. */
let database: TestDatabase;
let app: TestApp;
let person: { id: string; version: number };
beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database);
  const [row] = await database.sql<{ id: string; version: number }>(
    `select p.id, p.version from person p join case_person cp on cp.person_id = p.id join worker w on w.id = cp.assigned_worker_id
     join "case" c on c.id = cp.case_id
     where w.subject = 'worker.sevran' and c.status = 'OPEN' and not p.sensitive_file order by p.id limit 1`,
  );
  if (row === undefined) throw new Error('worker.sevran has no case');
  person = row;
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const UPDATE = `mutation ($input: UpdatePersonInput!) { updatePerson(input: $input) { version objectsToStatistics } }`;
const update = async (login: string, expectedVersion: number, more: Record<string, unknown>) =>
  (await app.as(login)).send(UPDATE, { input: { id: person.id, expectedVersion, ...more } });
const counted = async (): Promise<number> =>
  (
    await database.sql(
      `select from statistics_records('PERSONS_HELPED', now() - interval '31 days', now(), array(select id from district)) r where r.unit_id = $1`,
      [person.id],
    )
  ).length;

test('is recorded, and taken back, with the version of the person', async () => {
  const before = await counted();
  expect(before).toBeGreaterThan(0);
  const objected = await update('worker.sevran', person.version, { objectsToStatistics: true });
  expect(dataOf(objected)['updatePerson']).toEqual({
    version: person.version + 1,
    objectsToStatistics: true,
  });
  expect(await counted()).toBe(0);
  // Absent is unchanged, null clears.
  const other = await update('worker.sevran', person.version + 1, { chosenName: 'Camille' });
  expect(dataOf(other)['updatePerson'].objectsToStatistics).toBe(true);
  const lost = await update('worker.sevran', person.version, { objectsToStatistics: false });
  expect(refusalOf(lost).slice(0, 2)).toEqual(['CONFLICT', 'VERSION_CHANGED']);
  const cleared = await update('worker.sevran', person.version + 2, { objectsToStatistics: null });
  expect(dataOf(cleared)['updatePerson'].objectsToStatistics).toBe(false);
  expect(await counted()).toBe(before);
});

test('is nobody’s to record who does not know them', async () => {
  const version = person.version + 3;
  for (const login of [
    'head.sevran',
    'worker.gagny',
    'reception.gagny',
    'adviser',
    'dpo',
    'client.reporting',
  ])
    expect(
      (await update(login, version, { objectsToStatistics: true })).data?.['updatePerson'] ?? null,
    ).toBeNull();
  expect(
    await database.sql('select from person where id = $1 and statistics_objection_on is not null', [
      person.id,
    ]),
  ).toEqual([]);
});
