import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { dayInParis } from '../../../src/services/operation/period.js';
import { remembered } from './remembered.js';
import type { KnownRow, KnownRows } from './rows.js';

/** An argument, or a field of an input object, and where it stands. */
export interface Place {
  /** `Query.cases(sort:)`, `CaseFilter.status`. */
  readonly coordinate: string;
  readonly name: string;
  readonly type: GraphQLInputType;
  /** The object type that the field answers, through lists and pages: what `id`, `after` and words are looked for in. */
  readonly answers: string | null;
  /** In a mutation any text can be written; a question wants a text that may be found. */
  readonly writes: boolean;
}

/** What arguments are filled from. */
export interface Sources {
  readonly schema: GraphQLSchema;
  readonly rows: KnownRows;
  /** Ids that the login has been answered, by type: asked for first. */
  readonly own?: ReadonlyMap<string, readonly string[]>;
  /** Texts that a filter might betray by what it finds, besides those of the columns. */
  readonly words?: readonly string[];
  /** Texts that are looked for in answers, and so never written. */
  readonly kept?: RegExp;
  /** The id that is asked for most often where it is one among others: of a district that most know. */
  readonly often?: string;
  readonly now: Date;
  /** When public slots begin, and by which secrets bookings are managed: no column says it in words. */
  readonly publicSlots?: readonly string[];
  readonly secrets?: readonly string[];
  /** The links that were sent in messages. */
  readonly links?: readonly string[];
}

const NOWHERE = '00000000-0000-4000-8000-000000000000';
const DAY = 86_400_000;
const TEXT = 'Texte écrit par un essai';
/** Texts of a form of their own, and what no column has. */
const FORMED: Readonly<Record<string, readonly string[]>> = {
  email: ['essai@exemple.fr'],
  search: ['signes', 'ar', 'essai'],
  content: [
    'BEGIN:VCALENDAR VERSION:2.0 PRODID:-//essai BEGIN:VEVENT UID:essai DTSTAMP:20260101T000000Z DTSTART:20260105T080000Z DURATION:PT1H RRULE:FREQ=WEEKLY END:VEVENT END:VCALENDAR'.replace(
      / (?=[A-Z]+[:;])/g,
      '\r\n',
    ),
  ],
};

/** The node type of a page, the type itself otherwise. */
export function nodeType(type: GraphQLObjectType): GraphQLObjectType {
  if (!/Connection$/.test(type.name)) return type;
  const edge = getNamedType(type.getFields()['edges']?.type);
  const node = isObjectType(edge) ? getNamedType(edge.getFields()['node']?.type) : undefined;
  return isObjectType(node) ? node : type;
}

/** What is answered in the place of the row that is named: one that is no more theirs, one that was made of it. */
const INSTEAD_OF: Readonly<Record<string, string>> = {
  GivenUpEncounter: 'Encounter',
  PrivacyNotice: 'PrivacyNoticeDraft',
};

/** The type that an input names by its `id`, if the answer is a sentence. */
const NAMED_BY: Readonly<Record<string, string>> = {
  ConfirmWordsInput: 'Indicator',
  RestoreAppointmentInput: 'Appointment',
  WithdrawWordsInput: 'Indicator',
};

/** Each argument of a field, and each field of its inputs. */
export function placesOf(typeName: string, field: GraphQLField<unknown, unknown>): readonly Place[] {
  const target = getNamedType(field.type);
  const answered = isObjectType(target) ? nodeType(target).name : null;
  const answers = answered === null ? null : (INSTEAD_OF[answered] ?? answered);
  const writes = typeName === 'Mutation';
  return field.args.flatMap((arg): Place[] => {
    const type = getNamedType(arg.type);
    if (!isInputObjectType(type)) {
      const coordinate = `${typeName}.${field.name}(${arg.name}:)`;
      return [{ coordinate, name: arg.name, type: arg.type, answers, writes }];
    }
    return Object.values(type.getFields()).map((inner) => ({
      coordinate: `${type.name}.${inner.name}`,
      name: inner.name,
      type: inner.type,
      answers: NAMED_BY[type.name] ?? answers,
      writes,
    }));
  });
}

/** What is named by what it is for, and not as any field is. */
const SAID_OTHERWISE: Readonly<Record<string, string>> = {
  insteadOf: 'appointment',
  leaving: 'appointment',
  alsoFor: 'person',
  notFor: 'person',
  successor: 'worker',
};

/** The type whose id an argument takes, by how the schema names its own fields: `standInId` is what `standIn` answers. */
export function referent(schema: GraphQLSchema, place: Place): string | null {
  if (['id', 'after'].includes(place.name)) return place.answers;
  return remembered(schema, `referent ${place.name}`, () => typeNamed(schema, place.name));
}

