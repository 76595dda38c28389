import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { dataOf, districtIds, refusalOf } from './scene.js';

/** A signed text of a report stands until another text is signed. A third member may write anew as often as they like: it changes nothing. */
let database: TestDatabase;
let app: TestApp;
let districtId: string;
const YEAR = new Date().getUTCFullYear() - 1;
/** All of the team of Saint-Ouen, of which the demonstration has a draft that nobody has signed. */
const [WRITER, COLLEAGUE, THIRD, FOURTH] = ['agent-12', 'agent-13', 'agent-14', 'agent-15'] as const;

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database);
  districtId = (await districtIds(database))['saint-ouen'] ?? '';
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const act = async (login: string, name: string, input: Record<string, unknown> = {}, fields = 'version') =>
  (await app.as(login)).send(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} } }`,
    { input: { districtId, year: YEAR, ...input } },
  );
const FIELDS =
  'version textVersion narrative declined signatures { name } laterTexts { version declined narrative }';
const reportFor = async (login: string, fields = FIELDS) =>
  dataOf(
    await (await app.as(login)).send(
      `{ activityReport(districtId: "${districtId}", year: ${YEAR}) { ${fields} } }`,
    ),
  )['activityReport'];
const version = async (): Promise<number> => (await reportFor(THIRD, 'version')).version;
const write = async (login: string, text: string) =>
  act(login, 'writeNarrative', { text, expectedVersion: await version() });
const sign = async (login: string) => act(login, 'signNarrative', { expectedVersion: await version() });
const told = async (kind: string): Promise<readonly string[]> =>
  (
    await database.sql<{ login: string }>(
      `select w.subject as login from notification n join worker w on w.id = n.worker_id where n.kind = $1::"NotificationKind" order by 1`,
      [kind],
    )
  ).map(({ login }) => login);

describe('a text with two signatures', () => {
  test('is undone by no blank of a third member, of 200, and who signed it is told', async () => {
    await write(WRITER, 'Ce que nous avons vu.');
    for (const login of [WRITER, COLLEAGUE]) expect((await sign(login)).codes).toEqual([]);
    const signed = await version();
    for (let time = 0; time < 200; time += 1)
      expect((await act(THIRD, 'declineNarrative', { expectedVersion: signed + time })).codes).toEqual([]);
    const report = await reportFor('adviser');
    expect(report).toMatchObject({
      version: signed + 200,
      textVersion: signed,
      narrative: 'Ce que nous avons vu.',
      declined: false,
    });
    expect(report.signatures).toHaveLength(2);
    expect(report.laterTexts[0]).toEqual({ version: signed + 200, declined: true, narrative: null });
    // Once an hour.
    expect(await told('TEXT_PROPOSED')).toEqual([WRITER, COLLEAGUE]);
    expect(await told('TEXT_REPLACED')).toEqual([]);
  });

  test('stands until the other one has two of its own, and who signed it is told', async () => {
    await write(THIRD, 'Ce qui a changé depuis.');
    const { textVersion } = await reportFor(THIRD);
    await sign(THIRD);
    expect(await reportFor(THIRD)).toMatchObject({ textVersion, narrative: 'Ce que nous avons vu.' });
    expect(await told('TEXT_REPLACED')).toEqual([]);
    await sign(FOURTH);
    expect(await reportFor(THIRD)).toMatchObject({ narrative: 'Ce qui a changé depuis.', laterTexts: [] });
    expect(await told('TEXT_REPLACED')).toEqual([WRITER, COLLEAGUE]);
    // A third signature replaces nothing.
    await sign(WRITER);
    expect(await told('TEXT_REPLACED')).toEqual([WRITER, COLLEAGUE]);
    // An adviser who has read the text before does not publish this one.
    expect(
      refusalOf(await act('adviser', 'publishActivityReport', { expectedVersion: textVersion }))[1],
    ).toBe('VERSION_CHANGED');
  });

  test('is published, and not the one that was written since', async () => {
    await write(FOURTH, 'Écrit sans les autres.');
    const { textVersion } = await reportFor('adviser');
    expect((await act('adviser', 'publishActivityReport', { expectedVersion: textVersion })).codes).toEqual(
      [],
    );
    const shown = await app.anonymous.send(
      `{ activityReport(districtId: "${districtId}", year: ${YEAR}) { narrative signatures { name } laterTexts { narrative } } }`,
    );
    expect(shown.codes).toEqual(['FORBIDDEN']);
    expect(dataOf(shown)['activityReport']).toMatchObject({
      narrative: 'Ce qui a changé depuis.',
      laterTexts: null,
    });
    expect(dataOf(shown)['activityReport'].signatures).toHaveLength(3);
    expect(shown.text).not.toContain('sans les autres');
    // The text stays, also if the team shrinks to one member who has signed another one.
    expect(
      await database.sql(
        'select text_version as standing from activity_report where district_id = $1 and year = $2',
        [districtId, YEAR],
      ),
    ).toEqual([{ standing: textVersion }]);
  });

  test('stands only in a draft: a report that was published before has its last text', async () => {
    const [report] = await database.sql<{ id: string; was: number; last: number }>(
      `select id, text_version as was, (select max(version) from activity_report_text where report_id = r.id) as last
       from activity_report r where district_id = $1 and year = $2`,
      [districtId, YEAR],
    );
    const publishedWith = async (version: number | null | undefined): Promise<void> => {
      await database.sql('alter table activity_report disable trigger published_for_ever');
      await database.sql('update activity_report set text_version = $2 where id = $1', [report?.id, version]);
      await database.sql('alter table activity_report enable trigger published_for_ever');
    };
    await publishedWith(null);
    expect(await database.sql('select standing_text($1) as standing', [report?.id])).toEqual([
      { standing: report?.last },
    ]);
    expect(report?.last).not.toBe(report?.was);
    await publishedWith(report?.was);
  });

  test('is withdrawn by the officer after the publication, and the original is gone', async () => {
    const { id, textVersion } = await reportFor('dpo', 'id textVersion');
    const input = { of: 'NARRATIVE', id, version: textVersion };
    const send = async (login: string, name: string) =>
      (await app.as(login)).send(
        `mutation ($input: ${name === 'confirmWords' ? 'ConfirmWordsInput' : 'WithdrawWordsInput'}!) { ${name}(input: $input) { withdrawnOn } }`,
        { input },
      );
    // It is signed, and not confirmed.
    expect((await send(COLLEAGUE, 'confirmWords')).codes).toEqual(['NOT_FOUND']);
    expect((await send(COLLEAGUE, 'withdrawWords')).codes).toEqual(['FORBIDDEN']);
    expect((await send('dpo', 'withdrawWords')).codes).toEqual([]);
    const page = await (await fetch(`${app.url}/rapports/${YEAR}/saint-ouen?lang=fr`)).text();
    expect(page).toContain('retiré le');
    expect(page).not.toContain('a changé depuis');
    expect(await reportFor(WRITER, 'narrative declined')).toEqual({
      narrative: expect.stringContaining('retiré le'),
      declined: false,
    });
    expect(
      await database.sql(
        'select body, wrapped from activity_report_text where report_id = $1 and version = $2',
        [id, textVersion],
      ),
    ).toEqual([{ body: null, wrapped: null }]);
    expect(await told('WORDS_WITHDRAWN')).toEqual(expect.arrayContaining([WRITER, COLLEAGUE, 'agent-20']));
  });
});
