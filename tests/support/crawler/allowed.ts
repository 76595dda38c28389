import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';
import { POLICIES } from '../../../policies/index.js';
import { compileRule } from '../../../policies/rules/compile.js';
import { selectReach } from '../../../src/access/person/person.js';
import { DEVELOPMENT_ISSUER } from '../../../src/auth/development-issuer.js';
import { LOGINS } from '../../../src/auth/logins.js';
import { Database } from '../../../src/database/client.js';
import { runOperation } from '../../../src/database/run-operation.js';
import type { Operation } from '../../../src/operation.js';
import type { Viewer } from '../../../src/viewer.js';
import type { TestDatabase } from '../database.js';
import { testProver } from '../login.js';
import { testVault } from '../vault.js';
import { asKnownRow, type KnownRow, tablesOf } from './rows.js';

/** The viewer that a login is, as the API itself makes it. */
async function viewerOf(login: string, database: Database): Promise<Viewer> {
  const known = LOGINS.find((one) => one.login === login);
  const token =
    known === undefined
      ? null
      : { ...known, issuer: DEVELOPMENT_ISSUER, tokenId: 'test', expiresAt: new Date() };
  const { viewer } = await runOperation(
    { database, prover: testProver(), vault: testVault() },
    { kind: 'query', token, idempotencyKey: null },
    async (op) => ({ errors: [], viewer: op.viewer }),
  );
  return viewer;
}

/** Whether the row holds something there: a column of that name, or the id of what the field leads to. */
function isFilled(row: KnownRow, field: string): boolean {
  if (field in row) return row[field] !== null;
  const id = `${field}Id`;
  return !(id in row) || row[id] !== null;
}

/**
 * What the policies allow each login to be answered in this county: the coordinates whose rule holds for some row of
 * the whole table, as nobody but the superuser reads it, where the row has a value, on a type to which some other
 * allowed field leads. Neither services nor row-level security nor any request has a part in it.
 */
