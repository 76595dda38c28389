import { availableParallelism } from 'node:os';
import everyDay from './jest.config.js';

/** The same at length: every document by everyone, every leak, every mutant, kills by the hundred. */
export default {
  ...everyDay,
  testMatch: ['<rootDir>/tests/**/*.exhaustive.test.ts'],
  testPathIgnorePatterns: [],
  // Everyone's crawl is one hook. Beside two more suites it took over fifteen minutes, and nothing hung.
  testTimeout: 3_600_000,
  // What everyone writes is one file, and goes on when all else is over: the fewer run beside it, the sooner it ends.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
};
