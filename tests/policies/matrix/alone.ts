import { randomUUID } from 'node:crypto';
import {
  extendSchema,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';
import { POLICIES } from '../../../policies/index.js';
import { compilePolicies } from '../../../policies/rules/compile.js';
import { allow } from '../../../policies/rules/rules.js';
import { selectReach } from '../../../src/access/person/person.js';
import type { Operation } from '../../../src/operation.js';
import { ASKS_EVERYTHING, type Requester, startTestApp, type TestApp } from '../../support/app.js';
import { inFlight } from '../../support/crawler/crawl.js';
import type { TestDatabase } from '../../support/database.js';
import { ACTIONS } from './actions/index.js';
import { argumentsFor } from './crawl.js';
import { mutationDocument, requesterFor } from './observe.js';
import { rowOf } from './rows.js';
import { type Mutant, marked, switchable, withRootMutant } from './switch.js';
import type { Stand, World } from './world/targets.js';

/** The API with its policies alone, and the names of each coordinate’s mutated rules. */
export interface Alone {
  readonly app: TestApp;
  readonly schema: GraphQLSchema;
  readonly mutants: ReadonlyMap<string, readonly string[]>;
}

/** Which actions’ resolvers have run, by the request that ran them. */
const ran = new Set<string>();
/** Rows by type and target, as the services answered them to who may read them; for all viewers alike. */
const rows = new Map<string, object>();

/** Leaves that are answered from elsewhere than the row, or that rules compare and must stay as they are: stand-ins too. */
const STAND_INS: Readonly<Record<string, unknown>> = {
  'Appointment.subject': 'x',
  'AppointmentNotice.letter': 'x',
  'AppointmentRequest.rank': 1,
  'AppointmentType.places': 1,
  'IncomingRequest.closedAt': new Date(),
  'IncomingRequest.name': 'x',
  'IncomingRequest.text': 'x',
  'Message.text': 'x',
  'Referral.closedAt': new Date(),
  'Referral.names': ['x'],
  'Referral.text': 'x',
  'SlotOffer.letter': 'x',
  'TeamOption.myVote': true,
  'ActivityReport.publishedOn': new Date(),
};

const PERSONAL = new Set(['Person', 'PersonAddress', 'ContactProposal', 'ContactWord', 'NoticeReceipt']);

/** Everything that a row leads to: a stand-in, of which nothing is asked. */
function standIn(type: Parameters<typeof getNamedType>[0]): unknown {
  if (type === undefined || type === null) return null;
  const bare = isNonNullType(type) ? type.ofType : type;
  return isListType(bare) ? [{}] : {};
}

/** Null columns filled: what is null must be refused. */
function filled(type: GraphQLObjectType, row: Record<string, unknown>): object {
  const whole = { ...row };
  for (const field of Object.values(type.getFields())) {
    const leaf = getNamedType(field.type);
    if (`${type.name}.${field.name}` in STAND_INS) continue;
    if (!(field.name in row) || row[field.name] !== null || !isLeafType(leaf)) continue;
    const word = ['DateTime', 'Date'].includes(leaf.name) ? new Date() : leaf.name === 'Int' ? 1 : 'x';
    whole[field.name] = isEnumType(leaf) ? leaf.getValues()[0]?.value : word;
  }
  return whole;
}

/**
 * The API with its policies and nothing else in the way: row-level security off, every field that leads to rows
 * answering a stand-in, and a root field `probe<Type>` that answers the target row once for each mutant asked for, each
 * copy carrying its own. Rows are loaded by the services, with their where-clauses off.
 */
export async function startAlone(database: TestDatabase, world: World): Promise<Alone> {
  const tables = await database.sql<{ name: string }>(
    `select relname as name from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace`,
  );
  for (const { name } of tables) await database.sql(`alter table "${name}" disable row level security`);
  const { policies, mutants } = switchable(POLICIES);
  let schema: GraphQLSchema | undefined;
  const app = await startTestApp(database, {
    ...ASKS_EVERYTHING,
    guard: (made) => {
      schema = probedSchema(made, policies, world);
      return schema;
    },
  });
  if (schema === undefined) throw new Error('no schema');
  return { app, schema, mutants };
}

function objectTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !type.name.startsWith('__'))
    .filter((type) => type !== schema.getQueryType() && type !== schema.getMutationType());
}

