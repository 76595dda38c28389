import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { METHOD_4 } from '../statistics/worked-figures.js';

/** The page for statisticians: its program needs none of our code, and prints what the page says. */
test('docs/statistics-method.md prints the worked figures of method 4', async () => {
  const page = await readFile('docs/statistics-method.md', 'utf8');
  const [, program = ''] = /```js\n(.*?)```/s.exec(page) ?? [];
  const [, printed = ''] = /```text\n(.*?)```/s.exec(page) ?? [];
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  expect(stdout).toBe(printed);
  const figures = METHOD_4.cells.map(
    ({ period, records, sum, key }) => `${period} {${records.join('')}} sum ${sum} key ${key}\n`,
  );
  expect(printed).toBe(figures.join(''));
});
