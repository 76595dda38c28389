import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Requester } from '../support/app.js';
import { byHand } from '../support/by-hand.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';

/**
 * At 8:30 a woman comes with her children. She has fled, and no head is there to assign a case. The desk sends her to the duty worker, who
 * opens the case, hides her and the child who is with her, and writes. At 10:00 the head assigns the case.
 */
let stage: Stage;
let scene: Scene;
let duty: { id: string };
let suit: { id: string };
let asDuty: Requester;
let asSuit: Requester;
let asHead: Requester;
let ana: { id: string };
let lea: { id: string };
let tom: { id: string };

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  [duty, suit] = [await scene.worker('garde'), await scene.worker('suit')];
  await scene.worker('collègue');
  await scene.district.head(`head.${scene.name}`);
  await scene.district.receptionist(`desk2.${scene.name}`);
  [asDuty, asSuit, asHead] = [await scene.as('garde'), await scene.as('suit'), await scene.as('head')];
  ana = await scene.person({ givenName: 'Ana', familyName: `Luz ${scene.name}` });
  [lea, tom] = [
    await scene.person({ givenName: 'Léa', familyName: `Luz ${scene.name}`, phone: '' }),
    await scene.person({ givenName: 'Tom', familyName: `Luz ${scene.name}`, phone: '' }),
  ];
});
afterAll(() => stage.close());

const SHELTER = '7 impasse du Refuge';
const TEXT = 'Elle est partie cette nuit avec la petite.';

