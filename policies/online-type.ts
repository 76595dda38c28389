import type { TypePolicy } from './compile.js';
import { allow } from './rules.js';

/** What can be booked online is public, without a worker. */
export const OnlineType: TypePolicy = {
  type: allow,
  modes: allow,
  nextFree: allow,
};
