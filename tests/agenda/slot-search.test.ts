import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Requester, startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { county, openHours } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import {
  book,
  inParis,
  later,
  search,
  searchBoth,
  searchPublic,
  sooner,
  starts,
  today,
  workingDaysAfter,
} from './agenda.js';

/** The earliest slots first, whoever's; and where there is none, why. */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let sevran: string;
let gagny: string;
let empty: string;
let alice: string;
let bruno: string;
let rachida: Requester;
let monday: string;
let tuesday: string;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  const builder = await county(database);
  const here = builder.district('Sevran');
  const there = builder.district('Gagny');
  [sevran, gagny] = [(await here).id, (await there).id];
  empty = (await builder.district('Drancy')).id;
  const days = workingDaysAfter(later(today(), 2));
  [monday, tuesday] = [days.next().value, days.next().value];
  alice = (
    await here.worker('alice').open({
      from: monday,
      until: later(monday, 1),
      opensAt: '09:00',
      closesAt: '10:30',
      modes: ['ON_SITE'],
    })
  ).id;
  bruno = (
    await here
      .worker('bruno')
      .open({
        from: monday,
        until: later(monday, 1),
        opensAt: '09:30',
        closesAt: '11:00',
        modes: ['ON_SITE'],
      })
      .open({
        from: tuesday,
        until: later(tuesday, 1),
        opensAt: '14:00',
        closesAt: '15:00',
        modes: ['PHONE'],
      })
  ).id;
  await here.receptionist('rachida');
  await here.head('hélène');
  await there
    .worker('gaston')
    .open({ from: monday, until: later(monday, 1), opensAt: '09:00', closesAt: '10:00' });
  await there.receptionist('gilles');
  await make.sector({ districtId: sevran, communeCode: '93071' });
  await make.sector({ districtId: gagny, communeCode: '93032' });
  rachida = await app.as('rachida');
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const workersAt = (answer: Awaited<ReturnType<typeof search>>): string[][] =>
  (answer.data?.['slots'].slots ?? []).map((slot: { workers: { id: string }[] }) =>
    slot.workers.map(({ id }) => id),
  );
const whyNone = (answer: Awaited<ReturnType<typeof search>>): unknown => answer.data?.['slots']?.whyNone;

describe('a colleague', () => {
  test('finds the earliest slots of the district first, each with all who are free then', async () => {
    const answer = await search(rachida, { districtId: sevran });
    expect(answer.errors).toEqual([]);
    expect(starts(answer)).toEqual([
      `${monday} 09:00`,
      `${monday} 09:30`,
      `${monday} 10:00`,
      `${monday} 10:30`,
      `${tuesday} 14:00`,
      `${tuesday} 14:30`,
    ]);
    const both = [alice, bruno].sort();
    expect(workersAt(answer)).toEqual([[alice], both, both, [bruno], [bruno], [bruno]]);
    expect(whyNone(answer)).toBeNull();
    expect(starts(await search(rachida, { districtId: sevran }, 2))).toEqual([
      `${monday} 09:00`,
      `${monday} 09:30`,
    ]);
  });

  test('of one worker, in one mode, for a longer type, in a period', async () => {
    const of = async (filter: Record<string, unknown>): Promise<string[]> =>
      starts(await search(rachida, { districtId: sevran, ...filter }));
    expect(await of({ workerIds: [alice] })).toEqual(
      ['09:00', '09:30', '10:00'].map((at) => `${monday} ${at}`),
    );
    expect(await of({ mode: 'PHONE' })).toEqual([`${tuesday} 14:00`, `${tuesday} 14:30`]);
    expect(await of({ typeCode: 'SOCIAL_ASSESSMENT' })).toEqual([`${monday} 09:00`, `${monday} 09:30`]);
    expect(await of({ from: inParis(monday, '10:10') })).toEqual([
      `${monday} 10:10`,
      `${tuesday} 14:00`,
      `${tuesday} 14:30`,
    ]);
    expect(await of({ to: inParis(monday, '09:30') })).toEqual([`${monday} 09:00`]);
  });

  test('several in a row leave time for all of them', async () => {
    const answer = await search(rachida, { districtId: sevran, inARow: 3 });
    expect(starts(answer)).toEqual([`${monday} 09:00`, `${monday} 09:30`]);
    expect(answer.data?.['slots'].slots[0].endsAt).toBe(inParis(monday, '10:30').toISOString());
  });

  test('two workers together: when both are free', async () => {
    const answer = await search(rachida, { districtId: sevran, workerIds: [alice, bruno], together: true });
    expect(starts(answer)).toEqual([`${monday} 09:30`, `${monday} 10:00`]);
    expect(answer.data?.['slots'].slots[0].modes).toEqual(['ON_SITE']);
    expect(workersAt(answer)[0]?.sort()).toEqual([alice, bruno].sort());
  });

  test('kept to the worker to whom the case is assigned, or told that there is none', async () => {
    const caseOf = async (worker: string | null): Promise<string> => {
      const caseId = await make.case({ districtId: sevran });
      if (worker !== null) await make.assignment({ caseId, workerId: worker });
      return caseId;
    };
    const answer = await search(rachida, { districtId: sevran, caseId: await caseOf(alice) });
    expect(workersAt(answer)).toEqual([[alice], [alice], [alice]]);
    expect(whyNone(await search(rachida, { districtId: sevran, caseId: await caseOf(null) }))).toBe(
      'CASE_UNASSIGNED',
    );
    const elsewhere = await make.case({ districtId: gagny });
    for (const caseId of [elsewhere, '00000000-0000-4000-8000-000000000000']) {
      const refused = await search(rachida, { districtId: sevran, caseId });
      expect(refused.errors[0]?.extensions).toEqual({ code: 'NOT_FOUND', field: 'filter.caseId' });
    }
  });

  test('a worker who is named is logged; a search of the district is not', async () => {
    const logged = async (): Promise<number> =>
      (
        await database.sql(
          `select from access_log where action = 'FILTER_BY_WORKER' and target_worker_id = $1`,
          [bruno],
        )
      ).length;
    const before = await logged();
    await search(rachida, { districtId: sevran });
    expect(await logged()).toBe(before);
    await search(rachida, { districtId: sevran, workerIds: [bruno] });
    expect(await logged()).toBe(before + 1);
  });
});

