import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** A row is of no person, and protected before it is written: whoever reads protected statistics reads all of it. */
export const ThirdNextAvailable: TypePolicy = {
  day: forWhom.whoReadsStatistics,
  days: forWhom.whoReadsStatistics,
  withheld: forWhom.whoReadsStatistics,
};
