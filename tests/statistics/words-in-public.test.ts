import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { inFlight } from '../support/crawler/crawl.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { dayAhead } from '../support/days.js';
import { dataOf, districtIds, refusalOf } from './scene.js';

/**
 * What a member of a team proposes, says or observes is read by the county's workers. Everyone reads it once somebody else than the author has
 * read it. An adviser or the officer withdraws it, and the original is gone.
 */
let database: TestDatabase;
let make: Rows;
let app: TestApp;
const districts: Record<string, string> = {};
const SCOPES = ['statistics:read', 'statistics:write'];
const SECRET = 'Mme Zéphyrine Quatresous, victime de violences, dossier 2026-0417';
const TODAY = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Paris' }).format(
  new Date(),
);

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

const act = async (login: string, name: string, input: Record<string, unknown>, fields = 'id') =>
  (await app.as(login)).send(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} } }`,
    { input },
  );
const READ = 'confirmedOn withdrawnOn';
const confirm = (login: string, of: string, id: string, version?: number) =>
  act(login, 'confirmWords', { of, id, version }, READ);
const withdraw = (login: string, of: string, id: string, version?: number) =>
  act(login, 'withdrawWords', { of, id, version }, READ);

/** Everything of statistics that names a text of a team. */
const ALL = `{ indicators { code labelFr labelEn definitionFr countsFr doesNotCountFr opinions { votesAgainst voices { words earlier { words } } } }
  observed: indicatorObservations(districtId: "%", year: ${new Date().getFullYear()}) { body } }`;
const textFor = async (login: string): Promise<string> => {
  const who = login === 'anonymous' ? app.anonymous : await app.as(login);
  return (await who.send(ALL.replace('%', districts['sevran'] ?? ''))).text;
};
const readers = async (words: string, logins: readonly string[]): Promise<readonly string[]> => {
  const found = await Promise.all(
    logins.map(async (login) => ((await textFor(login)).includes(words) ? login : '')),
  );
  return found.filter((login) => login !== '');
};
const OUTSIDE = ['anonymous', 'client.reporting', 'client.integration', 'person.sevran'];
const WORKERS = ['worker.sevran', 'worker2.sevran', 'worker.gagny', 'head.gagny', 'adviser', 'dpo'];

let nth = 0;
const proposal = (more: Record<string, unknown> = {}) => {
  nth += 1;
  return {
    districtId: districts['sevran'],
    code: `WORDS_${nth}`,
    labelFr: `Dossiers ouverts ${nth}`,
    labelEn: 'Open cases',
    definitionFr: 'Les dossiers ouverts à la fin de la période.',
    countsFr: 'Un dossier suspendu.',
    doesNotCountFr: 'Un dossier clos.',
    measure: 'OPEN_CASES',
    ...more,
  };
};
/** What was proposed before is decided on: a team has five open proposals at most. */
const decideAll = () =>
  database.sql(`update indicator set status = 'REFUSED', refusal = 'DUPLICATE', refusal_text = 'Déjà compté.'
    where status = 'PROPOSED' and code like 'WORDS%'`);
const proposed = async (login: string, more: Record<string, unknown> = {}): Promise<string> => {
  await decideAll();
  return dataOf(await act(login, 'proposeIndicator', proposal(more)))['proposeIndicator'].id;
};
const consulted = async (): Promise<string> => {
  nth += 1;
  return make.indicator({
    code: `WORDS_${nth}`,
    status: 'CONSULTED',
    consultedFrom: dayAhead(-10),
    consultedUntil: dayAhead(20),
  });
};
const said = async (login: string, words: string, slug = 'sevran'): Promise<string> => {
  const id = await consulted();
  const input = { id, districtId: districts[slug], position: 'AGAINST', words };
  expect((await act(login, 'stateOpinion', input)).codes).toEqual([]);
  const [voice] = await database.sql<{ id: string }>(
    'select speaker_id as id from indicator_voice where indicator_id = $1',
    [id],
  );
  return voice?.id ?? '';
};
const observed = async (login: string, text: string): Promise<string> => {
  const input = { code: 'VISITS', districtId: districts['sevran'], year: new Date().getFullYear(), text };
  return dataOf(await act(login, 'addObservation', input))['addObservation'].id;
};

/** The three ways in which a member of the team writes words: the row, and its version. */
const WRITE: Readonly<Record<string, (words: string) => Promise<readonly [id: string, version?: number]>>> = {
  PROPOSAL: async (words) => [await proposed('worker.sevran', { definitionFr: words })],
  VOICE: async (words) => [await said('worker.sevran', words), 1],
  OBSERVATION: async (words) => [await observed('worker.sevran', words)],
};
const KINDS = Object.keys(WRITE);
const write = (of: string, words: string) => (WRITE[of] as NonNullable<(typeof WRITE)[string]>)(words);

describe.each(KINDS)('words of a team: %s', (of) => {
  test('are read by no caller without a token and by no client, but by the county’s workers', async () => {
    const words = `${SECRET} ${of}`;
    await write(of, words);
    expect(await readers(words, OUTSIDE)).toEqual([]);
    expect(await readers(words, WORKERS)).toEqual(WORKERS);
  });

  test('are not made public by their author, another team, the head or the officer', async () => {
    const [id, version] = await write(of, `Relu par personne ${of}`);
    expect(refusalOf(await confirm('worker.sevran', of, id, version))).toEqual([
      'STATISTICS_REFUSED',
      'SECOND_READER',
      'input.id',
    ]);
    for (const login of ['worker.gagny', 'head.sevran', 'dpo', 'admin', 'reception.sevran'])
      expect({ login, codes: (await confirm(login, of, id, version)).codes }).toEqual({
        login,
        codes: ['FORBIDDEN'],
      });
    expect(await readers(`Relu par personne ${of}`, OUTSIDE)).toEqual([]);
  });

  test.each(['worker2.sevran', 'adviser2'])(
    'are public once %s has read them, and not twice',
    async (login) => {
      const words = `Relu par un autre ${of} ${login}`;
      const [id, version] = await write(of, words);
      const answer = await confirm(login, of, id, version);
      expect(dataOf(answer)['confirmWords']).toEqual({ confirmedOn: expect.any(String), withdrawnOn: null });
      // Of observations, those of a published report are everyone's.
      expect(await readers(words, ['anonymous', 'client.reporting'])).toEqual(
        of === 'OBSERVATION' ? ['client.reporting'] : ['anonymous', 'client.reporting'],
      );
      expect(refusalOf(await confirm(login, of, id, version))[1]).toBe('STATE_CHANGED');
      expect(await database.sql('select from words_author where words_id = $1', [id])).toEqual([]);
    },
  );

  test.each(['adviser', 'dpo'])(
    'are withdrawn by %s: for everyone, and the original is in no row',
    async (login) => {
      const words = `${SECRET} ${of} ${login}`;
      const [id, version] = await write(of, words);
      await confirm('worker2.sevran', of, id, version);
      await database.sql('delete from notification');
      const answer = await withdraw(login, of, id, version);
      expect(dataOf(answer)['withdrawWords']).toEqual({
        confirmedOn: expect.any(String),
        withdrawnOn: expect.any(String),
      });
      expect(await readers(words, [...OUTSIDE, ...WORKERS])).toEqual([]);
      expect(await readers(`retiré le ${TODAY}`, ['worker.sevran', 'client.reporting'])).toEqual([
        'worker.sevran',
        'client.reporting',
      ]);
      for (const table of ['indicator', 'indicator_voice', 'indicator_observation'])
        expect(
          await database.sql(`select from ${table} t where t::text like '%' || $1 || '%'`, [words]),
        ).toEqual([]);
      const told = await database.sql<{ login: string }>(
        `select w.subject as login from notification n join worker w on w.id = n.worker_id where n.kind = 'WORDS_WITHDRAWN'`,
      );
      expect(told.map((row) => row.login)).toEqual(
        expect.arrayContaining(['worker.sevran', 'worker2.sevran', 'head.sevran']),
      );
      expect(told.map((row) => row.login)).not.toContain('worker.gagny');
      expect(refusalOf(await withdraw(login, of, id, version))[1]).toBe('STATE_CHANGED');
    },
  );

  test('are withdrawn by nobody of a team, and not by hand', async () => {
    const [id, version] = await write(of, `Retiré par personne ${of}`);
    for (const login of ['worker.sevran', 'worker2.sevran', 'head.sevran', 'admin'])
      expect({ login, codes: (await withdraw(login, of, id, version)).codes }).toEqual({
        login,
        codes: ['FORBIDDEN'],
      });
    const key = of === 'VOICE' ? 'speaker_id' : 'id';
    const table = { PROPOSAL: 'indicator', VOICE: 'indicator_voice', OBSERVATION: 'indicator_observation' }[
      of
    ];
    for (const login of ['worker.sevran', 'adviser'])
      await byHand(
        database,
        login,
        async (hand) => {
          for (const sql of [
            `update ${table} set confirmed_on = current_date where ${key} = $1`,
            `update ${table} set withdrawn_on = current_date where ${key} = $1`,
            'select from words_author where words_id = $1',
          ])
            expect({ sql, refusal: await hand(sql, [id]) }).toEqual({ sql, refusal: '42501' });
        },
        SCOPES,
      );
    await byHand(
      database,
      'worker.sevran',
      async (hand) => {
        expect(await hand(`select confirm_words('${of}', $1, $2)`, [id, version ?? null])).toBe('1');
        expect(
          await hand(`select 1 / (confirm_words('${of}', $1, $2) = 'OWN')::integer`, [id, version ?? null]),
        ).toBe('1');
      },
      SCOPES,
    );
  });
});

describe('words that nobody has read yet', () => {
  test('count as a voice: the numbers are public, the words are not', async () => {
    const id = await consulted();
    const input = { id, districtId: districts['sevran'], position: 'AGAINST' };
    await act('worker.sevran', 'stateOpinion', { ...input, words: 'Non.' });
    await act('worker2.sevran', 'stateOpinion', input);
    const code = `WORDS_${nth}`;
    const shown = await app.anonymous.send(
      `{ indicators(code: "${code}") { opinions { position votesAgainst voices { words } } } }`,
    );
    expect(dataOf(shown)['indicators']).toEqual([
      { opinions: [{ position: 'AGAINST', votesAgainst: 2, voices: [{ words: null }] }] },
    ]);
  });

  test('do not let earlier words stand for them', async () => {
    const id = await consulted();
    const input = { id, districtId: districts['sevran'] };
    await act('worker.sevran', 'stateOpinion', { ...input, position: 'AGAINST' });
    await act('worker.sevran', 'stateOpinion', {
      ...input,
      position: 'FOR',
      words: 'Oui.',
      expectedVersion: 1,
    });
    const shown = await app.anonymous.send(
      `{ indicators(code: "WORDS_${nth}") { opinions { votesFor votesAgainst voices { position } } } }`,
    );
    expect(dataOf(shown)['indicators']).toEqual([
      { opinions: [{ votesFor: 1, votesAgainst: 0, voices: [] }] },
    ]);
  });

  test('are not in a report that is published before somebody has read them', async () => {
    const id = await observed('worker.sevran', SECRET);
    const year = new Date().getFullYear();
    const published = `select r.published_on >= o.confirmed_on as shown from indicator_observation o
      join activity_report r on r.district_id = o.district_id and r.year = $2 where o.id = $1`;
    await database.sql('update indicator_observation set year = $2 where id = $1', [id, year - 1]);
    expect(await database.sql(published, [id, year - 1])).toEqual([{ shown: null }]);
    const page = await (await fetch(`${app.url}/rapports/${year - 1}/sevran?lang=fr`)).text();
    expect(page).not.toContain('Quatresous');
    await confirm('worker2.sevran', 'OBSERVATION', id);
    const after = await (await fetch(`${app.url}/rapports/${year - 1}/sevran?lang=fr`)).text();
    expect(after).not.toContain('Quatresous');
  });

  test('are read by who opens the consultation, unless it is their own proposal', async () => {
    const days = async (id: string) =>
      (await database.sql('select confirmed_on is not null as read from indicator where id = $1', [id]))[0];
    const own = await proposed('adviser', { districtId: null });
    await act('adviser', 'openConsultation', { id: own });
    expect(await days(own)).toEqual({ read: false });
    const other = await proposed('adviser', { districtId: null });
    await act('adviser2', 'openConsultation', { id: other });
    expect(await days(other)).toEqual({ read: true });
  });

  test('of an unknown author are confirmed by an adviser alone: each member may be the author', async () => {
    const id = await proposed('worker.sevran');
    await database.sql('delete from words_author where words_id = $1', [id]);
    expect((await confirm('worker2.sevran', 'PROPOSAL', id)).codes).toEqual(['FORBIDDEN']);
    expect((await confirm('adviser', 'PROPOSAL', id)).codes).toEqual([]);
    expect(
      await database.sql('select from indicator where id = $1 and confirmed_on is not null', [id]),
    ).toHaveLength(1);
  });
});

describe('what is withdrawn', () => {
  test('was a proposal: it is refused with it, and leaves its code', async () => {
    const id = await proposed('worker.sevran', { code: 'WORDS_QUATRESOUS' });
    await withdraw('dpo', 'PROPOSAL', id);
    const [row] = await database.sql<{ code: string }>(
      'select code, status, refusal from indicator where id = $1',
      [id],
    );
    expect(row).toEqual({
      code: expect.stringMatching(/^RETIRE_[0-9A-F]{20}$/),
      status: 'REFUSED',
      refusal: 'WITHDRAWN',
    });
    await decideAll();
    expect(
      (await act('worker.sevran', 'proposeIndicator', proposal({ code: 'WORDS_QUATRESOUS' }))).codes,
    ).toEqual([]);
  });

  test('is no indicator that was adopted', async () => {
    const [adopted] = await database.sql<{ id: string }>(
      `select id from indicator where status = 'ADOPTED' limit 1`,
    );
    expect(refusalOf(await withdraw('adviser', 'PROPOSAL', adopted?.id ?? ''))[1]).toBe('STATE_CHANGED');
  });

  test('is replaced by the day of its withdrawal, in French', async () => {
    expect(
      await database.sql(
        `select withdrawn_words(d) as words from unnest('{2026-12-03,2027-08-01}'::date[]) d`,
      ),
    ).toEqual([{ words: 'retiré le 3 décembre 2026' }, { words: 'retiré le 1er août 2027' }]);
  });
});

describe('proposals in a row', () => {
  const open = async (): Promise<number | undefined> =>
    (
      await database.sql<{ count: number }>(
        `select count(*)::integer as count from indicator where proposed_in_id = $1 and status in ('PROPOSED', 'CONSULTED')`,
        [districts['gagny']],
      )
    )[0]?.count;
  const ofGagny = () => act('worker.gagny', 'proposeIndicator', proposal({ districtId: districts['gagny'] }));

  test('are five of a team at most, of 62, and also if they come at once', async () => {
    await database.sql(
      `update indicator set status = 'REFUSED', refusal = 'DUPLICATE', refusal_text = 'x' where status = 'PROPOSED'`,
    );
    expect(await open()).toBe(0);
    const reasons: (string | undefined)[] = [];
    await inFlight(
      Array.from({ length: 62 }, (_, each) => each),
      8,
      async () => {
        const answer = await ofGagny();
        reasons.push(answer.errors.length === 0 ? 'PROPOSED' : refusalOf(answer).slice(0, 3).join(' '));
      },
    );
    expect(reasons.filter((reason) => reason === 'PROPOSED')).toHaveLength(5);
    expect(
      reasons.filter((reason) => reason === 'STATISTICS_REFUSED FIVE_OPEN input.districtId'),
    ).toHaveLength(57);
    expect(await open()).toBe(5);
    // Nor by hand.
    await byHand(
      database,
      'worker.gagny',
      async (hand) => {
        expect(
          await hand(
            `insert into indicator (code, version, label_fr, label_en, definition_fr, counts_fr, does_not_count_fr, measure, unit, kind,
               dimensions, proposed_in_id, proposed_on)
             values ('WORDS_BY_HAND', 1, 'x', 'x', 'x', 'x', 'x', 'OPEN_CASES', 'CASE', 'STOCK', '{}', $1, current_date)`,
            [districts['gagny']],
          ),
        ).toBe('P0001');
      },
      SCOPES,
    );
  });

  test('are five again once one of them is decided on', async () => {
    await database.sql(
      `update indicator set status = 'REFUSED', refusal = 'DUPLICATE', refusal_text = 'x'
       where id = (select id from indicator where proposed_in_id = $1 and status = 'PROPOSED' limit 1)`,
      [districts['gagny']],
    );
    expect((await ofGagny()).codes).toEqual([]);
    expect(refusalOf(await ofGagny())[1]).toBe('FIVE_OPEN');
  });
});

test('the log has who proposed, spoke, observed, read and withdrew, and no row has who wrote', async () => {
  const id = await observed('worker.sevran', 'Un guichet a fermé.');
  await confirm('worker2.sevran', 'OBSERVATION', id);
  await withdraw('dpo', 'OBSERVATION', id);
  const lines = await database.sql<{ action: string; login: string }>(
    `select l.action, w.subject as login from access_log l join worker w on w.id = l.actor_id
     where l.action in ('ADD_OBSERVATION', 'CONFIRM_WORDS', 'WITHDRAW_WORDS') order by l.id desc limit 3`,
  );
  expect(lines).toEqual([
    { action: 'WITHDRAW_WORDS', login: 'dpo' },
    { action: 'CONFIRM_WORDS', login: 'worker2.sevran' },
    { action: 'ADD_OBSERVATION', login: 'worker.sevran' },
  ]);
  const logged = await database.sql<{ action: string }>(
    `select distinct action from access_log where action in ('PROPOSE_INDICATOR', 'STATE_OPINION') order by action`,
  );
  expect(logged).toEqual([{ action: 'PROPOSE_INDICATOR' }, { action: 'STATE_OPINION' }]);
});
