import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { rowsOf } from '../support/county/rows.js';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { ago } from '../support/days.js';

/** The backfill of the migration `shares_of_the_waiting_list`: of the requests of a person for a type from one place, the first stays. */
let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

/** The part of the migration that was written by hand. */
function backfill(): string {
  const [name = ''] = readdirSync('prisma/migrations').filter((folder) =>
    folder.endsWith('_shares_of_the_waiting_list'),
  );
  const text = readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8');
  const end = 'alter table appointment_request force row level security;';
  return text.slice(text.indexOf('-- Says of each request'), text.indexOf(end) + end.length);
}

test('later requests of the same place lapse; other places, types and papers stay', async () => {
  const { sql } = database;
  const make = rowsOf(database);
  const district = (await county(database)).district('Sevran');
  const { id: districtId } = await district;
  const { id: personId } = await district.person();
  const { id: alice } = await district.worker('alice');
  const ask = (days: number, more: Record<string, unknown> = {}): Promise<string> =>
    make.appointmentRequest({
      districtId,
      personId,
      typeCode: 'FIRST_RECEPTION',
      askedAt: ago(days),
      ...more,
    });
  await sql('drop index appointment_request_once');
  const stay = [
    await ask(9),
    await ask(8, { typeCode: 'FOLLOW_UP' }),
    await ask(7, { dutyWorkerId: alice, dutyWorkerOnly: true }),
    await ask(6, { showOnline: true }),
  ];
  const lapse = [
    await ask(5),
    await ask(4, { dutyWorkerId: alice, dutyWorkerOnly: true }),
    await ask(3, { showOnline: true }),
  ];
  const papers = [1, 2].map(() => ask(2, { personId: null, reference: `D-${Math.random()}` }));
  stay.push(...(await Promise.all(papers)));
  const owner = new pg.Client({ connectionString: database.urlAs('cosmos_owner') });
  await owner.connect();
  await owner.query(backfill());
  await owner.end();
  const ids = async (status: string): Promise<readonly string[]> =>
    (await sql<{ id: string }>('select id from appointment_request where status::text = $1', [status])).map(
      ({ id }) => id,
    );
  expect([...(await ids('WAITING'))].sort()).toEqual([...stay].sort());
  expect([...(await ids('LAPSED'))].sort()).toEqual([...lapse].sort());
  expect(await sql('select from appointment_request where asked_from is null')).toHaveLength(2);
  // The lock of the table is back.
  expect(
    await sql(`select from pg_class where relname = 'appointment_request' and relforcerowsecurity`),
  ).toHaveLength(1);
});
