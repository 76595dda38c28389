import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  buildClientSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  introspectionFromSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { guardSchema } from '../../policies/index.js';
import { LOGINS } from '../../src/auth/logins.js';
import { startTestApp, type TestApp, testVault } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/**
 * Every note of the county gets a canary, and a time of its own. Then everyone asks for everything, by queries built
 * from the schema itself: nobody but a note's reader gets its canary, its id or its time, in data or in errors.
 */
interface Canary {
  readonly id: string;
  readonly reader: string | null;
  readonly author: string;
  readonly canary: string;
  /** To the millisecond, and nobody else's. */
  readonly writtenAt: string;
}
interface Caught {
  readonly data: string;
  /** How many documents were answered. */
  readonly answered: number;
}

let database: TestDatabase;
let app: TestApp;
let schema: GraphQLSchema;
let canaries: Canary[];
const caught = new Map<string, Caught>();
const ids: Record<string, string[]> = {};

beforeAll(async () => {
  database = await cloneDatabase('cosmos_demo');
  const vault = testVault();
  const keys = new Map(
    (
      await database.sql<{ caseId: string; masterKeyId: string; wrapped: Buffer }>(
        'select case_id as "caseId", master_key_id as "masterKeyId", wrapped from case_key',
      )
    ).map((row) => [row.caseId, row]),
  );
  const opened = new Map(
    await Promise.all(
      [...keys].map(async ([caseId, key]) => [caseId, await vault.openCaseKey(key, caseId)] as const),
    ),
  );
  const notes = await database.sql<{ id: string; caseId: string; reader: string | null; author: string }>(
    `select n.id, n.case_id as "caseId", r.subject as reader, a.subject as author from interview_note n
     join worker a on a.id = n.author_id left join worker r on r.id = n.reader_id order by n.written_at, n.id`,
  );
  canaries = notes.map((note, index) => ({
    ...note,
    canary: `canari-${randomUUID()}`,
    writtenAt: new Date(Date.UTC(2019, 0, 1) + index * 3_600_017).toISOString(),
  }));
  const rows = canaries.map((note, index) => ({
    id: note.id,
    written_at: note.writtenAt,
    body: `\\x${Buffer.from(opened.get(notes[index]?.caseId ?? '')?.seal(note.id, note.canary) ?? []).toString('hex')}`,
  }));
  await database.sql('alter table interview_note disable trigger user');
  await database.sql(
    `update interview_note n set body = r.body::bytea, written_at = r.written_at::timestamptz from jsonb_to_recordset($1::jsonb) r(id uuid, body text, written_at text) where r.id = n.id`,
    [JSON.stringify(rows)],
  );
  await database.sql('alter table interview_note enable trigger user');

  app = await startTestApp(database, {
    guard: (made) => {
      schema = buildClientSchema(introspectionFromSchema(made));
      return guardSchema(made);
    },
  });
  for (const [name, sql] of [
    [
      'case',
      `(select c.id from "case" c join worker w on w.id = c.assigned_worker_id where w.subject in ('worker.sevran', 'worker2.sevran', 'worker.gagny') order by c.opened_at desc limit 6)`,
    ],
    ['handed', 'select case_id as id from handover limit 4'],
    ['appointment', 'select id from appointment where case_id is not null order by starts_at desc limit 4'],
    ['district', 'select id from district order by slug'],
    ['worker', `select id from worker where subject in ('worker.sevran', 'agent-03', 'agent-21')`],
  ] as const)
    ids[name] = (await database.sql<{ id: string }>(sql)).map((row) => row.id);

  for (const { login } of LOGINS) {
    const requester = await app.as(login);
    let data = '';
    let answered = 0;
    for (const { query, variables } of documents()) {
      const answer = await requester.send(query, variables);
      if (answer.status !== 200)
        throw new Error(`${login}: ${answer.text.slice(0, 300)} of ${query.slice(0, 300)}`);
      data += `${answer.text}\n${JSON.stringify(Object.fromEntries(answer.headers))}\n`;
      answered += 1;
    }
    caught.set(login, { data, answered });
  }
}, 300_000);
afterAll(async () => {
  await app.close();
  await database.drop();
});

