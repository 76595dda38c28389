import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** What someone who held the case before says to a release. */
export const ReleaseAnswer: TypePolicy = {
  worker: forWhom.whoSeesTheAnswer,
  answer: forWhom.whoSeesTheAnswer,
  reason: forWhom.whoSeesTheAnswer,
  answeredAt: forWhom.whoSeesTheAnswer,
};
