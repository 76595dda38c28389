import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { forgetWhoWaited } from '../../src/jobs/tasks.js';
import type { Requester } from '../support/app.js';
import { jobsOf } from '../support/jobs.js';
import { faultOf, raiseStage, type Scene, type Stage } from './scene.js';

/** Someone who gives no name waits like everyone: by a reference on paper, and by a number if they give one. */
let stage: Stage;
let scene: Scene;
let jobs: pg.Pool;

beforeAll(async () => {
  stage = await raiseStage();
  jobs = jobsOf(stage.database, 1);
});
beforeEach(async () => {
  scene = await stage.scene();
});
afterAll(async () => {
  await jobs.end();
  await stage.close();
});

const FIELDS =
  'id version status reference calledName contact phone wantedUntil person { id } appointment { id }';

interface Nameless {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly reference: string;
  readonly calledName: string | null;
  readonly contact: string;
  readonly phone: string | null;
  readonly wantedUntil: string;
  readonly person: { readonly id: string } | null;
  readonly appointment: { readonly id: string } | null;
}

async function read(id: string, who: Requester = scene.desk): Promise<Nameless> {
  const { data } = await who.send(`query ($id: ID!) { appointmentRequest(id: $id) { ${FIELDS} } }`, { id });
  return data?.['appointmentRequest'];
}

const byReference = async (reference: string, who = scene.desk) =>
  who.send(
    `query ($reference: String!) { appointmentRequestByReference(reference: $reference) { ${FIELDS}
      offers { id status version startsAt } } }`,
    { reference },
  );

const nameless = (more: Record<string, unknown> = {}, who = scene.desk): Promise<string> =>
  scene.waits({ personId: null, ...more }, who);

const refused = async (input: Record<string, unknown>): Promise<string> =>
  faultOf(await scene.ask({ personId: null, ...input }));

async function named(id: string, personId: string, who = scene.desk): Promise<string> {
  const { version } = await read(id);
  return faultOf(
    await scene.act('nameRequest', 'NameRequestInput', { id, expectedVersion: version, personId }, who),
  );
}

/** Accepts what is held for them; the appointment. */
async function booked(id: string): Promise<string> {
  const offer = await scene.offered(id);
  expect(faultOf(await scene.answer(offer, true))).toBe('none');
  const { appointment } = await read(id);
  if (appointment === null) throw new Error('nothing is booked');
  return appointment.id;
}

const namesOf = (appointment: string) =>
  scene.sql('select person_id as id from appointment_person where appointment_id = $1', [appointment]);

describe('asking', () => {
  test('takes nothing: no name, no number; a reference to say, and half a year to wait', async () => {
    const request = await read(await nameless());
    expect(request).toMatchObject({ calledName: null, contact: 'NONE', phone: null, person: null });
    expect(request.reference).toMatch(
      /^D-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}$/,
    );
    const days = (Date.parse(request.wantedUntil) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBeGreaterThanOrEqual(181);
    expect(Math.round(days)).toBeLessThanOrEqual(183);
  });

  test('takes a chosen name, and a number with how to use it', async () => {
    const id = await nameless({ calledName: 'Étoile', contact: 'VOICE_TO_ME_ONLY', phone: '06 39 98 00 01' });
    expect(await read(id)).toMatchObject({
      calledName: 'Étoile',
      contact: 'VOICE_TO_ME_ONLY',
      phone: '06 39 98 00 01',
    });
  });

  test('who is known has neither a reference on paper, nor another name', async () => {
    const { id: personId } = await scene.person();
    expect((await read(await scene.waits({ personId }))).reference).toBeNull();
    expect(await refused({ personId, calledName: 'Étoile' })).toBe('INVALID_INPUT input.calledName');
    expect(await refused({ personId, contact: 'NONE' })).toBe('INVALID_INPUT input.contact');
    expect(await refused({ personId, phone: '06 39 98 00 01' })).toBe('INVALID_INPUT input.phone');
  });

  test('a case, an account and an earlier time are of someone', async () => {
    const { id: caseId } = await scene.worker('alice').case();
    const theirs = await scene.booked((await scene.worker('bruno')).id, scene.at('09:00'));
    expect(await refused({ caseId })).toBe('INVALID_INPUT input.personId');
    expect(await refused({ showOnline: true })).toBe('INVALID_INPUT input.personId');
    expect(await refused({ insteadOfId: theirs })).toBe('INVALID_INPUT input.personId');
  });

  test('a number without a way, a way without a number, a letter and a go-between are no contact', async () => {
    const phone = '06 39 98 00 01';
    expect(await refused({ phone })).toBe('INVALID_INPUT input.contact');
    expect(await refused({ contact: 'NEUTRAL_TEXT' })).toBe('INVALID_INPUT input.phone');
    expect(await refused({ contact: 'LETTER', phone })).toBe('INVALID_INPUT input.contact');
    expect(await refused({ contact: 'THROUGH_SOMEONE', phone })).toBe('INVALID_INPUT input.contact');
  });

  test('a social worker asks for their own agenda', async () => {
    await scene.worker('alice');
    const alice = await scene.as('alice');
    const id = await nameless({}, alice);
    expect((await read(id, alice)).reference).toMatch(/^D-/);
    expect(
      await scene.sql('select duty_worker_only as own from appointment_request where id = $1', [id]),
    ).toEqual([{ own: true }]);
  });
});

