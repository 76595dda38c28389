import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import type pg from 'pg';

/** The part of the global that is used here; the compiler knows it from the browser's library only. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

/**
 * Sends a migration in one message, which PostgreSQL runs whole or not at all. The adapter's own way cuts the text at
 * every semicolon, comments and function bodies included.
 */
class WholeScripts extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
    };
    return adapter;
  }
}

/**
 * Prisma's own schema engine, in its WebAssembly form: `prisma migrate` would download a binary, which a county's
 * closed network refuses. `_prisma_migrations` stays compatible with `prisma migrate deploy`.
 */

async function openEngine(connection: pg.PoolConfig, datamodels?: [string, string][]): Promise<SchemaEngine> {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const engine = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as {
    __wbg_set_wasm(exports: unknown): void;
    SchemaEngine: typeof SchemaEngine;
  };
  const { instance } = await WebAssembly.instantiate(await readFile(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': engine,
  });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(connection));
  return engine.SchemaEngine.new({ datamodels }, () => undefined, adapter);
}

const NO_FILTER = { externalTables: [], externalEnums: [] };

async function listMigrations(folder: string): Promise<MigrationList> {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(join(folder, path, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  };
}

/** Applies what the folder holds and the database lacks, in order. Returns the names applied. */
export async function applyMigrations(connection: pg.PoolConfig, folder: string): Promise<readonly string[]> {
  const engine = await openEngine(connection);
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: await listMigrations(folder),
    filters: NO_FILTER,
  });
  return appliedMigrationNames;
}

/** The SQL that leads from nothing, or from the database as it stands, to `schema.prisma`. Empty if none is needed. */
export async function diffToSchema(
  connection: pg.PoolConfig,
  schemaFile: string,
  from: 'empty' | 'database',
): Promise<string> {
  const content = await readFile(schemaFile, 'utf8');
  const engine = await openEngine(connection, [[schemaFile, content]]);
  const { stdout } = await engine.diff({
    from: from === 'empty' ? { tag: 'empty' } : { tag: 'schemaDatasource', files: [{ path: schemaFile, content }], configDir: dirname(schemaFile) },
    to: { tag: 'schemaDatamodel', files: [{ path: schemaFile, content }] },
    script: true,
    exitCode: null,
    filters: NO_FILTER,
  });
  return stdout ?? '';
}
