import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { ACTS_THAT_OPEN_NOTHING, OPENING_ACTS } from './opening-acts.js';

/** Each mutation is in the table of acts that open something, or in the list of those that open nothing. SECURITY.md has the table. */
const mutations = Object.keys(
  buildSchema(readFileSync('schema/schema.graphql', 'utf8')).getMutationType()?.getFields() ?? {},
).sort();

test('each mutation of the schema is said once: it opens something, or it opens nothing', () => {
  expect([...Object.keys(OPENING_ACTS), ...ACTS_THAT_OPEN_NOTHING].sort()).toEqual(mutations);
});

test('the table in SECURITY.md has one row for each act that opens something', () => {
  const rows = Object.entries(OPENING_ACTS).map(
    ([act, { opens, bound, told, lapses, test: by }]) =>
      `| \`${act}\` | ${opens} | ${bound} | ${told} | ${lapses} | \`${by}\` |`,
  );
  const [, section = ''] = readFileSync('SECURITY.md', 'utf8').split('### What an act opens to its author');
  const found = (section.split('\n### ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
  expect(found).toEqual(rows);
});

test('each test that the table names is there', () => {
  const missing = Object.values(OPENING_ACTS)
    .map(({ test: by }) => `tests/${by}`)
    .filter((path) => !existsSync(path) && !existsSync(`${path}.test.ts`));
  expect(missing).toEqual([]);
});