const parseMutant = (text: string): Mutant | null => {
  const [coordinate = '', change = ''] = text.split('#');
  return coordinate === '' ? null : { coordinate, change: change === 'flip' ? 'flip' : Number(change) };
};

function probedSchema(
  made: GraphQLSchema,
  policies: Parameters<typeof compilePolicies>[1],
  world: World,
): GraphQLSchema {
  const names = objectTypes(made).map((type) => type.name);
  const schema = extendSchema(
    made,
    parse(
      `extend type Query { ${names
        .map((name) => `probe${name}(standpoint: String!, mutants: [String!]!): [${name}]`)
        .join(' ')} }`,
    ),
  );
  for (const type of objectTypes(schema)) {
    for (const field of Object.values(type.getFields())) {
      // Each field is judged by itself: a refused id would take its row along.
      field.type = getNullableType(field.type);
      const known = STAND_INS[`${type.name}.${field.name}`];
      if (known !== undefined) field.resolve = () => known;
      else if (isObjectType(getNamedType(field.type))) field.resolve = () => standIn(field.type);
    }
  }
  const query = schema.getQueryType()?.getFields() ?? {};
  for (const [name, field] of Object.entries(query)) {
    const probed = /^probe(.+)$/.exec(name)?.[1];
    if (probed === undefined) {
      if (isObjectType(getNamedType(field.type))) field.resolve = () => standIn(field.type);
      // A text that a service makes of rows.
      else if (POLICIES['Query']?.[name] !== allow) field.resolve = () => 'x';
      continue;
    }
    const type = schema.getType(probed) as GraphQLObjectType;
    field.resolve = async (_root, args: { standpoint: string; mutants: string[] }, op: Operation) => {
      const stand = world.stands.get(args.standpoint);
      if (stand === undefined) throw new Error(`no standpoint ${args.standpoint}`);
      const key = `${probed}:${JSON.stringify(stand.targets)}`;
      const row =
        rows.get(key) ?? filled(type, (await rowOf(probed, op, stand.targets)) as Record<string, unknown>);
      rows.set(key, row);
      const related = await relationOf(probed, op, stand);
      return ['', ...args.mutants].map((text) => marked({ ...row, ...related }, parseMutant(text)));
    };
  }
  const mutations = schema.getMutationType()?.getFields() ?? {};
  for (const [name, field] of Object.entries(mutations))
    field.resolve = (_root, _args, op: Operation) => {
      ran.add(`${name}:${op.idempotencyKey}`);
      return standIn(field.type);
    };
  const guarded = compilePolicies(schema, {
    ...policies,
    Query: {
      ...policies['Query'],
      ...Object.fromEntries(names.map((name) => [`probe${name}`, allow])),
    },
  });
  // The root has no row to carry a mutant: an alias or the idempotency key names it.
  for (const field of [...Object.values(query), ...Object.values(mutations)]) {
    const { resolve } = field;
    if (resolve === undefined) throw new Error(`${field.name} is not guarded`);
    field.resolve = (row, args, op: Operation, info) => {
      const named = op.idempotencyKey ?? '';
      return withRootMutant(parseMutant(named.includes('#') ? (named.split('|')[0] ?? '') : ''), () =>
        resolve(row, args, op, info),
      );
    };
  }
  return guarded;
}

/** What a row carries of its relation to the viewer, which differs from one to the next. */
async function relationOf(type: string, op: Operation, { targets }: Stand): Promise<object> {
  if (type === 'HomeVisitNotBack') {
    const [found] = await op.tx.rows<{ onDuty: boolean }>`select coalesce(bool_or(on_duty), false) as "onDuty"
      from home_visits_not_back(${targets.District}::uuid)`;
    return { ...found };
  }
  if (!PERSONAL.has(type)) return {};
  const [found] = await op.tx.rows<{ reach: unknown }>`select ${selectReach(op.viewer)} as reach
    from person p where p.id = ${targets.Person}::uuid`;
  return { reach: found?.reach };
}

/** Standpoints that look at the encounter passed on to the assigned worker; the others at one that is not. */
const LOOK_AT_WHAT_IS_PASSED_ON = new Set([
  'worker-assigned',
  'worker-handed-over',
  'worker-not-handed-over',
  'worker-formerly-assigned',
]);

