import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { ago, ahead } from '../support/days.js';
import { faultOf } from '../waiting-list/scene.js';
import { act, day, raiseStage, type Stage } from './stage.js';

/** Sending someone on, and what becomes of it. */
let stage: Stage;
let file: Awaited<ReturnType<Stage['file']>>;
let alice: Requester;

beforeAll(async () => {
  stage = await raiseStage();
  alice = stage.north.worker;
});
beforeEach(async () => {
  file = await stage.file();
});
afterAll(() => stage.close());

const SECRET = 'Ana a quitté le domicile : la recevoir seule.';
const send = (more: Record<string, unknown> = {}, who = alice, headers = {}): Promise<Answer> =>
  act(
    who,
    'sendReferral',
    'SendReferralInput',
    {
      caseId: file.id,
      personIds: [file.personId],
      ...('toOrganisationId' in more ? {} : { toDistrictId: stage.south.id }),
      ...more,
    },
    'id version',
    headers,
  );
async function sent(more: Record<string, unknown> = {}): Promise<string> {
  const answer = await send(more);
  expect(faultOf(answer)).toBe('none');
  return answer.data?.['sendReferral'].id;
}
/** To sana, with a text. */
const toSana = (more: Record<string, unknown> = {}): Promise<string> =>
  sent({ toWorkerId: stage.south.workerId, text: SECRET, ...more });

const FIELDS = `id status answerBy overdue refusal mission version names text needs { code } fromDistrict { name } sentBy { displayName }
  toDistrict { name } toWorker { displayName } toOrganisation { name } persons { displayName phone }`;
async function read(who: Requester, id: string, fields = FIELDS): Promise<Record<string, unknown> | null> {
  return (await who.send(`query ($id: ID!) { referral(id: $id) { ${fields} } }`, { id })).data?.['referral'];
}
const answer = (who: Requester, id: string, given: string, version = 1, more = {}): Promise<Answer> =>
  act(
    who,
    'answerReferral',
    'AnswerReferralInput',
    { id, expectedVersion: version, answer: given, ...more },
    'id status version',
  );
async function received(who: Requester, args = ''): Promise<string[]> {
  const { data } = await who.send(
    `query ($id: ID!) { receivedReferrals(districtId: $id${args}, first: 100) { edges { node { id } } } }`,
    { id: stage.south.id },
  );
  return (data?.['receivedReferrals']?.edges ?? []).map(({ node }: { node: { id: string } }) => node.id);
}
const sql = (text: string, values: unknown[] = []) => stage.database.sql(text, values);
/** So that answers are due: the day for it passes. */
const pass = (id: string) =>
  sql(
    `update referral set sent_at = now() - interval '20 days', answer_by = now() - interval '1 day' where id = $1`,
    [id],
  );

async function organisation(closed = false): Promise<string> {
  return stage.make.organisation({
    source: 'essai',
    sourceId: randomUUID(),
    name: 'Épicerie',
    nameKey: 'epicerie',
    updatedOn: '2026-01-01',
    closedAt: closed ? ago(0) : null,
  });
}

