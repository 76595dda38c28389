import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Requester } from '../../support/app.js';
import type { Targets } from './world.js';

/** Coordinates that came back with something in them, on the rows that were looked at. */
export type Seen = Set<string>;

/** Every object-field coordinate but the mutations, which are observed by their effect. */
export function coordinatesOf(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !type.name.startsWith('__') && type !== schema.getMutationType())
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`))
    .sort();
}

const isPage = (type: GraphQLObjectType): boolean => /(Connection|Edge|PageInfo)$/.test(type.name);

/** All leaves, and all objects below, to a depth; a page and its edge are no depth of their own. */
export function selection(type: GraphQLObjectType, depth: number, first: number): string {
  const parts = ['__typename'];
  for (const field of Object.values(type.getFields())) {
    const target = getNamedType(field.type);
    const args = field.args.some((arg) => arg.name === 'first') ? `(first: ${first})` : '';
    if (isLeafType(target)) parts.push(field.name);
    else if (isObjectType(target) && (isPage(target) || depth > 1))
      parts.push(`${field.name}${args} { ${selection(target, isPage(target) ? depth : depth - 1, first)} }`);
  }
  return parts.join(' ');
}

/** The period of which the county has figures, and some that are withheld. */
export const MEASURED = { from: '2025-06-01', to: '2025-08-01' };

/** What each root field is asked with, one after the other, so that it leads to the target. */
export function argumentsFor(
  field: GraphQLField<unknown, unknown>,
  t: Targets,
): readonly Record<string, unknown>[] {
  const now = Date.now();
  const slots = { typeCode: 'FIRST_RECEPTION', districtId: t.District };
  const agenda = { districtId: t.District, workerId: t.Worker };
  const known: Record<string, Record<string, unknown>> = {
    availabilities: agenda,
    dayList: { districtId: t.District },
    homeVisitsOut: { districtId: t.District },
    noticesToGive: { districtId: t.District },
    offersToGive: { districtId: t.District },
    onlineBooking: { secret: t.secret },
    unavailabilities: agenda,
    case: { id: t.Case },
    appointment: { id: t.Appointment },
    collectiveAppointment: { id: t.CollectiveAppointment },
    collectiveAppointments: { districtId: t.District, typeCode: 'INFORMATION_MEETING' },
    personLookUp: { input: { fullName: `Ana ${t.familyName}`, reference: t.personReference } },
    busyTimes: {
      districtId: t.District,
      workerId: t.busyWorker,
      from: new Date(now).toISOString(),
      to: new Date(now + 50 * 86_400_000).toISOString(),
    },
    relays: { districtId: t.District },
    visit: { id: t.Visit },
    encounter: { id: t.Encounter },
    visits: { districtId: t.District, day: t.dayOfVisit },
    accessLog: { caseId: t.Case },
    waitingTimes: { districtId: t.District, ...MEASURED },
    thirdNextAvailable: { districtId: t.District, typeCode: 'FIRST_RECEPTION', ...MEASURED },
  };
  // What there is, and nothing where there is nothing: in an hour's time, by video.
  if (field.name === 'slots')
    return [
      { filter: slots },
      { filter: { ...slots, mode: 'VIDEO', to: new Date(now + 3_600_000).toISOString() } },
    ];
  // What waits, and what is over.
  if (field.name === 'appointmentRequest') return [{ id: t.AppointmentRequest }, { id: t.closedRequest }];
  if (field.name === 'slotOffer') return [{ id: t.SlotOffer }, { id: t.acceptedOffer }];
  const given = known[field.name] ?? {};
  const missing = field.args.filter((arg) => isNonNullType(arg.type) && !(arg.name in given));
  if (missing.length > 0) throw new Error(`Query.${field.name}: say what to ask it with`);
  return [given];
}

/** One document for each root field and depth, its ids pointing at the target rows. */
export function documentsFor(
  schema: GraphQLSchema,
  t: Targets,
): { query: string; variables: Record<string, unknown> }[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
    const type = getNamedType(field.type);
    const asked = argumentsFor(field, t);
    const given = field.args.filter((arg) => asked.some((variables) => arg.name in variables));
    const declared = given.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
    const paged = field.args.some((arg) => arg.name === 'first');
    const depths = isObjectType(type) ? [2, 3, 4] : [1];
    return depths.flatMap((depth) => {
      // Wide and shallow, then narrow and deep: both within what a document may cost.
      const first = depth === 2 ? 30 : depth === 3 ? 9 : 2;
      const passed = [
        ...given.map((arg) => `${arg.name}: $${arg.name}`),
        ...(paged ? [`first: ${first}`] : []),
      ].join(', ');
      const body = isObjectType(type) ? ` { ${selection(type, depth, depth < 3 ? 5 : 2)} }` : '';
      const query = `query ${declared === '' ? '' : `(${declared})`} { ${field.name}${passed === '' ? '' : `(${passed})`}${body} }`;
      return asked.map((variables) => ({ query, variables }));
    });
  });
}

/** A list or a page of no object holds nothing; a list of words is an answer, empty or not. */
export function holdsSomething(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value === 'object' && 'edges' in value) return holdsSomething(value.edges);
  return !Array.isArray(value) || value.length > 0;
}

/** Beside the row that is looked at, one in the same relation that is over: with what a row that waits has not. */
const OVER: Readonly<Record<string, keyof Targets>> = {
  AppointmentRequest: 'closedRequest',
  SlotOffer: 'acceptedOffer',
};

/** The target rows of a type whose rows have an id that tells them from others; none for other types. */
function told(type: string, t: Targets): readonly string[] {
  const [target, over] = [(t as Record<string, string>)[type], OVER[type]];
  return target === undefined ? [] : [target, ...(over === undefined ? [] : [t[over]])];
}

/** Root fields that lead to rows of these types are answered when the target is among the rows. */
const BY_TARGET = new Set([
  'Case',
  'Appointment',
  'Availability',
  'Unavailability',
  'PersonMatch',
  'Relay',
  'Client',
  'OnlineBooking',
  'CollectiveAppointment',
  'AppointmentNotice',
  'AppointmentRequest',
  'SlotOffer',
  'Visit',
  'Message',
  'Encounter',
]);

/** Root fields that lead to another row of the type than the one that is looked at. */
const OTHER_TARGETS: Readonly<Record<string, keyof Targets>> = { homeVisitsOut: 'appointmentNow' };

function idsIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('edges' in value) return idsIn(value.edges);
  if ('node' in value) return idsIn(value.node);
  return 'id' in value ? [value.id] : [];
}

/**
 * Walks an answer beside its schema and notes what came back on target rows: those whose id is the target's, and those
 * without an id that hang on one, or are the same for everyone.
 */
export function harvest(schema: GraphQLSchema, data: unknown, t: Targets, seen: Seen): void {
  const query = schema.getQueryType();
  for (const [name, value] of Object.entries((data ?? {}) as Record<string, unknown>)) {
    const field = query?.getFields()[name];
    if (field === undefined) continue;
    const type = getNamedType(field.type);
    const of = type.name.replace(/Connection$/, '');
    const other = OTHER_TARGETS[name];
    const targets = other === undefined ? told(of, t) : [t[other]];
    const found = BY_TARGET.has(of)
      ? idsIn(value).some((id) => targets.includes(String(id)))
      : holdsSomething(value);
    if (found || (isLeafType(type) && isListType(field.type) && value !== null)) seen.add(`Query.${name}`);
    if (isObjectType(type)) harvestRow(type, value, t, seen);
  }
}

/** The same of what a root field has answered. */
export function harvestRow(root: GraphQLObjectType, answered: unknown, t: Targets, seen: Seen): void {
  const walk = (type: GraphQLObjectType, value: unknown, onTarget: boolean): void => {
    if (Array.isArray(value)) for (const item of value) walk(type, item, onTarget);
    else if (typeof value === 'object' && value !== null) {
      const row = value as Record<string, unknown>;
      const targets = told(type.name, t);
      const mine =
        targets.length === 0 || !('id' in type.getFields()) ? onTarget : targets.includes(String(row['id']));
      for (const field of Object.values(type.getFields())) {
        const held = row[field.name];
        if (!(field.name in row)) continue;
        if (mine && (isLeafType(getNamedType(field.type)) ? held !== null : holdsSomething(held)))
          seen.add(`${type.name}.${field.name}`);
        const inner = getNamedType(field.type);
        if (isObjectType(inner)) walk(inner, held, isPage(type) || isPage(inner) ? true : mine);
      }
    }
  };
  walk(root, answered, true);
}

/** Notes what a standpoint sees of its target rows, by all that can be asked. */
export async function crawl(
  schema: GraphQLSchema,
  requester: Requester,
  t: Targets,
  seen: Seen,
): Promise<void> {
  for (const { query, variables } of documentsFor(schema, t)) {
    const answer = await requester.send(query, variables);
    if (answer.status !== 200) throw new Error(`${answer.text.slice(0, 300)} of ${query.slice(0, 400)}`);
    if (/"code":"(INTERNAL|UNAVAILABLE)"/.test(answer.text)) throw new Error(answer.text.slice(0, 300));
    harvest(schema, answer.data, t, seen);
  }
}

/** What came back on the row that a done action answers. */
export function harvestPayload(type: GraphQLObjectType, value: unknown, seen: Seen): void {
  if (typeof value !== 'object' || value === null) return;
  for (const field of Object.values(type.getFields())) {
    const held = (value as Record<string, unknown>)[field.name];
    if (isLeafType(getNamedType(field.type)) ? held !== null && held !== undefined : holdsSomething(held))
      seen.add(`${type.name}.${field.name}`);
  }
}

/** A field of a row: its value, or that its object is there. */
export function shallow(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return field.name;
  return type.name.endsWith('Connection')
    ? `${field.name} { edges { cursor } }`
    : `${field.name} { __typename }`;
}
