import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * “He has my phone”, and she is logged in on it. Her own login never reads the confidential address, the safe one, or a place that somebody
 * typed. While her contact is suspended, it reads only her name: no address, no appointment, no case. It can only make contact stricter.
 */
let stage: Stage;
let scene: Scene;
let suit: { id: string };
let asSuit: Requester;
let file: BuiltCase;
let rosa: Requester;
let appointment: string;
const SHELTER = 'Foyer du Refuge, 7 impasse Cachée';
const SCOPES = ['cases:read', 'appointments:read', 'appointments:write', 'persons:read', 'directory:read'];

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  const builder = scene.worker('suit', { days: 5, slots: 6 });
  suit = await builder;
  file = await builder.case();
  asSuit = await scene.as('suit');
  await scene.sql(
    `update person set safe_contact = 'NEUTRAL_TEXT', phone = '06 39 98 00 01', given_name = 'Rosa' where id = $1`,
    [file.personId],
  );
  rosa = await scene.asPerson(file.personId, 'rosa', SCOPES);
  const hers = { personId: file.personId, caseId: file.id };
  await scene.make.personAddress({ ...hers, line: '7 impasse Cachée', confidential: true });
  await scene.make.safeAddress({ ...hers, line: 'chez Samia, 3 rue Discrète' });
  await scene.sql('update case_person set show_online = true where case_id = $1', [file.id]);
  const booked = await send(asSuit, 'bookAppointment', 'BookAppointmentInput', {
    districtId: scene.districtId,
    workerIds: [suit.id],
    typeCode: 'FIRST_RECEPTION',
    startsAt: scene.at('09:00'),
    personIds: [file.personId],
    caseId: file.id,
    place: SHELTER,
  });
  appointment = booked.data?.['bookAppointment'].id;
  await scene.sql('update appointment_person set show_online = true where appointment_id = $1', [
    appointment,
  ]);
});
afterAll(() => stage.close());

