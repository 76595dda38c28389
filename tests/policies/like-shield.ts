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

function coordinateAt(path: readonly (string | number)[], selection: readonly Selected[]): string {
  const [key, ...rest] = path.filter((step) => typeof step === 'string');
  const selected = selection.find((candidate) => candidate.key === key);
  if (selected === undefined) throw new Error(`no such path: ${path.join('.')}`);
  return rest.length === 0 ? `${selected.type}.${selected.field}` : coordinateAt(rest, selected.below);
}

/** By the place of the field in the document; then by that of the rows. */
function byPlace(one: GraphQLError, other: GraphQLError): number {
  const [start, otherStart] = [one, other].map((error) => error.nodes?.[0]?.loc?.start ?? 0) as [
    number,
    number,
  ];
  return start - otherStart || byPath(one.path ?? [], other.path ?? []);
}

/** Keys are k0, k1, … in the order of the answer, so paths are in its order too. */
function byPath(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const rank = (step: string | number | undefined): number =>
    typeof step === 'string' ? Number(step.slice(1)) : (step ?? -1);
  const at = a.findIndex((step, index) => step !== b[index]);
  return at === -1 ? a.length - b.length : rank(a[at]) - rank(b[at]);
}

const ofResolver = (error: GraphQLError): boolean => error.message === RESOLVER_FAILED;

/** Each refused coordinate with the paths of its errors, the first in front. */
function refused(result: ExecutionResult, selection: readonly Selected[]): Map<string, string[]> {
  const errors = (result.errors ?? []).filter((error) => !ofResolver(error));
  const found = new Map<string, string[]>();
  for (const { path = [] } of [...errors].sort(byPlace)) {
    const at = coordinateAt(path, selection);
    found.set(at, [...(found.get(at) ?? []), path.join('.')]);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const resolverFailures = (result: ExecutionResult): readonly string[] =>
  (result.errors ?? [])
    .filter(ofResolver)
    .map((error) => (error.path ?? []).join('.'))
    .sort();

const seen = { scenarios: 0, refusals: 0, failures: 0, values: 0, synchronous: 0 };

async function holdEqual(draw: Parameters<typeof drawScenario>[0]): Promise<void> {
  const { sdl, policies, rootValue, selection, viewer, synchronous } = drawScenario(draw);
  const { compiled, shielded } = bothGuarded(sdl, policies);
  const source = print(selection);
  const ours = await ask(compiled, source, rootValue, viewer);
  const theirs = await ask(shielded, source, rootValue, viewer);

  expect(ours.data).toEqual(theirs.data);
  expect(resolverFailures(ours)).toEqual(resolverFailures(theirs));
  const [our, their] = [refused(ours, selection), refused(theirs, selection)];
  expect([...our.keys()]).toEqual([...their.keys()]);
  for (const [coordinate, paths] of our) {
    if (synchronous) expect(paths[0]).toBe(their.get(coordinate)?.[0]);
    for (const path of paths) expect(their.get(coordinate)).toContain(path);
  }
  const kinds = (ours.errors ?? [])
    .filter((error) => !ofResolver(error))
    .map(
      ({ path, originalError }) =>
        `${(originalError as CosmosError).code} ${coordinateAt(path ?? [], selection)}`,
    );
  expect(kinds.length).toBe(new Set(kinds).size);
  for (const kind of kinds) expect(kind).toMatch(/^(FORBIDDEN|UNAVAILABLE) /);

  seen.scenarios += 1;
  seen.synchronous += synchronous ? 1 : 0;
  seen.refusals += kinds.some((kind) => kind.startsWith('FORBIDDEN')) ? 1 : 0;
  seen.failures += kinds.some((kind) => kind.startsWith('UNAVAILABLE')) ? 1 : 0;
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
