import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/** Whoever has her phone may be the one who asks online to be written to. So it is a proposal, and the worker who follows her decides. */
let stage: Stage;
let scene: Scene;
let suit: { id: string };
let asSuit: Requester;
let rosa: Requester;
let file: BuiltCase;

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  const builder = scene.worker('suit');
  suit = await builder;
  file = await builder.case();
  asSuit = await scene.as('suit');
  await scene.sql(
    `update person set safe_contact = 'VOICE_TO_ME_ONLY', phone = '06 39 98 00 02' where id = $1`,
    [file.personId],
  );
  rosa = await scene.asPerson(file.personId, 'rosa');
});
afterAll(() => stage.close());

const PROPOSAL = 'contactProposal { id safeContact phone email proposedAt }';

const propose = (who: Requester, more: Record<string, unknown> = {}): Promise<Answer> =>
  who.send(
    `mutation ($input: ProposeSafeContactInput!) { proposeSafeContact(input: $input) { ${PROPOSAL} } }`,
    {
      input: { personId: file.personId, safeContact: 'NEUTRAL_TEXT', phone: '06 39 98 00 99', ...more },
    },
  );

async function proposed(who: Requester): Promise<Record<string, string> | null> {
  const { data } = await who.send(`query ($id: ID!) { case(id: $id) { persons { ${PROPOSAL} } } }`, {
    id: file.id,
  });
  return data?.['case']?.persons?.[0]?.contactProposal ?? null;
}

const answer = (who: Requester, proposalId: string, more: Record<string, unknown> = {}): Promise<Answer> =>
  who.send('mutation ($input: AnswerContactProposalInput!) { answerContactProposal(input: $input) { id } }', {
    input: { personId: file.personId, proposalId, expectedVersion: 1, accept: true, ...more },
  });

const stands = async () =>
  (
    await scene.sql<{ by: string; phone: string; version: number }>(
      'select safe_contact::text as by, phone, version from person where id = $1',
      [file.personId],
    )
  )[0];
const AS_BEFORE = { by: 'VOICE_TO_ME_ONLY', phone: '06 39 98 00 02', version: 1 };

test('changes nothing until who follows her accepts; she reads that it is proposed, and they are told', async () => {
  const own = (await propose(rosa)).data?.['proposeSafeContact'].contactProposal;
  expect(own).toMatchObject({ safeContact: 'NEUTRAL_TEXT', phone: '06 39 98 00 99', email: null });
  expect((await rosa.send(`{ me { ${PROPOSAL} } }`)).data?.['me'].contactProposal).toEqual(own);
  expect(await stands()).toEqual(AS_BEFORE);
  expect(
    await scene.sql(`select case_id from notification where worker_id = $1 and kind = 'CONTACT_PROPOSED'`, [
      suit.id,
    ]),
  ).toEqual([{ case_id: file.id }]);
  expect(await proposed(asSuit)).toEqual(own);
  expect(faultOf(await answer(asSuit, own.id))).toBe('none');
  expect(await stands()).toEqual({ by: 'NEUTRAL_TEXT', phone: '06 39 98 00 99', version: 2 });
  expect(await proposed(asSuit)).toBeNull();
});

test('proposals at once are no error, and one of them stands', async () => {
  const phones = Array.from({ length: 8 }, (_, nth) => `06 39 98 00 1${nth}`);
  const faults = await Promise.all(phones.map(async (phone) => faultOf(await propose(rosa, { phone }))));
  expect(new Set(faults)).toEqual(new Set(['none']));
  expect(phones).toContain((await proposed(asSuit))?.['phone']);
});

test('is dropped, or taken back; one that came since is not accepted unread', async () => {
  const first = (await propose(rosa)).data?.['proposeSafeContact'].contactProposal.id;
  await propose(rosa, { phone: '06 00 00 00 00' });
  expect(faultOf(await answer(asSuit, first))).toBe('CONFLICT STATE_CHANGED');
  const second = (await proposed(asSuit))?.['id'] ?? '';
  expect(faultOf(await answer(asSuit, second, { expectedVersion: 9 }))).toBe('CONFLICT VERSION_CHANGED');
  expect(faultOf(await answer(asSuit, second, { accept: false }))).toBe('none');
  expect(await proposed(asSuit)).toBeNull();
  await propose(rosa);
  await propose(rosa, { safeContact: null });
  expect(await proposed(asSuit)).toBeNull();
  expect(await stands()).toEqual(AS_BEFORE);
});

