import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { MEASURES } from '../../src/statistics/measures.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { rowsOf } from '../support/county/rows.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { type Work, WorkObserver } from '../support/work.js';
import { type Facts, firstPage, type Listed, listedOperations, nextPage } from './listed-operations.js';
import { addManyRows } from './many-rows.js';

/** Tables that a county's work makes longer from year to year. */
const GROWING = new Set(
  `absence access_log act activity_report_table appointment appointment_notice appointment_participant appointment_person appointment_request appointment_worker
   assignment availability availability_occurrence
   availability_type calendar_feed case case_key case_person dispatch encounter encounter_key free_time handover handover_note handover_task
   incoming_request incoming_request_content indicator_observation interview_note need notice_deferral notice_receipt
   message notification occupancy offer_skip planned_reassignment online_booking organisation organisation_theme outside_calendar person person_address
   danger_statement erratum person_known referral referral_content referral_person relay release release_answer release_note release_review slot_offer snapshot_table
   suspension team_option team_vote telephone_cancellation unavailability visit
   wait_simulation waiting_day waiting_week`.split(/\s+/),
);
/**
 * Rows of growing tables read for each row of the page, and beside the page: a few links and conditions to a row; at
 * most what a district has booked ahead.
 */
const READ_PER_ROW = 16;
const READ_BESIDES = 120;
/** How often a measure reads a row of the tables that it reads, on average. */
const READ_PER_COUNT = 4;

/**
 * Every list that the API offers, among many rows: read by an index, and no more of it than a page needs.
 */
