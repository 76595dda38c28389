import { randomUUID } from 'node:crypto';
import { type Rows, rowsOf } from '../support/county/rows.js';
import type { TestDatabase } from '../support/database.js';
import { WORKED_OUT } from '../support/statistics.js';

/** Two districts; the worker and the person who ask; one other worker and one other person. */
const id = (kind: string, nth: number): string => `${kind}0000000-0000-4000-8000-00000000000${nth}`;
export const DISTRICTS = [id('d', 1), id('d', 2)] as const;
export const ASKER = id('a', 1);
export const COLLEAGUE = id('a', 2);
export const PERSON = id('e', 1);
const OTHER_PERSON = id('e', 2);
const ELSEWHERE = id('d', 9);

export const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

/** The database takes the rows of these tables as they are given, without keys and triggers, so that every combination can be inserted. */
const AS_GIVEN = [
  'worker',
  'membership',
  'person',
  'person_account',
  'person_known',
  'case',
  'case_person',
  'need',
  'relay',
  'interview_note',
  'release',
  'appointment',
  'appointment_person',
  'appointment_request',
  'slot_offer',
  'offer_skip',
  'visit',
  'message',
  'encounter',
  'referral',
  'incoming_request',
  'indicator_observation',
  'snapshot_table',
  'wait_simulation',
  'activity_report',
  'activity_report_text',
  'team_option',
];

type Combined<T> = { readonly [C in keyof T]: T[C] extends readonly (infer V)[] ? V : never };

