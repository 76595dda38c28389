import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** The backfill of the migration `team_options`: districts that had group meetings do not stop in the middle. */
let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
});
afterAll(() => database.drop());

/** The part of the migration that was written by hand. */
function backfill(): string {
  const [name = ''] = readdirSync('prisma/migrations').filter((folder) => folder.endsWith('_team_options'));
  const text = readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8');
  return text.slice(text.indexOf('-- By hand'));
}

test('a district with a group meeting in the last year has the option for 92 days, and no other district has', async () => {
  const { sql } = database;
  await sql('delete from team_option');
  await sql('update appointment_type set option = null');
  await sql(
    `insert into appointment (district_id, type_code, places, starts_at, ends_at)
     select d.id, 'INFORMATION_MEETING', 12, a.at, a.at + interval '90 minutes' from district d
     join (values ('sevran', now() - interval '300 days'), ('sevran', now() + interval '3 days'), ('gagny', now() - interval '400 days'))
       a (slug, at) on a.slug = d.slug`,
  );
  const owner = new pg.Client({ connectionString: database.urlAs('cosmos_owner') });
  await owner.connect();
  await owner.query(backfill());
  await owner.end();
  expect(
    await sql(
      `select d.slug, o.kind::text, o.status::text, o.ends_on - day_in_paris(now()) as days
       from team_option o join district d on d.id = o.district_id`,
    ),
  ).toEqual([{ slug: 'sevran', kind: 'GROUP_MEETING', status: 'ADOPTED', days: 92 }]);
  expect(await sql('select code from appointment_type where option is not null')).toEqual([
    { code: 'INFORMATION_MEETING' },
  ]);
  // The locks of both tables are back.
  expect(
    await sql(
      `select relname from pg_class where relname in ('appointment', 'team_option') and relforcerowsecurity order by 1`,
    ),
  ).toHaveLength(2);
});
