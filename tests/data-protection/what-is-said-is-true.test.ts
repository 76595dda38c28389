import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CELLS } from '../../policies/generated/cells.js';
import { STANDPOINTS } from '../../policies/standpoints.js';
import { PRIVACY_NOTICES } from '../../prisma/seed/reference/privacy-notices.js';
import {
  KINDS_OF_DATA,
  READERS,
  type Reader,
  WHO_READS_WHAT,
} from '../../src/services/data-protection/who-reads-what.js';
import type { Answer } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { dayAhead } from '../support/days.js';
import { type LoggedCounty, startLoggedCounty } from './logged.js';

/**
 * What is said to persons is true: the notices tell what the policies do, they are the county's after its officer's opinion, and what is
 * published stays.
 */

/** Who stands where in the matrix. Persons are told of others; what opens to anyone left out here is said of nobody, and must not be. */
const STANDS: Readonly<Record<string, Reader>> = {
  'worker-assigned': 'ASSIGNED',
  'worker-handed-over': 'ASSIGNED',
  'worker-not-handed-over': 'ASSIGNED',
  'worker-formerly-assigned': 'FORMER',
  'worker-relay': 'STAND_IN',
  'worker-appointment': 'RECEIVING',
  'worker-on-duty': 'RECEIVING',
  'worker-reception': 'RECEIVING',
  'worker-recipient': 'TAKING_OVER',
  'worker-same-district': 'COLLEAGUES',
  'head-same-district': 'HEAD',
  'desk-same-district': 'DESK',
  'adviser-pending': 'ADVISER',
  'data-protection-officer': 'OFFICER',
  'client-booking': 'BOOKING_SOFTWARE',
};
const THEMSELVES = new Set(['person-shown', 'person-not-shown']);
/** They are colleagues of the district besides: where colleagues are said to read, nothing more is to be said of them. */
const COLLEAGUES_TOO = new Set<Reader>(['FORMER', 'TAKING_OVER', 'RECEIVING']);

/** Of no person who is helped: the directory, agendas, nomenclatures, statistics, and what the API says of itself. */
const ABOUT_NO_PERSON = new Set(
  `Absence ActivityReport ActsTakenBack AppointmentType Erratum Availability CalendarFeed CancelledBookings CaseMove Client Commune District EarlierVoice FreeSlot IndicatorVoice Language
   OnlineType ReportSignature ReportText Indicator IndicatorDecision IndicatorDimension IndicatorTable
   IndicatorObservation IndicatorOpinion Membership NeedCode Suspension OpeningHours Organisation OutsideCalendar PageInfo PolicyMatrix PolicyRule
   PolicyStandpoint PolicyType PrivacyNotice PrivacyNoticeDraft RecordedIncomingRequest Relay ReportDimension
   ReportFigure ReportFunnelDot ReportLine ReportMonth ReportSection ReportWait Sector Sentence SentMessage Slot SlotSearch Snapshot StatisticsCategory StatisticsCell
   StatisticsCellCategory StatisticsCoverage StatisticsDimension StatisticsFigure StatisticsMedian StatisticsMethod StatisticsTable TeamOption TeamWords ThirdNextAvailable Unavailability Viewer
   ViewerRoleIn VisitChange.reload WaitForecast WaitSimulation WalkInHour Worker`.split(/\s+/),
);
/** Where fields stand of which the rows are guarded one by one: pages, and what is asked and done. */
const LEADS_TO_ROWS = /^(Query|Mutation|Subscription|\w+(Connection|Edge))\./;

function kindOf(coordinate: string): (typeof KINDS_OF_DATA)[number] | undefined {
  const type = coordinate.split('.')[0] ?? '';
  return (
    KINDS_OF_DATA.find(({ holds }) => holds.includes(coordinate)) ??
    KINDS_OF_DATA.find(({ holds }) => holds.includes(type))
  );
}

