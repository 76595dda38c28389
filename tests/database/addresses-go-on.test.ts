import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { county } from '../support/county.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** The backfill of the migration `nobody_tells_him`: covered persons stay covered, and typed places leave their rows. */
let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

/** The part of the migration that was written by hand. */
function backfill(): string {
  const [name = ''] = readdirSync('prisma/migrations').filter((folder) =>
    folder.endsWith('_nobody_tells_him'),
  );
  const text = readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8');
  return text.slice(text.indexOf('-- By hand. Until now a confidential'));
}

test('each person of such a case has a row, texts are still sent, and the readers of a place still read it', async () => {
  const { sql } = database;
  const district = (await county(database)).district('Sevran');
  const { id: districtId } = await district;
  const builder = district.worker('alice');
  const { id: alice } = await builder;
  const { id: bruno } = await district.worker('bruno');
  const file = await builder.case();
  const { id: husband } = await district.person();
  const { id: other } = await district.person();
  await sql('insert into case_person (case_id, person_id) values ($1, $2)', [file.id, husband]);
  await sql(
    `insert into person_address (person_id, line, confidential, case_id) values ($1, '7 impasse du Refuge', true, $2)`,
    [file.personId, file.id],
  );
  // The version before kept a typed place in the row, and withheld another one for the readers of the address.
  await sql('alter table appointment disable trigger place_is_withheld');
  await sql(
    `insert into appointment (id, district_id, type_code, starts_at, ends_at, place, place_by_id) values
       ('00000000-0000-4000-8000-00000000000a', $1, 'FIRST_RECEPTION', now() + interval '1 day', now() + interval '25 hours', 'Café', $2),
       ('00000000-0000-4000-8000-00000000000b', $1, 'FIRST_RECEPTION', now() + interval '2 days', now() + interval '49 hours', null, $2)`,
    [districtId, alice],
  );
  await sql(
    `insert into appointment_worker (appointment_id, worker_id) select id, w from appointment, unnest($1::uuid[]) w`,
    [[alice, bruno]],
  );
  await sql('alter table appointment enable trigger place_is_withheld');
  await sql(
    `insert into withheld_place (appointment_id, place, reader_keys, worker_ids)
     values ('00000000-0000-4000-8000-00000000000b', 'Foyer', array[$1 || ':' || $2], array[$1, $3]::uuid[])`,
    [alice, districtId, bruno],
  );

  const owner = new pg.Client({ connectionString: database.urlAs('cosmos_owner') });
  await owner.connect();
  await owner.query(backfill());
  await owner.end();

  const rows = await sql<{ personId: string }>(
    `select person_id as "personId", line, confidential, contact_named as named, assigned_worker_id as reader from person_address`,
  );
  const covered = { line: '7 impasse du Refuge', confidential: true, named: true, reader: alice };
  expect(rows).toHaveLength(2);
  for (const personId of [file.personId, husband]) expect(rows).toContainEqual({ personId, ...covered });
  expect(rows.map(({ personId }) => personId)).not.toContain(other);
  expect(await sql('select place from appointment where place is not null and places is null')).toEqual([]);
  const places = await sql<{ readers: string[] }>(
    'select place, worker_ids as readers, typed_by_id as "by", is_home as home from withheld_place order by place',
  );
  expect(places.map((row) => ({ ...row, readers: row.readers.sort() }))).toEqual([
    { place: 'Café', readers: [alice, bruno].sort(), by: alice, home: false },
    // A worker who could not read the address before does not read the place now.
    { place: 'Foyer', readers: [alice], by: alice, home: false },
  ]);
  const forced = await sql(
    `select relname from pg_class where relforcerowsecurity
       and relname in ('appointment', 'case', 'case_person', 'person', 'person_address', 'withheld_place')`,
  );
  expect(forced).toHaveLength(6);
});
