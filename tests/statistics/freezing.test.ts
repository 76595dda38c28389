import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { logInJobs } from '../../src/database/jobs-pool.js';
import { freezeNextSnapshot, freezeSnapshots, OtherSecretError } from '../../src/jobs/freeze-snapshots.js';
import type { Requester } from '../support/app.js';
import { testProver } from '../support/login.js';
import {
  cellsOf,
  monthsAgo,
  raiseStatistics,
  refusalOf,
  SECRET,
  type StatisticsStage,
  TABLE,
} from './scene.js';
import type { Team } from './waiting-time/scene.js';

/** The first run freezes the whole period. No later run changes it: what is recorded late is in none of its figures. */
let stage: StatisticsStage;
let team: Team;
let reader: Requester;
const MONTH = monthsAgo(5);
const day = (nth: number): string => `${MONTH}-${String(1 + (nth % 28)).padStart(2, '0')}`;

beforeAll(async () => {
  stage = await raiseStatistics('VISITS', 'PERSONS_AT_RECEPTION');
  team = await stage.district(4);
  reader = await stage.app.as(`0.${team.name}`);
  for (let nth = 0; nth < 40; nth += 1)
    await stage.visit(team.id, day(nth), { person: await team.person(nth % 30), worker: team.worker(nth) });
});
afterAll(() => stage.close());

const ask = async (more: Record<string, unknown> = {}) =>
  reader.send(TABLE, { indicator: 'VISITS', period: MONTH, districtId: team.id, first: 100, ...more });
const count = async (table: string): Promise<number> => {
  const [row] = await stage.database.sql<{ count: number }>(
    `select count(*)::integer as count from ${table}`,
  );
  return row?.count ?? 0;
};

/** Every row of what is frozen. */
async function frozenRows(): Promise<string[]> {
  const rows = await stage.database.sql<{ row: string }>(
    'select to_jsonb(s)::text as row from snapshot s union all select to_jsonb(t)::text from snapshot_table t order by 1',
  );
  return rows.map(({ row }) => row);
}

/** What is told of every question, without the ids of rows. */
async function cellsOfAll(): Promise<unknown[]> {
  return stage.database.sql(
    `select s.period, i.code, t.district_id, t.dimensions, t.cells, t.bases
     from snapshot_table t join snapshot s on s.id = t.snapshot_id join indicator i on i.id = t.indicator_id order by 1, 2, 3, 4`,
  );
}

/** Takes back what is frozen, which the product never does. */
async function thaw(): Promise<void> {
  const tables = ['snapshot_table', 'snapshot_dimension', 'snapshot'];
  for (const table of tables) await stage.database.sql(`alter table ${table} disable trigger all`);
  for (const table of tables) await stage.database.sql(`delete from ${table}`);
  for (const table of tables) await stage.database.sql(`alter table ${table} enable trigger all`);
}

describe('what is due', () => {
  test.each([
    ['2026-03-01', '2026-04-01', '2026-04-10'],
    ['2026-12-01', '2027-01-01', '2027-01-10'],
    ['2026-01-01', '2026-04-01', '2026-04-10'],
    ['2026-01-01', '2027-01-01', '2027-02-10'],
  ])('from %s until %s is frozen from %s on', async (from, until, due) => {
    const [row] = await stage.database.sql(`select snapshot_due($1, $2)::text as due`, [from, until]);
    expect(row).toEqual({ due });
  });
});

