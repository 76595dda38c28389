import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { parseCounty } from '../../prisma/provision/county-file.js';
import { provisionCounty } from '../../prisma/provision/provision.js';
import { DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import { startTestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** The example file of the documentation, with the issuer of these tests. */
const example = async () =>
  parseCounty(
    JSON.parse(
      (await readFile('docs/county.example.json', 'utf8')).replaceAll(
        'https://login.example.org/realms/county',
        DEVELOPMENT_ISSUER,
      ),
    ),
  );

let database: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  database = await cloneDatabase();
  owner = new pg.Client({ connectionString: database.urlAs('cosmos_owner') });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

test('a new county begins with a file: its head logs in, and a second run adds nothing', async () => {
  const first = await provisionCounty(owner, await example());
  expect(first).toMatchObject({
    district: 1,
    opening_hours: 2,
    sector: 1,
    client: 1,
    worker: 2,
    membership: 2,
    need_code: 42,
  });
  expect(Object.values(await provisionCounty(owner, await example())).every((rows) => rows === 0)).toBe(true);
  const notices = await database.sql(
    `select kind, version, opinion, text_fr like '%dpo@county.example.org%' and text_fr not like '%departement.example%' as ours
     from privacy_notice where opinion is not null order by kind`,
  );
  expect(notices).toEqual(
    ['SHORT', 'FULL'].map((kind) => ({
      kind,
      version: expect.any(Number),
      opinion: 'FAVOURABLE',
      ours: true,
    })),
  );
  const app = await startTestApp(database);
  const scopes = (await example()).clients[0]?.scopes ?? [];
  const head = await app.as('3f2b7c1e', { clientId: 'poste-de-travail', scopes });
  const { data } = await head.send(
    '{ viewer { worker { displayName } memberships { role district { name } } } }',
  );
  expect(data?.['viewer']).toEqual({
    worker: { displayName: 'Claire Martin' },
    memberships: [{ role: 'DISTRICT_HEAD', district: { name: 'Circonscription de Sevran' } }],
  });
  await app.close();
});

test('row-level security is forced again afterwards, after a failure too', async () => {
  const county = await example();
  const broken = {
    ...county,
    workers: [
      { ...county.workers[0], subject: 'x', memberships: [{ role: 'RECEPTIONIST', district: 'nowhere' }] },
    ],
  };
  await expect(provisionCounty(owner, broken as typeof county)).rejects.toThrow(
    'There is no district nowhere.',
  );
  const open = await database.sql(
    `select relname from pg_class where relname in ('worker', 'membership', 'client') and not relforcerowsecurity`,
  );
  expect(open).toEqual([]);
  expect(await database.sql(`select from worker where subject = 'x'`)).toEqual([]);
});

test('a faulty file is refused with every faulty place, and nothing is written', () => {
  expect(() => parseCounty({ districts: [{ slug: 'A B' }], clients: [], workers: [], more: 1 })).toThrow(
    /districts\.0\.slug.*\n.*districts\.0\.name/s,
  );
});
