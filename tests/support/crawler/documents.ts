import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import { inputFor, isRequired, type Place, placesOf, type Sources, valuesFor } from './arguments.js';
import { remembered } from './remembered.js';
import { BUDGET, fieldPiece, type GivenArgument, type Piece, pack, selectionsOf } from './selections.js';

/** What is sent, and nothing that a client could not know of the schema. */
export interface CrawlDocument {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The root field that it asks. */
  readonly root: string;
}

/** The arguments of one call of a root field. */
type Call = Readonly<Record<string, unknown>>;

const MAX_ALIASES = 25;
const MAX_DISTRICTS = 4;
/** What is looked up beyond one's own queue is asked for alone. */
const LOOK_UPS = new Set([
  'case',
  'appointmentRequestByReference',
  'caseByReference',
  'casesOfPerson',
  'personLookUp',
  'incomingRequest',
  'referral',
  'previewReassignments',
]);

function isLookUp(root: string, call: Call): boolean {
  const filter = call['filter'] as { readonly absentWorkerId?: unknown } | null | undefined;
  return LOOK_UPS.has(root) || filter?.absentWorkerId != null;
}
/** How many calls with optional arguments are asked for all that there is. */
const MOST_DEEP = 60;

/** The places of a field by the argument that holds them. */
function placesByArgument(typeName: string, field: GraphQLField<unknown, unknown>): Map<string, Place[]> {
  const all = placesOf(typeName, field);
  return new Map(
    field.args.map((arg) => {
      const inputName = getNamedType(arg.type).name;
      const own = all.filter(
        ({ coordinate }) =>
          coordinate === `${typeName}.${field.name}(${arg.name}:)` || coordinate.startsWith(`${inputName}.`),
      );
      return [arg.name, own];
    }),
  );
}

/** Whether the argument is an object of fields, and not a value itself. */
function isInput(places: readonly Place[]): boolean {
  return places.length > 0 && !places[0]?.coordinate.endsWith(':)');
}

function unique(calls: readonly Call[]): Call[] {
  return [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()];
}

/** An input that must be given: whole, with what is compulsory alone, and beside that each other field with each value. */
function requiredInputs(sources: Sources, places: readonly Place[]): Record<string, unknown>[] {
  const compulsory = new Set(places.filter(isRequired).map(({ name }) => name));
  const least = (nth: number): Record<string, unknown> =>
    inputFor(sources, places, nth, { only: compulsory });
  const whole = (nth: number): Record<string, unknown> => inputFor(sources, places, nth);
  const beside = places
    .filter((place) => !isRequired(place))
    .flatMap((place) =>
      valuesFor(sources, place).map((value, nth) => ({ ...least(nth), [place.name]: value })),
    );
  return [0, 1, 2, 3].flatMap((nth) => [whole(nth), least(nth)]).concat([4, 5, 6, 7].map(whole), beside);
}

/** Every required argument filled: each of its values once, and once beside other values of the others. */
function requiredCalls(sources: Sources, typeName: string, field: GraphQLField<unknown, unknown>): Call[] {
  const required = [...placesByArgument(typeName, field)].filter(([, places]) => places.some(isRequired));
  if (required.length === 0) return [{}];
  const leaves = required.filter(([, places]) => !isInput(places));
  const values = leaves.map(
    ([name, [place]]) => [name, place === undefined ? [] : valuesFor(sources, place)] as const,
  );
  const inputs = required
    .filter(([, places]) => isInput(places))
    .map(([name, places]) => [name, requiredInputs(sources, places)] as const);
  const count = Math.max(...inputs.map(([, all]) => all.length), ...values.map(([, all]) => all.length), 1);
  const calls: Call[] = [];
  for (const shift of [0, 1]) {
    for (let nth = 0; nth < count; nth += 1) {
      const call: Record<string, unknown> = {};
      values.forEach(([name, all], position) => {
        if (all.length > 0) call[name] = all[(nth + shift * position) % all.length];
      });
      for (const [name, all] of inputs) call[name] = all[nth % all.length];
      calls.push(call);
    }
  }
  return unique(calls);
}

