import everyDay from './jest.config.js';

/** The same at length: every document by everyone, every leak, every mutant, kills by the hundred. */
export default {
  ...everyDay,
  testMatch: ['<rootDir>/tests/**/*.exhaustive.test.ts'],
  testPathIgnorePatterns: [],
};
