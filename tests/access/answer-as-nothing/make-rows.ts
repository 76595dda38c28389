import { randomBytes, randomUUID } from 'node:crypto';
import type { Mission } from '../../../prisma/generated/enums.js';
import { VOTED_ON } from '../../support/county/agenda.js';
import { type Rows, rowsOf } from '../../support/county/rows.js';
import type { TestDatabase } from '../../support/database.js';
import { ago, ahead, minutesAfter } from '../../support/days.js';
import { WORKED_OUT } from '../../support/statistics.js';
import { seen } from './seen.js';
import { FROZEN_YEAR } from './statistics.js';

/** Makes the rows that the demonstration lacks. Call `findRows` first. */
export async function makeRows(database: TestDatabase): Promise<void> {
  const make = rowsOf(database);
  const workers = await workersBySubject(database);
  await makeOfCases(database, make, workers);
  await makeOfOptions(database, make);
  await makeOfAgendas(make, workers);
  await makeBookingElsewhere(database, make);
  await makeWhoWaits(database, make);
  await makeOfReception(database, make, workers);
  await makeOfOrientation(database, make, workers);
  await makeOfStatistics(make, workers);
  await makeActs(make);
}

export type Workers = Readonly<Record<string, string>>;

export async function workersBySubject(database: TestDatabase): Promise<Workers> {
  const rows = await database.sql<{ id: string; subject: string }>('select id, subject from worker');
  return Object.fromEntries(rows.map(({ id, subject }) => [subject, id]));
}

/** The first row of a query. */
async function first<R extends Record<string, unknown>>(
  database: TestDatabase,
  sql: string,
  values: unknown[] = [],
): Promise<R> {
  const [row] = await database.sql<R>(sql, values);
  if (row === undefined) throw new Error(`the demonstration has no row for: ${sql}`);
  return row;
}

/** Two workers changed the contact of a person today; nobody was told that a measure is reached. */
async function makeActs(make: Rows): Promise<void> {
  const [districtId, rowId = ''] = [seen['foreignDistrict'], seen['foreignPerson']];
  const person = { rowId, personIds: [rowId] };
  await Promise.all(
    [seen['foreignWorker'], seen['colleague']].map((workerId) =>
      make.act({ workerId, districtId, ...person }),
    ),
  );
}

async function makeOfCases(database: TestDatabase, make: Rows, workers: Workers): Promise<void> {
  const { id: caseId } = await first<{ id: string }>(
    database,
    `select c.id from "case" c join worker w on w.id = c.assigned_worker_id and w.subject = 'agent-12' order by c.id limit 1`,
  );
  const [districtId, absentWorkerId] = [seen['foreignDistrict'], workers['agent-13']];
  Object.assign(seen, {
    foreignRelay: await make.relay({
      districtId,
      absentWorkerId,
      standInId: workers['agent-14'],
      startsAt: ago(0),
      endsAt: ahead(3),
    }),
    foreignAbsence: await make.absence({ districtId, workerId: absentWorkerId, startsAt: ahead(400) }),
    foreignProposal: await make.contactProposal({ personId: seen['foreignPerson'], safeContact: 'LETTER' }),
    foreignWord: await make.contactWord({
      personId: seen['foreignPerson'],
      caseId,
      saidById: workers['agent-12'],
    }),
    foreignRelease: await make.release({
      caseId,
      requestedById: workers['agent-12'],
      ground: 'COURT_ORDER',
    }),
    foreignTask: await make.handoverTask({
      caseId,
      workerId: workers['agent-13'],
      toWorkerId: workers['agent-12'],
    }),
  });
  const moved = await first<{ caseId: string; toWorkerId: string }>(
    database,
    `select c.id as "caseId", m.worker_id as "toWorkerId" from "case" c
      join membership m on m.district_id = c.district_id and m.role = 'SOCIAL_WORKER' and m.ends_at is null and m.worker_id <> c.assigned_worker_id
      where c.district_id = $1 and c.status = 'OPEN' and may_be_assigned(m.worker_id, c.district_id) order by c.id, m.worker_id limit 1`,
    [seen['foreignDistrict']],
  );
  seen['foreignPlan'] = await make.plannedReassignment({
    ...moved,
    plannedById: workers['head.sevran'],
    takesEffectAt: ahead(2),
  });
}