const send = (who: Requester, mutation: string, type: string, input: object, fields = 'id') =>
  who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`, { input });

async function idOf(answer: Promise<Answer>): Promise<string> {
  const { data, text } = await answer;
  const id = Object.values(data ?? {})[0]?.id;
  if (id === undefined) throw new Error(text);
  return id;
}

const visit = (more: object = {}, who = scene.desk): Promise<string> =>
  idOf(
    send(who, 'recordVisit', 'RecordVisitInput', {
      districtId: scene.districtId,
      kind: 'WALK_IN',
      personId: ana.id,
      workerId: duty.id,
      ...more,
    }),
  );

const opened = (who = asDuty, personIds = [ana.id, lea.id, tom.id]): Promise<string> =>
  idOf(
    send(who, 'openCase', 'OpenCaseInput', {
      districtId: scene.districtId,
      personIds,
      mission: 'POLYVALENCE',
    }),
  );

const hide = (caseId: string | null, more: object = {}, who = asDuty): Promise<Answer> =>
  send(who, 'setPersonAddress', 'SetPersonAddressInput', {
    personId: ana.id,
    caseId,
    line: SHELTER,
    confidential: true,
    expectedVersion: 0,
    alsoFor: [lea.id],
    notFor: [tom.id],
    ...more,
  });

const confirmNothing = (more: object = {}, who = asDuty): Promise<Answer> =>
  send(who, 'setConfirmNothing', 'SetConfirmNothingInput', {
    personId: ana.id,
    confirmNothing: true,
    alsoFor: [lea.id],
    notFor: [tom.id],
    ...more,
  });

const reachBy = (more: object = {}, who = asDuty): Promise<Answer> =>
  send(who, 'setSafeContact', 'SetSafeContactInput', {
    personId: ana.id,
    expectedVersion: 1,
    safeContact: 'VOICE_TO_ME_ONLY',
    phone: '06 39 98 00 77',
    presentAndAlone: true,
    ...more,
  });

async function assign(caseId: string, workerId: string): Promise<void> {
  const [row] = await scene.sql<{ version: number }>('select version from "case" where id = $1', [caseId]);
  const input = { caseId, workerId, expectedVersion: row?.version };
  expect(faultOf(await send(asHead, 'assignCase', 'AssignCaseInput', input))).toBe('none');
}

/** The persons who have the confidential address, by their given names. */
const hidden = async (): Promise<string[]> =>
  (
    await scene.sql<{ name: string }>(
      `select p.given_name as name from person_address a join person p on p.id = a.person_id
        where a.confidential and a.line = $2 and p.district_id = $1 order by 1`,
      [scene.districtId, SHELTER],
    )
  ).map(({ name }) => name);

/** The persons of whom nothing is confirmed, by their given names. */
const unconfirmed = async (): Promise<string[]> =>
  (
    await scene.sql<{ name: string }>(
      'select given_name as name from person where confirm_nothing and district_id = $1 order by 1',
      [scene.districtId],
    )
  ).map(({ name }) => name);

describe('from 8:30 to 10:00', () => {
  /** Everything that a login reads of her, in all the ways in which somebody could look. */
  async function told(who: Requester, caseId: string, encounterId: string): Promise<string> {
    const answers = [];
    for (const [query, variables] of [
      [
        'query ($id: ID!) { case(id: $id) { reference persons { displayName address { line } } } }',
        { id: caseId },
      ],
      ['query ($id: ID!) { encounter(id: $id) { text } }', { id: encounterId }],
      ['{ encounters { edges { node { text } } } }', {}],
      ['{ notifications { edges { node { kind } } } }', {}],
      ['query ($id: ID!) { casesOfPerson(personId: $id) { id } }', { id: ana.id }],
      [
        'query ($d: ID!) { visits(districtId: $d) { edges { node { person { displayName phone address { line } } } } } }',
        { d: scene.districtId },
      ],
    ] as const)
      answers.push((await who.send(query, variables)).text);
    return answers.join('\n');
  }

  async function others(): Promise<[string, Requester][]> {
    const dpo = await scene.district.worker(`dpo.${scene.name}`);
    const adviser = await scene.district.worker(`adviser.${scene.name}`);
    for (const [id, role] of [
      [dpo.id, 'DATA_PROTECTION_OFFICER'],
      [adviser.id, 'TECHNICAL_ADVISER'],
    ])
      await scene.sql('update membership set district_id = null, role = $2::"Role" where worker_id = $1', [
        id,
        role,
      ]);
    const him = await scene.person({ givenName: 'Luc', familyName: `Luz ${scene.name}` });
    return [
      ['the receptionist', scene.desk],
      ['the second receptionist', await scene.as('desk2')],
      ['a colleague', await scene.as('collègue')],
      ['the head', asHead],
      ['the adviser', await scene.as('adviser')],
      ['the officer', await scene.as('dpo')],
      ['his account', await scene.asPerson(him.id, 'luc')],
      ['her account', await scene.asPerson(ana.id, 'ana')],
      ['the booking client', await stage.app.as('client.booking')],
    ];
  }

  test('she is hidden, and what was written goes to the worker who is assigned', async () => {
    const everyone = await others();
    const visitId = await visit();
    const caseId = await opened();
    expect(faultOf(await hide(caseId))).toBe('none');
    expect(faultOf(await confirmNothing())).toBe('none');
    expect([await hidden(), await unconfirmed()]).toEqual([
      ['Ana', 'Léa'],
      ['Ana', 'Léa'],
    ]);
    expect(faultOf(await reachBy({ expectedVersion: 2 }))).toBe('none');
    const encounterId = await idOf(
      send(asDuty, 'recordEncounter', 'RecordEncounterInput', {
        districtId: scene.districtId,
        caseId,
        visitId,
        personId: ana.id,
        text: TEXT,
      }),
    );
    // Until somebody is assigned, the duty worker reads what they wrote.
    const own = await asDuty.send(
      'query ($id: ID!) { case(id: $id) { persons { id displayName } } encounters { edges { node { text forCase { id } } } } }',
      { id: caseId },
    );
    expect(own.data?.['encounters'].edges).toEqual([{ node: { text: TEXT, forCase: { id: caseId } } }]);
    expect(own.data?.['case'].persons).toHaveLength(3);
    const before = await asDuty.send('query ($id: ID!) { visit(id: $id) { person { address { line } } } }', {
      id: visitId,
    });
    expect(before.data?.['visit'].person.address).toEqual({ line: SHELTER });
    for (const [name, who] of everyone) {
      const text = await told(who, caseId, encounterId);
      for (const secret of [TEXT, SHELTER, '0639980077'])
        expect({ name, found: text.includes(secret) }).toEqual({ name, found: false });
    }
    // The desk reads another visit in place of hers, since nothing is confirmed of her (decision 0078).
    const [shown] = await scene.sql<{ id: string; version: number }>(
      'select id, version from visit where known_id = $1',
      [visitId],
    );
    expect(
      faultOf(
        await send(scene.desk, 'closeVisit', 'CloseVisitInput', {
          id: shown?.id,
          expectedVersion: shown?.version,
          outcome: 'LEFT',
        }),
      ),
    ).toBe('none');
    // She has gone: the right has ended.
    expect(faultOf(await confirmNothing({ confirmNothing: false }))).toBe('FORBIDDEN');
    expect(faultOf(await hide(caseId, { expectedVersion: 1 }))).toBe('FORBIDDEN');

    await assign(caseId, suit.id);
    const received = await asSuit.send(
      `query ($id: ID!) { case(id: $id) { persons { displayName confirmNothing safeContact address { line } } }
        encounters { edges { node { text case { id } } } } notifications { edges { node { kind } } } }`,
      { id: caseId },
    );
    const persons: { displayName: string }[] = received.data?.['case'].persons;
    expect(persons.find(({ displayName }) => displayName.startsWith('Ana'))).toMatchObject({
      confirmNothing: true,
      safeContact: 'VOICE_TO_ME_ONLY',
      address: { line: SHELTER },
    });
    expect(persons.find(({ displayName }) => displayName.startsWith('Léa'))).toMatchObject({
      confirmNothing: true,
      address: { line: SHELTER },
    });
    expect(received.data?.['encounters'].edges).toEqual([{ node: { text: TEXT, case: { id: caseId } } }]);
    const kinds = received.data?.['notifications'].edges.map(
      ({ node }: { node: { kind: string } }) => node.kind,
    );
    expect(kinds.sort()).toEqual(['CASE_ASSIGNED', 'CONTACT_CHANGED', 'ENCOUNTER_PASSED_ON']);
    // The duty worker reads none of it any more, like everybody else.
    for (const [name, who] of [...everyone, ['the duty worker', asDuty] as const]) {
      const text = await told(who, caseId, encounterId);
      const secrets = name === 'her account' ? [TEXT] : [TEXT, SHELTER];
      for (const secret of secrets)
        expect({ name, found: text.includes(secret) }).toEqual({ name, found: false });
    }
  });

  test('what she said before there was a case counts in the case that is opened', async () => {
    await visit();
    expect(faultOf(await confirmNothing({ alsoFor: [], notFor: [] }))).toBe('none');
    const caseId = await opened();
    expect(faultOf(await hide(caseId))).toBe('none');
    await assign(caseId, suit.id);
    // A second case about her does not take it back.
    const second = await scene.district.case();
    await scene.make.casePerson({ caseId: second.id, personId: ana.id });
    const other = await scene.worker('autre');
    await assign(second.id, other.id);
    const back = await confirmNothing(
      { confirmNothing: false, alsoFor: null, notFor: null },
      await scene.as('autre'),
    );
    expect(faultOf(back)).toBe('FORBIDDEN');
    expect(
      faultOf(await confirmNothing({ confirmNothing: false, alsoFor: null, notFor: null }, asSuit)),
    ).toBe('none');
  });
});

describe('the duty worker answers for each child', () => {
  test('a child without an answer is an error, and nothing is written', async () => {
    await visit();
    const caseId = await opened();
    for (const answers of [
      { alsoFor: [lea.id], notFor: [] },
      { alsoFor: null, notFor: null },
      { alsoFor: [lea.id, tom.id], notFor: [tom.id] },
    ]) {
      expect(faultOf(await hide(caseId, answers))).toBe('INVALID_INPUT input.alsoFor');
      expect(faultOf(await confirmNothing(answers))).toBe('INVALID_INPUT input.alsoFor');
    }
    expect([await hidden(), await unconfirmed()]).toEqual([[], []]);
  });

  test('a person who is not of the case is not found', async () => {
    await visit();
    const caseId = await opened();
    const stranger = await scene.person();
    for (const list of ['alsoFor', 'notFor']) {
      const answers = { alsoFor: [lea.id], notFor: [tom.id], [list]: [lea.id, tom.id, stranger.id] };
      expect(faultOf(await hide(caseId, answers))).toBe(`NOT_FOUND input.${list}`);
    }
  });

  test('a wrong answer can be taken back while she is there', async () => {
    await visit();
    const caseId = await opened();
    await hide(caseId, { alsoFor: [lea.id, tom.id], notFor: [] });
    expect(await hidden()).toEqual(['Ana', 'Léa', 'Tom']);
    expect(faultOf(await hide(caseId, { expectedVersion: 1 }))).toBe('none');
    expect(await hidden()).toEqual(['Ana', 'Léa']);
  });

  test('a child with another worker is hidden too, and that worker is told', async () => {
    const other = await scene.district.case();
    await scene.make.casePerson({ caseId: other.id, personId: lea.id });
    await assign(other.id, suit.id);
    await visit();
    const caseId = await opened();
    // A false visit would otherwise put an address on people of another worker, who could not remove it.
    expect(faultOf(await hide(caseId))).toBe('NOT_FOUND input.alsoFor');
    expect(await hidden()).toEqual([]);
    expect(faultOf(await confirmNothing())).toBe('none');
    expect(await unconfirmed()).toEqual(['Ana', 'Léa']);
    expect(
      await scene.sql(
        `select from notification where worker_id = $1 and case_id = $2 and kind = 'CONTACT_CHANGED'`,
        [suit.id, other.id],
      ),
    ).toHaveLength(1);
  });
});

test('a second duty worker loosens nothing, and the first one is told that the address was read', async () => {
  const second = await scene.worker('seconde');
  const asSecond = await scene.as('seconde');
  await visit();
  await hide(await opened());
  await confirmNothing();
  const [{ reference } = { reference: '' }] = await scene.sql<{ reference: string }>(
    'select reference from person where id = $1',
    [ana.id],
  );
  const called = await scene.desk.send(
    'mutation ($input: CallDutyWorkerInput!) { callDutyWorker(input: $input) { id } }',
    { input: { districtId: scene.districtId, reference, workerId: second.id } },
  );
  expect(called.errors).toEqual([]);
  expect(faultOf(await confirmNothing({ confirmNothing: false, alsoFor: [], notFor: [] }, asSecond))).toBe(
    'FORBIDDEN',
  );
  expect(await unconfirmed()).toEqual(['Ana', 'Léa']);
  const read = (ground: string) =>
    send(
      asSecond,
      'openConfidentialAddress',
      'OpenConfidentialAddressInput',
      { personId: ana.id, ground },
      'line',
    );
  expect(faultOf(await read('PERSON_ASKS'))).toBe('none');
  expect(
    await scene.sql(`select from notification where worker_id = $1 and kind::text = 'ADDRESS_READ'`, [
      duty.id,
    ]),
  ).toHaveLength(1);
});

describe('nobody else has the right', () => {
  const tries = async (caseId: string | null, who = asDuty): Promise<string[]> => [
    faultOf(await hide(caseId, {}, who)),
    faultOf(await confirmNothing({}, who)),
  ];

  test('not by a visit that the worker recorded, a call, or a visit that a colleague passed on: the desk has not sent her', async () => {
    await visit({}, asDuty);
    const caseId = await opened();
    expect(await tries(caseId)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    await visit({ kind: 'CALL' });
    expect(await tries(caseId)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    const asColleague = await scene.as('collègue');
    const [colleague] = await scene.sql<{ id: string }>('select id from worker where subject = $1', [
      `collègue.${scene.name}`,
    ]);
    const id = await visit({ workerId: colleague?.id }, asColleague);
    const passed = { id, expectedVersion: 1, workerId: duty.id };
    expect(faultOf(await send(asColleague, 'directVisit', 'DirectVisitInput', passed))).toBe('FORBIDDEN');
    expect(await tries(caseId)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });

  test('not yesterday’s visit', async () => {
    const id = await visit();
    const caseId = await opened();
    await scene.sql('update visit set day = day - 1 where id = $1', [id]);
    expect(await tries(caseId)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });

  test('not once a case of hers has an assigned worker: only that worker’s word counts', async () => {
    await visit();
    const caseId = await opened();
    await hide(caseId);
    const second = await scene.district.case();
    await scene.make.casePerson({ caseId: second.id, personId: ana.id });
    await assign(second.id, suit.id);
    expect(faultOf(await hide(caseId, { expectedVersion: 1 }))).toBe('FORBIDDEN');
    expect(faultOf(await confirmNothing())).toBe('FORBIDDEN');
    // How she is reached waits for that worker's yes.
    const reached = () => scene.sql('select safe_contact, phone from person where id = $1', [ana.id]);
    const before = await reached();
    expect(faultOf(await reachBy())).toBe('none');
    expect(await reached()).toEqual(before);
    // Anyone who serves her may still close every channel.
    const suspended = { personId: ana.id };
    expect(faultOf(await send(asDuty, 'suspendContact', 'SuspendContactInput', suspended))).toBe('none');
    expect(
      await byHand(stage.database, `garde.${scene.name}`, async (hand) => [
        await hand(`update person_address set line = 'x' where person_id = $1`, [ana.id]),
        await hand('select where set_confirm_nothing($1, true)', [ana.id]),
        await hand('select where serves_unfollowed($1)', [ana.id]),
      ]),
    ).toEqual(['0', '0', '0']);
  });

  test('not in a case that somebody else has opened: the duty worker does not learn its persons, either', async () => {
    await visit();
    const theirs = await opened(await scene.as('collègue'));
    expect(faultOf(await hide(theirs))).toBe('NOT_FOUND input.caseId');
    expect(faultOf(await hide(scene.districtId))).toBe('NOT_FOUND input.caseId');
    // No other person is in a case that the duty worker has opened.
    expect(faultOf(await confirmNothing())).toBe('NOT_FOUND input.alsoFor');
    expect(faultOf(await confirmNothing({ alsoFor: [], notFor: [] }))).toBe('none');
  });

  test('not a colleague, the desk or the head', async () => {
    await visit();
    const caseId = await opened();
    expect(await tries(caseId, scene.desk)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(await tries(caseId, await scene.as('collègue'))).toEqual([
      'NOT_FOUND input.personId',
      'NOT_FOUND input.personId',
    ]);
    expect(await tries(caseId, asHead)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });

  test('it opens nothing that others wrote: the open address of a child that the case takes over', async () => {
    await scene.make.personAddress({ personId: lea.id, line: '3 rue de la Grand-Mère' });
    await visit();
    const caseId = await opened();
    await hide(caseId);
    expect(
      await byHand(stage.database, `garde.${scene.name}`, (hand) =>
        hand(`select from person_address where line = '3 rue de la Grand-Mère'`),
      ),
    ).toBe('0');
  });

  test('a case is opened for her even if nothing is confirmed of her, but only by the worker who serves her', async () => {
    await scene.sql('update person set confirm_nothing = true where id = $1', [ana.id]);
    const input = { districtId: scene.districtId, personIds: [ana.id], mission: 'POLYVALENCE' };
    expect(faultOf(await send(asDuty, 'openCase', 'OpenCaseInput', input))).toBe('NOT_FOUND input.personIds');
    await scene.sql('update person set confirm_nothing = false where id = $1', [ana.id]);
    await visit();
    await scene.sql('update person set confirm_nothing = true where id = $1', [ana.id]);
    expect(faultOf(await send(asDuty, 'openCase', 'OpenCaseInput', input))).toBe('none');
    expect(faultOf(await send(await scene.as('collègue'), 'openCase', 'OpenCaseInput', input))).toBe(
      'NOT_FOUND input.personIds',
    );
  });

  test('each attempt is in the log', async () => {
    await visit();
    await confirmNothing({ alsoFor: [], notFor: [] });
    await confirmNothing({ alsoFor: [], notFor: [] }, await scene.as('collègue'));
    const lines = await scene.sql<{ line: string }>(
      `select outcome as line from access_log where person_id = $1 and action = 'SET_CONFIRM_NOTHING' order by id`,
      [ana.id],
    );
    expect(lines.map(({ line }) => line)).toEqual(['DONE', 'REFUSED']);
  });
});

test('a second case that hides another address later does not replace the first address', async () => {
  const second = await scene.worker('seconde');
  const asSecond = await scene.as('seconde');
  await visit();
  await hide(await opened());
  const other = await scene.district.case();
  await scene.make.casePerson({ caseId: other.id, personId: ana.id });
  await scene.make.personAddress({
    personId: ana.id,
    caseId: other.id,
    line: '1 rue Fausse',
    confidential: true,
  });
  await visit({ workerId: second.id });
  const read = await send(
    asSecond,
    'openConfidentialAddress',
    'OpenConfidentialAddressInput',
    { personId: ana.id, ground: 'PERSON_ASKS' },
    'line',
  );
  expect(read.data).toEqual({ openConfidentialAddress: { line: SHELTER } });
});
