import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { book, cancel, later, today } from '../agenda/agenda.js';
import { openHours } from '../support/county.js';
import { faultOf, type Offered, raiseStage, type Scene, type Stage } from './scene.js';

/** A time that is freed at short notice: three who agreed are asked, the first yes has it, and nobody loses anything. */
const HOUR = 3_600_000;
const AGREES = { shortNoticeFrom: '08:00', shortNoticeUntil: '20:00' };

let stage: Stage;
let scene: Scene;
let numbers = 0;

beforeAll(async () => {
  stage = await raiseStage();
});
beforeEach(async () => {
  scene = await stage.scene();
  // Tests run at any hour, so here each hour is an hour to ask in. What the real function says is asked of it below.
  await stage.database.sql(`create or replace function asking_ends_at(p_request appointment_request) returns timestamptz
    language sql stable return case when p_request.short_notice_from is not null then now() + interval '5 hours' end`);
});
afterAll(() => stage.close());

/** Someone with a number of their own. */
function reachable(more: Parameters<Scene['person']>[0] = {}): Promise<{ id: string }> {
  numbers += 1;
  return scene.person({ phone: `06 39 98 ${String(1000 + numbers)}`, ...more });
}

/** Someone waits and agreed to be asked at short notice. */
async function agrees(more: Record<string, unknown> = {}): Promise<string> {
  return scene.waits({ personId: (await reachable()).id, ...AGREES, ...more });
}

interface Opening {
  readonly hours?: number;
  readonly times?: number;
  readonly name?: string;
}

/** A worker is open for half-hour receptions, from so many hours from now on. Returns the worker and the first start. */
async function opens({ hours = 4, times = 1, name = 'alice' }: Opening = {}): Promise<{
  id: string;
  startsAt: string;
}> {
  const { id } = await scene.district.worker(`${name}.${scene.name}`);
  const { id: availabilityId } = await openHours(stage.database, id, scene.districtId, {
    types: ['FIRST_RECEPTION'],
    until: later(today(), 5),
    weekdays: [],
  });
  const startsAt = new Date(Math.ceil((Date.now() + hours * HOUR) / 900_000) * 900_000);
  await scene.make.availabilityOccurrence({
    availabilityId,
    startsAt,
    endsAt: new Date(startsAt.getTime() + times * (HOUR / 2)),
  });
  return { id, startsAt: startsAt.toISOString() };
}

async function offersOf(id: string): Promise<readonly string[]> {
  return (await scene.request(id)).offers.map(({ status }) => status);
}

async function asked(id: string): Promise<Offered> {
  const found = (await scene.request(id)).offers.find(({ status }) => status === 'ASKED');
  if (found === undefined) throw new Error('nobody asked them');
  return found;
}

