import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { readCurrentText } from '../../prisma/migration/current-text.js';
import { projectRoot } from '../../src/database/project-root.js';
import { diffToSchema } from '../../src/database/schema-engine.js';

const SCHEMA_FILE = join(projectRoot, 'prisma', 'schema.prisma');

/** Indexes that stand in `prisma/sql/` only. The client has no use for them, so the schema need not name them. */
const ONLY_IN_SQL = (await readCurrentText(join(projectRoot, 'prisma', 'sql')))
  .filter(({ step }) => step === 'index')
  .map(({ object }) => object);

const server = process.env['COSMOS_TEST_SERVER'] ?? '';
const scratch = `cosmos_schema_${process.pid}`;
let folder: string;

function urlOf(database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function run(database: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(database) });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** What the engine would do to bring the scratch database to the schema, statement by statement. */
async function differences(schemaFile: string): Promise<readonly string[]> {
  const script = await diffToSchema({ connectionString: urlOf(scratch) }, schemaFile);
  const allowed = new Set(ONLY_IN_SQL.map((name) => `DROP INDEX "${name}";`));
  return script
    .split(/^-- .*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '' && !allowed.has(statement));
}

// The engine sees tables, columns, types, nullability, defaults, keys, enums and plain indexes. It passes over checks,
// exclusion constraints, policies, triggers, functions and indexes on expressions: those have tests of their own.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cosmos-schema-'));
  // A copy, from the server's other database: a connection to `cosmos` would keep other tests from copying it.
  await run('postgres', `create database ${scratch} template cosmos`);
});

afterAll(async () => {
  await run('postgres', `drop database if exists ${scratch}`);
  await rm(folder, { recursive: true, force: true });
});

test('the migrations lead to schema.prisma', async () => {
  expect(await differences(SCHEMA_FILE)).toEqual([]);
});

test.each([
  ['column', 'alter table worker add column shoe_size integer', 'alter table worker drop column shoe_size'],
  [
    'default',
    `alter table person alter column safe_contact set default 'LETTER'`,
    `alter table person alter column safe_contact set default 'NONE'`,
  ],
  [
    'nullable column',
    'alter table need alter column code drop not null',
    'alter table need alter column code set not null',
  ],
  ['table', 'create table forgotten (id uuid primary key)', 'drop table forgotten'],
  ['index', 'create index forgotten on person (phone)', 'drop index forgotten'],
])('is told what only the migrations have: %s', async (_what, change, undo) => {
  await run(scratch, change);
  try {
    expect(await differences(SCHEMA_FILE)).toHaveLength(1);
  } finally {
    await run(scratch, undo);
  }
  expect(await differences(SCHEMA_FILE)).toEqual([]);
});

test.each([
  [
    'column',
    /^model Worker \{$/m,
    'model Worker {\n  shoeSize Int? @map("shoe_size")',
    /ADD COLUMN +"shoe_size" INTEGER/,
  ],
  [
    'index',
    /^ {2}@@unique\(\[issuer, subject\]\)\n {2}@@index\(\[personId\]\)$/m,
    '  @@unique([issuer, subject])\n  @@index([personId])\n  @@index([issuer])',
    /CREATE INDEX/,
  ],
  ['enum value', /^enum Mission \{$/m, 'enum Mission {\n  SHOES', /ADD VALUE 'SHOES'/],
  ['rule of deletion', /onDelete: Restrict/, 'onDelete: Cascade', /ON DELETE CASCADE/],
])('is told what only the schema has: %s', async (what, found, put, statement) => {
  const schema = await readFile(SCHEMA_FILE, 'utf8');
  expect(schema).toMatch(found);
  const changed = join(folder, `${what.replaceAll(' ', '-')}.prisma`);
  await writeFile(changed, schema.replace(found, put));
  expect((await differences(changed)).join('\n')).toMatch(statement);
});