describe('both times are said', () => {
  test('the desk learns of a time that is sooner than the worker’s, and of none that is later', async () => {
    const bruno_ = await searchBoth(rachida, { districtId: sevran, workerIds: [bruno] });
    expect([starts(bruno_), sooner(bruno_)]).toEqual([
      [`${monday} 09:30`, `${monday} 10:00`],
      `${monday} 09:00`,
    ]);
    const alice_ = await searchBoth(rachida, { districtId: sevran, workerIds: [alice] });
    expect([alice_.errors, sooner(alice_)]).toEqual([[], null]);
  });

  test('a time that is not wanted is not sooner: another mode, or another day', async () => {
    const byPhone = { districtId: sevran, workerIds: [bruno], mode: 'PHONE' };
    expect(sooner(await searchBoth(rachida, byPhone))).toBeNull();
    const later = { districtId: sevran, workerIds: [bruno], from: inParis(monday, '09:30') };
    expect(sooner(await searchBoth(rachida, later))).toBeNull();
  });

  test('somebody is free while the case has no worker, or its worker has no time', async () => {
    const caseId = await make.case({ districtId: sevran });
    const unassigned = await searchBoth(rachida, { districtId: sevran, caseId });
    expect([whyNone(unassigned), sooner(unassigned)]).toEqual(['CASE_UNASSIGNED', `${monday} 09:00`]);
    const early = { districtId: sevran, workerIds: [bruno], to: inParis(monday, '09:30') };
    const none = await searchBoth(rachida, early);
    expect([whyNone(none), sooner(none)]).toEqual(['NO_HOURS', `${monday} 09:00`]);
  });

  test('a search that names nobody, or all of them together, has nothing sooner', async () => {
    const searches = [{}, { workerIds: [alice, bruno], together: true }];
    for (const filter of searches) {
      const answer = await searchBoth(rachida, { districtId: sevran, ...filter });
      expect([answer.errors, sooner(answer)]).toEqual([[], null]);
    }
  });

  test('a colleague who is not at the desk gets the worker’s times, and is refused the other', async () => {
    for (const login of ['alice', 'hélène']) {
      const answer = await searchBoth(await app.as(login), { districtId: sevran, workerIds: [bruno] });
      expect(answer.errors.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
        [['slots', 'soonerWithAnyone'], 'FORBIDDEN'],
      ]);
      expect([starts(answer).length, sooner(answer)]).toEqual([2, null]);
    }
  });

  test('the log has the worker who was named, and nothing of the other time', async () => {
    const filter = { districtId: sevran, workerIds: [bruno] };
    const lines = async (ask: () => Promise<unknown>): Promise<unknown[]> => {
      const [{ last } = { last: 0 }] = await database.sql<{ last: number }>(
        'select coalesce(max(id), 0)::integer as last from access_log',
      );
      await ask();
      return database.sql(
        'select action, target_worker_id, person_id, case_id from access_log where id > $1',
        [last],
      );
    };
    const alone = await lines(() => searchPublic(rachida, filter, 2));
    expect(await lines(() => searchBoth(rachida, filter))).toEqual(alone);
    expect(alone).toHaveLength(1);
  });
});