/** Who reads a field, as the matrix observed it; a standpoint that no notice names stays itself. */
function readersOf(
  cells: Readonly<Record<string, string>>,
  coordinate: string,
  said: readonly Reader[],
): string[] {
  // Nobody asks who holds a link: it is open from each standpoint, also from that of a stranger.
  if (said.includes('LINK_HOLDER') && !cells[coordinate]?.includes('0')) return ['LINK_HOLDER'];
  const open = STANDPOINTS.filter(({ key }, at) => cells[coordinate]?.[at] === '1' && !THEMSELVES.has(key));
  const readers = new Set<string>(open.map(({ key }) => STANDS[key] ?? key));
  if (said.includes('COLLEAGUES')) for (const reader of COLLEAGUES_TOO) readers.delete(reader);
  // Who is on duty in the matrix has opened the case, too.
  if (said.includes('OPENER') && readers.delete('RECEIVING')) readers.add('OPENER');
  // Who is on duty in the matrix is sent someone by the desk, whom they receive.
  if (said.includes('ON_DUTY') && readers.delete('RECEIVING')) readers.add('ON_DUTY');
  return [...readers];
}

/** What the notices say that is not so, in the words of who has to mend it. */
function untruths(cells: Readonly<Record<string, string>>): string[] {
  const said: string[] = [];
  const observed = new Map(KINDS_OF_DATA.map((kind) => [kind, new Set<string>()]));
  for (const coordinate of Object.keys(cells)) {
    if (LEADS_TO_ROWS.test(coordinate)) continue;
    const kind = kindOf(coordinate);
    if (kind === undefined) {
      const type = coordinate.split('.')[0] ?? '';
      if (!ABOUT_NO_PERSON.has(coordinate) && !ABOUT_NO_PERSON.has(type))
        said.push(
          `${coordinate}: put it under a kind of data in src/services/data-protection/who-reads-what.ts`,
        );
      continue;
    }
    for (const reader of readersOf(cells, coordinate, kind.readers)) {
      observed.get(kind)?.add(reader);
      if (!(kind.readers as readonly string[]).includes(reader))
        said.push(`${coordinate} opens to ${reader}, and the notices do not say so of “${kind.en}”`);
    }
  }
  for (const [kind, readers] of observed)
    for (const reader of kind.readers)
      if (!readers.has(reader))
        said.push(`the notices say that ${reader} reads “${kind.en}”: nobody there does`);
  return said;
}

describe('who reads what, as both notices say it', () => {
  test('is what the matrix observed: a field that opens to someone else makes them false', () => {
    expect(untruths(CELLS)).toEqual([]);
  });

  test('would be found false for one cell turned, a new field, and a new type', () => {
    const head = STANDPOINTS.findIndex(({ key }) => key === 'head-same-district');
    const turned = (digits: string): string => `${digits.slice(0, head)}1${digits.slice(head + 1)}`;
    expect(untruths({ ...CELLS, 'Need.code': turned(CELLS['Need.code'] ?? '') })).toEqual([
      'Need.code opens to HEAD, and the notices do not say so of “your needs, noted in the case”',
    ]);
    expect(untruths({ ...CELLS, 'InterviewNote.mood': CELLS['Case.referrals'] ?? '' })).toEqual([
      expect.stringContaining('InterviewNote.mood opens to STAND_IN'),
    ]);
    expect(untruths({ ...CELLS, 'Diagnosis.text': CELLS['Need.code'] ?? '' })).toEqual([
      expect.stringContaining('Diagnosis.text: put it under a kind of data'),
    ]);
    const closed = Object.fromEntries(
      Object.entries(CELLS).map(([name, digits]) => [
        name,
        name.startsWith('AccessLogEntry.') ? '0'.repeat(digits.length) : digits,
      ]),
    );
    expect(untruths(closed)).toEqual([
      expect.stringContaining('OFFICER reads “who has consulted your file”'),
    ]);
  });

  test('is in French and in English a line for each kind of data, and never says that the head reads notes', () => {
    for (const language of ['fr', 'en'] as const) {
      const lines = WHO_READS_WHAT[language].split('\n').slice(1, -1);
      expect(lines).toHaveLength(KINDS_OF_DATA.length);
      KINDS_OF_DATA.forEach((kind, at) => {
        expect(lines[at]).toContain(kind[language]);
        for (const [reader, words] of Object.entries(READERS))
          if ((kind.readers as readonly string[]).includes(reader))
            expect(lines[at]).toContain(words[language]);
      });
    }
    for (const { body } of PRIVACY_NOTICES)
      expect(body).not.toMatch(/encadrement|managers|professionnels qui vous suivent/);
  });
});

