import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** As the build has it. */
const swcrc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));

// As it runs for a county: graphql-js looks at each type twice while it is developed.
process.env.NODE_ENV = 'production';

/** Real PostgreSQL, real HTTP: one embedded server for the run, one cloned database per test file. */
export default {
  testEnvironment: '<rootDir>/tests/support/environment.js',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  // What takes long has a short form beside it, and is run by `npm run test:exhaustive`.
  testPathIgnorePatterns: ['\\.exhaustive\\.test\\.ts$'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { ...swcrc, sourceMaps: 'inline' }],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  reporters: ['default', '<rootDir>/tests/support/reporter.js'],
  testSequencer: '<rootDir>/tests/support/sequencer.js',
  globalSetup: '<rootDir>/tests/support/global-setup.js',
  globalTeardown: '<rootDir>/tests/support/global-teardown.js',
  // A limit only catches a hang: what a test waits for says what it waits for, and for how long, in tests/support/until.ts.
  testTimeout: 900_000,
  // Refusals wait for the beat, and start and stop of processes for others: two workers to a core.
  maxWorkers: 2 * availableParallelism(),
};
