import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { monthAfter } from '../../src/services/operation/period.js';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { faultOf } from '../waiting-list/scene.js';
import { act, day, raiseStage, type Stage } from './stage.js';

/** Being asked by a partner, with a clock. */
let stage: Stage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage.close());

const ASKED = 'Le collège signale des absences depuis un mois.';
const record = (more: Record<string, unknown> = {}, who = stage.north.desk, headers = {}): Promise<Answer> =>
  act(
    who,
    'recordIncomingRequest',
    'RecordIncomingRequestInput',
    { districtId: stage.north.id, partner: 'SCHOOL', name: 'Nour B.', text: ASKED, ...more },
    'id',
    headers,
  );
async function recorded(more: Record<string, unknown> = {}): Promise<string> {
  const answer = await record(more);
  expect(faultOf(answer)).toBe('none');
  return answer.data?.['recordIncomingRequest'].id;
}
const FIELDS =
  'id status partner mandated receivedOn answerBy informBy informedAt overdue closedAt district { name } worker { displayName } name text person { displayName } version';
async function read(who: Requester, id: string, fields = FIELDS): Promise<Record<string, unknown> | null> {
  return (await who.send(`query ($id: ID!) { incomingRequest(id: $id) { ${fields} } }`, { id })).data?.[
    'incomingRequest'
  ];
}
const change = (who: Requester, name: string, id: string, version: number): Promise<Answer> =>
  act(who, name, 'VersionedInput', { id, expectedVersion: version }, 'id status version informedAt');
const allocate = (
  id: string,
  workerId = stage.north.workerId,
  version = 1,
  who = stage.north.head,
): Promise<Answer> =>
  act(who, 'allocateIncomingRequest', 'AllocateIncomingRequestInput', {
    id,
    expectedVersion: version,
    workerId,
  });
async function list(who: Requester, args = ''): Promise<string[]> {
  const { data } = await who.send(
    `query ($id: ID!) { incomingRequests(districtId: $id${args}, first: 100) { edges { node { id } } } }`,
    { id: stage.north.id },
  );
  return (data?.['incomingRequests']?.edges ?? []).map(({ node }: { node: { id: string } }) => node.id);
}
const sql = (text: string, values: unknown[] = []) => stage.database.sql(text, values);

test('the head has it to allocate; then the worker has it, and the head sees by when it is due and no more', async () => {
  const id = await recorded();
  expect(await read(stage.north.head, id)).toMatchObject({
    status: 'RECEIVED',
    partner: 'SCHOOL',
    mandated: false,
    receivedOn: day(0),
    answerBy: day(30),
    informBy: null,
    overdue: false,
    district: { name: 'Nord' },
    worker: null,
    name: 'Nour B.',
    text: ASKED,
    person: null,
  });
  expect(faultOf(await allocate(id))).toBe('none');
  expect(await read(stage.north.head, id)).toMatchObject({
    status: 'ALLOCATED',
    worker: { displayName: 'alice Nord' },
    name: null,
    text: null,
  });
  expect(await read(stage.north.worker, id)).toMatchObject({ name: 'Nour B.', text: ASKED });
});

test('whoever took it down reads it no longer, and nobody else does: not a colleague, not another district', async () => {
  const id = await recorded();
  await allocate(id);
  for (const who of [
    stage.north.desk,
    stage.north.colleague,
    stage.south.head,
    stage.south.worker,
    stage.app.anonymous,
  ])
    expect(await read(who, id, 'id')).toBeFalsy();
});

test('about someone whom the service knows: the head has the name to allocate, the worker whom it is', async () => {
  const { id: personId } = await stage.north.district.person({ givenName: 'Léa', familyName: 'Morel' });
  const id = await recorded({ personId, name: null });
  expect(await read(stage.north.head, id, 'name')).toEqual({ name: 'Léa Morel' });
  expect(await read(stage.north.head, id, 'person { displayName }')).toEqual({ person: null });
  await allocate(id);
  expect(await read(stage.north.worker, id, 'name person { displayName }')).toEqual({
    name: 'Léa Morel',
    person: { displayName: 'Léa Morel' },
  });
  expect(await read(stage.north.head, id, 'name')).toEqual({ name: null });
});

