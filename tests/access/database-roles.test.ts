import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { LOGINS } from '../../src/auth/logins.js';
import { SCOPES } from '../../src/auth/scopes.js';
import { logInJobs } from '../../src/database/jobs-pool.js';
import { TEXT_TABLES } from '../../src/vault/sealed-text.js';
import { rowsOf } from '../support/county/rows.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ago } from '../support/days.js';
import { logIn, testProver } from '../support/login.js';

/** What an administrator with the application's password can do, and cannot: grants, FORCE, functions, append-only. */
let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
});
afterAll(() => database.drop());

/** Public by nature: addresses, hours, nomenclatures, notices. */
const REFERENCE = [
  'appointment_type',
  'commune',
  'district',
  'district_place',
  'need_code',
  'opening_hours',
  'organisation',
  'organisation_theme',
  'public_holiday',
  'sector',
];

/** Everyone reads them, or what is published of them, and few write them. */
const PUBLIC = [
  'activity_report',
  'activity_report_signature',
  'activity_report_table',
  'activity_report_text',
  'erratum',
  'indicator',
  'indicator_decision',
  'indicator_speaker',
  'indicator_voice',
  'privacy_notice',
  'snapshot',
  'snapshot_dimension',
  'snapshot_table',
];

type Run = (sql: string, values?: unknown[]) => Promise<string>;
interface Session {
  /** The rows changed or found, or the SQLSTATE of the refusal; a refusal undoes the statement alone. */
  readonly run: Run;
  readonly rows: (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
}

async function as<T>(
  role: 'cosmos_app' | 'cosmos_jobs',
  login: string | null,
  act: (session: Session) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: database.urlAs(role) });
  await client.connect();
  try {
    if (role === 'cosmos_jobs') await logInJobs(client, testProver());
    await client.query('begin');
    if (login !== null) {
      const known = LOGINS.find((candidate) => candidate.login === login);
      const scopes = known?.scopes ?? SCOPES.filter((scope) => scope !== 'booking');
      const viewer = await logIn(client, {
        subject: login,
        scopes,
        clientId: known?.clientId ?? 'front.demo',
      });
      expect(viewer['refused']).toBeUndefined();
    }
    const run: Run = async (sql, values = []) => {
      await client.query('savepoint one');
      try {
        const result = await client.query(sql, values);
        await client.query('release savepoint one');
        return `${result.rowCount ?? 0}`;
      } catch (error) {
        await client.query('rollback to savepoint one');
        return (error as { code: string }).code;
      }
    };
    return await act({ run, rows: async (sql, values = []) => (await client.query(sql, values)).rows });
  } finally {
    await client.query('rollback').catch(() => undefined);
    await client.end();
  }
}

async function one<R extends Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<R> {
  const [row] = await database.sql<R>(sql, values);
  if (row === undefined) throw new Error(`the demonstration has no row for: ${sql}`);
  return row;
}

const DENIED = '42501';