const PAGED = 20;

/** All leaves, and all objects below, to a depth; `first` where there are pages. */
function selection(type: GraphQLObjectType, depth: number, first: number): string {
  const parts: string[] = ['__typename'];
  for (const field of Object.values(type.getFields())) {
    const target = getNamedType(field.type);
    const args = field.args.some((arg) => arg.name === 'first') ? `(first: ${first})` : '';
    if (isLeafType(target)) parts.push(field.name);
    else if (isObjectType(target)) {
      // A page and its edge are no depth of their own.
      const thin = /(Connection|Edge|PageInfo)$/.test(target.name);
      if (thin) parts.push(`${field.name}${args} { ${selection(target, depth, Math.min(first, 3))} }`);
      else if (depth > 1)
        parts.push(`${field.name}${args} { ${selection(target, depth - 1, Math.min(first, 3))} }`);
    }
  }
  return parts.join(' ');
}

function valuesOf(type: GraphQLInputType, name: string): unknown[] {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) return [];
  if (isEnumType(bare)) return bare.getValues().map((value) => value.name);
  if (isInputObjectType(bare)) return [];
  const soon = new Date(Date.now() + 40 * 86_400_000).toISOString();
  const byName: Record<string, unknown[]> = {
    districtId: ids['district'] ?? [],
    absentWorkerId: ids['worker'] ?? [],
    workerId: ids['worker'] ?? [],
    caseId: ids['case'] ?? [],
    from: [new Date().toISOString()],
    to: [soon],
    reference: ['ABCD-EFGH-JK'],
    assignedToMe: [true],
    unassigned: [true],
    // The position of a note's row, and of nothing.
    after: [canaries[7], { id: randomUUID(), writtenAt: new Date().toISOString() }].map((at) =>
      Buffer.from(`${at?.writtenAt}|${at?.id}`).toString('base64url'),
    ),
  };
  return byName[name] ?? [];
}

/** For each root field: with its ids, then with each filter and sort in turn; three depths for each shape. */
function documents(): { query: string; variables: Record<string, unknown> }[] {
  const found: { query: string; variables: Record<string, unknown> }[] = [];
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    for (const variables of variablesOf(field)) {
      for (const depth of [2, 4]) {
        const first = depth === 2 ? PAGED : 2;
        const type = getNamedType(field.type);
        const paged = field.args.some((arg) => arg.name === 'first');
        const given = field.args.filter((arg) => arg.name in variables);
        const declared = given.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
        const passed = [
          ...given.map((arg) => `${arg.name}: $${arg.name}`),
          ...(paged ? [`first: ${depth === 2 ? PAGED : 2}`] : []),
        ].join(', ');
        const body = isObjectType(type) ? ` { ${selection(type, depth, first)} }` : '';
        found.push({
          query: `query ${declared === '' ? '' : `(${declared})`} { ${field.name}${passed === '' ? '' : `(${passed})`}${body} }`,
          variables,
        });
      }
    }
  }
  return found;
}

function variablesOf(field: GraphQLField<unknown, unknown>): Record<string, unknown>[] {
  const required = field.args.filter((arg) => isNonNullType(arg.type));
  let bases: Record<string, unknown>[] = [{}];
  if (field.name === 'case') bases = [...(ids['case'] ?? []), ...(ids['handed'] ?? [])].map((id) => ({ id }));
  else if (field.name === 'appointment') bases = (ids['appointment'] ?? []).map((id) => ({ id }));
  else if (field.name === 'accessLog')
    bases = [...(ids['case'] ?? []), ...(ids['handed'] ?? [])].map((caseId) => ({ caseId }));
  else if (field.name === 'personLookUp') bases = [{ input: { fullName: 'Sam Petit', birthYear: 1980 } }];
  else if (required.length > 0) {
    bases = (ids['district'] ?? []).map((districtId) =>
      Object.fromEntries(
        required.map((arg) => [
          arg.name,
          arg.name === 'districtId' ? districtId : valuesOf(arg.type, arg.name)[0],
        ]),
      ),
    );
  }
  const optional = field.args.filter((arg) => !isNonNullType(arg.type) && arg.name !== 'first');
  return bases.flatMap((base, index) => [
    base,
    ...(index === 0
      ? optional.flatMap((arg) => choicesOf(arg).map((choice) => ({ ...base, [arg.name]: choice })))
      : []),
  ]);
}

