import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Nomenclatures } from '../../src/nomenclatures.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { listenToFlights } from '../support/flights.js';

/** The process keeps the nomenclatures, and never shows one that has changed. */
let database: TestDatabase;
let app: TestApp;
let stop: () => void;
const sent: string[] = [];

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database, { modules: 'own' });
  stop = listenToFlights(database.name, (flight) => sent.push(...flight.map(({ text }) => text)));
});
afterAll(async () => {
  stop();
  await app.close();
  await database.drop();
});

const LABELS = `{ cases(first: 50, filter: { assignedToMe: true }) { edges { node {
  needs { code { labelFr } } appointments(first: 1) { edges { node { type { labelFr } publicLabel } } } } } } }`;

async function labels(): Promise<ReadonlySet<string>> {
  sent.length = 0;
  const { data, errors } = await (await app.as('worker.sevran')).send(LABELS);
  expect(errors).toEqual([]);
  return new Set(JSON.stringify(data).match(/(?<="labelFr":")[^"]+/g));
}

const reads = (table: string): number => sent.filter((text) => text.includes(`from ${table}`)).length;

describe('a nomenclature', () => {
  test('is read once, however many operations show its labels', async () => {
    await labels();
    expect((await labels()).size).toBeGreaterThan(3);
    expect(reads('need_code') + reads('appointment_type')).toBe(0);
  });

  test.each(['need_code', 'appointment_type'])(
    'of the table %s is read anew once it has changed',
    async (table) => {
      const before = await labels();
      await database.sql(`update ${table} set label_fr = label_fr || ' (nouveau)'`);
      const after = await labels();
      expect([...after].filter((label) => label.endsWith('(nouveau)')).length).toBeGreaterThan(0);
      expect([...after].map((label) => label.replace(' (nouveau)', '')).sort()).toEqual(
        [...before].map((label) => label.replace(' (nouveau)', '')).sort(),
      );
      await labels();
      expect(reads(table)).toBe(0);
    },
  );

  test('has a version for each change, and none that is rolled back', async () => {
    const version = async () =>
      (await database.sql<{ version: string }>('select version from nomenclature_version'))[0]?.version;
    const first = Number(await version());
    await database.sql(
      `do $$ begin update need_code set theme = theme; raise 'no'; exception when others then null; end $$`,
    );
    expect(Number(await version())).toBe(first);
    await database.sql('update appointment_type set places = places');
    expect(Number(await version())).toBeGreaterThan(first);
  });

  test('has a new version even if the database has lost the last change, and a process has not', async () => {
    const isShown = async (mark: string) => [...(await labels())].some((label) => label.endsWith(mark));
    const mark = async (text: string) =>
      database.sql(`update need_code set label_fr = label_fr || ' (${text})'`);
    const [before] = await database.sql<{ version: string }>('select version from nomenclature_version');
    await mark('perdu');
    expect(await isShown('(perdu)')).toBe(true);
    // As after a failover to a server that had not received the change.
    await database.sql(`update need_code set label_fr = replace(label_fr, ' (perdu)', '')`);
    await database.sql(`update nomenclature_version set version = ${before?.version}`);
    await mark('refait');
    expect(await isShown('(refait)')).toBe(true);
  });

  test('of an older version is not kept, nor shown to who would read a newer one', () => {
    const kept = new Nomenclatures();
    kept.keep(2, 'types', 'two');
    kept.keep(1, 'types', 'one');
    expect([kept.of(1, 'types'), kept.of(2, 'types'), kept.of(3, 'types')]).toEqual([
      undefined,
      'two',
      undefined,
    ]);
    kept.keep(3, 'codes', 'three');
    // The rest of version 2 has gone with it.
    expect([kept.of(2, 'types'), kept.of(3, 'types'), kept.of(3, 'codes')]).toEqual([
      undefined,
      undefined,
      'three',
    ]);
  });
});
