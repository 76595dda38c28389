import type { TypePolicy } from '../rules/compile.js';
import { allow } from '../rules/rules.js';

/** Who asks may know who they are. */
export const Viewer: TypePolicy = { kind: allow, worker: allow, memberships: allow, scopes: allow };
