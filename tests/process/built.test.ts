import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const files = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.js'))
  .map((name) => join('dist', name));

/** Each file is compiled by itself: nobody else sees that one is missing until the program that needs it starts. */
test('each import of what was built leads to a file that was built, for the benches too', () => {
  const missing = files.flatMap((file) => {
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

test('each file leads to its source, so that a stack tells its line', () => {
  const lost = files.filter((file) => {
    const url = /\/\/# sourceMappingURL=(\S+)\n$/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
    const map = join(dirname(file), url);
    if (url === '' || !existsSync(map)) return true;
    const { sources } = JSON.parse(readFileSync(map, 'utf8')) as { sources: readonly string[] };
    return sources.length !== 1 || !existsSync(resolve(dirname(map), sources[0] ?? ''));
  });
  expect(lost).toEqual([]);
});
