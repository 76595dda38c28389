import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Requester } from '../support/app.js';
import { faultOf } from '../waiting-list/scene.js';
import { act, day, raiseStage, type Stage } from './stage.js';

/** Whom a worker is still to inform: a list of theirs, and never a block on help. */
let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage.close());

const sql = (text: string, values: unknown[] = []) => stage.database.sql(text, values);
type Row = Record<string, unknown> & { readonly person: { readonly id: string } };
async function list(
  who: Requester,
  first = 100,
  after: string | null = null,
): Promise<{ rows: Row[]; end: string | null }> {
  const { data } = await who.send(
    `query ($first: Int, $after: String) { personsToInform(first: $first, after: $after) {
      edges { node { since givenANotice deferralGround reviewOn person { id } case { id } } } pageInfo { endCursor } } }`,
    { first, after },
  );
  const page = data?.['personsToInform'];
  return {
    rows: (page?.edges ?? []).map(({ node }: { node: Row }) => node),
    end: page?.pageInfo.endCursor ?? null,
  };
}
const of = async (who: Requester, personId: string): Promise<Row | undefined> =>
  (await list(who)).rows.find(({ person }) => person.id === personId);
async function give(personId: string, kind: string) {
  const [notice] = await sql(
    'select id from privacy_notice where kind = $1::"NoticeKind" order by version desc limit 1',
    [kind],
  );
  const input = { personId, noticeId: notice?.['id'], channel: 'ORAL' };
  return act(stage.north.worker, 'giveNotice', 'GiveNoticeInput', input);
}
const defer = (who: Requester, file: { id: string; personId: string }, more: Record<string, unknown> = {}) =>
  act(
    who,
    'deferNotice',
    'DeferNoticeInput',
    { caseId: file.id, personId: file.personId, ground: 'CHILD_PROTECTION', reviewOn: day(30), ...more },
    'deferralGround reviewOn',
  );

test('it has who was given nothing, and who was given the short notice alone; the full one ends it', async () => {
  const file = await stage.file();
  expect(await of(stage.north.worker, file.personId)).toMatchObject({
    givenANotice: false,
    case: { id: file.id },
  });
  expect(faultOf(await give(file.personId, 'SHORT'))).toBe('none');
  expect(await of(stage.north.worker, file.personId)).toMatchObject({ givenANotice: true });
  expect(faultOf(await give(file.personId, 'FULL'))).toBe('none');
  expect(await of(stage.north.worker, file.personId)).toBeUndefined();
  expect(await of(stage.north.worker, file.otherId)).toMatchObject({ givenANotice: false });
});

test('it has who was given a full notice that is no longer in force', async () => {
  const file = await stage.file();
  expect(faultOf(await give(file.personId, 'FULL'))).toBe('none');
  expect(await of(stage.north.worker, file.personId)).toBeUndefined();
  await sql(
    `insert into privacy_notice (id, kind, version, text_fr, text_en, published_on, who_reads_fr, who_reads_en)
     select gen_random_uuid(), kind, version + 1, text_fr || ' Nouveau.', text_en || ' New.', published_on, who_reads_fr, who_reads_en
     from privacy_notice where kind = 'FULL' order by version desc limit 1`,
  );
  expect(await of(stage.north.worker, file.personId)).toMatchObject({ givenANotice: true });
});

test('it is by pages, without gap or repetition, the longest first', async () => {
  for (let nth = 0; nth < 3; nth += 1) await stage.file();
  const whole = (await list(stage.north.worker)).rows;
  const since = whole.map((row) => String(row['since']));
  expect(since).toEqual([...since].sort());
  const byTwo: Row[] = [];
  let after: string | null = null;
  for (let full = true; full; ) {
    const page: Awaited<ReturnType<typeof list>> = await list(stage.north.worker, 2, after);
    byTwo.push(...page.rows);
    full = page.rows.length === 2;
    after = page.end;
  }
  expect(byTwo).toEqual(whole);
});

test('nobody has a colleague’s: not the head, not the desk, not another worker', async () => {
  const file = await stage.file();
  expect(await of(stage.north.colleague, file.personId)).toBeUndefined();
  for (const who of [stage.north.head, stage.north.desk])
    expect((await who.send('{ personsToInform { edges { cursor } } }')).codes).toEqual(['FORBIDDEN']);
});

test('a note is written with no notice given at all', async () => {
  const file = await stage.file();
  const note = { caseId: file.id, body: 'Reçue ce jour.' };
  expect(faultOf(await act(stage.north.worker, 'writeNote', 'WriteNoteInput', note))).toBe('none');
});