describe('sent to a worker of another district', () => {
  test('says whom it concerns, the mission and the text; nothing else of the case opens, when it is accepted either', async () => {
    await sql(`update person set phone = '06 39 98 00 01' where id = $1`, [file.personId]);
    const id = await toSana({ needCodes: ['LOG-01'] });
    expect(await read(stage.south.worker, id)).toMatchObject({
      status: 'SENT',
      answerBy: day(15),
      overdue: false,
      mission: 'POLYVALENCE',
      names: ['Ana Petit'],
      text: SECRET,
      needs: [{ code: 'LOG-01' }],
      fromDistrict: { name: 'Nord' },
      sentBy: { displayName: 'alice Nord' },
      toDistrict: { name: 'Sud' },
      toWorker: { displayName: 'sana Sud' },
      toOrganisation: null,
      persons: [{ displayName: 'Ana Petit', phone: '06 39 98 00 01' }],
    });
    expect((await answer(stage.south.worker, id, 'ACCEPTED')).data?.['answerReferral'].status).toBe(
      'ACCEPTED',
    );
    const { data } = await stage.south.worker.send(
      `query ($r: ID!, $c: ID!) { case(id: $c) { id } referral(id: $r) { case { id } } }`,
      { r: id, c: file.id },
    );
    expect(data).toEqual({ case: null, referral: { case: null } });
  });

  test('is not there for who has nothing to do with it: a colleague there, a colleague here, the head here, both desks, anyone', async () => {
    const id = await toSana();
    for (const who of [
      stage.south.colleague,
      stage.north.colleague,
      stage.north.head,
      stage.north.desk,
      stage.south.desk,
      stage.app.anonymous,
      await stage.online(file.personId, `ana.${file.id}`),
    ])
      expect(await read(who, id, 'id status')).toBeFalsy();
  });

  test('the head there sees that it came, and by when: neither whom nor what', async () => {
    const id = await toSana();
    expect(await read(stage.south.head, id)).toMatchObject({
      id,
      mission: 'POLYVALENCE',
      names: null,
      text: null,
      needs: null,
      persons: null,
    });
  });

  test('makes them known until 30 days after it is over', async () => {
    const id = await toSana();
    const known = async () =>
      (
        await sql(
          `select k.known_until::text as until from person_known k join referral_person rp on rp.id = k.source_id
        where rp.referral_id = $1`,
          [id],
        )
      )[0]?.['until'];
    expect(await known()).toBe('infinity');
    await answer(stage.south.worker, id, 'REFUSED', 1, { refusal: 'NO_PLACE' });
    expect(new Date(String(await known())).getTime()).toBeCloseTo(Date.now() + 30 * 86_400_000, -5);
    await sql(`update person_known set known_until = now() - interval '1 second' where person_id = $1`, [
      file.personId,
    ]);
    expect(await read(stage.south.worker, id, 'persons { displayName }')).toEqual({ persons: [] });
  });
});

describe('sent to a district', () => {
  test('its head has the name to allocate, never the text; once allocated, the worker has both and the head neither', async () => {
    const id = await sent({ text: SECRET });
    expect(await read(stage.south.head, id, 'names text persons { id }')).toMatchObject({
      names: ['Ana Petit'],
      text: null,
      persons: null,
    });
    expect(await read(stage.south.worker, id)).toBeNull();
    const allocated = await act(stage.south.head, 'allocateReferral', 'AllocateReferralInput', {
      id,
      expectedVersion: 1,
      workerId: stage.south.workerId,
    });
    expect(faultOf(allocated)).toBe('none');
    expect(await read(stage.south.head, id, 'names toWorker { displayName }')).toMatchObject({
      names: null,
      toWorker: { displayName: 'sana Sud' },
    });
    expect(await read(stage.south.worker, id, 'names text')).toEqual({ names: ['Ana Petit'], text: SECRET });
  });

  test('is given to another worker if who had it is gone, and the first has it no longer', async () => {
    const id = await toSana();
    await act(stage.south.head, 'allocateReferral', 'AllocateReferralInput', {
      id,
      expectedVersion: 1,
      workerId: stage.south.colleagueId,
    });
    expect(await read(stage.south.worker, id)).toBeNull();
    expect(await read(stage.south.colleague, id, 'names')).toEqual({ names: ['Ana Petit'] });
    const { data } = await stage.south.worker.send(`query ($id: ID!) { referral(id: $id) { id } }`, { id });
    expect(data?.['referral']).toBeNull();
  });

  test.each([
    ['to oneself', () => stage.south.headId, 'INVALID_INPUT input.workerId'],
    ['to another district’s worker', () => stage.north.workerId, 'INVALID_INPUT input.workerId'],
    ['to nobody there is', () => randomUUID(), 'INVALID_INPUT input.workerId'],
    ['to who has it', () => stage.south.workerId, 'CONFLICT STATE_CHANGED'],
  ])('is not allocated %s', async (_what, workerId, fault) => {
    const id = await toSana();
    const refused = await act(stage.south.head, 'allocateReferral', 'AllocateReferralInput', {
      id,
      expectedVersion: 1,
      workerId: workerId(),
    });
    expect(faultOf(refused)).toBe(fault);
  });

  test('the head here does not allocate what the district there received', async () => {
    const refused = await act(stage.north.head, 'allocateReferral', 'AllocateReferralInput', {
      id: await sent(),
      expectedVersion: 1,
      workerId: stage.north.colleagueId,
    });
    expect(faultOf(refused)).toBe('NOT_FOUND input.id');
  });

  test('the head says no as long as nobody has it, and not once someone does', async () => {
    const id = await sent();
    expect(faultOf(await answer(stage.south.head, await toSana(), 'ACKNOWLEDGED'))).toBe('FORBIDDEN');
    expect(faultOf(await answer(stage.south.head, id, 'REFUSED', 1, { refusal: 'OTHER_DISTRICT' }))).toBe(
      'none',
    );
    expect(await read(alice, id, 'status refusal')).toEqual({ status: 'REFUSED', refusal: 'OTHER_DISTRICT' });
    expect(await read(stage.south.head, id, 'names')).toMatchObject({ names: null });
  });
});