function typeNamed(schema: GraphQLSchema, argument: string): string | null {
  const name = argument.replace(/Ids?$/, '');
  const word = SAID_OTHERWISE[name] ?? name;
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || type === schema.getMutationType()) continue;
    const field = type.getFields()[word] ?? type.getFields()[`${word}s`];
    const target = field && getNamedType(field.type);
    if (isObjectType(target) && 'id' in target.getFields()) return nodeType(target).name;
  }
  const suffix = word.charAt(0).toUpperCase() + word.slice(1);
  const named = Object.values(schema.getTypeMap()).find(
    (type) => isObjectType(type) && type.name.endsWith(suffix) && 'id' in type.getFields(),
  );
  return named?.name ?? null;
}

/** Own rows and foreign ones in turn, two to one, so that a few of each are among the first. */
export function rowsOf(sources: Sources, type: string | null): readonly KnownRow[] {
  return type === null ? [] : remembered(sources, `rows ${type}`, () => mixedRows(sources, type));
}

function mixedRows(sources: Sources, type: string): readonly KnownRow[] {
  const rows = sources.rows.get(type) ?? [];
  const own = new Set(sources.own?.get(type));
  if (own.size === 0) return rows;
  const mine = rows.filter((row) => own.has(String(row['id'])));
  const others = rows.filter((row) => !own.has(String(row['id'])));
  return Array.from({ length: Math.max(Math.ceil(mine.length / 2), others.length) }, (_, index) => [
    mine[2 * index],
    others[index],
    mine[2 * index + 1],
  ])
    .flat()
    .filter((row) => row !== undefined);
}

/** What a row has under an argument's name: its column, the first of its list, its version, itself. */
export function columnOf(row: KnownRow | undefined, name: string): unknown {
  if (row === undefined) return undefined;
  const plain = name.replace(/^expected(.)/, (_, first: string) => first.toLowerCase());
  const list = row[`${plain}s`];
  // `places` is a number, and no list of which the first is a `place`.
  const value = row[plain] ?? (typeof list === 'number' ? undefined : list) ?? row[plain.replace(/s$/, '')];
  const one = Array.isArray(value) && !/s$/.test(plain) ? value[0] : value;
  // Sealed or hashed bytes are nobody's words.
  return typeof one === 'string' && one.startsWith('\\x') ? undefined : (one ?? undefined);
}

function distinct(values: readonly unknown[]): unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function isWritable(sources: Sources, place: Place, value: unknown): boolean {
  return !place.writes || typeof value !== 'string' || sources.kept?.test(value) !== true;
}

/** Two tables may have a column of one name with other words in it. A word of the wrong enum would be refused as a document. */
function isOfType(place: Place, value: unknown): boolean {
  const type = getNamedType(place.type);
  return !isEnumType(type) || [value].flat().every((one) => type.getValue(String(one)) !== undefined);
}

function wordsFor(sources: Sources, place: Place): unknown[] {
  const inRows = (rows: readonly KnownRow[]): unknown[] =>
    rows.map((row) => columnOf(row, place.name)).filter((value) => value !== undefined);
  const own = inRows(rowsOf(sources, place.answers));
  const found = own.length > 0 ? own : [...sources.rows.values()].flatMap(inRows);
  const usable = found.filter((value) => typeof value === 'string' && isWritable(sources, place, value));
  if (place.writes) return usable.length > 0 ? distinct(usable) : [...(FORMED[place.name] ?? [TEXT])];
  // A code is one of a list, and finds no text.
  const words = usable.length > 0 && !/Code$/.test(place.name) ? (sources.words ?? []) : [];
  const all = distinct([...usable, ...words]);
  return all.length > 0 ? all : [...(FORMED[place.name] ?? [])];
}

/** Positions at rows of every type, each under each of its times; those of the answered type first, notes among them. */
export function cursorsAt(sources: Sources, type: string | null): string[] {
  const others = [...sources.rows.keys()].filter((name) => name !== type);
  const at = (row: KnownRow): string[] =>
    Object.values(row)
      .filter((value): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value))
      .map((time) => Buffer.from(`${time}|${row['id']}`).toString('base64url'));
  // A list in the order of names goes on from the name.
  const byName = rowsOf(sources, type)
    .slice(0, 6)
    .flatMap((row) =>
      typeof row['nameKey'] === 'string'
        ? [Buffer.from(`${row['id']}|${row['nameKey']}`).toString('base64url')]
        : [],
    );
  const here = [...byName, ...rowsOf(sources, type).slice(0, 6).flatMap(at)];
  const elsewhere = others.flatMap((name) => rowsOf(sources, name).slice(0, 2).flatMap(at));
  return [...new Set([...here, ...elsewhere])];
}

