import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { OPERATOR_FLAGS } from '../../bench/support/operator-flags.js';
import { projectRoot } from '../../src/database/project-root.js';

/** Decision 0075: the flags of V8 that keep the memory of the process small. */
const OF_THE_HEAP = OPERATOR_FLAGS.filter((flag) => flag !== '--enable-source-maps');

const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');

test('npm start, the image and the README start the program with the same flags', () => {
  expect(OF_THE_HEAP).toHaveLength(2);
  const command = ['node', ...OF_THE_HEAP, 'dist/app/main.js'];
  expect(read('Dockerfile')).toContain(`CMD ${JSON.stringify(command).replaceAll(',', ', ')}`);
  expect(read('README.md')).toContain(`Run \`${command.join(' ')}\``);
});