describe('who reads it', () => {
  test('the desk and who is on duty; the head knows that someone waits, and not by what', async () => {
    const { id: alice } = await scene.worker('alice');
    await scene.worker('bruno');
    await scene.district.head(`head.${scene.name}`);
    const id = await nameless({
      dutyWorkerId: alice,
      calledName: 'Étoile',
      contact: 'NEUTRAL_TEXT',
      phone: '06 39 98 00 01',
    });
    expect((await read(id, await scene.as('alice'))).calledName).toBe('Étoile');
    expect(await read(id, await scene.as('head'))).toMatchObject({
      status: 'WAITING',
      reference: null,
      calledName: null,
      contact: null,
      phone: null,
    });
    expect(await read(id, await scene.as('bruno'))).toBeNull();
  });

  test('by the reference: the desk of the district, in any spelling; another desk finds what does not exist', async () => {
    const { reference, id } = await read(await nameless());
    expect(
      (await byReference(` ${reference.toLowerCase()} `)).data?.['appointmentRequestByReference'].id,
    ).toBe(id);
    const elsewhere = await stage.scene();
    const [other, unknown] = [
      await byReference(reference, elsewhere.desk),
      await byReference('D-0000-0000-00', elsewhere.desk),
    ];
    expect(other.text).toBe(unknown.text);
    expect(other.data?.['appointmentRequestByReference']).toBeNull();
  });

  test('a look-up is logged, found or not, and is one of an operation', async () => {
    const { reference } = await read(await nameless());
    await scene.sql('truncate access_log');
    await byReference(reference);
    await byReference('D-0000-0000-00');
    expect(await scene.sql(`select action, count(*)::integer as count from access_log group by 1`)).toEqual([
      { action: 'LOOK_UP_PERSON', count: 2 },
    ]);
    const two = await scene.desk.send(
      `query ($a: String!) { one: appointmentRequestByReference(reference: $a) { id }
        two: appointmentRequestByReference(reference: "D-0000-0000-00") { id } }`,
      { a: reference },
    );
    expect(two.codes).toEqual(['INVALID_INPUT']);
  });
});