const send = (who: Requester, mutation: string, type: string, input: unknown): Promise<Answer> =>
  who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`, { input });
const suspend = (who: Requester) =>
  send(who, 'suspendContact', 'SuspendContactInput', { personId: file.personId });

const ME = `{ me { id displayName phone email reference birthDate safeContact contactSuspended
  address { line } openAddress { line } cases { id } referrals { id } noticeReceipts { id } } }`;
const ALL: readonly [string, Record<string, unknown>][] = [
  [ME, {}],
  ['{ appointments(first: 10) { edges { node { id place } } } }', {}],
  ['query ($id: ID!) { appointment(id: $id) { id place } }', { id: 'appointment' }],
  ['{ cases(first: 10) { edges { node { id } } } }', {}],
  ['query ($id: ID!) { case(id: $id) { id } }', { id: 'case' }],
  ['{ calendarFeeds { id } }', {}],
];
const everything = async (): Promise<string> => {
  const texts: string[] = [];
  for (const [query, variables] of ALL) {
    const id = variables['id'] === 'case' ? file.id : appointment;
    const answer = await rosa.send(query, 'id' in variables ? { id } : {});
    expect(answer.errors).toEqual([]);
    texts.push(answer.text);
  }
  return texts.join('\n');
};
const HIDDEN = ['Cachée', 'Discrète'];
const SECRETS = () => ['06 39', appointment, file.id];

describe('whoever holds her logged-in phone', () => {
  test('reads her times while nothing is suspended, and never where she is', async () => {
    const text = await everything();
    for (const secret of SECRETS()) expect(text).toContain(secret);
    for (const secret of HIDDEN) expect(text).not.toContain(secret);
  });

  test('reads her name and nothing else once it is, without a sign in an error', async () => {
    expect(faultOf(await suspend(scene.desk))).toBe('none');
    const text = await everything();
    for (const secret of [...SECRETS(), ...HIDDEN]) expect(text).not.toContain(secret);
    expect((await rosa.send(ME)).data?.['me']).toEqual({
      id: file.personId,
      displayName: 'Rosa Petit',
      phone: null,
      email: null,
      reference: null,
      birthDate: null,
      safeContact: null,
      contactSuspended: null,
      address: null,
      openAddress: null,
      cases: [],
      referrals: [],
      noticeReceipts: [],
    });
    // It is of her, and of nobody else.
    expect(
      (await asSuit.send('query ($id: ID!) { appointment(id: $id) { place } }', { id: appointment })).text,
    ).toContain(SHELTER);
  });

  test('does nothing in her name, but what tightens', async () => {
    await suspend(scene.desk);
    const refused = [
      await send(rosa, 'openCalendarFeed', 'OpenCalendarFeedInput', {}),
      await send(rosa, 'bookOnline', 'BookOnlineInput', {
        districtId: scene.districtId,
        typeCode: 'FIRST_RECEPTION',
        startsAt: scene.at('10:00'),
      }),
      await send(rosa, 'requestAppointment', 'RequestAppointmentInput', {
        districtId: scene.districtId,
        typeCode: 'FIRST_RECEPTION',
      }),
      await send(rosa, 'cancelOnline', 'CancelOnlineInput', { id: appointment, expectedVersion: 1 }),
      await send(rosa, 'setCommunication', 'SetCommunicationInput', {
        personId: file.personId,
        expectedVersion: 1,
        language: 'fsl',
      }),
      await send(rosa, 'setAgreedWord', 'SetAgreedWordInput', { personId: file.personId, word: 'pivoine' }),
      await send(rosa, 'proposeSafeContact', 'ProposeSafeContactInput', {
        personId: file.personId,
        safeContact: 'LETTER',
      }),
    ].map(faultOf);
    expect(new Set(refused)).toEqual(new Set(['FORBIDDEN']));
    expect(faultOf(await suspend(rosa))).toBe('none');
    const confirm = (confirmNothing: boolean) =>
      send(rosa, 'setConfirmNothing', 'SetConfirmNothingInput', { personId: file.personId, confirmNothing });
    expect(faultOf(await confirm(true))).toBe('none');
    expect(faultOf(await confirm(false))).toBe('FORBIDDEN');
    expect(
      await scene.sql('select confirm_nothing as nothing from person where id = $1', [file.personId]),
    ).toEqual([{ nothing: true }]);
    const told = await scene.sql(
      `select from notification where worker_id = $1 and kind = 'CONTACT_CHANGED'`,
      [suit.id],
    );
    expect(told).toHaveLength(1);
  });

  test('and is shown it again once who follows her ends the suspension', async () => {
    await suspend(rosa);
    expect(await everything()).not.toContain('06 39');
    const [{ version } = { version: 0 }] = await scene.sql<{ version: number }>(
      'select version from person where id = $1',
      [file.personId],
    );
    await send(asSuit, 'setSafeContact', 'SetSafeContactInput', {
      personId: file.personId,
      expectedVersion: version,
      safeContact: 'VOICE_TO_ME_ONLY',
    });
    const text = await everything();
    for (const secret of SECRETS()) expect(text).toContain(secret);
    for (const secret of HIDDEN) expect(text).not.toContain(secret);
  });

  test('the third lock holds by hand', async () => {
    const found = () =>
      byHand(
        stage.database,
        `rosa.${scene.name}`,
        async (hand) => {
          const counts: string[] = [];
          for (const table of [
            'person',
            'person_address',
            'safe_address',
            'withheld_place',
            'appointment',
            '"case"',
          ])
            counts.push(await hand(`select from ${table}`));
          return counts;
        },
        SCOPES,
        'front.person',
      );
    expect(await found()).toEqual(['1', '0', '0', '0', '1', '1']);
    await suspend(scene.desk);
    expect(await found()).toEqual(['0', '0', '0', '0', '0', '0']);
  });
});