describe('freezing', () => {
  test('what is not frozen is not answered', async () => {
    expect(refusalOf(await ask())).toEqual(['STATISTICS_REFUSED', 'NOT_FROZEN', 'period']);
  });

  test('a job that dies halfway leaves nothing, and the next does it all', async () => {
    const client = new pg.Client({ connectionString: stage.database.urlAs('cosmos_jobs') });
    client.on('error', () => undefined);
    await client.connect();
    await logInJobs(client, testProver());
    await client.query('begin isolation level repeatable read');
    expect(await freezeNextSnapshot(client, SECRET)).toBe(true);
    const {
      rows: [own],
    } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    await stage.database.sql('select pg_terminate_backend($1)', [own?.pid]);
    expect([await count('snapshot'), await count('snapshot_table')]).toEqual([0, 0]);
    await stage.freezeUntil(MONTH);
    expect(await count('snapshot')).toBeGreaterThan(1);
  });

  test('what is recorded late is in no figure of the period, and changes no byte of it', async () => {
    const [before, rows] = [await ask(), await frozenRows()];
    expect(Math.abs(Number(cellsOf(before)['']) - 40)).toBeLessThanOrEqual(30);
    for (let nth = 0; nth < 40; nth += 1)
      await stage.visit(team.id, day(nth), { person: await team.person(nth), worker: team.worker(nth) });
    // And one of those who were counted objects: a figure that changed would point at them.
    await stage.database.sql('update person set statistics_objection_on = current_date where id = $1', [
      await team.person(3),
    ]);
    await stage.freeze();
    expect((await ask()).text).toBe(before.text);
    const after = await frozenRows();
    expect(rows.filter((row) => !after.includes(row))).toEqual([]);
  });

  test('who recorded what changes no byte: no cell is withheld since one colleague did nothing', async () => {
    await thaw();
    await stage.freeze();
    const rows = await cellsOfAll();
    await thaw();
    await stage.database.sql('alter table visit disable trigger user');
    await stage.database.sql('update visit set worker_id = $1 where worker_id is not null', [team.worker(0)]);
    await stage.database.sql('alter table visit enable trigger user');
    await stage.freeze();
    expect(await cellsOfAll()).toEqual(rows);
  });

  test('then nothing is due, and another run writes nothing', async () => {
    await stage.freeze();
    const before = await count('snapshot_table');
    expect(await stage.freeze()).toBe(0);
    expect(await count('snapshot_table')).toBe(before);
  });

  test('with another secret nothing is frozen', async () => {
    await stage.database.sql(
      `do $$ begin alter table snapshot disable trigger all; alter table snapshot_dimension disable trigger all; alter table snapshot_table disable trigger all; end $$`,
    );
    for (const table of ['snapshot_table', 'snapshot_dimension'])
      await stage.database.sql(
        `delete from ${table} t using snapshot s where s.id = t.snapshot_id and s.period = $1`,
        [MONTH],
      );
    await stage.database.sql('delete from snapshot where period = $1', [MONTH]);
    await stage.database.sql(
      `do $$ begin alter table snapshot enable trigger all; alter table snapshot_dimension enable trigger all; alter table snapshot_table enable trigger all; end $$`,
    );
    await expect(freezeSnapshots(stage.jobs, Buffer.alloc(32, 9))).rejects.toThrow(OtherSecretError);
    expect(await stage.database.sql('select from snapshot where period = $1', [MONTH])).toEqual([]);
  });

  test('two jobs at once freeze it once', async () => {
    const frozen = await Promise.all(
      [1, 2, 3, 4].map(() => freezeSnapshots(stage.jobs, SECRET).catch(() => 0)),
    );
    expect(frozen.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(await stage.database.sql('select from snapshot where period = $1', [MONTH])).toHaveLength(1);
  });
});

describe('what was frozen stays', () => {
  test.each(['snapshot', 'snapshot_dimension', 'snapshot_table'])(
    '%s is neither changed nor deleted, by its owner either',
    async (table) => {
      await expect(
        stage.database.sql(
          `update ${table} set ${table === 'snapshot' ? 'frozen_on = frozen_on' : 'snapshot_id = snapshot_id'}`,
        ),
      ).rejects.toThrow('what was frozen stays');
      await expect(stage.database.sql(`delete from ${table}`)).rejects.toThrow('what was frozen stays');
    },
  );

  test('the jobs add nothing to it', async () => {
    const [frozen] = await stage.database.sql<{ id: string }>('select id from snapshot limit 1');
    await expect(
      stage.jobs.query('select write_snapshot_tables($1, $2)', [frozen?.id, '[]']),
    ).rejects.toThrow('this snapshot is frozen');
    await expect(
      stage.jobs.query(`select write_snapshot_dimension($1, 'X', 'x', 'x', '{a}', '{a}', '{a}')`, [
        frozen?.id,
      ]),
    ).rejects.toThrow('this snapshot is frozen');
    for (const table of ['snapshot', 'snapshot_table', 'visit', 'person'])
      await expect(stage.jobs.query(`select from ${table}`)).rejects.toThrow('permission denied');
  });

  test('it has these columns: no worker, no name, no reference, no key of a record', async () => {
    const columns = await stage.database.sql<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'public' and table_name like 'snapshot%' order by 1`,
    );
    expect(columns.map(({ name }) => name)).toEqual([
      'snapshot.ends_on',
      'snapshot.frozen_on',
      'snapshot.id',
      'snapshot.method_version',
      'snapshot.period',
      'snapshot.secret_mark',
      'snapshot.starts_on',
      'snapshot_dimension.categories',
      'snapshot_dimension.categories_en',
      'snapshot_dimension.categories_fr',
      'snapshot_dimension.code',
      'snapshot_dimension.label_en',
      'snapshot_dimension.label_fr',
      'snapshot_dimension.snapshot_id',
      'snapshot_table.bases',
      'snapshot_table.cells',
      'snapshot_table.dimensions',
      'snapshot_table.district_id',
      'snapshot_table.id',
      'snapshot_table.indicator_id',
      'snapshot_table.parts',
      'snapshot_table.snapshot_id',
    ]);
    const references = await stage.database.sql<{ to: string }>(
      `select distinct confrelid::regclass::text as to from pg_constraint
       where contype = 'f' and conrelid::regclass::text like 'snapshot%' order by 1`,
    );
    expect(references.map(({ to }) => to)).toEqual(['district', 'indicator', 'snapshot']);
  });

  test('nothing in it is an id, a name or a reference of anyone', async () => {
    const held = await stage.database.sql<{ value: string }>(
      `select distinct v.value from (
         select to_jsonb(s) as row from snapshot s union all select to_jsonb(d) from snapshot_dimension d
         union all select to_jsonb(t) from snapshot_table t) r
       cross join lateral jsonb_path_query(r.row, '$.** ? (@.type() == "string")') j
       cross join lateral (select j #>> '{}' as value) v`,
    );
    const people = await stage.database.sql<{ value: string }>(
      `select id::text as value from person union select reference from person union select id::text from worker
       union select given_name from worker union select family_name from worker union select id::text from visit
       union select id::text from "case" union select reference from "case"`,
    );
    const known = new Set(people.map(({ value }) => value));
    expect(known.size).toBeGreaterThan(50);
    expect(held.map(({ value }) => value).filter((value) => known.has(value))).toEqual([]);
  });
});
