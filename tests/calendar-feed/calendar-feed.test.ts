import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import { SCOPES } from '../../src/auth/scopes.js';
import { cancel, inParis, move, today, workingDaysAfter } from '../agenda/agenda.js';
import { type Requester, startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** A device subscribes by a secret address, and is told when and where: never whom, nor why. Read by a library of its own. */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let here: DistrictBuilder;
let sevran: string;
let alice: string;
let asAlice: Requester;
let rachida: Requester;

const days = workingDaysAfter(today());
const nextDay = (): string => days.next().value;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  here = (await county(database)).district('Sevran');
  sevran = (await here).id;
  alice = (await here.worker('alice')).id;
  await here.receptionist('rachida');
  asAlice = await app.as('alice');
  rachida = await app.as('rachida');
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

interface Feed {
  readonly id: string;
  readonly address: string;
}

async function open(who: Requester, headers: Record<string, string> = {}): Promise<Feed> {
  const { data, text } = await who.send(
    'mutation { openCalendarFeed(input: { label: "Téléphone" }) { id address label } }',
    {},
    headers,
  );
  if (data?.['openCalendarFeed'] == null) throw new Error(text);
  return data['openCalendarFeed'];
}

const get = (address: string, options: RequestInit = {}) => fetch(`${app.url}${address}`, options);

/** The events of a calendar, as ical.js reads them. */
async function events(address: string) {
  const parsed = new ICAL.Component(ICAL.parse(await (await get(address)).text()));
  return parsed.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      summary: event.summary,
      location: event.location,
      description: event.description,
      status: component.getFirstPropertyValue('status'),
      attendees: component.getAllProperties('attendee').length,
    };
  });
}

async function book(day: string, more: Record<string, unknown> = {}): Promise<string> {
  const { data, text } = await asAlice.send(
    'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id } }',
    {
      input: {
        districtId: sevran,
        workerIds: [alice],
        typeCode: 'FIRST_RECEPTION',
        startsAt: inParis(day, '10:00'),
        ...more,
      },
    },
  );
  if (data?.['bookAppointment'] == null) throw new Error(text);
  return data['bookAppointment'].id;
}

