import type { TypePolicy } from '../rules/compile.js';
import { allow } from '../rules/rules.js';

/** A role that the viewer holds: theirs to know. */
export const ViewerRoleIn: TypePolicy = { role: allow, district: allow };
