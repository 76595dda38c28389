import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { NO_TEXT } from '../../src/vault/sealed-text.js';
import { type Requester, startTestApp, type TestApp } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { rowsOf } from '../support/county/rows.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { WORKED_OUT } from '../support/statistics.js';
import { dataOf, districtIds, refusalOf } from './scene.js';

/** Activity reports: a draft for those who work with statistics, then everyone's, for good. */
let database: TestDatabase;
let app: TestApp;
let adviser: Requester;
const districts: Record<string, string> = {};
const YEAR = new Date().getUTCFullYear() - 1;

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  app = await startTestApp(database);
  adviser = await app.as('adviser');
  Object.assign(districts, await districtIds(database));
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const REPORT = `query ($districtId: ID, $year: Int!) { activityReport(districtId: $districtId, year: $year) {
  id year narrative signatures { name signedOn } declined publishedOn socialWorkers receptionists version district { name }
  observations { code body }
  sections { code labelFr thirdNext { typeCode days measuredWeeks fullWeeks } figures { indicator { code version } dimension { code } months { period value withheld }
    lines { code value withheld yearBefore yearBeforeWithheld county countyWithheld } } } } }`;
const ask = (who: Requester, slug: string | null, year = YEAR) =>
  who.send(REPORT, { districtId: slug === null ? null : districts[slug], year });
