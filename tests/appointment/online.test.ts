import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  book,
  inParis,
  later,
  searchBoth,
  searchPublic,
  sooner,
  starts,
  today,
  workingDaysAfter,
} from '../agenda/agenda.js';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** Booking without a worker's help: what is offered to everyone is what can be booked, and who receives is not told. */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let here: DistrictBuilder;
let sevran: string;
let alice: string;
let bruno: string;
let client: Requester;
let rachida: Requester;

/** Each test takes a day of its own, on which alice and bruno are open from nine to ten: two times two slots. */
const days = workingDaysAfter(later(today(), 1));
let day: string;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  here = (await county(database)).district('Sevran');
  sevran = (await here).id;
  // Far enough that the day of the last test, with holidays before it, still has days after it.
  const hours = {
    opensAt: '09:00',
    closesAt: '10:00',
    types: ['FIRST_RECEPTION', 'FOLLOW_UP'],
    until: later(today(), 90),
  };
  alice = (await here.worker('alice').open(hours)).id;
  bruno = (await here.worker('bruno').open(hours)).id;
  await here.receptionist('rachida');
  rachida = await app.as('rachida');
  client = await app.as('client.booking');
});
beforeEach(() => {
  day = days.next().value;
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const BOOKING = 'id startsAt endsAt status mode publicLabel place version district { name }';

function act(
  who: Requester,
  mutation: 'bookOnline' | 'moveOnline' | 'cancelOnline',
  input: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  // Only a client has a secret to ask for.
  const asked = who === client ? `secret ${BOOKING}` : BOOKING;
  return who.send(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${asked} } }`,
    { input },
    headers,
  );
}

const at = (time: string, on = day): string => inParis(on, time).toISOString();
/** Each end user has an address of their own (shares.test.ts has several people behind one). */
let endUsers = 0;
const bookFor = (name: string, more: Record<string, unknown> = {}): Promise<Answer> => {
  endUsers += 1;
  return act(
    client,
    'bookOnline',
    { districtId: sevran, typeCode: 'FIRST_RECEPTION', startsAt: at('09:00'), name, ...more },
    { 'x-forwarded-for': `203.0.113.${endUsers}` },
  );
};
const readBy = async (secret: string, who = client) =>
  (
    await who.send(`query ($secret: String!) { onlineBooking(secret: $secret) { secret ${BOOKING} } }`, {
      secret,
    })
  ).data?.['onlineBooking'];
const faultOf = (answer: Answer) => {
  const { code, reason, field } = answer.errors[0]?.extensions ?? { code: 'none' };
  return [code, reason ?? field].join(' ');
};

/** What a booking has made. */
function madeBy(answer: Answer): { readonly id: string; readonly secret: string } {
  if (answer.data == null) throw new Error(answer.text);
  return answer.data['bookOnline'];
}

/** Someone with an account, who logs in through the front end for persons. */
async function person(subject: string): Promise<{ id: string; as: Requester }> {
  const { id } = await here.person();
  await make.personAccount({ personId: id, subject });
  const scopes = ['cases:read', 'appointments:read', 'appointments:write', 'persons:read', 'directory:read'];
  return { id, as: await app.as(subject, { clientId: 'front.person', scopes }) };
}

const ownBooking = (who: Requester, more: Record<string, unknown> = {}): Promise<Answer> =>
  act(who, 'bookOnline', { districtId: sevran, typeCode: 'FIRST_RECEPTION', startsAt: at('09:00'), ...more });

/** Which worker receives: known to the desk. */
async function workersOf(id: string): Promise<string[]> {
  const { data } = await rachida.send('query ($id: ID!) { appointment(id: $id) { workers { id } } }', { id });
  return data?.['appointment'].workers.map((worker: { id: string }) => worker.id);
}

describe('a client books for someone', () => {
  test('by a name and a time, and gets a secret once', async () => {
    const booked = (await bookFor('Nour')).data?.['bookOnline'];
    expect(booked).toEqual({
      id: expect.any(String),
      secret: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      startsAt: at('09:00'),
      endsAt: at('09:30'),
      status: 'BOOKED',
      mode: 'ON_SITE',
      publicLabel: 'Entretien',
      place: null,
      version: 1,
      district: { name: 'Sevran' },
    });
    expect(await readBy(booked.secret)).toEqual({ ...booked, secret: null });
  });

  test('the desk sees whom, as they wish to be called and provisional until someone has looked at it', async () => {
    const { id } = madeBy(await bookFor('Nour A.'));
    const seen = async () =>
      (
        await rachida.send(
          'query ($id: ID!) { appointment(id: $id) { persons { id displayName provisional phone version } } }',
          { id },
        )
      ).data?.['appointment'].persons;
    const [provisional] = await seen();
    expect(provisional).toMatchObject({ displayName: 'Nour A.', provisional: true, phone: null });
    await rachida.send('mutation ($input: UpdatePersonInput!) { updatePerson(input: $input) { id } }', {
      input: { id: provisional.id, expectedVersion: 1, givenName: 'Nour', familyName: 'Amrani' },
    });
    expect(await seen()).toEqual([{ ...provisional, provisional: false, version: 2 }]);
  });

  test('repeated with the same key, it is the same booking and the same secret', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(() =>
        act(
          client,
          'bookOnline',
          {
            districtId: sevran,
            typeCode: 'FIRST_RECEPTION',
            startsAt: at('09:00'),
            name: 'Lin',
          },
          { 'idempotency-key': `lin-${day}` },
        ),
      ),
    );
    expect(one?.data?.['bookOnline'].secret).toMatch(/./);
    expect(two?.data).toEqual(one?.data);
    expect(await database.sql(`select 1 from person where chosen_name = 'Lin'`)).toHaveLength(1);
  });

  test('as many as there are workers, and then the next free slots', async () => {
    const both = [
      (await bookFor('Un')).data?.['bookOnline'].id,
      (await bookFor('Deux')).data?.['bookOnline'].id,
    ];
    expect((await Promise.all(both.map(workersOf))).flat().sort()).toEqual([alice, bruno].sort());
    const third = await bookFor('Trois');
    expect(third.codes).toEqual(['CONFLICT']);
    expect(third.errors[0]?.extensions).toMatchObject({
      reason: 'SLOT_TAKEN',
      nextFreeSlots: [{ startsAt: at('09:30'), endsAt: at('10:00') }, {}, {}],
    });
    expect(await database.sql(`select 1 from person where chosen_name = 'Trois'`)).toEqual([]);
  });

  test('what is offered is what can be booked: each slot of a search, and none between', async () => {
    const offered = starts(
      await searchPublic(client, { districtId: sevran, from: inParis(day, '08:00') }, 2),
    );
    expect(offered).toEqual([`${day} 09:00`, `${day} 09:30`]);
    // From the middle of a gap on, its own steps go on.
    const later = starts(await searchPublic(client, { districtId: sevran, from: inParis(day, '09:10') }, 1));
    expect(later).toEqual([`${day} 09:30`]);
    expect(faultOf(await bookFor('Entre', { startsAt: at('09:10') }))).toBe('CONFLICT SLOT_TAKEN');
    expect((await bookFor('Offert', { startsAt: at('09:30') })).errors).toEqual([]);
  });

  test.each([
    ['without a name', { name: null }, 'INVALID_INPUT input.name'],
    ['by a blank name', { name: ' ' }, 'INVALID_INPUT input.name'],
    ['by a name that nobody sees', { name: '\u200b' }, 'INVALID_INPUT input.name'],
    ['by a name that turns the line', { name: 'Nour \u202eilaneB' }, 'INVALID_INPUT input.name'],
    ['of a type that is not public', { typeCode: 'SOCIAL_ASSESSMENT' }, 'INVALID_INPUT input.typeCode'],
    ['of no type at all', { typeCode: 'NONE' }, 'INVALID_INPUT input.typeCode'],
    ['at someone’s home', { mode: 'HOME' }, 'INVALID_INPUT input.mode'],
    ['in no district', { districtId: randomUUID() }, 'NOT_FOUND input.districtId'],
    ['about a case', { caseId: randomUUID() }, 'NOT_FOUND input.caseId'],
    ['in the past', { startsAt: '2026-01-05T09:00:00Z' }, 'INVALID_INPUT input.startsAt'],
    [
      'beyond three months',
      { startsAt: new Date(Date.now() + 93 * 86_400_000).toISOString() },
      'INVALID_INPUT input.startsAt',
    ],
    ['when the offices are closed', { startsAt: () => at('06:00') }, 'CONFLICT SLOT_TAKEN'],
  ])('%s is refused, and leaves nobody behind', async (_how, more, fault) => {
    const { startsAt } = more as { startsAt?: unknown };
    const input = { ...more, ...(typeof startsAt === 'function' ? { startsAt: startsAt() } : {}) };
    expect(faultOf(await bookFor('Personne refusée', input))).toBe(fault);
    expect(await database.sql(`select 1 from person where chosen_name = 'Personne refusée'`)).toEqual([]);
  });

  test('moves it by its secret, with the same worker where they are free', async () => {
    const { id, secret } = madeBy(await bookFor('Sam'));
    const before = await workersOf(id);
    const moved = await act(client, 'moveOnline', { secret, expectedVersion: 1, startsAt: at('09:30') });
    expect(moved.data?.['moveOnline']).toMatchObject({
      id,
      startsAt: at('09:30'),
      endsAt: at('10:00'),
      version: 2,
    });
    expect(await workersOf(id)).toEqual(before);
    const [now] = starts(await searchPublic(client, { districtId: sevran, from: inParis(day, '08:00') }, 1));
    expect(now).toBe(`${day} 09:00`);
  });

  test('moves it to a colleague where that worker is taken, and keeps its time where all are', async () => {
    const { id, secret } = madeBy(await bookFor('Sam'));
    const [first = ''] = await workersOf(id);
    const other = first === alice ? bruno : alice;
    await book(rachida, { districtId: sevran, workerIds: [first], startsAt: inParis(day, '09:30') });
    const moved = await act(client, 'moveOnline', { secret, expectedVersion: 1, startsAt: at('09:30') });
    expect(moved.errors).toEqual([]);
    expect(await workersOf(id)).toEqual([other]);
    for (const workerId of [alice, bruno])
      await book(rachida, { districtId: sevran, workerIds: [workerId], startsAt: inParis(day, '09:00') });
    const lost = await act(client, 'moveOnline', { secret, expectedVersion: 2, startsAt: at('09:00') });
    expect(faultOf(lost)).toBe('CONFLICT SLOT_TAKEN');
    expect(await readBy(secret)).toMatchObject({ startsAt: at('09:30'), version: 2 });
  });

  test('cancels it by its secret, and the time is free again', async () => {
    const { secret } = madeBy(await bookFor('Sam'));
    const stale = await act(client, 'cancelOnline', { secret, expectedVersion: 7 });
    expect(faultOf(stale)).toBe('CONFLICT VERSION_CHANGED');
    const cancelled = await act(client, 'cancelOnline', { secret, expectedVersion: 1 });
    expect(cancelled.data?.['cancelOnline']).toMatchObject({ status: 'CANCELLED_BY_PERSON', version: 2 });
    expect(faultOf(await act(client, 'cancelOnline', { secret, expectedVersion: 2 }))).toBe(
      'CONFLICT STATE_CHANGED',
    );
    expect(
      await database.sql('select 1 from occupancy where starts_at = $1', [inParis(day, '09:00')]),
    ).toEqual([]);
  });

  test('a secret that is nobody’s, and another client’s, answer as if there were nothing', async () => {
    const { secret } = madeBy(await bookFor('Sam'));
    await make.client({
      clientId: 'client.booking2',
      kind: 'INTEGRATION',
      name: 'Autre',
      scopes: ['booking'],
    });
    const stranger = await app.as('client.booking2', { clientId: 'client.booking2', scopes: ['booking'] });
    expect(await readBy(secret, stranger)).toBeNull();
    expect(await readBy('x'.repeat(43))).toBeNull();
    const answers = await Promise.all(
      [secret, 'x'.repeat(43), 'x'.repeat(5_000)].map((one) =>
        act(stranger, 'cancelOnline', { secret: one, expectedVersion: 1 }),
      ),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(faultOf(answers[0] as Answer)).toBe('NOT_FOUND input.secret');
    expect(await readBy(secret)).toMatchObject({ status: 'BOOKED' });
  });

  test('the database keeps a digest of it and nothing else', async () => {
    const { secret } = madeBy(await bookFor('Sam'));
    const [row] = await database.sql<{ text: string }>(
      `select string_agg(b::text || k::text, ' ') as text from online_booking b cross join (select string_agg(i::text, ' ') as k from idempotency_key i) k`,
    );
    expect(row?.text).not.toContain(secret);
    expect(row?.text).not.toContain(Buffer.from(secret).toString('hex'));
  });

  test('nobody books, reads or manages without the scope: not the desk, not another integration, not a front end', async () => {
    for (const who of [rachida, await app.as('client.integration'), app.anonymous]) {
      expect((await ownBooking(who)).codes).toEqual(['FORBIDDEN']);
      expect((await who.send('{ onlineBooking(secret: "x") { id } }')).codes).toEqual(['FORBIDDEN']);
    }
  });

  test('one that books six hundred within the hour is stopped: stolen, it does not take the county’s agendas', async () => {
    await database.sql(
      `with many as (insert into appointment (district_id, type_code, starts_at, ends_at)
         select $1, 'FIRST_RECEPTION', now() - interval '9 days', now() - interval '8 days 23 hours' from generate_series(1, 600) returning id)
       insert into online_booking (appointment_id, client_id, secret_hash, person_id)
         select many.id, c.id, many.id::text::bytea, $2 from many cross join client c where c.client_id = 'client.booking'`,
      [sevran, (await here.person()).id],
    );
    const [refusal] = (await bookFor('Une de trop')).errors;
    expect(refusal?.extensions).toMatchObject({
      code: 'RATE_LIMITED',
      field: 'input.startsAt',
      retryAfter: expect.any(Number),
    });
    await database.sql(`update online_booking set booked_at = now() - interval '2 hours'`);
    expect((await bookFor('Une heure après')).errors).toEqual([]);
  });
});

describe('a person books for themselves', () => {
  test('without a name or a secret, and sees it online', async () => {
    const { as: ana } = await person(`ana-${day}`);
    const booked = (await ownBooking(ana)).data?.['bookOnline'];
    expect(booked).toMatchObject({ status: 'BOOKED', publicLabel: 'Entretien' });
    const { data } = await ana.send('{ appointments { edges { node { id startsAt publicLabel } } } }');
    expect(data?.['appointments'].edges).toEqual([
      { node: { id: booked.id, startsAt: at('09:00'), publicLabel: 'Entretien' } },
    ]);
    expect(faultOf(await ownBooking(ana, { name: 'Quelqu’un d’autre', startsAt: at('09:30') }))).toBe(
      'INVALID_INPUT input.name',
    );
  });

  test('has three ahead at most, however many ask at once', async () => {
    const { as: ana } = await person(`avide-${day}`);
    const [other, third] = [days.next().value, days.next().value];
    const wanted = [at('09:00'), at('09:30'), at('09:00', other), at('09:30', other), at('09:00', third)];
    const answers = await Promise.all(wanted.map((startsAt) => ownBooking(ana, { startsAt })));
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(3);
    expect(answers.filter(({ codes }) => codes.includes('FORBIDDEN'))).toHaveLength(2);
  });

  test('of their own case, shown online, with its worker and nobody else', async () => {
    const dossier = await here
      .worker(`carla-${day}`)
      .open({
        opensAt: '09:00',
        closesAt: '09:30',
        from: day,
        until: later(day, 1),
        types: ['FOLLOW_UP', 'FIRST_RECEPTION'],
      })
      .case();
    await database.sql('update case_person set show_online = true where case_id = $1', [dossier.id]);
    await make.personAccount({ personId: dossier.personId, subject: `casée-${day}` });
    const scopes = [
      'cases:read',
      'appointments:read',
      'appointments:write',
      'persons:read',
      'directory:read',
    ];
    const ana = await app.as(`casée-${day}`, { clientId: 'front.person', scopes });
    const { id } = madeBy(await ownBooking(ana, { caseId: dossier.id }));
    const [row] = await database.sql('select assigned_worker_id as id from "case" where id = $1', [
      dossier.id,
    ]);
    expect(await workersOf(id)).toEqual([row?.['id']]);
    // At half past nine others are free, and the case's worker is not: what is offered instead is theirs.
    const lost = await ownBooking(ana, { caseId: dossier.id, startsAt: at('09:30') });
    expect(lost.errors[0]?.extensions).toMatchObject({ reason: 'SLOT_TAKEN', nextFreeSlots: [] });
    const theirs = await searchPublic(ana, { caseId: dossier.id, from: inParis(day, '08:00') });
    expect(theirs.data?.['slots']).toEqual({ slots: [], whyNone: 'ALL_TAKEN' });
    // The person hears when somebody is free, and not who.
    const both = await searchBoth(ana, { caseId: dossier.id, from: inParis(day, '08:00') });
    expect([both.errors, sooner(both)]).toEqual([[], `${day} 09:00`]);
    const { as: stranger } = await person(`autre-${day}`);
    const answers = await Promise.all(
      [dossier.id, randomUUID()].map((caseId) => ownBooking(stranger, { caseId })),
    );
    expect(answers.map(faultOf)).toEqual(['NOT_FOUND input.caseId', 'NOT_FOUND input.caseId']);
    expect(answers[0]?.text).toBe(answers[1]?.text);
  });

  test('moves and cancels what is shown to them, and nothing that is another’s', async () => {
    const { as: ana } = await person(`mobile-${day}`);
    const { as: stranger } = await person(`tierce-${day}`);
    const { id } = madeBy(await ownBooking(ana));
    const theirs = await act(stranger, 'cancelOnline', { id, expectedVersion: 1 });
    const none = await act(stranger, 'cancelOnline', { id: randomUUID(), expectedVersion: 1 });
    expect(theirs.text).toBe(none.text);
    expect(faultOf(theirs)).toBe('NOT_FOUND input.id');
    const moves = await Promise.all(
      [id, randomUUID(), 'no-id'].map((one) =>
        act(stranger, 'moveOnline', { id: one, expectedVersion: 1, startsAt: at('09:30') }),
      ),
    );
    expect(new Set(moves.map(({ text }) => text)).size).toBe(1);
    expect(faultOf(moves[0] as Answer)).toBe('NOT_FOUND input.id');
    const moved = await act(ana, 'moveOnline', { id, expectedVersion: 1, startsAt: at('09:30') });
    expect(moved.data?.['moveOnline']).toMatchObject({ id, startsAt: at('09:30'), version: 2 });
    expect(faultOf(await act(ana, 'moveOnline', { id, expectedVersion: 2, startsAt: at('09:30') }))).toBe(
      'INVALID_INPUT input.startsAt',
    );
    const other = madeBy(await ownBooking(ana));
    const onto = await act(ana, 'moveOnline', { id: other.id, expectedVersion: 1, startsAt: at('09:30') });
    expect(faultOf(onto)).toBe('INVALID_INPUT input.startsAt');
    const cancelled = await act(ana, 'cancelOnline', { id, expectedVersion: 2 });
    expect(cancelled.data?.['cancelOnline'].status).toBe('CANCELLED_BY_PERSON');
  });

  /** Someone whom the desk adds to what another has booked, and who is not shown it. */
  async function addTo(id: string): Promise<string> {
    const { id: other } = await here.person({ givenName: 'Cachée' });
    await make.appointmentPerson({ appointmentId: id, personId: other });
    return other;
  }
  const noticesOf = (id: string) =>
    database.sql(
      'select person_id as person, kind::text as kind from appointment_notice where appointment_id = $1',
      [id],
    );

  test('who was added since is no reason to refuse, which would tell of them; they are told of the change', async () => {
    const { as: ana } = await person(`seule-${day}`);
    const { id } = madeBy(await ownBooking(ana));
    const other = await addTo(id);
    const impossible = await act(ana, 'moveOnline', { id, expectedVersion: 1, startsAt: at('06:00') });
    expect(faultOf(impossible)).toBe('CONFLICT SLOT_TAKEN');
    expect((await act(ana, 'moveOnline', { id, expectedVersion: 1, startsAt: at('09:30') })).errors).toEqual(
      [],
    );
    expect(await noticesOf(id)).toEqual([{ person: other, kind: 'MOVED' }]);
    expect((await act(ana, 'cancelOnline', { id, expectedVersion: 2 })).errors).toEqual([]);
    expect(await noticesOf(id)).toEqual([{ person: other, kind: 'CANCELLED' }]);
  });

  test('what the desk booked is changed by the desk', async () => {
    const { id: personId, as: ana } = await person(`reçue-${day}`);
    const { data } = await rachida.send(
      'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id } }',
      {
        input: {
          districtId: sevran,
          workerIds: [alice],
          typeCode: 'FIRST_RECEPTION',
          startsAt: at('09:00'),
          personIds: [personId],
        },
      },
    );
    const id = String(data?.['bookAppointment']?.id);
    await database.sql('update appointment_person set show_online = true where appointment_id = $1', [id]);
    expect(faultOf(await act(ana, 'cancelOnline', { id, expectedVersion: 1 }))).toBe('FORBIDDEN ');
    expect(faultOf(await act(ana, 'moveOnline', { id, expectedVersion: 1, startsAt: at('09:30') }))).toBe(
      'FORBIDDEN ',
    );
    // Nor are they in two places.
    expect(faultOf(await ownBooking(ana))).toBe('INVALID_INPUT input.startsAt');
  });

  test('takes along who else is there, when it is moved', async () => {
    const { as: ana } = await person(`interprétée-${day}`);
    const { id } = madeBy(await ownBooking(ana));
    await rachida.send('mutation ($input: SetParticipantsInput!) { setParticipants(input: $input) { id } }', {
      input: { id, expectedVersion: 1, participants: [{ kind: 'INTERPRETER', language: 'ta' }] },
    });
    await act(ana, 'moveOnline', { id, expectedVersion: 1, startsAt: at('09:30') });
    const { data } = await rachida.send(
      'query ($id: ID!) { appointment(id: $id) { participants { startsAt endsAt } } }',
      { id },
    );
    expect(data?.['appointment'].participants).toEqual([{ startsAt: at('09:30'), endsAt: at('10:00') }]);
  });

  test('moves to whatever is offered, though one’s own time shifts the steps of the gaps around it', async () => {
    const { id: personId, as: ana } = await person(`décalée-${day}`);
    const carla = (
      await here.worker(`dalila-${day}`).open({
        opensAt: '14:00',
        closesAt: '17:00',
        from: day,
        until: later(day, 1),
        types: ['FIRST_RECEPTION'],
      })
    ).id;
    const booked = await book(rachida, {
      districtId: sevran,
      workerIds: [carla],
      startsAt: inParis(day, '14:20'),
      personIds: [personId],
    });
    const id: string = booked.data?.['bookAppointment'].id;
    await database.sql('update appointment_person set show_online = true where appointment_id = $1', [id]);
    await make.onlineBooking({ appointmentId: id, personId });
    const offered = starts(await searchPublic(ana, { districtId: sevran, from: inParis(day, '14:00') }, 2));
    expect(offered).toEqual([`${day} 14:50`, `${day} 15:20`]);
    const lost = await act(ana, 'moveOnline', { id, expectedVersion: 1, startsAt: at('14:35') });
    expect(
      lost.errors[0]?.extensions.nextFreeSlots.map(({ startsAt }: { startsAt: string }) => startsAt),
    ).toEqual(['14:50', '15:20', '15:50'].map((time) => at(time)));
    expect((await act(ana, 'moveOnline', { id, expectedVersion: 1, startsAt: at('14:50') })).errors).toEqual(
      [],
    );
  });

  test('is told nothing of how it was booked, nor of who else is there', async () => {
    const { as: ana } = await person(`discrète-${day}`);
    const { id } = madeBy(await ownBooking(ana));
    const { data } = await ana.send(
      'query ($id: ID!) { appointment(id: $id) { participants { kind } bookedAt askedBy } }',
      { id },
    );
    expect(data?.['appointment']).toEqual({ participants: null, bookedAt: null, askedBy: null });
  });

  test('is told nothing by a version: of a helper, of an opened contact, of who receives them', async () => {
    const { as: ana } = await person(`versions-${day}`);
    const { id } = madeBy(await ownBooking(ana));
    const { secret, id: theirs } = madeBy(await bookFor('Nour', { startsAt: at('09:30') }));
    const versions = async () => [
      (await ana.send('query ($id: ID!) { appointment(id: $id) { version } }', { id })).data?.['appointment']
        .version,
      (await readBy(secret)).version,
    ];
    for (const booked of [id, theirs]) {
      for (const [mutation, type, more] of [
        [
          'setParticipants',
          'SetParticipantsInput',
          { expectedVersion: 1, participants: [{ kind: 'INTERPRETER', language: 'fra' }] },
        ],
        ['confirmAppointment', 'VersionedInput', { expectedVersion: 2 }],
      ] as const) {
        const answer = await rachida.send(
          `mutation ($input: ${type}!) { ${mutation}(input: $input) { version } }`,
          { input: { id: booked, ...more } },
        );
        expect(answer.errors).toEqual([]);
      }
    }
    const [worker] = await workersOf(theirs);
    const passed = await rachida.send(
      'mutation ($input: MoveAppointmentInput!) { moveAppointment(input: $input) { version } }',
      {
        input: {
          id: theirs,
          expectedVersion: 3,
          startsAt: at('09:30'),
          workerId: worker === alice ? bruno : alice,
        },
      },
    );
    expect(passed.data?.['moveAppointment']).toEqual({ version: 4 });
    expect(await versions()).toEqual([1, 1]);
    expect((await act(ana, 'cancelOnline', { id, expectedVersion: 1 })).data?.['cancelOnline'].version).toBe(
      2,
    );
    const moved = await act(client, 'moveOnline', { secret, expectedVersion: 1, startsAt: at('09:00') });
    expect(moved.data?.['moveOnline'].version).toBe(2);
    expect(faultOf(await act(client, 'cancelOnline', { secret, expectedVersion: 1 }))).toBe(
      'CONFLICT VERSION_CHANGED',
    );
  });

  test('is not told by a refusal that a second worker receives them: the time is taken', async () => {
    const { secret, id } = madeBy(await bookFor('Nour'));
    const [worker] = await workersOf(id);
    await make.appointmentWorker({ appointmentId: id, workerId: worker === alice ? bruno : alice });
    const moved = await act(client, 'moveOnline', { secret, expectedVersion: 1, startsAt: at('09:30') });
    expect(faultOf(moved)).toBe('CONFLICT SLOT_TAKEN');
    // Nor by an offer of the time that was just refused.
    const next = moved.errors[0]?.extensions?.['nextFreeSlots'] as { startsAt: string }[];
    expect(next.length).toBeGreaterThan(0);
    expect(next.map(({ startsAt }) => startsAt)).not.toContain(at('09:30'));
    expect((await readBy(secret)).startsAt).toBe(at('09:00'));
  });
});
