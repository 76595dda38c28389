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
import type { Targets } from './world/targets.js';

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
/** What was frozen of it, by what. */
export const FROZEN = { indicator: 'OPEN_CASES', period: '2025', by: ['MISSION'] };
/** A wait, which has a median. */
export const WAITED = { indicator: 'ASKED_TO_HELD', period: '2025-04', by: ['WAIT'] };

/** A type's selection, and what the document around it is. */
interface Whole {
  readonly type: GraphQLObjectType;
  readonly depth: number;
  readonly first: number;
  readonly around: (body: string) => string;
}

/** Each of the objects below by itself: for what costs too much at once. A page and its edge are gone through. */
function parts({ type, depth, first, around }: Whole): string[] {
  return Object.values(type.getFields()).flatMap((field): string[] => {
    const target = getNamedType(field.type);
    if (!isObjectType(target) || !(isPage(target) || depth > 1)) return [];
    const args = field.args.some((arg) => arg.name === 'first') ? `(first: ${first})` : '';
    const id = 'id' in type.getFields() ? ' id' : '';
    const inner = (body: string): string => around(`__typename${id} ${field.name}${args} { ${body} }`);
    if (isPage(type)) return parts({ type: target, depth, first, around: inner });
    return [inner(selection(target, isPage(target) ? depth : depth - 1, first))];
  });
}

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
    changesOfDay: { districtId: t.District },
    homeVisitsOut: { districtId: t.District },
    homeVisitsNotBack: { districtId: t.District },
    appointmentsWithoutContact: { districtId: t.District },
    timesOfPresent: { visitId: t.waitingVisit },
    noticesToGive: { districtId: t.District },
    offersToGive: { districtId: t.District },
    urgentSlots: { requestId: t.AppointmentRequest },
    onlineBooking: { secret: t.secret },
    linkedAppointment: { secret: t.linkSecret },
    unavailabilities: agenda,
    case: { id: t.Case },
    appointmentRequestByReference: { reference: t.requestReference },
    caseByReference: { reference: t.caseReference },
    casesOfPerson: { personId: t.Person },
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
    previewReassignments: {
      input: {
        fromWorkerId: t.Worker,
        moves: [{ caseId: t.Case, workerId: t.Worker, expectedVersion: 1 }],
      },
    },
    relays: { districtId: t.District },
    absences: { districtId: t.District },
    onlineTypes: { districtId: t.District },
    sectorsFor: { communeCode: '93071' },
    languages: { search: 'tam' },
    organisation: { id: t.Organisation },

    encounter: { id: t.Encounter },
    visits: { districtId: t.District, day: t.dayOfVisit },
    thirdNextAvailable: { districtId: t.District, typeCode: 'FIRST_RECEPTION', ...MEASURED },
    snapshots: { year: 2025 },
    // A draft: what is published is everyone’s.
    activityReport: { districtId: t.District, year: 2025 },
    indicatorObservations: { districtId: t.District, year: 2025 },
    waitSimulations: { districtId: t.District },
    teamOptions: { districtId: t.District },
    walkInHours: { districtId: t.District },
  };
  // What there is, what is sooner than the case's worker has, and nothing where there is nothing: in an hour's time, by video.
  if (field.name === 'slots')
    return [
      { filter: slots },
      { filter: { ...slots, caseId: t.Case } },
      { filter: { ...slots, mode: 'VIDEO', to: new Date(now + 3_600_000).toISOString() } },
    ];
  if (field.name === 'statistics')
    return [FROZEN, WAITED].map((question) => ({ districtId: t.District, ...question }));
  // What was done to someone, and the latest: that the log was read.
  if (field.name === 'accessLog') {
    const filter = { caseReference: t.caseReference, ground: 'CONTROL' };
    return [{ filter: { ...filter, actions: ['BOOK_APPOINTMENT'] } }, { filter }];
  }
  // Who was received, who waits, and who went with an answer of the desk's.
  if (field.name === 'visit')
    return (['Visit', 'waitingVisit', 'takenInVisit', 'unreceivedVisit'] as const).map((key) => ({
      id: t[key],
    }));
  // What waits, what is over, and of whom no name is known.
  if (field.name === 'appointmentRequest')
    return [{ id: t.AppointmentRequest }, { id: t.closedRequest }, { id: t.namelessRequest }];
  if (field.name === 'referral')
    return [{ id: t.Referral }, { id: t.organisationReferral }, { id: t.answeredReferral }];
  if (field.name === 'incomingRequest') return [{ id: t.IncomingRequest }, { id: t.answeredIncoming }];
  if (field.name === 'receivedReferrals')
    return [{ districtId: t.District }, { districtId: t.District, answered: true }];
  if (field.name === 'incomingRequests')
    return [{ districtId: t.District }, { districtId: t.District, done: true }];
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
): { query: string; whole: Whole | null; variables: Record<string, unknown>; root: string }[] {
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
      const withBody = (body: string): string =>
        `query ${declared === '' ? '' : `(${declared})`} { ${field.name}${passed === '' ? '' : `(${passed})`}${body} }`;
      const within = depth < 3 ? 5 : 2;
      const query = withBody(isObjectType(type) ? ` { ${selection(type, depth, within)} }` : '');
      const whole = isObjectType(type)
        ? { type, depth, first: within, around: (inner: string) => withBody(` { ${inner} }`) }
        : null;
      return asked.map((variables) => ({
        query,
        whole,
        variables,
        root: `${field.name} ${JSON.stringify(variables)}`,
      }));
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
const OVER: Readonly<Record<string, readonly (keyof Targets)[]>> = {
  AppointmentRequest: ['closedRequest', 'namelessRequest'],
  SlotOffer: ['acceptedOffer'],
  Visit: ['waitingVisit', 'takenInVisit', 'unreceivedVisit'],
  // And where it leads, if not to a district.
  Referral: ['answeredReferral', 'organisationReferral'],
  IncomingRequest: ['answeredIncoming'],
  Suspension: ['liftedSuspension'],
  Relay: ['waitingRelay'],
  Release: ['objectedRelease', 'refusedRelease', 'dangerRelease', 'pendingDanger'],
};

/** The target rows of a type whose rows have an id that tells them from others; none for other types. */
function told(type: string, t: Targets): readonly string[] {
  const target = (t as Record<string, string>)[type];
  return target === undefined ? [] : [target, ...(OVER[type] ?? []).map((over) => t[over])];
}

/** Root fields that lead to rows of these types are answered when the target is among the rows. */
const BY_TARGET = new Set([
  'Case',
  'Appointment',
  'Availability',
  'Unavailability',
  'PersonMatch',
  'Absence',
  'Relay',
  'PlannedReassignment',
  'Client',
  'OnlineBooking',
  'CollectiveAppointment',
  'AppointmentNotice',
  'AppointmentRequest',
  'SlotOffer',
  'Visit',
  'Message',
  'Encounter',
  'Referral',
  'IncomingRequest',
  'HomeVisitNotBack',
  'Organisation',
  'WaitSimulation',
  'TeamOption',
]);

/** Root fields that lead to another row of the type than the one that is looked at. */
const OTHER_TARGETS: Readonly<Record<string, keyof Targets>> = {
  homeVisitsOut: 'appointmentNow',
  homeVisitsNotBack: 'appointmentNow',
  appointmentsWithoutContact: 'appointmentNow',
};

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
  // What answers nothing answers nothing deeper down.
  const empty = new Set<string>();
  const ask = async (query: string, variables: Record<string, unknown>, root: string): Promise<boolean> => {
    const answer = await requester.send(query, variables);
    // It costs too much, or is too long.
    if (/"code":"DOCUMENT_TOO_COSTLY"|Document contains more/.test(answer.text)) return false;
    if (answer.status !== 200) throw new Error(`${answer.text.slice(0, 300)} of ${query.slice(0, 400)}`);
    if (/"code":"(INTERNAL|UNAVAILABLE)"/.test(answer.text)) throw new Error(answer.text.slice(0, 300));
    if (answer.errors.some(({ path = [] }) => path.at(-1) === 'id'))
      throw new Error(`a row is there, and its id is refused: ${answer.text.slice(0, 300)}`);
    harvest(schema, answer.data, t, seen);
    if (!Object.values(answer.data ?? {}).some(holdsSomething)) empty.add(root);
    return true;
  };
  for (const { query, whole, variables, root } of documentsFor(schema, t)) {
    if (empty.has(root) || (await ask(query, variables, root))) continue;
    // Part by part; the deepest of these may cost too much even so, and what is nearer has been asked.
    if (whole === null || whole.depth < 3) throw new Error(`too costly: ${query.slice(0, 400)}`);
    for (const part of parts(whole))
      if (!(await ask(part, variables, '')) && whole.depth === 3)
        throw new Error(`too costly: ${part.slice(0, 400)}`);
  }
}

/** What came back on the row that a done action answers. */
export function harvestPayload(type: GraphQLObjectType, value: unknown, seen: Seen): void {
  if (Array.isArray(value)) for (const row of value) harvestPayload(type, row, seen);
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return;
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