describe('the clock of art. 14', () => {
  test.each([
    ['a mandate about someone who is not known: a month', { mandated: true }, true],
    ['a mandate about someone not known who was met: none', { mandated: true, neverMet: false }, false],
    ['no mandate: none', { mandated: false }, false],
  ])('%s', async (_what, input, runs) => {
    const id = await recorded({ ...input, receivedOn: day(-3) });
    expect((await read(stage.north.head, id, 'informBy'))?.['informBy']).toBe(
      runs ? monthAfter(day(-3)) : null,
    );
  });

  test('of someone who is known, if nobody has met them', async () => {
    const { id: personId } = await stage.north.district.person();
    const about = { personId, name: null, mandated: true };
    expect(await read(stage.north.head, await recorded(about), 'informBy')).toEqual({ informBy: null });
    expect(await read(stage.north.head, await recorded({ ...about, neverMet: true }), 'informBy')).toEqual({
      informBy: monthAfter(day(0)),
    });
  });

  test.each([
    ['2026-01-15', '2026-02-15'],
    ['2026-01-31', '2026-02-28'],
    ['2028-01-31', '2028-02-29'],
    ['2026-12-31', '2027-01-31'],
    ['2026-08-31', '2026-09-30'],
  ])('a month after %s is %s', (from, to) => {
    expect(monthAfter(from)).toBe(to);
  });

  test('goes on once the partner was answered, and ends when the person is informed', async () => {
    const id = await recorded({ mandated: true, receivedOn: day(-40), answerBy: day(10) });
    await allocate(id);
    expect(await read(stage.north.worker, id, 'overdue')).toEqual({ overdue: true });
    expect(
      (await change(stage.north.worker, 'answerIncomingRequest', id, 2)).data?.['answerIncomingRequest'],
    ).toMatchObject({
      status: 'ANSWERED',
      version: 3,
    });
    expect(await read(stage.north.worker, id, 'overdue')).toEqual({ overdue: true });
    expect(await list(stage.north.worker)).toContain(id);
    expect(faultOf(await change(stage.north.worker, 'recordInformation', id, 3))).toBe('none');
    expect(await read(stage.north.worker, id, 'overdue')).toEqual({ overdue: false });
    expect(await list(stage.north.worker)).not.toContain(id);
    expect(await list(stage.north.worker, ', done: true')).toContain(id);
    expect(faultOf(await change(stage.north.worker, 'recordInformation', id, 4))).toBe(
      'CONFLICT STATE_CHANGED',
    );
  });

  test('where nobody is to be informed, there is nothing to record', async () => {
    const id = await recorded();
    await allocate(id);
    expect(faultOf(await change(stage.north.worker, 'recordInformation', id, 2))).toBe(
      'CONFLICT STATE_CHANGED',
    );
  });
});

