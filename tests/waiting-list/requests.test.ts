import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { later, today } from '../agenda/agenda.js';
import type { Requester } from '../support/app.js';
import { logIn } from '../support/login.js';
import { faultOf, raiseStage, type Scene, type Stage } from './scene.js';

/** Who may put whom on the list, who judges, and what is refused before anything is written. */
let stage: Stage;
let scene: Scene;
let personId: string;

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  personId = (await scene.person()).id;
});
afterAll(() => stage.close());

async function count(): Promise<number> {
  const [row] = await scene.sql<{ count: number }>(
    'select count(*)::integer as count from appointment_request where district_id = $1',
    [scene.districtId],
  );
  return row?.count ?? -1;
}

/** Asks, and is refused without a trace. */
async function refused(input: Record<string, unknown>, who?: Requester): Promise<string> {
  const before = await count();
  const fault = faultOf(await scene.ask({ personId, ...input }, who));
  expect(await count()).toBe(before);
  return fault;
}

describe('what is refused', () => {
  test.each([
    ['an unknown type', { typeCode: 'TEA' }, 'INVALID_INPUT input.typeCode'],
    ['a mode that the type has not', { mode: 'HOME' }, 'INVALID_INPUT input.mode'],
    ['days that are past', { wantedUntil: later(today(), -1) }, 'INVALID_INPUT input.wantedUntil'],
    ['until today', { wantedUntil: today() }, 'INVALID_INPUT input.wantedUntil'],
    [
      'an end before its start',
      { wantedFrom: later(today(), 9), wantedUntil: later(today(), 8) },
      'INVALID_INPUT input.wantedUntil',
    ],
    ['in another century', { wantedFrom: '1999-12-31' }, 'INVALID_INPUT input.wantedFrom'],
    ['ten years ahead', { wantedFrom: later(today(), 3653) }, 'INVALID_INPUT input.wantedFrom'],
    ['until in ten years', { wantedUntil: later(today(), 3653) }, 'INVALID_INPUT input.wantedUntil'],
    ['nobody', { personId: randomUUID() }, 'NOT_FOUND input.personId'],
    ['no id of anybody', { personId: 'Nour' }, 'NOT_FOUND input.personId'],
    ['no case', { caseId: randomUUID() }, 'NOT_FOUND input.caseId'],
    ['its worker without a case', { caseWorkerOnly: true }, 'INVALID_INPUT input.caseWorkerOnly'],
    ['no appointment', { insteadOfId: randomUUID() }, 'NOT_FOUND input.insteadOfId'],
    ['no worker on duty', { dutyWorkerId: randomUUID() }, 'NOT_FOUND input.dutyWorkerId'],
    ['an urgency, from the desk', { urgency: 'TODAY' }, 'FORBIDDEN'],
  ])('%s', async (_what, input, fault) => {
    expect(await refused(input)).toBe(fault);
  });

  test('another district, another district’s person, case and worker', async () => {
    const elsewhere = await stage.scene();
    const alice = elsewhere.worker('alice');
    const theirs = await alice.case();
    expect(await refused({ districtId: elsewhere.districtId })).toBe('FORBIDDEN');
    expect(await refused({ personId: (await elsewhere.person()).id })).toBe('NOT_FOUND input.personId');
    expect(await refused({ caseId: theirs.id })).toBe('NOT_FOUND input.caseId');
    expect(await refused({ dutyWorkerId: (await alice).id })).toBe('NOT_FOUND input.dutyWorkerId');
  });

  test('to be sooner than what is past, of another type, with two workers, or called off', async () => {
    const [{ id: alice }, { id: bruno }] = [
      await scene.worker('alice', { slots: 4 }),
      await scene.worker('bruno', { slots: 4 }),
    ];
    const insteadOf = async (id: string) => refused({ insteadOfId: id });
    const call = await scene.booked(alice, scene.at('09:00'), {
      typeCode: 'PHONE_CALL',
      personIds: [personId],
    });
    const both = await scene.booked(alice, scene.at('10:00'), {
      workerIds: [alice, bruno],
      personIds: [personId],
    });
    const off = await scene.booked(alice, scene.at('10:30'), { personIds: [personId] });
    const anothers = await scene.booked(alice, scene.at('09:30'), { personIds: [(await scene.person()).id] });
    const long = await scene.booked(bruno, scene.at('09:00'), { personIds: [personId], inARow: 2 });
    await scene.act('cancelAppointment', 'CancelAppointmentInput', {
      id: off,
      expectedVersion: 1,
      by: 'SERVICE',
    });
    expect([
      await insteadOf(call),
      await insteadOf(both),
      await insteadOf(off),
      await insteadOf(anothers),
      await insteadOf(long),
    ]).toEqual([
      'INVALID_INPUT input.insteadOfId',
      'INVALID_INPUT input.insteadOfId',
      'CONFLICT STATE_CHANGED',
      'NOT_FOUND input.insteadOfId',
      'INVALID_INPUT input.insteadOfId',
    ]);
  });

  test('a head puts nobody on the list, and changes nothing of it; they read who waits, never with what', async () => {
    await scene.district.head(`head.${scene.name}`);
    const head = await scene.as('head');
    const id = await scene.waits();
    expect(await refused({}, head)).toBe('FORBIDDEN');
    expect(
      faultOf(await scene.act('withdrawRequest', 'VersionedInput', { id, expectedVersion: 1 }, head)),
    ).toBe('FORBIDDEN');
    const read = await head.send(
      `query ($id: ID!) { appointmentRequest(id: $id) { rank urgency offers { id } type { code } skips { id } } }`,
      { id },
    );
    expect(read.data?.['appointmentRequest']).toEqual({
      rank: 1,
      urgency: 'ORDINARY',
      offers: null,
      type: null,
      skips: null,
    });
  });
});

