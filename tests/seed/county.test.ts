import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { COUNTY_SCALE, countyShape } from '../../prisma/seed/county-shape.js';
import { COMMUNES } from '../../prisma/seed/reference/communes.js';
import { COUNTY_DISTRICTS } from '../../prisma/seed/reference/county-districts.js';
import { NotEmptyError, type Overall, type SeedSummary, seedCounty } from '../../prisma/seed/seed.js';
import { LOGINS } from '../../src/auth/logins.js';
import { startTestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { proofFor } from '../support/login.js';
import { testVault } from '../support/vault.js';
import { digests } from './digests.js';
import { SCALE, TODAY } from './small-county.js';

interface Told {
  readonly step: string;
  readonly overall: Overall;
}

let database: TestDatabase;
let summary: SeedSummary;
const told: Told[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  summary = await seedCounty({
    url: database.url,
    vault: testVault(),
    today: TODAY,
    size: SCALE,
    onProgress: (step, _done, _total, overall) => told.push({ step, overall }),
  });
});
afterAll(() => database?.drop());

const number = async (sql: string, values: unknown[] = []): Promise<number> => {
  const [row] = await database.sql<{ n: string }>(`select (${sql}) as n`, values);
  return Number(row?.n);
};

/** Where row-level security would not bind the owner; the queue's tables are its library's, and their owner's alone. */
const UNFORCED = `select from pg_class where relrowsecurity <> relforcerowsecurity
  and relnamespace <> 'graphile_worker'::regnamespace`;

describe('the size', () => {
  test('as much as was asked for, and of everything that a county has', async () => {
    expect(summary).toMatchObject({
      communes: COMMUNES.length,
      districts: SCALE.districts,
      workers: SCALE.workers,
      cases: SCALE.cases,
      notes: SCALE.notes,
      appointments: SCALE.appointments,
    });
    expect(
      await number(
        `select count(distinct worker_id) from membership where role = 'SOCIAL_WORKER' and ends_at is null`,
      ),
    ).toBe(SCALE.socialWorkers);
    // Those ahead are a part of the three years, fewer the further ahead.
    expect(summary.futureAppointments / SCALE.appointments).toBeGreaterThan(0.03);
    expect(summary.futureAppointments / SCALE.appointments).toBeLessThan(0.1);
    for (const [what, sql] of [
      ['closed', `select count(*) from "case" where status = 'CLOSED'`],
      ['unassigned', `select count(*) from "case" where status = 'OPEN' and assigned_worker_id is null`],
      ['relays', `select count(*) from relay`],
      ['offered', `select count(*) from handover where accepted_at is null`],
      ['accepted', `select count(*) from handover where accepted_at is not null`],
      ['notes of nobody', `select count(*) from interview_note where reader_id is null`],
      ['confidential addresses', `select count(*) from person_address where confidential`],
      ['sensitive files', `select count(*) from person where sensitive_file`],
      ['receipts', `select count(*) from notice_receipt`],
      ['drafts', `select count(*) from interview_note where status = 'DRAFT'`],
      [
        'who waits online',
        `select count(*) from appointment_request where status = 'WAITING' and show_online`,
      ],
      ['past offers', `select count(*) from slot_offer where status <> 'HELD'`],
      ['who was passed over', `select count(*) from offer_skip`],
    ] as const)
      expect([what, await number(sql)]).not.toEqual([what, 0]);
    // In every district someone waits, and nothing is held for them: the jobs do that.
    expect(summary.waiting).toBe(4 * SCALE.districts);
    expect(await number(`select count(*) from slot_offer where status = 'HELD'`)).toBe(0);
  });

  test('the shape of the whole: 150 cases to a social worker, in 32 districts', () => {
    const shape = countyShape(COUNTY_SCALE);
    const subjects = new Set([
      ...[...shape.teams.values()].flatMap((team) => Object.values(team).flat()),
      ...Object.keys(shape.countyRoles),
      ...shape.departures.map(({ subject }) => subject),
    ]);
    expect(subjects.size).toBe(500);
    const plans = shape.parts.flatMap((part) => part.districts.flatMap((district) => part.plans(district)));
    expect(plans).toHaveLength(22_500);
    expect(shape.parts.reduce((sum, { notes }) => sum + notes, 0)).toBe(200_000);
    expect(shape.parts.reduce((sum, { appointments }) => sum + appointments, 0)).toBe(250_000);
    for (const subject of ['worker.sevran', 'worker2.sevran', 'worker.gagny']) {
      const own = plans.filter((plan) => plan.subject === subject);
      expect(own.length).toBeGreaterThan(140);
      expect(own.length).toBeLessThan(160);
    }
    expect(plans.filter(({ isOnline }) => isOnline)).toHaveLength(1);
  });

  test('the districts serve every commune once; no name or telephone comes twice', () => {
    expect(COUNTY_DISTRICTS).toHaveLength(32);
    expect(COUNTY_DISTRICTS.flatMap(({ servedInseeCodes }) => servedInseeCodes).sort()).toEqual(
      COMMUNES.map(({ inseeCode }) => inseeCode),
    );
    for (const key of ['slug', 'name', 'phone'] as const)
      expect(new Set(COUNTY_DISTRICTS.map((district) => district[key])).size).toBe(32);
    for (const { slug, phone, name } of COUNTY_DISTRICTS) {
      expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
      // The block that ARCEP keeps for fiction.
      expect(phone).toMatch(/^01 99 00 \d\d \d\d$/);
      expect(name).toMatch(/^Circonscription (de |du |des |d’)[^ ]/);
    }
  });

  test('figures that do not go together are refused', () => {
    expect(() => countyShape({ ...SCALE, districts: 33 })).toThrow(RangeError);
    expect(() => countyShape({ ...SCALE, socialWorkers: 7 })).toThrow(RangeError);
    expect(() => countyShape({ ...SCALE, workers: 30 })).toThrow(RangeError);
  });
});

