import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Prisma } from '../../prisma/generated/client.js';
import {
  type AgendaRelation,
  readsAgenda,
  seesBusyTimesIn,
  whereReadsAgenda,
  whereSeesFreeTimeOf,
} from '../../src/access/agenda/agenda.js';
import { type OptionRelation, readsOption, votesIn } from '../../src/access/agenda/options.js';
import {
  type AppointmentRelation,
  seesAppointment,
  waysToAppointments,
  whereSeesAppointment,
} from '../../src/access/appointment/appointment.js';
import {
  type CaseRelation,
  hasInQueue,
  knowsMission,
  knowsOfCase,
  seesNeed,
  waysToCases,
  whereHasInQueue,
  whereKnowsOfCase,
  whereSeesNeed,
} from '../../src/access/case/case.js';
import { administers, knowsTeamOf, whereKnowsTeamOf } from '../../src/access/directory/directory.js';
import {
  type NoteRelation,
  readsNote,
  whereReadsNote,
} from '../../src/access/interview-note/interview-note.js';
import { anyOf } from '../../src/access/operation/sql.js';
import {
  type IncomingRequestRelation,
  seesIncomingRequest,
  whereSeesIncomingRequest,
} from '../../src/access/orientation/incoming-request.js';
import {
  type ReferralRelation,
  seesReferral,
  whereSeesReferral,
} from '../../src/access/orientation/referral.js';
import { type PersonReach, selectReach } from '../../src/access/person/person.js';
import {
  type EncounterRelation,
  readsEncounter,
  whereReadsEncounter,
} from '../../src/access/reception/encounter.js';
import {
  type MessageRelation,
  readsMessage,
  seesVisit,
  type VisitRelation,
  whereReadsMessage,
  whereSeesVisit,
} from '../../src/access/reception/reception.js';
import {
  decidesOnIndicators,
  proposesIndicators,
  readsReport,
  readsSimulation,
  readsStatistics,
  type SimulationRelation,
  simulatesWait,
  speaksInTeam,
  whereReadsReport,
  whereReadsSimulation,
  whereReadsStatistics,
} from '../../src/access/statistics/statistics.js';
import {
  type RequestRelation,
  seesOffers,
  seesRequest,
  seesSkips,
  waysToRequests,
  whereSeesOffers,
  whereSeesRequest,
  whereSeesSkips,
} from '../../src/access/waiting-list/appointment-request.js';
import { DEVELOPMENT_ISSUER } from '../../src/auth/development-issuer.js';
import { type DemoLogin, LOGINS } from '../../src/auth/logins.js';
import { Database } from '../../src/database/client.js';
import { runOperation } from '../../src/database/run-operation.js';
import { teamDistricts, type Viewer } from '../../src/viewer.js';
import { byHand } from '../support/by-hand.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { testProver } from '../support/login.js';
import { testVault } from '../support/vault.js';