const page = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${app.url}${path}`, { headers });
  return { status: response.status, text: await response.text(), headers: response.headers };
};

describe('a published report', () => {
  test('is everyone’s, with its figures, their context, and what the team says', async () => {
    const answer = await ask(app.anonymous, 'sevran');
    expect(answer.codes).toEqual([]);
    const report = dataOf(answer)['activityReport'];
    expect(report).toMatchObject({
      year: YEAR,
      signatures: [
        { name: expect.stringMatching(/\w+ \w+/), signedOn: expect.any(String) },
        { name: expect.stringMatching(/\w+ \w+/), signedOn: expect.any(String) },
      ],
      declined: false,
      socialWorkers: expect.any(Number),
      district: { name: expect.stringContaining('Sevran') },
    });
    expect(report.sections.map(({ code }: { code: string }) => code)).toEqual([
      'DEMAND',
      'FIRST_RECEPTIONS',
      'WAITS',
      'APPOINTMENTS',
      'CASES',
      'NEEDS',
      'REFERRALS',
    ]);
  });

  test('cites what was frozen, and nothing else', async () => {
    const { sections } = dataOf(await ask(app.anonymous, 'sevran'))['activityReport'];
    const figures = sections.flatMap((section: { figures: unknown[] }) => section.figures);
    const found = figures.find(
      (figure: { indicator: { code: string }; dimension: { code: string } | null }) =>
        figure.indicator.code === 'OPEN_CASES' && figure.dimension?.code === 'MISSION',
    );
    const table = dataOf(
      await adviser.send(
        `query ($districtId: ID) { own: statistics(indicator: "OPEN_CASES", period: "${YEAR}", districtId: $districtId, by: ["MISSION"]) { ...T }
           all: statistics(indicator: "OPEN_CASES", period: "${YEAR}", by: ["MISSION"]) { ...T } }
         fragment T on StatisticsTable { cells { edges { node { value } } } }`,
        { districtId: districts['sevran'] },
      ),
    );
    const values = (of: string): unknown[] =>
      table[of].cells.edges.map(({ node }: { node: { value: unknown } }) => node.value);
    expect(found.lines.map(({ value }: { value: unknown }) => value)).toEqual(values('own'));
    expect(found.lines.map(({ county }: { county: unknown }) => county)).toEqual(values('all'));
    expect(values('own').some((value) => value !== null)).toBe(true);
  });

  test('of the county has no county beside it', async () => {
    const { sections, district } = dataOf(await ask(app.anonymous, null))['activityReport'];
    expect(district).toBeNull();
    expect(sections[0].figures[0].lines[0]).toMatchObject({ county: null, countyWithheld: null });
  });

  test('whose team declined says so', async () => {
    expect(dataOf(await ask(app.anonymous, 'gagny'))['activityReport']).toMatchObject({
      narrative: null,
      signatures: [{ name: expect.any(String) }, { name: expect.any(String) }],
      declined: true,
    });
  });

  test('opens no other report to anyone', async () => {
    expect(
      await byHand(database, 'reception.sevran', (hand) =>
        hand('select from activity_report where published_on is null'),
      ),
    ).toBe('0');
  });

  test('stays as it is', async () => {
    await expect(
      database.sql('update activity_report set year = year where published_on is not null'),
    ).rejects.toThrow('what was published stays');
    await expect(database.sql('delete from activity_report where published_on is not null')).rejects.toThrow(
      'what was published stays',
    );
    await expect(database.sql('delete from activity_report_table')).rejects.toThrow(
      'what was published stays',
    );
    const write = `mutation ($input: WriteNarrativeInput!) { writeNarrative(input: $input) { version } }`;
    const again = await (await app.as('worker.sevran')).send(write, {
      input: {
        districtId: districts['sevran'],
        year: YEAR,
        text: 'Autre chose.',
        expectedVersion: 1,
      },
    });
    expect(refusalOf(again).slice(0, 2)).toEqual(['CONFLICT', 'STATE_CHANGED']);
  });
});

describe('a draft', () => {
  test.each(['worker.sevran', 'head.gagny', 'adviser', 'dpo'])('is %s’s', async (login) => {
    const { data, codes } = await ask(await app.as(login), 'saint-ouen');
    expect(codes).toEqual([]);
    expect(data?.['activityReport']).toMatchObject({ publishedOn: null, narrative: expect.any(String) });
  });

  test.each(['anonymous', 'reception.sevran', 'admin', 'client.reporting', 'client.integration'])(
    'is not there for %s',
    async (login) => {
      const answer = await ask(login === 'anonymous' ? app.anonymous : await app.as(login), 'saint-ouen');
      expect(answer.data).toEqual({ activityReport: null });
      expect(refusalOf(answer)).toEqual(['NOT_FOUND', undefined, 'year']);
      const other = await ask(
        login === 'anonymous' ? app.anonymous : await app.as(login),
        'saint-ouen',
        2001,
      );
      expect(other.text).toBe(answer.text);
    },
  );

  test('of a year that is not frozen is not there for anyone', async () => {
    expect(refusalOf(await ask(adviser, 'sevran', YEAR + 1))[0]).toBe('NOT_FOUND');
  });
});

describe('writing and publishing', () => {
  const send = (who: Requester, name: string, input: Record<string, unknown>) =>
    who.send(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { version narrative signatures { name } declined publishedOn socialWorkers } }`,
      { input },
    );
  const ofSaintOuen = () => ({ districtId: districts['saint-ouen'], year: YEAR });
  const text = { text: 'Ce que nous avons vu.' };

  test('is the team’s to write, and not its head’s, nor another’s', async () => {
    for (const login of ['head.gagny', 'worker.sevran', 'reception.sevran', 'dpo', 'adviser'])
      expect(
        (await send(await app.as(login), 'writeNarrative', { ...ofSaintOuen(), ...text, expectedVersion: 1 }))
          .codes,
      ).toEqual(['FORBIDDEN']);
    const agent = await app.as('agent-12');
    expect(refusalOf(await send(agent, 'writeNarrative', { ...ofSaintOuen(), ...text }))[1]).toBe(
      'VERSION_CHANGED',
    );
    const written = await send(agent, 'writeNarrative', { ...ofSaintOuen(), ...text, expectedVersion: 1 });
    expect(dataOf(written)['writeNarrative']).toMatchObject({
      version: 2,
      narrative: text.text,
      declined: false,
    });
    const declined = await send(agent, 'declineNarrative', { ...ofSaintOuen(), expectedVersion: 2 });
    expect(dataOf(declined)['declineNarrative']).toMatchObject({
      version: 3,
      narrative: null,
      signatures: [],
      declined: true,
    });
  });

  test.each([
    ['no text', { text: '  ' }, 'input.text'],
    ['no district', { districtId: '00000000-0000-4000-8000-000000000000' }, 'input.districtId'],
    ['a year that is not frozen', { year: YEAR + 1 }, 'input.year'],
  ])('%s is refused, and the field named', async (_, more, field) => {
    const answer = await send(await app.as('agent-12'), 'writeNarrative', {
      ...ofSaintOuen(),
      ...text,
      expectedVersion: 3,
      ...more,
    });
    expect(refusalOf(answer)[2]).toBe(field);
  });

  test('is published by a technical adviser alone, once and with what the team has said', async () => {
    expect(
      (
        await send(await app.as('agent-12'), 'publishActivityReport', {
          ...ofSaintOuen(),
          expectedVersion: 3,
        })
      ).codes,
    ).toEqual(['FORBIDDEN']);
    expect((await page(`/rapports/${YEAR}/saint-ouen`)).status).toBe(404);
    for (const login of ['agent-12', 'agent-13'])
      await send(await app.as(login), 'signNarrative', { ...ofSaintOuen(), expectedVersion: 3 });
    const published = await send(adviser, 'publishActivityReport', { ...ofSaintOuen(), expectedVersion: 3 });
    expect(dataOf(published)['publishActivityReport']).toMatchObject({
      declined: true,
      socialWorkers: expect.any(Number),
    });
    expect(
      refusalOf(await send(adviser, 'publishActivityReport', { ...ofSaintOuen(), expectedVersion: 4 }))[1],
    ).toBe('STATE_CHANGED');
    expect((await ask(app.anonymous, 'saint-ouen')).codes).toEqual([]);
    expect((await page(`/rapports/${YEAR}/saint-ouen`)).status).toBe(200);
  });

  test('a report of which nobody has said anything is not published', async () => {
    const districtId = await rowsOf(database).district({ slug: 'nouvelle', name: 'Nouvelle' });
    expect(
      refusalOf(
        await send(adviser, 'publishActivityReport', { districtId, year: YEAR, expectedVersion: 1 }),
      )[1],
    ).toBe('STATE_CHANGED');
  });
});

