// Plain JavaScript over the build: jest loads it outside its module registry.
import { TestEnvironment } from 'jest-environment-node';
import { startApp } from '../../dist/src/app.js';

/**
 * Node.js as jest gives it to a test file, and beside it the API as it was built. A worker loads the API once for all its files: each
 * file by itself would compile six hundred modules, and run them cold.
 */
export default class BuiltEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.builtApi = { startApp };
  }
}
