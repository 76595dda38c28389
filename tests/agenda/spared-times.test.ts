import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer, Requester } from '../support/app.js';
import { faultOf, raiseStage, type Scene, type Stage } from '../waiting-list/scene.js';
import { later, open, search, searchBoth, searchPublic, sooner, starts } from './agenda.js';

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

test('the waiting list offers a spared time to nobody but a person who must be seen soon', async () => {
  await opens(5, '09:45');
  const ordinary = await scene.waits();
  expect(await scene.offer()).toBe(0);
  const urgent = await scene.waits({ urgency: 'THIS_WEEK' }, alice);
  await scene.offer();
  expect((await scene.held(urgent))?.startsAt).toBe(scene.at('09:00', 5));
  expect(await scene.held(ordinary)).toBeUndefined();
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
