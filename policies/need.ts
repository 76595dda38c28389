import type { TypePolicy } from './compile.js';
import * as forWhom from './relations.js';

/** Besoin: for who follows the case. */
export const Need: TypePolicy = {
  id: forWhom.whoFollowsTheCase,
  code: forWhom.whoFollowsTheCase,
  person: forWhom.whoFollowsTheCase,
  startsOn: forWhom.whoFollowsTheCase,
  endsOn: forWhom.whoFollowsTheCase,
  version: forWhom.whoFollowsTheCase,
};