/** Each field of an input alone with each of its values, and all pairs of fields, agreeing and not. */
function inputCalls(sources: Sources, places: readonly Place[]): Record<string, unknown>[] {
  const alone = places.flatMap((place) =>
    valuesFor(sources, place).map((value) => ({ [place.name]: value })),
  );
  const pairs = places.flatMap((one, index) =>
    places.slice(index + 1).flatMap((other) => {
      const values = (place: Place): readonly unknown[] => valuesFor(sources, place);
      return [
        inputFor(sources, places, 0, { only: new Set([one.name, other.name]) }),
        { [one.name]: values(one)[0], [other.name]: values(other).at(-1) },
      ];
    }),
  );
  // A colleague's agenda is asked for with its end: what needs a third field to be answered at all gets all of them.
  const whole = [0, 1, 2].map((nth) => inputFor(sources, places, nth));
  const leftOut = places.map((place) =>
    inputFor(sources, places, 1, {
      only: new Set(places.filter((other) => other !== place).map(({ name }) => name)),
    }),
  );
  const intervals = places
    .filter(({ name }) => /Id$/.test(name))
    .flatMap((place) => {
      const ends = places.filter(({ name }) => /^(to|until)$/.test(name));
      return ends.flatMap((end) =>
        valuesFor(sources, place).map((value) => ({
          [place.name]: value,
          [end.name]: valuesFor(sources, end)[0],
        })),
      );
    });
  return [...alone, ...pairs, ...whole, ...leftOut, ...intervals];
}

/** Every optional argument with each of its values, then every two of them at once. */
function optionalCalls(
  sources: Sources,
  typeName: string,
  field: GraphQLField<unknown, unknown>,
  base: Call,
): Call[] {
  const optional = [...placesByArgument(typeName, field)]
    .filter(([, places]) => !places.some(isRequired))
    .map(([name, places]) => {
      const [place] = places;
      if (place === undefined) return [name, []] as const;
      return [name, isInput(places) ? inputCalls(sources, places) : valuesFor(sources, place)] as const;
    });
  const alone = optional.flatMap(([name, values]) => values.map((value) => ({ ...base, [name]: value })));
  // The first two and the last two of each beside those of each other: every sort on a small page and on a large one.
  const ends = (values: readonly unknown[]): unknown[] => [...values.slice(0, 2), ...values.slice(-2)];
  const pairs = optional.flatMap(([one, values], index) =>
    optional
      .slice(index + 1)
      .flatMap(([other, others]) =>
        ends(values).flatMap((value) =>
          ends(others).map((beside) => ({ ...base, [one]: value, [other]: beside })),
        ),
      ),
  );
  return unique([...alone, ...pairs]);
}

/** Returns the most that a search for free times costs beside its fields: the days of a district, or of twenty for the whole county. */
function searched({ name }: GraphQLField<unknown, unknown>, call: Call): number {
  if (name !== 'slots') return 0;
  const { districtId, communeCode } = (call['filter'] ?? {}) as Readonly<Record<string, unknown>>;
  return 92 * (districtId == null && communeCode == null ? 20 : 1);
}

