import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * A confidential address belongs to the case that recorded it, and covers the persons whom its writer names. Nothing goes to an open address
 * beside it. For everyone else the confidential address does not exist, and never did.
 */
let stage: Stage;
let scene: Scene;
let suit: { id: string };
let worker2: { id: string };
let asSuit: Requester;
let asWorker2: Requester;
let file: BuiltCase;
let child: string;
/** The other parent's, about the same child, and worker2's. */
let others: BuiltCase;
const SHELTER = '7 impasse du Refuge';
const OPEN = '3 rue du Domicile';
const FRIEND = 'chez Mme Amie, 9 rue Sûre';

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  const builder = scene.worker('suit', { days: 20, slots: 4 });
  suit = await builder;
  file = await builder.case();
  const second = scene.worker('deux', { days: 20, slots: 4 });
  worker2 = await second;
  others = await second.case();
  [asSuit, asWorker2] = [await scene.as('suit'), await scene.as('deux')];
  child = (await scene.district.person({ givenName: 'Léo' })).id;
  for (const caseId of [file.id, others.id]) await scene.make.casePerson({ caseId, personId: child });
});
afterAll(() => stage.close());

const ADDRESS = 'id address { line confidential version } safeAddress { line }';

async function addressOf(personId: string, caseId: string, who: Requester): Promise<string | null> {
  const answer = await who.send(`query ($id: ID!) { case(id: $id) { persons { ${ADDRESS} } } }`, {
    id: caseId,
  });
  const found = answer.data?.['case']?.persons?.find(({ id }: { id: string }) => id === personId);
  if (found === undefined) throw new Error(answer.text);
  return found.address?.line ?? null;
}

const set = (
  personId: string,
  line: string | null | undefined,
  confidential: boolean,
  who: Requester,
  more: object = {},
): Promise<Answer> =>
  who.send(
    `mutation ($input: SetPersonAddressInput!) { setPersonAddress(input: $input) { id address { line version } } }`,
    { input: { personId, expectedVersion: 0, line, confidential, ...more } },
  );

const shelter = async (expectedVersion = 0, alsoFor?: string[]): Promise<void> => {
  const more = { expectedVersion, ...(alsoFor && { alsoFor }) };
  expect(faultOf(await set(file.personId, SHELTER, true, asSuit, more))).toBe('none');
};

