import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { execute, type GraphQLError, parse, validate } from 'graphql';
import { executePlanned } from '../../src/execution/execute.js';
import { planOf } from '../../src/execution/plan.js';
import { type Failing, schemaOf } from './outcomes.js';
import { documents, type RandomDocument } from './random-documents.js';

function inOrder(errors: readonly GraphQLError[] = []): string[] {
  return errors.map(({ path, message, locations }) => JSON.stringify({ path, message, locations })).sort();
}

async function both(schema: ReturnType<typeof schemaOf>, { text, variables }: RandomDocument) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  expect(planOf(schema, document, undefined)).not.toBeNull();
  const args = { schema, document, variableValues: { ...variables }, rootValue: { at: 'root' } };
  const [ours, theirs] = [await executePlanned(args), await execute(args)];
  return { ours, theirs };
}

const drawn = (failing: Failing) =>
  fc.tuple(fc.nat({ max: 1e6 }), fc.constantFrom(3, 8, 40)).chain(([seed, often]) => {
    const schema = schemaOf(seed, often, failing);
    return documents(schema).map((document) => ({ schema, document }));
  });

/** What is executed by a plan is answered as graphql-js answers it, on so many random documents, values and failures. */
export function answersLikeGraphqlJs(runs: number): void {
  test('data and errors, where whatever fails may be null', async () => {
    const seen = { errors: 0, clean: 0 };
    await fc.assert(
      fc.asyncProperty(drawn('nullable'), async ({ schema, document }) => {
        const { ours, theirs } = await both(schema, document);
        expect(JSON.stringify(ours.data)).toBe(JSON.stringify(theirs.data));
        expect(inOrder(ours.errors)).toEqual(inOrder(theirs.errors));
        seen[ours.errors === undefined ? 'clean' : 'errors'] += 1;
      }),
      { numRuns: runs },
    );
    expect(Math.min(seen.errors, seen.clean)).toBeGreaterThan(runs / 20);
  });

  test('data and errors, where what may not be null fails at once', async () => {
    let nulled = 0;
    await fc.assert(
      fc.asyncProperty(drawn('at once'), async ({ schema, document }) => {
        const { ours, theirs } = await both(schema, document);
        expect(JSON.stringify(ours.data)).toBe(JSON.stringify(theirs.data));
        expect(inOrder(ours.errors)).toEqual(inOrder(theirs.errors));
        nulled += Number(ours.data === null);
      }),
      { numRuns: runs },
    );
    expect(nulled).toBeGreaterThan(runs / 50);
  });

  test('data, where what may not be null fails later', async () => {
    let nulled = 0;
    await fc.assert(
      fc.asyncProperty(drawn('later'), async ({ schema, document }) => {
        const { ours, theirs } = await both(schema, document);
        expect(JSON.stringify(ours.data)).toBe(JSON.stringify(theirs.data));
        // Which of two failures is told depends on which comes first. No null of a failure is without one.
        expect(ours.errors === undefined).toBe(theirs.errors === undefined);
        expect(new Set(inOrder(ours.errors)).size).toBe(ours.errors?.length ?? 0);
        nulled += Number(ours.data === null);
      }),
      { numRuns: runs },
    );
    expect(nulled).toBeGreaterThan(runs / 50);
  });
}
