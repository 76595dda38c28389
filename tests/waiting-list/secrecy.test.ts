import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { book } from '../agenda/agenda.js';
import type { Requester } from '../support/app.js';
import { logIn } from '../support/login.js';
import { faultOf, raiseStage, type Scene, type Stage } from './scene.js';

/** What an offer, its time, its channel or its version could betray of what is not for whoever sees it. */
let stage: Stage;
let scene: Scene;

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
});
afterAll(() => stage.close());

const reach = (personId: string): Promise<unknown> =>
  scene.sql(`update person set safe_contact = 'NEUTRAL_TEXT', phone = '06' where id = $1`, [personId]);

test('nobody’s sensitive file goes to a colleague with the appointment of someone else', async () => {
  const { id: alice } = await scene.worker('alice', { from: 15 });
  await scene.worker('bruno', { from: 3 });
  const [{ id: personId }, { id: partner }] = [await scene.person(), await scene.person()];
  const appointment = await scene.booked(alice, scene.at('09:00', 15), { personIds: [personId, partner] });
  await scene.sql('update person set sensitive_file = true where id = $1', [partner]);
  await scene.waits({ personId, insteadOfId: appointment });
  expect(await scene.offer()).toBe(0);
});

test('a confidential address is none to the desk, nor is an open one beside it: no letter is offered', async () => {
  await scene.worker('alice', { slots: 1, days: 14 });
  const { id: personId } = await scene.district.person({ safeContact: 'LETTER' });
  const write = (confidential: boolean) => scene.make.personAddress({ personId, confidential });
  await write(true);
  await scene.waits({ personId });
  expect(await scene.offer()).toBe(0);
  await write(false);
  expect(await scene.offer()).toBe(0);
  await scene.sql('delete from person_address where person_id = $1 and confidential', [personId]);
  expect(await scene.offer()).toBe(1);
});

describe('a person’s front end', () => {
  const own = `query ($id: ID!) { appointmentRequest(id: $id) { version offers { startsAt version } } }`;

  test('learns of no appointment that is not shown online, by what it is not offered', async () => {
    const { id: alice } = await scene.worker('alice', { slots: 1 });
    const { id: bruno } = await scene.worker('bruno', { slots: 2 });
    const nour = await scene.online('nour');
    await scene.booked(alice, scene.at('09:00'), { personIds: [nour.id] });
    const asked = await scene.ask({}, nour.as);
    await scene.offer();
    const { data } = await nour.as.send(own, { id: asked.data?.['requestAppointment'].id });
    // Bruno is free then, as everyone may know.
    expect(bruno).toBeDefined();
    expect(data?.['appointmentRequest'].offers).toMatchObject([{ startsAt: scene.at('09:00') }]);
  });

  test('learns neither urgency, nor rank, nor that anyone did anything: by version, order or cursor', async () => {
    await scene.worker('alice', { slots: 4 });
    const { id: duty } = await scene.worker('bruno', { from: 3 });
    const nour = await scene.online('nour');
    const [first, second] = [
      (await scene.ask({ wantedFrom: scene.day(2) }, nour.as)).data?.['requestAppointment'].id,
      (await scene.ask({ wantedFrom: scene.day(2), typeCode: 'FOLLOW_UP' }, nour.as)).data?.[
        'requestAppointment'
      ].id,
    ];
    await scene.offer();
    const list = `{ waitingList { edges { cursor node { id version offers { version } } } } }`;
    await scene.comes(nour.id);
    const before = (await nour.as.send(list)).text;
    const { version } = await scene.request(second);
    const directed = { id: second, expectedVersion: version, dutyWorkerId: duty };
    expect(faultOf(await scene.act('changeRequest', 'ChangeRequestInput', directed))).toBe('none');
    const urgent = { id: second, expectedVersion: version + 1, urgency: 'TODAY' };
    expect(faultOf(await scene.act('setUrgency', 'SetUrgencyInput', urgent, await scene.as('bruno')))).toBe(
      'none',
    );
    await scene.present(second);
    expect((await nour.as.send(list)).text).toBe(before);
    expect((await scene.request(second)).rank).toBe(1);
    // And they go on with the version that they have.
    const withdrawn = { id: second, expectedVersion: 1 };
    expect(faultOf(await scene.act('withdrawRequest', 'VersionedInput', withdrawn, nour.as))).toBe('none');
    expect(faultOf(await scene.act('withdrawRequest', 'VersionedInput', withdrawn, nour.as))).toBe(
      'CONFLICT VERSION_CHANGED',
    );
    expect(first).toBeDefined();
  });

  test('manages what it accepted: it is booked online', async () => {
    await scene.worker('alice', { slots: 2 });
    const nour = await scene.online('nour');
    const id = (await scene.ask({}, nour.as)).data?.['requestAppointment'].id;
    await scene.offer();
    const read = `query ($id: ID!) { appointmentRequest(id: $id) { appointment { id version } offers { id version } } }`;
    const { offers } = (await nour.as.send(read, { id })).data?.['appointmentRequest'] ?? {};
    expect(faultOf(await scene.answer(offers[0], true, nour.as))).toBe('none');
    const { appointment } = (await nour.as.send(read, { id })).data?.['appointmentRequest'] ?? {};
    const cancelled = await nour.as.send(
      `mutation ($input: CancelOnlineInput!) { cancelOnline(input: $input) { status } }`,
      { input: { id: appointment.id, expectedVersion: appointment.version } },
    );
    expect(cancelled.data?.['cancelOnline']).toEqual({ status: 'CANCELLED_BY_PERSON' });
  });
});

