import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import type { Answer, Requester } from '../app.js';
import { patient } from '../patient.js';
import { isRequired, type Sources, valuesFor } from './arguments.js';
import { type Crawled, reap, type Witness, withOwnRows } from './crawl.js';
import { type MutationCall, mutationCalls } from './documents.js';
import type { RowReader } from './rows.js';

/** How often a mutation is called, unless said otherwise. */
const MAX_CALLS = 40;
/** How many refusals of a mutation itself, one after the other, are enough; and how many effects. */
const MAX_REFUSALS = 6;
const MAX_EFFECTS = 3;
/** How many values of what need not be said are tried, before it is said no more. */
const MAX_TURNS = 5;
/** How many of what must be said, before another row is tried. */
const MAX_VALUES = 8;

/** A case is closed last: little else can be done with it then. Of who is informed, informing is not deferred any more. */
const isLast = ({ root }: MutationCall): boolean => ['closeCase', 'recordInformation'].includes(root);

/** The coordinate at the end of an error's path; null for the mutation itself. */
function coordinateAt(
  schema: GraphQLSchema,
  root: string,
  path: readonly (string | number)[],
): string | null {
  let type: GraphQLObjectType | null | undefined = schema.getMutationType();
  let coordinate: string | null = null;
  const names = path.filter((step): step is string => typeof step === 'string');
  for (const [position, step] of names.entries()) {
    const name: string = position === 0 ? root : step;
    const field: ReturnType<GraphQLObjectType['getFields']>[string] | undefined = type?.getFields()[name];
    if (type == null || field === undefined) return null;
    coordinate = position === 0 ? null : `${type.name}.${name}`;
    const target = getNamedType(field.type);
    type = isObjectType(target) ? target : null;
  }
  return coordinate;
}

/** Which field of the input to change, as an error tells: the one that it names, the version, or one id after the other. */
function faultIn({ errors }: Answer, { places }: MutationCall, nth: number): string | undefined {
  const [error] = errors;
  const [, named = ''] = String(error?.extensions['field'] ?? '').split('.');
  if (places.some(({ name }) => name === named)) return named;
  const ids = places.filter(({ type }) => getNamedType(type).name === 'ID').map(({ name }) => name);
  const version = places.find(({ name }) => name === 'expectedVersion')?.name;
  const reason = error?.extensions['reason'];
  if (reason === 'VERSION_CHANGED' && nth % 6 !== 0) return version;
  const year = places.find(({ name }) => name === 'year')?.name;
  if (reason === 'STATE_CHANGED' && year !== undefined) return year;
  if (reason === 'STATE_CHANGED' && nth % 2 === 0) return ids[1] ?? ids[0];
  const time = places.find(({ name }) => name === 'startsAt')?.name;
  if (reason === 'SLOT_TAKEN' && time !== undefined && nth % 2 === 0) return time;
  return error?.extensions.code === 'FORBIDDEN' ? ids[nth % Math.max(ids.length, 1)] : ids[0];
}

/** What the next input is to say, as the error tells it: `closeCase` wants the ids of all that the case leaves open. */
function toldIn({ errors }: Answer): Readonly<Record<string, unknown>> {
  const looseEnds = errors[0]?.extensions['looseEnds'];
  return looseEnds === undefined ? {} : { leaving: looseEnds };
}

/**
 * Calls every mutation as one login, until it has had its effects or is refused for good. What an error names is
 * changed for the next call. A mutation whose payload is refused anywhere has no effect: it is called again without
 * what was refused.
 * @param isTried which mutations: all of them unless given
 * @param maxCalls how often each of them is called at most
 */
export async function mutate(
  requester: Requester,
  sources: Sources,
  reader: RowReader,
  crawled: Crawled,
  witness: Witness,
  isTried: (root: string) => boolean = () => true,
  maxCalls = MAX_CALLS,
): Promise<ReadonlyMap<string, number>> {
  const { send } = patient(requester);
  const done = new Map<string, number>();
  const withOwn = await withOwnRows(sources, reader, crawled.own);
  const calls = [...mutationCalls(withOwn)].sort((one, other) => Number(isLast(one)) - Number(isLast(other)));
  for (const mutation of calls) {
    if (!isTried(mutation.root)) continue;
    let refusals = 0;
    let effects = 0;
    const without = new Set<string>();
    const turns = new Map<string, number>();
    const givenUp = new Set<string>();
    /** What the last answer told to say, where it told it whole. */
    let told: Readonly<Record<string, unknown>> = {};
    let first = 0;
    // Counts calls but those of which only the payload was refused: these are made again as they were.
    let tried = 0;
    for (let nth = 0; nth < maxCalls && effects < MAX_EFFECTS && refusals < MAX_REFUSALS; nth += 1) {
      const document = mutation.document({ nth: first, tried, turns, without, told });
      const answer = await send(document.query, document.variables);
      crawled.answered += 1;
      reap(sources.schema, document, answer, crawled);
      await witness(answer, document);
      const refused = answer.errors
        .filter(({ extensions }) => extensions.code === 'FORBIDDEN')
        .map(({ path }) => coordinateAt(sources.schema, mutation.root, path ?? []));
      refusals = refused.includes(null) ? refusals + 1 : 0;
      const inPayload = refused.filter((coordinate) => coordinate !== null);
      for (const coordinate of inPayload) without.add(coordinate);
      if (inPayload.length === 0) tried += 1;
      told = toldIn(answer);
      if (Object.keys(told).length > 0) continue;
      if (answer.errors.length === 0) {
        effects += 1;
        first += 1;
        turns.clear();
        givenUp.clear();
        without.clear();
      } else if (inPayload.length === 0) {
        const fault = faultIn(answer, mutation, nth);
        // What is one's own comes first of the ids, and a version was the row's; a first value of anything else was tried already.
        const isFromRow = /^(id|.*Ids?|expectedVersion)$/.test(fault ?? '');
        const turn = (turns.get(fault ?? '') ?? (isFromRow ? -1 : 0)) + 1;
        // A field that has to be said after all is named as invalid where it is not.
        const mayGo =
          answer.errors[0]?.extensions.code !== 'INVALID_INPUT' &&
          mutation.places.some((place) => place.name === fault && !isRequired(place));
        const place = mutation.places.find(({ name }) => name === fault);
        const values = place === undefined || fault === 'id' ? [] : valuesFor(withOwn, place);
        const isSpent =
          place !== undefined &&
          fault !== 'id' &&
          isRequired(place) &&
          turn >= Math.min(values.length, MAX_VALUES);
        if (fault === undefined || (mayGo && givenUp.has(fault))) first += 1;
        // No value will do with this row: the next.
        else if (isSpent) {
          turns.clear();
          first += 1;
        } else if (mayGo && turn > MAX_TURNS) {
          turns.delete(fault);
          givenUp.add(fault);
        } else {
          turns.set(fault, turn);
          // Another row has a version of its own.
          if (fault === 'id') turns.delete('expectedVersion');
        }
      }
    }
    if (effects > 0) done.set(mutation.root, effects);
  }
  return done;
}