describe('the pages', () => {
  test('list what is published, the county first', async () => {
    const { status, text, headers } = await page('/rapports?lang=fr');
    expect(status).toBe(200);
    expect([...text.matchAll(/href="(\/rapports\/[^"?]+)/g)].map(([, path]) => path)).toEqual([
      `/rapports/${YEAR}/departement`,
      `/rapports/${YEAR}/gagny`,
      `/rapports/${YEAR}/saint-ouen`,
      `/rapports/${YEAR}/sevran`,
    ]);
    expect(headers.get('content-security-policy')).toContain(`default-src 'none'`);
  });

  test('hold figures in tables and pictures, without script', async () => {
    const { text } = await page(`/rapports/${YEAR}/sevran?lang=fr`);
    expect(text).toContain('<html lang="fr">');
    expect(text).not.toMatch(/<script|javascript:| on[a-z]+="/i);
    expect(text.match(/<table>/g)?.length).toBeGreaterThan(20);
    expect(text.match(/<svg role="img" aria-label="/g)?.length).toBeGreaterThan(1);
    // Each line of a table has a head, and each table a caption.
    expect(text.match(/<caption>/g)?.length).toBe(text.match(/<table>/g)?.length);
    const [, value] =
      />polyvalence<\/th><td>(\d+) <span class="interval">\(\d+ à \d+\)<\/span></.exec(text) ?? [];
    expect(Number(value)).toBeGreaterThan(0);
    // Each column says its year. "Trop peu" in an activity report was read as a reproach.
    expect(text).toContain(`<th scope="col">${YEAR - 1}</th><th scope="col">Département, ${YEAR}</th>`);
    expect(text).not.toContain('trop peu');
    expect(text).toContain('L’attente est comptée depuis la dernière demande');
  });

  test('say in three sentences how to read them, and at length on a page of its own', async () => {
    for (const language of ['fr', 'en']) {
      const report = await page(`/rapports/${YEAR}/sevran?lang=${language}`);
      const [, box = '', address = ''] =
        /<h2 id="reading">[^<]*<\/h2><p>([^<]*)<\/p>\s*<p><a href="([^"]*)">/.exec(report.text) ?? [];
      expect(box.split(/[.!?](?: |$)/).filter((sentence) => sentence !== '')).toHaveLength(3);
      expect(box.split(/\s+/).length).toBeLessThan(100);
      const reading = await page(address);
      expect([reading.status, reading.headers.get('content-language')]).toEqual([200, language]);
      expect(reading.text).not.toContain('<script');
      // Each word that stands in a figure’s place in a report is explained there.
      const untold = [...report.text.matchAll(/<td class="untold">([^<]*)<\/td>/g)].map(
        ([, word = '']) => word,
      );
      expect(untold.length).toBeGreaterThan(0);
      for (const word of untold) expect(reading.text.toLowerCase()).toContain(word);
    }
    expect((await page('/rapports/lire', { 'accept-language': 'en' })).text).toContain('Comparing districts');
    expect((await page('/rapports/lire/2025')).status).toBe(404);
  });

  test('are in English for who prefers it', async () => {
    const { text, headers } = await page(`/rapports/${YEAR}/sevran`, { 'accept-language': 'en' });
    expect(text).toContain('What the team says');
    expect(headers.get('content-language')).toBe('en');
  });

  test('have a strong tag, and escape what a team writes', async () => {
    const path = `/rapports/${YEAR}/gagny?lang=fr`;
    const first = await page(path);
    const again = await page(path, { 'if-none-match': first.headers.get('etag') ?? '' });
    expect([again.status, again.text]).toEqual([304, '']);
    expect((await page(`/rapports/${YEAR}/nowhere`)).status).toBe(404);
    expect((await page(`/rapports/1999/sevran`)).status).toBe(404);
    expect((await fetch(`${app.url}/rapports`, { method: 'POST' })).status).toBe(405);
    const { renderReport } = await import('../../src/http/reports/page.js');
    const html = await renderReport(
      {
        report: {
          id: 'x',
          districtId: null,
          year: 2025,
          ...NO_TEXT,
          textVersion: 1,
          declined: false,
          withdrawn: null,
          statedOn: new Date(),
          simulationId: null,
          socialWorkers: 3,
          receptionists: 1,
          population: null,
          daysOpen: null,
          publishedOn: new Date(),
          version: 1,
          isPublished: true,
        },
        district: null,
        narrative: { fr: '<img src=x onerror=alert(1)> & "quoted"', en: null },
        sections: [],
        observations: [],
        simulation: null,
        signatures: [{ reportId: 'x', name: '</p><script>', signedOn: new Date(), isPublished: true }],
        coverage: null,
        errata: [],
      },
      'fr',
    );
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quoted&quot;');
    expect(html).not.toContain('<script>');
  });
});

