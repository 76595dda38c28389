import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * Someone of whom nothing is confirmed has no paper with her. What calls who is on duty, at any desk of the county: her reference, that of
 * a booking of hers, or a word that she has agreed on. The desk is answered alike, whatever was said.
 */
let stage: Stage;
let scene: Scene;
let elsewhere: Scene;
let duty: { id: string };
let asSuit: Requester;
let asDuty: Requester;
let rosa: Requester;
let file: BuiltCase;
let name: string;

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  elsewhere = await stage.scene();
  const builder = scene.worker('suit', { days: 5, slots: 4 });
  await builder;
  file = await builder.case();
  duty = await elsewhere.worker('garde');
  [asSuit, asDuty] = [await scene.as('suit'), await elsewhere.as('garde')];
  name = `Ana Petit ${scene.name}`;
  await scene.sql('update person set family_name = $2, confirm_nothing = true where id = $1', [
    file.personId,
    `Petit ${scene.name}`,
  ]);
  rosa = await scene.asPerson(file.personId, 'rosa');
});
afterAll(() => stage.close());

const agree = (who: Requester, word: string | null, personId = file.personId): Promise<Answer> =>
  who.send('mutation ($input: SetAgreedWordInput!) { setAgreedWord(input: $input) { id } }', {
    input: { personId, word },
  });

const call = (said: Record<string, unknown>, who = elsewhere.desk): Promise<Answer> =>
  who.send(
    `mutation ($input: CallDutyWorkerInput!) { callDutyWorker(input: $input) { id ticket kind status person { id } worker { id } } }`,
    { input: { districtId: elsewhere.districtId, workerId: duty.id, ...said } },
  );

/** Whom the duty worker receives: null where nothing that was said is hers. The desk is answered alike. */
async function received(said: Record<string, unknown>): Promise<string | null> {
  const answer = await call(said);
  expect(answer.errors).toEqual([]);
  const { id, ...rest } = answer.data?.['callDutyWorker'] ?? {};
  expect({ ...rest, ticket: 0 }).toEqual({
    ticket: 0,
    kind: 'WALK_IN',
    status: 'WAITING',
    person: null,
    worker: { id: duty.id },
  });
  const seen = await asDuty.send('query ($id: ID!) { visit(id: $id) { person { displayName } } }', { id });
  return seen.data?.['visit'].person?.displayName ?? null;
}

test('her word and her name call who is on duty in another district; another word, or name, nobody', async () => {
  expect(faultOf(await agree(asSuit, 'Coquelicot bleu'))).toBe('none');
  expect(await received({ fullName: name, word: '  coquelicot-BLEU ' })).toBe(name);
  expect(await received({ fullName: name, word: 'coquelicot rouge' })).toBeNull();
  expect(await received({ fullName: 'Ana Autre', word: 'coquelicot bleu' })).toBeNull();
  await scene.sql('update person set confirm_nothing = false where id = $1', [file.personId]);
  expect(await received({ fullName: name, word: 'coquelicot bleu' })).toBeNull();
});

test('who follows her changes it with her; she takes it away online', async () => {
  expect(faultOf(await agree(asSuit, 'tournesol'))).toBe('none');
  expect(await received({ fullName: name, word: 'tournesol' })).toBe(name);
  expect(faultOf(await agree(asSuit, 'pivoine'))).toBe('none');
  expect(await received({ fullName: name, word: 'tournesol' })).toBeNull();
  expect(await received({ fullName: name, word: 'pivoine' })).toBe(name);
  expect(faultOf(await agree(asSuit, 'ah'))).toBe('INVALID_INPUT input.word');
  expect(faultOf(await agree(rosa, null))).toBe('none');
  expect(await received({ fullName: name, word: 'pivoine' })).toBeNull();
});

test('whoever has her telephone gives her no word of their own, and is known by none', async () => {
  await agree(asSuit, 'tournesol');
  expect(faultOf(await agree(rosa, 'pivoine'))).toBe('FORBIDDEN');
  expect(await received({ fullName: name, word: 'pivoine' })).toBeNull();
  expect(await received({ fullName: name, word: 'tournesol' })).toBe(name);
  await agree(rosa, null);
  expect(faultOf(await agree(rosa, 'pivoine'))).toBe('FORBIDDEN');
  expect(await received({ fullName: name, word: 'pivoine' })).toBeNull();
});

test('words that are agreed on at once are no error: one of them holds', async () => {
  const words = Array.from({ length: 8 }, (_, nth) => `tournesol ${nth}`);
  const faults = await Promise.all(words.map(async (word) => faultOf(await agree(asSuit, word))));
  expect(new Set(faults)).toEqual(new Set(['none']));
  const calls: (string | null)[] = [];
  for (const word of words) calls.push(await received({ fullName: name, word }));
  expect(calls.filter((who) => who === name)).toHaveLength(1);
});

