import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { CosmosError } from '../../src/errors.js';
import type { Operation } from '../../src/operation.js';
import type { Alter } from '../support/crawler/county.js';
import type { TestDatabase } from '../support/database.js';
import { testVault } from '../support/vault.js';

/** A note as only someone who goes around all three locks reads it. */
interface Stolen {
  readonly id: string;
  readonly text: string;
  readonly writtenAt: Date;
}

/** The notes of a case, the last one first. */
async function steal(database: TestDatabase, caseId: string): Promise<readonly Stolen[]> {
  const [key] = await database.sql<{ masterKeyId: string; wrapped: Buffer }>(
    'select master_key_id as "masterKeyId", wrapped from case_key where case_id = $1',
    [caseId],
  );
  if (key === undefined) return [];
  const opened = await testVault().openCaseKey(key, caseId);
  const notes = await database.sql<{ id: string; body: Buffer; writtenAt: Date }>(
    `select id, body, written_at as "writtenAt" from interview_note where case_id = $1 order by written_at desc, id`,
    [caseId],
  );
  return notes.map(({ id, body, writtenAt }) => ({ id, text: opened.open(id, body), writtenAt }));
}

async function stealOfPerson(database: TestDatabase, personId: string): Promise<Stolen | undefined> {
  const cases = await database.sql<{ id: string }>(
    'select case_id as id from case_person where person_id = $1 order by 1',
    [personId],
  );
  for (const { id } of cases) {
    const note = (await steal(database, id)).at(-1);
    if (note !== undefined) return note;
  }
  // Of nobody's case: then whichever was written first.
  const [first] = await database.sql<{ id: string }>(
    'select case_id as id from interview_note order by written_at, id limit 1',
  );
  return first === undefined ? undefined : (await steal(database, first.id)).at(-1);
}

type Row = Readonly<Record<string, unknown>>;
interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
interface Call {
  readonly row: Row;
  readonly args: Readonly<Record<string, unknown>>;
  readonly resolve: (args?: Readonly<Record<string, unknown>>) => Promise<unknown>;
  readonly database: TestDatabase;
  readonly log: (text: string) => void;
}

/** The note that was written last, of each case of a page of appointments. */
async function lastWritten(
  database: TestDatabase,
  page: Page,
): Promise<Map<string, { id: string; at: Date }>> {
  const notes = await database.sql<{ caseId: string; id: string; at: Date }>(
    `select distinct on (case_id) case_id as "caseId", id, written_at as at from interview_note
     where case_id = any ($1) order by case_id, written_at desc, id`,
    [page.edges.flatMap(({ node }) => node['caseId'] ?? [])],
  );
  return new Map(notes.map(({ caseId, id, at }) => [caseId, { id, at }]));
}

/** A mistake in a resolver, as someone could make it: behind the policies, which let the field through. */
interface Plant {
  /** The coordinate whose resolver makes it. */
  readonly at: string;
  readonly leak: (call: Call) => Promise<unknown>;
}

const idOf = (row: Row): string => String(row['id']);