describe('a social worker', () => {
  test('asks for their own agenda: whether a file is sensitive makes no difference', async () => {
    await scene.worker('alice', { from: 1 });
    await scene.worker('bruno');
    const alice = await scene.as('alice');
    const times = [];
    for (const sensitiveFile of [false, true]) {
      const { id: personId } = await scene.person({ sensitiveFile });
      const id = await scene.waits({ personId, wantedFrom: scene.day(0) }, alice);
      await scene.offer();
      times.push((await scene.request(id, alice)).offers.map(({ startsAt }) => startsAt));
      await scene.act('withdrawRequest', 'VersionedInput', { id, expectedVersion: 1 }, alice);
    }
    expect(times).toEqual([[scene.at('09:00', 1)], [scene.at('09:00', 1)]]);
  });

  test('does not learn when someone is expected by a colleague', async () => {
    await scene.worker('alice');
    const { id: bruno } = await scene.worker('bruno');
    const { id: personId } = await scene.person();
    await scene.booked(bruno, scene.at('09:00'), { personIds: [personId] });
    const alice = await scene.as('alice');
    const id = await scene.waits({ personId }, alice);
    await scene.offer();
    expect((await scene.request(id, alice)).offers).toMatchObject([{ startsAt: scene.at('09:00') }]);
  });

  test('asks on no case that they do not follow, and for nobody who is not of it', async () => {
    const alice = scene.worker('alice');
    await scene.worker('bruno');
    const ofAlice = await alice.case();
    const ask = (personId: string, who: Requester) => scene.ask({ personId, caseId: ofAlice.id }, who);
    expect(faultOf(await ask(ofAlice.personId, await scene.as('bruno')))).toBe('FORBIDDEN');
    expect(faultOf(await ask((await scene.person()).id, await scene.as('alice')))).toBe(
      'NOT_FOUND input.personId',
    );
    expect(faultOf(await ask(ofAlice.personId, await scene.as('alice')))).toBe('none');
  });
});

