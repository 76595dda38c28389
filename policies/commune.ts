import type { TypePolicy } from './compile.js';
import { allow } from './rules.js';

/** Public. */
export const Commune: TypePolicy = { inseeCode: allow, name: allow };
