import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffToSchema } from '../../src/database/schema-engine.js';
import { differences, readCatalog } from './catalog.js';
import { buildByMigrations, buildFromText, dropDatabase, emptyDatabase, type Sources } from './databases.js';
import { writeMigration } from './write.js';

export interface Composed {
  /** The folders that were written, in the order in which they apply. Empty if nothing has changed. */
  readonly written: readonly string[];
  /** The differences that are left between the migrations and the current text. A person has to mend them. */
  readonly left: readonly string[];
}

const FROZEN = 'frozen.sha256';

/** Returns Prisma's script without transactions of its own, and without the drops of indexes that only `prisma/sql/` names. */
function fitForMigration(script: string, known: (name: string) => boolean): string {
  return (
    script
      .split(/^(?=-- (?:Create|Alter|Drop|Add|Rename))/m)
      .filter((part) => !known(/^-- DropIndex\s+DROP INDEX "(\w+)";/.exec(part)?.[1] ?? ''))
      .join('')
      // A migration is one transaction already.
      .replaceAll(/^(?:BEGIN|COMMIT);$/gm, '')
  );
}

/**
 * Returns the new values of enums in the script. PostgreSQL knows such a value only after the transaction that adds it. So it has a
 * migration of its own.
 */
function newValues(script: string): readonly string[] {
  return script.match(/^ALTER TYPE .* ADD VALUE .*;$/gm) ?? [];
}

async function put(folder: string, name: string, text: string): Promise<string> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), text);
  return name;
}

const stamp = (at: Date): string => at.toISOString().replaceAll(/\D/g, '').slice(0, 14);

/**
 * Writes the migration that leads from the migrations of the folder to `schema.prisma` and the current text, and tries it.
 * @param server the superuser's URL of a server on which databases may be made
 * @param mayDrop names of functions that no running process calls any more
 * @throws Error in plain words if only a person can write the migration
 */
export async function composeMigration(
  server: string,
  sources: Sources,
  name: string,
  mayDrop: readonly string[] = [],
  now = new Date(),
): Promise<Composed> {
  const database = (what: string): Promise<string> =>
    emptyDatabase(server, `compose_${what}_${process.pid}_${Date.now()}`);
  const [beforeUrl, afterUrl] = [await database('before'), await database('after')];
  try {
    return await compose({ beforeUrl, afterUrl, sources, name, mayDrop, now });
  } finally {
    await dropDatabase(beforeUrl);
    await dropDatabase(afterUrl);
  }
}

interface Composing {
  readonly beforeUrl: string;
  readonly afterUrl: string;
  readonly sources: Sources;
  readonly name: string;
  readonly mayDrop: readonly string[];
  readonly now: Date;
}

async function compose({ beforeUrl, afterUrl, sources, name, mayDrop, now }: Composing): Promise<Composed> {
  await buildByMigrations(beforeUrl, sources);
  const statements = await buildFromText(afterUrl, sources);
  const [before, after] = [await readCatalog(beforeUrl), await readCatalog(afterUrl)];
  const script = await diffToSchema(
    { connectionString: beforeUrl, options: '-c role=cosmos_owner' },
    sources.schemaFile,
  );
  const tables = fitForMigration(
    script,
    (index) => after.has(`index ${index}`) && before.has(`index ${index}`),
  );
  const values = before.size === 0 ? [] : newValues(tables);
  const rest = values
    .reduce((text, value) => text.replace(value, ''), tables)
    .replaceAll(/^-- AlterEnum\s*(?=\n--|$)/gm, '');
  const text = await writeMigration({
    before,
    beforeUrl,
    after,
    afterUrl,
    statements,
    tables: rest.trim(),
    mayDrop,
  });
  const written: string[] = [];
  if (values.length > 0)
    written.push(
      await put(sources.migrationsFolder, `${stamp(now)}_${name}_values`, `${values.join('\n')}\n`),
    );
  if (text !== '')
    written.push(
      await put(sources.migrationsFolder, `${stamp(new Date(now.getTime() + 1_000))}_${name}`, text),
    );
  if (written.length === 0) return { written, left: [] };
  await buildByMigrations(beforeUrl, sources).catch((error: unknown) => {
    throw new Error(
      `${written.join(', ')} does not apply, mend it by hand: ${error instanceof Error ? error.message : error}`,
    );
  });
  return { written, left: differences(await readCatalog(beforeUrl), after) };
}

/** Returns the migrations of a folder with the sum of each, as `sha256sum` writes them. */
async function sums(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const sumOf = async (name: string): Promise<readonly [string, string]> => [
    `${name}/migration.sql`,
    createHash('sha256')
      .update(await readFile(join(folder, name, 'migration.sql')))
      .digest('hex'),
  ];
  return new Map(await Promise.all(names.sort().map(sumOf)));
}

/** Returns the sums of the released migrations, by their file. */
async function frozenSums(folder: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(folder, FROZEN), 'utf8').catch(() => '');
  return new Map(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
}

/**
 * Freezes the migrations that are not frozen yet. From a release on they have been applied somewhere, and no database would see an edit.
 * @returns their files
 */
export async function freezeMigrations(folder: string): Promise<readonly string[]> {
  const frozen = await frozenSums(folder);
  const all = [...(await sums(folder))];
  const fresh = all.filter(([file]) => !frozen.has(file)).map(([file]) => file);
  const lines = all.map(([file, sum]) => `${frozen.get(file) ?? sum}  ${file}\n`);
  await writeFile(join(folder, FROZEN), lines.join(''));
  return fresh;
}

/** Returns the released migrations whose text has changed, or that are gone. */
export async function changedSince(folder: string): Promise<readonly string[]> {
  const now = await sums(folder);
  return [...(await frozenSums(folder))].filter(([file, sum]) => now.get(file) !== sum).map(([file]) => file);
}
