import type { TypePolicy } from '../rules/compile.js';
import { allow } from '../rules/rules.js';

/** The names of languages are public. */
export const Language: TypePolicy = {
  code: allow,
  labelFr: allow,
  labelEn: allow,
};
