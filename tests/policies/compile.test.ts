import { describe, expect, test } from '@jest/globals';
import { buildSchema, graphql } from 'graphql';
import { rule as shieldRule } from 'graphql-shield';
import { compilePolicies, compileRule } from '../../policies/compile.js';
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
} from '../../policies/rules.js';
import type { Operation } from '../../src/operation.js';
import { ANONYMOUS } from '../../src/viewer.js';

const words = { fr: 'x', en: 'x' };
const yes = viewerRule(words, () => true);
const no = viewerRule(words, () => false);
const broken = viewerRule(words, () => {
  throw new Error('the directory is gone');
});
const mine = rowRule<{ mine: boolean }>(words, (_viewer, row) => row.mine);
const op = (): Operation => ({ viewer: ANONYMOUS, refusals: new Set() }) as unknown as Operation;

const decide = (policy: Policy, row: unknown = {}): boolean => compileRule(policy, 'T.f')(op(), row);

describe('a compiled rule', () => {
  test('joins rules as graphql-shield does', () => {
    expect([decide(allow), decide(deny), decide(yes), decide(no)]).toEqual([true, false, true, false]);
    expect([decide(and(yes, yes)), decide(and(yes, no)), decide(chain(no, yes))]).toEqual([
      true,
      false,
      false,
    ]);
    expect([decide(or(no, yes)), decide(or(no, no)), decide(race(no, yes))]).toEqual([true, false, true]);
    expect([decide(not(no)), decide(not(yes)), decide(or(and(yes, not(no)), deny))]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('is decided for each row anew, never for the first and then for all', () => {
    const check = compileRule(mine, 'T.f');
    const context = op();
    expect([true, false, true].map((of) => check(context, { mine: of }))).toEqual([true, false, true]);
  });

  test('stops at the first refusal in a chain and an and', () => {
    expect(decide(chain(no, broken))).toBe(false);
    expect(decide(and(no, broken))).toBe(false);
  });

  test('grants nothing when it throws, not even under `not`', () => {
    expect(() => decide(broken)).toThrow();
    expect(() => decide(not(broken))).toThrow();
    expect(() => decide(or(broken, yes))).toThrow();
  });

  test('does not compile from undefined, a plain function or a rule made elsewhere', () => {
    const foreign = shieldRule('foreign', { cache: 'contextual' })(() => true);
    for (const made of [undefined, () => true, foreign, {}]) {
      expect(() => compileRule(made as unknown as Policy, 'T.f')).toThrow(
        'T.f: not a rule of policies/rules.ts',
      );
    }
  });
});

describe('a guarded schema', () => {
  const build = (policy: Policy) =>
    compilePolicies(buildSchema('type Query { rows: [Row!] } type Row { secret: String }'), {
      Query: { rows: allow },
      Row: { secret: policy },
    });
  const run = async (policy: Policy) =>
    graphql({
      schema: build(policy),
      source: '{ rows { secret again: secret } }',
      rootValue: {
        rows: [
          { mine: true, secret: 'a' },
          { mine: false, secret: 'b' },
          { mine: false, secret: 'c' },
        ],
      },
      contextValue: op(),
    });

  test('answers null for what is refused, and one error per coordinate, at its first path', async () => {
    const { data, errors } = await run(mine);
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      rows: [
        { secret: 'a', again: 'a' },
        { secret: null, again: null },
        { secret: null, again: null },
      ],
    });
    expect(errors?.map((error) => error.path)).toEqual([['rows', 1, 'secret']]);
  });

  test('says unavailable, not forbidden, when a rule throws', async () => {
    const { errors } = await run(broken);
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'UNAVAILABLE' });
  });

  test('does not guard a field that has no rule: it does not compile', () => {
    expect(() => compilePolicies(buildSchema('type Query { a: String }'), { Query: {} })).toThrow(
      'Query.a has no rule',
    );
  });
});