describe('a request about a child to protect', () => {
  const about = { mandated: true, childProtection: true, receivedOn: day(-200), answerBy: day(10) };
  const defer = (
    who: Requester,
    id: string,
    version: number,
    ground = 'CHILD_PROTECTION',
    reviewOn = day(30),
  ) =>
    act(
      who,
      'deferInformation',
      'DeferInformationInput',
      { id, expectedVersion: version, ground, reviewOn },
      'id',
    );

  test('has no day by which to inform whom it suspects, and is late in nothing, however old it is', async () => {
    const id = await recorded(about);
    await allocate(id);
    expect(await read(stage.north.worker, id, 'childProtection informBy overdue')).toEqual({
      childProtection: true,
      informBy: null,
      overdue: false,
    });
    expect(faultOf(await change(stage.north.worker, 'answerIncomingRequest', id, 2))).toBe('none');
    expect(await list(stage.north.worker)).not.toContain(id);
    expect(await list(stage.north.worker, ', overdueOnly: true')).not.toContain(id);
    // By hand, neither.
    await expect(sql(`update incoming_request set inform_by = now() where id = $1`, [id])).rejects.toThrow(
      'incoming_request_no_clock',
    );
  });

  test('whoever it is about is informed, or not for now on a ground; neither ground nor day is told to anyone else', async () => {
    const { id: personId } = await stage.north.district.person();
    const id = await recorded({ ...about, personId, name: null });
    await allocate(id);
    await sql('delete from notification');
    const fields = 'deferralGround reviewOn';
    const before = await read(stage.north.head, id, 'version overdue informBy informedAt');
    expect(faultOf(await defer(stage.north.worker, id, 2))).toBe('none');
    expect(await read(stage.north.worker, id, fields)).toEqual({
      deferralGround: 'CHILD_PROTECTION',
      reviewOn: day(30),
    });
    for (const who of [stage.north.head, stage.north.desk, stage.north.colleague, stage.south.head])
      expect((await read(who, id, fields)) ?? { deferralGround: null, reviewOn: null }).toEqual({
        deferralGround: null,
        reviewOn: null,
      });
    expect(await read(stage.north.head, id, 'version overdue informBy informedAt')).toEqual(before);
    expect(await sql('select from notification')).toEqual([]);
    expect(faultOf(await change(stage.north.worker, 'recordInformation', id, 2))).toBe('none');
    expect(faultOf(await defer(stage.north.worker, id, 3))).toBe('CONFLICT STATE_CHANGED');
  });

  test('what is deferred for another reason is looked at again on the day that was said', async () => {
    const id = await recorded({ mandated: true, receivedOn: day(-40), answerBy: day(20) });
    await allocate(id);
    expect(await read(stage.north.worker, id, 'overdue')).toEqual({ overdue: true });
    expect(faultOf(await defer(stage.north.worker, id, 2, 'NOT_REACHABLE', day(9)))).toBe('none');
    expect(await read(stage.north.worker, id, 'overdue')).toEqual({ overdue: false });
  });

  test('what is deferred comes back on its day to be looked at, and is not late: nothing pushes to inform', async () => {
    const id = await recorded({ mandated: true, receivedOn: day(-40), answerBy: day(20) });
    await allocate(id);
    expect(faultOf(await defer(stage.north.worker, id, 2))).toBe('none');
    await sql(`update incoming_request set review_by = now() - interval '1 day' where id = $1`, [id]);
    expect(await list(stage.north.worker)).toContain(id);
    expect(await read(stage.north.worker, id, 'overdue')).toEqual({ overdue: false });
    expect(await list(stage.north.worker, ', overdueOnly: true')).not.toContain(id);
    // An answer that is late still is.
    await sql(`update incoming_request set answer_by = now() - interval '1 day' where id = $1`, [id]);
    expect(await read(stage.north.worker, id, 'overdue')).toEqual({ overdue: true });
    expect(await list(stage.north.worker, ', overdueOnly: true')).toContain(id);
  });

  describe('that nobody marked when it was taken down', () => {
    const hurried = { mandated: true, receivedOn: day(-200), answerBy: day(10) };
    const mark = (who: Requester, id: string, version: number) =>
      act(
        who,
        'markChildProtection',
        'VersionedInput',
        { id, expectedVersion: version },
        'childProtection informBy overdue version',
      );

    test('loses its clock at once, by the word of who has it', async () => {
      const id = await recorded(hurried);
      await allocate(id);
      expect(await read(stage.north.worker, id, 'overdue')).toEqual({ overdue: true });
      const answer = await mark(stage.north.worker, id, 2);
      expect(answer.data?.['markChildProtection']).toEqual({
        childProtection: true,
        informBy: null,
        overdue: false,
        version: 3,
      });
      expect(await list(stage.north.worker, ', overdueOnly: true')).not.toContain(id);
      expect(faultOf(await defer(stage.north.worker, id, 3))).toBe('none');
      expect(await list(stage.north.worker, ', overdueOnly: true')).not.toContain(id);
    });

    test('loses it by the head’s word before anyone has it, and after an answer; a deferral stays', async () => {
      const waiting = await recorded(hurried);
      expect(faultOf(await mark(stage.north.head, waiting, 1))).toBe('none');
      expect(await read(stage.north.head, waiting, 'informBy')).toEqual({ informBy: null });
      const answered = await recorded(hurried);
      await allocate(answered);
      expect(faultOf(await change(stage.north.worker, 'answerIncomingRequest', answered, 2))).toBe('none');
      expect(faultOf(await defer(stage.north.worker, answered, 3))).toBe('none');
      expect(faultOf(await mark(stage.north.worker, answered, 3))).toBe('none');
      expect(await list(stage.north.worker)).not.toContain(answered);
      expect(await read(stage.north.worker, answered, 'deferralGround')).toEqual({
        deferralGround: 'CHILD_PROTECTION',
      });
    });

    test('stays so: no second word takes it back, and none by hand', async () => {
      const id = await recorded(hurried);
      await allocate(id);
      expect(faultOf(await mark(stage.north.worker, id, 2))).toBe('none');
      expect(faultOf(await mark(stage.north.worker, id, 3))).toBe('CONFLICT STATE_CHANGED');
      const tried = (subject: string, set: string): Promise<string> =>
        byHand(stage.database, subject, (hand) =>
          hand(`update incoming_request set ${set}, version = version + 1 where id = '${id}'`),
        );
      expect(await tried('alice', 'child_protection = false')).toBe('P0001');
      const other = await recorded(hurried);
      expect(
        await byHand(stage.database, 'head.Nord', (hand) =>
          hand(`update incoming_request set inform_by = null, version = version + 1 where id = '${other}'`),
        ),
      ).toBe('P0001');
      await allocate(other);
      expect(
        await byHand(stage.database, 'head.Nord', (hand) =>
          hand(
            `update incoming_request set child_protection = true, inform_by = null, version = version + 1 where id = '${other}'`,
          ),
        ),
      ).toBe('P0001');
    });

    test.each([
      ['by a colleague', () => stage.north.colleague, 2, 'NOT_FOUND input.id'],
      ['by the desk that took it down', () => stage.north.desk, 2, 'FORBIDDEN'],
      ['by the head, once someone has it', () => stage.north.head, 2, 'FORBIDDEN'],
      ['of a text before', () => stage.north.worker, 1, 'CONFLICT VERSION_CHANGED'],
    ])('is not marked %s', async (_what, who, version, fault) => {
      const id = await recorded(hurried);
      await allocate(id);
      expect(faultOf(await mark(who(), id, version))).toBe(fault);
      expect(await read(stage.north.worker, id, 'childProtection')).toEqual({ childProtection: false });
    });
  });

  test.each([
    ['by a colleague', () => stage.north.colleague, {}, 'NOT_FOUND input.id'],
    ['by the head', () => stage.north.head, {}, 'FORBIDDEN'],
    ['until yesterday', () => stage.north.worker, { reviewOn: day(-1) }, 'INVALID_INPUT input.reviewOn'],
    ['for two years', () => stage.north.worker, { reviewOn: day(730) }, 'INVALID_INPUT input.reviewOn'],
    ['of a text before', () => stage.north.worker, { version: 1 }, 'CONFLICT VERSION_CHANGED'],
  ])('is not deferred %s', async (_what, who, more: { reviewOn?: string; version?: number }, fault) => {
    const id = await recorded(about);
    await allocate(id);
    expect(
      faultOf(await defer(who(), id, more.version ?? 2, 'CHILD_PROTECTION', more.reviewOn ?? day(30))),
    ).toBe(fault);
  });
});

