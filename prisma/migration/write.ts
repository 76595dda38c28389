import type pg from 'pg';
import { withConnection } from '../../src/database/connection.js';
import { type Catalog, type CatalogObject, type Kind, keyOf } from './catalog.js';
import { functionName, type Statement, type Step } from './current-text.js';

/** The roles that have only the rights that the text grants them. The owner of an object also has rights of its own. */
const ROLES = ['public', 'cosmos_app', 'cosmos_jobs', 'cosmos_keeper'] as const;

/** The time for which a migration waits for a lock, before it gives up and changes nothing. Readers meanwhile wait behind it. */
const LOCK_TIMEOUT = '5s';

/** The kinds of objects that are dropped by their own name. A kind that needs others comes first. */
const DROPPED: readonly Kind[] = [
  'policy',
  'trigger',
  'statistics',
  'index',
  'constraint',
  'function',
  'type',
];

export interface Sides {
  /** A database that the migrations of the folder have made. */
  readonly before: Catalog;
  readonly beforeUrl: string;
  /** A database that the current text has made. */
  readonly after: Catalog;
  readonly afterUrl: string;
  readonly statements: readonly Statement[];
  /** The script by which Prisma leads from the one database to `schema.prisma`. */
  readonly tables: string;
  /** Names of functions that no running process calls any more. */
  readonly mayDrop: readonly string[];
}

/** Returns the statements that drop these objects. All functions go in one statement: one may be in the body of another. */
function drops(objects: readonly CatalogObject[]): readonly string[] {
  const functions = objects.filter(({ kind }) => kind === 'function').map(({ name }) => name);
  const others = objects.filter(({ kind }) => kind !== 'function');
  const statements = others.map(({ kind, name, table }) =>
    kind === 'constraint'
      ? `alter table ${table} drop constraint ${name.slice(name.lastIndexOf('.') + 1)};`
      : `drop ${kind} ${name};`,
  );
  if (functions.length === 0) return statements;
  const types = statements.filter((statement) => statement.startsWith('drop type'));
  return [
    ...statements.filter((statement) => !types.includes(statement)),
    `drop function ${functions.join(', ')};`,
    ...types,
  ];
}

async function ask<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[],
): Promise<readonly Row[]> {
  return withConnection(url, async (client) => {
    return (await client.query<Row>(text, values)).rows;
  });
}

/** Returns the functions of the text by their name in the catalog, which has its own words for types. */
export async function inCatalogsWords(
  url: string,
  statements: readonly Statement[],
): Promise<ReadonlyMap<Statement, string>> {
  const functions = statements.filter(({ step }) => step === 'function');
  const rows = await ask<{ name: string | null }>(
    url,
    'select to_regprocedure(f)::text as name from unnest($1::text[]) with ordinality u (f, nth) order by nth',
    [functions.map(({ object }) => object)],
  );
  return new Map(functions.map((statement, at) => [statement, rows[at]?.name ?? statement.object]));
}

/**
 * Finds the objects that depend on these functions and types, directly or not. They are dropped with them, and made again from the current
 * text.
 */
async function standingOn(url: string, objects: readonly CatalogObject[]): Promise<ReadonlySet<number>> {
  const rows = await ask<{ oid: number; column_of: string | null }>(
    url,
    `with recursive standing as (
      select oid, null::oid as class from unnest($1::oid[]) oid
      union
      select d.objid, d.classid from standing s join pg_depend d on d.refobjid = s.oid and d.deptype in ('n', 'a')
    ) select s.oid::integer, case when s.class = 'pg_attrdef'::regclass then (select adrelid::regclass::text from pg_attrdef where oid = s.oid) end
      as column_of from standing s`,
    [objects.map(({ oid }) => oid)],
  );
  const column = rows.find(({ column_of }) => column_of !== null);
  if (column !== undefined)
    throw new Error(
      `A column of ${column.column_of} is made by what has to be dropped: write this migration by hand.`,
    );
  return new Set(rows.map(({ oid }) => oid));
}

/** True if the text of the tables takes the object away by itself: with its table, or as an index or constraint of `schema.prisma`. */
function goesWithTables({ tables }: Sides, object: CatalogObject): boolean {
  const bare = (name: string): string => name.replaceAll('"', '');
  const last = bare(object.name).split('.').at(-1);
  return (
    (object.table !== null && tables.includes(`DROP TABLE "${bare(object.table)}"`)) ||
    tables.includes(`DROP INDEX "${last}"`) ||
    tables.includes(`DROP CONSTRAINT "${last}"`)
  );
}

/** Finds the old objects that have to be dropped. Some of them are made again. */
async function toDrop(sides: Sides): Promise<readonly CatalogObject[]> {
  const gone = [...sides.before.values()].filter((object) => {
    if (!DROPPED.includes(object.kind) || goesWithTables(sides, object)) return false;
    const now = sides.after.get(keyOf(object));
    if (now === undefined) return true;
    return object.kind === 'function'
      ? object.signature !== now.signature
      : object.definition !== now.definition;
  });
  const standing = await standingOn(
    sides.beforeUrl,
    gone.filter(({ kind }) => kind === 'function' || kind === 'type'),
  );
  const all = [...sides.before.values()].filter(
    (object) => gone.includes(object) || standing.has(object.oid),
  );
  return DROPPED.flatMap((kind) => all.filter((object) => object.kind === kind));
}