const assign = async (caseId: string, workerId: string | null): Promise<void> => {
  await scene.sql('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [caseId]);
  if (workerId !== null) await scene.make.assignment({ caseId, workerId });
};

/** As a receptionist finds someone: by an appointment of the district. */
async function metAtTheDesk(personId: string, at = '09:30'): Promise<Record<string, unknown>> {
  const id = await scene.booked(worker2.id, scene.at(at), { personIds: [personId] });
  const { data } = await scene.desk.send(
    `query ($id: ID!) { appointment(id: $id) { persons { id address { line version } safeAddress { line } } } }`,
    { id },
  );
  return data?.['appointment'].persons[0];
}

describe('belongs to the case that recorded it', () => {
  test('worker2 opens a second case about someone who was looked up, is assigned it, and reads nothing', async () => {
    await shelter();
    const { reference } = (
      await scene.sql<{ reference: string }>('select reference from person where id = $1', [file.personId])
    )[0] ?? { reference: '' };
    const found = await asWorker2.send(
      `query ($input: PersonLookUpInput!) { personLookUp(input: $input) { id } }`,
      { input: { fullName: 'Ana Petit', reference } },
    );
    const opened = await asWorker2.send(
      `mutation ($input: OpenCaseInput!) { openCase(input: $input) { id } }`,
      {
        input: {
          districtId: scene.districtId,
          mission: 'RSA',
          personIds: [found.data?.['personLookUp'][0].id],
        },
      },
    );
    const secondCase = opened.data?.['openCase'].id;
    await assign(secondCase, worker2.id);
    expect(await addressOf(file.personId, secondCase, asWorker2)).toBeNull();
    expect(await addressOf(file.personId, file.id, asSuit)).toBe(SHELTER);
    // By hand neither.
    const rows = await byHand(stage.database, `deux.${scene.name}`, (hand) =>
      hand('select from person_address where person_id = $1', [file.personId]),
    );
    expect(rows).toBe('0');
    // What they write is their case's, and of no use to them: nothing of the other is changed or told.
    const written = await set(file.personId, 'ailleurs', true, asWorker2);
    expect(written.data?.['setPersonAddress'].address).toEqual({ line: 'ailleurs', version: 1 });
    expect(await addressOf(file.personId, file.id, asSuit)).toBe(SHELTER);
  });

  test('it passes with the assignment, and the stand-in reads it', async () => {
    await shelter();
    const { id: next } = await scene.worker('suivante');
    await assign(file.id, next);
    expect(await addressOf(file.personId, file.id, await scene.as('suivante'))).toBe(SHELTER);
    const rows = await byHand(stage.database, `suit.${scene.name}`, (hand) =>
      hand('select from person_address where person_id = $1', [file.personId]),
    );
    expect(rows).toBe('0');
    await scene.make.relay({ districtId: scene.districtId, absentWorkerId: next, standInId: worker2.id });
    expect(await addressOf(file.personId, file.id, asWorker2)).toBe(SHELTER);
  });

  test('the person’s own login reads neither the address nor where letters go: somebody else may hold the phone', async () => {
    const rosa = await scene.asPerson(file.personId, 'rosa');
    const me = async () => (await rosa.send(`{ me { ${ADDRESS} openAddress { line } } }`)).data?.['me'];
    const before = await me();
    await shelter();
    await scene.make.safeAddress({ personId: file.personId, caseId: file.id, line: FRIEND });
    expect(await me()).toEqual(before);
    expect(before.address).toBeNull();
    const rows = await byHand(
      stage.database,
      `rosa.${scene.name}`,
      async (hand) => [await hand('select from person_address'), await hand('select from safe_address')],
      ['cases:read', 'persons:read'],
      'front.person',
    );
    expect(rows).toEqual(['0', '0']);
  });
});

describe('where the case has nobody, is the duty worker’s on a logged ground', () => {
  const open = (who: Requester, personId = file.personId, ground = 'DANGER') =>
    who.send(
      `mutation ($input: OpenConfidentialAddressInput!) { openConfidentialAddress(input: $input) { line city } }`,
      { input: { personId, ground } },
    );
  const sent = (kind = 'WALK_IN') =>
    scene.desk.send(`mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }`, {
      input: {
        districtId: scene.districtId,
        kind,
        personId: file.personId,
        workerId: worker2.id,
      },
    });

  test('to whom the desk has sent the person that day', async () => {
    await shelter();
    await assign(file.id, null);
    // Not by a visit of one's own making.
    await asWorker2.send(`mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }`, {
      input: { districtId: scene.districtId, kind: 'CALL', personId: file.personId },
    });
    expect(faultOf(await open(asWorker2))).toBe('NOT_FOUND input.personId');
    await sent();
    expect((await open(asWorker2)).data?.['openConfidentialAddress']).toEqual({ line: SHELTER, city: null });
    const logged = await scene.sql(
      `select action, outcome, case_id from access_log where actor_id = $1 and action like 'READ_ADDRESS%' and outcome = 'DONE'
        order by case_id nulls first`,
      [worker2.id],
    );
    expect(logged).toEqual([
      { action: 'READ_ADDRESS_FOR_DANGER', outcome: 'DONE', case_id: null },
      { action: 'READ_ADDRESS_FOR_DANGER', outcome: 'DONE', case_id: file.id },
    ]);
  });

  test('by a call only where there is danger: a voice may be anyone’s', async () => {
    await shelter();
    await assign(file.id, null);
    expect(faultOf(await sent('CALL'))).toBe('none');
    for (const ground of ['PERSON_ASKS', 'HOME_VISIT'])
      expect(faultOf(await open(asWorker2, file.personId, ground))).toBe('NOT_FOUND input.personId');
    const byHandOn = (ground: string) =>
      byHand(stage.database, `deux.${scene.name}`, (hand) =>
        hand('select from address_on_duty($1, $2)', [file.personId, ground]),
      );
    expect([await byHandOn('PERSON_ASKS'), await byHandOn('DANGER')]).toEqual(['0', '1']);
    expect((await open(asWorker2)).data?.['openConfidentialAddress']).toEqual({ line: SHELTER, city: null });
  });

  test('not where someone is assigned, nor of who has none, which is the same', async () => {
    await shelter();
    await sent();
    const [assigned, none] = [await open(asWorker2), await open(asWorker2, child)];
    expect(faultOf(assigned)).toBe('NOT_FOUND input.personId');
    expect(none.text).toBe(assigned.text);
  });
});

describe('covers the persons whom its writer names', () => {
  const letterTo = (personId: string) => scene.sql('select line from letter_address($1)', [personId]);

  test('and nobody else: the other persons of the case keep their address, and letters to them go on', async () => {
    expect(faultOf(await set(child, OPEN, false, asSuit))).toBe('none');
    const before = await metAtTheDesk(child);
    await shelter();
    expect(await metAtTheDesk(child, '10:00')).toEqual(before);
    expect(await addressOf(child, file.id, asSuit)).toBe(OPEN);
    expect(await addressOf(child, others.id, asWorker2)).toBe(OPEN);
    expect(await letterTo(child)).toEqual([{ line: OPEN }]);
  });

  test('the address of a named child that others read stays, and no letter goes there', async () => {
    expect(faultOf(await set(child, OPEN, false, asSuit))).toBe('none');
    const before = await metAtTheDesk(child);
    await shelter(0, [child]);
    expect(await addressOf(child, file.id, asSuit)).toBe(SHELTER);
    expect(await addressOf(child, others.id, asWorker2)).toBe(OPEN);
    expect(await metAtTheDesk(child, '10:00')).toEqual(before);
    expect(await letterTo(child)).toEqual([]);
    const told = await scene.sql(
      `select from notification where worker_id = $1 and kind in ('CONTACT_CHANGED', 'OPEN_ADDRESS_WRITTEN')
        and created_at > now() - interval '1 minute'`,
      [worker2.id],
    );
    // The worker was told of the open address that was written, and of nothing since.
    expect(told).toHaveLength(1);
  });

  test('an open address that is the same place is removed, as anyone who writes one could have done', async () => {
    expect(faultOf(await set(child, '7, impasse du refuge', false, scene.desk))).toBe('none');
    await shelter(0, [child]);
    expect(await addressOf(child, others.id, asWorker2)).toBeNull();
    const { id: removed } = await scene.district.person({ givenName: 'Léo' });
    expect(faultOf(await set(removed, OPEN, false, scene.desk))).toBe('none');
    const gone = await set(removed, null, false, await scene.as('deux'), { expectedVersion: 1 });
    expect(faultOf(gone)).toBe('NOT_FOUND input.personId');
    expect(faultOf(await set(removed, null, false, scene.desk, { expectedVersion: 1 }))).toBe('none');
    // What the desk reads, and what it is answered when it writes again.
    const nameless = async (personId: string, at: string) => {
      const read = JSON.stringify(await metAtTheDesk(personId, at));
      const texts = [read];
      for (const version of [1, 0])
        texts.push((await set(personId, OPEN, false, scene.desk, { expectedVersion: version })).text);
      return texts.join('\n').replaceAll(personId, 'ID');
    };
    expect(await nameless(child, '10:00')).toBe(await nameless(removed, '10:30'));
  });

  test('a person who joins the case later is covered once they are named', async () => {
    const { id: later } = await scene.district.person({ givenName: 'Mia' });
    await set(later, OPEN, false, scene.desk);
    await shelter();
    await scene.make.casePerson({ caseId: file.id, personId: later });
    expect(await addressOf(later, file.id, asSuit)).toBe(OPEN);
    await shelter(1, [later]);
    expect(await addressOf(later, file.id, asSuit)).toBe(SHELTER);
  });

  test('a person who has the address moves along, and is uncovered only by a word about this person', async () => {
    await shelter(0, [child]);
    const next = '1 rue Suivante';
    expect(faultOf(await set(file.personId, next, true, asSuit, { expectedVersion: 1 }))).toBe('none');
    expect(await addressOf(child, file.id, asSuit)).toBe(next);
    expect(faultOf(await set(file.personId, null, true, asSuit, { expectedVersion: 2 }))).toBe('none');
    expect(await addressOf(file.personId, file.id, asSuit)).toBeNull();
    expect(await addressOf(child, file.id, asSuit)).toBe(next);
    expect(faultOf(await set(child, null, true, asSuit, { expectedVersion: 2 }))).toBe('none');
    expect(await addressOf(child, file.id, asSuit)).toBeNull();
  });

  test('a named person must be of the case, and keeps another confidential address of it', async () => {
    const { id: stranger } = await scene.district.person();
    const nobody = '00000000-0000-4000-8000-000000000001';
    for (const id of [stranger, nobody, 'x'])
      expect(faultOf(await set(file.personId, SHELTER, true, asSuit, { alsoFor: [child, id] }))).toBe(
        'NOT_FOUND input.alsoFor',
      );
    expect(faultOf(await set(file.personId, OPEN, false, asSuit, { alsoFor: [child] }))).toBe(
      'INVALID_INPUT input.alsoFor',
    );
    expect(faultOf(await set(file.personId, OPEN, false, scene.desk, { alsoFor: [child] }))).toBe(
      'FORBIDDEN',
    );
    expect(faultOf(await set(child, FRIEND, true, asSuit, { caseId: file.id }))).toBe('none');
    expect(faultOf(await set(file.personId, SHELTER, true, asSuit, { alsoFor: [child] }))).toBe(
      'CONFLICT STATE_CHANGED',
    );
    // The refused act has written nothing.
    expect(await addressOf(file.personId, file.id, asSuit)).toBeNull();
    expect(await addressOf(child, file.id, asSuit)).toBe(FRIEND);
    // The worker of another case of the child names nobody of this case.
    expect(
      faultOf(await set(child, SHELTER, true, asWorker2, { caseId: others.id, alsoFor: [file.personId] })),
    ).toBe('NOT_FOUND input.alsoFor');
  });

  test('the worker sees what others read of a named child, and removes it', async () => {
    expect(faultOf(await set(child, OPEN, false, scene.desk))).toBe('none');
    await shelter(0, [child]);
    const { data } = await asSuit.send(
      'query ($id: ID!) { case(id: $id) { persons { id address { line } openAddress { line version } } } }',
      { id: file.id },
    );
    const read = data?.['case'].persons.find(({ id }: { id: string }) => id === child);
    expect(read).toEqual({
      id: child,
      address: { line: SHELTER },
      openAddress: { line: OPEN, version: 1 },
    });
    expect(faultOf(await set(child, null, false, asSuit, { expectedVersion: 2 }))).toBe(
      'CONFLICT VERSION_CHANGED',
    );
    expect(faultOf(await set(child, null, false, asSuit, { expectedVersion: 1 }))).toBe('none');
    expect(await addressOf(child, others.id, asWorker2)).toBeNull();
    expect(await addressOf(child, file.id, asSuit)).toBe(SHELTER);
    expect(faultOf(await set(child, undefined, true, asSuit, { expectedVersion: 1 }))).toBe(
      'INVALID_INPUT input.line',
    );
  });

  test('nothing is sent to a number that was known before, for covered persons and for nobody else', async () => {
    const named = async () =>
      (
        await scene.sql<{ id: string }>(
          `select p.id from person p where p.id = any ($1) and sendable(p, array['TEXT']::"DispatchChannel"[]) is not null`,
          [[file.personId, child]],
        )
      ).map(({ id }) => id);
    await scene.sql(
      `update person set safe_contact = 'NEUTRAL_TEXT', phone = '06 39 98 77 01' where id = any ($1)`,
      [[file.personId, child]],
    );
    await shelter();
    expect(await named()).toEqual([child]);
    const version = async () =>
      (await scene.sql<{ version: number }>('select version from person where id = $1', [file.personId]))[0]
        ?.version;
    const act = async (mutation: string, type: string, input: object, who: Requester) =>
      faultOf(
        await who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`, {
          input: { ...input, expectedVersion: await version() },
        }),
      );
    const renamed = { id: file.personId, chosenName: 'Rosa' };
    for (const who of [scene.desk, asSuit])
      expect(await act('updatePerson', 'UpdatePersonInput', renamed, who)).toBe('none');
    expect(await named()).toEqual([child]);
    const said = { personId: file.personId, safeContact: 'NEUTRAL_TEXT' };
    expect(await act('setSafeContact', 'SetSafeContactInput', said, asSuit)).toBe('none');
    expect((await named()).sort()).toEqual([file.personId, child].sort());
  });
});

describe('excludes every open one', () => {
  test('the desk writes one beside it, and is answered as where there is none; nothing uses it', async () => {
    await shelter();
    const { id: plain } = await scene.person();
    const [beside, alone] = [
      await set(file.personId, OPEN, false, scene.desk),
      await set(plain, OPEN, false, scene.desk),
    ];
    expect(beside.text.replaceAll(file.personId, '')).toBe(alone.text.replaceAll(plain, ''));
    expect((await metAtTheDesk(file.personId))['address']).toEqual({ line: OPEN, version: 1 });
    expect(await scene.sql('select from letter_address($1)', [file.personId])).toEqual([]);
    expect(await scene.sql('select from letter_address($1)', [plain])).toHaveLength(1);
    // Who follows them is told.
    const told = await scene.sql(
      `select case_id from notification where worker_id = $1 and kind = 'OPEN_ADDRESS_WRITTEN'`,
      [suit.id],
    );
    expect(told).toEqual([{ case_id: file.id }]);
    // What is written since stays as it is read, when the confidential one changes.
    expect(faultOf(await set(file.personId, `${SHELTER} bis`, true, asSuit, { expectedVersion: 1 }))).toBe(
      'none',
    );
    expect(
      await scene.sql('select line from person_address where person_id = $1 and not confidential', [
        file.personId,
      ]),
    ).toEqual([{ line: OPEN }]);
  });

  test('an open address is gone for the desk and for letters once the worker replaces it', async () => {
    expect(faultOf(await set(file.personId, OPEN, false, scene.desk))).toBe('none');
    expect((await metAtTheDesk(file.personId))['address']).toMatchObject({ line: OPEN });
    await shelter(1);
    expect((await metAtTheDesk(file.personId, '10:00'))['address']).toBeNull();
    expect(await scene.sql('select from letter_address($1)', [file.personId])).toEqual([]);
  });

  test('the database removes an open address that is the same place', async () => {
    const { id: other } = await scene.person();
    expect(faultOf(await set(other, SHELTER, false, scene.desk))).toBe('none');
    await scene.make.casePerson({ caseId: others.id, personId: other });
    await scene.make.personAddress({ personId: other, caseId: others.id, line: SHELTER, confidential: true });
    expect(
      await scene.sql('select line from person_address where person_id = $1 and not confidential', [other]),
    ).toEqual([]);
  });

  /** The PDF of the next cancellation, as the desk prints it: whose address it bears. */
  async function letter(at = '09:00'): Promise<string | null> {
    const id = await scene.booked(worker2.id, scene.at(at), { personIds: [file.personId] });
    await scene.act('cancelAppointment', 'CancelAppointmentInput', { id, expectedVersion: 1, by: 'SERVICE' });
    const { data } = await scene.desk.send(
      `query ($id: ID!) { noticesToGive(districtId: $id) { edges { node { letter appointment { id } } } } }`,
      { id: scene.districtId },
    );
    const node = data?.['noticesToGive'].edges.find(
      (edge: { node: { appointment: { id: string } } }) => edge.node.appointment.id === id,
    )?.node;
    return node?.letter ?? null;
  }

  test('the desk sets LETTER and writes an open one: no letter of the next cancellation goes there', async () => {
    await scene.sql(`update person set safe_contact = 'LETTER' where id = $1`, [file.personId]);
    await set(file.personId, OPEN, false, asSuit);
    expect(await letter()).not.toBeNull();
    await shelter(1);
    await set(file.personId, OPEN, false, scene.desk);
    expect(await letter('10:00')).toBeNull();
  });

  test('but the safe postal address that the person named, said by who follows the case that keeps it', async () => {
    await scene.sql(`update person set safe_contact = 'LETTER' where id = $1`, [file.personId]);
    await shelter();
    const safe = (who: Requester, line: string | null, expectedVersion = 0) =>
      who.send(
        `mutation ($input: SetSafeAddressInput!) { setSafeAddress(input: $input) { id safeAddress { line } } }`,
        {
          input: { personId: file.personId, expectedVersion, line },
        },
      );
    expect(faultOf(await safe(scene.desk, OPEN))).toBe('FORBIDDEN');
    expect((await safe(asSuit, FRIEND)).data?.['setSafeAddress'].safeAddress).toEqual({ line: FRIEND });
    expect(await letter()).not.toBeNull();
    const to = async () => (await scene.sql('select line, safe from letter_address($1)', [file.personId]))[0];
    expect(await to()).toEqual({ line: FRIEND, safe: true });
    // A second case says its own. It waits, and letters do not go there once it counts.
    await scene.make.casePerson({ caseId: others.id, personId: file.personId });
    expect((await safe(asWorker2, OPEN)).data?.['setSafeAddress'].safeAddress).toBeNull();
    expect(await to()).toEqual({ line: FRIEND, safe: true });
    await scene.sql(`update contact_word set counts_from = now() where person_id = $1`, [file.personId]);
    await scene.sql('select settle_contact_word()');
    expect(await to()).toEqual({ line: FRIEND, safe: true });
    expect(faultOf(await safe(asSuit, null, 1))).toBe('none');
    expect(await to()).toBeUndefined();
  });

  test('a second case that hides first does not stand before the case that the person had first', async () => {
    await scene.make.casePerson({ caseId: others.id, personId: file.personId });
    await scene.make.personAddress({
      personId: file.personId,
      caseId: others.id,
      line: '66 rue Fausse',
      confidential: true,
    });
    await scene.make.safeAddress({ caseId: others.id, personId: file.personId, line: OPEN });
    await shelter();
    await scene.make.safeAddress({ caseId: file.id, personId: file.personId, line: FRIEND });
    expect(await scene.sql('select line from letter_address($1)', [file.personId])).toEqual([
      { line: FRIEND },
    ]);
  });

  test('no letter reminds of what is to come, and nobody who waits is written to', async () => {
    await scene.sql(`update person set safe_contact = 'LETTER' where id = $1`, [file.personId]);
    await shelter();
    await scene.make.personAddress({ personId: file.personId, line: OPEN });
    const waits = await scene.waits({ personId: file.personId });
    const channel = async () =>
      (
        await scene.sql<{ channel: string | null }>(
          'select offer_channel(r) as channel from appointment_request r where id = $1',
          [waits],
        )
      )[0]?.channel;
    expect(await channel()).toBeNull();
    await scene.sql('delete from person_address where person_id = $1 and confidential', [file.personId]);
    expect(await channel()).toBe('LETTER');
  });
});
