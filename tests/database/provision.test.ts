import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { parseCounty } from '../../prisma/provision/county-file.js';
import { provisionCounty } from '../../prisma/provision/provision.js';
import { DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import { startTestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { dayAhead } from '../support/days.js';

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
    worker: 3,
    membership: 3,
    need_code: 42,
  });
  expect(Object.values(await provisionCounty(owner, await example())).every((rows) => rows === 0)).toBe(true);
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

test('a run sets the bookings ahead of an address that the file names, and leaves those that it does not name', async () => {
  const given = await example();
  const withAhead = (bookingsAheadOfAddress?: number) => ({
    ...given,
    clients: given.clients.map((client) => ({
      ...client,
      ...(bookingsAheadOfAddress === undefined ? {} : { bookingsAheadOfAddress }),
    })),
  });
  const numbers = async () =>
    (
      await database.sql<{ most: number }>(
        'select bookings_ahead_of_address as most from client where client_id = any ($1)',
        [given.clients.map(({ clientId }) => clientId)],
      )
    ).map(({ most }) => most);
  await provisionCounty(owner, withAhead());
  expect(await numbers()).toEqual([3]);
  await provisionCounty(owner, withAhead(40));
  expect(await numbers()).toEqual([40]);
  await provisionCounty(owner, withAhead());
  expect(await numbers()).toEqual([40]);
  expect(() => parseCounty(withAhead(1001))).toThrow(/clients\.0\.bookingsAheadOfAddress/);
});

test('the notices that it drafts are the officer’s to advise on and the administrator’s to publish; it publishes nothing', async () => {
  const published = await database.sql('select id from privacy_notice');
  const county = { ...(await example()), privacyNotices: { officerAddress: 'dpo@departement-fictif.fr' } };
  // Of the example's address, as it was drafted first, another is drafted by the administrator alone.
  await database.sql('delete from privacy_notice_draft');
  await provisionCounty(owner, county);
  expect(await database.sql('select id from privacy_notice')).toEqual(published);
  const app = await startTestApp(database);
  const scopes = (await example()).clients[0]?.scopes ?? [];
  const as = (subject: string) => app.as(subject, { clientId: 'poste-de-travail', scopes });
  const [officer, administrator] = [await as('c05e77ab'), await as('9a41d0c7')];
  const { data } = await officer.send('{ privacyNoticeDrafts { id kind textFr opinion version } }');
  const drafts = data?.['privacyNoticeDrafts'] as {
    id: string;
    kind: string;
    textFr: string;
    opinion: null;
  }[];
  expect(drafts.map(({ kind, opinion }) => [kind, opinion]).sort()).toEqual([
    ['FULL', null],
    ['SHORT', null],
  ]);
  const change = (who: typeof officer, name: string, type: string, input: object) =>
    who.send(`mutation ($input: ${type}!) { ${name}(input: $input) { id } }`, { input });
  for (const { id, textFr } of drafts) {
    expect(textFr).toContain('dpo@departement-fictif.fr');
    expect(textFr).not.toContain('Qui lit quoi');
    const publish = () =>
      change(administrator, 'publishPrivacyNotice', 'PublishPrivacyNoticeInput', { id, expectedVersion: 2 });
    expect((await publish()).codes).toEqual(['CONFLICT']);
    const advice = { id, expectedVersion: 1, opinion: 'FAVOURABLE' };
    expect(
      (await change(officer, 'adviseOnPrivacyNotice', 'AdviseOnPrivacyNoticeInput', advice)).codes,
    ).toEqual([]);
    expect((await publish()).codes).toEqual([]);
  }
  await app.close();
  expect(Object.values(await provisionCounty(owner, county)).every((rows) => rows === 0)).toBe(true);
});

test('a notice with an address of an example is drafted, and is not published', async () => {
  const [shown] = await database.sql<{ whoReadsFr: string; whoReadsEn: string }>(
    `select who_reads_fr as "whoReadsFr", who_reads_en as "whoReadsEn" from privacy_notice
     where kind = 'SHORT' order by version desc limit 1`,
  );
  const [people] = await database.sql<{ draftedById: string; opinionById: string }>(
    `select a.id as "draftedById", o.id as "opinionById" from worker a, worker o
     where a.subject = '9a41d0c7' and o.subject = 'c05e77ab'`,
  );
  const id = await rowsOf(database).privacyNoticeDraft({
    ...shown,
    ...people,
    kind: 'SHORT',
    textFr: 'Écrire à dpo@county.example.org.',
    textEn: 'Write to dpo@county.example.org.',
    opinion: 'FAVOURABLE',
    opinionOn: dayAhead(0),
  });
  const app = await startTestApp(database);
  const scopes = (await example()).clients[0]?.scopes ?? [];
  const administrator = await app.as('9a41d0c7', { clientId: 'poste-de-travail', scopes });
  const answer = await administrator.send(
    'mutation ($input: PublishPrivacyNoticeInput!) { publishPrivacyNotice(input: $input) { id } }',
    { input: { id, expectedVersion: 1 } },
  );
  expect(answer.codes).toEqual(['INVALID_INPUT']);
  await app.close();
});

test('an app for the notices alone serves the officer and the administrator, and nobody else', async () => {
  const app = await startTestApp(database, { onlyNotices: true });
  const scopes = (await example()).clients[0]?.scopes ?? [];
  const as = (subject: string) => app.as(subject, { clientId: 'poste-de-travail', scopes });
  for (const subject of ['c05e77ab', '9a41d0c7'])
    expect((await (await as(subject)).send('{ privacyNoticeDrafts { id } }')).codes).toEqual([]);
  for (const who of [await as('3f2b7c1e'), app.anonymous])
    expect((await who.send('{ districts { name } }')).codes).toEqual(['FORBIDDEN']);
  expect((await fetch(`${app.url}/rendez-vous`)).status).toBe(400);
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
