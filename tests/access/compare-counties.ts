import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Asked, type Compared, Pair } from '../support/crawler/compare.js';
import { coordinatesIn } from '../support/crawler/coordinates.js';
import { type CrawledCounty, EVERYONE, startCrawledCounty } from '../support/crawler/county.js';
import {
  type ChosenNote,
  chooseNote,
  type Difference,
  freezeAccessLog,
  whileDifferent,
  withoutEncounter,
} from '../support/crawler/differ.js';
import { type CrawlDocument, mutationCalls, wideDocuments } from '../support/crawler/documents.js';
import { inTurn } from '../support/crawler/enrich/enriching.js';
import { randomOperations, sourcesAround } from '../support/crawler/random-operations.js';
import { say } from '../support/say.js';

const SEED = 20_261_125;
const READER = 'worker.sevran';
const OTHERS = EVERYONE.filter((login) => login !== READER);
/** Logins that know that the case exists. Most questions are closed to most of the others. */
const NEAR = ['worker2.sevran', 'head.sevran', 'reception.sevran'] as const;

/** How much of it is done. */
export interface Form {
  /** How the number of operations is said, and what it is: so many documents, each asked by so many viewers. */
  readonly said: string;
  readonly documents: number;
  readonly viewers: number;
  /** Of these operations, how many must be answered with data for them to say something; of few, chance takes more. */
  readonly share: number;
  /** Documents for each way in which a note can differ, each asked by two. */
  readonly each: number;
  /** Who writes, and how often each mutation is called, each time with other rows. */
  readonly writers: readonly string[];
  readonly calls: number;
}

/**
 * Two counties that differ in one note answer everyone but its reader byte for byte alike: queries drawn at random
 * from the schema, with filters, sorts, cursors, pages, aliases; and writes. Whatever a note could influence, by a
 * path that nobody thought of, would show.
 */
