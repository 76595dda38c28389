import { allow, and, chain, not, or, race } from './rules.js';

/** graphql-shield does not export its classes: one of each operator tells them. */
export const And = and(allow).constructor;
export const Or = or(allow).constructor;
export const Chain = chain(allow).constructor;
export const Race = race(allow).constructor;
export const Not = not(allow).constructor;