/** Calls put side by side under aliases, each with its arguments in variables. */
function documentsOf(
  typeName: string,
  field: GraphQLField<unknown, unknown>,
  calls: readonly Call[],
  selections: readonly Piece[],
  page: number,
): CrawlDocument[] {
  const types = new Map(field.args.map((arg) => [arg.name, String(arg.type)]));
  const isPage = types.has('first');
  const isMutation = typeName === 'Mutation';
  const found: CrawlDocument[] = [];
  for (const selection of selections) {
    // Written once however many aliases spread it: the API counts it for each, but reads it once.
    const spread = { ...selection, text: '...Whole' };
    const fragment =
      selection.text === '' ? '' : ` fragment Whole on ${getNamedType(field.type)} { ${selection.text} }`;
    let group: { readonly piece: Piece; readonly call: Call }[] = [];
    const flush = (): void => {
      if (group.length === 0) return;
      const declared = group.flatMap(({ call }, nth) =>
        Object.keys(call).map((name) => `$a${nth}_${name}: ${types.get(name)}`),
      );
      const variables = Object.fromEntries(
        group.flatMap(({ call }, nth) =>
          Object.entries(call).map(([name, value]) => [`a${nth}_${name}`, value]),
        ),
      );
      const body = group
        .map(({ piece }, nth) => `a${nth}: ${piece.text.replaceAll('$_', `$a${nth}_`)}`)
        .join(' ');
      const head = declared.length === 0 ? '' : ` (${declared.join(', ')})`;
      found.push({
        query: `${isMutation ? 'mutation' : 'query'}${head} { ${body} }${fragment}`,
        variables,
        root: field.name,
      });
      group = [];
    };
    for (const call of calls) {
      // Fewer of what is costly each: letters of the offers of a page.
      const affordable = Math.max(1, Math.min(page, Math.floor((BUDGET.cost - 1) / selection.cost)));
      const size = typeof call['first'] === 'number' ? Math.min(Math.max(call['first'], 1), 100) : affordable;
      const args = [
        ...Object.keys(call).map((name) => `${name}: $_${name}`),
        ...(isPage && !('first' in call) ? [`first: ${size}`] : []),
      ].join(', ');
      const piece =
        selection.text === ''
          ? { text: `${field.name}${args === '' ? '' : `(${args})`}`, visits: 1, tokens: 12, cost: 1 }
          : fieldPiece(field, args === '' ? '' : `(${args})`, spread, size);
      const names = Object.keys(call).length;
      const next = {
        ...piece,
        tokens: piece.tokens + 2 + names * 8,
        cost: piece.cost + searched(field, call),
      };
      const together = pack([...group.map((one) => one.piece), next], BUDGET);
      const isAlone = isMutation || isLookUp(field.name, call);
      if (group.length > 0 && (together.length > 1 || group.length >= MAX_ALIASES || isAlone)) flush();
      group.push({ piece: next, call });
    }
    flush();
  }
  return found;
}

function selectionsFor(
  field: GraphQLField<unknown, unknown>,
  depth: number,
  page: number,
  without: ReadonlySet<string> = new Set(),
): Piece[] {
  return remembered(field, `selections ${depth} ${page} ${[...without].sort()}`, () =>
    findSelections(field, depth, page, without),
  );
}

function findSelections(
  field: GraphQLField<unknown, unknown>,
  depth: number,
  page: number,
  without: ReadonlySet<string>,
): Piece[] {
  const target = getNamedType(field.type);
  if (!isObjectType(target)) return [{ text: '', visits: 0, tokens: 0, cost: 0 }];
  const factor = field.args.some((arg) => arg.name === 'first') ? page : 5;
  return selectionsOf(
    target,
    { depth, first: page, without },
    {
      ...BUDGET,
      cost: Math.floor(BUDGET.cost / factor) - 10,
    },
  );
}

/** The optional arguments of fields below the root: each is given a value wherever its field is selected. */
function nestedArguments({ schema }: Sources): readonly Place[] {
  return remembered(schema, 'nested arguments', () => findNestedArguments(schema));
}

function findNestedArguments(schema: GraphQLSchema): readonly Place[] {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  return Object.values(schema.getTypeMap())
    .filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'))
    .filter((type) => !roots.includes(type))
    .flatMap((type) => Object.values(type.getFields()).flatMap((field) => placesOf(type.name, field)));
}

function nestedDocuments(
  sources: Sources,
  field: GraphQLField<unknown, unknown>,
  base: Call,
): CrawlDocument[] {
  const target = getNamedType(field.type);
  if (!isObjectType(target)) return [];
  return nestedArguments(sources).flatMap((place) => {
    const match = /^(\w+\.\w+)\((\w+):\)$/.exec(place.coordinate);
    if (match === null) return [];
    const [, coordinate = '', name = ''] = match;
    const given: GivenArgument = { coordinate, name, variable: 'nested' };
    const selections = remembered(target, `given ${place.coordinate}`, () =>
      selectionsOf(target, { depth: 2, first: 10, given }, { ...BUDGET, cost: BUDGET.cost / 12 }).filter(
        ({ text }) => text.includes('$nested'),
      ),
    );
    if (selections.length === 0) return [];
    return valuesFor(sources, place)
      .slice(0, 12)
      .flatMap((value) =>
        documentsOf('Query', field, [base], selections, 10).map((document) => ({
          ...document,
          query: document.query.includes('query (')
            ? document.query.replace('query (', `query ($nested: ${place.type}, `)
            : document.query.replace('query {', `query ($nested: ${place.type}) {`),
          variables: { ...document.variables, nested: value },
        })),
      );
  });
}