describe('a worker’s calendar', () => {
  test('has the public label, the time and the place of each appointment, and nothing of whom or why', async () => {
    const day = nextDay();
    const { id: personId } = await here.person({ familyName: 'Introuvable' });
    const id = await book(day, {
      typeCode: 'SOCIAL_ASSESSMENT',
      subject: 'Expulsion',
      personIds: [personId],
    });
    const { address } = await open(asAlice);
    expect(address).toMatch(/^\/calendar\/[A-Za-z0-9_-]{43}\.ics$/);
    expect(await events(address)).toEqual([
      {
        uid: id,
        sequence: 0,
        start: inParis(day, '10:00').toISOString(),
        end: inParis(day, '11:00').toISOString(),
        summary: 'Entretien',
        location: '1 rue de la Mairie, 93270 Sevran',
        description: null,
        status: 'CONFIRMED',
        attendees: 0,
      },
    ]);
    expect(await (await get(address)).text()).not.toMatch(
      /Introuvable|Ana|Expulsion|valuation|sevran\b|social/,
    );
  });

  test('keeps the UID and counts the SEQUENCE on, so that a device moves and strikes out what it has', async () => {
    const { address } = await open(asAlice);
    const id = await book(nextDay());
    const mine = async () => (await events(address)).find(({ uid }) => uid === id);
    const later = inParis(nextDay(), '14:00');
    await move(asAlice, { id, expectedVersion: 1, startsAt: later });
    expect(await mine()).toMatchObject({ sequence: 1, start: later.toISOString(), status: 'CONFIRMED' });
    await cancel(asAlice, { id, expectedVersion: 2 });
    expect(await mine()).toMatchObject({ sequence: 2, status: 'CANCELLED' });
  });

  test('names no place that somebody typed, and none for a visit or a call', async () => {
    const { address } = await open(asAlice);
    const places = [
      await book(nextDay(), { place: 'Mairie annexe' }),
      await book(nextDay(), { typeCode: 'HOME_VISIT' }),
      await book(nextDay(), { typeCode: 'PHONE_CALL' }),
    ];
    const found = await events(address);
    expect(
      places
        .map((id) => found.find(({ uid }) => uid === id))
        .map((event) => [event?.summary, event?.location]),
    ).toEqual([
      ['Entretien', null],
      ['Visite', null],
      ['Appel', null],
    ]);
  });

  test.each([
    ['2027-03-28', 'spring'],
    ['2027-10-31', 'autumn'],
  ])('is right on %s, when the clock changes in %s', async (day) => {
    const { address } = await open(asAlice);
    const ids = await database.sql<{ id: string; starts: Date }>(
      `with booked as (insert into appointment (district_id, type_code, starts_at, ends_at)
         select $1, 'FIRST_RECEPTION', at, at + interval '30 minutes'
         from unnest(array[($2::date + time '01:30') at time zone 'Europe/Paris', ($2::date + time '10:00') at time zone 'Europe/Paris']) at
         returning id, starts_at as starts),
       taken as (insert into appointment_worker select id, $3 from booked)
       select id, starts from booked order by starts`,
      [sevran, day, alice],
    );
    const found = await events(address);
    expect(ids.map(({ id }) => found.find(({ uid }) => uid === id)?.start)).toEqual(
      ids.map(({ starts }) => starts.toISOString()),
    );
    expect(ids[1]?.starts.toISOString()).toBe(inParis(day, '10:00').toISOString());
  });

  test('is answered by its tag while nothing changes, and takes GET and HEAD alone', async () => {
    const { address } = await open(asAlice);
    const first = await get(address);
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const tag = first.headers.get('etag') ?? '';
    expect((await get(address, { headers: { 'if-none-match': tag } })).status).toBe(304);
    await book(nextDay());
    expect((await get(address, { headers: { 'if-none-match': tag } })).status).toBe(200);
    const head = await get(address, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await get(address, { method: 'POST' })).status).toBe(405);
  });

  test('shows what is theirs now: nothing of a district that they have left', async () => {
    const { id: leaver } = await here.worker('partante');
    const as = await app.as('partante');
    const { address } = await open(as);
    await book(nextDay(), { workerIds: [alice, leaver] });
    expect(await events(address)).toHaveLength(1);
    await database.sql(`update membership set ends_at = now() - interval '1 ms' where worker_id = $1`, [
      leaver,
    ]);
    expect(await events(address)).toEqual([]);
  });

  test('is a valid calendar when there is nothing in it', async () => {
    await here.worker('libre');
    const { address } = await open(await app.as('libre'));
    const text = await (await get(address)).text();
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:/);
    expect(await events(address)).toEqual([]);
  });
});

