import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import type { BuiltCase } from '../support/county.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * A confidential address belongs to the case that recorded it, covers everyone of that case, and excludes every open one: for whoever
 * else asks, there is none, and there never was.
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
  line: string,
  confidential: boolean,
  who: Requester,
  more: object = {},
): Promise<Answer> =>
  who.send(
    `mutation ($input: SetPersonAddressInput!) { setPersonAddress(input: $input) { id address { line version } } }`,
    { input: { personId, expectedVersion: 0, line, confidential, ...more } },
  );

const shelter = async (expectedVersion = 0): Promise<void> => {
  expect(faultOf(await set(file.personId, SHELTER, true, asSuit, { expectedVersion }))).toBe('none');
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

  test('the person reads it', async () => {
    await shelter();
    const rosa = await scene.asPerson(file.personId, 'rosa');
    expect((await rosa.send('{ me { address { line } } }')).data?.['me'].address).toEqual({ line: SHELTER });
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

describe('covers everyone of the case', () => {
  test('a child’s open address is withheld from the other parent’s case, the desk, and letters', async () => {
    expect(faultOf(await set(child, OPEN, false, scene.desk))).toBe('none');
    expect(await addressOf(child, others.id, asWorker2)).toBe(OPEN);
    await shelter();
    expect(await addressOf(child, others.id, asWorker2)).toBeNull();
    expect(await metAtTheDesk(child)).toEqual({ id: child, address: null, safeAddress: null });
    expect(await addressOf(child, file.id, asSuit)).toBe(OPEN);
    expect(await scene.sql('select from letter_address($1)', [child])).toEqual([]);
  });

  test('a child who joins the case later, too', async () => {
    const { id: later } = await scene.district.person({ givenName: 'Mia' });
    await set(later, OPEN, false, scene.desk);
    await shelter();
    expect(await metAtTheDesk(later)).toMatchObject({ address: { line: OPEN } });
    await scene.make.casePerson({ caseId: file.id, personId: later });
    expect(await metAtTheDesk(later, '10:00')).toMatchObject({ address: null });
    expect(await addressOf(later, file.id, asSuit)).toBe(OPEN);
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

  test('which is gone for the desk and for letters once the worker keeps another, in the API and by hand', async () => {
    expect(faultOf(await set(file.personId, OPEN, false, scene.desk))).toBe('none');
    expect((await metAtTheDesk(file.personId))['address']).toMatchObject({ line: OPEN });
    await shelter(1);
    expect((await metAtTheDesk(file.personId, '10:00'))['address']).toBeNull();
    expect(await scene.sql('select from letter_address($1)', [file.personId])).toEqual([]);
    const { id: byHand } = await scene.person();
    await scene.make.casePerson({ caseId: file.id, personId: byHand });
    const { id: other } = await scene.person();
    expect(faultOf(await set(other, OPEN, false, scene.desk))).toBe('none');
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
    // A second case writes its own, and letters do not go there.
    await scene.make.casePerson({ caseId: others.id, personId: file.personId });
    expect((await safe(asWorker2, OPEN)).data?.['setSafeAddress'].safeAddress).toEqual({ line: OPEN });
    expect(await to()).toEqual({ line: FRIEND, safe: true });
    expect(faultOf(await safe(asSuit, null, 1))).toBe('none');
    expect(await to()).toBeUndefined();
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
