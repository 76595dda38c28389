import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** Rows carry copies of their case's columns. A case that changes hands while a row is being written takes it along. */
let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

async function session(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return client;
}

describe('while a case changes hands, a row that is being written', () => {
  test('waits or is waited for, and goes with the case', async () => {
    const sevran = (await county(database)).district('Sevran');
    const { id: districtId } = await sevran;
    const before = sevran.worker('alice');
    const file = await before.case();
    const { id: alice } = await before;
    const { id: bruno } = await sevran.worker('bruno');
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
      const reassigned = (async () => {
        await head.query('begin');
        await head.query('update assignment set ends_at = now() where case_id = $1 and ends_at is null', [
          file.id,
        ]);
        await head.query('insert into assignment (case_id, worker_id) values ($1, $2)', [file.id, bruno]);
        await head.query('commit');
      })();
      // Long enough for the head's statement to reach the database, and to wait there.
      await new Promise((resolve) => setTimeout(resolve, 200));
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
       union all select 'note', reader_id from interview_note where case_id = $1`,
      [file.id],
    );
    expect(Object.fromEntries(rows.map(({ what, worker }) => [what, worker]))).toEqual({
      case: bruno,
      need: bruno,
      appointment: bruno,
      'who came': bruno,
      // Rule 1: what was written before is nobody's now.
      note: null,
    });
  });
});