function choicesOf(arg: GraphQLArgument): unknown[] {
  const type = getNamedType(arg.type);
  if (!isInputObjectType(type)) return valuesOf(arg.type, arg.name);
  return Object.values(type.getFields()).flatMap((field) =>
    valuesOf(field.type, field.name).map((value) =>
      field.name === 'workerId'
        ? { workerId: value, to: valuesOf(field.type, 'to')[0] }
        : { [field.name]: value },
    ),
  );
}

test('the queries ask widely: every root field, every object, every filter', () => {
  const asked = documents()
    .map(({ query, variables }) => query + JSON.stringify(variables))
    .join('\n');
  for (const field of Object.keys(schema.getQueryType()?.getFields() ?? {}))
    expect(asked).toContain(` ${field}`);
  for (const name of [
    'interviewNotes(first',
    'writtenAt',
    'amendedAt',
    'appointments(first',
    'pendingHandovers',
    'absentWorkerId',
    'OPENED_AT_ASC',
    'mission',
    '"after"',
  ]) {
    expect(asked).toContain(name);
  }
  expect(Math.min(...[...caught.values()].map(({ answered }) => answered))).toBe(documents().length);
});

describe('of all notes, each login gets', () => {
  test.each(LOGINS.map(({ login }) => login))(
    '%s: what they read, and of no other its text, its id or its time',
    (login) => {
      const { data } = caught.get(login) ?? { data: '' };
      const others = canaries.filter((note) => note.reader !== login);
      const leaked = others.flatMap((note) =>
        [note.canary, note.id, note.writtenAt].filter((secret) => data.includes(secret)),
      );
      expect(leaked).toEqual([]);
    },
  );

  test('the readers do get theirs: the canaries sing', () => {
    for (const login of ['worker.sevran', 'worker2.sevran', 'worker.gagny']) {
      const mine = canaries.filter(
        (note) => note.reader === login && caught.get(login)?.data.includes(note.canary),
      );
      expect({ login, some: mine.length > 10 }).toEqual({ login, some: true });
    }
  });

  test('who lost a case gets nothing of what they wrote there', () => {
    for (const login of ['worker.sevran', 'worker2.sevran', 'worker.gagny']) {
      const lost = canaries.filter((note) => note.author === login && note.reader !== login);
      expect(
        lost.filter(
          (note) =>
            caught.get(login)?.data.includes(note.canary) || caught.get(login)?.data.includes(note.id),
        ),
      ).toEqual([]);
    }
    expect(
      canaries.filter((note) => note.author === 'worker2.sevran' && note.reader !== 'worker2.sevran').length,
    ).toBeGreaterThan(0);
  });

  test('nothing internal comes of any question', () => {
    for (const [login, { data }] of caught) {
      expect({ login, internal: /"code":"(INTERNAL|UNAVAILABLE)"/.test(data) }).toEqual({
        login,
        internal: false,
      });
    }
  });
});