/** Who is given a row of the type by the services, to be shown to the others as well. */
function entitled(type: string, key: string): string {
  if (type === 'Client' || type === 'PrivacyNoticeDraft') return 'administrator';
  if (type === 'AccessLogEntry' || type === 'ReleaseReview') return 'data-protection-officer';
  if (type === 'OfferSkip' || type === 'Visit') return 'desk-same-district';
  if (type === 'ReferralMention' || type === 'PersonTime') return 'desk-same-district';
  if (type === 'CollectiveAppointment' || type === 'TakenPlace') return 'desk-same-district';
  if (type === 'IncomingRequest') return key.startsWith('head-') ? 'head-same-district' : 'worker-reception';
  // Of the case that they have opened, which the head is to allocate.
  if (type === 'Need' && key === 'worker-on-duty') return key;
  if ((type === 'Case' || type === 'LooseEnds') && key === 'worker-on-duty') return 'head-same-district';
  if (type === 'HomeVisitNotBack') return 'head-same-district';
  if (type === 'Message' || type === 'ChangeOfDay') return 'worker-reception';
  if (type === 'Encounter' && !LOOK_AT_WHAT_IS_PASSED_ON.has(key)) return 'worker-reception';
  if (type === 'HandoverTask') return 'worker-formerly-assigned';
  // To bruno, once.
  if (type === 'Handover' && key === 'worker-moved') return 'worker-formerly-assigned';
  return 'worker-assigned';
}

/** A field: its value, or that its object is there. What lies below has policies of its own. */
const asked = (field: GraphQLField<unknown, unknown>): string =>
  isLeafType(getNamedType(field.type)) ? field.name : `${field.name} { __typename }`;

/** What is followed is asked as if it were a field of a row: its rule is about the viewer, and a source is not opened. */
const selectionOf = (type: GraphQLObjectType): string =>
  Object.values(type.getFields())
    .map((field) =>
      type.name === 'Subscription' ? `${field.name}(districtId: "x") { __typename }` : asked(field),
    )
    .join(' ');

function isOpen(field: GraphQLField<unknown, unknown>, row: Record<string, unknown>): boolean {
  return row[field.name] !== null && row[field.name] !== undefined;
}

/** The row of a probe as coordinates that came back; a row that a refused field has nulled has none. */
function openIn(type: GraphQLObjectType, row: unknown): ReadonlySet<string> {
  if (typeof row !== 'object' || row === null) return new Set();
  const open = Object.values(type.getFields()).filter((field) =>
    isOpen(field, row as Record<string, unknown>),
  );
  return new Set(open.map((field) => `${type.name}.${field.name}`));
}

/** What one standpoint is answered under each mutant; without a mutant under ''. */
export type Answers = ReadonlyMap<string, ReadonlySet<string>>;

const TYPES_A_DOCUMENT = 3;

/** Asks the probes of every type, once without and once under each of these mutants. */
async function askProbes(
  alone: Alone,
  requester: Requester,
  key: string,
  answers: Map<string, Set<string>>,
  isMutated: (coordinate: string) => boolean,
): Promise<void> {
  const types = objectTypes(alone.schema);
  for (let at = 0; at < types.length; at += TYPES_A_DOCUMENT) {
    const some = types.slice(at, at + TYPES_A_DOCUMENT);
    const mutants = some.map((type) =>
      mutantsOf(
        alone,
        Object.keys(type.getFields())
          .map((field) => `${type.name}.${field}`)
          .filter(isMutated),
      ),
    );
    const query = `query ($standpoint: String!, ${some.map((_type, nth) => `$m${nth}: [String!]!`).join(', ')}) {
      ${some.map((type, nth) => `probe${type.name}(standpoint: $standpoint, mutants: $m${nth}) { ${selectionOf(type)} }`).join(' ')} }`;
    const { data, text } = await requester.send(query, {
      standpoint: key,
      ...Object.fromEntries(mutants.map((names, nth) => [`m${nth}`, names])),
    });
    for (const [nth, type] of some.entries()) {
      const copies = data?.[`probe${type.name}`] as unknown[] | undefined;
      if (copies?.length !== (mutants[nth]?.length ?? 0) + 1)
        throw new Error(`${key}: ${text.slice(0, 500)}`);
      for (const [index, name] of ['', ...(mutants[nth] ?? [])].entries())
        add(answers, name, openIn(type, copies[index]));
    }
  }
}

