import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Requester, startTestApp, type TestApp } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { dataOf, districtIds, refusalOf } from './scene.js';

/**
 * An error in a figure that is frozen is said, signed by two and public; the figure stays, byte for byte, since a new one beside it would show
 * who was added or left out.
 */
let database: TestDatabase;
let app: TestApp;
let adviser: Requester;
let officer: Requester;
const YEAR = String(new Date().getUTCFullYear() - 1);
const districts: Record<string, string> = {};

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database);
  [adviser, officer] = [await app.as('adviser'), await app.as('dpo')];
  Object.assign(districts, await districtIds(database));
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const FIELDS =
  'id period indicator district { name } textFr textEn recalls proposedBy signedBy publishedOn lapsesOn';
const send = (who: Requester, name: string, type: string, input: Record<string, unknown>) =>
  who.send(`mutation ($input: ${type}!) { ${name}(input: $input) { ${FIELDS} } }`, { input });
const propose = (more: Record<string, unknown> = {}, who = adviser) =>
  send(who, 'proposeErratum', 'ProposeErratumInput', {
    period: YEAR,
    indicator: 'OPEN_CASES',
    districtId: districts['sevran'],
    textFr: 'Les dossiers d’une antenne manquaient.',
    ...more,
  });
const sign = (id: unknown, who = officer) => send(who, 'signErratum', 'SignErratumInput', { id });
const withdraw = (id: unknown, who = adviser) => send(who, 'withdrawErratum', 'WithdrawErratumInput', { id });
const idOf = async (answer: ReturnType<typeof propose>): Promise<string> =>
  dataOf(await answer)['proposeErratum'].id;

const published = async (who: Requester, args = '') =>
  dataOf(await who.send(`{ errata${args} { ${FIELDS} } }`))['errata'] as { id: string }[];
const unsigned = async (who: Requester) =>
  dataOf(await who.send('{ errataToSign { id } }'))['errataToSign'] as { id: string }[];
const TABLE = `query ($districtId: ID) { statistics(indicator: "OPEN_CASES", period: "${YEAR}", districtId: $districtId, by: ["MISSION"]) {
  errata { textFr } cells(first: 100) { edges { node { value low high withheld } } } } }`;
const tableOf = async (slug: string | null) =>
  dataOf(await app.anonymous.send(TABLE, { districtId: slug === null ? null : districts[slug] }))[
    'statistics'
  ];

test('is written by an adviser, seen by those who work with statistics, and published by the name of another', async () => {
  const before = await tableOf('sevran');
  expect(before.errata).toEqual([]);
  const id = await idOf(propose());
  expect(await unsigned(await app.as('worker.gagny'))).toEqual([{ id }]);
  expect(await published(adviser)).toEqual([]);
  expect((await tableOf('sevran')).errata).toEqual([]);
  expect(refusalOf(await sign(id, adviser))[0]).toBe('FORBIDDEN');

  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
  expect(dataOf(await sign(id))['signErratum']).toEqual({
    id,
    period: YEAR,
    indicator: 'OPEN_CASES',
    district: { name: expect.stringContaining('Sevran') },
    textFr: 'Les dossiers d’une antenne manquaient.',
    textEn: null,
    recalls: false,
    proposedBy: expect.stringMatching(/\w+ \w+/),
    signedBy: expect.stringMatching(/\w+ \w+/),
    publishedOn: today,
    lapsesOn: null,
  });
  expect(refusalOf(await sign(id)).slice(0, 2)).toEqual(['CONFLICT', 'STATE_CHANGED']);
  expect(refusalOf(await withdraw(id)).slice(0, 2)).toEqual(['CONFLICT', 'STATE_CHANGED']);
  expect(await unsigned(adviser)).toEqual([]);
  for (const who of [app.anonymous, await app.as('person.sevran'), await app.as('client.reporting')])
    expect(
      (await published(who, `(period: "${YEAR}", indicator: "OPEN_CASES")`)).map((row) => row.id),
    ).toEqual([id]);
  expect(await published(app.anonymous, '(indicator: "VISITS")')).toEqual([]);

  const after = await tableOf('sevran');
  expect(after.errata).toEqual([{ textFr: 'Les dossiers d’une antenne manquaient.' }]);
  // Not a byte of the figures, and nothing said of another territory.
  expect(after.cells).toEqual(before.cells);
  expect([(await tableOf('gagny')).errata, (await tableOf(null)).errata]).toEqual([[], []]);
});

