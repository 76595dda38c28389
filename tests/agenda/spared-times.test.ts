import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SPARED_IF_SOONER_BY } from '../../src/services/agenda/free-slots.js';
import type { Answer, Requester } from '../support/app.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';
import { book, later, open, search, searchBoth, searchPublic, sooner, starts } from './agenda.js';

/**
 * A reception of 30 minutes in a gap of 45 leaves a rest in which nothing fits. So searches spare the gap for a meeting of 45 minutes, until
 * two working days before.
 */
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

/** Opens hours from nine on, on the nth day, for 30 and for 45 minutes. On the sixth day and later, times are still spared today. */
async function opens(
  nth: number,
  closesAt: string,
  typeCodes = ['FIRST_RECEPTION', 'FOLLOW_UP'],
): Promise<void> {
  const opened = await open(alice, {
    districtId: scene.districtId,
    workerId: worker,
    startsOn: scene.day(nth),
    endsOn: later(scene.day(nth), 1),
    closesAt,
    typeCodes,
    modes: ['ON_SITE'],
  });
  expect(faultOf(opened)).toBe('none');
}

const on = (nth: number, ...times: string[]): string[] => times.map((time) => `${scene.day(nth)} ${time}`);

async function found(typeCode: string): Promise<readonly string[]> {
  return starts(await search(scene.desk, { districtId: scene.districtId, typeCode }));
}

/** Two working days before has come. */
function given(): Promise<unknown> {
  return scene.sql(
    'update free_time set spared_until = now() where worker_id = $1 and spared_from is not null',
    [worker],
  );
}

describe('a search', () => {
  test('spares 45 minutes for 45, and an hour for two of 30', async () => {
    await opens(5, '09:45');
    await opens(6, '10:00');
    expect(await found('FIRST_RECEPTION')).toEqual(on(6, '09:00', '09:30'));
    expect(await found('FOLLOW_UP')).toEqual(on(5, '09:00'));
  });

  test('spares the last time of a gap alone: those before it leave room', async () => {
    await opens(5, '10:15');
    expect(await found('FIRST_RECEPTION')).toEqual(on(5, '09:00'));
    expect(await found('FOLLOW_UP')).toEqual(on(5, '09:00'));
  });

  test('finds everything from two working days before on', async () => {
    await opens(5, '10:15');
    const [row] = await scene.sql<{ right: boolean }>(
      `select bool_and(spared_until = open_to_all_from(spared_from)) as right from free_time
        where worker_id = $1 and spared_from is not null`,
      [worker],
    );
    expect(row?.right).toBe(true);
    await given();
    expect(await found('FIRST_RECEPTION')).toEqual(on(5, '09:00', '09:30'));
  });

  test('finds a spared time if there is no other: nobody goes without a time for a rest', async () => {
    await opens(5, '09:45');
    const { as: person } = await scene.online('zoe');
    const filter = { districtId: scene.districtId };
    expect(await found('FIRST_RECEPTION')).toEqual(on(5, '09:00'));
    expect(starts(await search(alice, { ...filter, workerIds: [worker] }))).toEqual(on(5, '09:00'));
    expect(starts(await searchPublic(person, filter))).toEqual(on(5, '09:00'));
  });

  test('finds a spared time if any other is two weeks later', async () => {
    await opens(5, '09:45');
    await opens(17, '09:30');
    expect(await found('FIRST_RECEPTION')).toEqual([...on(5, '09:00'), ...on(17, '09:00')]);
    const { as: person } = await scene.online('zoe');
    expect(starts(await searchPublic(person, { districtId: scene.districtId }))).toEqual([
      ...on(5, '09:00'),
      ...on(17, '09:00'),
    ]);
    await opens(12, '09:30');
    expect(await found('FIRST_RECEPTION')).toEqual([...on(12, '09:00'), ...on(17, '09:00')]);
  });

  test('looks ahead as far at the desk as online', async () => {
    const [row] = await scene.sql<{ days: number }>(
      `select extract(day from now() - spared_until_other(now(), 'infinity'))::integer as days`,
    );
    expect(row?.days).toBe(SPARED_IF_SOONER_BY);
  });

  test('spares online what it spares at the desk', async () => {
    await opens(5, '09:45');
    await opens(6, '10:00');
    const { id, as: person } = await scene.online('zoe');
    const filter = { districtId: scene.districtId };
    expect(starts(await searchPublic(person, filter))).toEqual(on(6, '09:00', '09:30'));
    const caseId = await scene.make.case({ districtId: scene.districtId });
    await scene.make.assignment({ caseId, workerId: worker });
    await scene.make.casePerson({ caseId, personId: id, showOnline: true });
    expect(starts(await searchPublic(person, { caseId }))).toEqual(on(6, '09:00', '09:30'));
    await scene.booked(worker, scene.at('09:00', 6));
    await scene.booked(worker, scene.at('09:30', 6));
    expect(starts(await searchPublic(person, { caseId }))).toEqual(on(5, '09:00'));
  });

  test('calls no spared time a sooner one with anyone', async () => {
    await opens(5, '09:45');
    const { id: bruno } = await scene.worker('bruno', { from: 6 });
    const both = (): Promise<Answer> =>
      searchBoth(scene.desk, { districtId: scene.districtId, workerIds: [bruno] });
    expect(sooner(await both())).toBeNull();
    await given();
    expect(sooner(await both())).toBe(`${scene.day(5)} 09:00`);
  });

  test('calls a spared time sooner if the own worker has none', async () => {
    await opens(5, '09:45');
    const { id: bruno } = await scene.district.worker(`bruno.${scene.name}`);
    const both = await searchBoth(scene.desk, { districtId: scene.districtId, workerIds: [bruno] });
    expect(sooner(both)).toBe(`${scene.day(5)} 09:00`);
  });

  test('of one’s own case calls the spared time of one’s own worker no sooner one with anyone', async () => {
    await opens(5, '09:45');
    await opens(6, '10:00');
    const { id, as: person } = await scene.online('zoe');
    const caseId = await scene.make.case({ districtId: scene.districtId });
    await scene.make.assignment({ caseId, workerId: worker });
    await scene.make.casePerson({ caseId, personId: id, showOnline: true });
    expect(sooner(await searchBoth(person, { caseId }))).toBeNull();
  });

  test('finds two in a row as far as there is room for them', async () => {
    await opens(5, '10:15');
    const inARow = { districtId: scene.districtId, inARow: 2 };
    expect(starts(await search(scene.desk, inARow))).toEqual(on(5, '09:00'));
  });

  test('spares nothing in hours that take one type: the rest is there anyhow', async () => {
    await opens(5, '09:50', ['FIRST_RECEPTION']);
    expect(await found('FIRST_RECEPTION')).toEqual(on(5, '09:00'));
    expect(
      await scene.sql('select from free_time where worker_id = $1 and spared_from is not null', [worker]),
    ).toEqual([]);
  });
});