/** The names of the mutants of these coordinates, as probes are asked for them. */
export function mutantsOf(alone: Alone, coordinates: readonly string[]): string[] {
  return coordinates.flatMap((coordinate) => [
    `${coordinate}#flip`,
    ...(alone.mutants.get(coordinate) ?? []).map((_name, nth) => `${coordinate}#${nth}`),
  ]);
}

function add(answers: Map<string, Set<string>>, name: string, open: Iterable<string>): void {
  const known = answers.get(name) ?? new Set();
  for (const coordinate of open) known.add(coordinate);
  answers.set(name, known);
}

/** Asks a root field or tries an action, under a mutant or none. */
async function askRoot(
  alone: Alone,
  requester: Requester,
  stand: Stand,
  coordinate: string,
  mutant: string,
  answers: Map<string, Set<string>>,
): Promise<void> {
  const [root, name = ''] = coordinate.split('.');
  const key = `${mutant}|${randomUUID()}`;
  if (root === 'Mutation') {
    const input = ACTIONS[name]?.input(stand.targets);
    await requester.send(mutationDocument(alone.schema, name, []), { input }, { 'idempotency-key': key });
    add(answers, mutant, ran.delete(`${name}:${key}`) ? [coordinate] : []);
    return;
  }
  const field = alone.schema.getQueryType()?.getFields()[name];
  if (field === undefined) throw new Error(`no ${coordinate}`);
  const [variables = {}] = argumentsFor(field, stand.targets);
  const given = field.args.filter((arg) => arg.name in variables);
  const declared = given.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
  const passed = given.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const shown = asked(field);
  const { data } = await requester.send(
    `query ${declared === '' ? '' : `(${declared})`} { ${name}${passed === '' ? '' : `(${passed})`}${shown.slice(name.length)} }`,
    variables,
    { 'idempotency-key': key },
  );
  add(answers, mutant, data != null && isOpen(field, data) ? [coordinate] : []);
}

/** Root fields and actions, which have no row. */
export function rootCoordinates(schema: GraphQLSchema): string[] {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    Object.keys(root?.getFields() ?? {})
      .filter((name) => !name.startsWith('probe'))
      .map((name) => `${root?.name}.${name}`),
  );
}

/**
 * What every standpoint is answered by the policies alone: as they stand, and under each mutant by itself.
 * @param standpoints who asks
 * @param isMutated which coordinates have their mutants asked for
 */
export async function askAlone(
  alone: Alone,
  world: World,
  standpoints: readonly string[],
  isMutated: (coordinate: string) => boolean,
): Promise<ReadonlyMap<string, Answers>> {
  const requesters = new Map<string, Requester>();
  for (const [key, stand] of world.stands) requesters.set(key, await requesterFor(alone.app, stand));
  const requesterOf = (key: string): Requester => {
    const found = requesters.get(key);
    if (found === undefined) throw new Error(`nobody at ${key}`);
    return found;
  };
  // The rows first, from who is given them.
  for (const key of standpoints) {
    for (const type of objectTypes(alone.schema)) {
      const { data, text } = await requesterOf(entitled(type.name, key)).send(
        `query ($standpoint: String!) { probe${type.name}(standpoint: $standpoint, mutants: []) { __typename } }`,
        { standpoint: key },
      );
      if (data?.[`probe${type.name}`]?.length !== 1) throw new Error(`${type.name} for ${key}: ${text}`);
    }
  }
  const all = new Map<string, Map<string, Set<string>>>();
  const roots = rootCoordinates(alone.schema);
  const toldApart = new Set<string>();
  for (const key of standpoints) all.set(key, new Map());
  await inFlight(all, 6, async ([key, answers]) => {
    const stand = world.stands.get(key);
    if (stand === undefined) throw new Error(`no standpoint ${key}`);
    await askProbes(alone, requesterOf(key), key, answers, isMutated);
    for (const coordinate of roots) {
      await askRoot(alone, requesterOf(key), stand, coordinate, '', answers);
      for (const mutant of isMutated(coordinate) ? mutantsOf(alone, [coordinate]) : []) {
        // A rule that was told apart at one standpoint is not asked for at the next; a flip is, everywhere.
        if (toldApart.has(mutant)) continue;
        await askRoot(alone, requesterOf(key), stand, coordinate, mutant, answers);
        if (
          !mutant.endsWith('#flip') &&
          answers.get(mutant)?.size !== Number(answers.get('')?.has(coordinate))
        )
          toldApart.add(mutant);
      }
    }
  });
  return all;
}