describe('everyone', () => {
  test('finds the times of public types, without a worker, in a district, a commune or the county', async () => {
    for (const who of [app.anonymous, await app.as('gilles')]) {
      const ofDistrict = await searchPublic(who, { districtId: sevran });
      expect(ofDistrict.errors).toEqual([]);
      expect(starts(ofDistrict)).toHaveLength(6);
      expect(starts(await searchPublic(who, { communeCode: '93071' }))).toEqual(starts(ofDistrict));
    }
    const county = await searchPublic(app.anonymous, {}, 3);
    expect(starts(county)).toEqual([`${monday} 09:00`, `${monday} 09:00`, `${monday} 09:30`]);
    const districts = county.data?.['slots'].slots.map(
      (slot: { district: { id: string } }) => slot.district.id,
    );
    expect(districts.slice(0, 2).sort()).toEqual([sevran, gagny].sort());
  });

  test('is refused who is free, and gets the times all the same', async () => {
    const answer = await search(app.anonymous, { districtId: sevran }, 2);
    expect(answer.codes).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(answer.data?.['slots'].slots.map((slot: { workers: unknown }) => slot.workers)).toEqual([
      null,
      null,
    ]);
    expect(starts(answer)).toHaveLength(2);
  });

  test('may name neither a worker nor a case, and no type that is not public', async () => {
    const named = [{ workerIds: [alice] }, { caseId: alice }, { together: true }];
    for (const filter of named)
      expect((await searchPublic(app.anonymous, { districtId: sevran, ...filter })).codes).toEqual([
        'FORBIDDEN',
      ]);
    const answer = await searchPublic(app.anonymous, { districtId: sevran, typeCode: 'SOCIAL_ASSESSMENT' });
    expect(answer.errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: 'filter.typeCode' });
  });

  test('learns of a district without slots that it is not open for it, or that all is taken, and no more', async () => {
    expect(whyNone(await searchPublic(app.anonymous, { districtId: empty }))).toBe('NO_HOURS');
    const until = { districtId: sevran, from: inParis(monday, '10:45'), to: inParis(monday, '10:50') };
    expect(whyNone(await searchPublic(app.anonymous, until))).toBe('ALL_TAKEN');
  });
});

