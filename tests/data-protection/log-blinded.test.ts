import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { dayInParis } from '../../src/services/operation/period.js';
import type { Answer } from '../support/app.js';
import type { BuiltCase } from '../support/county.js';
import { type LoggedCounty, startLoggedCounty } from './logged.js';

/** Rule 9, against whoever would hide in the log what they did. Each test is an attack that went through. */
let made: LoggedCounty;
let cases: BuiltCase[];

beforeAll(async () => {
  made = await startLoggedCounty();
  cases = [];
  for (let nth = 0; nth < 4; nth += 1) cases.push(await made.newCase());
});
beforeEach(() => made.database.sql('truncate access_log'));
afterAll(() => made.close());

interface Line {
  readonly occurredOn: string;
  readonly occurredAt: string | null;
  readonly action: string;
  readonly outcome: string;
  readonly ground: string | null;
  readonly actorKind: string | null;
  readonly worker: { readonly id: string } | null;
  readonly targetWorker: { readonly id: string } | null;
  readonly caseReference: string | null;
  readonly personReference: string | null;
  readonly clientId: string | null;
  readonly tokenDigest: string | null;
}

interface Read {
  readonly edges: readonly { readonly cursor: string; readonly node: Line }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const LOG = `query ($filter: AccessLogFilter!, $first: Int, $after: String) { accessLog(filter: $filter, first: $first, after: $after) {
  edges { cursor node { occurredOn occurredAt action outcome ground actorKind worker { id } targetWorker { id } caseReference
    personReference clientId tokenDigest } }
  pageInfo { hasNextPage endCursor } } }`;

const send = async (by: string, query: string, variables: Record<string, unknown> = {}): Promise<Answer> =>
  (await made.app.as(by)).send(query, variables);

async function ask(filter: Record<string, unknown>, page: Record<string, unknown> = {}): Promise<Read> {
  const answer = await send('déléguée', LOG, { filter: { ground: 'CONTROL', ...filter }, ...page });
  expect(answer.errors).toEqual([]);
  return answer.data?.['accessLog'];
}

/** All pages of the log, of this size; what the officer's own reading adds meanwhile is left out. */
async function all(filter: Record<string, unknown>, first = 100): Promise<Line[]> {
  const lines: Line[] = [];
  for (let after: string | null = null; ; ) {
    const { edges, pageInfo } = await ask(filter, { first, after });
    lines.push(...edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return lines.filter(({ action }) => action !== 'READ_ACCESS_LOG');
    after = pageInfo.endCursor;
  }
}

const actionsOf = (lines: readonly Line[]): string[] => lines.map(({ action }) => action).sort();
const one = (nth: number): BuiltCase => {
  const found = cases[nth];
  if (found === undefined) throw new Error('no such case');
  return found;
};
const today = (): string => dayInParis(new Date());

describe('the confidential part blanks its own case and operation, and nothing beside it', () => {
  test('an encounter beside a page of cases hid the lines of all of them', async () => {
    await made.send('alice', 'recordEncounter', { districtId: made.district, text: 'seen on duty' });
    await made.database.sql('truncate access_log');
    const answer = await send(
      'alice',
      '{ encounters(first: 1) { edges { node { id } } } cases(first: 100) { edges { node { id } } } }',
    );
    expect(answer.errors).toEqual([]);
    for (const { reference } of cases)
      expect(await all({ caseReference: reference })).toEqual([
        expect.objectContaining({
          action: 'READ_CASE',
          worker: { id: made.who['alice'] },
          occurredAt: expect.any(String),
        }),
      ]);
  });

  test('the notes of one case beside other cases hid these', async () => {
    await send(
      'alice',
      `{ cases(first: 100) { edges { node { id } } } a: case(id: "${one(0).id}") { interviewNotes { edges { node { id } } } } }`,
    );
    expect(actionsOf(await all({ caseReference: one(0).reference }))).toEqual(['CONFIDENTIAL_PART']);
    for (const nth of [1, 2, 3])
      expect(actionsOf(await all({ caseReference: one(nth).reference }))).toEqual(['READ_CASE']);
  });

  test('a person who was read beside the notes stays in the log of that person', async () => {
    await send(
      'alice',
      `{ case(id: "${one(0).id}") { persons { id } interviewNotes { edges { node { id } } } } }`,
    );
    expect(await all({ personId: one(0).personId })).toEqual([
      expect.objectContaining({ action: 'READ_PERSON', worker: { id: made.who['alice'] } }),
    ]);
  });

  test('an act hid behind the notes that its own answer read', async () => {
    const file = await made.newCase();
    const answer = await send(
      'alice',
      `mutation ($input: CloseCaseInput!) { closeCase(input: $input) { id interviewNotes { edges { node { id } } } } }`,
      { input: { caseId: file.id, expectedVersion: 1 } },
    );
    expect(answer.errors).toEqual([]);
    expect(actionsOf(await all({ caseReference: file.reference }))).toEqual([
      'CLOSE_CASE',
      'CONFIDENTIAL_PART',
    ]);
  });

  test('who asked for a release and who decided hid as notes, though it says nothing of any', async () => {
    const seen: unknown[] = [];
    for (const notes of [0, 1, 12]) {
      const file = await made.newCase();
      if (notes === 0) await made.database.sql('delete from interview_note where case_id = $1', [file.id]);
      for (let nth = 1; nth < notes; nth += 1)
        await made.send('alice', 'writeNote', { caseId: file.id, body: 'autre' });
      await made.database.sql('truncate access_log');
      const opened = await send(
        'alice',
        `mutation ($input: RequestReleaseInput!) { requestRelease(input: $input) { id } }`,
        { input: { caseId: file.id, ground: 'COURT_ORDER' } },
      );
      const id = opened.data?.['requestRelease'].id;
      // The seven days of the wait are over.
      await made.database.sql('update release set waits_until = requested_at where id = $1', [id]);
      expect((await made.send('conseillère', 'approveRelease', { id })).errors).toEqual([]);
      const told = ({ action, outcome, occurredAt, worker, targetWorker }: Line) => ({
        action,
        outcome,
        timed: occurredAt !== null,
        worker: worker?.id,
        for: targetWorker?.id,
      });
      const asked = {
        action: 'REQUEST_NOTE_RELEASE',
        outcome: 'DONE',
        timed: true,
        worker: made.who['alice'],
      };
      const approved = {
        action: 'APPROVE_NOTE_RELEASE',
        outcome: 'DONE',
        timed: true,
        worker: made.who['conseillère'],
        for: made.who['alice'],
      };
      const read = { ...asked, action: 'READ_CASE' };
      // All lines of an operation have one time, and an order that is drawn.
      const lines = (await all({ caseReference: file.reference })).map(told);
      expect(lines[0]).toEqual(approved);
      expect(new Set(lines.slice(1).map(({ action }) => action))).toEqual(
        new Set([read.action, asked.action]),
      );
      expect((await all({ workerId: made.who['conseillère'] })).map(told)).toEqual([approved]);
      const hers = (await all({ workerId: made.who['alice'] })).map(told);
      expect(hers).toContainEqual(approved);
      expect(hers).toContainEqual(asked);
      expect(
        (await all({ caseReference: file.reference, actions: ['APPROVE_NOTE_RELEASE'] })).map(told),
      ).toEqual([approved]);
      seen.push(JSON.stringify([...lines, ...hers].sort((a, b) => a.action.localeCompare(b.action))));
    }
    expect(new Set(seen).size).toBe(1);
  });

  test('nor does the officer’s reading hide, though the officer had notes to read', async () => {
    const file = await made.newCase();
    await made.make.membership({ workerId: made.who['alice'], role: 'DATA_PROTECTION_OFFICER' });
    await send(
      'alice',
      `{ case(id: "${file.id}") { interviewNotes { edges { node { id } } } }
         accessLog(filter: { caseReference: "${file.reference}", ground: COMPLAINT }) { edges { cursor } } }`,
    );
    await made.database.sql(
      `delete from membership where role = 'DATA_PROTECTION_OFFICER' and worker_id = $1`,
      [made.who['alice']],
    );
    const { edges } = await ask({ caseReference: file.reference });
    expect(edges.map(({ node: { action, ground } }) => ({ action, ground }))).toEqual([
      { action: 'READ_ACCESS_LOG', ground: 'COMPLAINT' },
      { action: 'CONFIDENTIAL_PART', ground: null },
    ]);
  });

  test('what stands beside it tells neither how often there was one, nor when, nor whose', async () => {
    const others = `cases(first: 100) { edges { node { id } } }`;
    const notes = `case(id: "${one(0).id}") { interviewNotes { edges { node { id } } } }`;
    await send('alice', `{ ${others} }`);
    for (let nth = 0; nth < 5; nth += 1) await send('alice', `{ ${notes} }`);
    await send('alice', `{ ${others} ${notes} }`);
    const lines = await all({ caseReference: one(1).reference });
    expect(lines.map(({ action }) => action)).toEqual(['READ_CASE', 'READ_CASE']);
    const { edges } = await ask({ caseReference: one(0).reference });
    // Random ids, of which none tells how many lines lie between; and of the confidential part the beginning of the day.
    for (const { cursor, node } of edges) {
      const [at, id] = Buffer.from(cursor, 'base64url').toString().split('|');
      if (node.occurredAt !== null) {
        expect(at).toBe(node.occurredAt);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
      } else {
        expect(id).toBe('00000000-0000-0000-0000-000000000000');
        expect(dayInParis(new Date(String(at)))).toBe(node.occurredOn);
      }
    }
    // All lines of an operation have one time, however many are blanked between them.
    const [times] = await made.database.sql<{ most: number }>(
      'select max(n)::integer as most from (select count(distinct occurred_at) as n from access_log group by operation_id) t',
    );
    expect(times?.most).toBe(1);
  });

  test('of an encounter without a case, the log of its person has a line a day', async () => {
    const { id: personId } = await made.sevran.person();
    for (let nth = 0; nth < 3; nth += 1)
      await made.send('alice', 'recordEncounter', { districtId: made.district, personId, text: 'x' });
    await send('alice', '{ encounters { edges { node { id text } } } }');
    expect(await all({ personId })).toEqual([
      expect.objectContaining({
        action: 'CONFIDENTIAL_PART',
        occurredOn: today(),
        occurredAt: null,
        worker: null,
        actorKind: null,
        clientId: null,
        tokenDigest: null,
      }),
    ]);
  });
});

describe('the log is read whole', () => {
  test('105 reads by the desk pushed a head’s read out of the last 100 lines', async () => {
    const { id, reference } = one(0);
    await send('hélène', `{ case(id: "${id}") { id } }`);
    for (let nth = 0; nth < 105; nth += 1) await send('rachida', `{ case(id: "${id}") { id } }`);
    const lines = await all({ caseReference: reference });
    expect(lines).toHaveLength(106);
    expect(lines.at(-1)).toMatchObject({ action: 'LOOK_UP_CASE', worker: { id: made.who['hélène'] } });
    expect(lines.map(({ occurredAt }) => occurredAt)).toEqual(
      lines
        .map(({ occurredAt }) => occurredAt)
        .sort()
        .reverse(),
    );
  });

  /** Three days of lines, with a confidential part on two of them. */
  async function threeDays(): Promise<BuiltCase> {
    const file = await made.newCase();
    for (const [days, confidential] of [
      [2, true],
      [1, false],
      [0, true],
    ] as const) {
      for (let nth = 0; nth < 3; nth += 1) {
        await send('bruno', `{ case(id: "${file.id}") { id } }`);
        if (confidential)
          await send('alice', `{ case(id: "${file.id}") { interviewNotes { edges { node { id } } } } }`);
      }
      await made.database.sql(
        `update access_log set occurred_at = occurred_at - $2 * interval '24 hours' where case_id = $1 and occurred_at > now() - interval '12 hours'`,
        [file.id, days],
      );
    }
    return file;
  }

  test('no cursor splits or repeats the confidential part of a day, nor any other line', async () => {
    const file = await threeDays();
    const filter = { caseReference: file.reference };
    const whole = await all(filter);
    expect(actionsOf(whole)).toEqual([
      ...Array(2).fill('CONFIDENTIAL_PART'),
      ...Array(9).fill('LOOK_UP_CASE'),
    ]);
    for (const first of [1, 2, 3, 4, 5]) expect(await all(filter, first)).toEqual(whole);
    // At the end of each of its days.
    const days = whole.map(({ occurredOn }) => occurredOn);
    expect(days).toEqual([...days].sort().reverse());
    whole.forEach(({ action, occurredOn }, nth) => {
      if (action === 'CONFIDENTIAL_PART') expect(days.lastIndexOf(occurredOn)).toBe(nth);
    });
  });

  test('by day, and by what was done', async () => {
    const file = await threeDays();
    const caseReference = file.reference;
    const [last, before, first] = [0, 1, 2].map((days) =>
      dayInParis(new Date(Date.now() - days * 86_400_000)),
    );
    const shown = async (filter: Record<string, unknown>): Promise<string[]> =>
      (await all({ caseReference, ...filter })).map(({ action, occurredOn }) => `${occurredOn} ${action}`);
    expect(await shown({ from: before, to: before })).toEqual(Array(3).fill(`${before} LOOK_UP_CASE`));
    expect(await shown({ to: first })).toEqual([
      ...Array(3).fill(`${first} LOOK_UP_CASE`),
      `${first} CONFIDENTIAL_PART`,
    ]);
    expect(await shown({ actions: ['CONFIDENTIAL_PART'] })).toEqual([
      `${last} CONFIDENTIAL_PART`,
      `${first} CONFIDENTIAL_PART`,
    ]);
    expect(await shown({ actions: ['CLOSE_CASE'], from: first })).toEqual([]);
    expect(await shown({ from: last, actions: ['LOOK_UP_CASE', 'CLOSE_CASE'] })).toHaveLength(3);
  });

  test('of the confidential part no action can be asked for by its name', async () => {
    for (const action of ['READ_NOTES', 'WRITE_NOTE', 'OFFER_HANDOVER', 'READ_ENCOUNTER_NOTES']) {
      const answer = await send('déléguée', LOG, {
        filter: { caseReference: one(0).reference, ground: 'CONTROL', actions: [action] },
      });
      expect(answer.status).toBe(400);
    }
  });

  test('what concerned a person without a case could not be asked for at all', async () => {
    const registered = await send(
      'rachida',
      `mutation ($input: RegisterPersonInput!) { registerPerson(input: $input) { id reference } }`,
      { input: { districtId: made.district, givenName: 'Rosa', familyName: 'Sans-Dossier' } },
    );
    const { id: personId, reference } = registered.data?.['registerPerson'] ?? {};
    const found = await send(
      'bruno',
      `{ personLookUp(input: { fullName: "Rosa Sans-Dossier", reference: "${reference}" }) { id } }`,
    );
    expect(found.data?.['personLookUp']).toEqual([{ id: personId }]);
    // Someone of another district, to whom she is unknown.
    await send('gaston', `{ casesOfPerson(personId: "${personId}") { id } }`);
    const startsAt = new Date(Date.now() + 86_400_000).toISOString();
    const booked = await send(
      'rachida',
      `mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id } }`,
      {
        input: {
          districtId: made.district,
          workerIds: [made.who['bruno']],
          typeCode: 'FIRST_RECEPTION',
          startsAt,
          personIds: [personId],
        },
      },
    );
    expect(booked.errors).toEqual([]);
    const { id } = booked.data?.['bookAppointment'] ?? {};
    await made.send('rachida', 'moveAppointment', {
      id,
      expectedVersion: 1,
      startsAt: new Date(Date.parse(startsAt) + 86_400_000).toISOString(),
    });
    await made.send('rachida', 'cancelAppointment', { id, expectedVersion: 2, by: 'SERVICE' });
    const lines = await all({ personId });
    expect(actionsOf(lines)).toEqual([
      'BOOK_APPOINTMENT',
      'CANCEL_APPOINTMENT',
      'LOOK_UP_PERSON',
      'LOOK_UP_PERSON',
      'MOVE_APPOINTMENT',
      'REGISTER_PERSON',
    ]);
    expect(lines.every((line) => line.personReference === reference)).toBe(true);
    // As it stands on a letter, in whatever letters.
    expect(await all({ personReference: String(reference).toLowerCase() })).toEqual(lines);
  });

  test('a need of someone, and that their case was opened, are lines about them', async () => {
    const { id: personId } = await made.sevran.person();
    const opened = await send(
      'bruno',
      `mutation ($input: OpenCaseInput!) { openCase(input: $input) { id } }`,
      { input: { districtId: made.district, mission: 'POLYVALENCE', personIds: [personId] } },
    );
    expect(opened.errors).toEqual([]);
    expect(actionsOf(await all({ personId }))).toEqual(['OPEN_CASE']);
    await made.send('alice', 'recordNeed', {
      caseId: one(0).id,
      code: made.code,
      personId: one(0).personId,
      startsOn: today(),
    });
    expect(actionsOf(await all({ personId: one(0).personId }))).toEqual(['RECORD_NEED']);
  });

  test('look-ups that found nothing left no line', async () => {
    const nobody = '00000000-0000-4000-8000-000000000001';
    for (const query of [
      '{ personLookUp(input: { fullName: "Nobody Here", birthYear: 1980 }) { id } }',
      '{ caseByReference(reference: "NOT-THERE") { id } }',
      `{ case(id: "${nobody}") { id } }`,
      `{ casesOfPerson(personId: "${nobody}") { id } }`,
      `{ referral(id: "${nobody}") { id } }`,
      `{ incomingRequest(id: "${nobody}") { id } }`,
    ])
      await send('bruno', query);
    expect(actionsOf(await all({ workerId: made.who['bruno'] }))).toEqual([
      'LOOK_UP_CASE',
      'LOOK_UP_CASE',
      'LOOK_UP_PERSON',
      'LOOK_UP_PERSON',
      'READ_INCOMING_REQUEST',
      'READ_REFERRAL',
    ]);
    expect(actionsOf(await all({ personId: nobody }))).toEqual(['LOOK_UP_PERSON']);
  });

  test('of a worker: what they did, what was done to them, and nothing of the confidential part', async () => {
    const file = await made.newCase();
    await send('alice', `{ case(id: "${file.id}") { interviewNotes { edges { node { id } } } } }`);
    await send('alice', `{ case(id: "${one(1).id}") { id } }`);
    await made.send('alice', 'writeNote', { caseId: file.id, body: 'x' });
    await send(
      'rachida',
      `{ appointments(filter: { workerId: "${made.who['alice']}", from: "${new Date().toISOString()}", to: "${new Date(Date.now() + 9e7).toISOString()}" }) { edges { cursor } } }`,
    );
    await made.send('hélène', 'reassignCase', {
      caseId: one(2).id,
      workerId: made.who['alice'],
      expectedVersion: 1,
    });
    const workerId = made.who['alice'];
    const lines = await all({ workerId });
    expect(lines.map(({ action, caseReference }) => [action, caseReference])).toEqual([
      ['REASSIGN_CASE', one(2).reference],
      ['FILTER_BY_WORKER', null],
      ['READ_CASE', one(1).reference],
    ]);
    expect(lines.map(({ targetWorker }) => targetWorker)).toEqual([{ id: workerId }, { id: workerId }, null]);
    for (const first of [1, 2]) expect(await all({ workerId }, first)).toEqual(lines);
    // Also where it is asked for alone: it has no author.
    expect(await all({ workerId, actions: ['CONFIDENTIAL_PART'] })).toEqual([]);
  });
});

describe('that the log was read', () => {
  test('is a line of it, with the ground, in each of the three', async () => {
    const subjects = [
      { caseReference: one(0).reference },
      { personId: one(0).personId },
      { workerId: made.who['alice'] },
    ];
    for (const subject of subjects) {
      await ask({ ...subject, ground: 'SECURITY_INCIDENT' });
      const { edges } = await ask({ ...subject, ground: 'COMPLAINT' });
      expect(edges.map(({ node }) => node)).toEqual([
        expect.objectContaining({
          action: 'READ_ACCESS_LOG',
          ground: 'SECURITY_INCIDENT',
          worker: { id: made.who['déléguée'] },
        }),
      ]);
    }
  });

  test('is a line for each ground, also within one operation', async () => {
    const log = (ground: string): string =>
      `accessLog(filter: { caseReference: "${one(0).reference}", ground: ${ground} }) { edges { cursor } }`;
    await send('déléguée', `{ a: ${log('CONTROL')} b: ${log('COMPLAINT')} c: ${log('CONTROL')} }`);
    const { edges } = await ask({ caseReference: one(0).reference });
    expect(edges.map(({ node }) => node.ground).sort()).toEqual(['COMPLAINT', 'CONTROL']);
  });

  test('is a line where there is no such case, person or worker, whose log is empty', async () => {
    const nobody = '00000000-0000-4000-8000-000000000002';
    for (const subject of [
      { caseReference: 'NOT-THERE' },
      { personReference: 'NOT-THERE' },
      { personId: 'no-id' },
      { workerId: nobody },
    ])
      expect((await ask(subject)).edges).toEqual([]);
    expect(actionsOf((await ask({ workerId: made.who['déléguée'] })).edges.map(({ node }) => node))).toEqual(
      Array(4).fill('READ_ACCESS_LOG'),
    );
  });

  test.each([
    ['nothing', {}],
    ['two things', { caseReference: 'X', personId: '00000000-0000-4000-8000-000000000002' }],
  ])('asks for %s: refused', async (_what, subject) => {
    const answer = await send('déléguée', LOG, { filter: { ...subject, ground: 'CONTROL' } });
    expect(answer.errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: 'filter' });
  });

  test('needs a ground, and days in their order', async () => {
    const caseReference = one(0).reference;
    expect((await send('déléguée', LOG, { filter: { caseReference } })).status).toBe(400);
    const filter = { caseReference, ground: 'CONTROL', from: '2026-02-02', to: '2026-02-01' };
    const answer = await send('déléguée', LOG, { filter });
    expect(answer.errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: 'filter.to' });
  });

  test('is for nobody else, whoever calls the database’s own functions', async () => {
    for (const who of ['alice', 'hélène', 'conseillère', 'admin', 'rachida'])
      expect(
        (await send(who, LOG, { filter: { workerId: made.who['alice'], ground: 'CONTROL' } })).codes,
      ).toEqual(['FORBIDDEN']);
  });
});

