import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { migrate } from '../../src/database/migrate.js';
import { requireSameHistory } from '../../src/database/migration-history.js';
import { projectRoot } from '../../src/database/project-root.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await cloneDatabase();
  folder = await mkdtemp(join(tmpdir(), 'cosmos-migrations-'));
  await cp(join(projectRoot, 'prisma', 'migrations'), folder, { recursive: true });
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const compare = (): Promise<void> => requireSameHistory({ connectionString: database.url }, folder);

test('a database that these migrations have made is brought up to date', async () => {
  await compare();
  expect(await migrate(database.url)).toEqual([]);
});

test('a database that another text of a migration has made is not told that all is well', async () => {
  const [first = ''] = (await readdir(folder)).filter((name) => name.endsWith('_baseline'));
  await writeFile(join(folder, first, 'migration.sql'), 'select 1;');
  await expect(compare()).rejects.toThrow(`The database was migrated with another text of ${first}.`);
});

test('a database that a newer version has migrated is left alone', async () => {
  await database.sql(
    `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('later', '', '29991231000000_later', now())`,
  );
  await expect(compare()).rejects.toThrow('The database has the migration 29991231000000_later');
  await expect(migrate(database.url)).rejects.toThrow('a newer version has migrated it');
});

test('a database of before the baseline does not come over, and is told so', async () => {
  await database.sql(
    `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('first', '', '20261124000000_tables', now())`,
  );
  await expect(migrate(database.url)).rejects.toThrow('This database was made by version 0.1.0');
  expect(await database.sql('select from _prisma_migrations where finished_at is null')).toEqual([]);
});

test('a migration that was begun and rolled back is no part of the history', async () => {
  await database.sql(
    `insert into _prisma_migrations (id, checksum, migration_name, rolled_back_at) values ('dead', '', '29991231000000_later', now())`,
  );
  await compare();
});