test('no canary lies in any table in the clear, nor in the base64 or hexadecimal of it', async () => {
  const tables = await database.sql<{ schema: string; name: string }>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'm') and n.nspname !~ '^pg_toast'`,
  );
  const found: string[] = [];
  for (const { schema: space, name } of tables) {
    // Row by row, as text: bytes come out in hexadecimal.
    const [row] = await database.sql<{ found: boolean }>(
      `select coalesce(bool_or(t::text ~ $1), false) as found from "${space}"."${name}" t`,
      [
        ['canari-', Buffer.from('canari-').toString('hex'), Buffer.from('canari').toString('base64')].join(
          '|',
        ),
      ],
    );
    if (row?.found === true) found.push(`${space}.${name}`);
  }
  expect(tables.length).toBeGreaterThan(30);
  expect(found).toEqual([]);
});

test('the log names cases and persons, and no note', async () => {
  const [count] = await database.sql<{ count: number }>('select count(*)::integer as count from access_log');
  expect(count?.count).toBeGreaterThan(0);
  const text = (await database.sql<{ line: string }>('select t::text as line from access_log t'))
    .map((row) => row.line)
    .join('\n');
  expect(canaries.filter((note) => text.includes(note.id) || text.includes(note.writtenAt))).toEqual([]);
});

/** The log as the officer has it: by day, and of the confidential part one line, which says neither when nor who. */
describe('the officer who reads the log of a case', () => {
  const LOG =
    'query ($caseId: ID!) { accessLog(caseId: $caseId) { occurredOn occurredAt action outcome worker { id displayName } } }';

  async function freshCase(): Promise<string> {
    const [row] = await database.sql<{ id: string }>(
      `select c.id from "case" c join worker w on w.id = c.assigned_worker_id where w.subject = 'worker.sevran' and c.status = 'OPEN'
       and not exists (select from access_log l where l.case_id = c.id) order by c.id limit 1`,
    );
    if (row !== undefined) return row.id;
    const [any] = await database.sql<{ id: string }>(
      `select c.id from "case" c join worker w on w.id = c.assigned_worker_id where w.subject = 'worker.sevran' and c.status = 'OPEN' order by c.id limit 1`,
    );
    await database.sql('delete from access_log where case_id = $1', [any?.id]);
    return any?.id ?? '';
  }

  async function linesOf(caseId: string): Promise<Record<string, unknown>[]> {
    const answer = await (await app.as('dpo')).send(LOG, { caseId });
    expect(answer.errors).toEqual([]);
    return (answer.data?.['accessLog'] ?? []).filter(
      (line: { action: string }) => line.action !== 'READ_ACCESS_LOG',
    );
  }

  test('sees the confidential part as one line a day, whether one note was written or nine', async () => {
    const caseId = await freshCase();
    for (let nth = 0; nth < 3; nth += 1) {
      expect(
        (
          await (
            await app.as('worker.sevran')
          ).send('mutation ($input: WriteNoteInput!) { writeNote(input: $input) { id } }', {
            input: { caseId, body: 'x' },
          })
        ).errors,
      ).toEqual([]);
    }
    const confidential = (await linesOf(caseId)).filter((line) => line['action'] === 'CONFIDENTIAL_PART');
    expect(confidential).toEqual([
      {
        occurredOn: expect.any(String),
        occurredAt: null,
        action: 'CONFIDENTIAL_PART',
        outcome: 'DONE',
        worker: null,
      },
    ]);
  });

  test('cannot tell how many notes were written, when or by whom, from the lines beside', async () => {
    const caseId = await freshCase();
    await database.sql('delete from access_log where case_id = $1', [caseId]);
    for (let nth = 0; nth < 3; nth += 1) {
      expect(
        (
          await (
            await app.as('worker.sevran')
          ).send('mutation ($input: WriteNoteInput!) { writeNote(input: $input) { id } }', {
            input: { caseId, body: 'x' },
          })
        ).errors,
      ).toEqual([]);
    }
    const beside = (await linesOf(caseId)).filter((line) => line['action'] !== 'CONFIDENTIAL_PART');
    // Three acts of writing must not leave three lines with their time and author.
    expect(beside.filter((line) => line['occurredAt'] !== null && line['worker'] !== null)).toEqual([]);
  });
});