test('nobody else agrees on one, and nobody reads it: it is kept as a keyed hash, of her alone', async () => {
  await agree(asSuit, 'coquelicot');
  await elsewhere.worker('curieux');
  for (const who of [scene.desk, elsewhere.desk, asDuty, await elsewhere.as('curieux')])
    expect(faultOf(await agree(who, 'autre mot'))).toBe('NOT_FOUND input.personId');
  const [kept] = await scene.sql<{ hash: Buffer; row: string }>(
    'select word_hash as hash, w::text as row from agreed_word w where person_id = $1',
    [file.personId],
  );
  expect(kept?.hash).toHaveLength(32);
  expect(kept?.row).not.toContain('coquelicot');
  const other = await scene.district.person();
  await scene.sql('update case_person set person_id = $1 where case_id = $2 and person_id <> $1', [
    other.id,
    file.id,
  ]);
  await agree(asSuit, 'coquelicot', other.id);
  const hashes = await scene.sql('select distinct word_hash from agreed_word where person_id = any ($1)', [
    [other.id, file.personId],
  ]);
  expect(hashes).toHaveLength(2);
  const hand = await byHand(stage.database, `desk.${scene.name}`, async (by) => [
    await by('select from agreed_word'),
    await by('select say_agreed_word($1, null)', [file.personId]),
    await by(`select where say_agreed_word($1, null)`, [file.personId]),
  ]);
  expect(hand).toEqual(['42501', '1', '0']);
  expect(await scene.sql('select from agreed_word where person_id = $1', [file.personId])).toHaveLength(1);
});

test('her reference and that of a request of hers call at any desk of the county', async () => {
  const [row] = await scene.sql<{ reference: string }>('select reference from person where id = $1', [
    file.personId,
  ]);
  expect(await received({ reference: row?.reference })).toBe(name);
  const id = await scene.waits({ personId: file.personId }, asSuit);
  await scene.sql('update appointment_request set reference = $2 where id = $1', [
    id,
    `D-${scene.name.toUpperCase()}`,
  ]);
  expect(await received({ reference: `d-${scene.name}` })).toBe(name);
  expect(await received({ reference: 'D-INCONNUE' })).toBeNull();
});

test('the secret of what was booked online for her calls, too', async () => {
  await scene.sql('update person set confirm_nothing = false where id = $1', [file.personId]);
  const booked = await scene.booked(
    (await scene.sql<{ id: string }>('select id from worker where subject = $1', [`suit.${scene.name}`]))[0]
      ?.id ?? '',
    scene.at('09:00'),
    { personIds: [file.personId] },
  );
  await scene.sql('update person set confirm_nothing = true where id = $1', [file.personId]);
  const [client] = await scene.sql<{ id: string }>(
    `select id from client where client_id = 'client.booking'`,
  );
  await scene.make.onlineBooking({
    appointmentId: booked,
    clientId: client?.id,
    personId: file.personId,
    secretHash: createHash('sha256').update('un-secret-de-réservation').digest(),
  });
  expect(await received({ reference: 'un-secret-de-réservation' })).toBe(name);
});

test('what is said is one thing, or a name and a word; each counts as a look-up and is logged', async () => {
  for (const said of [{}, { word: 'coquelicot' }, { fullName: name }])
    expect(faultOf(await call(said))).toBe('INVALID_INPUT input');
  await agree(asSuit, 'coquelicot');
  await received({ fullName: name, word: 'coquelicot' });
  await received({ fullName: name, word: 'pissenlit' });
  const lines = await scene.sql<{ line: string }>(
    `select action || ' ' || outcome || ' ' || coalesce((person_id = $1)::text, 'nobody') as line from access_log
      where actor_id = (select id from worker where subject = $2) and action in ('LOOK_UP_PERSON', 'RECORD_VISIT')
      order by id`,
    [file.personId, `desk.${elsewhere.name}`],
  );
  expect(lines.map(({ line }) => line)).toEqual([
    ...Array.from({ length: 3 }, () => [
      'LOOK_UP_PERSON REFUSED nobody',
      'RECORD_VISIT REFUSED nobody',
    ]).flat(),
    'LOOK_UP_PERSON DONE true',
    'RECORD_VISIT DONE true',
    'LOOK_UP_PERSON DONE nobody',
    'RECORD_VISIT DONE nobody',
  ]);
  const agreed = await scene.sql<{ outcome: string }>(
    `select outcome from access_log where action = 'SET_AGREED_WORD' and person_id = $1`,
    [file.personId],
  );
  expect(agreed).toEqual([{ outcome: 'DONE' }]);
});

test('who follows her by another case is told that it was changed', async () => {
  const builder = elsewhere.worker('seconde');
  const second = await builder;
  const other = await builder.case();
  await scene.sql('update case_person set person_id = $1 where case_id = $2', [file.personId, other.id]);
  await agree(asSuit, 'coquelicot');
  expect(
    await scene.sql(`select case_id from notification where worker_id = $1 and kind = 'CONTACT_CHANGED'`, [
      second.id,
    ]),
  ).toEqual([{ case_id: other.id }]);
});
