import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { later, open, search, searchPublic, starts } from '../agenda/agenda.js';
import type { Answer, Requester } from '../support/app.js';
import { faultOf, raiseStage, type Scene, type Stage } from './scene.js';

/** Hours are kept for persons who must be seen soon. Any worker may keep them. Two working days before, they are for everyone. */
let stage: Stage;
let scene: Scene;
let worker: string;
let alice: Requester;

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  worker = (await scene.district.worker(`alice.${scene.name}`)).id;
  alice = await scene.as('alice');
});
afterAll(() => stage.close());

/** Opens nine to ten on the nth day. On the sixth day, they are still kept today, on each weekday that today may be. */
async function keeps(nth = 5, more: Record<string, unknown> = {}): Promise<Answer> {
  return open(alice, {
    districtId: scene.districtId,
    workerId: worker,
    startsOn: scene.day(nth),
    endsOn: later(scene.day(nth), 1),
    opensAt: '09:00',
    closesAt: '10:00',
    typeCodes: ['FIRST_RECEPTION'],
    modes: ['ON_SITE'],
    ...{ keptForUrgent: true, ...more },
  });
}

function urgentSlots(requestId: string, who = scene.desk): Promise<Answer> {
  return who.send(`query ($id: ID!) { urgentSlots(requestId: $id) { startsAt workers { id } } }`, {
    id: requestId,
  });
}

/** The hours become everyone’s: two working days before has come. */
function given(): Promise<unknown> {
  return scene.sql(`update free_time set kept_until = now() where worker_id = $1`, [worker]);
}

describe('kept hours', () => {
  test('are opened by who keeps the agenda, who reads that they are kept', async () => {
    const opened = await keeps();
    expect(faultOf(opened)).toBe('none');
    const { data } = await alice.send(
      `query ($districtId: ID!, $workerId: ID!) { availabilities(districtId: $districtId, workerId: $workerId) { keptForUrgent } }`,
      { districtId: scene.districtId, workerId: worker },
    );
    expect(data?.['availabilities']).toEqual([{ keptForUrgent: true }]);
  });

  test('are found by no search and by nobody online, until two working days before', async () => {
    await keeps();
    const { as: person } = await scene.online('zoe');
    const filter = { districtId: scene.districtId };
    const found = async (): Promise<string[][]> => [
      starts(await search(scene.desk, filter)),
      starts(await search(alice, { ...filter, workerIds: [worker] })),
      starts(await search(alice, { ...filter, workerIds: [worker], together: true })),
      starts(await searchPublic(person, filter)),
    ];
    expect(await found()).toEqual([[], [], [], []]);
    await given();
    const both = [`${scene.day(5)} 09:00`, `${scene.day(5)} 09:30`];
    expect(await found()).toEqual([both, both, both, both]);
  });

  test('cannot be booked online by who guesses the time', async () => {
    await keeps();
    const { as: person } = await scene.online('zoe');
    const book = (): Promise<Answer> =>
      person.send(`mutation ($input: BookOnlineInput!) { bookOnline(input: $input) { id } }`, {
        input: {
          districtId: scene.districtId,
          typeCode: 'FIRST_RECEPTION',
          mode: 'ON_SITE',
          startsAt: scene.at('09:00', 5),
        },
      });
    expect(faultOf(await book())).toBe('CONFLICT SLOT_TAKEN');
    await given();
    expect(faultOf(await book())).toBe('none');
  });

  test.each([
    // A Thursday is kept until Tuesday, a Monday until Thursday; Christmas Day is no working day.
    ['2026-12-03T09:00:00+01:00', '2026-12-01T00:00:00+01:00'],
    ['2026-12-07T09:00:00+01:00', '2026-12-03T00:00:00+01:00'],
    ['2026-12-29T09:00:00+01:00', '2026-12-24T00:00:00+01:00'],
    // The clock changes between the two days.
    ['2026-10-26T09:00:00+01:00', '2026-10-22T00:00:00+02:00'],
  ])('of %s are everyone’s from %s on', async (startsAt, from) => {
    const [row] = await scene.sql<{ at: Date }>('select open_to_all_from($1) as at', [startsAt]);
    expect(row?.at).toEqual(new Date(from));
  });
});

describe('someone who must be seen soon', () => {
  test('is found a kept time by the desk and by the social worker who judged it, with any worker', async () => {
    await keeps();
    const id = await scene.waits({ urgency: 'THIS_WEEK' }, alice);
    for (const who of [scene.desk, alice])
      expect((await urgentSlots(id, who)).data?.['urgentSlots']).toEqual([
        { startsAt: scene.at('09:00', 5), workers: [{ id: worker }] },
        { startsAt: scene.at('09:30', 5), workers: [{ id: worker }] },
      ]);
  });

  test('is offered a kept time, and nobody else is: the reason is recorded', async () => {
    await keeps(5, { closesAt: '09:30' });
    const ordinary = await scene.waits();
    expect(await scene.offer()).toBe(0);
    // Bruno judges, and Alice receives.
    const { id: bruno } = await scene.district.worker(`bruno.${scene.name}`);
    const urgent = await scene.waitsWith(bruno);
    const judged = { id: urgent, expectedVersion: 1, urgency: 'THIS_WEEK' };
    await scene.act('setUrgency', 'SetUrgencyInput', judged, await scene.as('bruno'));
    await scene.offer();
    expect((await scene.held(urgent))?.startsAt).toBe(scene.at('09:00', 5));
    expect(await scene.held(ordinary)).toBeUndefined();
    const [row] = await scene.sql<{ why: string }>(
      `select why_not(r, 'NEUTRAL_TEXT', $2, '{ON_SITE}', $3, $3::timestamptz + interval '30 minutes')::text as why
        from appointment_request r where id = $1`,
      [ordinary, worker, scene.at('09:00', 5)],
    );
    expect(row?.why).toBe('KEPT_FOR_URGENT');
  });

  test('once judged so: an ordinary request finds no kept time, and says why', async () => {
    await keeps();
    expect(faultOf(await urgentSlots(await scene.waits()))).toBe('INVALID_INPUT requestId');
  });

  test('in the mode that the type has, where another one is wished: a refusal would tell which type it is', async () => {
    await keeps();
    const id = await scene.waits({ urgency: 'THIS_WEEK' }, alice);
    await scene.sql(`update appointment_request set mode = 'HOME' where id = $1`, [id]);
    expect((await urgentSlots(id)).data?.['urgentSlots']).toHaveLength(2);
    await scene.sql('update appointment_request set wanted_from = current_date + 100 where id = $1', [id]);
    expect((await urgentSlots(id)).data?.['urgentSlots']).toEqual([]);
  });

  test('is nobody’s to look for who does not work with the request', async () => {
    await keeps();
    const id = await scene.waits({ urgency: 'THIS_WEEK' }, alice);
    await scene.district.head(`head.${scene.name}`);
    await scene.district.worker(`bruno.${scene.name}`);
    const nothing = '00000000-0000-4000-8000-000000000000';
    for (const name of ['head', 'bruno']) {
      const who = await scene.as(name);
      expect((await urgentSlots(id, who)).text).toBe((await urgentSlots(nothing, who)).text);
    }
  });
});
