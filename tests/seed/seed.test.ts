import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { createRandom } from '../../prisma/seed/content/random.js';
import { NEED_CODES } from '../../prisma/seed/reference/need-codes.js';
import { makeCaseReference, makePersonReference } from '../../prisma/seed/references.js';
import { isEmpty, seedCounty } from '../../prisma/seed/seed.js';
import { LOGINS } from '../../src/auth/logins.js';
import { derivedPassword, urlAs } from '../../src/database/roles.js';
import { encounterKeyName } from '../../src/vault/note-vault.js';
import { proofFor } from '../support/login.js';
import { digests } from './digests.js';
import {
  forcedTables,
  newVault,
  onMaintenance,
  type Seeded,
  seedAfresh,
  server,
  TODAY,
  urlOf,
} from './seed-afresh.js';

const NAMES = ['seed_one', 'seed_two'] as const;
let one: Seeded;
let two: Seeded;

beforeAll(async () => {
  one = await seedAfresh(NAMES[0]);
  // The second as who owns the tables, instead of a superuser who steps down to it.
  const password = derivedPassword(decodeURIComponent(new URL(server).password), 'cosmos_owner');
  two = await seedAfresh(NAMES[1], { url: urlAs(urlOf(NAMES[1]), 'cosmos_owner', password) });
});

afterAll(async () => {
  await one?.db.end();
  await two?.db.end();
  await onMaintenance(...NAMES.map((name) => `drop database if exists ${name} with (force)`));
});

const query = async <T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await one.db.query<T>(sql, values)).rows;
const number = async (sql: string, values: unknown[] = []): Promise<number> => {
  const [row] = await query<{ n: string }>(`select (${sql}) as n`, values);
  return Number(row?.n);
};

/** The rows that a run wrote, without its own master key and the moment at which the seed ran (`person_known.known_from`). */
const digestsOf = (db: pg.Client): Promise<Record<string, string>> =>
  digests(
    async <Row extends object>(sql: string) => (await db.query(sql)).rows as Row[],
    ['master_key_id', 'known_from'],
  );

describe('the run', () => {
  test('two runs give the same ids and the same content, under different keys', async () => {
    expect(await digestsOf(one.db)).toEqual(await digestsOf(two.db));
    expect(one.summary).toEqual(two.summary);
    const bodies = async ({ db }: Seeded): Promise<string> =>
      (await db.query(`select md5(string_agg(body, '' order by id)) as digest from interview_note`)).rows[0]
        .digest;
    expect(await bodies(one)).not.toBe(await bodies(two));
  });

  test('under 6 s, with progress for each step', () => {
    // Four seconds are 110 statements and 920,000 looks at a page.
    for (const { work } of [one, two]) {
      expect(work.statements).toBeLessThan(165);
      expect(work.blocks).toBeLessThan(1_400_000);
    }
    expect([...one.steps.keys()]).toEqual([
      'reference',
      'directory',
      'indicators',
      'persons',
      'cases',
      'notes',
      'appointments',
      'team options',
      'availabilities',
      'waiting list',
      'reception',
      'waiting time',
      'encounters',
      'orientation',
    ]);
  });

  test('row-level security is forced again wherever it was', async () => {
    expect(one.forced).toEqual(expect.arrayContaining(['case', 'interview_note', 'person', 'worker']));
    for (const name of NAMES) expect(await forcedTables(name)).toEqual(one.forced);
    // The queue's tables are its library's, and their owner's alone.
    expect(
      await number(
        `select count(*) from pg_class where relrowsecurity <> relforcerowsecurity
           and relnamespace <> 'graphile_worker'::regnamespace`,
      ),
    ).toBe(0);
  });

  test('a second run is refused and changes nothing', async () => {
    const before = await digestsOf(one.db);
    expect(await isEmpty(urlOf(NAMES[0]))).toBe(false);
    await expect(seedCounty({ url: urlOf(NAMES[0]), vault: newVault(), today: TODAY })).rejects.toThrow(
      /empty/,
    );
    expect(await digestsOf(one.db)).toEqual(before);
  });

  test('a failure half-way leaves an empty database, with row-level security forced', async () => {
    const name = 'seed_failed';
    await onMaintenance(
      `drop database if exists ${name} with (force)`,
      `create database ${name} template cosmos`,
    );
    try {
      const failing = seedCounty({
        url: urlOf(name),
        vault: newVault(),
        today: TODAY,
        onProgress: (step) => {
          if (step === 'appointments') throw new Error('stop here');
        },
      });
      await expect(failing).rejects.toThrow('stop here');
      expect(await isEmpty(urlOf(name))).toBe(true);
      expect(await forcedTables(name)).toEqual(one.forced);
    } finally {
      await onMaintenance(`drop database if exists ${name} with (force)`);
    }
  });
});

