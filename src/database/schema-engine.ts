import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlQuery,
} from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { withConnection } from './connection.js';

/** The part of the global `WebAssembly` that is used here: the compiler knows it only from the browser's library. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

/** The types "char", which the system catalogs use a lot, and text. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * Marks a migration as finished. It travels with the migration, and so is true exactly when the migration is done: the engine's own mark
 * comes a moment later.
 */
const MARK_APPLIED = `update _prisma_migrations set finished_at = now(), applied_steps_count = 1
  where finished_at is null and rolled_back_at is null`;

/**
 * Marks the unfinished migrations of a killed process as rolled back, since they have left nothing behind: otherwise the engine would
 * refuse to apply them again. It takes the engine's own lock, so that it waits for another process's migration.
 */
const FORGET_UNFINISHED = `begin; select pg_advisory_xact_lock(72707369); do $$ begin
  if to_regclass('public._prisma_migrations') is not null then
    update _prisma_migrations set rolled_back_at = now() where finished_at is null and rolled_back_at is null;
  end if; end $$; commit`;

/**
 * The adapter, changed for a schema engine. It sends a migration in one message, which PostgreSQL runs as a whole or not at all: the
 * adapter's own way cuts the text at every semicolon, also in comments and function bodies. And it accepts "char", a type that the
 * adapter refuses and the engine reads from the catalogs.
 */
class SchemaAdapter extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(`${script}\n;${MARK_APPLIED}`);
    };

    const reader = adapter as unknown as { performIO(query: SqlQuery): Promise<pg.QueryArrayResult> };
    const performIO = reader.performIO.bind(adapter);
    const queryRaw = adapter.queryRaw.bind(adapter);
    const charColumns = new WeakMap<SqlQuery, readonly number[]>();
    reader.performIO = async (query) => {
      const result = await performIO(query);
      const found = [...result.fields.keys()].filter(
        (index) => result.fields[index]?.dataTypeID === CHAR_OID,
      );
      for (const index of found) Object.assign(result.fields[index] ?? {}, { dataTypeID: TEXT_OID });
      charColumns.set(query, found);
      return result;
    };
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const index of charColumns.get(query) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    };
    return adapter;
  }
}

type EngineClass = typeof SchemaEngine;

type Imports = Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** Lets the process end. The engine never clears its 10 s timer for the migration lock, which would keep a finished process alive. */
function unrefTimers(bindings: unknown): Imports {
  const timers = Object.entries(bindings as Imports).filter(([name]) => name.startsWith('__wbg_setTimeout_'));
  return Object.fromEntries(
    timers.map(([name, start]) => [name, (...args: unknown[]) => (start(...args) as NodeJS.Timeout).unref()]),
  );
}

/**
 * The engine, loaded once per process: the generated bindings keep a view of the first instance's memory and would misread a second one.
 */
let engineClass: Promise<EngineClass> | undefined;

async function loadEngine(): Promise<EngineClass> {
  // The bindings pass a panic's message to this global before they abort.
  const set_message = (message: string): boolean => process.stderr.write(`schema engine: ${message}\n`);
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message } });
  const folder = dirname(
    createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'),
  );
  const bindings = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as {
    __wbg_set_wasm(exports: unknown): void;
    SchemaEngine: EngineClass;
  };
  const { instance } = await WebAssembly.instantiate(await readFile(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': { ...bindings, ...unrefTimers(bindings) },
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return bindings.SchemaEngine;
}

/**
 * Runs `work` with Prisma's own schema engine in its WebAssembly form: `prisma migrate` would download a binary, which a county's closed
 * network refuses. `_prisma_migrations` stays compatible with `prisma migrate deploy`. No connection stays open: an idle one would
 * prevent copying or dropping the database.
 */
async function withEngine<T>(
  connection: pg.PoolConfig,
  datamodels: [string, string][] | undefined,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  engineClass ??= loadEngine();
  const pool = new pg.Pool(connection);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new SchemaAdapter(pool));
    const engine = await (await engineClass).new({ datamodels }, () => undefined, adapter);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
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

/**
 * Applies the migrations that the folder has and the database lacks, in order.
 * @returns the names of the applied migrations
 */
export async function applyMigrations(connection: pg.PoolConfig, folder: string): Promise<readonly string[]> {
  const migrationsList = await listMigrations(folder);
  await withConnection(connection, async (client) => {
    await client.query(FORGET_UNFINISHED);
  });
  return withEngine(connection, undefined, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTER });
    return appliedMigrationNames;
  });
}

/** Returns the SQL that leads from the database as it is to `schemaFile`; empty if none is needed. */
export async function diffToSchema(connection: pg.PoolConfig, schemaFile: string): Promise<string> {
  const files = [{ path: schemaFile, content: await readFile(schemaFile, 'utf8') }];
  const datamodels = files.map(({ path, content }): [string, string] => [path, content]);
  return withEngine(connection, datamodels, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: dirname(schemaFile) },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    });
    return stdout ?? '';
  });
}