test('who names a spared time books it, at the desk and online', async () => {
  await opens(5, '09:45');
  await opens(6, '09:45');
  await scene.booked(worker, scene.at('09:00', 5));
  const { as: person } = await scene.online('zoe');
  const booked = await person.send(
    `mutation ($input: BookOnlineInput!) { bookOnline(input: $input) { startsAt } }`,
    {
      input: {
        districtId: scene.districtId,
        typeCode: 'FIRST_RECEPTION',
        mode: 'ON_SITE',
        startsAt: scene.at('09:00', 6),
      },
    },
  );
  expect(faultOf(booked)).toBe('none');
});

test('who has lost a time is told of spared ones, too', async () => {
  await opens(5, '10:15');
  await scene.booked(worker, scene.at('09:00', 5));
  const lost = await book(scene.desk, {
    districtId: scene.districtId,
    workerIds: [worker],
    startsAt: new Date(scene.at('09:00', 5)),
  });
  const free: { startsAt: string }[] = lost.errors[0]?.extensions.nextFreeSlots;
  expect(free.map(({ startsAt }) => startsAt)).toEqual([scene.at('09:30', 5)]);
});

describe('the waiting list', () => {
  test('offers a spared time to a person who has none', async () => {
    await opens(5, '09:45');
    expect((await scene.offered(await scene.waits())).startsAt).toBe(scene.at('09:00', 5));
  });

  test('spares a time from a person who has another, and says so', async () => {
    const { id: bruno } = await scene.worker('bruno', { from: 20 });
    const { id: personId } = await scene.person();
    const insteadOfId = await scene.booked(bruno, scene.at('09:00', 20), { personIds: [personId] });
    const first = await scene.waits({ personId, insteadOfId });
    await opens(5, '09:45');
    expect(await scene.offer()).toBe(0);
    const second = await scene.waits();
    expect((await scene.offered(second)).startsAt).toBe(scene.at('09:00', 5));
    expect(await scene.skips(first)).toEqual([{ reason: 'SPARED', startsAt: scene.at('09:00', 5) }]);
  });

  test('spares nothing from a person who must be seen soon', async () => {
    const { id: bruno } = await scene.worker('bruno', { from: 20 });
    const { id: personId } = await scene.person();
    const insteadOfId = await scene.booked(bruno, scene.at('09:00', 20), { personIds: [personId] });
    await opens(5, '09:45');
    const urgent = await scene.waits({ personId, insteadOfId });
    await scene.sql(`update appointment_request set urgency = 'THIS_WEEK' where id = $1`, [urgent]);
    expect((await scene.offered(urgent)).startsAt).toBe(scene.at('09:00', 5));
  });
});

test('a spared time is the last of its gap, and is spared only for appointments that fill more of it', async () => {
  const length = fc.integer({ min: 2, max: 18 }).map((fives) => fives * 5);
  await fc.assert(
    fc.asyncProperty(
      fc.array(length, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 2, max: 60 }).map((fives) => fives * 5),
      async (lengths, gap) => {
        const [own = 0] = lengths;
        fc.pre(gap >= own);
        const [row] = await scene.sql<{ at: number | null }>(
          `select (extract(epoch from spared_from(tstzrange('2027-03-10 08:00Z', '2027-03-10 08:00Z'::timestamptz + make_interval(mins => $2)),
            ($1::integer[])[1], $1) - '2027-03-10 08:00Z'::timestamptz) / 60)::integer as at`,
          [lengths, gap],
        );
        // Minute by minute: what can be filled up to there.
        const filled = [true];
        for (let minute = 1; minute <= gap; minute += 1)
          filled[minute] = lengths.some((each) => filled[minute - each] === true);
        const rest = gap % own;
        const isLost = rest > 0 && rest < Math.min(...lengths);
        const isSpared = isLost && filled.lastIndexOf(true) > gap - rest;
        expect(row?.at).toBe(isSpared ? gap - rest - own : null);
      },
    ),
    { numRuns: 200 },
  );
});
