import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/** "Please call back": once it is sent, its worker alone reads it. */
let stage: Stage;
let scene: Scene;
let alice: string;
let asAlice: Requester;

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  alice = (await scene.worker('alice')).id;
  asAlice = await scene.as('alice');
});
afterAll(() => stage.close());

const send = (more: Record<string, unknown> = {}, who = scene.desk): Promise<Answer> =>
  who.send(`mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }`, {
    input: { districtId: scene.districtId, workerId: alice, name: 'Madame B.', ...more },
  });

async function inbox(who: Requester): Promise<Record<string, unknown>[]> {
  const { data } = await who.send(
    `{ messages { edges { node { id name phone person { displayName } callUntil version doneAt } } } }`,
  );
  return data?.['messages'].edges.map(({ node }: { node: object }) => node);
}

test('its worker reads it, and nobody else: not who sent it, not the head, not a colleague, not the stand-in', async () => {
  const { id: bruno } = await scene.worker('bruno');
  await scene.district.head(`head.${scene.name}`);
  expect(faultOf(await send({ phone: '06 39 98 12 34' }))).toBe('none');
  expect(await inbox(asAlice)).toMatchObject([{ name: 'Madame B.', phone: '06 39 98 12 34', doneAt: null }]);
  await scene.make.relay({ districtId: scene.districtId, absentWorkerId: alice, standInId: bruno });
  for (const who of [scene.desk, await scene.as('head'), await scene.as('bruno')])
    expect(await inbox(who)).toEqual([]);
});

test('about someone who is known, makes them known to who is to call', async () => {
  const { id: personId } = await scene.person({ givenName: 'Nour', familyName: 'Benali' });
  await send({ personId, name: null });
  expect(await inbox(asAlice)).toMatchObject([{ person: { displayName: 'Nour Benali' }, name: null }]);
});

test('done, it is gone from the list; twice is a conflict, and another’s is not there', async () => {
  await send();
  const [message] = await inbox(asAlice);
  const done = (expectedVersion: number, who = asAlice) =>
    who.send(`mutation ($input: VersionedInput!) { closeMessage(input: $input) { doneAt } }`, {
      input: { id: message?.['id'], expectedVersion },
    });
  expect(faultOf(await done(1, scene.desk))).toBe('NOT_FOUND input.id');
  expect(faultOf(await done(7))).toBe('CONFLICT VERSION_CHANGED');
  expect((await done(1)).data?.['closeMessage'].doneAt).toEqual(expect.any(String));
  expect(faultOf(await done(2))).toBe('CONFLICT STATE_CHANGED');
  expect(await inbox(asAlice)).toEqual([]);
});

test.each([
  ['nobody', () => ({ name: null }), 'INVALID_INPUT input.name'],
  ['a name of nothing', () => ({ name: '  ' }), 'INVALID_INPUT input.name'],
  ['no such person', () => ({ personId: randomUUID() }), 'NOT_FOUND input.personId'],
  ['no such worker', () => ({ workerId: randomUUID() }), 'NOT_FOUND input.workerId'],
  ['another district', () => ({ districtId: randomUUID() }), 'FORBIDDEN'],
  ['a time that is past', () => ({ callUntil: '2020-01-01T10:00:00Z' }), 'INVALID_INPUT input.callUntil'],
  [
    'an end before its start',
    () => ({
      callFrom: new Date(Date.now() + 7_200_000).toISOString(),
      callUntil: new Date(Date.now() + 3_600_000).toISOString(),
    }),
    'INVALID_INPUT input.callUntil',
  ],
  ['in ten years', () => ({ callFrom: '2036-01-01T10:00:00Z' }), 'INVALID_INPUT input.callFrom'],
  ['a number as long as a novel', () => ({ phone: '0'.repeat(41) }), 'INVALID_INPUT input.phone'],
])('refused, and nothing is written: %s', async (_what, input, fault) => {
  expect(faultOf(await send(input()))).toBe(fault);
  expect(await inbox(asAlice)).toEqual([]);
});

test('sent again with the same Idempotency-Key, it is one message', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const again = () =>
    scene.desk.send(
      `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }`,
      { input: { districtId: scene.districtId, workerId: alice, name: 'Madame B.' } },
      key,
    );
  expect((await again()).text).toBe((await again()).text);
  expect(await inbox(asAlice)).toHaveLength(1);
});
