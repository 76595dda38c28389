import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { rowsOf } from '../support/county/rows.js';
import { type CountyBuilder, county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/until.js';

/** Rows carry copies of their case's columns. A case that changes hands while a row is being written takes it along. */
let database: TestDatabase;
let built: CountyBuilder;
beforeAll(async () => {
  database = await cloneDatabase();
  built = await county(database);
});
afterAll(() => database.drop());

async function session(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return client;
}

describe('while a case changes hands, a row that is being written', () => {
  test('waits or is waited for, and goes with the case', async () => {
    const sevran = built.district('Sevran');
    const { id: districtId } = await sevran;
    const before = sevran.worker('alice');
    const file = await before.case();
    const { id: alice } = await before;
    const { id: bruno } = await sevran.worker('bruno');
    const encounter = randomUUID();
    const [writer, head] = [await session(), await session()];
    try {
      await writer.query('begin');
      await writer.query(
        `insert into need (id, case_id, code, starts_on) values (gen_random_uuid(), $1, (select min(code) from need_code), current_date)`,
        [file.id],
      );
      await writer.query(
        `insert into interview_note (id, case_id, author_id, district_id, body) values (gen_random_uuid(), $1, $2, $3, '\\x00')`,
        [file.id, alice, districtId],
      );
      await writer.query(
        `insert into appointment (id, district_id, case_id, type_code, starts_at, ends_at)
         values (gen_random_uuid(), $1, $2, 'FOLLOW_UP', now() + interval '1 day', now() + interval '25 hours')`,
        [districtId, file.id],
      );
      await writer.query(
        `insert into appointment_person (appointment_id, person_id) select id, $2 from appointment where case_id = $1`,
        [file.id, file.personId],
      );
      await writer.query(
        `insert into appointment_request (district_id, person_id, case_id, type_code) values ($1, $2, $3, 'FOLLOW_UP')`,
        [districtId, file.personId, file.id],
      );
      await writer.query('insert into encounter (id, district_id, held_by_id) values ($1, $2, $3)', [
        encounter,
        districtId,
        alice,
      ]);
      await writer.query('update encounter set case_id = $2 where id = $1', [encounter, file.id]);
      const { rows: own } = await head.query<{ pid: number }>('select pg_backend_pid() as pid');
      const reassigned = (async () => {
        await head.query('begin');
        await head.query('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [
          file.id,
        ]);
        await head.query('insert into assignment (case_id, worker_id) values ($1, $2)', [file.id, bruno]);
        await head.query('commit');
      })();
      await until('the head to wait for the writer', async () => {
        const [waits] = await database.sql(
          `select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'`,
          [own[0]?.pid],
        );
        return waits;
      });
      await writer.query('commit');
      await reassigned;
    } finally {
      await writer.end();
      await head.end();
    }
    const rows = await database.sql<{ what: string; worker: string | null }>(
      `select 'case' as what, assigned_worker_id as worker from "case" where id = $1
       union all select 'need', assigned_worker_id from need where case_id = $1
       union all select 'appointment', case_worker_id from appointment where case_id = $1
       union all select 'who came', ap.case_worker_id from appointment_person ap
         join appointment a on a.id = ap.appointment_id where a.case_id = $1
       union all select 'who waits', case_worker_id from appointment_request where case_id = $1
       union all select 'note', reader_id from interview_note where case_id = $1
       union all select 'encounter', reader_id from encounter where case_id = $1`,
      [file.id],
    );
    expect(Object.fromEntries(rows.map(({ what, worker }) => [what, worker]))).toEqual({
      case: bruno,
      need: bruno,
      appointment: bruno,
      'who came': bruno,
      'who waits': bruno,
      // Rule 1: what was written before is nobody's now.
      note: null,
      encounter: null,
    });
  });
});

describe('the place of someone who waits', () => {
  test('follows from when they asked and how urgent it is, whatever is written of it', async () => {
    const gagny = built.district('Gagny');
    const { id: districtId } = await gagny;
    const { id: personId } = await gagny.person();
    const id = await rowsOf(database).appointmentRequest({
      districtId,
      personId,
      askedAt: '2026-01-05T09:00:00Z',
      rankAt: '1990-01-01T00:00:00Z',
    });
    /** How many days before they asked. */
    const place = async (change: string): Promise<number> => {
      await database.sql(`update appointment_request set ${change} where id = $1`, [id]);
      const [row] = await database.sql<{ days: number }>(
        `select (extract(epoch from asked_at - rank_at) / 86400)::float8 as days from appointment_request where id = $1`,
        [id],
      );
      return row?.days ?? Number.NaN;
    };
    expect(await place('version = version')).toBe(0);
    expect(await place(`urgency = 'THIS_WEEK'`)).toBe(3650);
    expect(await place(`asked_at = '2026-02-05T09:00:00Z'`)).toBe(3650);
    expect(await place(`urgency = 'TODAY', rank_at = now()`)).toBe(7300);
    expect(await place(`urgency = 'ORDINARY'`)).toBe(0);
  });
});