describe('a time is offered', () => {
  test('by the number that they gave, in their turn, and told by people', async () => {
    await scene.worker('alice');
    const id = await nameless({ contact: 'NEUTRAL_TEXT', phone: '06 39 98 00 01' });
    const later = await scene.waits();
    const offer = await scene.offered(id);
    expect(offer).toMatchObject({ channel: 'NEUTRAL_TEXT', startsAt: scene.at('09:00') });
    expect(await scene.held(later)).toBeUndefined();
    const { data } = await scene.desk.send(
      `query ($id: ID!) { offersToGive(districtId: $id) { edges { node { id text letter request { phone calledName } } } } }`,
      { id: scene.districtId },
    );
    expect(data?.['offersToGive'].edges).toEqual([
      {
        node: {
          id: offer.id,
          text: offer.text,
          letter: null,
          request: { phone: '06 39 98 00 01', calledName: null },
        },
      },
    ]);
  });

  test('not while nobody can tell them: it is another’s, and their rank stays; at the desk it is theirs', async () => {
    const { id: alice } = await scene.worker('alice', { slots: 2 });
    const id = await nameless();
    const after = await scene.waits();
    await scene.offer();
    expect(await scene.held(id)).toBeUndefined();
    expect((await scene.held(after))?.worker.id).toBe(alice);
    expect(await scene.skips(id)).toMatchObject([{ reason: 'NOT_REACHABLE' }]);
    expect((await scene.request(id)).rank).toBe(1);
    // They come, and say their reference.
    const { reference } = await read(id);
    expect((await byReference(reference)).data?.['appointmentRequestByReference'].id).toBe(id);
    await scene.present(id);
    expect(await scene.offered(id)).toMatchObject({ channel: 'AT_DESK', startsAt: scene.at('09:30') });
  });

  test('the desk accepts for them: the time is booked for nobody by name, and found by the reference', async () => {
    const { id: alice } = await scene.worker('alice');
    const id = await nameless({ contact: 'VOICE_TO_ME_ONLY', phone: '06 39 98 00 01' });
    const appointment = await booked(id);
    expect(await namesOf(appointment)).toEqual([]);
    expect(
      await scene.sql('select status::text, worker_ids as workers from appointment where id = $1', [
        appointment,
      ]),
    ).toEqual([{ status: 'BOOKED', workers: [alice] }]);
    const found = await byReference((await read(id)).reference);
    expect(found.data?.['appointmentRequestByReference']).toMatchObject({
      status: 'BOOKED',
      appointment: { id: appointment },
    });
  });

  test('one at a time: a second run with another free time leaves the first as it is', async () => {
    await scene.worker('alice', { slots: 3 });
    const id = await nameless({ contact: 'NEUTRAL_TEXT', phone: '06 39 98 00 04' });
    expect([await scene.offer(), await scene.offer()]).toEqual([1, 0]);
    expect((await scene.request(id)).offers).toHaveLength(1);
  });

  test('a deadline that passes costs them nothing', async () => {
    await scene.worker('alice', { slots: 2, days: 2 });
    const id = await nameless({ contact: 'VOICE_TO_ME_ONLY', phone: '06 39 98 00 01' });
    await scene.deadlinePasses((await scene.offered(id)).id);
    await scene.offer();
    expect((await scene.request(id)).rank).toBe(1);
    expect((await scene.held(id))?.startsAt).toBe(scene.at('09:00', 1));
  });
});

describe('how they are reached', () => {
  const change = async (id: string, more: Record<string, unknown>): Promise<string> =>
    faultOf(
      await scene.act('changeRequest', 'ChangeRequestInput', {
        id,
        expectedVersion: (await read(id)).version,
        ...more,
      }),
    );

  test('is ended at any time, and replaced while they are there alone', async () => {
    const id = await nameless({ contact: 'VOICE_TO_ME_ONLY', phone: '06 39 98 00 01' });
    const another = { contact: 'NEUTRAL_TEXT', phone: '06 39 98 00 02' };
    expect(await change(id, another)).toBe('FORBIDDEN');
    expect(await change(id, { calledName: 'Étoile' })).toBe('none');
    expect(await read(id)).toMatchObject({ calledName: 'Étoile', phone: '06 39 98 00 01' });
    expect(await change(id, { contact: 'NONE' })).toBe('none');
    expect(await read(id)).toMatchObject({ contact: 'NONE', phone: null, calledName: 'Étoile' });
    expect(await change(id, another)).toBe('FORBIDDEN');
    await scene.present(id);
    expect(await change(id, another)).toBe('none');
    expect(await read(id)).toMatchObject(another);
  });

  test('is not said of who is known, and what is shown online takes an account', async () => {
    const known = await scene.waits();
    expect(await change(known, { calledName: 'Étoile' })).toBe('INVALID_INPUT input.calledName');
    expect(await change(known, { contact: 'NONE' })).toBe('INVALID_INPUT input.contact');
    expect(await change(await nameless(), { showOnline: true })).toBe('INVALID_INPUT input.showOnline');
  });
});

