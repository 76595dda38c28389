import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import {
  book,
  cancel,
  inParis,
  MINUTE,
  move,
  open as openHours,
  today,
  workingDaysAfter,
} from '../agenda/agenda.js';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/until.js';

/** An information meeting that several persons attend, each knowing of themselves alone. */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let here: DistrictBuilder;
let sevran: string;
let [alice, bruno]: string[] = [];
let rachida: Requester;
let asAlice: Requester;
let asBruno: Requester;

const days = workingDaysAfter(today());
const nextDay = (): string => days.next().value;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  const built = await county(database);
  here = built.district('Sevran');
  sevran = (await here).id;
  await make.teamOption({ districtId: sevran });
  alice = (await here.worker('alice')).id;
  bruno = (await here.worker('bruno')).id;
  await here.receptionist('rachida');
  await here.head('hélène');
  await built.district('Gagny').receptionist('gilles');
  [rachida, asAlice, asBruno] = [await app.as('rachida'), await app.as('alice'), await app.as('bruno')];
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const FIELDS = `id places placesLeft takenPlaces { person { id familyName } outcome version }
  appointment { id status version startsAt }`;
const TYPE = 'INFORMATION_MEETING';

function send(who: Requester, name: string, input: Record<string, unknown>, headers = {}): Promise<Answer> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const fields = name === 'recordAttendance' ? 'placesLeft' : FIELDS;
  return who.send(`mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`, { input }, headers);
}
const openOne = (who: Requester, input: Record<string, unknown> = {}): Promise<Answer> =>
  send(who, 'openCollectiveAppointment', {
    districtId: sevran,
    workerIds: [alice],
    typeCode: TYPE,
    startsAt: inParis(nextDay(), '10:00'),
    ...input,
  });
async function opened(input: Record<string, unknown> = {}, who = rachida): Promise<string> {
  const { data, text } = await openOne(who, input);
  if (data?.['openCollectiveAppointment'] == null) throw new Error(text);
  return data['openCollectiveAppointment'].id;
}
const join = (id: string, personId?: string | null, who = rachida): Promise<Answer> =>
  send(who, 'joinCollectiveAppointment', personId == null ? { id } : { id, personId });
const leave = (id: string, personId: string | null, by = 'PERSON', who = rachida): Promise<Answer> =>
  send(who, 'leaveCollectiveAppointment', personId === null ? { id, by } : { id, personId, by });
const attend = (input: Record<string, unknown>, who = asAlice): Promise<Answer> =>
  send(who, 'recordAttendance', input);
async function look(id: string, who = rachida) {
  const { data } = await who.send(`query ($id: ID!) { collectiveAppointment(id: $id) { ${FIELDS} } }`, {
    id,
  });
  return data?.['collectiveAppointment'];
}
const upcoming = (who: Requester, first = 20): Promise<Answer> =>
  who.send(
    `{ collectiveAppointments(districtId: "${sevran}", typeCode: "${TYPE}", first: ${first}) { id placesLeft } }`,
  );
const someone = async (familyName = 'Nom'): Promise<string> => (await here.person({ familyName })).id;

/** As if it began so many minutes ago. */
async function begins(id: string, minutesAgo: number): Promise<void> {
  const start = new Date(Date.now() - minutesAgo * MINUTE);
  const end = new Date(start.getTime() + 90 * MINUTE);
  await database.sql('delete from occupancy where appointment_id = $1', [id]);
  await database.sql('update appointment set starts_at = $2, ends_at = $3 where id = $1', [id, start, end]);
}

