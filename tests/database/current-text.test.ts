import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type Catalog, differences, readCatalog } from '../../prisma/migration/catalog.js';
import { changedSince, composeMigration, freezeMigrations } from '../../prisma/migration/compose.js';
import { parseFile, readCurrentText } from '../../prisma/migration/current-text.js';
import { buildFromText, emptyDatabase, type Sources, sourcesIn } from '../../prisma/migration/databases.js';
import { projectRoot } from '../../src/database/project-root.js';

const server = process.env['COSMOS_TEST_SERVER'] ?? '';
const made: string[] = [];
const sources = sourcesIn(join(projectRoot, 'prisma'));

async function run(database: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.replace(/\w+$/, database) });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

async function databaseOf(template: string, name: string): Promise<string> {
  await run('postgres', `create database ${name} template ${template} strategy file_copy`);
  made.push(name);
  return server.replace(/\w+$/, name);
}

let byText: Catalog;
let byMigrations: Catalog;
let url: string;
beforeAll(async () => {
  url = await databaseOf('cosmos', `by_migrations_${process.pid}`);
  const name = `by_text_${process.pid}`;
  made.push(name);
  const built = await emptyDatabase(server, name);
  await buildFromText(built, sources);
  [byMigrations, byText] = [await readCatalog(url), await readCatalog(built)];
});
afterAll(async () => {
  for (const name of made) await run('postgres', `drop database if exists ${name} with (force)`);
});

/** What `npm run migrate` leaves beside the schema: the history of migrations, which no text makes. */
const ofTheSchema = (line: string): boolean => !line.includes('_prisma_migrations');

describe('the current text of the database', () => {
  test('makes the database that the migrations make', () => {
    expect(byText.size).toBeGreaterThan(2_000);
    expect(differences(byMigrations, byText).filter(ofTheSchema)).toEqual([]);
  });

  test.each([
    [
      'function',
      `create or replace function age_band(p_born date, p_on date) returns text language sql immutable return 'none'`,
    ],
    ['owner', 'alter function login(text, bytea) owner to cosmos_owner'],
    ['grant of a function', 'grant execute on function reset_note_readers(uuid) to cosmos_app'],
    ['policy', 'alter policy need_all on need using (true)'],
    ['policy that is gone', 'drop policy need_all on need'],
    ['trigger', 'alter table interview_note disable trigger note_takes_its_case'],
    ['force', 'alter table interview_note no force row level security'],
    ['grant of a table', 'grant update on access_log to cosmos_app'],
    ['grant of a column', 'grant update (reader_id) on interview_note to cosmos_app'],
    ['constraint', 'alter table release drop constraint release_takes_two'],
    ['partial index', 'drop index release_waits'],
    ['default', 'alter table person alter column confirm_nothing set default true'],
  ])('is told from one that differs by a %s', async (what, change) => {
    const name = `differs_${process.pid}_${what.replaceAll(' ', '_')}`;
    const changed = await databaseOf(`by_migrations_${process.pid}`, name);
    await run(name, change);
    expect(differences(await readCatalog(changed), byText).filter(ofTheSchema)).toHaveLength(1);
  });

  test('says the rights of a table, and its policies, in one file', async () => {
    const files = new Map<string, Set<string>>();
    for (const { step, object, place } of await readCurrentText(sources.sqlFolder)) {
      if (step !== 'policy' && (step !== 'table rights' || object.endsWith('_seq'))) continue;
      const table = object.slice(object.lastIndexOf(' ') + 1);
      files.set(table, (files.get(table) ?? new Set()).add(place.slice(0, place.lastIndexOf(':'))));
    }
    expect([...files].filter(([, of]) => of.size !== 1 || ![...of][0]?.endsWith('/policies.sql'))).toEqual(
      [],
    );
    expect(files.size).toBeGreaterThan(80);
  });

  test('holds each object once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cosmos-sql-'));
    const twice = 'create function twice() returns integer language sql return 1;\n';
    await writeFile(join(folder, 'a.sql'), `-- The first.\n${twice}`);
    await writeFile(join(folder, 'b.sql'), `\n\n-- The second.\n${twice}`);
    await expect(readCurrentText(folder)).rejects.toThrow(
      'b.sql:4: function twice() stands in a.sql:2 already',
    );
    await rm(folder, { recursive: true });
  });

  test.each([
    ['an insert', `insert into district default values`],
    ['two constraints at once', 'alter table a add constraint b check (true), add constraint c check (true)'],
    ['a grant on two tables', 'grant select on a, b to cosmos_app'],
  ])('has no place for %s, and says where it stands', async (_what, statement) => {
    await expect(parseFile('case/policies.sql', `\n${statement};`)).rejects.toThrow(
      'case/policies.sql:2: only one',
    );
  });
});

