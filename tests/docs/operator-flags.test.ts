import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { OPERATOR_FLAGS } from '../../bench/support/operator-flags.js';
import { projectRoot } from '../../src/database/project-root.js';

const read = (file: string): string => readFileSync(join(projectRoot, file), 'utf8');

test('npm start, the image and the README give the same flags of V8', () => {
  expect(OPERATOR_FLAGS).toHaveLength(2);
  const command = ['node', ...OPERATOR_FLAGS, 'dist/app/main.js'];
  expect(read('Dockerfile')).toContain(`CMD ${JSON.stringify(command).replaceAll(',', ', ')}`);
  expect(read('README.md')).toContain(`Run \`${command.join(' ')}\``);
});