async function makeOfAgendas(make: Rows, workers: Workers): Promise<void> {
  const [districtId, workerId] = [seen['foreignDistrict'], workers['agent-13']];
  const startsAt = ahead(3);
  Object.assign(seen, {
    foreignUnavailability: await make.unavailability({
      districtId,
      workerId,
      startsAt: ago(0),
      endsAt: ahead(3),
    }),
    foreignNotice: await make.appointmentNotice({
      appointmentId: seen['foreignAppointment'],
      personId: seen['foreignPerson'],
      districtId,
      previousStartsAt: ago(0),
    }),
    foreignFeed: await make.calendarFeed({
      workerId,
      clientId: seen['frontEnd'],
      secretHash: randomBytes(32),
    }),
    foreignCalendar: await make.outsideCalendar({ workerId, districtId, reachesUntil: ahead(182) }),
    foreignMeeting: await make.appointment({
      districtId,
      typeCode: 'INFORMATION_MEETING',
      startsAt,
      endsAt: minutesAfter(startsAt, 120),
      places: 12,
    }),
    ownAppointment: await make.appointment({
      districtId: seen['sevran'],
      startsAt,
      endsAt: minutesAfter(startsAt, 60),
    }),
  });
  await make.appointmentWorker({ appointmentId: seen['ownAppointment'], workerId: seen['me'] });
}

/** The booking client booked this in another district, in an hour of its own. */
async function makeBookingElsewhere(database: TestDatabase, make: Rows): Promise<void> {
  const { id } = await first<{ id: string }>(
    database,
    `select id from client where client_id = 'client.booking'`,
  );
  const startsAt = ahead(5);
  const appointmentId = await make.appointment({
    districtId: seen['foreignDistrict'],
    startsAt,
    endsAt: minutesAfter(startsAt, 30),
  });
  const hour = ago(700);
  await make.onlineBooking({
    appointmentId,
    clientId: id,
    secretHash: randomBytes(32),
    personId: seen['foreignPerson'],
    bookedAt: hour,
  });
  Object.assign(seen, { bookingClient: id, hourElsewhere: hour });
}

/** What another team votes on, and what it has in force; and the option by which the own team holds meetings. */
async function makeOfOptions(database: TestDatabase, make: Rows): Promise<void> {
  await database.sql('delete from team_option');
  const districtId = seen['foreignDistrict'];
  await make.teamOption({ districtId: seen['sevran'] });
  seen['foreignOptionInForce'] = await make.teamOption({ districtId });
  seen['foreignOption'] = await make.teamOption({
    districtId,
    kind: 'CALL_BACK',
    ...VOTED_ON,
  });
}

async function makeWhoWaits(database: TestDatabase, make: Rows): Promise<void> {
  // Two people gave no name: one in another district, one for whose request the asking worker is on duty.
  for (const [name, district, onDuty] of [
    ['namelessRequest', 'foreignDistrict', undefined],
    ['ownNamelessRequest', 'sevran', 'me'],
  ] as const) {
    const id = randomUUID();
    seen[name] = await make.appointmentRequest({
      id,
      districtId: seen[district],
      dutyWorkerId: onDuty === undefined ? undefined : seen[onDuty],
      reference: id.toUpperCase(),
    });
  }
  for (const [name, of] of [
    ['foreignOffer', 'foreignRequest'],
    ['colleaguesOffer', 'colleaguesRequest'],
  ] as const) {
    const request = await first<{ id: string; districtId: string }>(
      database,
      'select id, district_id as "districtId" from appointment_request where id = $1',
      [seen[of]],
    );
    const startsAt = ahead(9);
    seen[name] = await make.slotOffer({
      requestId: request.id,
      districtId: request.districtId,
      workerId: seen['foreignWorker'],
      startsAt,
      endsAt: minutesAfter(startsAt, 60),
      channel: 'VOICE_TO_ME_ONLY',
    });
  }
}

