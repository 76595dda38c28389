import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MEASURES } from '../../src/statistics/measures.js';
import { objectionTo } from '../../src/statistics/proposals.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ago, dayAhead } from '../support/days.js';
import { everyTeamSays, saying, secondAdviser } from '../support/statistics.js';
import { dataOf, districtIds, refusalOf } from './scene.js';

/** Attacks on what is said in the name of a team: on an indicator, in an activity report, by a word that judges. */
let database: TestDatabase;
let make: Rows;
let app: TestApp;
const districts: Record<string, string> = {};
const YEAR = new Date().getUTCFullYear() - 1;
const SCOPES = ['statistics:read', 'statistics:write'];

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  make = rowsOf(database);
  app = await startTestApp(database);
  Object.assign(districts, await districtIds(database));
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const TEXTS = {
  labelFr: 'Dossiers ouverts',
  labelEn: 'Open cases',
  definitionFr: 'Les dossiers ouverts à la fin de la période.',
  countsFr: 'Un dossier suspendu.',
  doesNotCountFr: 'Un dossier clos.',
  measure: 'OPEN_CASES',
};

const send = async (login: string, name: string, input: Record<string, unknown>, fields = 'id') =>
  (login === 'anonymous' ? app.anonymous : await app.as(login)).send(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} } }`,
    { input },
  );

describe('an opinion of a team', () => {
  let nth = 0;
  const consulted = async (): Promise<{ id: string; code: string }> => {
    nth += 1;
    const code = `ASKED_${nth}`;
    const proposed = await send('adviser', 'proposeIndicator', { ...TEXTS, code });
    const { id } = dataOf(proposed)['proposeIndicator'];
    // The other adviser has read it thereby: it is public.
    await send('adviser2', 'openConsultation', { id });
    return { id, code };
  };
  const state = (login: string, id: string, position: string, more: Record<string, unknown> = {}) =>
    send(login, 'stateOpinion', { id, districtId: districts['sevran'], position, ...more });
  /** A colleague reads all words that nobody else has read yet. Answers the codes of what was refused. */
  const readBy = async (login: string, id: string): Promise<readonly string[]> => {
    const waiting = await database.sql<{ id: string; version: number }>(
      `select speaker_id as id, version from indicator_voice
       where indicator_id = $1 and words is not null and confirmed_on is null`,
      [id],
    );
    const answers = waiting.map((voice) =>
      send(login, 'confirmWords', { of: 'VOICE', ...voice }, 'confirmedOn'),
    );
    return (await Promise.all(answers)).flatMap(({ codes }) => codes);
  };
  const OPINION = `position votesFor votesAgainst reservations voices { position words version earlier { position words version } }`;
  const opinionOf = async (code: string, login = 'anonymous', fields = OPINION) => {
    const who = login === 'anonymous' ? app.anonymous : await app.as(login);
    const answer = await who.send(`{ indicators(code: "${code}") { opinions { ${fields} } } }`);
    return { codes: answer.codes, opinion: dataOf(answer)['indicators'][0].opinions[0] };
  };

  test('is not replaced by the next worker: their voice stands beside the first', async () => {
    const { id, code } = await consulted();
    await state('worker.sevran', id, 'AGAINST', { words: 'On nous comparera.' });
    expect(await readBy('worker2.sevran', id)).toEqual([]);
    // They read version 1 of a voice that is not theirs.
    expect(refusalOf(await state('worker2.sevran', id, 'FOR', { expectedVersion: 1 }))[1]).toBe(
      'VERSION_CHANGED',
    );
    expect((await state('worker2.sevran', id, 'FOR')).codes).toEqual([]);
    expect((await state('agent-01', id, 'RESERVED', { words: 'Pas chaque mois.' })).codes).toEqual([]);
    expect(await readBy('worker2.sevran', id)).toEqual([]);
    const { opinion } = await opinionOf(code);
    expect(opinion).toMatchObject({ position: 'DIVIDED', votesFor: 1, votesAgainst: 1, reservations: 1 });
    expect(opinion.voices).toHaveLength(3);
    expect(opinion.voices).toContainEqual({
      position: 'AGAINST',
      words: 'On nous comparera.',
      version: 1,
      earlier: [],
    });
  });

  test('keeps what a member said before they said otherwise', async () => {
    const { id, code } = await consulted();
    await state('worker.sevran', id, 'AGAINST', { words: 'Non.' });
    expect(await readBy('worker2.sevran', id)).toEqual([]);
    expect(refusalOf(await state('worker.sevran', id, 'FOR'))[1]).toBe('VERSION_CHANGED');
    await state('worker.sevran', id, 'FOR', { words: 'Bien, avec le seuil.', expectedVersion: 1 });
    expect(await readBy('worker2.sevran', id)).toEqual([]);
    const { opinion } = await opinionOf(code);
    expect(opinion).toMatchObject({ votesFor: 1, votesAgainst: 0 });
    expect(opinion.voices).toEqual([
      {
        position: 'FOR',
        words: 'Bien, avec le seuil.',
        version: 2,
        earlier: [{ position: 'AGAINST', words: 'Non.', version: 1 }],
      },
    ]);
  });

  test('is not that of one worker: with one voice the team is not heard, and nothing is adopted', async () => {
    const { id, code } = await consulted();
    for (const [login, slug] of [
      ['worker.sevran', 'sevran'],
      ['worker.gagny', 'gagny'],
      ['agent-12', 'saint-ouen'],
    ] as const)
      await send(login, 'stateOpinion', { id, districtId: districts[slug], position: 'FOR' });
    expect((await opinionOf(code)).opinion.position).toBe('NO_OPINION');
    expect(refusalOf(await send('adviser', 'adoptIndicator', { id }))[1]).toBe('TEAMS_TO_BE_HEARD');
    // Nor does a member make two voices of one by speaking again.
    await state('worker.sevran', id, 'FOR', { expectedVersion: 1 });
    expect((await opinionOf(code)).opinion).toMatchObject({ position: 'NO_OPINION', votesFor: 1 });
  });

  test('is never yes by silence: once the time is over, who was not heard has no opinion', async () => {
    const { id } = await consulted();
    await state('worker.sevran', id, 'FOR');
    await database.sql('alter table indicator disable trigger indicator_steps');
    await database.sql(
      'update indicator set consulted_from = current_date - 40, consulted_until = current_date - 2 where id = $1',
      [id],
    );
    await database.sql('alter table indicator enable trigger indicator_steps');
    expect(refusalOf(await send('adviser', 'adoptIndicator', { id }))[1]).toBe('TOO_FEW_HEARD');
  });

  test('takes one voice of whoever works in two teams', async () => {
    const { id } = await consulted();
    const [worker] = await database.sql<{ id: string }>(
      `select id from worker where subject = 'worker2.sevran'`,
    );
    await make.membership({
      workerId: worker?.id,
      districtId: districts['gagny'],
      role: 'SOCIAL_WORKER',
      startsAt: ago(1),
    });
    expect((await state('worker2.sevran', id, 'FOR')).codes).toEqual([]);
    const second = await send('worker2.sevran', 'stateOpinion', {
      id,
      districtId: districts['gagny'],
      position: 'FOR',
    });
    expect(refusalOf(second)[1]).toBe('STATE_CHANGED');
    await database.sql('delete from membership where worker_id = $1 and district_id = $2', [
      worker?.id,
      districts['gagny'],
    ]);
  });

  test('names who spoke to their team alone, not to the head, unless they wish it', async () => {
    const { id, code } = await consulted();
    await state('worker.sevran', id, 'AGAINST');
    const seenBy = async (login: string) => {
      const { codes, opinion } = await opinionOf(code, login, 'voices { name }');
      return [codes, opinion.voices[0].name];
    };
    expect(await seenBy('worker2.sevran')).toEqual([[], expect.stringMatching(/\w+ \w+/)]);
    for (const login of ['anonymous', 'head.sevran', 'worker.gagny', 'adviser', 'dpo', 'admin'])
      expect({ login, seen: await seenBy(login) }).toEqual({ login, seen: [['FORBIDDEN'], null] });
    expect(
      await byHand(database, 'head.sevran', (hand) =>
        hand('select from indicator_speaker where indicator_id = $1', [id]),
      ),
    ).toBe('0');
    await state('worker.sevran', id, 'AGAINST', { named: true, expectedVersion: 1 });
    expect(await seenBy('anonymous')).toEqual([[], expect.stringMatching(/\w+ \w+/)]);
    // Left out, it is as before; taken back, it is taken back.
    await state('worker.sevran', id, 'AGAINST', { expectedVersion: 2 });
    expect((await seenBy('anonymous'))[0]).toEqual([]);
    await state('worker.sevran', id, 'AGAINST', { named: false, expectedVersion: 3 });
    expect(await seenBy('anonymous')).toEqual([['FORBIDDEN'], null]);
  });

  test('is rewritten by no hand: a voice is its own member’s, and versions are only added', async () => {
    const { id } = await consulted();
    await state('worker.sevran', id, 'AGAINST');
    await byHand(
      database,
      'worker2.sevran',
      async (hand) => {
        const others = '(select speaker_id from indicator_voice where indicator_id = $1)';
        for (const [sql, refusal] of [
          [
            `insert into indicator_voice (speaker_id, version, indicator_id, district_id, position, stated_on)
             select speaker_id, 2, indicator_id, district_id, 'FOR', current_date from indicator_voice where indicator_id = $1`,
            '42501',
          ],
          [`update indicator_voice set position = 'FOR' where indicator_id = $1`, '42501'],
          ['delete from indicator_voice where indicator_id = $1', '42501'],
          [`update indicator_speaker set is_named = true where id in ${others}`, '0'],
          [
            `insert into indicator_speaker (indicator_id, district_id, worker_id)
             select $1, district_id, worker_id from indicator_speaker where indicator_id = $1`,
            '42501',
          ],
        ] as const)
          expect({ sql, refusal: await hand(sql, [id]) }).toEqual({ sql, refusal });
      },
      SCOPES,
    );
    const own = `insert into indicator_voice (speaker_id, version, indicator_id, district_id, position, stated_on)
      select speaker_id, $2, indicator_id, district_id, 'FOR', current_date from indicator_voice where indicator_id = $1`;
    await byHand(
      database,
      'worker.sevran',
      async (hand) => {
        expect(await hand(own, [id, 3])).toBe('P0001');
        expect(await hand(own, [id, 2])).toBe('1');
      },
      SCOPES,
    );
  });
});

describe('deciding against an indicator', () => {
  const REASON = { refusal: 'NOT_WANTED', reason: 'Personne ne le lirait.' };
  const DECISIONS = 'id status refusalText decisions { kind refusal reason name }';
  let nth = 0;
  const proposed = async (): Promise<string> => {
    nth += 1;
    const input = { ...TEXTS, code: `AGAINST_${nth}` };
    return dataOf(await send('adviser', 'proposeIndicator', input))['proposeIndicator'].id;
  };
  const statusOf = async (id: string): Promise<unknown> =>
    (await database.sql('select status from indicator where id = $1', [id]))[0]?.['status'];
  const teamsSay = (id: string, position: 'FOR' | 'AGAINST') => database.sql(everyTeamSays(position), [[id]]);
  const consulted = async (): Promise<string> => {
    const id = await proposed();
    expect((await send('adviser2', 'openConsultation', { id })).codes).toEqual([]);
    return id;
  };

  test('is not one adviser’s, though every team is for it: two refuse it, each with a reason that everyone reads', async () => {
    const id = await consulted();
    await teamsSay(id, 'FOR');
    const first = await send('adviser', 'refuseIndicator', { id, ...REASON }, DECISIONS);
    expect(dataOf(first)['refuseIndicator']).toMatchObject({
      status: 'CONSULTED',
      refusalText: null,
      decisions: [{ kind: 'REFUSE', name: 'Isabelle Konaté', ...REASON }],
    });
    // Twice by one is once.
    expect(refusalOf(await send('adviser', 'refuseIndicator', { id, ...REASON }))[1]).toBe('STATE_CHANGED');
    expect(await statusOf(id)).toBe('CONSULTED');
    const other = { id, refusal: 'DUPLICATE', reason: 'Cela se compte déjà.' };
    const second = await send(await secondAdviser(database), 'refuseIndicator', other, 'status');
    expect(dataOf(second)['refuseIndicator']).toEqual({ status: 'REFUSED' });
    const { data } = await app.anonymous.send(
      '{ indicators(code: "AGAINST_1") { refusalText decisions { name reason } } }',
    );
    expect(data?.['indicators']).toEqual([
      {
        refusalText: other.reason,
        decisions: expect.arrayContaining([
          { name: 'Isabelle Konaté', reason: REASON.reason },
          { name: 'Mathieu Garnier', reason: other.reason },
        ]),
      },
    ]);
  });

  test('is one adviser’s where the teams were asked and have not agreed, and not before they were asked', async () => {
    const id = await consulted();
    await teamsSay(id, 'AGAINST');
    expect(dataOf(await send('adviser', 'refuseIndicator', { id, ...REASON }, 'status'))).toEqual({
      refuseIndicator: { status: 'REFUSED' },
    });
    const unasked = await proposed();
    expect(dataOf(await send('adviser', 'refuseIndicator', { id: unasked, ...REASON }, 'status'))).toEqual({
      refuseIndicator: { status: 'PROPOSED' },
    });
  });

  test('that is adopted takes two as well, at the same moment too', async () => {
    const [adopted] = await database.sql<{ id: string }>(
      `select id from indicator where code = 'CASES_CLOSED' and status = 'ADOPTED'`,
    );
    const retire = (login: string) =>
      send(login, 'retireIndicator', { id: adopted?.id, reason: 'Personne ne le lit.' }, 'status');
    const other = await secondAdviser(database);
    // What is tried is undone, so that the tests below find it adopted.
    expect(dataOf(await retire('adviser'))['retireIndicator']).toEqual({ status: 'ADOPTED' });
    await database.sql('delete from indicator_decision where indicator_id = $1', [adopted?.id]);
    const answers = await Promise.all(['adviser', other].map(retire));
    expect(answers.map((answer) => dataOf(answer)['retireIndicator'].status).sort()).toEqual([
      'ADOPTED',
      'RETIRED',
    ]);
    await database.sql(
      `alter table indicator disable trigger indicator_steps;
       update indicator set status = 'ADOPTED', retired_on = null, place = (select min(p) from generate_series(1, 40) p
         where not exists (select from indicator i where i.place = p)) where code = 'CASES_CLOSED' and status = 'RETIRED';
       alter table indicator enable trigger indicator_steps`,
    );
  });

  test('is past by no hand of one adviser’s', async () => {
    const id = await consulted();
    await teamsSay(id, 'FOR');
    await byHand(
      database,
      'adviser',
      async (hand) => {
        const say = (worker: string) =>
          hand(
            `insert into indicator_decision (indicator_id, kind, refusal, reason, worker_id, said_on)
             values ($1, 'REFUSE', 'NOT_WANTED', 'x', ${worker}, current_date)`,
            [id],
          );
        expect(await say(`(select id from worker where subject = 'adviser2')`)).toBe('42501');
        expect(await say('viewer_worker()')).toBe('1');
        expect(
          await hand(
            `update indicator set status = 'REFUSED', refusal = 'NOT_WANTED', refusal_text = 'x' where id = $1`,
            [id],
          ),
        ).toBe('1');
        // The test that COMMIT would make is made now.
        expect(await hand('set constraints all immediate')).toBe('P0001');
      },
      SCOPES,
    );
  });
});

describe('what a report says for a team', () => {
  const ofSaintOuen = () => ({ districtId: districts['saint-ouen'], year: YEAR });
  const FIELDS = 'version narrative declined signatures { name } earlierTexts { version narrative }';
  /** As it stands, unless the adviser has read another version. */
  const publish = async (of: Record<string, unknown> = ofSaintOuen(), read?: number) => {
    const [report] = await database.sql<{ version: number }>(
      'select standing_text(id) as version from activity_report where district_id is not distinct from $1::uuid and year = $2',
      [of['districtId'] ?? null, of['year']],
    );
    const expectedVersion = read ?? report?.version ?? 0;
    return send('adviser', 'publishActivityReport', { ...of, expectedVersion });
  };
  const NOT_SIGNED = ['STATISTICS_REFUSED', 'NOT_SIGNED', 'input.year'];
  const published = async (): Promise<number> =>
    (
      await database.sql(
        `select from activity_report r where r.published_on is not null and r.district_id = $1`,
        [districts['saint-ouen']],
      )
    ).length;

  test('is not the adviser’s placeholder: she neither writes, declines nor signs, for a district or the county', async () => {
    for (const of of [
      { ...ofSaintOuen(), expectedVersion: 1 },
      { year: YEAR, expectedVersion: 1 },
    ])
      for (const [name, more] of [
        ['writeNarrative', { text: 'À compléter.' }],
        ['declineNarrative', {}],
        ['signNarrative', {}],
      ] as const)
        for (const login of ['adviser', 'head.sevran', 'agent-20', 'dpo', 'admin'])
          expect({ name, login, codes: (await send(login, name, { ...of, ...more })).codes }).toEqual({
            name,
            login,
            codes: ['FORBIDDEN'],
          });
    // The demonstration has such a placeholder, which nobody has signed.
    expect(refusalOf(await publish())).toEqual(NOT_SIGNED);
    expect(await published()).toBe(0);
  });

  test('is not one worker’s: it takes two signatures of the team, and a signature is one’s own', async () => {
    const written = await send(
      'agent-12',
      'writeNarrative',
      { ...ofSaintOuen(), text: 'Ce que nous avons vu.', expectedVersion: 1 },
      FIELDS,
    );
    expect(dataOf(written)['writeNarrative']).toMatchObject({
      version: 2,
      signatures: [],
      earlierTexts: [{ version: 1, narrative: 'À compléter avec l’équipe.' }],
    });
    const sign = (login: string, expectedVersion = 2) =>
      send(login, 'signNarrative', { ...ofSaintOuen(), expectedVersion }, FIELDS);
    // Twice by one is once.
    for (let time = 0; time < 2; time += 1)
      expect(dataOf(await sign('agent-12'))['signNarrative'].signatures).toHaveLength(1);
    expect(refusalOf(await publish())).toEqual(NOT_SIGNED);
    for (const login of ['worker.sevran', 'agent-20', 'adviser'])
      expect((await sign(login)).codes).toEqual(['FORBIDDEN']);
    expect(refusalOf(await sign('agent-13', 1))[1]).toBe('VERSION_CHANGED');
    expect(dataOf(await sign('agent-13'))['signNarrative'].signatures).toHaveLength(2);
  });

  test('is signed anew when its words change: nobody’s signature stands under another text', async () => {
    const LATER = 'textVersion narrative narrativeEn laterTexts { version declined narrative }';
    const rewritten = await send(
      'agent-12',
      'writeNarrative',
      { ...ofSaintOuen(), text: 'Tout va bien.', textEn: 'All is well.', expectedVersion: 2 },
      `${FIELDS} ${LATER}`,
    );
    const stands = { textVersion: 2, narrative: 'Ce que nous avons vu.', narrativeEn: null };
    const first = { version: 3, declined: false, narrative: 'Tout va bien.' };
    expect(dataOf(rewritten)['writeNarrative']).toMatchObject({ version: 3, ...stands, laterTexts: [first] });
    const declined = await send(
      'agent-13',
      'declineNarrative',
      { ...ofSaintOuen(), expectedVersion: 3 },
      `${FIELDS} ${LATER}`,
    );
    expect(dataOf(declined)['declineNarrative']).toMatchObject({
      ...stands,
      declined: false,
      laterTexts: [{ version: 4, declined: true, narrative: null }, first],
    });
    expect(dataOf(declined)['declineNarrative'].signatures).toHaveLength(2);
    for (const unsigned of [3, 4])
      expect(refusalOf(await publish(ofSaintOuen(), unsigned))[1]).toBe('VERSION_CHANGED');
  });

  test('is past by no hand of the adviser’s', async () => {
    const [report] = await database.sql<{ id: string; version: number }>(
      'select id, version from activity_report where district_id = $1',
      [districts['saint-ouen']],
    );
    // No text has two signatures.
    await database.sql(
      `delete from activity_report_signature where report_id = $1 and worker_id = (select id from worker where subject = 'agent-13')`,
      [report?.id],
    );
    await byHand(
      database,
      'adviser',
      async (hand) => {
        for (const by of ['viewer_worker()', 'null', `(select id from worker where subject = 'agent-12')`])
          expect(
            await hand(
              `update activity_report set published_on = current_date, published_by_id = ${by},
                 social_workers = 1, receptionists = 1 where id = $1`,
              [report?.id],
            ),
          ).toMatch(/^(P0001|42501)$/);
        expect(
          await hand(
            `insert into activity_report_text (report_id, version, written_by_id, stated_on) values ($1, $2, viewer_worker(), current_date)`,
            [report?.id, report?.version],
          ),
        ).toMatch(/^(P0001|42501|23505)$/);
        for (const who of ['viewer_worker()', `(select id from worker where subject = 'agent-12')`])
          expect(
            await hand(
              `insert into activity_report_signature (report_id, text_version, worker_id, district_id, signed_on) values ($1, $2, ${who}, $3, current_date)`,
              [report?.id, report?.version, districts['saint-ouen']],
            ),
          ).toBe('42501');
      },
      SCOPES,
    );
    // Nor is a report inserted that is published already.
    await expect(
      database.sql(
        `insert into activity_report (district_id, year, published_on, social_workers, receptionists)
         values ($1, 2001, current_date, 1, 1)`,
        [districts['gagny']],
      ),
    ).rejects.toThrow('a report begins as a draft');
  });

  test('is not published by who signed it, though she holds both roles', async () => {
    const [adviser] = await database.sql<{ id: string }>(`select id from worker where subject = 'adviser'`);
    await make.membership({
      workerId: adviser?.id,
      districtId: districts['saint-ouen'],
      role: 'SOCIAL_WORKER',
      startsAt: ago(1),
    });
    for (const login of ['agent-12', 'agent-13'])
      expect((await send(login, 'signNarrative', { ...ofSaintOuen(), expectedVersion: 4 })).codes).toEqual(
        [],
      );
    // She is not of the team who publishes, nor its head.
    const asOneOfThem = { ...ofSaintOuen(), expectedVersion: 4 };
    expect((await send('adviser', 'signNarrative', asOneOfThem)).codes).toEqual(['FORBIDDEN']);
    expect((await send('adviser', 'writeNarrative', { ...asOneOfThem, text: 'x' })).codes).toEqual([
      'FORBIDDEN',
    ]);
    // She was of it when she signed.
    const [report] = await database.sql<{ id: string }>(
      'select id from activity_report where district_id = $1',
      [districts['saint-ouen']],
    );
    await make.activityReportSignature({
      reportId: report?.id,
      textVersion: 4,
      workerId: adviser?.id,
      districtId: districts['saint-ouen'],
      signedOn: dayAhead(0),
    });
    expect(refusalOf(await publish())).toEqual(NOT_SIGNED);
    // Nor by who wrote it, and had others sign.
    await database.sql('update activity_report set version = 5 where district_id = $1', [
      districts['saint-ouen'],
    ]);
    await make.activityReportText({
      reportId: report?.id,
      version: 5,
      text: saying('À compléter.'),
      writtenById: adviser?.id,
      statedOn: dayAhead(0),
    });
    for (const login of ['agent-12', 'agent-13'])
      await send(login, 'signNarrative', { ...ofSaintOuen(), expectedVersion: 5 });
    expect(refusalOf(await publish())).toEqual(NOT_SIGNED);
    await database.sql('delete from membership where worker_id = $1 and district_id is not null', [
      adviser?.id,
    ]);
  });

  test('of a team of one is signed by that one', async () => {
    await database.sql(
      `update membership set ends_at = now() - interval '1 ms', ended_by_id = (select id from worker where subject = 'admin')
       where district_id = $1 and role = 'SOCIAL_WORKER' and ends_at is null
         and worker_id <> (select id from worker where subject = 'agent-12')`,
      [districts['saint-ouen']],
    );
    await send('agent-12', 'declineNarrative', { ...ofSaintOuen(), expectedVersion: 5 });
    expect(refusalOf(await publish())).toEqual(NOT_SIGNED);
    await send('agent-12', 'signNarrative', { ...ofSaintOuen(), expectedVersion: 6 });
    // She has read the text before, which was signed as well.
    expect(refusalOf(await publish(ofSaintOuen(), 4))[1]).toBe('VERSION_CHANGED');
    expect(await published()).toBe(0);
    expect((await publish()).codes).toEqual([]);
    expect(
      refusalOf(await send('agent-12', 'signNarrative', { ...ofSaintOuen(), expectedVersion: 6 }))[1],
    ).toBe('STATE_CHANGED');
  });

  test('for the county is signed in two teams', async () => {
    const year = 2019;
    const [indicator] = await database.sql<{ id: string }>(
      `select id from indicator where code = 'CASES_CLOSED' and status = 'ADOPTED'`,
    );
    const snapshotId = await make.snapshot({
      period: '2019',
      startsOn: '2019-01-01',
      endsOn: '2020-01-01',
      frozenOn: '2020-02-10',
      methodVersion: 1,
      secretMark: Buffer.of(0),
    });
    await make.snapshotTable({ snapshotId, indicatorId: indicator?.id, dimensions: [], cells: [7] });
    expect((await send('worker.sevran', 'writeNarrative', { year, text: 'Notre année.' })).codes).toEqual([]);
    for (const login of ['worker.sevran', 'worker2.sevran'])
      expect((await send(login, 'signNarrative', { year, expectedVersion: 1 })).codes).toEqual([]);
    expect(refusalOf(await publish({ year }))).toEqual(NOT_SIGNED);
    await send('worker.gagny', 'signNarrative', { year, expectedVersion: 1 });
    expect((await publish({ year })).codes).toEqual([]);
  });

  test('is on the public page with the names of who signed it, and without the texts before', async () => {
    const page = async (path: string) => (await fetch(`${app.url}${path}`)).text();
    const [signer] = await database.sql<{ name: string }>(
      `select given_name || ' ' || family_name as name from worker where subject = 'agent-12'`,
    );
    const declined = await page(`/rapports/${YEAR}/saint-ouen?lang=fr`);
    expect(declined).toContain('n’a pas souhaité écrire');
    expect(declined).toContain(`<span lang="fr">${signer?.name}</span>`);
    expect(declined).not.toContain('À compléter');
    const county = await page('/rapports/2019/departement?lang=en');
    expect(county).toContain('Signed by members of the team, each in their own name:');
    const answer = await app.anonymous.send(
      `{ activityReport(districtId: "${districts['saint-ouen']}", year: ${YEAR}) { declined signatures { name } earlierTexts { narrative } } }`,
    );
    expect(answer.codes).toEqual(['FORBIDDEN']);
    expect(dataOf(answer)['activityReport']).toEqual({
      declined: true,
      signatures: [{ name: signer?.name }],
      earlierTexts: null,
    });
    expect(
      await byHand(database, 'reception.sevran', (hand) =>
        hand(
          `select from activity_report_text t join activity_report r on r.id = t.report_id where r.district_id = $1`,
          [districts['saint-ouen']],
        ),
      ),
    ).toBe('1');
  });
});

describe('an indicator counts a recorded fact', () => {
  const fact = {
    code: 'A_FACT',
    labelFr: 'Dossiers ouverts',
    labelEn: 'Open cases',
    definitionFr: 'Les dossiers ouverts à la fin de la période.',
    countsFr: 'Un dossier suspendu.',
  };
  const propose = (more: Record<string, unknown>) =>
    send('adviser', 'proposeIndicator', {
      ...fact,
      doesNotCountFr: 'Un dossier clos.',
      measure: 'OPEN_CASES',
      ...more,
    });

  test('and none is no indicator, in the service as in the database', async () => {
    expect(refusalOf(await propose({ measure: null }))).toEqual([
      'STATISTICS_REFUSED',
      'NOT_RECORDED',
      'input.measure',
    ]);
    expect(refusalOf(await propose({ measure: 'COUPLES_IN_CONFLICT' }))).toEqual([
      'INVALID_INPUT',
      undefined,
      'input.measure',
    ]);
    await byHand(
      database,
      'adviser',
      async (hand) => {
        for (const [measure, refusal] of [
          [null, '23514'],
          ['COUPLES_IN_CONFLICT', 'P0001'],
          [`x(now(), now()) --`, 'P0001'],
          ['OPEN_CASES', '1'],
        ] as const)
          expect({
            measure,
            refusal: await hand(
              `insert into indicator (code, version, label_fr, label_en, definition_fr, counts_fr, does_not_count_fr, measure, unit, kind,
                 dimensions, proposed_on)
               values ('BY_HAND', 1, 'x', 'x', 'x', 'x', 'x', $1, 'CASE', 'STOCK', '{}', current_date)`,
              [measure],
            ),
          }).toEqual({ measure, refusal });
      },
      SCOPES,
    );
    // The closed list of the service is that of the database.
    for (const measure of Object.keys(MEASURES))
      expect([
        measure,
        ...(await database.sql(
          `select to_regprocedure('records_of_' || lower($1) || '(timestamptz,timestamptz)') is not null as found`,
          [measure],
        )),
      ]).toEqual([measure, { found: true }]);
  });

  test.each([
    'Conflits de couple sans violence',
    'Couples : conflits sans violence',
    'Violences hors couple, conflits',
    'Écoute soutien +++',
    'Soutien',
    'SOUTIEN',
    'ＳＯＵＴＩＥＮ',
    'sou\u00adtien',
    'Dossiers – sоutien',
    'Difficultés éducatives',
    'Difficultés  parentales',
    'Problématiques familiales',
    'Carences éducatives',
    'Usagers non coopératifs',
    'Personnes motivées',
    'Cas lourds',
    'Complexité des situations',
    'Qualité de la relation',
    'Réussites',
    'Vulnérabilité',
    'Mal-être',
    'Fraudes',
  ])('« %s » judges, and is refused wherever it stands', async (words) => {
    expect(objectionTo({ ...fact, labelFr: words })).toEqual({ reason: 'SUBJECTIVE', field: 'labelFr' });
    expect(objectionTo({ ...fact, definitionFr: `Les dossiers : ${words}.` })).toEqual({
      reason: 'SUBJECTIVE',
      field: 'definitionFr',
    });
    expect(objectionTo({ ...fact, countsFr: `Par exemple ${words}` })?.field).toBe('countsFr');
  });

  test.each([
    ['Couple conflict without violence', 'SUBJECTIVE'],
    ['Listening and support', 'SUBJECTIVE'],
    ['Parenting difficulties', 'SUBJECTIVE'],
    ['Quality of the work', 'SUBJECTIVE'],
    ['Cases by worker', 'ABOUT_WORKERS'],
    ['Persons by nationality', 'NOT_COLLECTED'],
  ])('“%s” is refused in English as well: %s', (labelEn, reason) => {
    expect(objectionTo({ ...fact, labelEn })).toEqual({ reason, field: 'labelEn' });
  });

  test.each([
    'Dossiers avec un besoin du thème violences',
    'Bons alimentaires remis',
    'Personne de confiance désignée',
    'Orientations vers une association de soutiens aux victimes'.replace(' de soutiens', ''),
    'Rendez-vous annulés par le service',
    'Personnes par thème de besoin',
  ])('« %s » is a fact', (labelFr) => {
    expect(objectionTo({ ...fact, labelFr })).toBeNull();
  });

  test('the tract’s item is refused with its reason and field, and nothing is kept', async () => {
    const before = await database.sql('select from indicator');
    for (const [more, field] of [
      [{ labelFr: 'Conflits de couple sans violence' }, 'input.labelFr'],
      [{ code: 'CONFLITS_DE_COUPLE' }, 'input.code'],
      [{ labelEn: 'Couple conflicts' }, 'input.labelEn'],
    ] as const) {
      const answer = await propose(more);
      expect(refusalOf(answer)).toEqual(['STATISTICS_REFUSED', 'SUBJECTIVE', field]);
      expect(answer.errors[0]?.message).toContain('couple');
    }
    expect(await database.sql('select from indicator')).toHaveLength(before.length);
  });

  test('whatever its label says, what it counts is said in words made from the measure', async () => {
    const answer = await propose({ code: 'COUPLES', labelFr: 'Couples reçus', labelEn: 'Couples received' });
    expect(answer.codes).toEqual([]);
    const { id } = dataOf(answer)['proposeIndicator'];
    expect((await send('adviser2', 'confirmWords', { of: 'PROPOSAL', id }, 'confirmedOn')).codes).toEqual([]);
    const shown = await app.anonymous.send(
      '{ indicators(code: "COUPLES") { labelFr measure countedFactFr countedFactEn } }',
    );
    expect(dataOf(shown)['indicators']).toEqual([
      {
        labelFr: 'Couples reçus',
        measure: 'OPEN_CASES',
        countedFactFr: 'dossiers ouverts, à la fin de la période',
        countedFactEn: 'open cases, at the end of the period',
      },
    ]);
    const page = await (await fetch(`${app.url}/rapports/${YEAR}/sevran?lang=fr`)).text();
    expect(page).toContain('dossiers ouverts, à la fin de la période');
  });
});