/** The three locks say the same of every row of the fictional county, to every login. */
let database: TestDatabase;
let asApp: Database;
let asSuperuser: Database;

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  asApp = new Database({ url: database.urlAs('cosmos_app'), poolSize: 2 });
  asSuperuser = new Database({ url: database.url, poolSize: 2 });
  // Of everyone a membership that has ended, and one that is to come.
  await database.sql(
    `insert into membership (worker_id, district_id, role, starts_at, ends_at)
     select m.worker_id, d.id, 'TRAINEE', now() + starts, now() + ends from (select distinct worker_id from membership) m,
       district d, (values (interval '-40 years', interval '-39 years'), (interval '1 month', null)) period(starts, ends)
     on conflict do nothing`,
  );
  // Of every district two simulations of the wait. One of them the published report shows, where there is one.
  await database.sql(
    `insert into wait_simulation (district_id, type_code, asked_by_id, asked_at, foreseen_from, half_days_now, posts_now, more_half_days,
       more_posts, more_asks_percent, load_now, days_now, load_then, days_then)
     select d.id, 'FIRST_RECEPTION', w.id, now() - nth * interval '1 day', current_date, 24, 4, 2, 0, 0, '{1,1,1}', '{6,4,9}', '{1,1,1}', '{4,3,7}'
     from district d cross join generate_series(1, 2) nth join worker w on w.subject = 'adviser'`,
  );
  // The text of a published report stays as it is, and no test of this file is about that.
  await database.sql(
    `set session_replication_role = replica;
     update activity_report_text t set simulation_id = (select s.id from wait_simulation s where s.district_id = r.district_id
       order by s.asked_at limit 1) from activity_report r where r.id = t.report_id;
     set session_replication_role = origin`,
  );
  // Every team votes on an option, and each member has voted.
  await database.sql('delete from team_option');
  await database.sql(
    `insert into team_option (district_id, kind, proposed_on, voted_until, starts_on, ends_on)
     select id, 'CALL_BACK', day_in_paris(now()), day_in_paris(now()) + 7, day_in_paris(now()) + 8, day_in_paris(now()) + 90 from district`,
  );
  await database.sql(
    `insert into team_vote (option_id, worker_id, in_favour) select o.id, m, true from team_option o, members_of_team(o.district_id, now()) m`,
  );
});
afterAll(async () => {
  await asApp.close();
  await asSuperuser.close();
  await database.drop();
});

type Row = { readonly id: string };

/** The viewer of a login, and the ids that row-level security alone lets it see. */
async function underRowLevelSecurity(
  login: DemoLogin,
  table: string,
): Promise<{ viewer: Viewer; ids: string[] }> {
  const token = { ...login, issuer: DEVELOPMENT_ISSUER, tokenId: 'test', expiresAt: new Date() };
  const answer = await runOperation(
    { database: asApp, prover: testProver(), vault: testVault() },
    { kind: 'query', token, idempotencyKey: null },
    async (op) => ({
      errors: [],
      viewer: op.viewer,
      ids: (await op.tx.rows<Row>`select id from ${Prisma.raw(`"${table}"`)} order by id`).map(
        (row) => row.id,
      ),
    }),
  );
  return answer;
}

async function lockSets<R>(
  login: DemoLogin,
  table: string,
  columns: string,
  predicate: (viewer: Viewer, row: R) => boolean,
  where: (viewer: Viewer, alias: Prisma.Sql) => Prisma.Sql,
  /** Where the columns are those of another row. */
  of = '',
) {
  const { viewer, ids: security } = await underRowLevelSecurity(login, table);
  const rows = await database.sql<Row & Record<string, unknown>>(
    `select t.id, c.* from "${table}" t cross join lateral (select ${columns} ${of}) c order by t.id`,
  );
  const conditions = await asSuperuser.transaction(
    { isolation: 'repeatable read', statements: [] },
    async (tx) => ({
      answer: await tx.rows<Row>`
        select t.id from ${Prisma.raw(`"${table}"`)} t where ${where(viewer, Prisma.sql`t`)} order by t.id`,
      closing: [],
    }),
  );
  return {
    policy: rows.filter((row) => predicate(viewer, row as R)).map((row) => row.id),
    where: conditions.map((row) => row.id),
    security,
  };
}

/** What of protected statistics a published report makes everyone's. */
const PUBLISHED: Readonly<Record<string, Prisma.Sql>> = {
  indicator_observation: Prisma.sql`exists (select from activity_report r where r.district_id = indicator_observation.district_id
    and r.year = indicator_observation.year and r.published_on >= indicator_observation.confirmed_on)`,
};
const OF_A_CASE = 'district_id as "districtId", assigned_worker_id as "assignedWorkerId"';

