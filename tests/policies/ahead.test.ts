import { describe, expect, test } from '@jest/globals';
import { buildSchema, execute, type GraphQLError, parse } from 'graphql';
import { compileAhead } from '../../policies/rules/ahead.js';
import { compilePolicies } from '../../policies/rules/compile.js';
import {
  allow,
  and,
  chain,
  deny,
  not,
  or,
  type Policy,
  race,
  rowRule,
  viewerRule,
} from '../../policies/rules/rules.js';
import { operationOf } from './against-shield.js';

/** What a payload refuses whatever its row is decided before the mutation runs; what depends on the row is not. */
const words = { fr: 'x', en: 'x' };
const yes = viewerRule(words, () => true);
const no = viewerRule(words, () => false);
const byRow = rowRule<{ own: boolean }>(words, (_viewer, row) => row.own);
const never = rowRule<{ own: boolean }>(
  words,
  (_viewer, row) => row.own,
  () => false,
);
const fails = viewerRule(words, () => {
  throw new Error('broken');
});
const later = viewerRule(words, async () => false);

describe('ahead of any row', () => {
  test.each<[name: string, policy: Policy, answer: boolean | undefined]>([
    ['allow', allow, true],
    ['deny', deny, false],
    ['of the viewer, granted', yes, true],
    ['of the viewer, refused', no, false],
    ['of the row', byRow, undefined],
    ['of rows that are never this viewer’s', never, false],
    ['a rule that fails, left to the field', fails, undefined],
    ['a rule that waits, left to the field', later, undefined],
    ['one of several refused: and', and(byRow, no), false],
    ['one of several refused: chain', chain(byRow, never), false],
    ['all granted: and', and(yes, allow), true],
    ['one open: and', and(yes, byRow), undefined],
    ['one granted: or', or(byRow, yes), true],
    ['one open: or', or(no, byRow), undefined],
    ['all refused: race', race(no, never), false],
    ['not: of the viewer', not(no), true],
    ['not: of the row', not(byRow), undefined],
  ])('%s', (_name, policy, answer) => {
    expect(compileAhead(policy)(operationOf())).toBe(answer);
  });

  test('a rule that is said to grant nothing grants nothing, whatever its row', async () => {
    const schema = compilePolicies(buildSchema('type Query { a: T } type T { f: Int }'), {
      Query: { a: allow },
      T: { f: never },
    });
    const { errors } = await execute({
      schema,
      document: parse('{ a { f } }'),
      rootValue: { a: { own: true, f: 1 } },
      contextValue: operationOf(),
    });
    expect(errors).toHaveLength(1);
  });
});

describe('a mutation', () => {
  const schema = compilePolicies(
    buildSchema('type Query { a: Int } type Mutation { do: T } type T { open: Int a: Int b: Int mine: Int }'),
    { Query: { a: allow }, Mutation: { do: allow }, T: { open: allow, a: no, b: never, mine: byRow } },
  );

  /** What was answered, and whether writes were refused before the resolver ran. */
  async function act(source: string, run: (refusal: GraphQLError | null) => unknown) {
    let refusal: GraphQLError | null = null;
    const tx = {
      refuseWrites: (given: GraphQLError) => {
        refusal = given;
      },
    };
    const op = { ...operationOf(), tx } as never;
    const rootValue = { do: () => run(refusal) };
    const { errors = [] } = await execute({ schema, document: parse(source), rootValue, contextValue: op });
    return {
      refused: refusal !== null,
      errors: errors.map(({ path, message }) => `${path?.join('.')} ${message}`),
    };
  }
  const row = { own: true, open: 1, a: 1, b: 1, mine: 1 };

  test('writes nothing where a field of its payload is refused in any case, and is refused where it is asked for', async () => {
    for (const payload of ['open x: a', '... on T { x: a }', 'x: b open', 'mine x: b a'])
      expect(await act(`mutation { do { ${payload} } }`, () => row)).toEqual({
        refused: true,
        errors: ['do.x forbidden'],
      });
    expect(await act('mutation { do { ...F } } fragment F on T { b }', () => row)).toEqual({
      refused: true,
      errors: ['do.b forbidden'],
    });
  });

  test('ends at its first write by that refusal', async () => {
    expect(
      await act('mutation { do { a } }', (refusal) => {
        throw refusal;
      }),
    ).toEqual({ refused: true, errors: ['do.a forbidden'] });
  });

  test('answers what the row refuses as ever', async () => {
    expect(
      await act('mutation { do { a } }', () => {
        throw new Error('not found');
      }),
    ).toEqual({ refused: true, errors: ['do not found'] });
  });

  test('writes where nothing is refused in any case', async () => {
    for (const payload of ['open', 'mine', 'open a @skip(if: true)', 'open ... @include(if: false) { b }'])
      expect(await act(`mutation { do { ${payload} } }`, () => row)).toEqual({ refused: false, errors: [] });
    expect(await act('mutation { do { mine } }', () => ({ ...row, own: false }))).toEqual({
      refused: false,
      errors: ['do.mine forbidden'],
    });
  });
});
