import type { TypePolicy } from './compile.js';
import { allow } from './rules.js';

/** Reached through `Query.busyTimes` alone. */
export const Slot: TypePolicy = { startsAt: allow, endsAt: allow };