describe('sent to an organisation', () => {
  test('what it says is recorded by who follows the case', async () => {
    const id = await sent({ toOrganisationId: await organisation() });
    expect(await read(alice, id, 'toOrganisation { name } toDistrict { name }')).toEqual({
      toOrganisation: { name: 'Épicerie' },
      toDistrict: null,
    });
    expect(faultOf(await answer(stage.north.colleague, id, 'ACCEPTED'))).toBe('NOT_FOUND input.id');
    expect(faultOf(await answer(alice, id, 'ACCEPTED'))).toBe('none');
  });

  test('a closed one is refused, and one that closes later stays where someone was sent', async () => {
    expect(faultOf(await send({ toOrganisationId: await organisation(true) }))).toBe(
      'INVALID_INPUT input.toOrganisationId',
    );
    const open = await organisation();
    await sent({ toOrganisationId: open });
    await expect(sql('delete from organisation where id = $1', [open])).rejects.toThrow();
  });
});

describe('the answer', () => {
  test('goes from its receipt to yes, once; a lost race is a conflict, and who sent it is told', async () => {
    const id = await toSana();
    const { worker } = stage.south;
    expect((await answer(worker, id, 'ACKNOWLEDGED')).data?.['answerReferral']).toMatchObject({
      status: 'ACKNOWLEDGED',
      version: 2,
    });
    expect(faultOf(await answer(worker, id, 'ACKNOWLEDGED', 2))).toBe('CONFLICT STATE_CHANGED');
    expect(faultOf(await answer(worker, id, 'ACCEPTED', 1))).toBe('CONFLICT VERSION_CHANGED');
    expect(faultOf(await answer(worker, id, 'ACCEPTED', 2))).toBe('none');
    expect(faultOf(await answer(worker, id, 'REFUSED', 3, { refusal: 'OTHER' }))).toBe(
      'CONFLICT STATE_CHANGED',
    );
    const { data } = await alice.send('{ notifications(first: 1) { edges { node { kind case { id } } } } }');
    expect(data?.['notifications'].edges).toEqual([
      { node: { kind: 'REFERRAL_ANSWERED', case: { id: file.id } } },
    ]);
  });

  test.each([
    ['a refusal without a reason', 'REFUSED', {}],
    ['a reason without a refusal', 'ACCEPTED', { refusal: 'OTHER' }],
  ])('is refused: %s', async (_what, given, more) => {
    expect(faultOf(await answer(stage.south.worker, await toSana(), given, 1, more))).toBe(
      'INVALID_INPUT input.refusal',
    );
  });

  test('is not given by who sent it, nor by anyone else', async () => {
    const id = await toSana();
    expect(faultOf(await answer(alice, id, 'ACCEPTED'))).toBe('FORBIDDEN');
    expect(faultOf(await answer(stage.south.colleague, id, 'ACCEPTED'))).toBe('NOT_FOUND input.id');
  });

  test('two at once: one wins', async () => {
    const id = await toSana();
    const both = await Promise.all([
      answer(stage.south.worker, id, 'ACCEPTED'),
      answer(stage.south.worker, id, 'REFUSED', 1, { refusal: 'NO_PLACE' }),
    ]);
    expect(both.map(faultOf).filter((fault) => fault === 'none')).toHaveLength(1);
    expect(both.map(faultOf).filter((fault) => fault.startsWith('CONFLICT'))).toHaveLength(1);
  });

  test('taken back as long as nobody has answered, by who follows the case', async () => {
    const take = (who: Requester, id: string, version = 1) =>
      act(who, 'withdrawReferral', 'VersionedInput', { id, expectedVersion: version }, 'status');
    const id = await toSana();
    expect(faultOf(await take(stage.south.worker, id))).toBe('FORBIDDEN');
    expect((await take(alice, id)).data?.['withdrawReferral']).toEqual({ status: 'WITHDRAWN' });
    expect(faultOf(await take(alice, id, 2))).toBe('CONFLICT STATE_CHANGED');
    const answered = await toSana();
    await answer(stage.south.worker, answered, 'ACCEPTED');
    expect(faultOf(await take(alice, answered, 2))).toBe('CONFLICT STATE_CHANGED');
  });
});

