import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

/** Each file is compiled by itself: nobody else sees that one is missing until the program that needs it starts. */
test('each import of what was built leads to a file that was built, for the benches too', () => {
  const files = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js'),
  );
  const missing = files.flatMap((name) => {
    const file = join('dist', name);
    const imported = readFileSync(file, 'utf8').matchAll(
      /(?:\bfrom|\bimport)\s*\(?['"](\.{1,2}\/[^'"]+)['"]/g,
    );
    return [...imported]
      .map(([, path = '']) => resolve(dirname(file), path))
      .filter((path) => !existsSync(path))
      .map((path) => `${file} → ${path}`);
  });
  expect(files.length).toBeGreaterThan(500);
  expect(missing).toEqual([]);
});
