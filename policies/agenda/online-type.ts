import type { TypePolicy } from '../rules/compile.js';
import { allow } from '../rules/rules.js';

/** What can be booked online is public, without a worker. */
export const OnlineType: TypePolicy = {
  type: allow,
  modes: allow,
  nextFree: allow,
};