async function tables(): Promise<string[]> {
  const rows = await database.sql<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname !~ '^_' order by 1`,
  );
  return rows.map((row) => row.name);
}

describe('what is declared', () => {
  test('every table but the public reference forces row-level security on its owner too', async () => {
    const open = await database.sql<{ relname: string }>(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname !~ '^_'
       and not (relrowsecurity and relforcerowsecurity) order by 1`,
    );
    expect(open.map((row) => row.relname)).toEqual(REFERENCE);
  });

  test('no role that can log in bypasses it or can become who does', async () => {
    const roles = await database.sql(
      `select rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname like 'cosmos%' order by 1`,
    );
    const plain = {
      rolcanlogin: true,
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
    };
    expect(roles).toEqual([
      { rolname: 'cosmos_app', ...plain },
      { rolname: 'cosmos_jobs', ...plain },
      { rolname: 'cosmos_keeper', ...plain, rolcanlogin: false, rolbypassrls: true },
      { rolname: 'cosmos_owner', ...plain },
    ]);
    const members = await database.sql(
      `select m.rolname from pg_auth_members a join pg_roles r on r.oid = a.roleid join pg_roles m on m.oid = a.member where r.rolname like 'cosmos%'
       and m.rolname in ('cosmos_app', 'cosmos_jobs')`,
    );
    expect(members).toEqual([]);
    expect(await as('cosmos_app', null, ({ run }) => run('set role cosmos_keeper'))).toBe(DENIED);
    expect(await as('cosmos_app', null, ({ run }) => run('set role cosmos_owner'))).toBe(DENIED);
  });

  test('the application may change only these columns', async () => {
    const rows = await database.sql<{ what: string }>(
      `select lower(privilege_type) || ' ' || table_name || ' (' || string_agg(column_name, ', ' order by column_name) || ')' as what
       from information_schema.column_privileges where grantee = 'cosmos_app' and privilege_type = 'UPDATE'
       group by table_name, privilege_type order by 1`,
    );
    const what = rows.map((row) => row.what);
    for (const [table, forbidden] of [
      ['interview_note', ['reader_id', 'author_id', 'case_id', 'district_id', 'written_at']],
      [
        'encounter',
        ['reader_id', 'held_by_id', 'passed_to_id', 'passed_on_at', 'held_at', 'district_id', 'person_id'],
      ],
      ['case', ['assigned_worker_id', 'district_id', 'mission', 'online_person_ids']],
      ['case_person', ['case_id']],
      ['assignment', ['worker_id', 'case_id', 'starts_at']],
      ['handover', ['to_worker_id', 'from_worker_id', 'case_id']],
      ['person', ['sensitive_file', 'district_id', 'reference', 'contact_suspended_at']],
      ['person_address', ['person_id', 'case_id', 'confidential', 'assigned_worker_id', 'district_id']],
      ['safe_address', ['person_id', 'case_id', 'assigned_worker_id', 'district_id']],
      ['worker', ['issuer', 'subject']],
      ['access_log', ['action']],
      ['appointment', ['worker_ids', 'online_person_ids', 'case_worker_id', 'case_id', 'district_id']],
      ['appointment_person', ['show_online', 'contact_worker_ids', 'contact_from', 'contact_until']],
      [
        'appointment_request',
        [
          'district_id',
          // Who gave no name is named once: `request_is_judged` has the rest.
          'reference',
          'case_id',
          'type_code',
          'case_worker_id',
          'case_worker_only',
          'asked_at',
          'rank_at',
          'appointment_id',
        ],
      ],
      ['slot_offer', ['request_id', 'worker_id', 'starts_at', 'answer_by', 'answered_at', 'status']],
      ['offer_skip', ['reason']],
      ['occupancy', ['offer_id', 'expires_at', 'worker_id']],
      [
        'team_option',
        ['district_id', 'kind', 'status', 'proposed_on', 'voted_until', 'starts_on', 'ends_on'],
      ],
      ['team_vote', ['option_id', 'worker_id']],
    ] as const) {
      const columns = new Set(
        what
          .find((line) => line.startsWith(`update ${table} (`))
          ?.replace(/.*\((.*)\)/, '$1')
          .split(', '),
      );
      expect({ table, changeable: forbidden.filter((column) => columns.has(column)) }).toEqual({
        table,
        changeable: [],
      });
    }
  });

  test('the application asks for someone, and says neither their rank nor what became of it; it holds and offers nothing', async () => {
    const rows = await database.sql<{ table: string; columns: string[] }>(
      `select table_name as table, array_agg(column_name::text order by column_name) as columns
       from information_schema.column_privileges where grantee = 'cosmos_app' and privilege_type = 'INSERT'
         and table_name in ('appointment_request', 'slot_offer', 'offer_skip', 'occupancy') group by 1 order by 1`,
    );
    expect(rows).toEqual([
      {
        table: 'appointment_request',
        columns: [
          'appointment_id',
          'asked_by',
          'called_name',
          'case_id',
          'case_worker_only',
          'contact',
          'district_id',
          'duty_worker_id',
          'duty_worker_only',
          'id',
          'mode',
          'person_id',
          'phone',
          'short_notice_from',
          'short_notice_until',
          'show_online',
          'type_code',
          'urgency',
          'wanted_from',
          'wanted_until',
        ],
      },
      {
        table: 'occupancy',
        columns: ['appointment_id', 'district_id', 'ends_at', 'id', 'starts_at', 'worker_id'],
      },
    ]);
  });

  test('the application deletes nothing but busy times, what another calendar brought, places in a meeting, who does not come along or is replaced, encounters, replaced addresses and idempotency keys, and truncates nothing', async () => {
    const rows = await database.sql<{ what: string }>(
      `select privilege_type || ' ' || table_name as what from information_schema.table_privileges
       where grantee in ('cosmos_app', 'cosmos_jobs', 'PUBLIC') and table_schema = 'public'
         and privilege_type in ('DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER') order by 1`,
    );
    expect(rows.map((row) => row.what)).toEqual([
      'DELETE appointment_participant',
      'DELETE appointment_person',
      'DELETE appointment_worker',
      'DELETE encounter',
      'DELETE idempotency_key',
      'DELETE occupancy',
      'DELETE person_address',
      'DELETE unavailability',
    ]);
  });

  test('the jobs’ role sees wrapped keys and the public reference, nothing else', async () => {
    const seen: string[] = [];
    for (const table of await tables()) {
      if ((await as('cosmos_jobs', null, ({ run }) => run(`select 1 from "${table}" limit 1`))) !== DENIED)
        seen.push(table);
    }
    const texts = Object.keys(TEXT_TABLES);
    expect(seen).toEqual(['case_key', 'encounter_key', ...texts, ...REFERENCE].sort());
    for (const table of texts)
      expect(await as('cosmos_jobs', null, ({ run }) => run(`select body from ${table}`))).toBe(DENIED);
    expect(await as('cosmos_jobs', null, ({ run }) => run('delete from case_key'))).toBe(DENIED);
    expect(await as('cosmos_jobs', null, ({ run }) => run(`select login('{}', '')`))).toBe(DENIED);
  });

  test('the jobs offer, district by district, and answer for nobody; they become nobody else', async () => {
    const { id } = await one<{ id: string }>(`select id from district where slug = 'gagny'`);
    await as('cosmos_jobs', null, async ({ run, rows }) => {
      const waiting = await rows('select districts_waiting() as id');
      expect(waiting.map((row) => row['id'])).toContain(id);
      expect(await run('select offer_slots($1, 1, true)', [id])).toBe('1');
      for (const sql of [
        'select 1 from appointment_request',
        'select 1 from slot_offer',
        'select 1 from offer_skip',
        'select 1 from occupancy',
        `insert into slot_offer default values`,
        `select answer_offer(gen_random_uuid(), 1, true)`,
        `select request_ranks('{}')`,
        `select settle_requests('${id}')`,
        `select log_skips(gen_random_uuid())`,
        `select wake_offers(gen_random_uuid(), now())`,
        'select 1 from offer_wake',
        `select end_expired_holds('{}', now(), now())`,
        'set role cosmos_keeper',
        'set role cosmos_app',
        'set role cosmos_owner',
        'create table public.stolen (t text)',
        'create schema stolen',
      ])
        expect({ sql, answer: await run(sql) }).toEqual({ sql, answer: DENIED });
    });
  });

  test('the queue is the owner’s: the application neither reads nor fills it, nor calls who fills it', async () => {
    const owned = await database.sql(
      `select distinct pg_get_userbyid(owner) as owner from (
         select nspowner as owner from pg_namespace where nspname = 'graphile_worker'
         union all select relowner from pg_class where relnamespace = 'graphile_worker'::regnamespace
         union all select proowner from pg_proc where pronamespace = 'graphile_worker'::regnamespace) o`,
    );
    expect(owned).toEqual([{ owner: 'cosmos_owner' }]);
    const relations = await database.sql<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'graphile_worker'::regnamespace and relkind in ('r', 'v') order by 1`,
    );
    expect(relations.length).toBeGreaterThan(3);
    const refused = [
      ...relations.flatMap(({ name }) => [
        `select 1 from graphile_worker."${name}"`,
        `delete from graphile_worker."${name}"`,
      ]),
      `select graphile_worker.add_job('sweep')`,
      `select wake_offers(gen_random_uuid(), now())`,
      `select offer_slots(gen_random_uuid(), 1, true)`,
      `select wake_jobs(gen_random_uuid(), now())`,
      `select districts_waiting()`,
      `create table graphile_worker.stolen (t text)`,
    ];
    for (const login of [null, 'reception.sevran', 'admin'])
      await as('cosmos_app', login, async ({ run }) => {
        for (const sql of refused)
          expect({ login, sql, answer: await run(sql) }).toEqual({ login, sql, answer: DENIED });
      });
    // The keeper adds to the queue, and makes nothing there.
    expect(
      await database.sql(
        `select has_schema_privilege(r, 'graphile_worker', 'usage') as uses, has_schema_privilege(r, 'graphile_worker', 'create') as creates
         from unnest(array['cosmos_app', 'cosmos_keeper']) r`,
      ),
    ).toEqual([
      { uses: false, creates: false },
      { uses: true, creates: false },
    ]);
  });

  test('whoever asks wakes the jobs in the same transaction, by the district alone', async () => {
    const { id, person } = await one<{ id: string; person: string }>(
      `select d.id, (select p.id from person p where p.district_id = d.id and not p.sensitive_file limit 1) as person
       from district d where d.slug = 'sevran'`,
    );
    const jobs = () =>
      database.sql<{ payload: unknown }>(
        `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
         where t.identifier = 'offer-slots' order by j.id`,
      );
    const before = (await jobs()).length;
    const ask = `insert into appointment_request (id, district_id, person_id, type_code) values (gen_random_uuid(), $1, $2, 'PHONE_CALL')`;
    await as('cosmos_app', 'reception.sevran', async ({ run }) => {
      expect(await run(ask, [id, person])).toBe('1');
    });
    // It was undone, and so was the job.
    expect(await jobs()).toHaveLength(before);
    await database.sql(ask, [id, person]);
    const [woken, ...more] = (await jobs()).slice(before);
    expect(more).toEqual([]);
    expect(woken?.payload).toEqual({ districtId: id });
  });

  test('no view, no sequence that tells how much there is', async () => {
    expect(
      await database.sql(
        `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm', 'f')`,
      ),
    ).toEqual([]);
    const sequences = await database.sql<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'`,
    );
    for (const { name } of sequences) {
      for (const role of ['cosmos_app', 'cosmos_jobs'] as const) {
        expect(await as(role, null, ({ run }) => run(`select last_value from "${name}"`))).toBe(DENIED);
        expect(await as(role, null, ({ run }) => run(`select nextval('"${name}"')`))).toBe(DENIED);
      }
    }
  });

  test('the keeper’s functions look names up in a safe order, are not PUBLIC’s, and are these', async () => {
    const rows = await database.sql<{
      name: string;
      owner: string;
      config: string;
      public: boolean;
      app: boolean;
      jobs: boolean;
    }>(
      `select p.proname as name, r.rolname as owner, array_to_string(p.proconfig, ';') as config,
         exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x where x.grantee = 0) as public,
         has_function_privilege('cosmos_app', p.oid, 'execute') as app, has_function_privilege('cosmos_jobs', p.oid, 'execute') as jobs
       from pg_proc p join pg_roles r on r.oid = p.proowner where p.pronamespace = 'public'::regnamespace and p.prosecdef order by 1`,
    );
    expect(rows.filter((row) => row.owner !== 'cosmos_keeper')).toEqual([]);
    const keepers = rows.filter((row) => row.owner === 'cosmos_keeper');
    expect(keepers.filter((row) => row.config !== 'search_path=public, pg_temp' || row.public)).toEqual([]);
    // The jobs call these, which the application does not.
    expect(keepers.filter((row) => row.jobs).map(({ name, app }) => ({ name, app }))).toEqual([
      { name: 'answer_wait_simulation', app: false },
      { name: 'begin_snapshot', app: false },
      { name: 'carry_out_reassignment', app: false },
      { name: 'close_contradicted_releases', app: false },
      { name: 'close_waiting_weeks', app: false },
      { name: 'count_team_vote', app: false },
      { name: 'count_unsealed_texts', app: true },
      { name: 'delete_old_encounters', app: false },
      { name: 'delete_old_wait_simulations', app: false },
      { name: 'delete_provisional_persons', app: false },
      { name: 'districts_waiting', app: false },
      { name: 'due_reassignments', app: false },
      { name: 'end_snapshot', app: false },
      { name: 'end_undecided_consultations', app: false },
      { name: 'forget_acts', app: false },
      { name: 'forget_booking_addresses', app: false },
      { name: 'forget_proofs', app: false },
      { name: 'forget_who_simulated', app: false },
      { name: 'forget_who_waited', app: false },
      { name: 'free_called_off_time', app: false },
      { name: 'freezes_with', app: false },
      { name: 'indicators_of_snapshot', app: false },
      { name: 'keep_vault_key_check', app: true },
      { name: 'log_in_jobs', app: false },
      { name: 'make_link', app: false },
      { name: 'measure_waiting_days', app: false },
      { name: 'next_snapshot', app: false },
      { name: 'next_wait_simulation', app: false },
      { name: 'offer_slots', app: false },
      { name: 'prepare_dispatches', app: false },
      { name: 'seal_text', app: false },
      { name: 'settle_all_encounters', app: false },
      { name: 'settle_contact_word', app: false },
      { name: 'settle_dispatch', app: false },
      { name: 'statistics_categories', app: false },
      { name: 'statistics_records', app: false },
      { name: 'take_dispatches', app: false },
      { name: 'unsealed_texts', app: false },
      { name: 'vault_key_checks', app: true },
      { name: 'vault_key_sample', app: true },
      { name: 'write_snapshot_dimension', app: false },
      { name: 'write_snapshot_tables', app: false },
    ]);
    const callable = rows.filter((row) => row.app).map((row) => row.name);
    for (const never of [
      'reset_note_readers',
      'reset_encounter_readers',
      'delete_old_encounters',
      'settle_encounters',
      'settle_all_encounters',
      'assignment_changed',
      'handover_accepted',
      'note_takes_its_case',
      'settle_requests',
      'slot_for',
      'why_not',
      'log_skips',
      'viewer_answers',
      'request_takes_its_place',
      'wake_offers',
      'simulation_wakes',
      'members_of_team',
      'option_is_proposed',
      'option_is_decided',
    ])
      expect(callable).not.toContain(never);
    expect(callable).toEqual(
      expect.arrayContaining(['login', 'log_access', 'read_access_log', 'look_up_person']),
    );
  });

  test('the application creates nothing: no table, function or schema', async () => {
    await as('cosmos_app', 'worker.sevran', async ({ run }) => {
      expect(await run('create table public.stolen (t text)')).toBe(DENIED);
      expect(await run('create schema stolen')).toBe(DENIED);
      expect(
        await run(`create function public.viewer_worker(x int) returns int language sql as 'select 1'`),
      ).toBe(DENIED);
      expect(await run('alter table interview_note disable row level security')).toBe(DENIED);
      expect(await run('drop policy interview_note_read on interview_note')).toBe(DENIED);
      expect(await run('set session_replication_role = replica')).toBe(DENIED);
      expect(await run('alter table assignment disable trigger all')).toBe(DENIED);
    });
  });
});