describe('how urgent it is', () => {
  test('is judged by whom the desk says is on duty, and by no other', async () => {
    const { id: alice } = await scene.worker('alice');
    await scene.worker('bruno');
    const id = await scene.waitsWith(alice);
    const judge = async (who: string | null, urgency: string) => {
      const input = { id, expectedVersion: (await scene.request(id)).version, urgency };
      return faultOf(
        await scene.act(
          'setUrgency',
          'SetUrgencyInput',
          input,
          who === null ? scene.desk : await scene.as(who),
        ),
      );
    };
    expect(await judge('bruno', 'TODAY')).toBe('NOT_FOUND input.id');
    expect(await judge(null, 'TODAY')).toBe('FORBIDDEN');
    expect(await judge('alice', 'TODAY')).toBe('none');
    expect((await scene.request(id)).urgency).toBe('TODAY');
    expect(await judge('alice', 'THIS_WEEK')).toBe('none');
  });

  test('the database says so itself: a desk that got past the API could not', async () => {
    const id = await scene.waits();
    const client = new pg.Client({ connectionString: stage.database.urlAs('cosmos_app') });
    await client.connect();
    try {
      const login = async () =>
        logIn(client, { subject: `desk.${scene.name}`, scopes: ['appointments:read', 'appointments:write'] });
      await client.query('begin');
      await login();
      const change = (column: string) =>
        client.query(`update appointment_request set ${column}, version = version + 1 where id = $1`, [id]);
      expect((await change('wanted_from = current_date')).rowCount).toBe(1);
      await expect(change(`urgency = 'TODAY'`)).rejects.toThrow('urgency is for a social worker to judge');
    } finally {
      await client.end();
    }
  });

  test('whoever asks as a social worker is on duty themselves, and sees what they asked for', async () => {
    await scene.worker('alice');
    const alice = await scene.as('alice');
    const id = await scene.waits({ urgency: 'TODAY' }, alice);
    const { data } = await alice.send(
      `query ($id: ID!) { appointmentRequest(id: $id) { type { code } dutyWorker { givenName } } }`,
      { id },
    );
    expect(data?.['appointmentRequest']).toEqual({
      type: { code: 'FIRST_RECEPTION' },
      dutyWorker: { givenName: `alice.${scene.name}` },
    });
  });
});

describe('changing it', () => {
  test('absent is unchanged, null clears; the rank stays', async () => {
    const id = await scene.waits({ wantedFrom: scene.day(2), wantedUntil: scene.day(4), mode: 'PHONE' });
    await scene.waits();
    await scene.act('changeRequest', 'ChangeRequestInput', { id, expectedVersion: 1, wantedUntil: null });
    const { data } = await scene.desk.send(
      `query ($id: ID!) { appointmentRequest(id: $id) { wantedFrom wantedUntil mode rank version } }`,
      { id },
    );
    expect(data?.['appointmentRequest']).toEqual({
      wantedFrom: scene.day(2),
      wantedUntil: null,
      mode: 'PHONE',
      rank: 1,
      version: 2,
    });
  });

  test('who comes second to a version is told, and changes nothing', async () => {
    const id = await scene.waits();
    const change = { id, expectedVersion: 1, wantedFrom: scene.day(1) };
    const faults = await Promise.all(
      [1, 2, 3].map(() => scene.act('changeRequest', 'ChangeRequestInput', change)),
    );
    expect(faults.map(faultOf).sort()).toEqual([
      'CONFLICT VERSION_CHANGED',
      'CONFLICT VERSION_CHANGED',
      'none',
    ]);
  });

  test('withdrawn, it is over', async () => {
    const id = await scene.waits();
    const input = { id, expectedVersion: 1 };
    expect(faultOf(await scene.act('withdrawRequest', 'VersionedInput', input))).toBe('none');
    const again = { id, expectedVersion: 2 };
    expect(faultOf(await scene.act('withdrawRequest', 'VersionedInput', again))).toBe(
      'CONFLICT STATE_CHANGED',
    );
    expect(faultOf(await scene.act('changeRequest', 'ChangeRequestInput', again))).toBe(
      'CONFLICT STATE_CHANGED',
    );
    expect((await scene.request(id)).rank).toBeNull();
  });

  test('the last day that suits passes, and nobody is offered anything more', async () => {
    await scene.worker('alice');
    const id = await scene.waits({ wantedUntil: scene.day(1) });
    await scene.sql(`update appointment_request set wanted_until = current_date - 1 where id = $1`, [id]);
    expect(await scene.offer()).toBe(0);
    expect((await scene.request(id)).status).toBe('LAPSED');
  });
});

