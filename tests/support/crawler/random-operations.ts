import fc from 'fast-check';
import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { inputFor, type Place, placesOf, type Sources, valuesFor } from './arguments.js';
import type { CrawlDocument } from './documents.js';
import { costOf } from './selections.js';

/** Draws a whole number below the bound. */
type Draw = (bound: number) => number;

/** Fields at most, so that ten thousand operations are asked in a minute. */
const MAX_FIELDS = 25;
/** Fields answered, roughly, at which an operation draws no more: below what the API affords. */
const MOST_SPENT = 8_000;
/** What is asked for with something else is refused without it. */
const TOGETHER: Readonly<Record<string, string>> = { absentWorkerId: 'purpose', purpose: 'absentWorkerId' };
/** How many times as often as another value. */
const OFTEN = 16;

/** The same sources, with the note's case among the cases many times: it is asked for more often than others. */
export function sourcesAround(
  sources: Sources,
  note: { readonly caseId: string; readonly districtId: string; readonly text: string },
): Sources {
  const cases = sources.rows.get('Case') ?? [];
  const row = cases.find(({ id }) => id === note.caseId) ?? { id: note.caseId };
  const rows = new Map(sources.rows).set('Case', [...Array.from({ length: 8 }, () => row), ...cases]);
  return { ...sources, rows, words: [note.text, ...(sources.words ?? [])], often: note.districtId };
}

/** One operation after the other, drawn from all that the schema allows: arguments, filters, pages, aliases, depth. */
class Drawer {
  readonly #values = new Map<string, readonly unknown[]>();
  readonly #sources: Sources;
  readonly #draw: Draw;
  #declared: string[] = [];
  #variables: Record<string, unknown> = {};
  #fields = 0;
  #cost = 0;
  #spent = 0;

  constructor(sources: Sources, draw: Draw, values: Map<string, readonly unknown[]>) {
    this.#sources = sources;
    this.#draw = draw;
    this.#values = values;
  }

