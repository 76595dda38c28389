import type { TypePolicy } from '../rules/compile.js';
import { allow } from '../rules/rules.js';

/** One sentence for everybody, which tells nothing. */
export const Sentence: TypePolicy = { fr: allow, en: allow };