test('lifts no suspension, and one of before is gone with it', async () => {
  const { id } = (await propose(rosa)).data?.['proposeSafeContact'].contactProposal ?? {};
  await rosa.send('mutation ($input: SuspendContactInput!) { suspendContact(input: $input) { id } }', {
    input: { personId: file.personId },
  });
  expect(faultOf(await answer(asSuit, id, { expectedVersion: 2 }))).toBe('CONFLICT STATE_CHANGED');
  expect(await stands()).toMatchObject({ by: 'NONE', version: 2 });
  // Whoever has the phone may have made it: it is not there to be accepted once the suspension is over.
  expect(await proposed(asSuit)).toBeNull();
});

test('that is made while every channel is being closed is gone as well', async () => {
  const suspend = () =>
    rosa.send('mutation ($input: SuspendContactInput!) { suspendContact(input: $input) { id } }', {
      input: { personId: file.personId },
    });
  for (let round = 0; round < 4; round += 1) {
    await scene.sql('update person set contact_suspended_at = null where id = $1', [file.personId]);
    await Promise.all([
      ...Array.from({ length: 8 }, () => propose(rosa)),
      suspend(),
      ...Array.from({ length: 8 }, () => propose(rosa)),
    ]);
    expect(await scene.sql('select from contact_proposal where person_id = $1', [file.personId])).toEqual([]);
  }
});

test('is for who follows her and for herself alone: not the desk, nor a colleague, nor another person', async () => {
  const { id } = (await propose(rosa)).data?.['proposeSafeContact'].contactProposal ?? {};
  await scene.worker('autre');
  const other = await scene.asPerson((await scene.district.person()).id, 'autre-personne');
  const colleague = await scene.as('autre');
  expect(faultOf(await propose(other))).toBe('NOT_FOUND input.personId');
  for (const who of [colleague, asSuit, scene.desk]) expect(faultOf(await propose(who))).toBe('FORBIDDEN');
  expect(faultOf(await answer(colleague, id))).toBe('NOT_FOUND input.personId');
  expect(faultOf(await answer(scene.desk, id))).toBe('FORBIDDEN');
  expect(faultOf(await answer(rosa, id))).toBe('FORBIDDEN');
  for (const name of ['desk', 'autre'])
    expect(
      await byHand(stage.database, `${name}.${scene.name}`, async (hand) => [
        await hand('select from contact_proposal'),
        await hand('delete from contact_proposal'),
        await hand(`select where propose_safe_contact($1, 'LETTER', null, null)`, [file.personId]),
        await hand(`select where answer_contact_proposal($1, $2, 1, true) = 'DONE'`, [file.personId, id]),
      ]),
    ).toEqual(['0', '42501', '0', '0']);
  expect(await stands()).toEqual(AS_BEFORE);
});

test('NONE is no proposal, a number is a number, and each is in the log', async () => {
  expect(faultOf(await propose(rosa, { safeContact: 'NONE' }))).toBe('INVALID_INPUT input.safeContact');
  expect(faultOf(await propose(rosa, { email: 'no address' }))).toBe('INVALID_INPUT input.email');
  const { id } = (await propose(rosa)).data?.['proposeSafeContact'].contactProposal ?? {};
  await answer(asSuit, id);
  const lines = await scene.sql<{ line: string }>(
    `select action || ' ' || outcome as line from access_log where person_id = $1 and action like '%PROPOS%' order by id`,
    [file.personId],
  );
  expect(lines.map(({ line }) => line)).toEqual([
    'PROPOSE_SAFE_CONTACT REFUSED',
    'PROPOSE_SAFE_CONTACT REFUSED',
    'PROPOSE_SAFE_CONTACT DONE',
    'ANSWER_CONTACT_PROPOSAL DONE',
  ]);
});
