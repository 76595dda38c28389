import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { INPUTS } from '../../policies/generated/inputs.js';
import { type Requester, startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { inFlight } from '../support/crawler/crawl.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ahead } from '../support/days.js';
import { ACT_SHAPES } from './answer-as-nothing/act.js';
import { AGENDA_SHAPES } from './answer-as-nothing/agenda.js';
import { APPOINTMENT_SHAPES } from './answer-as-nothing/appointment.js';
import { CASE_SHAPES } from './answer-as-nothing/case.js';
import { findRows } from './answer-as-nothing/find-rows.js';
import { INTERVIEW_NOTE_SHAPES } from './answer-as-nothing/interview-note.js';
import { makeFreshCase, makeRows, workersBySubject } from './answer-as-nothing/make-rows.js';
import { ORIENTATION_SHAPES } from './answer-as-nothing/orientation.js';
import { PERSON_SHAPES } from './answer-as-nothing/person.js';
import { queriesOfForeign } from './answer-as-nothing/queries.js';
import { RECEPTION_SHAPES } from './answer-as-nothing/reception.js';
import { type Shape, seen } from './answer-as-nothing/seen.js';
import { STATISTICS_SHAPES } from './answer-as-nothing/statistics.js';
import { WAITING_LIST_SHAPES } from './answer-as-nothing/waiting-list.js';

let database: TestDatabase;
let app: TestApp;
const IN_FLIGHT = 8;
export const VIEWERS = [
  'worker.sevran',
  'worker2.sevran',
  'reception.sevran',
  'head.sevran',
  'trainee.sevran',
  'worker.gagny',
  'head.gagny',
  'adviser',
  'dpo',
  'admin',
  'person.sevran',
  'client.integration',
] as const;

const SHAPES: readonly Shape[] = [
  ...CASE_SHAPES,
  ...INTERVIEW_NOTE_SHAPES,
  ...PERSON_SHAPES,
  ...APPOINTMENT_SHAPES,
  ...AGENDA_SHAPES,
  ...ORIENTATION_SHAPES,
  ...RECEPTION_SHAPES,
  ...WAITING_LIST_SHAPES,
  ...STATISTICS_SHAPES,
  ...ACT_SHAPES,
];
/** These logins know of the requests and offers in the cases of the absent colleague. */
const KNOW_OF_THE_COLLEAGUES = ['reception.sevran', 'head.sevran', 'worker2.sevran'];
/** These logins know of every visit in Sevran. */
const SEE_ALL_VISITS = ['reception.sevran', 'head.sevran'];
/** These logins know of every referral and every partner's request that Sevran receives. */
const ALLOCATES = ['head.sevran'];
/** The administrator alone may do these, and sees all that they take: there is nothing to hide. */
const SEEN_BY_WHO_MAY = ['disableWorker', 'endMembership', 'disableClient', 'withdrawScope'];
/** These ids are public. */
const PUBLIC_IDS = [
  'GiveNoticeInput.noticeId',
  'BookOnlineInput.districtId',
  'SendReferralInput.toDistrictId',
  'SendReferralInput.toOrganisationId',
  'ProposeIndicatorInput.districtId',
  'ProposeErratumInput.districtId',
  'OpenConsultationInput.id',
  'StateOpinionInput.id',
  'StateOpinionInput.districtId',
  'AdoptIndicatorInput.id',
  'RefuseIndicatorInput.id',
  'RetireIndicatorInput.id',
  'AddObservationInput.districtId',
  'SimulateWaitInput.districtId',
  'ProposeOptionInput.districtId',
  'WriteNarrativeInput.districtId',
  'DeclineNarrativeInput.districtId',
  'SignNarrativeInput.districtId',
  'PublishActivityReportInput.districtId',
];
/** These ids are of online bookings: tests/appointment/online.test.ts asks them. */
const ONLINE_IDS = ['BookOnlineInput.caseId', 'MoveOnlineInput.id', 'CancelOnlineInput.id'];

async function asked(who: Requester, [mutation, type, field, , rest]: Shape, id: string): Promise<string> {
  const many = /Ids$/.test(field);
  const [list = '', within] = field.split('.');
  const given = rest();
  const inside =
    within === undefined
      ? {}
      : { [list]: (given[list] as object[]).map((one) => ({ ...one, [within]: id })) };
  const answer = await who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`, {
    input: { ...given, ...(within === undefined ? { [field]: many ? [id] : id } : inside) },
  });
  return `${answer.status} ${answer.text}`;
}

async function knows(login: string, person: string): Promise<boolean> {
  const [row] = await database.sql<{ knows: boolean }>(
    `select exists (select from case_person cp join worker w on w.subject = $2 where cp.person_id = $1 and (cp.assigned_worker_id = w.id
        or exists (select from membership m where m.worker_id = w.id and m.district_id = cp.district_id and m.role = 'DISTRICT_HEAD')
        or exists (select from relay r where r.stand_in_id = w.id and r.absent_worker_id = cp.assigned_worker_id)))
      or exists (select from appointment_person ap join appointment a on a.id = ap.appointment_id join worker w on w.subject = $2
        where ap.person_id = $1 and w.id = any (a.worker_ids)) as knows`,
    [person, login],
  );
  return row?.knows ?? false;
}

async function isTheirs(login: string, handover: string): Promise<boolean> {
  const rows = await database.sql(
    'select 1 from handover h join worker w on w.id in (h.from_worker_id, h.to_worker_id) where h.id = $1 and w.subject = $2',
    [handover, login],
  );
  return rows.length > 0;
}

/** How much of it is done. */
export interface Form {
  /** Who asks. */
  readonly viewers: readonly (typeof VIEWERS)[number][];
  /** Whether everything else about what there is not is tested too. */
  readonly andTheRest: boolean;
}

/** What the viewer may not know of answers exactly as what does not exist: the same body, byte for byte. */
export function answerAsNothing({ viewers, andTheRest }: Form): void {
  beforeAll(async () => {
    database = await cloneDatabase('cosmos_demo');
    app = await startTestApp(database);
    await findRows(database);
    await makeRows(database);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  describe.each(viewers)('for %s', (login) => {
    test('no mutation tells what is not theirs to know from what does not exist', async () => {
      const [type] = await database.sql<{ code: string }>(
        `select code from appointment_type where 'SOCIAL_WORKER' = any (bookable_by) and 'RECEPTIONIST' = any (bookable_by) and places is null limit 1`,
      );
      const [need] = await database.sql<{ code: string }>('select code from need_code limit 1');
      Object.assign(seen, { type: type?.code, code: need?.code });
      const who = await app.as(login);
      const all = SHAPES.flatMap((shape) => shape[3].map((name) => [shape, name] as const));
      // A refusal waits for the next beat of the clock, so that several at once wait together.
      await inFlight(all, IN_FLIGHT, async ([shape, name]) => {
        const id = seen[name];
        if (id === undefined) return;
        // The head of Sevran and the worker of the person may know a sensitive file; two workers know the handover.
        if (name === 'sensitive' && (await knows(login, id))) return;
        if (name === 'foreignHandover' && (await isTheirs(login, id))) return;
        if (name === 'foreignRelease' && ['adviser', 'dpo'].includes(login)) return;
        if (/^colleagues(Request|Offer)$/.test(name) && KNOW_OF_THE_COLLEAGUES.includes(login)) return;
        if (name === 'colleaguesVisit' && SEE_ALL_VISITS.includes(login)) return;
        if (/^colleagues(Referral|Asked)$/.test(name) && ALLOCATES.includes(login)) return;
        // A person may ask in any district, and districts are public.
        if (shape[1] === 'RequestAppointmentInput' && shape[2] === 'districtId' && login === 'person.sevran')
          return;
        const foreign = await asked(who, shape, id);
        const missing = await asked(who, shape, randomUUID());
        expect({ mutation: shape[0], field: shape[2], of: name, body: foreign }).toEqual({
          mutation: shape[0],
          field: shape[2],
          of: name,
          body: missing,
        });
        expect(foreign).not.toMatch(/"code":"INTERNAL"/);
      });
    });

    test('no query does', async () => {
      const who = await app.as(login);
      const ask = async (query: string, variables: Record<string, unknown>) => {
        const answer = await who.send(query, variables);
        return `${answer.status} ${answer.text}`;
      };
      await inFlight(queriesOfForeign(), IN_FLIGHT, async ([query, name, variables]) => {
        if (/^colleagues(Request|Offer)$/.test(name) && KNOW_OF_THE_COLLEAGUES.includes(login)) return;
        if (name === 'colleaguesVisit' && SEE_ALL_VISITS.includes(login)) return;
        if (/^colleagues(Referral|Asked)$/.test(name) && ALLOCATES.includes(login)) return;
        const id = seen[name] ?? '';
        const foreign = await ask(query, variables(id));
        const missing = await ask(query, variables(randomUUID()));
        expect({ query, body: foreign }).toEqual({ query, body: missing });
        expect(foreign).not.toMatch(/"code":"(INTERNAL|INVALID_DOCUMENT)"/);
      });
    });
  });

  if (!andTheRest) return;

  test('every id that a mutation takes is asked below', () => {
    const asked = new Set(
      SHAPES.map(([, type, field]) =>
        `${type}.${field}`.replace('ReassignCasesInput.moves', 'CaseMoveInput'),
      ),
    );
    const ids = Object.entries(INPUTS).flatMap(([type, fields]) =>
      fields.filter((field) => /(^id|Ids?)$/.test(field)).map((field) => `${type}.${field}`),
    );
    // The log is refused by role alone, and has for the officer nothing of what there is not (tests/access/log-blinded). A login with the role for
    // a notice or an erratum sees all drafts. A login with the role for suspensions or for words of a team sees all of these.
    const shared = ['CaseFilter', 'AppointmentFilter', 'SlotFilter', 'WithdrawScopeInput', 'AccessLogFilter']
      .concat(['RewritePrivacyNoticeInput', 'AdviseOnPrivacyNoticeInput', 'PublishPrivacyNoticeInput'])
      .concat(['SignErratumInput', 'WithdrawErratumInput', 'SuspensionInput', 'ConfirmSuspensionInput'])
      .concat(['ConfirmWordsInput', 'WithdrawWordsInput']);
    const missed = ids.filter(
      (id) =>
        !asked.has(id) &&
        ![...PUBLIC_IDS, ...ONLINE_IDS].includes(id) &&
        !shared.includes(id.split('.')[0] ?? ''),
    );
    expect(missed).toEqual([]);
    expect(SEEN_BY_WHO_MAY).toHaveLength(4);
  });

  describe('a note that is there and one that is not', () => {
    test('a colleague’s case with notes and one without answer the same, but for the case itself', async () => {
      const ask =
        'query ($id: ID!) { case(id: $id) { interviewNotes(first: 1) { edges { cursor } pageInfo { hasNextPage } } } }';
      const [withNotes] = await database.sql<{ id: string }>(
        `select c.id from "case" c join worker w on w.id = c.assigned_worker_id where w.subject = 'agent-01' and exists (select from interview_note n where n.case_id = c.id) limit 1`,
      );
      await database
        .sql(
          `delete from interview_note where case_id = (select c.id from "case" c join worker w on w.id = c.assigned_worker_id where w.subject = 'agent-02' limit 1)`,
        )
        .catch(() => undefined);
      const [without] = await database.sql<{ id: string }>(
        `select c.id from "case" c join district d on d.id = c.district_id where d.slug = 'sevran' and not exists (select from interview_note n where n.case_id = c.id) and c.assigned_worker_id is not null limit 1`,
      );
      const [unassigned] = await database.sql<{ id: string }>(
        `select c.id from "case" c join district d on d.id = c.district_id where d.slug = 'sevran' and c.assigned_worker_id is null and exists (select from interview_note n where n.case_id = c.id) limit 1`,
      );
      for (const login of ['worker.sevran', 'head.sevran', 'reception.sevran']) {
        const texts = [];
        for (const id of [withNotes?.id, without?.id, unassigned?.id])
          if (id !== undefined) texts.push((await (await app.as(login)).send(ask, { id })).text);
        expect(texts.length).toBeGreaterThan(1);
        expect(new Set(texts).size).toBe(1);
      }
    });

    test('who takes a case over finds it as one without notes', async () => {
      const workers = await workersBySubject(database);
      const [taken] = await database.sql<{ id: string; subject: string }>(
        `select c.id, w.subject from "case" c join worker w on w.id = c.assigned_worker_id where exists (select from interview_note n where n.case_id = c.id)
       and not exists (select from interview_note n where n.case_id = c.id and n.reader_id is not null) and not exists (select from handover h where h.case_id = c.id) limit 1`,
      );
      if (taken === undefined) {
        const [other] = await database.sql<{ id: string }>(
          `select n.case_id as id from interview_note n join worker w on w.id = n.reader_id where w.subject = 'agent-01' limit 1`,
        );
        await database.sql('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [
          other?.id,
        ]);
        await rowsOf(database).assignment({ caseId: other?.id, workerId: workers['agent-02'] });
        Object.assign(seen, { taken: other?.id, taker: 'agent-02' });
      } else Object.assign(seen, { taken: taken.id, taker: taken.subject });
      const fresh = await makeFreshCase(database, seen['taken'] ?? '', workers[seen['taker'] ?? ''] ?? '');
      const who = await app.as(seen['taker'] ?? '');
      const ask =
        'query ($id: ID!, $after: String) { case(id: $id) { interviewNotes(first: 1, after: $after) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } } }';
      for (const after of [
        null,
        Buffer.from(`2030-01-01T00:00:00.000Z|${randomUUID()}`).toString('base64url'),
      ]) {
        expect((await who.send(ask, { id: seen['taken'], after })).text).toBe(
          (await who.send(ask, { id: fresh, after })).text,
        );
      }
    });
  });

  describe('a cursor or text by a buggy front end', () => {
    const forged = (text: string) => Buffer.from(text).toString('base64url');
    test.each([
      ['no cursor at all', 'x'],
      ['no id', forged('2026-01-01T00:00:00.000Z|')],
      ['an id of dashes', forged(`2026-01-01T00:00:00.000Z|${'-'.repeat(36)}`)],
      ['a time before any of PostgreSQL', forged(`-200000-01-01T00:00:00.000Z|${randomUUID()}`)],
      ['SQL', forged(`2026-01-01T00:00:00.000Z|' or true --`)],
    ])('a forged cursor, %s, is refused as input and shows nothing', async (_, after) => {
      for (const query of ['cases', 'appointments']) {
        const answer = await (await app.as('worker.sevran')).send(
          `query ($after: String) { ${query}(after: $after) { edges { cursor } } }`,
          { after },
        );
        expect({ query, codes: answer.codes }).toEqual({ query, codes: ['INVALID_INPUT'] });
      }
    });

    test('a NUL in a text is refused as input, or finds nothing', async () => {
      const nul = `a${String.fromCharCode(0)}b`;
      const who = await app.as('worker.sevran');
      const cases = await who.send(
        'query ($reference: String!) { caseByReference(reference: $reference) { id } }',
        { reference: nul },
      );
      expect(cases.codes.filter((code) => code !== 'INVALID_INPUT')).toEqual([]);
      const need = await who.send(
        'mutation ($input: RecordNeedInput!) { recordNeed(input: $input) { id } }',
        {
          input: { caseId: seen['mine'], code: nul, startsOn: '2026-01-01' },
        },
      );
      expect(need.codes).toEqual(['INVALID_INPUT']);
      const booked = await who.send(
        'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id } }',
        { input: { districtId: seen['sevran'], workerIds: [seen['me']], typeCode: nul, startsAt: ahead(3) } },
      );
      expect(booked.codes).toEqual(['INVALID_INPUT']);
    });
  });
}
