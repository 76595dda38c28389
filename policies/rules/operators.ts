import { allow, and, chain, not, or, race } from './rules.js';

/** The classes of graphql-shield's operators, which it does not export: each is taken from one instance. `And` joins with `and`. */
export const And = and(allow).constructor;
/** The class of `or(…)`. */
export const Or = or(allow).constructor;
/** The class of `chain(…)`. */
export const Chain = chain(allow).constructor;
/** The class of `race(…)`. */
export const Race = race(allow).constructor;
/** The class of `not(…)`. */
export const Not = not(allow).constructor;
