import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AppointmentMode } from '../../prisma/generated/enums.js';
import { book, inParis, later, move, search, starts, today, workingDaysAfter } from '../agenda/agenda.js';
import { type Answer, type Requester, startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ago, ahead } from '../support/days.js';

/** From booking to outcome: who asked, who else is there, how it ended, and whether whoever went out is back. */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let here: DistrictBuilder;
let begunSoFar = 0;
let sevran: string;
let alice: string;
let rachida: Requester;
let asAlice: Requester;

/** Each test takes a day of its own, so that none meets another's appointments. */
const days = workingDaysAfter(today());
const nextDay = (): string => days.next().value;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  here = (await county(database)).district('Sevran');
  sevran = (await here).id;
  alice = (await here.worker('alice').open()).id;
  await here.worker('bruno');
  await here.receptionist('rachida');
  rachida = await app.as('rachida');
  asAlice = await app.as('alice');
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const LIFE = `id version startsAt endsAt place askedBy expectedBackAt backAt warnings
  participants { kind language mode startsAt endsAt }`;
/** To the desk the answer about a return does not tell what became of the visit. */
const ABOUT_RETURN = new Set(['expectReturn', 'recordReturn']);

function act(who: Requester, mutation: string, input: Record<string, unknown>): Promise<Answer> {
  const type =
    mutation === 'recordReturn' ? 'VersionedInput' : `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const fields = ABOUT_RETURN.has(mutation) ? LIFE : `${LIFE} status cancellationReason`;
  return who.send(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`, { input });
}

/** Books with alice on this day at ten, half an hour unless said otherwise. */
const bookWithAlice = (day: string, more: Record<string, unknown> = {}): Promise<Answer> =>
  act(asAlice, 'bookAppointment', {
    districtId: sevran,
    workerIds: [alice],
    typeCode: 'FIRST_RECEPTION',
    startsAt: inParis(day, '10:00'),
    ...more,
  });

const homeVisit = (day: string, more: Record<string, unknown> = {}): Promise<Answer> =>
  bookWithAlice(day, { typeCode: 'HOME_VISIT', ...more });

/** What a booking has made. */
function madeBy(answer: Answer): { readonly id: string; readonly place: string | null } {
  if (answer.data == null) throw new Error(answer.text);
  return answer.data['bookAppointment'];
}

const at = (day: string, time: string): string => inParis(day, time).toISOString();
const reasonOf = (answer: Answer): unknown =>
  answer.errors[0]?.extensions.reason ?? answer.errors[0]?.extensions.field;

/** An appointment that began so many minutes ago, of someone who has no other; the API books none in the past. */
async function begun(
  minutesAgo: number,
  { mode, backIn }: { mode?: AppointmentMode; backIn?: number } = {},
): Promise<{ id: string; expectedVersion: number }> {
  const id = await make.appointment({
    districtId: sevran,
    typeCode: 'HOME_VISIT',
    mode,
    startsAt: ago(minutesAgo / 1440),
    endsAt: ago((minutesAgo - 60) / 1440),
    expectedBackAt: backIn === undefined ? null : ahead(backIn / 1440),
  });
  begunSoFar += 1;
  const worker = await here.worker(`tenue-${begunSoFar}`);
  await make.appointmentWorker({ appointmentId: id, workerId: worker.id });
  return { id, expectedVersion: 1 };
}

/** Takes the time of the worker of an appointment, from so many minutes ago until so many minutes ahead; answers the worker. */
async function occupied(appointmentId: string, since: number, until: number): Promise<string | undefined> {
  const [row] = await database.sql<{ worker: string }>(
    'select worker_ids[1] as worker from appointment where id = $1',
    [appointmentId],
  );
  await make.occupancy({
    workerId: row?.worker,
    districtId: sevran,
    appointmentId,
    startsAt: ago(since / 1440),
    endsAt: ahead(until / 1440),
  });
  return row?.worker;
}