describe('what a district received', () => {
  test('the head has all of it by its day, a worker what is theirs, and others nothing', async () => {
    const later = await toSana({ answerBy: day(20) });
    const sooner = await sent({ answerBy: day(2) });
    expect((await received(stage.south.head)).filter((id) => [later, sooner].includes(id))).toEqual([
      sooner,
      later,
    ]);
    const theirs = await received(stage.south.worker);
    expect(theirs).toContain(later);
    expect(theirs).not.toContain(sooner);
    for (const who of [stage.north.head, alice, stage.south.desk]) {
      const { errors, data } = await who.send(
        `query ($id: ID!) { receivedReferrals(districtId: $id) { edges { cursor } } }`,
        { id: stage.south.id },
      );
      expect([data?.['receivedReferrals'], errors[0]?.extensions.code]).toEqual([null, 'FORBIDDEN']);
    }
  });

  test('what is overdue, and what is over', async () => {
    const [late, over, open] = [await sent(), await sent(), await sent()];
    await pass(late);
    await pass(over);
    await answer(stage.south.head, over, 'REFUSED', 1, { refusal: 'OTHER_MISSION' });
    const mine = (ids: string[]) => ids.filter((id) => [late, over, open].includes(id));
    expect(mine(await received(stage.south.head, ', overdueOnly: true'))).toEqual([late]);
    expect(mine(await received(stage.south.head))).toEqual([late, open]);
    expect(mine(await received(stage.south.head, ', answered: true'))).toEqual([over]);
    expect(await read(stage.south.head, late, 'overdue')).toEqual({ overdue: true });
    expect(await read(stage.south.head, over, 'overdue')).toEqual({ overdue: false });
  });
});