describe('a time freed for this afternoon', () => {
  test('is asked of the first three who agreed, and held for none of them', async () => {
    const { id: alice, startsAt } = await opens();
    const silent = await scene.waits({ personId: (await reachable()).id });
    const waiting = [await agrees(), await agrees(), await agrees(), await agrees()];
    expect(await scene.offer()).toBe(3);
    expect(await Promise.all(waiting.map(offersOf))).toEqual([['ASKED'], ['ASKED'], ['ASKED'], []]);
    expect(await offersOf(silent)).toEqual([]);
    const offer = await asked(waiting[0] ?? '');
    expect(offer.startsAt).toBe(startsAt);
    expect(offer.text).toMatch(/Elle va à la première réponse.*Sans réponse, rien ne change\./);
    // A desk may still give it to a person who is there.
    const taken = await book(scene.desk, {
      districtId: scene.districtId,
      workerIds: [alice],
      startsAt: new Date(startsAt),
    });
    expect(faultOf(taken)).toBe('none');
    expect(await Promise.all(waiting.map(offersOf))).toEqual([['TAKEN'], ['TAKEN'], ['TAKEN'], []]);
  });

  test('goes to the first yes; the others are told that it is taken, and keep their rank', async () => {
    await opens();
    const [first, second, third] = [await agrees(), await agrees(), await agrees()];
    await scene.offer();
    const [slow, quick] = [await asked(first), await asked(second)];
    expect(faultOf(await scene.answer(quick, true))).toBe('none');
    expect((await scene.request(second)).status).toBe('BOOKED');
    expect(faultOf(await scene.answer(slow, true))).toBe('CONFLICT SLOT_TAKEN');
    expect(await Promise.all([first, second, third].map(offersOf))).toEqual([
      ['TAKEN'],
      ['ACCEPTED'],
      ['TAKEN'],
    ]);
    expect([(await scene.request(first)).rank, (await scene.request(third)).rank]).toEqual([1, 2]);
  });

  test('has one yes of three that come together', async () => {
    await opens();
    const waiting = [await agrees(), await agrees(), await agrees()];
    await scene.offer();
    const offers = await Promise.all(waiting.map(asked));
    const faults = await Promise.all(offers.map(async (offer) => faultOf(await scene.answer(offer, true))));
    expect(faults.sort()).toEqual(['CONFLICT SLOT_TAKEN', 'CONFLICT SLOT_TAKEN', 'none']);
    const [held] = await scene.sql<{ count: number }>(
      'select count(*)::integer from occupancy where district_id = $1',
      [scene.districtId],
    );
    expect(held?.count).toBe(1);
  });

  test('is asked of the next three when the first said no or nothing, and never twice of anyone', async () => {
    await opens();
    const waiting = [await agrees(), await agrees(), await agrees(), await agrees()];
    await scene.offer();
    const [no, ...silent] = waiting.slice(0, 3);
    expect(faultOf(await scene.answer(await asked(no ?? ''), false))).toBe('none');
    for (const id of silent) await scene.deadlinePasses((await asked(id)).id);
    expect(await scene.offer()).toBe(1);
    expect(await Promise.all(waiting.map(offersOf))).toEqual([
      ['DECLINED'],
      ['EXPIRED'],
      ['EXPIRED'],
      ['ASKED'],
    ]);
    // A no at short notice lets no day go: the same day can still be held for them.
    const [row] = await scene.sql<{ ranges: string }>(
      `select let_go(id, 'NEUTRAL_TEXT')::text as ranges from appointment_request where id = $1`,
      [no],
    );
    expect(row?.ranges).toBe('{}');
  });

  test('goes to a person who is there before anyone is asked', async () => {
    await opens();
    const away = await agrees();
    const there = await scene.waits({ personId: (await reachable()).id });
    await scene.present(there);
    await scene.offer();
    expect([await offersOf(away), await offersOf(there)]).toEqual([[], ['HELD']]);
  });

  test('is asked of nobody when it begins in less than two hours', async () => {
    await opens({ hours: 1.5 });
    await agrees();
    expect(await scene.offer()).toBe(0);
  });

  test('moves the appointment of a person who has one, and frees its time', async () => {
    const { startsAt } = await opens();
    const { id: bruno } = await scene.worker('bruno', { from: 8 });
    const { id: personId } = await reachable();
    const insteadOfId = await scene.booked(bruno, scene.at('09:00', 8), { personIds: [personId] });
    const id = await scene.waits({ personId, insteadOfId, ...AGREES });
    await scene.offer();
    expect(faultOf(await scene.answer(await asked(id), true))).toBe('none');
    const [moved] = await scene.sql<{ starts_at: Date }>('select starts_at from appointment where id = $1', [
      insteadOfId,
    ]);
    expect(moved?.starts_at.toISOString()).toBe(startsAt);
    const [left] = await scene.sql<{ count: number }>(
      'select count(*)::integer from occupancy where worker_id = $1',
      [bruno],
    );
    expect(left?.count).toBe(0);
  });

  test('that begins after a day is held for a person without an appointment, as ever', async () => {
    await opens({ hours: 30 });
    const id = await agrees();
    await scene.offer();
    expect(await offersOf(id)).toEqual(['HELD']);
  });

  test('is not held for the next on the list while others are asked for it', async () => {
    await opens({ hours: 30 });
    const { id: bruno } = await scene.worker('bruno', { from: 8 });
    const { id: personId } = await reachable();
    const insteadOfId = await scene.booked(bruno, scene.at('09:00', 8), { personIds: [personId] });
    const first = await scene.waits({ personId, insteadOfId, ...AGREES });
    await scene.offer();
    const next = await scene.waits({ wantedUntil: later(today(), 4) });
    await scene.offer();
    expect([await offersOf(first), await offersOf(next)]).toEqual([['ASKED'], []]);
  });
});

