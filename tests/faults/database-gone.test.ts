import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { POLICIES } from '../../policies/index.js';
import { compilePolicies } from '../../policies/rules/compile.js';
import { rowRule, viewerRule } from '../../policies/rules/rules.js';
import { DATABASE_LIMITS } from '../../src/database/limits.js';
import { type Booking, book, inParis, today, workingDaysAfter } from '../agenda/agenda.js';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { type FaultyProxy, startProxy } from '../support/proxy.js';
import { HANGS_MS, until } from '../support/until.js';

/** Rule 5: right, or UNAVAILABLE; never half an answer, never half an effect. */
let database: TestDatabase;
let sevran: string;
let alice: string;

beforeAll(async () => {
  database = await cloneDatabase();
  const district = (await county(database)).district('Sevran');
  sevran = (await district).id;
  alice = (await district.worker('alice')).id;
  await district.receptionist('rachida');
});
afterAll(() => database.drop());

const TIMES = ['09:00', '09:30', '10:00', '10:30', '11:00', '11:30', '13:00', '13:30', '14:00', '14:30'];
const days = workingDaysAfter(today());

/** Fifty slots of alice's that no test has used. */
function fiftySlots(): Booking[] {
  const slots: Booking[] = [];
  while (slots.length < 50) {
    const day = days.next().value;
    for (const time of TIMES)
      slots.push({ districtId: sevran, workerIds: [alice], startsAt: inParis(day, time) });
  }
  return slots;
}

type Outcome = 'DONE' | 'SLOT_TAKEN' | 'UNAVAILABLE';