describe('a deferral', () => {
  test('is said by the assigned worker, with a ground and a day, and the last word counts', async () => {
    const file = await stage.file();
    expect(faultOf(await defer(stage.north.worker, file))).toBe('none');
    expect(await of(stage.north.worker, file.personId)).toMatchObject({
      deferralGround: 'CHILD_PROTECTION',
      reviewOn: day(30),
    });
    const again = { ground: 'NOT_REACHABLE', reviewOn: day(9) };
    expect(faultOf(await defer(stage.north.worker, file, again))).toBe('none');
    expect(await of(stage.north.worker, file.personId)).toMatchObject({
      deferralGround: 'NOT_REACHABLE',
      reviewOn: day(9),
    });
  });

  test('has a ground, in the API and in the database', async () => {
    const file = await stage.file();
    expect(faultOf(await defer(stage.north.worker, file, { ground: null }))).not.toBe('none');
    await expect(
      sql(
        `insert into notice_deferral (id, case_id, person_id, ground, review_on, deferred_at, deferred_by_id)
         values (gen_random_uuid(), $1, $2, null, current_date + 30, now(), (select id from worker limit 1))`,
        [file.id, file.personId],
      ),
    ).rejects.toThrow('null value');
  });

  test('is told to nobody: no notification, and not to the person, who has an account', async () => {
    const file = await stage.file();
    const person = await stage.online(file.personId, `deferred-${file.personId}`);
    const asked = '{ me { displayName noticeReceipts { givenAt } cases { id } } }';
    const before = (await person.send(asked)).text;
    await sql('delete from notification');
    expect(faultOf(await defer(stage.north.worker, file))).toBe('none');
    expect((await person.send(asked)).text).toBe(before);
    expect((await person.send('{ personsToInform { edges { cursor } } }')).codes).toEqual(['FORBIDDEN']);
    expect(await sql('select from notification')).toEqual([]);
  });

  test.each([
    ['by a colleague', () => stage.north.colleague, {}, 'FORBIDDEN'],
    ['by the head', () => stage.north.head, {}, 'FORBIDDEN'],
    ['by another district', () => stage.south.worker, {}, 'NOT_FOUND input.caseId'],
    ['until today', () => stage.north.worker, { reviewOn: day(0) }, 'INVALID_INPUT input.reviewOn'],
    ['for two years', () => stage.north.worker, { reviewOn: day(730) }, 'INVALID_INPUT input.reviewOn'],
  ])('is refused %s, and nothing is written', async (_what, who, more, fault) => {
    const file = await stage.file();
    expect(faultOf(await defer(who(), file, more))).toBe(fault);
    expect(await sql('select from notice_deferral where case_id = $1', [file.id])).toEqual([]);
  });
});

describe('a deferral said of a partner’s request', () => {
  const DEFERRED = { deferralGround: 'CHILD_PROTECTION', reviewOn: day(30) };
  /** About someone whom the service knows, and, unless said otherwise, alice’s and deferred. */
  async function asked(
    personId: string,
    { workerId = stage.north.workerId, deferred = true } = {},
  ): Promise<string> {
    const about = { districtId: stage.north.id, partner: 'SCHOOL', personId, childProtection: true };
    const { data } = await act(
      stage.north.desk,
      'recordIncomingRequest',
      'RecordIncomingRequestInput',
      about,
    );
    const id: string = data?.['recordIncomingRequest'].id;
    const given = { id, expectedVersion: 1, workerId };
    expect(
      faultOf(await act(stage.north.head, 'allocateIncomingRequest', 'AllocateIncomingRequestInput', given)),
    ).toBe('none');
    if (deferred) await deferRequest(id);
    return id;
  }
  async function deferRequest(id: string): Promise<void> {
    const why = { id, expectedVersion: 2, ground: 'CHILD_PROTECTION', reviewOn: day(30) };
    expect(faultOf(await act(stage.north.worker, 'deferInformation', 'DeferInformationInput', why))).toBe(
      'none',
    );
  }
  const someone = async (): Promise<string> => (await stage.north.district.person()).id;
  async function open(who: Requester, personId: string): Promise<string> {
    const input = { districtId: stage.north.id, personIds: [personId], mission: 'POLYVALENCE' };
    const answer = await act(who, 'openCase', 'OpenCaseInput', input, 'id');
    expect(faultOf(answer)).toBe('none');
    return answer.data?.['openCase'].id;
  }
  const assign = async (caseId: string, workerId: string): Promise<void> => {
    const input = { caseId, workerId, expectedVersion: 1 };
    expect(faultOf(await act(stage.north.head, 'assignCase', 'AssignCaseInput', input))).toBe('none');
  };

  test('goes along to the case that who has it opens, whoever is assigned', async () => {
    const personId = await someone();
    await asked(personId);
    await assign(await open(stage.north.worker, personId), stage.north.colleagueId);
    expect(await of(stage.north.colleague, personId)).toMatchObject(DEFERRED);
  });

  test('goes along to a case that is assigned to who has it, whoever opened it', async () => {
    const personId = await someone();
    await asked(personId);
    await assign(await open(stage.north.head, personId), stage.north.workerId);
    expect(await of(stage.north.worker, personId)).toMatchObject(DEFERRED);
  });

  test('goes along to a case that stood before it was said', async () => {
    const file = await stage.file();
    const id = await asked(file.personId, { deferred: false });
    expect(await of(stage.north.worker, file.personId)).toMatchObject({ deferralGround: null });
    await deferRequest(id);
    expect(await of(stage.north.worker, file.personId)).toMatchObject(DEFERRED);
  });

  test('tells nobody who does not have the request that there is one', async () => {
    const personId = await someone();
    await asked(personId);
    await assign(await open(stage.north.head, personId), stage.north.colleagueId);
    expect(await of(stage.north.colleague, personId)).toMatchObject({ deferralGround: null, reviewOn: null });
  });

  test('does not take the place of what was said of the case', async () => {
    const personId = await someone();
    await asked(personId);
    const caseId = await open(stage.north.worker, personId);
    await assign(caseId, stage.north.workerId);
    const said = { ground: 'NOT_REACHABLE', reviewOn: day(9) };
    expect(faultOf(await defer(stage.north.worker, { id: caseId, personId }, said))).toBe('none');
    const moved = { caseId, workerId: stage.north.colleagueId, expectedVersion: 2 };
    expect(faultOf(await act(stage.north.head, 'reassignCase', 'AssignCaseInput', moved))).toBe('none');
    expect(await of(stage.north.colleague, personId)).toMatchObject({
      deferralGround: 'NOT_REACHABLE',
      reviewOn: day(9),
    });
  });
});