describe('a question', () => {
  test('keeps no time from them: one that is freed meanwhile is held for them, in their turn', async () => {
    await opens();
    const first = await agrees();
    const next = await scene.waits({ personId: (await reachable()).id });
    await scene.offer();
    expect([await offersOf(first), await offersOf(next)]).toEqual([['ASKED'], []]);
    await scene.worker('bruno', { from: 5 });
    await scene.offer();
    expect([(await offersOf(first)).slice().sort(), await offersOf(next)]).toEqual([['ASKED', 'HELD'], []]);
    // A yes to one ends the other.
    expect(faultOf(await scene.answer(await asked(first), true))).toBe('none');
    expect((await offersOf(first)).slice().sort()).toEqual(['ACCEPTED', 'WITHDRAWN']);
  });

  test('ends with the hours that the person said', async () => {
    await opens();
    await stage.database.sql(`create or replace function asking_ends_at(p_request appointment_request) returns timestamptz
      language sql stable return now() + interval '20 minutes'`);
    const id = await agrees();
    await scene.offer();
    expect(Date.parse((await asked(id)).answerBy)).toBeLessThanOrEqual(Date.now() + 20 * 60_000);
    await stage.database.sql(`create or replace function asking_ends_at(p_request appointment_request) returns timestamptz
      language sql stable return now() + interval '10 minutes'`);
    const later = await agrees();
    await scene.offer();
    expect(await offersOf(later)).toEqual([]);
  });
});

describe('someone who gave no name', () => {
  test('is asked at the number that they gave, once', async () => {
    await opens();
    await scene.worker('bruno', { slots: 2, from: 5 });
    numbers += 1;
    const said = { calledName: 'Étoile', contact: 'NEUTRAL_TEXT', phone: `06 39 96 ${1000 + numbers}` };
    const id = await scene.waits({ personId: null, ...said, wantedUntil: later(today(), 4), ...AGREES });
    expect([await scene.offer(), await scene.offer()]).toEqual([1, 0]);
    expect(await offersOf(id)).toEqual(['ASKED']);
    expect(faultOf(await scene.answer(await asked(id), true))).toBe('none');
  });
});

describe('nobody is asked', () => {
  test.each([
    [
      'whose contact is suspended',
      async (id: string) => {
        await scene.sql(
          `update person set safe_contact = 'NONE', contact_suspended_at = now() where id = $1`,
          [id],
        );
      },
    ],
    [
      'for whom nothing may be confirmed',
      async (id: string) => {
        await scene.sql('update person set confirm_nothing = true where id = $1', [id]);
      },
    ],
    [
      'who is reached by letter alone',
      async (id: string) => {
        await scene.sql(`update person set safe_contact = 'LETTER' where id = $1`, [id]);
        await scene.make.personAddress({ personId: id });
      },
    ],
  ] as const)('%s; all have the same reason', async (_, change) => {
    await opens();
    const { id: personId } = await reachable();
    const passed = await scene.waits({ personId, ...AGREES });
    await change(personId);
    const next = await agrees();
    await scene.offer();
    expect([await offersOf(passed), await offersOf(next)]).toEqual([[], ['ASKED']]);
    expect(await scene.skips(passed)).toMatchObject([{ reason: 'NOT_REACHABLE' }]);
  });

  test('whether others of the county have the same number: that would tell which numbers it knows', async () => {
    await opens();
    const { id } = await reachable({ phone: '06 39 98 77 77' });
    await reachable({ phone: '06 39 98 77 77' });
    const asks = await scene.waits({ personId: id, ...AGREES });
    await scene.offer();
    expect(await offersOf(asks)).toEqual(['ASKED']);
  });

  test('outside the hours that the person said, at weekends or on a holiday', async () => {
    const says = async (at: string, from: string, until: string): Promise<boolean> => {
      const [row] = await scene.sql<{ says: boolean }>(
        'select is_between_hours($1, $2::time, $3::time) as says',
        [at, from, until],
      );
      return row?.says === true;
    };
    expect(await says('2026-11-27T09:00:00+01:00', '09:00', '12:00')).toBe(true);
    expect(await says('2026-11-27T08:59:59+01:00', '09:00', '12:00')).toBe(false);
    expect(await says('2026-11-27T12:00:00+01:00', '09:00', '12:00')).toBe(false);
    // Noon in Paris is ten o’clock UTC in summer.
    expect(await says('2026-07-03T10:00:00Z', '12:00', '13:00')).toBe(true);
    expect(await says('2026-11-28T10:00:00+01:00', '09:00', '12:00')).toBe(false);
    expect(await says('2026-12-25T10:00:00+01:00', '09:00', '12:00')).toBe(false);
  });

  test('once they take it back: the open question ends', async () => {
    await opens();
    const id = await agrees();
    await scene.offer();
    const { version } = await scene.request(id);
    const changed = await scene.act('changeRequest', 'ChangeRequestInput', {
      id,
      expectedVersion: version,
      shortNoticeFrom: null,
      shortNoticeUntil: null,
    });
    expect(faultOf(changed)).toBe('none');
    expect(await offersOf(id)).toEqual(['WITHDRAWN']);
    expect(await scene.offer()).toBe(0);
  });

  test('twice at once: a person with two requests is asked for one of them', async () => {
    await opens({ times: 2 });
    const { id: personId } = await reachable();
    await scene.district.worker(`bruno.${scene.name}`);
    const two = [
      await scene.waits({ personId, ...AGREES }),
      await scene.waits({ personId, ...AGREES }, await scene.as('bruno')),
    ];
    await scene.offer();
    expect((await Promise.all(two.map(offersOf))).flat()).toEqual(['ASKED']);
  });

  test('once they say other hours: the question of the old hours ends', async () => {
    await opens();
    const id = await agrees();
    await scene.offer();
    const { version } = await scene.request(id);
    const hours = { shortNoticeFrom: '14:00', shortNoticeUntil: '18:00' };
    await scene.act('changeRequest', 'ChangeRequestInput', { id, expectedVersion: version, ...hours });
    expect(await offersOf(id)).toEqual(['WITHDRAWN']);
  });

  test('who has another offer open', async () => {
    await opens({ times: 2 });
    const id = await agrees();
    expect([await scene.offer(), await scene.offer()]).toEqual([1, 0]);
    expect(await offersOf(id)).toEqual(['ASKED']);
  });
});

