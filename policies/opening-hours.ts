import type { TypePolicy } from './compile.js';
import { allow } from './rules.js';

/** Public: local wall time. */
export const OpeningHours: TypePolicy = { weekday: allow, opensAt: allow, closesAt: allow };