/**
 * Refuses to drop a function that an old process may call. Old processes run beside new ones while a version is put into service.
 * @throws Error that names the functions
 */
function refuseToPullAway(sides: Sides, dropped: readonly CatalogObject[]): void {
  const called = dropped.filter(
    (object) =>
      object.kind === 'function' &&
      / grants (.* )?(cosmos_(app|jobs))?=X/.test(object.definition) &&
      sides.after.get(keyOf(object))?.signature !== object.signature &&
      !sides.mayDrop.includes(functionName(object.name)),
  );
  if (called.length === 0) return;
  const names = called.map(({ name }) => name).join(', ');
  throw new Error(
    `Processes of the last version call ${names} while the new one is put into service. Keep it in prisma/sql beside the new one until the next ` +
      `version, or say that nobody calls it: --drop ${functionName(called[0]?.name ?? '')}`,
  );
}

const CATALOG_KIND: Readonly<Record<Step, Kind>> = {
  type: 'type',
  function: 'function',
  'function rights': 'function',
  constraint: 'constraint',
  index: 'index',
  statistics: 'statistics',
  trigger: 'trigger',
  'table rights': 'table',
  policy: 'policy',
};

/** Returns the statements to run again: those of new objects, of changed objects, and of objects that were dropped with them. */
function toMake(
  sides: Sides,
  dropped: readonly CatalogObject[],
  named: ReadonlyMap<Statement, string>,
): readonly Statement[] {
  const again = new Set(dropped.map(keyOf));
  const changed = (key: string): boolean =>
    again.has(key) || sides.before.get(key)?.definition !== sides.after.get(key)?.definition;
  const functions = new Set(
    [...sides.after.keys()]
      .filter((key) => key.startsWith('function ') && changed(key))
      .map((key) => functionName(key.slice(9))),
  );
  return sides.statements.filter((statement) => {
    if (statement.step === 'function rights') return functions.has(statement.object);
    return changed(`${CATALOG_KIND[statement.step]} ${named.get(statement) ?? statement.object}`);
  });
}

/** Returns the owners of the functions that do not belong to the owner of everything else. */
function ownersOf(statements: readonly Statement[]): ReadonlyMap<string, string> {
  const said = statements
    .filter(({ step }) => step === 'function rights')
    .map(({ object, text }) => [object, / owner to (\w+);$/.exec(text)?.[1]] as const);
  return new Map(said.flatMap(([object, owner]) => (owner === undefined ? [] : [[object, owner] as const])));
}

/**
 * Wraps a statement that gives a function its owner. The new owner needs the right to make functions at that moment. The keeper always has
 * it.
 */
function owned(text: string): string {
  const owner = / owner to (\w+);$/.exec(text)?.[1];
  if (owner === undefined || owner === 'cosmos_keeper') return text;
  return `grant create on schema public to ${owner};\n${text}\nrevoke create on schema public from ${owner};`;
}

/** Returns the statements as a migration has them. An object that was made belongs to nobody until it is granted. */
function written(made: readonly Statement[]): readonly string[] {
  const owners = ownersOf(made);
  const revoked = new Set<string>();
  return made.flatMap(({ step, object, text }) => {
    if (step === 'function') {
      const others = ROLES.filter((role) => role !== owners.get(functionName(object))).join(', ');
      return [
        `${text.replace(/^create function/i, 'create or replace function')}\nrevoke all on function ${object} from ${others};`,
      ];
    }
    if (step === 'function rights') return [owned(text)];
    if (step !== 'table rights' || revoked.has(object)) return [text];
    revoked.add(object);
    return [
      `revoke all on ${/ on sequence /i.test(text) ? 'sequence ' : ''}${object} from ${ROLES.join(', ')};`,
      text,
    ];
  });
}

/** Returns the text of a migration: one transaction, which waits only a short time for a lock. */
function migrationOf(drops: readonly string[], tables: string, made: readonly Statement[]): string {
  const head = [`set local lock_timeout = '${LOCK_TIMEOUT}';`, 'set local check_function_bodies = off;'];
  return `${[...head, ...drops, tables.trim(), ...written(made)].filter((part) => part !== '').join('\n')}\n`;
}

/** Returns the text that turns an empty database into one of the current text. */
export function wholeText(tables: string, statements: readonly Statement[]): string {
  return migrationOf([], tables, statements);
}

/**
 * Returns the statements of a migration that leads from the one database to the other; empty if they are alike.
 * @throws Error in plain words if only a person can write the migration
 */
export async function writeMigration(sides: Sides): Promise<string> {
  const dropped = await toDrop(sides);
  refuseToPullAway(sides, dropped);
  const named = await inCatalogsWords(sides.afterUrl, sides.statements);
  const made = toMake(sides, dropped, named);
  if (dropped.length + made.length === 0 && sides.tables === '') return '';
  return migrationOf(drops(dropped), sides.tables, made);
}