describe('what is said when it is booked', () => {
  test('who asked is a category, and nobody has to say it', async () => {
    const said = await bookWithAlice(nextDay(), { askedBy: 'PARTNER' });
    expect(said.data?.['bookAppointment']).toMatchObject({ status: 'BOOKED', askedBy: 'PARTNER' });
    const unsaid = await bookWithAlice(nextDay());
    expect(unsaid.data?.['bookAppointment']).toMatchObject({ askedBy: null, participants: [] });
  });

  test('several slots in a row are one appointment of their length, and take all of it', async () => {
    const day = nextDay();
    const answer = await bookWithAlice(day, { inARow: 3 });
    expect(answer.data?.['bookAppointment']).toMatchObject({
      startsAt: at(day, '10:00'),
      endsAt: at(day, '11:30'),
    });
    const between = await book(rachida, {
      districtId: sevran,
      workerIds: [alice],
      startsAt: inParis(day, '11:00'),
    });
    expect(between.errors[0]?.extensions.reason).toBe('SLOT_TAKEN');
    expect((await bookWithAlice(nextDay(), { inARow: 9 })).errors[0]?.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'input.inARow',
    });
  });

  test('it is held where the worker’s hours are, and moves with them', async () => {
    const [here, there] = [nextDay(), nextDay()];
    const availabilityId = await make.availability({
      workerId: alice,
      districtId: sevran,
      modes: ['ON_SITE'],
      place: 'Mairie annexe',
      startsOn: here,
      endsOn: later(here, 1),
      opensAt: '18:00',
      closesAt: '19:00',
    });
    await make.availabilityType({ availabilityId });
    await make.availabilityOccurrence({
      availabilityId,
      startsAt: inParis(here, '18:00'),
      endsAt: inParis(here, '19:00'),
    });
    const booked = madeBy(await bookWithAlice(here, { startsAt: inParis(here, '18:00') }));
    expect(booked.place).toBe('Mairie annexe');
    const moved = await act(asAlice, 'moveAppointment', {
      id: booked.id,
      expectedVersion: 1,
      startsAt: inParis(there, '10:00'),
    });
    expect(moved.data?.['moveAppointment'].place).toBeNull();
    const elsewhere = madeBy(await bookWithAlice(nextDay(), { place: 'Centre social' }));
    expect(elsewhere.place).toBe('Centre social');
    // What was said is kept.
    const kept = await act(asAlice, 'moveAppointment', {
      id: elsewhere.id,
      expectedVersion: 1,
      startsAt: inParis(nextDay(), '10:00'),
    });
    expect(kept.data?.['moveAppointment'].place).toBe('Centre social');
  });
});

describe('who else is there', () => {
  const interpreter = { kind: 'INTERPRETER', language: 'tam' };

  test('an interpreter comes by language and time; nobody has a name', async () => {
    const day = nextDay();
    const answer = await bookWithAlice(day, {
      participants: [{ ...interpreter, mode: 'PHONE', endsAt: at(day, '10:15') }, { kind: 'RELATIVE' }],
    });
    expect(answer.data?.['bookAppointment'].participants).toEqual(
      expect.arrayContaining([
        {
          kind: 'INTERPRETER',
          language: 'tam',
          mode: 'PHONE',
          startsAt: at(day, '10:00'),
          endsAt: at(day, '10:15'),
        },
        {
          kind: 'RELATIVE',
          language: null,
          mode: 'ON_SITE',
          startsAt: at(day, '10:00'),
          endsAt: at(day, '10:30'),
        },
      ]),
    );
  });

  test('they move with the appointment', async () => {
    const [before, after] = [nextDay(), nextDay()];
    const { id } = madeBy(await bookWithAlice(before, { participants: [interpreter] }));
    const moved = await act(asAlice, 'moveAppointment', {
      id,
      expectedVersion: 1,
      startsAt: inParis(after, '14:00'),
    });
    expect(moved.data?.['moveAppointment'].participants).toEqual([
      {
        ...interpreter,
        mode: 'ON_SITE',
        startsAt: at(after, '14:00'),
        endsAt: at(after, '14:30'),
      },
    ]);
  });

  test('said anew, those before are forgotten; a version that is past changes nothing', async () => {
    const { id } = madeBy(await bookWithAlice(nextDay(), { participants: [interpreter] }));
    const said = { id, participants: [{ ...interpreter, language: 'pt' }] };
    const set = await act(rachida, 'setParticipants', { ...said, expectedVersion: 1 });
    expect(set.data?.['setParticipants']).toMatchObject({ version: 2, participants: [{ language: 'por' }] });
    const stale = await act(asAlice, 'setParticipants', { ...said, participants: [], expectedVersion: 1 });
    expect(reasonOf(stale)).toBe('VERSION_CHANGED');
  });

  test.each([
    ['an interpreter without a language', { kind: 'INTERPRETER' }, 'language'],
    ['a language that is no code', { kind: 'INTERPRETER', language: 'tamoul' }, 'language'],
    ['a language of a relative', { kind: 'RELATIVE', language: 'ta' }, 'language'],
    [
      'an end before the start',
      { kind: 'PARTNER', startsAt: '2030-01-01T10:00:00Z', endsAt: '2030-01-01T09:00:00Z' },
      'endsAt',
    ],
    [
      'someone who comes after it',
      { kind: 'PARTNER', startsAt: '2099-01-01T09:00:00Z', endsAt: '2099-01-01T10:00:00Z' },
      'startsAt',
    ],
  ])('%s is refused by its field, and nothing is booked', async (_what, participant, field) => {
    const day = nextDay();
    const answer = await bookWithAlice(day, { participants: [{ kind: 'PARTNER' }, participant] });
    expect(answer.errors[0]?.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      field: `input.participants.1.${field}`,
    });
    expect(
      await database.sql('select 1 from appointment where starts_at = $1', [inParis(day, '10:00')]),
    ).toEqual([]);
  });

  test('a colleague with no part in the appointment gets nothing of it', async () => {
    const { id } = madeBy(await bookWithAlice(nextDay(), { participants: [interpreter] }));
    const asBruno = await app.as('bruno');
    const { data } = await asBruno.send(
      'query ($id: ID!) { appointment(id: $id) { participants { language } } }',
      { id },
    );
    expect(data?.['appointment']).toBeNull();
  });
});

