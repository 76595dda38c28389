import type { TypePolicy } from './compile.js';
import { allow } from './rules.js';

/** A role that the viewer holds: theirs to know. */
export const ViewerRoleIn: TypePolicy = { role: allow, district: allow };
