import type { TypePolicy } from '../rules/compile.js';
import { allow } from '../rules/rules.js';

/** Public: local wall time. */
export const OpeningHours: TypePolicy = { weekday: allow, opensAt: allow, closesAt: allow };
