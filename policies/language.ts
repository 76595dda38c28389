import type { TypePolicy } from './compile.js';
import { allow } from './rules.js';

/** The names of languages are public. */
export const Language: TypePolicy = {
  code: allow,
  labelFr: allow,
  labelEn: allow,
};
