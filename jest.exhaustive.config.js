import everyDay from './jest.config.js';

/** The same at length: every document by everyone, every leak, every mutant, kills by the hundred. */
export default {
  ...everyDay,
  testMatch: ['<rootDir>/tests/**/*.exhaustive.test.ts'],
  testPathIgnorePatterns: [],
  // Everyone's crawl is one hook. Beside two more suites it took over fifteen minutes, and nothing hung.
  testTimeout: 3_600_000,
};