describe('places are taken and given back', () => {
  test('by persons and by someone without a name, until there is none left', async () => {
    const id = await opened({ places: 3 });
    const [ana, ben] = [await someone('Ana'), await someone('Ben')];
    expect((await join(id, ana)).data?.['joinCollectiveAppointment']).toMatchObject({
      places: 3,
      placesLeft: 2,
      takenPlaces: [{ person: { id: ana, familyName: 'Ana' }, outcome: null }],
    });
    await join(id, null);
    expect((await join(id, ben, asAlice)).data?.['joinCollectiveAppointment'].placesLeft).toBe(0);
    const other = await opened({ workerIds: [bruno], startsAt: inParis(nextDay(), '14:00') });
    const lost = await join(id, await someone());
    expect(lost.errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', reason: 'NO_PLACE_LEFT' });
    const next = lost.errors[0]?.extensions['nextFreeSlots'];
    expect(next).toContainEqual({
      startsAt: (await look(other)).appointment.startsAt,
      endsAt: new Date(Date.parse((await look(other)).appointment.startsAt) + 90 * MINUTE).toISOString(),
    });
    expect((await join(id, null)).codes).toEqual(['CONFLICT']);
    // Who holds another day, and not that one, is offered nothing of a colleague's.
    const offered = (await join(id, ben, asAlice)).errors[0]?.extensions['nextFreeSlots'] ?? [];
    expect(offered).not.toContainEqual(next.find(({ startsAt }: { startsAt: string }) => startsAt > '2100'));
    expect((await leave(id, ana)).data?.['leaveCollectiveAppointment']).toMatchObject({
      placesLeft: 1,
      takenPlaces: [{ person: { id: ben } }],
      appointment: { status: 'BOOKED', version: 1 },
    });
    expect((await leave(id, null)).data?.['leaveCollectiveAppointment'].placesLeft).toBe(2);
    expect((await leave(id, null)).errors[0]?.extensions['reason']).toBe('STATE_CHANGED');
    expect((await leave(id, ana)).codes).toEqual(['NOT_FOUND']);
    expect((await join(id, ben)).errors[0]?.extensions['reason']).toBe('STATE_CHANGED');
  });

  test('of forty who come at once for ten places, ten have one, and no place is lost', async () => {
    const id = await opened({ places: 10 });
    const persons = await Promise.all(
      Array.from({ length: 40 }, (_, nth) => (nth % 4 === 3 ? null : someone(`N${nth}`))),
    );
    const answers = await Promise.all(
      persons.map((person, nth) => join(id, person, nth % 2 === 0 ? rachida : asAlice)),
    );
    const won = answers.filter(({ errors }) => errors.length === 0);
    expect(won).toHaveLength(10);
    for (const { errors } of answers.filter((answer) => !won.includes(answer)))
      expect(errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', reason: 'NO_PLACE_LEFT' });
    const [kept] = await database.sql<{ named: number; rows: number; unnamed: number }>(
      `select places_named as named, places_unnamed as unnamed,
        (select count(*)::integer from appointment_person where appointment_id = a.id) as rows from appointment a where id = $1`,
      [id],
    );
    expect(kept?.named).toBe(kept?.rows);
    expect((kept?.named ?? 0) + (kept?.unnamed ?? 0)).toBe(10);
    // Nor by anyone who looks first and writes afterwards.
    await expect(
      database.sql('insert into appointment_person (appointment_id, person_id) values ($1, $2)', [
        id,
        await someone(),
      ]),
    ).rejects.toThrow('appointment_places_taken');
  });

  test('who gives theirs back as others come leaves exactly one more', async () => {
    const id = await opened({ places: 2 });
    const [ana, ben] = [await someone(), await someone()];
    await join(id, ana);
    await join(id, ben);
    const waiting = await Promise.all(Array.from({ length: 6 }, () => someone()));
    await Promise.all([leave(id, ana), ...waiting.map((person) => join(id, person))]);
    const after = await look(id);
    const tried = (await Promise.all(waiting.map((person) => join(id, person)))).filter(
      ({ errors }) => errors.length === 0,
    );
    expect(after.placesLeft + 2).toBeGreaterThanOrEqual(2);
    expect(after.placesLeft).toBe(tried.length);
    expect((await look(id)).placesLeft).toBe(0);
  });

  test('a repeated request takes one place', async () => {
    const id = await opened();
    const key = { 'idempotency-key': 'join-1' };
    const first = await send(rachida, 'joinCollectiveAppointment', { id }, key);
    expect((await send(rachida, 'joinCollectiveAppointment', { id }, key)).data).toEqual(first.data);
    expect((await look(id)).placesLeft).toBe(11);
  });
});

describe('who knows what of it', () => {
  test('one who comes sees the appointment as theirs alone, and nothing of who else comes, nor how many', async () => {
    const id = await opened();
    const [ana, ben] = [await someone('Ana'), await someone('Benoit')];
    await make.personAccount({ personId: ana, subject: 'ana' });
    await join(id, ana);
    await database.sql('update appointment_person set show_online = true where appointment_id = $1', [id]);
    const asAna = await app.as('ana', {
      clientId: 'front.person',
      scopes: ['cases:read', 'appointments:read', 'appointments:write', 'persons:read', 'directory:read'],
    });
    const see = async (): Promise<string> =>
      (
        await asAna.send(
          `{ appointment(id: "${id}") { id startsAt endsAt status place version publicLabel persons { id familyName } workers { id } } }`,
        )
      ).text;
    const alone = await see();
    expect(alone).toContain(ana);
    expect(alone).toContain('Réunion');
    await join(id, ben);
    await join(id, null);
    await leave(id, ben, 'SERVICE');
    await join(id, ben);
    expect(await see()).toBe(alone);
    // Nor is it theirs to call off for all.
    const off = `mutation { cancelOnline(input: { id: "${id}", expectedVersion: 1 }) { status } }`;
    expect((await asAna.send(off)).codes).toEqual(['FORBIDDEN']);
    expect((await look(id)).appointment.status).toBe('BOOKED');
    for (const question of [
      `{ collectiveAppointment(id: "${id}") { placesLeft } }`,
      `{ collectiveAppointments(districtId: "${sevran}", typeCode: "${TYPE}") { placesLeft } }`,
      `mutation { joinCollectiveAppointment(input: { id: "${id}" }) { placesLeft } }`,
    ])
      expect((await asAna.send(question)).codes).toEqual(['FORBIDDEN']);
  });

  test('the desk of the district and who holds it, and no colleague', async () => {
    const id = await opened();
    const listed = async (who: Requester) =>
      (await upcoming(who)).data?.['collectiveAppointments']?.some((row: { id: string }) => row.id === id);
    expect([await listed(rachida), await listed(asAlice), await listed(asBruno)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(await look(id, asBruno)).toBeNull();
    const gilles = await app.as('gilles');
    expect((await upcoming(gilles)).codes).toEqual(['FORBIDDEN']);
    const nothing = '00000000-0000-4000-8000-000000000000';
    for (const stranger of [asBruno, gilles]) {
      const [there, not] = [await join(id, null, stranger), await join(nothing, null, stranger)];
      expect(there.codes).toEqual(['NOT_FOUND']);
      expect(there.text).toBe(not.text);
    }
    expect((await join(id, null, await app.as('hélène'))).codes).toEqual(['FORBIDDEN']);
    expect((await openOne(asBruno)).codes).toEqual(['FORBIDDEN']);
    expect(await look(await opened({}, asAlice), asAlice)).toMatchObject({ places: 12, placesLeft: 12 });
  });

  test('a file that is hidden from the desk stays so: a place that is taken, by nobody that it knows', async () => {
    const id = await opened();
    const hidden = (await here.person({ familyName: 'Canari', sensitiveFile: true })).id;
    expect((await join(id, hidden)).codes).toEqual(['NOT_FOUND']);
    await make.appointmentPerson({ appointmentId: id, personId: hidden });
    expect(await look(id)).toMatchObject({ placesLeft: 11, takenPlaces: [] });
    const [theirs, nobodys] = [await leave(id, hidden), await leave(id, await someone())];
    expect(theirs.text).toBe(nobodys.text);
    expect(theirs.codes).toEqual(['NOT_FOUND']);
    await join(id, null);
    expect((await look(id)).takenPlaces).toEqual([]);
  });
});

describe('what becomes of it', () => {
  const notices = (id: string) =>
    database.sql<{ person: string; kind: string; open: boolean }>(
      `select person_id as person, kind::text, done_at is null as open from appointment_notice where appointment_id = $1 order by person_id`,
      [id],
    );

  test('cancelled or moved, everyone who has a place is to be told', async () => {
    const startsAt = inParis(nextDay(), '09:00');
    const id = await opened({ startsAt });
    const persons = [await someone(), await someone()].sort();
    for (const person of persons) await join(id, person);
    const moved = await move(rachida, { id, expectedVersion: 1, startsAt: inParis(nextDay(), '09:00') });
    expect(moved.errors).toEqual([]);
    expect(await notices(id)).toEqual(persons.map((person) => ({ person, kind: 'MOVED', open: true })));
    expect(
      (
        await rachida.send(
          'mutation ($input: CancelAppointmentInput!) { cancelAppointment(input: $input) { id } }',
          { input: { id, expectedVersion: 2, by: 'PERSON' } },
        )
      ).errors[0]?.extensions,
    ).toEqual({ code: 'INVALID_INPUT', field: 'input.by' });
    expect((await cancel(rachida, { id, expectedVersion: 2 })).errors).toEqual([]);
    expect(await notices(id)).toEqual(persons.map((person) => ({ person, kind: 'CANCELLED', open: true })));
    expect((await join(id, await someone())).errors[0]?.extensions['reason']).toBe('STATE_CHANGED');
    // Its time is free again.
    expect((await book(rachida, { districtId: sevran, workerIds: [alice ?? ''], startsAt })).errors).toEqual(
      [],
    );
  });

  test.each(['cancelled', 'cleared away with the day of who is ill'])(
    'whoever takes a place as it is %s is to be told as well, or has none',
    async (how) => {
      const startsAt = inParis(nextDay(), '09:00');
      const id = await opened({ startsAt });
      const [before, meanwhile] = [await someone(), await someone()];
      await join(id, before);
      const off = await rachida.send(
        'mutation ($input: DeclareUnavailabilityInput!) { declareUnavailability(input: $input) { id version } }',
        {
          input: {
            districtId: sevran,
            workerId: alice,
            startsAt,
            endsAt: new Date(startsAt.getTime() + 3_600_000),
          },
        },
      );
      const { id: offId, version } = off.data?.['declareUnavailability'] ?? {};
      // Someone has just taken a place, and their transaction is not through yet.
      const other = new pg.Client({ connectionString: database.url });
      await other.connect();
      await other.query('begin');
      await other.query('select from appointment where id = $1 for update', [id]);
      await other.query('insert into appointment_person (appointment_id, person_id) values ($1, $2)', [
        id,
        meanwhile,
      ]);
      const answered =
        how === 'cancelled'
          ? cancel(rachida, { id, expectedVersion: 1 })
          : rachida.send(
              'mutation ($input: ClearUnavailabilityInput!) { clearUnavailability(input: $input) { id } }',
              { input: { id: offId, expectedVersion: version, how: 'CANCEL' } },
            );
      await until('it to wait for whoever takes the place', async () => {
        const [waits] = await database.sql(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return waits;
      });
      await other.query('commit');
      await other.end();
      expect((await answered).errors).toEqual([]);
      expect(await notices(id)).toEqual(
        [before, meanwhile].sort().map((person) => ({ person, kind: 'CANCELLED', open: true })),
      );
    },
  );

  test('whoever was sent away by mistake, and has a place again, is not told that they have none', async () => {
    const id = await opened();
    const someoneSent = await someone();
    await join(id, someoneSent);
    await leave(id, someoneSent, 'SERVICE');
    expect((await join(id, someoneSent)).errors).toEqual([]);
    expect(await notices(id)).toEqual([]);
  });

  test('one whom the service does not keep is to be told, one who gives their place back is not', async () => {
    const id = await opened();
    const [sent, gone] = [await someone(), await someone()];
    for (const person of [sent, gone]) await join(id, person);
    await leave(id, sent, 'SERVICE');
    await leave(id, gone, 'PERSON');
    expect(await notices(id)).toEqual([{ person: sent, kind: 'CANCELLED', open: true }]);
    expect(await look(id)).toMatchObject({ placesLeft: 12, appointment: { status: 'BOOKED' } });
  });

  test('who came is said of each, once it has begun; that it was held, of all', async () => {
    const id = await opened();
    const [ana, ben] = [await someone('Ana'), await someone('Ben')];
    for (const person of [ana, ben]) await join(id, person);
    const said = { id, personId: ana, expectedVersion: 1, outcome: 'HONOURED' };
    expect((await attend(said)).errors[0]?.extensions['field']).toBe('input.outcome');
    await begins(id, 30);
    expect((await attend(said)).errors).toEqual([]);
    expect((await attend(said)).errors[0]?.extensions['reason']).toBe('VERSION_CHANGED');
    expect((await attend({ ...said, expectedVersion: 2 })).errors[0]?.extensions['reason']).toBe(
      'STATE_CHANGED',
    );
    await attend({ id, personId: ben, expectedVersion: 1, outcome: 'NOT_HONOURED' }, rachida);
    const found = (await look(id, asAlice)).takenPlaces as { person: { id: string }; outcome: string }[];
    expect(new Map(found.map(({ person, outcome }) => [person.id, outcome]))).toEqual(
      new Map([
        [ana, 'HONOURED'],
        [ben, 'NOT_HONOURED'],
      ]),
    );
    expect((await attend({ ...said, personId: await someone() })).codes).toEqual(['NOT_FOUND']);
    const record = (outcome: string) =>
      asAlice.send(`mutation ($input: RecordOutcomeInput!) { recordOutcome(input: $input) { status } }`, {
        input: { id, expectedVersion: 1, outcome },
      });
    expect((await record('NOT_HONOURED')).errors[0]?.extensions['field']).toBe('input.outcome');
    expect((await record('HONOURED')).data?.['recordOutcome']).toEqual({ status: 'HONOURED' });
    // Who comes to it is on its list, and no visit honours it for all.
    const visit = await rachida.send(
      'mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { id } }',
      { input: { districtId: sevran, kind: 'WALK_IN', appointmentId: await begun() } },
    );
    expect(visit.errors[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: 'input.appointmentId' });
  });
  async function begun(): Promise<string> {
    const id = await opened();
    await begins(id, 1);
    return id;
  }
});

describe('what it is not', () => {
  test('an appointment of one person, hours that are open, or something to wait for', async () => {
    const startsAt = inParis(nextDay(), '09:00');
    const field = ({ errors }: Answer) => errors[0]?.extensions['field'];
    expect(
      field(await book(rachida, { districtId: sevran, workerIds: [alice ?? ''], startsAt, typeCode: TYPE })),
    ).toBe('input.typeCode');
    expect(
      field(
        await openHours(rachida, {
          districtId: sevran,
          workerId: alice ?? '',
          startsOn: nextDay(),
          typeCodes: [TYPE],
        }),
      ),
    ).toBe('input.typeCodes');
    expect(
      field(
        await rachida.send(
          'mutation ($input: RequestAppointmentInput!) { requestAppointment(input: $input) { id } }',
          {
            input: { districtId: sevran, typeCode: TYPE, personId: await someone() },
          },
        ),
      ),
    ).toBe('input.typeCode');
    expect(
      field(
        await app.anonymous.send(
          `{ slots(filter: { typeCode: "${TYPE}", districtId: "${sevran}" }) { whyNone } }`,
        ),
      ),
    ).toBe('filter.typeCode');
    expect(field(await openOne(rachida, { typeCode: 'FIRST_RECEPTION' }))).toBe('input.typeCode');
    for (const places of [1, 201]) expect(field(await openOne(rachida, { places }))).toBe('input.places');
    const booked = await book(rachida, { districtId: sevran, workerIds: [alice ?? ''], startsAt });
    const id = booked.data?.['bookAppointment'].id;
    expect([(await join(id)).codes, await look(id)]).toEqual([['NOT_FOUND'], null]);
    // Its workers are free then, or it is not opened.
    expect(
      (await openOne(rachida, { workerIds: [alice, bruno], startsAt })).errors[0]?.extensions,
    ).toMatchObject({
      reason: 'SLOT_TAKEN',
      nextFreeSlots: [],
    });
  });
});
