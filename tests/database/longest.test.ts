import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readCurrentText } from '../../prisma/migration/current-text.js';
import { projectRoot } from '../../src/database/project-root.js';
import { LONGEST } from '../../src/services/operation/longest.js';

/** The texts that the database measures as well, since they stand in a column of their own, and are not sealed. */
const MEASURED: Readonly<Record<string, keyof typeof LONGEST>> = {
  'indicator_decision.reason': 'paragraph',
  'erratum.text_fr': 'paragraph',
  'erratum.text_en': 'paragraph',
  'idempotency_key.key': 'idempotencyKey',
  'district_place.place': 'placeOfHours',
};

test('the constraints of the database measure texts by the numbers of the API', async () => {
  const statements = await readCurrentText(join(projectRoot, 'prisma', 'sql'));
  const measured = statements.flatMap(({ text }) => {
    const table = /alter table "?(\w+)"? add constraint/.exec(text)?.[1];
    return [...text.matchAll(/\blength\((\w+)\) (?:<=|between 1 and) (\d+)/g)].map(
      ([, column, most]) => [`${table}.${column}`, Number(most)] as const,
    );
  });
  const expected = Object.entries(MEASURED).map(([column, name]) => [column, LONGEST[name]]);
  expect(measured.sort()).toEqual(expected.sort());
});
