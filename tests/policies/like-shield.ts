import { expect, test } from '@jest/globals';
import { assert, asyncProperty, gen } from 'fast-check';
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { CosmosError } from '../../src/errors.js';
import { ask, bothGuarded } from './against-shield.js';
import { drawScenario, RESOLVER_FAILED, type Selected } from './random-scenario.js';

function print(selection: readonly Selected[]): string {
  const fields = selection.map(
    ({ key, field, below }) => `${key}: ${field}${below.length > 0 ? ` ${print(below)}` : ''}`,
  );
  return `{ ${fields.join(' ')} }`;
}

const ofResolver = (error: GraphQLError): boolean => error.message === RESOLVER_FAILED;

/** The paths of the errors that the rules caused, or the resolvers. */
const pathsOf = ({ errors = [] }: ExecutionResult, areOfResolver: boolean): readonly string[] =>
  errors
    .filter((error) => ofResolver(error) === areOfResolver)
    .map(({ path = [] }) => path.join('.'))
    .sort();

const seen = { scenarios: 0, refusals: 0, failures: 0, values: 0, synchronous: 0 };

async function holdEqual(draw: Parameters<typeof drawScenario>[0]): Promise<void> {
  const { sdl, policies, rootValue, selection, viewer, synchronous } = drawScenario(draw);
  const { compiled, shielded } = bothGuarded(sdl, policies);
  const source = print(selection);
  const ours = await ask(compiled, source, rootValue, viewer);
  const theirs = await ask(shielded, source, rootValue, viewer);

  expect(ours.data).toEqual(theirs.data);
  expect(pathsOf(ours, true)).toEqual(pathsOf(theirs, true));
  expect(pathsOf(ours, false)).toEqual(pathsOf(theirs, false));
  const codes = (ours.errors ?? [])
    .filter((error) => !ofResolver(error))
    .map(({ originalError }) => (originalError as CosmosError).code);
  for (const code of codes) expect(['FORBIDDEN', 'UNAVAILABLE']).toContain(code);

  seen.scenarios += 1;
  seen.synchronous += synchronous ? 1 : 0;
  seen.refusals += codes.includes('FORBIDDEN') ? 1 : 0;
  seen.failures += codes.includes('UNAVAILABLE') ? 1 : 0;
  seen.values += JSON.stringify(ours.data).includes('"v') ? 1 : 0;
}

/** On so many random schemas, each with its rule trees, rows, viewers and queries. */
export function answersLikeShield(scenarios: number): void {
  test(`answer alike on ${scenarios.toLocaleString('en')} random schemas, rule trees, rows, viewers and queries`, async () => {
    await assert(asyncProperty(gen(), holdEqual), { numRuns: scenarios });
    // What a generator never draws, it proves nothing about.
    expect(seen.scenarios).toBeGreaterThanOrEqual(scenarios);
    for (const often of [seen.synchronous, seen.refusals, seen.failures, seen.values])
      expect(often).toBeGreaterThan(scenarios / 10);
  });
}
