import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { forgetBookingAddresses } from '../../src/jobs/tasks.js';
import { book, inParis, later, today, workingDaysAfter } from '../agenda/agenda.js';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { type CountyBuilder, county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { jobsOf } from '../support/jobs.js';

/** What one end user, one name and one booking client may take, so that something is left for the others. */
let database: TestDatabase;
let app: TestApp;
let jobs: pg.Pool;
let built: CountyBuilder;
let client: Requester;
let here: DistrictBuilder;
let districtId: string;
let count = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  jobs = jobsOf(database, 1);
  built = await county(database);
  client = await app.as('client.booking');
});
/** Each test has a district of its own, in which alice and bruno are open from nine to twelve: two times six slots a day. */
beforeEach(async () => {
  count += 1;
  here = built.district(`Secteur ${count}`);
  districtId = (await here).id;
  const hours = {
    opensAt: '09:00',
    closesAt: '12:00',
    types: ['FIRST_RECEPTION'],
    until: later(today(), 60),
  };
  await here.worker(`alice.${count}`).open(hours);
  await here.worker(`bruno.${count}`).open(hours);
  await here.receptionist(`desk.${count}`);
});
afterAll(async () => {
  await jobs.end();
  await app.close();
  await database.drop();
});

const TIMES = ['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'];
const days = workingDaysAfter(later(today(), 1));
const [monday, tuesday, wednesday, thursday] = [1, 2, 3, 4].map(() => days.next().value as string) as [
  string,
  string,
  string,
  string,
];

let someone = 0;
const newName = (): string => {
  someone += 1;
  return `Personne numéro ${someone}`;
};
const newAddress = (): string => {
  someone += 1;
  return `198.51.${Math.floor(someone / 250)}.${someone % 250}`;
};

interface Wanted {
  readonly day?: string;
  readonly time?: string;
  readonly name?: string;
  /** The address that the client reports; null: it reports none. */
  readonly from?: string | null;
  readonly who?: Requester;
  readonly districtId?: string;
}

function online(wanted: Wanted = {}): Promise<Answer> {
  const { day = monday, time = '09:00', name = newName(), from = newAddress(), who = client } = wanted;
  const input = {
    districtId: wanted.districtId ?? districtId,
    typeCode: 'FIRST_RECEPTION',
    startsAt: inParis(day, time),
    name,
  };
  return who.send(
    'mutation ($input: BookOnlineInput!) { bookOnline(input: $input) { id secret startsAt } }',
    { input },
    from === null ? {} : { 'x-forwarded-for': from },
  );
}

function madeBy(answer: Answer): { readonly id: string; readonly secret: string } {
  if (answer.errors.length > 0) throw new Error(answer.text);
  return answer.data?.['bookOnline'];
}

const outcomeOf = ({ errors: [error] }: Answer): string =>
  error === undefined ? 'BOOKED' : String(error.extensions.reason ?? error.extensions.code);