describe('how people wait', () => {
  // A county of its own, in which a report is still a draft.
  let own: TestDatabase;
  let ownApp: TestApp;
  beforeAll(async () => {
    own = await cloneDatabase('cosmos_demo');
    ownApp = await startTestApp(own);
  });
  afterAll(async () => {
    await ownApp.close();
    await own.drop();
  });
  const waits = async (slug: string): Promise<readonly string[] | undefined> => {
    const adviser = await ownApp.as('adviser');
    const { sections } = dataOf(await ask(adviser, slug))['activityReport'];
    return sections
      .find(({ code }: { code: string }) => code === 'WAITS')
      ?.figures.map((of: { indicator: { code: string } }) => of.indicator.code);
  };

  test('is told with who was turned away, who gave up, and what was wasted', async () => {
    expect(await waits('sevran')).toEqual([
      'ASKED_TO_HELD',
      'ASKED_TO_OFFERED',
      'STILL_WAITING',
      'VISITS',
      'APPOINTMENTS',
      'ASKED_AGAIN',
      'FREED_TIMES_USED',
    ]);
  });

  test('begins with the third next available of the year, of a district, and of weeks enough', async () => {
    const third = async (slug: string | null, who = ownApp.anonymous) =>
      dataOf(await ask(who, slug))['activityReport'].sections.flatMap(
        ({ code, thirdNext }: { code: string; thirdNext: object[] }) =>
          thirdNext.map((of) => ({ code, ...of })),
      );
    const adviserThere = await ownApp.as('adviser');
    // What was measured stays, so the triggers are put aside for the weeks of the fictional county.
    await own.sql('alter table waiting_week disable trigger user');
    await own.sql('delete from waiting_week');
    await own.sql('alter table waiting_week enable trigger user');
    const [district] = await own.sql<{ id: string }>(`select id from district where slug = 'sevran'`);
    const measure = (typeCode: string, weeks: number, full: number): Promise<unknown> =>
      own.sql(
        `insert into waiting_week (district_id, type_code, week, days)
         select $1, $2, date_trunc('week', make_date($3, 1, 7)::timestamp)::date + 7 * nth, case when nth < $5 then 92 else 4 end
         from generate_series(0, $4 - 1) nth`,
        [district?.id, typeCode, YEAR, weeks, full],
      );
    await measure('FIRST_RECEPTION', 40, 4);
    await measure('FOLLOW_UP', 20, 0);
    await measure('PHONE_CALL', 19, 0);
    const told = [
      // (36 × 4 + 4 × 92) / 40
      { code: 'WAITS', typeCode: 'FIRST_RECEPTION', days: 12.8, measuredWeeks: 40, fullWeeks: 4 },
      { code: 'WAITS', typeCode: 'FOLLOW_UP', days: 4, measuredWeeks: 20, fullWeeks: 0 },
    ];
    expect(await third('sevran')).toEqual(told);
    expect(await third('sevran', adviserThere)).toEqual(told);
    expect(await third(null, adviserThere)).toEqual([]);
    const page = await (await fetch(`${ownApp.url}/rapports/${YEAR}/sevran?lang=fr`)).text();
    expect(page).toMatch(/Troisième rendez-vous libre[\s\S]*Premier accueil[\s\S]*12,8/);
  });

  test('is not told of a year whose report is a draft, to anyone who reads no drafts', async () => {
    const [district] = await own.sql<{ id: string }>(`select id from district where slug = 'saint-ouen'`);
    await own.sql(
      `insert into waiting_week (district_id, type_code, week, days)
       select $1, 'FIRST_RECEPTION', date_trunc('week', make_date($2, 1, 7)::timestamp)::date + 7 * nth, 4 from generate_series(0, 39) nth
       on conflict do nothing`,
      [district?.id, YEAR],
    );
    const client = new pg.Client({ connectionString: own.urlAs('cosmos_app') });
    await client.connect();
    const { rows } = await client.query('select * from third_next_of_year($1::uuid, $2)', [
      district?.id,
      YEAR,
    ]);
    await client.end();
    expect(rows).toEqual([]);
    const drafted = dataOf(await ask(await ownApp.as('adviser'), 'saint-ouen'))['activityReport'].sections;
    expect(drafted.flatMap(({ thirdNext }: { thirdNext: object[] }) => thirdNext)).toHaveLength(1);
  });

  test('is told whole or not at all: a draft without one of them has no such part, and what is published stays', async () => {
    expect(await waits('saint-ouen')).toHaveLength(7);
    // As if it had not been adopted before that year. What is frozen stays, so the trigger that keeps it is put aside.
    await own.sql('alter table snapshot_table disable trigger frozen_for_ever');
    await own.sql(
      `delete from snapshot_table t using indicator i where i.id = t.indicator_id and i.code = 'ASKED_AGAIN'
         and not exists (select from activity_report_table c where c.table_id = t.id)`,
    );
    expect(await waits('saint-ouen')).toBeUndefined();
    expect(await waits('sevran')).toHaveLength(7);
  });
});

