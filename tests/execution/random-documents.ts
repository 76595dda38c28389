import fc from 'fast-check';
import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';

/** A document, with the values of its variables. */
export interface RandomDocument {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The next of a stream of random numbers, below a bound. */
type Draw = (bound: number) => number;

const ARGUMENTS = [
  '',
  '(by: 3)',
  '(by: null)',
  '(by: $by)',
  '(by: $by, mode: DOUBLE)',
  '(in: { by: $by, mode: $mode })',
];
const FRAGMENTS = ['', '...OnItem ', '... { id } ', '... on Item { id name } ', '... on Query { name } '];
const DEPTH = 3;

function selection(type: GraphQLObjectType, depth: number, draw: Draw): string {
  const parts: string[] = [];
  for (const field of Object.values(type.getFields())) {
    // Some twice, so that two selections of one key are merged.
    for (let times = draw(5) < 2 ? 1 + Number(draw(6) === 0) : 0; times > 0; times -= 1) {
      const target = getNamedType(field.type);
      const deep = isObjectType(target);
      if (deep && depth === 0) continue;
      const given = field.args.length === 0 ? 0 : draw(ARGUMENTS.length);
      const args = ARGUMENTS[given];
      // Arguments of one key must agree.
      const alias =
        field.args.length > 0 ? `with${given}: ` : draw(4) === 0 ? `a${parts.length}_${field.name}: ` : '';
      parts.push(`${alias}${field.name}${args}${deep ? ` { ${selection(target, depth - 1, draw)} }` : ''}`);
    }
  }
  if (draw(3) === 0) parts.push('__typename');
  const fragment = FRAGMENTS[draw(FRAGMENTS.length)] ?? '';
  if (fragment.includes('on ') ? fragment.includes(`on ${type.name} `) : type.name === 'Item')
    parts.push(fragment);
  return parts.every((part) => part === '') ? '__typename' : parts.join(' ');
}

/** Documents that are valid for the schema of `outcomes.ts`. */
export function documents(schema: GraphQLSchema): fc.Arbitrary<RandomDocument> {
  const query = schema.getQueryType();
  if (query == null) throw new Error('no query');
  const variables = fc.record(
    { by: fc.integer({ min: -1, max: 3 }), mode: fc.constantFrom('ONCE', 'DOUBLE') },
    { requiredKeys: [] },
  );
  const streams = fc.infiniteStream(fc.nat({ max: 2 ** 31 - 1 }));
  return fc.tuple(streams, variables).map(([stream, given]) => {
    const draw: Draw = (bound) => Number(stream.next().value) % bound;
    const body = selection(query, DEPTH, draw);
    const fragment = body.includes('...OnItem') ? ' fragment OnItem on Item { again: name next { id } }' : '';
    const used = (['by', 'mode'] as const).filter((name) => body.includes(`$${name}`));
    const declared = used.map((name) => `$${name}: ${name === 'by' ? 'Int' : 'Mode'}`).join(', ');
    return {
      text: `query ${declared === '' ? '' : `(${declared}) `}{ ${body} }${fragment}`,
      variables: given,
    };
  });
}