export function readByIndex(): void {
  let database: TestDatabase;
  let app: TestApp;
  let observer: WorkObserver;
  let facts: Facts;

  beforeAll(async () => {
    database = await cloneDatabase('cosmos_demo');
    await addManyRows(database);
    // The API's role may read no statistics. What it reads is counted here in its own transactions.
    await database.sql(
      `do $$ declare v_function regprocedure; begin
        for v_function in select oid from pg_proc where proname like 'pg\\_stat\\_get\\_xact%' loop
          execute format('grant execute on function %s to cosmos_app', v_function);
        end loop; end $$`,
    );
    facts = await findFacts();
    observer = new WorkObserver(database.name, database.urlAs('cosmos_app'));
    app = await startTestApp(database, { modules: 'own' });
  });
  afterAll(async () => {
    await observer?.stop();
    await app?.close();
    await database?.drop();
  });

  const DAY = 86_400_000;

  async function findFacts(): Promise<Facts> {
    const [ids] = await database.sql<Pick<Facts, 'district' | 'worker' | 'colleague' | 'absentWorker'>>(
      `select d.id as district, w.id as worker, (select id from worker where subject = 'worker2.sevran') as colleague, a.worker_id as "absentWorker" from district d
       join worker w on w.subject = 'worker.sevran' join absence a on a.district_id = d.id and a.ends_at > now()
       where d.slug = 'sevran'`,
    );
    const [one] = await database.sql<{ id: string; reference: string }>(
      `select c.id, c.reference from "case" c join worker w on w.id = c.assigned_worker_id and w.subject = 'worker.sevran'
       where c.status = 'OPEN' and (select count(*) from interview_note where case_id = c.id and reader_id = w.id) > 2
         and (select count(*) from appointment where case_id = c.id) > 2 order by c.reference limit 1`,
    );
    const [person] = await database.sql<Facts['person']>(
      `select id, given_name || ' ' || family_name as name, reference, extract(year from birth_date)::integer as "birthYear",
         phone from person where family_name is not null and birth_date is not null and phone is not null
         and not sensitive_file and district_id = $1 order by reference limit 1`,
      [ids?.district],
    );
    if (ids === undefined || one === undefined || person === undefined)
      throw new Error('the county lacks something');
    // Someone who is there now: the demonstration has nobody at a weekend.
    const [comes] = await database.sql<{ id: string }>(
      'select id from person where district_id = $1 and not sensitive_file order by id limit 1',
      [ids.district],
    );
    const present = await rowsOf(database).visit({ districtId: ids.district, personId: comes?.id });
    const urgent = await rowsOf(database).appointmentRequest({
      districtId: ids.district,
      personId: comes?.id,
      urgency: 'THIS_WEEK',
    });
    const at = (days: number): string => new Date(Date.now() + days * DAY).toISOString();
    return {
      ...ids,
      shared: 'agent-11',
      case: one.id,
      reference: one.reference,
      person,
      presentVisit: present,
      urgentRequest: urgent,
      past: at(-200),
      now: at(0),
      ahead: at(50),
    };
  }

  /** What is wrong with the work of an operation, in words; nothing if all is well. */
  function faults({ page }: Listed, { scanned, rows }: Work): string[] {
    const read = [...rows].filter(([table]) => GROWING.has(table));
    const total = read.reduce((sum, [, count]) => sum + count, 0);
    return [
      ...scanned.filter((table) => GROWING.has(table)).map((table) => `reads ${table} from end to end`),
      ...(total > READ_PER_ROW * page + READ_BESIDES
        ? [
            `reads ${total} rows for a page of ${page}: ${read.map(([table, count]) => `${table} ${count}`).join(', ')}`,
          ]
        : []),
    ];
  }

  async function faultsOf(listed: Listed): Promise<string[]> {
    const found: string[] = [];
    const asker = await app.as(listed.login);
    for (let page: Listed | null = firstPage(listed), nth = 0; page !== null && nth < 2; nth += 1) {
      const { name, document } = page;
      const { answer, work } = await observer.observe(() => asker.send(document));
      const codes = answer.codes.filter((code) => code !== 'FORBIDDEN');
      if (answer.data == null || codes.length > 0)
        found.push(`${name}: answers ${answer.text.slice(0, 200)}`);
      found.push(...faults(page, work).map((fault) => `${name}: ${fault}`));
      page = nextPage(page, answer.data);
    }
    return found;
  }

  describe('every list, filter, sort and cursor', () => {
    test('is read by an index, and no more of it than a page needs', async () => {
      const found: string[] = [];
      for (const listed of listedOperations(facts)) found.push(...(await faultsOf(listed)));
      expect(found).toEqual([]);
    });

    test('without its index, a filter is found out', async () => {
      const all = listedOperations(facts).find(
        ({ name }) => name === 'cases of a mission, OPENED_AT_DESC, head.sevran',
      );
      if (all === undefined) throw new Error('the operation has another name now');
      await database.sql(
        'drop index case_assigned_worker_id_district_id_opened_at_id_idx, case_mine_open, case_unassigned',
      );
      try {
        expect((await faultsOf(all)).join('\n')).toMatch(/reads/);
      } finally {
        await database.sql('create index on "case" (assigned_worker_id, district_id, opened_at, id)');
      }
    });

    test('without theirs, who waits is found out', async () => {
      const waits = listedOperations(facts).find(({ name }) => name === 'who waits, head.sevran');
      if (waits === undefined) throw new Error('the operation has another name now');
      await database.sql(
        `drop index appointment_request_waiting, appointment_request_of_case_worker,
           appointment_request_of_duty_worker`,
      );
      expect((await faultsOf(waits)).join('\n')).toMatch(/reads/);
    });
  });

  /** What a statement reads of growing tables, by its counters in a transaction that is undone. */
  interface Read {
    readonly scanned: readonly string[];
    readonly rows: number;
    /** The number of rows that the tables have of which it read. */
    readonly held: number;
    readonly written: unknown;
  }

  async function readBy(statement: string): Promise<Read> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      await client.query('begin');
      const [answer] = (await client.query(statement)).rows;
      const { rows } = await client.query<{ relname: string; scans: number; count: number; held: number }>(
        `select s.relname, seq_scan::integer as scans, (seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as count, c.reltuples as held
         from pg_stat_xact_user_tables s join pg_class c on c.oid = s.relid where schemaname = 'public'`,
      );
      await client.query('rollback');
      const growing = rows.filter(({ relname }) => GROWING.has(relname));
      return {
        scanned: growing.filter(({ scans }) => scans > 0).map(({ relname }) => relname),
        rows: growing.reduce((sum, { count }) => sum + count, 0),
        held: growing.reduce((sum, { count, held }) => sum + (count > 0 ? held : 0), 0),
        written: answer.written,
      };
    } finally {
      await client.end();
    }
  }

  describe('booking', () => {
    test('asks of those who come whether they are sheltered, and reads no address of anyone else', async () => {
      const [one] = await database.sql('select person_id as id from person_address limit 1');
      const work = await readBy(`select is_sheltered('${one?.['id']}') as written`);
      expect(work.scanned).toEqual([]);
      expect(work.rows).toBeLessThan(20);
    });
  });

  describe('measuring waiting time', () => {
    /** The counters of another district than the demonstration's. */
    const other = async (): Promise<string> =>
      String((await database.sql(`select id from district where slug = 'more-12'`))[0]?.['id']);

    test('of a day reads the agendas of a district as far as the third free time, whatever else there is', async () => {
      const work = await readBy(
        `select measure_waiting_day('${await other()}', current_date + 1) as written`,
      );
      expect({ scanned: work.scanned, written: work.written }).toEqual({ scanned: [], written: 3 });
      expect(work.rows).toBeLessThan(400);
    });
  });

  describe('freezing statistics', () => {
    /** Six times as many appointments, as in a county: among fewer, the planner makes fewer mistakes. */
    beforeAll(async () => {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      await client.query(`begin; set local session_replication_role = replica;
        create temporary table copied on commit drop as
          select gen_random_uuid() as new_id, a.* from appointment a cross join generate_series(1, 5) where a.starts_at < now();
        insert into appointment (id, district_id, type_code, status, starts_at, ends_at, worker_ids)
          select new_id, district_id, type_code, status, starts_at, ends_at, worker_ids from copied where places is null;
        insert into appointment_person (appointment_id, person_id, district_id, worker_ids, known_until)
          select new_id, p.person_id, p.district_id, p.worker_ids, p.known_until from copied join appointment_person p on p.appointment_id = copied.id;
        commit`);
      await client.query('vacuum analyze appointment, appointment_person');
      await client.end();
    });

    test.each(Object.keys(MEASURES))(
      'counts %s without reading a table for each row of another',
      async (code) => {
        const work = await readBy(
          `select count(*)::integer as written from statistics_records('${code}', now() - interval '1 year', now(),
           array(select id from district))`,
        );
        expect(work.rows / work.held).toBeLessThan(READ_PER_COUNT);
      },
    );
  });

  describe('simulating the wait', () => {
    const asOf = `select d.id, day_in_paris(now()) as day from district d where d.slug = 'sevran'`;

    test('reads the days of the last 26 weeks, and none of the years before', async () => {
      const work = await readBy(
        `select cardinality(weeks_waited(of.id, 'FIRST_RECEPTION', of.day)) as written from (${asOf}) of`,
      );
      expect({ scanned: work.scanned, written: work.written }).toEqual({ scanned: [], written: 26 });
      expect(work.rows).toBeLessThan(26 * 7 + 20);
    });

    test('finds what is not worked out, and not what is', async () => {
      const work = await readBy(
        `select count(*)::integer as written from (select from wait_simulation s where s.days_now = '{}' order by s.asked_at limit 1) one`,
      );
      expect({ scanned: work.scanned, written: work.written }).toEqual({ scanned: [], written: 1 });
      expect(work.rows).toBeLessThan(20);
    });
  });
}
