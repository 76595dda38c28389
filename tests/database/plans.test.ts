import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { projectRoot } from '../../src/database/project-root.js';
import { firstPage, listedOperations, NO_FACTS } from './listed-operations.js';
import { offered, used } from './offered-lists.js';

/** What each of them reads of tables of many years is `npm run test:exhaustive -- database/plans`. */
describe('every list, filter, sort and cursor', () => {
  test('is among those tried: a new filter or list is not forgotten', async () => {
    const schema = buildSchema(await readFile(join(projectRoot, 'schema', 'schema.graphql'), 'utf8'));
    const tried = new Set(
      listedOperations(NO_FACTS).flatMap((listed) => used(schema, firstPage(listed).document)),
    );
    expect(offered(schema).filter((coordinate) => !tried.has(coordinate))).toEqual([]);
  });
});