describe('with no viewer', () => {
  test('the application finds no row of any table with personal data', async () => {
    const found: Record<string, string> = {};
    for (const table of await tables()) {
      if ([...REFERENCE, ...PUBLIC].includes(table)) continue;
      const answer = await as('cosmos_app', null, ({ run }) => run(`select 1 from "${table}" limit 1`));
      if (answer !== '0' && answer !== DENIED) found[table] = answer;
    }
    expect(found).toEqual({});
  });

  test('it changes none either, even with no condition', async () => {
    await as('cosmos_app', null, async ({ run }) => {
      for (const sql of [
        `update person set phone = null`,
        `update person_address set line = 'x'`,
        `update "case" set status = status`,
        `update interview_note set version = 1`,
        `update assignment set ends_at = now()`,
        `update handover set accepted_at = now()`,
        `update membership set ends_at = now() - interval '1 ms'`,
        `update worker set disabled_at = null`,
        `update client set disabled_at = null`,
        `update relay set ends_at = now() - interval '1 ms'`,
        `update appointment set mode = mode`,
        `update need set ends_on = null`,
        `delete from occupancy`,
        `update encounter set body = null`,
        `delete from encounter`,
        `delete from person_address`,
        `delete from idempotency_key`,
        `update appointment_request set version = version + 1`,
        `update slot_offer set told_at = now()`,
        `update team_vote set in_favour = true`,
      ])
        expect({ sql, rows: await run(sql) }).toEqual({ sql, rows: '0' });
    });
  });

  test('settings do not outlive their transaction', async () => {
    const client = new pg.Client({ connectionString: database.urlAs('cosmos_app') });
    await client.connect();
    try {
      await client.query('begin');
      await logIn(client, { subject: 'worker.sevran', scopes: ['notes:read', 'cases:read'] });
      expect((await client.query('select 1 from interview_note limit 1')).rowCount).toBe(1);
      await client.query('commit');
      for (const table of ['interview_note', 'case', 'person', 'appointment', 'worker', 'membership']) {
        expect((await client.query(`select 1 from "${table}" limit 1`)).rowCount).toBe(0);
      }
    } finally {
      await client.end();
    }
  });
});