describe('of the case', () => {
  test('goes with it: who has the case now sees where they were sent, and who had it no longer does', async () => {
    const id = await toSana();
    await sql('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [file.id]);
    await stage.make.assignment({ caseId: file.id, workerId: stage.north.colleagueId });
    const ofCase = async (who: Requester) =>
      (await who.send(`query ($id: ID!) { case(id: $id) { referrals { id text } } }`, { id: file.id }))
        .data?.['case'];
    expect(await ofCase(stage.north.colleague)).toEqual({ referrals: [{ id, text: SECRET }] });
    expect(await ofCase(alice)).toEqual({ referrals: null });
    expect(await read(alice, id)).toBeNull();
    expect(await ofCase(stage.north.head)).toEqual({ referrals: null });
  });

  test('the stand-in sends and answers for the absent worker', async () => {
    await stage.make.relay({
      districtId: stage.north.id,
      absentWorkerId: stage.north.workerId,
      standInId: stage.north.colleagueId,
    });
    const answered = await send({}, stage.north.colleague);
    expect(faultOf(answered)).toBe('none');
    const id = answered.data?.['sendReferral'].id;
    expect(await read(stage.north.colleague, id, 'names sentBy { displayName }')).toEqual({
      names: ['Ana Petit'],
      sentBy: { displayName: 'bruno Nord' },
    });
    await sql('delete from relay');
    expect(await read(stage.north.colleague, id)).toBeNull();
  });
});

describe('what the person sees', () => {
  const mine = async (who: Requester) =>
    (await who.send('{ me { referrals { id status toDistrict { name } toOrganisation { name } overdue } } }'))
      .data?.['me'].referrals;

  test('nothing unless it is shown; then where they are sent, and nothing that was written', async () => {
    const ana = await stage.online(file.personId, `shown.${file.id}`);
    const id = await toSana();
    expect(await mine(ana)).toEqual([]);
    const shown = await act(
      alice,
      'showReferral',
      'ShowReferralInput',
      { id, expectedVersion: 1, showOnline: true },
      'showOnline',
    );
    expect(shown.data?.['showReferral']).toEqual({ showOnline: true });
    expect(await mine(ana)).toEqual([
      { id, status: 'SENT', toDistrict: { name: 'Sud' }, toOrganisation: null, overdue: false },
    ]);
    const { data, errors } = await ana.send(
      `query ($id: ID!) { referral(id: $id) { text names persons { id } needs { code } mission refusal sentBy { id } toWorker { id } version case { id } } }`,
      { id },
    );
    expect(new Set(Object.values(data?.['referral'] ?? {}))).toEqual(new Set([null]));
    expect(errors).toHaveLength(10);
    // Who received it reads its version, and not that it is shown.
    await act(alice, 'showReferral', 'ShowReferralInput', { id, expectedVersion: 1, showOnline: false });
    expect(await mine(ana)).toEqual([]);
  });

  test('what concerns two is shown to neither', async () => {
    const two = { personIds: [file.personId, file.otherId] };
    expect(faultOf(await send({ ...two, showOnline: true }))).toBe('INVALID_INPUT input.showOnline');
    const id = await sent(two);
    const shown = await act(alice, 'showReferral', 'ShowReferralInput', {
      id,
      expectedVersion: 1,
      showOnline: true,
    });
    expect(faultOf(shown)).toBe('INVALID_INPUT input.showOnline');
    await expect(
      sql('update referral set online_person_id = $2 where id = $1', [id, file.personId]),
    ).rejects.toThrow('alone');
  });

  test('one of a household sees nothing of another’s', async () => {
    const ben = await stage.online(file.otherId, `ben.${file.id}`);
    const id = await sent({ showOnline: true });
    expect(await mine(ben)).toEqual([]);
    expect(await read(ben, id, 'id')).toBeNull();
  });
});

describe('what a desk knows', () => {
  const mentions = async (who: Requester, personId: string, scene: string) => {
    // Someone whom the desk receives: of an appointment of its district.
    const appointmentId = await stage.make.appointment({
      districtId: scene,
      startsAt: ahead(1),
      endsAt: ahead(25 / 24),
    });
    await stage.make.appointmentPerson({ appointmentId, personId });
    const { data } = await who.send(
      `query ($id: ID!) { appointment(id: $id) { persons { referrals { id }
        referralMentions { id status fromDistrict { name } toDistrict { name } } } } }`,
      { id: appointmentId },
    );
    return data?.['appointment'].persons[0];
  };

  test('that someone was sent on, at the desk here and there: neither to which organisation, nor to whom, nor why', async () => {
    const id = await toSana();
    for (const team of [stage.north, stage.south])
      expect(await mentions(team.desk, file.personId, team.id)).toEqual({
        referrals: null,
        referralMentions: [
          { id, status: 'SENT', fromDistrict: { name: 'Nord' }, toDistrict: { name: 'Sud' } },
        ],
      });
    const other = await sent({ personIds: [file.otherId], toOrganisationId: await organisation() });
    expect(await mentions(stage.north.desk, file.otherId, stage.north.id)).toEqual({
      referrals: null,
      referralMentions: [{ id: other, status: 'SENT', fromDistrict: { name: 'Nord' }, toDistrict: null }],
    });
    // Of which the desk there has nothing to know.
    expect((await mentions(stage.south.desk, file.otherId, stage.south.id)).referralMentions).toEqual([]);
  });
});

describe('refused, and nothing is written', () => {
  test.each([
    ['nobody', () => ({ personIds: [] }), 'INVALID_INPUT input.personIds'],
    [
      'someone of another case',
      async () => ({ personIds: [(await stage.file()).personId] }),
      'NOT_FOUND input.personIds',
    ],
    ['no receiver', () => ({ toDistrictId: null }), 'INVALID_INPUT input.toDistrictId'],
    [
      'two receivers',
      async () => ({ toOrganisationId: await organisation(), toDistrictId: stage.south.id }),
      'INVALID_INPUT input.toDistrictId',
    ],
    ['no such district', () => ({ toDistrictId: randomUUID() }), 'NOT_FOUND input.toDistrictId'],
    [
      'a worker of another district',
      () => ({ toWorkerId: stage.north.colleagueId }),
      'NOT_FOUND input.toWorkerId',
    ],
    [
      'the head, who is assigned nothing there',
      () => ({ toWorkerId: stage.south.headId }),
      'NOT_FOUND input.toWorkerId',
    ],
    ['no such organisation', () => ({ toOrganisationId: randomUUID() }), 'NOT_FOUND input.toOrganisationId'],
    ['a day that has passed', () => ({ answerBy: day(-1) }), 'INVALID_INPUT input.answerBy'],
    ['a day in two years', () => ({ answerBy: day(730) }), 'INVALID_INPUT input.answerBy'],
    ['a need of no nomenclature', () => ({ needCodes: ['LOG-99'] }), 'INVALID_INPUT input.needCodes'],
    ['a text as long as a novel', () => ({ text: 'x'.repeat(2001) }), 'INVALID_INPUT input.text'],
  ])('%s', async (_what, input, fault) => {
    expect(faultOf(await send(await input()))).toBe(fault);
    expect(await sql('select from referral where case_id = $1', [file.id])).toEqual([]);
  });

  test('of a case that is not theirs, or closed', async () => {
    expect(faultOf(await send({}, stage.north.colleague))).toBe('FORBIDDEN');
    expect(faultOf(await send({}, stage.south.worker))).toBe('NOT_FOUND input.caseId');
    await sql(`update "case" set status = 'CLOSED', closed_at = now() where id = $1`, [file.id]);
    expect(faultOf(await send())).toBe('CONFLICT CASE_CLOSED');
  });

  test('today is a day to answer on', async () => {
    expect(await read(alice, await sent({ answerBy: day(0) }), 'answerBy overdue')).toEqual({
      answerBy: day(0),
      overdue: false,
    });
  });
});

test('sent again with the same Idempotency-Key, it is one referral', async () => {
  const headers = { 'idempotency-key': randomUUID() };
  expect((await send({}, alice, headers)).text).toBe((await send({}, alice, headers)).text);
  expect(await sql('select from referral where case_id = $1', [file.id])).toHaveLength(1);
});

test('who receives is told, by no name: the worker; of a district, its heads', async () => {
  await sql('delete from notification');
  await toSana();
  await sent();
  expect(
    await sql(
      `select w.subject, n.kind::text, n.case_id from notification n join worker w on w.id = n.worker_id order by 1`,
    ),
  ).toEqual([
    { subject: 'head.Sud', kind: 'REFERRAL_RECEIVED', case_id: null },
    { subject: 'sana', kind: 'REFERRAL_RECEIVED', case_id: null },
  ]);
});

describe('by hand, past the API', () => {
  const RAISED = 'P0001';
  const tried = (subject: string, set: string, id: string): Promise<string> =>
    byHand(stage.database, subject, (hand) =>
      hand(`update referral set ${set}, version = version + 1 where id = '${id}'`),
    );

  test('who sent it does not answer, who received it does not take it back or show it, and what is over stays so', async () => {
    const id = await toSana();
    expect(await tried('alice', `status = 'ACCEPTED', closed_at = now()`, id)).toBe(RAISED);
    expect(await tried('sana', `status = 'WITHDRAWN', closed_at = now()`, id)).toBe(RAISED);
    expect(await tried('sana', `online_person_id = '${file.personId}'`, id)).toBe(RAISED);
    expect(await tried('sana', `to_worker_id = '${stage.south.colleagueId}'`, id)).toBe(RAISED);
    expect(await tried('head.Sud', `to_worker_id = '${stage.south.headId}'`, id)).toBe(RAISED);
    expect(await tried('tom', `status = 'ACCEPTED', closed_at = now()`, id)).toBe('0');
    expect(await tried('desk.Sud', `status = 'ACCEPTED', closed_at = now()`, id)).toBe('0');
    expect(await tried('sana', `status = 'ACCEPTED', closed_at = now()`, id)).toBe('1');
    await answer(stage.south.worker, id, 'ACCEPTED');
    expect(await tried('alice', `status = 'WITHDRAWN'`, id)).toBe(RAISED);
  });

  test('a head’s lock opens no text, and a desk’s no referral', async () => {
    const id = await sent({ text: SECRET });
    const of = (subject: string, table: string): Promise<string> =>
      byHand(stage.database, subject, (hand) => hand(`select from ${table}`));
    expect(await of('head.Sud', `referral where id = '${id}'`)).toBe('1');
    expect(await of('head.Sud', 'referral_content')).toBe('0');
    expect(await of('head.Sud', 'referral_person')).toBe('0');
    expect(await of('desk.Sud', 'referral')).toBe('0');
    expect(await of('desk.Sud', 'referral_content')).toBe('0');
    expect(await of('desk.Sud', `referral_person where referral_id = '${id}'`)).toBe('1');
  });
});