describe('the run', () => {
  test('progress only grows, through every part, to the end', async () => {
    const rows = told.map(({ overall }) => overall.rows);
    expect(rows).toEqual([...rows].sort((one, other) => one - other));
    const shares = told.map(({ overall }) => overall.share);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
    expect(shares.at(-1)).toBe(1);
    expect(
      told.filter(({ step }, index) => step === 'persons' && told[index - 1]?.step !== 'persons'),
    ).toHaveLength(SCALE.districts);
  });

  test('a database with districts is refused, and stays as it was', async () => {
    const before = await digests(database.sql);
    await expect(
      seedCounty({ url: database.url, vault: testVault(), today: TODAY, size: SCALE }),
    ).rejects.toBeInstanceOf(NotEmptyError);
    expect(await digests(database.sql)).toEqual(before);
  });

  test('an interruption leaves nothing behind, with triggers and row-level security as they were', async () => {
    const empty = await cloneDatabase();
    const interruption = new AbortController();
    try {
      await expect(
        seedCounty({
          url: empty.url,
          vault: testVault(),
          today: TODAY,
          size: SCALE,
          signal: interruption.signal,
          onProgress: (step) => {
            if (step === 'appointments') interruption.abort(new Error('enough'));
          },
        }),
      ).rejects.toThrow('enough');
      expect(await empty.sql('select from district')).toEqual([]);
      expect(await empty.sql(UNFORCED)).toEqual([]);
      expect(await empty.sql(`select from pg_trigger where tgenabled <> 'O'`)).toEqual([]);
    } finally {
      await empty.drop();
    }
  });

  test('triggers and row-level security are on again afterwards', async () => {
    expect(await database.sql(`select from pg_trigger where tgenabled <> 'O'`)).toEqual([]);
    expect(await database.sql(UNFORCED)).toEqual([]);
  });
});