describe('the access log', () => {
  test('is read, changed and emptied by nobody but the keeper', async () => {
    for (const login of ['worker.sevran', 'head.sevran', 'dpo', 'admin']) {
      await as('cosmos_app', login, async ({ run }) => {
        for (const sql of [
          'select 1 from access_log',
          `update access_log set outcome = 'DONE'`,
          'delete from access_log',
          'truncate access_log',
          `insert into access_log (operation_id, actor_kind, action, outcome) values (gen_random_uuid(), 'WORKER', 'X', 'DONE')`,
        ]) {
          expect({ login, sql, answer: await run(sql) }).toEqual({ login, sql, answer: DENIED });
        }
      });
    }
    const grants = await database.sql(
      `select privilege_type from information_schema.table_privileges where table_name = 'access_log' and grantee = 'cosmos_keeper' order by 1`,
    );
    expect(grants.map((row) => row['privilege_type'])).toEqual(['INSERT', 'SELECT']);
  });

  test('takes its actor from the transaction’s viewer, not from who calls', async () => {
    const victim = await one<{ id: string }>(`select id from worker where subject = 'worker2.sevran'`);
    const theCase = await one<{ id: string }>(`select id from "case" limit 1`);
    const client = new pg.Client({ connectionString: database.urlAs('cosmos_app') });
    await client.connect();
    try {
      await client.query('begin');
      await logIn(client, { subject: 'worker.sevran', scopes: ['cases:read'] });
      const operation = '00000000-0000-4000-8000-00000000beef';
      await client
        .query('select log_access($1, $2, $3, $4)', [
          operation,
          'WORKER',
          victim.id,
          JSON.stringify([{ action: 'READ_CASE', outcome: 'DONE', caseId: theCase.id }]),
        ])
        .catch(() => undefined);
      await client.query('commit').catch(() => undefined);
      const forged = await database.sql(
        'select 1 from access_log where operation_id = $1 and actor_id = $2',
        [operation, victim.id],
      );
      expect(forged).toEqual([]);
    } finally {
      await client.end();
    }
  });
});