describe('what was true when it was offered, and is no longer', () => {
  test.each([
    ['hours that were closed', 'update availability_occurrence set closed = true where worker_id = $1'],
    [
      'a membership that has ended',
      `update membership set ends_at = now() - interval '1 ms' where worker_id = $1`,
    ],
    ['an account that was closed', 'update worker set disabled_at = now() where id = $1'],
  ])('%s: it is taken back, and cannot be accepted before that', async (_what, change) => {
    const { id: alice } = await scene.worker('alice');
    const id = await scene.waits();
    const offer = await scene.offered(id);
    await scene.sql(change, [alice]);
    expect(faultOf(await scene.answer(offer, true))).toBe('CONFLICT STATE_CHANGED');
    await scene.offer();
    expect((await scene.request(id)).offers).toMatchObject([{ status: 'WITHDRAWN' }]);
  });

  test('a safe contact: nobody is told by one that is none', async () => {
    await scene.worker('alice');
    const { id: personId } = await scene.person();
    const id = await scene.waits({ personId });
    await scene.offered(id);
    await scene.sql(`update person set safe_contact = 'NONE' where id = $1`, [personId]);
    await scene.offer();
    expect((await scene.request(id)).offers).toMatchObject([{ status: 'WITHDRAWN' }]);
    // Withdrawn by the service, it may come again.
    await reach(personId);
    expect(await scene.offer()).toBe(1);
  });

  test('where they are: whoever comes is offered what is nearer than what nobody told them of', async () => {
    await scene.worker('alice', { from: 8 });
    const id = await scene.waits();
    expect((await scene.offered(id)).startsAt).toBe(scene.at('09:00', 8));
    await scene.worker('bruno');
    await scene.present(id);
    expect(await scene.offered(id)).toMatchObject({ startsAt: scene.at('09:00'), channel: 'AT_DESK' });
  });

  test('that they are free: booked elsewhere meanwhile, they are not booked twice', async () => {
    await scene.worker('alice');
    const { id: bruno } = await scene.worker('bruno', { from: 1 });
    const { id: personId } = await scene.person();
    const offer = await scene.offered(await scene.waits({ personId }));
    await book(scene.desk, {
      districtId: scene.districtId,
      workerIds: [bruno],
      startsAt: new Date(offer.startsAt),
      personIds: [personId],
    });
    expect(faultOf(await scene.answer(offer, true))).toBe('CONFLICT STATE_CHANGED');
  });
});

test('one person is held one time, however many requests of an older version they have', async () => {
  await scene.worker('alice', { slots: 4 });
  const { districtId, make } = scene;
  const { id: personId } = await scene.person();
  for (let nth = 0; nth < 3; nth += 1)
    await make.appointmentRequest({ districtId, personId, typeCode: 'FIRST_RECEPTION' });
  expect(await scene.offer()).toBe(1);
});

test('past the API, the database refuses a desk what it is not for: presence for ever, versions, a stranger on duty', async () => {
  const id = await scene.waits();
  const elsewhere = await stage.scene();
  const { id: stranger } = await elsewhere.worker('zoe');
  const client = new pg.Client({ connectionString: stage.database.urlAs('cosmos_app') });
  await client.connect();
  try {
    const change = async (columns: string): Promise<string> => {
      await client.query('begin');
      await logIn(client, {
        subject: `desk.${scene.name}`,
        scopes: ['appointments:read', 'appointments:write'],
      });
      const came = await client
        .query(`update appointment_request set ${columns} where id = $1`, [id])
        .then(({ rowCount }) => `${rowCount}`)
        .catch((error: Error) => error.message);
      await client.query('rollback');
      return came;
    };
    expect(await change('wanted_from = current_date, version = version + 1')).toBe('1');
    expect(await change(`present_until = 'infinity', version = version + 1`)).toMatch('the desk says');
    expect(await change('version = version + 7')).toMatch('a version follows');
    expect(await change(`duty_worker_id = '${stranger}', version = version + 1`)).toMatch('the desk says');
    expect(await change(`wanted_until = '5874897-01-01', version = version + 1`)).toMatch(
      'appointment_request_days',
    );
    expect(await change(`status = 'BOOKED', closed_at = now(), version = version + 1`)).toMatch(
      'withdrawn, once',
    );
    await client.query('begin');
    await expect(client.query('select offer_id from occupancy')).rejects.toThrow('permission denied');
  } finally {
    await client.end();
  }
});