describe('a simulation of the wait', () => {
  /** No team has said anything of this year. */
  const year = 2003;
  const SHOWN = `query ($districtId: ID, $year: Int!) { activityReport(districtId: $districtId, year: $year) {
    version narrative simulation { id isReady sentenceFr assumptionsFr district { name } asNow { days } changed { growsDaysAWeek } } } }`;
  const WRITE = `mutation ($input: WriteNarrativeInput!) { writeNarrative(input: $input) { version simulation { id } } }`;
  const ids: Record<string, string> = {};
  const write = async (login: string, input: Record<string, unknown>) =>
    (await app.as(login)).send(WRITE, {
      input: { districtId: districts['sevran'], year, text: 'Il nous manque un poste.', ...input },
    });
  const shownTo = async (who: Requester) => {
    const answer = await who.send(SHOWN, { districtId: districts['sevran'], year });
    return answer.codes.length > 0 ? answer.codes : dataOf(answer)['activityReport'].simulation;
  };

  beforeAll(async () => {
    const make = rowsOf(database);
    const snapshotId = await make.snapshot({
      period: String(year),
      startsOn: `${year}-01-01`,
      endsOn: `${year + 1}-01-01`,
      frozenOn: `${year + 1}-02-10`,
      methodVersion: 1,
      secretMark: new Uint8Array(1),
    });
    const [found] = await database.sql<{ indicatorId: string; askedById: string }>(
      `select i.id as "indicatorId", w.id as "askedById" from indicator i, worker w
       where i.code = 'VISITS' and i.status = 'ADOPTED' and w.subject = 'adviser'`,
    );
    // A report without a figure is not published.
    await make.snapshotTable({
      snapshotId,
      indicatorId: found?.indicatorId,
      districtId: districts['sevran'],
      dimensions: [],
      cells: [70],
    });
    for (const [name, slug, more] of [
      ['own', 'sevran', WORKED_OUT],
      ['next', 'sevran', WORKED_OUT],
      ['waiting', 'sevran', {}],
      ['foreign', 'gagny', WORKED_OUT],
    ] as const)
      ids[name] = await make.waitSimulation({
        districtId: districts[slug],
        askedById: found?.askedById,
        ...more,
      });
  });

  test.each([
    ['of another district', 'foreign', 'sevran'],
    ['that is not worked out', 'waiting', 'sevran'],
    ['that is none', 'nothing', 'sevran'],
    ['of a district, in the report of the county,', 'own', null],
  ])('%s is not there for a report, and nothing is written', async (_, name, slug) => {
    const answer = await write('worker.sevran', {
      simulationId: ids[name] ?? '00000000-0000-4000-8000-000000000000',
      districtId: slug === null ? null : districts[slug],
    });
    expect(refusalOf(answer)).toEqual(['NOT_FOUND', undefined, 'input.simulationId']);
    expect(await database.sql('select from activity_report where year = $1', [year])).toEqual([]);
  });

  test('of the team is shown with its report: the last text says which', async () => {
    const first = dataOf(await write('worker.sevran', { simulationId: ids['next'] }))['writeNarrative'];
    expect(first).toEqual({ version: 1, simulation: { id: ids['next'] } });
    const without = dataOf(await write('worker.sevran', { expectedVersion: 1 }))['writeNarrative'];
    expect(without).toEqual({ version: 2, simulation: null });
    const last = await write('worker.sevran', { simulationId: ids['own'], expectedVersion: 2 });
    expect(dataOf(last)['writeNarrative']).toEqual({ version: 3, simulation: { id: ids['own'] } });
  });

  test('is the team’s own in a draft, which other teams read without it', async () => {
    for (const login of ['worker2.sevran', 'head.sevran', 'adviser', 'dpo'])
      expect(await shownTo(await app.as(login))).toMatchObject({ id: ids['own'] });
    for (const login of ['worker.gagny', 'head.gagny'])
      expect({ login, shown: await shownTo(await app.as(login)) }).toEqual({ login, shown: null });
    for (const login of ['reception.sevran', 'client.reporting'])
      expect(await shownTo(await app.as(login))).toEqual(['NOT_FOUND']);
  });

  test('is everyone’s once the report is published, in words and with all that it supposes', async () => {
    const of = { districtId: districts['sevran'], year, expectedVersion: 3 };
    for (const login of ['worker.sevran', 'worker2.sevran'])
      expect(
        (
          await (
            await app.as(login)
          ).send('mutation ($input: SignNarrativeInput!) { signNarrative(input: $input) { version } }', {
            input: of,
          })
        ).codes,
      ).toEqual([]);
    const published = await adviser.send(
      'mutation ($input: PublishActivityReportInput!) { publishActivityReport(input: $input) { simulation { id } } }',
      { input: of },
    );
    expect(dataOf(published)['publishActivityReport']).toEqual({ simulation: { id: ids['own'] } });
    const everyone = [app.anonymous];
    for (const login of ['worker.gagny', 'reception.sevran', 'client.reporting', 'person.sevran'])
      everyone.push(await app.as(login));
    for (const who of everyone)
      expect(await shownTo(who)).toEqual({
        id: ids['own'],
        isReady: true,
        sentenceFr:
          'Sans changement : 6 jours, entre 4 et 9. Avec 30 % de demandes en plus : l’attente augmente de 1,4 jour par semaine, entre 0,7 et 2,1 ; elle n’a pas de durée stable.',
        assumptionsFr: Array.from({ length: 4 }, () => expect.any(String)),
        district: { name: expect.stringContaining('Sevran') },
        asNow: { days: 6 },
        changed: { growsDaysAWeek: 1.4 },
      });
    // What the team asked besides stays its own.
    const { codes } = await app.anonymous.send(
      `{ waitSimulations(districtId: "${districts['sevran']}") { id } }`,
    );
    expect(codes).toEqual(['FORBIDDEN']);
  });

  test('stands on the page of the report', async () => {
    const { text } = await page(`/rapports/${year}/sevran?lang=fr`);
    expect(text).toContain('L’attente sous d’autres moyens, simulée');
    expect(text).toContain('l’attente augmente de 1,4');
    expect(text).toContain('c’est ce que dit la personne qui a posé la question');
    expect((await page(`/rapports/${YEAR}/gagny?lang=fr`)).text).not.toContain('sous d’autres moyens');
  });
});