describe('its address', () => {
  test('is answered once, kept as a digest, and again to a repetition', async () => {
    await here.worker('une-fois');
    const as = await app.as('une-fois');
    const [one, two] = [
      await open(as, { 'idempotency-key': 'tel' }),
      await open(as, { 'idempotency-key': 'tel' }),
    ];
    expect(two).toEqual(one);
    const { data } = await as.send('{ calendarFeeds { id address label } }');
    expect(data?.['calendarFeeds']).toEqual([{ id: one.id, address: null, label: 'Téléphone' }]);
    const secret = one.address.slice(10, 53);
    const [row] = await database.sql<{ text: string }>(
      'select string_agg(f::text, chr(10)) as text from calendar_feed f',
    );
    expect(row?.text).not.toContain(secret);
    expect(row?.text).not.toContain(Buffer.from(secret).toString('hex'));
  });

  test('revoked, of a closed account, and of nothing: the same answer', async () => {
    const { id: gone } = await here.worker('fermée');
    const closed = await open(await app.as('fermée'));
    await database.sql('update worker set disabled_at = now() where id = $1', [gone]);
    const revoked = await open(asAlice);
    const revoke = 'mutation ($id: ID!) { revokeCalendarFeed(input: { id: $id }) { revokedAt } }';
    expect((await asAlice.send(revoke, { id: revoked.id })).data?.['revokeCalendarFeed'].revokedAt).toEqual(
      expect.any(String),
    );
    expect((await asAlice.send(revoke, { id: revoked.id })).errors[0]?.extensions.reason).toBe(
      'STATE_CHANGED',
    );
    const never = `/calendar/${'x'.repeat(43)}.ics`;
    const answers = await Promise.all(
      [revoked.address, closed.address, never].map(async (address) => {
        const answer = await get(address);
        return `${answer.status} ${await answer.text()}`;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^404 /);
  });

  test('is shut while the account, the front end or its scope is suspended', async () => {
    const { id: workerId } = await here.worker('suspendue');
    const administratorId = (await here.worker('admin')).id;
    const scopes = SCOPES.filter((scope) => scope !== 'booking');
    const clientId = await make.client({ clientId: 'front.volé', name: 'Volé', scopes });
    const { address } = await open(await app.as('suspendue', { clientId: 'front.volé' }));
    const status = async () => (await get(address)).status;
    const suspend = async (of: { clientId: string; scope?: string } | { workerId: string }) => {
      const at = new Date();
      const lapsesAt = new Date(at.getTime() + 86_400_000);
      await make.suspension({ ...of, what: 'x', suspendedById: administratorId, suspendedAt: at, lapsesAt });
      const [table, id] = 'workerId' in of ? ['worker', of.workerId] : ['client', of.clientId];
      await database.sql(`update ${table} set suspended_until = $2 where id = $1`, [id, lapsesAt]);
    };
    const end = async () => {
      await database.sql('delete from suspension');
      for (const table of ['worker', 'client'])
        await database.sql(`update ${table} set suspended_until = null`);
    };
    expect(await status()).toBe(200);
    for (const whom of [{ workerId }, { clientId }, { clientId, scope: 'appointments:read' }]) {
      await suspend(whom);
      expect([whom, await status()]).toEqual([whom, 404]);
      await end();
      expect(await status()).toBe(200);
    }
    await suspend({ clientId, scope: 'statistics:read' });
    expect(await status()).toBe(200);
    await end();
  });

  test('outlives no right by which it was got: an account, a client, its scope', async () => {
    const { id: personId } = await here.person();
    await make.personAccount({ personId, subject: 'partie' });
    const scopes = SCOPES.filter((scope) => scope !== 'booking');
    await make.client({ clientId: 'front.autre', name: 'Autre', scopes });
    const ofPerson = await open(
      await app.as('partie', { clientId: 'front.person', scopes: ['appointments:read'] }),
    );
    const ofClient = await open(await app.as('alice', { clientId: 'front.autre' }));
    const statuses = () =>
      Promise.all([ofPerson, ofClient].map(async ({ address }) => (await get(address)).status));
    expect(await statuses()).toEqual([200, 200]);
    await database.sql('delete from person_account where person_id = $1', [personId]);
    await database.sql(
      `update client set scopes = array_remove(scopes, 'appointments:read') where client_id = 'front.autre'`,
    );
    expect(await statuses()).toEqual([404, 404]);
  });

  test('is nobody’s to revoke but its owner’s', async () => {
    const { id, address } = await open(asAlice);
    const revoke = 'mutation ($id: ID!) { revokeCalendarFeed(input: { id: $id }) { id } }';
    const theirs = await rachida.send(revoke, { id });
    expect(theirs.codes).toEqual(['NOT_FOUND']);
    expect(theirs.text).toBe(
      (await rachida.send(revoke, { id: '00000000-0000-4000-8000-000000000000' })).text,
    );
    expect((await get(address)).status).toBe(200);
  });

  test('is one of ten: the eleventh takes the place of the oldest', async () => {
    await here.worker('onze');
    const as = await app.as('onze');
    const feeds: Feed[] = [];
    for (let nth = 0; nth < 11; nth += 1) feeds.push(await open(as));
    const answers = await Promise.all(feeds.map(async ({ address }) => (await get(address)).status));
    expect(answers).toEqual([404, ...Array(10).fill(200)]);
  });
});

test('a person’s calendar has what is shown to them online, and nothing else', async () => {
  const { id: personId } = await here.person();
  await make.personAccount({ personId, subject: 'ana' });
  const ana = await app.as('ana', { clientId: 'front.person', scopes: ['appointments:read'] });
  const [shown, hidden] = [
    await book(nextDay(), { personIds: [personId] }),
    await book(nextDay(), { personIds: [personId] }),
  ];
  await database.sql('update appointment_person set show_online = true where appointment_id = $1', [shown]);
  const { address } = await open(ana);
  const found = await events(address);
  expect(found.map(({ uid }) => uid)).toEqual([shown]);
  expect(found.map(({ uid }) => uid)).not.toContain(hidden);
});
