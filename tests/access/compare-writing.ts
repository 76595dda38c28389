import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Asked, Pair } from '../support/crawler/compare.js';
import { type CrawledCounty, EVERYONE, startCrawledCounty } from '../support/crawler/county.js';
import { type ChosenNote, chooseNote, freezeAccessLog } from '../support/crawler/differ.js';
import { wideDocuments } from '../support/crawler/documents.js';
import { inTurn } from '../support/crawler/enrich/enriching.js';
import { randomOperations, sourcesAround } from '../support/crawler/random-operations.js';

const READER = 'worker.sevran';
const OTHERS = EVERYONE.filter((login) => login !== READER);
const NEAR = ['worker2.sevran', 'head.sevran', 'reception.sevran', 'dpo'] as const;
const SEED = 4_711;

/**
 * In both counties the reader has looked at the notes of a case today; in one of them they then write a note and a draft,
 * and amend both, through the API. Whatever such a write touches besides its rows – versions, times, keys, what is
 * logged, what someone is told – would show to the others.
 */
export function compareWriting(documents: number): void {
  let one: CrawledCounty;
  let other: CrawledCounty;
  let pair: Pair;
  let note: ChosenNote;

  async function send(
    county: CrawledCounty,
    login: string,
    query: string,
    variables: Record<string, unknown>,
  ) {
    const answer = await (await county.as(login)).send(query, variables);
    expect(answer.errors).toEqual([]);
    return answer.data ?? {};
  }

  async function write(input: Record<string, unknown>): Promise<{ id: string; version: number }> {
    const document = 'mutation ($input: WriteNoteInput!) { writeNote(input: $input) { id version body } }';
    return (await send(other, READER, document, { input: { caseId: note.caseId, ...input } }))['writeNote'];
  }

  async function amend(id: string, input: Record<string, unknown>): Promise<void> {
    const document = 'mutation ($input: AmendNoteInput!) { amendNote(input: $input) { id version body } }';
    await send(other, READER, document, { input: { id, ...input } });
  }

  beforeAll(async () => {
    [one, other] = await Promise.all([startCrawledCounty(), startCrawledCounty()]);
    note = await chooseNote(one.database, READER, 'own');
    pair = await Pair.of([one, other], EVERYONE);
    for (const county of [one, other])
      await send(
        county,
        READER,
        'query ($id: ID!) { case(id: $id) { interviewNotes { edges { node { body } } } } }',
        { id: note.caseId },
      );
    await write({ body: 'un compte rendu de plus' });
    const draft = await write({ body: 'un brouillon', draft: true });
    await amend(draft.id, { expectedVersion: 1, body: 'un brouillon, autrement' });
    const second = await write({ body: 'un second brouillon', draft: true });
    await amend(second.id, { expectedVersion: 1, finalise: true });
    await amend(note.id, { expectedVersion: 1, body: 'tout autre chose' });
    // From here on questions are not logged: the officer reads the log, and it tells the time of each.
    for (const county of [one, other]) await freezeAccessLog(county.database);
  });
  afterAll(async () => {
    pair.close();
    await one.close();
    await other.close();
  });

  describe('what is written of a case makes no difference to anyone but its reader', () => {
    test('in what they ask at random', async () => {
      const asked = randomOperations(sourcesAround(one.sources, note), SEED, documents).flatMap(
        (document, nth): Asked[] =>
          // Every second login knows that the case exists. Most questions are closed to most of the others.
          [inTurn(nth, NEAR), OTHERS[nth % OTHERS.length] ?? ''].map((login) => ({ document, login })),
      );
      const compared = await pair.compare(asked);
      expect(compared.differing).toEqual([]);
      expect(compared).toMatchObject({ executed: 2 * documents, failed: 0 });
      expect(compared.withData).toBeGreaterThan(documents / 2);
    });

    test('nor to the officer, in the log of that very case', async () => {
      const query = `query ($filter: AccessLogFilter!, $first: Int) { accessLog(filter: $filter, first: $first) {
        edges { cursor node { action outcome occurredOn occurredAt actorKind worker { displayName } clientId ground } }
        pageInfo { hasNextPage endCursor } } }`;
      const [of] = await one.database.sql<{ reference: string; reader: string; person: string }>(
        `select c.reference, w.id as reader, (select person_id from case_person where case_id = c.id limit 1) as person
         from "case" c, worker w where c.id = $1 and w.subject = $2`,
        [note.caseId, READER],
      );
      const ground = 'CONTROL';
      // Of the reader too: what they wrote is nowhere in what they did.
      const asked: Asked[] = [
        { caseReference: of?.reference, ground },
        { personId: of?.person, ground },
        { workerId: of?.reader, ground },
        { workerId: of?.reader, ground, actions: ['CONFIDENTIAL_PART', 'READ_CASE'] },
      ].flatMap((filter) =>
        [1, 100].map((first) => ({
          login: 'dpo',
          document: { root: 'accessLog', query, variables: { filter, first } },
        })),
      );
      const seen: string[] = [];
      const compared = await pair.compare(asked, { witness: ({ text }) => seen.push(text) });
      expect(compared.differing).toEqual([]);
      expect(seen.join('')).toContain('CONFIDENTIAL_PART');
    });

    test('nor in how a write of theirs is refused', async () => {
      const version = { expectedVersion: 99 };
      const [[colleague], [free]] = await Promise.all([
        one.database.sql<{ id: string }>(`select id from worker where subject = 'worker2.sevran'`),
        one.database.sql<{ id: string }>('select id from interview_note where case_id = $1 limit 1', [
          note.caseId,
        ]),
      ]);
      const of = { caseId: note.caseId };
      const tries: Asked[] = (
        [
          ['head.sevran', 'reassignCase', 'AssignCaseInput', { ...of, ...version, workerId: colleague?.id }],
          ['worker2.sevran', 'closeCase', 'CloseCaseInput', { ...of, ...version }],
          ['worker2.sevran', 'writeNote', 'WriteNoteInput', { ...of, body: 'x' }],
          ['worker2.sevran', 'amendNote', 'AmendNoteInput', { ...version, id: free?.id, body: 'x' }],
          ['worker2.sevran', 'requestRelease', 'RequestReleaseInput', { ...of, ground: 'COURT_ORDER' }],
        ] as const
      ).map(([login, mutation, type, input]) => ({
        login,
        document: {
          root: mutation,
          query: `mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`,
          variables: { input },
        },
      }));
      const answers: string[] = [];
      const compared = await pair.compare(tries, { width: 1, witness: ({ text }) => answers.push(text) });
      expect(compared.differing).toEqual([]);
      expect(answers.every((text) => text.startsWith('{"errors"'))).toBe(true);
    });

    test('and its reader does see it', async () => {
      const asked = [...wideDocuments(one.sources)].map((document) => ({ document, login: READER }));
      expect((await pair.compare(asked)).differing.length).toBeGreaterThan(0);
    });
  });
}
