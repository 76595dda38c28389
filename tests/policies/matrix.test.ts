import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GraphQLSchema } from 'graphql';
import { CELLS } from '../../policies/cells.js';
import { guardSchema } from '../../policies/index.js';
import { STANDPOINTS } from '../../policies/standpoints.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';
import { coordinatesOf } from './matrix/crawl.js';
import { observe } from './matrix/observe.js';
import { type Cells, cellsOf, differences, printCells, printJson, printMarkdown } from './matrix/table.js';
import { buildWorld, type World } from './matrix/world.js';

/**
 * Who sees what and who does what, observed over HTTP and compared with what is committed. After a change that is meant
 * so: `npm run matrix`, and read the difference.
 */
let database: TestDatabase;
let app: TestApp;
let world: World;
let schema: GraphQLSchema;
let cells: Cells;

beforeAll(async () => {
  database = await cloneDatabase();
  world = await buildWorld(database);
  app = await startTestApp(database, {
    guard: (made) => {
      schema = made;
      return guardSchema(made);
    },
  });
  const observed = await observe(database, app, schema, world);
  const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {}).map(
    (name) => `Mutation.${name}`,
  );
  cells = cellsOf(observed, [...coordinatesOf(schema), ...mutations].sort());
  if (process.env['UPDATE_MATRIX'] === '1') {
    await writeFile('policies/cells.ts', printCells(cells));
    await writeFile('policies/matrix.json', printJson(cells));
    await writeFile('policies/MATRIX.md', printMarkdown(cells));
  }
}, 300_000);
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

test('every standpoint was taken, and no other', () => {
  expect([...world.stands.keys()]).toEqual(STANDPOINTS.map(({ key }) => key));
});

describe('what was observed', () => {
  const updated = process.env['UPDATE_MATRIX'] === '1';
  test('is what is committed, cell by cell: run `npm run matrix` after a change that is meant so', async () => {
    // Written in this run, the module that was loaded is the one before.
    const committed = updated ? cells : CELLS;
    expect(differences(committed, cells)).toEqual([]);
    expect(await readFile('policies/cells.ts', 'utf8')).toBe(printCells(cells));
  });

  test('is what the readable and the machine-readable table say', async () => {
    expect(await readFile('policies/MATRIX.md', 'utf8')).toBe(printMarkdown(cells));
    expect(await readFile('policies/matrix.json', 'utf8')).toBe(printJson(cells));
  });
});

test('the comparison names a cell that changed, a field without cells, and cells without a field', () => {
  const [coordinate = '', digits = ''] =
    Object.entries(cells).find(([name]) => name === 'Case.mission') ?? [];
  const flipped = `${digits[0] === '1' ? '0' : '1'}${digits.slice(1)}`;
  expect(differences(cells, { ...cells, [coordinate]: flipped })).toEqual([
    'Case.mission × worker-assigned: 1, now 0',
  ]);
  expect(differences(cells, { ...cells, 'Case.colour': digits })).toEqual(['Case.colour: not in the matrix']);
  const { [coordinate]: _gone, ...rest } = cells;
  expect(differences(cells, rest)).toEqual(['Case.mission: in the matrix, not in the schema']);
});
