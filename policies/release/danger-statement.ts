import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';

/** What was stated of a danger: for who stated it, who decides and who reviews; not for the author of the notes. */
export const DangerStatement: TypePolicy = {
  facts: forWhom.whoSeesTheStatement,
  authorCalledAt: forWhom.whoSeesTheStatement,
  authorCall: forWhom.whoSeesTheStatement,
};