export function compareCounties({ said, documents, viewers, share, each, writers, calls }: Form): void {
  let one: CrawledCounty;
  let other: CrawledCounty;
  let pair: Pair;
  let own: ChosenNote;
  let handedOver: ChosenNote;

  beforeAll(async () => {
    [one, other] = await Promise.all([startCrawledCounty(), startCrawledCounty()]);
    own = await chooseNote(one.database, READER, 'own');
    handedOver = await chooseNote(one.database, READER, 'handed over');
    pair = await Pair.of([one, other], EVERYONE);
  });
  afterAll(async () => {
    pair.close();
    await one.close();
    await other.close();
  });

  /** Returns this number of logins for a document. Every second one knows that the case exists; between them comes everyone else in turn. */
  function askedByOthers(drawn: readonly CrawlDocument[], by: number): Asked[] {
    let near = 0;
    let far = 0;
    return drawn.flatMap((document) =>
      Array.from({ length: by }, (_, turn) => ({
        document,
        login: turn % 2 === 0 ? inTurn(near++, NEAR) : (OTHERS[far++ % OTHERS.length] ?? ''),
      })),
    );
  }

  function asked(drawn: readonly CrawlDocument[], by: number, logins: readonly string[]): Asked[] {
    return drawn.flatMap((document, nth) =>
      Array.from({ length: by }, (_, turn) => ({
        document,
        login: logins[(nth * by + turn) % logins.length] ?? '',
      })),
    );
  }

  function questions(note: ChosenNote, seed: number, count: number): CrawlDocument[] {
    return randomOperations(sourcesAround(one.sources, note), seed, count);
  }

  /** What the note's reader asks to see it. */
  function readersQuestions(): Asked[] {
    return [...wideDocuments(one.sources)].map((document) => ({ document, login: READER }));
  }

  const compareWhile = (note: ChosenNote, difference: Difference, operations: Asked[]): Promise<Compared> =>
    whileDifferent(other.database, note, difference, () => pair.compare(operations));

  /** Of these operations, those that see a difference; one answer is enough. */
  const seeing = async (
    operations: Asked[],
    whileItDiffers: (compare: () => Promise<Compared>) => Promise<Compared>,
  ): Promise<Asked[]> => {
    const { differing } = await whileItDiffers(() =>
      pair.compare(operations, { isEnough: (compared) => compared.differing.length > 0 }),
    );
    return operations.filter(({ document }) => differing.some(({ query }) => query === document.query));
  };

  /** Who reads the note sees that it differs. Returns what they asked. */
  const seeingNote = (difference: Difference, operations: Asked[]): Promise<Asked[]> =>
    seeing(operations, (compare) => whileDifferent(other.database, own, difference, compare));

  /** And by questions drawn at random: of those that select notes, which few do, until one shows it. */
  const drawsDifference = async (difference: Difference): Promise<boolean> => {
    for (let seed = SEED; seed < SEED + 20; seed += 1) {
      // Most name no notes at all, and are not parsed to learn it.
      const drawn = questions(own, seed, 3_000).filter(
        ({ query }) =>
          query.includes('interviewNotes') && coordinatesIn(one.schema, query).has('Case.interviewNotes'),
      );
      if ((await seeingNote(difference, asked(drawn, 1, [READER]))).length > 0) return true;
    }
    return false;
  };

  describe('to everyone but its reader, a note makes no difference', () => {
    beforeAll(async () => {
      // The officer's log tells the time of every question: from here on to the same lines.
      for (const county of [one, other]) await freezeAccessLog(county.database);
    });

    test(`in ${said} operations, whether it exists`, async () => {
      const operations = askedByOthers(questions(own, SEED, documents), viewers);
      const compared = await compareWhile(own, 'existence', operations);
      say(
        `${compared.executed} operations asked of both counties: ${compared.withData} answered with data, ${compared.clean} of them without an error`,
      );
      expect(compared.differing).toEqual([]);
      expect(compared).toMatchObject({ executed: documents * viewers, failed: 0 });
      expect(compared.tooCostly).toBeLessThanOrEqual((documents * viewers) / 1_000);
      expect(compared.withData).toBeGreaterThan(share * documents * viewers);
      expect(new Set(operations.map(({ document }) => document.query)).size).toBeGreaterThan(0.6 * documents);
    });

    // Each login is asked other documents.
    test.each<[Difference, 'own' | 'handed over', number]>([
      ['text', 'own', 1],
      ['length', 'own', 2],
      ['time', 'own', 3],
      ['status', 'own', 4],
      ['author', 'handed over', 5],
      ['existence', 'handed over', 6],
    ])('in its %s, of a note %s', async (difference, kind, seed) => {
      const note = kind === 'own' ? own : handedOver;
      const operations = askedByOthers(questions(note, SEED + seed, each), 2);
      const compared = await compareWhile(note, difference, operations);
      expect(compared.differing).toEqual([]);
      expect(compared).toMatchObject({ executed: 2 * each, failed: 0 });
      expect(compared.withData).toBeGreaterThan(each / 2);
    });

    test.each<Difference>(['existence', 'text', 'length', 'time', 'status'])(
      'and its reader does see a difference of its %s',
      async (difference) => {
        // Alike before: all of it once, and after each difference what had shown it.
        if (difference === 'existence') {
          expect((await pair.compare(readersQuestions())).differing).toEqual([]);
          expect(await drawsDifference(difference)).toBe(true);
        }
        const shown = await seeingNote(difference, readersQuestions());
        expect(shown.length).toBeGreaterThan(0);
        expect((await pair.compare(shown)).differing).toEqual([]);
      },
    );
  });

  test.each(['held', 'passed on'] as const)(
    'nor does an encounter, to everyone but its reader: %s',
    async (kind) => {
      const [encounter] = await one.database.sql<{ id: string; caseId: string; districtId: string }>(
        `select e.id, coalesce(e.case_id, e.id) as "caseId", e.district_id as "districtId" from encounter e join worker w on w.id = e.reader_id and w.subject = $1
        where (e.case_id is not null) = $2 and e.held_at > now() - interval '30 days' and e.person_id is not null order by e.id limit 1`,
        [READER, kind === 'passed on'],
      );
      if (encounter === undefined) throw new Error('no such encounter');
      const text = 'canari-encounter';
      const operations = askedByOthers(
        randomOperations(sourcesAround(one.sources, { ...encounter, text }), SEED + kind.length, each),
        2,
      );
      const withoutIt = (compare: () => Promise<Compared>): Promise<Compared> =>
        withoutEncounter(other.database, encounter.id, compare);
      const compared = await withoutIt(() => pair.compare(operations));
      expect(compared.differing).toEqual([]);
      expect(compared).toMatchObject({ executed: 2 * each, failed: 0 });
      expect(compared.withData).toBeGreaterThan(each / 2);
      // Its reader does see the difference, and afterwards there is none.
      const shown = await seeing(readersQuestions(), withoutIt);
      expect(shown.length).toBeGreaterThan(0);
      expect((await pair.compare(shown)).differing).toEqual([]);
    },
  );

  test.each(['turned round', 'withdrawn'] as const)(
    'nor does the vote of a member, to everyone but them: %s',
    async (difference) => {
      const voter = 'worker2.sevran';
      const [vote] = await one.database.sql<{ optionId: string; inFavour: boolean; workerId: string }>(
        `select v.option_id as "optionId", v.in_favour as "inFavour", v.worker_id as "workerId" from team_vote v
         join worker w on w.id = v.worker_id and w.subject = $1 join team_option o on o.id = v.option_id and o.status = 'PROPOSED'`,
        [voter],
      );
      if (vote === undefined) throw new Error('no vote');
      const others = EVERYONE.filter((login) => login !== voter);
      const documents = [...wideDocuments(one.sources)].filter(({ query }) =>
        /teamOptions|walkInHours|notifications|appointmentTypes/.test(query),
      );
      const turned = (inFavour: boolean): Promise<unknown> =>
        other.database.sql(
          `insert into team_vote (option_id, worker_id, in_favour) values ($1, $2, $3)
           on conflict (option_id, worker_id) do update set in_favour = excluded.in_favour`,
          [vote.optionId, vote.workerId, inFavour],
        );
      const whileOther = async (compare: () => Promise<Compared>): Promise<Compared> => {
        if (difference === 'withdrawn')
          await other.database.sql('delete from team_vote where option_id = $1 and worker_id = $2', [
            vote.optionId,
            vote.workerId,
          ]);
        else await turned(!vote.inFavour);
        try {
          return await compare();
        } finally {
          await turned(vote.inFavour);
        }
      };
      const compared = await whileOther(() => pair.compare(asked(documents, others.length, others)));
      expect(compared.differing).toEqual([]);
      expect(compared).toMatchObject({ executed: documents.length * others.length, failed: 0 });
      expect(compared.withData).toBeGreaterThan(documents.length);
      // Who voted does see the difference, and afterwards there is none.
      const own = documents.map((document) => ({ login: voter, document }));
      const shown = await seeing(own, whileOther);
      expect(shown.length).toBeGreaterThan(0);
      expect((await pair.compare(shown)).differing).toEqual([]);
    },
  );

  test('nor in what everyone else writes, new ids and times left out', async () => {
    for (const county of [one, other]) await county.database.sql('drop trigger frozen on access_log');
    const before = new Set(
      JSON.stringify([...one.sources.rows]).match(/[0-9a-f-]{36}|[PA-Z0-9]+(?:-[A-Z0-9]+)+/g),
    );
    const seen: [Map<string, string>, Map<string, string>] = [new Map(), new Map()];
    const known = new Set(
      (
        await one.database.sql<{ id: string }>(
          [
            'case',
            'person',
            'appointment',
            'need',
            'worker',
            'membership',
            'district',
            'client',
            'interview_note',
            'handover',
            'release',
            'relay',
            'absence',
            'notice_receipt',
            'privacy_notice',
            'notification',
            'appointment_participant',
            'appointment_notice',
            'calendar_feed',
            'outside_calendar',
            'appointment_request',
            'slot_offer',
            'offer_skip',
            'visit',
            'message',
            'encounter',
            'referral',
            'incoming_request',
            'organisation',
            'sector',
            'indicator',
            'indicator_observation',
            'activity_report',
            'wait_simulation',
            'team_option',
          ]
            .map((table) => `select id::text from "${table}"`)
            .join(' union all ') +
            ' union all select reference from "case" union all select reference from person',
        )
      ).map(({ id }) => id),
    );
    // A secret is each county's own; and of many refused rows, which one is named may be chance.
    const named = (text: string): string =>
      text
        .replace(/\/calendar\/[\w-]{43}\.ics|(?<="secret":")[\w-]{43}/g, 'a secret')
        .split('\n')
        .map((line) =>
          line.replace(
            /"locations":\[[^\]]*\],"path":\[[^\]]*("\w+")\](?=,"extensions":\{"code":"FORBIDDEN"\})/,
            '$1',
          ),
        )
        .sort()
        .join('\n');
    const normalise = (text: string, county: 0 | 1): string =>
      named(text)
        .replace(
          /[0-9a-f]{8}-[0-9a-f-]{27}|\b(?:P-[A-Z0-9]{6,}|[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{2})\b/g,
          (id) => {
            if (known.has(id) || before.has(id)) return id;
            const name = seen[county].get(id) ?? `new ${seen[county].size}`;
            seen[county].set(id, name);
            return name;
          },
        )
        .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) =>
          Math.abs(Date.parse(time) - Date.now()) < 600_000 ? 'now' : time,
        );
    const operations: Asked[] = writers.flatMap((login) =>
      [...mutationCalls(sourcesAround(one.sources, own))].flatMap(({ document }) =>
        Array.from({ length: calls }, (_, nth) => ({
          login,
          document: document({ nth, tried: nth, turns: new Map(), without: new Set() }),
        })),
      ),
    );
    const compared = await whileDifferent(other.database, own, 'existence', () =>
      pair.compare(operations, { width: 1, normalise }),
    );
    expect(compared.differing).toEqual([]);
    expect(compared.executed).toBe(operations.length);
  });
}