describe('the county', () => {
  test('as much as promised', async () => {
    expect(one.summary).toMatchObject({
      communes: 39,
      districts: 3,
      persons: 380,
      cases: 300,
      openCases: 255,
      unassignedCases: 60,
      notes: 1200,
      appointments: 3000,
      waiting: 12,
    });
    expect(one.summary.workers).toBeGreaterThanOrEqual(28);
    expect(one.summary.workers).toBeLessThanOrEqual(36);
    const districts = await query(
      `select slug, count(*)::integer as unassigned from district d join "case" c on c.district_id = d.id
       where status = 'OPEN' and assigned_worker_id is null group by slug order by slug`,
    );
    expect(districts.map(({ unassigned }) => unassigned)).toEqual([20, 20, 20]);
    expect(await number(`select count(*) from need_code`)).toBe(NEED_CODES.length);
    expect(await number(`select count(*) from public_holiday`)).toBe(77);
    expect(await number(`select count(distinct commune_code) from sector`)).toBe(39);
    expect(await number(`select count(*) from privacy_notice`)).toBe(2);
  });

  test('every demo login is known to login(), with the roles it announces', async () => {
    const roles: Record<string, unknown> = {};
    for (const { login, subject, clientId, scopes } of LOGINS) {
      const [row] = await query<{ viewer: Record<string, unknown> }>('select login($1, $2) as viewer', [
        ...proofFor({ subject, scopes, clientId }),
      ]);
      expect(row?.viewer).not.toHaveProperty('refused');
      const memberships = row?.viewer['memberships'] as { role: string; districtId: string | null }[];
      roles[login] = memberships.map(({ role, districtId }) =>
        districtId === null ? `${role} (county)` : role,
      );
    }
    expect(roles).toEqual({
      'reception.sevran': ['RECEPTIONIST'],
      'worker.sevran': ['SOCIAL_WORKER'],
      'worker2.sevran': ['SOCIAL_WORKER'],
      'head.sevran': ['DISTRICT_HEAD'],
      'worker.gagny': ['SOCIAL_WORKER'],
      'reception.gagny': ['RECEPTIONIST'],
      'head.gagny': ['DISTRICT_HEAD'],
      'trainee.sevran': ['TRAINEE'],
      adviser: ['TECHNICAL_ADVISER (county)'],
      adviser2: ['TECHNICAL_ADVISER (county)'],
      dpo: ['DATA_PROTECTION_OFFICER (county)'],
      admin: ['ADMINISTRATOR (county)'],
      admin2: ['ADMINISTRATOR (county)'],
      'person.sevran': [],
      'client.reporting': [],
      'client.integration': [],
      'client.booking': [],
    });
  });

  test('persons: chosen names, anonymous ones, a few sensitive files, confidential addresses', async () => {
    expect(
      await number(`select count(*) from person where family_name is null and chosen_name is not null`),
    ).toBeGreaterThan(5);
    expect(
      await number(
        `select count(*) from person where coalesce(given_name, family_name, chosen_name) is null`,
      ),
    ).toBeGreaterThan(3);
    expect(await number(`select count(*) from person where sensitive_file`)).toBe(5);
    const addresses = await number(`select count(*) from person_address`);
    expect(addresses / 380).toBeGreaterThan(0.62);
    expect(addresses / 380).toBeLessThan(0.78);
    const confidential = await number(`select count(*) from person_address where confidential`);
    expect(confidential / addresses).toBeGreaterThan(0.03);
    expect(confidential / addresses).toBeLessThan(0.13);
    expect(
      await number(
        `select count(*) from person where phone is not null and phone !~ '^06 39 98 \\d\\d \\d\\d$'`,
      ),
    ).toBe(0);
    expect(
      await number(
        `select count(*) from person where phone is null and safe_contact in ('VOICE_TO_ME_ONLY', 'NEUTRAL_TEXT')`,
      ),
    ).toBe(0);
    expect(
      await number(
        `select count(*) from (select case_id from case_person group by 1 having count(*) = 2) couples`,
      ),
    ).toBe(60);
    expect(await number(`select count(*) from notice_receipt`)).toBeGreaterThan(100);
    expect(await number(`select count(*) from person where reference !~ '^P-[0-9A-HJKMNP-TV-Z]{6}$'`)).toBe(
      0,
    );
    expect(
      await number(
        `select count(*) from "case" where reference !~ '^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}$'`,
      ),
    ).toBe(0);
  });

  test('every copy that the database keeps agrees with its source', async () => {
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
           or a.worker_ids <> (select array_agg(worker_id order by worker_id) from appointment_worker where appointment_id = a.id)`,
      ),
    ).toBe(0);
    expect(
      await number(
        `select count(*) from appointment_request r left join "case" c on c.id = r.case_id
         where r.case_worker_id is distinct from c.assigned_worker_id`,
      ),
    ).toBe(0);
  });

  test('open cases are with social workers who are there', async () => {
    expect(
      await number(
        `select count(*) from "case" where assigned_worker_id is not null and not may_be_assigned(assigned_worker_id, district_id)`,
      ),
    ).toBe(0);
    expect(
      await number(
        `select count(*) from assignment a join "case" c on c.id = a.case_id where a.starts_at < c.opened_at`,
      ),
    ).toBe(0);
    expect(
      await number(
        `select count(*) from assignment a join "case" c on c.id = a.case_id where not exists (select from membership m
           where m.worker_id = a.worker_id and m.district_id = c.district_id and m.role = 'SOCIAL_WORKER'
             and tstzrange(m.starts_at, m.ends_at) @> tstzrange(a.starts_at, a.ends_at))`,
      ),
    ).toBe(0);
  });

  test('a relay is in force in Sevran', async () => {
    const relays = await query(
      `select w.subject as stand_in, d.slug, a.starts_at <= r.starts_at and a.ends_at >= r.ends_at as within
       from relay r join worker w on w.id = r.stand_in_id join district d on d.id = r.district_id
       join absence a on a.worker_id = r.absent_worker_id and a.district_id = r.district_id
       where r.starts_at <= $1 and r.ends_at > $1`,
      [TODAY],
    );
    expect(relays).toEqual([{ stand_in: 'worker2.sevran', slug: 'sevran', within: true }]);
  });
});

describe('notes', () => {
  test('the demo workers have cases enough, with notes that they read', async () => {
    const workers = await query<{ subject: string; cases: number }>(
      `select subject, count(*)::integer as cases from worker w join "case" c on c.assigned_worker_id = w.id
       where status = 'OPEN' and (select count(*) from interview_note n
         where n.case_id = c.id and n.reader_id = w.id and n.author_id = w.id) >= 3
       and subject in ('worker.sevran', 'worker2.sevran', 'worker.gagny') group by 1 order by 1`,
    );
    expect(workers.map(({ subject }) => subject)).toEqual([
      'worker.gagny',
      'worker.sevran',
      'worker2.sevran',
    ]);
    for (const { cases } of workers) expect(cases).toBeGreaterThanOrEqual(8);
  });

  test('a reader is the author who still has the case, or who accepted a handover', async () => {
    const readers = await query(
      `select case when reader_id is null then 'nobody' when reader_id = author_id then 'author' else 'handover' end as reader,
         bool_and(reader_id is null or reader_id = assigned_worker_id) as assigned, count(*)::integer as notes
       from interview_note n join "case" c on c.id = n.case_id group by 1 order by 1`,
    );
    expect(readers.map(({ reader, assigned }) => [reader, assigned])).toEqual([
      ['author', true],
      ['handover', true],
      ['nobody', true],
    ]);
    expect(readers.find(({ reader }) => reader === 'handover')?.['notes']).toBe(2);
    expect(await number(`select count(*) from handover where accepted_at is null`)).toBe(1);
    expect(await number(`select count(*) from handover where accepted_at is not null`)).toBe(1);
    expect(
      await number(
        `select count(*) from interview_note n where not exists (select from assignment a where a.case_id = n.case_id
           and a.worker_id = n.author_id and n.written_at >= a.starts_at and (a.ends_at is null or n.written_at < a.ends_at))`,
      ),
    ).toBe(0);
    expect(
      await number(`select count(*) from interview_note where written_at >= $1 or amended_at <= written_at`, [
        TODAY,
      ]),
    ).toBe(0);
    expect(await number(`select count(*) from interview_note where status = 'DRAFT'`)).toBeGreaterThan(0);
  });

  test('each opens with the key of its case, and its text is in no table', async () => {
    const notes = await query<{
      id: string;
      case_id: string;
      body: Buffer;
      master_key_id: string;
      wrapped: Buffer;
    }>(
      `select n.id, n.case_id, body, master_key_id, wrapped from interview_note n join case_key k using (case_id)`,
    );
    expect(notes).toHaveLength(1200);
    const texts = await Promise.all(
      notes.map(async ({ id, case_id, body, master_key_id, wrapped }) => {
        const key = await one.vault.openCaseKey({ masterKeyId: master_key_id, wrapped }, case_id);
        return key.open(id, body);
      }),
    );
    expect(new Set(texts).size).toBe(1200);
    const tables = await query<{ relname: string }>(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    const stored: string[] = [];
    for (const { relname } of tables) {
      const rows = await query<{ text: string }>(`select t::text as text from "${relname}" t`);
      stored.push(...rows.map(({ text }) => text));
    }
    const bodies = notes.map(({ body }) => body.toString('latin1'));
    const everything = [...stored, ...bodies].join('\n');
    // A few words are enough to give a note away; hexadecimal is how bytes show in a row's text.
    for (const text of texts.filter((_, index) => index % 10 === 0)) {
      const words = text.slice(20, 50);
      expect(everything.includes(words)).toBe(false);
      expect(everything.includes(Buffer.from(words, 'utf8').toString('hex'))).toBe(false);
    }
  });
});

describe('the agenda', () => {
  test('within opening hours, on working days, from 8 weeks before to 6 weeks after', async () => {
    expect(
      await number(
        `select count(*) from (select *, starts_at at time zone 'Europe/Paris' as s, ends_at at time zone 'Europe/Paris' as e
           from appointment) a
         where exists (select from public_holiday h where h.day = s::date) or not exists (select from opening_hours o
           where o.district_id = a.district_id and o.weekday = extract(isodow from s) and s::time >= opens_at
             and e::time <= closes_at and s::date = e::date)`,
      ),
    ).toBe(0);
    expect(
      await number(
        `select count(*) from appointment where starts_at < $1::timestamptz - interval '57 days'
           or starts_at > $1::timestamptz + interval '43 days'`,
        [TODAY],
      ),
    ).toBe(0);
    expect(one.summary.futureAppointments).toBeGreaterThan(800);
    expect(
      await number(
        `select count(*) from appointment a join appointment_type t on t.code = a.type_code
         where ends_at <> starts_at + make_interval(mins => duration_minutes) or not mode = any (modes)`,
      ),
    ).toBe(0);
  });

  test('outcomes are of the past; what is not cancelled, and only that, takes up its workers’ time', async () => {
    expect(
      await number(
        `select count(*) from appointment where starts_at >= $1 and status not in ('BOOKED', 'CANCELLED_BY_PERSON', 'CANCELLED_BY_SERVICE')`,
        [TODAY],
      ),
    ).toBe(0);
    expect(await number(`select count(distinct status) from appointment where starts_at < $1`, [TODAY])).toBe(
      6,
    );
    expect(
      await number(
        `select count(*) from appointment a join appointment_worker w on w.appointment_id = a.id
         left join occupancy o on o.appointment_id = a.id and o.worker_id = w.worker_id
           and (o.starts_at, o.ends_at, o.district_id) = (a.starts_at, a.ends_at, a.district_id)
         where (status::text like 'CANCELLED%') = (o.id is not null)`,
      ),
    ).toBe(0);
    expect(await number(`select count(*) from occupancy`)).toBe(
      await number(
        `select count(*) from appointment a join appointment_worker on appointment_id = id where status::text not like 'CANCELLED%'`,
      ),
    );
    expect(
      await number(`select count(*) from appointment where cardinality(worker_ids) = 2`),
    ).toBeGreaterThan(10);
  });

  test('about 60 % tied to a case of their worker, and to a person of it', async () => {
    const share = (await number(`select count(*) from appointment where case_id is not null`)) / 3000;
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(0.7);
    expect(
      await number(
        `select count(*) from appointment where case_id is not null and not case_worker_id = any (worker_ids)`,
      ),
    ).toBe(0);
    expect(
      await number(
        `select count(*) from appointment a join appointment_person p on p.appointment_id = a.id where case_id is not null
           and not exists (select from case_person cp where cp.case_id = a.case_id and cp.person_id = p.person_id)`,
      ),
    ).toBe(0);
    expect(
      await number(
        `select count(*) from appointment a where not exists (select from appointment_person where appointment_id = a.id)`,
      ),
    ).toBe(0);
  });

  test('online: one person, one case of worker.sevran, one past and one future appointment', async () => {
    const [account] = await query<{ person_id: string }>(`select person_id from person_account`);
    const online = await query(
      `select subject, show_online, online_person_ids from case_person cp join "case" c on c.id = cp.case_id
       join worker w on w.id = c.assigned_worker_id where cp.person_id = $1`,
      [account?.person_id],
    );
    expect(online).toEqual([
      { subject: 'worker.sevran', show_online: true, online_person_ids: [account?.person_id] },
    ]);
    const shown = await query(
      `select status, starts_at >= $1 as future, online_person_ids from appointment a
       join appointment_person p on p.appointment_id = a.id where show_online order by starts_at`,
      [TODAY],
    );
    expect(shown).toEqual([
      { status: 'HONOURED', future: false, online_person_ids: [account?.person_id] },
      { status: 'BOOKED', future: true, online_person_ids: [account?.person_id] },
    ]);
    expect(await number(`select count(*) from case_person where show_online`)).toBe(1);
  });
});

describe('the reception', () => {
  test('has seen people on the last working days, half of them under no name, and nobody waits', async () => {
    expect(
      await query(
        `select outcome, count(*)::integer as n, count(person_id)::integer as named, bool_and(closed_at is not null) as closed
         from visit group by outcome order by outcome`,
      ),
    ).toEqual([
      { outcome: 'RECEIVED', n: 18, named: 9, closed: true },
      { outcome: 'ANSWERED', n: 9, named: 0, closed: true },
      { outcome: 'APPOINTMENT_GIVEN', n: 9, named: 9, closed: true },
      { outcome: 'REFERRED', n: 9, named: 0, closed: true },
      { outcome: 'LEFT', n: 9, named: 9, closed: true },
    ]);
    expect(await number(`select count(*) from visit where arrived_at >= $1`, [TODAY])).toBe(0);
    expect(
      await query(
        `select array_agg(ticket order by arrived_at) as tickets from visit group by district_id, day limit 1`,
      ),
    ).toEqual([{ tickets: [1, 2, 3, 4, 5, 6] }]);
    expect(await number('select count(*) from message where done_at is null')).toBe(6);
  });

  test('whoever was received left an encounter that who received them reads; one a district is passed on; each has its own key', async () => {
    const encounters = await query<{
      id: string;
      body: Buffer;
      master_key_id: string;
      wrapped: Buffer;
      passed: boolean;
      well_read: boolean;
    }>(
      `select e.id, body, master_key_id, wrapped, e.case_id is not null as passed,
         case when e.case_id is null then e.reader_id = v.worker_id and e.visit_id is not null
           else e.reader_id = c.assigned_worker_id and e.reader_id <> e.held_by_id and e.passed_on_at < $1 end as well_read
       from encounter e join encounter_key k on k.encounter_id = e.id left join visit v on v.id = e.visit_id
       left join "case" c on c.id = e.case_id`,
      [TODAY],
    );
    expect(encounters.filter(({ passed }) => passed)).toHaveLength(3);
    expect(encounters.filter(({ passed }) => !passed)).toHaveLength(18);
    expect(encounters.filter((row) => !row.well_read)).toEqual([]);
    for (const { id, body, master_key_id, wrapped } of encounters) {
      const key = await one.vault.openCaseKey({ masterKeyId: master_key_id, wrapped }, encounterKeyName(id));
      expect(key.open(id, body).length).toBeGreaterThan(50);
    }
  });
});

describe('waiting time', () => {
  test('third next available is measured each working day until today, for what everyone may book, and told of each week that is over', async () => {
    expect(
      await query(
        `select type_code, count(distinct district_id)::integer as districts, max(day)::text as last,
           bool_and(third_next_days between 0 and 9) as plausible
         from waiting_day group by 1 order by 1`,
      ),
    ).toEqual(
      ['FIRST_RECEPTION', 'FOLLOW_UP', 'PHONE_CALL'].map((type_code) => ({
        type_code,
        districts: 3,
        last: '2026-11-26',
        plausible: true,
      })),
    );
    expect(
      await query(
        `select max(week)::text as last, count(distinct week)::integer as weeks, bool_and(days between 0 and 9) as plausible from waiting_week`,
      ),
    ).toEqual([{ last: '2026-11-16', weeks: 27, plausible: true }]);
  });
});

describe('orientation', () => {
  test('people were sent on to districts, workers and organisations, and some of it is overdue', async () => {
    const sent = await query(
      `select status::text, count(*)::integer > 0 as there, bool_or(closed_at is null and answer_by <= $1) as overdue from referral
       group by referral.status order by referral.status`,
      [TODAY],
    );
    expect(sent.map((row) => [row['status'], row['overdue']])).toEqual([
      ['SENT', false],
      ['ACKNOWLEDGED', true],
      ['ACCEPTED', false],
      ['REFUSED', false],
    ]);
    expect(await number('select count(*) from referral_person')).toBe(
      await number('select count(*) from referral'),
    );
    expect(await number('select count(*) from referral where online_person_id is not null')).toBe(1);
    expect(await number('select count(*) from organisation where closed_at is null')).toBe(6);
    expect(await number(`select count(*) from organisation_theme where theme = 'numerique'`)).toBe(1);
  });

  test('each district has a mandate to allocate, late, about someone who is to be informed', async () => {
    expect(
      await query(
        `select count(*)::integer as n, bool_and(mandated and inform_by > $1 and due_at <= $1) as late from incoming_request where worker_id is null`,
        [TODAY],
      ),
    ).toEqual([{ n: 3, late: true }]);
  });
});

describe('the waiting list', () => {
  test('four a district wait, one of them since yesterday to be seen today, by who is on duty', async () => {
    const districts = await query(
      `select slug, array_agg(urgency::text order by rank_at) as urgencies,
         count(*) filter (where may_be_assigned(duty_worker_id, d.id))::integer as on_duty,
         count(*) filter (where case_worker_only and case_worker_id is not null)::integer as with_their_worker
       from appointment_request r join district d on d.id = r.district_id where status = 'WAITING' group by slug order by slug`,
    );
    const urgencies = ['TODAY', 'THIS_WEEK', 'ORDINARY', 'ORDINARY'];
    expect(districts).toEqual(
      ['gagny', 'saint-ouen', 'sevran'].map((slug) => ({
        slug,
        urgencies,
        on_duty: 1,
        with_their_worker: 1,
      })),
    );
    expect(await number(`select count(*) from appointment_request where asked_at >= $1`, [TODAY])).toBe(0);
    // worker.sevran is on duty, and worker2.sevran stands in for whose case it is.
    const [sevran] = await query(
      `select array_agg(distinct w.subject) filter (where w.id = r.duty_worker_id) as on_duty,
         count(*) filter (where exists (select from relay l join worker s on s.id = l.stand_in_id
           where l.absent_worker_id = r.case_worker_id and s.subject = 'worker2.sevran'))::integer > 0 as stood_in_for
       from appointment_request r join worker w on w.id in (r.duty_worker_id, r.case_worker_id)
       join district d on d.id = r.district_id where d.slug = 'sevran' and r.status = 'WAITING'`,
    );
    expect(sevran).toEqual({ on_duty: ['worker.sevran'], stood_in_for: true });
  });

  test('whoever would come sooner has an appointment of theirs booked ahead; one of them sees that they wait', async () => {
    const sooner = await query(
      `select slug, a.status, a.starts_at > $1 as ahead, a.type_code = r.type_code and cardinality(a.worker_ids) = 1 as moved_alone,
         r.show_online, exists (select from appointment_person p where p.appointment_id = a.id and p.person_id = r.person_id
           and p.show_online = r.show_online) as theirs
       from appointment_request r join appointment a on a.id = r.appointment_id join district d on d.id = r.district_id
       where r.status = 'WAITING' order by slug`,
      [TODAY],
    );
    const row = { status: 'BOOKED', ahead: true, moved_alone: true, theirs: true };
    expect(sooner).toEqual([
      { slug: 'gagny', ...row, show_online: false },
      { slug: 'saint-ouen', ...row, show_online: false },
      { slug: 'sevran', ...row, show_online: true },
    ]);
    expect(
      await number(
        `select count(*) from appointment_request r where show_online
           and exists (select from person_account a where a.person_id = r.person_id)`,
      ),
    ).toBe(1);
  });

  test('what is over has come of offers that are over: nothing is held, and no time is kept for nobody', async () => {
    expect(
      await query(
        `select r.status as request, o.status as offer, count(*)::integer as n from appointment_request r
         left join slot_offer o on o.request_id = r.id where r.status <> 'WAITING' group by 1, 2 order by 1, 2`,
      ),
    ).toEqual([
      { request: 'BOOKED', offer: 'ACCEPTED', n: 3 },
      { request: 'BOOKED', offer: 'DECLINED', n: 3 },
      { request: 'WITHDRAWN', offer: 'EXPIRED', n: 3 },
      { request: 'LAPSED', offer: null, n: 3 },
    ]);
    expect(await number(`select count(*) from occupancy where offer_id is not null`)).toBe(0);
    expect(
      await number(
        `select count(*) from slot_offer o join appointment_request r on r.id = o.request_id
         left join appointment a on a.id = r.appointment_id
         where o.status = 'ACCEPTED' and (a.starts_at, a.ends_at, a.worker_ids, a.booked_at, r.closed_at, true) is distinct from
           (o.starts_at, o.ends_at, array[o.worker_id], o.answered_at, o.answered_at,
             exists (select from appointment_person p where p.appointment_id = a.id and p.person_id = r.person_id))`,
      ),
    ).toBe(0);
    // Whoever is passed over waits longer, or must be seen sooner, than who was offered the time.
    expect(
      await query(
        `select s.reason, bool_and((p.rank_at, p.id) < (r.rank_at, r.id) and p.type_code = r.type_code) as before, count(*)::integer as n
         from offer_skip s join appointment_request p on p.id = s.request_id join slot_offer o on o.id = s.offer_id
         join appointment_request r on r.id = o.request_id group by 1 order by 1`,
      ),
    ).toEqual([
      { reason: 'OTHER_WORKER', before: true, n: 3 },
      { reason: 'NOT_WANTED_THEN', before: true, n: 3 },
    ]);
  });
});

test('references have no letter that is misheard or misread', () => {
  const random = createRandom('references');
  for (let i = 0; i < 500; i++) {
    expect(makePersonReference(random)).toMatch(/^P-[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(makeCaseReference(random)).toMatch(
      /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}$/,
    );
  }
});
