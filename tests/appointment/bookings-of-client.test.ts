import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { inParis, later, searchPublic, starts, today, workingDaysAfter } from '../agenda/agenda.js';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** Somebody misuses a booking client: the desk or the head cancels together what this client booked in one hour. */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let here: DistrictBuilder;
let there: DistrictBuilder;
let sevran: string;
let gagny: string;
let client: Requester;
let otherClient: Requester;
let rachida: Requester;
let helene: Requester;
let clientId: string;

/** Each test takes a day of its own, on which each worker has six times from nine to twelve. */
const days = workingDaysAfter(later(today(), 1));
let day: string;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  const built = await county(database);
  here = built.district('Sevran');
  there = built.district('Gagny');
  sevran = (await here).id;
  gagny = (await there).id;
  const hours = {
    opensAt: '09:00',
    closesAt: '12:00',
    types: ['FIRST_RECEPTION'],
    until: later(today(), 60),
  };
  await here.worker('alice').open(hours);
  await there.worker('gaston').open(hours);
  await Promise.all([here.receptionist('rachida'), here.head('hélène'), there.receptionist('gisèle')]);
  rachida = await app.as('rachida');
  helene = await app.as('hélène');
  client = await app.as('client.booking');
  await make.client({ clientId: 'client.booking2', kind: 'INTEGRATION', name: 'Autre', scopes: ['booking'] });
  otherClient = await app.as('client.booking2', { clientId: 'client.booking2', scopes: ['booking'] });
  const [row] = await database.sql<{ id: string }>(
    `select id from client where client_id = 'client.booking'`,
  );
  clientId = row?.id ?? '';
});
beforeEach(async () => {
  day = days.next().value;
  // The test before has booked in another hour.
  await database.sql(`update online_booking set booked_at = booked_at - interval '1 day'`);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const at = (time: string): string => inParis(day, time).toISOString();

interface Booked {
  readonly id: string;
  readonly secret: string;
}

let endUsers = 0;
async function book(time: string, more: { as?: Requester; districtId?: string } = {}): Promise<Booked> {
  endUsers += 1;
  const answer = await (more.as ?? client).send(
    'mutation ($input: BookOnlineInput!) { bookOnline(input: $input) { id secret } }',
    {
      input: {
        districtId: more.districtId ?? sevran,
        typeCode: 'FIRST_RECEPTION',
        startsAt: at(time),
        name: `À ${time}`,
      },
    },
    // Each end user has an address of their own.
    { 'x-forwarded-for': `203.0.113.${endUsers}` },
  );
  if (answer.data == null) throw new Error(answer.text);
  return answer.data['bookOnline'];
}

const anHourAgo = (): string => new Date(Date.now() - 59 * 60_000).toISOString();

const cancelAll = (
  who: Requester,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Answer> =>
  who.send(
    'mutation ($input: CancelBookingsOfClientInput!) { cancelBookingsOfClient(input: $input) { cancelled } }',
    { input: { districtId: sevran, clientId, hour: anHourAgo(), ...more } },
    headers,
  );
const countOf = (answer: Answer): unknown => answer.data?.['cancelBookingsOfClient'] ?? answer.text;

async function statusOf(...booked: readonly Booked[]): Promise<string[]> {
  const rows = await database.sql<{ id: string; status: string }>(
    'select id, status::text from appointment where id = any ($1)',
    [booked.map(({ id }) => id)],
  );
  return booked.map(({ id }) => rows.find((row) => row.id === id)?.status ?? 'gone');
}

const offered = async (): Promise<string[]> =>
  starts(await searchPublic(client, { districtId: sevran, from: inParis(day, '08:00') }, 6)).filter((time) =>
    time.startsWith(day),
  );

describe('what one client booked in one hour', () => {
  test.each([
    ['the desk', () => rachida],
    ['the head', () => helene],
  ])('is cancelled together by %s, and everything else stays', async (_who, who) => {
    const taken = [await book('09:00'), await book('09:30')];
    const before = await book('10:00');
    const byOther = await book('10:30', { as: otherClient });
    await database.sql(
      `update online_booking set booked_at = now() - interval '2 hours' where appointment_id = $1`,
      [before.id],
    );
    const elsewhere = await book('09:00', { districtId: gagny });
    expect(await offered()).toEqual([`${day} 11:00`, `${day} 11:30`]);

    expect(countOf(await cancelAll(who()))).toEqual({ cancelled: 2 });
    expect(await statusOf(...taken)).toEqual(taken.map(() => 'CANCELLED_BY_SERVICE'));
    expect(await statusOf(byOther, before, elsewhere)).toEqual(['BOOKED', 'BOOKED', 'BOOKED']);

    // The times are free again, and somebody else books one of them.
    expect(await offered()).toEqual(['09:00', '09:30', '11:00', '11:30'].map((time) => `${day} ${time}`));
    expect(await statusOf(await book('09:00', { as: otherClient }))).toEqual(['BOOKED']);
    // The client reads by the secret that the service has cancelled.
    const { data } = await client.send('query ($of: String!) { onlineBooking(secret: $of) { status } }', {
      of: taken[1]?.secret,
    });
    expect(data?.['onlineBooking']).toEqual({ status: 'CANCELLED_BY_SERVICE' });
  });

  test('is of that hour alone: what was booked after it stays, too', async () => {
    const [earlier, now] = [await book('09:00'), await book('09:30')];
    await database.sql(
      `update online_booking set booked_at = now() - interval '150 minutes' where appointment_id = $1`,
      [earlier.id],
    );
    const hour = new Date(Date.now() - 180 * 60_000).toISOString();
    expect(countOf(await cancelAll(rachida, { hour }))).toEqual({ cancelled: 1 });
    expect(await statusOf(earlier, now)).toEqual(['CANCELLED_BY_SERVICE', 'BOOKED']);
  });

  test('shows its worker that the service cancelled it, as any other cancellation does', async () => {
    const { id } = await book('09:00');
    await cancelAll(rachida);
    const { data } = await (await app.as('alice')).send(
      'query ($id: ID!) { appointment(id: $id) { status version } }',
      { id },
    );
    expect(data?.['appointment']).toEqual({ status: 'CANCELLED_BY_SERVICE', version: 2 });
  });

  test('leaves what has begun and what was cancelled before', async () => {
    const [begun, cancelled, ahead] = [await book('09:00'), await book('09:30'), await book('10:00')];
    await database.sql(
      `update appointment set starts_at = now() - interval '10 minutes', ends_at = now() + interval '20 minutes' where id = $1`,
      [begun.id],
    );
    await client.send('mutation ($input: CancelOnlineInput!) { cancelOnline(input: $input) { id } }', {
      input: { secret: cancelled.secret, expectedVersion: 1 },
    });
    expect(countOf(await cancelAll(rachida))).toEqual({ cancelled: 1 });
    expect(await statusOf(begun, cancelled, ahead)).toEqual([
      'BOOKED',
      'CANCELLED_BY_PERSON',
      'CANCELLED_BY_SERVICE',
    ]);
  });

  test('whoever has a contact is to be told, and a name alone is not', async () => {
    const [known, nameAlone] = [await book('09:00'), await book('09:30')];
    const seen = await rachida.send('query ($id: ID!) { appointment(id: $id) { persons { id } } }', {
      id: known.id,
    });
    await rachida.send('mutation ($input: UpdatePersonInput!) { updatePerson(input: $input) { id } }', {
      input: {
        id: seen.data?.['appointment'].persons[0].id,
        expectedVersion: 1,
        givenName: 'Nour',
        familyName: 'Amrani',
        phone: '+33601020304',
      },
    });
    await cancelAll(rachida);
    expect(
      await database.sql(
        'select appointment_id as id, kind::text from appointment_notice where appointment_id = any ($1)',
        [[known.id, nameAlone.id]],
      ),
    ).toEqual([{ id: known.id, kind: 'CANCELLED' }]);
    const { data } = await rachida.send(
      'query ($id: ID!) { noticesToGive(districtId: $id, first: 100) { edges { node { appointment { id } } } } }',
      { id: sevran },
    );
    expect(data?.['noticesToGive'].edges).toEqual([{ node: { appointment: { id: known.id } } }]);
  });

  test('is told to the head each time, a second time within the hour too', async () => {
    const told = async () =>
      (await helene.send('{ notifications(first: 50) { edges { node { kind act howMany } } } }')).data?.[
        'notifications'
      ].edges
        .map(({ node }: { node: Record<string, unknown> }) => node)
        .filter((node: Record<string, unknown>) => node['act'] === 'CANCEL_BOOKINGS_OF_CLIENT');
    await database.sql(`delete from notification where act = 'CANCEL_BOOKINGS_OF_CLIENT'`);
    await book('09:00');
    expect(countOf(await cancelAll(rachida))).toEqual({ cancelled: 1 });
    expect(await told()).toHaveLength(1);
    await book('09:30');
    await book('10:00');
    expect(countOf(await cancelAll(rachida))).toEqual({ cancelled: 2 });
    const calls: { howMany: number }[] = await told();
    expect(calls.map(({ howMany }) => howMany).sort()).toEqual([1, 2]);
  });

  test('leaves one line of the access log for each person, by whoever cancelled it', async () => {
    const booked = [await book('09:00'), await book('09:30')];
    const persons = await database.sql<{ id: string }>(
      'select person_id as id from appointment_person where appointment_id = any ($1) order by 1',
      [booked.map(({ id }) => id)],
    );
    await database.sql('truncate access_log');
    await cancelAll(helene);
    expect(
      await database.sql(
        `select l.action, l.outcome, l.person_id as person, w.subject as actor from access_log l
          join worker w on w.id = l.actor_id order by l.person_id`,
      ),
    ).toEqual(
      persons.map(({ id }) => ({
        action: 'CANCEL_APPOINTMENT',
        outcome: 'DONE',
        person: id,
        actor: 'hélène',
      })),
    );
  });

  test('is cancelled once: a repeated request gets the same number, and a new one finds nothing', async () => {
    await book('09:00');
    await book('09:30');
    const [hour, key] = [anHourAgo(), { 'idempotency-key': `hour-${day}` }];
    const first = await cancelAll(rachida, { hour }, key);
    expect(countOf(first)).toEqual({ cancelled: 2 });
    expect((await cancelAll(rachida, { hour }, key)).data).toEqual(first.data);
    expect((await cancelAll(rachida, { hour })).codes).toEqual(['NOT_FOUND']);
  });

  test('is 600 appointments at a time, the first that were booked', async () => {
    const { id: personId } = await here.person();
    await database.sql(
      `with many as (insert into appointment (district_id, type_code, starts_at, ends_at)
         select $1, 'FIRST_RECEPTION', now() + interval '9 days', now() + interval '9 days 30 minutes' from generate_series(1, 602) returning id),
       persons as (insert into appointment_person (appointment_id, person_id) select id, $2 from many returning appointment_id)
       insert into online_booking (appointment_id, client_id, secret_hash, person_id, booked_at)
         select appointment_id, $3, appointment_id::text::bytea, $2, now() - interval '30 minutes' + row_number() over () * interval '1 second'
         from persons`,
      [sevran, personId, clientId],
    );
    expect(countOf(await cancelAll(helene))).toEqual({ cancelled: 600 });
    expect(
      await database.sql(
        `select count(*)::integer as left_over, min(b.booked_at) > (select max(c.booked_at) from online_booking c
            join appointment d on d.id = c.appointment_id and d.status = 'CANCELLED_BY_SERVICE' and c.person_id = $1) as the_last
          from online_booking b join appointment a on a.id = b.appointment_id where b.person_id = $1 and a.status = 'BOOKED'`,
        [personId],
      ),
    ).toEqual([{ left_over: 2, the_last: true }]);
    expect(countOf(await cancelAll(rachida))).toEqual({ cancelled: 2 });
  });
});

describe('it is refused', () => {
  test('to everyone but the desk and the head of the district, and nothing changes', async () => {
    const booked = await book('09:00');
    for (const login of ['alice', 'gisèle', 'gaston', 'client.booking'])
      expect([login, (await cancelAll(await app.as(login))).codes]).toEqual([login, ['FORBIDDEN']]);
    expect((await cancelAll(app.anonymous)).codes).toEqual(['FORBIDDEN']);
    expect((await cancelAll(rachida, { districtId: gagny })).codes).toEqual(['FORBIDDEN']);
    expect((await cancelAll(rachida, { districtId: randomUUID() })).codes).toEqual(['FORBIDDEN']);
    expect(await statusOf(booked)).toEqual(['BOOKED']);
  });

  test('for a client that is not there as for one that booked nothing here in the hour', async () => {
    const [booked, elsewhere] = [
      await book('09:00'),
      await book('09:00', { as: otherClient, districtId: gagny }),
    ];
    const [other] = await database.sql<{ id: string }>(
      `select id from client where client_id = 'client.booking2'`,
    );
    const answers = await Promise.all(
      [other?.id, randomUUID(), 'nothing'].map((id) => cancelAll(rachida, { clientId: id })),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', field: 'input.clientId' });
    expect(await statusOf(booked, elsewhere)).toEqual(['BOOKED', 'BOOKED']);
  });

  test('by the database too, whatever the service lets through', async () => {
    await book('09:00');
    const asked = database.sql<{ ids: unknown }>(
      "select cancel_bookings_of_client($1, $2, now() - interval '1 hour') as ids",
      [sevran, clientId],
    );
    // Here nobody has logged in.
    expect(await asked).toEqual([{ ids: null }]);
  });
});