describe('who they are', () => {
  test('is said once: the name and the number that they gave go, the rank and the reference stay', async () => {
    const id = await nameless({ calledName: 'Étoile', contact: 'VOICE_TO_ME_ONLY', phone: '06 39 98 00 01' });
    const { reference } = await read(id);
    const { id: personId } = await scene.person();
    expect(await named(id, personId)).toBe('none');
    expect(await read(id)).toMatchObject({
      person: { id: personId },
      reference,
      calledName: null,
      contact: 'NONE',
      phone: null,
    });
    expect((await scene.request(id)).rank).toBe(1);
    expect(await named(id, (await scene.person()).id)).toBe('CONFLICT STATE_CHANGED');
  });

  test('makes what is booked theirs', async () => {
    await scene.worker('alice');
    const id = await nameless({ contact: 'VOICE_TO_ME_ONLY', phone: '06 39 98 00 01' });
    const appointment = await booked(id);
    const { id: personId } = await scene.person();
    expect(await named(id, personId)).toBe('none');
    expect(await namesOf(appointment)).toEqual([{ id: personId }]);
  });

  test('is known to who is on duty from then on', async () => {
    const { id: alice } = await scene.worker('alice');
    const id = await nameless({ dutyWorkerId: alice });
    const { id: personId } = await scene.person();
    await named(id, personId);
    expect((await read(id, await scene.as('alice'))).person).toEqual({ id: personId });
  });

  test('is not said of a stranger, of what is over, by who does not change it, or of an older version', async () => {
    const elsewhere = await stage.scene();
    const id = await nameless();
    const { id: personId } = await scene.person();
    expect(await named(id, (await elsewhere.person()).id)).toBe('NOT_FOUND input.personId');
    expect(await named(id, personId, elsewhere.desk)).toBe('NOT_FOUND input.id');
    await scene.district.head(`head.${scene.name}`);
    expect(await named(id, personId, await scene.as('head'))).toBe('FORBIDDEN');
    const stale = { id, expectedVersion: 9, personId };
    expect(faultOf(await scene.act('nameRequest', 'NameRequestInput', stale))).toBe(
      'CONFLICT VERSION_CHANGED',
    );
    await scene.act('withdrawRequest', 'VersionedInput', { id, expectedVersion: 1 });
    expect(await named(id, personId)).toBe('CONFLICT STATE_CHANGED');
    expect((await read(id)).person).toBeNull();
  });

  test('a time that is past tells nothing of what became of it', async () => {
    await scene.worker('alice', { slots: 2 });
    const { id: personId } = await scene.person();
    const faults: string[] = [];
    for (const [status, phone] of [
      ['BOOKED', '06 39 98 00 01'],
      ['HONOURED', '06 39 98 00 02'],
    ]) {
      const id = await nameless({ contact: 'VOICE_TO_ME_ONLY', phone });
      const appointment = await booked(id);
      await scene.sql(
        `update appointment set starts_at = now() - interval '3 days', ends_at = now() - interval '71 hours', status = $2
         where id = $1`,
        [appointment, status],
      );
      faults.push(await named(id, personId));
    }
    expect(faults).toEqual(['CONFLICT STATE_CHANGED', 'CONFLICT STATE_CHANGED']);
  });
});

describe('thirty days later', () => {
  const closedDaysAgo = (id: string, days: number) =>
    scene.sql(`update appointment_request set closed_at = now() - make_interval(days => $2) where id = $1`, [
      id,
      days,
    ]);

  test('the name and the number are gone, of who left the list and of whose time was then', async () => {
    await scene.worker('alice');
    const said = { calledName: 'Étoile', contact: 'VOICE_TO_ME_ONLY', phone: '06 39 98 00 01' };
    const ahead = await nameless(said);
    await booked(ahead);
    const [left, recent, waiting] = [await nameless(said), await nameless(said), await nameless(said)];
    for (const id of [left, recent])
      await scene.act('withdrawRequest', 'VersionedInput', { id, expectedVersion: 1 });
    await closedDaysAgo(left, 31);
    await closedDaysAgo(recent, 29);
    await closedDaysAgo(ahead, 31);
    expect(await forgetWhoWaited(jobs, 1)).toBe(1);
    expect(await read(left)).toMatchObject({ calledName: null, contact: 'NONE', phone: null });
    for (const id of [recent, waiting, ahead]) expect(await read(id)).toMatchObject(said);
    expect(await forgetWhoWaited(jobs)).toBe(0);
  });
});

describe('in figures', () => {
  test('each is a wait', async () => {
    await scene.worker('alice');
    for (let nth = 0; nth < 6; nth += 1) await nameless();
    expect(
      await scene.sql(
        `select count(*)::integer as waits from records_of_still_waiting(now() - interval '1 month', now() + interval '1 day')
         where district_id = $1`,
        [scene.districtId],
      ),
    ).toEqual([{ waits: 6 }]);
    expect(
      await scene.sql(
        `select count(*)::integer as requests from records_of_appointment_requests(now() - interval '1 day', now() + interval '1 day')
         where district_id = $1`,
        [scene.districtId],
      ),
    ).toEqual([{ requests: 6 }]);
  });
});
