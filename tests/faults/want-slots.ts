import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DATABASE_LIMITS } from '../../src/database/limits.js';
import { inParis, today, workingDaysAfter } from '../agenda/agenda.js';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { say } from '../support/say.js';
import { until } from '../support/until.js';

const WORKERS = ['alice', 'bruno', 'carla', 'dalila', 'emile'];

/** How many want how many. */
export interface Form {
  readonly said: string;
  readonly clients: number;
  readonly slotsOfAWorker: number;
}

/**
 * Four times as many clients as there are slots, half of them by name over the booking client and half at the desk, while
 * PostgreSQL's backends are killed under them. Whoever gets no answer asks again with the same Idempotency-Key.
 */
export function wantSlots({ said, clients, slotsOfAWorker }: Form): void {
  const { value: day } = workingDaysAfter(today()).next();
  const slots = WORKERS.length * slotsOfAWorker;

  let database: TestDatabase;
  let app: TestApp;
  let sevran: string;
  let workers: readonly string[];
  let kills = 0;
  let answered = 0;
  let asking = true;
  let came: readonly Came[];

  /** What became of a client: the id of their appointment, or the last conflict. */
  interface Came {
    readonly id: string | null;
    readonly last: Answer;
    readonly lostAnswers: number;
  }

  beforeAll(async () => {
    database = await cloneDatabase();
    app = await startTestApp(database, { databaseLimits: DATABASE_LIMITS });
    const here = (await county(database)).district('Sevran');
    sevran = (await here).id;
    workers = await Promise.all(
      WORKERS.map(async (name) => {
        const hours = {
          opensAt: '09:00',
          // Half an hour each.
          closesAt: `${9 + slotsOfAWorker / 2}:00`.padStart(5, '0'),
          from: day,
          until: nextDayOf(day),
          types: ['FIRST_RECEPTION'],
        };
        return (await here.worker(name).open(hours)).id;
      }),
    );
    await here.receptionist('rachida');
    const [desk, online] = [await app.as('rachida'), await app.as('client.booking')];
    const killing = killBackends();
    came = await Promise.all(
      Array.from({ length: clients }, (_, nth) =>
        nth % 2 === 0 ? wantOnline(online, nth) : wantAtTheDesk(desk, nth),
      ),
    );
    asking = false;
    await killing;
  });
  afterAll(async () => {
    asking = false;
    await app?.close();
    await database?.drop();
  });

  function nextDayOf(date: string): string {
    return new Date(Date.parse(`${date}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  }

  /**
   * Kills one connection of the API after the other. The next one dies once a client was answered: if connections died by the
   * clock, a slow machine would answer no client at all.
   */
  async function killBackends(): Promise<void> {
    while (asking) {
      const before = answered;
      const [row] = await database.sql<{ killed: number }>(
        `select count(pg_terminate_backend(pid))::integer as killed from (select pid from pg_stat_activity
        where datname = current_database() and usename = 'cosmos_app' and state <> 'idle' order by random() limit 1) a`,
      );
      kills += row?.killed ?? 0;
      await until('an answer after a kill', () => !asking || answered > before);
    }
  }

  /** Sends until there is an answer that is one, and each time a little later. */
  async function insist(
    who: Requester,
    mutation: string,
    input: Record<string, unknown>,
    headers: Record<string, string> = {},
  ): Promise<{ answer: Answer; lost: number }> {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`;
    const key = randomUUID();
    for (let lost = 0; ; lost += 1) {
      const answer = await who.send(document, { input }, { 'idempotency-key': key, ...headers });
      if (!answer.codes.includes('UNAVAILABLE')) {
        answered += 1;
        return { answer, lost };
      }
      await sleep(20 + Math.random() * 60);
    }
  }

  /** Takes what is offered instead of what was taken, until there is nothing left. */
  async function wantOnline(who: Requester, nth: number): Promise<Came> {
    let startsAt = startOf(nth);
    for (let lostAnswers = 0; ; ) {
      const { answer, lost } = await insist(
        who,
        'bookOnline',
        { districtId: sevran, typeCode: 'FIRST_RECEPTION', startsAt, name: `Personne ${nth}` },
        { 'x-forwarded-for': `198.51.100.${nth}` },
      );
      lostAnswers += lost;
      const [next] = freeInstead(answer);
      if (next === undefined) {
        // No time is free after this one. One before it may be.
        const earlier = answer.errors.length > 0 && startsAt > startOf(0);
        if (!earlier) return { id: answer.data?.['bookOnline']?.id ?? null, last: answer, lostAnswers };
        startsAt = startOf(0);
      } else startsAt = next;
    }
  }

  /** The same at the desk, worker by worker. */
  async function wantAtTheDesk(who: Requester, nth: number): Promise<Came> {
    let lostAnswers = 0;
    let last: Answer | undefined;
    for (let tried = 0; tried < workers.length; tried += 1) {
      for (let startsAt: string | undefined = startOf(tried === 0 ? nth : 0); startsAt !== undefined; ) {
        const { answer, lost } = await insist(who, 'bookAppointment', {
          districtId: sevran,
          workerIds: [workers[(nth + tried) % workers.length]],
          typeCode: 'FIRST_RECEPTION',
          startsAt,
        });
        lostAnswers += lost;
        last = answer;
        if (answer.errors.length === 0) return { id: answer.data?.['bookAppointment'].id, last, lostAnswers };
        [startsAt] = freeInstead(answer);
      }
    }
    if (last === undefined) throw new Error('nothing was asked');
    return { id: null, last, lostAnswers };
  }

  function startOf(nth: number): string {
    return new Date(inParis(day, '09:00').getTime() + (nth % slotsOfAWorker) * 30 * 60_000).toISOString();
  }

  function freeInstead(answer: Answer): string[] {
    const free: { startsAt: string }[] = answer.errors[0]?.extensions.nextFreeSlots ?? [];
    return free.map(({ startsAt }) => startsAt);
  }

  test('backends were killed under them, and answers were lost', () => {
    const lost = came.reduce((sum, { lostAnswers }) => sum + lostAnswers, 0);
    say(`${clients} clients, ${kills} backends killed, ${lost} answers lost and asked for again`);
    expect(kills).toBeGreaterThan(clients / 10);
    expect(lost).toBeGreaterThan(0);
  });

  test('nobody is in two places: nothing overlaps, whatever the constraint says', async () => {
    expect(
      await database.sql(
        `select one.id from occupancy one join occupancy other on other.worker_id = one.worker_id and other.id <> one.id
        and other.starts_at < one.ends_at and one.starts_at < other.ends_at`,
      ),
    ).toEqual([]);
    expect(
      await database.sql(
        `select one.id from appointment one join appointment_worker w on w.appointment_id = one.id
       join appointment_worker v on v.worker_id = w.worker_id and v.appointment_id <> w.appointment_id
       join appointment other on other.id = v.appointment_id and other.status = 'BOOKED'
         and other.starts_at < one.ends_at and one.starts_at < other.ends_at where one.status = 'BOOKED'`,
      ),
    ).toEqual([]);
  });

  test(`all ${said} are booked, each for the one client who was told so`, async () => {
    const told = came.flatMap(({ id }) => (id === null ? [] : [id])).sort();
    const booked = await database.sql<{ id: string }>(
      `select a.id from appointment a join occupancy o on o.appointment_id = a.id and o.starts_at = a.starts_at
     where a.status = 'BOOKED' and cardinality(a.worker_ids) = 1 order by a.id`,
    );
    expect(told).toEqual(booked.map(({ id }) => id).sort());
    expect(new Set(told).size).toBe(slots);
  });

  test('nothing is left of what was not booked: no appointment, no provisional person, no free time', async () => {
    const [left] = await database.sql(
      `select (select count(*)::integer from appointment) as appointments, (select count(*)::integer from free_time) as free,
       (select count(*)::integer from person where not exists (select from appointment_person ap where ap.person_id = person.id))
         as persons`,
    );
    expect(left).toEqual({ appointments: slots, free: 0, persons: 0 });
  });

  test('who lost was told so, with a typed conflict', () => {
    const losers = came.filter(({ id }) => id === null);
    expect(losers).toHaveLength(clients - slots);
    // The booking client may also have its half of the day.
    for (const { last } of losers)
      expect({ codes: last.codes, reason: last.errors[0]?.extensions.reason }).toEqual({
        codes: ['CONFLICT'],
        reason: expect.stringMatching(/^(SLOT_TAKEN|DAY_SHARE_TAKEN)$/),
      });
  });
}
