import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Node, parse, type TypeName } from 'libpg-query';

/** The steps of a build, in their order. A step needs only objects of earlier steps. */
export const STEPS = [
  'type',
  'function',
  'function rights',
  'constraint',
  'index',
  'statistics',
  'trigger',
  'table rights',
  'policy',
] as const;
export type Step = (typeof STEPS)[number];

/** One statement of `prisma/sql/`. */
export interface Statement {
  readonly step: Step;
  /**
   * The object that the statement makes, as the catalog names it. A function is the exception: it has the types of its arguments as the
   * file has them, and `to_regprocedure` knows it by them. A statement of rights has the table, or the function without its arguments.
   */
  readonly object: string;
  readonly text: string;
  /** The place of the statement, for an error: `statistics/functions.sql:12`. */
  readonly place: string;
  /** The functions that the body calls, if PostgreSQL looks them up when it makes the object (`begin atomic`, `return`). */
  readonly calls: readonly string[];
}

type Kind = {
  readonly [K in Node extends infer N ? (N extends unknown ? keyof N : never) : never]?: unknown;
};

/** Returns the one key of a node of the parser's tree, and the value under it. */
function only(node: Node): [string, Record<string, unknown>] {
  const [entry] = Object.entries(node as Kind);
  if (entry === undefined) throw new Error('an empty node');
  return entry as [string, Record<string, unknown>];
}

const quoted = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) && name !== 'case' ? name : `"${name}"`;

function words(nodes: unknown): string {
  return (nodes as { String: { sval: string } }[])
    .map(({ String: { sval } }) => sval)
    .filter((word) => word !== 'pg_catalog')
    .map(quoted)
    .join('.');
}

function typeOf(type: TypeName): string {
  return `${words(type.names)}${type.arrayBounds === undefined ? '' : '[]'}`;
}

interface Parameter {
  readonly FunctionParameter: { readonly argType: TypeName; readonly mode?: string };
}

function functionObject(statement: Record<string, unknown>): string {
  const parameters = ((statement['parameters'] ?? []) as Parameter[]).map(
    (parameter) => parameter.FunctionParameter,
  );
  const given = parameters.filter(({ mode }) => mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE');
  return `${words(statement['funcname'])}(${given.map(({ argType }) => typeOf(argType)).join(',')})`;
}

/** Returns the names of all functions that are called anywhere under this node. */
function callsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(callsIn);
  if (node === null || typeof node !== 'object') return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'FuncCall'
      ? [words((value as { funcname: unknown }).funcname), ...callsIn(value)]
      : callsIn(value),
  );
}

const tableOf = (relation: unknown): string => quoted((relation as { relname: string }).relname);

/** Returns the object that a statement makes or sets; null for a statement that does not belong into these files. */
function subject(
  kind: string,
  statement: Record<string, unknown>,
): Pick<Statement, 'step' | 'object'> | null {
  const named = (key: string): string => quoted(statement[key] as string);
  switch (kind) {
    case 'CompositeTypeStmt':
      return { step: 'type', object: tableOf(statement['typevar']) };
    case 'CreateFunctionStmt':
      return { step: 'function', object: functionObject(statement) };
    case 'IndexStmt':
      return { step: 'index', object: named('idxname') };
    case 'CreateStatsStmt':
      return { step: 'statistics', object: words(statement['defnames']) };
    case 'CreateTrigStmt':
      return { step: 'trigger', object: `${named('trigname')} on ${tableOf(statement['relation'])}` };
    case 'CreatePolicyStmt':
      return { step: 'policy', object: `${named('policy_name')} on ${tableOf(statement['table'])}` };
    case 'AlterTableStmt':
      return alteration(statement);
    case 'AlterOwnerStmt':
      return {
        step: 'function rights',
        object: words(
          (statement['object'] as { ObjectWithArgs: { objname: unknown } }).ObjectWithArgs.objname,
        ),
      };
    case 'GrantStmt':
      return grant(statement);
    default:
      return null;
  }
}

