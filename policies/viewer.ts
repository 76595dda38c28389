import type { TypePolicy } from './compile.js';
import { allow } from './rules.js';

/** Who asks may know who they are. */
export const Viewer: TypePolicy = { kind: allow, worker: allow, memberships: allow, scopes: allow };