describe.each(LOGINS.map((login) => [login.login, login] as const))('to %s', (_name, login) => {
  test('notes', async () => {
    const columns =
      'district_id as "districtId", reader_id as "readerId", readable_until as "readableUntil", author_id as "authorId"';
    const sets = await lockSets<NoteRelation>(login, 'interview_note', columns, readsNote, whereReadsNote);
    expect(sets.where).toEqual(sets.policy);
    expect(sets.security).toEqual(sets.policy);
    expect(sets.policy.length > 0).toBe(/^worker/.test(login.login));
  });

  test('cases', async () => {
    const columns = `${OF_A_CASE}, opener_id as "openerId", online_person_ids as "onlinePersonIds"`;
    const sets = await lockSets<CaseRelation>(login, 'case', columns, knowsOfCase, whereKnowsOfCase);
    expect(sets.where).toEqual(sets.policy);
    expect(sets.security).toEqual(sets.policy);
    // A list goes through one's own queue alone, by ways that an index has.
    const whole = {
      districtId: null,
      absentWorkerId: null,
      assignedToMe: false,
      unassigned: false,
      byMission: false,
    };
    const queue = await lockSets<CaseRelation>(login, 'case', columns, hasInQueue, whereHasInQueue);
    expect(queue.where).toEqual(queue.policy);
    const ways = (viewer: Viewer, t: Prisma.Sql) => anyOf(waysToCases(viewer, t, whole));
    const listed = await lockSets<CaseRelation>(login, 'case', columns, hasInQueue, ways);
    expect(listed.where).toEqual(queue.policy);
    const known = (viewer: Viewer, row: CaseRelation) => hasInQueue(viewer, row) && knowsMission(viewer, row);
    const ofMission = (viewer: Viewer, t: Prisma.Sql) =>
      anyOf(waysToCases(viewer, t, { ...whole, byMission: true }));
    const missions = await lockSets<CaseRelation>(login, 'case', columns, known, ofMission);
    expect(missions.where).toEqual(missions.policy);
  });

  test('needs', async () => {
    const columns = `${OF_A_CASE}, opener_id as "openerId"`;
    const sets = await lockSets<CaseRelation>(login, 'need', columns, seesNeed, whereSeesNeed);
    expect(sets.where).toEqual(sets.policy);
    expect(sets.security).toEqual(sets.policy);
  });

  test('appointments', async () => {
    const columns = `district_id as "districtId", case_worker_id as "caseWorkerId", worker_ids as "workerIds",
      online_person_ids as "onlinePersonIds", status::text, starts_at >= desk_reaches_back_to() as "withinDeskReach",
      expected_back_at is not null and back_at is null as out`;
    const sets = await lockSets<AppointmentRelation>(
      login,
      'appointment',
      columns,
      seesAppointment,
      whereSeesAppointment,
    );
    expect(sets.where).toEqual(sets.policy);
    expect(sets.security).toEqual(sets.policy);
    const ways = (viewer: Viewer, t: Prisma.Sql) =>
      anyOf(waysToAppointments(viewer, t, { districtId: null, workerId: null }));
    const listed = await lockSets<AppointmentRelation>(login, 'appointment', columns, seesAppointment, ways);
    expect(listed.where).toEqual(sets.policy);
  });

  test('who came, and who is to be called back', async () => {
    const columns = 'district_id as "districtId", worker_id as "workerId"';
    const visits = await lockSets<VisitRelation>(login, 'visit', columns, seesVisit, whereSeesVisit);
    expect(visits.where).toEqual(visits.policy);
    expect(visits.security).toEqual(visits.policy);
    expect(visits.policy.length > 0).toBe(/^(worker2?|reception|head)\./.test(login.login));
    const messages = await lockSets<MessageRelation>(
      login,
      'message',
      columns,
      readsMessage,
      whereReadsMessage,
    );
    expect(messages.where).toEqual(messages.policy);
    expect(messages.security).toEqual(messages.policy);
    expect(messages.policy.length > 0).toBe(/^worker2?\./.test(login.login));
  });

  test('encounters', async () => {
    const columns = `district_id as "districtId", held_by_id as "heldById", reader_id as "readerId", case_id as "caseId",
      for_case_id as "forCaseId", stands_for_id as "standsForId",
      num_nonnulls(case_id, for_case_id) > 0 or greatest(held_at, kept_from) > now() - interval '30 days' as "isKept"`;
    const sets = await lockSets<EncounterRelation>(
      login,
      'encounter',
      columns,
      readsEncounter,
      whereReadsEncounter,
    );
    expect(sets.where).toEqual(sets.policy);
    expect(sets.security).toEqual(sets.policy);
    expect(sets.policy.length > 0).toBe(/^worker/.test(login.login));
  });

  test('who is sent on, and what partners ask', async () => {
    const columns = `district_id as "districtId", assigned_worker_id as "assignedWorkerId", to_district_id as "toDistrictId",
      to_worker_id as "toWorkerId", online_person_id as "onlinePersonId", closed_at as "closedAt"`;
    const sent = await lockSets<ReferralRelation>(
      login,
      'referral',
      columns,
      seesReferral,
      whereSeesReferral,
    );
    expect(sent.where).toEqual(sent.policy);
    expect(sent.security).toEqual(sent.policy);
    expect(sent.policy.length > 0).toBe(/^(worker|head|person)/.test(login.login));
    const asked = await lockSets<IncomingRequestRelation>(
      login,
      'incoming_request',
      'district_id as "districtId", worker_id as "workerId", closed_at as "closedAt"',
      seesIncomingRequest,
      whereSeesIncomingRequest,
    );
    expect(asked.where).toEqual(asked.policy);
    expect(asked.security).toEqual(asked.policy);
    expect(asked.policy.length > 0).toBe(/^(worker|head)/.test(login.login));
  });

  test('who waits, what is offered to them, and who was passed over', async () => {
    const columns = `district_id as "districtId", person_id as "personId", show_online as "showOnline",
      duty_worker_id as "dutyWorkerId", case_worker_id as "caseWorkerId"`;
    const ways = (viewer: Viewer, t: Prisma.Sql) => anyOf(waysToRequests(viewer, t, null));
    for (const where of [whereSeesRequest, ways]) {
      const sets = await lockSets<RequestRelation>(login, 'appointment_request', columns, seesRequest, where);
      expect(sets.where).toEqual(sets.policy);
      expect(sets.security).toEqual(sets.policy);
      expect(sets.policy.length > 0).toBe(/^(worker|reception|head|person)/.test(login.login));
    }
    for (const [table, predicate, where, who] of [
      ['slot_offer', seesOffers, whereSeesOffers, /^(worker\.|reception)/],
      ['offer_skip', seesSkips, whereSeesSkips, /^reception/],
    ] as const) {
      const ofRequest = (viewer: Viewer, t: Prisma.Sql) =>
        Prisma.sql`exists (select from appointment_request r where r.id = ${t}.request_id and ${where(viewer, Prisma.sql`r`)})`;
      const request = 'from appointment_request r where r.id = t.request_id';
      const sets = await lockSets<RequestRelation>(login, table, columns, predicate, ofRequest, request);
      expect(sets.where).toEqual(sets.policy);
      expect(sets.security).toEqual(sets.policy);
      expect(sets.policy.length > 0).toBe(who.test(login.login));
    }
  });

  test.each(['availability', 'availability_occurrence', 'unavailability'])('agendas: %s', async (table) => {
    const columns = 'worker_id as "workerId", district_id as "districtId"';
    const sets = await lockSets<AgendaRelation>(login, table, columns, readsAgenda, whereReadsAgenda);
    expect(sets.where).toEqual(sets.policy);
    expect(sets.security).toEqual(sets.policy);
    const opens = /^(worker|reception)/.test(login.login);
    if (table !== 'unavailability') expect(sets.policy.length > 0).toBe(opens);
  });

  test('free time', async () => {
    // It has no id of its own; what is asked here are its places in the table.
    const asked = async (
      where: Prisma.Sql,
      database_: Database,
      viewer: Viewer | null,
    ): Promise<string[]> => {
      const token = { ...login, issuer: DEVELOPMENT_ISSUER, tokenId: 'test', expiresAt: new Date() };
      const { ids } = await runOperation(
        { database: database_, prover: testProver(), vault: testVault() },
        { kind: 'query', token: viewer === null ? token : null, idempotencyKey: null },
        async (op) => ({
          errors: [],
          ids: (
            await op.tx
              .rows<Row>`select distinct f.district_id as id from free_time f where ${where} order by 1`
          ).map(({ id }) => id),
        }),
      );
      return ids;
    };
    const { viewer } = await underRowLevelSecurity(login, 'district');
    const all = await database.sql<Row>('select distinct district_id as id from free_time order by 1');
    const policy = all.map(({ id }) => id).filter((id) => seesBusyTimesIn(viewer, id));
    expect(
      await asked(
        anyOf(all.map(({ id }) => whereSeesFreeTimeOf(viewer, Prisma.sql`f`, id))),
        asSuperuser,
        viewer,
      ),
    ).toEqual(policy);
    expect(await asked(Prisma.sql`true`, asApp, null)).toEqual(policy);
  });

  test('options of teams, and the votes on them', async () => {
    const { viewer, ids } = await underRowLevelSecurity(login, 'team_option');
    const options = await database.sql<Row & OptionRelation>(
      'select id, district_id as "districtId", status::text as status from team_option order by id',
    );
    const readable = options.filter((row) => readsOption(viewer, row));
    expect(ids).toEqual(readable.map(({ id }) => id));
    expect(ids.length > 0).toBe(/^(worker|reception)/.test(login.login));
    const tried = await byHand(
      database,
      login.subject,
      async (hand) => {
        const rows: unknown[] = [];
        for (const { id, districtId } of options)
          rows.push({
            id,
            // Each member of the team has a vote. Nobody reads another one’s.
            reads: await hand('select from team_vote where option_id = $1', [id]),
            turns: await hand('update team_vote set in_favour = false where option_id = $1', [id]),
            votes: await hand(
              `insert into team_vote (option_id, worker_id, in_favour) values ($1, viewer_worker(), false)
               on conflict (option_id, worker_id) do update set in_favour = excluded.in_favour`,
              [id],
            ),
            proposes: await hand(
              `insert into team_option (id, district_id, kind, proposed_by_id, proposed_on, voted_until, starts_on, ends_on)
               values (gen_random_uuid(), $1, 'WALK_IN_HOUR', viewer_worker(), day_in_paris(now()), day_in_paris(now()) + 7, day_in_paris(now()) + 8, day_in_paris(now()) + 9)`,
              [districtId],
            ),
          });
        return rows;
      },
      login.scopes,
      login.clientId,
    );
    expect(tried).toEqual(
      options.map(({ id, districtId }) => {
        const votes = votesIn(viewer, districtId);
        return {
          id,
          reads: votes ? '1' : '0',
          turns: votes ? '1' : '0',
          votes: votes ? '1' : '42501',
          proposes: votes ? '1' : '42501',
        };
      }),
    );
    expect(options.some(({ districtId }) => votesIn(viewer, districtId))).toBe(
      /^(worker|reception)/.test(login.login),
    );
  });

  test.each(['waiting_week', 'indicator_observation'])('protected statistics: %s', async (table) => {
    const token = { ...login, issuer: DEVELOPMENT_ISSUER, tokenId: 'test', expiresAt: new Date() };
    const { viewer } = await underRowLevelSecurity(login, 'district');
    const count = async (of: Database, where: Prisma.Sql): Promise<number> => {
      const { found } = await runOperation(
        { database: of, prover: testProver(), vault: testVault() },
        { kind: 'query', token: of === asApp ? token : null, idempotencyKey: null },
        async (op) => ({
          errors: [],
          found: await op.tx.rows<{ count: number }>`select count(*)::integer as count
            from ${Prisma.raw(table)} where ${where}`,
        }),
      );
      return found[0]?.count ?? 0;
    };
    const all = await count(asSuperuser, Prisma.sql`true`);
    expect(all).toBeGreaterThan(0);
    const policy = readsStatistics(viewer) ? all : 0;
    expect(await count(asSuperuser, whereReadsStatistics(viewer))).toBe(policy);
    // What a published report cites is everyone's.
    const published = await count(asSuperuser, PUBLISHED[table] ?? Prisma.sql`false`);
    expect(published).toBeLessThan(all);
    expect(await count(asApp, Prisma.sql`true`)).toBe(Math.max(policy, published));
    expect(policy > 0).toBe(/^(worker2?|head)\.|^(adviser2?|dpo|client\.reporting)$/.test(login.login));
  });

  test('what a team asked about its wait', async () => {
    const columns = `district_id as "districtId", t.id in (select x.simulation_id from activity_report_text x join activity_report r on r.id = x.report_id
      where r.published_on is not null) as "isPublished"`;
    const sets = await lockSets<SimulationRelation>(
      login,
      'wait_simulation',
      columns,
      readsSimulation,
      whereReadsSimulation,
    );
    expect(sets.where).toEqual(sets.policy);
    expect(sets.security).toEqual(sets.policy);
    const published = await database.sql<Row>(
      `select distinct x.simulation_id as id from activity_report_text x join activity_report r on r.id = x.report_id
       where r.published_on is not null and x.simulation_id is not null`,
    );
    expect(published.length).toBeGreaterThan(0);
    expect(sets.policy).toEqual(expect.arrayContaining(published.map(({ id }) => id)));
    const readsMore = /^(worker2?|head)\.|^(adviser2?|dpo)$/.test(login.login);
    expect(sets.policy.length > published.length).toBe(readsMore);
  });

  test('tables of figures: everyone reads all of them', async () => {
    const token = { ...login, issuer: DEVELOPMENT_ISSUER, tokenId: 'test', expiresAt: new Date() };
    const { seen } = await runOperation(
      { database: asApp, prover: testProver(), vault: testVault() },
      { kind: 'query', token, idempotencyKey: null },
      async ({ tx }) => ({
        errors: [],
        seen: await tx.rows<Row>`select t.id from snapshot_table t order by t.id`,
      }),
    );
    const all = await database.sql<Row>('select id from snapshot_table order by id');
    expect(all.length).toBeGreaterThan(100);
    expect(seen).toEqual(all);
  });

  test('reports: drafts for those who work with statistics, the published ones for everyone', async () => {
    const { viewer } = await underRowLevelSecurity(login, 'district');
    const token = { ...login, issuer: DEVELOPMENT_ISSUER, tokenId: 'test', expiresAt: new Date() };
    const asked = async (of: Database, where: Prisma.Sql): Promise<string[]> => {
      const { ids } = await runOperation(
        { database: of, prover: testProver(), vault: testVault() },
        { kind: 'query', token: of === asApp ? token : null, idempotencyKey: null },
        async (op) => ({
          errors: [],
          ids: (await op.tx.rows<Row>`select r.id from activity_report r where ${where} order by r.id`).map(
            ({ id }) => id,
          ),
        }),
      );
      return ids;
    };
    const all = await database.sql<Row & { isPublished: boolean }>(
      'select id, published_on is not null as "isPublished" from activity_report order by id',
    );
    expect(new Set(all.map(({ isPublished }) => isPublished)).size).toBe(2);
    const policy = all.filter((row) => readsReport(viewer, row)).map(({ id }) => id);
    expect(await asked(asSuperuser, whereReadsReport(viewer, Prisma.sql`r`))).toEqual(policy);
    expect(await asked(asApp, Prisma.sql`true`)).toEqual(policy);
  });

  test('what is proposed, said of it, observed, simulated and decided, as a team or for the county', async () => {
    const { viewer } = await underRowLevelSecurity(login, 'district');
    const districts = await database.sql<Row>('select id from district order by id');
    const consulted = `(select id from indicator where status = 'CONSULTED' limit 1)`;
    const tried = await byHand(
      database,
      login.subject,
      async (hand) => {
        const may = async (sql: string, values: readonly unknown[]): Promise<boolean> => {
          const found = await hand(sql, values);
          expect(['0', '1', '42501']).toContain(found);
          return found !== '42501';
        };
        const rows: unknown[] = [];
        for (const district of [null, ...districts.map(({ id }) => id)]) {
          const proposes = await may(
            `insert into indicator (id, code, version, label_fr, label_en, definition_fr, counts_fr, does_not_count_fr, measure, unit, kind,
               dimensions, proposed_in_id, proposed_on)
             values (gen_random_uuid(), 'X' || upper(left(md5(coalesce($1::uuid::text, '')), 20)), 1, 'x', 'x', 'x', 'x', 'x', 'OPEN_CASES', 'CASE', 'STOCK',
               '{}', $1::uuid, current_date)`,
            [district],
          );
          const simulates =
            district === null
              ? null
              : await may(
                  `insert into wait_simulation (id, district_id, type_code, asked_by_id, asked_at, foreseen_from, half_days_now, posts_now,
                     more_half_days, more_posts, more_asks_percent)
                   values (gen_random_uuid(), $1, 'FIRST_RECEPTION', viewer_worker(), now(), current_date, 24, 4, 2, 0, 0)`,
                  [district],
                );
          const speaks: boolean[] = [];
          if (district !== null)
            speaks.push(
              await may(
                `insert into indicator_speaker (indicator_id, district_id, worker_id)
                 values (${consulted}, $1, viewer_worker()) on conflict do nothing`,
                [district],
              ),
              await may(
                `insert into indicator_observation (id, code, district_id, year, body, stated_on)
                 values (gen_random_uuid(), 'APPOINTMENTS', $1, 2026, 'x', current_date)`,
                [district],
              ),
            );
          rows.push({ district, proposes, simulates, speaks });
        }
        const decides = await hand(
          `update indicator set status = 'REFUSED', refusal = 'NOT_WANTED', refusal_text = 'x' where status = 'PROPOSED'`,
        );
        return { rows, decides: decides !== '0' };
      },
      login.scopes,
      login.clientId,
    );
    expect(tried).toEqual({
      rows: [null, ...districts.map(({ id }) => id)].map((district) => ({
        district,
        proposes: proposesIndicators(viewer, district),
        simulates: district === null ? null : simulatesWait(viewer, district),
        speaks: district === null ? [] : [speaksInTeam(viewer, district), speaksInTeam(viewer, district)],
      })),
      decides: decidesOnIndicators(viewer),
    });
  });

  test('memberships', async () => {
    interface Held {
      readonly workerId: string;
      readonly districtId: string | null;
      readonly current: boolean;
    }
    const current = 'starts_at <= now() and (ends_at is null or ends_at > now())';
    const columns = `worker_id as "workerId", district_id as "districtId", ${current} as current`;
    const inTeam = (viewer: Viewer, { current: now, districtId }: Held) =>
      now && districtId !== null && knowsTeamOf(viewer, { id: districtId });
    const where = (viewer: Viewer, t: Prisma.Sql) =>
      Prisma.sql`${Prisma.raw(current)} and ${whereKnowsTeamOf(viewer, t)}`;
    const teams = await lockSets<Held>(login, 'membership', columns, inTeam, where);
    expect(teams.where).toEqual(teams.policy);
    // Row-level security knows nothing of columns: it lets one's own through, and all of one's district.
    const seen = await lockSets<Held>(
      login,
      'membership',
      columns,
      (viewer, row) =>
        inTeam(viewer, row) ||
        administers(viewer) ||
        row.workerId === viewer.workerId ||
        teamDistricts(viewer).some((id) => id === row.districtId),
      where,
    );
    expect(seen.security).toEqual(seen.policy);
  });

  test('persons', async () => {
    const { viewer, ids } = await underRowLevelSecurity(login, 'person');
    const answer = await asSuperuser.transaction(
      { isolation: 'repeatable read', statements: [] },
      async (tx) => ({
        answer: await tx.rows<Row & { reach: PersonReach }>`
          select p.id, ${selectReach(viewer)} as reach from person p order by p.id`,
        closing: [],
      }),
    );
    // Scopes are not the database's to judge here: a token without `persons:read` is refused by the policy alone.
    const reached = answer.filter(({ reach }) => Object.values(reach).includes(true)).map((row) => row.id);
    expect(ids).toEqual(reached);
  });
});
