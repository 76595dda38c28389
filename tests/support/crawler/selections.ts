import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
} from 'graphql';
import { COST_OF_A_LETTER } from '../../../schema/sending/letter.js';

/** A part of a selection, and what it takes of the limits on documents. */
export interface Piece {
  readonly text: string;
  /** Fields named, tokens written, fields answered as `src/http/limits` estimates them. */
  readonly visits: number;
  readonly tokens: number;
  readonly cost: number;
}

export type Budget = Omit<Piece, 'text'>;

/** Below the limits, with room for the operation around it. */
export const BUDGET: Budget = { visits: 1_700, tokens: 1_700, cost: 17_000 };

/** An argument given to a field wherever it is selected: `$variable` for `Case.interviewNotes(after:)`. */
export interface GivenArgument {
  readonly coordinate: string;
  readonly name: string;
  readonly variable: string;
}

export interface Shape {
  /** Objects below objects; a page with its edges and nodes is one. */
  readonly depth: number;
  /** The page size at the root; below it, three at most. */
  readonly first: number;
  readonly given?: GivenArgument;
  /** Coordinates left out. */
  readonly without?: ReadonlySet<string>;
}

export const NESTED_FIRST = 3;

/** Pages, edges, page information and searches: on the way, and nothing by themselves. */
function isThin(type: GraphQLObjectType): boolean {
  return /(Connection|Edge|PageInfo|Search)$/.test(type.name);
}

/** What a leaf costs: a letter is made anew for each that is asked. */
export function costOf({ name }: GraphQLField<unknown, unknown>): number {
  return name === 'letter' ? COST_OF_A_LETTER : 1;
}

/** Puts parts side by side into as few wholes as the budget allows. */
export function pack(parts: readonly Piece[], budget: Budget): Piece[] {
  const wholes: Piece[] = [];
  for (const part of parts) {
    const last = wholes.at(-1);
    if (
      last !== undefined &&
      last.visits + part.visits <= budget.visits &&
      last.tokens + part.tokens <= budget.tokens &&
      last.cost + part.cost <= budget.cost
    ) {
      wholes[wholes.length - 1] = {
        text: `${last.text} ${part.text}`,
        visits: last.visits + part.visits,
        tokens: last.tokens + part.tokens,
        cost: last.cost + part.cost,
      };
    } else wholes.push(part);
  }
  return wholes;
}

/** A field with its arguments around a selection. */
export function fieldPiece(
  field: GraphQLField<unknown, unknown>,
  args: string,
  inner: Piece,
  size: number,
): Piece {
  const isPage = field.args.some((arg) => arg.name === 'first');
  const isList = isListType(getNullableType(field.type)) && field.name !== 'edges';
  return {
    text: `${field.name}${args} { ${inner.text} }`,
    visits: inner.visits + 1,
    tokens: inner.tokens + 3 + (args === '' ? 0 : 2 + args.split(/[ (),]+/).length * 2),
    cost: 1 + (isPage ? size : isList ? 5 : 1) * inner.cost,
  };
}

/**
 * All leaves of a type and all objects below, to a depth: in several pieces when it is more than a document may ask.
 * Nothing is left out: each field of each object stands in one of them.
 */
export function selectionsOf(type: GraphQLObjectType, shape: Shape, budget = BUDGET): Piece[] {
  const fields = Object.values(type.getFields()).filter(
    ({ name }) => shape.without?.has(`${type.name}.${name}`) !== true,
  );
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)));
  const own = ['__typename', ...leaves.filter((field) => costOf(field) === 1).map(({ name }) => name)];
  const parts: Piece[] = [
    { text: own.join(' '), visits: own.length, tokens: own.length, cost: own.length + 1 },
    ...leaves
      .filter((field) => costOf(field) > 1)
      .map((field) => ({ text: field.name, visits: 1, tokens: 1, cost: costOf(field) + 1 })),
  ];
  for (const field of fields) {
    const target = getNamedType(field.type);
    if (!isObjectType(target)) continue;
    const below = isThin(type) ? shape.depth : shape.depth - 1;
    if (below < 1) continue;
    const isPage = field.args.some((arg) => arg.name === 'first');
    const { given } = shape;
    const isGiven = given?.coordinate === `${type.name}.${field.name}`;
    const size = !isPage ? 1 : isGiven && given.name === 'first' ? 100 : Math.min(shape.first, NESTED_FIRST);
    const args = [
      ...(isPage && !(isGiven && given.name === 'first') ? [`first: ${size}`] : []),
      ...(isGiven ? [`${given.name}: $${given.variable}`] : []),
    ].join(', ');
    const factor = isPage ? size : isListType(getNullableType(field.type)) ? 5 : 1;
    const inner = selectionsOf(
      target,
      { ...shape, depth: below, first: isThin(target) ? shape.first : NESTED_FIRST },
      {
        visits: budget.visits - 20,
        tokens: budget.tokens - 20,
        cost: Math.floor(budget.cost / factor) - 10,
      },
    );
    for (const piece of inner) parts.push(fieldPiece(field, args === '' ? '' : `(${args})`, piece, size));
  }
  return pack(parts, budget);
}

/** Coordinates selected to this depth from a type, its own included. */
export function coordinatesBelow(
  type: GraphQLObjectType,
  depth: number,
  found = new Set<string>(),
): Set<string> {
  for (const field of Object.values(type.getFields())) {
    const target = getNamedType(field.type);
    if (isLeafType(target)) found.add(`${type.name}.${field.name}`);
    else if (isObjectType(target)) {
      const below = isThin(type) ? depth : depth - 1;
      if (below < 1) continue;
      found.add(`${type.name}.${field.name}`);
      coordinatesBelow(target, below, found);
    }
  }
  return found;
}