test('what is due: by its day, to the head all of it, to a worker what is theirs; what is overdue, and what is done', async () => {
  const late = await recorded({ receivedOn: day(-50), answerBy: day(-1) });
  const soon = await recorded({ answerBy: day(1) });
  const later = await recorded({ answerBy: day(9) });
  const declined = await recorded();
  await allocate(later);
  expect(faultOf(await change(stage.north.head, 'declineIncomingRequest', declined, 1))).toBe('none');
  const mine = (ids: string[]) => ids.filter((id) => [late, soon, later, declined].includes(id));
  expect(mine(await list(stage.north.head))).toEqual([late, soon, later]);
  expect(mine(await list(stage.north.head, ', overdueOnly: true'))).toEqual([late]);
  expect(mine(await list(stage.north.head, ', done: true'))).toEqual([declined]);
  expect(mine(await list(stage.north.worker))).toEqual([later]);
  for (const who of [stage.north.desk, stage.south.head, stage.south.worker]) {
    const { errors, data } = await who.send(
      `query ($id: ID!) { incomingRequests(districtId: $id) { edges { cursor } } }`,
      { id: stage.north.id },
    );
    expect([data?.['incomingRequests'], errors[0]?.extensions.code]).toEqual([null, 'FORBIDDEN']);
  }
});