describe('a home visit', () => {
  test('keeps its worker until the expected return, and not a minute longer', async () => {
    const day = nextDay();
    await homeVisit(day, { expectedBackAt: at(day, '12:00') });
    const during = await book(rachida, {
      districtId: sevran,
      workerIds: [alice],
      startsAt: inParis(day, '11:30'),
    });
    expect(reasonOf(during)).toBe('SLOT_TAKEN');
    expect(during.errors[0]?.extensions.nextFreeSlots[0].startsAt).toBe(at(day, '12:00'));
    const after = await book(rachida, {
      districtId: sevran,
      workerIds: [alice],
      startsAt: inParis(day, '12:00'),
    });
    expect(after.errors).toEqual([]);
  });

  test('takes its expected return along when it is moved', async () => {
    const [before, day] = [nextDay(), nextDay()];
    const { id } = madeBy(await homeVisit(before, { expectedBackAt: at(before, '12:00') }));
    const moved = await act(asAlice, 'moveAppointment', {
      id,
      expectedVersion: 1,
      startsAt: inParis(day, '14:00'),
    });
    expect(moved.data?.['moveAppointment']).toMatchObject({
      endsAt: at(day, '15:00'),
      expectedBackAt: at(day, '16:00'),
    });
  });

  test.each([
    ['before its end', '10:30'],
    ['on another day', '23:59'],
  ])('is not expected back %s', async (_when, time) => {
    const day = nextDay();
    const answer = await homeVisit(day, { expectedBackAt: at(day, time) });
    expect(answer.errors[0]?.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'input.expectedBackAt',
    });
  });

  test('and nothing else has a return', async () => {
    const day = nextDay();
    const answer = await bookWithAlice(day, { expectedBackAt: at(day, '12:00') });
    expect(reasonOf(answer)).toBe('input.expectedBackAt');
  });

  test('a later return is said while one is out, unless another appointment begins before', async () => {
    const day = nextDay();
    const { id } = madeBy(await homeVisit(day));
    await book(rachida, { districtId: sevran, workerIds: [alice], startsAt: inParis(day, '12:00') });
    const later = await act(rachida, 'expectReturn', {
      id,
      expectedVersion: 1,
      expectedBackAt: at(day, '11:45'),
    });
    expect(later.data?.['expectReturn'].expectedBackAt).toBe(at(day, '11:45'));
    const tooLate = await act(rachida, 'expectReturn', {
      id,
      expectedVersion: 2,
      expectedBackAt: at(day, '12:15'),
    });
    expect(reasonOf(tooLate)).toBe('SLOT_TAKEN');
  });

  const OUT = 'query ($id: ID!) { homeVisitsOut(districtId: $id) { id warnings } }';

  test('whoever is not back when they said is flagged to the desk, until they are', async () => {
    const late = await begun(120, { mode: 'HOME', backIn: -10 });
    const onTime = await begun(90, { mode: 'HOME', backIn: 10 });
    const out = (await rachida.send(OUT, { id: sevran })).data?.['homeVisitsOut'];
    expect(out).toEqual([
      { id: late.id, warnings: ['RETURN_OVERDUE'] },
      { id: onTime.id, warnings: [] },
    ]);
    const back = await act(rachida, 'recordReturn', late);
    expect(back.data?.['recordReturn']).toMatchObject({ warnings: [], backAt: expect.any(String) });
    expect((await rachida.send(OUT, { id: sevran })).data?.['homeVisitsOut']).toHaveLength(1);
    expect(reasonOf(await act(rachida, 'recordReturn', { ...late, expectedVersion: 2 }))).toBe(
      'STATE_CHANGED',
    );
    await act(rachida, 'recordReturn', onTime);
  });

  test('whoever is out stays in sight, whatever becomes of the appointment; and is not moved away', async () => {
    const visit = await begun(120, { mode: 'HOME', backIn: -10 });
    const out = async () => (await rachida.send(OUT, { id: sevran })).data?.['homeVisitsOut'].length;
    expect(
      reasonOf(await act(rachida, 'moveAppointment', { ...visit, startsAt: inParis(nextDay(), '10:00') })),
    ).toBe('STATE_CHANGED');
    await act(rachida, 'recordOutcome', { ...visit, outcome: 'LEFT_BEFORE_RECEIVED' });
    expect(await out()).toBe(1);
    const later = await act(rachida, 'expectReturn', {
      ...visit,
      expectedVersion: 2,
      expectedBackAt: new Date(Date.now() + 600_000).toISOString(),
    });
    expect(later.data?.['expectReturn'].warnings).toEqual([]);
    const cancelled = await begun(90, { mode: 'HOME', backIn: 60 });
    await act(rachida, 'cancelAppointment', { ...cancelled, by: 'SERVICE' });
    expect(await out()).toBe(2);
    await act(rachida, 'recordReturn', { ...visit, expectedVersion: 3 });
    await act(rachida, 'recordReturn', { ...cancelled, expectedVersion: 2 });
    expect(await out()).toBe(0);
  });

  test('back early, one is free again; and a return is recorded whatever was booked since', async () => {
    const visit = await begun(90, { mode: 'HOME', backIn: 60 });
    await act(rachida, 'cancelAppointment', { ...visit, by: 'SERVICE' });
    const worker = await occupied(visit.id, 20, 20);
    const { id: other } = await begun(5);
    await database.sql('update occupancy set appointment_id = $1 where worker_id = $2', [other, worker]);
    const back = await act(rachida, 'recordReturn', { ...visit, expectedVersion: 2 });
    expect(back.errors).toEqual([]);
    const early = await begun(90, { mode: 'HOME', backIn: 60 });
    await act(rachida, 'expectReturn', {
      ...early,
      expectedBackAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await act(rachida, 'recordReturn', { ...early, expectedVersion: 2 });
    expect(await database.sql('select 1 from occupancy where appointment_id = $1', [early.id])).toEqual([]);
  });

  test('a visit that is moved once someone was back is watched anew', async () => {
    const visit = await begun(120, { mode: 'HOME', backIn: -10 });
    await act(rachida, 'recordReturn', visit);
    const moved = await act(rachida, 'moveAppointment', {
      ...visit,
      expectedVersion: 2,
      startsAt: inParis(nextDay(), '10:00'),
    });
    expect(moved.data?.['moveAppointment']).toMatchObject({
      backAt: null,
      expectedBackAt: expect.any(String),
    });
  });
});

describe('how it ended', () => {
  test.each(['HONOURED', 'NOT_HONOURED', 'LEFT_BEFORE_RECEIVED'])(
    '%s is recorded, and corrected',
    async (outcome) => {
      const appointment = await begun(5);
      const recorded = await act(rachida, 'recordOutcome', { ...appointment, outcome });
      expect(recorded.data?.['recordOutcome']).toMatchObject({ status: outcome, version: 2 });
      const other = outcome === 'HONOURED' ? 'NOT_HONOURED' : 'HONOURED';
      const corrected = await act(rachida, 'recordOutcome', {
        ...appointment,
        expectedVersion: 2,
        outcome: other,
      });
      expect(corrected.data?.['recordOutcome']).toMatchObject({ status: other, version: 3 });
    },
  );

  test('nobody has come to what is days ahead, and nobody has missed it', async () => {
    const { id } = madeBy(await bookWithAlice(nextDay()));
    for (const outcome of ['HONOURED', 'NOT_HONOURED', 'LEFT_BEFORE_RECEIVED']) {
      const answer = await act(rachida, 'recordOutcome', { id, expectedVersion: 1, outcome });
      expect(answer.errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'input.outcome' });
    }
  });

  test('a cancelled one has no outcome, and the same is not recorded twice, by who sees it', async () => {
    const calledOff = await begun(5);
    const whoHoldsIt = await app.as(`tenue-${begunSoFar}`);
    await database.sql(`update appointment set status = 'CANCELLED_BY_PERSON' where id = $1`, [calledOff.id]);
    expect(reasonOf(await act(whoHoldsIt, 'recordOutcome', { ...calledOff, outcome: 'HONOURED' }))).toBe(
      'STATE_CHANGED',
    );
    // The desk is not told that it was called off: it corrects what it does not see.
    expect((await act(rachida, 'recordOutcome', { ...calledOff, outcome: 'HONOURED' })).errors).toEqual([]);
    const held = await begun(5);
    await act(rachida, 'recordOutcome', { ...held, outcome: 'HONOURED' });
    const again = { ...held, expectedVersion: 2, outcome: 'HONOURED' };
    const holder = await app.as(`tenue-${begunSoFar}`);
    expect(reasonOf(await act(holder, 'recordOutcome', again))).toBe('STATE_CHANGED');
    // To the desk, which does not see it, it is a correction like any other.
    expect((await act(rachida, 'recordOutcome', again)).errors).toEqual([]);
  });

  test('whoever did not come gives their time back', async () => {
    const held = await begun(5);
    await occupied(held.id, 5, 55);
    await act(rachida, 'recordOutcome', { ...held, outcome: 'NOT_HONOURED' });
    expect(await database.sql('select 1 from occupancy where appointment_id = $1', [held.id])).toEqual([]);
  });

  test('the service says why it cancels; a person is not asked', async () => {
    const day = nextDay();
    const { id } = madeBy(await bookWithAlice(day));
    const asked = await act(rachida, 'cancelAppointment', {
      id,
      expectedVersion: 1,
      by: 'PERSON',
      reason: 'OTHER',
    });
    expect(asked.errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field: 'input.reason' });
    const cancelled = await act(rachida, 'cancelAppointment', {
      id,
      expectedVersion: 1,
      by: 'SERVICE',
      reason: 'PREMISES_CLOSED',
    });
    expect(cancelled.data?.['cancelAppointment']).toMatchObject({
      status: 'CANCELLED_BY_SERVICE',
      cancellationReason: 'PREMISES_CLOSED',
    });
    const free = await search(rachida, {
      districtId: sevran,
      workerIds: [alice],
      from: inParis(day, '10:00'),
    });
    expect(starts(free)[0]).toBe(`${day} 10:00`);
  });

  test.each([
    ['SERVICE', ['CANCELLED']],
    ['PERSON', []],
  ])('called off by the %s, who was to come is to be told: %j', async (by, kinds) => {
    const { id: personId } = await here.person({ familyName: 'Attendue' });
    const { id } = madeBy(await bookWithAlice(nextDay(), { personIds: [personId] }));
    // For a person who is not at the counter, only a worker of the appointment cancels.
    const who = by === 'PERSON' ? asAlice : rachida;
    const { errors } = await act(who, 'cancelAppointment', { id, expectedVersion: 1, by });
    expect(errors).toEqual([]);
    const notices = await database.sql<{ kind: string }>(
      'select kind::text as kind from appointment_notice where appointment_id = $1 and person_id = $2 and done_at is null',
      [id, personId],
    );
    expect(notices.map(({ kind }) => kind)).toEqual(kinds);
  });

  test('the desk moves what a worker booked: it is the district’s', async () => {
    const [before, after] = [nextDay(), nextDay()];
    const { id } = madeBy(await bookWithAlice(before));
    expect(
      (await move(rachida, { id, expectedVersion: 1, startsAt: inParis(after, '10:00') })).errors,
    ).toEqual([]);
  });
});
