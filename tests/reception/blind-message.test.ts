import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * A child in danger, of whose mother nothing is confirmed: who is on duty, elsewhere in the county, reaches the worker who follows her
 * without learning that there is one.
 */
let stage: Stage;
let scene: Scene;
let elsewhere: Scene;
let suit: { id: string };
let duty: { id: string };
let asSuit: Requester;
let asDuty: Requester;
let file: BuiltCase;
let said: { fullName: string; reference: string };

const LOOK_UPS = 6;
const TEXT = 'Rappelez-moi au 06 39 98 00 77 : l’enfant est à l’hôpital.';

beforeAll(async () => {
  stage = await raiseStage({ lookUpsPerHour: LOOK_UPS });
});
beforeEach(async () => {
  scene = await stage.scene();
  elsewhere = await stage.scene();
  const builder = scene.worker('suit');
  suit = await builder;
  file = await builder.case();
  duty = await elsewhere.worker('garde');
  [asSuit, asDuty] = [await scene.as('suit'), await elsewhere.as('garde')];
  await scene.sql('update person set family_name = $2, confirm_nothing = true where id = $1', [
    file.personId,
    `Petit ${scene.name}`,
  ]);
  const [row] = await scene.sql<{ reference: string }>('select reference from person where id = $1', [
    file.personId,
  ]);
  said = { fullName: `Ana Petit ${scene.name}`, reference: row?.reference ?? '' };
});
afterAll(() => stage.close());

const send = (who: Requester, more: Record<string, unknown> = {}): Promise<Answer> =>
  who.send('mutation ($input: SendBlindMessageInput!) { sendBlindMessage(input: $input) { fr en } }', {
    input: { ...said, text: TEXT, ...more },
  });

/** Someone has called, and is the duty worker's. */
const receives = async () => {
  const { errors } = await elsewhere.desk.send(
    'mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }',
    { input: { districtId: elsewhere.districtId, kind: 'CALL', workerId: duty.id } },
  );
  expect(errors).toEqual([]);
};

const queueOf = async (who: Requester) =>
  (await who.send('{ messages { edges { node { text sender { id } person { id displayName } } } } }')).data?.[
    'messages'
  ].edges.map(({ node }: { node: unknown }) => node);

const MESSAGE = () => ({
  text: TEXT,
  sender: { id: duty.id },
  person: { id: file.personId, displayName: `Ana Petit ${scene.name}` },
});

test('reaches the worker who follows her, and answers as of someone unknown', async () => {
  await receives();
  const unknown = await send(asDuty, { reference: 'P-INCONNUE' });
  const hers = await send(asDuty);
  expect(hers.text).toBe(unknown.text);
  expect(hers.data?.['sendBlindMessage'].fr).toMatch(/^Si une personne correspond/);
  expect(hers.data?.['sendBlindMessage'].fr).toMatch(/15, le 17 ou le 119/);
  expect(await queueOf(asSuit)).toEqual([MESSAGE()]);
  expect(await queueOf(asDuty)).toEqual([]);
  expect(
    await scene.sql(`select case_id from notification where worker_id = $1 and kind = 'BLIND_MESSAGE'`, [
      suit.id,
    ]),
  ).toEqual([{ case_id: file.id }]);
  // Who sends it knows her no more than before.
  const knows = await asDuty.send('query ($id: ID!) { casesOfPerson(personId: $id) { id } }', {
    id: file.personId,
  });
  expect(knows.text).toBe(
    (await asDuty.send('query ($id: ID!) { casesOfPerson(personId: $id) { id } }', { id: scene.districtId }))
      .text,
  );
});

test('reaches the stand-in as well, and nobody who only opened the case or has left it', async () => {
  const standIn = await scene.worker('relais');
  await scene.worker('autre');
  await scene.make.relay({ districtId: scene.districtId, absentWorkerId: suit.id, standInId: standIn.id });
  await receives();
  expect(faultOf(await send(asDuty))).toBe('none');
  for (const who of ['suit', 'relais']) expect(await queueOf(await scene.as(who))).toEqual([MESSAGE()]);
  expect(await queueOf(await scene.as('autre'))).toEqual([]);
});

test('is for a technical adviser, and a social worker who receives today; not for the desk, nor a curious colleague', async () => {
  for (const who of [asDuty, elsewhere.desk, scene.desk]) {
    const [hers, unknown] = [await send(who), await send(who, { reference: 'P-INCONNUE' })];
    expect(faultOf(hers)).toBe('FORBIDDEN');
    expect(hers.text).toBe(unknown.text);
  }
  const hand = await byHand(stage.database, `garde.${elsewhere.name}`, async (by) => [
    await by(`select send_blind_message($1, null, $2, null, gen_random_uuid(), '\\x01', 'test', '\\x01')`, [
      said.fullName,
      said.reference,
    ]),
    await by(
      `insert into message (district_id, worker_id, name, text_id, from_worker_id) values ($1, $2, 'x', gen_random_uuid(), $2)`,
      [elsewhere.districtId, duty.id],
    ),
  ]);
  expect(hand).toEqual(['42501', '42501']);
  expect(await queueOf(asSuit)).toEqual([]);
  await elsewhere.worker('cellule');
  await scene.sql(
    `update membership set role = 'TECHNICAL_ADVISER', district_id = null where worker_id = (select id from worker where subject = $1)`,
    [`cellule.${elsewhere.name}`],
  );
  expect(faultOf(await send(await elsewhere.as('cellule')))).toBe('none');
  expect(await queueOf(asSuit)).toHaveLength(1);
});

test('counts as a look-up, and each is in the log, also one that finds nobody or is refused', async () => {
  await receives();
  await send(asDuty);
  await send(asDuty, { reference: 'P-INCONNUE' });
  expect(faultOf(await send(asDuty, { text: ' ' }))).toBe('INVALID_INPUT input.text');
  expect(faultOf(await send(asDuty, { reference: null }))).toBe('INVALID_INPUT input');
  const lines = await scene.sql<{ line: string }>(
    `select outcome || ' ' || coalesce((person_id = $2)::text, 'nobody') as line from access_log
      where actor_id = $1 and action = 'SEND_BLIND_MESSAGE' order by id`,
    [duty.id, file.personId],
  );
  expect(lines.map(({ line }) => line)).toEqual([
    'DONE true',
    'DONE nobody',
    'REFUSED nobody',
    'REFUSED nobody',
  ]);
  await send(asDuty);
  await send(asDuty);
  expect(faultOf(await send(asDuty))).toBe('RATE_LIMITED input');
  expect(await queueOf(asSuit)).toHaveLength(3);
  // Many messages are one notification.
  expect(
    await scene.sql(`select from notification where worker_id = $1 and kind = 'BLIND_MESSAGE'`, [suit.id]),
  ).toHaveLength(1);
});

test('the desk has one sentence for everybody, whoever is asked about', async () => {
  const { data } = await scene.desk.send('{ sentenceForThirdParties { fr en } }');
  expect(data?.['sentenceForThirdParties'].fr).toMatch(/^Le service ne dit à personne/);
  expect(data?.['sentenceForThirdParties'].en).toMatch(/^The service tells nobody/);
});