export async function allowedCoordinates(
  schema: GraphQLSchema,
  test: TestDatabase,
  logins: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const asApp = new Database({ url: test.urlAs('cosmos_app'), poolSize: 2 });
  const asSuperuser = new Database({ url: test.url, poolSize: 2 });
  try {
    const tables = await tablesOf(schema, test);
    const rows = new Map<string, readonly KnownRow[]>();
    for (const [type, table] of tables) {
      const found = await test.sql<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from "${table}" t`,
      );
      rows.set(
        type,
        found.map(({ row }) => asKnownRow(type, row)),
      );
    }
    const allowed = new Map<string, ReadonlySet<string>>();
    for (const login of logins) {
      const viewer = await viewerOf(login, asApp);
      // How the viewer is related to a person is the one column that no table has.
      const persons = await asSuperuser.transaction(
        { isolation: 'repeatable read', statements: [] },
        async (tx) => ({
          answer: await tx.rows<{ row: Record<string, unknown>; reach: unknown }>`
            select to_jsonb(p) as row, ${selectReach(viewer)} as reach from person p`,
          closing: [],
        }),
      );
      const reach = new Map(persons.map((person) => [person.row['id'], person.reach]));
      rows.set(
        'Person',
        persons.map(({ row }) => ({ ...asKnownRow('Person', row), reach: reach.get(row['id']) })),
      );
      // What is a person's is judged by the same relation.
      for (const type of ['PersonAddress', 'ContactProposal', 'ContactWord', 'NoticeReceipt'])
        rows.set(type, rows.get(type)?.map((row) => ({ ...row, reach: reach.get(row['personId']) })) ?? []);
      /** How the viewer is related to the person that a row names; null if the person gave no name. */
      const reachOf = (row: KnownRow): unknown => reach.get(row['personId']) ?? null;
      // And what hangs on an appointment by that to the appointment.
      const appointments = new Map(rows.get('Appointment')?.map((row) => [row['id'], row]));
      for (const type of ['AppointmentParticipant', 'AppointmentNotice', 'OnlineBooking'])
        rows.set(
          type,
          rows
            .get(type)
            ?.map((row) => ({ ...appointments.get(row['appointmentId']), ...row, reach: reachOf(row) })) ??
            [],
        );
      // A meeting is an appointment with places, and a place is taken by someone who comes to it.
      const meetings = [...appointments.values()].filter((row) => row['places'] != null);
      const places = await test.sql<{ row: Record<string, unknown> }>(
        'select to_jsonb(t) as row from appointment_person t',
      );
      rows.set('CollectiveAppointment', meetings);
      rows.set(
        'TakenPlace',
        places.flatMap(({ row }) => {
          const taken = asKnownRow('TakenPlace', row);
          const meeting = meetings.find(({ id }) => id === taken['appointmentId']);
          return meeting === undefined ? [] : [{ ...meeting, ...taken }];
        }),
      );
      // And what is offered to someone who waits by that to their request.
      const requests = new Map(rows.get('AppointmentRequest')?.map((row) => [row['id'], row]));
      for (const type of ['SlotOffer', 'OfferSkip'])
        rows.set(
          type,
          rows
            .get(type)
            ?.map((row) => ({ ...requests.get(row['requestId']), ...row }))
            .map((row) => ({ ...row, reach: reachOf(row) })) ?? [],
        );
      // What a desk may know of a referral is beside whom it concerns.
      const concerned = await test.sql<{ row: Record<string, unknown> }>(
        'select to_jsonb(t) as row from referral_person t',
      );
      rows.set(
        'ReferralMention',
        concerned.map(({ row }) => asKnownRow('ReferralMention', row)),
      );
      rows.set('Viewer', [{ ...viewer }]);
      rows.set(
        'ViewerRoleIn',
        viewer.memberships.map((membership) => ({ ...membership })),
      );
      allowed.set(login, allowedTo({ viewer, verdicts: new Map() } as unknown as Operation, schema, rows));
    }
    return allowed;
  } finally {
    await asApp.close();
    await asSuperuser.close();
  }
}

function ruleOf(type: string, field: string): (op: Operation, row: KnownRow) => boolean {
  const policy = POLICIES[type]?.[field];
  if (policy === undefined) throw new Error(`${type}.${field} has no rule`);
  const check = compileRule(policy, `${type}.${field}`);
  return (op, row) => check(op, row) === true;
}

function allowedTo(
  op: Operation,
  schema: GraphQLSchema,
  rows: ReadonlyMap<string, readonly KnownRow[]>,
): ReadonlySet<string> {
  const known = new Map<string, boolean>();
  /** Whether there is anything to answer of this type: a row of which some field is allowed. */
  const hasAny = (type: GraphQLObjectType): boolean => {
    const found = known.get(type.name);
    if (found !== undefined) return found;
    const rules = Object.keys(type.getFields()).map((field) => ruleOf(type.name, field));
    const any = rows.get(type.name)?.some((row) => rules.some((rule) => rule(op, row))) ?? true;
    known.set(type.name, any);
    return any;
  };
  const allowed = new Set<string>();
  const reached = new Set(['Query', 'Mutation']);
  // A set that grows while it is gone through: each type once, after the field that leads to it.
  for (const name of reached) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    const node = /Edge$/.test(name) ? getNamedType(type.getFields()['node']?.type) : undefined;
    // An edge is of a row, and there is none without one.
    if (isObjectType(node) && !hasAny(node)) continue;
    for (const field of Object.values(type.getFields())) {
      const rule = ruleOf(name, field.name);
      const target = getNamedType(field.type);
      // A list may be empty and is an answer all the same; an object that nobody may know of is null. A write makes its own.
      const isThere =
        name === 'Mutation' ||
        !isObjectType(target) ||
        isListType(getNullableType(field.type)) ||
        hasAny(target);
      if (!isThere || !(rows.get(name) ?? [{}]).some((row) => isFilled(row, field.name) && rule(op, row)))
        continue;
      allowed.add(`${name}.${field.name}`);
      if (isObjectType(target)) reached.add(target.name);
    }
  }
  return allowed;
}
