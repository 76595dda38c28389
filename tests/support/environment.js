// Plain JavaScript over the build: jest loads it outside its module registry.
import { setFlagsFromString } from 'node:v8';
import { TestEnvironment } from 'jest-environment-node';
import { startApp } from '../../dist/app/app.js';
import { MAX_COMPLEXITY } from '../../dist/src/http/limits.js';

// Most test files are over before what V8 optimises has paid for itself. It has this setting in Node.js 20 alone.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=1056768');

/**
 * Node.js as jest gives it to a test file, and beside it the API as it was built. A worker loads the API once for all its files: each
 * file by itself would compile six hundred modules, and run them cold.
 */
export default class BuiltEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.builtApi = { startApp, MAX_COMPLEXITY };
  }
}
