import { readFileSync } from 'node:fs';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { buildCosmosSchema } from '../../schema/index.js';
import { printInputTypes } from '../../schema/input-types.js';
import { printCosmosSchema, printInputs } from '../../schema/print.js';

const read = (name: string): string => readFileSync(`schema/${name}`, 'utf8');

/** Breaking changes against the released contract, but for fields that it had already deprecated. */
async function breaks(released: string, next: string): Promise<string[]> {
  const before = buildSchema(released);
  const changes = await diff(before, buildSchema(next));
  return changes
    .filter((change) => change.criticality.level === CriticalityLevel.Breaking)
    .filter((change) => {
      const [typeName = '', fieldName = ''] = (change.path ?? '').split('.');
      const type = before.getType(typeName);
      const field = type && 'getFields' in type ? type.getFields()[fieldName] : undefined;
      return !(field && 'deprecationReason' in field && field.deprecationReason);
    })
    .map((change) => change.message);
}

describe('the printed schema', () => {
  test('is what is executed: run `npm run schema` after a change', async () => {
    expect(read('schema.graphql')).toBe(await printCosmosSchema());
  });

  test('lets in the input fields that were reviewed: run `npm run schema` after a change', async () => {
    expect(readFileSync('policies/generated/inputs.ts', 'utf8')).toBe(await printInputs());
    expect(readFileSync('src/generated/inputs.ts', 'utf8')).toBe(printInputTypes(await buildCosmosSchema()));
  });

  test('breaks nothing that was released, but for what CHANGELOG.md has a line for', async () => {
    const announced = [
      ...readFileSync('CHANGELOG.md', 'utf8').matchAll(
        /^- ((?:Field|Input field|Argument|Type|Enum value) '.*' (?:was removed|changed type|added) .*)$/gm,
      ),
    ].map(([, line]) => line);
    expect(await breaks(read('released.graphql'), read('schema.graphql'))).toEqual(announced);
  });

  test('would be refused if a field went away, and not if it was deprecated before', async () => {
    const released = read('released.graphql');
    const without = released.replace(/\n {2}slug: String!/, '');
    expect(without).not.toBe(released);
    expect(await breaks(released, without)).toEqual(["Field 'slug' was removed from object type 'District'"]);
    const deprecated = released.replace(
      /\n {2}slug: String!/,
      '\n  slug: String! @deprecated(reason: "gone")',
    );
    expect(await breaks(deprecated, without)).toEqual([]);
  });

  test('offers no count, total, grouping or sort by worker (rule 3)', () => {
    expect(read('schema.graphql')).not.toMatch(
      /\n\s+(count|total\w*|\w+Count|groupBy|\w*[pP]erWorker|\w*[bB]yWorker)\b|WORKER_(ASC|DESC)/,
    );
  });

  test('asks for nothing that is not collected (rule 6)', () => {
    expect(read('schema.graphql')).not.toMatch(
      /nationalit|residencePermit|socialSecurity|\bnir\b|religion|maritalStatus|civilStatus|arrivalDate|offence/i,
    );
  });
});
