import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { migrate, projectRoot } from '../../src/database/migrate.js';
import { provisionRoles } from '../../src/database/roles.js';
import { applyMigrations } from '../../src/database/schema-engine.js';

/** A county that has data already is migrated as its owner does it: under forced row-level security, which hides rows without a word. */
const MIGRATIONS = join(projectRoot, 'prisma', 'migrations');
const PROGRAMME = '20261202001400_a_public_programme';
const name = `cosmos_filled_${process.pid}`;
const url = (process.env['COSMOS_TEST_SERVER'] ?? '').replace(/cosmos$/, name);
let folder: string;
let client: pg.Client;

beforeAll(async () => {
  const server = new pg.Client({ connectionString: url.replace(name, 'postgres') });
  await server.connect();
  await server.query(`create database ${name}`);
  await server.end();
  await provisionRoles(url);
  folder = await mkdtemp(join(tmpdir(), 'cosmos-migrations-'));
  for (const entry of await readdir(MIGRATIONS))
    if (entry < PROGRAMME || entry === 'migration_lock.toml')
      await cp(join(MIGRATIONS, entry), join(folder, entry), { recursive: true });
  await applyMigrations({ connectionString: url, options: '-c role=cosmos_owner' }, folder);
  client = new pg.Client({ connectionString: url });
  await client.connect();
}, 120_000);
afterAll(async () => {
  await client.end();
  const server = new pg.Client({ connectionString: url.replace(name, 'postgres') });
  await server.connect();
  await server.query(`drop database ${name} with (force)`);
  await server.end();
  await rm(folder, { recursive: true });
});

test('a public programme keeps the last version of a period and what a report cites, and nothing finer', async () => {
  await client.query(`set session_replication_role = replica`);
  await client.query(`
    insert into indicator (id, code, version, label_fr, label_en, definition_fr, counts_fr, does_not_count_fr, measure, unit, kind, dimensions,
        threshold, status, proposed_on, consulted_from, consulted_until, adopted_on, place)
      values ('00000000-0000-4000-8000-00000000001a', 'VISITS', 1, 'x', 'x', 'x', 'x', 'x', 'VISITS', 'VISIT', 'FLOW', '{VISIT_KIND,VISIT_OUTCOME}', 6, 'ADOPTED',
        '2024-11-04', '2024-12-02', '2024-12-20', '2025-01-01', 1);
    insert into snapshot (id, period, version, starts_on, ends_on, frozen_on, method_version, secret_mark) values
      ('00000000-0000-4000-8000-0000000000a1', '2025', 1, '2025-01-01', '2026-01-01', '2026-02-10', 2, 'x'),
      ('00000000-0000-4000-8000-0000000000a2', '2025', 2, '2025-01-01', '2026-01-01', '2026-05-10', 2, 'x'),
      ('00000000-0000-4000-8000-0000000000a3', '2025-06', 1, '2025-06-01', '2025-07-01', '2025-07-10', 2, 'x');
    insert into snapshot_table (id, snapshot_id, indicator_id, dimensions, cells)
      select gen_random_uuid(), s.id, '00000000-0000-4000-8000-00000000001a', d.dimensions::text[], array[s.version * 10]
      from snapshot s cross join (values ('{}'), ('{VISIT_KIND}'), ('{VISIT_KIND,VISIT_OUTCOME}')) d(dimensions);
    insert into activity_report (id, year, snapshot_version, social_workers, receptionists, published_on)
      values ('00000000-0000-4000-8000-0000000000ff', 2025, 1, 3, 1, '2026-03-01');
    insert into activity_report_table (report_id, table_id)
      select '00000000-0000-4000-8000-0000000000ff', id from snapshot_table where snapshot_id = '00000000-0000-4000-8000-0000000000a1' and dimensions = '{}';
    insert into handover_task (case_id, worker_id, to_worker_id, answer, closed_at)
      values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'NO', '2026-10-01')`);
  await client.query('set session_replication_role = origin');

  expect(await migrate(url)).toContain(PROGRAMME);

  const { rows } = await client.query<{ kept: string }>(
    `select concat_ws(' ', s.period, array_to_string(t.dimensions, '+'), t.cells[1], case when c.report_id is not null then 'cited' end) as kept
     from snapshot s join snapshot_table t on t.snapshot_id = s.id left join activity_report_table c on c.table_id = t.id order by 1`,
  );
  expect(rows.map(({ kept }) => kept.replace(/ +/g, ' '))).toEqual([
    '2025 20 cited',
    '2025 VISIT_KIND 20',
    '2025-06 10',
  ]);
  const { rows: indicators } = await client.query('select code, status::text, given_by::text from indicator');
  // Nothing is recorded here: nobody knows who feeds it.
  expect(indicators).toEqual([{ code: 'VISITS', status: 'ADOPTED', given_by: 'COUNTY' }]);
  // A no from before it had to be said why.
  const { rows: noes } = await client.query('select answer::text, reason::text from handover_task');
  expect(noes).toEqual([{ answer: 'NO', reason: 'OTHER' }]);
  const { rows: unforced } = await client.query(
    `select relname from pg_class where relrowsecurity and not relforcerowsecurity and relnamespace = 'public'::regnamespace`,
  );
  expect(unforced).toEqual([]);
});