function numbersFor(sources: Sources, place: Place): unknown[] {
  if (place.name === 'first') return [1, 2, 100, 0];
  const found = [...rowsOf(sources, place.answers), ...[...sources.rows.values()].flat()]
    .map((row) => columnOf(row, place.name))
    .filter((value) => typeof value === 'number');
  if (place.name === 'expectedVersion') return distinct([...found.slice(0, 4), 1, 2, 3, 4, 5, 6]);
  // What no column has is a count.
  return found.length > 0 ? distinct(found).slice(0, 6) : [1, 2, 0];
}

/** The day so many days from now, in Paris: late in the evening it is the day before in UTC. */
function dayFrom({ now }: Sources, days: number): string {
  return dayInParis(new Date(now.getTime() + days * DAY));
}

/** An interval's beginning and end, soon or just past. What is written begins at other hours too: a worker may be busy at one hour of each day. */
function instantsFor(sources: Sources, place: Place): string[] {
  const isEnd = /^(to|until|end|before)/i.test(place.name);
  const begins = place.writes ? [1, 0.1, 9, 1.35, 2.7, 12.2, 15.55] : [1, 0.1, 9];
  return (isEnd ? [8, 30, 56] : begins).map((days) =>
    new Date(sources.now.getTime() + days * DAY).toISOString(),
  );
}

/**
 * Values for an argument, by its type and name alone: every value of an enum, ids of own and foreign rows and of
 * none, words that columns hold, positions of foreign rows. None at all where nothing is known: a test names these.
 */
export function valuesFor(sources: Sources, place: Place): readonly unknown[] {
  const { coordinate, name, type, answers, writes } = place;
  return remembered(sources, `values ${coordinate} ${name} ${type} ${answers} ${writes}`, () =>
    findValues(sources, place),
  );
}

function findValues(sources: Sources, place: Place): readonly unknown[] {
  const type = getNullableType(place.type);
  if (isListType(type)) {
    const each = valuesFor(sources, { ...place, type: type.ofType });
    return each.length === 0 ? [] : [...each.map((value) => [value]), each.slice(0, 2)];
  }
  if (isEnumType(type)) return type.getValues().map(({ name }) => name);
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map((field) => ({
      name: field.name,
      required: isNonNullType(field.type),
      values: valuesFor(sources, {
        ...place,
        coordinate: `${type.name}.${field.name}`,
        name: field.name,
        type: field.type,
      }),
    }));
    // What must be said alone, then all that can be.
    return [true, false].flatMap((least) =>
      Array.from({ length: 3 }, (_, nth) =>
        Object.fromEntries(
          fields
            .filter(({ required }) => required || !least)
            .map(({ name, values }) => [name, values[nth % Math.max(values.length, 1)]]),
        ),
      ),
    );
  }
  if (place.answers === 'LinkedAppointment' && place.name === 'secret') return sources.links ?? [TEXT];
  if (place.answers === 'OnlineBooking' && place.name === 'secret') return sources.secrets ?? [TEXT];
  if (place.answers === 'OnlineBooking' && place.name === 'startsAt')
    return sources.publicSlots ?? instantsFor(sources, place);
  switch (getNamedType(type).name) {
    case 'ID': {
      const ids = rowsOf(sources, referent(sources.schema, place)).map((row) => row['id']);
      return ids.length === 0 ? [] : [...ids, NOWHERE, 'no-id'];
    }
    case 'Boolean':
      return [true, false];
    case 'Int':
    case 'Float':
      return numbersFor(sources, place);
    case 'DateTime':
      return instantsFor(sources, place);
    case 'Date':
      // A period of days, of which something was measured.
      if (/^(from|to)$/.test(place.name))
        return (place.name === 'from' ? [-60, -30, -80] : [5, 1, 9]).map((days) => dayFrom(sources, days));
      // Days gone by: of birth, of what began or ended; beyond what agendas are open for; within it.
      return [-1, -30, -9_000, /^end/.test(place.name) ? 130 : 120, 20, 5, 6, 7, 8, 9].map((days) =>
        dayFrom(sources, days),
      );
    case 'String':
      return place.name === 'after' ? cursorsAt(sources, place.answers) : wordsFor(sources, place);
    default:
      return [];
  }
}

/** The row that an input is about: of the type answered, or of the one whose columns it names most. */
function anchorsFor(sources: Sources, places: readonly Place[]): readonly KnownRow[] {
  const named = rowsOf(sources, places[0]?.answers ?? null);
  if (named.length > 0) return named;
  const hasColumn = (type: string, name: string): boolean =>
    remembered(sources, `column ${type} ${name}`, () =>
      rowsOf(sources, type).some((row) => columnOf(row, name) !== undefined),
    );
  const names = places.map(({ name }) => name);
  const best = remembered(sources, `most columns ${names}`, () => {
    const scores = [...sources.rows.keys()].map(
      (type) => [type, names.filter((name) => hasColumn(type, name)).length] as const,
    );
    return scores.sort(([, one], [, other]) => other - one)[0]?.[0];
  });
  return rowsOf(sources, best ?? null);
}