function alteration(statement: Record<string, unknown>): Pick<Statement, 'step' | 'object'> | null {
  const table = tableOf(statement['relation']);
  const commands = (
    statement['cmds'] as { AlterTableCmd: { subtype: string; def?: { Constraint?: { conname: string } } } }[]
  ).map(({ AlterTableCmd }) => AlterTableCmd);
  const [first] = commands;
  if (first?.subtype === 'AT_AddConstraint' && commands.length === 1)
    return { step: 'constraint', object: `${table}.${quoted(first.def?.Constraint?.conname ?? '')}` };
  const rights = ['AT_EnableRowSecurity', 'AT_ForceRowSecurity', 'AT_SetRelOptions', 'AT_SetUnLogged'];
  return commands.every(({ subtype }) => rights.includes(subtype))
    ? { step: 'table rights', object: table }
    : null;
}

function grant(statement: Record<string, unknown>): Pick<Statement, 'step' | 'object'> | null {
  const objects = (statement['objects'] ?? []) as Node[];
  const [object] = objects;
  if (object === undefined || objects.length !== 1) return null;
  const [kind, of] = only(object);
  if (kind === 'RangeVar') return { step: 'table rights', object: quoted(of['relname'] as string) };
  return kind === 'ObjectWithArgs' ? { step: 'function rights', object: words(of['objname']) } : null;
}

/**
 * Reads the statements of one file.
 * @throws Error that names the place of a statement that does not belong there
 */
export async function parseFile(file: string, text: string): Promise<readonly Statement[]> {
  const bytes = Buffer.from(text);
  const { stmts = [] } = await parse(text);
  return stmts.map(({ stmt, stmt_location: start = 0, stmt_len: length = bytes.length - start }) => {
    const place = `${file}:${bytes.subarray(0, start).toString().split('\n').length}`;
    if (stmt === undefined) throw new Error(`${place}: an empty statement`);
    const [kind, statement] = only(stmt);
    const found = subject(kind, statement);
    if (found === null)
      throw new Error(
        `${place}: only one type, function, constraint, index, trigger, policy or right to a statement (${kind})`,
      );
    return {
      ...found,
      place,
      text: `${bytes
        .subarray(start, start + length)
        .toString()
        .trim()};`,
      calls: callsIn(statement['sql_body']),
    };
  });
}

/** Returns the name of a function without its arguments. */
export const functionName = (object: string): string => object.slice(0, object.indexOf('('));

/** Sorts functions, so that each comes after the functions that it calls. */
function calledFirst(functions: readonly Statement[]): readonly Statement[] {
  const byName = new Map<string, Statement[]>();
  for (const statement of functions)
    byName.set(functionName(statement.object), [
      ...(byName.get(functionName(statement.object)) ?? []),
      statement,
    ]);
  const ordered = new Set<Statement>();
  const add = (statement: Statement): void => {
    if (ordered.has(statement)) return;
    for (const name of statement.calls)
      for (const called of byName.get(name) ?? []) if (called !== statement) add(called);
    ordered.add(statement);
  };
  for (const statement of functions) if (statement.calls.length === 0) add(statement);
  for (const statement of functions) add(statement);
  return [...ordered];
}

/**
 * Reads the current text of everything that Prisma's schema does not say: `prisma/sql/<domain>/*.sql`, in the order in which a database
 * takes it.
 * @throws Error if an object is made twice, or a statement does not belong there
 */
export async function readCurrentText(folder: string): Promise<readonly Statement[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.sql')).sort();
  const files = await Promise.all(
    names.map(async (name) => parseFile(name, await readFile(join(folder, name), 'utf8'))),
  );
  const statements = files.flat();
  const made = new Map<string, Statement>();
  for (const statement of statements.filter(({ step }) => !step.endsWith('rights'))) {
    const key = `${statement.step} ${statement.object}`;
    const other = made.get(key);
    if (other !== undefined) throw new Error(`${statement.place}: ${key} stands in ${other.place} already`);
    made.set(key, statement);
  }
  return STEPS.flatMap((step) => {
    const of = statements.filter((statement) => statement.step === step);
    return step === 'function' ? calledFirst(of) : of;
  });
}
