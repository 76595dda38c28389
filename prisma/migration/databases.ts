import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { asOwner, withConnection } from '../../src/database/connection.js';
import { startEmbeddedServer } from '../../src/database/embedded-server.js';
import { provisionRoles } from '../../src/database/roles.js';
import { applyMigrations, diffToSchema } from '../../src/database/schema-engine.js';
import { readCurrentText, type Statement } from './current-text.js';
import { wholeText } from './write.js';

/** The folders in which the parts of a checkout stand. */
export interface Sources {
  readonly schemaFile: string;
  readonly sqlFolder: string;
  readonly migrationsFolder: string;
}

/** Returns the sources under the folder `prisma` of this checkout. */
export function sourcesIn(folder: string): Sources {
  return {
    schemaFile: join(folder, 'schema.prisma'),
    sqlFolder: join(folder, 'sql'),
    migrationsFolder: join(folder, 'migrations'),
  };
}

async function onDatabase(connection: string | pg.ClientConfig, text: string): Promise<void> {
  await withConnection(connection, (client) => client.query(text));
}

/**
 * Makes an empty database with its roles.
 * @param server a superuser's URL
 * @returns the superuser's URL of the database
 */
export async function emptyDatabase(server: string, name: string): Promise<string> {
  await onDatabase(server.replace(/\w+$/, 'postgres'), `create database ${name}`);
  const url = server.replace(/\w+$/, name);
  await provisionRoles(url);
  return url;
}

/**
 * Drops a database that `emptyDatabase` made, even if someone is connected to it.
 * @param url the superuser's URL of the database
 */
export async function dropDatabase(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await onDatabase(url.replace(/\w+$/, 'postgres'), `drop database ${name} with (force)`);
}

/** Fills an empty database from the current text alone, and from no migration. @returns the statements of the text */
export async function buildFromText(url: string, sources: Sources): Promise<readonly Statement[]> {
  const statements = await readCurrentText(sources.sqlFolder);
  const tables = await diffToSchema(asOwner(url), sources.schemaFile);
  await onDatabase(asOwner(url), wholeText(tables, statements));
  return statements;
}

/** Fills a database by the migrations of the folder. */
export async function buildByMigrations(url: string, { migrationsFolder }: Sources): Promise<void> {
  await applyMigrations(asOwner(url), migrationsFolder);
}

/** Runs `work` with a server of its own, and stops the server afterwards. */
export async function withServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cosmos-migration-'));
  const server = await startEmbeddedServer(folder, { password: 'migration', flags: ['-c', 'fsync=off'] });
  try {
    return await work(server.url);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