describe('a notice is the county’s, after its officer’s opinion', () => {
  let made: LoggedCounty;
  beforeAll(async () => {
    made = await startLoggedCounty();
  });
  afterAll(() => made.close());

  const texts = (word: string) => ({
    textFr: `${word}. Le département ; dpo@departement-fictif.fr.`,
    textEn: `${word}. The county; dpo@departement-fictif.fr.`,
  });
  // biome-ignore lint/suspicious/noExplicitAny: the assertions say what the answers are.
  type Row = any;
  const DRAFT = 'id version textFr whoReadsFr opinion opinionText opinionOn';
  const codesOf = (answer: Answer): string =>
    answer.errors
      .map(({ extensions }) =>
        [extensions.code, extensions['reason'], extensions['field']].filter(Boolean).join(' '),
      )
      .join();

  async function act(by: string, mutation: string, input: object, fields = DRAFT): Promise<Answer> {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    return (await made.app.as(by)).send(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`,
      { input },
    );
  }
  async function done(by: string, mutation: string, input: object, fields = DRAFT): Promise<Row> {
    const answer = await act(by, mutation, input, fields);
    expect(answer.errors).toEqual([]);
    return answer.data?.[mutation];
  }
  const draft = (word: string): Promise<Row> =>
    done('admin', 'draftPrivacyNotice', { kind: 'FULL', ...texts(word) });
  const published = async (): Promise<Row[]> =>
    ((
      await made.app.anonymous.send(
        '{ privacyNotices { id kind version textFr opinion opinionText opinionOn } }',
      )
    ).data?.['privacyNotices'] as Row[]) ?? [];
  const PUBLISHED = 'id kind version textFr textEn opinion opinionText';

  test('an unfavourable opinion keeps it from nothing, and stands beside it for everyone', async () => {
    const { id, version } = await draft('Premier');
    const advised = await done('déléguée', 'adviseOnPrivacyNotice', {
      id,
      expectedVersion: version,
      opinion: 'UNFAVOURABLE',
      text: 'La durée n’est pas dite.',
    });
    const notice = await done(
      'admin',
      'publishPrivacyNotice',
      { id, expectedVersion: advised.version },
      PUBLISHED,
    );
    expect(notice).toMatchObject({
      textFr: `${texts('Premier').textFr}\n\n${WHO_READS_WHAT.fr}`,
      textEn: `${texts('Premier').textEn}\n\n${WHO_READS_WHAT.en}`,
      opinion: 'UNFAVOURABLE',
      opinionText: 'La durée n’est pas dite.',
    });
    expect((await published()).find((row) => row.id === notice.id)).toMatchObject({
      opinion: 'UNFAVOURABLE',
    });
    const drafts = await (await made.app.as('déléguée')).send('{ privacyNoticeDrafts { id } }');
    expect(drafts.data?.['privacyNoticeDrafts']).not.toContainEqual({ id });
  });

  test('none is published without an opinion, nor with one on another text', async () => {
    const { id, version } = await draft('Deuxième');
    expect(codesOf(await act('admin', 'publishPrivacyNotice', { id, expectedVersion: version }, 'id'))).toBe(
      'CONFLICT STATE_CHANGED',
    );
    const advised = await done('déléguée', 'adviseOnPrivacyNotice', {
      id,
      expectedVersion: version,
      opinion: 'FAVOURABLE',
    });
    const rewritten = await done('admin', 'rewritePrivacyNotice', {
      id,
      expectedVersion: advised.version,
      ...texts('Autre'),
    });
    expect(rewritten).toMatchObject({ opinion: null, opinionText: null, opinionOn: null });
    expect(
      codesOf(await act('admin', 'publishPrivacyNotice', { id, expectedVersion: rewritten.version }, 'id')),
    ).toBe('CONFLICT STATE_CHANGED');
    // Who advises on the text that was read before is told that it is another.
    expect(
      codesOf(
        await act('déléguée', 'adviseOnPrivacyNotice', {
          id,
          expectedVersion: version,
          opinion: 'FAVOURABLE',
        }),
      ),
    ).toBe('CONFLICT VERSION_CHANGED');
  });

  test('nobody advises on their own text, nor publishes on their own opinion', async () => {
    const both = await made.sevran.worker('les-deux');
    for (const role of ['ADMINISTRATOR', 'DATA_PROTECTION_OFFICER'] as const)
      await made.make.membership({ workerId: both.id, role });
    const own = await done('les-deux', 'draftPrivacyNotice', { kind: 'SHORT', ...texts('Le mien') });
    expect(
      codesOf(
        await act('les-deux', 'adviseOnPrivacyNotice', {
          id: own.id,
          expectedVersion: 1,
          opinion: 'FAVOURABLE',
        }),
      ),
    ).toBe('CONFLICT STATE_CHANGED');
    const { id } = await draft('D’une autre');
    const advised = await done('les-deux', 'adviseOnPrivacyNotice', {
      id,
      expectedVersion: 1,
      opinion: 'FAVOURABLE',
    });
    expect(
      codesOf(await act('les-deux', 'publishPrivacyNotice', { id, expectedVersion: advised.version }, 'id')),
    ).toBe('CONFLICT STATE_CHANGED');
  });

  test('the officer publishes nothing, the administrator gives no opinion, and nobody else sees a draft', async () => {
    const { id } = await draft('Troisième');
    expect(codesOf(await act('déléguée', 'publishPrivacyNotice', { id, expectedVersion: 1 }, 'id'))).toBe(
      'FORBIDDEN',
    );
    expect(
      codesOf(await act('admin', 'adviseOnPrivacyNotice', { id, expectedVersion: 1, opinion: 'FAVOURABLE' })),
    ).toBe('FORBIDDEN');
    for (const by of ['alice', 'hélène', 'rachida', 'conseillère'])
      expect((await (await made.app.as(by)).send('{ privacyNoticeDrafts { id } }')).codes).toEqual([
        'FORBIDDEN',
      ]);
  });

  test('reservations say which, and a text says how to reach an officer who exists', async () => {
    const { id } = await draft('Quatrième');
    expect(
      codesOf(
        await act('déléguée', 'adviseOnPrivacyNotice', {
          id,
          expectedVersion: 1,
          opinion: 'WITH_RESERVATIONS',
        }),
      ),
    ).toBe('INVALID_INPUT input.text');
    for (const address of [
      '',
      'dpo@departement.example',
      'dpo@example.org',
      'dpo@x.invalid',
      'dpo@a.test',
      'dpo@localhost',
    ])
      expect(
        codesOf(
          await act('admin', 'draftPrivacyNotice', {
            kind: 'FULL',
            ...texts('x'),
            textFr: `Écrire à ${address}.`,
          }),
        ),
      ).toBe('INVALID_INPUT input.textFr');
  });

  test('what is published stays, in the database too; receipts name the version that was given', async () => {
    const { id } = await draft('Cinquième');
    const advised = await done('déléguée', 'adviseOnPrivacyNotice', {
      id,
      expectedVersion: 1,
      opinion: 'FAVOURABLE',
    });
    const first = await done(
      'admin',
      'publishPrivacyNotice',
      { id, expectedVersion: advised.version },
      PUBLISHED,
    );
    for (const again of ['rewritePrivacyNotice', 'publishPrivacyNotice'])
      expect(
        codesOf(
          await act(
            'admin',
            again,
            { id, expectedVersion: advised.version, ...(again.startsWith('rewrite') ? texts('x') : {}) },
            'id',
          ),
        ),
      ).toBe('CONFLICT STATE_CHANGED');
    for (const statement of [
      `update privacy_notice set text_fr = 'x' where id = $1`,
      `delete from privacy_notice where id = $1`,
    ])
      await expect(made.database.sql(statement, [first.id])).rejects.toThrow('what was published stays');
    await expect(
      made.database.sql(`update privacy_notice_draft set text_fr = 'x' where id = $1`, [id]),
    ).rejects.toThrow('what was published stays');
    const file = await made.newCase();
    await done(
      'alice',
      'giveNotice',
      { personId: file.personId, noticeId: first.id, channel: 'PAPER' },
      'id',
    );
    const next = await draft('Sixième');
    const advisedNext = await done('déléguée', 'adviseOnPrivacyNotice', {
      id: next.id,
      expectedVersion: 1,
      opinion: 'FAVOURABLE',
    });
    const second = await done(
      'admin',
      'publishPrivacyNotice',
      { id: next.id, expectedVersion: advisedNext.version },
      PUBLISHED,
    );
    expect(second.version).toBe(first.version + 1);
    expect(
      await made.database.sql('select notice_id from notice_receipt where person_id = $1', [file.personId]),
    ).toEqual([{ notice_id: first.id }]);
  });

  test('the database keeps an opinion to the text that was read, and what is published to both', async () => {
    const { id } = await draft('Septième');
    await expect(
      made.database.sql(
        `update privacy_notice_draft set text_fr = 'x', opinion = 'FAVOURABLE', opinion_on = current_date, opinion_by_id = $2 where id = $1`,
        [id, made.who['déléguée']],
      ),
    ).rejects.toThrow('an opinion is on the text that was read');
    await expect(
      made.database.sql(
        `insert into privacy_notice (id, kind, version, text_fr, text_en, published_on, draft_id, published_by_id)
         select gen_random_uuid(), kind, 99, text_fr, text_en, current_date, id, $2 from privacy_notice_draft where id = $1`,
        [id, made.who['admin']],
      ),
    ).rejects.toThrow('published as the officer read it, or not at all');
    await done('déléguée', 'adviseOnPrivacyNotice', { id, expectedVersion: 1, opinion: 'FAVOURABLE' });
    const publish = `insert into privacy_notice (id, kind, version, text_fr, text_en, who_reads_fr, who_reads_en, published_on, opinion, opinion_on,
        opinion_text, draft_id, published_by_id)
      select gen_random_uuid(), kind, 99, text_fr || E'\\n\\n' || who_reads_fr, text_en || E'\\n\\n' || who_reads_en, who_reads_fr, who_reads_en,
        day_in_paris(now()), opinion, opinion_on, opinion_text, id, viewer_worker() from privacy_notice_draft where id = $1`;
    // Nobody publishes on their own opinion, and an officer publishes nothing, by hand either.
    const other = await made.sevran.worker('autre-déléguée');
    await made.make.membership({ workerId: other.id, role: 'DATA_PROTECTION_OFFICER' });
    expect(await byHand(made.database, 'déléguée', (hand) => hand(publish, [id]))).toBe('P0001');
    expect(await byHand(made.database, 'autre-déléguée', (hand) => hand(publish, [id]))).toBe('42501');
    expect(await byHand(made.database, 'admin', (hand) => hand(publish, [id]))).toBe('1');
  });

  test('has its term from the day on which the words were the API’s last, also after an earlier release is back', async () => {
    const daysOf = async (words: string): Promise<number> => {
      const [row] = await made.database.sql<{ days: number }>(
        `select (extract(epoch from now() - who_reads_what_since($1, $1)) / 86400)::integer as days`,
        [words],
      );
      return row?.days ?? -1;
    };
    await daysOf('old');
    await made.database.sql(`update who_reads_what set since = since - interval '40 days'`);
    expect(await daysOf('old')).toBe(40);
    expect(await daysOf('new')).toBe(0);
    await made.database.sql(`update who_reads_what set since = since - interval '5 days'`);
    expect([await daysOf('new'), await daysOf('old'), await daysOf('old')]).toEqual([5, 0, 0]);
  });

  test('that a release of the software made it false is told to the officer, and changes nothing', async () => {
    await made.make.privacyNotice({
      kind: 'SHORT',
      version: 50,
      textFr: 'avant',
      textEn: 'before',
      publishedOn: dayAhead(0),
      whoReadsFr: 'autrement',
      whoReadsEn: 'otherwise',
    });
    const ask = '{ privacyNotices { version textFr outdated } }';
    const seen = (await (await made.app.as('déléguée')).send(ask)).data?.['privacyNotices'] as Row[];
    expect(seen.filter(({ outdated }) => outdated).map(({ version }) => version)).toEqual([50]);
    expect(seen.find(({ version }) => version === 50).textFr).toBe('avant');
    expect((await (await made.app.as('alice')).send(ask)).codes).toContain('FORBIDDEN');
  });
});
