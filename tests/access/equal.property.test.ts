import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Prisma } from '../../prisma/generated/client.js';
import { readsOption, whereReadsOption } from '../../src/access/agenda/options.js';
import * as appointment from '../../src/access/appointment/appointment.js';
import * as cases from '../../src/access/case/case.js';
import { readsNote, whereReadsNote } from '../../src/access/interview-note/interview-note.js';
import { anyOf } from '../../src/access/operation/sql.js';
import * as incoming from '../../src/access/orientation/incoming-request.js';
import * as referral from '../../src/access/orientation/referral.js';
import { type PersonReach, selectReach } from '../../src/access/person/person.js';
import { readsEncounter, whereReadsEncounter } from '../../src/access/reception/encounter.js';
import * as reception from '../../src/access/reception/reception.js';
import { seesRelease, whereSeesRelease } from '../../src/access/release/release.js';
import {
  readsObservation,
  readsSimulation,
  whereReadsSimulation,
  whereReadsStatistics,
  whereReadsWords,
} from '../../src/access/statistics/statistics.js';
import * as waiting from '../../src/access/waiting-list/appointment-request.js';
import { DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import { SCOPES, type Scope } from '../../src/auth/scopes.js';
import { Database } from '../../src/database/client.js';
import { runOperation } from '../../src/database/run-operation.js';
import type { Transaction } from '../../src/database/transaction.js';
import type { Viewer, ViewerRole } from '../../src/viewer.js';
import { rowsOf } from '../support/county/rows.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { testProver } from '../support/login.js';
import { testVault } from '../support/vault.js';
import { ASKER, COLLEAGUE, DISTRICTS, inHours, insertEveryRow, PERSON } from './every-row.js';

/**
 * The three locks say the same of every row that there can be, to viewers drawn at random: posts that are past, present
 * and to come, relays, and tokens with any of the scopes.
 */
const VIEWERS = 120;
const SEED = 20_261_125;
const ALL: readonly Scope[] = SCOPES.filter((scope) => scope !== 'booking');
/** From when to when, in hours from now. */
const PERIODS = { past: [-2, -1], present: [-1, 1], future: [1, 2] } as const;

const when = fc.constantFrom<keyof typeof PERIODS>('past', 'present', 'present', 'present', 'future');
const post = (roles: readonly ViewerRole[], districts: readonly (string | null)[]) =>
  fc.record({ role: fc.constantFrom(...roles), districtId: fc.constantFrom(...districts), when });
const drawn = fc.record({
  kind: fc.constantFrom('WORKER' as const, 'WORKER' as const, 'WORKER' as const, 'PERSON' as const),
  posts: fc.uniqueArray(
    fc.oneof(
      {
        weight: 5,
        arbitrary: post(
          ['RECEPTIONIST', 'SOCIAL_WORKER', 'SOCIAL_WORKER', 'TRAINEE', 'DISTRICT_HEAD'],
          DISTRICTS,
        ),
      },
      {
        weight: 1,
        arbitrary: post(['TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER', 'ADMINISTRATOR'], [null]),
      },
    ),
    { maxLength: 4, selector: ({ role, districtId }) => `${role}${districtId}` },
  ),
  // The colleague's, in which the viewer stands in.
  relays: fc.uniqueArray(fc.record({ districtId: fc.constantFrom(...DISTRICTS), when }), {
    maxLength: 2,
    selector: ({ districtId }) => districtId,
  }),
  scopes: fc.oneof(fc.constant([...ALL]), fc.subarray([...ALL])),
  // The person's contact, so that a login of theirs is nobody's.
  suspended: fc.boolean(),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer D> ? D : never;

let database: TestDatabase;
let asApp: Database;
let asSuperuser: Database;

beforeAll(async () => {
  database = await cloneDatabase();
  // For the clients that are registered.
  await county(database);
  await insertEveryRow(database);
  asApp = new Database({ url: database.urlAs('cosmos_app'), poolSize: 2 });
  asSuperuser = new Database({ url: database.url, poolSize: 2 });
});
afterAll(async () => {
  await asApp.close();
  await asSuperuser.close();
  await database.drop();
});

/** Has the directory hold the posts and relays that were drawn, and nothing else. */
async function enter({ posts, relays, suspended }: Drawn): Promise<void> {
  const during = (at: keyof typeof PERIODS) => ({
    startsAt: inHours(PERIODS[at][0]),
    endsAt: inHours(PERIODS[at][1]),
  });
  await database.sql('truncate membership, relay, suspension');
  await database.sql('update person set contact_suspended_at = case when $2 then now() end where id = $1', [
    PERSON,
    suspended,
  ]);
  const make = rowsOf(database);
  await Promise.all([
    ...posts.map(({ role, districtId, ...one }) =>
      make.membership({ workerId: ASKER, districtId, role, ...during(one.when) }),
    ),
    ...relays.map(({ districtId, ...one }) =>
      make.relay({ districtId, absentWorkerId: COLLEAGUE, standInId: ASKER, ...during(one.when) }),
    ),
  ]);
}

/** Who that is now, said once more: what the directory has today, and of relays those in one's own team. */
function expectedViewer({
  kind,
  posts,
  relays,
  scopes,
  suspended,
}: Drawn): Omit<Viewer, 'clientId' | 'clientKind'> {
  const isWorker = kind === 'WORKER';
  const now = isWorker ? posts.filter((one) => one.when === 'present') : [];
  const team = now.filter(({ role }) => role === 'SOCIAL_WORKER').map(({ districtId }) => districtId);
  return {
    kind,
    workerId: isWorker ? ASKER : null,
    personId: isWorker || suspended ? null : PERSON,
    selfId: isWorker ? null : PERSON,
    scopes: new Set(scopes),
    memberships: now.map(({ role, districtId }) => ({ role, districtId })),
    relays: relays
      .filter((one) => one.when === 'present' && team.includes(one.districtId))
      .map(({ districtId }) => ({ absentWorkerId: COLLEAGUE, districtId, settled: true })),
  };
}

const inOrder = <T>(list: readonly T[]): T[] =>
  [...list].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));

/** A rule as it stands in each of the locks. */
interface Rule {
  readonly table: string;
  readonly columns: string;
  /** Where the columns are those of its request. */
  readonly of?: string;
  // biome-ignore lint/suspicious/noExplicitAny: each rule compares columns of its own table.
  readonly predicate: (viewer: Viewer, row: any) => boolean;
  readonly wheres: readonly ((viewer: Viewer, t: Prisma.Sql) => Prisma.Sql)[];
  /** Row-level security shows more rows: another rule of the table is the wider one. */
  readonly isNarrower?: true;
}

const CASE = 'district_id as "districtId", assigned_worker_id as "assignedWorkerId"';
const ENCOUNTER = `district_id as "districtId", held_by_id as "heldById", reader_id as "readerId", case_id as "caseId",
  for_case_id as "forCaseId", stands_for_id as "standsForId",
      num_nonnulls(case_id, for_case_id) > 0 or greatest(held_at, kept_from) > now() - interval '720 hours' as "isKept"`;
const REQUEST = `district_id as "districtId", person_id as "personId", show_online as "showOnline",
  duty_worker_id as "dutyWorkerId", case_worker_id as "caseWorkerId"`;
/** What hangs on a request goes by the request's columns. */
const ofRequest =
  (where: (viewer: Viewer, r: Prisma.Sql) => Prisma.Sql) =>
  (viewer: Viewer, t: Prisma.Sql): Prisma.Sql =>
    Prisma.sql`exists (select from appointment_request r where r.id = ${t}.request_id and ${where(viewer, Prisma.sql`r`)})`;
const EVERYWHERE = { districtId: null, workerId: null };
const WHOLE_QUEUE = {
  districtId: null,
  absentWorkerId: null,
  assignedToMe: false,
  unassigned: false,
  byMission: false,
};
const RULES: Readonly<Record<string, Rule>> = {
  'that a case is there': {
    table: 'case',
    columns: `${CASE}, online_person_ids as "onlinePersonIds"`,
    predicate: cases.knowsOfCase,
    wheres: [cases.whereKnowsOfCase],
  },
  'that it is of one’s own queue': {
    table: 'case',
    columns: `${CASE}, online_person_ids as "onlinePersonIds"`,
    predicate: cases.hasInQueue,
    wheres: [cases.whereHasInQueue, (viewer, t) => anyOf(cases.waysToCases(viewer, t, WHOLE_QUEUE))],
    isNarrower: true,
  },
  'its mission': {
    table: 'case',
    columns: `${CASE}, online_person_ids as "onlinePersonIds"`,
    predicate: cases.knowsMission,
    wheres: [cases.whereKnowsMission],
    isNarrower: true,
  },
  'its needs': {
    table: 'need',
    columns: CASE,
    predicate: cases.followsCase,
    wheres: [cases.whereFollowsCase],
  },
  'its notes': {
    table: 'interview_note',
    columns:
      'district_id as "districtId", reader_id as "readerId", readable_until as "readableUntil", author_id as "authorId"',
    predicate: readsNote,
    wheres: [whereReadsNote],
  },
  'an appointment': {
    table: 'appointment',
    columns: `district_id as "districtId", case_worker_id as "caseWorkerId", worker_ids as "workerIds",
      online_person_ids as "onlinePersonIds", status::text, starts_at >= desk_reaches_back_to() as "withinDeskReach",
      expected_back_at is not null and back_at is null as out`,
    predicate: appointment.seesAppointment,
    wheres: [
      appointment.whereSeesAppointment,
      (viewer, t) => anyOf(appointment.waysToAppointments(viewer, t, EVERYWHERE)),
    ],
  },
  'a visit': {
    table: 'visit',
    columns: 'district_id as "districtId", worker_id as "workerId"',
    predicate: reception.seesVisit,
    wheres: [
      reception.whereSeesVisit,
      (viewer, t) =>
        anyOf(
          DISTRICTS.flatMap((id) => reception.wayToVisits(viewer, t, id) ?? []).map(
            (way) => Prisma.sql`(${way})`,
          ),
        ),
    ],
  },
  'a message': {
    table: 'message',
    columns: 'district_id as "districtId", worker_id as "workerId"',
    predicate: reception.readsMessage,
    wheres: [reception.whereReadsMessage],
  },
  'an encounter': {
    table: 'encounter',
    columns: ENCOUNTER,
    predicate: readsEncounter,
    wheres: [whereReadsEncounter],
  },
  'a referral': {
    table: 'referral',
    columns: `district_id as "districtId", assigned_worker_id as "assignedWorkerId", to_district_id as "toDistrictId",
      to_worker_id as "toWorkerId", online_person_id as "onlinePersonId", closed_at as "closedAt"`,
    predicate: referral.seesReferral,
    wheres: [referral.whereSeesReferral],
  },
  'a partner’s request': {
    table: 'incoming_request',
    columns: 'district_id as "districtId", worker_id as "workerId", closed_at as "closedAt"',
    predicate: incoming.seesIncomingRequest,
    wheres: [
      incoming.whereSeesIncomingRequest,
      (viewer, t) =>
        anyOf(
          DISTRICTS.flatMap((id) => incoming.wayToIncomingRequests(viewer, t, id) ?? []).map(
            (way) => Prisma.sql`(${way})`,
          ),
        ),
    ],
  },
  'a request': {
    table: 'appointment_request',
    columns: REQUEST,
    predicate: waiting.seesRequest,
    wheres: [
      waiting.whereSeesRequest,
      (viewer, t) => anyOf(waiting.waysToRequests(viewer, t, null)),
      // District by district: nothing is lost where a list is narrowed.
      (viewer, t) => anyOf(DISTRICTS.flatMap((id) => waiting.waysToRequests(viewer, t, id))),
    ],
  },
  'what is offered': {
    table: 'slot_offer',
    columns: REQUEST,
    of: 'appointment_request',
    predicate: waiting.seesOffers,
    wheres: [ofRequest(waiting.whereSeesOffers)],
  },
  'who was passed over': {
    table: 'offer_skip',
    columns: REQUEST,
    of: 'appointment_request',
    predicate: waiting.seesSkips,
    wheres: [ofRequest(waiting.whereSeesSkips)],
  },
  'a release': {
    table: 'release',
    columns: 'requested_by_id as "requestedById", holder_ids as "holderIds", ground::text as ground',
    predicate: seesRelease,
    wheres: [whereSeesRelease],
  },
  'an observation of a team': {
    table: 'indicator_observation',
    columns: 'confirmed_on is not null as "isConfirmed", false as "isPublished"',
    predicate: readsObservation,
    wheres: [
      (viewer) => Prisma.sql`${whereReadsStatistics(viewer)} and ${whereReadsWords(viewer, Prisma.sql`t`)}`,
    ],
  },
  'what a team asked about its wait': {
    table: 'wait_simulation',
    columns: `district_id as "districtId", exists (select from activity_report_text x join activity_report p on p.id = x.report_id
      where x.simulation_id = t.id and p.published_on is not null
        and not exists (select from activity_report_text l where l.report_id = p.id and l.version > x.version)) as "isPublished"`,
    predicate: readsSimulation,
    wheres: [whereReadsSimulation],
  },
  'an option of a team': {
    table: 'team_option',
    columns: 'district_id as "districtId", status::text as status',
    predicate: readsOption,
    wheres: [whereReadsOption],
  },
};

const idsIn = async (tx: Transaction, table: string, where: Prisma.Sql): Promise<string[]> =>
  (
    await tx.rows<{ id: string }>`select t.id from ${Prisma.raw(`"${table}"`)} t where ${where} order by t.id`
  ).map((row) => row.id);

/** Runs the task as the viewer, whom the database's own rules bind. */
async function asViewer<T>(
  { kind, scopes }: Drawn,
  task: (viewer: Viewer, tx: Transaction) => Promise<T>,
): Promise<T> {
  const token = {
    issuer: DEVELOPMENT_ISSUER,
    subject: kind.toLowerCase(),
    clientId: 'front.demo',
    scopes,
    tokenId: 'test',
    expiresAt: new Date(),
  };
  const { result } = await runOperation(
    { database: asApp, prover: testProver(), vault: testVault() },
    { kind: 'query', token, idempotencyKey: null },
    async (op) => ({ errors: [], result: await task(op.viewer, op.tx) }),
  );
  return result;
}

/** Runs the task with no lock at all. */
const asNobody = <T>(task: (tx: Transaction) => Promise<T>): Promise<T> =>
  asSuperuser.transaction({ isolation: 'repeatable read', statements: [] }, async (tx) => ({
    answer: await task(tx),
    closing: [],
  }));

test('predicate, where and row-level security say the same of every row, to anyone', async () => {
  const open = new Map<string, number>();
  for (const one of fc.sample(drawn, { numRuns: VIEWERS, seed: SEED })) {
    await enter(one);
    const said = await asViewer(one, async (viewer, tx) => {
      const security: Record<string, string[]> = {};
      for (const { table } of Object.values(RULES))
        security[table] = await idsIn(tx, table, Prisma.sql`true`);
      security['person'] = await idsIn(tx, 'person', Prisma.sql`true`);
      return { viewer, security };
    });
    const { viewer, security } = said;
    const expected = expectedViewer(one);
    expect({
      ...viewer,
      memberships: inOrder(viewer.memberships),
      relays: inOrder(viewer.relays),
    }).toMatchObject({
      ...expected,
      memberships: inOrder(expected.memberships),
      relays: inOrder(expected.relays),
    });
    await asNobody(async (tx) => {
      for (const [name, { table, columns, of, predicate, wheres, isNarrower }] of Object.entries(RULES)) {
        const other = of === undefined ? '' : `from "${of}" r where r.id = t.request_id`;
        const rows = await tx.rows<{ id: string }>`select t.id, c.* from ${Prisma.raw(`"${table}"`)} t
          cross join lateral (select ${Prisma.raw(`${columns} ${other}`)}) c order by t.id`;
        const ids = rows.filter((row) => predicate(viewer, row)).map((row) => row.id);
        for (const where of wheres)
          expect({ name, one, ids: await idsIn(tx, table, where(viewer, Prisma.sql`t`)) }).toEqual({
            name,
            one,
            ids,
          });
        const bySecurity = security[table] ?? [];
        if (isNarrower) expect(bySecurity).toEqual(expect.arrayContaining(ids));
        else expect({ name, one, ids: bySecurity }).toEqual({ name, one, ids });
        open.set(name, (open.get(name) ?? 0) + (ids.length > 0 ? 1 : 0));
      }
      const persons = await tx.rows<{ id: string; reach: PersonReach }>`
        select p.id, ${selectReach(viewer)} as reach from person p order by p.id`;
      const reached = persons.filter(({ reach }) => Object.values(reach).includes(true)).map((row) => row.id);
      // The reach is of the worker, and the fields of a person ask for the scope.
      expect({ one, ids: security['person'] }).toEqual({
        one,
        ids: one.scopes.includes('persons:read') ? reached : [],
      });
      open.set('a person', (open.get('a person') ?? 0) + (reached.length > 0 ? 1 : 0));
    });
  }
  // What is never open proves nothing.
  for (const name of [...Object.keys(RULES), 'a person'])
    expect({ name, open: (open.get(name) ?? 0) > VIEWERS / 12 }).toEqual({ name, open: true });
});