/** Rows that hang together with those chosen: that name them or are named by them first, then those that share an id. */
function related(rows: readonly KnownRow[], chosen: readonly KnownRow[]): readonly KnownRow[] {
  const ids = new Set(chosen.map((row) => row['id']));
  const uuid = /^[0-9a-f]{8}-/;
  const named = new Set(
    chosen
      .flatMap((row) => Object.values(row).flat())
      .filter((id) => typeof id === 'string' && uuid.test(id)),
  );
  const isClose = (row: KnownRow): boolean =>
    named.has(row['id']) ||
    Object.values(row)
      .flat()
      .some((id) => ids.has(id));
  const shares = (row: KnownRow): boolean =>
    Object.values(row)
      .flat()
      .some((id) => named.has(id));
  const near = [...rows.filter(isClose), ...rows.filter((row) => !isClose(row) && shares(row))];
  return near.length > 0 ? near : rows;
}

/** Which fields of an input are given, and how far each has gone through its values. */
export interface Wish {
  readonly only?: ReadonlySet<string>;
  readonly turns?: ReadonlyMap<string, number>;
}

/**
 * The `nth` value of an input object, or of some of its fields: as far as it goes all from one row and from rows that
 * hang together with it, so that a look-up finds, a filter's fields agree and a write is plausible.
 */
export function inputFor(
  sources: Sources,
  places: readonly Place[],
  nth: number,
  { only, turns = new Map() }: Wish = {},
): Record<string, unknown> {
  const anchors = anchorsFor(sources, places);
  const anchor = anchors[nth % Math.max(anchors.length, 1)];
  const chosen: KnownRow[] = anchor === undefined ? [] : [anchor];
  const input: Record<string, unknown> = {};
  const isId = (place: Place): boolean => getNamedType(place.type).name === 'ID';
  const idOf = (place: Place, turn: number | undefined): unknown => {
    const target = referent(sources.schema, place);
    const rows = rowsOf(sources, target);
    if (target === place.answers && anchor !== undefined) {
      const row = rows[(nth + (turn ?? 0)) % Math.max(rows.length, 1)];
      if (row !== undefined) chosen.splice(0, 1, row);
      return row?.['id'];
    }
    const ofAnchor = turn === undefined ? columnOf(anchor, place.name) : undefined;
    if (ofAnchor !== undefined) {
      const found = rows.find((row) => row['id'] === [ofAnchor].flat()[0]);
      if (found !== undefined) chosen.push(found);
      return ofAnchor;
    }
    // What was gone on from is not of the anchor's any more, but of the rows that are said beside it.
    const near = turn === undefined ? related(rows, chosen) : [...related(rows, chosen), ...rows];
    const row = near[(turn ?? nth) % Math.max(near.length, 1)];
    if (row !== undefined) chosen.push(row);
    return row?.['id'];
  };
  const fill = (place: Place): void => {
    const turn = turns.get(place.name);
    const all = valuesFor(sources, place);
    const generic = all[(turn ?? nth) % Math.max(all.length, 1)];
    const isTime = ['DateTime', 'Date'].includes(getNamedType(place.type).name);
    const found = isId(place)
      ? idOf(place, turn)
      : isTime || turn !== undefined
        ? undefined
        : chosen
            .map((row) => columnOf(row, place.name))
            .find((one) => one !== undefined && isOfType(place, one) && isWritable(sources, place, one));
    const value = found ?? generic;
    const many = isListType(getNullableType(place.type));
    if (value !== undefined) input[place.name] = many && !Array.isArray(value) ? [value] : value;
  };
  const wanted = places.filter((place) => only === undefined || only.has(place.name));
  // Ids first, those gone on with last of them: what else is said is said of their rows.
  for (const place of wanted.filter((one) => isId(one) && !turns.has(one.name))) fill(place);
  for (const place of wanted.filter((one) => isId(one) && turns.has(one.name))) fill(place);
  for (const place of wanted.filter((one) => !isId(one))) fill(place);
  return input;
}

/** Which places must be filled. */
export function isRequired(place: Place): boolean {
  return isNonNullType(place.type);
}

/** Coordinates of the arguments and input fields that a request can reach and for which no value is known. */
export function unknownArguments(sources: Sources): readonly string[] {
  const types = Object.values(sources.schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );
  const places = types.flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => placesOf(type.name, field)),
  );
  const unknown = places.filter((place) => valuesFor(sources, place).length === 0);
  return [...new Set(unknown.map(({ coordinate }) => coordinate))];
}
