import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/database/project-root.js';

/** The flags of V8 with which operators start the program: those of `npm start` (decision 0075). */
export const OPERATOR_FLAGS: readonly string[] = (() => {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    readonly scripts: { readonly start: string };
  };
  return scripts.start.match(/--(?:max|heap)-\S+/g) ?? [];
})();