  operation(root: GraphQLField<unknown, unknown>): CrawlDocument {
    this.#declared = [];
    this.#variables = {};
    this.#fields = 0;
    this.#cost = 1;
    this.#spent = 0;
    // Two policy matrices in one document are always too costly.
    const aliases = this.#draw(4) === 0 && root.name !== 'policyMatrix' ? 2 : 1;
    const calls = Array.from(
      { length: aliases },
      (_, nth) => `r${nth}: ${this.#field('Query', root, 1 + this.#draw(3), 1)}`,
    );
    const head = this.#declared.length === 0 ? '' : ` (${this.#declared.join(', ')})`;
    return { query: `query${head} { ${calls.join(' ')} }`, variables: this.#variables, root: root.name };
  }

  #pick<T>(all: readonly T[]): T | undefined {
    return all[this.#draw(Math.max(all.length, 1))];
  }

  #known(place: Place): readonly unknown[] {
    let values = this.#values.get(place.coordinate);
    if (values === undefined) {
      const { often } = this.#sources;
      const all = valuesFor(this.#sources, place);
      values = all.flatMap((value) =>
        value === often ? Array.from({ length: OFTEN }, () => value) : [value],
      );
      this.#values.set(place.coordinate, values);
    }
    return values;
  }

  /** An input with some of its fields: of one row, or each drawn by itself. */
  #input(places: readonly Place[]): Record<string, unknown> {
    // Two or three of those that need not be given, however many there are: all at once would agree in nothing.
    const odds = Math.max(3, Math.ceil(places.length / 2));
    const drawn = places.filter((place) => isNonNullType(place.type) || this.#draw(odds) === 0);
    const wanted = places.filter(
      (place) => drawn.includes(place) || drawn.some(({ name }) => TOGETHER[name] === place.name),
    );
    if (this.#draw(2) === 0)
      return inputFor(this.#sources, places, this.#draw(12), {
        only: new Set(wanted.map(({ name }) => name)),
      });
    return Object.fromEntries(wanted.map((place) => [place.name, this.#pick(this.#known(place))]));
  }

  #arguments(typeName: string, field: GraphQLField<unknown, unknown>): { text: string; size: number } {
    const places = placesOf(typeName, field);
    const parts: string[] = [];
    let size = field.args.some((arg) => arg.name === 'first') ? 20 : 1;
    // A worker and their district, every other time; each by itself otherwise.
    const ids = places.filter(
      ({ coordinate, type }) => /:\)$/.test(coordinate) && getNamedType(type).name === 'ID',
    );
    const together =
      ids.length > 1 && this.#draw(2) === 0 ? inputFor(this.#sources, ids, this.#draw(12)) : {};
    for (const arg of field.args) {
      if (arg.name === 'first') {
        size = 1 + this.#draw(this.#cost > 10 ? 3 : 20);
        parts.push(`first: ${size}`);
        continue;
      }
      if (!isNonNullType(arg.type) && this.#draw(2) === 0) continue;
      const type = getNamedType(arg.type);
      const own = places.filter(({ coordinate }) =>
        isInputObjectType(type)
          ? coordinate.startsWith(`${type.name}.`)
          : coordinate === `${typeName}.${field.name}(${arg.name}:)`,
      );
      const [place] = own;
      const value = isInputObjectType(type)
        ? this.#input(own)
        : (together[arg.name] ?? (place && this.#pick(this.#known(place))));
      if (value === undefined) continue;
      const name = `v${this.#declared.length}`;
      this.#declared.push(`$${name}: ${arg.type}`);
      this.#variables[name] = value;
      parts.push(`${arg.name}: $${name}`);
    }
    return { text: parts.length === 0 ? '' : `(${parts.join(', ')})`, size };
  }

  #field(typeName: string, field: GraphQLField<unknown, unknown>, depth: number, cost: number): string {
    this.#fields += 1;
    this.#cost = cost;
    const { text, size } = this.#arguments(typeName, field);
    const target = getNamedType(field.type);
    if (!isObjectType(target)) return `${field.name}${text}`;
    const factor = isListType(getNullableType(field.type)) && field.name !== 'edges' ? 5 : size;
    return `${field.name}${text} { ${this.#selection(target, depth, cost * factor)} }`;
  }

  #selection(type: GraphQLObjectType, depth: number, cost: number): string {
    const isThin = /(Connection|Edge)$/.test(type.name);
    const parts: string[] = [];
    for (const field of Object.values(type.getFields())) {
      if (this.#spent > MOST_SPENT && parts.length > 0) break;
      const target = getNamedType(field.type);
      if (isLeafType(target)) {
        const spent = cost * costOf(field);
        if ((this.#draw(5) < 2 || isThin) && this.#spent + spent < 2 * MOST_SPENT) {
          parts.push(field.name);
          this.#spent += spent;
        }
        continue;
      }
      if (!isObjectType(target) || this.#fields > MAX_FIELDS || cost > 2_000) continue;
      // The way to the rows is always gone.
      if (isThin && field.name !== 'pageInfo') parts.push(this.#field(type.name, field, depth, cost));
      else if (depth > 0 && this.#draw(10) < 3) {
        const alias = this.#draw(6) === 0 ? `${field.name}Again: ` : '';
        parts.push(alias + this.#field(type.name, field, depth - 1, cost));
      } else if (isThin) parts.push(`${field.name} { hasNextPage endCursor }`);
    }
    return parts.length === 0 ? '__typename' : parts.join(' ');
  }
}

/** So many operations, the same for the same seed; the questions that can differ more often than those that cannot. */
export function randomOperations(sources: Sources, seed: number, count: number): CrawlDocument[] {
  const fields = Object.values(sources.schema.getQueryType()?.getFields() ?? {});
  const weighted = fields.flatMap((field) => Array.from({ length: 1 + 3 * field.args.length }, () => field));
  const values = new Map<string, readonly unknown[]>();
  const streams = fc.sample(fc.infiniteStream(fc.nat({ max: 2 ** 31 - 1 })), { seed, numRuns: count });
  return streams.map((stream) => {
    const draw: Draw = (bound) => Number(stream.next().value) % bound;
    const root = weighted[draw(weighted.length)];
    if (root === undefined) throw new Error('no questions');
    return new Drawer(sources, draw, values).operation(root);
  });
}