test('who has it answers or declines, once; the head declines what nobody has, and nothing else', async () => {
  const id = await recorded();
  await allocate(id);
  expect(faultOf(await change(stage.north.head, 'declineIncomingRequest', id, 2))).toBe('FORBIDDEN');
  expect(faultOf(await change(stage.north.head, 'answerIncomingRequest', id, 2))).toBe('FORBIDDEN');
  expect(faultOf(await change(stage.north.colleague, 'answerIncomingRequest', id, 2))).toBe(
    'NOT_FOUND input.id',
  );
  expect(faultOf(await change(stage.north.worker, 'answerIncomingRequest', id, 1))).toBe(
    'CONFLICT VERSION_CHANGED',
  );
  expect(faultOf(await change(stage.north.worker, 'answerIncomingRequest', id, 2))).toBe('none');
  expect(faultOf(await change(stage.north.worker, 'declineIncomingRequest', id, 3))).toBe(
    'CONFLICT STATE_CHANGED',
  );
});

test('given to a colleague, who had it reads it no longer', async () => {
  const { id: personId } = await stage.north.district.person();
  const id = await recorded({ personId, name: null });
  await allocate(id);
  await allocate(id, stage.north.colleagueId, 2);
  expect(await read(stage.north.worker, id)).toBeNull();
  expect(await read(stage.north.colleague, id, 'text')).toEqual({ text: ASKED });
  expect(await sql(`select worker_id from person_known where source_id = $1`, [id])).toEqual([
    { worker_id: stage.north.colleagueId },
  ]);
});

test.each([
  ['to oneself', () => stage.north.headId, 'INVALID_INPUT input.workerId'],
  ['to another district’s worker', () => stage.south.workerId, 'INVALID_INPUT input.workerId'],
  ['to who has it', () => stage.north.workerId, 'CONFLICT STATE_CHANGED'],
])('is not allocated %s', async (_what, workerId, fault) => {
  const id = await recorded();
  await allocate(id);
  expect(faultOf(await allocate(id, workerId(), 2))).toBe(fault);
});