const outcomesOf = (answers: readonly Answer[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[outcomeOf(answer)] = (counts[outcomeOf(answer)] ?? 0) + 1;
  return counts;
};

const cancelled = async (secret: string): Promise<string> =>
  outcomeOf(
    await client.send('mutation ($input: CancelOnlineInput!) { cancelOnline(input: $input) { status } }', {
      input: { secret, expectedVersion: 1 },
    }),
  );
const moved = (secret: string, day: string, time: string): Promise<Answer> =>
  client.send('mutation ($input: MoveOnlineInput!) { moveOnline(input: $input) { startsAt } }', {
    input: { secret, expectedVersion: 1, startsAt: inParis(day, time) },
  });

test('one end user with thirty names has three appointments, and another end user books on the same day', async () => {
  const flood: Answer[] = [];
  for (let nth = 0; nth < 30; nth += 1)
    flood.push(
      await online({
        day: [monday, tuesday, wednesday][nth % 3] as string,
        time: TIMES[nth % 6] as string,
        from: '192.0.2.7',
      }),
    );
  expect(outcomesOf(flood)).toEqual({ BOOKED: 3, TOO_MANY_AHEAD: 27 });
  const persons = await database.sql('select 1 from person where district_id = $1', [districtId]);
  expect(persons).toHaveLength(3);
  expect(outcomeOf(await online({ time: '09:00' }))).toBe('BOOKED');
});

describe('an address', () => {
  test('is counted with the network that its holder was given', async () => {
    const answers: Answer[] = [];
    for (const [nth, time] of TIMES.slice(0, 4).entries())
      answers.push(await online({ time, from: `2001:db8:7:7::${nth + 1}` }));
    expect(answers.map(outcomeOf)).toEqual(['BOOKED', 'BOOKED', 'BOOKED', 'TOO_MANY_AHEAD']);
  });

  test('that many people share has more, if the row of the client says so', async () => {
    await database.sql(`update client set bookings_ahead_of_address = 4 where client_id = 'client.booking'`);
    const answers: Answer[] = [];
    for (const time of TIMES.slice(0, 5)) answers.push(await online({ time, from: '192.0.2.8' }));
    await database.sql(`update client set bookings_ahead_of_address = 3 where client_id = 'client.booking'`);
    expect(outcomesOf(answers)).toEqual({ BOOKED: 4, TOO_MANY_AHEAD: 1 });
  });

  test('that the client does not report is the client’s own', async () => {
    const answers: Answer[] = [];
    for (const time of TIMES.slice(0, 4)) answers.push(await online({ time, from: null }));
    expect(outcomesOf(answers)).toEqual({ BOOKED: 3, TOO_MANY_AHEAD: 1 });
  });

  test('is kept as a keyed digest alone, and deleted when the appointment is over or cancelled', async () => {
    const digests = async () =>
      database.sql<{ id: string; digest: Buffer | null; row: string }>(
        `select b.appointment_id as id, b.address_digest as digest, b::text as row
         from online_booking b join appointment a on a.id = b.appointment_id where a.district_id = $1 order by a.starts_at`,
        [districtId],
      );
    const [over, gone, ahead] = await Promise.all(
      [monday, tuesday, wednesday].map(async (day) => madeBy(await online({ day, from: '192.0.2.9' }))),
    );
    const kept = await digests();
    expect(kept.map(({ digest }) => digest?.length)).toEqual([32, 32, 32]);
    expect(new Set(kept.map(({ digest }) => digest?.toString('hex'))).size).toBe(1);
    for (const { row } of kept) expect(row).not.toContain('192.0.2.9');
    await database.sql(
      `update appointment set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 minute' where id = $1`,
      [over?.id],
    );
    expect(await cancelled(gone?.secret ?? '')).toBe('BOOKED');
    expect(await forgetBookingAddresses(jobs, 1)).toBeGreaterThanOrEqual(2);
    expect((await digests()).filter(({ digest }) => digest !== null).map(({ id }) => id)).toEqual([
      ahead?.id,
    ]);
  });

  test('has three, however many are sent at once', async () => {
    const answers = await Promise.all(
      [monday, tuesday, wednesday, thursday].flatMap((day) =>
        TIMES.slice(0, 2).map((time) => online({ day, time, from: '192.0.2.10' })),
      ),
    );
    expect(outcomesOf(answers)).toEqual({ BOOKED: 3, TOO_MANY_AHEAD: 5 });
  });
});

test('nobody learns from a booking of their own whether a name has others', async () => {
  for (const time of TIMES.slice(0, 3))
    madeBy(await online({ time, name: 'Zoé Lefèvre', from: '192.0.2.13' }));
  const tried: Answer[] = [];
  for (const [nth, name] of ['Zoé Lefèvre', 'zoe LEFEVRE', 'Zoé Lefèvre', 'Zoé Lefèvre'].entries())
    tried.push(await online({ day: tuesday, time: TIMES[nth] as string, name, from: '192.0.2.14' }));
  // As many as of a name that nobody has: the three of the address.
  expect(tried.map(outcomeOf)).toEqual(['BOOKED', 'BOOKED', 'BOOKED', 'TOO_MANY_AHEAD']);
});

describe('a client', () => {
  /** Takes the client's half of the day: six of twelve. */
  async function takeHalf(): Promise<{ readonly id: string; readonly secret: string }[]> {
    const made = [];
    for (const time of TIMES) made.push(madeBy(await online({ time })));
    return made;
  }

  test('has half of a district’s public times of a day; the desk and other clients have the rest', async () => {
    await takeHalf();
    const refused = await online({ time: '10:00' });
    expect(outcomeOf(refused)).toBe('DAY_SHARE_TAKEN');
    expect(refused.errors[0]?.extensions).toMatchObject({
      code: 'CONFLICT',
      nextFreeSlots: ['09:00', '09:30', '10:00'].map((time) => ({
        startsAt: inParis(tuesday, time).toISOString(),
      })),
    });
    expect(await database.sql('select 1 from person where district_id = $1', [districtId])).toHaveLength(6);
    expect(outcomeOf(await online({ day: tuesday }))).toBe('BOOKED');
    const free = await database.sql<{ id: string; at: Date }>(
      `select worker_id as id, min(starts_at) as at from free_time where district_id = $1 and starts_at >= $2 group by 1 order by 2`,
      [districtId, inParis(monday, '00:00')],
    );
    const desk = await app.as(`desk.${count}`);
    const byDesk = await book(desk, {
      districtId,
      workerIds: [free[0]?.id ?? ''],
      startsAt: new Date(free[0]?.at ?? 0),
    });
    expect(byDesk.errors).toEqual([]);
    await rowsOf(database).client({
      clientId: `client.other${count}`,
      kind: 'INTEGRATION',
      name: 'Un autre',
      scopes: ['booking'],
    });
    const other = await app.as(`client.other${count}`, {
      clientId: `client.other${count}`,
      scopes: ['booking'],
    });
    expect(
      outcomesOf(await Promise.all(TIMES.map((time) => online({ time, who: other }))))['BOOKED'],
    ).toBeGreaterThan(0);
  });

  test('has half, however many are sent at once', async () => {
    const answers = await Promise.all(TIMES.flatMap((time) => [online({ time }), online({ time })]));
    expect(outcomesOf(answers)).toEqual({ BOOKED: 6, DAY_SHARE_TAKEN: 6 });
  });

  test('has one, where a day has one time', async () => {
    const small = built.district(`Petit ${count}`);
    await small
      .worker(`dora.${count}`)
      .open({ opensAt: '09:00', closesAt: '09:30', types: ['FIRST_RECEPTION'], until: later(today(), 60) });
    expect(outcomeOf(await online({ districtId: (await small).id }))).toBe('BOOKED');
  });

  test('hears of a taken time that it is taken, whatever its share', async () => {
    await takeHalf();
    const desk = await app.as(`desk.${count}`);
    const free = await database.sql<{ id: string }>(
      `select worker_id as id from free_time where district_id = $1 and starts_at <= $2 and ends_at > $2`,
      [districtId, inParis(monday, '09:00')],
    );
    for (const { id } of free)
      expect(
        (await book(desk, { districtId, workerIds: [id], startsAt: inParis(monday, '09:00') })).errors,
      ).toEqual([]);
    expect(outcomeOf(await online({ time: '09:00' }))).toBe('SLOT_TAKEN');
  });

  test('moves a booking within its day, and to another day only within the share of that day', async () => {
    const half = await takeHalf();
    const { secret } = madeBy(await online({ day: tuesday }));
    const refused = await moved(secret, monday, '09:00');
    expect(outcomeOf(refused)).toBe('DAY_SHARE_TAKEN');
    expect(refused.errors[0]?.extensions.nextFreeSlots).toHaveLength(3);
    expect(outcomeOf(await moved(half[0]?.secret ?? '', monday, '11:30'))).toBe('BOOKED');
    expect(outcomeOf(await moved(half[1]?.secret ?? '', tuesday, '09:00'))).toBe('BOOKED');
    expect(outcomeOf(await moved(secret, monday, '09:00'))).toBe('BOOKED');
  });
});

describe('a booking that is cancelled gives its place back', () => {
  test('to the address and the day', async () => {
    const from = '192.0.2.12';
    const [first] = await Promise.all(
      TIMES.slice(0, 3).map(async (time) => madeBy(await online({ time, from }))),
    );
    for (const time of TIMES.slice(3)) madeBy(await online({ time }));
    expect(outcomeOf(await online({ day: tuesday, from }))).toBe('TOO_MANY_AHEAD');
    expect(outcomeOf(await online({ time: '10:00' }))).toBe('DAY_SHARE_TAKEN');
    expect(await cancelled(first?.secret ?? '')).toBe('BOOKED');
    expect(outcomeOf(await online({ time: '10:00', from }))).toBe('BOOKED');
  });

  test('to the hour, of which the refusal says the end', async () => {
    const [person] = await database.sql<{ id: string }>('select id from person limit 1');
    const many = await database.sql<{ id: string }>(
      `with many as (insert into appointment (district_id, type_code, starts_at, ends_at)
         select $1, 'FIRST_RECEPTION', now() - interval '9 days', now() - interval '8 days 23 hours' from generate_series(1, 600) returning id)
       insert into online_booking (appointment_id, client_id, secret_hash, person_id, booked_at)
         select many.id, c.id, many.id::text::bytea, $2, now() - interval '50 minutes'
         from many cross join client c where c.client_id = 'client.booking' returning appointment_id as id`,
      [districtId, person?.id],
    );
    const refused = (await online()).errors[0]?.extensions;
    expect(refused?.code).toBe('RATE_LIMITED');
    expect(refused?.retryAfter).toBeLessThanOrEqual(600);
    expect(refused?.retryAfter).toBeGreaterThan(500);
    // Those that the tests before have booked within the hour count, too.
    await database.sql(`update appointment set status = 'CANCELLED_BY_SERVICE' where id = any ($1)`, [
      many.map(({ id }) => id),
    ]);
    expect(outcomeOf(await online())).toBe('BOOKED');
  });
});