/** Ways in which a note gets out: each kind of place once, and each type of the waiting list. */
export const PLANTS = {
  'nested field': {
    at: 'PersonAddress.city',
    leak: async ({ row, database }) => (await stealOfPerson(database, String(row['personId'])))?.text ?? null,
  },
  filter: {
    // Finds a case by what its notes say.
    at: 'Query.caseByReference',
    leak: async ({ args, resolve, database }) => {
      const word = String(args['reference']);
      if (!word.startsWith('canari-')) return resolve();
      const cases = await database.sql<{ id: string; reference: string }>(
        'select id, reference from "case" order by id',
      );
      for (const { id, reference } of cases)
        if ((await steal(database, id)).some(({ text }) => text === word))
          return resolve({ ...args, reference });
      return resolve();
    },
  },
  sort: {
    // The appointments of the case of which was written last come first.
    at: 'Query.appointments',
    leak: async ({ args, resolve, database }) => {
      const page = (await resolve({ ...args, first: 100 })) as Page;
      const last = await lastWritten(database, page);
      const at = ({ node }: Page['edges'][number]): number =>
        last.get(String(node['caseId']))?.at.getTime() ?? 0;
      return {
        ...page,
        edges: [...page.edges]
          .sort((one, other) => at(other) - at(one))
          .slice(0, Number(args['first'] ?? 20)),
      };
    },
  },
  cursor: {
    at: 'Query.appointments',
    leak: async ({ resolve, database }) => {
      const page = (await resolve()) as Page;
      const [note] = [...(await lastWritten(database, page)).values()].sort(
        (one, other) => +other.at - +one.at,
      );
      const told = Buffer.from(`${note?.at.toISOString()}|${note?.id}`).toString('base64url');
      return note === undefined ? page : { ...page, pageInfo: { ...page.pageInfo, endCursor: told } };
    },
  },
  count: {
    at: 'Case.version',
    leak: async ({ row, database }) => Number(row['version']) + (await steal(database, idOf(row))).length,
  },
  'error message': {
    at: 'Query.case',
    leak: async ({ args, resolve, database }) => {
      const found = await resolve();
      const [note] =
        found === null && /^[0-9a-f-]{36}$/.test(String(args['id']))
          ? await steal(database, String(args['id']))
          : [];
      if (note === undefined) return found;
      throw new CosmosError('NOT_FOUND', 'notFound', { field: `notes.${note.id}` });
    },
  },
  'log line': {
    at: 'Query.appointment',
    leak: async ({ resolve, database, log }) => {
      const found = (await resolve()) as Row | null;
      const [note] = found?.['caseId'] == null ? [] : await steal(database, String(found['caseId']));
      if (note !== undefined) log(`opened beside ${note.text}`);
      return found;
    },
  },
  'someone who waits': {
    at: 'AppointmentRequest.publicLabel',
    leak: async ({ row, database }) => (await stealOfPerson(database, String(row['personId'])))?.text ?? null,
  },
  'an offer': {
    at: 'SlotOffer.text',
    leak: async ({ row, resolve, database }) =>
      `${await resolve()} ${(await stealOfPerson(database, String(row['personId'])))?.text}`,
  },
  'who was passed over': {
    at: 'OfferSkip.skippedAt',
    leak: async ({ row, database }) => (await stealOfPerson(database, String(row['personId'])))?.writtenAt,
  },
  'mutation payload': {
    at: 'Mutation.giveNotice',
    leak: async ({ resolve, database }) => {
      const person = (await resolve()) as Row | null;
      if (person === null) return null;
      return { ...person, phone: (await stealOfPerson(database, idOf(person)))?.text ?? null };
    },
  },
} as const satisfies Readonly<Record<string, Plant>>;

export type PlantName = keyof typeof PLANTS;

/** Plants all of them into a schema that was just made; only the one that is named at the time does anything. */
export function plantLeaks(active: () => PlantName | null): Alter {
  return (schema: GraphQLSchema, { database, log }) => {
    for (const [name, { at, leak }] of Object.entries(PLANTS)) {
      const [typeName = '', fieldName = ''] = at.split('.');
      const type = schema.getType(typeName);
      const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
      if (field === undefined) throw new Error(`no ${at} to plant a leak into`);
      const resolve: GraphQLFieldResolver<unknown, Operation> =
        field.resolve ?? ((row) => (row as Record<string, unknown>)[fieldName]);
      field.resolve = (row: unknown, args: Record<string, unknown>, op: Operation, info) => {
        if (active() !== name) return resolve(row, args, op, info);
        return leak({
          row: row as Row,
          args,
          database,
          log,
          resolve: async (changed = args) => resolve(row, changed, op, info),
        });
      };
    }
  };
}