describe('a line says through what it was done', () => {
  test('two sessions of one login were one and the same', async () => {
    for (const jti of ['at the desk', 'stolen'])
      await made.app
        .withToken(await made.app.token('bruno', { claims: { jti } }))
        .send(`{ case(id: "${one(0).id}") { id } }`);
    const lines = await all({ caseReference: one(0).reference });
    const digest = (jti: string): string => createHash('sha256').update(jti).digest('hex').slice(0, 32);
    expect(lines.map(({ clientId, tokenDigest }) => ({ clientId, tokenDigest }))).toEqual([
      { clientId: 'front.demo', tokenDigest: digest('stolen') },
      { clientId: 'front.demo', tokenDigest: digest('at the desk') },
    ]);
    // Of the token itself nothing is kept.
    expect(await made.one(`select string_agg(l::text, '') as text from access_log l`)).not.toContain(
      'stolen',
    );
  });

  test('the next on the same connection has nothing of the one before', async () => {
    await send('bruno', `{ case(id: "${one(0).id}") { id } }`);
    await made.database.sql('select 1');
    const rows = await made.database.sql<{ kinds: number }>(
      `select count(distinct token_digest)::integer as kinds from access_log`,
    );
    await send('hélène', `{ case(id: "${one(0).id}") { id } }`);
    const after = await made.database.sql<{ kinds: number }>(
      `select count(distinct token_digest)::integer as kinds from access_log`,
    );
    expect([rows, after]).toEqual([[{ kinds: 1 }], [{ kinds: 2 }]]);
  });
});

test('lines are only ever inserted: nobody is granted to change, delete or empty them', async () => {
  const grants = await made.database.sql<{ grantee: string; what: string }>(
    `select grantee::regrole::text as grantee, privilege_type as what from pg_class c, aclexplode(c.relacl)
       where c.oid = 'access_log'::regclass and grantee <> c.relowner
     union
     select grantee::regrole::text, privilege_type from pg_attribute a, aclexplode(a.attacl) where a.attrelid = 'access_log'::regclass
     order by 1, 2`,
  );
  expect(grants).toEqual([
    { grantee: 'cosmos_keeper', what: 'INSERT' },
    { grantee: 'cosmos_keeper', what: 'SELECT' },
  ]);
  const writers = await made.database.sql<{ name: string }>(
    `select proname as name from pg_proc where pronamespace = 'public'::regnamespace
       and coalesce(pg_get_function_sqlbody(oid), prosrc) ~* '(update|delete from|truncate)\\s+(only\\s+)?access_log'`,
  );
  expect(writers).toEqual([]);
});
