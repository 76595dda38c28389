import type { TypePolicy } from '../rules/compile.js';
import { allow } from '../rules/rules.js';

/** Public. */
export const Commune: TypePolicy = { inseeCode: allow, name: allow };