describe('a person for themselves', () => {
  test('waits for a public type, sees that they wait, and neither rank nor urgency', async () => {
    const nour = await scene.online('nour');
    const asked = await scene.ask({}, nour.as);
    expect(faultOf(asked)).toBe('none');
    const { data, codes } = await nour.as.send(
      '{ waitingList { edges { node { status publicLabel rank urgency person { id } } } } }',
    );
    expect(data?.['waitingList'].edges).toEqual([
      {
        node: {
          status: 'WAITING',
          publicLabel: 'Entretien',
          rank: null,
          urgency: null,
          person: { id: nour.id },
        },
      },
    ]);
    expect(codes).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });

  test('not for another, not as urgent, not of a type for the service, and three times at most', async () => {
    const nour = await scene.online('nour');
    expect(await refused({}, nour.as)).toBe('NOT_FOUND input.personId');
    const own = { personId: nour.id };
    expect(await refused({ ...own, urgency: 'TODAY' }, nour.as)).toBe('FORBIDDEN');
    expect(await refused({ ...own, typeCode: 'SOCIAL_ASSESSMENT' }, nour.as)).toBe(
      'INVALID_INPUT input.typeCode',
    );
    const elsewhere = await Promise.all(
      [1, 2, 3].map((nth) => scene.county.district(`${scene.name}.${nth}`)),
    );
    const districts = [scene.districtId, ...elsewhere.map(({ id }) => id)];
    const asks = [...districts, scene.districtId].map((districtId, nth) =>
      scene.ask({ ...own, districtId, typeCode: nth === 4 ? 'FOLLOW_UP' : 'FIRST_RECEPTION' }, nour.as),
    );
    const faults = await Promise.all(asks);
    expect(faults.map(faultOf).sort()).toEqual(['FORBIDDEN', 'FORBIDDEN', 'none', 'none', 'none']);
  });

  test('asks for a sooner time than they booked online; what the desk booked is changed by the desk', async () => {
    const { id: alice } = await scene.worker('alice', { slots: 2, from: 15 });
    const nour = await scene.online('nour');
    const byDesk = await scene.booked(alice, scene.at('09:00', 15), { personIds: [nour.id] });
    await scene.sql('update appointment_person set show_online = true where appointment_id = $1', [byDesk]);
    const booked = await nour.as.send(
      `mutation ($input: BookOnlineInput!) { bookOnline(input: $input) { id } }`,
      {
        input: { districtId: scene.districtId, typeCode: 'FIRST_RECEPTION', startsAt: scene.at('09:30', 15) },
      },
    );
    const online = booked.data?.['bookOnline'].id;
    expect(await refused({ personId: nour.id, insteadOfId: byDesk }, nour.as)).toBe('FORBIDDEN');
    expect(faultOf(await scene.ask({ insteadOfId: online }, nour.as))).toBe('none');
    await scene.worker('bruno', { from: 3 });
    expect(await scene.offer()).toBe(1);
  });

  test('does not see what the desk asks for them, unless it is shown', async () => {
    const nour = await scene.online('nour');
    const id = await scene.waits({ personId: nour.id });
    const read = () => nour.as.send(`query ($id: ID!) { appointmentRequest(id: $id) { id } }`, { id });
    expect((await read()).data?.['appointmentRequest']).toBeNull();
    await scene.act('changeRequest', 'ChangeRequestInput', { id, expectedVersion: 1, showOnline: true });
    expect((await read()).data?.['appointmentRequest']).toEqual({ id });
  });
});