describe('the hours', () => {
  test.each([
    ['one alone', { shortNoticeFrom: '09:00' }, 'INVALID_INPUT input.shortNoticeUntil'],
    ['none', { shortNoticeFrom: '9', shortNoticeUntil: '12:00' }, 'INVALID_INPUT input.shortNoticeFrom'],
    [
      'at night',
      { shortNoticeFrom: '07:59', shortNoticeUntil: '12:00' },
      'INVALID_INPUT input.shortNoticeFrom',
    ],
    ['late', { shortNoticeFrom: '09:00', shortNoticeUntil: '20:01' }, 'INVALID_INPUT input.shortNoticeUntil'],
    [
      'backwards',
      { shortNoticeFrom: '12:00', shortNoticeUntil: '12:00' },
      'INVALID_INPUT input.shortNoticeUntil',
    ],
  ])('%s: refused', async (_, hours, fault) => {
    expect(faultOf(await scene.ask({ personId: (await reachable()).id, ...hours }))).toBe(fault);
  });

  test('are read by the desk and by the person, who may change them', async () => {
    const { id: personId, as } = await scene.online('zoe');
    const id = await scene.waits({ personId, showOnline: true, ...AGREES });
    const read = `query ($id: ID!) { appointmentRequest(id: $id) { version shortNoticeFrom shortNoticeUntil } }`;
    for (const who of [scene.desk, as]) {
      const { data } = await who.send(read, { id });
      expect(data?.['appointmentRequest']).toMatchObject(AGREES);
    }
    const { version } = (await as.send(read, { id })).data?.['appointmentRequest'] ?? {};
    const input = { id, expectedVersion: version, shortNoticeFrom: '10:00', shortNoticeUntil: '11:00' };
    expect(faultOf(await scene.act('changeRequest', 'ChangeRequestInput', input, as))).toBe('none');
    expect((await scene.desk.send(read, { id })).data?.['appointmentRequest']).toMatchObject({
      shortNoticeFrom: '10:00',
      shortNoticeUntil: '11:00',
    });
  });
});

test('a question ends when the worker is away, and when the time is booked and called off it is asked of the others', async () => {
  const { id: alice, startsAt } = await opens();
  const waiting = [await agrees(), await agrees(), await agrees(), await agrees()];
  await scene.offer();
  const appointment = await scene.booked(alice, startsAt);
  await cancel(scene.desk, { id: appointment, expectedVersion: 1 });
  await scene.offer();
  expect(await Promise.all(waiting.map(offersOf))).toEqual([['TAKEN'], ['TAKEN'], ['TAKEN'], ['ASKED']]);
  await scene.make.unavailability({
    workerId: alice,
    districtId: scene.districtId,
    startsAt: new Date(startsAt),
    endsAt: new Date(Date.parse(startsAt) + HOUR),
  });
  expect(await offersOf(waiting[3] ?? '')).toEqual(['WITHDRAWN']);
});