describe('where there is none, a colleague learns why', () => {
  async function agenda(hours: Parameters<typeof openHours>[3]): Promise<{ id: string; name: string }> {
    const name = `agent-${Math.random().toString(36).slice(2)}`;
    const id = await make.worker({ subject: name, familyName: 'Test' });
    await make.membership({ workerId: id, districtId: sevran });
    await openHours(database, id, sevran, {
      from: monday,
      until: later(monday, 1),
      closesAt: '10:00',
      ...hours,
    });
    return { id, name };
  }
  const why = async (filter: Record<string, unknown>): Promise<unknown> => {
    const answer = await search(rachida, { districtId: sevran, ...filter });
    expect(answer.errors).toEqual([]);
    expect(starts(answer)).toEqual([]);
    return whyNone(answer);
  };

  test('nobody is open', async () => {
    const { id } = await agenda({ from: later(monday, 60), until: later(monday, 62) });
    expect(await why({ workerIds: [id] })).toBe('NO_HOURS');
  });

  test('the type, or the mode, is not offered', async () => {
    const { id } = await agenda({ types: ['FOLLOW_UP'], modes: ['ON_SITE'] });
    expect(await why({ workerIds: [id] })).toBe('TYPE_NOT_OFFERED');
    expect(await why({ workerIds: [id], typeCode: 'FOLLOW_UP', mode: 'VIDEO' })).toBe('MODE_NOT_OFFERED');
  });

  test('who is open is away', async () => {
    const { id } = await agenda({});
    await make.unavailability({
      workerId: id,
      districtId: sevran,
      startsAt: inParis(monday, '08:00'),
      endsAt: inParis(monday, '12:00'),
    });
    expect(await why({ workerIds: [id] })).toBe('WORKERS_AWAY');
  });

  test('all is taken', async () => {
    const { id } = await agenda({ closesAt: '09:30' });
    expect(
      (await book(rachida, { districtId: sevran, workerIds: [id], startsAt: inParis(monday, '09:00') }))
        .errors,
    ).toEqual([]);
    expect(await why({ workerIds: [id] })).toBe('ALL_TAKEN');
  });

  test('none is long enough for so many in a row', async () => {
    const { id } = await agenda({});
    expect(await why({ workerIds: [id], inARow: 3 })).toBe('NOT_IN_A_ROW');
  });

  test('two are never free together', async () => {
    const [one, other] = [await agenda({}), await agenda({ opensAt: '10:00', closesAt: '11:00' })];
    expect(await why({ workerIds: [one.id, other.id], together: true })).toBe('NOT_TOGETHER');
  });
});

describe('who no longer works there is offered nowhere', () => {
  test.each([
    ['a post that ends', `update membership set ends_at = now() - interval '1 ms' where worker_id = $1`],
    ['an account that is closed', 'update worker set disabled_at = now() where id = $1'],
  ])('after %s', async (_name, sql) => {
    const day = workingDaysAfter(later(monday, 6)).next().value;
    const leaver = await make.worker({ familyName: 'Test' });
    await make.membership({ workerId: leaver, districtId: sevran });
    await openHours(database, leaver, sevran, {
      from: day,
      until: later(day, 1),
      closesAt: '10:00',
      weekdays: [1, 2, 3, 4, 5, 6, 7],
    });
    const filter = { districtId: sevran, from: inParis(day, '08:00'), to: inParis(day, '12:00') };
    expect(starts(await search(rachida, filter))).toEqual([`${day} 09:00`, `${day} 09:30`]);
    await database.sql(sql, [leaver]);
    expect(starts(await search(rachida, filter))).toEqual([]);
  });
});

test('bad input is refused by its field', async () => {
  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  const tries: [Record<string, unknown>, string][] = [
    [{ typeCode: 'TEA' }, 'filter.typeCode'],
    [{ mode: 'HOME' }, 'filter.mode'],
    [{ inARow: 0 }, 'filter.inARow'],
    [{ inARow: 9 }, 'filter.inARow'],
    [{ from: inDays(-2) }, 'filter.from'],
    [{ from: inDays(3), to: inDays(2) }, 'filter.to'],
    [{ to: inDays(100) }, 'filter.to'],
    [{ to: inDays(60), workerIds: [alice] }, 'filter.to'],
    [{ from: inDays(3650) }, 'filter.to'],
    [{ workerIds: [] }, 'filter.workerIds'],
    [{ together: true }, 'filter.workerIds'],
  ];
  for (const [filter, field] of tries) {
    const answer = await search(rachida, { districtId: sevran, ...filter });
    expect([filter, answer.errors[0]?.extensions]).toEqual([filter, { code: 'INVALID_INPUT', field }]);
  }
  const first = await search(rachida, { districtId: sevran }, 51);
  expect(first.errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: 'first' });
  for (const communeCode of ['99999', '', '930711', `93${String.fromCharCode(0)}71`]) {
    const commune = await searchPublic(app.anonymous, { communeCode });
    expect(commune.errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: 'filter.communeCode' });
  }
  const [gaston] = await database.sql<{ id: string }>(`select id from worker where subject = 'gaston'`);
  for (const [filter, field] of [
    [{ districtId: alice }, 'filter.districtId'],
    [{ districtId: sevran, workerIds: [gaston?.id] }, 'filter.workerIds'],
  ] as const) {
    const answer = await search(rachida, filter);
    expect(answer.errors[0]?.extensions).toEqual({ code: 'NOT_FOUND', field });
  }
});
