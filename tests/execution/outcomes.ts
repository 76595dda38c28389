import {
  buildSchema,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  responsePathAsArray,
} from 'graphql';
import { Deferred } from '../../src/execution/deferred.js';

const SDL = `
enum Mode { ONCE DOUBLE }
input In { by: Int = 2, mode: Mode }
type Query { name: String id: ID! item: Item sure: Item! items: [Item] all: [Item!]! rows: [[Item!]!] scaled(by: Int = 2, mode: Mode, in: In): Int }
type Item { id: ID! name: String count: Int! tags: [String] words: [String!]! grid: [[Int!]] next: Item owner: Item! items: [Item!] scaled(by: Int, mode: Mode, in: In): Int }`;

/** What may become of a field. */
type Outcome = 'value' | 'deferred' | 'promise' | 'late' | 'null' | 'throws' | 'rejects' | 'error' | 'unfit';

/**
 * What fails: fields that may be null; any field, but what may not be null fails later only; any field, and nothing comes later. Where one
 * of two siblings fails at once and the other later, graphql-js 16 leaves a promise to nobody, which ends the process.
 */
export type Failing = 'nullable' | 'later' | 'at once';

const GOOD: Readonly<Record<Failing, readonly Outcome[]>> = {
  nullable: ['value', 'value', 'deferred', 'promise', 'late'],
  later: ['value', 'value', 'deferred', 'promise', 'late'],
  'at once': ['value', 'deferred'],
};
const BAD: Readonly<Record<Failing, readonly Outcome[]>> = {
  nullable: ['null', 'throws', 'rejects', 'error', 'unfit'],
  later: ['null', 'throws', 'rejects', 'error', 'unfit'],
  'at once': ['null', 'throws', 'error', 'unfit'],
};

/** A number that depends on the words alone (FNV-1a). */
function digest(words: string): number {
  let hash = 0x811c9dc5;
  for (const letter of words) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return hash;
}

/**
 * A schema whose fields have values, promises, nulls and failures, by their path and a seed: who executes the same document gets the same.
 * @param often one field in so many fails
 */
export function schemaOf(seed: number, often: number, failing: Failing): GraphQLSchema {
  const schema = buildSchema(SDL);

  /** A list whose first item fails at once never looks at the others. */
  const rejected = (failure: Error): Promise<never> => {
    const promise = Promise.reject<never>(failure);
    promise.catch(() => undefined);
    return promise;
  };
  const late = async <T>(value: T, ticks: number): Promise<T> => {
    for (let tick = 0; tick < ticks; tick += 1) await null;
    return value;
  };

  function made(type: GraphQLOutputType, at: string): unknown {
    const inner = getNullableType(type);
    if (isListType(inner)) {
      const item: GraphQLOutputType = inner.ofType;
      return Array.from({ length: digest(`${seed} ${at} length`) % 4 }, (_, nth) =>
        outcomeOf(item, `${at}.${nth}`, false),
      );
    }
    if (isObjectType(inner)) return { at };
    return String(inner) === 'Int' ? digest(at) % 100 : at;
  }

  /** Values, and what fails, in the place of a field or an item. */
  function outcomeOf(type: GraphQLOutputType, at: string, isField: boolean): unknown {
    const drawn = digest(`${seed} ${at}`);
    const fails = drawn % often === 0 && (failing !== 'nullable' || !isNonNullType(type));
    const bad = failing === 'later' && isNonNullType(type) ? (['rejects'] as const) : BAD[failing];
    const among = fails ? bad : GOOD[failing];
    const outcome = among[digest(`${at} ${seed}`) % among.length];
    const failure = new Error(`failed at ${at}`);
    switch (outcome) {
      case 'deferred': {
        const value = made(type, at);
        if (typeof value !== 'string' && typeof value !== 'number') return value;
        // One in six fails when it is worked out.
        const isLost = drawn % 6 === 0 && !isNonNullType(type);
        return new Deferred(() => {
          if (isLost) throw failure;
          return value;
        });
      }
      case 'promise':
        return Promise.resolve(made(type, at));
      case 'late':
        return late(made(type, at), 1 + (drawn % 5));
      case 'null':
        return null;
      case 'throws':
        if (isField) throw failure;
        return failure;
      case 'rejects':
        return rejected(failure);
      case 'error':
        return failure;
      case 'unfit':
        // No text is an integer, no number is a list.
        return isListType(getNullableType(type)) ? 7 : { toString: 7 };
      default:
        return made(type, at);
    }
  }

  for (const type of [schema.getQueryType(), schema.getType('Item')]) {
    if (!isObjectType(type)) throw new Error('no such type');
    for (const field of Object.values(type.getFields())) {
      // One in three has no resolver, and is read from its row.
      if (field.name === 'name' && type.name === 'Item') continue;
      field.resolve = (_row, args, _context, info) => {
        const given = args as { by?: number; mode?: string; in?: { by?: number; mode?: string } };
        if (given.by === -1) throw new Error('a negative argument');
        return outcomeOf(
          field.type,
          `${responsePathAsArray(info.path).join('.')} ${JSON.stringify(given)}`,
          true,
        );
      };
    }
  }
  return schema;
}