test('recalls a report, which then says so first, before what is wrong in its figures', async () => {
  await sign(await idOf(propose({ period: YEAR, textFr: 'Un chiffre.', districtId: districts['gagny'] })));
  await sign(
    await idOf(
      propose({
        indicator: null,
        recallsReport: true,
        textFr: 'Rappelé.',
        textEn: 'Recalled.',
        districtId: districts['gagny'],
      }),
    ),
  );
  const { data } = await app.anonymous.send(
    `query ($id: ID, $year: Int!) { activityReport(districtId: $id, year: $year) { publishedOn narrative errata { textFr textEn recalls indicator } } }`,
    { id: districts['gagny'], year: Number(YEAR) },
  );
  expect(data?.['activityReport']).toMatchObject({
    publishedOn: expect.any(String),
    errata: [
      { textFr: 'Rappelé.', textEn: 'Recalled.', recalls: true, indicator: null },
      { textFr: 'Un chiffre.', recalls: false, indicator: 'OPEN_CASES' },
    ],
  });
  const page = async (language: string) =>
    (await fetch(`${app.url}/rapports/${YEAR}/gagny?lang=${language}`)).text();
  const [french, english] = [await page('fr'), await page('en')];
  expect(french).toMatch(/Ce rapport est rappelé[\s\S]*Rappelé\.[\s\S]*Un chiffre\./);
  expect(english).toMatch(/This report is recalled[\s\S]*Recalled\.[\s\S]*Un chiffre\./);
});

test('that nobody has signed is taken back by who wrote it, and by nobody else', async () => {
  const id = await idOf(propose());
  for (const who of [officer, await app.as('head.sevran')])
    expect(['NOT_FOUND', 'FORBIDDEN']).toContain(refusalOf(await withdraw(id, who))[0]);
  expect(await unsigned(adviser)).toEqual([{ id }]);
  expect(dataOf(await withdraw(id))['withdrawErratum']).toMatchObject({ id, publishedOn: null });
  expect(refusalOf(await sign(id)).slice(0, 2)).toEqual(['CONFLICT', 'STATE_CHANGED']);
  expect(await unsigned(adviser)).toEqual([]);
});