describe('what the database keeps', () => {
  test('no copy would change if its trigger ran again', async () => {
    expect(
      await number(
        `select count(*) from "case" c where assigned_worker_id is distinct from
           (select worker_id from assignment a where a.case_id = c.id and ends_at is null)`,
      ),
    ).toBe(0);
    for (const table of ['case_person', 'need'])
      expect(
        await number(
          `select count(*) from ${table} t join "case" c on c.id = t.case_id
           where (t.district_id, t.assigned_worker_id) is distinct from (c.district_id, c.assigned_worker_id)`,
        ),
      ).toBe(0);
    expect(
      await number(
        `select count(*) from appointment a left join "case" c on c.id = a.case_id
         where a.case_worker_id is distinct from c.assigned_worker_id
           or a.worker_ids <> (select array_agg(worker_id order by worker_id) from appointment_worker where appointment_id = a.id)
           or a.online_person_ids <> coalesce((select array_agg(person_id order by person_id) from appointment_person
             where appointment_id = a.id and show_online), '{}')`,
      ),
    ).toBe(0);
    expect(
      await number(
        `select count(*) from appointment_person p join appointment a on a.id = p.appointment_id
         where (p.district_id, p.worker_ids, p.case_worker_id, p.known_until) is distinct from
           (a.district_id, a.worker_ids, a.case_worker_id, known_until(a.status, a.ends_at))`,
      ),
    ).toBe(0);
    expect(
      await number(
        `select count(*) from appointment_request r left join "case" c on c.id = r.case_id
         where r.case_worker_id is distinct from c.assigned_worker_id`,
      ),
    ).toBe(0);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query('begin');
    const { rows } = await client.query<{ changed: number }>(
      'select sum(reset_note_readers(id))::integer as changed from "case"',
    );
    await client.query('rollback');
    await client.end();
    expect(rows).toEqual([{ changed: 0 }]);
  });

  test('nobody is in two places at once, and nothing is outside opening hours', async () => {
    expect(
      await number(
        `select count(*) from occupancy o join occupancy p on p.worker_id = o.worker_id and p.id > o.id
           and tstzrange(p.starts_at, p.ends_at) && tstzrange(o.starts_at, o.ends_at)`,
      ),
    ).toBe(0);
    expect(
      await number(
        `select count(*) from (select *, starts_at at time zone 'Europe/Paris' as s, ends_at at time zone 'Europe/Paris' as e
           from appointment) a where not exists (select from opening_hours o
           where o.district_id = a.district_id and o.weekday = extract(isodow from s) and s::time >= opens_at
             and e::time <= closes_at and s::date = e::date)`,
      ),
    ).toBe(0);
  });

  test('what is written lies within its author’s time, and in the past', async () => {
    expect(
      await number(
        `select count(*) from interview_note n where written_at >= $1 or not exists (select from assignment a
           where a.case_id = n.case_id and a.worker_id = n.author_id and n.written_at >= a.starts_at
             and (a.ends_at is null or n.written_at < a.ends_at))`,
        [TODAY],
      ),
    ).toBe(0);
    expect(
      await number(
        `select count(*) from assignment a join "case" c on c.id = a.case_id where a.starts_at < c.opened_at
           or not exists (select from membership m where m.worker_id = a.worker_id and m.district_id = c.district_id
             and m.role = 'SOCIAL_WORKER' and tstzrange(m.starts_at, m.ends_at) @> tstzrange(a.starts_at, a.ends_at))`,
      ),
    ).toBe(0);
  });

  test('every note opens with the key of its case', async () => {
    const notes = await database.sql<{
      id: string;
      caseId: string;
      body: Buffer;
      masterKeyId: string;
      wrapped: Buffer;
    }>(
      `select n.id, n.case_id as "caseId", body, master_key_id as "masterKeyId", wrapped
       from interview_note n join case_key k using (case_id)`,
    );
    expect(notes).toHaveLength(SCALE.notes);
    const vault = testVault();
    const texts = await Promise.all(
      notes.map(async (note) => (await vault.openCaseKey(note, note.caseId)).open(note.id, note.body)),
    );
    expect(Math.min(...texts.map((text) => text.length))).toBeGreaterThan(200);
    expect(new Set(texts).size).toBe(SCALE.notes);
  });
});

describe('the demo logins', () => {
  test('each is known to login()', async () => {
    for (const { subject, clientId, scopes } of LOGINS) {
      const [row] = await database.sql<{ viewer: Record<string, unknown> }>(
        'select login($1, $2) as viewer',
        [...proofFor({ subject, scopes, clientId })],
      );
      expect(row?.viewer).not.toHaveProperty('refused');
    }
  });

  test('a page of a worker’s cases has persons, needs, appointments and notes; a colleague reads none of the notes', async () => {
    const app = await startTestApp(database);
    try {
      const page = `{ cases(first: 20, filter: { assignedToMe: true }) { edges { node { id persons { displayName }
        needs { code { code } } appointments(first: 1) { edges { node { id } } }
        interviewNotes(first: 3) { edges { node { body } } } } } } }`;
      const answer = await (await app.as('worker.sevran')).send(page);
      expect(answer.errors).toEqual([]);
      interface Edges {
        edges: { node: { body: string } }[];
      }
      const cases = (
        (answer.data?.['cases'].edges ?? []) as {
          node: {
            id: string;
            persons: unknown[];
            needs: unknown[];
            appointments: Edges;
            interviewNotes: Edges;
          };
        }[]
      ).map(({ node }) => node);
      expect(cases.length).toBeGreaterThan(15);
      expect(Math.min(...cases.map(({ persons }) => persons.length))).toBeGreaterThan(0);
      expect(Math.min(...cases.map(({ needs }) => needs.length))).toBeGreaterThan(0);
      expect(cases.filter(({ appointments }) => appointments.edges.length > 0).length).toBeGreaterThan(5);
      const bodies = cases.flatMap(({ interviewNotes }) => interviewNotes.edges.map(({ node }) => node.body));
      expect(bodies.length).toBeGreaterThan(30);
      for (const colleague of ['worker2.sevran', 'head.sevran', 'worker.gagny', 'dpo', 'admin']) {
        const asker = await app.as(colleague);
        const texts = await Promise.all(
          cases.map(
            async ({ id }) =>
              (
                await asker.send(
                  'query ($id: ID!) { case(id: $id) { interviewNotes(first: 100) { edges { node { body } } } } }',
                  { id },
                )
              ).text,
          ),
        );
        for (const body of bodies) expect(texts.join('')).not.toContain(body.slice(0, 60));
      }
    } finally {
      await app.close();
    }
  });
});
