import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, startTestApp, type TestApp } from '../support/app.js';
import { type Given, type Rows, rowsOf } from '../support/county/rows.js';
import { type BuiltCase, county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ago, ahead } from '../support/days.js';

/**
 * Nobody can be ranked. A desk once counted, for each named worker, who came and who did not, in eight requests; the desk, the head
 * and colleagues counted the open cases of each. Whatever lists is now one's own queue, and the rest is looked up one at a time.
 */
let database: TestDatabase;
let make: Rows;
let app: TestApp;
let sevran: DistrictBuilder;
let alice: { id: string };
let bruno: { id: string };
let hers: BuiltCase;
let alsoHers: BuiltCase;
let his: BuiltCase;
let nobodys: BuiltCase;
let typeCode: string;

beforeAll(async () => {
  database = await cloneDatabase();
  make = rowsOf(database);
  app = await startTestApp(database);
  sevran = (await county(database)).district('Sevran');
  await sevran.receptionist('rachid');
  await sevran.receptionist('rose');
  await sevran.head('hélène');
  const asAlice = sevran.worker('alice');
  const asBruno = sevran.worker('bruno');
  [alice, bruno] = [await asAlice, await asBruno];
  hers = await asAlice.case();
  alsoHers = await asAlice.case();
  his = await asBruno.case();
  nobodys = await sevran.case();
  const [type] = await database.sql<{ code: string }>(
    `select code from appointment_type where 'RECEPTIONIST' = any (bookable_by) and option is null order by duration_minutes limit 1`,
  );
  typeCode = type?.code ?? '';
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const ask = async (who: string, query: string, variables?: Record<string, unknown>): Promise<Answer> =>
  (await app.as(who)).send(query, variables);
const idsOf = (answer: Answer, root: string): string[] =>
  answer.data?.[root].edges.map(({ node }: { node: { id: string } }) => node.id);
const listed = async (who: string, filter = '{}'): Promise<string[]> =>
  idsOf(await ask(who, `{ cases(first: 100, filter: ${filter}) { edges { node { id } } } }`), 'cases');
const faults = (answer: Answer): string[] =>
  answer.errors.map(({ path, extensions }) =>
    `${path?.join('.')} ${extensions.code} ${extensions['field'] ?? ''}`.trim(),
  );
const NOBODY = '00000000-0000-4000-8000-000000000001';

describe('a list of cases', () => {
  test.each(['{}', '{ status: OPEN }', '{ unassigned: true }', '{ assignedToMe: true }'])(
    'shows the desk none, whatever it asks for: %s',
    async (filter) => {
      expect(await listed('rachid', filter)).toEqual([]);
    },
  );

  test('shows a worker their own', async () => {
    expect((await listed('alice')).sort()).toEqual([hers.id, alsoHers.id].sort());
    expect(await listed('bruno')).toEqual([his.id]);
  });

  test('shows a stand-in those of the absent worker too, while the relay lasts', async () => {
    const { id: districtId } = await sevran;
    const dora = await sevran.worker('dora');
    await make.relay({ districtId, absentWorkerId: bruno.id, standInId: dora.id });
    expect(await listed('dora')).toEqual([his.id]);
    expect(await listed('dora', '{ assignedToMe: true }')).toEqual([]);
    await database.sql(`update relay set ends_at = now() - interval '1 ms'`);
    expect(await listed('dora')).toEqual([]);
  });

  test('shows the head those that wait for a worker', async () => {
    expect(await listed('hélène')).toEqual([nobodys.id]);
    expect(await listed('hélène', '{ assignedToMe: true }')).toEqual([]);
  });

  test('cannot be gone through by way of the persons of an agenda', async () => {
    await appointment({ persons: [hers.personId], caseId: hers.id });
    const answer = await ask(
      'rachid',
      '{ appointments(first: 100) { edges { node { persons { cases { id assignedWorker { id } } } } } } }',
    );
    expect(answer.text).not.toContain(hers.id);
    expect(new Set(answer.codes)).toEqual(new Set(['FORBIDDEN']));
  });
});

describe('the cases of one worker, to the head', () => {
  const AWAY = `query ($id: ID!) { cases(filter: { absentWorkerId: $id, purpose: REASSIGNMENT }) { edges { node { id } } } }`;
  const away = async (id: string): Promise<string[]> => idsOf(await ask('hélène', AWAY, { id }), 'cases');
  /** Absent since yesterday. */
  const declare = async (workerId: string, endsAt: string | null): Promise<void> => {
    await make.absence({ workerId, districtId: (await sevran).id, startsAt: ago(1), endsAt });
  };

  test('are none as long as the worker is there, and none to anybody else', async () => {
    expect(await away(alice.id)).toEqual([]);
    await declare(alice.id, ahead(10));
    expect((await away(alice.id)).sort()).toEqual([hers.id, alsoHers.id].sort());
    for (const who of ['rachid', 'bruno', 'alice'])
      expect(idsOf(await ask(who, AWAY, { id: alice.id }), 'cases')).toEqual([]);
  });

  test('are none once the worker contradicts the absence', async () => {
    const mine = await ask('alice', '{ myAbsences { id version } }');
    const [absence] = mine.data?.['myAbsences'] ?? [];
    const said = await ask(
      'alice',
      'mutation ($input: ContradictAbsenceInput!) { contradictAbsence(input: $input) { id } }',
      { input: { id: absence.id, expectedVersion: absence.version } },
    );
    expect(said.errors).toEqual([]);
    expect(await away(alice.id)).toEqual([]);
  });

  test('are asked for with a purpose, which the log keeps', async () => {
    const without = await ask(
      'hélène',
      `{ cases(filter: { absentWorkerId: "${alice.id}" }) { edges { cursor } } }`,
    );
    expect(faults(without)).toEqual(['cases INVALID_INPUT filter.purpose']);
    const nobody = await ask('hélène', '{ cases(filter: { purpose: RELAY }) { edges { cursor } } }');
    expect(faults(nobody)).toEqual(['cases INVALID_INPUT filter.absentWorkerId']);
    await away(bruno.id);
    expect(
      await database.sql(
        `select action from access_log where target_worker_id = $1 and action like 'LIST%'`,
        [bruno.id],
      ),
    ).toEqual([{ action: 'LIST_CASES_FOR_REASSIGNMENT' }]);
  });

  test('are those of one worker an operation', async () => {
    await declare(bruno.id, null);
    const both = await ask(
      'hélène',
      `query ($a: ID!, $b: ID!) {
        a: cases(filter: { absentWorkerId: $a, purpose: RELAY }) { edges { node { id } } }
        b: cases(filter: { absentWorkerId: $b, purpose: RELAY }) { edges { node { id } } } }`,
      { a: bruno.id, b: alice.id },
    );
    expect(idsOf(both, 'a')).toEqual([his.id]);
    expect(faults(both)).toEqual(['b INVALID_INPUT filter.absentWorkerId']);
  });
});

describe('a case that is not of one’s own queue', () => {
  const BOTH = 'query ($a: ID!, $b: ID!) { a: case(id: $a) { id } b: case(id: $b) { id } }';

  test.each([
    ['the desk', 'rachid'],
    ['a colleague', 'bruno'],
    ['the head', 'hélène'],
  ])('is looked up by its reference or id, one an operation: %s', async (_, who) => {
    const found = await ask(who, 'query ($r: String!) { caseByReference(reference: $r) { id } }', {
      r: hers.reference.toLowerCase(),
    });
    expect(found.data?.['caseByReference']).toEqual({ id: hers.id });
    const both = await ask(who, BOTH, { a: hers.id, b: alsoHers.id });
    expect(both.data).toEqual({ a: { id: hers.id }, b: null });
    expect(faults(both)).toEqual(['b INVALID_INPUT id']);
    expect((await ask(who, BOTH, { a: hers.id, b: hers.id })).errors).toEqual([]);
  });

  test('answers like one that does not exist, also as the second', async () => {
    const there = await ask('bruno', BOTH, { a: NOBODY, b: hers.id });
    const nowhere = await ask('bruno', BOTH, { a: NOBODY, b: NOBODY.replace(/1$/, '2') });
    expect(there.text).toBe(nowhere.text);
    expect(there.codes).toEqual(['INVALID_INPUT']);
  });

  test('does not stand in the way of one’s own', async () => {
    const own = await ask('alice', BOTH.replace('} }', '} c: case(id: $a) { id } }'), {
      a: hers.id,
      b: alsoHers.id,
    });
    expect(own.data).toEqual({ a: { id: hers.id }, b: { id: alsoHers.id }, c: { id: hers.id } });
    const mixed = await ask('alice', BOTH, { a: his.id, b: hers.id });
    expect(mixed.data).toEqual({ a: { id: his.id }, b: { id: hers.id } });
  });

  test('is found by whom it is about, one person an operation, and logged', async () => {
    const CASES = 'query ($a: ID!) { casesOfPerson(personId: $a) { status assignedWorker { id } } }';
    for (const who of ['rachid', 'bruno']) {
      const found = await ask(who, CASES, { a: hers.personId });
      expect(found.data?.['casesOfPerson']).toEqual([{ status: 'OPEN', assignedWorker: { id: alice.id } }]);
    }
    const two = await ask(
      'rachid',
      'query ($a: ID!, $b: ID!) { a: casesOfPerson(personId: $a) { id } b: casesOfPerson(personId: $b) { id } }',
      { a: hers.personId, b: his.personId },
    );
    expect(faults(two)).toEqual(['b INVALID_INPUT personId']);
    expect((await ask('rachid', CASES, { a: NOBODY })).data?.['casesOfPerson']).toEqual([]);
    expect((await ask('hélène', CASES, { a: hers.personId })).codes).toEqual(['FORBIDDEN']);
    const lines = await database.sql(
      `select distinct action from access_log where person_id = $1 and action = 'LOOK_UP_PERSON'`,
      [hers.personId],
    );
    expect(lines).toEqual([{ action: 'LOOK_UP_PERSON' }]);
  });
});

interface Made {
  readonly status?: string;
  readonly days?: number;
  readonly persons?: readonly string[];
  readonly caseId?: string;
}
let hour = 0;
/** An appointment of alice's, seeded past every rule: so many days from today, each at an hour of its own. */
async function appointment({
  status = 'BOOKED',
  days = 1,
  persons = [],
  caseId,
}: Made = {}): Promise<string> {
  hour += 1;
  const [row] = await database.sql<{ id: string }>(
    `insert into appointment (district_id, type_code, case_id, status, starts_at, ends_at)
     select $1, $2, $3, $4::text::"AppointmentStatus", at, at + interval '20 minutes' from (select
       (current_date + $5::integer)::timestamp at time zone 'Europe/Paris' + make_interval(mins => 30 * $6) as at) t returning id`,
    [(await sevran).id, typeCode, caseId ?? null, status, days, hour],
  );
  const id = row?.id ?? '';
  await make.appointmentWorker({ appointmentId: id, workerId: alice.id });
  for (const personId of persons) await make.appointmentPerson({ appointmentId: id, personId });
  return id;
}

describe('an appointment, to the desk,', () => {
  const READ = `query ($id: ID!) { appointment(id: $id) { startsAt place publicLabel status cancellationReason workers { id } } }`;
  const agenda = async (who: string, filter = '{}'): Promise<string[]> =>
    idsOf(
      await ask(who, `{ appointments(first: 100, filter: ${filter}) { edges { node { id } } } }`),
      'appointments',
    );

  test.each([
    'HONOURED',
    'NOT_HONOURED',
    'LEFT_BEFORE_RECEIVED',
    'CANCELLED_BY_PERSON',
    'CANCELLED_BY_SERVICE',
  ])('that is %s shows neither that nor whose it was, in no list and by no filter', async (status) => {
    const id = await appointment({ status, days: -1 });
    const { data, errors } = await ask('rachid', READ, { id });
    expect(data?.['appointment']).toMatchObject({ status: null, cancellationReason: null, workers: null });
    expect(data?.['appointment'].startsAt).not.toBeNull();
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect(await agenda('rachid')).not.toContain(id);
    expect(await agenda('rachid', `{ status: ${status} }`)).toEqual([]);
    expect((await ask('alice', READ, { id })).data?.['appointment']).toMatchObject({
      status,
      workers: [{ id: alice.id }],
    });
    expect(await agenda('alice', `{ status: ${status} }`)).toContain(id);
  });

  test('that is booked shows both, also of yesterday: nobody has said yet what came of it', async () => {
    const id = await appointment({ days: -1 });
    expect((await ask('rachid', READ, { id })).data?.['appointment']).toMatchObject({
      status: 'BOOKED',
      workers: [{ id: alice.id }],
    });
    expect(await agenda('rachid')).toContain(id);
  });

  test('is there from a week back', async () => {
    const [within, beyond] = [await appointment({ days: -6 }), await appointment({ days: -8 })];
    expect(await agenda('rachid')).toEqual(expect.arrayContaining([within]));
    expect(await agenda('rachid')).not.toContain(beyond);
    const gone = await ask('rachid', READ, { id: beyond });
    const nowhere = await ask('rachid', READ, { id: NOBODY });
    expect(gone.text).toBe(nowhere.text);
    expect((await ask('alice', READ, { id: beyond })).data?.['appointment']).not.toBeNull();
  });

  test('answers whoever says what came of it with what they said, and nobody after', async () => {
    const id = await appointment({ days: -1 });
    const say = (who: string, outcome: string, expectedVersion: number) =>
      ask(
        who,
        'mutation ($input: RecordOutcomeInput!) { recordOutcome(input: $input) { status version workers { id } } }',
        { input: { id, outcome, expectedVersion } },
      );
    const said = await say('rachid', 'HONOURED', 1);
    expect(said.data?.['recordOutcome']).toEqual({
      status: 'HONOURED',
      version: 2,
      workers: [{ id: alice.id }],
    });
    for (const who of ['rachid', 'rose'])
      expect((await ask(who, READ, { id })).data?.['appointment'].status).toBeNull();
  });

  test('does not tell by a refusal what was recorded', async () => {
    const told = async (recorded: string): Promise<string> => {
      const id = await appointment({ days: -1, status: recorded });
      const { data, errors } = await ask(
        'rose',
        'mutation ($input: RecordOutcomeInput!) { recordOutcome(input: $input) { status version } }',
        { input: { id, outcome: 'HONOURED', expectedVersion: 1 } },
      );
      return JSON.stringify([data, errors]);
    };
    const same = await told('HONOURED');
    expect(same).toContain('"status":"HONOURED"');
    expect(same).toBe(await told('NOT_HONOURED'));
  });

  test('is not told by an answer that is asked for again', async () => {
    const id = await appointment({ days: -1 });
    const say = async (who: string, outcome: string, expectedVersion: number, key: string): Promise<Answer> =>
      (await app.as(who)).send(
        'mutation ($input: RecordOutcomeInput!) { recordOutcome(input: $input) { status } }',
        { input: { id, outcome, expectedVersion } },
        { 'idempotency-key': key },
      );
    const once = () => say('rachid', 'HONOURED', 1, 'key-of-rachid-01');
    expect((await once()).data?.['recordOutcome']).toEqual({ status: 'HONOURED' });
    expect((await once()).data?.['recordOutcome']).toEqual({ status: 'HONOURED' });
    await say('alice', 'NOT_HONOURED', 2, 'key-of-alice-01');
    const again = await once();
    expect(again.text).not.toContain('NOT_HONOURED');
    expect(again.codes).toEqual(['FORBIDDEN']);
  });

  test('is told to people without whose it was', async () => {
    const person = await sevran.person({ safeContact: 'VOICE_TO_ME_ONLY', phone: '06 39 98 55 66' });
    const id = await appointment({ days: 2, persons: [person.id] });
    const cancelled = await ask(
      'rachid',
      'mutation ($input: CancelAppointmentInput!) { cancelAppointment(input: $input) { status } }',
      { input: { id, expectedVersion: 1, by: 'SERVICE' } },
    );
    expect(cancelled.data?.['cancelAppointment']).toEqual({ status: 'CANCELLED_BY_SERVICE' });
    const notices = await ask(
      'rose',
      `query ($d: ID!) { noticesToGive(districtId: $d) { edges { node { kind text appointment { id status workers { id } } } } } }`,
      { d: (await sevran).id },
    );
    expect(notices.text).toContain(id);
    expect(notices.text).not.toContain(alice.id);
  });

  test('shows who is out on a home visit until they are back', async () => {
    const id = await appointment({ status: 'HONOURED', days: 0 });
    await database.sql(
      `update appointment set mode = 'HOME', starts_at = now() - interval '1 hour', ends_at = now() - interval '30 minutes',
        expected_back_at = now() + interval '10 minutes' where id = $1`,
      [id],
    );
    const OUT = 'query ($d: ID!) { homeVisitsOut(districtId: $d) { id workers { id } } }';
    const variables = { d: (await sevran).id };
    expect((await ask('rachid', OUT, variables)).data?.['homeVisitsOut']).toEqual([
      { id, workers: [{ id: alice.id }] },
    ]);
    await database.sql('update appointment set back_at = now() where id = $1', [id]);
    expect((await ask('rachid', READ, { id })).data?.['appointment'].workers).toBeNull();
  });

  test('that somebody is back from tells who was out, and not what became of it', async () => {
    const back = async (row: string, fields: string): Promise<Answer> => {
      const id = await appointment({ status: 'NOT_HONOURED', days: 0 });
      await database.sql(
        `update appointment set mode = 'HOME', starts_at = now() - interval '1 hour', ends_at = now() - interval '30 minutes',
          ${row} where id = $1`,
        [id],
      );
      return ask(
        'rachid',
        `mutation ($input: VersionedInput!) { recordReturn(input: $input) { ${fields} } }`,
        { input: { id, expectedVersion: 1 } },
      );
    };
    const out = "expected_back_at = now() + interval '10 minutes'";
    const said = await back(out, 'workers { id }');
    expect(said.data?.['recordReturn']).toEqual({ workers: [{ id: alice.id }] });
    expect((await back(out, 'status')).codes).toEqual(['FORBIDDEN']);
    expect((await back('expected_back_at = null', 'workers { id }')).codes).toEqual(['FORBIDDEN']);
    expect((await back('expected_back_at = null', 'backAt')).errors).toEqual([]);
  });

  test('that was called off does not tell by the same call later what was recorded after all', async () => {
    const id = await appointment({ days: 0 });
    await database.sql(
      `update appointment set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour' where id = $1`,
      [id],
    );
    const visitId = await make.visit({ districtId: (await sevran).id, appointmentId: id });
    const callOff = async (): Promise<Answer> =>
      (await app.as('rachid')).send(
        'mutation ($input: CancelAppointmentInput!) { cancelAppointment(input: $input) { status workers { id } } }',
        { input: { id, expectedVersion: 1, by: 'PERSON', visitId } },
        { 'idempotency-key': 'key-of-rachid-03' },
      );
    expect((await callOff()).data?.['cancelAppointment']).toEqual({
      status: 'CANCELLED_BY_PERSON',
      workers: [{ id: alice.id }],
    });
    await database.sql(`update appointment set status = 'HONOURED' where id = $1`, [id]);
    const again = await callOff();
    expect(again.text).not.toContain('HONOURED');
    expect(new Set(again.codes)).toEqual(new Set(['FORBIDDEN']));
  });

  test('of many tells who says of one that they came nothing of the others', async () => {
    const [ana, ben] = [await sevran.person(), await sevran.person()];
    const id = await appointment({ days: 0 });
    await database.sql(
      `update appointment set places = 5, starts_at = now() - interval '1 hour', ends_at = now() + interval '1 hour' where id = $1`,
      [id],
    );
    await make.appointmentPerson({ appointmentId: id, personId: ana.id });
    await make.appointmentPerson({ appointmentId: id, personId: ben.id, outcome: 'NOT_HONOURED' });
    const attend = (fields: string): Promise<Answer> =>
      ask(
        'rachid',
        `mutation ($input: RecordAttendanceInput!) { recordAttendance(input: $input) { ${fields} } }`,
        { input: { id, personId: ana.id, expectedVersion: 1, outcome: 'HONOURED' } },
      );
    const all = await attend('takenPlaces { outcome }');
    expect(all.codes).toEqual(['FORBIDDEN']);
    expect(all.text).not.toContain('NOT_HONOURED');
    expect((await attend('takenPlaces { person { id } version }')).errors).toEqual([]);
  });
});

describe('who waits, to the desk and the head,', () => {
  test('shows the worker on duty to the desk as long as they wait, and to the head never', async () => {
    const person = await sevran.person();
    const { id: districtId } = await sevran;
    const id = await make.appointmentRequest({
      districtId,
      personId: person.id,
      typeCode,
      dutyWorkerId: alice.id,
      askedBy: 'PERSON',
    });
    const read = async (who: string) =>
      (
        await ask(who, 'query ($id: ID!) { appointmentRequest(id: $id) { status dutyWorker { id } } }', {
          id,
        })
      ).data?.['appointmentRequest'];
    expect(await read('rachid')).toEqual({ status: 'WAITING', dutyWorker: { id: alice.id } });
    expect(await read('hélène')).toEqual({ status: 'WAITING', dutyWorker: null });
    await database.sql(
      `update appointment_request set status = 'WITHDRAWN', closed_at = now() where id = $1`,
      [id],
    );
    expect(await read('rachid')).toEqual({ status: 'WITHDRAWN', dutyWorker: null });
    expect(await read('alice')).toEqual({ status: 'WITHDRAWN', dutyWorker: { id: alice.id } });
  });
});

describe('a visit, to the desk,', () => {
  const READ = 'query ($id: ID!) { visit(id: $id) { status outcome ticket worker { id } } }';
  const came = async (more: Given<'visit'> = {}): Promise<string> =>
    make.visit({ districtId: (await sevran).id, workerId: alice.id, ...more });
  const read = async (who: string, id: string) => (await ask(who, READ, { id })).data?.['visit'];

  test('shows who receives them until they have gone, and then not what became of it', async () => {
    const id = await came();
    expect(await read('rachid', id)).toMatchObject({ worker: { id: alice.id } });
    await database.sql(
      `update visit set taken_in_at = now(), closed_at = now(), outcome = 'REFERRED' where id = $1`,
      [id],
    );
    expect(await read('rachid', id)).toMatchObject({ status: 'CLOSED', worker: null, outcome: null });
    expect(await read('alice', id)).toMatchObject({ worker: { id: alice.id }, outcome: 'REFERRED' });
    // The head would only have to ask the desk who received them.
    expect(await read('hélène', id)).toMatchObject({ status: 'CLOSED', worker: null, outcome: null });
  });

  test('yesterday’s is not put beside the appointment of which the morning’s list named the worker', async () => {
    const meeting = await appointment({ days: 0 });
    const id = await came({ appointmentId: meeting });
    const its = async (who: string) => {
      const { data, codes } = await ask(who, 'query ($id: ID!) { visit(id: $id) { appointment { id } } }', {
        id,
      });
      return [data?.['visit'].appointment, codes];
    };
    expect(await its('rachid')).toEqual([{ id: meeting }, []]);
    await database.sql(
      `update visit set taken_in_at = now(), closed_at = now(), outcome = 'RECEIVED' where id = $1`,
      [id],
    );
    expect(await its('rachid')).toEqual([null, ['FORBIDDEN']]);
    expect(await its('alice')).toEqual([{ id: meeting }, []]);
    const another = await came({ appointmentId: meeting, arrivedAt: ago(26 / 24) });
    const past = await ask('rachid', 'query ($id: ID!) { visit(id: $id) { appointment { id } } }', {
      id: another,
    });
    expect(past.codes).toEqual(['FORBIDDEN']);
  });

  test('with the head: whom the desk saw with a worker, the head does not see received, nor redirected', async () => {
    const id = await came();
    const HEAD = 'query ($id: ID!) { visit(id: $id) { status outcome takenInAt } }';
    const seen = async () => (await ask('hélène', HEAD, { id })).data?.['visit'];
    expect(await read('rachid', id)).toMatchObject({ worker: { id: alice.id } });
    await database.sql(`update visit set closed_at = now(), outcome = 'LEFT' where id = $1`, [id]);
    expect(await seen()).toEqual({ status: 'CLOSED', outcome: null, takenInAt: null });
    const nobodys = await came({ workerId: null, closedAt: ago(0), outcome: 'LEFT' });
    expect((await ask('hélène', HEAD, { id: nobodys })).data?.['visit']).toEqual({
      status: 'CLOSED',
      outcome: 'LEFT',
      takenInAt: null,
    });
    const version = await ask('hélène', 'query ($id: ID!) { visit(id: $id) { version } }', { id });
    expect(version.codes).toEqual(['FORBIDDEN']);
  });

  test('that the desk has taken in does not tell by the same call later what became of it', async () => {
    const id = await came();
    const takeIn = async (): Promise<Answer> =>
      (await app.as('rachid')).send(
        'mutation ($input: VersionedInput!) { takeIn(input: $input) { status outcome worker { id } } }',
        { input: { id, expectedVersion: 1 } },
        { 'idempotency-key': 'key-of-rachid-02' },
      );
    expect((await takeIn()).data?.['takeIn']).toEqual({
      status: 'TAKEN_IN',
      outcome: null,
      worker: { id: alice.id },
    });
    await database.sql(`update visit set closed_at = now(), outcome = 'REFERRED' where id = $1`, [id]);
    const again = await takeIn();
    expect(again.text).not.toContain('REFERRED');
    expect(again.text).not.toContain(alice.id);
  });

  test('tells what became of its appointment to who says it, and nobody who says something else', async () => {
    const meeting = await appointment({ days: 0 });
    const id = await came({ appointmentId: meeting });
    const takeIn = async (): Promise<Answer> =>
      (await app.as('rachid')).send(
        'mutation ($input: VersionedInput!) { takeIn(input: $input) { appointment { status } } }',
        { input: { id, expectedVersion: 1 } },
        { 'idempotency-key': 'key-of-rachid-04' },
      );
    const honoured = { appointment: { status: 'HONOURED' } };
    expect((await takeIn()).data?.['takeIn']).toEqual(honoured);
    expect((await takeIn()).data?.['takeIn']).toEqual(honoured);
    await database.sql(`update appointment set status = 'NOT_HONOURED' where id = $1`, [meeting]);
    expect((await takeIn()).codes).toEqual(['FORBIDDEN']);
    const closed = await ask(
      'rachid',
      'mutation ($input: CloseVisitInput!) { closeVisit(input: $input) { appointment { status } } }',
      { input: { id, expectedVersion: 2, outcome: 'REFERRED' } },
    );
    expect(closed.codes).toEqual(['FORBIDDEN']);
  });

  test('shows what became of it where nobody received them', async () => {
    const id = await came({ workerId: null, closedAt: ago(0), outcome: 'ANSWERED' });
    expect(await read('rachid', id)).toMatchObject({ worker: null, outcome: 'ANSWERED' });
  });

  test('of a past day shows nobody, and is in no list after a week', async () => {
    const id = await came({ arrivedAt: ago(26 / 24) });
    expect(await read('rachid', id)).toMatchObject({ worker: null });
    const visits = (days: number) =>
      ask(
        'rachid',
        'query ($d: ID!, $day: Date) { visits(districtId: $d, day: $day) { edges { cursor } } }',
        {
          d: districtId,
          day: new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10),
        },
      );
    const { id: districtId } = await sevran;
    expect((await visits(6)).errors).toEqual([]);
    expect(faults(await visits(9))).toEqual(['visits INVALID_INPUT day']);
  });
});