/** Sorts an answer, and throws for whatever is neither right nor UNAVAILABLE. */
function outcomeOf(answer: Answer): Outcome {
  if (answer.status === 503) {
    expect({ codes: answer.codes, data: answer.data }).toEqual({ codes: ['UNAVAILABLE'], data: undefined });
    return 'UNAVAILABLE';
  }
  expect(answer.status).toBe(200);
  if (answer.errors.length === 0) {
    expect(answer.data?.['bookAppointment'].id).toEqual(expect.any(String));
    return 'DONE';
  }
  expect(answer.data).toEqual({ bookAppointment: null });
  expect(answer.errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', reason: 'SLOT_TAKEN' });
  return 'SLOT_TAKEN';
}

/** Tries again with the same key until it is answered. */
function bookedAtLast(who: Requester, slot: Booking, key: string): Promise<Outcome> {
  return until('an answer', async () => {
    const outcome = outcomeOf(await book(who, slot, { 'idempotency-key': key }));
    return outcome !== 'UNAVAILABLE' && outcome;
  });
}

function countOf(outcomes: readonly Outcome[], outcome: Outcome): number {
  return outcomes.filter((each) => each === outcome).length;
}

/** The agenda's invariants, and how many appointments start within these slots. */
async function bookedWithin(slots: readonly Booking[]): Promise<number> {
  const overlaps = await database.sql(
    `select from occupancy a join occupancy b on a.worker_id = b.worker_id and a.id < b.id
      and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)`,
  );
  expect(overlaps).toEqual([]);
  const halves = await database.sql(
    `select from appointment a full join occupancy o on o.appointment_id = a.id
      where a.id is null or (a.status = 'BOOKED') is distinct from (o.id is not null) or a.starts_at <> o.starts_at`,
  );
  expect(halves).toEqual([]);
  const [row] = await database.sql<{ count: number }>(
    'select count(*)::integer as count from appointment where starts_at = any ($1)',
    [slots.map((slot) => slot.startsAt)],
  );
  return row?.count ?? -1;
}

describe('connections that are killed under load', () => {
  let app: TestApp;
  let rachida: Requester;

  beforeAll(async () => {
    app = await startTestApp(database);
    rachida = await app.as('rachida');
  });
  afterAll(() => app.close());

  /** Kills busy connections of the application, one after another, while `work` lasts: forty, so that it comes to an end. */
  async function killingMeanwhile<T>(work: Promise<T>): Promise<{ result: T; killed: number }> {
    let killed = 0;
    let done = false;
    const killer = (async () => {
      while (!done && killed < 40) {
        const rows = await database.sql(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = 'cosmos_app'
            and state <> 'idle' order by random() limit 1`,
          [database.name],
        );
        killed += rows.length;
      }
    })();
    try {
      return { result: await work, killed };
    } finally {
      done = true;
      await killer;
    }
  }

  test('two hundred clients on fifty slots: right or UNAVAILABLE, no time taken twice, no half appointment', async () => {
    const slots = fiftySlots();
    const requests = [...slots, ...slots, ...slots, ...slots].map(async (slot) =>
      outcomeOf(await book(rachida, slot)),
    );
    const { result, killed } = await killingMeanwhile(Promise.all(requests));
    expect(killed).toBeGreaterThan(0);
    const booked = await bookedWithin(slots);
    // A commit whose answer was lost counts as UNAVAILABLE: there may be more appointments than successes.
    expect(countOf(result, 'DONE')).toBeGreaterThan(0);
    expect(countOf(result, 'DONE')).toBeLessThanOrEqual(booked);
    expect(booked).toBeLessThanOrEqual(50);
    expect((await rachida.send('{ viewer { kind } }')).errors).toEqual([]);
  });

  test('who tries again with the same key until answered ends up right: fifty booked, fifty successes', async () => {
    const slots = fiftySlots();
    const requests = [...slots, ...slots, ...slots, ...slots].map((slot, index) =>
      bookedAtLast(rachida, slot, `client-${index}`),
    );
    const { result: outcomes, killed } = await killingMeanwhile(Promise.all(requests));
    expect(killed).toBeGreaterThan(0);
    expect(countOf(outcomes, 'DONE')).toBe(50);
    expect(countOf(outcomes, 'SLOT_TAKEN')).toBe(150);
    expect(await bookedWithin(slots)).toBe(50);
  });

  test('a list is whole or UNAVAILABLE', async () => {
    const [first] = await database.sql<{ startsAt: Date }>(
      'select min(starts_at) as "startsAt" from appointment',
    );
    const ask = `query ($filter: AppointmentFilter) { appointments(first: 50, filter: $filter) {
      edges { node { id startsAt workers { displayName } district { name } publicLabel } } } }`;
    const variables = { filter: { from: first?.startsAt.toISOString() } };
    const whole = (await rachida.send(ask, variables)).data;
    expect(whole?.['appointments'].edges).toHaveLength(50);
    const { result, killed } = await killingMeanwhile(
      Promise.all(Array.from({ length: 100 }, () => rachida.send(ask, variables))),
    );
    expect(killed).toBeGreaterThan(0);
    for (const answer of result) {
      if (answer.status === 200) expect(answer.data).toEqual(whole);
      else
        expect({ status: answer.status, codes: answer.codes, data: answer.data }).toEqual({
          status: 503,
          codes: ['UNAVAILABLE'],
          data: undefined,
        });
    }
  });
});

describe('a database that cannot be reached', () => {
  let proxy: FaultyProxy;
  let app: TestApp;
  let rachida: Requester;

  beforeEach(async () => {
    proxy = await startProxy(database.url);
    app = await startTestApp(database, {
      databaseUrl: proxy.through(database.urlAs('cosmos_app')),
      databaseLimits: DATABASE_LIMITS,
    });
    rachida = await app.as('rachida');
    // The pool is warm: what it holds is what will be lost.
    await Promise.all(Array.from({ length: 20 }, () => rachida.send('{ viewer { kind } }')));
  });
  afterEach(async () => {
    await proxy.restore();
    await app.close();
    await proxy.close();
  });

  async function statusOf(path: string): Promise<number> {
    return (await fetch(`${app.url}${path}`)).status;
  }

  /** The database stays away: what is answered now is answered because of a limit, and two seconds in practice. */
  async function expectUnavailable(answers: Promise<Answer>[]): Promise<void> {
    const startedAt = performance.now();
    for (const answer of await Promise.all(answers)) expect(outcomeOf(answer)).toBe('UNAVAILABLE');
    expect(performance.now() - startedAt).toBeLessThan(HANGS_MS);
  }

  test.each([
    ['refuses', (to: FaultyProxy) => to.refuse()],
    ['hangs', (to: FaultyProxy) => to.hang()],
  ] as const)(
    'that %s: reads and writes are UNAVAILABLE within seconds, and work again when it is back, without a restart',
    async (_name, fail) => {
      const [slot] = fiftySlots();
      if (slot === undefined) throw new Error('no slot');
      await fail(proxy);
      await expectUnavailable([rachida.send('{ viewer { kind } }'), book(rachida, slot)]);
      await expectUnavailable([rachida.send('{ viewer { kind } }'), book(rachida, slot)]);
      expect(await statusOf('/health/ready')).toBe(503);
      expect(await statusOf('/health/live')).toBe(200);
      await proxy.restore();
      expect(await bookedAtLast(rachida, slot, crypto.randomUUID())).toBe('DONE');
      await until('it to be ready', async () => (await statusOf('/health/ready')) === 200);
      expect(await bookedWithin([slot])).toBe(1);
    },
  );

  test.each([
    ['refuses', (to: FaultyProxy) => to.refuse()],
    ['hangs', (to: FaultyProxy) => to.hang()],
  ] as const)(
    'that %s under a hundred requests: all are told within seconds, and none is left behind',
    async (name, fail) => {
      await fail(proxy);
      const before = proxy.asked;
      await expectUnavailable(Array.from({ length: 100 }, () => rachida.send('{ viewer { kind } }')));
      // Each that asked a database that hangs has waited for it: the others were told without.
      if (name === 'hangs') expect(proxy.asked - before).toBeLessThan(50);
      await proxy.restore();
      await until('answers to all', async () => {
        const after = await Promise.all(
          Array.from({ length: 100 }, () => rachida.send('{ viewer { kind } }')),
        );
        return after.flatMap((answer) => answer.codes).length === 0;
      });
    },
  );

  test('that hangs, and cuts its connections after a second: who has waited is told, and does not wait once more', async () => {
    const before = proxy.asked;
    proxy.hang();
    const answers = [rachida.send('{ viewer { kind } }')];
    await until('the request to be sent', async () => proxy.asked > before || undefined);
    await sleep(1_200);
    const sent = proxy.asked;
    const back = proxy.restore();
    proxy.hang();
    await back;
    await expectUnavailable(answers);
    expect(proxy.asked).toBe(sent);
  });

  test('who has no token is told the same: the database is not needed to say so', async () => {
    await proxy.refuse();
    const answer = await app.withToken('not-a-token').send('{ viewer { kind } }');
    expect(answer.status).toBe(401);
  });
});

test('a lock that someone holds: writes are UNAVAILABLE within seconds, change nothing, and leave no connection stuck', async () => {
  const app = await startTestApp(database, { databaseLimits: DATABASE_LIMITS });
  const rachida = await app.as('rachida');
  const slots = fiftySlots().slice(0, 20);
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  await holder.query('begin');
  await holder.query('lock table occupancy in access exclusive mode');
  const startedAt = performance.now();
  const locked = await Promise.all(slots.map((slot) => book(rachida, slot)));
  expect(performance.now() - startedAt).toBeLessThan(HANGS_MS);
  expect(locked.map(outcomeOf)).toEqual(slots.map(() => 'UNAVAILABLE'));
  // It is not the end of the lock that has ended them.
  const { rows: held } = await holder.query(
    `select from pg_locks where pid = pg_backend_pid() and relation = 'occupancy'::regclass and granted`,
  );
  expect(held).toHaveLength(1);
  await holder.query('rollback');
  await holder.end();
  const free = await Promise.all(slots.map((slot, nth) => bookedAtLast(rachida, slot, `free-${nth}`)));
  expect(free).toEqual(slots.map(() => 'DONE'));
  expect(await bookedWithin(slots)).toBe(slots.length);
  const stuck = `select from pg_stat_activity where datname = $1 and usename = 'cosmos_app' and state like 'idle in transaction%'`;
  await until('no connection to be stuck', async () => {
    const found = await database.sql(stuck, [database.name]);
    return found.length === 0;
  });
  await app.close();
});

describe('a rule that fails', () => {
  function throwing(): never {
    throw new Error('the rule is broken');
  }
  const brokenViewerRule = viewerRule({ fr: 'x', en: 'x' }, throwing);
  const brokenRowRule = rowRule({ fr: 'x', en: 'x' }, throwing);
  let app: TestApp;

  async function startWith(type: string, field: string, rule: typeof brokenRowRule): Promise<Requester> {
    app = await startTestApp(database, {
      guard: (schema) =>
        compilePolicies(schema, { ...POLICIES, [type]: { ...POLICIES[type], [field]: rule } }),
    });
    return app.as('rachida');
  }
  afterEach(() => app.close());

  test('answers UNAVAILABLE, not FORBIDDEN, and the value is not told', async () => {
    const rachida = await startWith('Appointment', 'publicLabel', brokenRowRule);
    const [slot] = fiftySlots();
    if (slot === undefined) throw new Error('no slot');
    await book(rachida, slot);
    const filter = { from: slot.startsAt.toISOString() };
    const ask =
      'query ($filter: AppointmentFilter) { appointments(first: 1, filter: $filter) { edges { node { publicLabel } } } }';
    const answer = await rachida.send(ask, { filter });
    expect(answer.codes).toEqual(['UNAVAILABLE']);
    expect(answer.text).not.toContain('broken');
    expect(answer.text).not.toContain('Entretien');
  });

  test('on a mutation stops it: nothing is changed', async () => {
    const rachida = await startWith('Mutation', 'bookAppointment', brokenViewerRule);
    const slots = fiftySlots().slice(0, 1);
    for (const slot of slots) expect((await book(rachida, slot)).codes).toEqual(['UNAVAILABLE']);
    expect(await bookedWithin(slots)).toBe(0);
  });

  test('on what a mutation answers takes its effect back', async () => {
    const rachida = await startWith('Appointment', 'version', brokenRowRule);
    const slots = fiftySlots().slice(0, 1);
    for (const slot of slots) expect((await book(rachida, slot)).codes).toEqual(['UNAVAILABLE']);
    expect(await bookedWithin(slots)).toBe(0);
  });
});