/** A worker of another district, and a colleague in Sevran. */
const OF_OTHERS = [
  ['foreign', 'foreignDistrict', 'agent-13'],
  ['colleagues', 'sevran', 'agent-01'],
] as const;

async function makeOfReception(database: TestDatabase, make: Rows, workers: Workers): Promise<void> {
  for (const [kind, district, subject] of OF_OTHERS) {
    const of = { districtId: seen[district], workerId: workers[subject] };
    seen[`${kind}Visit`] = await make.visit(of);
    seen[`${kind}Message`] = await make.message({ ...of, name: 'Nour' });
  }
  // Two encounters are others'. The asking worker has held three: one is passed on to a colleague, one is a month old, one is theirs.
  for (const [name, district, subject, days] of [
    ['foreignEncounter', 'foreignDistrict', 'agent-13', 1],
    ['colleaguesEncounter', 'sevran', 'agent-01', 1],
    ['passedOnEncounter', 'sevran', 'worker.sevran', 1],
    ['oldEncounter', 'sevran', 'worker.sevran', 31],
    ['myEncounter', 'sevran', 'worker.sevran', 1],
  ] as const)
    seen[name] = await make.encounter({
      districtId: seen[district],
      heldById: workers[subject],
      heldAt: ago(days),
    });
  await database.sql(
    `update encounter set case_id = (select c.id from "case" c join worker w on w.id = c.assigned_worker_id
      where w.subject = 'agent-01' and c.status = 'OPEN' limit 1) where id = $1`,
    [seen['passedOnEncounter']],
  );
}

async function makeOfOrientation(database: TestDatabase, make: Rows, workers: Workers): Promise<void> {
  const sent = await first<{ caseId: string; sentById: string }>(
    database,
    `select c.id as "caseId", c.assigned_worker_id as "sentById" from "case" c
      where c.district_id = $1 and c.status = 'OPEN' and c.assigned_worker_id is not null order by c.id limit 1`,
    [seen['foreignDistrict']],
  );
  for (const [kind, district, subject] of OF_OTHERS) {
    const [districtId, workerId] = [seen[district], workers[subject]];
    seen[`${kind}Referral`] = await make.referral({
      ...sent,
      toDistrictId: districtId,
      toWorkerId: workerId,
    });
    seen[`${kind}Asked`] = await make.incomingRequest({
      districtId,
      partner: 'SCHOOL',
      workerId,
      status: 'ALLOCATED',
    });
  }
}

/** What a team has asked about its wait, and a year of which each team may write. */
async function makeOfStatistics(make: Rows, workers: Workers): Promise<void> {
  seen['foreignSimulation'] = await make.waitSimulation({
    districtId: seen['foreignDistrict'],
    askedById: workers['agent-12'],
    ...WORKED_OUT,
  });
  await make.snapshot({
    period: String(FROZEN_YEAR),
    startsOn: `${FROZEN_YEAR}-01-01`,
    endsOn: `${FROZEN_YEAR + 1}-01-01`,
    frozenOn: `${FROZEN_YEAR + 1}-02-10`,
    methodVersion: 1,
    secretMark: new Uint8Array(1),
  });
}

/** A case without notes, of the district and the mission of another case, assigned to a worker. */
export async function makeFreshCase(database: TestDatabase, like: string, workerId: string): Promise<string> {
  const make = rowsOf(database);
  const of = await first<{ districtId: string; mission: Mission }>(
    database,
    'select district_id as "districtId", mission from "case" where id = $1',
    [like],
  );
  const caseId = await make.case(of);
  await make.assignment({ caseId, workerId });
  return caseId;
}
