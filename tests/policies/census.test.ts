import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { census } from '../../policies/census.js';
import { guardSchema } from '../../policies/index.js';
import type { Policies } from '../../policies/rules/compile.js';
import { allow, viewerRule } from '../../policies/rules/rules.js';
import { buildCosmosSchema } from '../../schema/index.js';

const nobody = viewerRule({ fr: 'personne', en: 'nobody' }, () => false);
const schema = buildSchema(
  'type Query { open: String! note: Note } type Note { body: String } input In { a: String }',
);
const whole: Policies = { Query: { open: allow, note: allow }, Note: { body: nobody } };
const inputs = { In: ['a'] };

describe('the census', () => {
  test('finds no fault where every field has its rule', () => {
    expect(census(schema, whole, inputs)).toEqual([]);
  });

  test('finds a field without a rule, and a whole type without one', () => {
    expect(census(schema, { Query: whole['Query'] ?? {} }, inputs)).toEqual(['Note.body: no rule']);
  });

  test('takes neither undefined nor a plain function for a rule: graphql-shield would drop the whole type', () => {
    const circular = { ...whole, Note: { body: undefined } } as unknown as Policies;
    const plain = { ...whole, Note: { body: () => true } } as unknown as Policies;
    expect(census(schema, circular, inputs)).toEqual(['Note.body: no rule']);
    expect(census(schema, plain, inputs)).toEqual(['Note.body: no rule']);
  });

  test('takes no wildcard', () => {
    expect(census(schema, { ...whole, Note: { '*': nobody } }, inputs)).toEqual([
      'Note.body: no rule',
      'Note.*: a rule for no field',
    ]);
  });

  test('finds a field that may be refused and is not nullable', () => {
    const faults = census(schema, { ...whole, Query: { open: nobody, note: allow } }, inputs);
    expect(faults).toEqual(['Query.open: may be refused, and is not nullable']);
  });

  test('lets an `id` be refused and not nullable: a row without one is no row', () => {
    const rows = buildSchema('type Query { row: Row } type Row { id: ID!, ids: [ID!]! }');
    const faults = census(rows, { Query: { row: allow }, Row: { id: nobody, ids: nobody } }, {});
    expect(faults).toEqual(['Row.ids: may be refused, and is not nullable']);
  });

  test('finds a rule for a field that is gone, and an input field that nobody looked at', () => {
    expect(census(schema, { ...whole, Gone: { x: allow } }, {})).toEqual([
      'In.a: an input field that is not in policies/generated/inputs.ts; run `npm run schema`',
      'Gone.x: a rule for no field',
    ]);
  });

  test('finds interfaces and unions, which no rule guards', () => {
    const other = buildSchema(
      'type Query { a: A } interface A { x: String } type B implements A { x: String } union U = B',
    );
    const faults = census(other, { Query: { a: allow }, B: { x: allow } }, {});
    expect(faults).toEqual([
      'A: an interface or union, which no rule guards',
      'U: an interface or union, which no rule guards',
    ]);
  });

  test('asks a rule of a subscription as of any field', () => {
    const other = buildSchema('type Query { a: String } type Subscription { told: String }');
    expect(census(other, { Query: { a: allow } }, {})).toEqual(['Subscription.told: no rule']);
    expect(census(other, { Query: { a: allow }, Subscription: { told: nobody } }, {})).toEqual([]);
  });

  test('lets the API start, and would not with one rule less', async () => {
    const { POLICIES } = await import('../../policies/index.js');
    const built = await buildCosmosSchema();
    expect(() => guardSchema(built)).not.toThrow();
    const { INPUTS } = await import('../../policies/generated/inputs.js');
    for (const [type, fields] of Object.entries(POLICIES)) {
      for (const field of Object.keys(fields)) {
        const { [field]: _left, ...rest } = fields;
        expect(census(built, { ...POLICIES, [type]: rest }, INPUTS)).toContain(`${type}.${field}: no rule`);
      }
    }
  });
});