describe('refused, and nothing is written', () => {
  test.each([
    ['of another district', () => ({ districtId: stage.south.id }), 'FORBIDDEN'],
    ['about nobody there is', () => ({ personId: randomUUID(), name: null }), 'NOT_FOUND input.personId'],
    [
      'about someone of another district',
      async () => ({ personId: (await stage.south.district.person()).id, name: null }),
      'NOT_FOUND input.personId',
    ],
    [
      'with another name for someone who is known',
      async () => ({ personId: (await stage.north.district.person()).id }),
      'INVALID_INPUT input.name',
    ],
    ['come tomorrow', () => ({ receivedOn: day(1) }), 'INVALID_INPUT input.receivedOn'],
    ['come in another century', () => ({ receivedOn: '1999-01-01' }), 'INVALID_INPUT input.receivedOn'],
    ['due before it came', () => ({ answerBy: day(-1) }), 'INVALID_INPUT input.answerBy'],
    ['due in two years', () => ({ answerBy: day(730) }), 'INVALID_INPUT input.answerBy'],
    ['a text as long as a novel', () => ({ text: 'x'.repeat(4001) }), 'INVALID_INPUT input.text'],
  ])('%s', async (_what, input, fault) => {
    const before = await sql('select count(*)::integer as n from incoming_request');
    expect(faultOf(await record(await input()))).toBe(fault);
    expect(await sql('select count(*)::integer as n from incoming_request')).toEqual(before);
  });
});

test('a district and who asks are enough', async () => {
  const id = await recorded({ name: null, text: null });
  expect(await read(stage.north.head, id, 'name text')).toEqual({ name: null, text: null });
});

test('a social worker takes one down, and does not read it unless it is given to them', async () => {
  const answer = await record({}, stage.north.worker);
  expect(faultOf(answer)).toBe('none');
  expect(await read(stage.north.worker, answer.data?.['recordIncomingRequest'].id)).toBeNull();
});

test('sent again with the same Idempotency-Key, it is one request; the heads, then the worker, are told', async () => {
  await sql('delete from notification');
  const headers = { 'idempotency-key': randomUUID() };
  const again = () => record({}, stage.north.desk, headers);
  const first = await again();
  expect((await again()).text).toBe(first.text);
  await allocate(first.data?.['recordIncomingRequest'].id);
  expect(
    await sql(
      `select w.subject, n.kind::text from notification n join worker w on w.id = n.worker_id order by 1`,
    ),
  ).toEqual([
    { subject: 'alice', kind: 'INCOMING_REQUEST_RECEIVED' },
    { subject: 'head.Nord', kind: 'INCOMING_REQUEST_RECEIVED' },
  ]);
});

test('by hand, past the API: only the head allocates, only who has it answers, and text is read by whom it is for', async () => {
  const id = await recorded();
  const RAISED = 'P0001';
  const tried = (subject: string, set: string): Promise<string> =>
    byHand(stage.database, subject, (hand) =>
      hand(`update incoming_request set ${set}, version = version + 1 where id = '${id}'`),
    );
  const texts = (subject: string): Promise<string> =>
    byHand(stage.database, subject, (hand) =>
      hand(`select from incoming_request_content where request_id = '${id}'`),
    );
  expect(await tried('desk.Nord', `status = 'DECLINED', closed_at = now()`)).toBe('0');
  expect(await tried('head.Nord', `status = 'ALLOCATED', worker_id = '${stage.north.headId}'`)).toBe(RAISED);
  expect(await tried('head.Nord', `status = 'ANSWERED', closed_at = now()`)).toBe(RAISED);
  expect([await texts('head.Nord'), await texts('alice'), await texts('desk.Nord')]).toEqual(['1', '0', '0']);
  await allocate(id);
  expect([await texts('head.Nord'), await texts('alice'), await texts('bruno')]).toEqual(['0', '1', '0']);
  expect(await tried('alice', `worker_id = '${stage.north.colleagueId}'`)).toBe(RAISED);
  expect(await tried('head.Nord', `status = 'DECLINED', closed_at = now()`)).toBe(RAISED);
  // What was taken down is not written to by hand once it is.
  expect(
    await byHand(stage.database, 'desk.Nord', (hand) =>
      hand(
        `insert into incoming_request_content (request_id, body, master_key_id, wrapped) values ('${id}', '\\x01', 'test', '\\x01')`,
      ),
    ),
  ).toBe('42501');
});