describe('as a viewer, by hand', () => {
  test('the identities of tokens are nobody’s to read', async () => {
    for (const login of ['worker.sevran', 'admin', 'dpo', 'person.sevran']) {
      await as('cosmos_app', login, async ({ run }) => {
        expect(await run('select issuer from worker')).toBe(DENIED);
        expect(await run('select subject from worker')).toBe(DENIED);
        expect(await run('select * from worker')).toBe(DENIED);
        expect(await run('select 1 from person_account')).toBe(DENIED);
      });
    }
  });

  test('readers, assignees and copies cannot be written', async () => {
    for (const login of ['worker.sevran', 'head.sevran', 'admin']) {
      await as('cosmos_app', login, async ({ run }) => {
        for (const sql of [
          'update interview_note set reader_id = viewer_worker()',
          'update "case" set assigned_worker_id = viewer_worker()',
          'update case_person set assigned_worker_id = viewer_worker()',
          'update need set assigned_worker_id = viewer_worker()',
          `update appointment set worker_ids = array[viewer_worker()]`,
          'update handover set to_worker_id = viewer_worker()',
          'update assignment set worker_id = viewer_worker()',
          `update worker set subject = 'me'`,
          'update person set sensitive_file = false',
          `select reset_note_readers(id) from "case"`,
          'update encounter set reader_id = viewer_worker()',
          'update encounter set held_by_id = viewer_worker()',
          'update encounter set held_at = now()',
          'update encounter_key set wrapped = wrapped',
          'delete from encounter_key',
          `select reset_encounter_readers(id) from "case"`,
          'select delete_old_encounters(1)',
          'select settle_all_encounters()',
          'update encounter set stands_for_id = null',
          'update encounter set kept_from = now()',
          'select forget_who_waited(1)',
          'select delete_provisional_persons(1)',
          'select forget_booking_addresses(1)',
          'delete from interview_note',
          'delete from assignment',
          'delete from handover',
          'update appointment_request set case_worker_id = viewer_worker()',
          `update appointment_request set rank_at = '2000-01-01'`,
          `update appointment_request set asked_at = '2000-01-01'`,
          'update appointment_request set appointment_id = null',
          'delete from appointment_request',
          `update slot_offer set status = 'ACCEPTED'`,
          `update slot_offer set answer_by = now() + interval '1 year'`,
          'insert into slot_offer (id) values (gen_random_uuid())',
          'delete from slot_offer',
          'insert into offer_skip (id) values (gen_random_uuid())',
          'delete from offer_skip',
          'insert into occupancy (id, offer_id, expires_at) values (gen_random_uuid(), gen_random_uuid(), now())',
          'update occupancy set expires_at = null',
        ]) {
          expect({ login, sql, answer: await run(sql) }).toEqual({ login, sql, answer: DENIED });
        }
      });
    }
  });

  test('what is counted, what was frozen and what was asked cannot be rewritten', async () => {
    for (const login of ['worker.sevran', 'head.sevran', 'adviser', 'client.reporting', 'admin']) {
      await as('cosmos_app', login, async ({ run }) => {
        for (const sql of [
          `update indicator set label_fr = 'x'`,
          `update indicator set given_by = 'DISTRICT'`,
          'update indicator set measure = null',
          'delete from indicator',
          `update indicator_voice set words = 'x'`,
          'delete from indicator_voice',
          'update indicator_speaker set worker_id = viewer_worker()',
          'delete from indicator_speaker',
          `update indicator_decision set reason = 'x'`,
          'delete from indicator_decision',
          `update erratum set text_fr = 'x'`,
          'delete from erratum',
          'update activity_report_text set body = null',
          'delete from activity_report_text',
          'update activity_report_signature set text_version = text_version + 1',
          'delete from activity_report_signature',
          `update indicator_observation set body = 'x'`,
          'delete from indicator_observation',
          'select from words_author',
          'insert into words_author (words_id, worker_id) values (gen_random_uuid(), viewer_worker())',
          'delete from words_author',
          'update indicator set confirmed_on = current_date',
          'update indicator set asked_again = false',
          'update indicator set consulted_until = current_date',
          'update activity_report_text set withdrawn_on = current_date',
          'update activity_report set text_version = 1',
          'select end_undecided_consultations()',
          `update wait_simulation set days_now = '{1,1,1}'`,
          'update wait_simulation set asked_by_id = viewer_worker()',
          `insert into wait_simulation (days_now) values ('{1,1,1}')`,
          'delete from wait_simulation',
          'select from next_wait_simulation()',
          `select answer_wait_simulation(gen_random_uuid(), '{1,1,1}', '{1,1,1}', '{1,1,1}', '{1,1,1}')`,
          'select delete_old_wait_simulations(1)',
          'select forget_who_simulated(1)',
          'select asked_by_id from wait_simulation',
          'update activity_report_text set simulation_id = null',
          `update team_option set status = 'ADOPTED'`,
          'update team_option set ends_on = starts_on',
          `insert into team_option (status) values ('ADOPTED')`,
          'delete from team_option',
          'update team_vote set worker_id = viewer_worker()',
          'update team_vote set option_id = option_id',
          'delete from team_vote',
          'select count_team_vote()',
          'select members_of_team(gen_random_uuid(), now())',
          'select proposed_by_id from team_option',
          'update snapshot set frozen_on = frozen_on',
          'insert into snapshot (period) values (null)',
          `update snapshot_table set cells = '{1}'`,
          'delete from snapshot_table',
          'delete from snapshot_dimension',
          `select statistics_records('VISITS', now(), now(), '{}')`,
          `select records_of_visits(now(), now())`,
        ]) {
          expect({ login, sql, answer: await run(sql) }).toEqual({ login, sql, answer: DENIED });
        }
      });
    }
  });

  test('a note is read by its reader alone, and never by a district', async () => {
    const readers = new Map(
      (
        await database.sql<{ subject: string; count: number }>(
          `select w.subject, count(*)::integer as count from interview_note n join worker w on w.id = n.reader_id group by 1`,
        )
      ).map((row) => [row.subject, row.count]),
    );
    for (const { login } of LOGINS) {
      const seen = await as('cosmos_app', login, ({ run }) => run('select 1 from interview_note'));
      expect({ login, seen }).toEqual({ login, seen: `${readers.get(login) ?? 0}` });
    }
  });

  test('an encounter is read by its reader alone, with its key, and written, passed on and deleted by who holds it', async () => {
    const keptTooLong = await one<{ districtId: string; heldById: string }>(
      `select m.district_id as "districtId", w.id as "heldById"
        from worker w join membership m on m.worker_id = w.id where w.subject = 'worker.sevran' and m.ends_at is null`,
    );
    await rowsOf(database).encounter({ ...keptTooLong, heldAt: ago(31) });
    const counts = (of: string) =>
      database.sql<{ subject: string; count: number }>(
        `select w.subject, count(*)::integer as count from encounter e join worker w on w.id = e.reader_id
          where (e.case_id is not null or e.held_at > now() - interval '30 days') and ${of} group by 1`,
      );
    const read = new Map((await counts('true')).map((row) => [row.subject, row.count]));
    const held = new Map((await counts('e.case_id is null')).map((row) => [row.subject, row.count]));
    expect(read.size).toBeGreaterThan(3);
    const [other] = await database.sql<{ id: string }>(
      `select c.id from "case" c join district d on d.id = c.district_id where d.slug = 'saint-ouen' and c.assigned_worker_id is not null limit 1`,
    );
    for (const { login } of LOGINS)
      await as('cosmos_app', login, async ({ run }) => {
        const seen = {
          rows: await run('select 1 from encounter'),
          keys: await run('select 1 from encounter_key'),
          // A bare change reads nothing: the policies say it all once more.
          written: await run('update encounter set version = version'),
          elsewhere: await run('update encounter set case_id = $1 where case_id is null', [other?.id]),
          deleted: await run('delete from encounter'),
        };
        const [mine, own] = [read.get(login) ?? 0, held.get(login) ?? 0];
        expect({ login, ...seen }).toEqual({
          login,
          rows: `${mine}`,
          keys: `${mine}`,
          written: `${own}`,
          elsewhere: own === 0 ? '0' : expect.stringMatching(/^(42501|40001)$/),
          deleted: `${own}`,
        });
      });
  });

  test('nobody records an encounter in another’s name, nor of a visit in which another receives', async () => {
    const visit = await one<{ id: string; district: string; worker: string }>(
      `select v.id, v.district_id as district, v.worker_id as worker from visit v join worker w on w.id = v.worker_id
        join district d on d.id = v.district_id where d.slug = 'sevran' and w.subject <> 'worker.sevran' limit 1`,
    );
    await as('cosmos_app', 'worker.sevran', async ({ run }) => {
      const insert = (columns: string, values: string) =>
        run(
          `insert into encounter (id, district_id, ${columns}) values (gen_random_uuid(), '${visit.district}', ${values})`,
        );
      expect(await insert('held_by_id', 'viewer_worker()')).toBe('1');
      expect(await insert('held_by_id', `'${visit.worker}'`)).toBe(DENIED);
      expect(await insert('held_by_id, visit_id', `viewer_worker(), '${visit.id}'`)).toBe(DENIED);
      expect(await insert('held_by_id, reader_id', 'viewer_worker(), viewer_worker()')).toBe(DENIED);
      expect(await insert('held_by_id, held_at', `viewer_worker(), now() + interval '1 year'`)).toBe(DENIED);
    });
  });

  test('nobody writes a note on a case that is not theirs, nor in another’s name', async () => {
    const other = await one<{ id: string; worker: string }>(
      `select c.id, c.assigned_worker_id as worker from "case" c join worker w on w.id = c.assigned_worker_id where w.subject = 'worker2.sevran' limit 1`,
    );
    const unassigned = await one<{ id: string }>(
      `select c.id from "case" c join district d on d.id = c.district_id where c.assigned_worker_id is null and d.slug = 'sevran' limit 1`,
    );
    await as('cosmos_app', 'worker.sevran', async ({ run }) => {
      const insert = 'insert into interview_note (case_id, author_id, body) values ($1, $2, $3)';
      const [me] = [
        (await database.sql<{ id: string }>(`select id from worker where subject = 'worker.sevran'`))[0]?.id,
      ];
      for (const values of [
        [other.id, me],
        [other.id, other.worker],
        [unassigned.id, me],
      ]) {
        expect(await run(insert, [...values, Buffer.from('x')])).toMatch(/^(23502|42501)$/);
      }
      expect(
        await run(
          'insert into interview_note (case_id, author_id, reader_id, body) values ($1, $2, $2, $3)',
          [other.id, me, Buffer.from('x')],
        ),
      ).toBe(DENIED);
      expect(await run('select 1 from case_key where case_id = $1', [other.id])).toBe('0');
    });
  });

  test('nobody assigns to themselves: neither a worker nor a head', async () => {
    const theCase = await one<{ id: string }>(
      `select c.id from "case" c join district d on d.id = c.district_id where c.assigned_worker_id is null and d.slug = 'sevran' limit 1`,
    );
    for (const login of ['worker.sevran', 'head.sevran', 'trainee.sevran', 'admin', 'adviser']) {
      await as('cosmos_app', login, async ({ run }) => {
        expect(
          await run(
            'insert into assignment (id, case_id, worker_id) values (gen_random_uuid(), $1, viewer_worker())',
            [theCase.id],
          ),
        ).toBe(DENIED);
      });
    }
    await as('cosmos_app', 'worker.sevran', async ({ run }) => {
      expect(
        await run(
          `insert into assignment (id, case_id, worker_id) select gen_random_uuid(), $1, id from worker where id <> viewer_worker() limit 1`,
          [theCase.id],
        ),
      ).toBe(DENIED);
      expect(await run('update assignment set ends_at = clock_timestamp() where ends_at is null')).toBe('0');
    });
  });

  test('a head does not take an old assignment of their own up again', async () => {
    const spell = await one<{ id: string; caseId: string; worker: string; districtId: string }>(
      `select a.id, a.case_id as "caseId", a.worker_id as worker, c.district_id as "districtId" from assignment a join "case" c on c.id = a.case_id
       where a.ends_at is not null and not exists (select from assignment o where o.case_id = a.case_id and (o.ends_at is null or o.ends_at > a.ends_at)) limit 1`,
    );
    const { subject } = await one<{ subject: string }>('select subject from worker where id = $1', [
      spell.worker,
    ]);
    await database.sql(
      `update membership set ends_at = now() - interval '1 ms' where worker_id = $1 and ends_at is null`,
      [spell.worker],
    );
    await database.sql(`update worker set disabled_at = null where id = $1`, [spell.worker]);
    await rowsOf(database).membership({
      workerId: spell.worker,
      districtId: spell.districtId,
      role: 'DISTRICT_HEAD',
      startsAt: ago(0),
    });
    await as('cosmos_app', subject, async ({ run, rows }) => {
      await run('update assignment set ends_at = null where id = $1', [spell.id]);
      const [row] = await rows('select assigned_worker_id as worker from "case" where id = $1', [
        spell.caseId,
      ]);
      expect(row?.['worker']).not.toBe(spell.worker);
    });
  });

  test('a handover carries notes of its own case, chosen by who reads them, before it is accepted', async () => {
    const mine = await one<{ id: string; caseId: string; worker: string }>(
      `select n.id, n.case_id as "caseId", n.reader_id as worker from interview_note n join worker w on w.id = n.reader_id
       where w.subject = 'worker.sevran' and n.status = 'FINAL' order by n.id limit 1`,
    );
    const foreign = await one<{ id: string }>(
      `select n.id from interview_note n join worker w on w.id = n.reader_id where w.subject = 'worker2.sevran' and n.status = 'FINAL' limit 1`,
    );
    const otherCase = await one<{ id: string }>(
      `select c.id from "case" c where c.assigned_worker_id = $1 and c.id <> $2 limit 1`,
      [mine.worker, mine.caseId],
    );
    const to = await one<{ id: string }>(`select id from worker where subject = 'worker2.sevran'`);
    await as('cosmos_app', 'worker.sevran', async ({ run }) => {
      expect(
        await run(
          'insert into handover (id, case_id, from_worker_id, to_worker_id) values ($1, $2, viewer_worker(), $3)',
          ['00000000-0000-4000-8000-00000000aaaa', otherCase.id, to.id],
        ),
      ).toBe('1');
      const choose = 'insert into handover_note (handover_id, note_id) values ($1, $2)';
      expect(await run(choose, ['00000000-0000-4000-8000-00000000aaaa', foreign.id])).toBe(DENIED);
      expect(
        await run('update handover set accepted_at = now() where id = $1', [
          '00000000-0000-4000-8000-00000000aaaa',
        ]),
      ).toBe(DENIED);
      // A note of one case in the handover of another would open without having been accepted there.
      expect(await run(choose, ['00000000-0000-4000-8000-00000000aaaa', mine.id])).not.toBe('1');
    });
  });

  test('nobody puts themselves on duty to see who waits, and what is someone’s stays so', async () => {
    const waits = await one<{ id: string; person: string }>(
      `select r.id, r.person_id as person from appointment_request r join worker w on w.id = r.duty_worker_id
       where w.subject = 'worker.sevran' and r.status = 'WAITING' and r.case_id is null limit 1`,
    );
    for (const login of [
      'worker2.sevran',
      'trainee.sevran',
      'worker.gagny',
      'reception.gagny',
      'dpo',
      'admin',
    ])
      await as('cosmos_app', login, async ({ run }) => {
        const seen = await run(
          'update appointment_request set duty_worker_id = viewer_worker() where id = $1',
          [waits.id],
        );
        expect({ login, seen }).toEqual({ login, seen: '0' });
        expect(await run('select 1 from appointment_request where id = $1', [waits.id])).toBe('0');
        expect(await run(`select request_ranks(array[$1::uuid])`, [waits.id])).toBe('0');
      });
    // The head sees that they wait, and changes nothing.
    await as('cosmos_app', 'head.sevran', async ({ run }) => {
      expect(await run('select 1 from appointment_request where id = $1', [waits.id])).toBe('1');
      expect(await run('update appointment_request set version = version + 1')).toBe('0');
      expect(await run('select 1 from slot_offer')).toBe('0');
      expect(await run('select 1 from offer_skip')).toBe('0');
    });
  });

  test('urgency is judged, presence said and a request closed by whom it is for, whatever the statement', async () => {
    const waits = await one<{ id: string }>(
      `select r.id from appointment_request r join worker w on w.id = r.duty_worker_id
       where w.subject = 'worker.sevran' and r.status = 'WAITING' limit 1`,
    );
    const raised = 'P0001';
    const tried = async (login: string, set: string): Promise<string> =>
      as('cosmos_app', login, ({ run }) =>
        run(`update appointment_request set ${set}, version = version + 1 where id = $1`, [waits.id]),
      );
    const presence = `present_until = now() + interval '1 hour'`;
    expect(await tried('reception.sevran', `urgency = 'THIS_WEEK'`)).toBe(raised);
    expect(await tried('worker.sevran', `urgency = 'THIS_WEEK'`)).toBe('1');
    expect(await tried('worker.sevran', presence)).toBe(raised);
    expect(await tried('reception.sevran', presence)).toBe('1');
    const { id: deskless } = await one<{ id: string }>(`select id from worker where subject = 'agent-01'`);
    // The desk does not make someone urgent by putting a worker on duty who never judged it.
    expect(await tried('reception.sevran', `urgency = 'THIS_WEEK', duty_worker_id = '${deskless}'`)).toBe(
      raised,
    );
    for (const status of ['BOOKED', 'LAPSED'])
      expect(await tried('reception.sevran', `status = '${status}', closed_at = now()`)).toMatch(
        /^(P0001|23514)$/,
      );
    expect(await tried('reception.sevran', `status = 'WITHDRAWN', closed_at = now()`)).toBe('1');
    await as('cosmos_app', 'reception.sevran', async ({ run }) => {
      await run(
        `update appointment_request set status = 'WITHDRAWN', closed_at = now(), version = version + 1 where id = $1`,
        [waits.id],
      );
      expect(
        await run(
          `update appointment_request set status = 'WAITING', closed_at = null, version = version + 1 where id = $1`,
          [waits.id],
        ),
      ).toBe(raised);
    });
  });

  test('a person is named once, and another number said while they are there, whatever the statement', async () => {
    const { id: district } = await one<{ id: string }>(`select id from district where slug = 'sevran'`);
    const [mine, foreign] = await Promise.all([
      one<{ id: string }>('select id from person where district_id = $1 and not sensitive_file limit 1', [
        district,
      ]),
      one<{ id: string }>(
        `select p.id from person p join district d on d.id = p.district_id where d.slug = 'gagny'
           and not exists (select from appointment_person ap where ap.person_id = p.id and ap.district_id = $1) limit 1`,
        [district],
      ),
    ]);
    await as('cosmos_app', 'reception.sevran', async ({ run }) => {
      const ask = (columns: Record<string, unknown>): Promise<string> => {
        const row = { id: crypto.randomUUID(), district_id: district, type_code: 'PHONE_CALL', ...columns };
        const names = Object.keys(row);
        return run(
          `insert into appointment_request (${names.join(', ')}) values (${names.map((_, nth) => `$${nth + 1}`).join(', ')})`,
          Object.values(row),
        );
      };
      const id = crypto.randomUUID();
      const change = (set: string): Promise<string> =>
        run(`update appointment_request set ${set}, version = version + 1 where id = $1`, [id]);
      // Nobody is found again by nothing: the database draws a reference. Who is known has no other name; what is a person's takes one.
      expect(await ask({})).toBe('1');
      expect(await ask({ reference: 'D-RAW0-RAW0-00' })).toBe(DENIED);
      expect(await ask({ person_id: mine.id, called_name: 'Étoile' })).toBe('23514');
      expect(await ask({ show_online: true })).toBe('23514');
      expect(await ask({ contact: 'LETTER', phone: '1' })).toBe('23514');
      expect(await ask({ contact: 'NEUTRAL_TEXT' })).toBe('23514');
      expect(await ask({ id, contact: 'VOICE_TO_ME_ONLY', phone: '1' })).toBe('1');
      expect(await change(`phone = '2'`)).toBe('P0001');
      expect(await change(`contact = 'NEUTRAL_TEXT'`)).toBe('P0001');
      expect(await change(`reference = 'D-OTHE-ROTH-00'`)).toBe(DENIED);
      expect(await change(`present_until = now() + interval '1 hour'`)).toBe('1');
      expect(await change(`phone = '2'`)).toBe('1');
      expect(await change(`person_id = '${foreign.id}', phone = null, contact = 'NONE'`)).toBe('P0001');
      expect(await change(`person_id = '${mine.id}', phone = null, contact = 'NONE'`)).toBe('1');
      expect(await change('person_id = null')).toBe('P0001');
    });
  });

  test('a person asks for themselves alone, says neither urgency nor who is on duty, and answers nobody else’s', async () => {
    const [gagny, sevran] = await Promise.all(
      ['gagny', 'sevran'].map((slug) =>
        one<{ id: string }>('select id from district where slug = $1', [slug]),
      ),
    );
    const [me, other, worker] = await Promise.all([
      one<{ id: string }>('select person_id as id from person_account limit 1'),
      one<{ id: string }>(
        'select id from person p where not exists (select from person_account a where a.person_id = p.id) limit 1',
      ),
      one<{ id: string }>(`select id from worker where subject = 'worker.sevran'`),
    ]);
    await as('cosmos_app', 'person.sevran', async ({ run }) => {
      const ask = (columns: Record<string, unknown>): Promise<string> => {
        const row = {
          id: crypto.randomUUID(),
          district_id: gagny?.id,
          person_id: me.id,
          type_code: 'PHONE_CALL',
          show_online: true,
          ...columns,
        };
        const names = Object.keys(row);
        return run(
          `insert into appointment_request (${names.join(', ')}) values (${names.map((_, nth) => `$${nth + 1}`).join(', ')})`,
          Object.values(row),
        );
      };
      expect(await ask({})).toBe('1');
      expect(await ask({ person_id: other.id })).toBe(DENIED);
      expect(await ask({ show_online: false })).toBe(DENIED);
      expect(await ask({ urgency: 'TODAY' })).toMatch(/^(P0001|42501)$/);
      expect(await ask({ duty_worker_id: worker.id })).toMatch(/^(P0001|42501)$/);
      for (const set of [
        `duty_worker_id = '${worker.id}'`,
        'show_online = false',
        `urgency = 'TODAY'`,
        'present_until = now()',
      ])
        expect({
          set,
          answer: await run(`update appointment_request set ${set}, version = version + 1`),
        }).toEqual({
          set,
          answer: 'P0001',
        });
      expect(await run('update slot_offer set told_at = now()')).toBe('0');
      expect(await run('select 1 from appointment_request where district_id = $1', [sevran?.id])).toBe('1');
    });
    const offer = await one<{ id: string }>(
      `select o.id from slot_offer o join appointment_request r on r.id = o.request_id where not r.show_online limit 1`,
    );
    for (const login of ['person.sevran', 'head.sevran', 'worker2.sevran', 'admin', 'client.integration'])
      await as('cosmos_app', login, async ({ rows }) => {
        expect(await rows('select answer_offer($1, 1, true) as came', [offer.id])).toEqual([
          { came: { outcome: 'UNKNOWN' } },
        ]);
      });
  });

  test('nobody makes themselves a participant of an appointment, to see who comes', async () => {
    const appointment = await one<{ id: string; person: string }>(
      `select a.id, ap.person_id as person from appointment a join appointment_person ap on ap.appointment_id = a.id join district d on d.id = a.district_id
       join person p on p.id = ap.person_id where d.slug = 'gagny' and a.ends_at > now() limit 1`,
    );
    for (const login of ['worker.sevran', 'admin', 'dpo', 'trainee.sevran']) {
      await as('cosmos_app', login, async ({ run }) => {
        expect(await run('select 1 from person where id = $1', [appointment.person])).toBe('0');
        await run('insert into appointment_worker (appointment_id, worker_id) values ($1, viewer_worker())', [
          appointment.id,
        ]);
        expect({
          login,
          seesPerson: await run('select 1 from person where id = $1', [appointment.person]),
        }).toEqual({ login, seesPerson: '0' });
      });
    }
  });

  test('nobody adds a person to a case of theirs, to read of them, but by look-up', async () => {
    const secret = await one<{ id: string }>(
      `select pa.person_id as id from person_address pa join person p on p.id = pa.person_id join district d on d.id = p.district_id
       where pa.confidential and d.slug = 'gagny' limit 1`,
    );
    await as('cosmos_app', 'worker.sevran', async ({ run }) => {
      expect(await run('select 1 from person where id = $1', [secret.id])).toBe('0');
      await run(
        `insert into case_person (case_id, person_id) select id, $1 from "case" where assigned_worker_id = viewer_worker() limit 1`,
        [secret.id],
      );
      expect(await run('select 1 from person_address where person_id = $1', [secret.id])).toBe('0');
    });
  });

  test('nobody adds a person to an appointment of theirs, to read of them, but by look-up', async () => {
    const secret = await one<{ id: string }>(
      `select p.id from person p join district d on d.id = p.district_id where d.slug = 'gagny' and not exists (
         select from appointment_person ap join appointment a on a.id = ap.appointment_id where ap.person_id = p.id and a.district_id <> p.district_id) limit 1`,
    );
    await as('cosmos_app', 'worker.sevran', async ({ run }) => {
      await run(
        `insert into appointment_person (appointment_id, person_id) select id, $1 from appointment
        where viewer_worker() = any (worker_ids) and ends_at > now() limit 1`,
        [secret.id],
      );
      expect(await run('select 1 from person where id = $1', [secret.id])).toBe('0');
    });
  });

  test('who cannot read an address cannot change it, even by a statement that reads nothing', async () => {
    await as('cosmos_app', 'reception.sevran', async ({ run }) => {
      const readable = await run('select 1 from person_address');
      expect({ changed: await run(`update person_address set line = 'x'`) }).toEqual({ changed: readable });
    });
  });

  test('a person frees nobody’s time, even by a statement that reads nothing', async () => {
    await as('cosmos_app', 'person.sevran', async ({ run }) => {
      expect(await run('delete from occupancy')).toBe('0');
    });
  });

  test('a bare update by the desk leaves sensitive files alone', async () => {
    const client = new pg.Client({ connectionString: database.urlAs('cosmos_app') });
    await client.connect();
    try {
      await client.query('begin');
      await logIn(client, { subject: 'reception.sevran', scopes: ['persons:read', 'persons:write'] });
      const changed = (await client.query(`update person set phone = null`)).rowCount;
      await client.query('rollback');
      const plain = await one<{ count: number }>(
        `select count(*)::integer as count from person p join district d on d.id = p.district_id where d.slug = 'sevran' and not p.sensitive_file`,
      );
      expect(changed).toBe(plain.count);
    } finally {
      await client.end();
    }
  });

  describe('an administrator takes rights away and gives none back alone', () => {
    test('an ended membership stays ended', async () => {
      await database.sql(`update membership set ends_at = now() - interval '1 minute' where id = (select m.id from membership m
        join worker w on w.id = m.worker_id where w.subject = 'agent-05' and m.ends_at is null limit 1)`);
      await as('cosmos_app', 'admin', async ({ run, rows }) => {
        const ended = await rows(
          `select id from membership where ends_at < now() order by ends_at desc limit 1`,
        );
        expect(ended).toHaveLength(1);
        expect({
          revived: await run('update membership set ends_at = null where id = $1', [ended[0]?.['id']]),
        }).not.toEqual({ revived: '1' });
      });
    });
    test('a disabled worker stays disabled', async () => {
      await database.sql(`update worker set disabled_at = now() where subject = 'agent-04'`);
      await as('cosmos_app', 'admin', async ({ run }) => {
        expect(await run('update worker set disabled_at = null where disabled_at is not null')).toMatch(
          /^(0|[0-9A-Z]{5})$/,
        );
      });
    });
    test('a client gets no scope', async () => {
      await as('cosmos_app', 'admin', async ({ run }) => {
        expect({
          widened: await run(
            `update client set scopes = array_append(scopes, 'notes:read') where client_id = 'client.integration'`,
          ),
        }).not.toEqual({ widened: '1' });
      });
    });
    test('a membership is not made', async () => {
      await as('cosmos_app', 'admin', async ({ run }) => {
        expect(
          await run(
            `insert into membership (worker_id, role, starts_at) values (viewer_worker(), 'DATA_PROTECTION_OFFICER', now())`,
          ),
        ).toBe(DENIED);
      });
    });
  });
});