/** Every combination of these values. */
function product<T extends Readonly<Record<string, readonly unknown[]>>>(values: T): Combined<T>[] {
  const rows = Object.entries(values).reduce<Record<string, unknown>[]>(
    (before, [name, each]) => before.flatMap((row) => each.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
  return rows as Combined<T>[];
}

/** Makes all rows in the same tick, so that they are one statement. */
const each = <R>(rows: readonly R[], make: (row: R) => Promise<unknown>): Promise<unknown> =>
  Promise.all(rows.map(make));

const nobodyOr = [null, ASKER, COLLEAGUE];
const workerIds: string[][] = [[], [ASKER], [COLLEAGUE], [ASKER, COLLEAGUE]];
const onlinePersonIds: string[][] = [[], [PERSON], [OTHER_PERSON]];
const districtId = DISTRICTS;
const ofACase = { districtId, assignedWorkerId: nobodyOr };

/** Inserts all combinations of the columns that the rules compare: in cases, in the rows of a case, and in the ties of a person. */
export async function insertEveryRow(database: TestDatabase): Promise<void> {
  for (const table of AS_GIVEN) await database.sql(`alter table "${table}" disable trigger all`);
  const make = rowsOf(database);
  await make.worker({ id: ASKER, subject: 'worker', familyName: 'x' });
  await make.worker({ id: COLLEAGUE, subject: 'colleague', familyName: 'x' });
  await make.personAccount({ personId: PERSON, subject: 'person' });
  await insertCases(make);
  await insertAppointments(make);
  await listOnline(database);
  await insertWhoWaits(make);
  await insertWhoComes(make);
  await insertWhoIsSent(make);
  await insertFigures(make);
  await insertSimulations(make);
  await insertOptions(make);
  await insertPersons(make);
}

async function insertCases(make: Rows): Promise<void> {
  await each(product({ ...ofACase, onlinePersonIds }), (row) => make.case({ ...row, mission: 'RSA' }));
  await each(product(ofACase), (row) => make.need({ ...row, caseId: randomUUID(), code: 'x' }));
  const notes = product({
    districtId,
    readerId: nobodyOr,
    authorId: [ASKER, COLLEAGUE],
    readableUntil: [null, inHours(1), inHours(-1)],
  });
  await each(notes, (row) => make.interviewNote({ ...row, caseId: randomUUID() }));
  const releases = product({
    requestedById: [ASKER, COLLEAGUE],
    holderIds: [[], [ASKER], [COLLEAGUE]] as string[][],
    ground: ['COURT_ORDER', 'DANGER'] as const,
  });
  await each(releases, (row) =>
    make.release({ ...row, caseId: randomUUID(), districtId: DISTRICTS[0], waitsUntil: inHours(0) }),
  );
}

async function insertAppointments(make: Rows): Promise<void> {
  const appointments = product({
    districtId,
    caseWorkerId: nobodyOr,
    workerIds,
    onlinePersonIds,
    // An appointment to come, one of this week, and one that is too long ago for a desk.
    hours: [1, -6 * 24, -9 * 24],
  });
  await each(appointments, ({ hours, ...row }) =>
    make.appointment({ ...row, typeCode: 'x', startsAt: inHours(hours), endsAt: inHours(hours + 1) }),
  );
}

/** The API lists a person's own cases and appointments by these rows. */
async function listOnline(database: TestDatabase): Promise<void> {
  await database.sql(`insert into case_person (case_id, person_id, show_online, district_id, assigned_worker_id)
    select id, online_person_ids[1], true, district_id, assigned_worker_id from "case" where online_person_ids <> '{}'`);
  await database.sql(`insert into appointment_person (appointment_id, person_id, show_online, district_id, case_worker_id)
    select id, online_person_ids[1], true, district_id, case_worker_id from appointment where online_person_ids <> '{}'`);
}

async function insertWhoWaits(make: Rows): Promise<void> {
  const requests = product({
    districtId,
    personId: [PERSON, OTHER_PERSON],
    showOnline: [false, true],
    dutyWorkerId: nobodyOr,
    caseWorkerId: nobodyOr,
  }).map((row) => ({ ...row, id: randomUUID() }));
  await each(requests, (row) => make.appointmentRequest({ ...row, typeCode: 'x' }));
  await each(requests, ({ id: requestId }) =>
    make.slotOffer({
      requestId,
      districtId: ELSEWHERE,
      workerId: COLLEAGUE,
      answerBy: inHours(1),
      startsAt: inHours(2),
      endsAt: inHours(3),
    }),
  );
  await each(requests, ({ id: requestId }) =>
    make.offerSkip({ requestId, offerId: randomUUID(), reason: 'BUSY_THEN' }),
  );
}

async function insertWhoComes(make: Rows): Promise<void> {
  const visits = product({ districtId, workerId: nobodyOr });
  await each([...visits.entries()], ([nth, row]) =>
    make.visit({ ...row, day: '2026-01-05', ticket: nth + 1 }),
  );
  const messages = product({ districtId, workerId: [ASKER, COLLEAGUE] });
  await each(messages, (row) => make.message({ ...row, name: 'x' }));
  const encounters = product({
    districtId,
    readerId: nobodyOr,
    caseId: [null, randomUUID()],
    heldAt: [inHours(-29 * 24), inHours(-31 * 24)],
  });
  await each(encounters, (row) =>
    make.encounter({
      ...row,
      heldById: row.readerId ?? ASKER,
      ...(row.caseId === null
        ? { passedToId: null, passedOnAt: null }
        : { passedToId: row.readerId ?? COLLEAGUE, passedOnAt: inHours(-1) }),
    }),
  );
  // Encounters written for a case, by the worker who opened it and by a stand-in; and one whose 30 days count from a reassignment.
  const forACase = product({
    districtId,
    readerId: nobodyOr,
    standsForId: [null, COLLEAGUE],
    heldAt: [inHours(-31 * 24)],
  });
  await each(forACase, (row) =>
    make.encounter({ ...row, heldById: row.readerId ?? ASKER, forCaseId: randomUUID() }),
  );
  await make.encounter({
    districtId: DISTRICTS[0],
    readerId: ASKER,
    heldById: ASKER,
    heldAt: inHours(-31 * 24),
    keptFrom: inHours(-1),
  });
}

async function insertWhoIsSent(make: Rows): Promise<void> {
  const referrals = product({
    ...ofACase,
    toDistrictId: [null, ...DISTRICTS],
    toWorkerId: nobodyOr,
    onlinePersonId: [null, PERSON, OTHER_PERSON],
  })
    // A referral goes to an organisation, or to a district and perhaps to one of its workers.
    .filter((row) => row.toDistrictId !== null || row.toWorkerId === null);
  await each(referrals, (row) =>
    make.referral({
      ...row,
      toOrganisationId: row.toDistrictId === null ? randomUUID() : null,
      caseId: randomUUID(),
      sentById: COLLEAGUE,
      mission: 'RSA',
    }),
  );
  await each(product({ districtId, workerId: nobodyOr }), (row) =>
    make.incomingRequest({ ...row, dueAt: inHours(1) }),
  );
}

async function insertFigures(make: Rows): Promise<void> {
  await each(product({ districtId, confirmedOn: [null, '2026-01-06'] }), (row) =>
    make.indicatorObservation({
      ...row,
      code: 'APPOINTMENTS',
      year: 2025,
      body: 'x',
      statedOn: '2026-01-05',
    }),
  );
  await each(product({ districtId: [null, ...DISTRICTS] }), (row) =>
    make.snapshotTable({
      ...row,
      snapshotId: randomUUID(),
      indicatorId: randomUUID(),
      dimensions: [],
      cells: [30],
    }),
  );
}

/** Shown by nothing, by a draft, by a published report, and by what its team said before. Each report has a year of its own. */
async function insertSimulations(make: Rows): Promise<void> {
  const shownBy = ['nothing', 'draft', 'published', 'text before'] as const;
  const simulations = product({ districtId, askedById: [ASKER, COLLEAGUE], shownBy });
  await each([...simulations.entries()], async ([nth, { shownBy: by, ...row }]) => {
    const simulationId = await make.waitSimulation({ ...row, ...WORKED_OUT });
    if (by === 'nothing') return;
    const reportId = await make.activityReport({
      districtId: row.districtId,
      year: 2100 + nth,
      ...(by === 'draft' ? {} : { publishedOn: '2026-03-01', socialWorkers: 3, receptionists: 1 }),
    });
    await make.activityReportText({ reportId, version: 1, statedOn: '2026-01-05', simulationId });
    if (by === 'text before') await make.activityReportText({ reportId, version: 2, statedOn: '2026-01-06' });
  });
}

async function insertOptions(make: Rows): Promise<void> {
  const kinds = { PROPOSED: 'CALL_BACK', ADOPTED: 'GROUP_MEETING', REJECTED: 'WALK_IN_HOUR' } as const;
  const options = product({ districtId, status: ['PROPOSED', 'ADOPTED', 'REJECTED'] as const });
  await each(options, (row) => make.teamOption({ ...row, kind: kinds[row.status] }));
}

/** The two persons of the rows above, and for each tie a person of its own. No other row ties that person to a worker. */
async function insertPersons(make: Rows): Promise<void> {
  await each([PERSON, OTHER_PERSON], (person) => make.person({ id: person, districtId: ELSEWHERE }));
  await each(product({ districtId, sensitiveFile: [false, true] }), (row) => make.person(row));
  const tied = <T extends object>(
    ties: readonly T[],
    tie: (of: T & { personId: string }) => Promise<unknown>,
  ) =>
    each(
      ties.flatMap((of) => [false, true].map((sensitiveFile) => ({ of, sensitiveFile }))),
      async ({ of, sensitiveFile }) => {
        const personId = await make.person({ districtId: ELSEWHERE, sensitiveFile });
        await tie({ ...of, personId });
      },
    );
  await tied(product(ofACase), (row) => make.casePerson({ ...row, caseId: randomUUID() }));
  const knownUntil = [null, inHours(-1), inHours(1)];
  await tied(product({ districtId, caseWorkerId: nobodyOr, workerIds, knownUntil }), (row) =>
    make.appointmentPerson({ ...row, appointmentId: randomUUID(), contactWorkerIds: [] }),
  );
  // Some of the workers know the contact, between two instants. The name is known at least as long.
  const open = product({
    districtId,
    contactWorkerIds: workerIds,
    contactFrom: [inHours(-2), inHours(1)],
    contactUntil: knownUntil,
  });
  await tied(open, (row) =>
    make.appointmentPerson({
      ...row,
      appointmentId: randomUUID(),
      workerIds: [ASKER, COLLEAGUE],
      knownUntil: row.contactUntil,
    }),
  );
  const known = product({
    districtId,
    workerId: [ASKER, COLLEAGUE],
    knownUntil: [inHours(-1), inHours(1)],
    contact: [false, true],
  });
  await tied(known, (row) => make.personKnown({ ...row, sourceId: randomUUID() }));
}