/** Wide pages of every root field that wants no argument, or a district: from whom one learns what there is. */
export function* wideDocuments(sources: Sources): Generator<CrawlDocument> {
  for (const field of Object.values(sources.schema.getQueryType()?.getFields() ?? {})) {
    const calls = requiredCalls(sources, 'Query', field).filter((call) =>
      Object.keys(call).every((name) => name === 'districtId'),
    );
    yield* documentsOf('Query', field, calls.slice(0, MAX_DISTRICTS), selectionsFor(field, 2, 50), 50);
  }
}

/**
 * Everything that can be asked: each root field by each id, deep; a wide page of it; each filter, sort and cursor
 * alone and in pairs; each argument below the root.
 */
export function* queryDocuments(sources: Sources, depth = 4): Generator<CrawlDocument> {
  for (const field of Object.values(sources.schema.getQueryType()?.getFields() ?? {})) {
    const isPage = field.args.some((arg) => arg.name === 'first');
    const bases = requiredCalls(sources, 'Query', field);
    yield* documentsOf('Query', field, bases, selectionsFor(field, 2, isPage ? 50 : 1), 50);
    yield* documentsOf('Query', field, bases.slice(0, 12), selectionsFor(field, depth, 2), 2);
    const [base = {}] = bases;
    yield* documentsOf(
      'Query',
      field,
      optionalCalls(sources, 'Query', field, base),
      // Small enough for a page of a hundred, which is one of the values of `first`.
      selectionsFor(field, 1, 100),
      10,
    );
    // What is no page may answer something else by them, and not only less: figures by a dimension.
    if (!isPage)
      yield* documentsOf(
        'Query',
        field,
        optionalCalls(sources, 'Query', field, base).slice(0, MOST_DEEP),
        selectionsFor(field, depth, 2),
        2,
      );
    yield* nestedDocuments(sources, field, base);
  }
}

/** A mutation, and how it is called: an attempt is a way to fill its input. */
export interface MutationCall {
  readonly root: string;
  readonly places: readonly Place[];
  document(attempt: Attempt): CrawlDocument;
}

export interface Attempt {
  readonly nth: number;
  /** How often it was tried: two times of three with what is compulsory, and none or one of the rest. */
  readonly tried: number;
  /** How far each field has gone on from its first value. */
  readonly turns: ReadonlyMap<string, number>;
  /** Coordinates left out of the payload. */
  readonly without: ReadonlySet<string>;
  /** What is said of the input instead of what is made up. */
  readonly told?: Readonly<Record<string, unknown>>;
}

/** Every mutation. A payload that is more than one document may ask is asked piece by piece, attempt by attempt. */
export function* mutationCalls(sources: Sources, depth = 3): Generator<MutationCall> {
  for (const field of Object.values(sources.schema.getMutationType()?.getFields() ?? {})) {
    const byArgument = [...placesByArgument('Mutation', field)];
    const places = byArgument.flatMap(([, all]) => all);
    const optional = places.filter((place) => !isRequired(place));
    yield {
      root: field.name,
      places,
      document: ({ nth, tried, turns, without, told = {} }) => {
        // Two of three times what must be said and, now and then, one thing more.
        const least = tried % 3 !== 0;
        const extra = optional[tried % Math.max(optional.length * 2, 1)];
        const only = new Set(
          places
            // What an error has named is said, and now and then left out.
            .filter((one) => isRequired(one) || one === extra || (turns.has(one.name) && tried % 4 !== 3))
            .map(({ name }) => name),
        );
        const call = Object.fromEntries(
          byArgument.map(([name, all]) => {
            const [place] = all;
            if (isInput(all) || place === undefined)
              return [
                name,
                { ...inputFor(sources, all, nth, { turns, ...(least ? { only } : {}) }), ...told },
              ];
            return [name, valuesFor(sources, place)[nth]];
          }),
        );
        const pieces = selectionsFor(field, depth, 3, without);
        const piece = pieces[nth % Math.max(pieces.length, 1)];
        const [document] = documentsOf('Mutation', field, [call], piece === undefined ? [] : [piece], 3);
        if (document === undefined) throw new Error(`${field.name}: nothing to ask`);
        return document;
      },
    };
  }
}
