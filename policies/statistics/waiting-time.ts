import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** A row tells of no person, and is protected before it is written. A viewer who reads protected statistics reads the whole row. */
export const ThirdNextAvailable: TypePolicy = {
  day: forWhom.whoReadsStatistics,
  days: forWhom.whoReadsStatistics,
  withheld: forWhom.whoReadsStatistics,
};