test('that nobody signs in sixty days lapses: it is on no list, and nobody signs it any more', async () => {
  const id = await idOf(propose());
  const old = (days: number) =>
    database.sql(
      `set session_replication_role = replica;
       update erratum set proposed_on = day_in_paris(now()) - ${days} where id = '${id}';
       set session_replication_role = origin`,
    );
  await old(59);
  const [row] = dataOf(await adviser.send('{ errataToSign { lapsesOn } }'))['errataToSign'];
  const tomorrow = new Date(Date.now() + 86_400_000);
  expect(row.lapsesOn).toBe(tomorrow.toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' }));
  await old(60);
  expect(await unsigned(adviser)).toEqual([]);
  expect(refusalOf(await sign(id)).slice(0, 2)).toEqual(['CONFLICT', 'STATE_CHANGED']);
  expect(
    await byHand(database, 'dpo', (hand) =>
      hand(
        `update erratum set signed_by_id = (select viewer_worker()), published_on = current_date where id = $1`,
        [id],
      ),
    ),
  ).toBe('0');
  await withdraw(id);
});

test('published, it is told to the team of its figures, and to no other', async () => {
  const told = () =>
    database.sql<{ login: string }>(
      `delete from notification n using worker w where w.id = n.worker_id and n.kind = 'ERRATUM_PUBLISHED' returning w.subject as login`,
    );
  const team = (slug: string) =>
    database.sql<{ login: string }>(
      `select distinct w.subject as login from membership m join worker w on w.id = m.worker_id
       where m.district_id = $1 and m.role in ('SOCIAL_WORKER', 'DISTRICT_HEAD') and m.starts_at <= now() and (m.ends_at is null or m.ends_at > now())`,
      [districts[slug]],
    );
  const logins = (rows: readonly { login: string }[]) => rows.map(({ login }) => login).sort();
  await told();
  const id = await idOf(propose({ districtId: districts['saint-ouen'] }));
  expect(await told()).toEqual([]);
  await sign(id);
  const expected = logins(await team('saint-ouen'));
  expect(expected.length).toBeGreaterThan(2);
  expect(logins(await told())).toEqual(expected);
  // Of the county: who signed its report.
  await sign(await idOf(propose({ districtId: null })));
  const signers = await database.sql<{ login: string }>(
    `select w.subject as login from activity_report r join activity_report_signature s on s.report_id = r.id join worker w on w.id = s.worker_id
     where r.district_id is null and r.year = $1`,
    [YEAR],
  );
  expect(logins(await told())).toEqual(logins(signers));
});

test.each<[string, Record<string, unknown>, string, string]>([
  ['a period that is none', { period: '2025-13' }, 'INVALID_INPUT', 'input.period'],
  ['a month that is not frozen', { period: '2031-01' }, 'NOT_FOUND', 'input.period'],
  ['an unknown indicator', { indicator: 'COLOUR' }, 'NOT_FOUND', 'input.period'],
  ['a word that is no code', { indicator: 'a b' }, 'NOT_FOUND', 'input.indicator'],
  [
    'an unknown district',
    { districtId: '00000000-0000-4000-8000-000000000000' },
    'NOT_FOUND',
    'input.districtId',
  ],
  ['a month of a report', { period: `${YEAR}-03`, indicator: null }, 'INVALID_INPUT', 'input.indicator'],
  ['a report that is not published', { period: '2019', indicator: null }, 'NOT_FOUND', 'input.period'],
  ['the recall of a figure', { recallsReport: true }, 'INVALID_INPUT', 'input.recallsReport'],
  ['no text', { textFr: ' ' }, 'INVALID_INPUT', 'input.textFr'],
  ['a number', { textFr: 'Il y en avait 42 en 2025.' }, 'INVALID_INPUT', 'input.textFr'],
  ['a number in words', { textFr: 'Il en manquait quarante-deux.' }, 'INVALID_INPUT', 'input.textFr'],
  ['zero in words', { textFr: 'Le vrai compte est zéro.' }, 'INVALID_INPUT', 'input.textFr'],
  ['a round number', { textFr: 'Il en manquait une cinquantaine.' }, 'INVALID_INPUT', 'input.textFr'],
  ['a number like a year', { textFr: 'Le compte était de 1950.' }, 'INVALID_INPUT', 'input.textFr'],
  ['a number in English', { textEn: 'Two were missing.' }, 'INVALID_INPUT', 'input.textEn'],
])('of %s is refused, and writes nothing', async (_what, more, code, field) => {
  const answer = refusalOf(await propose(more));
  expect([answer[0], answer[2]]).toEqual([code, field]);
  expect(await unsigned(adviser)).toEqual([]);
});

test('may name a year, a month and a day', async () => {
  const id = await idOf(
    propose({ textFr: `Du 3 mars au 1er avril ${YEAR}, un guichet n’inscrivait personne (${YEAR}-03).` }),
  );
  await withdraw(id);
});

test('is for nobody else to write or to sign, and its draft for nobody who does not work with statistics', async () => {
  const id = await idOf(propose());
  for (const login of ['worker.sevran', 'head.sevran', 'admin', 'reception.sevran', 'person.sevran']) {
    const who = await app.as(login);
    expect(refusalOf(await propose({}, who))[0]).toBe('FORBIDDEN');
    expect(refusalOf(await sign(id, who))[0]).toBe('FORBIDDEN');
  }
  for (const login of ['admin', 'reception.sevran', 'client.reporting', 'person.sevran'])
    expect((await (await app.as(login)).send('{ errataToSign { id } }')).codes).toEqual(['FORBIDDEN']);
  await withdraw(id);
});

test('by hand: nobody signs their own, publishes without a name, or changes what is published', async () => {
  const [own] = [await idOf(propose({ textFr: 'le mien' }))];
  const hands = (login: string) =>
    byHand(database, login, async (hand) => [
      await hand(
        `update erratum set signed_by_id = proposed_by_id, published_on = current_date where id = $1`,
        [own],
      ),
      await hand(`update erratum set text_fr = 'autre' where published_on is not null`),
      await hand(`delete from erratum`),
      await hand(`insert into erratum (period, indicator_code, text_fr, proposed_by_id, proposed_on)
        select '${YEAR}', 'OPEN_CASES', 'x', id, current_date from worker limit 1`),
    ]);
  expect(await hands('adviser')).toEqual(['23514', '42501', '42501', '42501']);
  expect(await hands('head.sevran')).toEqual(['0', '42501', '42501', '42501']);
  expect(
    await byHand(database, 'reception.sevran', (hand) =>
      hand('select from erratum where published_on is null'),
    ),
  ).toBe('0');
  await expect(
    database.sql(`update erratum set text_fr = 'autre' where published_on is not null`),
  ).rejects.toThrow('what is published or taken back stays');
  await withdraw(own);
});