describe('a migration', () => {
  let folder: string;
  let copy: Sources;
  let composed = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cosmos-prisma-'));
    await cp(join(projectRoot, 'prisma'), folder, { recursive: true });
    copy = sourcesIn(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function edit(file: string, before: string | RegExp, after: string): Promise<void> {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    expect(text).toMatch(before);
    await writeFile(path, text.replace(before, after));
  }

  async function compose(name: string, mayDrop: readonly string[] = []): Promise<readonly string[]> {
    // Later than the one before: a migration is named by its time.
    composed += 10_000;
    const { written, left } = await composeMigration(
      server,
      copy,
      name,
      mayDrop,
      new Date(Date.now() + composed),
    );
    expect(left).toEqual([]);
    return Promise.all(
      written.map((one) => readFile(join(copy.migrationsFolder, one, 'migration.sql'), 'utf8')),
    );
  }

  const statements = (text: string | undefined): readonly string[] =>
    (text ?? '')
      .split('\n')
      .filter((line) => /^(set|create|alter|drop|grant|revoke|ALTER|CREATE|DROP)\b/.test(line));

  test('is not written where nothing has changed', async () => {
    expect(await compose('nothing')).toEqual([]);
  });

  test('has each changed object once, and waits for no lock for long', async () => {
    await edit(
      'sql/statistics/records.functions.sql',
      'create function age_band',
      '-- Another comment.\ncreate function age_band',
    );
    await edit(
      'schema.prisma',
      /^model Need \{$/m,
      'model Need {\n  doneOn DateTime? @map("done_on") @db.Date',
    );
    await edit(
      'sql/case/policies.sql',
      'grant select on need to cosmos_app;',
      'grant select on need to cosmos_app;\ngrant update (done_on) on need to cosmos_app;',
    );
    await edit(
      'sql/case/constraints.sql',
      /$/,
      "\nalter table need add constraint need_done check (done_on > date '2020-01-01');\n",
    );
    const [text] = await compose('needs_end');
    expect(statements(text)).toEqual([
      "set local lock_timeout = '5s';",
      'set local check_function_bodies = off;',
      'ALTER TABLE "need" ADD COLUMN     "done_on" DATE;',
      expect.stringContaining('alter table need add constraint need_done'),
      expect.stringMatching(/^revoke all on need from/),
      ...[
        ...(await readFile(join(folder, 'sql/case/policies.sql'), 'utf8')).matchAll(
          /^(?:alter table|grant)[^;]* need\b[^;]*;/gm,
        ),
      ].map(([statement]) => statement.split('\n')[0]),
    ]);
  });

  test('makes again what stands on a function whose arguments change, and drops what is gone', async () => {
    await edit(
      'sql/operation/functions.sql',
      /create function viewer_has_scope\((\w+) text\)/,
      'create function viewer_has_scope($1 text, p_more text default null)',
    );
    await edit('sql/statistics/policies.sql', /^create policy erratum_withdraw [^;]*;$/m, '');
    await expect(compose('scopes')).rejects.toThrow(
      'Processes of the last version call viewer_has_scope(text)',
    );
    const [text] = await compose('scopes', ['viewer_has_scope']);
    expect(text).toContain('drop policy erratum_withdraw on erratum;');
    expect(text).not.toContain('create policy erratum_withdraw');
    expect(text).toContain('drop policy erratum_sign on erratum;');
    expect(text).toContain('create policy erratum_sign on erratum');
  });

  test('gives a new value of an enum a migration of its own, which others can use', async () => {
    await edit('schema.prisma', /(enum SkipReason \{[^}]*)\}/, '$1  TOO_FAR\n}');
    await edit(
      'sql/waiting-list/constraints.sql',
      /$/,
      "\nalter table offer_skip add constraint offer_skip_near check (reason <> 'TOO_FAR');\n",
    );
    const [values, rest] = await compose('far');
    expect(values).toBe(`ALTER TYPE "SkipReason" ADD VALUE 'TOO_FAR';\n`);
    expect(rest).toContain('offer_skip_near');
  });

  test('that waits for a lock gives up, and changes nothing', async () => {
    const [last = ''] = (await readdir(copy.migrationsFolder)).filter((name) => name.endsWith('_needs_end'));
    const text = await readFile(join(copy.migrationsFolder, last, 'migration.sql'), 'utf8');
    const name = `locked_${process.pid}`;
    const locked = await databaseOf('cosmos', name);
    const reader = new pg.Client({ connectionString: locked });
    await reader.connect();
    await reader.query('begin; select count(*) from need');
    await expect(run(name, text.replace("'5s'", "'50ms'"))).rejects.toMatchObject({ code: '55P03' });
    await reader.end();
    expect(differences(await readCatalog(locked), byMigrations)).toEqual([]);
  });

  test('that was released stays as it is', async () => {
    expect(await changedSince(sources.migrationsFolder)).toEqual([]);
    expect(await freezeMigrations(copy.migrationsFolder)).not.toEqual([]);
    expect(await changedSince(copy.migrationsFolder)).toEqual([]);
    const [first = ''] = (await readdir(copy.migrationsFolder)).filter((name) => name.endsWith('_baseline'));
    await edit(`migrations/${first}/migration.sql`, /$/, '\n');
    expect(await changedSince(copy.migrationsFolder)).toEqual([`${first}/migration.sql`]);
    expect(await freezeMigrations(copy.migrationsFolder)).toEqual([]);
    expect(await changedSince(copy.migrationsFolder)).toEqual([`${first}/migration.sql`]);
  });
});
