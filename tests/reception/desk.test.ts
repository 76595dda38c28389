import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AppointmentStatus } from '../../prisma/generated/enums.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Rows, rowsOf } from '../support/county/rows.js';
import { type BuiltCase, county, type DistrictBuilder } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ahead } from '../support/days.js';

/** The desk: who calls, whom they see and when; never what the case says. */
let database: TestDatabase;
let app: TestApp;
let make: Rows;
let sevran: DistrictBuilder;
let gagny: DistrictBuilder;
let file: BuiltCase;
let elsewhere: BuiltCase;
let hidden: { id: string; reference: string };
let known: { id: string; reference: string };
let alice: { id: string };
let typeCode: string;

beforeAll(async () => {
  database = await cloneDatabase();
  app = await startTestApp(database);
  make = rowsOf(database);
  const made = await county(database);
  sevran = made.district('Sevran');
  gagny = made.district('Gagny');
  await sevran;
  await gagny;
  await sevran.receptionist('rachid');
  await sevran.head('hélène');
  const builder = sevran.worker('alice');
  alice = await builder;
  await sevran.worker('bruno');
  file = await builder.case().note('at the desk, never');
  elsewhere = await gagny.worker('gaston').case().note('elsewhere');
  known = await sevran.person({
    givenName: 'Lina',
    familyName: 'Morel',
    birthDate: '1990-02-03',
    phone: '06 39 98 11 22',
  });
  hidden = await sevran.person({
    givenName: 'Lou',
    familyName: 'Morel',
    birthDate: '1991-02-03',
    phone: '06 39 98 33 44',
    sensitiveFile: true,
  });
  const [type] = await database.sql<{ code: string }>(
    `select code from appointment_type where 'RECEPTIONIST' = any (bookable_by) and 'SOCIAL_WORKER' = any (bookable_by) and option is null order by duration_minutes limit 1`,
  );
  typeCode = type?.code ?? '';
  await make.need({ caseId: file.id, code: 'LOG-01' });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

let hour = 0;
/** An appointment of its own hour, seeded past every rule. */
async function appointment(
  district: DistrictBuilder,
  subject: string,
  options: { persons?: string[]; caseId?: string; days?: number; status?: AppointmentStatus } = {},
): Promise<string> {
  hour += 1;
  const days = (options.days ?? 1) + hour / 24;
  const appointmentId = await make.appointment({
    districtId: (await district).id,
    typeCode,
    caseId: options.caseId,
    status: options.status,
    startsAt: ahead(days),
    endsAt: ahead(days + 1 / 48),
  });
  const [worker] = await database.sql<{ id: string }>('select id from worker where subject = $1', [subject]);
  await make.appointmentWorker({ appointmentId, workerId: worker?.id });
  for (const personId of options.persons ?? []) await make.appointmentPerson({ appointmentId, personId });
  await make.appointmentSubject({ appointmentId, text: 'between us' });
  return appointmentId;
}

describe('of a case', () => {
  test('that it is there, its status, its worker; no mission, persons, needs, appointments, notes', async () => {
    const answer = await (await app.as('rachid')).send(
      `query ($id: ID!) { case(id: $id) { status assignedWorker { givenName } mission persons { id } needs { id } appointments { edges { cursor } } interviewNotes { edges { cursor } } } }`,
      { id: file.id },
    );
    expect(answer.data?.['case']).toEqual({
      status: 'OPEN',
      assignedWorker: { givenName: 'alice' },
      mission: null,
      persons: null,
      needs: null,
      appointments: null,
      interviewNotes: null,
    });
    expect(new Set(answer.codes)).toEqual(new Set(['FORBIDDEN']));
  });

  test('in another district, nothing', async () => {
    const who = await app.as('rachid');
    expect(
      (await who.send('query ($id: ID!) { case(id: $id) { id } }', { id: elsewhere.id })).data?.['case'],
    ).toBeNull();
    const byReference = 'query ($r: String!) { caseByReference(reference: $r) { id } }';
    expect((await who.send(byReference, { r: file.reference })).data?.['caseByReference']).toEqual({
      id: file.id,
    });
    expect((await who.send(byReference, { r: elsewhere.reference })).data?.['caseByReference']).toBeNull();
  });

  test('a filter by mission finds nothing, whatever the mission', async () => {
    for (const mission of ['POLYVALENCE', 'RSA', 'LOGEMENT', 'EVALUATION', 'ENFANCE_FAMILLE']) {
      const answer = await (await app.as('rachid')).send(
        'query ($mission: Mission) { cases(filter: { mission: $mission }) { edges { cursor } pageInfo { hasNextPage } } }',
        { mission },
      );
      expect(answer.data?.['cases']).toEqual({ edges: [], pageInfo: { hasNextPage: false } });
    }
  });
});

describe('of a person', () => {
  const LOOK =
    'query ($input: PersonLookUpInput!) { personLookUp(input: $input) { id displayName birthYear reference } }';
  test('found by full name and one thing said, without any fact of a case', async () => {
    const who = await app.as('rachid');
    expect(
      (await who.send(LOOK, { input: { fullName: 'lina MOREL', birthYear: 1990 } })).data?.['personLookUp'],
    ).toEqual([{ id: known.id, displayName: 'Lina Morel', birthYear: 1990, reference: known.reference }]);
    expect(
      (await who.send(LOOK, { input: { fullName: 'Morel', birthYear: 1990 } })).data?.['personLookUp'],
    ).toEqual([]);
    expect((await who.send(LOOK, { input: { fullName: 'Lina Morel' } })).codes).toEqual(['INVALID_INPUT']);
    expect((await who.send(LOOK, { input: { fullName: 'Lina Morel', phone: '06' } })).codes).toEqual([
      'INVALID_INPUT',
    ]);
    for (const wild of ['%', '_', 'L%', '.*'])
      expect(
        (await who.send(LOOK, { input: { fullName: wild, birthYear: 1990 } })).data?.['personLookUp'],
      ).toEqual([]);
  });

  test('a sensitive file is not found by any thing said, and answers as nobody does', async () => {
    const who = await app.as('rachid');
    for (const said of [{ birthYear: 1991 }, { reference: hidden.reference }, { phone: '06 39 98 33 44' }]) {
      const found = await who.send(LOOK, { input: { fullName: 'Lou Morel', ...said } });
      const nobody = await who.send(LOOK, { input: { fullName: 'Nemo Morel', ...said } });
      expect(found.text).toBe(nobody.text);
    }
  });

  test('a person of another district is not found', async () => {
    const other = await gagny.person({ givenName: 'Noé', familyName: 'Gagny', birthDate: '1980-01-01' });
    expect(
      (await (await app.as('rachid')).send(LOOK, { input: { fullName: 'Noé Gagny', birthYear: 1980 } }))
        .data?.['personLookUp'],
    ).toEqual([]);
    expect(
      (
        await (
          await app.as('rachid')
        ).send(LOOK, { input: { fullName: 'Noé Gagny', reference: other.reference } })
      ).data?.['personLookUp'],
    ).toEqual([]);
  });

  test('a sensitive file cannot be changed, noticed nor booked for, as nobody can', async () => {
    const who = await app.as('rachid');
    const [notice] = await database.sql<{ id: string }>('select id from privacy_notice limit 1');
    const { id: districtId } = await sevran;
    const ask = async (id: string) => [
      (
        await who.send('mutation ($input: UpdatePersonInput!) { updatePerson(input: $input) { id } }', {
          input: { id, expectedVersion: 1, chosenName: 'x' },
        })
      ).text,
      (
        await who.send(
          'mutation ($input: SetPersonAddressInput!) { setPersonAddress(input: $input) { id } }',
          { input: { personId: id, expectedVersion: 0, line: 'x', confidential: false } },
        )
      ).text,
      (
        await who.send('mutation ($input: GiveNoticeInput!) { giveNotice(input: $input) { id } }', {
          input: { personId: id, noticeId: notice?.id, channel: 'ORAL' },
        })
      ).text,
      (
        await who.send('mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id } }', {
          input: {
            districtId,
            workerIds: [alice.id],
            typeCode,
            startsAt: new Date(Date.now() + 9e8).toISOString(),
            personIds: [id],
          },
        })
      ).text,
    ];
    expect(await ask(hidden.id)).toEqual(await ask('00000000-0000-4000-8000-000000000001'));
  });

  test('an appointment of a sensitive file looks as one where nobody is named', async () => {
    const [theirs, nobodys] = [
      await appointment(sevran, 'alice', { persons: [hidden.id] }),
      await appointment(sevran, 'alice'),
    ];
    const ask = async (id: string) =>
      (
        await (
          await app.as('rachid')
        ).send(
          'query ($id: ID!) { appointment(id: $id) { status publicLabel persons { id displayName } } }',
          { id },
        )
      ).text;
    expect(await ask(theirs)).toBe(await ask(nobodys));
    expect(
      (
        await (
          await app.as('alice')
        ).send('query ($id: ID!) { appointment(id: $id) { persons { id } } }', { id: theirs })
      ).data?.['appointment'].persons,
    ).toEqual([{ id: hidden.id }]);
  });

  test('by whom they are followed: the case exists, its status and worker', async () => {
    const id = await appointment(sevran, 'alice', { persons: [file.personId], caseId: file.id });
    const answer = await (await app.as('rachid')).send(
      `query ($id: ID!, $person: ID!) { appointment(id: $id) { persons { id } subject type { code } case { id } }
        casesOfPerson(personId: $person) { status assignedWorker { givenName } mission } }`,
      { id, person: file.personId },
    );
    expect(answer.data).toEqual({
      appointment: { persons: [{ id: file.personId }], subject: null, type: null, case: null },
      casesOfPerson: [{ status: 'OPEN', assignedWorker: { givenName: 'alice' }, mission: null }],
    });
    expect(answer.text).not.toContain('between us');
  });

  test('a colleague who holds an appointment finds no case by way of the person', async () => {
    const id = await appointment(sevran, 'bruno', { persons: [file.personId] });
    const answer = await (await app.as('bruno')).send(
      'query ($id: ID!) { appointment(id: $id) { persons { displayName cases { id } } } }',
      { id },
    );
    expect(answer.data?.['appointment'].persons).toEqual([{ displayName: 'Ana Petit', cases: null }]);
    expect(answer.codes).toEqual(['FORBIDDEN']);
  });
});

describe('who is at the desk of one district and a social worker of another', () => {
  beforeAll(async () => {
    const workerId = await make.worker({ subject: 'both', givenName: 'Both', familyName: 'Both' });
    await make.membership({ workerId, districtId: (await sevran).id, role: 'RECEPTIONIST' });
    await make.membership({ workerId, districtId: (await gagny).id });
  });

  test('is no desk in the second: no appointment, no case of a person’s, no agenda of a colleague’s', async () => {
    const who = await app.as('both');
    const there = await appointment(gagny, 'gaston', { persons: [elsewhere.personId], caseId: elsewhere.id });
    expect(
      (await who.send('query ($id: ID!) { appointment(id: $id) { id } }', { id: there })).data?.[
        'appointment'
      ],
    ).toBeNull();
    // The person of a case of Gagny comes to Sevran: the desk of Sevran does not learn of Gagny's case.
    const here = await appointment(sevran, 'alice', { persons: [elsewhere.personId] });
    const answer = await (await app.as('rachid')).send(
      'query ($id: ID!, $person: ID!) { appointment(id: $id) { persons { id } } casesOfPerson(personId: $person) { id } }',
      { id: here, person: elsewhere.personId },
    );
    expect(answer.data).toEqual({
      appointment: { persons: [{ id: elsewhere.personId }] },
      casesOfPerson: [],
    });
    const [gaston] = await database.sql<{ id: string }>(`select id from worker where subject = 'gaston'`);
    const agenda = await who.send(
      'query ($f: AppointmentFilter) { appointments(filter: $f) { edges { node { id } } } }',
      { f: { workerId: gaston?.id, to: new Date(Date.now() + 5e8).toISOString() } },
    );
    expect(agenda.data?.['appointments'].edges).toEqual([]);
    const booked = await who.send(
      'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id } }',
      {
        input: {
          districtId: (await gagny).id,
          workerIds: [gaston?.id],
          typeCode,
          startsAt: new Date(Date.now() + 9e8).toISOString(),
        },
      },
    );
    expect(booked.codes).toEqual(['FORBIDDEN']);
  });
});

describe('who holds an appointment', () => {
  const SEE = 'query ($id: ID!) { appointment(id: $id) { id subject persons { displayName phone } } }';
  test('knows the person until 30 days after', async () => {
    const [lately, long] = [
      await appointment(sevran, 'bruno', { persons: [known.id], days: -20 }),
      await appointment(sevran, 'bruno', { persons: [hidden.id], days: -40 }),
    ];
    expect((await (await app.as('bruno')).send(SEE, { id: lately })).data?.['appointment'].persons).toEqual([
      { displayName: 'Lina Morel', phone: '06 39 98 11 22' },
    ]);
    expect((await (await app.as('bruno')).send(SEE, { id: long })).data?.['appointment'].persons).toEqual([]);
  });

  test('and holds nothing once they have left the district', async () => {
    await sevran.worker('partie');
    const id = await appointment(sevran, 'partie', { persons: [known.id] });
    expect((await (await app.as('partie')).send(SEE, { id })).data?.['appointment'].subject).toBe(
      'between us',
    );
    await database.sql(
      `update membership set ends_at = now() - interval '1 ms' where worker_id = (select id from worker where subject = 'partie')`,
    );
    const after = await (await app.as('partie')).send(SEE, { id });
    expect(after.data?.['appointment']).toBeNull();
    expect(after.text).not.toContain('06 39 98');
  });

  test('that was cancelled knows nobody by it', async () => {
    const { id: personId } = await sevran.person({
      givenName: 'Zoé',
      familyName: 'Annulée',
      phone: '06 39 98 55 66',
    });
    const id = await appointment(sevran, 'bruno', { persons: [personId], status: 'CANCELLED_BY_SERVICE' });
    const answer = await (await app.as('bruno')).send(SEE, { id });
    expect(answer.text).not.toContain('06 39 98 55 66');
  });
});

/** A mutation that is undone must not answer as if it were done: what it shows would be seen without a trace. */
describe('a mutation whose payload asks for a refused field', () => {
  test('shows nothing of what it undid: no colleague looks at a person by booking and being refused', async () => {
    const { id: personId } = await sevran.person({
      givenName: 'Eva',
      familyName: 'Cachée',
      phone: '06 39 98 77 88',
      birthDate: '1988-01-01',
      sensitiveFile: true,
    });
    const input = {
      districtId: (await sevran).id,
      workerIds: [
        (await database.sql<{ id: string }>(`select id from worker where subject = 'bruno'`))[0]?.id,
      ],
      typeCode,
      startsAt: new Date(Date.now() + 5 * 86_400_000).toISOString(),
      personIds: [personId],
    };
    const answer = await (await app.as('bruno')).send(
      'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { id persons { phone cases { id } } } }',
      { input },
    );
    expect(answer.codes).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    const kept = await database.sql('select 1 from appointment_person where person_id = $1', [personId]);
    // Either it stands, and is on record, or it answers nothing.
    expect({ kept: kept.length, shown: answer.text.includes('06 39 98 77 88') }).not.toEqual({
      kept: 0,
      shown: true,
    });
  });

  test('is not answered with the id of what was never kept', async () => {
    const input = { districtId: (await sevran).id, mission: 'RSA', personIds: [known.id] };
    const answer = await (await app.as('bruno')).send(
      'mutation ($input: OpenCaseInput!) { openCase(input: $input) { id status nextAppointment { id } } }',
      { input },
    );
    expect(answer.codes).toEqual(['FORBIDDEN']);
    const id = answer.data?.['openCase']?.id ?? null;
    const kept = id === null ? [] : await database.sql('select 1 from "case" where id = $1', [id]);
    expect(id === null || kept.length === 1).toBe(true);
  });

  test('reads no note by a handover that stays unaccepted', async () => {
    const [note] = file.noteIds;
    const [bruno] = await database.sql<{ id: string }>(`select id from worker where subject = 'bruno'`);
    const handover = await make.handover({
      caseId: file.id,
      fromWorkerId: alice.id,
      toWorkerId: bruno?.id,
    });
    await make.handoverNote({ handoverId: handover, noteId: note });
    await database.sql('update assignment set ends_at = now() where case_id = $1', [file.id]);
    await make.assignment({ caseId: file.id, workerId: bruno?.id });
    const answer = await (await app.as('bruno')).send(
      `mutation ($input: AcceptHandoverInput!) { acceptHandover(input: $input) { id case { interviewNotes { edges { node { body } } } persons { cases { id } } } } }`,
      { input: { id: handover } },
    );
    expect(answer.codes).toEqual(['FORBIDDEN']);
    const [row] = await database.sql<{ accepted: boolean }>(
      'select accepted_at is not null as accepted from handover where id = $1',
      [handover],
    );
    expect({ accepted: row?.accepted, read: answer.text.includes('at the desk, never') }).not.toEqual({
      accepted: false,
      read: true,
    });
  });
});

describe('the work of a worker is measured by nobody', () => {
  test('busy times, as the filter by worker, do not go back into the past', async () => {
    for (const who of ['hélène', 'rachid', 'bruno']) {
      const answer = await (await app.as(who)).send(
        'query ($d: ID!, $w: ID!, $from: DateTime!, $to: DateTime!) { busyTimes(districtId: $d, workerId: $w, from: $from, to: $to) { startsAt endsAt } }',
        {
          d: (await sevran).id,
          w: alice.id,
          from: new Date(Date.now() - 50 * 86_400_000).toISOString(),
          to: new Date().toISOString(),
        },
      );
      expect({ who, codes: answer.codes }).toEqual({ who, codes: ['INVALID_INPUT'] });
    }
  });

  test('an absence that has not begun opens no list of a worker’s cases', async () => {
    const { id: districtId } = await sevran;
    const who = await app.as('hélène');
    const declared = await who.send(
      'mutation ($input: DeclareAbsenceInput!) { declareAbsence(input: $input) { id } }',
      {
        input: {
          districtId,
          workerId: (await database.sql<{ id: string }>(`select id from worker where subject = 'bruno'`))[0]
            ?.id,
          startsAt: new Date(Date.now() + 300 * 86_400_000).toISOString(),
          endsAt: new Date(Date.now() + 301 * 86_400_000).toISOString(),
        },
      },
    );
    expect(declared.errors).toEqual([]);
    const [bruno] = await database.sql<{ id: string }>(`select id from worker where subject = 'bruno'`);
    await database.sql('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [
      file.id,
    ]);
    await make.assignment({ caseId: file.id, workerId: bruno?.id });
    const listed = await who.send(
      'query ($w: ID!) { cases(filter: { absentWorkerId: $w, purpose: REASSIGNMENT }) { edges { node { id } } } }',
      { w: bruno?.id },
    );
    expect(listed.data?.['cases'].edges).toEqual([]);
  });
});
